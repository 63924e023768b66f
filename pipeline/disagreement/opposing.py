"""Where one speaker says the opposite of another, without a figure between them: "was warned" and "received no
warning", "is open" and "was shut", "agreed to pay" and "refused to pay"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta

from pipeline.disagreement.aligning import Stated, Story
from pipeline.disagreement.causes import two_sides
from pipeline.disagreement.claims import day_of
from pipeline.grounding.denials import cues_over, denials_in
from pipeline.grounding.lexicon import concept_of, listed
from pipeline.grounding.words import Token, bounds_clause
from pipeline.wordnet import contraries, usual_part

# What is denied must be told by the other for so much of its weight, in so many words.
DENIED, WORDS = 0.6, 2
# And these must tell the thing from what the rest of the story speaks of.
SPECIFIC = 1.0
# Clauses that give opposite states of one thing have so much in common.
STATES, ALL = 0.4, 0.95
# What stands so near in one article answers the other: there one thing beside both states is enough.
NEAR = 2
# States change. Two that are told so far apart are no dispute.
ONE_DAY = timedelta(days=1)
# The thing of which the state is stands so many words with meaning from it.
BESIDE = 2
# "There is no dam without the people" denies no event.
_OF_A_THING = listed("neither nor nowhere without unless hardly barely lack lacks lacked lacking")
# What may be, should be or is asked is not said to be so.
_NOT_FLAT = listed(
    """
    if whether would could should may might can must ought unless likely perhaps want wants wanted hope
    you your know knows knew sure trying try
    """
)
_AUXILIARIES = listed("has have had is are was were will did does do")
# Whoever these are, the sentences before must say.
_NO_SUBJECT = listed("i they some it it's many most others do don't")
_ANY = frozenset(concept_of(word) for word in listed("kind sort way time part thing"))
# States that exclude each other and that WordNet knows as no antonyms.
_EXCLUDING = (
    ("intact", "broken damaged torn opened tampered forced breached"),
    ("agreed agree agrees accepted accepts", "refused refuse refuses rejected rejects declined"),
    ("survived alive", "died dead killed"),
    ("accident accidental accidentally", "deliberate deliberately arson sabotage intentional murder"),
    ("working functioning worked", "failed broken faulty failing"),
    ("holding held holds", "over collapsed ended broken dead"),
    ("banned barred forbidden", "allowed permitted authorised authorized"),
    ("resigned quit stepped", "fired dismissed sacked"),
    ("armed", "unarmed"),
    ("continued continuing continues ongoing", "collapsed ended stopped halted broke suspended"),
    ("reopened reopens reopen", "closed shut"),
    ("voluntarily willingly", "forced forcibly compelled"),
)
_NOT = ("un", "in", "im", "il", "ir", "dis", "non")
# Opposites that say little of a thing: of time, place and order.
_NO_STATES = listed(
    """
    first last before after early late earlier later high low higher lower up down in out more less most least many
    few new old young next same different other big small large little long short good bad best worst better worse
    top rise rises rose risen rising fall falls fell fallen falling increased decreased gained lost lose won bottom
    left north south east west man woman men women day night come go give take big major minor public private
    """
)


def opposed(story: Story) -> Iterator[tuple[Stated, Stated]]:
    """The pairs of a sentence that denies a thing, or gives its state, and one of another speaker that tells it
    otherwise."""
    yield from _denied(story)
    yield from _in_other_states(story)


def _denied(story: Story) -> Iterator[tuple[Stated, Stated]]:
    for each in story.sentences:
        for denial in denials_in(each.text):
            cue = each.tokens[denial.at]
            # "A No vote" denies nothing, and who votes against a thing does not say that it is not so.
            if (
                cue.lower in _OF_A_THING
                or "against" in denial.words.casefold()
                or (cue.text == "No" and denial.at > 1)
                or not _is_flat(each, denial.at)
            ):
                continue
            clause = _clause_words(each, denial.at)
            heads = [each.tokens[at] for at in denial.heads if each.tokens[at] in clause] or clause[:1]
            if not heads or len(clause) < WORDS:
                continue
            forms = frozenset().union(*(story.forms(head) for head in heads))
            for other in {id(other): other for form in forms for other in story.having.get(form, ())}.values():
                if two_sides(each, other) and _affirms(story, other, heads, clause) and not _changed_since(each, other):
                    yield each, other


def _affirms(story: Story, other: Stated, heads: Sequence[Token], clause: Sequence[Token]) -> bool:
    """Whether a clause of a sentence flatly says what another denies."""
    found = [at for at in other.content if any(story.same(head, other.tokens[at]) for head in heads)]
    if any(cues_over(other.text, at) % 2 for at in found):
        return False
    return any(_is_flat(other, at) and _tells(story, _clause_words(other, at), clause, heads) for at in found)


def _tells(story: Story, told: Sequence[Token], clause: Sequence[Token], heads: Sequence[Token]) -> bool:
    common = story.shared(clause, told)
    names, others = ({token.key for token in words if token.capital} for words in (clause, told))
    if len(common) < WORDS or (names and others and not names & others):
        return False
    share = story.covered(clause, told)
    beside = any(token not in heads for token in common)
    return beside and share >= DENIED and share * story.specific(common) >= SPECIFIC + story.chance


def _clause_words(each: Stated, at: int) -> list[Token]:
    """The words that tell something of the clause of a word."""
    first, last = _clause(each, at)
    # "Solis did not call and has not conceded": who has not, the clause before says.
    elided = each.tokens[first].lower in _AUXILIARIES and first > 1
    subject = each.words[:1] if elided else ()
    return [token for token in (*subject, *each.between(first, last + 1)) if token.key not in _ANY]


def _clause(each: Stated, at: int) -> tuple[int, int]:
    """The first and last token of the clause of a word, commas and "and" bounding it."""
    first = last = at
    while first > 0 and not _bounds(each.tokens[first - 1]):
        first -= 1
    while last + 1 < len(each.tokens) and not _bounds(each.tokens[last + 1]):
        last += 1
    return first, last


def _bounds(token: Token) -> bool:
    # A full stop or a colon within a sentence is one of "11:05 p.m.".
    return (bounds_clause(token) and token.text not in ".:") or token.text == "," or token.lower == "and"


def _is_flat(each: Stated, at: int) -> bool:
    """Whether the clause of a word says that something is so, and of what: not that it may be, or is asked."""
    first, last = _clause(each, at)
    words = {token.lower for token in each.tokens[max(0, first - 1) : last + 2]}
    opens = {token.lower for token in each.tokens[first : first + 2]}
    return not words & _NOT_FLAT and not opens & _NO_SUBJECT and each.tokens[-1].text != "?"


def _changed_since(denied: Stated, told: Stated) -> bool:
    """Whether what was denied may have come about since."""
    before, after = (day_of(each.told.evidence.article) for each in (denied, told))
    return before is not None and after is not None and after - before > ONE_DAY


def opposites_in(story: Story) -> Mapping[str, frozenset[str]]:
    """For words of a story, in lower case, those of its words that are the opposite state."""
    found: dict[str, set[str]] = {}
    for one, other in _opposites_among(story.words - _NO_STATES):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


def _in_other_states(story: Story) -> Iterator[tuple[Stated, Stated]]:
    words = story.words - _NO_STATES
    for one, other in sorted(_opposites_among(words)):
        for first in story.having[one]:
            for second in story.having[other]:
                if (two_sides(first, second) or _one_occasion(story, first, second)) and any(
                    _one_thing(story, first, mine, second, theirs)
                    for mine in _at(first, one)
                    for theirs in _at(second, other)
                ):
                    yield first, second


def _one_occasion(story: Story, one: Stated, other: Stated) -> bool:
    """Whether two outlets tell what one speaker said at one place."""
    if one.told.origin == other.told.origin or not one.speaker or not other.speaker:
        return False
    if not (one.speaker <= other.speaker or other.speaker <= one.speaker):
        return False
    return any(token.capital for token in story.shared(one.words, other.words))


def _at(each: Stated, word: str) -> list[int]:
    return [at for at in each.content if each.tokens[at].lower == word]


def _opposites_among(words: Collection[str]) -> set[tuple[str, str]]:
    found = {pair for pair in contraries(words) if any(usual_part(word) in ("verb", "adjective") for word in pair)}
    found |= {(word, prefix + word) for word in words for prefix in _NOT if len(word) > 4 and prefix + word in words}
    for ones, others in _EXCLUDING:
        found |= {(one, other) for one in ones.split() if one in words for other in others.split() if other in words}
    return {(min(pair), max(pair)) for pair in found}


def _one_thing(story: Story, first: Stated, mine: int, second: Stated, theirs: int) -> bool:
    """Whether two opposite words are the state of one thing, on one day."""
    if cues_over(first.text, mine) % 2 != cues_over(second.text, theirs) % 2:
        return False
    near = first.article == second.article and abs(first.position - second.position) <= NEAR
    if not near and not (_is_flat(first, mine) and _is_flat(second, theirs)):
        return False
    days = [day_of(each.told.evidence.article) for each in (first, second)]
    if days[0] and days[1] and abs(days[0] - days[1]) > ONE_DAY:
        return False
    if not story.shared(_beside(first, mine), _beside(second, theirs)):
        return False
    # One speaker is heard at one place, which another clause names.
    once = not two_sides(first, second)
    here, there = (
        [token for token in (each.words if once else _clause_words(each, at)) if token is not each.tokens[at]]
        for each, at in ((first, mine), (second, theirs))
    )
    common = story.shared(here, there)
    if near:
        return True
    share = story.alike(here, there)
    return (share >= ALL and not story.chance) or (
        len(common) >= WORDS and story.specific(common) >= SPECIFIC + story.chance and share >= STATES
    )


def _beside(each: Stated, at: int) -> list[Token]:
    place = each.content.index(at)
    return [each.tokens[other] for other in each.content[max(0, place - BESIDE) : place + BESIDE + 1] if other != at]
