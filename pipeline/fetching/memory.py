"""Pages that were fetched, with what their servers gave to ask later whether they changed.

A page that did not change comes from here, so that a second ingest costs its server a header. A memory that cannot be
read or written is no memory, and never an error.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_MOST_BYTES = 256 * 2**20
_TABLE = """CREATE TABLE IF NOT EXISTS page (
    url TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL, media_type TEXT NOT NULL, body BLOB NOT NULL,
    kept INTEGER NOT NULL DEFAULT (unixepoch())
)"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was: the ETag and Last-Modified that its server gave, its media type and its body."""

    etag: str
    modified: str
    media_type: str
    body: bytes


class Memory:
    """The pages in one SQLite file, made when the first one is kept; without a path nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def get(self, url: str) -> Kept | None:
        """The page as it was last fetched from this address; None when it was not, or cannot be asked about."""
        if self._path is None or not self._path.exists():
            return None
        with suppress(sqlite3.Error, zlib.error), self._open() as pages:
            row = pages.execute("SELECT etag, modified, media_type, body FROM page WHERE url = ?", (url,)).fetchone()
            return None if row is None else Kept(row[0], row[1], row[2], zlib.decompress(row[3]))
        return None

    def put(self, url: str, page: Kept) -> None:
        """Keep a page; the oldest go when all take more than 256 MB."""
        if self._path is None:
            return
        with suppress(sqlite3.Error, OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._open() as pages:
                pages.execute(_TABLE)
                row = (url, page.etag, page.modified, page.media_type, zlib.compress(page.body))
                pages.execute(
                    "INSERT OR REPLACE INTO page (url, etag, modified, media_type, body) VALUES (?, ?, ?, ?, ?)", row
                )
                pages.execute(
                    """DELETE FROM page WHERE url IN (SELECT url FROM (
                        SELECT url, sum(length(body)) OVER (ORDER BY kept DESC, url) AS bytes FROM page
                    ) WHERE bytes > ?)""",
                    (_MOST_BYTES,),
                )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(str(self._path), timeout=5)) as pages, pages:
            yield pages


def default_memory() -> Path:
    """Where pages are kept unless the settings say otherwise."""
    import platformdirs

    return platformdirs.user_cache_path("newsdesk") / "pages.sqlite"
