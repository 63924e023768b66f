"""`newsdesk ask`, `brief` and `search`: what is got out of a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.briefs import (
    ArticlesOption,
    Length,
    LengthOption,
    SectionsOption,
    TitleOption,
    WordsOption,
    article_ids,
    day_back,
    plan_from,
)
from pipeline.cli.console import (
    REFUSED,
    AsOfOption,
    Format,
    FormatOption,
    GroundingOption,
    LibraryOption,
    ListFormat,
    ListFormatOption,
    ModelOption,
    NoCacheOption,
    OutputOption,
    SinceOption,
    SourceOption,
    UntilOption,
    VerboseOption,
    filters_from,
    notices,
    remark,
    result_on_terminal,
    settings_from,
    show,
    show_json,
    write_result,
)
from pipeline.cli.previewing import print_preview, print_usage, stages_shown
from pipeline.settings import EXTRACTIVE
from pipeline.types import Answer, Briefing, Question

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.app import Newsdesk
    from pipeline.library import Library
    from pipeline.types import Article, Statement, Usage
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

    asked = Question(question, filters_from(since, until, as_of, source))
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


def brief(
    topic: Annotated[str, typer.Argument(help="What the briefing is about; none with --since or --articles.")] = "",
    library: LibraryOption = None,
    model: ModelOption = None,
    format: FormatOption = Format.TEXT,
    output: OutputOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    as_of: AsOfOption = None,
    grounding: GroundingOption = None,
    no_cache: NoCacheOption = False,
    verbose: VerboseOption = False,
    length: LengthOption = Length.STANDARD,
    words: WordsOption = None,
    sections: SectionsOption = None,
    title: TitleOption = "",
    articles: ArticlesOption = None,
) -> None:
    """Write a briefing on a topic from the library, every sentence cited; exit code 3 when there is nothing on it.

    Without a topic it is on everything that is new (--since 7d) or on the articles named.

    Example: newsdesk brief "rail strike" --length long --format html --output rail.html
    """
    from pipeline.app import open_newsdesk

    plan = plan_from(length, words, sections, title)
    filters = replace(filters_from(day_back(since), until, as_of, source), articles=article_ids(articles))
    settings = settings_from(library=library, model=model, grounding=grounding, cache=False if no_cache else None)
    with open_newsdesk(settings) as desk:
        with stages_shown(verbose):
            briefing = desk.brief(topic, filters, plan)
        notices(desk.library.notices)
        print_briefing(briefing, desk.library, format, output)
        report_usage(briefing.usage, desk, verbose)
    if briefing.status == "refused":
        raise typer.Exit(REFUSED)


def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    library: LibraryOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many passages at most.")] = 8,
    format: ListFormatOption = ListFormat.TEXT,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    as_of: AsOfOption = None,
) -> None:
    """List the passages of the library that fit best; exit code 3 when there are none.

    Example: newsdesk search "Calder Star containers" --limit 5
    """
    from pipeline.app import open_newsdesk

    asked = Question(query, filters_from(since, until, as_of, source))
    with open_newsdesk(settings_from(library=library)) as desk:
        evidence = desk.retrieve(asked, limit)
        notices(desk.library.notices)
    if format is ListFormat.JSON:
        from pipeline.rendering.jsonform import search_json

        show_json(search_json(evidence))
    else:
        from pipeline.rendering.terminal import search_terminal

        show(search_terminal(evidence))
    if not evidence:
        raise typer.Exit(REFUSED)


def report_usage(usage: Usage, desk: Newsdesk, verbose: bool) -> None:
    """On stderr: evidence that did not fit, and with `verbose` what the writing took."""
    if usage.unread:
        remark(f"newsdesk: {usage.unread} passages were not read, for want of room (NEWSDESK_EVIDENCE_TOKENS).")
    if verbose:
        from pipeline.models.prices import listed_price

        print_usage(usage, listed_price(desk.settings.model))


def print_answer(answer: Answer, library: Library, format: Format, output: Path | None) -> None:
    """An answer in the form asked for, on stdout or in a file."""
    if format is Format.TEXT:
        from pipeline.rendering.terminal import answer_terminal

        _print_text(answer_terminal(answer), output)
    elif format is Format.MARKDOWN:
        from pipeline.rendering.markdown import answer_markdown

        write_result(answer_markdown(answer), output)
    elif format is Format.HTML:
        from pipeline.rendering.html import answer_html

        write_result(answer_html(answer, _cited(answer.statements, library)), output)
    else:
        from pipeline.rendering.jsonform import answer_json, json_text

        write_result(json_text(answer_json(answer)), output)


def print_briefing(briefing: Briefing, library: Library, format: Format, output: Path | None) -> None:
    """A briefing in the form asked for, on stdout or in a file."""
    if format is Format.TEXT:
        from pipeline.rendering.terminal import briefing_terminal

        _print_text(briefing_terminal(briefing), output)
    elif format is Format.MARKDOWN:
        from pipeline.rendering.markdown import briefing_markdown

        write_result(briefing_markdown(briefing), output)
    elif format is Format.HTML:
        from pipeline.rendering.html import briefing_html

        statements = [statement for section in briefing.sections for statement in section.statements]
        write_result(briefing_html(briefing, _cited(statements, library)), output)
    else:
        from pipeline.rendering.jsonform import briefing_json, json_text

        write_result(json_text(briefing_json(briefing)), output)


@contextmanager
def _draft_shown(question: str, wanted: bool) -> Iterator[OnDraft | None]:
    if not wanted:
        yield None
        return
    from pipeline.cli.streaming import watching

    with watching(question) as on_draft:
        yield on_draft


def _print_text(renderable: RenderableType, output: Path | None) -> None:
    if output is None:
        show(renderable)
        return
    from io import StringIO

    from pipeline.rendering.terminal import terminal_console

    page = StringIO()
    terminal_console(page).print(renderable)
    write_result(page.getvalue(), output)


def _cited(statements: Iterable[Statement], library: Library) -> dict[str, Article]:
    """The cited articles, by id."""
    ids = {citation.article.id for statement in statements for citation in statement.citations}
    return {article_id: library.article(article_id) for article_id in sorted(ids)}
