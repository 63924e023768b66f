"""An OpenAI-compatible server on 127.0.0.1 whose replies, and faults, a test scripts.

    with serve(lambda request: completion("All quiet [1.1].")) as server:
        chat_model("openai:small", base_url=server.url, …)
    assert server.requests[0].body["model"] == "small"

A handler maps a request to a Response. Bodies are bytes, or a function from the server's `stopped` event to chunks, for
replies that hang, drip or have no end: they stop on the event, which is set when the test is over. They also end by
themselves, so that a client without a deadline fails its test instead of holding it.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, TypeAlias

_LONG_SECONDS = 10


@dataclass(frozen=True)
class Request:
    """What the client sent: header names are in lower case, `body` is the decoded JSON."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


@dataclass(frozen=True)
class Response:
    """What the server sends. With `cut`, more body is promised than comes before the connection closes."""

    body: bytes | Callable[[Event], Iterator[bytes]] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    cut: bool = False


Handler: TypeAlias = Callable[[Request], Response]


@dataclass
class Server:
    """A running server: its base URL, and the requests so far, oldest first."""

    url: str
    stopped: Event
    requests: list[Request] = field(default_factory=list)


def completion(text: str | None, finish_reason: str | None = "stop", **message: object) -> Response:
    """A whole chat completion; further fields of its message by keyword."""
    choice = {
        "index": 0,
        "finish_reason": finish_reason,
        "message": {"role": "assistant", "content": text, **message},
    }
    return as_json({**_envelope("chat.completion"), "choices": [choice], "usage": USAGE})


USAGE = {"prompt_tokens": 21, "completion_tokens": 7, "total_tokens": 28}


def streamed(*texts: str, finish_reason: str | None = "stop") -> Response:
    """The same as server-sent events, one a text, then the finish reason unless it is None."""
    deltas: list[dict[str, object]] = [{"delta": {"content": text}, "finish_reason": None} for text in texts]
    if finish_reason is not None:
        deltas.append({"delta": {}, "finish_reason": finish_reason})
    events = [
        json.dumps({**_envelope("chat.completion.chunk"), "choices": [{"index": 0, **delta}]}) for delta in deltas
    ]
    body = "".join(f"data: {event}\n\n" for event in [*events, "[DONE]"])
    return Response(body.encode(), content_type="text/event-stream")


def failure(status: int, message: str = "it went wrong", code: str | None = None, **headers: str) -> Response:
    """An error in OpenAI's form; headers by keyword, `retry_after="1"`."""
    error = {"error": {"message": message, "type": code, "code": code, "param": None}}
    return as_json(error, status, {name.replace("_", "-"): value for name, value in headers.items()})


def as_json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(json.dumps(value).encode(), status, headers or {})


def hang() -> Response:
    """Headers, then nothing."""

    def body(stopped: Event) -> Iterator[bytes]:
        stopped.wait(_LONG_SECONDS)
        yield b" "

    return Response(body)


def drip() -> Response:
    """White space, a character at a time: every single read succeeds."""

    def body(stopped: Event) -> Iterator[bytes]:
        ends = time.monotonic() + _LONG_SECONDS
        while not stopped.wait(0.02) and time.monotonic() < ends:
            yield b" "

    return Response(body)


def endless() -> Response:
    """32 MB of white space, as fast as it is read."""

    def body(stopped: Event) -> Iterator[bytes]:
        for _ in range(512):
            if stopped.is_set():
                return
            yield b" " * 65_536

    return Response(body)


@contextmanager
def serve(handler: Handler) -> Iterator[Server]:
    """Run a server for as long as the block runs."""
    stopped = Event()

    class Exchange(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.path, headers, json.loads(content))
            running.requests.append(request)
            try:
                self._send(handler(request))
            except ConnectionError:
                self.close_connection = True

        def _send(self, response: Response) -> None:
            self.send_response(response.status)
            self.send_header("content-type", response.content_type)
            for name, value in response.headers.items():
                self.send_header(name, value)
            if isinstance(response.body, bytes):
                self.send_header("content-length", str(len(response.body) + response.cut))
                self.end_headers()
                self.wfile.write(response.body)
                self.close_connection = response.cut
                return
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            for chunk in response.body(stopped):
                self.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
            self.wfile.write(b"0\r\n\r\n")

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Exchange) as http:
        http.daemon_threads = True
        running = Server(f"http://127.0.0.1:{http.server_port}/v1", stopped)
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield running
        finally:
            stopped.set()
            http.shutdown()
            thread.join()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _envelope(kind: str) -> dict[str, object]:
    return {"id": "chatcmpl-1", "object": kind, "created": 1, "model": "served"}
