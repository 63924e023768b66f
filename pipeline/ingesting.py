"""Inputs into the library: read → clean → cut into passages → embed → store, an article at a time, in batches.

An article is stored in one transaction, so an interrupted ingest keeps what it stored and can simply be run again:
what is there already is recognised before any work is done on it.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias, get_args

from pipeline.errors import InputError, Interrupted
from pipeline.identity import FILE_KEY, RECORD_KEY, article_id, digest
from pipeline.library.locking import uninterrupted
from pipeline.library.records import content_digest, text_digest
from pipeline.preparing import Cut, Prepared, prepare
from pipeline.types import (
    Article,
    ArticleInfo,
    IngestPlan,
    IngestReport,
    Outcome,
    Passage,
    PlannedArticle,
    RawArticle,
    Reason,
    Rejection,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.embedding import EmbeddingModel, Embeddings
    from pipeline.library import Library, Submission

# Articles embedded and committed together: enough to fill the embedding model's batches, few enough to lose little.
BATCH = 128
# Originals are held until they are stored: 128 saved pages with their pictures inside would be 4 GB.
BATCH_BYTES = 8 * 2**20
# The indexes catch up after so many batches, so that a long ingest is not followed by a long wait.
SYNC_EVERY = 16

_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")

_Cut: TypeAlias = tuple[Article, tuple[Passage, ...]]

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
    cut: Cut,
    *,
    keep_all: bool = False,
    seen: datetime | None = None,
    on_progress: Progress = lambda origin: None,
) -> IngestReport:
    """Bring everything that was found into the library; what is refused is in the report, and the rest goes on.

    `seen` is when new versions count as first seen, now if not given: `as_of` goes by it.
    Holds the writer's place throughout: raises LibraryBusy when another process has it. Ctrl-C waits for the batch that
    is being stored, and comes out as Interrupted, with the report so far.
    """
    started = time.perf_counter()
    tally = _Tally()
    try:
        with library.writer():
            known = _Known(library)
            prepared = prepare(found, cut, keep_all=keep_all)
            identified = _identified(prepared, known, tally.rejected.append, on_progress)

            def settle(article: Article) -> None:
                tally.count("unchanged", article, None)
                on_progress(article.origin)

            for number, batch in enumerate(_batches(_latest(identified, library, settle)), 1):
                _store(batch, library, embeddings, tally, seen)
                for article, _ in batch:
                    on_progress(article.origin)
                if number % SYNC_EVERY == 0:
                    library.sync()
    except KeyboardInterrupt:
        raise Interrupted(tally.report(time.perf_counter() - started)) from None
    return tally.report(time.perf_counter() - started)


def plan(
    found: Iterable[RawArticle | Rejection],
    library: Library | None,
    *,
    keep_all: bool = False,
    on_progress: Progress = lambda origin: None,
) -> IngestPlan:
    """What `ingest` would do with everything that was found; None is a library yet to be made. Nothing is stored."""
    started = time.perf_counter()
    rejected: list[Rejection] = []
    articles: list[PlannedArticle] = []
    foreseen = _Foreseen(library)
    known = _Known(library)
    prepared = prepare(found, lambda article: (), keep_all=keep_all, processes=1)

    def put_down(article: Article, outcome: Outcome = "unchanged", held: str | None = None) -> None:
        counts = Counter[Reason]()
        for span in article.left_out:
            counts[span.reason] += span.end - span.start
        words = sum(len(_WORD.findall(article.text[block.start : block.end])) for block in article.blocks)
        left_out = tuple((reason, counts[reason]) for reason in get_args(Reason) if counts[reason])
        articles.append(PlannedArticle(article.origin, article.info, outcome, words, held, left_out))
        on_progress(article.origin)

    identified = _identified(prepared, known, rejected.append, on_progress)
    for article, _ in _latest(identified, library, put_down):
        put_down(article, *foreseen.outcome(article))
    return IngestPlan(tuple(articles), tuple(rejected), time.perf_counter() - started)


class _Foreseen:
    """What storing each of several articles would do if those before it had been stored."""

    def __init__(self, library: Library | None) -> None:
        self._library = library
        self._contents: dict[str, bytes] = {}
        self._texts: dict[bytes, str] = {}

    def outcome(self, article: Article) -> tuple[Outcome, str | None]:
        """As `Library.outcome` would say."""
        content, text = content_digest(article), text_digest(article.text)
        if article.key in self._contents:
            same = self._contents[article.key] == content
            outcome: tuple[Outcome, str | None] = ("unchanged" if same else "updated"), article.info.id
        else:
            outcome = self._library.outcome(article) if self._library else ("added", None)
            if outcome[0] == "added" and text in self._texts:
                return "duplicate", self._texts[text]
        if outcome[0] != "duplicate":
            self._contents[article.key] = content
            self._texts.setdefault(text, article.info.id)
        return outcome


class _Known:
    """Tells which article a file or a record is a version of, over one ingest into a library, None for one to be made.

    A file at a path that the library knows is that article again, whatever its title now. Two files or records that go
    by the same key are one article, unless both are in this ingest, or the library has the text of each.
    """

    def __init__(self, library: Library | None) -> None:
        self._library = library
        self._origins: dict[str, str] = {}

    def identified(self, article: Article) -> Article:
        """The article under the key that it has in this library."""
        exported = article.info.first_seen is not None
        if exported or not article.key.startswith((FILE_KEY, RECORD_KEY)):
            return article
        key = self._known(article) or article.key
        if self._origins.setdefault(key, article.origin) != article.origin:
            key = f"{key}|{digest(article.text)}"
        return _under(article, key)

    def _known(self, article: Article) -> str | None:
        if self._library is None:
            return None
        if article.key.startswith(FILE_KEY):
            key = self._library.key_at(article.origin)
            if key and key.startswith(FILE_KEY):
                return key
        would_update = self._library.outcome(article)[0] == "updated"
        return self._library.key_of_text(article.text) if would_update else None


def _under(article: Article, key: str) -> Article:
    return replace(article, key=key, info=replace(article.info, id=article_id(key)))


def _identified(
    prepared: Iterable[Prepared], known: _Known, refuse: Callable[[Rejection], None], on_progress: Progress
) -> Iterator[_Cut]:
    """What is an article, under the key that it has in this library; what is none is refused."""
    for item in prepared:
        if isinstance(item, Rejection):
            refuse(item)
            on_progress(item.origin)
            continue
        article, passages = item
        identified = known.identified(article)
        if identified.info.id != article.info.id:
            passages = tuple(replace(passage, article_id=identified.info.id) for passage in passages)
        yield identified, passages


def _latest(identified: Iterable[_Cut], library: Library | None, settle: Callable[[Article], None]) -> Iterator[_Cut]:
    """Of several texts that one ingest brings under one key only those that can be its latest, in any order; `settle`
    gets the others, which are taken for versions that are known.

    The latest is the one modified or published last, else the one with the greater digest. A text that the library held
    before is put off until it is known whether a later one comes with it: alone it is what the publisher went back to.
    """
    seen: dict[str, tuple[str, bytes]] = {}
    waiting: dict[str, list[_Cut]] = {}
    for article, cuts in identified:
        exported = article.info.first_seen is not None
        if library is not None and not exported and library.held_before(article):
            waiting.setdefault(article.key, []).append((article, cuts))
        elif not exported and _rank(article) < seen.get(article.key, ("", b"")):
            settle(article)
        else:
            seen[article.key] = _rank(article)
            yield article, cuts
    for key, held in waiting.items():
        *earlier, last = sorted(held, key=lambda cut: _rank(cut[0]))
        for article, _ in earlier:
            settle(article)
        if key in seen:
            settle(last[0])
        else:
            yield last


def _rank(article: Article) -> tuple[str, bytes]:
    return article.info.modified or article.info.published or "", content_digest(article)


def _batches(articles: Iterable[_Cut]) -> Iterator[list[_Cut]]:
    """Up to BATCH articles and BATCH_BYTES, no two with one key: the second is to see the first in the library."""
    batch: list[_Cut] = []
    keys: set[str] = set()
    size = 0
    for article, passages in articles:
        if len(batch) == BATCH or size > BATCH_BYTES or article.key in keys:
            yield batch
            batch, keys, size = [], set(), 0
        batch.append((article, passages))
        size += len(article.original) + len(article.text)
        keys.add(article.key)
    if batch:
        yield batch


def _store(batch: list[_Cut], library: Library, embeddings: Embeddings, tally: _Tally, seen: datetime | None) -> None:
    """Embed and store the articles of a batch that are new or changed."""
    from pipeline.embedding import embed

    fresh: list[_Cut] = []
    for article, cuts in batch:
        outcome, existing = library.outcome(article)
        if outcome in ("unchanged", "duplicate"):
            tally.count(outcome, article, existing)
        else:
            fresh.append((article, cuts))
    vectors = embed(embeddings, [context_text(article.info, passage) for article, cuts in fresh for passage in cuts])
    ends = list(accumulate(len(cuts) for _, cuts in fresh))
    submissions: list[Submission] = [
        (article, cuts, vectors[end - len(cuts) : end]) for (article, cuts), end in zip(fresh, ends, strict=True)
    ]
    with uninterrupted():  # what is stored is counted
        outcomes = _outcomes(submissions, library, tally, seen)
        for (article, passages, _), stored in zip(submissions, outcomes, strict=True):
            if stored is not None:
                tally.count(stored, article, library.outcome(article)[1], len(passages))


def _outcomes(
    submissions: list[Submission], library: Library, tally: _Tally, seen: datetime | None
) -> list[Outcome | None]:
    """Store all in one transaction; when one of them cannot be stored, each in its own, and None for that one."""
    try:
        return list(library.store_many(submissions, seen=seen))
    except InputError:
        outcomes: list[Outcome | None] = []
    for article, passages, vectors in submissions:
        try:
            outcomes.append(library.store(article, passages, vectors, seen=seen))
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
