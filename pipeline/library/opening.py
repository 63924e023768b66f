"""Opening a library: is the folder one, is it ours to make one in, and does the embedding fit."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline.errors import NotALibrary, UsageError
from pipeline.library.database import Database
from pipeline.library.library import Library
from pipeline.library.locking import WriterLock
from pipeline.library.schema import create_catalogue
from pipeline.library.server import server_address

_CATALOGUE = "library.sqlite"
# What a process killed while making a library may leave behind.
_BEGINNINGS = {_CATALOGUE, f"{_CATALOGUE}-wal", f"{_CATALOGUE}-shm", f"{_CATALOGUE}-journal", "lock"}
_MAKE_ONE = "Make one with `newsdesk ingest PATH…`, or choose another --library"


def open_library(
    location: str | Path,
    *,
    create: bool = False,
    embedding: str | None = None,
    dimension: int | None = None,
    fingerprint: str = "",
    vectors: str | None = None,
    insecure: bool = False,
) -> Library:
    """Open the library in the folder `location`; with `create`, make it if there is none (a missing or empty folder).

    `embedding`, `dimension` and `fingerprint` are of the model whose vectors go in and are compared; None takes what
    the library has, for work that embeds nothing. Raises NotALibrary for a folder that is something else, LibraryError
    for another embedding than the library's, UsageError for an address.

    `vectors` is the address of a Chroma server that holds the vectors index, None for the library's own folder;
    UsageError for one that is neither encrypted nor on this machine, unless `insecure`.
    """
    if "://" in str(location):
        raise UsageError(
            f"The library {str(location)!r} is an address; only folders are supported so far",
            "Give the path of a folder as --library",
        )
    server = server_address(vectors, insecure=insecure) if vectors else None
    folder = Path(location).expanduser()
    _recognise(folder, create=create)
    if create and _is_blank(folder / _CATALOGUE):
        if embedding is None or dimension is None:
            raise ValueError("a new library wants an embedding and its dimension")
        folder.mkdir(parents=True, exist_ok=True)
        with WriterLock(folder / "lock").held():
            create_catalogue(folder / _CATALOGUE, embedding=embedding, dimension=dimension, fingerprint=fingerprint)
    database = Database(folder / _CATALOGUE)
    try:
        library = Library(folder, database, server)
        if embedding is not None:
            library.check_embedding(embedding, dimension, fingerprint)
        return library
    except BaseException:
        database.close()
        raise


def _recognise(folder: Path, *, create: bool) -> None:
    """Raise NotALibrary unless the folder holds a library or, with `create`, nothing of anyone's."""
    name = repr(str(folder))
    if folder.exists() and not folder.is_dir():
        raise NotALibrary(f"{name} is a file, and a library is a folder", "Choose another --library")
    if not folder.exists() or not any(folder.iterdir()):
        if not create:
            missing = "is empty" if folder.exists() else "does not exist"
            raise NotALibrary(f"The library {name} {missing}", _MAKE_ONE)
        return
    if _is_blank(folder / _CATALOGUE):
        strangers = {path.name for path in folder.iterdir()} - _BEGINNINGS
        if strangers or not create:
            raise NotALibrary(f"The folder {name} is not a newsdesk library", _MAKE_ONE)


def _is_blank(catalogue: Path) -> bool:
    """Whether there is no catalogue yet, or only what a process killed while making one left behind."""
    if not catalogue.exists():
        return True
    try:
        with closing(sqlite3.connect(f"{catalogue.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            return bool(tables == 0)
    except sqlite3.Error:
        return False
