"""How fast a library is searched: in one process and from the command line, warm and cold, beside exact search.

Data: any folder of articles (`articles.jsonl[.gz]` or .txt files), of whose sentences a library of `--limit` passages
(100,000 if not given) is mixed once and kept in the user's cache folder; see `eval.benchmarks.mixture`.

`retrieve_ms`     a whole hybrid retrieval, from the question to numbered evidence: the first, then p50, p95, p99; also
                  `retrieve_before_chroma_ms`, while exact search still answers, and `retrieve_processor_ms`, the
                  processor time of all threads, which tells more than the clock where others work on the machine
`words_ms`, `exact_ms`, `chroma_ms`    its parts, and the two ways to search vectors, on the same questions
`chroma_recall@20`    of the 20 nearest passages by exact search, how many Chroma finds
`updated_recall@10`   the same for 10 after 30% of the passages of a small index were deleted and 30% replaced
`memory_mb`       the largest resident size of the process
`command_s`       `newsdesk search` as a user starts it; `python_s` is Python's own start in that, `help_s` is
                  `newsdesk --help`; the least of three each
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from eval.benchmarks.corpus import shelf
from eval.benchmarks.mixture import Corpus, fill, questions, read_corpus
from pipeline.embedding import StaticEmbeddings, embed_question
from pipeline.library import Hit, open_library
from pipeline.library.projection import Entry
from pipeline.library.ranking import ExactVectors
from pipeline.library.schema import SCHEMA_VERSION
from pipeline.library.vectors import VectorIndex
from pipeline.settings import Settings
from pipeline.types import Question

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from eval.benchmarks import How, Progress
    from pipeline.app import Newsdesk

Item = TypeVar("Item")

PASSAGES = 100_000
QUESTIONS = 200
# What is deleted from and replaced in a small index, and its size.
_CHANGED = 0.3
_CHANGED_SIZE = 4_000
_STARTS = 3


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """The figures, ready for JSON."""
    from pipeline.app import open_newsdesk

    passages = limit or PASSAGES
    corpus = read_corpus(data)
    folder = _library(data, corpus, passages, progress)
    asked = questions(corpus, QUESTIONS)
    with open_newsdesk(replace(settings, library=str(folder), embedding=None)) as desk:
        first = _milliseconds(lambda text: desk.retrieve(Question(text)), asked[0])
        figures = _in_process(desk, asked, first, progress)
    recall = recall_after_changes(_CHANGED_SIZE)
    return {"passages": passages, **figures, "updated_recall@10": recall, **_commands(folder, asked[0])}


def recall_after_changes(size: int) -> float:
    """The share of the 10 nearest by exact search that Chroma finds, after 30% deletes and 30% updates."""
    dice = np.random.default_rng(0)
    basis = dice.standard_normal((16, 64))
    made = (dice.standard_normal((2 * size, 16)) @ basis).astype(np.float32)
    vectors = {number: made[number] for number in range(size)}
    with tempfile.TemporaryDirectory() as folder:
        index = VectorIndex(Path(folder))
        index.write((), [_entry(number, vector) for number, vector in vectors.items()])
        order = dice.permutation(size).tolist()
        gone, changed = order[: int(size * _CHANGED)], order[-int(size * _CHANGED) :]
        for number in gone:
            del vectors[number]
        for number in changed:
            vectors[number] = made[size + number]
        index.write(gone, [_entry(number, vectors[number]) for number in changed])
        exact = ExactVectors.of(np.array(list(vectors)), np.stack(list(vectors.values())))
        queries = (dice.standard_normal((100, 16)) @ basis).astype(np.float32)
        recalls = [_share(exact.search(query, 10), index.search(query, 10)) for query in queries]
        index.close()
    return float(np.mean(recalls))


def _library(data: Path, corpus: Corpus, passages: int, progress: Progress) -> Path:
    """The mixed library of so many passages, made if it is not there."""
    folder = shelf("speed") / f"{data.resolve().name}-{passages}-{SCHEMA_VERSION}"
    if not folder.is_dir():
        work = folder.with_name(f"{folder.name}.{os.getpid()}")
        model = StaticEmbeddings()
        with open_library(work, create=True, embedding=model.name, dimension=model.dimension) as library:
            fill(library, corpus, passages, progress)
        work.replace(folder)
    return folder


def _in_process(desk: Newsdesk, asked: Sequence[str], first: float, progress: Progress) -> dict[str, Any]:
    library, model = desk.library, StaticEmbeddings()
    vectors = [embed_question(model, text) for text in asked]
    before = _spread(asked[:20], lambda text: desk.retrieve(Question(text)))
    figures: dict[str, Any] = {"retrieve_before_chroma_ms": before}
    while (chroma := library.neighbours()) is None and library.indexes.large and not library.notices:
        desk.retrieve(Question(asked[0]))
    figures["retrieve_ms"] = {"first": first} | _spread(asked, lambda text: desk.retrieve(Question(text)), progress)
    figures["retrieve_processor_ms"] = _spread(
        asked, lambda text: desk.retrieve(Question(text)), clock=time.process_time
    )
    figures["words_ms"] = _spread(asked, lambda text: library.search_words(text, 150))
    exact = library.indexes.matrix.index()
    assert exact is not None
    figures["exact_ms"] = _spread(vectors, lambda vector: exact.search(vector, 150))
    if chroma is not None:
        figures["chroma_ms"] = _spread(vectors, lambda vector: chroma.search(vector, 150))
        recalls = [_share(exact.search(vector, 20), chroma.search(vector, 20)) for vector in vectors]
        figures["chroma_recall@20"] = float(np.mean(recalls))
    return figures | {"memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000}


def _commands(folder: Path, question: str) -> dict[str, float]:
    """Seconds of wall time, the least of a few, of commands as a user starts them."""
    newsdesk = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    return {
        "python_s": _seconds([sys.executable, "-c", "pass"]),
        "help_s": _seconds([*newsdesk, "--help"]),
        "command_s": _seconds([*newsdesk, "search", question, "--library", str(folder)]),
    }


def _seconds(command: list[str]) -> float:
    def once() -> float:
        begun = time.perf_counter()
        ran = subprocess.run(command, capture_output=True, check=False)
        if ran.returncode not in (0, 3):
            raise RuntimeError(ran.stderr.decode(errors="replace"))
        return time.perf_counter() - begun

    return round(min(once() for _ in range(_STARTS)), 3)


def _spread(
    items: Sequence[Item],
    work: Callable[[Item], object],
    progress: Progress = lambda done, of, what: None,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """p50, p95 and p99 of the milliseconds that work on one item takes."""
    taken = []
    for number, item in enumerate(items, 1):
        taken.append(_milliseconds(work, item, clock))
        progress(number, len(items), "questions")
    return {f"p{share}": round(float(np.percentile(taken, share)), 2) for share in (50, 95, 99)}


def _milliseconds(work: Callable[[Item], object], item: Item, clock: Callable[[], float] = time.perf_counter) -> float:
    begun = clock()
    work(item)
    return round((clock() - begun) * 1_000, 2)


def _share(expected: Sequence[Hit], found: Sequence[Hit]) -> float:
    return len({hit.passage_id for hit in expected} & {hit.passage_id for hit in found}) / len(expected)


def _entry(number: int, vector: NDArray[np.float32]) -> Entry:
    return Entry(number, "", "", (), vector)
