"""`newsdesk eval` and its subcommands: their options, and the exit code 4."""

from __future__ import annotations

import os
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.console import progress_shown, remark, show, show_figures, show_gate, show_json, show_results, show_stories
from pipeline.errors import Interrupted, SuiteError, UsageError
from pipeline.processes import cores
from pipeline.settings import Settings, load_settings

if TYPE_CHECKING:
    from eval.benchmarks import How

FELL_SHORT = 4
# What a shell gives a program that Ctrl-C ended.
INTERRUPTED = 130

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
    record: Annotated[
        Path | None, typer.Option(metavar="CASSETTE", help="Record the model's replies, for --model replay:CASSETTE.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FOLDER", help="Keep every case, the figures and a report.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Continue the interrupted run in the output folder.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", min=1, metavar="N", help="So many cases at once.  [default: 1; of a benchmark, a core each]"
        ),
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
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Answer the benchmark's questions anew, whatever an earlier run has kept.")
    ] = False,
) -> None:
    """Measure retrieval, answers, citations, refusals and briefings on a suite, offline; exit code 4 below a floor.

    Runs the extractive writer, a mocked model behind the real prompt and grounding, and hostile mocked models.
    Example: newsdesk eval --output results
    """
    if context.invoked_subcommand:
        return
    if benchmark or data:
        from eval.benchmarks import How

        _benchmark(benchmark, data, limit, How(jobs or cores(), fresh, remark), format)
        return
    from eval import evaluate as evaluation
    from eval.gate import FLOORS_FILE, Floors, check_pin, gate, load_floors
    from eval.loading import load_suite

    loaded = load_suite(suite or evaluation.BUNDLED_SUITE)
    part = any(option is not None for option in (limit, only, case))
    floors = Floors() if no_gate or part else load_floors(loaded.folder / FLOORS_FILE)
    check_pin(floors, loaded.digest)
    if model:
        floors = floors.of(model)
    writers = tuple(dict.fromkeys(model or (evaluation.EXTRACTIVE, evaluation.FAITHFUL)))
    plan = evaluation.Plan(writers, not (model or part), limit, only, case, record)
    try:
        with progress_shown() as progress:
            found = evaluation.evaluate(
                loaded, _settings(), plan, output=output, resume=resume, jobs=jobs or 1, progress=progress
            )
    except (KeyboardInterrupt, Interrupted):
        kept = "Continue with the same command and --resume" if output else "With --output a run can be continued"
        remark(f"Interrupted. {kept}.")
        raise typer.Exit(INTERRUPTED) from None
    if output:
        remark(f"Wrote {output / 'report.html'}")
    shortfalls = gate(found, floors) if floors.limits else ()
    if case and format is Format.TEXT:
        show_stories(found)
    else:
        show_results(found, shortfalls, floors.limits, as_json=format is Format.JSON)
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
    from eval.tables import comparison_tables

    comparisons = compare(read_results(before), read_results(after))
    if format is Format.JSON:
        show_json({"comparisons": [asdict(comparison) for comparison in comparisons]})
        return
    for comparison in comparisons:
        if not comparison.same_suite:
            remark("The runs are of different versions of the suite; only cases with the same id are compared.")
        show(comparison_tables(comparison))


@app.command("gate")
def gate_run(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The results folder of a run.")],
    floors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The floors.  [default: those of the bundled suite]")
    ] = None,
    update: Annotated[bool, typer.Option("--update", help="Raise the floors to what the run reached.")] = False,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="With --update: lower those that the run misses, too.")
    ] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Hold a run against floors; exit code 4 and the list of what fell short when one is missed.

    Floors are for one version of a suite. With --update they move up to what the run reached, and are for its suite;
    down only with --allow-regression.
    Example: newsdesk eval gate results --floors my-suite/floors.toml
    """
    from eval.evaluate import BUNDLED_SUITE
    from eval.floors import update_floors
    from eval.gate import FLOORS_FILE, gate, load_floors
    from eval.results import read_results

    path = floors or BUNDLED_SUITE / FLOORS_FILE
    if allow_regression and not update:
        raise UsageError("--allow-regression lowers floors, and none are set without --update", "Give both or neither")
    if not path.is_file() and not update:
        raise UsageError(
            f"There are no floors at {str(path)!r}", f"Name a file with --floors, or make it: {_update(run, path)}"
        )
    found = read_results(run)
    if update:
        moves, fallen = update_floors(path, found, allow_regression=allow_regression)
        for move in moves:
            typer.echo(str(move))
        if fallen and not allow_regression:
            for shortfall in fallen:
                typer.echo(str(shortfall))
            remark("Nothing was changed. Lower these floors, if it is meant, with --allow-regression.")
            raise typer.Exit(FELL_SHORT)
        typer.echo(f"{len(moves)} floors moved in {path}")
        return
    limits = load_floors(path)
    shortfalls = gate(found, limits)
    if format is Format.JSON:
        show_json({"floors": limits.limits, "shortfalls": [asdict(shortfall) for shortfall in shortfalls]})
    else:
        show_gate(shortfalls, limits.limits)
    if shortfalls:
        raise typer.Exit(FELL_SHORT)


@app.command("export")
def export_run(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The results folder of a run.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make.")],
) -> None:
    """Write a run for other harnesses: TREC topics, qrels and run files, and a dataset that inspect_ai reads.

    Example: newsdesk eval export results exported
    """
    from eval.export import export
    from eval.results import read_results

    for path in export(read_results(run), folder):
        typer.echo(path)


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
            typer.echo(problem)
        count = "1 problem" if len(error.problems) == 1 else f"{len(error.problems)} problems"
        raise SuiteError(f"{str(folder)!r} has {count}", "Correct the files and check again") from error
    typer.echo(f"{loaded.name}: {len(loaded.cases)} questions and {len(loaded.topics)} topics, all sound")
    if all(entry.answerable for entry in loaded.cases):
        remark("It has no unanswerable question: add one, or it will not show whether newsdesk refuses when it must.")
    remark(f"Run it: newsdesk eval --suite {folder} --output results")


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

    made = start_suite(folder, articles)
    for place, reason in made.refused:
        remark(f"{place} cannot be used: {reason}")
    count = "1 article" if made.articles == 1 else f"{made.articles} articles"
    typer.echo(f"Made {folder} with {count}.")
    typer.echo(f"1. Fill in the questions in {made.cases}")
    typer.echo(f"2. newsdesk eval check {folder}")
    typer.echo(f"3. newsdesk eval --suite {folder} --output results, then open results/report.html")


def _benchmark(name: str | None, data: Path | None, limit: int | None, how: How, format: Format) -> None:
    if name is None or data is None:
        raise UsageError("A benchmark needs its name and its data", "Give both --benchmark NAME and --data FOLDER")
    from eval.benchmarks import run_benchmark

    with progress_shown() as progress:
        figures = run_benchmark(
            name,
            data,
            settings=_settings(),
            limit=limit,
            how=how,
            progress=lambda done, of, what: progress(what, done, of),
        )
    if format is Format.JSON:
        show_json(figures)
        return
    show_figures(figures)


def _settings() -> Settings:
    """The settings in force; a suite and a benchmark bring their own library and name their own writers."""
    return load_settings({}, os.environ, Path.cwd())


def _update(run: Path, floors: Path) -> str:
    return f"newsdesk eval gate {run} --floors {floors} --update"
