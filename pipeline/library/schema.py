"""The tables of a library's catalogue, and how its SQLite file is made and opened.

    setting                    the library's id, and which embedding serves
    embedding                  the models that made vectors: one, or two while one takes the other's place
    article ─< version ── body       an article, what was published under it over time, and the text of each version
                  └─< passage ── vector_N  the passages of a version and their float32 vectors by embedding N
                  └─< facet              its source, authors, language and section, folded for comparison: for filters
    brief ─< brief_citation    the briefs that were written, and the articles that each cites, also those removed since
    shingle                    a sample of the word runs of each live version: how copies of one story are found
    outbox                     passages that came or went, in order: what the projections have yet to take over

A version with no `retired_at` is live; an article has at most one. The passages of a version have ids in a row, and the
version says which, so that a filter need not read them. Passage ids are never used twice, so a projection
may apply a change any number of times.
"""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path

from pipeline.errors import NotALibrary

APPLICATION_ID = 0x4E444C42  # "NDLB": marks the SQLite file as a newsdesk library, for `file` and for us
SCHEMA_VERSION = 5

_TABLES = """
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE article (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE
) WITHOUT ROWID;

CREATE TABLE version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    content_digest BLOB NOT NULL,
    text_digest BLOB NOT NULL,
    first_seen TEXT NOT NULL,
    retired_at TEXT,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    published TEXT,
    day TEXT,
    instant TEXT,
    authors TEXT NOT NULL,
    language TEXT NOT NULL,
    modified TEXT,
    section TEXT NOT NULL,
    correction TEXT,
    origin_group TEXT NOT NULL,
    sampled INTEGER NOT NULL,
    first_passage INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    media TEXT NOT NULL,
    origin TEXT NOT NULL,
    UNIQUE (article_id, number)
);
CREATE UNIQUE INDEX version_live ON version (article_id) WHERE retired_at IS NULL;
CREATE INDEX version_live_text ON version (text_digest) WHERE retired_at IS NULL;
CREATE INDEX version_live_origin ON version (origin) WHERE retired_at IS NULL;
CREATE INDEX version_filters ON version (day, retired_at, first_seen, first_passage, passages);
CREATE INDEX version_group ON version (origin_group);

CREATE TABLE facet (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, value, version_id)
) WITHOUT ROWID;
CREATE INDEX facet_version ON facet (version_id);

CREATE TABLE shingle (
    hash INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    PRIMARY KEY (hash, version_id)
) WITHOUT ROWID;

CREATE TABLE body (
    version_id INTEGER PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    blocks TEXT NOT NULL,
    left_out TEXT NOT NULL,
    original BLOB NOT NULL
);

CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    heading TEXT NOT NULL,
    sentences TEXT NOT NULL,
    UNIQUE (version_id, ordinal)
);

CREATE TABLE embedding (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    dimension INTEGER NOT NULL,
    fingerprint TEXT NOT NULL
);

CREATE TABLE brief (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    written TEXT NOT NULL
);

CREATE TABLE brief_citation (
    article_id TEXT NOT NULL,
    brief_id INTEGER NOT NULL REFERENCES brief (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    PRIMARY KEY (article_id, brief_id, version)
) WITHOUT ROWID;
CREATE INDEX brief_citation_brief ON brief_citation (brief_id);

CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    passage_id INTEGER NOT NULL
);
"""


def vector_table(number: int) -> str:
    """The statement that makes the table for the vectors of embedding `number`."""
    return f"""CREATE TABLE vector_{number} (
        passage_id INTEGER PRIMARY KEY REFERENCES passage (id) ON DELETE CASCADE,
        value BLOB NOT NULL
    )"""


def create_catalogue(path: Path, *, embedding: str, dimension: int, fingerprint: str) -> None:
    """Make an empty catalogue at `path`, whole or not at all; a file that is already a library is left as it is."""
    connection = connect(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        if _number(connection, "application_id") == 0:
            for statement in _TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute("INSERT INTO embedding VALUES (1, ?, ?, ?)", (embedding, dimension, fingerprint))
            connection.execute(vector_table(1))
            settings = {"id": uuid.uuid4().hex, "embedding": "1"}
            connection.executemany("INSERT INTO setting VALUES (?, ?)", settings.items())
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    finally:
        connection.close()


def open_catalogue(path: Path) -> sqlite3.Connection:
    """A connection to the catalogue at `path`; raises NotALibrary for a file that is something else."""
    try:
        connection = connect(path)
        application, version = _number(connection, "application_id"), _number(connection, "user_version")
    except sqlite3.DatabaseError as error:
        raise NotALibrary(
            f"{str(path)!r} cannot be read as a library's catalogue ({error})",
            "Restore it from a backup, or choose another --library and ingest again",
        ) from error
    if application == APPLICATION_ID and version == SCHEMA_VERSION:
        return connection
    connection.close()
    if application == APPLICATION_ID:
        raise NotALibrary(
            f"The library {str(path.parent)!r} has schema {version}; this newsdesk reads schema {SCHEMA_VERSION}",
            "Open it with the newsdesk that made it, or a newer one",
        )
    raise NotALibrary(
        f"{str(path)!r} is not the catalogue of a newsdesk library",
        "Choose another --library",
    )


def connect(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode that loses nothing acknowledged; threads may share it under the caller's lock."""
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # a removed article leaves no text behind in free pages
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    (value,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    return int(value)
