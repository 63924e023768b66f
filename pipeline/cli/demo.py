"""`newsdesk demo`: the main job on the sample articles, as a user would do it by hand."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.asking import print_answer
from pipeline.cli.briefing import print_briefing
from pipeline.cli.console import Format, settings_from, show
from pipeline.cli.forms import BriefFormat
from pipeline.types import Question

# One article answers the first, it takes two for the second, and no article answers the third.
QUESTIONS = (
    "Who presided over the negotiations that led to the Ilma truce?",
    "How did the tally of boxes lost by the Marisol Venture change in the days after the accident?",
    "How many cattle in Brevik province had been vaccinated by 8 April?",
)
TOPIC = "Marisol Venture container loss"


def demo(
    folder: Annotated[
        Path, typer.Option("--folder", metavar="FOLDER", help="Where the library and the briefing go.")
    ] = Path("demo"),
) -> None:
    """Show the main job: take in the sample articles, ask three questions, write a briefing.

    Example: newsdesk demo
    """
    from pipeline.app import open_newsdesk
    from pipeline.rendering.listings import ingest_terminal

    articles = sample_articles()
    library = folder / "newsdesk-library"
    settings = settings_from(library=str(library), model="extractive")
    with open_newsdesk(settings, create=True) as desk:
        _announce("ingest", str(articles), "--library", str(library))
        show(ingest_terminal(desk.ingest([str(articles)])))
        for question in QUESTIONS:
            _announce("ask", question, "--library", str(library))
            print_answer(desk.ask(Question(question)), desk.library, Format.TEXT, None)
        briefing = desk.brief(TOPIC)
        for format, name in ((BriefFormat.MARKDOWN, "briefing.md"), (BriefFormat.HTML, "briefing.html")):
            output = folder / name
            _announce("brief", TOPIC, "--library", str(library), "--format", format.value, "--output", str(output))
            print_briefing(briefing, desk.library, format, output)
    typer.echo(
        f"\nThe library is in {library}. Open {folder / 'briefing.html'} in a browser, and ask something of your own:"
    )
    typer.echo(
        f'\n  newsdesk ask "Whom did Kestrel blame for the container loss?" --library {shlex.quote(str(library))}'
    )


def sample_articles() -> Path:
    """The articles that ship with newsdesk: those of the bundled evaluation suite."""
    from importlib.resources import files

    return Path(str(files("eval").joinpath("suites", "newsroom", "articles")))


def _announce(*words: str) -> None:
    """Print the command that does by hand what comes next."""
    shown = [
        str(Path(word).relative_to(Path.cwd())) if Path(word).is_relative_to(Path.cwd()) else word for word in words
    ]
    typer.secho(f"\n$ newsdesk {shlex.join(shown)}\n", bold=True)
