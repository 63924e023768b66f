"""The briefs that were written from a library and which versions of which articles each cites."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pipeline.library import records
from pipeline.library.database import Database
from pipeline.types import ArticleInfo


@dataclass(frozen=True, slots=True)
class CitingBrief:
    """A brief that cites an article: its file, its title, when it was written (UTC), and the version that it cites."""

    path: str
    title: str
    written: str
    version: int


class Briefs:
    """The record of briefs in an open catalogue. Needs no writer's lock: no index follows from it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, path: str, title: str, cited: Iterable[ArticleInfo], written: datetime) -> None:
        """Note a brief under its path, in place of the one that was there before."""
        with self._database.transaction():
            self._database.execute("DELETE FROM brief WHERE path = ?", path)
            brief_id = self._database.insert(
                "brief", {"path": path, "title": title, "written": records.timestamp(written)}
            )
            for article_id, version in sorted({(info.id, info.version) for info in cited}):
                self._database.insert(
                    "brief_citation", {"brief_id": brief_id, "article_id": article_id, "version": version}
                )

    def citing(self, article_id: str) -> tuple[CitingBrief, ...]:
        """The briefs that cite an article, the last written first."""
        found = self._database.rows(
            """SELECT b.path, b.title, b.written, c.version FROM brief b JOIN brief_citation c ON c.brief_id = b.id
               WHERE c.article_id = ? ORDER BY b.written DESC, b.path, c.version DESC""",
            article_id,
        )
        return tuple(CitingBrief(*row) for row in found)
