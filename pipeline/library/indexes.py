"""The projections of a library, and what keeps them in step with its catalogue.

    words     tantivy: full text
    prints    what ranking reads of each passage, in a file
    matrix    all vectors in a file: exact search
    vectors   Chroma: nearest neighbours in a large library

Changes reach them through the catalogue's outbox, at the end of a `writer()` or when a reader finds them behind and
nobody is writing.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.errors import LibraryBusy, LibraryError, ServerDown
from pipeline.library.database import Database, Embedding
from pipeline.library.embeddings import Reembedding
from pipeline.library.feed import Feed
from pipeline.library.locking import WriterLock, uninterrupted
from pipeline.library.matrix import MATRIX_LAYOUT, MatrixIndex
from pipeline.library.prints import PRINTS_LAYOUT, PrintIndex
from pipeline.library.projection import Progress, Projection, State, Store
from pipeline.library.proof import unproven
from pipeline.library.server import ServerVectors
from pipeline.library.vectors import VECTORS_LAYOUT, ChromaIndex, VectorIndex
from pipeline.library.words import WORDS_LAYOUT, WordIndex

# Opening builds these again up to so many passages (one to two seconds). The words are always brought up to date, as
# nothing answers in their place; Chroma never, as importing it alone takes seconds on a loaded machine and exact search
# answers: that is left to the next writer.
REPAIRED_ON_OPENING = {"matrix": 200_000, "prints": 20_000}

# Up to here exact search is as fast as Chroma: 0.6 ms at 256 dimensions.
EXACT_UP_TO = 20_000

# With more changes pending than this, and than an index holds, it is built anew: in bulk, and without leftovers.
BUILT_ANEW = 50_000


class Indexes:
    """The projections of one library. `searching` is held by whoever asks an index or exchanges one.

    `notices` are what was found broken since opening and what was done about it, one sentence each.
    """

    def __init__(self, folder: Path, database: Database, feed: Feed, writing: WriterLock, server: str | None) -> None:
        self._folder = folder
        self._database = database
        self._feed = feed
        self._writing = writing
        self._server = server
        self.exact_up_to = EXACT_UP_TO
        self.words = Projection(folder / "words", f"{WORDS_LAYOUT} {database.id}", WordIndex)
        self.prints = Projection(folder / "prints", f"{PRINTS_LAYOUT} {database.id}", PrintIndex)
        self.matrix, self.vectors = self._of(database.serving)
        self.searching = threading.RLock()
        self.notices: list[str] = []

    @property
    def all(self) -> tuple[Projection[Any], ...]:
        return self.words, self.prints, self.matrix, self.vectors

    def close(self) -> None:
        for projection in self.all:
            projection.close()

    @property
    def large(self) -> bool:
        """Whether the library has outgrown exact search."""
        state = self.vectors.state()
        return state is not None and state.passages > self.exact_up_to

    def notice(self, text: str) -> None:
        """Put down what was found broken, once."""
        if text not in self.notices:
            self.notices.append(text)

    def notice_unused(self, projection: Projection[Any], fault: str) -> None:
        """Put down that searches go round an index, and until when."""
        instead = "the texts are read" if projection is self.prints else "exact search answers"
        until = "until the next ingest or `newsdesk reindex` builds it again"
        self.notice(f"The {projection.name} index {fault}; {instead} {until}")

    def catch_up(self) -> None:
        """On opening: repair what is broken and apply what is pending, if nobody is writing and it is soon done; put
        down what is left for the next writer where searches would have gone to it."""
        head, live = self._feed.head(), self._feed.live_passages()
        behind = {projection: fault for projection in self.all if (fault := self.fault(projection, head, live))}
        if not behind:
            return
        with suppress(LibraryBusy), self._writing.held():
            for projection, fault in behind.items():
                if self._is_soon_done(projection, head, live):
                    self._bring_up(projection)
                elif projection is not self.vectors or live > self.exact_up_to:
                    self.notice_unused(projection, fault)
            self._prune()

    def fault(self, projection: Projection[Any], head: int, live: int) -> str | None:
        """What keeps a projection from being used as it is, None when nothing does; see `Projection.fault`."""
        state = projection.state()
        if (fault := projection.fault(head, live)) or state is None:
            return fault
        return f"is {head - state.applied:,} changes behind the catalogue" if state.applied < head else None

    def sync(self) -> None:
        """Bring all projections up to date with the catalogue."""
        with self._writing.held():
            for projection in self.all:
                self._bring_up(projection)
            self._prove()
            self._prune()

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make all projections anew from the catalogue; until each is done, the old one serves."""
        with self._writing.held():
            for projection in self.all:
                self._rebuild(projection, progress)
            self._prune()

    def exchange(self, change: Reembedding) -> None:
        """Let the new vectors of the catalogue serve, and an index of them that was built before."""
        matrix, vectors = self._of(change.embedding)
        feed = self._feed.of(change.embedding)
        built = [(projection, self._build(projection, feed, None)) for projection in (matrix, vectors)]
        with self.searching:
            change.serve()
            for projection in (self.matrix, self.vectors):
                projection.close()
            self.matrix, self.vectors = matrix, vectors
            for projection, state in built:
                projection.serve(state)

    def _of(self, embedding: Embedding) -> tuple[Projection[MatrixIndex], Projection[ChromaIndex]]:
        identity = f"{self._database.id} {embedding.id} {embedding.dimension}"
        store: Store[ChromaIndex] = VectorIndex
        layout = f"{VECTORS_LAYOUT} {identity}"
        if self._server is not None:
            store = ServerVectors(self._server, self._database.id)
            layout = f"{layout} {self._server}"
        return (
            Projection(self._folder / "matrix", f"{MATRIX_LAYOUT} {identity}", MatrixIndex),
            Projection(self._folder / "vectors", layout, store),
        )

    def _is_soon_done(self, projection: Projection[Any], head: int, live: int) -> bool:
        if projection is self.vectors:
            return not head  # it has only to be begun
        return projection is self.words or live <= REPAIRED_ON_OPENING[projection.name]

    def _bring_up(self, projection: Projection[Any]) -> None:
        """Apply what is pending, or build anew what cannot be trusted. A server that is down is left for later."""
        try:
            self._apply(projection)
        except ServerDown as error:
            self.notice(
                f"{error.what}; exact search answers, and the next ingest or `newsdesk reindex` brings its vectors up "
                "to date"
            )

    def _apply(self, projection: Projection[Any]) -> None:
        live = self._feed.live_passages()
        state = projection.state()
        if state is None and not self._feed.head():
            projection.begin()
            return
        if fault := projection.fault(self._feed.head(), live):
            self._repair(projection, fault)
            return
        if state is not None and self._feed.head() - state.applied > max(BUILT_ANEW, state.passages):
            self._rebuild(projection, None)
            return
        try:
            while (state := projection.state()) is not None and state.applied < self._feed.head():
                pending = self._feed.changed(state.applied)
                if pending is None:
                    self._repair(projection, "has missed changes that are no longer kept")
                    return
                changed, applied = pending
                with uninterrupted(), self.searching:
                    projection.apply(changed, self._feed.entries(changed), applied)
        except LibraryError:
            raise
        except Exception as error:  # an index that cannot be written is as good as none: the catalogue has it all
            self._repair(projection, f"could not be written ({error})")
            return
        if fault := projection.fault(self._feed.head(), live):
            self._repair(projection, fault)

    def _prove(self) -> None:
        """Have the vectors index proven before anybody asks it, and built anew if it fails."""
        state = self.vectors.current(self._feed.head())
        if state is None or (self._server is None and not self.large):
            return
        with suppress(ServerDown):
            if fault := unproven(self._feed, self.vectors):
                self._repair(self.vectors, fault)

    def _repair(self, projection: Projection[Any], fault: str) -> None:
        self._rebuild(projection, None)
        self.notice(f"The {projection.name} index {fault}; it was built again from the catalogue")

    def _rebuild(self, projection: Projection[Any], progress: Progress | None) -> None:
        state = self._build(projection, self._feed, progress)
        with self.searching:
            projection.serve(state)

    def _build(self, projection: Projection[Any], feed: Feed, progress: Progress | None) -> State:
        entries = feed.all_entries(with_text=projection.store.needs_text)
        try:
            return projection.build(entries, feed.head(), feed.live_passages(), progress)
        except LibraryError:
            raise
        except Exception as error:
            raise LibraryError(
                f"The {projection.name} index of {str(self._folder)!r} could not be built: {error}",
                "See to the disk (space, permissions), then run `newsdesk reindex`; no article is lost",
            ) from error

    def _prune(self) -> None:
        states = [projection.state() for projection in self.all]
        self._feed.prune(min(state.applied if state else 0 for state in states))
