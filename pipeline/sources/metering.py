"""How much of what is to be read has been read, in bytes of the files: for a progress line with the time left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path


@dataclass
class Meter:
    """Bytes to be read and bytes read so far; `total` is 0 until it is known, and when not all inputs are files."""

    total: int = 0
    done: int = 0

    def expect(self, files: Iterable[Path]) -> None:
        """Count what these files hold."""
        for file in files:
            with suppress(OSError):
                self.total += file.stat().st_size

    @contextmanager
    def reading(self, file: Path) -> Iterator[Metered]:
        """Count one file while it is read, and the whole of it at the end, however far it was read."""
        before = self.done
        try:
            yield Metered(self, before)
        finally:
            with suppress(OSError):
                self.done = before + file.stat().st_size


@dataclass(frozen=True, slots=True)
class Metered:
    """The place of one file in a Meter."""

    meter: Meter
    before: int

    def at(self, stream: BufferedReader) -> None:
        """Count what has been read of the file's stream."""
        self.meter.done = self.before + stream.tell()
