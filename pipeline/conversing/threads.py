"""Conversations that go on later: a file of JSON Lines in the library's folder, one exchange a line.

A line is written whole before the next question is read. A line that cannot be read is passed over and reported: it
costs its exchange, not the conversation.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from pipeline.conversing.session import Exchange
from pipeline.errors import InputError, UsageError
from pipeline.rendering.jsonform import answer_json
from pipeline.rendering.readback import read_back
from pipeline.types import Answer, Filters

FOLDER = "threads"
_NAME = re.compile(r"[\w][\w.\-]{0,63}")
_FILTERS = TypeAdapter(Filters)


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread as a list shows it: its name, how many questions it has, and the last one as it was typed."""

    name: str
    questions: int
    last: str


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True)

    asked: str
    filters: Filters
    answer: dict[str, Any]


class ThreadFile:
    """The thread of one name in a library folder. UsageError for a name that could be no file's."""

    def __init__(self, library: Path, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise UsageError(f"{name!r} cannot be the name of a thread", "Use letters, digits, dots and hyphens")
        self.name = name
        self._path = library / FOLDER / f"{name}.jsonl"

    def read(self) -> tuple[tuple[Exchange, ...], int]:
        """The exchanges so far, oldest first, and how many lines could not be read; none for a new thread."""
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return (), 0
        except OSError as error:
            raise InputError(
                f"The thread {self.name!r} cannot be read ({error.strerror})", "Use another name"
            ) from error
        found = [_exchange(line, self.name) for line in lines if line.strip()]
        return tuple(each for each in found if each is not None), sum(each is None for each in found)

    def append(self, exchange: Exchange) -> None:
        """Add an exchange, by one write."""
        line = {
            "asked": exchange.asked,
            "filters": _FILTERS.dump_python(exchange.filters, mode="json"),
            "answer": answer_json(exchange.answer),
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "ab") as file:
                file.write(f"{json.dumps(line)}\n".encode())
        except OSError as error:
            raise InputError(
                f"The thread {self.name!r} cannot be written ({error.strerror})", "Go on without --thread"
            ) from error


def threads(library: Path) -> tuple[Thread, ...]:
    """The threads of a library, that of the last question first."""
    paths = sorted((library / FOLDER).glob("*.jsonl"), key=lambda path: path.stat().st_mtime, reverse=True)
    named = [path.stem for path in paths if _NAME.fullmatch(path.stem)]
    return tuple(_listed(name, ThreadFile(library, name).read()[0]) for name in named)


def _listed(name: str, exchanges: Sequence[Exchange]) -> Thread:
    return Thread(name, len(exchanges), exchanges[-1].asked if exchanges else "")


def _exchange(line: str, name: str) -> Exchange | None:
    try:
        read = _Line.model_validate_json(line)
        answer = read_back(json.dumps(read.answer), name)
    except (ValidationError, InputError):
        return None
    return Exchange(read.asked, answer, read.filters) if isinstance(answer, Answer) else None
