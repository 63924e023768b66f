"""Do the cited sentences speak of the people, places and groups that a statement names, in the same parts?

A name is borne out when the cited sentences have it, a part of it (the surname), its acronym, or another word for the
same country; its fuller form may come from the passage or the title. A name that only the passage has is borne out
when the cited sentence opens with a pronoun or "the group", and the name stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.dates import date_positions
from pipeline.grounding.places import place_of, places
from pipeline.grounding.words import STOP_WORDS, Token, read

_TITLE_TEXT = """
    mr mrs ms dr prof professor sir lord lady president minister vice chancellor king queen prince princess pope senator
    sen gov governor mayor gen general col colonel lt lieutenant sgt capt captain major judge justice secretary chief
    chairman chairwoman rev ayatollah sheikh imam ambassador director commissioner spokesman spokeswoman spokesperson
    coach inspector detective commander admiral bishop archbishop rep congressman congresswoman premier"""
_TITLES = frozenset(_TITLE_TEXT.split())
_TITLE_PARTS = frozenset(
    "prime foreign defence defense finance interior health home state justice former acting deputy of the for chief".split()
)
_JOINERS = frozenset("of the de la del der den van von bin ibn al el ul and for du da dos al-".split())
# Suffixes of words that open a sentence without an article and are no names.
_COMMON_ENDINGS = (
    "ing tion sion ment ness ity ance ence ship ism ly ists ers ors ees als ants ents ians men cy ure ice ory age ers' ed"
).split()
_COMMON_TEXT = """
    police parliament congress government production trade demand growth violence oil water power traffic access support
    turnout rain snow staff people children women men students doctors workers families troops soldiers rebels lawmakers
    prices sales shares stocks profits exports imports talks polls results data figures experts critics supporters
    residents voters teachers farmers nurses unions banks companies investors analysts scientists researchers officials
    authorities prosecutors investigators rescuers witnesses aid food work construction unemployment inflation interest
    management negotiators organisers organizers diplomats fighters militants gunmen protesters crowds schools hospitals
    thousands hundreds dozens millions half nobody everyone everything someone neither overall current two three five
    emergency firefighters aircraft fans players total annual local national regional heavy floods fire fires
    customers passengers commuters tourists visitors patients pupils parents shops hotels flights trains buses ships homes
    rivers crops wheat gas coal gold bread rent tax taxes pay wages jobs crime peace war fighting
    medics crews engineers divers guards ministers judges lawyers relatives friends neighbours neighbors villagers locals
    campaigners activists ranchers miners fishermen settlers peacekeepers inspectors surveyors historians economists"""
_COMMON = frozenset(_COMMON_TEXT.split())
_SAY_TEXT = """
    said says say told tells added adds announced announces argued argues claimed claims warned warns denied denies
    confirmed confirms stated states wrote insisted insists explained explains accused accuses alleged acknowledged
    admitted admits vowed pledged promised noted testified replied declared urged urges called predicted"""
SAYS = frozenset(_SAY_TEXT.split())
_PRONOUNS = frozenset("he she they it his her their its him them who this these those".split())
_HEAD_TEXT = """
    group company firm agency organisation organization party government ministry club team bank army military militia
    country city town village minister president leader spokesman spokeswoman official man woman boy girl suspect victim
    court union airline university hospital school carmaker retailer brigade island region river bridge dam ship vessel
    plant pair two deal law bill team striker captain coach author singer actor mayor governor chief executive director
    report study authority department council committee movement kingdom state capital site facility rebels militants
    vaccine company's mission probe rocket telescope plane aircraft drug festival museum operator watchdog regulator"""
_HEADS = frozenset(_HEAD_TEXT.split())
_PLACE_WORDS = frozenset("in at from near to of on through across outside inside around into".split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: as written, its parts in lower case (titles aside), and its token positions, `last` inclusive."""

    words: str
    parts: tuple[str, ...]
    first: int
    last: int

    @property
    def place(self) -> str | None:
        return place_of(self.parts)


def check_names(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for names that the cited sentences do not bear out."""
    names = names_in(text, _known(text, cited))
    return tuple(
        f"the name “{name.words}” is not in the cited sentences"
        for name in names
        if not any(_borne_out(name, sentence, names) for sentence in cited)
    )


def check_speakers(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for words put into the mouth of somebody else than the cited sentences say."""
    known = _known(text, cited)
    given = [(name, sentence.context) for sentence in cited for name in _speakers(sentence.text, known)]
    if not given:
        return ()
    return tuple(
        f"“{speaker.words}” is not who says this in the cited sentences"
        for speaker in _speakers(text, known)
        if not any(_same_name(speaker, name, context) for name, context in given)
        and any(
            _same_name(speaker, name, sentence.context) for sentence in cited for name in names_in(sentence.text, known)
        )
    )


def check_exchanged(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for two names that have changed places around the same word: who accuses whom."""
    known = _known(text, cited)
    claims = list(_beside(text, known))
    for sentence in cited:
        for left, verb, right in _beside(sentence.text, known):
            for claimed_left, claimed_verb, claimed_right in claims:
                if (
                    verb == claimed_verb
                    and _same_name(claimed_left, right, sentence.context)
                    and _same_name(claimed_right, left, sentence.context)
                    and not _same_name(left, right, "")
                ):
                    return (f"“{claimed_left.words}” and “{claimed_right.words}” are exchanged",)
    return ()


def _known(text: str, cited: Sequence[CitedSentence]) -> frozenset[str]:
    """The words that are parts of names within the sentences at hand: names even where a sentence starts."""
    texts = (text, *(sentence.context or sentence.text for sentence in cited))
    return frozenset(part for source in texts for name in names_in(source) for part in name.parts)


@lru_cache(maxsize=8192)
def names_in(text: str, known: frozenset[str] = frozenset()) -> tuple[Name, ...]:
    """The names of a text; `known` holds lower-case words that are names even where a sentence starts."""
    tokens, dated = read(text), date_positions(text)
    names: list[Name] = []
    position = 0
    while position < len(tokens):
        if not _starts(tokens, position) or position in dated:
            position += 1
            continue
        last = _end(tokens, position, dated)
        names.extend(_names_of(tokens, position, last, known))
        position = last + 1
    return tuple(names)


def _starts(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    arabic = (
        token.lower in ("al", "el") and at + 2 < len(tokens) and tokens[at + 1].text == "-" and tokens[at + 2].capital
    )
    return token.capital or arabic


def _end(tokens: Sequence[Token], first: int, dated: frozenset[int]) -> int:
    """The last token of the capitalised sequence: joined by spaces, hyphens, and "of", "de", "bin" between capitals."""
    last = position = first
    while position + 1 < len(tokens):
        position += 1
        token = tokens[position]
        if position in dated or (_ends_possessive(tokens, last) and position == last + 1):
            break
        if token.capital or (token.kind == "number" and _touching(tokens, position)):
            last = position
        elif token.lower in _JOINERS and token.lower not in ("and", "for") and position - last <= 2:
            continue
        elif token.text == "-" and tokens[position - 1].end == token.start:
            continue
        elif token.text == "." and len(tokens[position - 1].text) <= 3 and position - last == 1:
            continue
        else:
            break
    return last


def _touching(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at - 1].text == "-" and tokens[at - 1].end == tokens[at].start


def _ends_possessive(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].end - tokens[at].start > len(tokens[at].text) and "." not in tokens[at].text


def _names_of(tokens: Sequence[Token], first: int, last: int, known: frozenset[str]) -> Iterator[Name]:
    """The names in one capitalised sequence: "Israeli Prime Minister Benjamin Netanyahu" is a country and a person."""
    words = [token for token in tokens[first : last + 1] if token.kind != "mark"]
    opens = first == 0 or tokens[first - 1].text in ".!?\":;(['"
    while words and words[0].lower in STOP_WORDS and words[0].text != "US":
        words, opens = words[1:], False
    if opens and words and not _is_name_at_start(tokens, first, words[0], known, alone=len(words) == 1):
        words = words[1:]
    titled = _title_length(words)
    country = [token for token in words[:titled] if token.lower in places()]
    rest = words[titled:]
    for part in (country, rest):
        if part and not (len(part) == 1 and len(part[0].text) == 1):
            yield Name(_written(part), tuple(token.lower for token in part), first, last)


def _title_length(words: Sequence[Token]) -> int:
    """How many words at the start are a title, a country with it: 0 when nothing follows or there is no title."""
    length, titled = 0, False
    for position, token in enumerate(words[:-1]):
        if token.lower in _TITLES or token.lower in places() or token.lower in _TITLE_PARTS:
            titled = titled or token.lower in _TITLES
            length = position + 1
        else:
            break
    return length if titled else 0


def _written(words: Sequence[Token]) -> str:
    written = words[0].text
    for previous, token in zip(words, words[1:], strict=False):
        written += ("-" if token.start - previous.end == 1 and previous.lower in ("al", "el") else " ") + token.text
    return written


def _is_name_at_start(
    tokens: Sequence[Token], at: int, token: Token, known: frozenset[str], alone: bool = True
) -> bool:
    """Whether a capitalised word that opens a sentence is a name: there, any word has a capital."""
    if token.lower in known or token.lower in places() or token.text[1:] != token.text[1:].lower():
        return True
    if token.lower in _COMMON or token.lower in _TITLES or token.lower in _HEADS:
        return False
    if not alone:
        return not token.lower.endswith("ed")
    if token.lower.endswith(tuple(_COMMON_ENDINGS)) or _possessive(token):
        return _possessive(token) and not token.lower.endswith(tuple(_COMMON_ENDINGS))
    follower = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    verb = follower in SAYS or follower in ("has", "is", "was", "had", "will", "would", "could", "may", "did", "does")
    return verb and not token.lower.endswith("s")


def _possessive(token: Token) -> bool:
    return token.end - token.start > len(token.text)


def _borne_out(name: Name, sentence: CitedSentence, told: Sequence[Name]) -> bool:
    tokens = [token for token in read(sentence.text) if token.kind != "mark"]
    if _written_out(name.parts, tokens):
        return True
    if all(part in _TITLES or part in _TITLE_PARTS for part in name.parts):
        return _written_out(name.parts, [token for token in read(sentence.context) if token.kind != "mark"])
    if name.place is not None and any(token.capital and place_of((token.lower,)) == name.place for token in tokens):
        return True
    known = frozenset(name.parts)
    if any(_same_name(name, other, sentence.context) for other in names_in(sentence.text, known)):
        return True
    return _antecedent(name, sentence, told)


def _written_out(parts: Sequence[str], tokens: Sequence[Token]) -> bool:
    """Whether the words stand there in this order, in any case ("the prime minister"); "us" is not "US"."""
    wanted = list(parts)
    words = [token.lower if token.lower != "us" or token.text == "US" else "" for token in tokens]
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1))


def _same_name(one: Name, other: Name, context: str) -> bool:
    """Whether `one` can be `other`: a part of it, its full form in the context, an acronym, or the same country."""
    first = [part for part in one.parts if part not in _JOINERS]
    second = [part for part in other.parts if part not in _JOINERS]
    if not first or not second:
        return one.parts == other.parts
    if set(first) <= set(second):
        return True
    if one.place is not None and one.place == other.place:
        return True
    if _acronym(one, other) or _acronym(other, one):
        return True
    shortened = set(second) < set(first) and (first[-1] in second or (first[0] in second and other.place is None))
    return shortened and any(set(first) <= set(full.parts) for full in names_in(context))


def _acronym(short: Name, long: Name) -> bool:
    if len(short.parts) != 1 or len(long.parts) < 2 or not short.words.isupper():
        return False
    initials = {
        "".join(part[0] for part in long.parts if part not in _JOINERS),
        "".join(part[0] for part in long.parts),
    }
    return short.parts[0] in initials


def _antecedent(name: Name, sentence: CitedSentence, told: Sequence[Name]) -> bool:
    """Whether a pronoun or "the group" of the sentence can stand for the name.

    It can when nothing in the sentence is named before it, or when the statement keeps the name that is.
    """
    earlier = names_in(f"{sentence.title}. {sentence.before}", frozenset(name.parts))
    if not any(_same_name(name, other, sentence.context) for other in earlier):
        return False
    tokens = read(sentence.text)
    named = [
        other for other in names_in(sentence.text) if other.first == 0 or tokens[other.first - 1].lower not in _PLACE_WORDS
    ]
    first_named = named[0].first if named else len(tokens)
    kept = not named or any(_same_name(other, named[0], sentence.context) for other in told)
    for position, token in enumerate(tokens):
        definite = token.lower == "the" and any(word.lower in _HEADS for word in tokens[position + 1 : position + 4])
        if token.lower in _PRONOUNS or definite:
            return position < first_named or kept
    return False


def _speakers(text: str, known: frozenset[str]) -> Iterator[Name]:
    """The names that say something: right before the verb, or right after it ("said Jones")."""
    tokens, names = read(text), names_in(text, known)
    for position, token in enumerate(tokens):
        passive = position > 0 and tokens[position - 1].lower in ("was", "were", "is", "are", "been", "being", "be")
        if token.lower not in SAYS or passive:
            continue
        before = [name for name in names if name.last in (position - 1, position - 2)]
        if before and all(word.kind == "word" for word in tokens[before[0].last + 1 : position]):
            if before[0].first == 0 or tokens[before[0].first - 1].lower not in _PLACE_WORDS:
                yield before[0]
        elif token.lower in ("said", "says", "added", "told") and position and tokens[position - 1].text in ',"':
            yield from (name for name in names if name.first == position + 1)
    for position, token in enumerate(tokens):
        if token.lower == "according" and position + 2 < len(tokens):
            yield from (name for name in names if name.first in (position + 2, position + 3))


def _beside(text: str, known: frozenset[str]) -> Iterator[tuple[Name, str, Name]]:
    """Two names, the word with meaning after the first, and which of them acts: a passive is turned round."""
    tokens, names = read(text), names_in(text, known)
    for one, other in zip(names, names[1:], strict=False):
        between = tokens[one.last + 1 : other.first]
        words = [token for token in between if token.content and token.kind == "word"]
        if not words or len(between) > 8 or any(token.text in ".;:" for token in between):
            continue
        lowers = [token.lower for token in between]
        passive = lowers[-1:] == ["by"] or (lowers[-1:] == ["the"] and lowers[-2:-1] == ["by"])
        if passive:
            yield other, words[0].key, one
        else:
            yield one, words[0].key, other
