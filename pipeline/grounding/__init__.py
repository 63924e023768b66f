"""Grounding: marks in a draft → citations, and does the cited text bear the statement out? Pure, no model.

parse_draft → DraftSentence → ground → Statement        ground_draft does all of it for a whole draft
"""

from __future__ import annotations

from pipeline.grounding.cited import CitedSentence, cited_sentence
from pipeline.grounding.coverage import opens_with_pronoun
from pipeline.grounding.marks import Draft, DraftSection, DraftSentence, Mark, parse_draft
from pipeline.grounding.statement import (
    MATCHED,
    NO_CITATION,
    best_support,
    check_statement,
    ground,
    ground_draft,
    match,
)

__all__ = [
    "MATCHED",
    "NO_CITATION",
    "CitedSentence",
    "Draft",
    "DraftSection",
    "DraftSentence",
    "Mark",
    "best_support",
    "check_statement",
    "cited_sentence",
    "ground",
    "ground_draft",
    "match",
    "opens_with_pronoun",
    "parse_draft",
]
