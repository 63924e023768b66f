"""Bytes to text, or a clear refusal. Nothing is repaired: every character and every newline is as it was written."""

from __future__ import annotations

import codecs
import re
from io import BufferedIOBase

from pipeline.errors import InputError

MAX_BYTES = 32 * 2**20
"""The most that is decoded as one piece: a list of articles in JSON, a page with its images inside. As text that holds
one wide character it takes 128 MB."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\x1f\x8b": "a gzip archive",
    b"SQLite format 3": "a SQLite database",
}

# What these labels mean on the web (WHATWG Encoding Standard): the larger Windows or national superset.
_WEB_LABELS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
}

_NOT_OF_THE_WEB = (
    *("utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode"),
    *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
)
"""The first hide markup or rewrite what is there; the others cannot be declared in letters that ASCII reads."""

# The legacy encodings that news files come in. The DOS and EBCDIC pages that charset-normalizer also tries win on short
# English texts with curly quotes, and turn the quotes into box-drawing characters.
_LEGACY = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
]
_MAX_MESS = 0.05
_MIN_COHERENCE = 0.3
"""charset-normalizer's share of odd character neighbours and likeness to a known language. Right guesses on sentences
in 11 encodings had a mess of 0 and, Chinese and Japanese apart, a likeness of .36 to .79; wrong ones are refused."""

_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.001
_SAVE_AS_UTF8 = "Save it as UTF-8 text and ingest it again"


def read_capped(stream: BufferedIOBase, limit: int = MAX_BYTES) -> bytes:
    """All bytes of a stream, read until `limit`; raises InputError when there are none or more."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"it is larger than {limit // 2**20} MB", "Split it into one file per article")
    if not data:
        raise InputError("it is empty", "Check that it was saved with its text")
    return data


def refuse_binary(data: bytes) -> None:
    """Raise InputError when the bytes begin as a known binary format does."""
    for signature, name in _SIGNATURES.items():
        if data.startswith(signature):
            raise InputError(f"it is {name}, not text", "Save the article as text, Markdown, HTML or JSONL")


def decode(data: bytes, declared: str = "") -> str:
    """The text of the bytes: by byte order mark, as UTF-8, in the declared encoding, else in one that is beyond doubt.

    UTF-8 goes before a declaration because bytes that are valid UTF-8 by accident do not occur in practice, while pages
    saved as UTF-8 that still declare their first encoding do. A byte order mark is not part of the text.
    Raises InputError when the bytes are empty, binary or in an unknown encoding, or the text holds NULs.
    """
    refuse_binary(data)
    text = _decoded(data, declared)
    if "\0" in text:
        raise InputError("it holds NUL characters, so it is binary or in an unknown encoding", _SAVE_AS_UTF8)
    if len(_CONTROLS.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        raise InputError("it is full of control characters, so it is binary, not text", _SAVE_AS_UTF8)
    if not text.strip():
        raise InputError("it is empty", "Check that it was saved with its text")
    return text


def _decoded(data: bytes, declared: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding)
    if b"\x1b" in data and _known(declared):  # ISO-2022 switches alphabets by escapes and is valid, unreadable UTF-8
        return _strictly(data, _known(declared))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        raise InputError("it holds NUL bytes, so it is binary or in an unknown encoding", _SAVE_AS_UTF8)
    return _strictly(data, encoding_of(data, declared))


def encoding_of(data: bytes, declared: str = "") -> str:
    """Python's name of the encoding of a text that is not in UTF-8: the declared one, else one that is beyond doubt.

    Raises InputError when it cannot be told.
    """
    return _known(declared) or _guessed(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise InputError(f"it is not in {encoding}, the encoding that it declares", _SAVE_AS_UTF8) from error


def _known(label: str) -> str:
    """Python's name for what a label means on the web, empty when no page may be in such an encoding."""
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return ""
    return "" if name in _NOT_OF_THE_WEB else _WEB_LABELS.get(name, name)


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    guess = from_bytes(data, cp_isolation=_LEGACY, enable_fallback=False).best()
    if guess is None or guess.chaos > _MAX_MESS or guess.coherence < _MIN_COHERENCE:
        raise InputError("its encoding is neither UTF-8 nor one that can be told for certain", _SAVE_AS_UTF8)
    return guess.encoding
