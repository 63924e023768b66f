"""What a statement is held to that is fatal each by itself, and what is only pointed out; the rest is weighed.

Fatal is what hardly ever finds anything in a paraphrase that is borne out: on the tables of other writers, these have
385 findings in faults, and 7 in 2,634 paraphrases. (A number, date or name that is not there: 1,287 and 206.)

A check is `(statement text, cited sentences) -> findings`: pure, one clear phrase a finding that names the token.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.date_checks import check_date_swaps, check_years_from_publication
from pipeline.grounding.judgement import Check
from pipeline.grounding.name_checks import check_owners, check_subjects
from pipeline.grounding.number_checks import check_number_swaps, check_rounding
from pipeline.grounding.order import check_order
from pipeline.grounding.quotations import check_quotations
from pipeline.grounding.reversal import check_opposites_exchanged
from pipeline.grounding.substitution import check_contrary, check_small_words
from pipeline.grounding.swaps import check_swaps
from pipeline.grounding.voice import check_voice

HARD_CHECKS: tuple[Check, ...] = (
    check_quotations,
    check_number_swaps,
    check_date_swaps,
    check_owners,
    check_subjects,
    check_opposites_exchanged,
    check_order,
    check_swaps,
    check_small_words,
    check_contrary,
    check_voice,
)
"""A finding of one of these leaves a statement unsupported."""

SOFT_CHECKS: tuple[Check, ...] = (
    check_rounding,
    check_years_from_publication,
)
"""A finding of one of these leaves it weak."""


def findings(checks: Sequence[Check], text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """The findings of these checks, in their order, each once."""
    return tuple(dict.fromkeys(finding for check in checks for finding in check(text, cited)))
