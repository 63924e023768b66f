"""Searching a library: an index where one can be trusted, else the catalogue's vectors, or every hit checked.

What is searched is never wrong, however far the indexes are behind.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipeline.errors import LibraryError, ServerDown
from pipeline.library.database import Database
from pipeline.library.feed import Feed
from pipeline.library.filtering import Resolver
from pipeline.library.indexes import Indexes
from pipeline.library.projection import Hit
from pipeline.library.proof import unproven
from pipeline.library.ranking import ExactVectors
from pipeline.library.vectors import ChromaIndex
from pipeline.library.words import WordIndex
from pipeline.processes import settle
from pipeline.types import Filters
from pipeline.wordprints import WordPrint, print_from, print_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Importing Chroma and opening its index takes about this long. A process turns to it when it has spent as much on exact
# searches, so that a command that searches once never pays for it, and no process pays twice what it had to.
OPENING_SECONDS = 1.0
# A server that did not answer is left alone for so long.
PAUSE_SECONDS = 30.0


class Searcher:
    """What searches the indexes of one library. Safe to use from several threads."""

    def __init__(self, database: Database, resolver: Resolver, feed: Feed, indexes: Indexes) -> None:
        self._database = database
        self._resolver = resolver
        self._feed = feed
        self._indexes = indexes
        self._exact: tuple[int, ExactVectors] | None = None
        self._words_in_memory: tuple[object, WordIndex] | None = None
        self._vectors_proven: object = None
        self._vectors_trusted = False
        self._settled = False
        self._exact_seconds = 0.0
        self._paused_until = 0.0

    def words(self, query: str, limit: int, filters: Filters) -> tuple[Hit, ...]:
        """The best `limit` live passages by BM25, best first, equal scores by id. Any text is a query.

        `as_of` may let retired versions through, which are in no index: then the passages of that day are indexed in
        memory for the purpose (about 10,000 a second), and once for all searches with the same filters.
        """
        selection = self._resolver.resolve(filters)
        if limit < 1 or (selection is not None and not len(selection.ids)):
            return ()
        with self._indexes.searching:
            if selection is not None and selection.retired:
                return self._memory_index(filters, selection.ids.tolist()).search(query, limit)
            index = self._word_index()
            if selection is not None:
                return index.search(query, limit, selection.id_set)
            if self._indexes.words.current(self._feed.head()) is not None:
                return index.search(query, limit)
            return self._live_hits(lambda reach: index.search(query, reach), limit)

    def frequencies(self, words: Sequence[str]) -> tuple[dict[str, int], int]:
        """How many passages have each of these words in their text, whatever their forms, and how many there are."""
        with self._indexes.searching:
            index = self._word_index()
            return index.frequencies(words), index.count()

    def vocabulary(self, beginnings: Sequence[str]) -> list[str]:
        """The words of the passages, as the stems they are found by, that begin in one of these ways."""
        with self._indexes.searching:
            return self._word_index().vocabulary(beginnings)

    def vectors(self, vector: NDArray[np.float32], limit: int, filters: Filters) -> tuple[Hit, ...]:
        """The nearest `limit` live passages by cosine similarity, nearest first, equal scores by id.

        Exact whenever there are filters, in small libraries, or changes that Chroma has not taken over yet;
        else by Chroma. A vector of zeros is near nothing.
        """
        import numpy as np

        self._database.check_serving()
        dimension = self._database.serving.dimension
        if vector.shape != (dimension,):
            raise LibraryError(
                f"The question's vector has shape {vector.shape}; those of the library have {dimension} numbers",
                f"Use --embedding {self._database.serving.name}",
            )
        if limit < 1 or not np.isfinite(vector).all() or not vector.any():
            return ()
        selection = self._resolver.resolve(filters)
        with self._indexes.searching:
            if selection is not None:
                return self._exact_vectors(selection.ids).search(vector, limit, selection.ids)
            index = self.neighbours()
            if index is not None:
                try:
                    hits = index.search(vector, limit)
                    if not self._settled:
                        settle()
                        self._settled = True
                    return hits
                except Exception as error:  # Chroma raises all sorts, and exact search is always there
                    self._failed(error)
            begun = time.perf_counter()
            hits = self._exact_vectors(None).search(vector, limit)
            self._exact_seconds += time.perf_counter() - begun
            return hits

    def vectors_of(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """The vectors of these passages, row by row as asked; raises KeyError for one that is not stored."""
        import numpy as np

        wanted = np.asarray(ids, dtype=np.int64)
        with self._indexes.searching:
            exact = self._matrix()
            if exact is not None and exact.covers(wanted):
                return np.asarray(exact.matrix[np.searchsorted(exact.ids, wanted)])
        found, matrix = self._feed.vectors(ids)
        rows = {int(passage_id): row for row, passage_id in enumerate(found)}
        return matrix[[rows[i] for i in ids]]

    def prints(self, ids: Sequence[int]) -> list[WordPrint]:
        """The word prints of these passages, which must be stored: those of the index, or made of the texts of what is
        not in it."""
        with self._indexes.searching:
            found = self._prints(ids)
        missing = [passage_id for passage_id, words in zip(ids, found, strict=True) if words is None]
        made = {
            entry.id: print_from(print_of(entry.sentences, entry.title))
            for entry in (self._feed.entries(missing, retired=True) if missing else ())
        }
        return [words or made[passage_id] for passage_id, words in zip(ids, found, strict=True)]

    def _prints(self, ids: Sequence[int]) -> list[WordPrint | None]:
        state = self._indexes.prints.current(self._feed.head())
        if state is None:
            return [None] * len(ids)
        try:
            index = self._indexes.prints.index(state)
            return index.prints(ids) if index is not None else [None] * len(ids)
        except Exception as error:  # damaged while another process writes, so that this one may not repair it
            self._indexes.notice(f"The prints index cannot be read ({error}); the texts were read instead")
            return [None] * len(ids)

    def _live_hits(self, search: Callable[[int], tuple[Hit, ...]], limit: int) -> tuple[Hit, ...]:
        """The best live hits of an index that is behind the catalogue: it may still hold passages retired since."""
        reach = limit
        while True:
            hits = search(reach)
            live = self._feed.among_live([hit.passage_id for hit in hits])
            kept = [hit for hit in hits if hit.passage_id in live]
            if len(kept) >= limit or len(hits) < reach:
                return tuple(kept[:limit])
            reach *= 2

    def _word_index(self) -> WordIndex:
        try:
            index, state = self._indexes.words.index(), self._indexes.words.state()
            if index is not None and state is not None and (state.writing or index.count() == state.passages):
                return index
        except Exception as error:  # damaged while another process writes, so that this one may not repair it
            self._indexes.notice(f"The words index cannot be read ({error}); one in memory answered instead")
        return self._memory_index(None, sorted(self._feed.live_ids()))

    def _memory_index(self, filters: Filters | None, ids: list[int]) -> WordIndex:
        key = (filters, self._feed.head())
        if self._words_in_memory is None or self._words_in_memory[0] != key:
            index = WordIndex(None)
            index.write((), self._feed.entries(ids, retired=True))
            self._words_in_memory = (key, index)
        return self._words_in_memory[1]

    def neighbours(self) -> ChromaIndex | None:
        """Chroma's index where it is worth asking: in a large library, taken over to the last change, and proven."""
        head, vectors = self._feed.head(), self._indexes.vectors
        state = vectors.current(head)
        if state is None or not self._indexes.large or self._exact_seconds < OPENING_SECONDS:
            return None
        if time.monotonic() < self._paused_until:
            return None
        if self._vectors_proven != state:
            try:
                fault = vectors.fault(head, self._feed.live_passages()) or unproven(self._feed, vectors)
            except ServerDown as error:
                self._failed(error)
                return None
            self._vectors_proven = state
            self._vectors_trusted = fault is None
            if fault is not None:
                self._indexes.notice_unused(vectors, fault)
        return vectors.index(state) if self._vectors_trusted else None

    def _failed(self, error: Exception) -> None:
        """Put down that the vectors index gave no answer, and leave it alone for a while."""
        self._paused_until = time.monotonic() + PAUSE_SECONDS
        what = error.what if isinstance(error, ServerDown) else f"The vectors index failed ({error})"
        self._indexes.notice(f"{what}; exact search answered instead")

    def _exact_vectors(self, ids: NDArray[np.int64] | None) -> ExactVectors:
        """Live vectors for exact search, these passages among them: those of the matrix, or of the catalogue while the
        matrix cannot be trusted. All of the catalogue's are kept until it changes; of a few, just those are read."""
        exact = self._matrix()
        if exact is None:
            head = self._feed.head()
            fresh = self._exact is not None and self._exact[0] == head
            if ids is not None and not fresh and len(ids) * 4 < self._feed.live_passages():
                return ExactVectors.of(*self._feed.vectors(ids))
            if self._exact is None or not fresh:
                self._exact = (head, ExactVectors.of(*self._feed.vectors()))
            exact = self._exact[1]
        return exact if ids is None or exact.covers(ids) else ExactVectors.of(*self._feed.vectors(ids))

    def _matrix(self) -> ExactVectors | None:
        """The matrix, when it has taken over the last change and is whole."""
        state = self._indexes.matrix.current(self._feed.head())
        if state is None:
            return None
        try:
            index = self._indexes.matrix.index(state)
        except Exception as error:  # damaged while another process writes, so that this one may not repair it
            self._indexes.notice(f"The matrix index cannot be read ({error}); the catalogue's vectors answered instead")
            return None
        return index.exact if index is not None and index.count() == state.passages else None
