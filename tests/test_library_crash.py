"""Killed at any point, a library keeps what it acknowledged, holds nothing twice, and a second ingest ends the job."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import LibraryBusy
from pipeline.library import Library, open_library
from pipeline.types import Filters

ARTICLES, PASSAGES, DIMENSION = 48, 3, 4

# The ingest that gets killed. It says what it does, line by line; every tenth article is an update of the one before.
INGEST = f"""
import sys
import numpy as np
from pipeline.library import open_library
from pipeline.library.vectors import VectorIndex
from pipeline.types import Article, ArticleInfo, Block, Passage, Sentence

def say(*words):
    print(*words, flush=True)

def telling(self, removed, added, write=VectorIndex.write):
    say("vectors")
    write(self, removed, added)
    say("written")

VectorIndex.write = telling
say("opening")
with open_library(sys.argv[1], create=True, embedding="fake", dimension={DIMENSION}) as library:
    say("opened")
    with library.writer():
        for n in range({ARTICLES}):
            key = n - 1 if n % 10 == 9 else n
            lines = [f"Article {{n}} line {{k}} of the storm." for k in range({PASSAGES})]
            text = " ".join(lines)
            spans = [(text.index(line), text.index(line) + len(line)) for line in lines]
            info = ArticleInfo(f"article-{{key}}", f"Title {{key}}")
            blocks = (Block(0, len(text), "paragraph"),)
            article = Article(info, f"key-{{key}}", text, text.encode(), "text", "-", blocks, ())
            passages = [Passage(info.id, k, (Sentence(*spans[k], lines[k]),), 8) for k in range({PASSAGES})]
            if library.outcome(article)[0] != "unchanged":
                vectors = np.random.default_rng(n).standard_normal(({PASSAGES}, {DIMENSION}), dtype=np.float32)
                library.store(article, passages, vectors)
            say("stored", n)
            if n % 16 == 15:
                say("syncing")
                library.sync()
                say("synced")
        say("leaving")
say("done")
"""

# Kill the ingest as soon as it has said one of these for the given time: between steps, in them, and while syncing.
KILLS = [
    ("opening", 1),
    ("opened", 1),
    ("stored", 1),
    ("stored", 7),
    ("syncing", 1),
    ("vectors", 1),
    ("written", 1),
    ("stored", 29),
    ("vectors", 2),
    ("synced", 3),
]


@contextmanager
def ingest(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", INGEST, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as child:
        try:
            yield child
        finally:
            child.kill()


def run_until(child: subprocess.Popen[str], word: str, times: int) -> list[int]:
    """Read what the child says until it has said this; the numbers of the articles it has acknowledged."""
    acknowledged = []
    assert child.stdout is not None
    for line in child.stdout:
        said, *number = line.split()
        if said == "stored":
            acknowledged.append(int(number[0]))
        times -= said == word
        if not times:
            break
    return acknowledged


def version_of(n: int) -> int:
    """Which of the two articles under one key number n is stored after: 8 and 9 share one."""
    return n - 1 if n % 10 == 9 else n


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    acknowledged: set[int] = set()
    for word, times in KILLS:
        with ingest(folder) as child:
            acknowledged |= set(run_until(child, word, times))
        if not acknowledged:
            continue
        with open_library(folder) as library:
            held = {info.id for info in library.articles()}
            assert {f"article-{version_of(n)}" for n in acknowledged} <= held, (word, times)
            status = library.status()
            assert status.passages == PASSAGES * status.articles
            found = [hit.passage_id for hit in library.search_vectors(np.ones(DIMENSION, np.float32), 10_000)]
            assert len(found) == len(set(found)) == status.passages
            by_words = [hit.passage_id for hit in library.search_words("storm", 10_000)]
            assert sorted(by_words) == sorted(found)

    with ingest(folder) as child:
        assert run_until(child, "done", 1) == list(range(ARTICLES))
        assert child.wait() == 0
    with open_library(folder) as library:
        assert library.status().articles == len({version_of(n) for n in range(ARTICLES)})
        assert library.notices == ()
        assert library.check() == ()


def test_a_reader_is_not_kept_from_a_library_that_is_being_written(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with ingest(folder) as child:
        run_until(child, "stored", 5)
        with open_library(folder) as library:
            assert len(library.search_vectors(np.ones(DIMENSION, np.float32), 10_000)) >= 5 * PASSAGES
            assert library.articles(Filters(articles=("article-0",)))
            run_until(child, "leaving", 1)
            assert library.status().articles == len({version_of(n) for n in range(ARTICLES)})


def test_a_writer_in_another_process_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    open_library(folder, create=True, embedding="fake", dimension=DIMENSION).close()
    script = (
        "import sys; from pipeline.library import open_library\n"
        "with open_library(sys.argv[1]) as library, library.writer():\n"
        "    print('writing', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, str(folder)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as child,
        open_library(folder) as library,
    ):
        assert child.stdout is not None
        assert child.stdout.readline() == "writing\n"
        with pytest.raises(LibraryBusy, match=f"process {child.pid} .*since") as busy, library.writer():
            pass
        assert "Wait until it has finished" in busy.value.next_step
        child.kill()
        child.wait()
        with library.writer():
            assert json.loads((folder / "lock").read_text())["pid"] != child.pid


def test_an_error_while_writing_keeps_what_was_stored_before(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with ingest(folder) as child:
        run_until(child, "stored", 3)

    def remove_and_stop(library: Library, article_id: str) -> None:
        with library.writer():
            library.remove(article_id)
            raise KeyboardInterrupt

    with open_library(folder) as library:
        held = library.articles()
        with pytest.raises(KeyboardInterrupt):
            remove_and_stop(library, held[0].id)
        assert library.articles() == held[1:]
        library.sync()
        assert library.check() == ()


def test_an_interruption_waits_for_the_end_of_a_projections_batch() -> None:
    script = (
        "import os, signal\n"
        "from pipeline.library.locking import uninterrupted\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job is started with it ignored\n"
        "try:\n"
        "    with uninterrupted():\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "        print('finished', flush=True)\n"
        "    print('went on', flush=True)\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted')\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["finished", "interrupted"]
