"""`newsdesk ingest`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from pipeline.cli.console import (
    LibraryOption,
    ListFormat,
    ListFormatOption,
    notices,
    on_terminal,
    settings_from,
    show,
    show_json,
    spent_on_embedding,
)
from pipeline.errors import InputError, UsageError


def ingest(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, addresses, or - for standard input.")
    ],
    library: LibraryOption = None,
    embedding: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="What makes the vectors of a new library: static, openai:NAME, onnx:FOLDER.  [default: static]",
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="NAME=COLUMN,...",
            help="Which column or field of a table is which: title=headline,text=body.",
        ),
    ] = None,
    follow: Annotated[
        bool, typer.Option("--follow", help="Read the articles of a feed from the pages that it links to.")
    ] = False,
    keep_all: Annotated[bool, typer.Option("--keep-all", help="Leave nothing out of the texts as residue.")] = False,
    format: ListFormatOption = ListFormat.TEXT,
) -> None:
    """Bring articles into the library: pasted text, Markdown, web pages (saved or by address), lists of addresses,
    feeds, JSON Lines, CSV, newsletters (.eml), PDF, DOCX, web archives (WARC); folders, .gz and .zip of any of these.

    What is there already is recognised; a changed article replaces its passages. What cannot be taken in is listed
    with its reason, the rest goes on, and the exit code is 2.

    Example: newsdesk ingest articles/ page.html wire.jsonl
    """
    from pipeline.app import open_newsdesk

    settings = settings_from(library=library, embedding=embedding)
    mapped = _columns(columns or [])
    with open_newsdesk(settings, create=True) as desk, _progress() as on_progress:
        report = desk.ingest(paths, columns=mapped, follow=follow, keep_all=keep_all, on_progress=on_progress)
        notices(desk.library.notices)
    spent_on_embedding(desk.embedding_spent)
    if format is ListFormat.JSON:
        from pipeline.rendering.jsonform import ingest_json

        show_json(ingest_json(report))
    else:
        from pipeline.rendering.listings import ingest_terminal

        show(ingest_terminal(report))
    if report.rejected:
        raise typer.Exit(InputError.exit_code)


def _columns(options: list[str]) -> dict[str, str]:
    """The column map that the options name; raises UsageError for what is none."""
    from pipeline.sources.fields import check_columns

    columns: dict[str, str] = {}
    for pair in (pair for option in options for pair in option.split(",")):
        name, equals, column = (part.strip() for part in pair.partition("="))
        if not (name and equals and column):
            raise UsageError(f"--map {pair!r} is not NAME=COLUMN", "Write it as title=headline,text=body")
        columns[name.lower()] = column
    check_columns(columns)
    return columns


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A line on stderr that counts the inputs done, when somebody is watching."""
    if not on_terminal():
        yield lambda origin: None
        return
    from pathlib import Path

    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from pipeline.rendering.safe import terminal_text

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:.0f} read", markup=False),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, rate="")

        def advance(origin: str) -> None:
            speed = progress.tasks[0].speed
            rate = f"{speed:,.0f} a second" if speed else ""
            name = terminal_text(Path(origin).name).plain[:40]
            progress.update(task, advance=1, description=name, rate=rate)

        yield advance
