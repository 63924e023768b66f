"""Publication dates as they stand in a pasted article: "Published 12 March 2026, 14:05 GMT".

A date is given only when the text leaves no doubt. 03/04/2026 could be two days and stays missing; so does a date of
which the year is not written, and one in the future.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

_LOCALES = ("en", "de", "fr", "es", "it", "pt", "ru", "ar", "he", "fa")
_EXTRA_MONTHS = {"sept": 9, "jänner": 1, "set": 9}
_FIRST_YEAR = 1900

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?"
_MONTH = r"(?P<month>[^\W\d_]{3,}\.?|מאי)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}[-/.](?P<month_number>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<month_number>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일]",
        rf"(?<![\d:.]){_DAY}(?:\s+(?:of|de|del|di))?[\s-]+(?:ב)?{_MONTH}(?:\s+(?:de|del))?,?[\s-]+{_YEAR}(?!\d)",
        rf"(?<!\w){_MONTH}\s+{_DAY},?\s+{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<first>\d{{1,2}})(?P<separator>[./-])(?P<second>\d{{1,2}})(?P=separator){_YEAR}(?!\d)",
    )
)
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?:(?P<separator>[:.hH时時])(?P<minute>\d\d))?(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?|\s+Uhr)?"
    r"(?:\s*\(?(?P<zone>Z\b|(?:UTC|GMT)?[+-]\d\d?:?(?:\d\d)?\b|[A-Z]{1,4}T\b|UTC\b|MSK\b|МСК\b|MES?Z\b))?",
    re.IGNORECASE,
)
_GAP = re.compile(r"\s*(?:[,|•·–—-]|at|um|à|a las|alle|às|в|T)?\s*(?:at|um)?\s*", re.IGNORECASE)
# Hours from UTC. IST, CST of China and the like mean several zones and are left out: the day is kept, the time is not.
_FIXED_HOURS = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "cet": 1, "west": 1, "cest": 2, "eet": 2, "sast": 2, "eest": 3,
    "mez": 1, "mesz": 2, "msk": 3, "мск": 3, "eat": 3, "pkt": 5, "sgt": 8, "hkt": 8, "jst": 9, "kst": 9, "aest": 10,
    "aedt": 11, "nzst": 12, "nzdt": 13, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_NAMED_ZONES = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
_EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ARABIC_MONTHS = re.compile(r"[\u064b-\u0652]")
# In these languages 03/04/2026 is the third of April; in English it depends on the country.
_DAY_FIRST = frozenset(("de", "fr", "es", "it", "pt", "ru", "ar", "he"))


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: ISO 8601, and the span it takes there with its time and zone."""

    iso: str
    start: int
    end: int


def find(text: str, language: str = "") -> Found | None:
    """The first full date in a short text, with its time when the zone is known; None without one."""
    text = text.translate(_EASTERN_DIGITS)
    matches = [(match.start(), index, match) for index, form in enumerate(_FORMS) for match in form.finditer(text)]
    for _, _, match in sorted(matches, key=lambda entry: entry[:2]):
        day = _day(match, language)
        if day:
            clock, end = _clock(text, match.end(), day)
            return Found(clock or day.isoformat(), match.start(), end)
    return None


def is_past(iso: str, today: date) -> bool:
    """Whether a date is not after `today`; a moment with a zone is compared by its day in UTC."""
    moment = datetime.fromisoformat(iso)
    return moment.astimezone(UTC).date() <= today if moment.tzinfo else moment.date() <= today


def _day(match: re.Match[str], language: str) -> date | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if parts.get("first"):
        first, second = int(parts["first"]), int(parts["second"])
        day_first = first > 12 or first == second or language in _DAY_FIRST or parts["separator"] == "."
        if not day_first and second <= 12:
            return None
        day, month = (first, second) if day_first else (second, first)
    else:
        day = int(parts["day"])
        name = parts.get("month")
        month = _month(name) if name else int(parts["month_number"])
    try:
        return date(year, month, day) if year >= _FIRST_YEAR else None
    except ValueError:
        return None


def _month(name: str) -> int:
    names = _month_names()
    bare = _ARABIC_MONTHS.sub("", name.lower().rstrip("."))
    return names.get(bare, 0) or names.get(bare.removeprefix("ב"), 0)


def _clock(text: str, at: int, day: date) -> tuple[str | None, int]:
    """The date with its time, when one with a known zone follows at `at`, and where the whole ends."""
    gap = _GAP.match(text, at)
    match = _TIME.match(text, gap.end() if gap else at)
    if not match or not (match["minute"] or match["half"] or "uhr" in match.group().lower()):
        return None, at
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    try:
        moment = datetime(day.year, day.month, day.day, hour, int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError:
        return None, at
    zone = _zone(match["zone"] or "")
    return (moment.replace(tzinfo=zone).isoformat() if zone else None), match.end()


def _zone(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    name = name.lower()
    if name in _NAMED_ZONES:
        return ZoneInfo(_NAMED_ZONES[name])
    if name in _FIXED_HOURS:
        return timezone(timedelta(hours=_FIXED_HOURS[name]))
    offset = re.fullmatch(r"(?:utc|gmt)?([+-])(\d\d?):?(\d\d)?", name)
    if not offset:
        return None
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes)) if minutes <= 14 * 60 else None


@lru_cache(maxsize=1)
def _month_names() -> dict[str, int]:
    """Every way a month is written in the languages we read, from CLDR."""
    from babel.dates import get_month_names

    names = dict(_EXTRA_MONTHS)
    for locale in _LOCALES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    names.setdefault(_ARABIC_MONTHS.sub("", str(name).lower().rstrip(".")), int(number))
    return names
