"""A library: the catalogue, its two projections, and what keeps them in step.

    with open_library("newsdesk-library", create=True, embedding="wordllama", dimension=256) as library:
        with library.writer():
            library.store(article, passages, vectors)
        hits = library.search_words("Al Bukamal", 10) + library.search_vectors(vector, 10)

The catalogue is the truth. Changes reach the words (tantivy) and the vectors (Chroma) through its outbox, at the end of
`writer()` or when a reader finds them behind and nobody is writing. Until then, and whenever one of them cannot be
trusted, searches go to the catalogue's own vectors or check every hit against it: what is searched is never wrong.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pipeline.errors import LibraryBusy, LibraryError
from pipeline.library.catalogue import Catalogue, Outcome, Submission
from pipeline.library.locking import WriterLock, uninterrupted
from pipeline.library.projection import Hit, Progress, Projection
from pipeline.library.vectors import VECTORS_LAYOUT, ExactVectors, VectorIndex, sound
from pipeline.library.words import WORDS_LAYOUT, WordIndex
from pipeline.types import Article, ArticleInfo, Filters, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Up to here exact search is as fast as Chroma (0.6 ms at 256 dimensions; its first search loads the vectors in 150 ms),
# and spares the import of half a second.
EXACT_UP_TO = 20_000

# A reader repairs the vectors in passing only up to this many passages (about three seconds); a writer always does.
REPAIRED_BY_READERS = 5_000

EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """What a library holds. `sizes` are bytes on disk by part; `languages` and `sources` come with their articles,
    most first; `first_published` and `last_published` are days."""

    location: str
    articles: int
    passages: int
    versions: int
    sizes: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, int], ...]
    first_published: str | None
    last_published: str | None
    embedding: str
    dimension: int
    notices: tuple[str, ...]


class Library:
    """An open library; `open_library` gives one. Safe to use from several threads."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self._folder = folder
        self._catalogue = catalogue
        self._lock = WriterLock(folder / "lock")
        identity = f"{catalogue.settings['id']} {catalogue.embedding} {catalogue.dimension}"
        self._words = Projection(folder / "words", f"{WORDS_LAYOUT} {identity}", WordIndex)
        self._vectors = Projection(folder / "vectors", f"{VECTORS_LAYOUT} {identity}", VectorIndex)
        self._searching = threading.RLock()
        self._exact: tuple[int, ExactVectors] | None = None
        self._words_in_memory: tuple[object, WordIndex] | None = None
        self._vectors_proven: object = None
        self._notices: list[str] = []
        self._catch_up()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._words.close()
        self._vectors.close()
        self._catalogue.close()

    @property
    def embedding(self) -> str:
        """The model that made the library's vectors."""
        return self._catalogue.embedding

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._catalogue.dimension

    @property
    def notices(self) -> tuple[str, ...]:
        """What was found broken since opening, and what was done about it: one sentence each."""
        return tuple(self._notices)

    # Writing

    @contextmanager
    def writer(self) -> Iterator[Library]:
        """The writer's place: raises LibraryBusy when another has it. On leaving, both projections are brought up to
        date; after an error they are left for the next writer, and what was stored stays stored."""
        with self._lock.held():
            yield self
            self.sync()

    def outcome(self, article: Article) -> tuple[Outcome, str | None]:
        """What `store` would do, and the id of the article already there: so that nothing is embedded in vain."""
        return self._catalogue.outcome(article)

    def store(
        self,
        article: Article,
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        *,
        seen: datetime | None = None,
    ) -> Outcome:
        """Store an article, its passages and one vector each (shape (passages, dimension)) in one transaction.

        The same key with other content is a new version: the old one is kept but retired, and so are its passages.
        `seen` is when the version was first seen, now if not given. Raises ValueError for passages that are not the
        article's, InputError for text that is not Unicode, LibraryError for vectors of another shape.
        """
        return self.store_many([(article, passages, vectors)], seen=seen)[0]

    def store_many(self, batch: Sequence[Submission], *, seen: datetime | None = None) -> tuple[Outcome, ...]:
        """Store several articles in one transaction, all or none: one wait for the disk instead of many."""
        with self._lock.held():
            return self._catalogue.store(batch, seen or datetime.now(UTC))

    def remove(self, article_id: str) -> str:
        """Remove an article with all its versions from the catalogue and both projections; returns its full id.

        A unique prefix of the id will do; raises UsageError as `article` does.
        """
        identity = self._catalogue.article_id(article_id)
        with self.writer():
            self._catalogue.remove(identity)
        return identity

    def sync(self) -> None:
        """Bring both projections up to date with the catalogue."""
        with self._lock.held():
            for projection in (self._words, self._vectors):
                self._bring_up(projection)
            self._prune()

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make both projections anew from the catalogue; until each is done, the old one serves."""
        with self._lock.held():
            for projection in (self._words, self._vectors):
                self._rebuild(projection, progress)
            self._prune()

    # Searching

    def search_words(self, query: str, limit: int, filters: Filters = EVERYTHING) -> tuple[Hit, ...]:
        """The best `limit` live passages by BM25, best first, equal scores by id. Any text is a query.

        `as_of` may let retired versions through, which are in no index: then the passages of that day are indexed in
        memory for the purpose (about 10,000 a second), and once for all searches with the same filters.
        """
        selection = self._catalogue.resolve(filters)
        if limit < 1 or (selection is not None and not len(selection.ids)):
            return ()
        with self._searching:
            if selection is not None and selection.retired:
                return self._memory_index(filters, selection.ids.tolist()).search(query, limit)
            index = self._word_index()
            if selection is not None:
                return index.search(query, limit, selection.ids.tolist())
            return self._live_hits(lambda reach: index.search(query, reach), limit)

    def search_vectors(self, vector: NDArray[np.float32], limit: int, filters: Filters = EVERYTHING) -> tuple[Hit, ...]:
        """The nearest `limit` live passages by cosine similarity, nearest first, equal scores by id.

        Exact whenever there are filters, at most EXACT_UP_TO passages, or changes that Chroma has not taken over yet;
        else by Chroma. A vector of zeros is near nothing.
        """
        import numpy as np

        if vector.shape != (self.dimension,):
            raise LibraryError(
                f"The question's vector has shape {vector.shape}; those of the library have {self.dimension} numbers",
                f"Use --embedding {self.embedding}",
            )
        if limit < 1 or not np.isfinite(vector).all() or not vector.any():
            return ()
        selection = self._catalogue.resolve(filters)
        with self._searching:
            if selection is not None:
                return self._exact_vectors(selection.ids).search(vector, limit, selection.ids)
            index = self._vector_index()
            if index is not None:
                try:
                    return self._live_hits(lambda reach: index.search(vector, reach), limit)
                except Exception as error:  # Chroma raises all sorts, and exact search is always there
                    self._notice(f"The vectors index failed ({error}); exact search answered instead")
            return self._exact_vectors(None).search(vector, limit)

    def resolve(self, filters: Filters) -> NDArray[np.int64] | None:
        """The ids, ascending, of the passages that these filters let through; None for an empty filter.

        Days are those the publishers wrote. `as_of` means the end of that day in this machine's time zone: versions
        first seen by then, not yet retired then, and not published later.
        """
        selection = self._catalogue.resolve(filters)
        return None if selection is None else selection.ids

    def vectors(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """The vectors of these passages, row by row as asked; raises KeyError for one that is not stored."""
        found, matrix = self._catalogue.vectors(ids)
        rows = {int(passage_id): row for row, passage_id in enumerate(found)}
        return matrix[[rows[i] for i in ids]]

    # Reading

    def passages(self, ids: Sequence[int], filters: Filters = EVERYTHING) -> tuple[tuple[Passage, ArticleInfo], ...]:
        """These passages and their articles, in the order asked. What is not live is left out; give the filters of the
        search, because with `as_of` it is that day's versions that count."""
        return self._catalogue.passages(ids, filters)

    def articles(self, filters: Filters = EVERYTHING) -> tuple[ArticleInfo, ...]:
        """The articles that these filters let through, newest first, undated ones last."""
        return self._catalogue.articles(filters)

    def article(self, id_prefix: str) -> Article:
        """The latest version of the article whose id starts so; raises UsageError when none or several do."""
        return self._catalogue.article(id_prefix)

    def status(self) -> LibraryStatus:
        """What the library holds, in figures."""
        from pipeline.library.audit import holdings

        return holdings(self._folder, self._catalogue, self.notices)

    def check(self) -> tuple[str, ...]:
        """Every invariant of the library that does not hold, one sentence each. Reads everything."""
        from pipeline.library.audit import catalogue_problems, projection_problems

        with self._searching:
            return (
                *catalogue_problems(self._catalogue),
                *projection_problems(self._catalogue, self._words, self._vectors),
            )

    # In step

    def _catch_up(self) -> None:
        """On opening: repair what is broken and apply what is pending, if nobody is writing and it is soon done."""
        head, live = self._catalogue.head(), self._catalogue.live_passages()
        behind = [p for p in (self._words, self._vectors) if self._needs_work(p, head, live)]
        if not behind:
            return
        with suppress(LibraryBusy), self._lock.held():
            for projection in behind:
                if projection is self._words or live <= REPAIRED_BY_READERS:
                    self._bring_up(projection)
                elif fault := projection.fault(head, live):
                    self._notice(
                        f"The vectors index {fault}; exact search answers until the next ingest or "
                        "`newsdesk reindex` builds it again"
                    )
            self._prune()

    def _needs_work(self, projection: Projection[Any], head: int, live: int) -> bool:
        state = projection.state()
        return state is None or state.applied != head or projection.fault(head, live) is not None

    def _bring_up(self, projection: Projection[Any]) -> None:
        live = self._catalogue.live_passages()
        state = projection.state()
        if state is None and not self._catalogue.head():
            projection.begin()
            return
        if fault := projection.fault(self._catalogue.head(), live):
            self._repair(projection, fault)
            return
        try:
            while (state := projection.state()) is not None and state.applied < self._catalogue.head():
                pending = self._catalogue.changed(state.applied)
                if pending is None:
                    self._repair(projection, "has missed changes that are no longer kept")
                    return
                changed, applied = pending
                with uninterrupted(), self._searching:
                    projection.apply(changed, self._catalogue.entries(changed), applied)
        except LibraryError:
            raise
        except Exception as error:  # an index that cannot be written is as good as none: the catalogue has it all
            self._repair(projection, f"could not be written ({error})")
            return
        if fault := projection.fault(self._catalogue.head(), live):
            self._repair(projection, fault)

    def _repair(self, projection: Projection[Any], fault: str) -> None:
        self._rebuild(projection, None)
        self._notice(f"The {projection.name} index {fault}; it was built again from the catalogue")

    def _rebuild(self, projection: Projection[Any], progress: Progress | None) -> None:
        head, live = self._catalogue.head(), self._catalogue.live_passages()
        try:
            state = projection.build(self._catalogue.all_entries(), head, live, progress)
            with self._searching:
                projection.serve(state)
        except LibraryError:
            raise
        except Exception as error:
            raise LibraryError(
                f"The {projection.name} index of {str(self._folder)!r} could not be built: {error}",
                "See to the disk (space, permissions), then run `newsdesk reindex`; no article is lost",
            ) from error

    def _prune(self) -> None:
        states = [projection.state() for projection in (self._words, self._vectors)]
        self._catalogue.prune(min(state.applied if state else 0 for state in states))

    def _notice(self, text: str) -> None:
        if text not in self._notices:
            self._notices.append(text)

    def _live_hits(self, search: Callable[[int], tuple[Hit, ...]], limit: int) -> tuple[Hit, ...]:
        """The best live hits of an index that may still hold passages retired since it was last brought up to date."""
        reach = limit
        while True:
            hits = search(reach)
            live = self._catalogue.among_live([hit.passage_id for hit in hits])
            kept = [hit for hit in hits if hit.passage_id in live]
            if len(kept) >= limit or len(hits) < reach:
                return tuple(kept[:limit])
            reach *= 2

    def _word_index(self) -> WordIndex:
        try:
            index, state = self._words.index(), self._words.state()
            if index is not None and state is not None and (state.writing or index.count() == state.passages):
                return index
        except Exception as error:  # damaged while another process writes, so that this one may not repair it
            self._notice(f"The words index cannot be read ({error}); one in memory answered instead")
        return self._memory_index(None, sorted(self._catalogue.live_ids()))

    def _memory_index(self, filters: Filters | None, ids: list[int]) -> WordIndex:
        key = (filters, self._catalogue.head())
        if self._words_in_memory is None or self._words_in_memory[0] != key:
            index = WordIndex(None)
            index.write((), self._catalogue.entries(ids, retired=True))
            self._words_in_memory = (key, index)
        return self._words_in_memory[1]

    def _vector_index(self) -> VectorIndex | None:
        """Chroma's index where it is worth asking: in a large library, taken over to the last change, and sound."""
        head, state, folder = self._catalogue.head(), self._vectors.state(), self._vectors.folder
        if state is None or state.writing or state.applied != head or folder is None or state.passages <= EXACT_UP_TO:
            return None
        if self._vectors_proven != state:
            fault = self._vectors.fault(head, self._catalogue.live_passages())
            if fault is None and not sound(folder, state.passages):
                fault = "is damaged (chroma.sqlite3)"
            if fault is not None:
                self._notice(f"The vectors index {fault}; exact search answered instead")
                return None
            self._vectors_proven = state
        return self._vectors.index()

    def _exact_vectors(self, ids: NDArray[np.int64] | None) -> ExactVectors:
        """All live vectors in memory, kept until the catalogue changes; or just those asked for, when they are few."""
        head = self._catalogue.head()
        fresh = self._exact is not None and self._exact[0] == head
        if ids is not None and not fresh and len(ids) * 4 < self._catalogue.live_passages():
            return ExactVectors(*self._catalogue.vectors(ids))
        if self._exact is None or not fresh:
            self._exact = (head, ExactVectors(*self._catalogue.vectors()))
        exact = self._exact[1]
        return exact if ids is None or exact.covers(ids) else ExactVectors(*self._catalogue.vectors(ids))
