"""What is said to have brought something about, and where two accounts of one event name different causes or doers.

"The delay was caused by sewers"   "the delay was the work of a saboteur"   "a saboteur was responsible for the delay"
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

import regex

from pipeline.disagreement.aligning import Stated, Story
from pipeline.grounding.lexicon import listed
from pipeline.grounding.reporting import SAID_OF
from pipeline.grounding.words import Token, plain, read
from pipeline.wordnet import usual_part

# So much alike must two accounts of an event be; and no more may a cause have of the other.
SAME_EVENT, OTHER_CAUSE = 0.5, 0.4
# What is told in the active voice is an event of the other account only if they share words so much their own.
SPECIFIC, FRAMED = 1.2, 0.4

_BE = r"(?:is|are|was|were|be|been|being)"
_CAUSED = r"(?:caused|triggered|sparked|started|provoked|prompted|brought about|brought on|set off|touched off)"
# The event stands before these, and what brought it about behind.
_EVENT_FIRST = regex.compile(
    r"\b(?:because of|because|due to|owing to|as a (?:direct )?result of|"
    rf"{_BE} (?:all |largely |mainly |partly )?(?:the|a) (?:direct )?(?:work|result|fault|doing|consequence) of|"
    rf"(?:resulted|stemmed|arose|followed|died) from|died of|(?:{_BE} )?(?:\w+ly )?{_CAUSED} (?:\w+ly )?by|"
    rf"(?:{_BE} )?(?:blamed|pinned) on|(?:{_BE} )?(?:attributed|put down) to|at the hands of)\b",
    regex.IGNORECASE,
)
# What brought the event about stands before these.
_CAUSE_FIRST = regex.compile(
    rf"(?<!\b{_BE} )(?<!\b{_BE} \w+ly )\b(?:had |has |have )?(?:{_CAUSED}(?! (?:\w+ly )?by)|led to)\b|"
    rf"\b{_BE} (?:responsible|to blame) for\b|\b{_BE} behind\b",
    regex.IGNORECASE,
)
_BLAMES = regex.compile(
    r"\bblam(?:e|es|ed|ing) (?P<event>[^,;]{3,80}?) on (?P<cause>[^,;]{3,})|"
    r"\b(?:blam(?:e|es|ed|ing) (?P<whom>[^,;]{3,60}?) for|accus(?:e|es|ed|ing) (?P<who>[^,;]{3,60}?) of) "
    r"(?P<what>[^,;]{3,})",
    regex.IGNORECASE,
)
_THE_CAUSE = regex.compile(
    rf"\b(?:cause|reason) (?:of|for|behind) (?P<event>[^,;]{{3,80}}?) {_BE} (?P<cause>[^,;]{{3,}})", regex.IGNORECASE
)
# "Had been fired by Oshen's army", "was carried out by the group": a passive and who did it.
_PASSIVE = regex.compile(
    rf"\b(?:{_BE}) (?:\w+ly )?(?P<act>[a-z]+(?:ed|en|t|wn|ne|ung|id|ot|un|ad|ut|ound|ught)) (?:[a-z]+ ){{0,4}}?"
    r"(?P<by>by) (?!\d|the (?:end|time|close|middle|way)|way of|then|now|noon|mid|early|late|nightfall|morning|"
    r"[a-z]+ing\b)"
)
_BREAK = regex.compile(
    r"[,;:()\"—–]|\b(?:that|which|who|whom|when|where|after|before|while|although|but|and that|and not|not)\b"
)
_EVENT_BREAK = regex.compile(r"[;:()\"—–]|, |\b(?:that|but|although|while)\b")
_CLAUSE_MARKS = frozenset(',;:()"—–')
_CLAUSE_WORDS = listed("that because after before when while although though but who which whose if whether")
# Pasts that are mostly something else.
_PAST = listed(
    "blew shot hit cut saw left felt found bore wound drew flew grew knew lay led lit rang ran sank spoke rose"
)
_DEFINITE = listed("the its his her their this that these those")
_NOT_BEFORE_VERBS = listed(
    """
    the a an its his her their our my this that these those to of in on at by with for from and or not no never
    is are was were be been being has have had will would can could may might must should do does did
    """
)
# Any event can be called so.
_ANY_EVENT = listed("event incident happened occurred resulted came work works working started happening")


@dataclass(frozen=True, slots=True)
class Cause:
    """The spans of characters of an event and of what is said to have brought it about.

    `act` is the verb that tells the event, where one does; of a `deed` it is in the active voice.
    """

    event: tuple[int, int]
    cause: tuple[int, int]
    act: tuple[int, int] | None = None
    deed: bool = False


@lru_cache(maxsize=8192)
def causes_in(text: str) -> tuple[Cause, ...]:
    """What a sentence says of causes and doers, spans of its plain text."""
    return (*_scan(plain(text)), *_deeds(plain(text), read(text)))


def causes_apart(story: Story) -> Iterator[tuple[Stated, Stated]]:
    """The pairs of sentences of two speakers that give one event different causes, or different doers."""
    told = [(each, cause) for each in story.sentences for cause in causes_in(each.text)]
    for (one, first), (other, second) in combinations(told, 2):
        events = _words(one, first.event), _words(other, second.event)
        if not two_sides(one, other) or not story.shared(*events) or (first.deed and second.deed):
            continue
        least = SPECIFIC if first.deed or second.deed else FRAMED
        if story.specific(story.shared(*events)) < least + story.chance:
            continue
        acts = _act(one, first), _act(other, second)
        causes = _words(one, first.cause), _words(other, second.cause)
        if _one_event(story, *events, *acts) and _apart(story, *causes):
            yield one, other


def two_sides(one: Stated, other: Stated) -> bool:
    """Whether two sentences are the word of two speakers."""
    if not one.told.speaker or not other.told.speaker:
        return False
    first, second = one.speaker, other.speaker
    return first != second and not (first and second and (first <= second or second <= first))


def _scan(text: str) -> Iterator[Cause]:
    for found in _EVENT_FIRST.finditer(text):
        yield Cause((_begin(text, found.start()), found.start()), (found.end(), _end(text, found.end())))
    for found in _CAUSE_FIRST.finditer(text):
        yield Cause((found.end(), _end(text, found.end())), (_begin(text, found.start()), found.start()))
    for found in _THE_CAUSE.finditer(text):
        yield Cause(found.span("event"), (found.start("cause"), _end(text, found.start("cause"))))
    for found in _BLAMES.finditer(text):
        if found["event"]:
            yield Cause(found.span("event"), found.span("cause"))
        else:
            yield Cause(found.span("what"), found.span("whom" if found["whom"] else "who"))
    for found in _PASSIVE.finditer(text):
        if found["act"] not in SAID_OF and not _EVENT_FIRST.match(text, found.start()):
            cause = found.end("by"), _end(text, found.end("by"))
            yield Cause((_begin(text, found.start()), found.start("by")), cause, found.span("act"))


def _deeds(text: str, tokens: Sequence[Token]) -> Iterator[Cause]:
    """ "Rebels blew up the pipeline": who did it stands before the verb, and what was done to what behind."""
    inner = [at for at, token in enumerate(tokens) if token.text in _CLAUSE_MARKS or token.lower in _CLAUSE_WORDS]
    for first, last in pairwise((-1, *inner, len(tokens))):
        verb = next((at for at in range(first + 2, last) if _is_verb(tokens, at)), None)
        if verb is None or not any(token.lower in _DEFINITE or token.capital for token in tokens[verb + 1 : verb + 4]):
            continue
        subject = tokens[first + 1].start, tokens[verb].start
        yield Cause(
            (tokens[verb].start, tokens[last - 1].end), subject, (tokens[verb].start, tokens[verb].end), deed=True
        )


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is a finite verb of the active voice: nothing before it makes it a noun or a participle."""
    token = tokens[at]
    if token.kind != "word" or token.capital or not token.content:
        return False
    if usual_part(token.lower) != "verb" and not token.lower.endswith("ed") and token.lower not in _PAST:
        return False
    before = tokens[at - 1]
    return before.lower not in _NOT_BEFORE_VERBS and before.kind == "word" and not token.lower.endswith("ing")


def _begin(text: str, at: int) -> int:
    return max((found.end() for found in _EVENT_BREAK.finditer(text, 0, at)), default=0)


def _end(text: str, at: int) -> int:
    # What follows at once is no end: "caused by, among others, …".
    return next((found.start() for found in _BREAK.finditer(text, at + 1) if found.start() > at + 3), len(text))


def _words(sentence: Stated, span: tuple[int, int]) -> tuple[Token, ...]:
    words = (token for token in sentence.words if span[0] <= token.start < span[1])
    return tuple(token for token in words if token.lower not in _ANY_EVENT)


def _act(sentence: Stated, cause: Cause) -> Token | None:
    """What is done, where a verb says it."""
    return next((token for token in sentence.tokens if cause.act and token.start == cause.act[0]), None)


def _one_event(
    story: Story, mine: Sequence[Token], theirs: Sequence[Token], act: Token | None, other_act: Token | None
) -> bool:
    if act and other_act and not story.same(act, other_act):
        return False
    if not all(any(token.capital for token in words) for words in (mine, theirs)):
        # "The Marisol" is "the ferry" elsewhere.
        mine, theirs = ([token for token in words if not token.capital] for words in (mine, theirs))
    # That both were "hit by" something makes them no one event.
    things = [token for token in mine if not (act and other_act and token == act)]
    return bool(story.shared(things, theirs)) and story.alike(mine, theirs) >= SAME_EVENT


def _apart(story: Story, mine: Sequence[Token], theirs: Sequence[Token]) -> bool:
    if not mine or not theirs:
        return False
    names, others = ({token.key for token in words if token.capital} for words in (mine, theirs))
    if names and others:
        return not names & others
    return max(story.covered(mine, theirs), story.covered(theirs, mine)) <= OTHER_CAUSE
