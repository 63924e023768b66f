"""The forms that a briefing is written in."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.cli.console import remark
from pipeline.cli.results import as_text, cited_articles
from pipeline.types import Briefing, Statement

if TYPE_CHECKING:
    from pipeline.library import Library


class BriefFormat(StrEnum):
    """How a briefing is written; the last two into a file."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    DOCX = "docx"
    PDF = "pdf"


def stated(briefing: Briefing) -> list[Statement]:
    """The statements of all sections."""
    return [statement for section in briefing.sections for statement in section.statements]


def written(briefing: Briefing, library: Library, format: BriefFormat) -> bytes:
    """A briefing as the bytes of a file of this form."""
    if format is BriefFormat.TEXT:
        from pipeline.rendering.terminal import briefing_terminal

        text = as_text(briefing_terminal(briefing))
    elif format is BriefFormat.MARKDOWN:
        from pipeline.rendering.markdown import briefing_markdown

        text = briefing_markdown(briefing)
    elif format is BriefFormat.HTML:
        from pipeline.rendering.html import briefing_html

        text = briefing_html(briefing, cited_articles(stated(briefing), library))
    elif format is BriefFormat.JSON:
        from pipeline.rendering.jsonform import briefing_json, json_text

        text = json_text(briefing_json(briefing))
    elif format is BriefFormat.DOCX:
        from pipeline.rendering.docx import briefing_docx

        return briefing_docx(briefing)
    else:
        from pipeline.rendering.pdf import briefing_pdf, unprintable

        if missing := unprintable(briefing):
            shown = missing[:20] + ("…" if len(missing) > 20 else "")
            remark(
                f"No font here has a glyph for {shown!r}: they stand as boxes in the PDF. Install a font that has them "
                "(fonts-noto-cjk, for one), or print the HTML page."
            )
        return briefing_pdf(briefing)
    return text.rstrip("\n").encode() + b"\n"
