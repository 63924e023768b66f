"""Cleaning and cutting, the work of an ingest that is pure Python, done by as many processes as there are cores.

What comes out does not depend on how many there are: everything is pure, and results come in the order of the inputs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeAlias

from pipeline.cleaning import clean
from pipeline.errors import InputError
from pipeline.processes import cores, follow_parent
from pipeline.spawning import WithoutMain
from pipeline.types import Article, Passage, RawArticle, Rejection

Cut: TypeAlias = Callable[[Article], tuple[Passage, ...]]
"""Cuts an article into passages; must pickle, and not be of the script that was started: other processes call it."""

Prepared: TypeAlias = "tuple[Article, tuple[Passage, ...]] | Rejection"

# Articles that are prepared as one piece of work: a few hundred milliseconds.
_PIECE = 16
# So many are prepared here first: other processes take half a second to start, and most ingests are smaller than that.
_FIRST = 64
# Saved pages with their pictures inside do not travel sixteen at a time.
_PIECE_BYTES = 2_000_000


def prepare(
    found: Iterable[RawArticle | Rejection], cut: Cut, *, keep_all: bool, processes: int | None = None
) -> Iterator[Prepared]:
    """Clean and cut everything that was found, in its order; what is no article comes as a Rejection.

    At most a few pieces for each process are read ahead, so memory does not grow with the input. `processes` is by
    default the number of cores that this process may use; 1 does all here.
    """
    items = iter(found)
    for item in islice(items, _FIRST):
        yield _prepared(item, cut, keep_all)
    processes = processes or cores()
    if processes == 1:
        for item in items:
            yield _prepared(item, cut, keep_all)
        return
    yield from _by_processes(items, cut, keep_all, processes)


def _by_processes(
    items: Iterator[RawArticle | Rejection], cut: Cut, keep_all: bool, processes: int
) -> Iterator[Prepared]:
    pieces = _pieces(items)
    first = next(pieces, None)
    if first is None:
        return
    # Not forked: threads of the indexes and of the embedding model do not survive that.
    pool = ProcessPoolExecutor(processes, WithoutMain(), follow_parent)
    waiting: deque[Future[list[Prepared]]] = deque()
    try:
        waiting.append(pool.submit(_prepare_piece, first, cut, keep_all))
        for piece in pieces:
            waiting.append(pool.submit(_prepare_piece, piece, cut, keep_all))
            if len(waiting) > 2 * processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _pieces(items: Iterator[RawArticle | Rejection]) -> Iterator[list[RawArticle | Rejection]]:
    piece: list[RawArticle | Rejection] = []
    size = 0
    for item in items:
        piece.append(item)
        size += len(item.original) + len(item.text) if isinstance(item, RawArticle) else 0
        if len(piece) == _PIECE or size > _PIECE_BYTES:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _prepare_piece(piece: list[RawArticle | Rejection], cut: Cut, keep_all: bool) -> list[Prepared]:
    return [_prepared(item, cut, keep_all) for item in piece]


def _prepared(item: RawArticle | Rejection, cut: Cut, keep_all: bool) -> Prepared:
    if isinstance(item, Rejection):
        return item
    try:
        article = clean(item, keep_all=keep_all)
        return article, cut(article)
    except InputError as error:
        return Rejection(item.origin, str(error))
    except (MemoryError, RecursionError):
        return Rejection(item.origin, "it takes more memory than there is. Split it into smaller files.")
