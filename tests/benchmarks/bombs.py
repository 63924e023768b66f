"""Bad input, one by one, each in a process of its own: how long and how much memory it takes to refuse it.

    python -m tests.benchmarks.bombs [--store] [NAME ...]

The process may take 10 s of processor time (wall time stands beside it in parentheses) and 512 MB of address space
(RLIMIT_AS), beside what the ingest of one good file takes. With `--store` the whole ingest runs, library and indexes
included; the limit is then on the memory in use, as Chroma and tantivy map far more address space than they use. A good
file goes along each time and must come in. Exit code 1 when one breaks the limits, or is not accounted for.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bombs import BOMBS

SECONDS = 10.0
MEGABYTES = 512
_FIGURE = re.compile(r"(?:processor-milliseconds|peak-kilobytes) \d+$")
_GOOD = "Mill to reopen\n\nThe paper mill at Tarrow will reopen in May with 60 workers, its new owner said on Monday.\n"


@dataclass(frozen=True)
class Outcome:
    """What a run took, and what it said."""

    seconds: float
    wall: float
    megabytes: float
    code: int
    rejected: list[str]
    taken: int
    fault: str


def run(paths: list[Path], library: Path, store: bool, address_space: int | None) -> Outcome:
    """Ingest the paths in a process with these limits."""
    command = [sys.executable, "-m", "tests.benchmarks.newsdesk", "ingest", *map(str, paths), "-l", str(library)]
    command += ["--format", "json", *([] if store else ["--dry-run"])]

    def limit() -> None:
        if address_space is not None:
            resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))

    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limit)
    try:
        out, err = process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
    seconds = time.perf_counter() - started
    text = err.decode(errors="replace")
    said = {line.split()[0]: int(line.split()[1]) for line in text.splitlines() if _FIGURE.match(line)}
    used = (said.get("processor-milliseconds", 0) / 1000, seconds, said.get("peak-kilobytes", 0) / 1024)
    try:
        report = json.loads(out)
    except ValueError:
        return Outcome(*used, process.returncode, [], 0, text.strip()[:200] or "killed")
    reasons = [rejection["reason"] for rejection in report["rejected"]]
    taken = report["added"] + report["updated"] + report["unchanged"] + report["duplicates"]
    return Outcome(*used, process.returncode, reasons, taken, "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--store", action="store_true", help="run the whole ingest, not only the dry run")
    options = parser.parse_args()
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        good = Path(folder) / "good.txt"
        good.write_text(_GOOD)
        base = run([good], Path(folder) / "base", options.store, None)
        space = None if options.store else _address_space(good, Path(folder) / "space") + MEGABYTES * 2**20
        print(
            f"an ingest of one good file: {base.seconds:.1f} s of processor, {base.wall:.1f} s, {base.megabytes:.0f} MB"
        )
        for name in options.names or BOMBS:
            bomb = Path(folder) / name
            bomb.write_bytes(BOMBS[name]())
            outcome = run([bomb, good], Path(folder) / f"library-{name}", options.store, space)
            extra, more = outcome.seconds - base.seconds, outcome.megabytes - base.megabytes
            kept = (
                outcome.code in (0, 2)
                and not outcome.fault
                and extra <= SECONDS
                and more <= MEGABYTES
                and outcome.taken >= 1
            )
            kept = kept and (outcome.taken > 1 or bool(outcome.rejected))
            broken += not kept
            said = outcome.fault or (outcome.rejected[0] if outcome.rejected else f"taken in: {outcome.taken - 1}")
            mark = "ok  " if kept else "FAIL"
            took = f"{extra:5.1f} s ({outcome.wall - base.wall:4.1f}) {more:5.0f} MB"
            print(f"{mark} {name:22} {took}  {len(outcome.rejected)} refused: {said[:100]}", flush=True)
            bomb.unlink()
    print(f"{broken} of {len(options.names or BOMBS)} break the limits of {SECONDS:.0f} s and {MEGABYTES} MB")
    return 1 if broken else 0


def _address_space(good: Path, library: Path) -> int:
    """Bytes of address space that a dry run of one good file takes: interpreter and libraries."""
    command = [sys.executable, "-m", "tests.benchmarks.newsdesk", "ingest", str(good), "-l", str(library), "--dry-run"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return next(int(line.split()[1]) * 1024 for line in said.splitlines() if line.startswith("space-kilobytes "))


if __name__ == "__main__":
    sys.exit(main())
