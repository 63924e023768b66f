"""A text as the checks see it: tokens with their concept, sentence by sentence.

>>> [token.key for token in read("Israel’s army hadn't left.") if token.content]
['israel', 'military', 'leave']
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from pipeline.grounding.lexicon import concept_of, listed

STOP_WORDS = listed(
    """
    a about above across after again against all along already also although am amid among an and another any are
    around as at away back be because become becomes became been before being below between both but by came can
    cannot come comes could day days did do does doing done down due during each either else enough even ever
    every few for from further gave get gets give given gives go goes going gone got had has have having he her
    here hers herself him himself his how however i if in instead into is it its itself just last later least less
    let like made make makes making many may me might more moreover most much must my near nearly neither no
    nobody none nor not nothing now of off on once one ones only onto or other others our out over own per put
    quite rather said say saying says several shall she should since so some soon still such take taken takes
    taking than that the their them themselves then there these they thing this those though through thus till to
    today together told too took toward towards under unless until up upon us used very was way we well went were what
    when where whereas whether which while who whom whose why will with within without would yet you your
    according added adding adds tell tells telling called calls call part unlike despite including includes
    include included following regarding concerning explained explains explain noted notes note stated states
    spoke speaking reportedly allegedly apparently never whatever whenever wherever mr mrs ms dr t s ll ve re m d
    number numbers amount figure figures
    """
)

PRONOUNS = listed("he she they it his her their its him them who this these those")

_TOKEN = regex.compile(
    r"""(?P<word>(?:\p{L}\.){2,}(?!\p{L})|\p{L}[\p{L}\p{M}\p{N}]*(?:'\p{L}[\p{L}\p{M}]*)*)
      | (?P<number>\p{N}+(?:[.,]\p{N}+)*)
      | (?P<mark>\S)""",
    regex.VERBOSE,
)
_QUOTES = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "‛": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‟": '"',
    }
)
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Cc}--[\t\n\r]]", regex.VERSION1)
_CLAUSE_MARKS = frozenset(';:—–().!?"')
_CLAUSE_WORDS = listed(
    """
    but although though while whereas because after before which who whom whose until unless when despite if
    """
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or punctuation mark of a plain text, `text[start:end]` of `plain(…)`.

    `lower` has no possessive ending; `key` is the concept of a word (the stem, or the name of its group of synonyms);
    `content` says whether it carries meaning of its own: a word that is no stop word, or a number.
    """

    text: str
    lower: str
    key: str
    content: bool
    kind: str
    start: int
    end: int

    @property
    def negated(self) -> bool:
        """Whether the word ends in a "not": "hadn't", "cannot"."""
        return _negated(self.lower)

    @property
    def capital(self) -> bool:
        """Whether it is a word with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text with straight quotes, single spaces and no invisible characters, for comparing."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text).translate(_QUOTES))
    return " ".join(text.replace("''", '"').split())


@lru_cache(maxsize=8192)
def read(text: str) -> tuple[Token, ...]:
    """The tokens of `plain(text)`."""
    return tuple(_token(match) for match in _TOKEN.finditer(plain(text)))


@lru_cache(maxsize=8192)
def keys(text: str) -> frozenset[str]:
    """The concepts of the words of a text that carry meaning."""
    return frozenset(token.key for token in read(text) if token.content)


def bounds_clause(token: Token) -> bool:
    """Whether a clause ends here, commas and "and" apart."""
    return token.text in _CLAUSE_MARKS or token.lower in _CLAUSE_WORDS


def contents_after(tokens: Sequence[Token], index: int, limit: int, stop_at: Collection[str] = ()) -> Iterator[int]:
    """Where the next content words of the same clause stand, at most `limit` of them."""
    found = 0
    for position in range(index + 1, len(tokens)):
        token = tokens[position]
        if _sets_off_age(tokens, position):
            continue
        if (
            (bounds_clause(token) and not (token.text == '"' and not found))
            or (token.text == "," and position > index + 1)
            or (token.lower in stop_at and position > index + 1)
            or found >= limit
        ):
            return
        if token.kind == "word" and token.content:
            found += 1
            yield position


def _sets_off_age(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma is one of those around a figure put in: "Marcus Hale, 19, was reaching"."""
    return tokens[at].text == "," and any(
        len(around) == 3 and around[0].text == around[2].text == "," and around[1].kind == "number"
        for around in (tokens[at : at + 3], tokens[max(0, at - 2) : at + 1])
    )


def _negated(lower: str) -> bool:
    return lower.endswith("n't") or lower == "cannot"


def _token(match: regex.Match[str]) -> Token:
    kind = str(match.lastgroup)
    return Token(*_noted(match.group(), kind), kind, match.start(), match.end())


@lru_cache(maxsize=65536)
def _noted(text: str, kind: str) -> tuple[str, str, str, bool]:
    """A token without its possessive ending, that in lower case, its key, and whether it carries meaning."""
    bare = text
    if kind == "word":
        bare = text.replace(".", "")
        for ending in ("'s", "'S", "'ll", "'ve", "'re", "'d", "'m"):
            bare = bare.removesuffix(ending)
    lower = fold(bare)
    if kind != "word":
        return bare, lower, lower, kind == "number"
    return bare, lower, concept_of(lower), (lower not in STOP_WORDS or bare == "US") and not _negated(lower)


def fold(word: str) -> str:
    """Lower case without accents, so that "Müller" meets "Muller"."""
    if word.isascii():
        return word.lower()
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(letter)
    )
