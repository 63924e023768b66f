"""What an article is known by across its versions, on every machine: its key.

In this order: its address without what does not name the article; the name that its publisher gave it (a feed's id, a
Message-ID) or that of its record in a table; for text on standard input, the text; and for a file of its own, the name
of the file, the title and the day. No path and no line number is part of a key, so the same articles get the same ids
on another machine, and after a line was put in before them. That an edited file at the same path is a new version of
the same article, even under another title, is for the library to see: `pipeline.ingesting`.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipeline.types import RawArticle

FILE_KEY = "file:"
RECORD_KEY = "record:"
"""How the keys of an article in a file of its own and of a record in a table begin."""

# Parameters that say how a reader came, from the lists that browsers strip; never one that can name an article (id, p).
_TRACKING = re.compile(
    r"^(?:utm|mc|mkt|mtm|itm|ns|vero|oly|at)_|^_?ga$|^__twitter_impression$|"
    r"^(?:fb|g|dc|msclk|yc|tw|ttc|li_fat_)clid$|^(?:gclsrc|gbraid|wbraid|igshid|igsh|msclkid|li_fat_id|yclid|_hsenc|_hsmi)$|"
    r"^(?:cmpid|cmp|ncid|ocid|icid|ito|smid|smtyp|sref|sr_share|ref_src|ref_url|xtor|partner|share|socialshare)$|"
    r"^(?:campaign_id|emc|mbid|taid|tpcc|traffic_source)$",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_address(url: str) -> str:
    """The address as a key: without fragment, tracking parameters, default port, a slash at the end and letter case of
    the host, its parameters in order, and the same for http and https."""
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".")
    port = f":{parts.port}" if parts.port and parts.port != _DEFAULT_PORTS.get(scheme) else ""
    query = sorted((name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.search(name))
    scheme = "https" if scheme == "http" else scheme
    return urlunsplit((scheme, host + port, parts.path.rstrip("/"), urlencode(query), ""))


def article_key(raw: RawArticle, title: str, published: str | None) -> str:
    """The key of an article of which cleaning found this title and this day of publication (ISO 8601)."""
    if raw.url:
        return canonical_address(raw.url)
    if raw.identity:
        return raw.identity
    if raw.origin == "-":
        return f"text:{digest(raw.text)}"
    return FILE_KEY + "|".join((PurePath(raw.origin).name, _squeezed(title), (published or "")[:10]))


def record_identity(file: str, title: str, published: str | None, text: str) -> str:
    """What names a record without an address in a table or list: its file, title and day, or its text for want of a
    title."""
    return RECORD_KEY + "|".join((file, _squeezed(title) or digest(text), (published or "")[:10]))


def article_id(key: str) -> str:
    """The id of the article with this key: 16 hexadecimal digits."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal digits; halves of surrogate pairs are let through."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _squeezed(title: str) -> str:
    return " ".join(title.casefold().split())
