"""The SQLite file of a catalogue as the rest sees it: rows out, transactions in, one connection that threads share.

Errors of SQLite come out as LibraryError.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors import EmbeddingChanged, LibraryError
from pipeline.library.schema import open_catalogue


@dataclass(frozen=True, slots=True)
class Embedding:
    """What made the vectors of one table: the model's name, how many numbers they have, and what tells it from others
    of its name; see `pipeline.embedding`."""

    id: int
    name: str
    dimension: int
    fingerprint: str

    @property
    def table(self) -> str:
        """The table of its vectors."""
        return f"vector_{self.id}"


class Database:
    """An open catalogue file. What a transaction acknowledges by returning is on disk (synchronous=FULL)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_catalogue(path)
        self._lock = threading.RLock()

    def close(self) -> None:
        self._connection.close()

    @cached_property
    def id(self) -> str:
        """What tells this library from all others."""
        return str(self.rows("SELECT value FROM setting WHERE name = 'id'")[0][0])

    @cached_property
    def serving(self) -> Embedding:
        """The embedding whose vectors serve, as of opening."""
        return Embedding(
            *self.rows("SELECT id, name, dimension, fingerprint FROM embedding WHERE id = ?", self._now())[0]
        )

    def check_serving(self) -> None:
        """Raise EmbeddingChanged when another process has put another embedding in place since this was opened."""
        if self._now() != self.serving.id:
            raise EmbeddingChanged(
                f"The vectors of {str(self._path.parent)!r} were made anew by another model while it was open",
                "Run the same command again",
            )

    def reload(self) -> None:
        """Go on with the embedding that serves now."""
        self.__dict__.pop("serving", None)

    def state(self) -> tuple[int, int]:
        """What differs whenever this process or another has changed the catalogue since."""
        ((others,),) = self.rows("PRAGMA data_version")
        return int(others), self._connection.total_changes

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._lock, self._errors():
            return self._connection.execute(query, values).fetchall()

    def execute(self, statement: str, *values: object) -> int:
        """Change something, within a transaction; the id of the row that an INSERT made."""
        return self._connection.execute(statement, values).lastrowid or 0

    def insert(self, table: str, row: dict[str, object]) -> int:
        """Insert a row, within a transaction, and give its id."""
        columns, marks = ", ".join(row), ", ".join("?" * len(row))
        return self.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", *row.values())

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that the block changes, or nothing of it."""
        with self._lock, self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def unwiped(self) -> Iterator[None]:
        """What is deleted in the block is not overwritten: many times as fast, and for what is no secret."""
        self.rows("PRAGMA secure_delete = OFF")
        try:
            yield
        finally:
            self.rows("PRAGMA secure_delete = ON")

    def _now(self) -> int:
        return int(self.rows("SELECT value FROM setting WHERE name = 'embedding'")[0][0])

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if "no such table: vector_" in str(error):  # dropped since check_serving
                self.check_serving()
            raise LibraryError(
                f"The catalogue {str(self._path)!r} failed: {error}",
                "Nothing unfinished was kept: see to the disk (space, permissions) and run the same command again, "
                "or look into it with `newsdesk check`",
            ) from error
