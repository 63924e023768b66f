"""Articles into the catalogue and out of it: a batch in one transaction, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from pipeline.errors import LibraryError
from pipeline.library import records
from pipeline.library.copies import Copies
from pipeline.library.database import Database
from pipeline.library.filtering import LIVE
from pipeline.types import Article, Outcome, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Submission: TypeAlias = "tuple[Article, Sequence[Passage], NDArray[np.float32]]"
"""An article, its passages in order, and one vector a passage."""


class Intake:
    """What changes the articles of an open catalogue; wants the writer's lock."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._copies = Copies(database)

    def outcome(self, article: Article) -> tuple[Outcome, str | None]:
        """What `store` would do now, and the id of the article that is already there, if one is."""
        known = self._database.rows("SELECT id FROM article WHERE key = ?", article.key)
        if known:
            live = self._database.rows(
                f"SELECT content_digest, first_seen FROM version v WHERE article_id = ? AND {LIVE}", known[0][0]
            )
            same = live and live[0][0] == records.content_digest(article)
            # An exported version older than the live one: it is there already, or was superseded before it came.
            stale = live and article.info.first_seen is not None and article.info.first_seen <= live[0][1]
            return ("unchanged" if same or stale else "updated"), known[0][0]
        digest = records.text_digest(article.text)
        twin = self._database.rows(f"SELECT article_id FROM version v WHERE text_digest = ? AND {LIVE} LIMIT 1", digest)
        return ("duplicate", twin[0][0]) if twin else ("added", None)

    def held_before(self, article: Article) -> bool:
        """Whether just this was the live version of its article once, and is no more."""
        digest = records.content_digest(article)
        query = "SELECT 1 FROM version v JOIN article a ON a.id = v.article_id WHERE a.key = ? AND content_digest = ?"
        if not self._database.rows(f"{query} AND retired_at IS NOT NULL", article.key, digest):
            return False
        return not self._database.rows(f"{query} AND {LIVE}", article.key, digest)

    def key_at(self, origin: str) -> str | None:
        """The key of the article whose live version came from this place; None when none did."""
        query = f"SELECT a.key FROM version v JOIN article a ON a.id = v.article_id WHERE v.origin = ? AND {LIVE}"
        found = self._database.rows(f"{query} ORDER BY v.id DESC LIMIT 1", origin)
        return found[0][0] if found else None

    def key_of_text(self, text: str) -> str | None:
        """The key of a live article with this text; None when there is none."""
        query = f"SELECT a.key FROM version v JOIN article a ON a.id = v.article_id WHERE v.text_digest = ? AND {LIVE}"
        found = self._database.rows(f"{query} ORDER BY v.id LIMIT 1", records.text_digest(text))
        return found[0][0] if found else None

    def store(self, submissions: Sequence[Submission], seen: datetime, *, copies: bool) -> tuple[Outcome, ...]:
        """Store articles in one transaction, all or none. `seen` is when they are, where they do not say themselves;
        without `copies` each is a story of its own."""
        serving = self._database.serving
        prepared = []
        for article, passages, vectors in submissions:
            records.check_passages(article, passages)
            blobs = records.pack_vectors(vectors, len(passages), serving.dimension, serving.name)
            prepared.append((article, passages, blobs, records.version_row(article), records.body_row(article)))
        outcomes: list[Outcome] = []
        with self._database.transaction():
            for article, passages, blobs, version, body in prepared:
                outcome, existing = self.outcome(article)
                outcomes.append(outcome)
                if outcome in ("added", "updated"):
                    number, since = self._make_room(article, existing, seen)
                    row = version | {"article_id": article.info.id, "number": number, "first_seen": since}
                    row |= {
                        "origin_group": article.info.id,
                        "sampled": 0,
                        "first_passage": 0,
                        "passages": len(passages),
                    }
                    version_id = self._database.insert("version", row)
                    for kind, value in records.facets(article.info):
                        self._database.insert("facet", {"kind": kind, "value": value, "version_id": version_id})
                    self._database.insert("body", body | {"version_id": version_id})
                    self._insert_passages(version_id, passages, blobs)
                    if copies:
                        kept = records.kept_text(article.text, article.blocks)
                        self._copies.place(version_id, article.info.id, kept)
        return tuple(outcomes)

    def remove(self, article_id: str) -> None:
        """Take an article out, with all its versions and their passages."""
        with self._database.transaction():
            self._copies.withdraw(article_id)
            self._announce("v.article_id = ?", article_id)
            self._database.execute("DELETE FROM article WHERE id = ?", article_id)

    def _make_room(self, article: Article, existing: str | None, seen: datetime) -> tuple[int, str]:
        """Retire the live version, if there is one: the number of the new version and when it begins."""
        since = article.info.first_seen or records.timestamp(seen)
        if existing is None:
            if self._database.rows("SELECT 1 FROM article WHERE id = ?", article.info.id):
                raise LibraryError(
                    f"Another article has the id {article.info.id!r} of {article.origin!r}",
                    f"Remove it first: `newsdesk articles remove {article.info.id}`",
                )
            self._database.insert("article", {"id": article.info.id, "key": article.key})
            return 1, since
        if existing != article.info.id:
            raise ValueError(f"article {existing!r} comes again with its key but as {article.info.id!r}")
        ((number, begun),) = self._database.rows(
            "SELECT max(number), max(first_seen) FROM version WHERE article_id = ?", existing
        )
        since = max(since, begun)
        self._copies.withdraw(existing)
        self._announce(f"v.article_id = ? AND {LIVE}", existing)
        self._database.execute(
            f"UPDATE version AS v SET retired_at = ? WHERE article_id = ? AND {LIVE}", since, existing
        )
        return number + 1, since

    def _insert_passages(self, version_id: int, passages: Sequence[Passage], blobs: Sequence[bytes]) -> None:
        ids: list[int] = []
        for passage, blob in zip(passages, blobs, strict=True):
            row = {"ordinal": passage.ordinal, "tokens": passage.tokens, "heading": passage.heading}
            row |= {"version_id": version_id, "sentences": records.pack_sentences(passage)}
            ids.append(self._database.insert("passage", row))
            self._database.insert(self._database.serving.table, {"passage_id": ids[-1], "value": blob})
        self._database.execute("UPDATE version SET first_passage = ? WHERE id = ?", min(ids, default=0), version_id)
        self._announce("v.id = ?", version_id)

    def _announce(self, which: str, value: object) -> None:
        """Put the passages of some versions into the outbox."""
        query = "INSERT INTO outbox (passage_id) SELECT p.id FROM version v JOIN passage p ON p.version_id = v.id"
        self._database.execute(f"{query} WHERE {which} ORDER BY p.id", value)
