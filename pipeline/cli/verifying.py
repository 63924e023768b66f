"""`newsdesk verify`: an answer, a briefing or anybody's draft, held against what the library says."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
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
    opened_library,
    remark,
    settings_from,
    show,
    write_result,
)
from pipeline.cli.results import article_finder
from pipeline.errors import InputError, NotALibrary, UsageError
from pipeline.rendering.footnotes import counted
from pipeline.settings import Settings
from pipeline.types import Answer, Briefing

if TYPE_CHECKING:
    from pipeline.library import Library
    from pipeline.types import Article, Change, Statement

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

    An evidence pack (brief --pack) is held against the articles in it, without library and model; one changed byte
    fails it. With --library it is told which sentences a later version or correction has made stale.

    Example: newsdesk verify draft.md --format html --output checked.html
    """
    from pipeline.rendering.pack import is_pack

    text = _text_of(file)
    settings = settings_from(library=library)
    if is_pack(text):
        _verify_pack(text, file, settings, library is not None, format, output)
        return
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


def _verify_pack(text: str, file: str, settings: Settings, named: bool, format: Format, output: Path | None) -> None:
    """The pack checked and printed; with a library named, held against that too. Leaves with 1 unless all stands."""
    from pipeline.comparing import stale
    from pipeline.rendering.footnotes import told_change
    from pipeline.rendering.pack import read_pack
    from pipeline.verifying import verify_briefing

    held = read_pack(text.encode(), file)
    result = verify_briefing(held.briefing, held)
    _print(result, held.articles, format, output)
    statements = _statements(result)
    citations = {citation for statement in statements for citation in statement.citations}
    supported = sum(statement.support == "supported" for statement in statements)
    remark(
        f"{supported} of {counted(len(statements), 'statement')} supported; the pack is whole, its "
        f"{counted(len(citations), 'citation')} held against the {counted(len(held.articles), 'article')} in it."
    )
    old: tuple[Change, ...] = ()
    if named:
        with opened_library(settings) as opened:
            notices(opened.notices)
            old = stale(held.briefing, held.articles.get, article_finder(opened))
        for change in old:
            remark(f"Stale: {told_change(change)}")
        if not old:
            remark(f"Nothing in it is stale by the library {settings.library!r}.")
    if supported < len(statements) or old:
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
        _print(result, _cited(result, opened), format, output)
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
        _print(result, _cited(result, desk.library), format, output)
    if prose.passed_over:
        lines = counted(len(prose.passed_over), "line")
        remark(f"Passed over as claiming nothing: {lines} (headings, questions, fragments).")
    return result


def _library_if_any(settings: Settings) -> Library | None:
    """The library, or None when none was named and there is none by the default name."""
    if settings.library == Settings().library and not Path(settings.library).exists():
        return None
    return opened_library(settings)


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


def _print(result: Answer | Briefing, known: Mapping[str, Article], format: Format, output: Path | None) -> None:
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

        articles = _unchanged(_statements(result), known)
        html = answer_html(result, articles) if isinstance(result, Answer) else briefing_html(result, articles)
        write_result(html, output)
    else:
        from pipeline.rendering.jsonform import answer_json, briefing_json, json_text

        form = answer_json(result) if isinstance(result, Answer) else briefing_json(result)
        write_result(json_text(form), output)


def _cited(result: Answer | Briefing, library: Library | None) -> dict[str, Article]:
    """The cited articles that the library has, by id."""
    if library is None:
        return {}
    find = article_finder(library)
    ids = {citation.article.id for statement in _statements(result) for citation in statement.citations}
    return {identity: article for identity in sorted(ids) if (article := find(identity))}


def _unchanged(statements: Sequence[Statement], known: Mapping[str, Article]) -> dict[str, Article]:
    """The articles without those of which a quote does not stand where it is cited."""
    wrong = {
        citation.article.id
        for statement in statements
        for citation in statement.citations
        if (article := known.get(citation.article.id)) and article.text[citation.start : citation.end] != citation.quote
    }
    return {identity: article for identity, article in known.items() if identity not in wrong}


def _statements(result: Answer | Briefing) -> Sequence[Statement]:
    if isinstance(result, Answer):
        return result.statements
    return [statement for section in result.sections for statement in section.statements]
