"""Archives: ZIP and gzip. Nothing is unpacked to disk, and nothing may unpack to more than text would."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.sources.docx import DOCUMENT_PART, read_docx
from pipeline.sources.inputs import Input
from pipeline.sources.kinds import is_passed_over
from pipeline.types import RawArticle, Rejection

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_RATIO = 100
"""Times the packed size that anything may unpack to: text packs to between a third and a tenth, gzip cannot do better
than 1,032, and only what repeats itself comes near that."""

_FREE = 16 * 2**20
"""Bytes that may be unpacked before the ratio counts: a short page may repeat itself."""

_MAX_DIRECTORY = 32 * 2**20
"""Bytes of a ZIP archive's directory: some 300,000 members, which take ten times as much in memory."""

_BOMB = "it unpacks to {times:,} times its size and more, which no text does"
_CHECK = "Check where it comes from, unpack it and ingest what you trust"
_ENCRYPTED = 0x1

Inner = Callable[[Input], Iterator[RawArticle | Rejection]]


def read_gzip(found: Input, inner: Inner) -> Iterator[RawArticle | Rejection]:
    """What is in a gzip file, read as a file of the name without `.gz`; raises InputError where it is a bomb."""
    name = re.sub(r"\.gz$", "", found.name, flags=re.IGNORECASE)
    packed = _Counted(found.stream)
    with gzip.GzipFile(fileobj=packed) as unpacked:
        stream = io.BufferedReader(_Bounded(unpacked, packed), 2**16)
        yield from inner(Input(stream, found.origin, name, found.url, found.charset))


def read_zip(found: Input, inner: Inner, nested: bool = False) -> Iterator[RawArticle | Rejection]:
    """What is in the members of a ZIP archive, in its order; an Office document, which is one too, goes to its reader.

    Members that are no articles by their names are passed over, as in a folder; those that cannot be taken come as
    Rejections. Raises InputError for an archive that is damaged, a bomb, or `nested` in another.
    """
    stream = found.stream if found.stream.seekable() and not nested else io.BytesIO(found.stream.read(_FREE * 4))
    _check_directory(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeError) as error:
        raise InputError(f"the ZIP archive is damaged or cut off ({error})", "Save or download it again") from error
    with archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if DOCUMENT_PART in names:
            yield from read_docx(archive, replace(found, stream=stream))
            return
        if "[Content_Types].xml" in names:
            raise InputError("it is an Office document of a kind that holds no articles", "Save it as DOCX, PDF or CSV")
        if nested:
            raise InputError("it is a ZIP archive inside an archive", "Unpack the outer one and ingest the inner")
        _check_sizes(members, stream.seek(0, io.SEEK_END))
        articles = [member for member in members if not member.is_dir() and not _is_beside(member.filename)]
        if not articles:
            raise InputError("the archive holds no articles", "Check what was packed into it")
        for member in articles:
            yield from _read_member(archive, member, found, inner)


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, found: Input, inner: Inner
) -> Iterator[RawArticle | Rejection]:
    origin = f"{found.origin}/{member.filename}"
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if not origin.isprintable():
        yield Rejection(repr(origin), "its name holds characters that cannot be shown. Rename it and pack it again.")
    elif path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        yield Rejection(origin, f"its name leads out of the archive, which no honest archive does. {_CHECK}.")
    elif member.flag_bits & _ENCRYPTED:
        yield Rejection(origin, "it is encrypted. Unpack it with its password and ingest what is in it.")
    elif member.file_size > max(_FREE, MAX_RATIO * member.compress_size):
        yield Rejection(origin, f"{_BOMB.format(times=MAX_RATIO)}. {_CHECK}.")
    else:
        try:
            with archive.open(member) as stream:
                yield from inner(Input(io.BufferedReader(_Member(stream), 2**16), origin, path.name))
        except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
            yield Rejection(origin, f"it is damaged in the archive ({error}). Pack it again.")


def _is_beside(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
    return hidden or not parts or is_passed_over(parts[-1])


def _check_sizes(members: list[zipfile.ZipInfo], size: int) -> None:
    """Raise InputError for an archive of `size` bytes that unpacks to far more, or whose members overlap."""
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    if unpacked > max(_FREE * 4, MAX_RATIO * size) or packed > size:
        raise InputError(_BOMB.format(times=MAX_RATIO), _CHECK)


def _check_directory(stream: io.BufferedIOBase) -> None:
    """Raise InputError for a ZIP archive whose directory would not fit into memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 2**16 - 22))
    tail = stream.read()
    stream.seek(0)
    large = tail.rfind(b"PK\x06\x06")
    end = tail.rfind(b"PK\x05\x06")
    length = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if large >= 0:
        length = int.from_bytes(tail[large + 40 : large + 48], "little")
    if length > _MAX_DIRECTORY:
        raise InputError("the directory of the ZIP archive is too long", "Split it into smaller archives")


class _Member(io.RawIOBase):
    """A member of a ZIP archive as a stream that can be peeked at."""

    def __init__(self, member: IO[bytes]) -> None:
        self._member = member

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        return _fill(buffer, self._member.read(memoryview(buffer).nbytes))


class _Counted(io.RawIOBase):
    """A stream that counts the bytes read from it."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


class _Bounded(io.RawIOBase):
    """What a gzip file unpacks to, as long as it is no bomb; then reading raises InputError."""

    def __init__(self, unpacked: gzip.GzipFile, packed: _Counted) -> None:
        self._unpacked = unpacked
        self._packed = packed
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        data = self._unpacked.read(memoryview(buffer).nbytes)
        self._count += len(data)
        if self._count > max(_FREE, MAX_RATIO * self._packed.count):
            raise InputError(_BOMB.format(times=MAX_RATIO), _CHECK)
        return _fill(buffer, data)


def _fill(buffer: WriteableBuffer, data: bytes) -> int:
    memoryview(buffer).cast("B")[: len(data)] = data
    return len(data)
