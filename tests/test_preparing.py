"""Cleaning and cutting in several processes gives what one gives, in the same order, and leaves none behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from pipeline.chunking import chunk
from pipeline.preparing import prepare
from pipeline.tokens import count_tokens
from pipeline.types import RawArticle, Rejection

CUT = partial(chunk, count=count_tokens, max_tokens=64)


def inputs(count: int) -> list[RawArticle | Rejection]:
    """Articles of a sentence or two, every seventh empty and every eleventh refused by its reader."""
    made: list[RawArticle | Rejection] = []
    for n in range(count):
        text = "" if n % 7 == 0 else f"Barge {n} waits above Fennick lock. Its captain blames gate {n % 5}, he said."
        raw = RawArticle(text, text.encode(), "text", f"{n}.txt", title=f"Barge {n} waits")
        made.append(Rejection(f"{n}.txt", "it is not a file.") if n % 11 == 0 else raw)
    return made


def test_the_number_of_processes_makes_no_difference() -> None:
    alone, together = (list(prepare(inputs(150), CUT, keep_all=False, processes=count)) for count in (1, 2))
    assert alone == together
    assert sum(isinstance(item, Rejection) for item in alone) == sum(n % 7 == 0 or n % 11 == 0 for n in range(150))


def test_reading_ahead_is_bounded() -> None:
    taken = 0

    def counted() -> object:
        nonlocal taken
        for item in inputs(1_000):
            taken += 1
            yield item

    prepared = prepare(counted(), CUT, keep_all=False, processes=2)  # type: ignore[arg-type]
    for _ in range(70):
        next(prepared)
    assert taken < 250
    prepared.close()  # type: ignore[attr-defined]


def test_no_process_outlives_the_one_that_is_killed() -> None:
    script = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_preparing import CUT, inputs, prepare\n"
        "import multiprocessing\n"
        "if __name__ == '__main__':\n"
        "    prepared = prepare(inputs(400), CUT, keep_all=False, processes=2)\n"
        "    for _ in range(100): next(prepared)\n"
        "    print(*(child.pid for child in multiprocessing.active_children()), flush=True)\n"
        "    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        workers = [int(pid) for pid in child.stdout.readline().split()]
        assert len(workers) == 2
        child.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while any(_runs(pid) for pid in workers):
        assert time.monotonic() < deadline
        os.sched_yield()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
        return stat.read().rpartition(")")[2].split()[0] != "Z"


def test_a_script_without_a_main_guard_is_not_run_again(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "print('run', flush=True)\n"
        "from tests.test_preparing import CUT, inputs, prepare\n"
        "print(len(list(prepare(inputs(150), CUT, keep_all=False, processes=2))))\n"
        "print(__file__.endswith('script.py'))\n"
    )
    root = Path(__file__).parents[1]
    ran = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(root)}
    )
    assert ran.stdout.split() == ["run", "150", "True"]
