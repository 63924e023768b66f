"""A question to numbered evidence: words and meaning fused, filtered, and not all from one article.

library.search_words(...)  ─┐
                            ├─ reciprocal rank fusion ─ at most so many an article, no near-copies ─ Evidence 1…n
library.search_vectors(...) ┘
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pipeline.types import ArticleInfo, Evidence, Filters, Passage, Question

if TYPE_CHECKING:
    import numpy as np
    from langchain_core.embeddings import Embeddings
    from numpy.typing import NDArray

# Reciprocal rank fusion, Cormack, Clarke and Büttcher, SIGIR 2009: a hit at rank r of a ranking adds 1 / (K + r).
RRF_K = 60
# How deep each ranking is read before fusion.
DEPTH = 100
# A passage this close to a better one (cosine of static embeddings) is a copy of it: wire copy, a repeated paragraph.
NEAR_COPY = 0.97


class Hit(Protocol):
    """A ranked passage, as the library gives it."""

    @property
    def passage_id(self) -> int: ...


class SearchableLibrary(Protocol):
    """The part of a library that retrieval needs."""

    def search_words(self, query: str, limit: int, filters: Filters) -> Sequence[Hit]: ...
    def search_vectors(self, vector: NDArray[np.float32], limit: int, filters: Filters) -> Sequence[Hit]: ...
    def passages(self, ids: Sequence[int], filters: Filters) -> Sequence[tuple[Passage, ArticleInfo]]: ...
    def vectors(self, ids: Sequence[int]) -> NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True)
class RetrievalPolicy:
    """How the rankings are weighed and how varied the evidence must be."""

    passages: int = 8
    an_article: int = 3
    words_weight: float = 1.0
    vectors_weight: float = 0.6


def retrieve(
    library: SearchableLibrary, embeddings: Embeddings, question: Question, policy: RetrievalPolicy
) -> tuple[Evidence, ...]:
    """The best passages for a question, best first, numbered from 1; at most `policy.passages`."""
    from pipeline.embedding import embed

    words = library.search_words(question.text, DEPTH, question.filters)
    meaning = library.search_vectors(embed(embeddings, [question.text])[0], DEPTH, question.filters)
    scores = fuse(((policy.words_weight, words), (policy.vectors_weight, meaning)))
    ranked = sorted(scores, key=lambda passage_id: (-scores[passage_id], passage_id))
    found = {passage.id: (passage, article) for passage, article in library.passages(ranked, question.filters)}
    chosen = _varied([passage_id for passage_id in ranked if passage_id in found], found, library, policy)
    return tuple(
        Evidence(number, *found[passage_id], score=scores[passage_id]) for number, passage_id in enumerate(chosen, 1)
    )


def fuse(rankings: Sequence[tuple[float, Sequence[Hit]]]) -> dict[int, float]:
    """Weighted reciprocal rank fusion: the score of each passage id that is in any of the (weight, ranking) pairs."""
    scores: dict[int, float] = {}
    for weight, hits in rankings:
        for rank, hit in enumerate(hits, 1):
            scores[hit.passage_id] = scores.get(hit.passage_id, 0.0) + weight / (RRF_K + rank)
    return scores


def _varied(
    ranked: Sequence[int],
    found: dict[int, tuple[Passage, ArticleInfo]],
    library: SearchableLibrary,
    policy: RetrievalPolicy,
) -> list[int]:
    """The first ids in rank order, skipping near-copies of chosen ones and what exceeds an article's share."""
    import numpy as np

    vectors = dict(zip(ranked, library.vectors(ranked), strict=True))
    chosen: list[int] = []
    from_article: Counter[str] = Counter()
    for passage_id in ranked:
        if len(chosen) == policy.passages:
            break
        article_id = found[passage_id][0].article_id
        if from_article[article_id] == policy.an_article:
            continue
        if chosen and float(np.max(np.stack([vectors[other] for other in chosen]) @ vectors[passage_id])) > NEAR_COPY:
            continue
        chosen.append(passage_id)
        from_article[article_id] += 1
    return chosen
