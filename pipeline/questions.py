"""What a question asks for, read off its words: no model, English question words.

>>> read_question("When was the Calder Star hit, and how many boxes fell?").parts[1].wants
'number'
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

import regex
import snowballstemmer

Wants: TypeAlias = Literal["date", "number", "person", "place", "reason", "quote", "change", "anything"]
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
_POSSESSIVE = regex.compile(r"[’']s?$")
_YEAR = regex.compile(r"\b(?:19|20)\d\d\b")
_QUESTION_WORD = r"(?:(?:when|where|who|whom|whose|which|why|how)\b|what\b(?! (?:the|a|an|his|her|its|their)\b))"
_VERB = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)\b"
_BEFORE = r"(?:(?:in|on|at|by|to|for|from|with|since|until|about|under|after|before|against|of) )?"
# A new question within a question: after "and" a question word, or a verb that asks again ("and did they agree").
_PART = regex.compile(
    rf"[,;]?\s+(?:and|but|or)\s+(?={_BEFORE}{_QUESTION_WORD})|"
    rf"[,;]\s+(?={_BEFORE}{_QUESTION_WORD}\s+{_VERB})|"
    rf"[,;]?\s+and\s+(?={_VERB}\s+(?:the|he|she|it|they|this|that|any|anyone|anybody|someone|there)\b)|"
    r"\?\s+(?=\p{Lu})",
    regex.IGNORECASE,
)
# What opens a part that asks; "when the strike was called off" asks nothing.
_ASKING_PART = regex.compile(
    rf"(?:and |but |or )?{_BEFORE}(?:(?!when\b){_QUESTION_WORD}|when(?: {_VERB}|\s*(?:[?.!,]|$))|{_VERB})",
    regex.IGNORECASE,
)
# No question word stands before: "what was settled when the strike was called off" does not ask for a date.
_FIRST = r"(?<!\b(?:when|where|who|whom|whose|what|which|why|how)\b.*)"
# A word of a name, with what may be joined to its front: "al-Aqabi", "ash-Sharqi", "d'Estaing".
_CAPITAL = r"(?:(?:al|el|ul|ad|an|ar|as|ash|at|az|d|l)[’'\-])?\p{Lu}[\p{L}\p{M}\p{N}’'\-]*"
_NAME = regex.compile(
    rf"(?<!\w){_CAPITAL}(?:\.(?=\p{{Lu}}))?(?:\s+(?:(?:of|the|de|al|van|von|for|and)\s+)?{_CAPITAL})*"
)
_PRONOUN = regex.compile(r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|one)\b")
_NUMBER_NOUN = (
    r"number|percentage|percent|per cent|share|proportion|price|cost|amount|figure|total|toll|rate|sum|size|age|fine|"
    r"height|length|depth|weight|distance|speed|value|fee|budget|salary|score"
)
_ASKS: tuple[tuple[Wants, str], ...] = (
    (
        "date",
        rf"{_FIRST}\bwhen\b(?!.*[,;]\s*{_BEFORE}{_QUESTION_WORD})|"
        r"\b(?:what|which) (?:days?|dates?|months?|years?|time)\b|\bhow (?:long ago|soon|recently)\b",
    ),
    (
        "number",
        r"\bhow (?:many|much|large|big|high|long|old|far|tall|wide|deep|fast|often)\b|"
        rf"\b(?:what|which) (?:\w+ )?(?:{_NUMBER_NOUN})\b|^(?:{_NUMBER_NOUN})\b|"
        rf"\bwhat(?:[’']s| is| was| were| are)(?: the)? (?:[\w’'\-]+ ){{0,3}}(?:{_NUMBER_NOUN})\b",
    ),
    (
        "change",
        r"\bhow (?:has|have|had|did|does|do|is|are|was|were) .{1,100}?\b"
        r"(?:chang|revis|shift|evolv|develop|updat|mov|grow|grew|ris|fall|var(?:y|ie))\w*|\bwhat (?:has )?changed\b",
    ),
    (
        "quote",
        r"\bwhat (?:did|does|do|has|have|had) .{1,80}?\b"
        r"(?:say|said|claim|argue|conclude|think|blame|warn|tell|told|call|alleg|answer|demand|promis|accus|insist|den(?:y|ied)|admit|"
        r"announc|suggest|advis|urge|reply|repli)\w*\b|"
        r"\bhow (?:did|does|do|has|have|had) .{1,80}?\b(?:respond|react|describe|explain|justif)\w*\b|"
        r"\bwhat (?:is|was|were) .{1,60}?\b(?:reaction|response|reply|position|view|explanation|account|stance)\b",
    ),
    (
        "person",
        rf"{_FIRST}\bwho(?:m|se)?\b|\bby whom\b|\bwhich (?:\w+ ){{0,2}}(?:persons?|people|ministers?|officials?|"
        r"managers?|leaders?|spokes\w+|compan(?:y|ies)|groups?|agenc(?:y|ies)|organi[sz]ations?)\b",
    ),
    ("place", rf"{_FIRST}\bwhere\b|\b(?:what|which) (?:city|town|country|place|region|port|village|location|state)\b"),
    (
        "reason",
        r"\bwhy\b|\bwhat (?:caused|led)\b|\b(?:for|on) what (?:reason|ground)s?\b|\bhow come\b|"
        r"\breasons?\b|\bcauses?\b",
    ),
)
_ASKS_COMPILED = tuple((wants, regex.compile(pattern, regex.IGNORECASE)) for wants, pattern in _ASKS)
_VERSIONS = regex.compile(
    r"\bhow (?:has|have|had|did|does|do|is|are|was|were) .{1,100}?\b(?:chang|revis|differ|shift|evolv|develop|compar|"
    r"updat|mov|grow|grew|ris|fall|vary|varie)\w*|\bwhat (?:has )?changed\b|\bcompar\w+|\bdiffer(?:s|ed|ing)?\b|"
    r"\bdisagree\w*|"
    r"\b(?:sources?|reports?|accounts?|articles?|papers?|outlets?|figures?|estimates?|sides?|they)"
    r" (?:\w+ ){0,2}agree\b|\bagree(?:ment)? on\b|\bdisput\w+|\bcontradict\w*|\bconflicting\b|\bversions?\b|"
    r"\brevised\b|\bearlier figure\b|\bversus\b|\bvs\b|\boriginally\b|\bat first\b|\binitial\w*\b",
    regex.IGNORECASE,
)

# What a part asks for stands in so many characters at its front; the patterns above look back, so they cost the square.
_FRONT = 500

_ASKING_TEXT = """
    which list name explain describe compare give state summarise summarize according besides despite apart alongside
    amid except following unlike regarding concerning"""
_ASKING = frozenset(_ASKING_TEXT.split())
_CALENDAR_TEXT = """
    January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday"""
_CALENDAR = frozenset(_CALENDAR_TEXT.split())
CALENDAR = frozenset(map(str.lower, _CALENDAR))
"""Months and days of the week, in lower case."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a question asks: its text, the stems of its content words, and the kind of thing that answers it.

    `names` are those of the part, or of the whole question when the part only points to them ("where is it made");
    then it `refers_back`.
    """

    text: str
    terms: frozenset[str]
    wants: Wants
    names: tuple[str, ...] = ()
    refers_back: bool = False


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A question taken apart. `names` are capitalised word sequences as written, `years` four-digit years.

    `versions` is whether it asks how accounts differ or how a thing changed: one sentence cannot answer that.
    """

    text: str
    parts: tuple[Part, ...]
    terms: frozenset[str]
    names: tuple[str, ...]
    years: frozenset[str]
    versions: bool = False


def read_question(text: str) -> AskedFor:
    """The parts, content words, names and years of a question; a topic reads as one part that wants anything."""
    names = _names(text)
    pieces = _pieces(text)
    return AskedFor(
        text=text,
        parts=tuple(_part(piece, names, alone=len(pieces) == 1) for piece in pieces),
        terms=content_stems(text),
        names=names,
        years=frozenset(_YEAR.findall(text)),
        versions=bool(_VERSIONS.search(text)),
    )


def words(text: str) -> list[str]:
    """The words of a text in lower case, possessive endings dropped."""
    return [_plain(word) for word in _WORD.findall(text)]


def spans(text: str) -> list[tuple[int, str]]:
    """The words of a text as `words` gives them, each with where it starts."""
    return [(match.start(), _plain(match.group())) for match in _WORD.finditer(text)]


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning: no stop words."""
    return frozenset(stem(word) for word in words(text) if word not in STOP_WORDS)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The Snowball (Porter 2) stem of a lower-case word."""
    return str(_STEMMERS.own.stemWord(word))


class _Stemmers(threading.local):
    """A stemmer for each thread: one holds the word that it is at."""

    def __init__(self) -> None:
        self.own = snowballstemmer.stemmer("english")


_STEMMERS = _Stemmers()


def _plain(word: str) -> str:
    return (word if word.isalnum() else _POSSESSIVE.sub("", word)).casefold()


def _pieces(text: str) -> list[str]:
    """The text cut into what is asked; a piece that asks nothing stays with the one before it, or after."""
    cuts = [match.span() for match in _PART.finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    pieces: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        asks = bool(_ASKING_PART.match(text, start))
        if pieces and (not asks or not _ASKING_PART.match(text, pieces[-1][0])):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return [text[start:end].strip() for start, end in pieces if text[start:end].strip()] or [text]


def _part(text: str, names: tuple[str, ...], *, alone: bool) -> Part:
    own = tuple(name for name in names if name in text)
    refers_back = not own and not alone and bool(_PRONOUN.search(text))
    own = names if refers_back else own
    return Part(text, content_stems(" ".join([text, *own])), _wants(text), own, refers_back)


def _wants(part: str) -> Wants:
    for wants, pattern in _ASKS_COMPILED:
        if pattern.search(part, endpos=_FRONT):
            return wants
    return "anything"


def _names(text: str) -> tuple[str, ...]:
    """Capitalised sequences without question and stop words at their front; not the first word by itself."""
    names: list[str] = []
    for match in _NAME.finditer(text):
        written = _POSSESSIVE.sub("", match.group()).split(" ")
        while written and (written[0].casefold() in STOP_WORDS or written[0].casefold() in _ASKING):
            written = written[1:]
        name = " ".join(written)
        opens = match.start() == 0 and len(match.group().split()) == len(written) == 1
        if name and not opens and name not in _CALENDAR and name not in names:
            names.append(name)
    return tuple(names)
