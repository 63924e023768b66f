"""The two projections of a library, words (tantivy) and vectors (Chroma), and what keeps them in step.

Changes reach them through the catalogue's outbox, at the end of a `writer()` or when a reader finds them behind and
nobody is writing.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.errors import LibraryBusy, LibraryError
from pipeline.library.database import Database, Embedding
from pipeline.library.embeddings import Reembedding
from pipeline.library.feed import Feed
from pipeline.library.locking import WriterLock, uninterrupted
from pipeline.library.projection import Progress, Projection, State
from pipeline.library.vectors import VECTORS_LAYOUT, VectorIndex
from pipeline.library.words import WORDS_LAYOUT, WordIndex

# A reader repairs the vectors in passing only up to this many passages (about three seconds); a writer always does.
REPAIRED_BY_READERS = 5_000


class Indexes:
    """The projections of one library. `searching` is held by whoever asks an index or exchanges one.

    `notices` are what was found broken since opening and what was done about it, one sentence each.
    """

    def __init__(self, folder: Path, database: Database, feed: Feed, writing: WriterLock) -> None:
        self._folder = folder
        self._database = database
        self._feed = feed
        self._writing = writing
        self.words = Projection(folder / "words", f"{WORDS_LAYOUT} {database.id}", WordIndex)
        self.vectors = self._vectors_of(database.serving)
        self.searching = threading.RLock()
        self.notices: list[str] = []

    def close(self) -> None:
        self.words.close()
        self.vectors.close()

    def notice(self, text: str) -> None:
        """Put down what was found broken, once."""
        if text not in self.notices:
            self.notices.append(text)

    def catch_up(self) -> None:
        """On opening: repair what is broken and apply what is pending, if nobody is writing and it is soon done."""
        head, live = self._feed.head(), self._feed.live_passages()
        behind = [p for p in (self.words, self.vectors) if self._needs_work(p, head, live)]
        if not behind:
            return
        with suppress(LibraryBusy), self._writing.held():
            for projection in behind:
                if projection is self.words or live <= REPAIRED_BY_READERS:
                    self._bring_up(projection)
                elif fault := projection.fault(head, live):
                    self.notice(
                        f"The vectors index {fault}; exact search answers until the next ingest or "
                        "`newsdesk reindex` builds it again"
                    )
            self._prune()

    def sync(self) -> None:
        """Bring both projections up to date with the catalogue."""
        with self._writing.held():
            for projection in (self.words, self.vectors):
                self._bring_up(projection)
            self._prune()

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make both projections anew from the catalogue; until each is done, the old one serves."""
        with self._writing.held():
            for projection in (self.words, self.vectors):
                self._rebuild(projection, progress)
            self._prune()

    def exchange(self, change: Reembedding) -> None:
        """Let the new vectors of the catalogue serve, and an index of them that was built before."""
        vectors = self._vectors_of(change.embedding)
        state = self._build(vectors, self._feed.of(change.embedding), None)
        with self.searching:
            change.serve()
            self.vectors.close()
            self.vectors = vectors
            vectors.serve(state)

    def _vectors_of(self, embedding: Embedding) -> Projection[VectorIndex]:
        layout = f"{VECTORS_LAYOUT} {self._database.id} {embedding.id} {embedding.dimension}"
        return Projection(self._folder / "vectors", layout, VectorIndex)

    def _needs_work(self, projection: Projection[Any], head: int, live: int) -> bool:
        state = projection.state()
        return state is None or state.applied != head or projection.fault(head, live) is not None

    def _bring_up(self, projection: Projection[Any]) -> None:
        live = self._feed.live_passages()
        state = projection.state()
        if state is None and not self._feed.head():
            projection.begin()
            return
        if fault := projection.fault(self._feed.head(), live):
            self._repair(projection, fault)
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

    def _repair(self, projection: Projection[Any], fault: str) -> None:
        self._rebuild(projection, None)
        self.notice(f"The {projection.name} index {fault}; it was built again from the catalogue")

    def _rebuild(self, projection: Projection[Any], progress: Progress | None) -> None:
        state = self._build(projection, self._feed, progress)
        with self.searching:
            projection.serve(state)

    def _build(self, projection: Projection[Any], feed: Feed, progress: Progress | None) -> State:
        try:
            return projection.build(feed.all_entries(), feed.head(), feed.live_passages(), progress)
        except LibraryError:
            raise
        except Exception as error:
            raise LibraryError(
                f"The {projection.name} index of {str(self._folder)!r} could not be built: {error}",
                "See to the disk (space, permissions), then run `newsdesk reindex`; no article is lost",
            ) from error

    def _prune(self) -> None:
        states = [projection.state() for projection in (self.words, self.vectors)]
        self._feed.prune(min(state.applied if state else 0 for state in states))
