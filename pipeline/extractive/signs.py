"""Where in a sentence the kind of thing stands that a question wants: a date, a number, a name, a reason, a saying."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import regex

from pipeline.questions import STOP_WORDS, Part, Wants, words

Span: TypeAlias = tuple[int, int]

_MONTH = r"(?:Jan|Febr?|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\p{Ll}*\.?"
_FULL_MONTH = r"(?:January|February|April|June|July|August|September|October|November|December)"
_COUNT = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|a few|several)"
_DATE = regex.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+\d{{4}})?|"
    rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s?,?\s+\d{{4}})?\b|\b{_MONTH}\s+(?:of\s+)?(?:19|20)\d\d\b|"
    rf"\b{_FULL_MONTH}\b|\b(?:in|since|by|until|from|of|during)\s+(?:May|March)\b|"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b1\d{3}\b|\b20\d\d\b|\b\d{1,2}[:.]\d\d\b|\b\d{1,2}\s?[ap]\.?m\b|"
    r"\b(?:yesterday|today|tomorrow|tonight|midnight|noon|dawn)\b|"
    r"\b(?:last|next|this|the following|previous)\s+(?:week|month|year|spring|summer|autumn|winter|night|morning)\b|"
    rf"\b{_COUNT}\s+(?:days?|weeks?|months?|years?|hours?|decades?)\s+(?:ago|later|earlier|after|before)\b|"
    r"\b(?:\d{1,2}(?:st|nd|rd|th)|\p{L}+(?:st|nd|rd|th))[\s\-]+(?:and \d{1,2}th )?century\b|\b1\d{3}s\b|\b20\d\ds\b"
)
_NUMBER = regex.compile(
    r"(?:[£$€¥]\s?)?\d+(?:[.,]\d+)*\p{L}{0,2}\b%?|"
    r"\b(?:one(?! of (?:the|its|his|her|their)\b)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"dozens?|hundreds?|thousands?|millions?|billions?|half|a third|quarter|twice|double[ds]?|none|nobody|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\p{L}+)?)\b",
    regex.IGNORECASE,
)
_MONEY = regex.compile(
    r"[£$€¥]|[mb]n?\b|[\s\-]?(?:[mb]illion|[mb]n|trillion)\b|"
    r"\s(?:dollars?|euros?|pounds?|pence|cents?|yen|yuan|crowns?|kron\w+|francs?|rupees?)\b",
    regex.IGNORECASE,
)
_SHARE = regex.compile(r"\s?(?:%|per\s?cent\b|percent\w*)|half|a third|quarter", regex.IGNORECASE)
_TIME = regex.compile(
    r"[\s\-](?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?)\b", regex.IGNORECASE
)
_PROPER = regex.compile(r"\p{Lu}[\p{L}\p{M}’'\-]+(?:\s+(?:(?:of|the|de|al|van|von)\s+)?\p{Lu}[\p{L}\p{M}’'\-]*)*")
_PLACE = regex.compile(
    r"\b(?:in|at|near|off|on|from|to|outside|inside|of|between|around|across|through|into|towards?|via|"
    r"(?:north|south|east|west|central)\w*)\s+(?:the\s+)?(?=\p{Lu})|"
    r"\b(?:located|situated|north|south|east|west)\w*\s+(?:of|in|at|on)\b"
)
_REASON = regex.compile(
    r"\b(?:because|since|due to|after|caus\w+|led to|leads? to|blam\w+|owing|result\w*|following|so that|in order|"
    r"reasons?|why|therefore|thus|attribut\w+|prompt\w+|trigger\w+|aim\w*|intend\w+|so as|cit(?:ed|ing)|fear\w*|over|"
    r"to (?:avoid|prevent|help|allow|protect|make|stop|reduce|ensure))\b",
    regex.IGNORECASE,
)
_CHANGE = regex.compile(
    r"\b(?:rais\w+|r[io]se|risen|rising|increas\w+|lower\w*|cut|fell|fall\w*|drop\w*|revis\w+|chang\w+|"
    r"from \P{L}*\d\S* (?:\p{L}+ ){0,3}to|up from|down from|earlier|initial\w*|at first|first|previous\w*|originally|"
    r"now|since|later|extend\w*|delay\w*|postponed|put (?:off|back)|brought forward|revers\w+|doubl\w+|halv\w+|"
    r"again|no longer|instead|correct\w+|updat\w+|grew|grow\w*|climb\w*|jump\w*|swell\w*|reach\w*)\b",
    regex.IGNORECASE,
)
_SAYS = regex.compile(
    r"[“”\"]|\b(?:said|says|say|told|tells|claim\w*|argu\w+|den(?:y|ied|ies)|warn\w*|blam\w+|added|adds|"
    r"call(?:s|ed|ing)|accus\w+|convinced|conclud\w+|insist\w*|describ\w+|reject\w*|dismiss\w*|stress\w*|suggest\w*|"
    r"admit\w*|acknowledg\w+|maintain\w*|state[sd]|respond\w*|repl(?:y|ied|ies)|according to|explain\w*|urg\w+|"
    r"demand\w*|vow\w*|promis\w+|accept\w*|confirm\w*|wrote|writes|believ\w+|thinks?|thought)\b",
    regex.IGNORECASE,
)
_ASKS_MONEY = regex.compile(
    r"\b(?:cost\w*|price\w*|worth|fine[ds]?|fee|bill|budget|spen[dt]|salary|value\w*|damages)\b", regex.IGNORECASE
)
_ASKS_SHARE = regex.compile(r"\b(?:percent\w*|per cent|share|proportion)\b", regex.IGNORECASE)
_ASKS_TIME = regex.compile(
    r"\b(?:long|old|age[ds]?|often|time|seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?)\b",
    regex.IGNORECASE,
)
_AUXILIARY = "of|in|on|at|to|for|from|with|by|is|are|was|were|has|have|had|do|does|did|will|would|could|can|should"
# The words up to the verb, or a preposition, of which the last is what is counted.
_COUNTS = regex.compile(
    rf"\bhow (?:many|much) ((?:(?!(?:{_AUXILIARY})\b)[\p{{L}}’'\-]+\s+){{1,4}}?)"
    rf"(?=(?:{_AUXILIARY}|\p{{Ll}}+ed|died|fell|went|lost|took|left|work|live)\b)",
    regex.IGNORECASE,
)
# A span of time is wanted, not any number.
_ASKS_SPAN = regex.compile(
    r"\bhow many (?:seconds|minutes|hours|days|nights|weeks|months|years|decades)\b|"
    r"\b(?:for how long|how long (?:did|has|have|had|will|would|does|do))\b",
    regex.IGNORECASE,
)
_ASKS_AGE = regex.compile(r"\bhow old\b|\bage\b", regex.IGNORECASE)
_BORN = regex.compile(r"\bborn\b(?=.{0,40}\d{4})")
_LIKE_A_YEAR = regex.compile(r"(?:1[5-9]|20)\d\d")


def signs(part: Part, text: str, said: frozenset[str]) -> Iterator[Span]:
    """The spans of `text` that could be what the part wants. Words of the question itself (`said`) answer nothing."""
    for start, end in _FINDERS[part.wants](part, text):
        new = [word for word in words(text[start:end]) if word not in STOP_WORDS]
        if not new or any(word not in said for word in new):
            yield start, end


def counted(part: Part) -> str:
    """The noun that a part counts ("how many people died": "people"), or wants the figure of; empty without one."""
    match = _COUNTS.search(part.text)
    return words(match.group(1))[-1] if match else ""


def _dates(part: Part, text: str) -> Iterator[Span]:
    return (match.span() for match in _DATE.finditer(text))


def _numbers(part: Part, text: str) -> Iterator[Span]:
    """Numbers of the unit that is asked for; a year or the day of a date is none, a span of time only when asked."""
    dates = [match.span() for match in _DATE.finditer(text)]
    share, money = bool(_ASKS_SHARE.search(part.text)), bool(_ASKS_MONEY.search(part.text))
    time = bool(_ASKS_TIME.search(part.text))
    span = bool(_ASKS_SPAN.search(part.text))
    money = money and not share and "many" not in part.text
    if _ASKS_AGE.search(part.text):
        yield from (match.span() for match in _BORN.finditer(text))
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if _LIKE_A_YEAR.fullmatch(match.group()) or any(first <= start < last for first, last in dates):
            continue
        if not time and _TIME.match(text, end):
            continue
        units = [_SHARE] * (share or money) + [_MONEY] * money + [_TIME] * span
        if not units or any(_has_unit(unit, match) for unit in units):
            yield start, end


def _has_unit(unit: regex.Pattern[str], number: regex.Match[str]) -> bool:
    """Whether a number carries a unit within itself ("£46m", "half") or right behind ("46 million")."""
    return bool(unit.search(number.group()) or unit.match(number.string, number.end()))


def _names(part: Part, text: str) -> Iterator[Span]:
    for match in _PROPER.finditer(text):
        first = words(match.group().split()[0])
        if match.start() or not first or first[0] not in STOP_WORDS:
            yield match.span()


def _places(part: Part, text: str) -> Iterator[Span]:
    for match in _PLACE.finditer(text):
        name = _PROPER.match(text, match.end())
        yield (name or match).span()


def _reasons(part: Part, text: str) -> Iterator[Span]:
    return (match.span() for match in _REASON.finditer(text))


def _sayings(part: Part, text: str) -> Iterator[Span]:
    return (match.span() for match in _SAYS.finditer(text))


def _changes(part: Part, text: str) -> Iterator[Span]:
    return (match.span() for match in _CHANGE.finditer(text))


def _none(part: Part, text: str) -> Iterator[Span]:
    return iter(())


_FINDERS: dict[Wants, Callable[[Part, str], Iterator[Span]]] = {
    "date": _dates,
    "number": _numbers,
    "person": _names,
    "place": _places,
    "reason": _reasons,
    "quote": _sayings,
    "change": _changes,
    "anything": _none,
}
