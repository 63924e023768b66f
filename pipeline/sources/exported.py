"""Versions of articles as lines of JSON that `newsdesk ingest` takes back as they were: cleaned, keyed and dated.

    {"newsdesk": 1, "key": …, "version": 2, "first_seen": …, "title": …, "text": …, "blocks": [[0, 52, "headline"], …]}

Other programs find `title`, `text`, `source`, `url`, `published` and `authors` as in any JSON Lines of articles. What
comes back is held against the same rules as what cleaning makes: a line that breaks one is refused.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import InputError
from pipeline.identity import article_id
from pipeline.sources.links import web_address
from pipeline.types import Article, ArticleInfo, Block, Correction, LeftOut, Media, RawArticle, Reason, Role

MARK = "newsdesk"
"""The field by which an exported line is known; its value is the version of the form."""

_MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$"


class _Exported(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")

    newsdesk: Literal[1]
    key: Annotated[str, Field(min_length=1)]
    version: Annotated[int, Field(ge=1)]
    first_seen: Annotated[str, Field(pattern=_MOMENT)]
    title: str
    source: str
    url: str
    published: str | None
    modified: str | None
    authors: list[str]
    section: str
    language: str
    text: str
    blocks: list[tuple[int, int, Role]]
    left_out: list[tuple[int, int, Reason]]
    correction: tuple[int, int, str, str] | None
    media: Media
    origin: str
    original: str


def export_line(article: Article) -> str:
    """A version of an article on one line, without the line's end."""
    info = article.info
    return json.dumps(
        {
            MARK: 1,
            "key": article.key,
            "version": info.version,
            "first_seen": info.first_seen,
            "title": info.title,
            "source": info.source,
            "url": info.url,
            "published": info.published,
            "modified": info.modified,
            "authors": info.authors,
            "section": info.section,
            "language": info.language,
            "text": article.text,
            "blocks": [(block.start, block.end, block.role) for block in article.blocks],
            "left_out": [(span.start, span.end, span.reason) for span in article.left_out],
            "correction": (c.start, c.end, c.quote, c.wrong) if (c := info.correction) else None,
            "media": article.media,
            "origin": article.origin,
            "original": b64encode(article.original).decode(),
        }
    )


def read_exported(record: Mapping[str, Any], origin: str) -> RawArticle:
    """The article of an exported line, to be taken as it is; raises InputError for a line that breaks a rule."""
    try:
        found = _Exported.model_validate_json(json.dumps(record))
        original = b64decode(found.original, validate=True)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        raise _refused(origin, f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}") from error
    except ValueError as error:
        raise _refused(origin, f"original: {error}") from error
    correction = Correction(*found.correction) if found.correction else None
    info = ArticleInfo(
        id=article_id(found.key),
        title=found.title,
        source=found.source,
        url=web_address(found.url),
        published=found.published,
        authors=tuple(found.authors),
        language=found.language,
        modified=found.modified,
        section=found.section,
        correction=correction,
        version=found.version,
        first_seen=found.first_seen,
    )
    blocks = tuple(Block(*block) for block in found.blocks)
    left_out = tuple(LeftOut(*span) for span in found.left_out)
    article = Article(info, found.key, found.text, original, found.media, found.origin, blocks, left_out)
    if problem := _broken(article):
        raise _refused(origin, problem)
    return RawArticle(found.text, original, found.media, found.origin, cleaned=article)


def _broken(article: Article) -> str:
    """The first rule of articles that this one breaks; empty if none."""
    text, correction = article.text, article.info.correction
    spans = sorted([(b.start, b.end) for b in article.blocks] + [(s.start, s.end) for s in article.left_out])
    if any(not 0 <= start < end <= len(text) for start, end in spans):
        return "a block is outside the text"
    if any(after[0] < before[1] for before, after in pairwise(spans)):
        return "two blocks overlap"
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    if any(text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True)):
        return "the blocks do not cover the text"
    if correction and correction.end and text[correction.start : correction.end] != correction.quote:
        return "the correction is not in the text"
    if not any(block.role in ("paragraph", "standfirst") for block in article.blocks):
        return "it has no paragraph"
    return ""


def _refused(origin: str, what: str) -> InputError:
    return InputError(f"{origin!r} is no exported article ({what})", "Export it again with `newsdesk articles export`")
