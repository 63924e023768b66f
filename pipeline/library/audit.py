"""What a library holds, and every invariant of it that does not hold. Reads all there is."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.library import records
from pipeline.library.feed import Feed
from pipeline.library.projection import Projection
from pipeline.library.proof import prove

if TYPE_CHECKING:
    from pipeline.library.database import Database
    from pipeline.library.indexes import Indexes
    from pipeline.library.library import LibraryStatus


def catalogue_problems(database: Database) -> Iterator[str]:
    """What is wrong in the catalogue: its file, its versions, its passages and its vectors."""
    for (verdict,) in database.rows("PRAGMA integrity_check"):
        if verdict != "ok":
            yield f"The catalogue's file is damaged: {verdict}"
    for table, row, *_ in database.rows("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table!r} in the catalogue belongs to nothing"
    orphans = "SELECT a.id FROM article a LEFT JOIN version v ON v.article_id = a.id AND v.retired_at IS NULL"
    for (article_id,) in database.rows(f"{orphans} WHERE v.id IS NULL"):
        yield f"Article {article_id!r} has no live version"
    for (version_id,) in database.rows("SELECT id FROM version ORDER BY id"):
        yield from _version_problems(database, version_id)
    for (version_id,) in database.rows(
        """SELECT v.id FROM version v LEFT JOIN passage p ON p.version_id = v.id GROUP BY v.id
           HAVING v.passages <> count(p.id) OR (count(p.id) > 0 AND (min(p.id) <> v.first_passage
                  OR max(p.id) - min(p.id) + 1 <> count(p.id)))"""
    ):
        yield f"Version {version_id} does not have the passages that it says"
    ((strays,),) = database.rows(
        "SELECT count(*) FROM shingle s LEFT JOIN version v ON v.id = s.version_id AND v.retired_at IS NULL "
        "WHERE v.id IS NULL"
    )
    if strays:
        yield f"{strays:,} shingles are noted of versions that are not live"
    vectors = f"SELECT p.id FROM passage p LEFT JOIN {database.serving.table} x ON x.passage_id = p.id"
    wrong = f"{vectors} WHERE x.value IS NULL OR length(x.value) <> ?"
    for (passage_id,) in database.rows(wrong, 4 * database.serving.dimension):
        yield f"Passage {passage_id} has no vector of {database.serving.dimension} numbers"


def projection_problems(feed: Feed, indexes: Indexes) -> Iterator[str]:
    """What is wrong in the projections, or how far they are behind."""
    live, head = feed.live_ids(), feed.head()
    for projection in indexes.all if head else ():
        if fault := indexes.fault(projection, head, len(live)):
            yield f"The {projection.name} index {fault}"
        elif projection.folder is not None:
            proven = prove(feed, projection) if projection is indexes.vectors else _proof(projection, live)
            for problem in proven:
                yield f"The {projection.name} index {problem}"


def holdings(folder: Path, database: Database, indexes: Indexes) -> LibraryStatus:
    """What the library holds, in figures."""
    from pipeline.library.library import LibraryStatus

    live = "FROM version WHERE retired_at IS NULL"
    ((articles, first, last, dated, stories, corrected),) = database.rows(
        f"SELECT count(*), min(day), max(day), count(day), count(DISTINCT origin_group), count(correction) {live}"
    )
    ((versions, briefs),) = database.rows("SELECT (SELECT count(*) FROM version), (SELECT count(*) FROM brief)")
    feed = Feed(database)
    passages = feed.live_passages()
    languages, sources = (
        tuple(
            (str(value), int(count))
            for value, count in database.rows(f"SELECT {column}, count(*) {live} GROUP BY 1 ORDER BY 2 DESC, 1")
        )
        for column in ("language", "source")
    )
    parts = {"catalogue": "library.sqlite*", **{each.name: f"{each.name}/**/*" for each in indexes.all}}
    return LibraryStatus(
        location=str(folder),
        articles=articles,
        passages=passages,
        versions=versions,
        sizes=tuple((part, _bytes(folder, pattern)) for part, pattern in parts.items()),
        languages=languages,
        sources=sources,
        first_published=first,
        last_published=last,
        undated=articles - dated,
        copies=articles - stories,
        corrected=corrected,
        briefs=briefs,
        embedding=database.serving.name,
        dimension=database.serving.dimension,
        faults=tuple(
            f"The {each.name} index {fault}"
            for each in indexes.all
            if feed.head() and (fault := indexes.fault(each, feed.head(), passages))
        ),
        notices=tuple(indexes.notices),
    )


def _version_problems(database: Database, version_id: int) -> Iterator[str]:
    ((*info, key, media, origin, digest, text, blocks, left_out, original),) = database.rows(
        f"""SELECT {records.INFO_COLUMNS}, a.key, v.media, v.origin, v.content_digest,
                   coalesce(b.text, ''), coalesce(b.blocks, '[]'), coalesce(b.left_out, '[]'), coalesce(b.original, x'')
            FROM version v LEFT JOIN article a ON a.id = v.article_id LEFT JOIN body b ON b.version_id = v.id
            WHERE v.id = ?""",
        version_id,
    )
    name = f"Article {info[0]!r} (version {version_id})"
    try:
        body = (text, blocks, left_out, original)
        article = records.article_from_rows(records.info_from_row(info), key, media, origin, body)
    except (ValueError, TypeError, zlib.error) as error:
        yield f"{name} cannot be read: {error}"
        return
    if records.content_digest(article) != digest:
        yield f"{name} is not what was stored"
    spans = sorted([(b.start, b.end) for b in article.blocks] + [(left.start, left.end) for left in article.left_out])
    if _overlap(spans, len(text)) or any(text[a:b].strip() for a, b in _between(spans, len(text))):
        yield f"{name} has blocks that overlap or do not cover its text"
    packed = database.rows("SELECT id, sentences FROM passage WHERE version_id = ? ORDER BY ordinal", version_id)
    sentences: list[tuple[int, int]] = []
    for passage_id, offsets in packed:
        found = [(s.start, s.end) for s in records.unpack_sentences(offsets, text)]
        if not found or any(not text[start:end] or text[start:end] != text[start:end].strip() for start, end in found):
            yield f"Passage {passage_id} of article {info[0]!r} has a sentence that is not in its text"
        sentences += found
    if _overlap(sentences, len(text)):
        yield f"{name} has sentences out of order or outside its text"


def _proof(projection: Projection[Any], live: frozenset[int]) -> tuple[str, ...]:
    try:
        index = projection.index()
        return projection.prove(live, index.ids() if index is not None else frozenset())
    except Exception as error:  # whatever a damaged index raises is the finding
        return (f"cannot be read ({error})",)


def _overlap(spans: list[tuple[int, int]], length: int) -> bool:
    outside = any(not 0 <= start < end <= length for start, end in spans)
    return outside or any(before[1] > after[0] for before, after in pairwise(spans))


def _between(spans: list[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    edges = [0, *(edge for span in spans for edge in span), length]
    yield from zip(edges[::2], edges[1::2], strict=True)


def _bytes(folder: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())
