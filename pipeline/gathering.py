"""What a briefing is written from: the articles that belong to the topic, all of their passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from pipeline.retrieval import RetrievalPolicy, SearchableLibrary, search
from pipeline.summarising.belonging import belonging
from pipeline.types import ArticleInfo, Evidence, Filters, Passage, Question
from pipeline.writing import Retrieved

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.embedding import Embeddings

# As many passages as a briefing is written from: forty thousand words, some sixty articles.
MOST_PASSAGES = 200


class BrowsableLibrary(SearchableLibrary, Protocol):
    """The part of a library that gathering needs."""

    def resolve(self, filters: Filters) -> NDArray[np.int64] | None: ...
    def articles(self, filters: Filters) -> Sequence[ArticleInfo]: ...


def gather(
    library: BrowsableLibrary,
    embeddings: Embeddings,
    question: Question,
    policy: RetrievalPolicy,
    queries: Sequence[str] = (),
) -> Retrieved:
    """The passages of the articles on a topic, those that fit it best first; empty when no article is on it.

    Without a topic, everything that the filters let through, the newest articles first. `queries` are looked for
    besides the topic.
    """
    if not question.text:
        return Retrieved(everything(library, question.filters))
    retrieval = search(library, embeddings, question, policy, queries)
    found = retrieval.evidence
    articles = belonging(question.text, found)
    if not articles:
        return Retrieved((), retrieval.understood)
    best = [(item.passage, item.article, item.score) for item in found if item.article.id in articles]
    seen = {passage.id for passage, _, _ in best}
    whole = everything(library, replace(question.filters, articles=articles))
    rest = [(item.passage, item.article, 0.0) for item in whole if item.passage.id not in seen]
    return Retrieved(_numbered([*best, *rest]), retrieval.understood)


def everything(library: BrowsableLibrary, filters: Filters) -> tuple[Evidence, ...]:
    """All passages that the filters let through, the newest articles first; of too many, leads before ends."""
    ids = library.resolve(filters)
    if ids is None:
        every = tuple(article.id for article in library.articles(filters))
        ids = library.resolve(replace(filters, articles=every)) if every else None
    found = library.passages([int(passage_id) for passage_id in ids], filters) if ids is not None else ()
    held: dict[str, list[tuple[Passage, ArticleInfo]]] = {}
    for passage, article in found:
        held.setdefault(article.id, []).append((passage, article))
    newest_first = sorted(
        held.values(), key=lambda of_one: (of_one[0][1].published or "", of_one[0][1].id), reverse=True
    )
    depth = max((len(of_one) for of_one in newest_first), default=0)
    in_turn = [of_one[level] for level in range(depth) for of_one in newest_first if level < len(of_one)]
    kept = {passage.id for passage, _ in in_turn[:MOST_PASSAGES]}
    return _numbered(
        [(passage, article, 0.0) for of_one in newest_first for passage, article in of_one if passage.id in kept]
    )


def _numbered(found: Sequence[tuple[Passage, ArticleInfo, float]]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(number, passage, article, score)
        for number, (passage, article, score) in enumerate(found[:MOST_PASSAGES], 1)
    )
