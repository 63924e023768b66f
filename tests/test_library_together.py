"""Two readers and a writer at once see a consistent state, and an index keeps its recall under deletes and updates."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np

from eval.benchmarks.speed import recall_after_changes
from pipeline.library import open_library
from tests.test_library import DIMENSION, submission, vector

ROUNDS = 12


def test_recall_after_thirty_percent_deleted_and_thirty_replaced() -> None:
    assert recall_after_changes(1_000) >= 0.98


def test_two_readers_and_a_writer_see_whole_articles_only(tmp_path: Path) -> None:
    """Each round replaces every article: a reader finds passages of one version of each, never of two."""

    def lines(article: int, version: int) -> tuple[str, ...]:
        return tuple(f"storm {article} version {version} line {number}" for number in range(3))

    folder = tmp_path / "library"
    with open_library(folder, create=True, embedding="fake", dimension=DIMENSION) as writer:
        with writer.writer():
            for article in range(4):
                writer.store(*submission(f"key{article}", lines(article, 0)))
        done, wrong, looks = threading.Event(), list[str](), [0, 0]

        def read(place: int) -> None:
            try:
                with open_library(folder) as reader:
                    while not done.is_set() or not looks[place]:
                        for hits in (reader.search_vectors(vector("x"), 50), reader.search_words("storm", 50)):
                            found = reader.passages([hit.passage_id for hit in hits])
                            versions = {(info.id, passage.text.split()[3]) for passage, info in found}
                            if len(versions) > len({identity for identity, _ in versions}):
                                wrong.append(f"two versions of an article: {versions}")
                        looks[place] += 1
                        if reader.notices:
                            wrong.extend(reader.notices)
                    if len(reader.search_words("storm", 50)) != 12 or len(reader.search_vectors(vector("x"), 50)) != 12:
                        wrong.append("not all passages at the end")
            except Exception as error:
                wrong.append(repr(error))

        readers = [threading.Thread(target=read, args=(place,)) for place in (0, 1)]
        for reader in readers:
            reader.start()
        for version in range(1, ROUNDS):
            with writer.writer():
                for article in range(4):
                    writer.store(*submission(f"key{article}", lines(article, version)))
        done.set()
        for reader in readers:
            reader.join()
        assert wrong == []
        assert min(looks) > 0
        assert writer.check() == ()
        assert np.isfinite([hit.score for hit in writer.search_vectors(vector("x"), 50)]).all()
