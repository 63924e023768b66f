"""Nearest passages by cosine similarity: exactly with numpy, or by Chroma where a library has outgrown that.

Chroma holds ids and vectors only. It is neither crash-safe nor safe with two writers, which is why it is a projection
and never asked while it is being written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from pipeline.library.projection import Entry, Hit

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection
    from numpy.typing import NDArray

VECTORS_LAYOUT = "vectors 1"

# Recall of the 20 nearest among 100,000: 0.962 with Chroma's own 100, 0.986 with 200 (0.9 ms), 0.996 with 500 (1.8 ms).
_EF_SEARCH = 500
# Every write persists its graph. Chroma's own 1,000 leave the rest to be inserted again by every process that opens the
# folder, which rewrites the files; and adding 30,000 took 31 s with it, 13 s with this.
_SYNC_THRESHOLD = 1
# How many more are asked for, so that which of several equal ones get in is decided by id.
_TIES = 16
_COLLECTION = "passages"
# SQLite takes at most 32,766 ids in one of Chroma's statements.
_PAGE = 30_000


class VectorIndex:
    """A Chroma collection of passage vectors in a folder."""

    survives_kill: ClassVar[bool] = False
    restless_files: ClassVar[frozenset[str]] = frozenset({"chroma.sqlite3"})

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._client: Client | None = None

    def write(self, removed: Sequence[int], added: Sequence[Entry]) -> None:
        """Take passages out, then in. What is added replaces what had its id."""
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
        return self._collection.count()

    def ids(self) -> frozenset[int]:
        pages = range(0, self.count(), _PAGE)
        return frozenset(
            int(i) for offset in pages for i in self._collection.get(include=[], limit=_PAGE, offset=offset)["ids"]
        )

    def close(self) -> None:
        """Let go of the files. Chroma keeps the system of a folder for the process until its last client is closed."""
        client, self._client = self._client, None
        self.__dict__.pop("_collection", None)
        if client is not None:
            client.close()

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
                    "ef_search": _EF_SEARCH,
                    "sync_threshold": _SYNC_THRESHOLD,
                    "batch_size": _SYNC_THRESHOLD,
                }
            },
        )


class ExactVectors:
    """Vectors in memory, compared one and all. Rows are scaled to length one; a vector of zeros is like nothing."""

    def __init__(self, ids: NDArray[np.int64], matrix: NDArray[np.float32]) -> None:
        order = np.argsort(ids, kind="stable")
        self.ids = ids[order]
        self._matrix = unit(matrix[order])

    def covers(self, ids: NDArray[np.int64]) -> bool:
        """Whether all of these, ascending, are here."""
        rows = np.searchsorted(self.ids, ids)
        return bool(len(self.ids) and rows.max(initial=0) < len(self.ids) and (self.ids[rows] == ids).all())

    def search(
        self, vector: NDArray[np.float32], limit: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[Hit, ...]:
        """The nearest `limit` passages (of `allowed`, ascending, when given), nearest first, equal scores by id."""
        (query,) = unit(vector[np.newaxis])
        if allowed is None:
            return ranked(self.ids, self._matrix @ query, limit)
        rows = np.searchsorted(self.ids, allowed)
        # Copying many rows costs more than comparing them all.
        few = len(rows) * 4 < len(self.ids)
        return ranked(allowed, self._matrix[rows] @ query if few else (self._matrix @ query)[rows], limit)


def sound(folder: Path, passages: int) -> bool:
    """Whether Chroma's own SQLite file is whole and holds this many passages: asked before the folder is opened.

    Chroma writes to the file whenever it opens it, so no digest can vouch for it.
    """
    try:
        with closing(sqlite3.connect(f"file:{folder / 'chroma.sqlite3'}?mode=ro", uri=True)) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
            (count,) = connection.execute("SELECT count(*) FROM embeddings").fetchone()
    except sqlite3.Error:
        return False
    return bool(verdict == "ok" and count == passages)


def ranked(ids: NDArray[np.int64], scores: NDArray[np.float32], limit: int) -> tuple[Hit, ...]:
    """The `limit` highest scores, highest first, equal ones by id."""
    if limit < 1 or not len(ids):
        return ()
    if limit < len(ids):
        # The last score that gets in, with all that equal it, so that which of them do is decided by id.
        least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        inside = np.flatnonzero(scores >= least)
        ids, scores = ids[inside], scores[inside]
    best = np.lexsort((ids, -scores))[:limit]
    return tuple(Hit(int(ids[row]), float(scores[row])) for row in best)


def unit(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows scaled to length one; rows of zeros as they are."""
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(lengths > 0, lengths, 1), dtype=np.float32)
