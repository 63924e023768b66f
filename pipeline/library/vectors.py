"""Nearest passages by cosine similarity, by Chroma: where a library has outgrown exact search.

Chroma holds ids and vectors only. It is neither crash-safe nor safe with two writers, which is why it is a projection
and never asked while it is being written.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from pipeline.library.projection import Entry, Hit
from pipeline.library.ranking import ranked

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection
    from numpy.typing import NDArray

VECTORS_LAYOUT = "vectors 1"

# Recall of the 20 nearest among 100,000: 0.962 with Chroma's own 100, 0.986 with 200 (0.9 ms), 0.996 with 500 (1.8 ms).
EF_SEARCH = 500
# Every write persists its graph. Chroma's own 1,000 leave the rest to be inserted again by every process that opens the
# folder, which rewrites the files; and adding 30,000 took 31 s with it, 13 s with this.
_SYNC_THRESHOLD = 1
# A large index that is built whole is persisted after so many: each time all of it is written, 1.2 GB at a million.
_BULK = 50_000
# How many more are asked for, so that which of several equal ones get in is decided by id.
_TIES = 16
_COLLECTION = "passages"
# What of Chroma's tables decides what is found: which segments there are, what is in them, what is still to be indexed.
_HOLDINGS = (
    "SELECT id, name, dimension FROM collections ORDER BY id",
    "SELECT id, type, scope, collection FROM segments ORDER BY id",
    "SELECT segment_id, seq_id FROM max_seq_id ORDER BY 1",
    "SELECT seq_id, operation, topic, id FROM embeddings_queue ORDER BY seq_id",
    "SELECT segment_id, embedding_id FROM embeddings ORDER BY id",
)
# SQLite takes at most 32,766 ids in one of Chroma's statements.
_PAGE = 30_000


class ChromaIndex(ABC):
    """Passage vectors in a Chroma collection, wherever it is."""

    restless_files: ClassVar[frozenset[str]] = frozenset()
    needs_text: ClassVar[bool] = False

    # Counting 100,000 takes Chroma as long as searching them ten times.
    _counted: int | None = None

    def write(self, removed: Sequence[int], added: Sequence[Entry]) -> None:
        """Take passages out, then in. What is added replaces what had its id."""
        self._counted = None
        if gone := set(removed) - {entry.id for entry in added}:
            self._collection.delete(ids=[str(passage_id) for passage_id in sorted(gone)])
        if added:
            matrix = np.stack([entry.vector for entry in added])
            self._collection.upsert(ids=[str(entry.id) for entry in added], embeddings=matrix)

    def search(self, vector: NDArray[np.float32], limit: int) -> tuple[Hit, ...]:
        """About the nearest `limit` passages, nearest first, equal scores by id."""
        reach = min(limit + _TIES, self.count())
        if limit < 1 or reach < 1:
            return ()
        found = self._collection.query(query_embeddings=vector[np.newaxis], n_results=reach, include=["distances"])
        (ids,), (distances,) = found["ids"], found["distances"] or [[]]
        return ranked(np.array([int(i) for i in ids]), 1.0 - np.asarray(distances, dtype=np.float32), limit)

    def count(self) -> int:
        if self._counted is None:
            self._counted = self._collection.count()
        return self._counted

    def ids(self) -> frozenset[int]:
        pages = range(0, self.count(), _PAGE)
        return frozenset(
            int(i) for offset in pages for i in self._collection.get(include=[], limit=_PAGE, offset=offset)["ids"]
        )

    @abstractmethod
    def close(self) -> None:
        """Let go of what is open."""

    @property
    @abstractmethod
    def _collection(self) -> Collection:
        """The collection, opened when it is first used."""


class VectorIndex(ChromaIndex):
    """A Chroma collection of passage vectors in a folder."""

    survives_kill: ClassVar[bool] = False
    restless_files: ClassVar[frozenset[str]] = frozenset({"chroma.sqlite3"})
    needs_text: ClassVar[bool] = False

    def __init__(self, folder: Path, expected: int = 0) -> None:
        self._folder = folder
        self._bulk = expected >= 2 * _BULK
        self._client: Client | None = None

    def close(self) -> None:
        """Let go of the files. Chroma keeps the system of a folder for the process until its last client is closed."""
        if self._bulk and self._client is not None:
            self._release()
            self._bulk = False
            self._settle()
        self._release()

    def _release(self) -> None:
        client, self._client = self._client, None
        self.__dict__.pop("_collection", None)
        if client is not None:
            client.close()

    def _settle(self) -> None:
        """Have the rest of a bulk persisted: with the new threshold Chroma does so when it next writes anything."""
        self._collection.modify(configuration={"hnsw": {"sync_threshold": _SYNC_THRESHOLD, "batch_size": 2}})
        self._release()
        if self.count():
            last = self._collection.get(include=["embeddings"], limit=2)
            self._collection.upsert(ids=last["ids"], embeddings=last["embeddings"])

    @staticmethod
    def discard(folder: Path) -> None:
        """Nothing of a generation lies anywhere but in its folder."""

    @cached_property
    def _collection(self) -> Collection:
        # onnxruntime, which chromadb imports, reports its use to a remote host unless told not to.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        from chromadb.api.client import Client
        from chromadb.config import Settings

        settings = Settings(is_persistent=True, persist_directory=str(self._folder), anonymized_telemetry=False)
        client = self._client = Client(settings=settings)
        return client.get_or_create_collection(
            _COLLECTION,
            embedding_function=None,
            configuration={
                "hnsw": {
                    "space": "cosine",
                    "ef_search": EF_SEARCH,
                    "sync_threshold": _BULK if self._bulk else _SYNC_THRESHOLD,
                    "batch_size": _BULK if self._bulk else _SYNC_THRESHOLD,
                }
            },
        )


def content_digest(folder: Path) -> str | None:
    """What Chroma's own SQLite file says that it holds, as a digest; None when it cannot be read.

    Chroma writes to the file whenever it opens it, so that no digest of its bytes can vouch for it.
    """
    digest = hashlib.blake2b(digest_size=16)
    try:
        with closing(sqlite3.connect(f"file:{folder / 'chroma.sqlite3'}?mode=ro", uri=True)) as connection:
            for query in _HOLDINGS:
                for row in connection.execute(query):
                    digest.update(repr(row).encode())
    except sqlite3.Error:
        return None
    return digest.hexdigest()
