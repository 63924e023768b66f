"""All live vectors in one file that is mapped into memory: exact search, in a new process as in an old one.

    ids          int64, ascending
    vectors.N    float32, N to a row, of length one, in the order of the ids

Nothing is read before it is compared: opening takes no time, and a filtered search touches only the rows it is about.
What is new has higher ids and is added at the end; a removal writes the files anew.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from pipeline.library.projection import Entry, Hit
from pipeline.library.ranking import ExactVectors, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

MATRIX_LAYOUT = "matrix 1"

_IDS = "ids"
_VECTORS = "vectors"


class MatrixIndex:
    """The vectors of a folder, for exact search."""

    survives_kill: ClassVar[bool] = False
    restless_files: ClassVar[frozenset[str]] = frozenset()
    needs_text: ClassVar[bool] = False

    def __init__(self, folder: Path, expected: int = 0) -> None:
        self._folder = folder
        self.exact = _mapped(folder)

    def write(self, removed: Sequence[int], added: Sequence[Entry]) -> None:
        """Take passages out, then in. What is added replaces what had its id."""
        fresh = sorted({entry.id: entry for entry in added}.values(), key=lambda entry: entry.id)
        ids = np.array([entry.id for entry in fresh], dtype=np.int64)
        matrix = unit(np.stack([entry.vector for entry in fresh])) if fresh else self.exact.matrix[:0]
        touched = np.array(sorted({*removed, *ids.tolist()}), dtype=np.int64)
        stays = ~np.isin(self.exact.ids, touched, assume_unique=True)
        if stays.all() and (not len(ids) or not len(self.exact.ids) or ids[0] > self.exact.ids[-1]):
            self._put(ids, matrix, "ab")
        else:
            kept = self.exact.ids[stays]
            order = np.argsort(np.concatenate([kept, ids]), kind="stable")
            whole = np.concatenate([self.exact.matrix[stays], matrix])[order]
            self._put(np.concatenate([kept, ids])[order], whole, "wb")
        self.exact = _mapped(self._folder)

    def search(self, vector: NDArray[np.float32], limit: int) -> tuple[Hit, ...]:
        """The nearest `limit` passages, nearest first, equal scores by id."""
        return self.exact.search(vector, limit)

    def count(self) -> int:
        return len(self.exact.ids)

    def ids(self) -> frozenset[int]:
        return frozenset(self.exact.ids.tolist())

    def close(self) -> None:
        """Let go of the files."""
        self.exact = _NOTHING

    @staticmethod
    def discard(folder: Path) -> None:
        """Nothing of a generation lies anywhere but in its folder."""

    def _put(self, ids: NDArray[np.int64], matrix: NDArray[np.float32], mode: str) -> None:
        self.exact = _NOTHING if mode == "wb" else self.exact
        for name, values in ((f"{_VECTORS}.{matrix.shape[1]}", matrix), (_IDS, ids)):
            if len(values) or mode == "wb":
                beside = self._folder / (name if mode == "ab" else f"{name}.new")
                with beside.open(mode) as file:
                    values.astype(values.dtype.newbyteorder("<"), copy=False).tofile(file)
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(self._folder / name)


def _mapped(folder: Path) -> ExactVectors:
    """The files of a folder, as far as they belong together; nothing when there are none."""
    (path, *_) = [*folder.glob(f"{_VECTORS}.[0-9]*"), None]
    if path is None or not path.stat().st_size or not (folder / _IDS).is_file():
        return _NOTHING
    dimension = int(path.suffix[1:])
    ids = np.fromfile(folder / _IDS, dtype="<i8").astype(np.int64, copy=False)
    rows = min(len(ids), path.stat().st_size // (4 * dimension))
    return ExactVectors(ids[:rows], np.memmap(path, "<f4", "r", shape=(rows, dimension)))


_NOTHING = ExactVectors(np.zeros(0, np.int64), np.zeros((0, 0), np.float32))
