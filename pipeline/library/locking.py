"""One writer at a time, whoever it is, and no interruption where one would cost a rebuild.

The operating system holds the lock and drops it when the process ends, however it ends, so no lock is ever left behind.
The lock file says who holds it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType

from pipeline.errors import LibraryBusy


class WriterLock:
    """The writer's place in a library: one thread of one process has it. Entered again by the same thread, it nests."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.RLock()
        self._descriptor: int | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; raises LibraryBusy, naming the holder, when another has it."""
        if not self._threads.acquire(blocking=False):
            raise self._busy()
        try:
            if self._descriptor is not None:
                yield
                return
            self._descriptor = self._lock_file()
            try:
                yield
            finally:
                descriptor, self._descriptor = self._descriptor, None
                os.close(descriptor)
        finally:
            self._threads.release()

    def _lock_file(self) -> int:
        from filelock import lock_descriptor

        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if not lock_descriptor(descriptor, blocking=False):
                raise self._busy()
            os.ftruncate(descriptor, 0)
            os.write(descriptor, b" " + json.dumps(_this_process()).encode())
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _busy(self) -> LibraryBusy:
        return LibraryBusy(
            f"The library {str(self._path.parent)!r} is being written by {self._holder()}",
            "Wait until it has finished, then run the same command again",
        )

    def _holder(self) -> str:
        try:
            # On Windows the first byte is the locked one and cannot be read: the record starts behind it.
            with self._path.open("rb") as file:
                file.seek(1)
                holder = json.load(file)
            return f"process {holder['pid']} ({holder['command']}, since {holder['since']})"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put Ctrl-C and SIGTERM off until the block is done: for work of a few seconds that is lost when cut short.

    Signals can be handled in the main thread only; in another the block just runs.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    received: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        received.append(number)

    before = [(number, signal.signal(number, note)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield
    finally:
        for deferred, handler in before:
            signal.signal(deferred, handler)
        for number in received:
            signal.raise_signal(number)


def _this_process() -> dict[str, object]:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
    return {"pid": os.getpid(), "command": command[:200], "since": datetime.now().isoformat(" ", "seconds")}
