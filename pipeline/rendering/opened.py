"""A citation opened: the paragraph that it stands in, in its article, with the cited characters marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from pipeline.rendering.footnotes import said_by, title_of, trimmed, where
from pipeline.rendering.safe import one_line, terminal_text
from pipeline.rendering.terminal import prose

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.types import Article, Block, Citation

# So much is shown of the paragraphs before and behind.
_NEIGHBOUR_LENGTH = 320


def opened_terminal(number: int, citation: Citation, article: Article) -> RenderableType:
    """The passage behind footnote `number`; the quote alone when the article no longer says it there."""
    head: list[RenderableType] = [
        prose(terminal_text(f"[{number}] {title_of(citation.article)}", "bold")),
        prose(terminal_text(where(citation.article), "dim")),
        Text(),
    ]
    by = said_by(citation.attribution)
    foot: list[RenderableType] = [Text(), prose(terminal_text(by, "dim"))] if by else []
    if article.text[citation.start : citation.end] != citation.quote:
        changed = Text("The article has changed since and no longer says this there.", "yellow")
        return Group(*head, prose(_marked(citation.quote)), Text(), prose(changed), *foot)
    at = _block_of(article.blocks, citation)
    if at is None:
        return Group(*head, prose(_marked(citation.quote)), *foot)
    block = article.blocks[at]
    around = Text.assemble(
        terminal_text(_line(article.text[block.start : citation.start])),
        _marked(citation.quote),
        terminal_text(_line(article.text[citation.end : block.end])),
    )
    before = _neighbour(article, at - 1)
    behind = _neighbour(article, at + 1)
    parts = [*before, prose(around), *([Text(), *behind] if behind else [])]
    return Group(*head, *([*parts[:1], Text(), *parts[1:]] if before else parts), *foot)


def _marked(quote: str) -> Text:
    """The cited characters, marked for the eye and for a screen without colour."""
    return Text.assemble(("»", "bold"), terminal_text(one_line(quote), "bold reverse"), ("«", "bold"))


def _line(text: str) -> str:
    """Text on one line, with the space at its ends kept as one."""
    line = one_line(text)
    if not line:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{line}{' ' if text[-1].isspace() else ''}"


def _block_of(blocks: Sequence[Block], citation: Citation) -> int | None:
    """The block that holds the cited characters, None when none does."""
    for at, block in enumerate(blocks):
        if block.start <= citation.start and citation.end <= block.end:
            return at
    return None


def _neighbour(article: Article, at: int) -> list[RenderableType]:
    if not 0 <= at < len(article.blocks) or article.blocks[at].role not in ("paragraph", "standfirst", "subhead"):
        return []
    block = article.blocks[at]
    return [prose(terminal_text(trimmed(article.text[block.start : block.end], _NEIGHBOUR_LENGTH), "dim"))]
