"""Chroma's HTTP client within limits: every request has a deadline and is tried again while that can help.

Its own waits for ever, tries once, and cannot be told otherwise.
"""

from __future__ import annotations

import time
from typing import Any

import httpx
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.fastapi import FastAPI
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings, System
from chromadb.errors import ChromaError
from typing_extensions import override

from pipeline.addresses import is_loopback
from pipeline.errors import ServerDown
from pipeline.models.completion import within

# Seconds for a question, which exact search can answer instead, and for a write of some thousand vectors.
_ASKING, _WRITING = 5.0, 120.0
# Waits before the second and third attempt.
_BACKOFF = (0.2, 0.8)
_WRITES = ("/upsert", "/delete", "/add", "/update")


class ServerClient:
    """The collections of a Chroma server, by name. Nothing is asked before the first of them is."""

    def __init__(self, host: str, port: int, *, encrypted: bool) -> None:
        self._system = System(
            Settings(
                chroma_api_impl="chromadb.api.fastapi.FastAPI",
                chroma_server_host=host,
                chroma_server_http_port=port,
                chroma_server_ssl_enabled=encrypted,
                anonymized_telemetry=False,
            )
        )
        self._api = self._system.instance(BoundedAPI)
        self._system.start()

    def create(self, name: str, metadata: dict[str, str], configuration: CreateCollectionConfiguration) -> None:
        """Make an empty collection."""
        self._api.create_collection(name, metadata=dict(metadata), configuration=configuration)

    def collection(self, name: str) -> Collection:
        """The collection of this name; raises NotFoundError."""
        return Collection(client=self._api, model=self._api.get_collection(name), embedding_function=None)

    def delete(self, name: str) -> None:
        """Delete a collection; raises NotFoundError."""
        self._api.delete_collection(name)

    def close(self) -> None:
        self._system.stop()


class BoundedAPI(FastAPI):
    """Chroma's client, with deadlines and retries; raises ServerDown when the server gives no answer in time.

    All that newsdesk asks of it may be done twice.
    """

    def __init__(self, system: System) -> None:
        super().__init__(system)
        host = str(system.settings.chroma_server_host)
        self._session = httpx.Client(
            timeout=_WRITING,
            limits=self.http_limits,
            headers=self._session.headers,
            trust_env=not is_loopback(host),
        )

    @override
    def stop(self) -> None:
        self._session.close()
        super().stop()

    @override
    def _make_request(self, method: str, path: str, **kwargs: Any) -> Any:
        seconds = _WRITING if path.endswith(_WRITES) else _ASKING
        ends = time.monotonic() + seconds
        for pause in (*_BACKOFF, None):
            try:
                return next(within(ends, lambda: iter([super(BoundedAPI, self)._make_request(method, path, **kwargs)])))
            except TimeoutError as error:
                raise self._down(f"gave no answer within {seconds:g} seconds") from error
            except httpx.TransportError as error:
                if pause is None or isinstance(error, httpx.ConnectError):
                    raise self._down("does not answer") from error
            except ChromaError:
                raise
            except Exception as error:  # a plain Exception for a status that Chroma's server does not use
                status = _status(error)
                if status is None:
                    raise self._down("is no Chroma server: it does not answer in JSON") from error
                if pause is None or status < 500:
                    raise self._down(f"answered with HTTP {status}") from error
            time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _down(self, what: str) -> ServerDown:
        server = str(self._api_url).partition("/api/")[0]
        return ServerDown(f"The Chroma server at {server} {what}", "Start it, or correct the setting 'vectors'")


def _status(error: Exception) -> int | None:
    """The HTTP status behind an error of Chroma's client."""
    cause = error if isinstance(error, httpx.HTTPStatusError) else error.__context__
    return cause.response.status_code if isinstance(cause, httpx.HTTPStatusError) else None
