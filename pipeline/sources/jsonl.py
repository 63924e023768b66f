"""Articles as JSON: one object a line (.jsonl, .ndjson), or one object or a list of them in a file (.json).

    {"title": "…", "text": "…", "source": "…", "url": "https://…", "published": "2026-03-01T09:30:00+01:00",
     "authors": ["…"]}

Only `text` has to be there. Other names in use are understood: body, content; publisher, site; link; date,
published_at, datePublished; author.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BufferedIOBase
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pipeline.errors import InputError
from pipeline.sources.dates import normalise_published
from pipeline.sources.decoding import MAX_BYTES, decode, read_capped, refuse_binary
from pipeline.sources.links import web_address
from pipeline.types import RawArticle, Rejection

_BOM = b"\xef\xbb\xbf"
_CORRECT = "Correct it and ingest the file again; the other articles are in"


def _text_or_empty(value: Any) -> Any:
    """A missing value is empty; schema.org's `{"name": …}` is its name."""
    if isinstance(value, dict):
        value = value.get("name")
    return "" if value is None else value


def _names(value: Any) -> Any:
    values = value if isinstance(value, list) else [value]
    return [name for name in map(_text_or_empty, values) if name]


def _date_or_none(value: Any) -> str | None:
    return normalise_published(value) if isinstance(value, str) else None


_Text = Annotated[str, BeforeValidator(_text_or_empty)]


class _Record(BaseModel):
    """One article in a JSON file. A date that cannot be read is left out, never a reason to refuse the article."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=False)

    text: str = Field(validation_alias=AliasChoices("text", "body", "content"))
    title: _Text = ""
    source: _Text = Field("", validation_alias=AliasChoices("source", "publisher", "site"))
    url: _Text = Field("", validation_alias=AliasChoices("url", "link"))
    published: Annotated[str | None, BeforeValidator(_date_or_none)] = Field(
        None, validation_alias=AliasChoices("published", "date", "published_at", "datePublished")
    )
    authors: Annotated[list[str], BeforeValidator(_names)] = Field(
        [], validation_alias=AliasChoices("authors", "author")
    )


def read_jsonl(stream: BufferedIOBase, origin: str) -> Iterator[RawArticle | Rejection]:
    """The articles of a JSON Lines file in UTF-8, line by line; `origin` of each is `path:LINE`, lines counted from 1.

    A line that holds no article comes as a Rejection and the rest follows. Raises InputError when the file is binary or
    has no line at all. Lines are capped, the file is not: one line is in memory at a time.
    """
    number = 0
    filled = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if number == 1:
            refuse_binary(line)
            line = line.removeprefix(_BOM)
        if len(line) > MAX_BYTES:
            yield Rejection(f"{origin}:{number}", f"the line is longer than {MAX_BYTES // 2**20} MB. {_CORRECT}.")
            _skip_to_line_end(stream)
            filled += 1
        elif found := line.strip():
            filled += 1
            yield _article(found, f"{origin}:{number}", f"line {number}")
    if not filled:
        raise InputError("it has no lines", "Write one JSON object a line into it")


def read_json(stream: BufferedIOBase, origin: str) -> Iterator[RawArticle | Rejection]:
    """The article or articles of a JSON file; in a list, `origin` is `path:N` for the Nth of them, counted from 1.

    Raises InputError when the file is no text, or neither an object nor a list. A list that breaks off gives the
    articles before the break and one Rejection.
    """
    text = decode(read_capped(stream)).strip()
    if text.startswith("{"):
        yield _article(text.encode(), origin, "the file")
        return
    if not text.startswith("["):
        raise InputError("it is neither a JSON object nor a list", "Write an article as one object with a text field")
    number = 0
    for number, found in enumerate(_items(text), start=1):
        if isinstance(found, str):
            yield _article(found.encode(), f"{origin}:{number}", f"article {number}")
        else:
            yield Rejection(f"{origin}:{number}", f"the list breaks at article {number}: {found.msg}. {_CORRECT}.")
    if not number:
        raise InputError("its list is empty", "Write the articles into it as objects with a text field")


def _items(text: str) -> Iterator[str | json.JSONDecodeError]:
    """The items of a JSON list as they are written, and the error where it breaks."""
    decoder = json.JSONDecoder()
    at = 1
    try:
        while True:
            at = _after_space(text, at)
            if text.startswith("]", at):
                return
            _, end = decoder.raw_decode(text, at)
            yield text[at:end]
            at = _after_space(text, end)
            if not text.startswith((",", "]"), at):
                raise json.JSONDecodeError("Expecting ',' or ']'", text, at)
            at += text.startswith(",", at)
    except json.JSONDecodeError as error:
        yield error


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _skip_to_line_end(stream: BufferedIOBase) -> None:
    while (rest := stream.readline(MAX_BYTES)) and not rest.endswith(b"\n"):
        pass


def _article(found: bytes, origin: str, place: str) -> RawArticle | Rejection:
    try:
        record = _Record.model_validate_json(found)
    except ValidationError as error:
        return Rejection(origin, f"{place} is no article: {_first_fault(error)}. {_CORRECT}.")
    if not record.text.strip():
        return Rejection(origin, f"{place} has an empty text. {_CORRECT}.")
    if "\0" in record.text:
        return Rejection(origin, f"the text of {place} holds NUL characters. {_CORRECT}.")
    return RawArticle(
        text=record.text,
        original=found,
        media="jsonl",
        origin=origin,
        title=record.title.strip(),
        source=record.source.strip(),
        url=web_address(record.url),
        published=record.published,
        authors=tuple(name.strip() for name in record.authors),
    )


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in fault["loc"])
    return f"{where}: {fault['msg']}" if where else fault["msg"]
