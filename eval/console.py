"""What `newsdesk eval` prints: results on stdout, progress and remarks on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from eval.evaluate import Progress
    from eval.gate import Limits, Shortfall
    from eval.results import Results

# Where no bar can be drawn, so many lines tell how far a run is.
_LINES_A_RUN = 10


def show(renderables: Sequence[Any]) -> None:
    """Print rich renderables, plain where stdout is no terminal."""
    from pipeline.rendering.terminal import terminal_console

    console = terminal_console()
    for renderable in renderables:
        console.print(renderable)


def show_json(value: Mapping[str, Any]) -> None:
    """Print plain values as JSON."""
    from pipeline.rendering.jsonform import json_text

    typer.echo(json_text(dict(value)))


def show_figures(figures: Mapping[str, object], depth: int = 0) -> None:
    """Print named figures a line each; those that stand under a name of their own are set in below it."""
    for name, value in figures.items():
        label = f"{'  ' * depth}{name}"
        match value:
            case {"of": int(of), **counted} if len(counted) == 1:
                typer.echo(f"{label:<32} {next(iter(counted.values()))} of {of}")
            case Mapping():
                typer.echo(label)
                show_figures(value, depth + 1)
            case float():
                typer.echo(f"{label:<32} {value:.3f}")
            case list() | tuple():
                typer.echo(f"{label:<32} {', '.join(map(str, value))}")
            case _:
                typer.echo(f"{label:<32} {value}")


def show_gate(shortfalls: Sequence[Shortfall], limits: Limits) -> None:
    """Print whether the floors hold, and which do not."""
    count = sum(map(len, limits.values()))
    if not shortfalls:
        typer.echo(f"Gate: {count} of {count} floors hold.")
        return
    typer.echo(f"Gate: {len(shortfalls)} of {count} floors missed:")
    for shortfall in shortfalls:
        typer.echo(f"  {shortfall}")


def show_results(found: Results, shortfalls: Sequence[Shortfall], limits: Limits, *, as_json: bool) -> None:
    """Print the figures of a run and whether the floors hold."""
    if as_json:
        show_json(
            {
                "manifest": found.manifest,
                "summary": found.summary,
                "floors": limits,
                "shortfalls": [asdict(shortfall) for shortfall in shortfalls],
            }
        )
        return
    from eval.tables import summary_tables

    show(summary_tables(found))
    if limits:
        show_gate(shortfalls, limits)


def show_stories(found: Results) -> None:
    """Print all there is to know of each case."""
    from eval.tables import case_story

    for record in found.cases:
        show(case_story(record))


def remark(text: str) -> None:
    """Print a line on stderr."""
    typer.echo(text, err=True)


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """A bar with the time left for each writer on a terminal; else a line on stderr for each tenth of the cases."""
    if not sys.stderr.isatty():
        yield lines_of_progress(remark, time.monotonic)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def progress(writer: str, done: int, of: int) -> None:
            if writer not in tasks:
                tasks[writer] = bars.add_task(writer, total=of)
            bars.update(tasks[writer], completed=done)

        yield progress


def lines_of_progress(say: Callable[[str], None], clock: Callable[[], float]) -> Progress:
    """Progress in lines that `say` is called with; `clock` gives seconds."""
    began: dict[str, tuple[int, float]] = {}

    def progress(writer: str, done: int, of: int) -> None:
        now = clock()
        before, start = began.setdefault(writer, (done, now))
        if done == of:
            say(f"{writer}: {of} done")
        elif done * _LINES_A_RUN // of > (done - 1) * _LINES_A_RUN // of and done > before:
            left = (now - start) / (done - before) * (of - done)
            say(f"{writer}: {done} of {of}, about {left:.0f} s left")

    return progress
