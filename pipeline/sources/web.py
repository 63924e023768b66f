"""Addresses on the web, one by one and in lists: what is fetched is read as if it were a file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pipeline.errors import InputError
from pipeline.sources.decoding import decode, read_capped
from pipeline.sources.inputs import Input
from pipeline.types import RawArticle, Rejection

if TYPE_CHECKING:
    from pipeline.fetching import Fetcher


_LONGEST_LIST = 16 * 2**20
"""Bytes: some 200,000 addresses."""


def read_address(
    url: str, fetcher: Fetcher | None, inner: Callable[[Input], Iterator[RawArticle | Rejection]]
) -> Iterator[RawArticle | Rejection]:
    """The articles at an address, or the reason why there are none."""
    if fetcher is None:
        yield Rejection(url, "nothing is fetched here. Save the page and ingest that.")
        return
    try:
        page = fetcher.get(url)
    except InputError as error:
        yield Rejection(url, str(error))
        return
    name = PurePosixPath(unquote(urlsplit(page.url).path)).name
    yield from inner(Input(io.BytesIO(page.body), url, name, page.url, page.charset, page.media_type))


def read_addresses(
    found: Input, address: Callable[[str], Iterator[RawArticle | Rejection]]
) -> Iterator[RawArticle | Rejection]:
    """The articles at the addresses of a list, one a line, each address once; a line with `#` is a comment."""
    if found.url:
        raise InputError("it is a list of addresses on the web", "Save it to a file and ingest that")
    lines = (line.strip() for line in decode(read_capped(found.stream, _LONGEST_LIST)).splitlines())
    for url in dict.fromkeys(line for line in lines if line and not line.startswith("#")):
        yield from address(url)
