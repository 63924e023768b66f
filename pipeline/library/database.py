"""The SQLite file of a catalogue as the rest sees it: rows out, transactions in, one connection that threads share.

Errors of SQLite come out as LibraryError.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors import LibraryError
from pipeline.library.schema import open_catalogue


class Database:
    """An open catalogue file. What a transaction acknowledges by returning is on disk (synchronous=FULL)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_catalogue(path)
        self._lock = threading.RLock()

    def close(self) -> None:
        self._connection.close()

    @cached_property
    def settings(self) -> dict[str, str]:
        """What the library was made with: `id`, `embedding`, `dimension`."""
        return dict(self.rows("SELECT name, value FROM setting"))

    @property
    def embedding(self) -> str:
        return self.settings["embedding"]

    @property
    def dimension(self) -> int:
        return int(self.settings["dimension"])

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
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LibraryError(
                f"The catalogue {str(self._path)!r} failed: {error}",
                "Nothing unfinished was kept: see to the disk (space, permissions) and run the same command again, "
                "or look into it with `newsdesk check`",
            ) from error
