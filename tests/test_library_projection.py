"""What every projection must do, whichever index is behind it: the same suite for the words and the vectors."""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.library import Library, open_library
from pipeline.library.matrix import MatrixIndex
from pipeline.library.projection import BATCH, Entry, Projection
from pipeline.library.ranking import ExactVectors, ranked
from pipeline.library.server import ServerVectors
from pipeline.library.vectors import VectorIndex
from pipeline.library.words import WordIndex
from pipeline.types import Article, ArticleInfo, Block, Passage, Sentence

KINDS = [WordIndex, MatrixIndex, VectorIndex, ServerVectors]
NAMES = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett"]


def entry(number: int, name: str | None = None) -> Entry:
    """A passage that is found by its name and by its vector."""
    name = name or NAMES[number % len(NAMES)]
    vector = np.zeros(len(NAMES), np.float32)
    vector[NAMES.index(name)] = 1 + number
    return Entry(number, "A title", "", (f"the {name} passage",), vector)


def find(projection: Projection[Any], name: str) -> list[int]:
    index = projection.index()
    if index is None:
        return []
    hits = index.search(name if isinstance(index, WordIndex) else entry(0, name).vector, 100)
    return [hit.passage_id for hit in hits if isinstance(index, WordIndex) or hit.score > 0.5]


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Projection[Any]]]:
    opened: list[Projection[Any]] = []
    store = request.param
    if store is ServerVectors:
        store = ServerVectors(request.getfixturevalue("chroma_url"), uuid.uuid4().hex)

    def make_projection(layout: str = "1") -> Projection[Any]:
        opened.append(Projection(tmp_path / "index", layout, store))
        return opened[-1]

    yield make_projection
    for projection in opened:
        projection.close()


@pytest.fixture
def projection(make: Callable[..., Projection[Any]]) -> Projection[Any]:
    made = make()
    made.begin()
    return made


def test_changes_may_be_applied_any_number_of_times(projection: Projection[Any]) -> None:
    for _ in range(3):
        projection.apply([1, 2, 3], [entry(1), entry(2)], 3)
        assert (find(projection, "bravo"), find(projection, "charlie"), find(projection, "delta")) == ([1], [2], [])
    assert projection.fault(3, 2) is None


def test_a_changed_passage_replaces_the_one_with_its_id(projection: Projection[Any]) -> None:
    projection.apply([1], [entry(1)], 1)
    projection.apply([1], [entry(1, "golf")], 2)
    assert (find(projection, "bravo"), find(projection, "golf")) == ([], [1])


def test_removed_passages_are_gone_and_unknown_ones_no_matter(projection: Projection[Any]) -> None:
    projection.apply([1, 2], [entry(1), entry(2)], 2)
    projection.apply([1, 99], [], 3)
    assert (find(projection, "bravo"), find(projection, "charlie")) == ([], [2])
    assert projection.prove(frozenset({2}), projection.index().ids()) == ()


def test_a_process_that_died_before_the_state_was_written_is_made_good(
    projection: Projection[Any], make: Callable[..., Projection[Any]], tmp_path: Path
) -> None:
    projection.apply([1], [entry(1)], 1)
    before = (tmp_path / "index" / "state.json").read_text()
    projection.apply([2], [entry(2)], 2)
    projection.close()
    (tmp_path / "index" / "state.json").write_text(json.dumps(json.loads(before) | {"writing": True}))
    again = make()
    if again.fault(2, 2):
        again.serve(again.build([[entry(1), entry(2)]], 2, 2, None))
    else:
        again.apply([2], [entry(2)], 2)
    assert again.fault(2, 2) is None
    assert again.current(2) is not None, "the write that broke off is over"
    assert (find(again, "bravo"), find(again, "charlie")) == ([1], [2])


def test_another_opening_sees_what_was_applied(
    projection: Projection[Any], make: Callable[..., Projection[Any]]
) -> None:
    reader = make()
    assert find(reader, "bravo") == []
    projection.apply([1], [entry(1)], 1)
    assert find(reader, "bravo") == [1]
    projection.apply([1, 2], [entry(2)], 2)
    assert (find(reader, "bravo"), find(reader, "charlie")) == ([], [2])


def test_a_new_generation_replaces_the_old_one_when_it_is_done(projection: Projection[Any], tmp_path: Path) -> None:
    projection.apply([1], [entry(1)], 1)
    done: list[tuple[int, int]] = []
    state = projection.build([[entry(2)], [entry(3)]], 5, 2, lambda *progress: done.append(progress))
    assert (find(projection, "bravo"), find(projection, "charlie")) == ([1], []), "the old one serves until then"
    projection.serve(state)
    assert (find(projection, "bravo"), find(projection, "charlie")) == ([], [2])
    assert done == [(1, 2), (2, 2)]
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == ["2", "state.json"]
    assert projection.fault(5, 2) is None


def test_what_a_killed_build_left_is_cleared_by_the_next(projection: Projection[Any], tmp_path: Path) -> None:
    projection.apply([1], [entry(1)], 1)
    (tmp_path / "index" / "2").mkdir()
    (tmp_path / "index" / "2" / "half").touch()
    (tmp_path / "index" / "state.77").touch()
    projection.serve(projection.build([[entry(1)]], 1, 1, None))
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == ["2", "state.json"]
    assert find(projection, "bravo") == [1]


def test_an_empty_projection_finds_nothing(projection: Projection[Any]) -> None:
    assert projection.fault(0, 0) is None
    assert find(projection, "bravo") == []
    projection.apply([1], [], 1)
    assert find(projection, "bravo") == []
    assert projection.fault(1, 0) is None


@pytest.mark.parametrize(
    ("head", "live", "says"),
    [(2, 2, None), (9, 5, None), (1, 2, "ahead"), (2, 3, "holds 2 passages where the catalogue has 3")],
)
def test_a_projection_is_compared_with_the_catalogue(
    projection: Projection[Any], head: int, live: int, says: str | None
) -> None:
    projection.apply([1, 2], [entry(1), entry(2)], 2)
    fault = projection.fault(head, live)
    assert fault is None if says is None else says in fault


def test_a_projection_of_another_layout_is_not_trusted(
    projection: Projection[Any], make: Callable[..., Projection[Any]]
) -> None:
    projection.apply([1], [entry(1)], 1)
    assert "another library" in make("2").fault(1, 1)


def test_ids_that_differ_are_named(projection: Projection[Any]) -> None:
    projection.apply([1, 2], [entry(1), entry(2)], 2)
    problems = projection.prove(frozenset({2, 3}), projection.index().ids())
    assert problems == ("lacks 1 passages, such as 3", "holds 1 passages that are not live, such as 1")


def damaged_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name[0] != "." and path.stat().st_size)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "emptied": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "flipped": lambda path: path.write_bytes(bytes([path.read_bytes()[0] ^ 255]) + path.read_bytes()[1:]),
    "overwritten": lambda path: path.write_bytes(b"\xff" * path.stat().st_size),
}


@pytest.mark.parametrize("damage", DAMAGE, ids=str)
def test_damage_to_any_file_is_seen(
    projection: Projection[Any], make: Callable[..., Projection[Any]], tmp_path: Path, damage: str
) -> None:
    projection.apply([1, 2, 3], [entry(1), entry(2), entry(3)], 3)
    projection.close()
    files = [path for path in damaged_files(tmp_path / "index" / "1") if path.name != "chroma.sqlite3"]
    assert files
    for path in files:
        whole, status = path.read_bytes(), path.stat()
        DAMAGE[damage](path)
        assert "is damaged" in (make().fault(3, 3) or ""), path.name
        path.write_bytes(whole)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert make().fault(3, 3) is None


def test_a_copied_folder_is_as_good_as_the_first(
    projection: Projection[Any], make: Callable[..., Projection[Any]], tmp_path: Path
) -> None:
    projection.apply([1], [entry(1)], 1)
    projection.close()
    for path in (tmp_path / "index").rglob("*"):
        os.utime(path, ns=(1, 1))
    assert make().fault(1, 1) is None


# The library around them


def stored(library: Library) -> None:
    """Three articles of four passages each."""
    with library.writer():
        for n in range(3):
            words = [f"{NAMES[n]} {NAMES[3 + k]} {n}{k}." for k in range(4)]
            text = " ".join(words)
            spans = [(text.index(word), text.index(word) + len(word)) for word in words]
            info = ArticleInfo(f"article-{n}", "A title")
            block = (Block(0, len(text), "paragraph"),)
            article = Article(info, f"key-{n}", text, text.encode(), "text", "-", block, ())
            passages = [Passage(info.id, k, (Sentence(*spans[k], words[k]),), 3) for k in range(4)]
            vectors = np.stack([entry(k, NAMES[3 + k]).vector + entry(n, NAMES[n]).vector for k in range(4)])
            library.store(article, passages, vectors)


def answers(library: Library) -> list[tuple[int, ...]]:
    query = entry(5, "delta").vector
    return [
        tuple(hit.passage_id for hit in hits)
        for hits in (
            library.search_words("delta", 5),
            library.search_words("alpha", 9),
            library.search_vectors(query, 9),
        )
    ] + [tuple(int(outline.words.words.sum()) for outline, _ in library.outlines(range(1, 99)))]


WRECKS: dict[str, Callable[[Path], object]] = {
    "state deleted": lambda folder: (folder / "state.json").unlink(),
    "state garbage": lambda folder: (folder / "state.json").write_bytes(b"\x00{"),
    "state a list": lambda folder: (folder / "state.json").write_text("[]"),
    "state of another library": lambda folder: rewrite(folder, layout="x"),
    "state ahead": lambda folder: rewrite(folder, applied=10**6),
    "state half-written": lambda folder: rewrite(folder, writing=True, applied=0),
    "generation deleted": lambda folder: [path.unlink() for path in (folder / "1").rglob("*") if path.is_file()],
    "folder deleted": lambda folder: [
        p.unlink() if p.is_file() else p.rmdir() for p in sorted(folder.rglob("*"))[::-1]
    ],
    "files emptied": lambda folder: [path.write_bytes(b"") for path in damaged_files(folder / "1")],
    "files garbage": lambda folder: [path.write_bytes(b"\xff" * 999) for path in damaged_files(folder / "1")],
}


def rewrite(folder: Path, **changes: object) -> None:
    path = folder / "state.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize("part", ["words", "prints", "matrix", "vectors"])
@pytest.mark.parametrize("wreck", WRECKS, ids=str)
def test_a_wrecked_index_is_built_again_and_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, wreck: str
) -> None:
    monkeypatch.setattr("pipeline.library.indexes.EXACT_UP_TO", 0)
    with open_library(tmp_path / "library", create=True, embedding="fake", dimension=len(NAMES)) as library:
        stored(library)
        before = answers(library)
        assert all(before)
    WRECKS[wreck](tmp_path / "library" / part)
    with open_library(tmp_path / "library") as library:
        assert answers(library) == before
        assert [f"The {part} index" in notice for notice in library.notices] == [True]
        library.sync()
        assert "it was built again from the catalogue" in library.notices[-1]
    with open_library(tmp_path / "library") as library:
        assert (library.notices, library.check()) == ((), ())


def test_opening_leaves_chroma_to_the_next_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_library(tmp_path / "library", create=True, embedding="fake", dimension=len(NAMES)) as library:
        stored(library)
        before = answers(library)
    shutil.rmtree(tmp_path / "library" / "vectors")
    with monkeypatch.context() as patched:
        patched.setattr(VectorIndex, "__init__", lambda *_: pytest.fail("Chroma was opened"))
        with open_library(tmp_path / "library") as library:
            assert (answers(library), library.notices) == (before, ())
            assert library.status().faults == ("The vectors index is missing or cannot be read",)
    with open_library(tmp_path / "library") as library:
        library.sync()
        assert (library.status().faults, library.check()) == ((), ())


def test_a_small_reader_answers_while_another_writes_over_a_wrecked_index(tmp_path: Path) -> None:
    with open_library(tmp_path / "library", create=True, embedding="fake", dimension=len(NAMES)) as library:
        stored(library)
        before = answers(library)
        with library.writer():
            WRECKS["files garbage"](tmp_path / "library" / "words")
            WRECKS["files garbage"](tmp_path / "library" / "vectors")
            with open_library(tmp_path / "library") as reader:
                assert answers(reader) == before
        assert answers(library) == before


def test_rebuild_makes_both_anew(tmp_path: Path) -> None:
    with open_library(tmp_path / "library", create=True, embedding="fake", dimension=len(NAMES)) as library:
        stored(library)
        before, done = answers(library), []
        library.rebuild(lambda *progress: done.append(progress))
        assert (answers(library), library.check(), done) == (before, (), [(12, 12)] * 4)


def test_chromas_own_catalogue_is_proven_before_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.library.indexes.EXACT_UP_TO", 0)
    monkeypatch.setattr("pipeline.library.searching.OPENING_SECONDS", 0)
    with open_library(tmp_path / "library", create=True, embedding="fake", dimension=len(NAMES)) as library:
        stored(library)
        before = answers(library)
    sqlite = tmp_path / "library" / "vectors" / "1" / "chroma.sqlite3"
    sqlite.write_bytes(sqlite.read_bytes()[:8192] + b"\xff" * (sqlite.stat().st_size - 8192))
    with open_library(tmp_path / "library") as library:
        assert answers(library) == before
        (notice,) = library.notices
        assert notice.startswith("The vectors index is damaged (chroma.sqlite3); exact search answers until the next")
        assert any("vectors index" in problem for problem in library.check())


@pytest.mark.parametrize(("missed", "sound"), [(0, True), (1, True), (2, False)])
def test_an_index_may_miss_as_many_of_its_passages_as_approximate_search_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missed: int, sound: bool
) -> None:
    monkeypatch.setattr("pipeline.library.proof.MISSED", 0.1)
    monkeypatch.setattr("pipeline.library.indexes.EXACT_UP_TO", 0)
    with open_library(tmp_path / "library", create=True, embedding="fake", dimension=len(NAMES)) as library:
        stored(library)
        passages = frozenset(range(1, 13))
        monkeypatch.setattr("pipeline.library.proof._asked", lambda folder, probes, matrix: (passages, missed))
        problems = [problem for problem in library.check() if "vectors" in problem]
    assert ["does not find 2 of 12 probed passages" in problem for problem in problems] == ([] if sound else [True])


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 9])
def test_equal_scores_are_ranked_by_id_at_every_limit(limit: int) -> None:
    ids, scores = np.array([9, 4, 7, 2, 5]), np.array([0.5, 0.9, 0.5, 0.5, 0.1], dtype=np.float32)
    assert [hit.passage_id for hit in ranked(ids, scores, limit)] == [4, 2, 7, 9, 5][:limit]


def test_a_vector_of_zeros_is_like_nothing() -> None:
    exact = ExactVectors.of(np.array([1, 2]), np.array([[0, 0], [3, 4]], dtype=np.float32))
    hits = exact.search(np.array([6, 8], dtype=np.float32), 2)
    assert [(hit.passage_id, round(hit.score, 6)) for hit in hits] == [(2, 1.0), (1, 0.0)]


def test_more_changes_than_one_batch_are_all_applied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert BATCH <= 5_461, "Chroma takes no more at once"
    monkeypatch.setattr("pipeline.library.feed.BATCH", 5)
    with open_library(tmp_path / "library", create=True, embedding="fake", dimension=len(NAMES)) as library:
        stored(library)
        assert library.check() == ()
        assert len(answers(library)[2]) == 9
