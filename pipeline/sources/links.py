"""Which addresses of articles are taken: absolute ones on the web."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\"<>\\]")


def web_address(address: str, base: str = "") -> str:
    """The address when it is an absolute http or https one with a host (after joining it to `base`), else empty."""
    try:
        joined = urljoin(base, address.strip())
        parts = urlsplit(joined)
        port = parts.port or 0  # raises ValueError for one that is no number
    except ValueError:
        return ""
    well_formed = parts.scheme in ("http", "https") and bool(parts.hostname) and port >= 0
    return joined if well_formed and not _UNSAFE.search(joined) else ""
