"""The options of `newsdesk brief` that say how long, which sections and which articles."""

from datetime import date

import pytest

from pipeline.cli.briefing import Length, article_ids, day_back, plan_from
from pipeline.errors import UsageError
from pipeline.types import BriefingPlan


@pytest.mark.parametrize(
    ("length", "words", "expected"),
    [(Length.SHORT, None, 150), (Length.STANDARD, None, 400), (Length.LONG, None, 800), (Length.LONG, 90, 90)],
)
def test_words_go_before_the_length(length: Length, words: int | None, expected: int) -> None:
    assert plan_from(length, words, None, "").words == expected


def test_sections_are_named_with_commas() -> None:
    plan = plan_from(Length.SHORT, None, " Timeline, bottom-line ,", " The strike ")
    assert plan == BriefingPlan(150, ("timeline", "bottom line"), "The strike")


def test_an_unknown_section_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match=r"There is no section 'weather'\. The sections are bottom-line, development"):
        plan_from(Length.SHORT, None, "timeline,weather", "")


@pytest.mark.parametrize(
    ("since", "expected"), [("7d", "2026-02-22"), ("0d", "2026-03-01"), ("2026-02-01", "2026-02-01"), (None, None)]
)
def test_days_back_are_a_day(since: str | None, expected: str | None) -> None:
    assert day_back(since, today=date(2026, 3, 1)) == expected


def test_ids_come_by_commas_and_again() -> None:
    assert article_ids(["a1, b2", "c3,a1"]) == ("a1", "b2", "c3")
    assert article_ids(None) == ()
