"""`newsdesk articles`, `status`, `check` and `reindex`: what is in a library, and whether it is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import (
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
    complain,
    counting,
    filters_from,
    notices,
    remark,
    settings_from,
    show,
    show_json,
    spent_on_embedding,
)

if TYPE_CHECKING:
    from pipeline.library import Library

articles = typer.Typer(
    help="List, show and remove the articles of the library.", no_args_is_help=True, rich_markup_mode=None
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
    from pipeline.library import open_library

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
    raw: Annotated[bool, typer.Option("--raw", help="The whole text, with what was left out struck through.")] = False,
    format: ListFormatOption = ListFormat.TEXT,
) -> None:
    """Show an article: who published it, its text, and what was left out of the text and why.

    Example: newsdesk articles show 3f9a --raw
    """
    from pipeline.library import open_library

    with open_library(settings_from(library=library).library) as opened:
        article = opened.article(article_id)
    if format is ListFormat.JSON:
        from pipeline.rendering.jsonform import article_json

        show_json(article_json(article))
    else:
        from pipeline.rendering.listings import article_terminal

        show(article_terminal(article, raw))


@articles.command("remove")
def remove_article(
    article_id: ArticleArgument,
    library: LibraryOption = None,
) -> None:
    """Remove an article, with all its versions, from the library.

    Example: newsdesk articles remove 3f9a
    """
    from pipeline.library import open_library

    with open_library(settings_from(library=library).library) as opened:
        title = opened.article(article_id).info.title
        identity = opened.remove(article_id)
        notices(opened.notices)
    remark(f"Removed {identity}: {title}")


def status(library: LibraryOption = None, format: ListFormatOption = ListFormat.TEXT) -> None:
    """Say what the library holds: counts, sizes, languages, sources, dates.

    Example: newsdesk status
    """
    from pipeline.library import open_library

    with open_library(settings_from(library=library).library) as opened:
        found = opened.status()
    if format is ListFormat.JSON:
        from pipeline.rendering.jsonform import status_json

        show_json(status_json(found))
    else:
        from pipeline.rendering.listings import status_terminal

        show(status_terminal(found))


def check(library: LibraryOption = None) -> None:
    """Verify everything the library promises; exit code 1 when something does not hold.

    Example: newsdesk check
    """
    from pipeline.library import open_library

    with open_library(settings_from(library=library).library) as opened:
        notices(opened.notices)
        problems = opened.check()
    for problem in problems:
        complain(problem)
    if problems:
        complain("Run `newsdesk reindex` to build the indexes again from the catalogue")
        raise typer.Exit(1)
    remark("Everything holds")


def reindex(
    library: LibraryOption = None,
    embedding: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Have another model make the vectors: static, openai:NAME, onnx:FOLDER.  [default: the library's]",
        ),
    ] = None,
) -> None:
    """Build both indexes again from the catalogue, or make all vectors anew with another model.

    Searches go on all the while. What is interrupted goes on where it was when it is run again.

    Example: newsdesk reindex --embedding onnx:models/all-MiniLM-L6-v2
    """
    from pipeline.library import open_library

    settings = settings_from(library=library)
    with open_library(settings.library) as opened:
        if embedding is not None:
            _reembed(opened, embedding, settings.model_deadline)
            return
        with counting("indexing") as on_progress:
            opened.rebuild(on_progress)
    remark("Both indexes are built again")


def _reembed(library: Library, embedding: str, deadline: float) -> None:
    from pipeline.embedding import load_embeddings
    from pipeline.ingesting import reembed

    model = load_embeddings(embedding, deadline)
    with counting("embedding") as on_progress:
        reembed(library, model, on_progress)
    spent_on_embedding(model.spent)
    remark(f"The vectors of {library.status().passages:,} passages are now those of {model.name}")
