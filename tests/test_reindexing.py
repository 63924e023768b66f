"""Another model takes the place of the one that made a library's vectors, and nobody is without vectors meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.app import open_newsdesk
from pipeline.embedding import load_embeddings
from pipeline.errors import EmbeddingChanged, LibraryBusy, LibraryError
from pipeline.ingesting import reembed
from pipeline.library import Library, open_library
from pipeline.library.projection import Projection
from pipeline.settings import Settings
from pipeline.types import Question
from tests.test_library import DIMENSION, submission, vector
from tests.tiny_onnx import make_model

WORDS = {"storm": (1.0, 0.0, 0.1), "ferry": (0.0, 1.0, 0.1), "bridge": (0.3, 0.3, 0.3)}
LINES = ("The storm came.", "The ferry runs.", "The bridge is closed.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of three articles of three passages, one of which has a retired version, embedded by 'fake'."""
    opened = open_library(tmp_path / "library", create=True, embedding="fake", dimension=DIMENSION)
    with opened as library, library.writer():
        for n in range(3):
            library.store(*submission(f"key{n}", tuple(f"{line} {n}" for line in LINES)))
        library.store(*submission("key0", tuple(f"{line} again" for line in LINES)))
    return tmp_path / "library"


class Counting:
    """Vectors of three numbers by one word each, and how often they were asked for; fails at `failing`."""

    def __init__(self, failing: int = 0) -> None:
        self.embedded: list[int] = []
        self._failing = failing
        self._calls = 0

    def __call__(self, found: Any) -> NDArray[np.float32]:
        self._calls += 1
        if self._calls == self._failing:
            raise KeyboardInterrupt
        self.embedded += [passage.id for passage, _ in found]
        rows = [next((WORDS[word] for word in WORDS if word in passage.text), (1, 1, 1)) for passage, _ in found]
        return np.array(rows, dtype=np.float32)


def change(library: Library, embed: Any, name: str = "new") -> list[tuple[int, int]]:
    done: list[tuple[int, int]] = []
    library.reembed(name, 3, "", embed, lambda *progress: done.append(progress))
    return done


def found(library: Library, query: tuple[float, ...]) -> list[str]:
    hits = library.search_vectors(np.array(query, np.float32), 3)
    return [passage.text for passage, _ in library.passages([hit.passage_id for hit in hits])]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.library.library.REEMBEDDED", 5)


def test_all_vectors_are_the_new_models_in_the_index_too(folder: Path) -> None:
    with open_library(folder) as library:
        assert change(library, Counting()) == [(5, 12), (10, 12), (12, 12)]
        assert (library.embedding, library.dimension) == ("new", 3)
        assert all("storm" in text for text in found(library, WORDS["storm"]))
        assert library.check() == ()
    with open_library(folder, embedding="new", dimension=3) as library:
        assert library.notices == ()
        library.store(*submission("key9", ("The ferry sank.",))[:2], np.array([WORDS["ferry"]], np.float32))
        assert "The ferry sank." in found(library, WORDS["ferry"]) + found(library, (0, 1, 0.11))
    with pytest.raises(LibraryError, match=r"made by 'new'.*reindex --embedding fake"):
        open_library(folder, embedding="fake")


def test_what_was_embedded_before_an_interruption_is_not_embedded_again(folder: Path) -> None:
    with open_library(folder) as library:
        first = Counting(failing=3)
        with pytest.raises(KeyboardInterrupt):
            change(library, first)
        assert (library.embedding, len(first.embedded)) == ("fake", 10)
        assert library.search_vectors(vector("storm"), 3)
        with library.writer():
            library.store(*submission("late", ("The storm is late.",)))
    with open_library(folder) as library:
        second = Counting()
        assert change(library, second) == [(13, 13)]
        assert sorted(first.embedded + second.embedded) == sorted(set(first.embedded + second.embedded))
        assert library.check() == ()


def test_a_change_given_up_for_another_model_leaves_nothing(folder: Path) -> None:
    with open_library(folder) as library:
        with pytest.raises(KeyboardInterrupt):
            change(library, Counting(failing=2), "third")
        change(library, Counting())
        tables = library._database.rows("SELECT name FROM sqlite_schema WHERE name LIKE 'vector_%'")
        assert (len(tables), library.embedding) == (1, "new")


@pytest.mark.parametrize("step", ["build", "serve"])
def test_killed_at_the_exchange_it_is_old_or_new_and_whole(
    folder: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with open_library(folder) as library, monkeypatch.context() as patched:
        patched.setattr(Projection, step, killed)
        with pytest.raises(KeyboardInterrupt):
            change(library, Counting())
    with open_library(folder) as library:
        assert library.embedding == {"build": "fake", "serve": "new"}[step]
        query = vector("storm") if step == "build" else np.array(WORDS["storm"], np.float32)
        assert len(library.search_vectors(query, 20)) == 9
        library.sync()
        assert library.check() == ()
        change(library, Counting(), "last")
        assert library.check() == ()


def test_whoever_had_it_open_is_told_and_a_second_writer_waits(folder: Path) -> None:
    with open_library(folder) as reader, open_library(folder) as library:

        def looked_on(passages: Any) -> NDArray[np.float32]:
            assert len(reader.search_vectors(vector("storm"), 20)) == 9, "the old vectors serve all the while"
            with pytest.raises(LibraryBusy), reader.writer():
                pass
            return Counting()(passages)

        change(library, looked_on)
        with pytest.raises(EmbeddingChanged, match="Run the same command again"):
            reader.search_vectors(vector("storm"), 20)
        with pytest.raises(EmbeddingChanged), reader.writer():
            pass
        assert reader.search_words("storm", 3)


def test_a_newsdesk_goes_on_answering_through_a_change(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Storm closes the bridge\n\nThe storm closed the bridge at Fennick on Monday.\n")
    settings = Settings(library=str(tmp_path / "library"))
    with open_newsdesk(settings, create=True) as desk:
        desk.ingest([str(tmp_path / "a.txt")])
        failures: list[BaseException] = []
        answers: list[int] = []
        stop = threading.Event()

        def ask() -> None:
            try:
                while not stop.is_set() or not answers:
                    answers.append(len(desk.retrieve(Question("Which storm closed the bridge?"))))
            except BaseException as error:
                failures.append(error)

        asking = threading.Thread(target=ask)
        asking.start()
        for name in (f"onnx:{make_model(tmp_path / 'model', WORDS)}", "static"):
            with open_library(settings.library) as library:
                reembed(library, load_embeddings(name), lambda done, total: None)
        stop.set()
        asking.join()
        assert failures == []
        assert set(answers) == {1}
        assert desk.retrieve(Question("Which storm closed the bridge?"))
        assert desk.library.embedding == "static"


def test_a_model_with_other_weights_under_the_same_name_is_refused_and_a_moved_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Storm closes the bridge\n\nThe storm closed the bridge at Fennick on Monday.\n")
    model = make_model(tmp_path / "model", WORDS)
    settings = Settings(library=str(tmp_path / "library"), embedding=f"onnx:{model}")
    with open_newsdesk(settings, create=True) as desk:
        desk.ingest([str(tmp_path / "a.txt")])
    make_model(tmp_path / "moved", WORDS)
    with open_newsdesk(Settings(library=settings.library, embedding=f"onnx:{tmp_path / 'moved'}")) as desk:
        assert desk.retrieve(Question("storm"))
    make_model(model, {**WORDS, "storm": (9.0, 9.0, 9.0)})
    with pytest.raises(LibraryError, match="another model of that name"):
        open_newsdesk(Settings(library=settings.library))
