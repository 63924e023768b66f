"""A question to numbered evidence: words and meaning fused, filtered, and not all from one article.

question → words (BM25) ─┐
                         ├─ reciprocal rank fusion ─ reranking ─ no near-copies, a share an article ─ Evidence 1…n
question → vectors      ─┘
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Protocol

from pipeline.periods import periods_in
from pipeline.questions import stem
from pipeline.ranking_features import Asking, Found, telling_words
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
# What a passage loses for each better one of its article, in units of the reranker's score, so that several articles
# speak. Held out on RealTimeQA 2023, 0.5 gives hit@4 and hit@10 .675 and .773, 0 .671 and .770, 1 .671 and .768.
REPEATED = 0.5
# Of a longer question only so many words are looked up; it has no more that tell passages apart.
MOST_WORDS = 256


class SearchableLibrary(Protocol):
    """The part of a library that retrieval needs."""

    def search_words(self, query: str, limit: int, filters: Filters) -> Sequence[Hit]: ...
    def search_vectors(self, vector: NDArray[np.float32], limit: int, filters: Filters) -> Sequence[Hit]: ...
    def frequencies(self, words: Sequence[str]) -> tuple[Mapping[str, int], int]: ...
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
    scores = rerank(understand(library, question), found)
    return _varied(found, scores, library, policy)


def understand(library: SearchableLibrary, question: Question) -> Asking:
    """A question with what the library and the calendar say of it."""
    told = sorted(telling_words(question.text))
    held, passages = library.frequencies(told[:MOST_WORDS])
    today = question.day or question.filters.as_of or question.filters.until
    return Asking(
        question.text, {stem(word): held[word] for word in held}, passages, periods_in(question.text, today), today
    )


def fuse(rankings: Sequence[tuple[float, Sequence[Hit]]]) -> dict[int, float]:
    """Weighted reciprocal rank fusion: the score of each passage id that is in any of the (weight, ranking) pairs."""
    scores: dict[int, float] = {}
    for weight, hits in rankings:
        for rank, hit in enumerate(hits, 1):
            scores[hit.passage_id] = scores.get(hit.passage_id, 0.0) + weight / (RRF_K + rank)
    return scores


def _varied(
    found: Sequence[Found], scores: Sequence[float], library: SearchableLibrary, policy: RetrievalPolicy
) -> tuple[Evidence, ...]:
    """The best by score, each lowered by what its article has had already, without near-copies of better ones."""
    import numpy as np

    vectors = library.vectors([each.passage.id for each in found])
    chosen: list[int] = []
    evidence: list[Evidence] = []
    had: Counter[str] = Counter()
    waiting = [
        (-score, each.passage.id, place, 0) for place, (each, score) in enumerate(zip(found, scores, strict=True))
    ]
    heapify(waiting)
    while waiting and len(evidence) < policy.passages:
        lowered, identity, place, counted = heappop(waiting)
        each = found[place]
        already = had[each.article.id]
        if already == policy.an_article:
            continue
        if already > counted:
            heappush(waiting, (lowered + REPEATED * (already - counted), identity, place, already))
            continue
        if chosen and float(np.max(vectors[chosen] @ vectors[place])) > NEAR_COPY:
            continue
        chosen.append(place)
        had[each.article.id] += 1
        evidence.append(Evidence(len(evidence) + 1, each.passage, each.article, -lowered))
    return tuple(evidence)
