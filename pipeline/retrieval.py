"""A question to numbered evidence: words and meaning fused, filtered, and not all from one article.

question → words (BM25) ─┐
                         ├─ reciprocal rank fusion ─ reranking ─ no near-copies, a share an article ─ Evidence 1…n
question → vectors      ─┘

Before that a question is read: the times it names, the two sides of a comparison, and the names that the library spells
otherwise. What was made of them is in `Retrieval.understood`, for a reader must know what was looked for.

Each side of a comparison, and each query that a model wrote, is found and reranked like a question of its own. A
passage counts by the search that it fits best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Protocol

from pipeline.comparisons import sides
from pipeline.periods import periods_in
from pipeline.questions import read_question, stem
from pipeline.ranking_features import Asking, Features, Found, features, telling_words
from pipeline.reranking import DEPTH, Hit, found_in, scores_of
from pipeline.spelling import KNOWN, SHORTEST, openings, respellings
from pipeline.types import ArticleInfo, Evidence, Filters, Passage, Question
from pipeline.understood import Period, Understood
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
# From this share of its words by rarity on, title included, a passage speaks of a side of a comparison.
SPOKEN_OF = 0.5
# A passage found for a model's query counts by the mean of how well it fits that and the question, so that a query
# beside the point costs little: of the weights .3, .5 and .7 for the question, see docs/retrieval.md.
OF_THE_QUESTION = 0.5
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
    """Why a passage is where it is: its places in the two rankings, and its features; None when it was not reranked.

    `query` is what it was found for when that is not the question itself: a side of it, or a query of a model.
    """

    found: Found
    features: Features | None
    query: str = ""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The evidence for a question, why each of it is there, and how the question was understood."""

    evidence: tuple[Evidence, ...]
    seen: tuple[Seen, ...]
    asking: Asking
    understood: Understood = Understood()


def retrieve(
    library: SearchableLibrary, embeddings: Embeddings, question: Question, policy: RetrievalPolicy
) -> tuple[Evidence, ...]:
    """The best passages for a question, best first, numbered from 1; at most `policy.passages`."""
    return search(library, embeddings, question, policy).evidence


def search(
    library: SearchableLibrary,
    embeddings: Embeddings,
    question: Question,
    policy: RetrievalPolicy,
    queries: Sequence[str] = (),
) -> Retrieval:
    """What `retrieve` gives, with the reasons; `queries` are looked for besides the question.

    A strict time of the question bounds the articles as a filter does; when no article is of that time, it is only
    looked at first, like the others.
    """
    asking = understand(library, question)
    strict = [period for period in asking.periods if period.strict]
    filters = _bounded(question.filters, strict) if strict else question.filters
    own = _looked_for(library, embeddings, asking, filters, policy)
    relaxed = bool(strict) and not own.found
    if relaxed:
        filters = question.filters
        own = _looked_for(library, embeddings, asking, filters, policy)

    def besides(text: str) -> _Search:
        # The times are those of the whole question.
        its = replace(understand(library, Question(text, filters, question.day)), periods=asking.periods)
        return _looked_for(library, embeddings, its, filters, policy)

    compared = [(side, besides(side.query)) for side in sides(question.text)]
    spoken_of = [(side, its) for side, its in compared if its.speaks]
    written = [besides(query) for query in queries]
    joined = _joined(own, [its for _, its in spoken_of], written)
    chosen = _varied(joined, library, filters, policy)
    understood = Understood(
        asking.periods,
        relaxed,
        tuple(side.words for side, _ in compared),
        tuple(queries),
        tuple(
            _notes(
                asking,
                relaxed,
                [side.words for side, its in compared if not its.speaks],
                queries,
                shut_out=bool(question.filters) and not own.found,
            )
        ),
    )
    return Retrieval(
        tuple(evidence for _, evidence in chosen),
        tuple(joined.seen[place] for place, _ in chosen),
        asking,
        understood,
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


@dataclass(frozen=True, slots=True)
class _Search:
    """One of the searches that a question takes: what it has found, in fused order, and the reranked scores."""

    asking: Asking
    found: Sequence[Found]
    described: Sequence[Features]
    scores: Sequence[float]

    @property
    def best(self) -> int:
        """The place of the best passage found; there is one."""
        return max(range(len(self.scores)), key=lambda place: self.scores[place])

    @property
    def speaks(self) -> bool:
        """Whether the best passage says enough of what was looked for."""
        return bool(self.found) and self.described[self.best].passage_or_title_rare >= SPOKEN_OF


@dataclass(frozen=True, slots=True)
class _Joined:
    """All that the searches of a question have found, with scores that can be compared. `firsts` are the places of
    passages of which each, or its copy, is to be among those chosen."""

    seen: Sequence[Seen]
    scores: Sequence[float]
    firsts: frozenset[int] = frozenset()


def _looked_for(
    library: SearchableLibrary, embeddings: Embeddings, asking: Asking, filters: Filters, policy: RetrievalPolicy
) -> _Search:
    """What either ranking has, in fused order, and reranked."""
    from pipeline.embedding import embed_question

    words = library.search_words(" ".join([asking.text, *asking.respelled]), DEPTH, filters)
    meaning = library.search_vectors(embed_question(embeddings, asking.text), DEPTH, filters)
    fused = fuse([(policy.words_weight, words), (policy.vectors_weight, meaning)])
    ranked = sorted(fused, key=lambda passage_id: (-fused[passage_id], passage_id))
    found = found_in(library.outlines(ranked, filters), words, meaning)
    described = features(asking, found)
    return _Search(asking, found, described, scores_of(described, len(found)))


def _joined(own: _Search, sides: Sequence[_Search], written: Sequence[_Search]) -> _Joined:
    """The searches as one: each passage as the search has it that it fits best, and each side's best among the first.

    Every search is lifted so that its best passage has the score of the question's.
    """
    top, least = max(own.scores, default=0.0), min(own.scores, default=0.0)
    fits = {found.passage.id: score for found, score in zip(own.found, own.scores, strict=True)}
    best: dict[int, tuple[float, Seen]] = {}
    for search, weight in [
        (own, 0.0),
        *((side, 0.0) for side in sides),
        *((each, OF_THE_QUESTION) for each in written),
    ]:
        lift = top - max(search.scores, default=0.0)
        for place, found in enumerate(search.found):
            identity = found.passage.id
            score = weight * fits.get(identity, least) + (1 - weight) * (search.scores[place] + lift)
            if identity not in best or score > best[identity][0]:
                described = search.described[place] if place < len(search.described) else None
                best[identity] = score, Seen(found, described, "" if search is own else search.asking.text)
    places = {identity: place for place, identity in enumerate(best)}
    firsts = frozenset(places[side.found[side.best].passage.id] for side in sides)
    return _Joined([seen for _, seen in best.values()], [score for score, _ in best.values()], firsts)


def _varied(
    joined: _Joined, library: SearchableLibrary, filters: Filters, policy: RetrievalPolicy
) -> list[tuple[int, Evidence]]:
    """The best by score with their places among all, each lowered by what its origin has had already.

    Copies of one story are one origin: a passage that is nearly a better one's is left out, and the articles that carry
    the story are listed with it. The last of several is of a second origin when there is one.
    """
    import numpy as np

    found = [seen.found for seen in joined.seen]
    vectors = library.vectors([each.passage.id for each in found])
    origins = [each.article.origin_group or each.article.id for each in found]
    share = min(policy.an_article, max(1, policy.passages - 1)) if len(set(origins)) > 1 else policy.an_article
    chosen: list[int] = []
    lowered: list[float] = []
    copies: dict[int, dict[str, ArticleInfo]] = {}
    had: Counter[str] = Counter()
    awaited = set(joined.firsts)
    waiting = [(-score, found[place].passage.id, place, 0) for place, score in enumerate(joined.scores)]
    heapify(waiting)
    while waiting and len(chosen) < policy.passages:
        negated, identity, place, counted = heappop(waiting)
        already = had[origins[place]]
        if place not in awaited and (already == share or policy.passages - len(chosen) <= len(awaited)):
            continue
        if already > counted:
            heappush(waiting, (negated + REPEATED * (already - counted), identity, place, already))
            continue
        awaited.discard(place)
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


def _notes(
    asking: Asking, relaxed: bool, silent: Sequence[str], queries: Sequence[str], *, shut_out: bool
) -> Iterator[str]:
    """What was understood, in words; of a `silent` side no passage speaks, and filters have `shut_out` everything."""
    if shut_out:
        yield "no article passes the filters"
    for word in dict.fromkeys(asking.respelled.values()):
        others = [f"“{other}”" for other, of in asking.respelled.items() if of == word]
        are = "is" if len(others) == 1 else "are"
        yield f"“{word}” is rare or unknown in this library, so {' and '.join(others)} {are} looked for too"
    for period in asking.periods:
        if not period.strict:
            yield f"articles near “{period.words}” ({period.days}) come first"
    if dates := "; ".join(f"“{period.words}” ({period.days})" for period in asking.periods if period.strict):
        yield f"no article is of {dates}, so all of them are used" if relaxed else f"only articles of {dates} are used"
    for side in silent:
        yield f"no passage speaks of “{side}”, one side of the comparison"
    if queries:
        yield f"{', '.join(f'“{query}”' for query in queries)} {'is' if len(queries) == 1 else 'are'} looked for too"
