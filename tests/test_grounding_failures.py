"""Numbers that a source does not have: from nowhere, or told otherwise."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from eval.benchmarks.written import evidence_of
from pipeline.grounding import check_statement, cited_sentence
from pipeline.grounding.failures import is_foreign
from pipeline.grounding.number_checks import check_numbers


class Row(NamedTuple):
    text: str
    foreign: bool


SOURCE = (
    "The employment tribunal ruled unanimously that Ward Sister Ngozi Aldous had been unfairly dismissed by the "
    "Severnside trust because she raised concerns about night staffing at 1030 on each of 12 nights."
)
ROWS = [
    Row("The tribunal agreed that the ward sister lost her job unfairly, and they awarded her £84,000.", True),
    Row("The ward sister had warned of night staffing in 340 letters before the trust dismissed her.", True),
    Row("The ward sister lost her job for speaking up on a dozen nights, the tribunal ruled.", False),
    Row("The third finding of the tribunal was that the ward sister lost her job unfairly.", False),
    Row("At half past ten the ward sister raised concerns about staffing at night.", False),
    Row("The ward sister lost her job unfairly for speaking up about staffing at night.", False),
]


@pytest.mark.parametrize("row", ROWS, ids=[row.text[:40] for row in ROWS])
def test_a_number_from_nowhere_is_a_fault_in_whatever_words(row: Row) -> None:
    cited = [cited_sentence(evidence_of([SOURCE]), 0)]
    assert is_foreign(row.text, cited, check_numbers(row.text, cited)) is row.foreign
    if row.foreign:
        assert check_statement(row.text, cited)[0] == "unsupported"
