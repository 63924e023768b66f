"""What a site lets newsdesk read, as its robots.txt says (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errors import InputError

if TYPE_CHECKING:
    from protego import Protego

    from pipeline.fetching.exchange import Reply

AGENT = "newsdesk"
"""The name by which a robots.txt can address newsdesk."""

_MAX_BYTES = 500 * 2**10
"""What RFC 9309 asks of a reader at least; the rest is not looked at."""

_LONGEST_DELAY = 30.0
"""Seconds between two requests up to which a site's wish is followed; longer ones are mistakes of units."""


class Robots:
    """The robots.txt of each site, asked for once; `get` fetches an address, following redirects."""

    def __init__(self, get: Callable[[str], Reply]) -> None:
        self._get = get
        self._sites: dict[str, Protego | InputError] = {}

    def check(self, url: str) -> float:
        """The seconds that the site of this address wants between two requests, 0 when it does not say.

        Raises InputError when newsdesk may not read the address, and when the site's robots.txt cannot be read: such a
        site is left alone.
        """
        rules = self._rules(url)
        if not rules.can_fetch(url, AGENT):
            raise InputError("its robots.txt does not let newsdesk read it", "Save the page and ingest that")
        return min(float(rules.crawl_delay(AGENT) or 0), _LONGEST_DELAY)

    def _rules(self, url: str) -> Protego:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._sites:
            self._sites[site] = self._asked(f"{site}/robots.txt")
        rules = self._sites[site]
        if isinstance(rules, InputError):
            raise InputError(rules.what, rules.next_step)
        return rules

    def _asked(self, url: str) -> Protego | InputError:
        from protego import Protego

        try:
            reply = self._get(url)
        except InputError as error:
            return error
        if reply.status >= 500 or reply.status == 429:
            return InputError(f"its robots.txt cannot be read (the server answered {reply.status})", "Try again later")
        text = reply.body[:_MAX_BYTES].decode("utf-8", errors="replace") if reply.status == 200 else ""
        return Protego.parse(text)
