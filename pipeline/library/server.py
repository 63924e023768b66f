"""The vectors of a library in a collection on a Chroma server, where everything else of it lies in its folder.

    folder/vectors/1/collection.json    the collection of generation 1, and the mark of the last write to it

A collection is named by the library, the generation and something random, so that a copied library gets its own as
soon as one of the two is written. Each write leaves a new mark in the collection's metadata and in `collection.json`:
where the two differ, somebody else has written, or the server has lost something, and the collection is built anew.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from pipeline.addresses import is_loopback
from pipeline.errors import ServerDown, UsageError
from pipeline.library.vectors import EF_SEARCH, ChromaIndex

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

    from pipeline.library.chroma_http import ServerClient
    from pipeline.library.projection import Entry

_FILE = "collection.json"
_MARK = "written"


@dataclass(frozen=True, slots=True)
class _Written:
    """What `collection.json` says. While a write is under way the server may have either mark."""

    collection: str
    mark: str
    next: str


@dataclass(frozen=True, slots=True)
class ServerVectors:
    """The collections of one library on the server at `url`: see `server_address`."""

    url: str
    library_id: str

    # Whatever was done when a write broke off is done again with the next.
    survives_kill: ClassVar[bool] = True
    restless_files: ClassVar[frozenset[str]] = frozenset()
    needs_text: ClassVar[bool] = False

    def __call__(self, folder: Path, expected: int = 0) -> ServerIndex:
        return ServerIndex(self, folder)

    def discard(self, folder: Path) -> None:
        """Delete the collection of a generation, unless a copy of the library has gone on with it; one that cannot be
        reached is left on the server."""
        written = _read(folder)
        if written is None:
            return
        with suppress(ServerDown):
            if self.holdings(folder) is not None:
                client = self.client()
                client.delete(written.collection)
                client.close()

    def holdings(self, folder: Path) -> str | None:
        """What decides what is found, as the server says: the mark of the last write and how much there is; None when
        that is not what was written from here. Raises ServerDown."""
        from chromadb.errors import NotFoundError

        written = _read(folder)
        index = self(folder)
        try:
            mark = index.mark()
            count = index.count()
        except NotFoundError:
            return None
        finally:
            index.close()
        return f"{mark} {count}" if written is not None and mark in (written.mark, written.next) else None

    def client(self) -> ServerClient:
        """A client of the server; nothing is asked yet."""
        # onnxruntime, which chromadb imports, reports its use to a remote host unless told not to.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        from pipeline.library.chroma_http import ServerClient

        parts = urlsplit(self.url)
        encrypted = parts.scheme == "https"
        return ServerClient(parts.hostname or "", parts.port or (443 if encrypted else 8000), encrypted=encrypted)


class ServerIndex(ChromaIndex):
    """The collection of one generation on a server."""

    def __init__(self, store: ServerVectors, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._client: ServerClient | None = None

    def write(self, removed: Sequence[int], added: Sequence[Entry]) -> None:
        before = _read(self._folder) or self._begun()
        mark = uuid.uuid4().hex
        _put(self._folder, replace(before, next=mark))
        super().write(removed, added)
        self._collection.modify(metadata={_MARK: mark})
        _put(self._folder, replace(before, mark=mark, next=mark))

    def mark(self) -> object:
        """The mark that the last write left in the collection."""
        return (self._collection.metadata or {}).get(_MARK)

    def close(self) -> None:
        client, self._client = self._client, None
        self.__dict__.pop("_collection", None)
        if client is not None:
            client.close()

    @cached_property
    def _collection(self) -> Collection:
        written = _read(self._folder) or self._begun()
        self._client = self._store.client()
        return self._client.collection(written.collection)

    def _begun(self) -> _Written:
        """An empty collection for a generation that has none yet."""
        mark = uuid.uuid4().hex
        written = _Written(f"newsdesk-{self._store.library_id[:16]}-{self._folder.name}-{mark[:8]}", mark, mark)
        client = self._store.client()
        try:
            client.create(written.collection, {_MARK: mark}, {"hnsw": {"space": "cosine", "ef_search": EF_SEARCH}})
        finally:
            client.close()
        _put(self._folder, written)
        return written


def server_address(url: str, *, insecure: bool) -> str:
    """The address of a Chroma server, checked.

    Raises UsageError for what is none, and for one that is neither encrypted nor on this machine, unless `insecure`.
    """
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.username or parts.path.strip("/") or parts.query:
        raise UsageError(
            f"{url!r} is not the address of a Chroma server", "Set 'vectors' to one like http://localhost:8000"
        )
    if parts.scheme == "http" and not insecure and not is_loopback(parts.hostname or ""):
        raise UsageError(
            f"The Chroma server {url!r} would be asked without encryption and is not on this machine",
            "Use https, or set insecure_vectors (NEWSDESK_INSECURE_VECTORS=true) if the network can be trusted",
        )
    return url.rstrip("/")


def _read(folder: Path) -> _Written | None:
    try:
        return _Written(**json.loads((folder / _FILE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _put(folder: Path, written: _Written) -> None:
    beside = folder / f".{_FILE}.{os.getpid()}"
    beside.write_text(json.dumps(asdict(written)))
    beside.replace(folder / _FILE)
