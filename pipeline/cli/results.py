"""What `ask` and `brief` share when they show their results."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.console import remark, show, write_result
from pipeline.cli.previewing import print_usage

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.app import Newsdesk
    from pipeline.library import Library
    from pipeline.types import Article, Briefing, Citation, Statement, Usage


def report_usage(usage: Usage, desk: Newsdesk, verbose: bool) -> None:
    """On stderr: evidence that did not fit, and with `verbose` what the writing took."""
    if usage.unread:
        remark(f"newsdesk: {usage.unread} passages were not read, for want of room (NEWSDESK_EVIDENCE_TOKENS).")
    if verbose:
        from pipeline.models.prices import listed_price

        print_usage(usage, listed_price(desk.settings.model))


def print_text(renderable: RenderableType, output: Path | None) -> None:
    """Something for a terminal, on stdout or as plain text in a file."""
    if output is None:
        show(renderable)
    else:
        write_result(as_text(renderable), output)


def as_text(renderable: RenderableType) -> str:
    """Something for a terminal as plain text."""
    from io import StringIO

    from pipeline.rendering.terminal import terminal_console

    page = StringIO()
    terminal_console(page).print(renderable)
    return page.getvalue()


def article_finder(library: Library) -> Callable[[str], Article | None]:
    """Finds the article of exactly this id, None when the library has none."""
    known = {info.id for info in library.articles()}
    return lambda identity: library.article(identity) if identity in known else None


def changed_since(earlier: Briefing, briefing: Briefing, library: Library) -> Briefing:
    """The briefing with what changed in the library since the earlier one."""
    from pipeline.comparing import compare

    find, moment = article_finder(library), earlier.library_seen or ""

    def then(identity: str) -> Article | None:
        """The article as it was when the earlier one was written; None when it had not come in by then."""
        versions = library.versions(identity) if find(identity) else ()
        seen = [info.version for info in versions if (info.first_seen or "") <= moment]
        return library.article(identity, seen[-1]) if seen else None

    return compare(earlier, briefing, then, find)


def cited_articles(statements: Iterable[Statement], library: Library) -> dict[str, Article]:
    """The cited articles, by id, each in a version that says what is cited."""
    cited = {citation.article.id: citation for statement in statements for citation in statement.citations}
    return {article_id: cited_article(cited[article_id], library) for article_id in sorted(cited)}


def cited_article(citation: Citation, library: Library) -> Article:
    """The article of a citation: as it is now, or the version that was cited when that one alone says it there."""
    now = library.article(citation.article.id)
    if now.text[citation.start : citation.end] == citation.quote or now.info.version == citation.article.version:
        return now
    return library.article(citation.article.id, citation.article.version)
