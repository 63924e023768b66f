"""All that a statement is held to, and how bad each failure is.

A check is `(statement text, cited sentences) -> findings`: pure, one clear phrase a finding that names the token.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from pipeline.grounding.attribution import check_attribution
from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.coverage import check_coverage
from pipeline.grounding.date_checks import check_date_swaps, check_dates, check_years_from_publication
from pipeline.grounding.modality import check_modality
from pipeline.grounding.name_checks import (
    check_exchanged,
    check_name_places,
    check_names,
    check_owners,
    check_speakers,
    check_subjects,
)
from pipeline.grounding.negation import check_negation
from pipeline.grounding.number_checks import (
    check_number_places,
    check_number_roles,
    check_number_swaps,
    check_numbers,
    check_rounding,
)
from pipeline.grounding.order import check_order
from pipeline.grounding.quotations import check_quotations
from pipeline.grounding.relations import (
    check_all,
    check_descriptors,
    check_offices,
)
from pipeline.grounding.reversal import check_opposites_exchanged, check_reversal
from pipeline.grounding.substitution import check_contrary, check_small_words
from pipeline.grounding.swaps import check_swaps
from pipeline.grounding.voice import check_voice
from pipeline.grounding.wording import check_doubtful_wording, check_wording

Check: TypeAlias = Callable[[str, Sequence[CitedSentence]], tuple[str, ...]]

HARD_CHECKS: tuple[Check, ...] = (
    check_coverage,
    check_wording,
    check_quotations,
    check_numbers,
    check_number_places,
    check_number_roles,
    check_number_swaps,
    check_dates,
    check_date_swaps,
    check_names,
    check_name_places,
    check_speakers,
    check_owners,
    check_subjects,
    check_exchanged,
    check_negation,
    check_reversal,
    check_opposites_exchanged,
    check_order,
    check_swaps,
    check_modality,
    check_small_words,
    check_contrary,
    check_offices,
    check_descriptors,
    check_all,
    check_voice,
)
"""A finding of one of these leaves a statement unsupported."""

SOFT_CHECKS: tuple[Check, ...] = (
    check_doubtful_wording,
    check_rounding,
    check_years_from_publication,
    check_attribution,
)
"""A finding of one of these leaves it weak."""


def findings(checks: Sequence[Check], text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """The findings of these checks, in their order, each once."""
    return tuple(dict.fromkeys(finding for check in checks for finding in check(text, cited)))
