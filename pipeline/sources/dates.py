"""When an article was published, as ISO 8601, or not at all: a date that cannot be right is no date."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

EARLIEST_YEAR = 1990
"""No news page is older than the web; an earlier date is a default value (1970-01-01) or a date out of the story."""


_YEAR_FIRST = re.compile(r"\A(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?=$|[T ])")
_YEAR_LAST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?=$|[T ])")
_RFC_2822 = re.compile(r"(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3} \d{4} \d{1,2}:\d\d(?::\d\d)? (?:[+-]\d{4}|[A-Z]{1,4})")
_IN_WORDS = re.compile(r"[^\W\d_]{3}.*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.*[^\W\d_]{3}", re.DOTALL)
_LONGEST = 60


def normalise_published(text: str, today: date | None = None) -> str | None:
    """The date or the date and time of a text, as ISO 8601; None when it is no plausible one.

    Read are ISO 8601, RFC 2822, 2026/03/01, 1.3.2026 (day first), 13/3/2026, and English words: "March 1, 2026"; a date
    that could be two days (3/4/2026) is none. A date without a time stays a date, a zone is kept as its offset, a time
    without a zone stays without, but in words counts for the day only. Implausible are years before `EARLIEST_YEAR`
    and days after tomorrow (`today` is the current day in UTC).
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    text = _YEAR_FIRST.sub(_dashed, _year_first(text), count=1)
    moment = _parse(text)
    worded = None if moment else _in_words(text)
    moment = moment or worded
    if moment is None:
        return None
    latest = (today or datetime.now(UTC).date()) + timedelta(days=1)
    if moment.year < EARLIEST_YEAR or moment.date() > latest:
        return None
    day_only = _has_no_time(text) or (worded is not None and worded.tzinfo is None)
    return moment.date().isoformat() if day_only else moment.isoformat(timespec="seconds")


def _dashed(found: re.Match[str]) -> str:
    return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"


def _year_first(text: str) -> str:
    """A date with its year last, turned round when only one day can be meant."""
    found = _YEAR_LAST.match(text)
    if not found:
        return text
    first, second = int(found[1]), int(found[3])
    if found[2] == "." or first > 12 or first == second:
        day, month = first, second
    elif second > 12:
        day, month = second, first
    else:
        return text
    return f"{found[4]}-{month:02}-{day:02}{text[found.end() :]}"


def _in_words(text: str) -> datetime | None:
    """A date with the name of its month, when it names day, month and year."""
    if not _IN_WORDS.search(text):
        return None
    from dateutil.parser import parse

    def zone(name: str | None, offset: int | None) -> tzinfo | None:
        return None if offset is None else timezone(timedelta(seconds=offset))

    try:
        # What the text leaves open is taken from the default: the same twice only when it leaves nothing open.
        one, other = (parse(text, default=default, tzinfos=zone) for default in _DEFAULTS)
        return one if one == other else None
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None


_DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))


def _parse(text: str) -> datetime | None:
    try:
        # The parser of the mail library takes other words for RFC 2822 too, and then reads 10 pm as 10.
        return parsedate_to_datetime(text) if _RFC_2822.fullmatch(text) else datetime.fromisoformat(text)
    except (ValueError, IndexError, OverflowError):
        return None


def _has_no_time(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
