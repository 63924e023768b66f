"""The best of the fused candidates, put in order by learned weights for what is seen of them.

found (fused order) → features (`pipeline.ranking_features`) → a weighted sum: the new order

Weights are learned by `eval/fit/reranking.py`; docs/retrieval.md has what they are worth.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Protocol

from pipeline.ranking_features import Features, Found
from pipeline.types import ArticleInfo
from pipeline.wordprints import Outline

# Of each ranking, the first 50, 100, 150 and 200 gave hit@4 .656, .670, .675 and .678 (on uncleaned text).
DEPTH = 150

Weights = Features
"""The same names, with what each is worth."""

WEIGHTS = Weights(
    words=1.05,
    meaning_rank=1.23,
    title=1.33,
    passage_or_title=0.77,
    passage_or_title_rare=0.32,
    closeness=2.26,
    pairs=0.28,
    lead=1.32,
    article_words=0.55,
    article_meaning=0.91,
    article_coverage=5.49,
    numbers=0.79,
    percent=4.01,
    money=2.16,
    named_who=0.49,
    named_what=0.26,
    shared=0.69,
    shared_near=0.76,
    recency=2.24,
)

NAMES = tuple(field.name for field in fields(Features))
_values = attrgetter(*NAMES)


class Hit(Protocol):
    """A ranked passage, as the library gives it."""

    @property
    def passage_id(self) -> int: ...
    @property
    def score(self) -> float: ...


def found_in(
    ranked: Sequence[tuple[Outline, ArticleInfo]], words: Sequence[Hit], meaning: Sequence[Hit]
) -> list[Found]:
    """The passages, in the order given, each with its places in the two rankings."""
    by_words = {hit.passage_id: (rank, hit.score) for rank, hit in enumerate(words, 1)}
    by_meaning = {hit.passage_id: (rank, hit.score) for rank, hit in enumerate(meaning, 1)}
    missing = (None, 0.0)
    return [
        Found(passage, article, *by_words.get(passage.id, missing), *by_meaning.get(passage.id, missing))
        for passage, article in ranked
    ]


def scores_of(described: Sequence[Features], candidates: int, weights: Weights = WEIGHTS) -> list[float]:
    """A score for each of so many candidates, of which the first are described; the rest stay behind, in order."""
    values = [weigh(each, weights) for each in described]
    floor = min(values, default=0.0)
    return values + [floor - behind for behind in range(1, candidates - len(values) + 1)]


def weigh(values: Features, weights: Weights) -> float:
    """The weighted sum."""
    return math.fsum(value * weight for value, weight in zip(_values(values), _values(weights), strict=True))
