"""What a page says about its article: schema.org JSON-LD first, then its meta tags, then the page itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline.sources.dates import normalise_published
from pipeline.sources.links import web_address

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPE = re.compile(r"Article$|Posting$|^Report$|^ReportageNewsArticle$|^Review$|^ClaimReview$")

# Meta names in use, in the order in which they are trusted.
_TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")
_SITE_NAMES = ("og:site_name", "application-name", "dc.publisher", "publisher")
_AUTHOR_NAMES = ("article:author_name", "author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_PUBLISHED_NAMES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date"),
    *(
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "dc.date.issued",
        "dc.date",
        "dcterms.created",
        "date",
    ),
)
_MODIFIED_NAMES = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "dcterms.modified")

_SECTION_NAMES = ("article:section", "og:article:section", "parsely-section", "dc.subject", "section")

_BYLINE = re.compile(r"^\s*by\s+", re.IGNORECASE)
_JOB = re.compile(r"\b(?:writer|editor|reporter|correspondent)s?$|^https?:|@", re.IGNORECASE)
_SEPARATED_SITE = re.compile(r"\s+[|–—·•»-]\s+|\s+::\s+")
_MAX_NODES = 10_000
"""Objects looked at in one page's JSON-LD; the largest real ones hold a few hundred."""


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says about its article, empty where it says nothing. Dates are ISO 8601, the address is absolute."""

    title: str = ""
    source: str = ""
    url: str = ""
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    language: str = ""
    section: str = ""
    headings: tuple[str, ...] = ()
    """Every form of the headline on the page, for telling it from the text."""


def page_metadata(tree: HtmlElement, url: str = "") -> PageMetadata:
    """Read the metadata of a whole page; `url` is where it was found, and is kept when the page names no address."""
    metas = _metas(tree)
    article = _json_ld_article(tree)
    address = _address(tree, metas, article, url)
    headline = _text(article.get("headline")) or _text(article.get("name"))
    site = _source([_text(article.get("publisher")), *_all(metas, _SITE_NAMES)], address)
    page_title = _space(tree.findtext(".//title") or "")
    headings = [heading for heading in (_space(heading.text_content()) for heading in tree.iter("h1")) if heading]
    only_heading = headings[0] if len(headings) == 1 else ""
    title = headline or _first(metas, _TITLE_NAMES) or only_heading or page_title or next(iter(headings), "")
    return PageMetadata(
        title=without_site(title, site),
        source=site,
        url=address,
        published=_published(tree, metas, article),
        modified=_first_date([_text(article.get("dateModified")), *_all(metas, _MODIFIED_NAMES)]),
        authors=_authors(tree, metas, article),
        language=(
            _text(article.get("inLanguage")) or tree.get("lang", "") or _first(metas, ("language", "og:locale"))
        ).replace("_", "-"),
        section=_text(article.get("articleSection")) or _first(metas, _SECTION_NAMES),
        headings=tuple(
            dict.fromkeys(
                without_site(form, site)
                for form in (headline, *_all(metas, _TITLE_NAMES), *headings, page_title)
                if form
            )
        ),
    )


def searched_date(tree: HtmlElement, url: str) -> str | None:
    """The date that htmldate finds in a page and its address, for a page whose metadata gives none.

    To be called when the scripts are pruned from the tree: a date out of a script is not the article's. Without the
    address htmldate finds wrong years.
    """
    from htmldate import find_date

    try:
        found = find_date(tree, url=url or None, original_date=True, extensive_search=False)
    except (ValueError, TypeError, OverflowError):
        return None
    return normalise_published(found) if found else None


def without_site(title: str, site: str) -> str:
    """The title of a page without the name of its site at the end: `Storm hits coast | The Post` → `Storm hits coast`.

    A shorter last part after ` | ` is the site (`Opinion | Storm hits coast` begins with a section); one after a dash
    is only when it is the site's known name.
    """
    parts = list(_SEPARATED_SITE.finditer(title))
    if not parts:
        return title
    rest, last = title[: parts[-1].start()], title[parts[-1].end() :]
    named = bool(site) and (last.lower() in site.lower() or site.lower() in last.lower())
    return rest if named or ("|" in parts[-1][0] and len(last) < len(rest)) else title


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = _space(meta.get("content", ""))
        if name and content:
            metas.setdefault(name.lower(), []).append(content)
    return metas


def _json_ld_article(tree: HtmlElement) -> dict[str, Any]:
    """The page's article in JSON-LD: the first of an article type with a headline, else the first of such a type."""
    nodes = list(_json_ld_nodes(tree))
    articles = [node for node in nodes if any(map(_ARTICLE_TYPE.search, _strings(node.get("@type"))))]
    article = next((node for node in articles if node.get("headline")), articles[0] if articles else {})
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    return {key: _resolved(value, named) for key, value in article.items()}


def _resolved(value: Any, named: dict[str, dict[str, Any]]) -> Any:
    """The node that a reference, `{"@id": …}` alone, stands for; in lists too."""
    if isinstance(value, list):
        return [_resolved(item, named) for item in value]
    is_reference = isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str)
    return named.get(value["@id"], value) if is_reference else value


def _json_ld_nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    left = _MAX_NODES
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        try:
            queue = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while queue and left:
            left -= 1
            node = queue.pop(0)
            if isinstance(node, list):
                queue[:0] = node[:left]
            elif isinstance(node, dict):
                yield node
                queue.extend(node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node)


def _address(tree: HtmlElement, metas: dict[str, list[str]], article: dict[str, Any], url: str) -> str:
    page = article.get("mainEntityOfPage")
    canonical = [link.get("href", "") for link in tree.iter("link") if link.get("rel", "").lower() == "canonical"]
    named = (page.get("@id") or page.get("url")) if isinstance(page, dict) else page
    candidates = [*canonical, *metas.get("og:url", []), _text(article.get("url")), _text(named)]
    addresses = filter(None, (web_address(candidate, url) for candidate in candidates if candidate))
    # A page that was found on the web may name another address of its site, not pass for an article of another's.
    return next((address for address in addresses if not url or _same_site(address, url)), web_address(url))


def _same_site(one: str, other: str) -> bool:
    from courlan import extract_domain

    domains = [extract_domain(address, fast=True) or urlsplit(address).hostname for address in (one, other)]
    return bool(domains[0] == domains[1])


def _published(tree: HtmlElement, metas: dict[str, list[str]], article: dict[str, Any]) -> str | None:
    stated = _first_date([_text(article.get("datePublished")), *_all(metas, _PUBLISHED_NAMES)])
    marked = [
        time.get("datetime", "")
        for time in tree.iter("time")
        if "pubdate" in time.attrib or "datepublished" in time.get("itemprop", "").lower()
    ]
    times = [time.get("datetime", "") for time in tree.iter("time")]
    return stated or _first_date(marked) or _first_date(times[:1])


def _authors(tree: HtmlElement, metas: dict[str, list[str]], article: dict[str, Any]) -> tuple[str, ...]:
    stated = article.get("author") or article.get("creator")
    names = [_text(author) for author in (stated if isinstance(stated, list) else [stated])]
    if not any(names):
        names = _all(metas, _AUTHOR_NAMES)[:1]
    if not any(names):
        names = [_space(link.text_content()) for link in tree.iter("a") if link.get("rel", "").lower() == "author"]
    lines = (_BYLINE.sub("", name).partition(" | ")[0] for name in names)
    split = (part.strip() for line in lines for part in re.split(r",\s+|;\s*|\s+(?:and|&)\s+", line))
    return tuple(dict.fromkeys(name for name in split if name and not _JOB.search(name) and not web_address(name)))


def _source(candidates: list[str], address: str) -> str:
    """The publisher's name; the host of the page's address when no name is given that is one."""
    names = (name for name in candidates if name and not name.startswith("@") and not web_address(name))
    return next(names, (urlsplit(address).hostname or "").removeprefix("www."))


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next(iter(_all(metas, names)), "")


def _all(metas: dict[str, list[str]], names: tuple[str, ...]) -> list[str]:
    return [value for name in names for value in metas.get(name, [])]


def _first_date(candidates: list[str]) -> str | None:
    return next(filter(None, map(normalise_published, filter(None, candidates))), None)


def _text(value: Any) -> str:
    """The text of a JSON-LD value: a string, the name of an object, or that of the first in a list."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or ""
    return _space(value) if isinstance(value, str) else ""


def _strings(value: Any) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _space(text: str) -> str:
    return " ".join(unescape(text).split())
