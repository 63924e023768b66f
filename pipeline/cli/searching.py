"""`newsdesk search`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.console import (
    REFUSED,
    ArticleOption,
    AsOfOption,
    AuthorOption,
    LanguageOption,
    LibraryOption,
    ListFormat,
    ListFormatOption,
    ModelOption,
    NoCacheOption,
    RewriteOption,
    SectionOption,
    SinceOption,
    SourceOption,
    StoryOption,
    UntilOption,
    filters_from,
    notices,
    question_of,
    settings_from,
    show,
    show_json,
    understanding,
)


def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    library: LibraryOption = None,
    model: ModelOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many passages at most.")] = 8,
    explain: Annotated[bool, typer.Option("--explain", help="Show every score of each passage.")] = False,
    format: ListFormatOption = ListFormat.TEXT,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    as_of: AsOfOption = None,
    author: AuthorOption = None,
    language: LanguageOption = None,
    section: SectionOption = None,
    article: ArticleOption = None,
    story: StoryOption = None,
    rewrite: RewriteOption = False,
    no_cache: NoCacheOption = False,
) -> None:
    """List the passages of the library that fit best; exit code 3 when there are none.

    Example: newsdesk search "Calder Star containers" --limit 5
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
    settings = settings_from(library=library, model=model, rewrite=rewrite or None, cache=False if no_cache else None)
    with open_newsdesk(settings) as desk:
        found, rewritten = desk.find(question_of(query, filters), limit)
        notices(desk.library.notices)
    understanding(found.understood)
    if format is ListFormat.JSON:
        from pipeline.rendering.retrieved import retrieval_json, rewriting_json

        cost = {"rewriting": rewriting_json(rewritten)} if settings.rewrite else {}
        show_json(retrieval_json(found) | cost)
    else:
        from pipeline.rendering.retrieved import retrieval_terminal

        show(retrieval_terminal(found, explain))
    if not found.evidence:
        raise typer.Exit(REFUSED)
