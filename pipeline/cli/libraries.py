"""`newsdesk articles`, `status`, `check` and `reindex`: what is in a library, and whether it is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import (
    LibraryOption,
    ListFormat,
    ListFormatOption,
    complain,
    counting,
    notices,
    opened_library,
    remark,
    settings_from,
    show,
    show_json,
    spent_on_embedding,
)

if TYPE_CHECKING:
    from pipeline.library import Library


def status(library: LibraryOption = None, format: ListFormatOption = ListFormat.TEXT) -> None:
    """Say what the library holds: counts, sizes, languages, sources, dates.

    Example: newsdesk status
    """
    with opened_library(settings_from(library=library)) as opened:
        found = opened.status()
    if format is ListFormat.JSON:
        from pipeline.rendering.jsonform import status_json

        show_json(status_json(found))
    else:
        from pipeline.rendering.listings import status_terminal

        show(status_terminal(found))


def check(library: LibraryOption = None) -> None:
    """Verify everything the library promises; exit code 1 when something does not hold.

    Index files are read whole here alone: opening a library trusts those whose size and time are as they were written.

    Example: newsdesk check
    """
    with opened_library(settings_from(library=library)) as opened:
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
    """Build all indexes again from the catalogue, or make all vectors anew with another model.

    Searches go on all the while. What is interrupted goes on where it was when it is run again.

    Example: newsdesk reindex --embedding onnx:models/all-MiniLM-L6-v2
    """
    settings = settings_from(library=library)
    with opened_library(settings) as opened:
        if embedding is not None:
            _reembed(opened, embedding, settings.model_deadline)
            return
        with counting("indexing") as on_progress:
            opened.rebuild(on_progress)
    remark("All indexes are built again")


def _reembed(library: Library, embedding: str, deadline: float) -> None:
    from pipeline.embedding import load_embeddings
    from pipeline.ingesting import reembed

    model = load_embeddings(embedding, deadline)
    with counting("embedding") as on_progress:
        reembed(library, model, on_progress)
    spent_on_embedding(model.spent)
    remark(f"The vectors of {library.status().passages:,} passages are now those of {model.name}")
