"""Times of day in a text, however they are written: 13:25, 1.25pm, 1:25 p.m., 11.15 am."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.grounding.quantities import Quantity
from pipeline.grounding.words import plain, read

CLOCK = "time of day"
"""The unit of a time of day, which counts minutes since midnight."""

_TIME = regex.compile(
    r"(?<![\d.,:£$€])(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?(?![.:]?\d)(?:\s?(?P<half>[ap])\.?m\b\.?)?",
    regex.IGNORECASE,
)
# A time with a dot and no "am" or "pm" is one only behind these: "at 13.25".
_BEFORE = regex.compile(r"\b(?:at|before|by|until|till|around|about|from|after|since|between)\s$", regex.IGNORECASE)
_UNIT = regex.compile(r"\s?(?:%|percent|per cent|million|billion|[a-z]*met|kilo|tonn|points?)", regex.IGNORECASE)


def clock_times(text: str) -> tuple[Quantity, ...]:
    """The times of day of a text from left to right; the hour alone counts only with "am" or "pm"."""
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[Quantity]:
    written = plain(text)
    starts = {token.start: place for place, token in enumerate(read(text))}
    for match in _TIME.finditer(written):
        hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
        colon = match["minute"] is not None and written[match.end("hour")] == ":"
        behind = _BEFORE.search(written[: match.start()]) is not None and not _UNIT.match(written, match.end())
        if minute > 59 or hour > (12 if half else 23) or match.start() not in starts:
            continue
        if not half and not colon and (match["minute"] is None or not behind):
            continue
        minutes = float(
            hour % 12 * 60 + minute + (720 if half.casefold() == "p" else 0) if half else hour * 60 + minute
        )
        first = starts[match.start()]
        last = max(place for start, place in starts.items() if start < match.end())
        yield Quantity(match.group(), minutes, minutes, CLOCK, "exact", "single", first, last)
