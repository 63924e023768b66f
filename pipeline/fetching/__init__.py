"""The one door to the web for articles.

    page = Fetcher().get("https://example.org/story")

Only http and https, only machines with public addresses, checked at every hop; only what robots.txt allows, not too
often, not too long, not too much. The servers of language models are reached elsewhere, by the address that the user
gave.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from pipeline import __version__
from pipeline.errors import InputError
from pipeline.fetching.addresses import web_target
from pipeline.fetching.memory import Kept, Memory, default_memory
from pipeline.fetching.robots import AGENT, Robots

if TYPE_CHECKING:
    from pipeline.fetching.exchange import Reply

__all__ = ["Fetched", "Fetcher", "default_memory"]

USER_AGENT = f"{AGENT}/{__version__} (reads news articles for one user; asks robots.txt)"
MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/pdf, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stands at an address: `url` is the last of the redirects; media type and charset are as the server said."""

    url: str
    body: bytes
    media_type: str
    charset: str
    unchanged: bool = False


class Fetcher:
    """Fetches pages politely. `memory` is the SQLite file in which pages are kept, None for none.

    `seconds` is the wall time that one page may take, `pause` the least time between two requests to one host.
    `allowed_addresses` are IP addresses that may be talked to although they are not public: for tests on this machine.
    """

    def __init__(
        self,
        memory: Path | None = None,
        *,
        seconds: float = 20.0,
        pause: float = 1.0,
        allowed_addresses: Collection[str] = (),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._memory = Memory(memory)
        self._seconds = seconds
        self._pause = pause
        self._allowed = frozenset(allowed_addresses)
        self._sleep = sleep
        self._next: dict[str, float] = {}
        self._robots = Robots(lambda url: self._follow(url, lambda hop: self._exchange(hop, {}))[1])

    def get(self, url: str) -> Fetched:
        """The page at an address; raises InputError, with the reason, when it cannot or may not be fetched."""
        unchanged = False

        def ask(hop: str) -> Reply:
            nonlocal unchanged
            pause = max(self._pause, self._robots.check(hop))
            kept = self._memory.get(hop)
            self._wait(hop, pause)
            reply = self._exchange(hop, _conditions(kept))
            unchanged = reply.status == 304 and kept is not None
            return replace(reply, status=200, body=kept.body) if kept and unchanged else reply

        last, reply = self._follow(web_target(url), ask)
        _refuse_failure(reply)
        kept = self._memory.get(last) if unchanged else None
        told = kept.media_type if kept else reply.headers.get("content-type", "")
        if not unchanged:
            etag, modified = (reply.headers.get(name, "") for name in ("etag", "last-modified"))
            if etag or modified:
                self._memory.put(last, Kept(etag, modified, told, reply.body))
        header = Message()
        header["content-type"] = told
        return Fetched(last, reply.body, header.get_content_type() if told else "", _charset(header), unchanged)

    def _follow(self, url: str, ask: Callable[[str], Reply]) -> tuple[str, Reply]:
        """The last address of a chain of redirects and the reply there; each hop is checked as if it were the first."""
        for _ in range(MOST_REDIRECTS + 1):
            reply = ask(url)
            target = reply.headers.get("location", "")
            if reply.status not in _REDIRECTS or not target:
                return url, reply
            try:
                url = web_target(urljoin(url, target))
            except ValueError as error:
                raise InputError(
                    f"it leads to {target[:80]!r}, which is not an address", "Check the address"
                ) from error
        raise InputError(f"it leads from one address to the next more than {MOST_REDIRECTS} times", "Check the address")

    def _exchange(self, url: str, conditions: Mapping[str, str]) -> Reply:
        from pipeline.fetching.exchange import exchange

        headers = {"User-Agent": USER_AGENT, "Accept": _ACCEPT, **conditions}
        return exchange(url, headers, self._seconds, self._allowed)

    def _wait(self, url: str, pause: float) -> None:
        """Wait until the host of an address may be asked again; the next time that is after so many seconds."""
        host = urlsplit(url).netloc
        now = time.monotonic()
        wait = self._next.get(host, now) - now
        if wait > 0:
            self._sleep(wait)
        self._next[host] = now + max(wait, 0) + pause


def _conditions(kept: Kept | None) -> dict[str, str]:
    if kept is None:
        return {}
    conditions = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified}
    return {name: value for name, value in conditions.items() if value}


def _refuse_failure(reply: Reply) -> None:
    if reply.status == 200:
        return
    wait = reply.headers.get("retry-after", "")
    asked = f" and asks to wait {wait} s" if wait.isdigit() else ""
    step = "Try again later" if reply.status in (408, 425, 429) or reply.status >= 500 else "Check the address"
    raise InputError(f"the server answered {reply.status}{asked}", step)


def _charset(header: Message) -> str:
    charset = header.get_content_charset() or ""
    return charset if charset.isascii() else ""
