"""The times that a question names, as spans of days: "last week", "on Tuesday", "in June 2018", "since March".

>>> periods_in("What has the union asked for since March?", date(2026, 4, 9))[0].first
datetime.date(2026, 3, 1)

A time that only later articles can speak of ("since March", "after the 3rd of May"), and one said of the articles
themselves ("reported in June"), is strict: it bounds the days of publication. Every other is where to look first, for
an article of July can tell what happened in June.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.grounding.dates import DateMention, dates_in
from pipeline.understood import Period

_LOWER_BOUND = re.compile(r"\b(?:since|after)\s+(?:the\s+)?(?:(?:start|beginning|end) of\s+)?$", re.IGNORECASE)
_JOINS_RANGE = re.compile(r"^\s*(?:and|to|until|till|through|–|-)\s+(?:the\s+)?$", re.IGNORECASE)
_UPPER_BOUND = re.compile(r"\b(?:before|until|till|up to|by)\s+(?:the\s+)?(?:end of\s+)?$", re.IGNORECASE)
_OF_ARTICLES = re.compile(
    r"\b(?:articles?|reports?|stories|coverage|reported|published|reporting|written|news)\s+(?:in|on|from|of|during)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<unit>day|week|month|year)s?\s+ago\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\b(?:last|past)\s+(?P<number>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|few)\s+"
    r"(?P<unit>day|week|month|year)s\b",
    re.IGNORECASE,
)
_WEEKEND = re.compile(r"\b(?P<which>this past|last|past|this)\s+weekend\b", re.IGNORECASE)
_IN_WORDS = ("a an one", "two", "three few", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: number for number, words in enumerate(_IN_WORDS, 1) for word in words.split()}
_DAYS_IN = {"day": 1, "week": 7, "month": 30, "year": 365}
_SATURDAY = 5
_WEEK = timedelta(7)
_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class _Span:
    """A mention, `question[start:end]`, the days it means, and whether it names their year."""

    start: int
    end: int
    first: date
    last: date
    dated: bool = False


def periods_in(question: str, today: date | None) -> tuple[Period, ...]:
    """The times that a question names, from left to right; one that lies ahead of `today` is none.

    Without `today` only those with a year of their own: "last week" and "in June" are counted from the day of asking.
    """
    found: list[Period] = []
    opened: _Span | None = None
    for span in _distinct(_spans(question, today)):
        before = question[: span.start]
        words = question[span.start : span.end]
        if opened is not None and _JOINS_RANGE.search(question[opened.end : span.start]):
            strict = found.pop().strict and bool(_OF_ARTICLES.search(question[: opened.start]))
            found.append(Period(question[opened.start : span.end], *_joined(opened, span, today), strict))
        elif _OF_ARTICLES.search(before):
            found.append(Period(words, span.first, span.last, strict=True))
        elif lower := _LOWER_BOUND.search(before):
            found.append(Period(lower[0].strip() + " " + words, span.first, None, strict=True))
        elif upper := _UPPER_BOUND.search(before):
            found.append(Period(upper[0].strip() + " " + words, None, span.last))
        else:
            found.append(Period(words, span.first, span.last))
        opened = span
    return tuple(found)


def _distinct(spans: Iterator[_Span]) -> Iterator[_Span]:
    """From left to right, the longer of two that overlap."""
    reach = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= reach:
            yield span
            reach = span.end


def _spans(question: str, today: date | None) -> Iterator[_Span]:
    at = 0
    for mention in dates_in(question):
        start = question.find(mention.words, at)
        if start < 0:  # the text was folded before it was read, and the mention with it
            continue
        at = start + len(mention.words)
        if (days := _days_of(mention, today)) is not None:
            yield from _until_today(_Span(start, at, *days, mention.year is not None), today)
    if today is not None:
        yield from _counted(question, today)


def _counted(question: str, today: date) -> Iterator[_Span]:
    """Times counted in days, weeks or months from today, and weekends."""
    for match in _AGO.finditer(question):
        days = _number(match["number"]) * _DAYS_IN[match["unit"].lower()]
        # "Three weeks ago" is a day in that week, not the day.
        slack = timedelta(_DAYS_IN[match["unit"].lower()] // 2)
        day = today - timedelta(days)
        yield _Span(*match.span(), day - slack, min(day + slack, today))
    for match in _LATEST.finditer(question):
        days = _number(match["number"]) * _DAYS_IN[match["unit"].lower()]
        yield _Span(*match.span(), today - timedelta(days), today)
    for match in _WEEKEND.finditer(question):
        saturday = today - timedelta((today.weekday() - _SATURDAY) % 7)
        yield _Span(*match.span(), saturday, min(saturday + _DAY, today))


def _joined(opening: _Span, closing: _Span, today: date | None) -> tuple[date, date]:
    """From the one to the other: "March to June 2025" begins in 2025; "March to May", asked in April, ends today."""
    first, last = opening.first, closing.last
    if closing.dated and not opening.dated:
        first = first.replace(year=closing.first.year, day=min(first.day, 28))
    return first, max(first, last if last >= first else today or last)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]


def _until_today(span: _Span, today: date | None) -> Iterator[_Span]:
    if today is None or span.first <= today:
        yield span if today is None else replace(span, last=min(span.last, today))


def _days_of(mention: DateMention, today: date | None) -> tuple[date, date] | None:
    """The first and last day that a mention means; None when it takes a day of asking, and for no day at all."""
    if mention.shift is not None and mention.month is None:
        return None if today is None else _shifted(mention, today)
    year = mention.year
    if year is None:
        if today is None or mention.month is None:
            return None
        year = today.year - (date(today.year, mention.month, 1) > today)
    if mention.month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if mention.day is None:
        return date(year, mention.month, 1), date(year, mention.month, calendar.monthrange(year, mention.month)[1])
    try:
        day = date(year, mention.month, mention.day)
    except ValueError:  # the 30th of February
        return None
    return day, day


def _shifted(mention: DateMention, today: date) -> tuple[date, date] | None:
    assert mention.shift is not None
    unit, amount = mention.shift
    if unit == "day":
        day = today + timedelta(amount)
        return day, day
    if unit == "weekday" and mention.weekday is not None:
        # "Last Tuesday" and plain "Tuesday" are the latest one; on a Tuesday the first is a week ago, the second today.
        back = (today.weekday() - mention.weekday) % 7
        day = today - timedelta(back or (7 if amount < 0 else 0)) + (_WEEK if amount > 0 else timedelta(0))
        return day, day
    if unit == "week":
        # On a Monday "this week" is also the one that has just ended.
        monday = today - timedelta(today.weekday()) + amount * _WEEK
        return (today - _WEEK, today) if amount == 0 or _lately(mention) else (monday, monday + _WEEK - _DAY)
    if _lately(mention):
        return today - timedelta(_DAYS_IN[unit]), today
    if unit == "month":
        months = today.year * 12 + today.month - 1 + amount
        year, month = months // 12, months % 12 + 1
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    if unit == "year":
        return date(today.year + amount, 1, 1), date(today.year + amount, 12, 31)
    return None


def _lately(mention: DateMention) -> bool:
    """ "The past month" ends today; "last month" is that of the calendar."""
    return mention.words.casefold().startswith("past")
