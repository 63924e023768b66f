"""`newsdesk verify`: an answer, a briefing or anybody's draft, held against what the library says."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import (
    Format,
    FormatOption,
    LibraryOption,
    OutputOption,
    notices,
    remark,
    settings_from,
    show,
    write_result,
)
from pipeline.errors import InputError, NotALibrary, UsageError
from pipeline.settings import Settings
from pipeline.types import Answer, Briefing

if TYPE_CHECKING:
    from pipeline.library import Library
    from pipeline.types import Article, Statement

_WHAT_IS_TAKEN = "Give what ask or brief wrote with --format json, or a draft as plain text or Markdown"


def verify(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="JSON of ask or brief, or prose as .txt or .md; - for standard input."),
    ],
    library: LibraryOption = None,
    format: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> None:
    """Check every sentence of a text again; exit code 1 unless all of them are supported.

    JSON of ask or brief is held against its citations, and these against the articles; without a library, against the
    quotes that it carries. Any other text is held against the best that the library says, sentence by sentence.

    Example: newsdesk verify draft.md --format html --output checked.html
    """
    text = _text_of(file)
    settings = settings_from(library=library)
    if text.lstrip().startswith("{") or file.lower().endswith(".json"):
        from pipeline.rendering.readback import read_back

        written = read_back(text, file)
        with _library(settings) as opened:
            result = _verified(written, opened)
            against = f"library {settings.library!r}" if opened else "quotes that it carries, for there is no library"
            _print(result, opened, format, output)
    else:
        result = _verified_prose(text, file, settings, format, output)
        against = f"library {settings.library!r}"
    statements = _statements(result)
    supported = sum(statement.support == "supported" for statement in statements)
    remark(f"{supported} of {len(statements)} statements supported, held against the {against}.")
    if supported < len(statements):
        raise typer.Exit(1)
