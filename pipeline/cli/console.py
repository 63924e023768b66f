"""Where output goes: results to stdout, all else to stderr; and the options that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.errors import InputError, UsageError
from pipeline.settings import Settings, load_settings
from pipeline.types import Filters, Question

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.embedding import Spent
    from pipeline.library import Library
    from pipeline.understood import Understood

REFUSED = 3


class Format(StrEnum):
    """How an answer or briefing is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


class ListFormat(StrEnum):
    """How everything else is printed."""

    TEXT = "text"
    JSON = "json"


LibraryOption = Annotated[
    str | None,
    typer.Option(
        "--library", "-l", metavar="FOLDER", help="The library.  [default: newsdesk-library, or $NEWSDESK_LIBRARY]"
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        metavar="NAME",
        help="What writes: extractive, openai:NAME, PROVIDER:NAME, replay:FILE.  [default: extractive]",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print it.")]
ListFormatOption = Annotated[ListFormat, typer.Option("--format", "-f", help="How to print it.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead of the screen.")
]
SinceOption = Annotated[str | None, typer.Option(metavar="DATE", help="Only articles published on or after this day.")]
UntilOption = Annotated[str | None, typer.Option(metavar="DATE", help="Only articles published on or before this day.")]
AsOfOption = Annotated[str | None, typer.Option(metavar="DATE", help="The library as it stood at the end of this day.")]
SourceOption = Annotated[
    list[str] | None, typer.Option("--source", metavar="NAME", help="Only articles of this source; may be repeated.")
]


AuthorOption = Annotated[
    list[str] | None, typer.Option("--author", metavar="NAME", help="Only articles by this author; may be repeated.")
]
LanguageOption = Annotated[
    list[str] | None,
    typer.Option("--language", metavar="CODE", help="Only articles in this language, such as de; may be repeated."),
]
SectionOption = Annotated[
    list[str] | None,
    typer.Option("--section", metavar="NAME", help="Only articles that their publisher put in this section."),
]
ArticleOption = Annotated[
    list[str] | None, typer.Option("--article", metavar="ID", help="Only this article; may be repeated.")
]
StoryOption = Annotated[
    list[str] | None,
    typer.Option("--story", metavar="ID", help="Only this article and the copies of its story; may be repeated."),
]


class Grounding(StrEnum):
    """What becomes of a sentence that the cited text does not bear out."""

    FLAG = "flag"
    DROP = "drop"
    REPAIR = "repair"


GroundingOption = Annotated[
    Grounding | None,
    typer.Option(
        "--grounding",
        help="A sentence that is not borne out is kept with its findings (flag), left out (drop), or shown to the "
        "model once and left out if it still fails.  [default: repair]",
    ),
]
RewriteOption = Annotated[
    bool,
    typer.Option("--rewrite", help="Have the model write queries too, to be looked for besides the question."),
]
NoCacheOption = Annotated[
    bool, typer.Option("--no-cache", help="Ask the model again, even when its reply to the same request is known.")
]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Tell on stderr what is done, how long it takes and what it costs.")
]


def settings_from(**flags: object) -> Settings:
    """The settings in force: these flags, the environment, newsdesk.toml, the defaults."""
    return load_settings(flags, os.environ, Path.cwd())


def opened_library(settings: Settings) -> Library:
    """The library that the settings name, for work that embeds nothing; raises what `open_library` does."""
    from pipeline.library import open_library

    return open_library(settings.library, vectors=settings.vectors, insecure=settings.insecure_vectors)


def filters_from(
    since: str | None,
    until: str | None,
    as_of: str | None,
    sources: list[str] | None,
    *,
    authors: list[str] | None = None,
    languages: list[str] | None = None,
    sections: list[str] | None = None,
    articles: Iterable[str] | None = None,
    stories: list[str] | None = None,
) -> Filters:
    """The filters that the options name; raises UsageError for a day that is none or a span turned round."""
    first, last = day("--since", since), day("--until", until)
    if first and last and first > last:
        raise UsageError(f"--since {since} is after --until {until}", "Exchange the two")
    return Filters(
        first,
        last,
        day("--as-of", as_of),
        sources=tuple(sources or ()),
        articles=tuple(articles or ()),
        authors=tuple(authors or ()),
        languages=tuple(languages or ()),
        sections=tuple(sections or ()),
        stories=tuple(stories or ()),
    )


def question_of(text: str, filters: Filters) -> Question:
    """A question as it is asked here: today, or on the day that the filters look back from."""
    return Question(text, filters, filters.as_of or filters.until or date.today())


def show(renderable: RenderableType) -> None:
    """Print a result on stdout."""
    from pipeline.rendering.terminal import terminal_console

    terminal_console().print(renderable)


def show_json(value: dict[str, Any]) -> None:
    """Print a result on stdout as JSON."""
    from pipeline.rendering.jsonform import json_text

    write_result(json_text(value), None)


def write_result(text: str, output: Path | None) -> None:
    """Print a text on stdout, or put it in a file, whole or not at all."""
    if output is None:
        typer.echo(text.rstrip("\n"))
    else:
        write_file(text.rstrip("\n").encode() + b"\n", output)


def write_lines(lines: Iterable[str], output: Path | None) -> None:
    """Print lines on stdout, or put them in a file, all or none, as they come."""
    if output is not None:
        _write((line.encode() + b"\n" for line in lines), output)
        return
    for line in lines:
        typer.echo(line)


def write_file(data: bytes, output: Path) -> None:
    """Put a result in a file, whole or not at all, however the work ends."""
    _write([data], output)


def _write(parts: Iterable[bytes], output: Path) -> None:
    # A device or pipe is written into; renaming would put a plain file in its place.
    if output.exists() and not output.is_file() and not output.is_dir():
        with output.open("wb") as stream:
            stream.writelines(parts)
        remark(f"Wrote {output}")
        return
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.writelines(parts)
        beside.replace(output)
    except OSError as error:
        raise InputError(
            f"{str(output)!r} cannot be written ({error.strerror or error})", "Choose another --output"
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    remark(f"Wrote {output}")


def remark(text: str) -> None:
    """Tell the user something that is not the result."""
    print_error(text)


def notices(lines: Iterable[str]) -> None:
    """What a library found broken and mended."""
    for line in lines:
        print_error(f"newsdesk: {line}.")


def understanding(understood: Understood) -> None:
    """How a question was looked for, in words."""
    for note in understood.notes:
        remark(f"newsdesk: {note}.")


def complain(text: str) -> None:
    """Say what went wrong."""
    print_error(f"newsdesk: {text}")


def print_error(text: str) -> None:
    """One line on stderr, made safe."""
    from pipeline.rendering.safe import one_line

    typer.echo(one_line(text), err=True)


def spent_on_embedding(spent: Spent) -> None:
    """Tell what a model behind a server was sent, and what it costs."""
    if spent.requests:
        cost = "" if spent.cost is None else f", ${spent.cost:.4f} at the prices of {spent.listed}"
        remark(f"Embedded {spent.tokens:,} tokens in {spent.requests:,} requests{cost}")


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """A line on stderr that shows how far work on so many passages is and the time left, when somebody is watching."""
    if not on_terminal():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def result_on_terminal() -> bool:
    """Whether somebody is watching stdout."""
    return sys.stdout.isatty()


def on_terminal() -> bool:
    """Whether somebody is watching stderr."""
    return sys.stderr.isatty()


def day(option: str, text: str | None) -> date | None:
    """The day that an option names, None for none; raises UsageError for what is no date."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text!r} is not a date", "Write it as YYYY-MM-DD, for example 2026-03-14") from None
