"""What kind of input some bytes are: by what they say, and by the name of the file only where they leave a doubt."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import Literal, TypeAlias

from pipeline.errors import InputError

Kind: TypeAlias = Literal[
    "text", "markdown", "html", "mhtml", "json", "jsonl", "csv", "feed", "email", "pdf", "urls", "zip", "gzip", "warc"
]

HEAD = 8192
"""Bytes that are looked at: the head of a page, a feed or a letter with its long headers."""

TAKEN = "newsdesk takes text, Markdown, HTML, MHTML, JSON, CSV, RSS and Atom, EML, PDF, DOCX, WARC, gzip and ZIP"

BY_SUFFIX: dict[str, Kind] = {
    **{".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown"},
    **{".html": "html", ".htm": "html", ".xhtml": "html", ".mht": "mhtml", ".mhtml": "mhtml"},
    **{".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv"},
    **{".rss": "feed", ".atom": "feed", ".xml": "feed", ".eml": "email"},
    **{".pdf": "pdf", ".docx": "zip", ".zip": "zip", ".gz": "gzip", ".warc": "warc"},
}

# What lies beside articles in a folder and is nobody's article: passed over without a word.
_NOT_ARTICLES = frozenset(
    {".css", ".js", ".map", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".bmp", ".tif", ".tiff"}
    | {".woff", ".woff2", ".ttf", ".otf", ".mp3", ".mp4", ".webm"}
)
_NOT_ARTICLE_NAMES = frozenset({"thumbs.db", "desktop.ini"})

_BY_MEDIA_TYPE: dict[str, Kind] = {
    **{"text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown", "text/csv": "csv"},
    **{"application/rss+xml": "feed", "application/atom+xml": "feed", "application/json": "json"},
    **{"application/x-ndjson": "jsonl", "message/rfc822": "email", "multipart/related": "mhtml"},
}

_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_MARKUP = re.compile(r"(?:<!--.*?-->\s*)?<(?:article|main|section|div|p|h1|meta|title|header)[\s>]", re.I | re.DOTALL)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n[A-Za-z_]+[ \t]*:")
_JSON_LINE = re.compile(r"\{.*\}[ \t]*\r?\n\s*\{")
_JSON_LIST = re.compile(r"\[\s*(?:\{|\])")
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*):")
_LETTER_HEADERS = frozenset({"mime-version", "received", "message-id", "return-path", "delivered-to"})
_TEXT_COLUMNS = frozenset({"text", "body", "content", "article"})


def kind_of(head: bytes, name: str, media_type: str = "") -> Kind:
    """The kind of an input that begins with `head` (at most HEAD bytes of it).

    `name` is the name of its file and `media_type` what a server called it. Raises InputError for a kind that is not
    taken.
    """
    suffix = _suffix(name)
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"WARC/"):
        return "warc"
    if suffix == ".gz":
        raise InputError("the gzip file is damaged or cut off", "Save or download it again")
    text = _read(head).lstrip()
    named = BY_SUFFIX.get(suffix) or _BY_MEDIA_TYPE.get(media_type.partition(";")[0].strip().lower())
    told = _told(text, named)
    if told:
        return told
    if suffix and not named and not media_type.startswith("text/"):
        raise InputError(f"files of type {suffix!r} are not taken", TAKEN)
    if head and named in ("pdf", "zip", "warc"):
        raise InputError(f"it is no {suffix.removeprefix('.').upper()} file, whatever its name says", TAKEN)
    return named or "text"


def is_passed_over(name: str) -> bool:
    """Whether a file of a folder or an archive is no article by its name: hidden, a picture, a style sheet."""
    return name.startswith(".") or name.lower() in _NOT_ARTICLE_NAMES or _suffix(name) in _NOT_ARTICLES


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


def _told(text: str, named: Kind | None) -> Kind | None:
    """The kind that a text says itself that it is; None when it could be any."""
    if named in ("markdown", "csv", "jsonl"):
        return named
    if text.startswith("<"):
        return _markup(text, named)
    if text.startswith("{"):
        lines = _JSON_LINE.match(text) and named != "json"
        return "jsonl" if lines else "json"
    if _JSON_LIST.match(text):
        return "json"
    if headers := _headers(text):
        related = "multipart/related" in text.lower() and ("snapshot-content-location" in headers or named == "mhtml")
        if related:
            return "mhtml"
        if named == "email" or not _LETTER_HEADERS.isdisjoint(headers):
            return "email"
    if _is_list_of_addresses(text):
        return "urls"
    if named is None and _FRONT_MATTER.match(text):
        return "markdown"
    return "csv" if named is None and _is_column_line(text.partition("\n")[0]) else None


def _is_list_of_addresses(text: str) -> bool:
    """Whether every line is an address, empty or a comment, and one is an address; the last may be cut off."""
    lines = [line.strip() for line in text.splitlines()]
    addresses = [re.fullmatch(r"https?://\S+", line, re.IGNORECASE) is not None for line in lines]
    others = [line for line, is_address in zip(lines, addresses, strict=True) if not is_address]
    return any(addresses) and all(not line or line.startswith("#") for line in others)


def _is_column_line(line: str) -> bool:
    names = {name.strip().strip("\"'").lower() for name in re.split(r"[,;\t]", line)}
    return len(names) > 1 and not _TEXT_COLUMNS.isdisjoint(names)


def _markup(text: str, named: Kind | None) -> Kind | None:
    if (feed := _FEED.search(text)) and not ((page := _PAGE.search(text)) and page.start() < feed.start()):
        return "feed"
    if _PAGE.search(text) or _MARKUP.match(text) or named == "html":
        return "html"
    if text.startswith("<?xml"):
        raise InputError("it is XML, but neither a feed nor a page", TAKEN)
    return None


def _headers(text: str) -> set[str]:
    """The names of the header lines that a text begins with, in lower case; none unless there are two and more."""
    names = set()
    for line in re.split(r"\r?\n", text):
        if header := _HEADER.match(line):
            names.add(header[1].lower())
        elif not line.startswith((" ", "\t", "From ", ">From ")) or not line.strip():
            break
    return names if len(names) > 1 else set()


def _read(head: bytes) -> str:
    """The head as text, good enough to tell its kind."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, errors="replace")
    return head.decode("utf-8", errors="replace")
