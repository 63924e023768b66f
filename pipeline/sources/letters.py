"""Newsletters and other mail saved as .eml: the HTML or the text part, whichever has the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from pipeline.errors import InputError
from pipeline.sources.dates import normalise_published
from pipeline.sources.decoding import decode, read_capped
from pipeline.sources.html import extract
from pipeline.sources.inputs import Input
from pipeline.sources.links import web_address
from pipeline.types import RawArticle

MAX_LETTER_BYTES = 32 * 2**20
"""Mail servers take 25 to 35 MB, most of it attachments."""

_MAX_LINES = 1_000_000
_PLAIN_ADDRESS = re.compile(r"[<(\[]?https?://\S+[>)\]]?")
_HTML_SHARE = 0.5
"""Below this share of the text part's length, the article was lost in the layout of the HTML part."""


def read_letter(found: Input) -> Iterator[RawArticle]:
    """The one article of a letter: its subject is the title, its sender the source. Raises InputError without text."""
    data = read_capped(found.stream, MAX_LETTER_BYTES)
    letter = parsed(data)
    html, plain = (_text(letter, kind) for kind in ("html", "plain"))
    told = extract(html, found.url).text if html else ""
    if len(told) < _HTML_SHARE * len(_PLAIN_ADDRESS.sub("", plain)):
        told = plain
    if not told.strip():
        raise InputError("the letter has no text", "Paste its text into a .txt file and ingest that")
    sender = next(iter(getattr(letter.get("from"), "addresses", ())), None)
    name = header(letter, "message-id").strip("<> ")
    yield RawArticle(
        text=told,
        original=data,
        media="email",
        origin=found.origin,
        title=" ".join(header(letter, "subject").split()),
        source=" ".join((sender.display_name or sender.domain).split()) if sender else "",
        url=web_address(header(letter, "archived-at").strip("<> ")),
        published=normalise_published(header(letter, "date")),
        language=header(letter, "content-language").partition(",")[0].strip(),
        identity=f"message:{name}" if name else "",
    )


def parsed(data: bytes) -> EmailMessage:
    """A letter or saved page in MIME form; raises InputError for one that is too long to parse."""
    if data.count(b"\n") > _MAX_LINES:
        raise InputError("it has too many lines for a letter", "Save its text alone and ingest that")
    letter = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(letter, EmailMessage)
    return letter


def header(letter: EmailMessage, name: str) -> str:
    """A header as text, empty when it is missing or damaged beyond reading."""
    try:
        return str(letter.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def _text(letter: EmailMessage, kind: str) -> str:
    """The text of the letter's own part of this kind, empty without one."""
    part = letter.get_body(preferencelist=(kind,))
    content = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(content, bytes) or not content.strip():
        return ""
    return decode(content, part.get_content_charset() or "")
