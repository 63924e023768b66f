"""Records of tables and lists, JSON objects or rows, as articles: which of their fields is which of ours.

A column map says so (`{"title": "headline"}`: our name, theirs); what it does not name is found by the names that
exports, crawlers and schema.org use, whatever their letter case, hyphens and underscores. Only a text has to be there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from pipeline.errors import InputError, UsageError
from pipeline.identity import record_identity
from pipeline.sources.dates import normalise_published
from pipeline.sources.inputs import Input
from pipeline.sources.links import web_address
from pipeline.types import Media, RawArticle, Rejection

CORRECT = "Correct it and ingest the file again; the other articles are in"

MOST_EMPTY = 1_000_000
"""Empty lines of a table or list that are passed over; they cost 0.3 to 3 µs each."""

_KNOWN: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "head", "name"),
    "text": ("text", "body", "content", "article", "articlebody", "articletext", "fulltext", "maintext", "story"),
    "source": ("source", "publisher", "site", "sourcename", "sitename", "outlet", "publication", "newspaper"),
    "url": ("url", "link", "canonicalurl", "weburl", "permalink", "address"),
    "published": (
        *(
            "published",
            "date",
            "publishedat",
            "datepublished",
            "datepublish",
            "publisheddate",
            "publishdate",
            "pubdate",
        ),
        *("publicationdate", "firstpublished", "createdat", "timestamp"),
    ),
    "authors": ("authors", "author", "byline", "creator"),
    "modified": ("modified", "updated", "updatedat", "datemodified", "lastmodified", "modifiedat"),
    "section": ("section", "category", "articlesection", "desk"),
    "language": ("language", "lang", "inlanguage"),
}
NAMES = tuple(_KNOWN)
"""Our names of the fields that an article can be read from."""


def _text_or_empty(value: Any) -> Any:
    """A missing value is empty; schema.org's `{"name": …}` is its name."""
    if isinstance(value, dict):
        value = value.get("name")
    return "" if value is None else value


def _names(value: Any) -> Any:
    values = re.split(r"\s*[;|]\s*|,\s+|\s+and\s+", value) if isinstance(value, str) else value
    values = values if isinstance(values, list) else [values]
    return [name for name in map(_text_or_empty, values) if name]


def _date_or_none(value: Any) -> str | None:
    """A date in words or as seconds since 1970; one that cannot be read is left out, never a reason to refuse."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            value = datetime.fromtimestamp(value, UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            return None
    return normalise_published(value) if isinstance(value, str) else None


_Text = Annotated[str, BeforeValidator(_text_or_empty)]
_Date = Annotated[str | None, BeforeValidator(_date_or_none)]


class _Record(BaseModel):
    """One article by our names of its fields."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=False)

    text: str
    title: _Text = ""
    source: _Text = ""
    url: _Text = ""
    published: _Date = None
    authors: Annotated[list[str], BeforeValidator(_names)] = []
    modified: _Date = None
    section: _Text = ""
    language: _Text = ""


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise UsageError for a name in a column map that is none of ours."""
    for name in columns:
        if name not in NAMES:
            raise UsageError(f"--map names {name!r}, which articles do not have", f"Name one of {', '.join(NAMES)}")


def require_text(found: list[str], columns: Mapping[str, str]) -> None:
    """Raise InputError when a table with these columns has no texts, or none of a name that the map gives."""
    listed = ", ".join(repr(name) for name in found[:20])
    for name, theirs in columns.items():
        if theirs not in found:
            raise InputError(f"it has no column {theirs!r} for {name}", f"Its columns are {listed}")
    if "text" not in columns and not any(_squeezed(name) in _KNOWN["text"] for name in found):
        raise InputError("no column of it is known to hold the texts", f"Add --map text=NAME; its columns are {listed}")


def record_article(
    record: Mapping[str, Any], original: bytes, media: Media, found: Input, number: int, columns: Mapping[str, str]
) -> RawArticle | Rejection:
    """The article in record `number` of an input, its line or place counted from 1, or the reason why there is none."""
    origin = f"{found.origin}:{number}" if number else found.origin
    place = f"line {number}" if media != "jsonl" or number else "the file"
    ours = _ours(record, columns)
    if ours.get("text") in (None, ""):
        return Rejection(origin, f"{place} has no text. {CORRECT}.")
    try:
        fields = _Record.model_validate(ours)
    except ValidationError as error:
        return Rejection(origin, f"{place} is no article: {first_fault(error)}. {CORRECT}.")
    if not fields.text.strip():
        return Rejection(origin, f"{place} has an empty text. {CORRECT}.")
    if "\0" in fields.text:
        return Rejection(origin, f"the text of {place} holds NUL characters. {CORRECT}.")
    title = fields.title.strip()
    return RawArticle(
        text=fields.text,
        original=original,
        media=media,
        origin=origin,
        title=title,
        source=fields.source.strip(),
        url=web_address(fields.url),
        published=fields.published,
        authors=tuple(name.strip() for name in fields.authors),
        modified=fields.modified,
        section=fields.section.strip(),
        language=fields.language.strip(),
        identity=record_identity(found.name, title, fields.published, fields.text),
    )


def first_fault(error: ValidationError) -> str:
    """The first thing that is wrong with a record, in a few words."""
    fault = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in fault["loc"])
    return f"{where}: {fault['msg']}" if where else fault["msg"]


def _ours(record: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """A record by our names: as the map says, else the first of the known names that has a value."""
    theirs = {_squeezed(name): value for name, value in reversed(list(record.items())) if value not in (None, "")}
    ours: dict[str, Any] = {}
    for name, known in _KNOWN.items():
        if name in columns:
            ours |= {name: record[columns[name]]} if columns[name] in record else {}
        else:
            ours |= next(({name: theirs[alias]} for alias in known if alias in theirs), {})
    return ours


def _squeezed(name: str) -> str:
    return re.sub(r"[\s_.-]", "", name).lower()
