"""Do the cited sentences give the dates of a statement?

A relative date ("on Tuesday", "last month") is resolved to the days it can mean in an article published on a known day;
without that day only the words themselves compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from pipeline.grounding.alignment import Place, place_of_span, stand_ins
from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.dates import DateMention, dates_in
from pipeline.grounding.lexicon import listed
from pipeline.grounding.units import WORD_VALUES
from pipeline.grounding.words import read

_PARTS_OF_A_YEAR = listed("spring summer autumn winter quarter half")
# A stretch of more days is a year's, or a part of it.
_A_MONTH = 31

_FUTURE = listed(
    """
    will would shall next due scheduled expected plans planned to coming upcoming ahead until before by may might
    could tomorrow set
    """
)


@dataclass(frozen=True, slots=True)
class _Days:
    """The stretch of days a mention can mean."""

    first: date
    last: date

    def agrees(self, mention: DateMention) -> bool:
        """Whether every part the mention gives is true of the whole stretch."""
        ends = (self.first, self.last)
        return (
            (mention.year is None or all(day.year == mention.year for day in ends))
            and (mention.month is None or all(day.month == mention.month for day in ends))
            and (mention.day is None or all(day.day == mention.day for day in ends))
            and (mention.weekday is None or all(day.weekday() == mention.weekday for day in ends))
        )


def check_dates(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for the dates of a statement that no cited sentence bears out."""
    return tuple(
        f"the date “{mention.words}” is not in the cited sentences"
        for mention in dates_in(text)
        if not any(_borne_out(mention, text, sentence) for sentence in cited)
    )


def check_date_swaps(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a date put where the cited sentences have another one of their own."""
    pairs = stand_ins(
        list(_placed(text)),
        [placed for sentence in cited for placed in _placed(sentence.text)],
        lambda one, other: bool(one.shift or other.shift) or _contains(other, one) or _contains(one, other),
    )
    return tuple(
        f"the date “{one.words}” stands where the cited sentences have “{other.words}”" for one, other in pairs
    )


def _placed(text: str) -> Iterator[tuple[DateMention, Place]]:
    for mention in dates_in(text):
        yield mention, place_of_span(text, mention.first, mention.last)


def check_years_from_publication(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for years and months that only the day of publication bears out: right, but not said."""
    return tuple(
        f"the date “{mention.words}” is the article's, not the cited sentences'"
        for mention in dates_in(text)
        if any(_is_publication(mention, sentence) for sentence in cited)
        and not any(_said(mention, text, sentence) for sentence in cited)
    )


def _borne_out(mention: DateMention, text: str, sentence: CitedSentence) -> bool:
    return _said(mention, text, sentence) or _is_publication(mention, sentence)


def _said(mention: DateMention, text: str, sentence: CitedSentence) -> bool:
    sources = dates_in(sentence.text)
    if any(_same_words(mention, source) or _contains(source, mention) for source in sources):
        return True
    if mention.shift is not None and mention.shift[1] == 0 and mention.shift[0] in _words(sentence.text):
        return True
    if mention.shift is None and _together(mention, sources):
        return True
    if sentence.published is None:
        return False
    if mention.year and not mention.month and _words(text) & _words(sentence.text) & _PARTS_OF_A_YEAR:
        ahead = any(word in _FUTURE for word in _words(sentence.text))
        return mention.year in (sentence.published.year, sentence.published.year + ahead)
    stretches = [days for source in sources for days in _resolve(source, sentence.text, sentence.published)]
    if mention.shift is None:
        stretches += list(_moved(stretches, sentence))
    if mention.shift is None and (mention.year or mention.month or mention.day):
        return any(days.agrees(mention) for days in stretches)
    meant = _resolve(mention, text, sentence.published)
    return any(wide.first <= days.first and days.last <= wide.last for days in stretches for wide in meant)


def _moved(stretches: Sequence[_Days], sentence: CitedSentence) -> Iterator[_Days]:
    """The days that a sentence puts so long before or after its dates, or the article: "a year earlier", "two days
    after"."""
    assert sentence.published is not None
    known = stretches or [_Days(sentence.published, sentence.published)]
    for amount, unit in _distances(sentence.text):
        for days in known:
            if unit in ("day", "week"):
                shift = timedelta(amount * (7 if unit == "week" else 1))
                yield _Days(days.first + shift, days.last + shift)
                continue
            months = days.first.year * 12 + days.first.month - 1 + amount * (12 if unit == "year" else 1)
            whole_year = unit == "year" and (days.last - days.first).days > _A_MONTH
            yield from _calendar(months // 12, None if whole_year else months % 12 + 1, None)
            if unit == "year":
                yield from _calendar(months // 12, None, None)


def _distances(text: str) -> Iterator[tuple[int, str]]:
    """(how many, of which unit) for each "two days earlier" (below 0) and "a week after"."""
    tokens = [token.lower for token in read(text)]
    for at, word in enumerate(tokens):
        unit = word.removesuffix("s")
        if unit not in ("day", "week", "month", "year") or not at:
            continue
        before = tokens[at - 1]
        count = 1 if before in ("a", "an", "one", "the") else int(WORD_VALUES.get(before, 0))
        count = int(before) if before.isascii() and before.isdigit() and len(before) < 3 else count
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if count and after in ("earlier", "before", "ago", "previously"):
            yield -count, unit
            if after == "before":
                yield count, unit
        elif count and after in ("later", "after"):
            yield count, unit
            if after == "after":
                yield -count, unit
    if "same" in tokens and "period" in tokens:
        yield 1, "year"
        yield -1, "year"


def _words(text: str) -> frozenset[str]:
    return frozenset(token.lower for token in read(text))


def _same_words(one: DateMention, other: DateMention) -> bool:
    return one.words.casefold() == other.words.casefold()


def _contains(source: DateMention, mention: DateMention) -> bool:
    """Whether the source gives every part that the mention gives, without looking at a calendar."""
    if source.shift != mention.shift:
        return False
    pairs = (
        (source.year, mention.year),
        (source.month, mention.month),
        (source.day, mention.day),
        (source.weekday, mention.weekday),
    )
    return all(wanted is None or given == wanted for given, wanted in pairs)


def _together(mention: DateMention, sources: Sequence[DateMention]) -> bool:
    """Whether two mentions side by side give the parts: "on 3 and 4 December", "between March and May 2024"."""
    if mention.day is None and mention.month is None:
        return False
    for one, other in pairwise(sources):
        if other.first - one.last <= 2:
            year, month = one.year or other.year, one.month or other.month
            if (mention.year in (None, year)) and mention.month in (None, month) and mention.day in (None, one.day):
                return True
    return False


def _is_publication(mention: DateMention, sentence: CitedSentence) -> bool:
    """Whether a bare year or month is that of the article; a day never is."""
    day = sentence.published
    return (
        day is not None
        and mention.shift is None
        and mention.day is None
        and mention.weekday is None
        and mention.year in (None, day.year)
        and mention.month in (None, day.month)
        and not any(source.year or source.month for source in dates_in(sentence.text))
    )


def _resolve(mention: DateMention, text: str, published: date) -> list[_Days]:
    """The stretches of days a mention can mean in an article published that day, the likeliest first."""
    future = any(token.lower in _FUTURE for token in read(text))
    if mention.shift is not None:
        return _resolve_relative(mention, published, future)
    if mention.year is not None:
        return list(_calendar(mention.year, mention.month, mention.day))
    if mention.month is not None:
        years = [published.year - 1, published.year, published.year + 1]
        stretches = [days for year in years for days in _calendar(year, mention.month, mention.day)]
        past = [days for days in stretches if days.first <= published][-1:]
        coming = [days for days in stretches if days.last >= published][:1]
        near = [days for days in coming if (days.first - published).days <= 1]
        return past + (coming if future else near)
    return []


def _resolve_relative(mention: DateMention, published: date, future: bool) -> list[_Days]:
    unit, amount = mention.shift or ("", 0)
    if unit == "weekday" and mention.weekday is not None:
        back = timedelta((published.weekday() - mention.weekday) % 7)
        past, week = published - back, timedelta(7)
        ahead = past if not back else past + week
        # "Last Friday" in Saturday's paper can be the Friday of the week before.
        before_last = [past - week] if not back else [past, past - week] if back < timedelta(3) else [past]
        choices = {-1: before_last, 0: [past, ahead] if future else [past], 1: [ahead, ahead + week]}[amount]
        return [_Days(day, day) for day in choices]
    if unit == "day":
        day = published + timedelta(amount)
        return [_Days(day, day)]
    if unit == "week":
        monday = published - timedelta(published.weekday()) + timedelta(7 * amount)
        return [_Days(monday, monday + timedelta(6))]
    if unit == "month":
        months = published.year * 12 + published.month - 1 + amount
        return list(_calendar(months // 12, months % 12 + 1, None))
    return list(_calendar(published.year + amount, None, None))


def _calendar(year: int, month: int | None, day: int | None) -> Iterator[_Days]:
    if not 1 <= year <= 9998:
        return
    if month is None:
        yield _Days(date(year, 1, 1), date(year, 12, 31))
        return
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    if day is None:
        yield _Days(first, after - timedelta(1))
    elif day <= (after - first).days:
        yield _Days(date(year, month, day), date(year, month, day))
