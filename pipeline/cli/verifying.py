"""`newsdesk verify`: an answer, a briefing or anybody's draft, held against what the library says."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from io import BytesIO, StringIO
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
from pipeline.rendering.footnotes import counted
from pipeline.settings import Settings
from pipeline.types import Answer, Briefing

if TYPE_CHECKING:
    from pipeline.library import Library
    from pipeline.types import Article, Statement

_WITHOUT_LIBRARY = "held against the quotes that the file carries: there is no library here"
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
        result, library_used = _verify_json(text, file, settings, format, output)
    else:
        result, library_used = _verify_prose(text, file, settings, format, output), True
    statements = _statements(result)
    supported = sum(statement.support == "supported" for statement in statements)
    held = f"held against the library {settings.library!r}" if library_used else _WITHOUT_LIBRARY
    remark(f"{supported} of {counted(len(statements), 'statement')} supported, {held}.")
    if supported < len(statements):
        raise typer.Exit(1)


def _verify_json(
    text: str, file: str, settings: Settings, format: Format, output: Path | None
) -> tuple[Answer | Briefing, bool]:
    """The file with its statements verified, printed, and whether there was a library to hold it against."""
    from pipeline.rendering.readback import read_back
    from pipeline.verifying import verify_answer, verify_briefing

    written = read_back(text, file)
    with ExitStack() as stack:
        opened = _library_if_any(settings)
        if opened:
            stack.enter_context(opened)
            notices(opened.notices)
        result = verify_answer(written, opened) if isinstance(written, Answer) else verify_briefing(written, opened)
        _print(result, opened, format, output)
    return result, opened is not None


def _verify_prose(text: str, file: str, settings: Settings, format: Format, output: Path | None) -> Answer:
    """The draft as an answer, printed."""
    from pipeline.app import open_newsdesk
    from pipeline.verifying import read_prose, verify_prose

    if text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        raise InputError(f"{file!r} is an HTML page", _WHAT_IS_TAKEN)
    prose = read_prose(text)
    try:
        desk = open_newsdesk(settings)
    except NotALibrary as error:
        raise UsageError(
            f"{error.what}, and {file!r} is prose, which cites nothing by itself",
            "Name a library with --library, make one with `newsdesk ingest PATH…`, or give the JSON of ask or brief",
        ) from error
    with desk:
        notices(desk.library.notices)
        result = verify_prose(prose, Path(file).name, desk.retrieve)
        _print(result, desk.library, format, output)
    if prose.passed_over:
        lines = counted(len(prose.passed_over), "line")
        remark(f"Passed over as claiming nothing: {lines} (headings, questions, fragments).")
    return result


def _library_if_any(settings: Settings) -> Library | None:
    """The library, or None when none was named and there is none by the default name."""
    from pipeline.library import open_library

    if settings.library == Settings().library and not Path(settings.library).exists():
        return None
    return open_library(settings.library)


def _text_of(file: str) -> str:
    """The text of the file, or of standard input; raises InputError when there is none."""
    from pipeline.sources.decoding import decode, read_capped

    try:
        if file == "-":
            return decode(read_capped(BytesIO(sys.stdin.buffer.read())))
        with Path(file).open("rb") as stream:
            return decode(read_capped(stream))
    except OSError as error:
        raise InputError(f"{file!r} cannot be read ({error.strerror or error})", _WHAT_IS_TAKEN) from error
    except InputError as error:
        raise InputError(f"{file!r} cannot be verified: {error.what}", _WHAT_IS_TAKEN) from error


def _print(result: Answer | Briefing, library: Library | None, format: Format, output: Path | None) -> None:
    """The result in the form asked for, on stdout or in a file."""
    if format is Format.TEXT:
        from pipeline.rendering.terminal import answer_terminal, briefing_terminal, terminal_console

        page = answer_terminal(result) if isinstance(result, Answer) else briefing_terminal(result)
        if output is None:
            show(page)
            return
        written = StringIO()
        terminal_console(written).print(page)
        write_result(written.getvalue(), output)
    elif format is Format.MARKDOWN:
        from pipeline.rendering.markdown import answer_markdown, briefing_markdown

        write_result(answer_markdown(result) if isinstance(result, Answer) else briefing_markdown(result), output)
    elif format is Format.HTML:
        from pipeline.rendering.html import answer_html, briefing_html

        articles = _articles(_statements(result), library)
        html = answer_html(result, articles) if isinstance(result, Answer) else briefing_html(result, articles)
        write_result(html, output)
    else:
        from pipeline.rendering.jsonform import answer_json, briefing_json, json_text

        form = answer_json(result) if isinstance(result, Answer) else briefing_json(result)
        write_result(json_text(form), output)


def _articles(statements: Sequence[Statement], library: Library | None) -> dict[str, Article]:
    """The cited articles by id, without those of which a quote does not stand where it is cited."""
    citations = {citation for statement in statements for citation in statement.citations}
    known = {info.id for info in library.articles()} if library else set()
    articles = {
        citation.article.id: library.article(citation.article.id)
        for citation in citations
        if library and citation.article.id in known
    }
    wrong = {
        citation.article.id
        for citation in citations
        if (article := articles.get(citation.article.id))
        and article.text[citation.start : citation.end] != citation.quote
    }
    return {identity: article for identity, article in articles.items() if identity not in wrong}


def _statements(result: Answer | Briefing) -> Sequence[Statement]:
    if isinstance(result, Answer):
        return result.statements
    return [statement for section in result.sections for statement in section.statements]
