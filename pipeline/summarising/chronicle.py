"""The timeline: what happened on which day, the day worked out from the text and the day of the article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import regex

from pipeline.grounding.dates import DateMention, dates_in
from pipeline.grounding.words import plain, read
from pipeline.summarising.listing import Entry, entry
from pipeline.summarising.weighing import LEAST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.summarising.lines import Line

# A sentence whose day is only that on which somebody said it weighs so much of one that tells when it happened.
SAID_THEN = 0.6
# A weekday so many days back is as likely the coming one, in a page that was updated after its day.
TOO_FAR_BACK = 5
# A month and day without a year is taken for the nearest, unless that is so many days ahead.
TOO_FAR_AHEAD = 150

# What is said of a day ahead: the future, a plan, and the present tense of what is on a calendar.
_AHEAD = regex.compile(
    r"\b(?:will|due|scheduled|(?:set|expect\w*|plan\w*|is|are) to)\b[^.;:]{0,60}$|"
    r"\b(?:goes|takes|comes|enters|opens|begins|starts|votes|meets|sits|resumes|returns|reopens|expires|ends|closes|"
    r"hosts|plays|faces|arrives|leaves|travels|holds)"
    r"(?:\s+(?!said|told|was|were|came|went|had|made|left|\w+ed\b)[\w’'-]+){0,5}\s+$"
)
_BOUND = regex.compile(
    r"\b(?:(?:since|until|till|before|after|by|between|ending|to)(?: late| early| last)?|between [^,;]{1,40} and)\s+$",
    regex.IGNORECASE,
)
_SAID = regex.compile(r"\b(?:said|says|told \w+|reported|announced)(?: late| early| on| in a statement on)*\s+$")


def timeline(lines: Sequence[Line], weights: NDArray[np.float64], told: frozenset[int], most: int) -> tuple[Entry, ...]:
    """The weightiest sentence of each of the `most` weightiest days, in order, that is not told elsewhere."""
    best: dict[date, tuple[float, int]] = {}
    for index, line in enumerate(lines):
        if index in told or not line.alone or line.corrects or weights[index] < LEAST:
            continue
        mentions = dates_in(line.text)
        days = {day for mention in mentions if (day := event_day(mention, line.day, line.text))}
        if len(days) != 1:
            continue
        (day,) = days
        said_then = all(_SAID.search(_ahead_of(mention, line.text)) for mention in mentions)
        weight = float(weights[index]) * (SAID_THEN if said_then else 1.0)
        if weight > best.get(day, (0.0, 0))[0]:
            best[day] = (weight, index)
    kept = sorted(best, key=lambda day: -best[day][0])[:most]
    return tuple(entry(written_day(day), lines[best[day][1]]) for day in sorted(kept))


def event_day(mention: DateMention, published: date | None, text: str) -> date | None:
    """The one day on which a text says that something happens, in an article published that day.

    None for a longer stretch, for a day that only bounds one ("since Sunday"), and for one that cannot be told.
    """
    before = _ahead_of(mention, text)
    if _BOUND.search(before):
        return None
    if mention.shift is None:
        return _calendar_day(mention, published)
    if published is None:
        return None
    unit, amount = mention.shift
    if unit == "day":
        return published + timedelta(amount)
    if unit != "weekday" or mention.weekday is None:
        return None
    back = (published.weekday() - mention.weekday) % 7
    if amount > 0 or (amount == 0 and back and _AHEAD.search(before)):
        return published + timedelta(7 - back)
    if amount < 0:
        return published - timedelta(back or 7)
    return published - timedelta(back) if back < TOO_FAR_BACK else None


def written_day(day: date) -> str:
    """ "14 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def _calendar_day(mention: DateMention, published: date | None) -> date | None:
    if mention.month is None or mention.day is None:
        return None
    if mention.year is not None:
        return _day(mention.year, mention.month, mention.day)
    if published is None:
        return None
    years = (published.year - 1, published.year, published.year + 1)
    days = [day for year in years if (day := _day(year, mention.month, mention.day))]
    nearest = min(days, key=lambda day: abs((day - published).days), default=None)
    return None if nearest is None or (nearest - published).days > TOO_FAR_AHEAD else nearest


def _ahead_of(mention: DateMention, text: str) -> str:
    """What stands before a date in its sentence."""
    tokens = read(text)
    return plain(text)[: tokens[mention.first].start]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
