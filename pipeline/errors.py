"""Every error that newsdesk raises on purpose.

    NewsdeskError
    ├── UsageError          the call is wrong (exit 2)
    ├── InputError          an input cannot be taken in (exit 2)
    ├── Interrupted         an ingest was stopped by its user (exit 1)
    ├── LibraryError        the library cannot do what was asked (exit 1)
    │   ├── NotALibrary     the folder is something else, or nothing (exit 2)
    │   ├── LibraryBusy     another process holds the writer's place
    │   ├── ServerDown      the server that holds the vectors gives no answer
    │   └── EmbeddingChanged    another process has changed the library's embedding since it was opened
    ├── DamagedPack         an evidence pack is not what was written (exit 1)
    ├── ModelError          the language model gave no usable reply (exit 1)
    │   └── MissingKey      no API key was given (exit 2)
    └── SuiteError          an evaluation suite, run or cassette is not sound (exit 2)

An error says what happened, to which object (`!r` in the message), and the next step. The command line prints both as
one sentence on stderr and leaves with `exit_code`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.types import IngestReport


class NewsdeskError(Exception):
    """Something went wrong that the user can do something about."""

    exit_code = 1

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.what.rstrip('.')}. {self.next_step.rstrip('.')}."


class UsageError(NewsdeskError):
    """The call is wrong: an unknown option value, a date that is none, an empty question."""

    exit_code = 2


class InputError(NewsdeskError):
    """An input cannot be taken in: missing, empty, binary, badly encoded, not well formed."""

    exit_code = 2


class Interrupted(NewsdeskError):
    """An ingest was stopped by its user; `report` says what it had stored."""

    def __init__(self, report: IngestReport) -> None:
        stored = len(report.added) + len(report.updated)
        super().__init__(
            f"Interrupted with {stored:,} new or changed articles stored",
            "Run the same command again to take in the rest",
        )
        self.report = report


class LibraryError(NewsdeskError):
    """The library cannot do what was asked."""


class NotALibrary(LibraryError):
    """The folder is not a newsdesk library, or one of a newer newsdesk."""

    exit_code = 2


class LibraryBusy(LibraryError):
    """Another process is writing to the library."""


class ServerDown(LibraryError):
    """The server that holds the library's vectors gives no answer."""


class EmbeddingChanged(LibraryError):
    """The library has vectors of another model than when it was opened: open it again."""


class DamagedPack(NewsdeskError):
    """An evidence pack is not byte for byte what was written."""


class ModelError(NewsdeskError):
    """The language model gave no usable reply."""


class MissingKey(ModelError):
    """No API key was given for a model that needs one."""

    exit_code = 2


class SuiteError(NewsdeskError):
    """An evaluation suite, run or cassette is not sound."""

    exit_code = 2
