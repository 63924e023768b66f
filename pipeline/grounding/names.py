"""Names in a text: capitalised sequences, titles aside, with what opens a sentence told from what is a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.grounding.dates import date_positions
from pipeline.grounding.lexicon import listed
from pipeline.grounding.places import place_of, places
from pipeline.grounding.words import STOP_WORDS, Token, read

TITLES = listed(
    """
    mr mrs ms dr prof professor sir lord lady president minister vice chancellor king queen prince princess pope
    senator sen gov governor mayor gen general col colonel lt lieutenant sgt capt captain major judge justice
    secretary chief chairman chairwoman rev ayatollah sheikh imam ambassador director commissioner spokesman
    spokeswoman spokesperson coach inspector detective commander admiral bishop archbishop rep congressman
    congresswoman premier
    """
)
TITLE_PARTS = listed(
    """
    prime foreign defence defense finance interior health home state justice former acting deputy of the for chief
    """
)
JOINERS = listed("of the de la del der den van von bin ibn al el ul and for du da dos al-")
# Suffixes of words that open a sentence without an article and are no names.
_COMMON_ENDINGS = tuple(
    listed(
        """
        ing tion sion ment ness ity ance ence ship ism ly ists ers ors ees als ants ents ians men cy ure ice ory age ed
        """
    )
)
_COMMON = listed(
    """
    police parliament congress government production trade demand growth violence oil water power traffic access
    support turnout rain snow staff people children women men students doctors workers families troops soldiers
    rebels lawmakers prices sales shares stocks profits exports imports talks polls results data figures experts
    critics supporters residents voters teachers farmers nurses unions banks companies investors analysts scientists
    researchers officials authorities prosecutors investigators rescuers witnesses aid food work construction
    unemployment inflation interest management negotiators organisers organizers diplomats fighters militants gunmen
    protesters crowds schools hospitals thousands hundreds dozens millions half nobody everyone everything someone
    neither overall current two three five emergency firefighters aircraft fans players total annual local national
    regional heavy floods fire fires customers passengers commuters tourists visitors patients pupils parents shops
    hotels flights trains buses ships homes rivers crops wheat gas coal gold bread rent tax taxes pay wages jobs
    crime peace war fighting medics crews engineers divers guards ministers judges lawyers relatives friends
    neighbours neighbors villagers locals campaigners activists ranchers miners fishermen settlers peacekeepers
    inspectors surveyors historians economists
    """
)
SAYS = listed(
    """
    said says say told tells added adds announced announces argued argues claimed claims warned warns denied denies
    confirmed confirms stated states wrote insisted insists explained explains accused accuses alleged acknowledged
    admitted admits blamed blames vowed pledged promised noted testified replied declared urged urges called predicted
    """
)
HEADS = listed(
    """
    group company firm agency organisation organization party government ministry club team bank army military
    militia country city town village minister president leader spokesman spokeswoman official man woman boy girl
    suspect victim court union airline university hospital school carmaker retailer brigade island region river
    bridge dam ship vessel plant pair two deal law bill team striker captain coach author singer actor mayor
    governor chief executive director report study authority department council committee movement kingdom state
    capital site facility rebels militants vaccine company's mission probe rocket telescope plane aircraft drug
    festival museum operator watchdog regulator
    """
)


_KIN = listed(
    """
    heir heirs wife husband widow widower son sons daughter daughters brother brothers sister sisters father mother
    parents family relatives lawyer lawyers supporters aide aides ally allies rival rivals friend friends
    """
)
_PEOPLE_ENDINGS = ("ist", "ian", "man", "woman", "person", "er", "or")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: as written, its parts in lower case, titles aside, and its token positions, both inclusive."""

    words: str
    parts: tuple[str, ...]
    first: int
    last: int

    @property
    def place(self) -> str | None:
        """The country or region that the name is, or whose people; None when it is none."""
        return place_of(self.parts)


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


def is_kin(token: Token) -> bool:
    """Whether a word says what somebody is to another: "heirs of the banker Kurt Grawi"."""
    return token.lower in _KIN


def is_descriptor(token: Token) -> bool:
    """Whether a word says what somebody or something named beside it is: an office, a trade, a kind of body."""
    if token.capital and token.lower not in TITLES:
        return False
    return token.lower in TITLES or token.lower in HEADS or token.lower.endswith(_PEOPLE_ENDINGS)


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
        elif not _joins(tokens, position, last):
            break
    return last


def _joins(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether a name can go on after this token: "of the", a hyphen that touches, the full stop of an initial."""
    token = tokens[at]
    if token.lower in JOINERS:
        return token.lower not in ("and", "for") and at - last <= 2
    if token.text == "-":
        return tokens[at - 1].end == token.start
    return token.text == "." and len(tokens[at - 1].text) <= 3 and at - last == 1


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
        if token.lower in TITLES or token.lower in places() or token.lower in TITLE_PARTS:
            titled = titled or token.lower in TITLES
            length = position + 1
        else:
            break
    return length if titled else 0


def _written(words: Sequence[Token]) -> str:
    written = words[0].text
    for previous, token in pairwise(words):
        written += ("-" if token.start - previous.end == 1 and previous.lower in ("al", "el") else " ") + token.text
    return written


def _is_name_at_start(
    tokens: Sequence[Token], at: int, token: Token, known: frozenset[str], alone: bool = True
) -> bool:
    """Whether a capitalised word that opens a sentence is a name: there, any word has a capital."""
    if token.lower in known or token.lower in places() or token.text[1:] != token.text[1:].lower():
        return True
    if token.lower in _COMMON or token.lower in TITLES or token.lower in HEADS:
        return False
    if not alone:
        return not token.lower.endswith("ed")
    if token.lower.endswith(_COMMON_ENDINGS) or _possessive(token):
        return _possessive(token) and not token.lower.endswith(_COMMON_ENDINGS)
    follower = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    verb = follower in SAYS or follower in ("has", "is", "was", "had", "will", "would", "could", "may", "did", "does")
    return verb and not token.lower.endswith("s")


def _possessive(token: Token) -> bool:
    return token.end - token.start > len(token.text)
