"""`newsdesk ask`."""

from __future__ import annotations

import sys
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
    RewriteOption,
    SectionOption,
    SinceOption,
    SourceOption,
    StoryOption,
    UntilOption,
    VerboseOption,
    filters_from,
    notices,
    question_of,
    result_on_terminal,
    settings_from,
    write_result,
)
from pipeline.cli.previewing import print_preview, stages_shown
from pipeline.cli.results import cited_articles, print_text, report_usage
from pipeline.cli.streaming import draft_shown
from pipeline.errors import UsageError
from pipeline.settings import EXTRACTIVE
from pipeline.types import Answer, Question

if TYPE_CHECKING:
    from pipeline.app import Newsdesk
    from pipeline.library import Library


def ask(
    question: Annotated[str | None, typer.Argument(help="What to ask; nothing opens a conversation.")] = None,
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
    rewrite: RewriteOption = False,
    no_cache: NoCacheOption = False,
    verbose: VerboseOption = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the evidence, the prompt, its tokens and its cost; send nothing.")
    ] = False,
    thread: Annotated[
        str | None,
        typer.Option("--thread", metavar="NAME", help="A conversation that is kept, to go on later."),
    ] = None,
    list_threads: Annotated[bool, typer.Option("--threads", help="List the conversations that are kept.")] = False,
) -> None:
    """Answer a question from the library, every sentence cited; exit code 3 when the library does not answer it.

    Without a question, a conversation on the terminal: follow-up questions, and commands that /help lists.

    Example: newsdesk ask "When does the truce lapse?" --since 2026-03-01
    """
    from pipeline.app import open_newsdesk
    from pipeline.cli import conversing

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
    settings = settings_from(
        library=library,
        model=model,
        grounding=grounding,
        rewrite=rewrite or None,
        cache=False if no_cache else None,
    )
    talks = question is None and not list_threads
    if talks and (dry_run or output or format is not Format.TEXT or not (sys.stdin.isatty() and result_on_terminal())):
        raise UsageError(
            "There is no question, and no terminal to hold a conversation on",
            'Ask something, for example: newsdesk ask "When was the bridge closed?"',
        )

    def shown(desk: Newsdesk, asked: Question) -> Answer:
        watched = format is Format.TEXT and output is None and not verbose and result_on_terminal()
        with stages_shown(verbose), draft_shown(asked.text, watched and desk.model != EXTRACTIVE) as on_draft:
            answer = desk.ask(asked, on_draft)
        notices(desk.library.notices)
        print_answer(answer, desk.library, format, output)
        report_usage(answer.usage, desk, verbose)
        return answer

    with open_newsdesk(settings) as desk:
        if list_threads:
            conversing.list_threads(Path(settings.library))
        elif question is None:
            conversing.converse(desk, filters, thread, shown)
        elif dry_run:
            print_preview(desk.preview(question_of(question, filters)), format)
        else:
            kept = conversing.thread_file(desk, thread)
            session = conversing.opened_session(kept, filters)
            session = conversing.answered(question, session, desk, kept, shown)
            if session.last is not None and session.last.status == "refused":
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
