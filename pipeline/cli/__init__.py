"""The command line: all printing and all exit codes. `main` is the entry point, one module a group of commands.

0 done   1 the work failed   2 wrong usage or bad input   3 no answer in the library   4 an eval gate fell short
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from eval.cli import app as evaluation
from pipeline import tracing
from pipeline.cli import articles, asking, briefing, demo, ingesting, libraries, searching, verifying
from pipeline.cli.console import complain
from pipeline.errors import NewsdeskError

app = typer.Typer(
    name="newsdesk",
    help="Ask and brief from news articles, with every sentence cited to the exact characters that say it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; errors leave as one sentence on stderr, with a traceback only after `--debug`."""
    # Nothing leaves the machine unless the user asks for it.
    for switch, off in (
        ("LANGSMITH_TRACING", "false"),
        ("ANONYMIZED_TELEMETRY", "False"),
        ("ORT_DISABLE_TELEMETRY", "1"),
    ):
        os.environ.setdefault(switch, off)
    if tracing.asked_for() and not tracing.start():
        complain(
            "Traces are asked for (OTEL_EXPORTER_OTLP_ENDPOINT), but nothing can send them. "
            "Install it: pip install opentelemetry-sdk opentelemetry-exporter-otlp."
        )
    arguments = sys.argv[1:]
    debug = "--debug" in arguments
    arguments = [argument for argument in arguments if argument != "--debug"]
    try:
        app(args=arguments, prog_name="newsdesk")
    except NewsdeskError as error:
        if debug:
            raise
        complain(str(error))
        sys.exit(error.exit_code)
    except Exception as error:
        if debug:
            raise
        complain(f"Something unforeseen went wrong: {type(error).__name__}: {error}. Run it again with --debug.")
        sys.exit(1)


def _version(wanted: bool) -> None:
    if wanted:
        from pipeline import __version__

        typer.echo(f"newsdesk {__version__}")
        raise typer.Exit


@app.callback()
def newsdesk(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback when something goes wrong.")] = False,
) -> None:
    """Options of every command. `--debug` may stand anywhere; `main` takes it out."""


app.command("ingest")(ingesting.ingest)
app.command("ask")(asking.ask)
app.command("brief")(briefing.brief)
app.command("search")(searching.search)
app.command("verify")(verifying.verify)
app.add_typer(articles.articles, name="articles")
app.command("status")(libraries.status)
app.command("check")(libraries.check)
app.command("reindex")(libraries.reindex)
app.add_typer(evaluation, name="eval")
app.command("demo")(demo.demo)
