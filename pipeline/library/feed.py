"""What the indexes take from the catalogue: its live passages with their vectors, and the changes in order (outbox)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.library import records
from pipeline.library.database import Database, Embedding
from pipeline.library.filtering import LIVE
from pipeline.library.projection import BATCH, Entry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LIVE_PASSAGES = f"version v JOIN passage p ON p.version_id = v.id WHERE {LIVE}"


class Feed:
    """The passages of an open catalogue, with the vectors that serve or those of a given `embedding`.

    `head` counts every change of the live passages and never goes back.
    """

    def __init__(self, database: Database, embedding: Embedding | None = None) -> None:
        self._database = database
        self._given = embedding

    @property
    def embedding(self) -> Embedding:
        return self._given or self._database.serving

    def of(self, embedding: Embedding) -> Feed:
        """The same passages with the vectors of another embedding."""
        return Feed(self._database, embedding)

    def head(self) -> int:
        """The sequence of the last change ever written to the outbox."""
        rows = self._database.rows("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")
        return int(rows[0][0]) if rows else 0

    def changed(self, after: int) -> tuple[list[int], int] | None:
        """Passages that came or went after sequence `after`, at most BATCH of them, and the last sequence covered.

        None when the change that follows `after` has been forgotten, or there is none yet.
        """
        query = f"SELECT sequence, passage_id FROM outbox WHERE sequence > ? ORDER BY 1 LIMIT {BATCH}"
        found = self._database.rows(query, after)
        if not found or found[0][0] != after + 1:
            return None
        return sorted({passage_id for _, passage_id in found}), found[-1][0]

    def prune(self, applied: int) -> None:
        """Forget the changes up to this sequence: every projection has them."""
        with self._database.transaction():
            self._database.execute("DELETE FROM outbox WHERE sequence <= ?", applied)

    def live_passages(self) -> int:
        # What the versions say that they have: to count a million passages takes half a second.
        return int(self._database.rows(f"SELECT coalesce(sum(v.passages), 0) FROM version v WHERE {LIVE}")[0][0])

    def live_ids(self) -> frozenset[int]:
        return frozenset(i for (i,) in self._database.rows(f"SELECT p.id FROM {_LIVE_PASSAGES}"))

    def among_live(self, ids: Sequence[int]) -> frozenset[int]:
        """Those of these passages that are live."""
        query = f"SELECT p.id FROM {_LIVE_PASSAGES} AND p.id IN (SELECT value FROM json_each(?))"
        return frozenset(i for (i,) in self._database.rows(query, json.dumps(list(ids))))

    def entries(self, ids: Sequence[int], *, retired: bool = False) -> list[Entry]:
        """These passages as the indexes take them in: the live ones, or all that are stored."""
        import numpy as np

        found = self._database.rows(
            f"""SELECT p.id, v.title, p.heading, p.sentences, x.value, v.id
                FROM passage p
                JOIN version v ON v.id = p.version_id
                JOIN {self.embedding.table} x ON x.passage_id = p.id
                WHERE p.id IN (SELECT value FROM json_each(?)) {"" if retired else f"AND {LIVE}"} ORDER BY p.id""",
            json.dumps(list(ids)),
        )
        texts = version_texts(self._database, {row[5] for row in found})
        return [
            Entry(
                passage_id,
                title,
                heading,
                tuple(sentence.text for sentence in records.unpack_sentences(packed, texts[version_id])),
                np.frombuffer(value, dtype="<f4"),
            )
            for passage_id, title, heading, packed, value, version_id in found
        ]

    def all_entries(self, *, with_text: bool = True) -> Iterator[list[Entry]]:
        """All live passages, BATCH at a time; without their texts about twenty times as fast."""
        ids = sorted(self.live_ids())
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            yield self.entries(batch) if with_text else self._vector_entries(batch)

    def _vector_entries(self, ids: Sequence[int]) -> list[Entry]:
        found, matrix = self.vectors(ids)
        return [Entry(i, "", "", (), vector) for i, vector in zip(found.tolist(), matrix, strict=True)]

    def vectors(self, ids: Iterable[int] | None = None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The ids and, row by row, the vectors of these passages that are stored, or of all live ones."""
        import numpy as np

        table = self.embedding.table
        if ids is None:
            live = f"SELECT p.id FROM {_LIVE_PASSAGES}"
            found = self._database.rows(f"SELECT passage_id, value FROM {table} WHERE passage_id IN ({live})")
        else:
            query = f"SELECT passage_id, value FROM {table} WHERE passage_id IN (SELECT value FROM json_each(?))"
            found = self._database.rows(query, json.dumps([int(i) for i in ids]))
        matrix = np.frombuffer(b"".join(value for _, value in found), dtype="<f4")
        return np.array([i for i, _ in found], dtype=np.int64), matrix.reshape(-1, self.embedding.dimension)


def version_texts(database: Database, versions: Iterable[int]) -> dict[int, str]:
    """The texts of these versions by their row ids."""
    query = "SELECT version_id, text FROM body WHERE version_id IN (SELECT value FROM json_each(?))"
    return dict(database.rows(query, json.dumps(list(versions))))
