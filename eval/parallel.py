"""The same work on many items, by several processes, with the results in the order of the items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from typing import Any, TypeAlias, TypeVar

from pipeline.processes import follow_parent, settle
from pipeline.spawning import WithoutMain

SetupT = TypeVar("SetupT")
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

Opener: TypeAlias = Callable[[SetupT], AbstractContextManager[Callable[[ItemT], ResultT]]]
"""From what is needed to do the work to what does it; opened once in each process."""

# A process takes a second or two to start: each is to have at least so many items.
_WORTH_A_PROCESS = 30
# Items handed over together.
_PIECE = 4


def in_order(
    opened: Opener[SetupT, ItemT, ResultT], setup: SetupT, items: Sequence[ItemT], jobs: int
) -> Iterator[ResultT]:
    """The result for each item, in the order of the items, as they are there.

    With one job, or too few items for two, all is done here. Else `opened` must be a function of a module, and it, the
    setup, the items and the results must pickle.
    """
    processes = min(jobs, len(items) // _WORTH_A_PROCESS)
    if processes < 2:
        if items:
            with opened(setup) as work:
                yield from map(work, items)
        return
    # Not forked: threads of the indexes do not survive that.
    pool = ProcessPoolExecutor(processes, WithoutMain(), _begin, (opened, setup))
    try:
        yield from pool.map(_worked, items, chunksize=_PIECE)
    finally:
        pool.shutdown(cancel_futures=True)


_OPEN = ExitStack()
_WORK: list[Callable[[Any], Any]] = []


def _begin(opened: Opener[Any, Any, Any], setup: object) -> None:
    follow_parent()
    _WORK.append(_OPEN.enter_context(opened(setup)))
    settle()


def _worked(item: object) -> Any:
    return _WORK[0](item)
