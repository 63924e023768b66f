"""`newsdesk articles`: list, show, compare, export and remove the articles of a library."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.console import (
    ArticleOption,
    AsOfOption,
    AuthorOption,
    LanguageOption,
    LibraryOption,
    ListFormat,
    ListFormatOption,
    OutputOption,
    SectionOption,
    SinceOption,
    SourceOption,
    StoryOption,
    UntilOption,
    day,
    filters_from,
    notices,
    opened_library,
    remark,
    settings_from,
    show,
    show_json,
    write_lines,
)
from pipeline.errors import UsageError

articles = typer.Typer(
    help="List, show, compare, export and remove the articles of the library.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

ArticleArgument = Annotated[str, typer.Argument(metavar="ID", help="The article's id, or the first characters of it.")]


@articles.command("list")
def list_articles(
    library: LibraryOption = None,
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
    """List the articles, newest first.

    Example: newsdesk articles list --since 2026-03-01
    """
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
    with opened_library(settings_from(library=library)) as opened:
        found = opened.articles(opened.named(filters))
    if format is ListFormat.JSON:
        from pipeline.rendering.jsonform import articles_json

        show_json(articles_json(found))
    else:
        from pipeline.rendering.listings import articles_terminal

        show(articles_terminal(found))


@articles.command("show")
def show_article(
    article_id: ArticleArgument,
    library: LibraryOption = None,
    version: Annotated[int | None, typer.Option(min=1, metavar="N", help="Version N instead of the latest.")] = None,
    as_of: AsOfOption = None,
    raw: Annotated[bool, typer.Option("--raw", help="The whole text, with what was left out struck through.")] = False,
    format: ListFormatOption = ListFormat.TEXT,
) -> None:
    """Show an article: who published it, its text, and what was left out of the text and why.

    Example: newsdesk articles show 3f9a --raw
    """
    with opened_library(settings_from(library=library)) as opened:
        article = opened.article(article_id, version, day("--as-of", as_of))
        versions = opened.versions(article.info.id)
    if format is ListFormat.JSON:
        from pipeline.rendering.jsonform import article_json

        show_json(article_json(article))
    else:
        from pipeline.rendering.listings import article_terminal

        show(article_terminal(article, raw, versions))


@articles.command("diff")
def diff_article(
    article_id: ArticleArgument,
    library: LibraryOption = None,
    old: Annotated[int | None, typer.Option("--from", min=1, metavar="N", help="The older version.")] = None,
    new: Annotated[int | None, typer.Option("--to", min=1, metavar="N", help="The newer version.")] = None,
    format: ListFormatOption = ListFormat.TEXT,
) -> None:
    """Show what changed in an article, sentence by sentence: from its last version but one to the latest.

    Example: newsdesk articles diff 3f9a
    """
    from pipeline.diffing import compare

    with opened_library(settings_from(library=library)) as opened:
        newer = opened.article(article_id, new)
        if old is None and newer.info.version == 1:
            raise UsageError(
                f"Version 1 of article {newer.info.id!r} is the first",
                "An article gets a second one when it is taken in changed",
            )
        older = opened.article(newer.info.id, newer.info.version - 1 if old is None else old)
    difference = compare(older, newer)
    from pipeline.rendering.differences import difference_json, difference_terminal

    if format is ListFormat.JSON:
        show_json(difference_json(difference))
    else:
        show(difference_terminal(difference))


@articles.command("export")
def export_articles(
    library: LibraryOption = None,
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
) -> None:
    """Write articles, with all their versions, as JSON Lines that `newsdesk ingest` takes back as they are.

    Example: newsdesk articles export --source Reuters --output reuters.jsonl
    """
    from pipeline.library import open_library
    from pipeline.sources.exported import export_line

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
    with open_library(settings_from(library=library).library) as opened:
        write_lines(map(export_line, opened.history(opened.named(filters))), output)


@articles.command("remove")
def remove_article(
    article_id: ArticleArgument,
    library: LibraryOption = None,
) -> None:
    """Remove an article, with all its versions, from the library; say which briefs cite it.

    Example: newsdesk articles remove 3f9a
    """
    with opened_library(settings_from(library=library)) as opened:
        title = opened.article(article_id).info.title
        briefs = opened.briefs_citing(article_id)
        identity = opened.remove(article_id)
        notices(opened.notices)
    remark(f"Removed {identity}: {title}")
    for brief in briefs:
        remark(f"Cited in {brief.path}: {brief.title} (written {brief.written[:16]} UTC, version {brief.version})")
