"""Numbers and days that a reader works out from a source are borne out; those that only look like it are not."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.grounding import CitedSentence
from pipeline.grounding.date_checks import check_dates
from pipeline.grounding.number_checks import check_numbers

JOBS = "The yard will cut 260 of its 1,300 jobs and close docks in Varna, Burgas and Ruse, its owner said."
POLL = "Forty-four percent would vote yes, up three points since January, and 47 percent no; the rest are undecided."
JAIL = "A judge sentenced the treasurer to three years and four months for stealing £212,000 from a charity."
RUNNER_UP = "Veltra, the third-largest maker of pumps, said profit fell from 122 million euros to 61 million."
DAWN = "The bus left the road shortly after 4 a.m., and two of the nine passengers died."


@pytest.mark.parametrize(
    ("source", "statement"),
    [
        (JOBS, "The yard would be left with 1,040 jobs."),
        (JOBS, "A fifth of the jobs will go."),
        (JOBS, "More than 250 jobs are to be cut."),
        (JOBS, "Docks in three cities will be closed."),
        (POLL, "Support stood at 41 percent in January."),
        (POLL, "About nine percent of voters have yet to make up their minds, which leaves the rest."),
        (JAIL, "The treasurer was jailed for 40 months."),
        (JAIL, "He stole more than £200,000."),
        (RUNNER_UP, "Only two makers of pumps are larger than Veltra."),
        (RUNNER_UP, "Profit halved to 61 million euros."),
        (DAWN, "The bus left the road just after four in the morning."),
        (DAWN, "Seven of the nine passengers did not die."),
    ],
)
def test_a_number_follows_from_those_of_the_source(source: str, statement: str) -> None:
    assert check_numbers(statement, [CitedSentence(source)]) == ()


@pytest.mark.parametrize(
    ("source", "statement"),
    [
        (JOBS, "The yard would be left with 1,060 jobs."),
        (JOBS, "A third of the jobs will go."),
        (JOBS, "More than 500 jobs are to be cut."),
        (JOBS, "Docks in four cities will be closed."),
        (JOBS, "The yard will cut 1,040 of its 1,300 jobs."),
        (POLL, "Support stood at 43 percent in January."),
        (JAIL, "The treasurer was jailed for four years and three months."),
        (RUNNER_UP, "Only three makers of pumps are larger than Veltra."),
        (RUNNER_UP, "Profit tripled to 61 million euros."),
        (DAWN, "The bus left the road shortly after 4 p.m."),
        (DAWN, "Three of the nine passengers died."),
    ],
)
def test_a_number_that_does_not_follow_is_found(source: str, statement: str) -> None:
    assert check_numbers(statement, [CitedSentence(source)])


@pytest.mark.parametrize(
    ("source", "statement", "found"),
    [
        ("Profit was 61 million in 2024, half as much as a year earlier.", "It had been higher in 2023.", False),
        ("Profit was 61 million in 2024, half as much as a year earlier.", "It had been higher in 2022.", True),
        ("On Saturday seven were saved, two days after the wall gave way.", "The wall gave way on 3 April.", False),
        ("On Saturday seven were saved, two days after the wall gave way.", "The wall gave way on 2 April.", True),
        ("They parted after 11 years, her agent said last night.", "The agent confirmed it on 8 April.", False),
        ("They parted after 11 years, her agent said last night.", "The agent confirmed it on 6 April.", True),
    ],
)
def test_days_are_counted_from_those_of_the_source(source: str, statement: str, found: bool) -> None:
    sentence = CitedSentence(source, published=date(2025, 4, 9))
    assert bool(check_dates(statement, [sentence])) == found
