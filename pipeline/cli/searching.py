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
    SectionOption,
    SinceOption,
    SourceOption,
    StoryOption,
    UntilOption,
    filters_from,
    notices,
    settings_from,
    show,
    show_json,
)
from pipeline.types import Question


def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    library: LibraryOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many passages at most.")] = 8,
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
    asked = Question(query, filters)
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
