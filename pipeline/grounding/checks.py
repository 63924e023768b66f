"""All that a statement is held to, and how bad each failure is.

A check is `(statement text, cited sentences) -> findings`: pure, one clear phrase a finding, naming the token that fails.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.coverage import check_coverage
from pipeline.grounding.dates import check_dates, check_years_from_publication
from pipeline.grounding.modality import check_attribution, check_modality
from pipeline.grounding.names import check_exchanged, check_names, check_speakers
from pipeline.grounding.negation import check_negation, check_reversal
from pipeline.grounding.numbers import check_number_places, check_number_roles, check_numbers, check_rounding
from pipeline.grounding.quotations import check_quotations

Check: TypeAlias = Callable[[str, Sequence[CitedSentence]], tuple[str, ...]]

HARD_CHECKS: tuple[Check, ...] = (
    check_coverage,
    check_quotations,
    check_numbers,
    check_number_places,
    check_number_roles,
    check_dates,
    check_names,
    check_speakers,
    check_exchanged,
    check_negation,
    check_reversal,
    check_modality,
)
"""A finding of one of these leaves a statement unsupported."""

SOFT_CHECKS: tuple[Check, ...] = (check_rounding, check_years_from_publication, check_attribution)
"""A finding of one of these leaves it weak."""


def findings(checks: Sequence[Check], text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """The findings of these checks, in their order, each once."""
    return tuple(dict.fromkeys(finding for check in checks for finding in check(text, cited)))
