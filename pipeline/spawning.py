"""Processes that are started anew, one for each core, without running the script that starts them again."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from typing import Any

# With a process on each core, threads of a matrix product only wait for one another: cleaning takes 1.6 times the
# processor time with them. numpy reads this when it is loaded, so it has to be there when the process starts.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class _Process(SpawnProcess):
    """A new process that does not import the script that started this one: it would run it again from its top, unless
    its author knew of `if __name__ == "__main__"`."""

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802
        main = vars(sys.modules["__main__"])
        hidden: dict[str, Any] = {name: main[name] for name in ("__spec__", "__file__") if name in main}
        main["__spec__"] = None
        main.pop("__file__", None)
        try:
            with _one_thread():
                return SpawnProcess._Popen(process_obj)
        finally:
            main |= hidden


class WithoutMain(SpawnContext):
    """The context of spawned processes that import modules only, and whose matrix products take one thread.

    What is sent to them must be of modules.
    """

    Process = _Process


@contextmanager
def _one_thread() -> Iterator[None]:
    """Processes started meanwhile find _ONE_THREAD in their environment; this one is as before afterwards."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(_ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
