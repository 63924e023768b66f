"""Processes that are started anew, without running the script that starts them again."""

from __future__ import annotations

import sys
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from typing import Any


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
            return SpawnProcess._Popen(process_obj)
        finally:
            main |= hidden


class WithoutMain(SpawnContext):
    """The context of spawned processes that import modules only: what is sent to them must be of modules."""

    Process = _Process
