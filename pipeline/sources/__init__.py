"""Where articles come from: files, folders of them, archives, feeds, addresses on the web, and standard input.

`read` is the single entrance. What kind an input is, is told by its content (`kinds`); each kind has one reader, a
function from an Input to the articles in it (`reading` has the list).
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.sources.inputs import Input
from pipeline.sources.kinds import TAKEN, is_passed_over
from pipeline.sources.metering import Meter
from pipeline.sources.reading import Reading
from pipeline.types import RawArticle, Rejection

__all__ = ["Meter", "Reading", "read"]

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

PLAIN = Reading()

_NO_FILE = "it is not a regular file. Give a file, a folder or - for standard input."
_GONE = "it was there when its folder was read and is gone. Run the same command again if it should come in."


def read(
    paths: Sequence[str],
    stdin: Callable[[], bytes | io.BufferedIOBase],
    passing_over: Path | None = None,
    reading: Reading = PLAIN,
    meter: Meter | None = None,
) -> Iterator[RawArticle | Rejection]:
    """Every article at the paths, in their order; what cannot be taken comes as a Rejection and the rest goes on.

    A path is a file, a folder, an address on the web, or `-` for standard input. A folder gives its files by name, then
    those of its subfolders; hidden ones and the folder `passing_over` (the library itself, which often lies beside the
    articles) are passed over, links to folders not followed. Lazy: one file is open at a time. `origin` is the absolute
    path, the address or `-`; `path:N` for the article in line or place N of a table, list or feed, and `path/member`
    for one in an archive. `meter` is told how much there is and how much of it was read, in bytes of the files.
    """
    meter = meter or Meter()
    if all(path != "-" and not _ADDRESS.match(path) for path in paths):
        meter.expect(file for path in paths for file in _files(_place(path), passing_over, lambda error: None))
    for path in paths:
        if path == "-":
            content = stdin()
            stream = io.BytesIO(content) if isinstance(content, bytes) else content
            yield from reading.articles(Input(stream, "-", ""))
            continue
        if _ADDRESS.match(path):
            yield from reading.address(path)
            continue
        place = _place(path)
        try:
            is_folder, is_there = place.is_dir(), place.exists()
        except OSError as error:  # a folder on the way to it may not be entered
            yield _unreadable(place, error)
            continue
        if is_folder:
            yield from _read_folder(place, passing_over, reading, meter)
        elif is_there:
            yield from _read_file(place, reading, meter)
        else:
            yield Rejection(str(place), "there is no such file or folder. Check the path.")


def _place(path: str) -> Path:
    return Path(os.path.normpath(Path(path).absolute()))


def _read_folder(
    folder: Path, passing_over: Path | None, reading: Reading, meter: Meter
) -> Iterator[RawArticle | Rejection]:
    empty = True
    closed: list[OSError] = []
    for file in _files(folder, passing_over, closed.append):
        for found in _read_file(file, reading, meter):
            empty = False
            yield found
    for error in closed:
        yield Rejection(str(error.filename), f"the folder cannot be read ({error.strerror}). Check its permissions.")
    if empty and not closed:
        yield Rejection(str(folder), f"the folder holds no articles. {TAKEN}.")


def _files(folder: Path, passing_over: Path | None, unreadable: Callable[[OSError], None]) -> Iterator[Path]:
    """The files of a folder that may hold articles; of a file, itself."""
    with suppress(OSError):
        if folder.is_file():
            yield folder
    passed_over = passing_over and passing_over.absolute()
    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and Path(parent, name) != passed_over)
        for name in sorted(names):
            if not is_passed_over(name):
                yield Path(parent, name)


def _read_file(file: Path, reading: Reading, meter: Meter) -> Iterator[RawArticle | Rejection]:
    origin = str(file)
    if not origin.isprintable():
        yield Rejection(repr(origin), "its path holds bytes or control characters that cannot be shown. Rename it.")
    else:
        try:
            if not file.is_file():
                yield Rejection(origin, _NO_FILE if file.exists() or file.is_symlink() else _GONE)
                return
            with file.open("rb") as stream, meter.reading(file) as place:
                for found in reading.articles(Input(stream, origin, file.name)):
                    place.at(stream)
                    yield found
        except FileNotFoundError:
            yield Rejection(origin, _GONE)
        except OSError as error:
            yield _unreadable(file, error)


def _unreadable(path: Path, error: OSError) -> Rejection:
    reason = f"it cannot be read ({error.strerror or error}). Check the file and its permissions."
    return Rejection(str(path), reason)
