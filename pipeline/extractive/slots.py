"""What would answer a part, as finely as its words say it, and where a text has it: an age, a sum, so many of it.

`pipeline.extractive.signs` finds the coarse kinds by which sentences are ranked; to tell a near miss, a year must not
do for an age, nor a price for a count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

import regex

from pipeline.extractive.relation import head_of
from pipeline.extractive.signs import Span, signs
from pipeline.grounding.places import place_of
from pipeline.questions import CALENDAR, STOP_WORDS, Part, words
from pipeline.wordnet import is_kind_of, usual_part

Slot: TypeAlias = Literal[
    "age",
    "duration",
    "money",
    "share",
    "count",
    "measure",
    "year",
    "date",
    "name",
    "place",
    "reason",
    "quote",
    "change",
    "anything",
]
"""The fine kind of thing that answers."""

_FLAGS = regex.IGNORECASE
_ASKS: tuple[tuple[Slot, str], ...] = (
    ("age", r"\bhow old\b|\b(?:what|which) age\b(?! (?:group|bracket|range)s?\b)"),
    ("year", r"\b(?:what|which) year\b"),
    ("duration", r"\bhow long\b|\bhow many (?:seconds|minutes|hours|days|nights|weeks|months|years|decades)\b"),
    (
        "share",
        r"\b(?:what|which) (?:\w+ )?(?:percent\w*|per cent|share|portion|proportion|fraction)\b|"
        r"\bwhat (?:was|is) the (?:turnout|percentage|share|proportion)\b|\bby (?:how much|what margin)\b",
    ),
    (
        "money",
        r"\bhow much\b(?=.*\b(?:cost\w*|pa(?:y|ys|id|ying)|worth|earn\w*|spen[dt]\w*|charg\w+|price|money|fine|owe\w*|"
        r"debt|"
        r"wage|salary|loan|insured|lent|give|donat\w+|bonus|capital|profit|revenue|compensation|damage|rais\w+|los[et]|"
        r"contribut\w+|claim\w*|seek\w*|prize|budget|save|fund\w*|reserved|sell|sold|bought|buy)\b)|"
        r"\b(?:what|which) (?:\p{L}+ )?(?:price|cost|fine|penalty|salary|wages?|fee|ransom|reward|compensation|toll|"
        r"rent|"
        r"bonus|profit|severance|prize|budget|damages|pay)\b|"
        r"\bwhat (?:is|was|were|are) (?:the|a|an|his|her|its|their|\p{Lu}\S+) (?:[\p{L}’']+ ){0,3}?"
        r"(?:price|cost|fine|salary|wages?|fee|ransom|budget|profit|revenue|prize|reward)\b|"
        r"\bwhat (?:do|does|did|will|would) .{1,60}\b(?:cost|earn|pay|charge)\b",
    ),
    (
        "measure",
        r"\bhow (?:tall|wide|deep|heavy|fast|far|high|hot|warm|cold|strong|close|near)\b|\bhow much .*\bweigh\w*\b|"
        r"\bwhat (?:is|was|were|are) the (?:[\p{L}’']+ ){0,2}?"
        r"(?:mass|weight|length|height|depth|width|speed|temperature|distance|capacity|magnitude|range|area)\b|"
        r"\b(?:what|which) (?:temperature|speed|magnitude|height|depth|distance)\b",
    ),
    (
        "count",
        r"\bhow (?:many|much|large|big|often)\b|\b(?:what|which) (?:number|figure|toll|total)\b|"
        r"\bwhat (?:is|was) the (?:number|total|(?:\w+ )?toll)\b",
    ),
    ("name", r"\bnames?\b(?! (?:a|the|one|two|three)\b)"),
)
# What is told apart by names.
_NAMED_KINDS = ("person", "organization", "location", "vehicle")
_COMPILED = tuple((slot, regex.compile(pattern, _FLAGS)) for slot, pattern in _ASKS)

_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[\- ]\p{L}+)?|dozens?|hundreds?|thousands?|millions?|half|"
    r"none|nobody|no|"
    r"several|a few|both|a)"
)
_FIGURE = rf"(?:\d+(?:[.,]\d+)*(?:[\s\-]?(?:million|billion|trillion|thousand|[mb]n?|k))?|{_NUMBER_WORD})"
_UNIT_OF_TIME = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|seasons?)"
_CURRENCY = (
    r"(?:dollars?|euros?|pounds?|pence|cents?|yen|yuan|crowns?|kron\p{L}+|francs?|florins?|marks?|rupees?|pesos?|"
    r"dinars?|"
    r"lira|roubles?|rubles?|shillings?|reais|rand|won|zloty|forints?|guilders?)"
)
_MONEY = regex.compile(
    rf"[£$€¥]\s?\d[\d.,]*(?:\s?(?:million|billion|trillion|[mb]n?|k))?|\b{_FIGURE}\s+(?:\p{{L}}+\s)?{_CURRENCY}\b|"
    r"\b\d[\d.,]*(?:\s|-)?(?:million|billion|trillion)\b|\b(?:USD|EUR|GBP)\s?\d[\d.,]*",
    _FLAGS,
)
_SHARE = regex.compile(
    rf"\b{_FIGURE}\s?(?:%|per\s?cent\b|percent\w*|percentage points?)|"
    r"\b(?:a|one|two|three) (?:third|quarter|fifth|tenth|half)s?\b|\bhalf\b|\bthirds\b|\b(?:doubled|trebled|"
    r"tripled|halved)\b|"
    rf"\b{_FIGURE} (?:out of|in|of|to|votes? to|against) (?:the |its |his |her )?{_FIGURE}\b|\ball but\b|\bmost\b|"
    rf"\bevery\b",
    _FLAGS,
)
_DURATION = regex.compile(
    rf"\b{_FIGURE}[\s\-]+(?:\p{{L}}+[\s\-])?{_UNIT_OF_TIME}\b|\b(?:since|until|"
    rf"till)\s+(?:\p{{L}}+\s+){{0,2}}(?:1\d{{3}}|20\d\d|\p{{Lu}}\p{{L}}+)|"
    r"\b(?:from|between)\s+\S+(?:\s\S+)?\s+(?:to|and|until)\s+\S+|\b(?:all|overnight|a year|a month|a week|a day|"
    r"indefinitely|forever)\b",
    _FLAGS,
)
_AGE = regex.compile(
    r"\b\d{1,3}-(?:year|month|day)-olds?\b|\baged? (?:of )?\d{1,3}\b|,\s(?:now\s)?\d{1,3}(?=[,;.)]|\sand\b)|"
    r"\b(?:is|was|turned|turns|were|are)\s\d{1,3}\b(?!\s?(?:%|per|\p{L}+))|"
    rf"\b{_FIGURE}\s(?:years?|months?|weeks?|centuries)\s(?:old|of age|and)\b|\bthe age of\b|"
    rf"\b\d[\d,.]* years? old\b|\bborn\b.{{0,40}}\d{{4}}",
    _FLAGS,
)
_MEASURE = regex.compile(
    rf"\b{_FIGURE}[\s\-]?(?:°|degrees?|(?:kilo|centi|milli)?met(?:re|er)s?|km/?h?|cm|mm|m|kilos?|kg|grams?|"
    rf"tonnes?|tons?|miles?|mph|"
    r"knots?|feet|foot|ft|inch(?:es)?|yards?|acres?|hectares?|lit(?:re|er)s?|barrels?|bar|watts?|[mk]w|megawatts?|"
    r"gigabytes?|light years?|magnitude|square)\b|\bmagnitude\s(?:of\s)?\d|\b\d+(?:\.\d+)?\s?(?:C|F)\b|\b(?:times|"
    r"slightly|twice)\b.{0,20}\bthan\b",
    _FLAGS,
)
_YEAR = regex.compile(r"\b1[0-9]\d\d\b|\b20\d\d\b|\b\d+ BC\b")
_DATE_TOO = regex.compile(
    r"\b(?:spring|summer|autumn|winter|week|weekend|month|year|morning|evening|afternoon|night|dawn|hours?|days?|"
    r"minutes?)\b",
    _FLAGS,
)
# "Several" and "a few" say no number.
_COUNT = regex.compile(rf"\b(?!(?:a|several|a few|both|half)\b){_FIGURE}\b", _FLAGS)


def wanted(part: Part) -> Slot:
    """The fine kind of thing that answers a part."""
    for slot, pattern in _COMPILED:
        if pattern.search(part.text):
            return slot
    coarse = part.wants
    if coarse == "anything" and _goes_by_a_name(head_of(part)):
        return "name"
    return "name" if coarse == "person" else "count" if coarse == "number" else coarse


def _goes_by_a_name(noun: str) -> bool:
    return bool(noun) and any(is_kind_of(noun, kind) for kind in _NAMED_KINDS)


def slots(part: Part, text: str, said: frozenset[str]) -> Iterator[Span]:
    """The spans of a text that could answer a part; words of the question (`said`) answer nothing."""
    for start, end in _FINDERS[wanted(part)](part, text, said):
        new = [word for word in words(text[start:end]) if word not in STOP_WORDS]
        if not new or any(word not in said for word in new):
            yield start, end


def _by(pattern: regex.Pattern[str]) -> Callable[[Part, str, frozenset[str]], Iterator[Span]]:
    return lambda part, text, said: (match.span() for match in pattern.finditer(text))


def _dates(part: Part, text: str, said: frozenset[str]) -> Iterator[Span]:
    yield from signs(part, text, said)
    yield from (match.span() for match in _DATE_TOO.finditer(text))


def _counts(part: Part, text: str, said: frozenset[str]) -> Iterator[Span]:
    """Numbers that are no years, and no part of a sum, a share, or a span of time."""
    apart = [match.span() for pattern in (_YEAR,) for match in pattern.finditer(text)]
    for match in _COUNT.finditer(text):
        if not any(start <= match.start() < end for start, end in apart):
            yield match.span()


def _names(part: Part, text: str, said: frozenset[str]) -> Iterator[Span]:
    """Names that are no days; a people that only says of which country something is ("Iraqi militias") is none."""
    for match in _PROPER.finditer(text):
        named = [word for word in words(match.group()) if word not in STOP_WORDS and word not in CALENDAR]
        after = _NEXT.match(text, match.end())
        adjective = place_of(tuple(named)) is not None and after is not None
        if named and not (adjective and usual_part(after[1] if after else "") in ("noun", "adjective")):
            yield match.span()


def _places(part: Part, text: str, said: frozenset[str]) -> Iterator[Span]:
    """What follows a preposition of place: a name, or a noun for a place or a building ("in a shelter")."""
    for match in _WHERE.finditer(text):
        name, noun = match["name"], match["noun"]
        if name and not CALENDAR.isdisjoint(words(name)):
            continue
        if name or any(is_kind_of(word, kind) for word in words(noun) for kind in ("location", "structure")):
            yield match.span("name" if name else "noun")


_PROPER = regex.compile(r"\p{Lu}[\p{L}\p{M}’'\-]+(?:\s+(?:(?:of|the|de|al|van|von)\s+)?\p{Lu}[\p{L}\p{M}’'\-]*)*")
_NEXT = regex.compile(r"\s+(\p{Ll}+)")
_WHERE = regex.compile(
    r"\b(?:in|at|near|off|on|from|to|outside|inside|around|across|through|into|towards?|via|beside|behind|"
    r"(?:north|south|east|west)\w* of)\s+(?:(?:the|a|an|its|his|her|their)\s+)?"
    r"(?:(?:\p{Ll}+\s+){0,2}?(?P<name>\p{Lu}[\p{L}\p{M}’'\-]+(?:\s+\p{Lu}[\p{L}\p{M}’'\-]*)*)|(?P<noun>\p{Ll}+(?:\s+\p{Ll}+){0,2}))"
)


_FINDERS: dict[Slot, Callable[[Part, str, frozenset[str]], Iterator[Span]]] = {
    "age": _by(_AGE),
    "duration": _by(_DURATION),
    "money": _by(_MONEY),
    "share": _by(regex.compile(f"{_SHARE.pattern}|{_COUNT.pattern}", _FLAGS)),
    "count": _counts,
    "measure": _by(_MEASURE),
    "year": _by(_YEAR),
    "date": _dates,
    "name": _names,
    "place": _places,
    "reason": signs,
    "quote": signs,
    "change": signs,
    "anything": lambda part, text, said: iter(()),
}
