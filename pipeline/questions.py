"""What a question asks for, read off its words: no model, English question words.

>>> read_question("When was the Calder Star hit, and how many boxes fell?").parts[1].wants
'number'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

import regex
import snowballstemmer

Wants: TypeAlias = Literal["date", "number", "person", "place", "reason", "quote", "anything"]
"""The kind of thing that answers a question."""

_STOP_WORD_TEXT = """
    a about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each either else ever few for from further get gets give given
    had has have having he her here hers him his how i if in into is it its itself just let like many may me might more
    most much must my no nor not now of off on once one only or other our out over own per say said says shall she
    should since so some such tell than that the their them then there these they this those through to too under until
    up upon us very was we were what when where whether which while who whom whose why will with within would you
    your"""
STOP_WORDS = frozenset(_STOP_WORD_TEXT.split())

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[’'.,\-][\p{L}\p{M}\p{N}]+)*")
# A new question within a question: after a comma, semicolon or "and", a question word.
_PART = regex.compile(
    r"[,;]?\s+(?:and|but|or)\s+(?=(?:when|where|who|whom|whose|what|which|why|how)\b)", regex.IGNORECASE
)
_NAME = regex.compile(
    r"\p{Lu}[\p{L}\p{M}\p{N}’'\-]*(?:\.(?=\p{Lu}))?(?:\s+(?:(?:of|the|de|al|van|von|for|and)\s+)?\p{Lu}[\p{L}\p{M}\p{N}’'\-]*)*"
)
_ASKS: tuple[tuple[Wants, str], ...] = (
    (
        "date",
        r"\bwhen\b|\b(?:what|which|on what|on which) (?:day|date|month|year|time)\b|\bhow (?:long ago|soon|recently)\b",
    ),
    (
        "number",
        r"\bhow (?:many|much|large|big|high|long|old|far|tall|wide|deep|fast|often)\b|"
        r"\b(?:what|which) (?:\w+ )?(?:number|percentage|percent|share|proportion|price|cost|amount|figure|total)\b|"
        r"\b(?:what|which) (?:\w+ )?(?:toll|rate|sum)\b|"
        r"\bwhat (?:is|was|were) the (?:\w+ ){0,3}(?:number|price|cost|amount|figure|total|toll|rate|sum|size)\b",
    ),
    ("person", r"\bwho(?:m|se)?\b|\bby whom\b|\bwhich (?:person|minister|official|spokes\w+|company|group|agency)\b"),
    ("place", r"\bwhere\b|\b(?:what|which) (?:city|town|country|place|region|port|village|location|state)\b"),
    ("reason", r"\bwhy\b|\bwhat (?:caused|led)\b|\bfor what reason\b|\bhow come\b"),
    (
        "quote",
        r"\bwhat (?:did|does|do|has|have|had) .{1,80}?\b(?:say|said|claim|argue|conclude|think|blame|warn|tell)\w*\b",
    ),
)
_ASKS_COMPILED = tuple((wants, regex.compile(pattern, regex.IGNORECASE)) for wants, pattern in _ASKS)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a question asks: its text, the stems of its content words, and the kind of thing that answers it."""

    text: str
    terms: frozenset[str]
    wants: Wants


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A question taken apart. `names` are capitalised word sequences as written, `years` four-digit years."""

    text: str
    parts: tuple[Part, ...]
    terms: frozenset[str]
    names: tuple[str, ...]
    years: frozenset[str]


def read_question(text: str) -> AskedFor:
    """The parts, content words, names and years of a question; a topic reads as one part that wants anything."""
    parts = tuple(Part(part, content_stems(part), _wants(part)) for part in _PART.split(text) if part.strip())
    return AskedFor(
        text=text,
        parts=parts or (Part(text, frozenset(), "anything"),),
        terms=content_stems(text),
        names=_names(text),
        years=frozenset(regex.findall(r"\b(?:19|20)\d\d\b", text)),
    )


def words(text: str) -> list[str]:
    """The words of a text in lower case, possessive endings dropped."""
    return [regex.sub(r"[’']s?$", "", word).casefold() for word in _WORD.findall(text)]


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning: no stop words."""
    return frozenset(stem(word) for word in words(text) if word not in STOP_WORDS)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The Snowball (Porter 2) stem of a lower-case word."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


def _wants(part: str) -> Wants:
    for wants, pattern in _ASKS_COMPILED:
        if pattern.search(part):
            return wants
    return "anything"


def _names(text: str) -> tuple[str, ...]:
    """Capitalised sequences; the first word of the text only when it is no question or stop word."""
    names: list[str] = []
    for match in _NAME.finditer(text):
        name = regex.sub(r"[’']s$", "", match.group())
        first, _, rest = name.partition(" ")
        if first.casefold() in STOP_WORDS or (
            match.start() == 0 and first.casefold() in {"which", "list", "name", "explain"}
        ):
            name = rest
        if name and name not in names:
            names.append(name)
    return tuple(names)
