"""`newsdesk ingest`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import (
    LibraryOption,
    ListFormat,
    ListFormatOption,
    complain,
    notices,
    on_terminal,
    settings_from,
    show,
    show_json,
)
from pipeline.errors import InputError, Interrupted, UsageError

if TYPE_CHECKING:
    from pipeline.sources import Meter
    from pipeline.types import IngestPlan, IngestReport, Rejection


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
    lang: Annotated[
        str, typer.Option("--lang", metavar="CODE", help="The language of all that is given.  [default: detected]")
    ] = "",
    keep_all: Annotated[bool, typer.Option("--keep-all", help="Leave nothing out of the texts as residue.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would come in, and what would not and why; store nothing.")
    ] = False,
    format: ListFormatOption = ListFormat.TEXT,
) -> None:
    """Bring articles into the library: pasted text, Markdown, web pages (saved or by address), lists of addresses,
    feeds, JSON Lines, CSV, newsletters (.eml), PDF, DOCX, web archives (WARC); folders, .gz and .zip of any of these.

    What is there already is recognised; a changed article replaces its passages. What cannot be taken in is listed
    with its reason, the rest goes on, and the exit code is 2.

    Example: newsdesk ingest articles/ page.html wire.jsonl
    """
    from pipeline.app import open_newsdesk, plan_ingest
    from pipeline.sources import Meter

    settings = settings_from(library=library, embedding=embedding)
    mapped, language = _columns(columns or []), _language(lang)
    meter = Meter()
    if dry_run:
        try:
            with _progress(meter) as on_progress:
                plan = plan_ingest(
                    settings,
                    paths,
                    columns=mapped,
                    follow=follow,
                    language=language,
                    keep_all=keep_all,
                    on_progress=on_progress,
                    meter=meter,
                )
        except KeyboardInterrupt:
            complain("Interrupted; nothing was to be stored")
            raise typer.Exit(1) from None
        _print_plan(plan, format)
        _leave(plan.rejected)
        return
    try:
        with open_newsdesk(settings, create=True) as desk, _progress(meter) as on_progress:
            report = desk.ingest(
                paths,
                columns=mapped,
                follow=follow,
                language=language,
                keep_all=keep_all,
                on_progress=on_progress,
                meter=meter,
            )
            notices(desk.library.notices)
    except Interrupted as error:
        _print_report(error.report, format)
        raise
    _print_report(report, format)
    _leave(report.rejected)


def _print_report(report: IngestReport, format: ListFormat) -> None:
    if format is ListFormat.JSON:
        from pipeline.rendering.jsonform import ingest_json

        show_json(ingest_json(report))
    else:
        from pipeline.rendering.listings import ingest_terminal

        show(ingest_terminal(report))


def _print_plan(plan: IngestPlan, format: ListFormat) -> None:
    from pipeline.rendering.plans import plan_json, plan_terminal

    if format is ListFormat.JSON:
        show_json(plan_json(plan))
    else:
        show(plan_terminal(plan))


def _leave(rejected: tuple[Rejection, ...]) -> None:
    if rejected:
        raise typer.Exit(InputError.exit_code)


def _language(option: str) -> str:
    """The code of a language that the option names; raises UsageError for what is none."""
    from pipeline.cleaning.language import named

    code = named(option)
    if option and not code:
        raise UsageError(f"--lang {option!r} is no language code", "Give one of two letters, such as en or de")
    return code


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
def _progress(meter: Meter) -> Iterator[Callable[[str], None]]:
    """A line on stderr with the inputs done, the rate and the time left, when somebody is watching."""
    if not on_terminal():
        yield lambda origin: None
        return
    from pathlib import PurePath

    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from pipeline.rendering.safe import terminal_text

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,.0f} read", markup=False),
        TextColumn("{task.fields[pace]}", markup=False),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, pace="")

        def advance(origin: str) -> None:
            state = progress.tasks[0]
            rate = f"{state.speed:,.0f} a second" if state.speed and state.speed >= 1 else ""
            left = _time_left(meter, state.elapsed or 0.0)
            name = terminal_text(PurePath(origin).name).plain[:40]
            pace = ", ".join(filter(None, (rate, left)))
            progress.update(task, advance=1, description=name, pace=pace)

        yield advance


def _time_left(meter: Meter, elapsed: float) -> str:
    """How long the rest of the files will take at the pace so far; empty while that is a guess."""
    if elapsed < 1 or not 0 < meter.done < meter.total:
        return ""
    seconds = elapsed * (meter.total - meter.done) / meter.done
    return f"about {seconds / 60:.0f} min left" if seconds >= 90 else f"about {seconds:.0f} s left"
