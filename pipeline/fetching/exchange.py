"""One request and its reply: to a checked address, within a time, a size, and a size unpacked."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from httpcore2 import (
    ConnectError,
    ConnectionPool,
    ConnectTimeout,
    NetworkBackend,
    NetworkError,
    NetworkStream,
    ProtocolError,
    ReadTimeout,
    TimeoutException,
)
from httpcore2 import SyncBackend as Sockets

from pipeline.errors import InputError
from pipeline.fetching.addresses import resolve

if TYPE_CHECKING:
    import ssl

    from httpcore2 import Response

MAX_BYTES = 32 * 2**20
"""The most that is read of a reply, packed and unpacked: pages with their images inside stay below."""

MAX_RATIO = 200
_FREE = 4 * 2**20
"""Times its size that a reply may unpack to once it is larger than `_FREE`: text packs to a third or a tenth."""

_STEP = 2**18
_LATER = "Try again later"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered. Names of headers are in lower case, the body is unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def exchange(url: str, headers: Mapping[str, str], seconds: float, allowed: frozenset[str]) -> Reply:
    """GET an address, as `web_target` writes it; no redirect is followed, no proxy and no cookie is used.

    The host is resolved once and its checked address is the one that is connected to, under the host's own name.
    Raises InputError when the host may not be talked to, does not answer, or answers too slowly or too much.
    """
    door = _Door(allowed, time.monotonic() + seconds)
    asked = [*headers.items(), ("Accept-Encoding", "gzip")]
    try:
        with (
            ConnectionPool(_tls(), max_connections=1, network_backend=door) as pool,
            pool.stream("GET", url, headers=asked, extensions={"timeout": door.timeouts}) as response,
        ):
            said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            return Reply(response.status, said, _body(response, said.get("content-encoding", "")))
    except (ReadTimeout, ConnectTimeout, TimeoutException) as error:
        raise InputError(f"it did not come within {seconds:.0f} s", _LATER) from error
    except (ConnectError, NetworkError) as error:
        raise InputError(f"the server cannot be reached ({error})", "Check the address and the network") from error
    except (ProtocolError, ValueError) as error:
        raise InputError(f"the server's answer broke off or is not HTTP ({error})", _LATER) from error


def _body(response: Response, encoding: str) -> bytes:
    unpacking = _unpacking(encoding.strip().lower())
    data = bytearray()
    received = 0
    for chunk in response.iter_stream():
        received += len(chunk)
        for part in unpacking.parts(chunk):
            data += part
            if len(data) > MAX_BYTES or received > MAX_BYTES:
                raise InputError(f"it is larger than {MAX_BYTES // 2**20} MB", "Save the article alone and ingest that")
            if len(data) > max(_FREE, MAX_RATIO * received):
                raise InputError(f"it unpacks to more than {MAX_RATIO} times its size", "Check where it comes from")
    if not unpacking.finished:
        raise InputError("the server's answer broke off", _LATER)
    return bytes(data)


class _Unpacking:
    """Unpacks a body in steps of bounded size; `wbits` is zlib's, 0 for a body that is not packed."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._stream = zlib.decompressobj(wbits) if wbits else None
        self._any = False

    @property
    def finished(self) -> bool:
        return self._stream is None or self._stream.eof or not self._any

    def parts(self, chunk: bytes) -> Iterable[bytes]:
        if self._stream is None:
            yield chunk
            return
        self._any = self._any or bool(chunk)
        try:
            while True:
                if self._stream.eof:
                    self._stream = zlib.decompressobj(self._wbits)
                part = self._stream.decompress(chunk, _STEP)
                yield part
                chunk = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
                if not chunk and (self._stream.eof or len(part) < _STEP):
                    return
        except zlib.error as error:
            raise InputError("the server's answer is damaged", _LATER) from error


def _unpacking(encoding: str) -> _Unpacking:
    if encoding in ("", "identity"):
        return _Unpacking(0)
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _Unpacking(zlib.MAX_WBITS | 32)
    raise InputError(f"the server packed it as {encoding!r}, which was not asked for", "Save the page and ingest that")


@cache
def _tls() -> ssl.SSLContext:
    from httpx2 import create_ssl_context

    return create_ssl_context()


class _Door(NetworkBackend):
    """Connects to checked addresses only, until a moment in time."""

    def __init__(self, allowed: frozenset[str], deadline: float) -> None:
        self._allowed = allowed
        self._deadline = deadline

    @property
    def timeouts(self) -> dict[str, float]:
        left = max(0.01, self._deadline - time.monotonic())
        return dict.fromkeys(("connect", "read", "write", "pool"), left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        fault: Exception = ConnectTimeout()
        for address in resolve(host.strip("[]"), port, self._allowed, self.timeouts["connect"]):
            try:
                stream = Sockets().connect_tcp(str(address), port, self.timeouts["connect"])
                return _Timed(stream, self._deadline)
            except (ConnectError, ConnectTimeout) as error:
                fault = error
        raise fault


class _Timed(NetworkStream):
    """A connection that ends at a moment in time, however often it gives a byte."""

    def __init__(self, stream: NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise ReadTimeout
        return left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
