"""When an article was published, as ISO 8601, or not at all: a date that cannot be right is no date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST_YEAR = 1990
"""No news page is older than the web; an earlier date is a default value (1970-01-01) or a date out of the story."""


def normalise_published(text: str, today: date | None = None) -> str | None:
    """The date or the date and time of an ISO 8601 or RFC 2822 text, as ISO 8601; None when it is no plausible one.

    A date without a time stays a date, a zone is kept as its offset, a time without a zone stays without.
    Implausible are years before `EARLIEST_YEAR` and days after tomorrow (`today` is the current day in UTC).
    """
    text = text.strip()
    moment = _parse(text)
    if moment is None:
        return None
    latest = (today or datetime.now(UTC).date()) + timedelta(days=1)
    if moment.year < EARLIEST_YEAR or moment.date() > latest:
        return None
    return moment.date().isoformat() if _has_no_time(text) else moment.isoformat(timespec="seconds")


def _parse(text: str) -> datetime | None:
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text)
        except (ValueError, IndexError, OverflowError):
            continue
    return None


def _has_no_time(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
