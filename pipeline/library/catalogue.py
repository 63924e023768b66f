"""The catalogue: what the library holds, in one SQLite file. It is the truth; everything else can be made from it.

Here it is read: articles come out as they went in. `intake` stores, `feed` is what the indexes take from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.errors import UsageError
from pipeline.library import records
from pipeline.library.database import Database
from pipeline.library.feed import version_texts
from pipeline.library.filtering import LIVE, condition
from pipeline.types import Article, ArticleInfo, Filters, Passage

SHORTEST_PREFIX = 4


class Catalogue:
    """The articles of an open catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def passages(self, ids: Sequence[int], filters: Filters) -> tuple[tuple[Passage, ArticleInfo], ...]:
        """These passages in the order asked; what was removed, or is not live (then, with `as_of`), is left out."""
        return self._passages(ids, *condition(Filters(as_of=filters.as_of)))

    def places(self, ids: Sequence[int], filters: Filters) -> tuple[tuple[int, int, ArticleInfo], ...]:
        """The same without the texts, in a fifth of the time: each passage's id, its ordinal and its article."""
        where, values = condition(Filters(as_of=filters.as_of))
        given = json.dumps([int(i) for i in ids])
        found = self._database.rows(
            "SELECT id, ordinal, version_id FROM passage WHERE id IN (SELECT value FROM json_each(?))", given
        )
        articles = {
            version_id: records.info_from_row(info_row)
            for version_id, *info_row in self._database.rows(
                f"SELECT v.id, {records.INFO_COLUMNS} FROM version v "
                f"WHERE {where} AND v.id IN (SELECT value FROM json_each(?))",
                *values,
                json.dumps(list({version_id for _, _, version_id in found})),
            )
        }
        by_id = {
            passage_id: (passage_id, ordinal, articles[version_id])
            for passage_id, ordinal, version_id in found
            if version_id in articles
        }
        return tuple(by_id[i] for i in ids if i in by_id)

    def stored_passages(self, ids: Sequence[int]) -> tuple[tuple[Passage, ArticleInfo], ...]:
        """These passages in the order asked, retired ones too."""
        return self._passages(ids, "TRUE", [])

    def _passages(
        self, ids: Sequence[int], where: str, values: list[object]
    ) -> tuple[tuple[Passage, ArticleInfo], ...]:
        found = self._database.rows(
            f"""SELECT p.id, p.ordinal, p.tokens, p.heading, p.sentences, v.id, {records.INFO_COLUMNS}
                FROM passage p JOIN version v ON v.id = p.version_id
                WHERE {where} AND p.id IN (SELECT value FROM json_each(?))""",
            *values,
            json.dumps([int(i) for i in ids]),
        )
        texts = version_texts(self._database, {row[5] for row in found})
        by_id = {}
        for passage_id, ordinal, tokens, heading, packed, version_id, *info_row in found:
            info = records.info_from_row(info_row)
            sentences = records.unpack_sentences(packed, texts[version_id])
            by_id[passage_id] = Passage(info.id, ordinal, sentences, tokens, heading, passage_id), info
        return tuple(by_id[i] for i in ids if i in by_id)

    def articles(self, filters: Filters) -> tuple[ArticleInfo, ...]:
        """The articles that these filters let through, newest first, undated ones last."""
        where, values = condition(filters)
        order = "v.instant IS NULL, v.instant DESC, v.first_seen DESC, v.article_id"
        query = f"SELECT {records.INFO_COLUMNS} FROM version v WHERE {where} ORDER BY {order}"
        return tuple(records.info_from_row(row) for row in self._database.rows(query, *values))

    def last_seen(self, filters: Filters) -> str | None:
        """The latest moment when an article that these filters let through was first seen; None when there is none."""
        where, values = condition(filters)
        ((latest,),) = self._database.rows(f"SELECT max(v.first_seen) FROM version v WHERE {where}", *values)
        return None if latest is None else str(latest)

    def article_id(self, prefix: str) -> str:
        """The one article id that starts so; raises UsageError when there is none or more than one."""
        if len(prefix) < SHORTEST_PREFIX and not self._database.rows("SELECT 1 FROM article WHERE id = ?", prefix):
            raise UsageError(
                f"The article id {prefix!r} is too short", f"Give at least {SHORTEST_PREFIX} characters of it"
            )
        found = self._database.rows(
            f"""SELECT v.article_id, v.title FROM version v WHERE {LIVE} AND substr(v.article_id, 1, ?) = ?
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

    def versions(self, prefix: str) -> tuple[ArticleInfo, ...]:
        """All versions of the article whose id starts so, in order; raises UsageError as `article_id` does."""
        query = f"SELECT {records.INFO_COLUMNS} FROM version v WHERE v.article_id = ? ORDER BY v.number"
        return tuple(records.info_from_row(row) for row in self._database.rows(query, self.article_id(prefix)))

    def history(self, filters: Filters) -> Iterator[Article]:
        """Every version of the articles that these filters let through, in the order in which they were stored."""
        where, values = condition(filters)
        chosen = f"SELECT v.article_id FROM version v WHERE {where}"
        query = f"SELECT article_id, number FROM version WHERE article_id IN ({chosen}) ORDER BY id"
        for article_id, number in self._database.rows(query, *values):
            yield self.article(article_id, number)

    def article(self, prefix: str, version: int | None = None, as_of: date | None = None) -> Article:
        """A version of the article whose id starts so, the live one if not told which; UsageError if there is none."""
        identity = self.article_id(prefix)
        where, values = condition(Filters(as_of=as_of)) if version is None else ("v.number = ?", [version])
        found = self._database.rows(
            f"""SELECT {records.INFO_COLUMNS}, a.key, v.media, v.origin, b.text, b.blocks, b.left_out, b.original
                FROM version v JOIN article a ON a.id = v.article_id JOIN body b ON b.version_id = v.id
                WHERE {where} AND v.article_id = ?""",
            *values,
            identity,
        )
        if not found:
            raise _no_such_version(identity, self.versions(identity), version)
        ((*info, key, media, origin, text, blocks, left_out, original),) = found
        body = (text, blocks, left_out, original)
        return records.article_from_rows(records.info_from_row(info), key, media, origin, body)


def _no_such_version(identity: str, versions: Sequence[ArticleInfo], wanted: int | None) -> UsageError:
    if wanted is not None:
        return UsageError(
            f"Article {identity!r} has no version {wanted}", f"It has {len(versions)}: give a number up to that"
        )
    first = (versions[0].first_seen or "")[:10]
    return UsageError(f"Article {identity!r} was not in the library on that day", f"It was first seen on {first}")
