"""What was made of a question before anything was looked for: standard library only, so that answers can carry it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

# Reports of a day are still written on the days after it.
REPORTING_DAYS = 3


@dataclass(frozen=True, slots=True)
class Period:
    """A time as a question names it: its `words`, and its first and last day; None is open.

    `strict` is whether articles of other days are no use at all.
    """

    words: str
    first: date | None
    last: date | None
    strict: bool = False

    def distance(self, day: date) -> int:
        """How many days a day lies outside: 0 within the period, and while it is still being reported on."""
        if self.first is not None and day < self.first:
            return (self.first - day).days
        if self.last is not None and day > self.last + timedelta(REPORTING_DAYS):
            return (day - self.last).days - REPORTING_DAYS
        return 0

    @property
    def days(self) -> str:
        """ "1 March 2026 to 31 March 2026", "from 1 March 2026 on", "until 3 May 2026"."""
        if self.first is None or self.last is None:
            return f"until {_day(self.last)}" if self.last else f"from {_day(self.first)} on"
        return _day(self.first) if self.first == self.last else f"{_day(self.first)} to {_day(self.last)}"


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was looked for, beyond its own words.

    `periods` are the times that it names. A strict one bounds the articles unless it was `relaxed` because no article
    is of it; any other is looked at first. `sides` are those of a comparison, each of which has a passage in the
    evidence if one speaks of it; `queries` are what a model wrote to be looked for besides. `notes` tell all that in
    words, a sentence each without its full stop.
    """

    periods: tuple[Period, ...] = ()
    relaxed: bool = False
    sides: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
