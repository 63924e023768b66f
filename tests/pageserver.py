"""A web server on 127.0.0.1 whose pages, and faults, a test scripts.

    with serve_pages({"/a": Page(b"<p>Text</p>")}) as site:
        Fetcher(allowed_addresses=["127.0.0.1"]).get(f"{site.url}/a")
    assert site.asked == ["/robots.txt", "/a"]

A page is a value, or a function from the request's headers (names in lower case) to one. What is not there is a 404.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


@dataclass(frozen=True)
class Page:
    """What stands at a path. With `drip` a byte comes every so many seconds, with `cut` one fewer than promised."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "text/html; charset=utf-8"
    drip: float = 0.0
    cut: bool = False


Pages = Mapping[str, Page | Callable[[Mapping[str, str]], Page]]


@dataclass
class Site:
    """A running server: its address, the paths that were asked for, and the headers of each request."""

    url: str
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)


@contextmanager
def serve_pages(pages: Pages) -> Iterator[Site]:
    """Run a server for as long as the block runs."""
    stopped = Event()

    class Exchange(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = {name.lower(): value for name, value in self.headers.items()}
            site.asked.append(self.path)
            site.headers.append(said)
            found = pages.get(self.path, Page(b"", 404))
            page = found(said) if callable(found) else found
            self.send_response(page.status)
            for name, value in {"Content-Type": page.media_type, **page.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(page.body) + page.cut))
            self.end_headers()
            with suppress(ConnectionError):
                self._send(page)

        def _send(self, page: Page) -> None:
            if not page.drip:
                self.wfile.write(page.body)
                return
            ends = time.monotonic() + 10
            for byte in page.body:
                if stopped.wait(page.drip) or time.monotonic() > ends:
                    return
                self.wfile.write(bytes([byte]))

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Exchange) as http:
        http.daemon_threads = True
        site = Site(f"http://127.0.0.1:{http.server_port}")
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            stopped.set()
            http.shutdown()
            thread.join()
