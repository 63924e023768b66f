"""Articles as a table: CSV with a line of column names, parted by commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping

from pipeline.errors import InputError
from pipeline.sources.decoding import decode, encoding_of, read_capped, refuse_binary
from pipeline.sources.fields import CORRECT, MOST_EMPTY, record_article, require_text
from pipeline.sources.inputs import Input, peek
from pipeline.sources.kinds import HEAD
from pipeline.types import RawArticle, Rejection

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 2**22
_LONGEST_LINE = 2**24
"""Characters of a cell, bytes of a line: no article is near as long, and an unclosed quote must not swallow a file."""


def read_csv(found: Input, columns: Mapping[str, str]) -> Iterator[RawArticle | Rejection]:
    """The articles of a table, row by row; `origin` of each is `path:LINE`, the line on which its row begins.

    A row that holds no article comes as a Rejection and the rest follows. Raises InputError when the file is binary,
    has no rows, or no column that holds the texts. Of a file not in UTF-8 the encoding is told by its beginning.
    """
    lines = _Lines(found)
    rows = csv.reader(lines, delimiter=_delimiter(lines.first()))
    csv.field_size_limit(_LONGEST_CELL)
    try:
        names = [name.strip() for name in next(rows, [])]
    except csv.Error as error:
        raise InputError(f"its first line cannot be read ({error})", "Save it as CSV in UTF-8") from error
    require_text(names, columns)
    filled, empty = False, 0
    while True:
        begins = lines.number + 1
        lines.taken.clear()
        try:
            row = next(rows, None)
        except csv.Error as error:
            if lines.number > begins:
                raise InputError(f"line {begins} opens a quotation that does not end", CORRECT) from error
            yield Rejection(f"{found.origin}:{begins}", f"line {begins} is no row of a table: {error}. {CORRECT}.")
            filled = True
            continue
        if row is None:
            break
        if any(cell.strip() for cell in row):
            filled = True
            record = dict(zip(names, row, strict=False))
            yield record_article(record, b"".join(lines.taken), "csv", found, begins, columns)
        else:
            empty += 1
            if empty > MOST_EMPTY:
                raise InputError(f"it has more than {MOST_EMPTY:,} empty rows", "Check that it is what it should be")
    if not filled:
        raise InputError("it has no rows", "Write one article a row below the column names")


class _Lines:
    """The lines of a table for csv, which are remembered until they are cleared: those of a row are its original."""

    def __init__(self, found: Input) -> None:
        self._stream = found.stream
        if peek(found.stream, 2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            self._stream = io.BytesIO(decode(read_capped(found.stream)).encode())
        head = peek(self._stream, HEAD)
        refuse_binary(head)
        self._encoding = "utf-8"
        if not _is_utf8(head[: head.rfind(b"\n") + 1]):
            self._encoding = encoding_of(head, found.charset)
        self._ahead: str | None = None
        self.number = 0
        self.taken: list[bytes] = []

    def first(self) -> str:
        """The first line, which is still to come."""
        self._ahead = self._read().removeprefix("\ufeff")
        return self._ahead

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line, self._ahead = self._read() if self._ahead is None else self._ahead, None
        if not line:
            raise StopIteration
        self.number += 1
        return line

    def _read(self) -> str:
        line = self._stream.readline(_LONGEST_LINE)
        self.taken.append(line)
        if b"\0" in line:
            raise csv.Error("it holds NUL characters")
        if self._encoding == "utf-8" and not _is_utf8(line):
            self._encoding = encoding_of(line)
        return line.decode(self._encoding, errors="replace" if len(line) == _LONGEST_LINE else "strict")


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
