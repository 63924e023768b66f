"""Inputs into the library: read → clean → cut into passages → embed → store, an article at a time, in batches.

An article is stored in one transaction, so an interrupted ingest keeps what it stored and can simply be run again:
what is there already is recognised before any work is done on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.cleaning import clean
from pipeline.errors import InputError
from pipeline.identity import FILE_KEY, RECORD_KEY, article_id, digest
from pipeline.types import Article, ArticleInfo, IngestReport, Passage, RawArticle, Rejection

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.embedding import EmbeddingModel, Embeddings
    from pipeline.library import Library, Outcome, Submission

# Articles embedded and committed together: enough to fill the embedding model's batches, few enough to lose little.
BATCH = 32
# The indexes catch up after so many batches, so that a long ingest is not followed by a long wait.
SYNC_EVERY = 16

Progress = Callable[[str], None]
"""Called with the origin of each input when it is done."""


@dataclass
class _Tally:
    """The report as it grows."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    passages: int = 0

    def count(self, outcome: Outcome, article: Article, existing: str | None, passages: int = 0) -> None:
        """Count an article; a duplicate is counted for the article that already holds its text."""
        if outcome == "duplicate":
            self.duplicates.append((article.origin, existing or ""))
            return
        ids = {"added": self.added, "updated": self.updated, "unchanged": self.unchanged}[outcome]
        ids.append(article.info.id)
        self.passages += passages

    def report(self, seconds: float) -> IngestReport:
        return IngestReport(
            added=tuple(self.added),
            updated=tuple(self.updated),
            unchanged=tuple(self.unchanged),
            duplicates=tuple(self.duplicates),
            rejected=tuple(self.rejected),
            passages=self.passages,
            seconds=seconds,
        )


def ingest(
    found: Iterable[RawArticle | Rejection],
    library: Library,
    embeddings: Embeddings,
    cut: Callable[[Article], tuple[Passage, ...]],
    *,
    keep_all: bool = False,
    on_progress: Progress = lambda origin: None,
) -> IngestReport:
    """Bring everything that was found into the library; what is refused is in the report, and the rest goes on.

    Holds the writer's place throughout: raises LibraryBusy when another process has it.
    """
    started = time.perf_counter()
    tally = _Tally()
    with library.writer():
        known = Known(library.key_at)
        cleaned = map(known.identified, _cleaned(found, tally, keep_all, on_progress))
        for number, batch in enumerate(_batches(cleaned), 1):
            _store(batch, library, embeddings, cut, tally)
            for article in batch:
                on_progress(article.origin)
            if number % SYNC_EVERY == 0:
                library.sync()
    return tally.report(time.perf_counter() - started)


class Known:
    """Tells which article a file is a version of, over one ingest; `key_at` gives the key of what came from a place.

    A file at a path that the library knows is that article again, whatever its title now. Of two files or records in
    one ingest that go by the same key the second is another article.
    """

    def __init__(self, key_at: Callable[[str], str | None]) -> None:
        self._key_at = key_at
        self._origins: dict[str, str] = {}

    def identified(self, article: Article) -> Article:
        """The article under the key that it has in this library."""
        if not article.key.startswith((FILE_KEY, RECORD_KEY)):
            return article
        known = self._key_at(article.origin) if article.key.startswith(FILE_KEY) else None
        key = known if known and known.startswith(FILE_KEY) else article.key
        if self._origins.setdefault(key, article.origin) != article.origin:
            key = f"{key}|{digest(article.text)}"
        return replace(article, key=key, info=replace(article.info, id=article_id(key)))


def _cleaned(
    found: Iterable[RawArticle | Rejection], tally: _Tally, keep_all: bool, on_progress: Progress
) -> Iterator[Article]:
    for item in found:
        if isinstance(item, Rejection):
            tally.rejected.append(item)
            on_progress(item.origin)
            continue
        try:
            yield clean(item, keep_all=keep_all)
        except InputError as error:
            tally.rejected.append(Rejection(item.origin, str(error)))
            on_progress(item.origin)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Up to BATCH articles, no two with one key: the second is to see the first in the library."""
    batch: list[Article] = []
    keys: set[str] = set()
    for article in articles:
        if len(batch) == BATCH or article.key in keys:
            yield batch
            batch, keys = [], set()
        batch.append(article)
        keys.add(article.key)
    if batch:
        yield batch


def _store(
    batch: list[Article],
    library: Library,
    embeddings: Embeddings,
    cut: Callable[[Article], tuple[Passage, ...]],
    tally: _Tally,
) -> None:
    """Embed and store the articles of a batch that are new or changed."""
    from pipeline.embedding import embed

    fresh: list[tuple[Article, tuple[Passage, ...]]] = []
    for article in batch:
        outcome, existing = library.outcome(article)
        if outcome in ("unchanged", "duplicate"):
            tally.count(outcome, article, existing)
        else:
            fresh.append((article, cut(article)))
    vectors = embed(embeddings, [context_text(article.info, passage) for article, cuts in fresh for passage in cuts])
    ends = list(accumulate(len(cuts) for _, cuts in fresh))
    submissions: list[Submission] = [
        (article, cuts, vectors[end - len(cuts) : end]) for (article, cuts), end in zip(fresh, ends, strict=True)
    ]
    for (article, cuts, _), stored in zip(submissions, _outcomes(submissions, library, tally), strict=True):
        if stored is not None:
            tally.count(stored, article, library.outcome(article)[1], len(cuts))


def _outcomes(submissions: list[Submission], library: Library, tally: _Tally) -> list[Outcome | None]:
    """Store all in one transaction; when one of them cannot be stored, each in its own, and None for that one."""
    try:
        return list(library.store_many(submissions))
    except InputError:
        outcomes: list[Outcome | None] = []
    for article, passages, vectors in submissions:
        try:
            outcomes.append(library.store(article, passages, vectors))
        except InputError as error:
            tally.rejected.append(Rejection(article.origin, str(error)))
            outcomes.append(None)
    return outcomes


def reembed(library: Library, model: EmbeddingModel, on_progress: Callable[[int, int], None]) -> None:
    """Make all vectors of the library anew with another model; see `Library.reembed`."""
    from pipeline.embedding import embed

    def vectors(found: Sequence[tuple[Passage, ArticleInfo]]) -> NDArray[np.float32]:
        return embed(model, [context_text(article, passage) for passage, article in found])

    library.reembed(model.name, model.dimension, model.fingerprint, vectors, on_progress)


def context_text(article: ArticleInfo, passage: Passage) -> str:
    """What is embedded for a passage: title and sub-headline go before it, so that it keeps its context."""
    return "\n".join(part for part in (article.title, passage.heading, passage.text) if part)
