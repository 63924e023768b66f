"""The checks against tables of paraphrases and faults: at least 95% of faults found, at most 5% false alarms.

Figures as each table was first measured, before any rule was changed for it (faults found, false alarms):

    TUNED   170 of 184   8 of 81     41 source sentences, the rules as first written
    FIRST    70 of  80   4 of 40     20 source sentences, the rules as set on TUNED
    SECOND   64 of  70   4 of 32     16 source sentences, the rules as set on TUNED and FIRST

A row that the rules do not get is listed by name below with the reason, so that nothing can slip in beside it.
"""

from __future__ import annotations

import pytest

from pipeline.grounding import ground_draft
from tests.grounding_held_out import FIRST, SECOND
from tests.grounding_tables import Case, Row, rows
from tests.grounding_tuned import TUNED

_MISSED = {
    "talks-invented3": "every word but the verb is in the source",
    "fire-invented4": "the words are near enough to those of the source",
    "concede-hedge1": "a request is told as its answer, in other words",
    "recorder-invented2": "two words of three are in the source",
    "treaty-hedge3": "two words are added",
    "strike-ballot-hedge2": "a vote for a strike is told as the strike",
}
"""Faults that are not found, and why."""


def _sure(row: Row) -> bool:
    (section,) = ground_draft(row.draft, row.case.evidence())
    return all(statement.support == "supported" for statement in section.statements)


_ROWS = [
    pytest.param(
        row,
        id=row.id,
        marks=[pytest.mark.xfail(reason=_MISSED[row.id], strict=True)] if row.id in _MISSED else [],
    )
    for row in rows(TUNED + FIRST + SECOND)
]


@pytest.mark.parametrize("row", _ROWS)
def test_faults_are_found_and_paraphrases_pass(row: Row) -> None:
    assert _sure(row) == (not row.fault), ground_draft(row.draft, row.case.evidence())


@pytest.mark.parametrize("table", [TUNED, FIRST, SECOND], ids=["tuned", "first", "second"])
def test_the_shares_hold_on_each_table(table: tuple[Case, ...]) -> None:
    faults = [row for row in rows(table) if row.fault]
    faithful = [row for row in rows(table) if not row.fault]
    assert sum(not _sure(row) for row in faults) >= 0.95 * len(faults)
    assert sum(not _sure(row) for row in faithful) <= 0.05 * len(faithful)
