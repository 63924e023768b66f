"""The word prints of all live passages in two files that are mapped into memory: what ranking reads of a candidate.

    rows     a passage each, in the order of their ids: its id, where its record begins, and where it ends (int64)
    records  the records of `pipeline.wordprints`, one after the other (uint32)

What is new has higher ids and is added at the end. A removal takes rows out and leaves their records behind, until more
of the file is left behind than in use: then it is written anew.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from pipeline.library.projection import Entry
from pipeline.wordprints import WordPrint, print_from, print_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

PRINTS_LAYOUT = "prints 1"

_ROWS = "rows"
_RECORDS = "records"


class PrintIndex:
    """The word prints of a folder."""

    survives_kill: ClassVar[bool] = False
    restless_files: ClassVar[frozenset[str]] = frozenset()
    needs_text: ClassVar[bool] = True

    def __init__(self, folder: Path, expected: int = 0) -> None:
        self._folder = folder
        self._open()

    def write(self, removed: Sequence[int], added: Sequence[Entry]) -> None:
        """Take passages out, then in. What is added replaces what had its id."""
        fresh = sorted({entry.id: entry for entry in added}.values(), key=lambda entry: entry.id)
        records = [print_of(entry.sentences, entry.title) for entry in fresh]
        ends = len(self._records) + np.cumsum([len(record) for record in records], dtype=np.int64)
        rows = np.array(
            [
                (entry.id, end - len(record), end)
                for entry, record, end in zip(fresh, records, ends.tolist(), strict=True)
            ],
            dtype=np.int64,
        ).reshape(-1, 3)
        touched = np.array(sorted({*removed, *rows[:, 0].tolist()}), dtype=np.int64)
        stays = ~np.isin(self._ids, touched, assume_unique=True)
        if records:
            self._put(_RECORDS, np.concatenate(records), "ab")
        if stays.all() and (not len(rows) or not len(self._ids) or rows[0, 0] > self._ids[-1]):
            self._put(_ROWS, rows, "ab")
        else:
            whole = np.concatenate([self._rows[stays], rows])
            self._put(_ROWS, whole[np.argsort(whole[:, 0], kind="stable")], "wb")
        self._open()
        if (self._rows[:, 2] - self._rows[:, 1]).sum() * 2 < len(self._records):
            self._compact()

    def prints(self, ids: Sequence[int]) -> list[WordPrint | None]:
        """The prints of these passages; None for one that is not here."""
        wanted = np.asarray(ids, dtype=np.int64)
        if not len(self._ids):
            return [None] * len(wanted)
        places = np.minimum(np.searchsorted(self._ids, wanted), len(self._ids) - 1)
        return [
            print_from(self._records[start:end]) if found == passage_id else None
            for passage_id, (found, start, end) in zip(wanted.tolist(), self._rows[places].tolist(), strict=True)
        ]

    def count(self) -> int:
        return len(self._ids)

    def ids(self) -> frozenset[int]:
        return frozenset(self._ids.tolist())

    def close(self) -> None:
        """Let go of the files."""
        self._hold(_NO_ROWS, _NO_RECORDS)

    @staticmethod
    def discard(folder: Path) -> None:
        """Nothing of a generation lies anywhere but in its folder."""

    def _open(self) -> None:
        rows, records = _NO_ROWS, _NO_RECORDS
        if (path := self._folder / _ROWS).is_file():
            rows = np.fromfile(path, dtype="<i8").astype(np.int64, copy=False).reshape(-1, 3)
        if (path := self._folder / _RECORDS).is_file() and path.stat().st_size:
            records = np.asarray(np.memmap(path, "<u4", "r"))
        self._hold(rows, records)

    def _hold(self, rows: NDArray[np.int64], records: NDArray[np.uint32]) -> None:
        self._rows, self._records = rows, records
        self._ids = np.ascontiguousarray(rows[:, 0])

    def _compact(self) -> None:
        """Write the records anew, without those that no row points to."""
        kept = [self._records[start:end] for start, end in self._rows[:, 1:].tolist()]
        records = np.concatenate(kept) if kept else _NO_RECORDS
        ends = np.cumsum([len(record) for record in kept], dtype=np.int64)
        starts = ends - np.array([len(record) for record in kept], dtype=np.int64)
        rows = np.stack([self._ids, starts, ends], axis=1)
        self.close()
        self._put(_RECORDS, records, "wb")
        self._put(_ROWS, rows, "wb")
        self._open()

    def _put(self, name: str, values: NDArray[np.int64] | NDArray[np.uint32], mode: str) -> None:
        beside = self._folder / (name if mode == "ab" else f"{name}.new")
        with beside.open(mode) as file:
            values.astype(values.dtype.newbyteorder("<"), copy=False).tofile(file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._folder / name)


_NO_ROWS = np.zeros((0, 3), np.int64)
_NO_RECORDS = np.zeros(0, np.uint32)
