"""Never lost: an ingest killed at random moments and at every step, and with a disk that is full, over and over.

Data: `articles.jsonl[.gz]` as of the realtimeqa benchmark, of which the first 60 (or `limit`) are taken in. The ingest
is a process of its own that tells what it has stored. It is killed with SIGKILL, or may write no more pages or no
larger files. After each failure the library is opened and asked by words and by vectors, which is timed, and held
against what was acknowledged; the next ingest goes on from there. When one comes through, it must hold what an
undisturbed one holds, and a new library is begun.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from eval.benchmarks.records import find, read_records
from pipeline.errors import NewsdeskError
from pipeline.library import Library, open_library
from pipeline.settings import Settings

if TYPE_CHECKING:
    from eval.benchmarks import How, Progress

ARTICLES = 60
RANDOM_KILLS = 200
FULL_DISKS = 50
# The steps of an ingest that tell of themselves; it is killed at the start and at the end of each, early and later.
STEPS = ("store", "write words", "write matrix", "write vectors", "state", "prune")
SECONDS_TO_OPEN = 10.0
# Of so many failures one is followed by a full check, which reads everything.
_CHECKED = 5

# The child: an ingest that tells its steps. Small batches and much catching up make the steps many.
_CHILD = """
import json, resource, sys
folder, articles, pages, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])

def say(*words):
    print(json.dumps(words), flush=True)

def telling(owner, name, step):
    plain = getattr(owner, name)
    def told(*arguments, **named):
        say("begin", step)
        result = plain(*arguments, **named)
        say("end", step)
        return result
    setattr(owner, name, told)

import pipeline.ingesting as ingesting
import pipeline.preparing as preparing
from pipeline.app import open_newsdesk
from pipeline.library.feed import Feed
from pipeline.library.intake import Intake
from pipeline.library.matrix import MatrixIndex
from pipeline.library.projection import Projection
from pipeline.library.vectors import VectorIndex
from pipeline.library.words import WordIndex
from pipeline.settings import Settings
ingesting.BATCH, ingesting.SYNC_EVERY, preparing._FIRST = 4, 3, 10**9
telling(Intake, "store", "store")
telling(WordIndex, "write", "write words")
telling(MatrixIndex, "write", "write matrix")
telling(VectorIndex, "write", "write vectors")
telling(Projection, "_put", "state")
telling(Feed, "prune", "prune")
if size:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
with open_newsdesk(Settings(library=folder), create=True) as desk:
    if pages:
        connection = desk.library._database._connection
        (now,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {now + pages}")
    say("opened")
    desk.ingest([articles], on_progress=lambda origin: say("stored", origin))
say("done")
"""

Stop: TypeAlias = Callable[["Said"], bool]
"""Whether to kill the ingest now, by what it has said so far."""


@dataclass
class Said:
    """What an ingest has told: the origins of what is stored, and how often each of its steps began and ended."""

    stored: set[str] = field(default_factory=set)
    steps: dict[tuple[str, str], int] = field(default_factory=dict)
    done: bool = False

    def hear(self, line: str) -> None:
        """Take a line in; one that was cut off says nothing."""
        try:
            word, *rest = json.loads(line)
        except ValueError:
            return
        self.done = self.done or word == "done"
        if word == "stored":
            self.stored.add(rest[0])
        elif word in ("begin", "end"):
            self.steps[word, rest[0]] = self.steps.get((word, rest[0]), 0) + 1


@dataclass
class Trial:
    """Libraries that are ingested into under failures, one after the other, and what was found wrong."""

    folder: Path
    articles: Path
    expected: frozenset[str] = frozenset()
    acknowledged: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    number: int = 0
    failures: int = 0
    completed: int = 0
    slowest: float = 0.0

    @property
    def library(self) -> Path:
        return self.folder / f"library-{self.number}"

    def disturb(
        self, what: str, stop: Stop | None = None, seconds: float = 3600.0, pages: int = 0, size: int = 0
    ) -> None:
        """Ingest until `stop` says so, the time is over or the disk is full; then look at what is there."""
        said, _ = ingest(self.library, self.articles, stop, seconds, pages, size)
        self.acknowledged |= said.stored & self.expected if self.expected else said.stored
        self.failures += not said.done
        if not (self.library / "library.sqlite").exists():
            return
        try:
            begun = time.perf_counter()
            with open_library(self.library) as library:
                library.search_words("the a of and to in", 20)
                library.search_vectors(np.ones(library.dimension, dtype=np.float32), 20)
                self.slowest = max(self.slowest, time.perf_counter() - begun)
                self.problems += [f"after {what}: {problem}" for problem in self._seen(library, said.done)]
        except NewsdeskError as error:
            if self.acknowledged:
                self.problems.append(f"after {what}: {error}")
        if said.done:
            self.number, self.acknowledged, self.completed = self.number + 1, set(), self.completed + 1

    def _seen(self, library: Library, done: bool) -> Iterator[str]:
        held = [library.article(info.id).origin for info in library.articles()]
        status = library.status()
        if lost := self.acknowledged - set(held):
            yield f"{len(lost)} acknowledged articles are lost"
        if len(held) != len(set(held)) or status.versions != len(held):
            yield "an article is there twice"
        found = [hit.passage_id for hit in library.search_words("the a of and to in", 10**6)]
        if len(found) != len(set(found)) or len(found) > status.passages:
            yield "a passage is found twice"
        if done and frozenset(held) != self.expected:
            yield f"the ingest came through with {len(held)} of {len(self.expected)} articles"
        if done or self.failures % _CHECKED == 0:
            library.sync()
            yield from library.check()


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """Disturb ingests by RANDOM_KILLS, by kills at every step, and by FULL_DISKS; what was lost, how fast it opened."""
    records = read_records(find(data, "articles.jsonl"), ("text",), limit or ARTICLES)
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.jsonl"
        articles.write_text("\n".join(json.dumps(record) for record in records))
        trial = Trial(Path(folder), articles)
        _, seconds = ingest(trial.library, articles)
        with open_library(trial.library) as library:
            trial.expected = frozenset(library.article(info.id).origin for info in library.articles())
            grown = (trial.library / "library.sqlite").stat().st_size
        trial.number = 1
        return disturbed(trial, seconds, grown, progress)


def disturbed(trial: Trial, seconds: float, grown: int, progress: Progress, scale: float = 1.0) -> dict[str, object]:
    """The figures, of a trial whose undisturbed ingest took so long and made a catalogue of so many bytes."""
    chance = random.Random(0)
    kills, disks = round(RANDOM_KILLS * scale), round(FULL_DISKS * scale)
    for number in range(kills):
        trial.disturb(f"random kill {number}", seconds=chance.uniform(0, seconds))
        progress(number + 1, kills, "random kills")
    moments = list(product(("begin", "end"), STEPS, (1, 4)))
    for number, (edge, step, times) in enumerate(moments, 1):
        trial.disturb(f"a kill at the {edge} of {step!r}", _at(edge, step, times))
        progress(number, len(moments), "kills at steps")
    for number in range(disks):
        # By turns the catalogue may not grow, and no file at all may, index files included.
        pages = chance.randrange(1, max(2, grown // 4096)) if number % 2 else 0
        size = 0 if pages else chance.randrange(50_000, max(60_000, grown))
        trial.disturb(f"full disk {number}", pages=pages, size=size)
        progress(number + 1, disks, "full disks")
    trial.disturb("the last ingest")
    if not trial.completed:
        trial.problems.append("no ingest came through")
    return {
        "lost_or_doubled": len(trial.problems),
        "problems": trial.problems[:20],
        "random_kills": kills,
        "kills_at_steps": len(moments),
        "full_disks": disks,
        "ingests_that_failed": trial.failures,
        "ingests_that_came_through": trial.completed,
        "slowest_open_and_first_answers_seconds": trial.slowest,
        "opens_within_the_limit": trial.slowest <= SECONDS_TO_OPEN,
        "articles": len(trial.expected),
    }


def _at(edge: str, step: str, times: int) -> Stop:
    return lambda said: said.steps.get((edge, step), 0) >= times


def ingest(
    library: Path, articles: Path, stop: Stop | None = None, seconds: float = 3600.0, pages: int = 0, size: int = 0
) -> tuple[Said, float]:
    """Ingest in another process, killed when `stop` says so or after these seconds: what it said, and how long it ran.

    It may add `pages` to the catalogue and write no file larger than `size` bytes, where these are not 0.
    """
    command = [sys.executable, "-c", _CHILD, str(library), str(articles), str(pages), str(size)]
    said, begun = Said(), time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdout is not None
        timer = threading.Timer(seconds, child.kill)
        timer.start()
        for line in child.stdout:
            said.hear(line)
            if stop is not None and stop(said):
                child.kill()
        timer.cancel()
        child.wait()
    return said, time.perf_counter() - begun
