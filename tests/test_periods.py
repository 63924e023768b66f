"""The times that a question names, counted from the day of asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.periods import periods_in
from pipeline.understood import REPORTING_DAYS, Period

THURSDAY = date(2026, 4, 9)


@dataclass(frozen=True, slots=True)
class Case:
    question: str
    words: str
    first: str | None
    last: str | None
    strict: bool = False


CASES = (
    Case("Who was hurt last week?", "last week", "2026-03-30", "2026-04-05"),
    Case("Which pope was buried this week?", "this week", "2026-04-02", "2026-04-09"),
    Case("What burnt yesterday?", "yesterday", "2026-04-08", "2026-04-08"),
    Case("Who resigned on Tuesday?", "Tuesday", "2026-04-07", "2026-04-07"),
    Case("Who resigned last Thursday?", "last Thursday", "2026-04-02", "2026-04-02"),
    Case("Who won this past weekend?", "this past weekend", "2026-04-04", "2026-04-05"),
    Case("What fell three weeks ago?", "three weeks ago", "2026-03-16", "2026-03-22"),
    Case("What fell in the past 10 days?", "past 10 days", "2026-03-30", "2026-04-09"),
    Case("What fell in the past month?", "past month", "2026-03-10", "2026-04-09"),
    Case("Who led last month?", "last month", "2026-03-01", "2026-03-31"),
    Case("Who led last year?", "last year", "2025-01-01", "2025-12-31"),
    Case("What happened in June 2018?", "June 2018", "2018-06-01", "2018-06-30"),
    Case("What happened in June?", "June", "2025-06-01", "2025-06-30"),
    Case("What was agreed on 12 March 2026?", "12 March 2026", "2026-03-12", "2026-03-12"),
    Case("What was said before 3 May 2019?", "before 3 May 2019", None, "2019-05-03"),
    Case("What has been asked for since March?", "since March", "2026-03-01", None, strict=True),
    Case("What changed after the 3rd of May?", "after the 3rd of May", "2025-05-03", None, strict=True),
    Case("Which articles of June 2018 tell it?", "June 2018", "2018-06-01", "2018-06-30", strict=True),
    Case("What fell between March and June 2025?", "March and June 2025", "2025-03-01", "2025-06-30"),
    Case("What fell from March to May?", "March to May", "2026-03-01", "2026-04-09"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
def test_a_time_in_words_is_a_span_of_days(case: Case) -> None:
    (found,) = periods_in(case.question, THURSDAY)
    first, last = (None if day is None else str(day) for day in (found.first, found.last))
    assert (found.words, first, last, found.strict) == (case.words, case.first, case.last, case.strict)


@pytest.mark.parametrize(
    "question", ["What will next week bring?", "May I ask who resigned?", "Who resigned?", "The 30th of February 2024"]
)
def test_what_is_no_past_time_is_none(question: str) -> None:
    assert periods_in(question, THURSDAY) == ()


def test_without_a_day_of_asking_only_years_count() -> None:
    assert periods_in("What was said last week and in June?", None) == ()
    assert periods_in("What was said in June 2018?", None)[0].last == date(2018, 6, 30)


def test_a_day_is_reported_on_for_a_while() -> None:
    period = Period("June 2018", date(2018, 6, 1), date(2018, 6, 30))
    days = (
        date(2018, 5, 30),
        date(2018, 6, 30),
        date(2018, 6, 30 - 28),
        date(2018, 7, REPORTING_DAYS),
        date(2018, 7, 13),
    )
    assert [period.distance(day) for day in days] == [2, 0, 0, 0, 10]


@given(
    st.text(alphabet="0123456789 lastweekMondyJunbtfrogi-/.", max_size=60), st.dates(date(1990, 1, 1), date(2090, 1, 1))
)
def test_any_text_gives_spans_in_order(question: str, today: date) -> None:
    for period in periods_in(question, today):
        assert period.first is None or period.last is None or period.first <= period.last
        assert period.distance(today) >= 0
