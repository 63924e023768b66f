"""Which model made a library's vectors, and how another takes its place.

The vectors of an embedding stand in a table of its own, `vector_N`, and one setting says which of them serves. New ones
are written beside it, batch by batch, and can be gone on with after a kill; when all are there, the setting is changed
in one transaction, and the old table goes after. Nobody is without vectors for a moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.library import records
from pipeline.library.database import Database, Embedding
from pipeline.library.schema import vector_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Reembedding:
    """The change of a library from the embedding that serves to another; wants the writer's lock throughout.

    Made for the same model again, it goes on where the last one was killed.
    """

    def __init__(self, database: Database, name: str, dimension: int, fingerprint: str) -> None:
        self._database = database
        begun = database.rows(
            "SELECT id FROM embedding WHERE id > ? AND name = ? AND dimension = ? AND fingerprint = ?",
            *(database.serving.id, name, dimension, fingerprint),
        )
        if begun:
            number = int(begun[0][0])
        else:
            self.finish()
            with database.transaction():
                row: dict[str, object] = {"name": name, "dimension": dimension, "fingerprint": fingerprint}
                number = database.insert("embedding", row)
                database.execute(vector_table(number))
        self.embedding = Embedding(number, name, dimension, fingerprint)

    def count(self) -> tuple[int, int]:
        """How many passages have their new vector, and how many there are, retired ones too."""
        ((done, total),) = self._database.rows(
            f"SELECT (SELECT count(*) FROM {self.embedding.table}), (SELECT count(*) FROM passage)"
        )
        return done, total

    def missing(self, limit: int) -> list[int]:
        """The first `limit` passages that have no new vector yet."""
        query = f"SELECT p.id FROM passage p LEFT JOIN {self.embedding.table} x ON x.passage_id = p.id"
        return [i for (i,) in self._database.rows(f"{query} WHERE x.passage_id IS NULL ORDER BY 1 LIMIT ?", limit)]

    def put(self, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Keep the new vectors of these passages, in one transaction."""
        blobs = records.pack_vectors(vectors, len(ids), self.embedding.dimension, self.embedding.name)
        with self._database.transaction():
            for passage_id, blob in zip(ids, blobs, strict=True):
                self._database.insert(self.embedding.table, {"passage_id": passage_id, "value": blob})

    def serve(self) -> None:
        """Let the new vectors serve: one transaction."""
        with self._database.transaction():
            self._database.execute("UPDATE setting SET value = ? WHERE name = 'embedding'", str(self.embedding.id))
        self._database.reload()

    def finish(self) -> None:
        """Drop the vectors that do not serve."""
        # The texts that they were made from are still there: nothing is given away by pages that are not wiped.
        with self._database.unwiped():
            for (number,) in self._database.rows("SELECT id FROM embedding WHERE id <> ?", self._database.serving.id):
                with self._database.transaction():
                    self._database.execute(f"DROP TABLE vector_{number}")
                    self._database.execute("DELETE FROM embedding WHERE id = ?", number)
