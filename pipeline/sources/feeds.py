"""RSS and Atom feeds: the full text where the feed gives it, else its summary, or what its links lead to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from pipeline.errors import InputError
from pipeline.identity import record_identity
from pipeline.sources.dates import normalise_published
from pipeline.sources.decoding import read_capped
from pipeline.sources.html import fragment_text
from pipeline.sources.inputs import Input
from pipeline.sources.links import web_address
from pipeline.sources.markup import without_attribute_floods
from pipeline.types import RawArticle, Rejection

_MAX_BYTES = 8 * 2**20
_MAX_TAGS = 40_000
"""Tags of a feed outside its texts: feedparser takes 60 µs for one. 1,000 items with ten fields each have 20,000."""

_DEEPEST = 64
_TAG = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?P<end>/?)[A-Za-z][^<>]*?(?P<empty>/?)>", re.DOTALL)
_ENTRY = re.compile(rb"<(item|entry)[\s>].*?</\1\s*>", re.DOTALL | re.IGNORECASE)

Address = Callable[[str], Iterator[RawArticle | Rejection]]


def read_feed(found: Input, follow: Address | None) -> Iterator[RawArticle | Rejection]:
    """The articles of a feed, in its order; `origin` of each is `path:N`, entries counted from 1.

    With `follow`, each article is read from its entry's link instead, and the feed fills in what the page does not say;
    where the link gives no article, its reason comes as a Rejection and the feed's own text is taken. An entry whose
    link is no web address comes as a Rejection. Raises InputError for what is no feed, or costs too much to read.
    """
    data = read_capped(found.stream, _MAX_BYTES)
    _refuse_costly(data)
    feed = _parsed(without_attribute_floods(data.decode("latin-1")).encode("latin-1"), found)
    entries = feed.entries
    if not entries:
        raise InputError("the feed has no entries", "Check that it is an RSS or Atom feed")
    parts = [match[0] for match in _ENTRY.finditer(data)]
    originals = parts if len(parts) == len(entries) else [b""] * len(entries)
    for number, (entry, original) in enumerate(zip(entries, originals, strict=True), start=1):
        place = replace(found, origin=f"{found.origin}:{number}")
        try:
            article = _article(entry, feed.feed, original, place)
        except InputError as error:
            article = Rejection(place.origin, str(error))
        followed = False
        if follow and isinstance(article, RawArticle) and article.url:
            for linked in follow(article.url):
                followed = followed or isinstance(linked, RawArticle)
                yield _filled(linked, article) if isinstance(linked, RawArticle) else linked
        if not followed:
            yield article


def _refuse_costly(data: bytes) -> None:
    if b"<!ENTITY" in data:
        raise InputError("the feed declares entities of its own, as bombs do", "Check where it comes from")
    depth = deepest = tags = 0
    for tag in _TAG.finditer(data):
        if tag["end"] is None:
            continue
        tags += 1
        depth += -1 if tag["end"] else 0 if tag["empty"] else 1
        deepest = max(deepest, depth)
    if tags > _MAX_TAGS or deepest > _DEEPEST:
        raise InputError(f"the feed is too large or too deeply nested ({tags:,} tags)", "Cut it to its newest entries")


def _parsed(data: bytes, found: Input) -> Any:
    import feedparser

    said = (
        {"content-type": f"{found.media_type or 'application/xml'}; charset={found.charset}"} if found.charset else {}
    )
    return feedparser.parse(data, response_headers=said, sanitize_html=False, resolve_relative_uris=False)


def _article(entry: Any, feed: Any, original: bytes, found: Input) -> RawArticle | Rejection:
    link = str(entry.get("link") or "").strip()
    url = web_address(link, web_address(str(feed.get("link") or ""), found.url) or found.url) if link else ""
    if link and not url:
        return Rejection(found.origin, f"its link {link[:80]!r} is no web address. Check where the feed comes from.")
    title = fragment_text(str(entry.get("title") or ""))
    text, markup = _text(entry)
    if not text.strip():
        return Rejection(found.origin, "the entry has no text. Add --follow to read the page that it links to.")
    source = str((entry.get("source") or {}).get("title") or feed.get("title") or "").strip()
    published = normalise_published(str(entry.get("published") or ""))
    name = str(entry.get("id") or "").strip()
    return RawArticle(
        text=text,
        original=original or markup.encode(errors="replace"),
        media="feed",
        origin=found.origin,
        title=" ".join(title.split()),
        source=" ".join(source.split()),
        url=url,
        published=published,
        authors=_authors(entry),
        modified=normalise_published(str(dict.get(entry, "updated") or "")),  # not `published` in its place
        section=next((str(tag.get("term") or "").strip() for tag in entry.get("tags") or []), ""),
        language=str(feed.get("language") or "").strip(),
        identity=f"feed:{source}|{name}" if name else record_identity(found.name, title, published, text),
    )


def _text(entry: Any) -> tuple[str, str]:
    """The longest of the texts that an entry gives, and how it gives it."""
    given = [*(entry.get("content") or []), entry.get("summary_detail") or {}]
    values = ((str(part.get("value") or ""), part.get("type") == "text/plain") for part in given)
    texts = ((value if is_plain else fragment_text(value), value) for value, is_plain in values)
    return max(texts, key=lambda found: len(found[0]), default=("", ""))


def _authors(entry: Any) -> tuple[str, ...]:
    named = [str(author.get("name") or "") for author in entry.get("authors") or [] if isinstance(author, dict)]
    names = named if any(named) else [str(entry.get("author") or "")]
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip() and "@" not in name))


def _filled(linked: RawArticle, entry: RawArticle) -> RawArticle:
    """The article of a page with what only the feed says of it."""
    return replace(
        linked,
        title=linked.title or entry.title,
        source=linked.source or entry.source,
        published=linked.published or entry.published,
        authors=linked.authors or entry.authors,
        modified=linked.modified or entry.modified,
        section=linked.section or entry.section,
        language=linked.language or entry.language,
    )
