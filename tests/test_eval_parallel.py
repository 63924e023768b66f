"""Work shared by processes: the same results in the same order, however many there are."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from eval.parallel import in_order
from pipeline.processes import settle


@contextmanager
def adding(what: int) -> Iterator[Callable[[int], tuple[int, int]]]:
    yield lambda item: (item + what, os.getpid())


@contextmanager
def failing(what: int) -> Iterator[Callable[[int], int]]:
    def work(item: int) -> int:
        if item == what:
            raise ValueError(f"{item} cannot be done")
        return item

    yield work


@pytest.mark.parametrize(("count", "jobs", "processes"), [(0, 2, 0), (59, 2, 1), (61, 1, 1), (61, 2, 2), (70, 9, 2)])
def test_results_come_in_order_from_as_many_processes_as_are_worth_it(count: int, jobs: int, processes: int) -> None:
    results = list(in_order(adding, 100, range(count), jobs))
    assert [value for value, _ in results] == [item + 100 for item in range(count)]
    workers = {worker for _, worker in results}
    assert len(workers) <= processes
    assert (os.getpid() in workers) == (processes == 1)


def test_what_is_loaded_is_collected_no_more() -> None:
    try:
        settle()
        assert gc.get_freeze_count() > len(gc.get_objects())
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_fails_in_a_process_fails_here(jobs: int) -> None:
    with pytest.raises(ValueError, match="70 cannot be done"):
        list(in_order(failing, 70, range(80), jobs))
