"""`newsdesk ask`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import (
    REFUSED,
    ArticleOption,
    AsOfOption,
    AuthorOption,
    Format,
    FormatOption,
    GroundingOption,
    LanguageOption,
    LibraryOption,
    ModelOption,
    NoCacheOption,
    OutputOption,
    SectionOption,
    SinceOption,
    SourceOption,
    StoryOption,
    UntilOption,
    VerboseOption,
    filters_from,
    notices,
    result_on_terminal,
    settings_from,
    write_result,
)
from pipeline.cli.previewing import print_preview, stages_shown
from pipeline.cli.results import cited_articles, print_text, report_usage
from pipeline.settings import EXTRACTIVE
from pipeline.types import Answer, Question

if TYPE_CHECKING:
    from pipeline.library import Library
    from pipeline.writing import OnDraft


def ask(
    question: Annotated[str, typer.Argument(help="What to ask.")],
    library: LibraryOption = None,
    model: ModelOption = None,
    format: FormatOption = Format.TEXT,
    output: OutputOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    as_of: AsOfOption = None,
    author: AuthorOption = None,
    language: LanguageOption = None,
    section: SectionOption = None,
    article: ArticleOption = None,
    story: StoryOption = None,
    grounding: GroundingOption = None,
    no_cache: NoCacheOption = False,
    verbose: VerboseOption = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the evidence, the prompt, its tokens and its cost; send nothing.")
    ] = False,
) -> None:
    """Answer a question from the library, every sentence cited; exit code 3 when the library does not answer it.

    Example: newsdesk ask "When does the truce lapse?" --since 2026-03-01
    """
    from pipeline.app import open_newsdesk

    filters = filters_from(
        since,
        until,
        as_of,
        source,
        authors=author,
        languages=language,
        sections=section,
        articles=article,
        stories=story,
    )
    asked = Question(question, filters)
    settings = settings_from(library=library, model=model, grounding=grounding, cache=False if no_cache else None)
    with open_newsdesk(settings) as desk:
        if dry_run:
            print_preview(desk.preview(asked), format)
            return
        watched = format is Format.TEXT and output is None and not verbose and result_on_terminal()
        with stages_shown(verbose), _draft_shown(question, watched and desk.model != EXTRACTIVE) as on_draft:
            answer = desk.ask(asked, on_draft)
        notices(desk.library.notices)
        print_answer(answer, desk.library, format, output)
        report_usage(answer.usage, desk, verbose)
    if answer.status == "refused":
        raise typer.Exit(REFUSED)


def print_answer(answer: Answer, library: Library, format: Format, output: Path | None) -> None:
    """An answer in the form asked for, on stdout or in a file."""
    if format is Format.TEXT:
        from pipeline.rendering.terminal import answer_terminal

        print_text(answer_terminal(answer), output)
    elif format is Format.MARKDOWN:
        from pipeline.rendering.markdown import answer_markdown

        write_result(answer_markdown(answer), output)
    elif format is Format.HTML:
        from pipeline.rendering.html import answer_html

        write_result(answer_html(answer, cited_articles(answer.statements, library)), output)
    else:
        from pipeline.rendering.jsonform import answer_json, json_text

        write_result(json_text(answer_json(answer)), output)


@contextmanager
def _draft_shown(question: str, wanted: bool) -> Iterator[OnDraft | None]:
    if not wanted:
        yield None
        return
    from pipeline.cli.streaming import watching

    with watching(question) as on_draft:
        yield on_draft
