"""Pages saved whole as MHTML: the page itself, without its pictures and style sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.errors import InputError
from pipeline.sources.decoding import read_capped
from pipeline.sources.html import MAX_PAGE_BYTES, page_article
from pipeline.sources.inputs import Input
from pipeline.sources.letters import header, parsed
from pipeline.sources.links import web_address
from pipeline.types import RawArticle


def read_mhtml(found: Input) -> Iterator[RawArticle]:
    """The one article of a saved page; raises InputError when it holds no page, or a page without an article."""
    data = read_capped(found.stream, MAX_PAGE_BYTES)
    letter = parsed(data)
    for part in letter.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() in ("text/html", "application/xhtml+xml") and isinstance(content, bytes):
            where = header(letter, "snapshot-content-location") or str(part.get("content-location", ""))
            page = replace(found, url=web_address(where) or found.url)
            yield page_article(content, data, page, part.get_content_charset() or "")
            return
    raise InputError("the saved page holds no page", "Save it again, as HTML")
