"""Web archives (WARC): each page, feed or document that was archived with success is read as if it had been fetched."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import InputError
from pipeline.sources.decoding import MAX_BYTES
from pipeline.sources.inputs import Input
from pipeline.sources.links import web_address
from pipeline.types import RawArticle, Rejection

_READ = (
    "text/html",
    "application/xhtml",
    "text/plain",
    "text/markdown",
    "application/pdf",
    "application/rss",
    "application/atom",
)

Inner = Callable[[Input], Iterator[RawArticle | Rejection]]


def read_warc(found: Input, inner: Inner) -> Iterator[RawArticle | Rejection]:
    """The articles of an archive, record by record; `origin` of each is `path/ADDRESS`.

    What was answered with another status than 200, and what is no text, feed or PDF by its media type, is passed over.
    Raises InputError where the archive is damaged.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    taken = 0
    try:
        for record in ArchiveIterator(found.stream):
            page = _page(record, found)
            if page is not None:
                taken += 1
                yield from inner(page)
    except (ArchiveLoadFailed, ValueError, AttributeError, TypeError) as error:  # the last two on a record cut short
        raise InputError("the web archive is damaged or cut off", "The articles before the damage are in") from error
    if not taken:
        raise InputError("the web archive holds no pages", "Check what was archived")


def _page(record: Any, found: Input) -> Input | None:
    """The page of a record as an input, None for a record of another kind."""
    url = web_address(record.rec_headers.get_header("WARC-Target-URI") or "")
    if record.rec_type not in ("response", "resource") or not url:
        return None
    headers = record.http_headers
    if record.rec_type == "response" and (headers is None or headers.get_statuscode() != "200"):
        return None
    media_type = (headers or record.rec_headers).get_header("Content-Type") or ""
    if not media_type.lower().startswith(_READ):
        return None
    charset = media_type.lower().partition("charset=")[2].partition(";")[0].strip("\"' ")
    body = io.BytesIO(record.content_stream().read(MAX_BYTES + 1))
    return Input(body, f"{found.origin}/{url}", PurePosixPath(urlsplit(url).path).name, url, charset, media_type)
