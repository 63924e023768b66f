"""Saved web pages: the article's text and what the page says about it, without the rest of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.sources.clutter import Line, join_chunks, link_shares, prune_clutter, squeezed, without_clutter
from pipeline.sources.decoding import decode, read_capped
from pipeline.sources.inputs import Input
from pipeline.sources.markup import without_attribute_floods
from pipeline.sources.metadata import page_metadata, searched_date
from pipeline.sources.visibility import prune_unseen
from pipeline.types import RawArticle

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

MAX_PAGE_BYTES = 32 * 2**20
MAX_TAGS = 200_000
"""Pages with their images inside stay below the first; a tree of more tags than the second would not fit 512 MB."""

MAX_ELEMENTS = 15_000
MAX_TEXT = 2_000_000
"""Elements and characters of a page that can be seen. trafilatura takes about 0.2 ms for an element and 0.7 s for a
million characters, so that no page takes more than 10 s. The largest of 102 real pages had 1,500 and 90,000."""

_PRECISE_SHARE = 0.5
"""Below this share of the default extraction's length, the precise one has lost the article (FACTS: .964 → .967)."""

_META_CHARSET = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)
_CHARSET_WITHIN = 4096


@dataclass(frozen=True, slots=True)
class Extracted:
    """The article of a page. `text` has paragraphs and headings parted by empty lines, no markup and no headline."""

    text: str
    title: str = ""
    source: str = ""
    url: str = ""
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    language: str = ""
    section: str = ""


def read_html(found: Input) -> Iterator[RawArticle]:
    """The one article of a page; raises InputError for bytes that are no text and for a page without an article."""
    data = read_capped(found.stream, MAX_PAGE_BYTES)
    yield page_article(data, data, found, found.charset)


def page_article(page: bytes, original: bytes, found: Input, charset: str = "") -> RawArticle:
    """The article of a page; `original` is what the page was found in. Raises InputError as `read_html` does."""
    declared = _META_CHARSET.search(page, 0, _CHARSET_WITHIN)
    about = extract(decode(page, charset or (declared[1].decode("ascii") if declared else "")), found.url)
    if not about.text:
        raise InputError("no article text was found in the page", "Paste its text into a .txt file and ingest that")
    return RawArticle(
        text=about.text,
        original=original,
        media="html",
        origin=found.origin,
        title=about.title,
        source=about.source,
        url=about.url,
        published=about.published,
        authors=about.authors,
        modified=about.modified,
        section=about.section,
        language=about.language,
    )


def extract(html: str, url: str = "") -> Extracted:
    """The article of a page and its metadata. `url` is where the page was found, if known; nothing is fetched.

    Text that a reader of the page cannot see is left out. A page without an article has an empty text; one that is too
    large to be an article raises InputError.
    """
    tree = _parsed(html)
    if tree is None:
        return Extracted("")
    about = page_metadata(tree, url)
    prune_unseen(tree)
    _refuse_oversize(tree)
    published = about.published or searched_date(tree, about.url)
    prune_clutter(tree)
    join_chunks(tree)
    lines = without_clutter(_lines(_body(tree, about.url), link_shares(tree)), about.headings)
    return Extracted(
        text="\n\n".join(line.text for line in lines),
        title=about.title,
        source=about.source,
        url=about.url,
        published=published,
        modified=about.modified,
        authors=about.authors,
        language=about.language,
        section=about.section,
    )


def fragment_text(html: str) -> str:
    """The text of a piece of a page, a feed's entry for example: its blocks, parted by empty lines, as a reader sees
    them. Raises InputError for one that is too large."""
    if "<" not in html and "&" not in html:
        return html.strip()
    tree = _parsed(f"<div>{html}</div>")
    if tree is None:
        return ""
    prune_unseen(tree)
    _refuse_oversize(tree)
    return "\n\n".join(filter(None, (re.sub(r" *\n *", "\n", block).strip() for block in _shown(tree))))


def _shown(tree: HtmlElement) -> list[str]:
    """What stands between the edges of the blocks of a page, as it is shown."""
    from lxml.etree import iterwalk

    runs = [""]
    for event, element in iterwalk(tree, events=("start", "end")):
        if element.tag in _SHOWN_AS_BLOCKS:
            runs.append("")
        if event == "start":
            runs[-1] += ("\n" if element.tag == "br" else "") + _flat(element.text)
        else:
            runs[-1] += _flat(element.tail)
    return runs


def _parsed(html: str) -> HtmlElement | None:
    if (tags := html.count("<")) > MAX_TAGS:
        raise _too_large(f"{tags:,} tags")
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return document_fromstring(without_attribute_floods(html).encode(), parser=parser)
    except ParserError:
        return None


def _refuse_oversize(tree: HtmlElement) -> None:
    elements = sum(1 for _ in tree.iter())
    characters = sum(map(len, tree.itertext()))
    if elements > MAX_ELEMENTS or characters > MAX_TEXT:
        raise _too_large(f"{elements:,} elements, {characters:,} characters")


def _too_large(size: str) -> InputError:
    return InputError(f"the page is too large for an article ({size})", "Save the article alone and ingest that")


def _body(tree: HtmlElement, url: str) -> _Element | None:
    """trafilatura's precise extraction, or its default one when the precise one has lost most of the article."""
    precise = _extraction(tree, url, precise=True)
    default = _extraction(tree, url, precise=False)
    if precise is None or default is None:
        return default if precise is None else precise
    return precise if _length(precise) >= _PRECISE_SHARE * _length(default) else default


def _extraction(tree: HtmlElement, url: str, *, precise: bool) -> _Element | None:
    from trafilatura import bare_extraction

    document = bare_extraction(tree, url=url or None, favor_precision=precise, include_comments=False)
    return None if document is None or isinstance(document, dict) else document.body


def _length(body: _Element) -> int:
    return sum(map(len, body.itertext()))


_BLOCKS = frozenset({"p", "head", "item", "quote", "cell", "row", "code", "list", "table", "body", "div", "ab", "fw"})


_SHOWN_AS_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr"}
    | {"table", "tr", "td", "th", "section", "article", "aside", "header", "footer", "figure", "figcaption"}
)


def _lines(body: _Element | None, shares: Mapping[str, float]) -> list[Line]:
    """The blocks of an extraction in reading order; two line breaks in a row end a block too."""
    lines: list[Line] = []
    for tag, text in _blocks(body, "p") if body is not None else ():
        parts = re.split(r"\n{2,}", re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", text)).strip())
        lines.extend(Line(part, tag, shares.get(squeezed(part), 0.0)) for part in parts if part)
    return lines


def _blocks(element: _Element, around: str) -> Iterator[tuple[str, str]]:
    """Tag and text of each stretch of text between the edges of block elements."""
    tag = str(element.tag) if element.tag in _BLOCKS else around
    running = _flat(element.text)
    for child in element:
        if child.tag == "lb":
            running += "\n"
        elif child.tag in _BLOCKS:
            yield tag, running
            running = ""
            yield from _blocks(child, tag)
        else:
            inner = list(_blocks(child, tag))
            if len(inner) == 1:
                running += inner[0][1]
        running += _flat(child.tail)
    yield tag, running


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
