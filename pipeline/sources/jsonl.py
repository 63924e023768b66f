"""Articles as JSON: one object a line (.jsonl, .ndjson), or one object or a list of them in a file (.json).

    {"title": "…", "text": "…", "source": "…", "url": "https://…", "published": "2026-03-01T09:30:00+01:00",
     "authors": ["…"]}

Only `text` has to be there. Other names in use are understood: see `fields`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BufferedIOBase

from pydantic_core import from_json

from pipeline.errors import InputError
from pipeline.sources.decoding import MAX_BYTES, decode, read_capped, refuse_binary
from pipeline.sources.exported import MARK, read_exported
from pipeline.sources.fields import CORRECT, MOST_EMPTY, record_article
from pipeline.sources.inputs import Input
from pipeline.types import RawArticle, Rejection

_BOM = b"\xef\xbb\xbf"


def read_jsonl(found: Input, columns: Mapping[str, str]) -> Iterator[RawArticle | Rejection]:
    """The articles of a JSON Lines file in UTF-8, line by line; `origin` of each is `path:LINE`, lines counted from 1.

    A line that holds no article comes as a Rejection and the rest follows. Raises InputError when the file is binary or
    has no line at all. Lines are capped, the file is not: one line is in memory at a time.
    """
    number = filled = empty = 0
    while line := found.stream.readline(MAX_BYTES + 1):
        number += 1
        if number == 1:
            refuse_binary(line)
            line = line.removeprefix(_BOM)
        if len(line) > MAX_BYTES:
            reason = f"the line is longer than {MAX_BYTES // 2**20} MB. {CORRECT}."
            yield Rejection(f"{found.origin}:{number}", reason)
            _skip_to_line_end(found.stream)
            filled += 1
        elif content := line.strip():
            filled += 1
            yield _article(content, found, number, columns)
        else:
            empty += 1
            if empty > MOST_EMPTY:
                raise InputError(f"it has more than {MOST_EMPTY:,} empty lines", "Check that it is what it should be")
    if not filled:
        raise InputError("it has no lines", "Write one JSON object a line into it")


def read_json(found: Input, columns: Mapping[str, str]) -> Iterator[RawArticle | Rejection]:
    """The article or articles of a JSON file; in a list, `origin` is `path:N` for the Nth of them, counted from 1.

    Raises InputError when the file is no text, or neither an object nor a list. A list that breaks off gives the
    articles before the break and one Rejection.
    """
    text = decode(read_capped(found.stream), found.charset).strip()
    if text.startswith("{"):
        yield _article(text.encode(), found, 0, columns)
        return
    if not text.startswith("["):
        raise InputError("it is neither a JSON object nor a list", "Write an article as one object with a text field")
    number = 0
    for number, item in enumerate(_items(text), start=1):
        if isinstance(item, str):
            yield _article(item.encode(), found, number, columns)
        else:
            reason = f"the list breaks at article {number}: {item.msg}. {CORRECT}."
            yield Rejection(f"{found.origin}:{number}", reason)
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


def _article(content: bytes, found: Input, number: int, columns: Mapping[str, str]) -> RawArticle | Rejection:
    try:
        record = from_json(content)
    except ValueError as error:
        record = error
    origin, place = (f"{found.origin}:{number}", f"line {number}") if number else (found.origin, "the file")
    if isinstance(record, dict) and MARK in record:
        try:
            return read_exported(record, origin)
        except InputError as error:
            return Rejection(origin, str(error))
    if isinstance(record, dict):
        return record_article(record, content, "jsonl", found, number, columns)
    fault = str(record) if isinstance(record, ValueError) else "it is not a JSON object"
    return Rejection(origin, f"{place} is no article: {fault}. {CORRECT}.")
