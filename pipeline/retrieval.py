"""A question to numbered evidence: words and meaning fused, filtered, and not all from one article.

question → words (BM25) ─┐
                         ├─ reciprocal rank fusion ─ reranking ─ no near-copies, a share an article ─ Evidence 1…n
question → vectors      ─┘
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pipeline.reranking import DEPTH, Hit, found_in, rerank
from pipeline.types import ArticleInfo, Evidence, Filters, Passage, Question

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.embedding import Embeddings

# Reciprocal rank fusion, Cormack, Clarke and Büttcher, SIGIR 2009: a hit at rank r of a ranking adds 1 / (K + r).
RRF_K = 60
# A passage this close to a better one (cosine of static embeddings) is a copy of it: wire copy, a repeated paragraph.
NEAR_COPY = 0.97


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
    from pipeline.embedding import embed_question

    words = library.search_words(question.text, DEPTH, question.filters)
    meaning = library.search_vectors(embed_question(embeddings, question.text), DEPTH, question.filters)
    fused = fuse(((policy.words_weight, words), (policy.vectors_weight, meaning)))
    ranked = sorted(fused, key=lambda passage_id: (-fused[passage_id], passage_id))
    found = found_in(library.passages(ranked, question.filters), words, meaning)
    scores = rerank(question.text, found, question.filters.as_of or question.filters.until)
    best = sorted(zip(found, scores, strict=True), key=lambda pair: (-pair[1], pair[0].passage.id))
    chosen = set(_varied([each.passage for each, _ in best], library, policy))
    kept = ((each, score) for each, score in best if each.passage.id in chosen)
    return tuple(Evidence(number, each.passage, each.article, score) for number, (each, score) in enumerate(kept, 1))


def fuse(rankings: Sequence[tuple[float, Sequence[Hit]]]) -> dict[int, float]:
    """Weighted reciprocal rank fusion: the score of each passage id that is in any of the (weight, ranking) pairs."""
    scores: dict[int, float] = {}
    for weight, hits in rankings:
        for rank, hit in enumerate(hits, 1):
            scores[hit.passage_id] = scores.get(hit.passage_id, 0.0) + weight / (RRF_K + rank)
    return scores


def _varied(ranked: Sequence[Passage], library: SearchableLibrary, policy: RetrievalPolicy) -> list[int]:
    """The ids of the first passages, without near-copies of better ones and what exceeds an article's share."""
    import numpy as np

    vectors = library.vectors([passage.id for passage in ranked])
    chosen: list[int] = []
    from_article: Counter[str] = Counter()
    for place, passage in enumerate(ranked):
        if len(chosen) == policy.passages:
            break
        if from_article[passage.article_id] == policy.an_article:
            continue
        if chosen and float(np.max(vectors[chosen] @ vectors[place])) > NEAR_COPY:
            continue
        chosen.append(place)
        from_article[passage.article_id] += 1
    return [ranked[place].id for place in chosen]
