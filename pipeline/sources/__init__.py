"""Where articles come from: files, folders of them, and standard input.

`read` is the single entrance. Each kind of file has one reader, a function from a byte stream and the name of its place
to the articles in it; a new kind is one more file here and one more line in `_READERS`.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from pipeline.errors import InputError
from pipeline.sources.html import read_html
from pipeline.sources.jsonl import read_json, read_jsonl
from pipeline.sources.markdown import read_markdown
from pipeline.sources.pasted import read_pasted
from pipeline.types import RawArticle, Rejection

__all__ = ["read"]

Reader: TypeAlias = Callable[[io.BufferedIOBase, str], Iterator[RawArticle | Rejection]]
"""Reads the articles of one stream; `origin` names the place. Raises InputError when nothing of it can be taken."""

_READERS: dict[str, Reader] = {
    ".txt": read_pasted,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
}
_UNPACKED_FIRST = (".html.gz", ".htm.gz")

# What lies beside articles in a folder and is nobody's article: passed over without a word.
_NOT_ARTICLES = frozenset(
    {".css", ".js", ".map", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".bmp", ".tif", ".tiff"}
    | {".woff", ".woff2", ".ttf", ".otf", ".mp3", ".mp4", ".webm"}
)
_NOT_ARTICLE_NAMES = frozenset({"thumbs.db", "desktop.ini"})

_TAKEN = "newsdesk takes .txt, .md, .html, .html.gz, .jsonl and .json"


def read(
    paths: Sequence[str], stdin: Callable[[], bytes], passing_over: Path | None = None
) -> Iterator[RawArticle | Rejection]:
    """Every article at the paths, in their order; what cannot be taken comes as a Rejection and the rest goes on.

    A folder gives its files by name, then those of its subfolders; hidden ones and the folder `passing_over` (the
    library itself, which often lies beside the articles) are passed over, links to folders not followed. `-` is the
    text on standard input. Lazy: one file is open at a time. `origin` is the absolute path, `path:LINE` for an article
    in a JSON Lines file and `-` for standard input.
    """
    for path in paths:
        if path == "-":
            yield from _taken(lambda: io.BytesIO(stdin()), read_pasted, "-")
            continue
        place = Path(os.path.normpath(Path(path).absolute()))
        if place.is_dir():
            yield from _read_folder(place, passing_over)
        elif place.exists():
            yield from _read_file(place)
        else:
            yield Rejection(str(place), "there is no such file or folder. Check the path.")


def _read_folder(folder: Path, passing_over: Path | None) -> Iterator[RawArticle | Rejection]:
    empty = True
    closed: list[OSError] = []
    for file in _files(folder, passing_over, closed.append):
        for found in _read_file(file):
            empty = False
            yield found
    for error in closed:
        yield Rejection(str(error.filename), f"the folder cannot be read ({error.strerror}). Check its permissions.")
    if empty and not closed:
        yield Rejection(str(folder), f"the folder holds no articles. {_TAKEN}.")


def _files(folder: Path, passing_over: Path | None, unreadable: Callable[[OSError], None]) -> Iterator[Path]:
    passed_over = passing_over and passing_over.absolute()
    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and Path(parent, name) != passed_over)
        for name in sorted(names):
            file = Path(parent, name)
            hidden = name.startswith(".")
            if not hidden and file.suffix.lower() not in _NOT_ARTICLES and name.lower() not in _NOT_ARTICLE_NAMES:
                yield file


def _read_file(file: Path) -> Iterator[RawArticle | Rejection]:
    origin = str(file)
    if not origin.isprintable():
        yield Rejection(repr(origin), "its path holds bytes or control characters that cannot be shown. Rename it.")
        return
    name = file.name.lower()
    packed = name.endswith(_UNPACKED_FIRST)
    reader = _READERS.get(Path(name.removesuffix(".gz")).suffix if packed else file.suffix.lower())
    if reader is None:
        kind = f"files of type {file.suffix!r}" if file.suffix else "files without a type"
        yield Rejection(origin, f"{kind} are not taken. {_TAKEN}.")
    elif not file.is_file():
        yield Rejection(origin, "it is not a regular file. Give a file, a folder or - for standard input.")
    else:
        yield from _taken(lambda: gzip.GzipFile(file) if packed else file.open("rb"), reader, origin)


def _taken(
    open_stream: Callable[[], io.BufferedIOBase], reader: Reader, origin: str
) -> Iterator[RawArticle | Rejection]:
    """What the reader finds, and the reason as a Rejection where it stops."""
    try:
        with open_stream() as stream:
            yield from reader(stream, origin)
    except InputError as error:
        yield Rejection(origin, str(error))
    except (EOFError, gzip.BadGzipFile, zlib.error):
        yield Rejection(origin, "the gzip file is damaged or cut off. Save or download the page again.")
    except OSError as error:
        yield Rejection(origin, f"it cannot be read ({error.strerror or error}). Check the file and its permissions.")
