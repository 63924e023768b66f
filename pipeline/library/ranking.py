"""Nearest passages by cosine similarity, exactly, and the order that every search gives its hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.library.projection import Hit

if TYPE_CHECKING:
    from numpy.typing import NDArray


class ExactVectors:
    """Vectors compared one and all: `ids` ascending, and a row of `matrix` each, of length one or all zeros."""

    def __init__(self, ids: NDArray[np.int64], matrix: NDArray[np.float32]) -> None:
        self.ids = ids
        self.matrix = matrix

    @classmethod
    def of(cls, ids: NDArray[np.int64], matrix: NDArray[np.float32]) -> ExactVectors:
        """Of ids in any order and rows of any length."""
        order = np.argsort(ids, kind="stable")
        return cls(ids[order], unit(matrix[order]))

    def covers(self, ids: NDArray[np.int64]) -> bool:
        """Whether all of these are here."""
        rows = np.searchsorted(self.ids, ids)
        return bool(len(self.ids) and rows.max(initial=0) < len(self.ids) and (self.ids[rows] == ids).all())

    def search(
        self, vector: NDArray[np.float32], limit: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[Hit, ...]:
        """The nearest `limit` passages (of `allowed`, ascending, when given), nearest first, equal scores by id."""
        if not len(self.ids):
            return ()
        (query,) = unit(vector[np.newaxis])
        if allowed is None:
            return ranked(self.ids, self.matrix @ query, limit)
        rows = np.searchsorted(self.ids, allowed)
        # Copying many rows costs more than comparing them all.
        few = len(rows) * 4 < len(self.ids)
        return ranked(allowed, self.matrix[rows] @ query if few else (self.matrix @ query)[rows], limit)


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
