"""Index files damaged in twenty ways: each is noticed, said, and made good; none crashes, none is silent.

One library is made once and copied for each row. The vectors index is asked as in a large library, which Chroma serves;
the others are asked in libraries of any size.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.library import Library, open_library
from tests.test_library_projection import NAMES, answers, stored

Damage = Callable[[Path, Path], object]
"""Damages the folder of an index; the second folder is that of another library's index of the same kind."""


def files(folder: Path) -> list[Path]:
    """The files of the serving generation, largest first, without SQLite's, which is damaged by rows of its own."""
    found = [path for path in (folder / "1").rglob("*") if path.is_file() and path.name[0] != "."]
    return sorted((p for p in found if p.stat().st_size and p.suffix != ".sqlite3"), key=lambda p: -p.stat().st_size)


def flip(path: Path, at: float) -> None:
    data = bytearray(path.read_bytes())
    data[int(len(data) * at)] ^= 0xFF
    path.write_bytes(bytes(data))


def rewrite(folder: Path, **changes: object) -> None:
    state = json.loads((folder / "state.json").read_text())
    (folder / "state.json").write_text(json.dumps(state | changes))


def replace_folder(folder: Path, other: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(other, folder)


def replace_generation(folder: Path, other: Path) -> None:
    shutil.rmtree(folder / "1")
    shutil.copytree(other / "1", folder / "1")


def make_files_folders(folder: Path, other: Path) -> None:
    for path in files(folder):
        path.unlink()
        path.mkdir()


DAMAGES: dict[str, Damage] = {
    "the largest file cut short": lambda folder, other: os.truncate(files(folder)[0], 7),
    "the largest file one byte short": lambda folder, other: os.truncate(
        files(folder)[0], files(folder)[0].stat().st_size - 1
    ),
    "every file emptied": lambda folder, other: [path.write_bytes(b"") for path in files(folder)],
    "every file zeroed": lambda folder, other: [path.write_bytes(bytes(path.stat().st_size)) for path in files(folder)],
    "every file noise": lambda folder, other: [
        path.write_bytes(os.urandom(path.stat().st_size)) for path in files(folder)
    ],
    "a byte flipped at the start": lambda folder, other: flip(files(folder)[0], 0),
    "a byte flipped in the middle": lambda folder, other: flip(files(folder)[0], 0.5),
    "a byte flipped in the smallest file": lambda folder, other: flip(files(folder)[-1], 0.5),
    "one file deleted": lambda folder, other: files(folder)[0].unlink(),
    "every file deleted": lambda folder, other: [path.unlink() for path in files(folder)],
    "files that are folders": make_files_folders,
    "the generation deleted": lambda folder, other: shutil.rmtree(folder / "1"),
    "an empty folder": lambda folder, other: (shutil.rmtree(folder), folder.mkdir()),
    "no folder": lambda folder, other: shutil.rmtree(folder),
    "another library's folder": replace_folder,
    "another library's generation": replace_generation,
    "the state deleted": lambda folder, other: (folder / "state.json").unlink(),
    "the state half-written": lambda folder, other: os.truncate(folder / "state.json", 40),
    "the state of a write that was killed": lambda folder, other: rewrite(folder, writing=True, applied=0),
    "the state of a later catalogue": lambda folder, other: rewrite(folder, applied=10**6),
    "the state of another version": lambda folder, other: rewrite(folder, layout="words 0"),
    "the state of other counts": lambda folder, other: rewrite(folder, passages=7),
    "a stale copy": lambda folder, other: replace_folder(folder, folder.with_name(f"{folder.name}.stale")),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library, the state of its indexes when it had one article less, and another library."""
    folder = tmp_path_factory.mktemp("damage")
    for name in ("library", "other"):
        with open_library(folder / name, create=True, embedding="fake", dimension=len(NAMES)) as library:
            stored(library)
            if name == "library":
                for part in ("words", "prints", "matrix", "vectors"):
                    shutil.copytree(folder / name / part, folder / name / f"{part}.stale")
            library.remove("article-1" if name == "library" else "article-2")
    return folder


def opened(folder: Path) -> Library:
    return open_library(folder / "library")


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.library.indexes.EXACT_UP_TO", 0)
    monkeypatch.setattr("pipeline.library.searching.OPENING_SECONDS", 0)


@pytest.mark.parametrize("part", ["words", "prints", "matrix", "vectors"])
@pytest.mark.parametrize("damage", DAMAGES, ids=str)
def test_damage_is_noticed_said_and_made_good(made: Path, tmp_path: Path, part: str, damage: str) -> None:
    shutil.copytree(made / "library", tmp_path / "library")
    with opened(made) as library:
        expected = answers(library)
    DAMAGES[damage](tmp_path / "library" / part, made / "other" / part)
    with opened(tmp_path) as library:
        assert answers(library) == expected
        assert [f"The {part} index" in notice for notice in library.notices] == [True], library.notices
        library.sync()
    with opened(tmp_path) as library:
        assert (answers(library), library.notices) == (expected, ())


SQLITE: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "emptied": lambda path: path.write_bytes(b""),
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "noise": lambda path: path.write_bytes(path.read_bytes()[:8192] + os.urandom(path.stat().st_size - 8192)),
    "stale": lambda path: shutil.copy(path.parents[1].with_name("vectors.stale") / "1" / path.name, path),
}


@pytest.mark.parametrize("damage", SQLITE, ids=str)
def test_damage_to_chromas_own_catalogue_is_noticed_though_it_changes_by_itself(
    made: Path, tmp_path: Path, damage: str
) -> None:
    shutil.copytree(made / "library", tmp_path / "library")
    with opened(made) as library:
        expected = answers(library)
    SQLITE[damage](tmp_path / "library" / "vectors" / "1" / "chroma.sqlite3")
    with opened(tmp_path) as library:
        assert answers(library) == expected
        assert ["The vectors index" in notice for notice in library.notices] == [True], library.notices
        library.sync()
        assert "built again" in library.notices[-1]
        assert answers(library) == expected
    with opened(tmp_path) as library:
        assert (answers(library), library.notices, library.check()) == (expected, (), ())
