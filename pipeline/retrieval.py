"""A question to numbered evidence: words and meaning fused, filtered, and not all from one article.

question → words (BM25) ─┐
                         ├─ reciprocal rank fusion ─ reranking ─ no near-copies, a share an article ─ Evidence 1…n
question → vectors      ─┘

Before that a question is read: the times it names, the two sides of a comparison, and the names that the library spells
otherwise. What was made of them is in `Retrieval.notes`, for a reader must know what was looked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Protocol

from pipeline.periods import Period, periods_in
from pipeline.questions import read_question, sides, stem
from pipeline.ranking_features import Asking, Features, Found, features, telling_words
from pipeline.reranking import DEPTH, Hit, found_in, scores_of
from pipeline.spelling import KNOWN, SHORTEST, openings, respellings
from pipeline.types import ArticleInfo, Evidence, Filters, Passage, Question
from pipeline.wordprints import Outline, folded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.embedding import Embeddings

# Reciprocal rank fusion, Cormack, Clarke and Büttcher, SIGIR 2009: a hit at rank r of a ranking adds 1 / (K + r).
RRF_K = 60
# A passage this close to a better one (cosine of static embeddings) is a copy of it: wire copy, a repeated paragraph.
NEAR_COPY = 0.97
# What a passage loses for each better one of its origin, in units of the reranker's score, so that several articles
# speak. Held out on RealTimeQA 2023, 0.5 gave hit@4 and hit@10 .675 and .773, 0 .671 and .770, 1 .671 and .768.
REPEATED = 0.5
# Of a longer question only so many words are looked up; it has no more that tell passages apart.
MOST_WORDS = 256


class SearchableLibrary(Protocol):
    """The part of a library that retrieval needs."""

    def search_words(self, query: str, limit: int, filters: Filters) -> Sequence[Hit]: ...
    def search_vectors(self, vector: NDArray[np.float32], limit: int, filters: Filters) -> Sequence[Hit]: ...
    def frequencies(self, words: Sequence[str]) -> tuple[Mapping[str, int], int]: ...
    def vocabulary(self, beginnings: Sequence[str]) -> Sequence[str]: ...
    def outlines(self, ids: Sequence[int], filters: Filters) -> Sequence[tuple[Outline, ArticleInfo]]: ...
    def passages(self, ids: Sequence[int], filters: Filters) -> Sequence[tuple[Passage, ArticleInfo]]: ...
    def vectors(self, ids: Sequence[int]) -> NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True)
class RetrievalPolicy:
    """How the rankings are weighed and how varied the evidence must be."""

    passages: int = 8
    an_article: int = 3
    words_weight: float = 1.0
    vectors_weight: float = 0.6


@dataclass(frozen=True, slots=True)
class Seen:
    """Why a passage is where it is: its places in the two rankings, and its features; None when it was not reranked."""

    found: Found
    features: Features | None


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The evidence for a question, why each of it is there, what was understood, and remarks on it, a sentence each."""

    evidence: tuple[Evidence, ...]
    seen: tuple[Seen, ...]
    asking: Asking
    notes: tuple[str, ...] = ()


def retrieve(
    library: SearchableLibrary, embeddings: Embeddings, question: Question, policy: RetrievalPolicy
) -> tuple[Evidence, ...]:
    """The best passages for a question, best first, numbered from 1; at most `policy.passages`."""
    return search(library, embeddings, question, policy).evidence


def search(
    library: SearchableLibrary, embeddings: Embeddings, question: Question, policy: RetrievalPolicy
) -> Retrieval:
    """What `retrieve` gives, with the reasons.

    A strict time of the question bounds the articles as a filter does; when no article is of that time, it is only
    looked at first, like the others.
    """
    asking = understand(library, question)
    strict = [period for period in asking.periods if period.strict]
    notes = [_respelled(other, word) for other, word in asking.respelled.items()]
    notes += [f"“{period.words}” is looked at first: {_days(period)}" for period in asking.periods if not period.strict]
    filters = question.filters
    found: list[Found] = []
    if strict:
        filters = _bounded(question.filters, strict)
        found = _candidates(library, embeddings, replace(question, filters=filters), asking, policy)
        dates = "; ".join(f"“{period.words}”, {_days(period)}" for period in strict)
        notes.append(
            f"only articles of {dates} are used" if found else f"no article is of {dates}, so all of them are used"
        )
    if not found:
        filters = question.filters
        found = _candidates(library, embeddings, question, asking, policy)
    described = features(asking, found)
    chosen = _varied(found, scores_of(described, len(found)), library, filters, policy)
    return Retrieval(
        tuple(evidence for _, evidence in chosen),
        tuple(Seen(found[at], described[at] if at < len(described) else None) for at, _ in chosen),
        asking,
        tuple(notes),
    )


def understand(library: SearchableLibrary, question: Question) -> Asking:
    """A question with what the library and the calendar say of it."""
    told = sorted(telling_words(question.text))[:MOST_WORDS]
    held, passages = library.frequencies(told)
    today = question.day or question.filters.as_of or question.filters.until
    names = {word for name in read_question(question.text).names for word in folded(name).lower().split()}
    strange = [word for word in told if held[word] < (KNOWN if word in names else 1) and _is_word(word)]
    respelled: dict[str, str] = {}
    for word in strange:
        root = stem(word)
        for other in respellings(root, library.vocabulary(openings(root))):
            respelled.setdefault(other, root)
    return Asking(
        question.text,
        {stem(word): held[word] for word in told},
        passages,
        periods_in(question.text, today),
        today,
        respelled,
    )


def fuse(rankings: Sequence[tuple[float, Sequence[Hit]]]) -> dict[int, float]:
    """Weighted reciprocal rank fusion: the score of each passage id that is in any of the (weight, ranking) pairs."""
    scores: dict[int, float] = {}
    for weight, hits in rankings:
        for rank, hit in enumerate(hits, 1):
            scores[hit.passage_id] = scores.get(hit.passage_id, 0.0) + weight / (RRF_K + rank)
    return scores


def _candidates(
    library: SearchableLibrary,
    embeddings: Embeddings,
    question: Question,
    asking: Asking,
    policy: RetrievalPolicy,
) -> list[Found]:
    """What either ranking has, in fused order; each side of a comparison is also looked for by itself."""
    from pipeline.embedding import embed_question

    searched = " ".join([question.text, *asking.respelled])
    words = library.search_words(searched, DEPTH, question.filters)
    meaning = library.search_vectors(embed_question(embeddings, question.text), DEPTH, question.filters)
    rankings = [(policy.words_weight, words), (policy.vectors_weight, meaning)]
    rankings += [
        (policy.words_weight, library.search_words(side, DEPTH, question.filters)) for side in sides(question.text)
    ]
    fused = fuse(rankings)
    ranked = sorted(fused, key=lambda passage_id: (-fused[passage_id], passage_id))
    return found_in(library.outlines(ranked, question.filters), words, meaning)


def _varied(
    found: Sequence[Found],
    scores: Sequence[float],
    library: SearchableLibrary,
    filters: Filters,
    policy: RetrievalPolicy,
) -> list[tuple[int, Evidence]]:
    """The best by score with their places among the found, each lowered by what its origin has had already.

    Copies of one story are one origin: a passage that is nearly a better one's is left out, and the articles that carry
    the story are listed with it. The last of several is of a second origin when there is one.
    """
    import numpy as np

    vectors = library.vectors([each.passage.id for each in found])
    origins = [each.article.origin_group or each.article.id for each in found]
    share = min(policy.an_article, max(1, policy.passages - 1)) if len(set(origins)) > 1 else policy.an_article
    chosen: list[int] = []
    lowered: list[float] = []
    copies: dict[int, dict[str, ArticleInfo]] = {}
    had: Counter[str] = Counter()
    waiting = [(-score, found[place].passage.id, place, 0) for place, score in enumerate(scores)]
    heapify(waiting)
    while waiting and len(chosen) < policy.passages:
        negated, identity, place, counted = heappop(waiting)
        already = had[origins[place]]
        if already == share:
            continue
        if already > counted:
            heappush(waiting, (negated + REPEATED * (already - counted), identity, place, already))
            continue
        if chosen:
            alike = vectors[chosen] @ vectors[place]
            nearest = int(np.argmax(alike))
            if float(alike[nearest]) > NEAR_COPY:
                article = found[place].article
                copies.setdefault(chosen[nearest], {})[article.id] = article
                continue
        chosen.append(place)
        lowered.append(-negated)
        had[origins[place]] += 1
    whole = {passage.id: passage for passage, _ in library.passages([found[at].passage.id for at in chosen], filters)}
    evidence: list[tuple[int, Evidence]] = []
    for place, score in zip(chosen, lowered, strict=True):
        each = found[place]
        if each.passage.id not in whole:  # retired by another process since it was found
            continue
        others = copies.get(place, {}) | {
            other.article.id: other.article
            for other, origin in zip(found, origins, strict=True)
            if origin == origins[place]
        }
        listed = tuple(other for identity, other in sorted(others.items()) if identity != each.article.id)
        evidence.append((place, Evidence(len(evidence) + 1, whole[each.passage.id], each.article, score, listed)))
    return evidence


def _bounded(filters: Filters, periods: Sequence[Period]) -> Filters:
    """The filters, narrowed to the days of these periods."""
    since = max((day for day in (filters.since, *(each.first for each in periods)) if day), default=None)
    until = min((day for day in (filters.until, *(each.last for each in periods)) if day), default=None)
    return replace(filters, since=since, until=until)


def _is_word(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def _respelled(other: str, word: str) -> str:
    return f"“{word}” is rare or unknown in this library, so “{other}” is looked for too"


def _days(period: Period) -> str:
    if period.first is None or period.last is None:
        return f"until {_day(period.last)}" if period.last else f"from {_day(period.first)} on"
    return _day(period.first) if period.first == period.last else f"{_day(period.first)} to {_day(period.last)}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
