"""The command line, which says at its end on stderr how much memory and processor time it took."""

from __future__ import annotations

import atexit
import resource
import sys
from pathlib import Path


def _tell() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"peak-kilobytes {used.ru_maxrss}", file=sys.stderr)
    print(f"processor-milliseconds {1000 * (used.ru_utime + used.ru_stime):.0f}", file=sys.stderr)
    status = Path("/proc/self/status").read_text() if Path("/proc/self/status").exists() else ""
    for line in status.splitlines():
        if line.startswith("VmPeak:"):
            print(f"space-kilobytes {line.split()[1]}", file=sys.stderr)


if __name__ == "__main__":
    atexit.register(_tell)
    from pipeline.cli import main

    main()
