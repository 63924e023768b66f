"""Reading benchmark data: JSON records, one a line, plain or packed with gzip."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from pipeline.errors import InputError

Record: TypeAlias = dict[str, Any]

_LAYOUT = "See `newsdesk eval --help` for the benchmarks and the files each wants"


def find(folder: Path, name: str) -> Path:
    """The file of this name in a folder, plain or with `.gz`; raises InputError when there is neither."""
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise InputError(f"The data folder {str(folder)!r} holds no {name!r}, plain or .gz", _LAYOUT)


def read_records(path: Path, wanted: tuple[str, ...], limit: int | None = None) -> list[Record]:
    """The first `limit` records of a file; raises InputError for a line that is no object or lacks a wanted field."""
    return list(_records(path, wanted, limit))


def read_text(path: Path) -> str:
    """The text of a file, unpacked if it ends in .gz; what is not UTF-8 becomes the replacement character."""
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", errors="replace")


def _records(path: Path, wanted: tuple[str, ...], limit: int | None) -> Iterator[Record]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if limit is not None and number > limit:
                return
            try:
                record = json.loads(line)
            except ValueError as error:
                raise InputError(f"Line {number} of {str(path)!r} is no JSON: {error}", _LAYOUT) from error
            missing = [name for name in wanted if name not in record] if isinstance(record, dict) else list(wanted)
            if missing:
                raise InputError(f"Line {number} of {str(path)!r} has no {missing[0]!r}", _LAYOUT)
            yield record
