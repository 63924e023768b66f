"""The catalogue: what the library holds, in one SQLite file. It is the truth; everything else can be made from it.

What a method acknowledges by returning is on disk (one transaction, synchronous=FULL). A connection may be shared by
threads. Errors of SQLite come out as LibraryError.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pipeline.errors import LibraryError, UsageError
from pipeline.library import records
from pipeline.library.projection import BATCH, Entry
from pipeline.library.schema import open_catalogue
from pipeline.types import Article, ArticleInfo, Filters, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Outcome: TypeAlias = Literal["added", "updated", "unchanged", "duplicate"]
"""What storing an article does. A duplicate has the text of another live article and is not stored."""

Submission: TypeAlias = "tuple[Article, Sequence[Passage], NDArray[np.float32]]"
"""An article, its passages in order, and one vector a passage."""

SHORTEST_PREFIX = 4

_LIVE = "v.retired_at IS NULL"
_ALIVE_PASSAGES = f"version v JOIN passage p ON p.version_id = v.id WHERE {_LIVE}"


@dataclass(frozen=True, slots=True)
class Selection:
    """The passages that a filter lets through, by id, ascending; `retired` when some are of versions no longer live."""

    ids: NDArray[np.int64]
    retired: bool


class Catalogue:
    """An open catalogue. `head` counts every change of its live passages and never goes back."""

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

    def head(self) -> int:
        """The sequence of the last change ever written to the outbox."""
        rows = self.rows("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")
        return int(rows[0][0]) if rows else 0

    def outcome(self, article: Article) -> tuple[Outcome, str | None]:
        """What `store` would do now, and the id of the article that is already there, if one is."""
        known = self.rows("SELECT id FROM article WHERE key = ?", article.key)
        if known:
            live = self.rows(f"SELECT content_digest FROM version v WHERE article_id = ? AND {_LIVE}", known[0][0])
            same = live and live[0][0] == records.content_digest(article)
            return ("unchanged" if same else "updated"), known[0][0]
        digest = records.text_digest(article.text)
        twin = self.rows(f"SELECT article_id FROM version v WHERE text_digest = ? AND {_LIVE} LIMIT 1", digest)
        return ("duplicate", twin[0][0]) if twin else ("added", None)

    def store(self, submissions: Sequence[Submission], seen: datetime) -> tuple[Outcome, ...]:
        """Store articles in one transaction, all or none. `seen` is when: the first moment of the new versions."""
        prepared = []
        for article, passages, vectors in submissions:
            records.check_passages(article, passages)
            blobs = records.pack_vectors(vectors, len(passages), self.dimension, self.embedding)
            prepared.append((article, passages, blobs, records.version_row(article), records.body_row(article)))
        outcomes: list[Outcome] = []
        with self._transaction():
            for article, passages, blobs, version, body in prepared:
                outcome, existing = self.outcome(article)
                outcomes.append(outcome)
                if outcome in ("added", "updated"):
                    number, since = self._make_room(article, existing, seen)
                    row = version | {"article_id": article.info.id, "number": number, "first_seen": since}
                    version_id = self._insert("version", row)
                    self._insert("body", body | {"version_id": version_id})
                    self._insert_passages(version_id, passages, blobs)
        return tuple(outcomes)

    def remove(self, article_id: str) -> None:
        """Take an article out, with all its versions and their passages."""
        with self._transaction():
            self._announce("v.article_id = ?", article_id)
            self._execute("DELETE FROM article WHERE id = ?", article_id)

    def changed(self, after: int) -> tuple[list[int], int] | None:
        """Passages that came or went after sequence `after`, at most BATCH of them, and the last sequence covered.

        None when the change that follows `after` has been forgotten, or there is none yet.
        """
        found = self.rows(f"SELECT sequence, passage_id FROM outbox WHERE sequence > ? ORDER BY 1 LIMIT {BATCH}", after)
        if not found or found[0][0] != after + 1:
            return None
        return sorted({passage_id for _, passage_id in found}), found[-1][0]

    def prune(self, applied: int) -> None:
        """Forget the changes up to this sequence: every projection has them."""
        with self._transaction():
            self._execute("DELETE FROM outbox WHERE sequence <= ?", applied)

    def live_passages(self) -> int:
        return int(self.rows(f"SELECT count(*) FROM {_ALIVE_PASSAGES}")[0][0])

    def live_ids(self) -> frozenset[int]:
        return frozenset(i for (i,) in self.rows(f"SELECT p.id FROM {_ALIVE_PASSAGES}"))

    def among_live(self, ids: Sequence[int]) -> frozenset[int]:
        """Those of these passages that are live."""
        query = f"SELECT p.id FROM {_ALIVE_PASSAGES} AND p.id IN (SELECT value FROM json_each(?))"
        return frozenset(i for (i,) in self.rows(query, json.dumps(list(ids))))

    def entries(self, ids: Sequence[int], *, retired: bool = False) -> list[Entry]:
        """These passages as the indexes take them in: the live ones, or all that are stored."""
        import numpy as np

        found = self.rows(
            f"""SELECT p.id, v.title, p.heading, p.sentences, x.value, v.id
                FROM passage p JOIN version v ON v.id = p.version_id JOIN vector x ON x.passage_id = p.id
                WHERE p.id IN (SELECT value FROM json_each(?)) {"" if retired else f"AND {_LIVE}"} ORDER BY p.id""",
            json.dumps(list(ids)),
        )
        texts = self._texts({row[5] for row in found})
        return [
            Entry(
                passage_id,
                title,
                heading,
                " ".join(sentence.text for sentence in records.unpack_sentences(packed, texts[version_id])),
                np.frombuffer(value, dtype="<f4"),
            )
            for passage_id, title, heading, packed, value, version_id in found
        ]

    def all_entries(self) -> Iterator[list[Entry]]:
        """All live passages, BATCH at a time."""
        ids = sorted(self.live_ids())
        for start in range(0, len(ids), BATCH):
            yield self.entries(ids[start : start + BATCH])

    def vectors(self, ids: Iterable[int] | None = None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The ids and, row by row, the vectors of these passages that are stored, or of all live ones."""
        import numpy as np

        if ids is None:
            query = f"SELECT x.passage_id, x.value FROM {_ALIVE_PASSAGES}"
            found = self.rows(query.replace(" WHERE", " JOIN vector x ON x.passage_id = p.id WHERE"))
        else:
            query = "SELECT passage_id, value FROM vector WHERE passage_id IN (SELECT value FROM json_each(?))"
            found = self.rows(query, json.dumps([int(i) for i in ids]))
        matrix = np.frombuffer(b"".join(value for _, value in found), dtype="<f4").reshape(-1, self.dimension)
        return np.array([i for i, _ in found], dtype=np.int64), matrix

    def resolve(self, filters: Filters) -> Selection | None:
        """The passages that these filters let through, or None for an empty filter."""
        import numpy as np

        if not filters:
            return None
        where, values = self._condition(filters)
        found = self.rows(
            f"""SELECT p.id, v.retired_at IS NOT NULL FROM version v JOIN passage p ON p.version_id = v.id
                WHERE {where} ORDER BY p.id""",
            *values,
        )
        return Selection(np.array([i for i, _ in found], dtype=np.int64), any(retired for _, retired in found))

    def passages(self, ids: Sequence[int], filters: Filters) -> tuple[tuple[Passage, ArticleInfo], ...]:
        """These passages in the order asked; what was removed, or is not live (then, with `as_of`), is left out."""
        where, values = self._condition(Filters(as_of=filters.as_of))
        found = self.rows(
            f"""SELECT p.id, p.ordinal, p.tokens, p.heading, p.sentences, v.id, {records.INFO_COLUMNS}
                FROM passage p JOIN version v ON v.id = p.version_id
                WHERE {where} AND p.id IN (SELECT value FROM json_each(?))""",
            *values,
            json.dumps([int(i) for i in ids]),
        )
        texts = self._texts({row[5] for row in found})
        by_id = {}
        for passage_id, ordinal, tokens, heading, packed, version_id, *info_row in found:
            info = records.info_from_row(info_row)
            sentences = records.unpack_sentences(packed, texts[version_id])
            by_id[passage_id] = Passage(info.id, ordinal, sentences, tokens, heading, passage_id), info
        return tuple(by_id[i] for i in ids if i in by_id)

    def articles(self, filters: Filters) -> tuple[ArticleInfo, ...]:
        """The articles that these filters let through, newest first, undated ones last."""
        where, values = self._condition(filters)
        order = "v.instant IS NULL, v.instant DESC, v.first_seen DESC, v.article_id"
        query = f"SELECT {records.INFO_COLUMNS} FROM version v WHERE {where} ORDER BY {order}"
        return tuple(records.info_from_row(row) for row in self.rows(query, *values))

    def article_id(self, prefix: str) -> str:
        """The one article id that starts so; raises UsageError when there is none or more than one."""
        if len(prefix) < SHORTEST_PREFIX and not self.rows("SELECT 1 FROM article WHERE id = ?", prefix):
            raise UsageError(
                f"The article id {prefix!r} is too short", f"Give at least {SHORTEST_PREFIX} characters of it"
            )
        found = self.rows(
            f"""SELECT v.article_id, v.title FROM version v WHERE {_LIVE} AND substr(v.article_id, 1, ?) = ?
                ORDER BY v.article_id""",
            len(prefix),
            prefix,
        )
        exact = [row for row in found if row[0] == prefix] or found
        if len(exact) == 1:
            return str(exact[0][0])
        if not found:
            raise UsageError(f"No article has the id {prefix!r}", "`newsdesk articles list` shows the ids")
        names = ", ".join(f"{identity} ({title})" for identity, title in found[:5]) + (", …" if len(found) > 5 else "")
        raise UsageError(f"{len(found)} articles have an id that starts with {prefix!r}", f"Choose one of {names}")

    def article(self, prefix: str) -> Article:
        """The live version of the article whose id starts so; raises UsageError as `article_id` does."""
        identity = self.article_id(prefix)
        ((*info, key, media, origin, text, blocks, left_out, original),) = self.rows(
            f"""SELECT {records.INFO_COLUMNS}, a.key, v.media, v.origin, b.text, b.blocks, b.left_out, b.original
                FROM version v JOIN article a ON a.id = v.article_id JOIN body b ON b.version_id = v.id
                WHERE {_LIVE} AND v.article_id = ?""",
            identity,
        )
        body = (text, blocks, left_out, original)
        return records.article_from_rows(records.info_from_row(info), key, media, origin, body)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._lock, self._errors():
            return self._connection.execute(query, values).fetchall()

    def _make_room(self, article: Article, existing: str | None, seen: datetime) -> tuple[int, str]:
        """Retire the live version, if there is one: the number of the new version and when it begins."""
        since = records.timestamp(seen)
        if existing is None:
            if self.rows("SELECT 1 FROM article WHERE id = ?", article.info.id):
                raise LibraryError(
                    f"Another article has the id {article.info.id!r} of {article.origin!r}",
                    f"Remove it first: `newsdesk articles remove {article.info.id}`",
                )
            self._insert("article", {"id": article.info.id, "key": article.key})
            return 1, since
        if existing != article.info.id:
            raise ValueError(f"article {existing!r} comes again with its key but as {article.info.id!r}")
        ((number, begun),) = self.rows(
            "SELECT max(number), max(first_seen) FROM version WHERE article_id = ?", existing
        )
        since = max(since, begun)
        self._announce(f"v.article_id = ? AND {_LIVE}", existing)
        self._execute(f"UPDATE version AS v SET retired_at = ? WHERE article_id = ? AND {_LIVE}", since, existing)
        return number + 1, since

    def _insert_passages(self, version_id: int, passages: Sequence[Passage], blobs: Sequence[bytes]) -> None:
        for passage, blob in zip(passages, blobs, strict=True):
            row = {"ordinal": passage.ordinal, "tokens": passage.tokens, "heading": passage.heading}
            row |= {"version_id": version_id, "sentences": records.pack_sentences(passage)}
            self._insert("vector", {"passage_id": self._insert("passage", row), "value": blob})
        self._announce("v.id = ?", version_id)

    def _announce(self, which: str, value: object) -> None:
        """Put the passages of some versions into the outbox."""
        query = "INSERT INTO outbox (passage_id) SELECT p.id FROM version v JOIN passage p ON p.version_id = v.id"
        self._execute(f"{query} WHERE {which} ORDER BY p.id", value)

    def _condition(self, filters: Filters) -> tuple[str, list[object]]:
        """Filters as SQL over `version v`. `as_of` ends with that day in the time zone of this machine."""
        conditions: list[str] = [_LIVE]
        values: list[object] = []
        if filters.as_of is not None:
            end = datetime.combine(filters.as_of, datetime.max.time()).astimezone(UTC)
            conditions = [
                "v.first_seen <= ?",
                "(v.retired_at IS NULL OR v.retired_at > ?)",
                "(v.day IS NULL OR v.day <= ?)",
            ]
            values = [records.timestamp(end), records.timestamp(end), filters.as_of.isoformat()]
        if filters.since is not None:
            conditions.append("v.day >= ?")
            values.append(filters.since.isoformat())
        if filters.until is not None:
            conditions.append("v.day <= ?")
            values.append(filters.until.isoformat())
        if filters.sources:
            wanted = {source.casefold() for source in filters.sources}
            known = [source for (source,) in self.rows("SELECT DISTINCT source FROM version")]
            conditions.append("v.source IN (SELECT value FROM json_each(?))")
            values.append(json.dumps([source for source in known if source.casefold() in wanted]))
        if filters.articles:
            conditions.append("v.article_id IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(filters.articles))
        return " AND ".join(conditions), values

    def _texts(self, versions: Iterable[int]) -> dict[int, str]:
        query = "SELECT version_id, text FROM body WHERE version_id IN (SELECT value FROM json_each(?))"
        return dict(self.rows(query, json.dumps(list(versions))))

    def _insert(self, table: str, row: dict[str, object]) -> int:
        columns, marks = ", ".join(row), ", ".join("?" * len(row))
        return self._execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", *row.values())

    def _execute(self, statement: str, *values: object) -> int:
        return self._connection.execute(statement, values).lastrowid or 0

    @contextmanager
    def _transaction(self) -> Iterator[None]:
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
