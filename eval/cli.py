"""`newsdesk eval` and its subcommands: all the printing of the harness, and its exit code 4."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.errors import UsageError
from pipeline.settings import Settings, load_settings

if TYPE_CHECKING:
    from eval.compare import Comparison
    from eval.evaluate import Progress
    from eval.gate import Shortfall
    from eval.results import Results

FELL_SHORT = 4

app = typer.Typer(invoke_without_command=True, no_args_is_help=False, rich_markup_mode=None)


class Format(StrEnum):
    """How the figures are printed."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print it.")]


@app.callback()
def evaluate(
    context: typer.Context,
    suite: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A suite of your own.  [default: the bundled one]")
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option("--model", "-m", metavar="NAME", help="Evaluate this writer only; may be repeated."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FOLDER", help="Keep every case, the figures and a report.")
    ] = None,
    format: FormatOption = Format.TEXT,
    no_gate: Annotated[bool, typer.Option("--no-gate", help="Do not hold the figures against the floors.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Only the first N cases.")] = None,
    only: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only cases of this kind; `topic`: briefings.")
    ] = None,
    case: Annotated[str | None, typer.Option(metavar="ID", help="Only this case, with its whole story.")] = None,
    benchmark: Annotated[
        str | None, typer.Option(metavar="NAME", help="Run a public benchmark instead: realtimeqa, clapnq, …")
    ] = None,
    data: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where the data of the benchmark is.")] = None,
) -> None:
    """Measure retrieval, answers, citations, refusals and briefings on a suite, offline; exit code 4 below a floor.

    Runs the extractive writer, a mocked model behind the real prompt and grounding, and hostile mocked models.
    Example: newsdesk eval --output results
    """
    if context.invoked_subcommand:
        return
    if benchmark or data:
        _benchmark(benchmark, data, limit, format)
        return
    from eval import evaluate as evaluation
    from eval.gate import FLOORS_FILE, GUARD, gate, load_floors
    from eval.results import check_place, write_results
    from eval.suite import load_suite

    if output:
        check_place(output)
    loaded = load_suite(suite or evaluation.BUNDLED_SUITE)
    part = any(option is not None for option in (limit, only, case))
    floors = {} if no_gate or part else load_floors(loaded.folder / FLOORS_FILE)
    writers = tuple(model or (evaluation.EXTRACTIVE, evaluation.FAITHFUL))
    with _progress() as progress:
        found = evaluation.evaluate(
            loaded,
            _settings(),
            writers=writers,
            guard=not (model or part),
            limit=limit,
            only=only,
            case=case,
            progress=progress,
        )
    if model:
        floors = {writer: wanted for writer, wanted in floors.items() if writer in writers and writer != GUARD}
    shortfalls = gate(found.summary, floors)
    if output:
        write_results(output, found)
        _remark(f"Wrote {output / 'report.html'}")
    if case and format is Format.TEXT:
        _print_stories(found)
    else:
        _print(found, shortfalls, floors, format)
    if shortfalls:
        raise typer.Exit(FELL_SHORT)


@app.command("compare")
def compare_runs(
    before: Annotated[Path, typer.Argument(metavar="A", help="The results folder of the earlier run.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="The results folder of the later run.")],
    format: FormatOption = Format.TEXT,
) -> None:
    """Compare two runs case by case: what moved, whether by more than chance, the cases that got worse first.

    Example: newsdesk eval compare results-before results-after
    """
    from eval.compare import compare
    from eval.results import read_results

    comparisons = compare(read_results(before), read_results(after))
    if format is Format.JSON:
        _print_json({"comparisons": [asdict(comparison) for comparison in comparisons]})
        return
    for comparison in comparisons:
        _print_comparison(comparison)


@app.command("gate")
def gate_run(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The results folder of a run.")],
    floors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The floors.  [default: those of the bundled suite]")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Hold a run against floors; exit code 4 and the list of what fell short when one is missed.

    Example: newsdesk eval gate results --floors floors.toml
    """
    from eval.evaluate import BUNDLED_SUITE
    from eval.gate import FLOORS_FILE, gate, load_floors
    from eval.results import read_results

    path = floors or BUNDLED_SUITE / FLOORS_FILE
    if not path.is_file():
        raise UsageError(f"There are no floors at {str(path)!r}", "Name a file with --floors")
    found, limits = read_results(run), load_floors(path)
    shortfalls = gate(found.summary, limits)
    if format is Format.JSON:
        _print_json({"floors": limits, "shortfalls": [asdict(shortfall) for shortfall in shortfalls]})
    else:
        _print_gate(shortfalls, limits)
    if shortfalls:
        raise typer.Exit(FELL_SHORT)


@app.command("check")
def check_suite(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The suite.")]) -> None:
    """Check a suite: its form, and that every quote stands in its article as newsdesk takes it in.

    Example: newsdesk eval check my-suite
    """
    from eval.evaluate import check
    from eval.suite import UnsoundSuite

    try:
        loaded = check(folder)
    except UnsoundSuite as error:
        for problem in error.problems:
            _remark(problem)
        raise
    typer.echo(f"{loaded.name}: {len(loaded.cases)} questions and {len(loaded.topics)} topics, all sound")


@app.command("new")
def new_suite(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The suite to make.")],
    articles: Annotated[
        list[Path], typer.Option("--articles", metavar="PATH", help="Articles of your own; may be repeated.")
    ],
) -> None:
    """Start a suite from articles of your own, with a commented case file to fill in.

    Example: newsdesk eval new my-suite --articles clippings
    """
    from eval.newsuite import start_suite

    cases = start_suite(folder, articles)
    typer.echo(f"Made {folder}. Write questions in {cases}, then run: newsdesk eval check {folder}")


def _benchmark(name: str | None, data: Path | None, limit: int | None, format: Format) -> None:
    if name is None or data is None:
        raise UsageError("A benchmark needs its name and its data", "Give both --benchmark NAME and --data FOLDER")
    from eval.benchmarks import run_benchmark

    with _progress() as progress:
        figures = run_benchmark(
            name, data, settings=_settings(), limit=limit, progress=lambda done, of, what: progress(what, done, of)
        )
    if format is Format.JSON:
        _print_json(figures)
        return
    for key, value in figures.items():
        typer.echo(f"{key:<32} {value:.3f}" if isinstance(value, float) else f"{key:<32} {value}")


def _settings() -> Settings:
    """The settings in force; a suite and a benchmark bring their own library and name their own writers."""
    return load_settings({}, os.environ, Path.cwd())


def _print(found: Results, shortfalls: Sequence[Shortfall], floors: Mapping[str, Any], format: Format) -> None:
    if format is Format.JSON:
        _print_json(
            {
                "manifest": found.manifest,
                "summary": found.summary,
                "floors": floors,
                "shortfalls": [asdict(shortfall) for shortfall in shortfalls],
            }
        )
        return
    from eval.tables import summary_tables

    _show(summary_tables(found))
    if floors:
        _print_gate(shortfalls, floors)


def _print_gate(shortfalls: Sequence[Shortfall], floors: Mapping[str, Mapping[str, float]]) -> None:
    count = sum(map(len, floors.values()))
    if not shortfalls:
        typer.echo(f"Gate: {count} of {count} floors hold.")
        return
    typer.echo(f"Gate: {len(shortfalls)} of {count} floors missed:")
    for shortfall in shortfalls:
        typer.echo(f"  {shortfall}")


def _print_stories(found: Results) -> None:
    from eval.tables import case_story

    for record in found.cases:
        _show(case_story(record))


def _print_comparison(comparison: Comparison) -> None:
    from eval.tables import comparison_tables

    if not comparison.same_suite:
        _remark("The runs are of different versions of the suite; only cases with the same id are compared.")
    _show(comparison_tables(comparison))


def _show(renderables: Sequence[Any]) -> None:
    from pipeline.rendering.terminal import terminal_console

    console = terminal_console()
    for renderable in renderables:
        console.print(renderable)


def _print_json(value: Mapping[str, Any]) -> None:
    from pipeline.rendering.jsonform import json_text

    typer.echo(json_text(dict(value)))


def _remark(text: str) -> None:
    typer.echo(text, err=True)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar with the time left for each writer on a terminal; else one line on stderr when each is done."""
    if not sys.stderr.isatty():
        yield lambda writer, done, of: _remark(f"{writer}: {of} done") if done == of else None
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
