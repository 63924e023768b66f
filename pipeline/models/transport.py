"""An HTTP client whose replies end: by size, and by time over the whole body rather than for each read.

Without it an endless reply would go on filling memory after the caller has given up.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from httpx2 import Client, Limits, ReadTimeout, Response, SyncByteStream
from openai import DefaultHttpxClient

from pipeline.errors import ModelError

# What a reply may take on the wire: 1 MB of text, every character written as six bytes (\uXXXX), and an envelope.
_WIRE_BYTES = 8_000_000


def bounded_client(timeout: float, *, through_proxy: bool, most_bytes: int = _WIRE_BYTES) -> Client:
    """A client for the OpenAI library. `timeout` is in seconds, for connecting, for each read and for a whole body.

    Redirects are not followed: the evidence goes to the address that the user gave and to no other. Connections are not
    kept: a model is so slow that a handshake does not matter, and a kept connection fails when it waited too long.
    """

    def bound(response: Response) -> None:
        if isinstance(response.stream, SyncByteStream):
            response.stream = _BoundedStream(response.stream, response.url.host, timeout, most_bytes)

    return DefaultHttpxClient(
        timeout=timeout,
        follow_redirects=False,
        trust_env=through_proxy,
        limits=Limits(max_keepalive_connections=0),
        event_hooks={"response": [bound]},
    )


class _BoundedStream(SyncByteStream):
    """A body that raises ReadTimeout when it takes too long and ModelError when it is too large."""

    def __init__(self, stream: SyncByteStream, host: str, timeout: float, most_bytes: int) -> None:
        self._stream = stream
        self._host = host
        self._ends = time.monotonic() + timeout
        self._most_bytes = most_bytes

    def __iter__(self) -> Iterator[bytes]:
        received = 0
        for chunk in self._stream:
            received += len(chunk)
            if received > self._most_bytes:
                raise ModelError(f"The reply of the model server at {self._host} has no end", "Choose another model")
            if time.monotonic() > self._ends:
                raise ReadTimeout("The body took longer than the timeout.")
            yield chunk

    def close(self) -> None:
        self._stream.close()
