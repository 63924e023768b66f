"""What a briefing shows as disputed in a longer story: pairs that learned weights hold against each other."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.disagreement import find_disagreements
from pipeline.disagreement.contrasts import AGAINST, FEATURES, FOR
from pipeline.disagreement.judging import FEWEST, MOST, can_be_judged, weights
from pipeline.types import Evidence
from tests.evidence import passage

FIRST = (
    "A gas main burst under Tallow Street in Pennick on Friday night.",
    "Some forty households were taken to a school gymnasium.",
    "A bakery and two shops lost their windows.",
    "Fire crews from three towns were called out.",
    "The street was dug up in spring for new cables.",
    "A baker, Ruth Amsel, said that she had been thrown against her oven.",
    "Schools nearby will stay shut on Monday.",
    "The mayor thanked the crews for their work.",
    "Pennick has some 30,000 inhabitants.",
    "Engineers were still measuring gas in cellars on Saturday.",
)
SECOND = (
    "Residents of Tallow Street came back on Sunday to fetch clothes and pets.",
    "The council has set up a table with coffee and forms.",
    "A cat that had been missing was found on a roof.",
    "The regional railway ran with delays because of the closed crossing.",
    "Insurers expect claims from more than sixty owners.",
    "A choir gave a concert for the crews.",
    "Pennick was last evacuated during the flood of 1987.",
    "The street is to be paved again before winter.",
    "Traders asked for a lower rent this quarter.",
    "Rain is forecast for the coming week.",
)


@dataclass(frozen=True)
class Case:
    """A sentence of each of two articles, and whether they are in dispute."""

    first: str
    second: str
    disputed: bool


CASES = (
    Case(
        "Gas from the main killed nine people, hospital director Olga Reiss said on Saturday.",
        "Fourteen people were killed by gas from the main, police chief Tom Berg said on Saturday.",
        True,
    ),
    Case(
        "The burst was caused by an excavator, utility spokesman Karl Holm said.",
        "The burst was caused by rust that had eaten through the main, inspector Lena Moss said.",
        True,
    ),
    Case(
        "The gas company was warned twice about the smell, fire chief Dora Lind said.",
        "The gas company received no warning about the smell, its director Per Aune said.",
        True,
    ),
    Case(
        "Tallow Street was open to traffic on Sunday morning, the roads department said.",
        "Tallow Street was closed to traffic on Sunday morning, bus driver Ines Falk said.",
        True,
    ),
    Case(
        "Gas from the main killed nine people, hospital director Olga Reiss said on Saturday.",
        "Nine people were killed by gas from the main, police chief Tom Berg said on Saturday.",
        False,
    ),
    Case(
        "The main was laid in 1964, utility spokesman Karl Holm said.",
        "The main will be replaced next year, inspector Lena Moss said.",
        False,
    ),
)


def story(case: Case) -> tuple[Evidence, ...]:
    """Two articles of four passages' worth of other sentences, the case's in the middle of each."""
    return (
        passage(
            1, *FIRST, case.first, *SECOND[:5], title="Gas main bursts in Pennick", published="2026-03-07", source="A"
        ),
        passage(
            2, *SECOND, case.second, *FIRST[5:], title="Pennick counts its losses", published="2026-03-08", source="B"
        ),
        passage(3, *(f"Cellar {number} on Tallow Street is dry again." for number in range(3, 13)), source="C"),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.second[:40])
def test_two_articles_tell_one_thing_in_two_ways(case: Case) -> None:
    found = find_disagreements(story(case), "Pennick gas main", one_story=True)

    shown = {version.citation.quote for each in found for version in each.disagreement.versions}
    assert ({case.first, case.second} <= shown) == case.disputed


def test_only_what_is_neither_too_short_nor_too_long_is_judged() -> None:
    assert not can_be_judged([[] for _ in range(FEWEST)])


def test_nothing_that_counts_against_a_dispute_counts_for_one() -> None:
    odds = weights().odds.weights

    assert tuple(odds) == FEATURES
    assert all(odds[name] >= 0 for name in FOR)
    assert all(odds[name] <= 0 for name in AGAINST)
    assert MOST > FEWEST
