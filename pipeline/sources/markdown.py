"""Markdown: front matter and a leading `# Title` line tell about the article, the rest is its text as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.sources.dates import normalise_published
from pipeline.sources.decoding import decode, read_capped
from pipeline.sources.inputs import Input
from pipeline.sources.links import web_address
from pipeline.types import RawArticle

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_FRONT_MATTER_LINE = re.compile(r"[A-Za-z_]+[ \t]*:|[ \t]|-[ \t]|#|$")
_FIELD = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)
_LIST_ITEM = re.compile(r"^[ \t]*-[ \t]+(.+?)[ \t\r]*$", re.MULTILINE)
_TITLE_LINE = re.compile(r"\s*#[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*(?:\r?\n|\r|\Z)")


def read_markdown(found: Input) -> Iterator[RawArticle]:
    """The one article of a Markdown file; raises InputError for bytes that are no text.

    Front matter is `key: value` lines between two `---` lines; title, source, url, published (or date) and authors (or
    author; a comma list, `[a, b]` or `- name` lines), modified, section and language are read from it. A title there
    wins over the title line.
    """
    data = read_capped(found.stream)
    text = decode(data, found.charset)
    fields: dict[str, str] = {}
    front_matter = _FRONT_MATTER.match(text)
    if front_matter and all(map(_FRONT_MATTER_LINE.match, front_matter[1].splitlines())):
        fields = _fields(front_matter[1])
        text = text[front_matter.end() :]
    title = ""
    if title_line := _TITLE_LINE.match(text):
        title = title_line[1]
        text = text[title_line.end() :]
    yield RawArticle(
        text=text,
        original=data,
        media="markdown",
        origin=found.origin,
        title=fields.get("title", "") or title,
        source=fields.get("source", "") or fields.get("publisher", ""),
        url=web_address(fields.get("url", ""), found.url),
        published=normalise_published(fields.get("published", "") or fields.get("date", "")),
        authors=_names(fields.get("authors", "") or fields.get("author", "")),
        modified=normalise_published(fields.get("modified", "") or fields.get("updated", "")),
        section=fields.get("section", "") or fields.get("category", ""),
        language=fields.get("language", "") or fields.get("lang", ""),
    )


def _fields(front_matter: str) -> dict[str, str]:
    """Values by lower-case key; the items of a `- item` list under a key come joined by newlines."""
    found = list(_FIELD.finditer(front_matter))
    ends = [following.start() for following in found[1:]] + [len(front_matter)]
    fields = {}
    for field, end in zip(found, ends, strict=True):
        items = _LIST_ITEM.findall(front_matter, field.end(), end)
        fields[field[1].lower()] = _unquoted(field[2]) or "\n".join(map(_unquoted, items))
    return fields


def _names(value: str) -> tuple[str, ...]:
    names = re.split(r"[\n,;]", value.removeprefix("[").removesuffix("]"))
    return tuple(name for name in (_unquoted(name.strip()) for name in names) if name)


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
