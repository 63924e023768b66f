"""What every pool of processes here needs: how many there may be, and that none outlives the one that started it."""

from __future__ import annotations

import os
import signal
import threading


def cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def follow_parent() -> None:
    """Leave Ctrl-C to the process that was started by hand, and do not outlive it, however it ends."""
    import multiprocessing

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def end_with(process: multiprocessing.process.BaseProcess) -> None:
        process.join()
        os._exit(1)

    if parent is not None:
        threading.Thread(target=end_with, args=(parent,), daemon=True).start()
