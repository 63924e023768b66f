"""Answers and briefings as Markdown with footnotes, as GitHub, Obsidian and pandoc read them.

Without the footnote extension the footnotes are plain paragraphs; nothing becomes active either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.rendering.carriers import one_story
from pipeline.rendering.footnotes import (
    CHANGES,
    Footnotes,
    change_count,
    day,
    differing,
    flows,
    footnotes,
    said_by,
    support_share,
    title_of,
    told_changes,
    told_understood,
    version_row,
    why_flagged,
    written_by,
)
from pipeline.rendering.safe import link, markdown_text

if TYPE_CHECKING:
    from pipeline.types import Answer, ArticleInfo, Briefing, Citation, Disagreement, Statement
    from pipeline.understood import Understood


def answer_markdown(answer: Answer) -> str:
    """The question as the title, the answer as prose, the gaps, and a footnote for every citation."""
    notes = footnotes(answer.statements)
    parts = [f"# {markdown_text(answer.question)}", *_understood(answer.understood)]
    if answer.status == "refused":
        parts += ["**No answer in this library**", _points(map(markdown_text, answer.gaps))]
    else:
        parts += ["**Partial answer**"] if answer.status == "partial" else []
        parts += [_flowing(answer.statements, notes), *map(_versions, answer.disagreements), *_gaps(answer.gaps)]
    told = one_story((citation.article for citation in notes.citations), answer.evidence)
    return _document(parts, notes, told, answer.statements, written_by(answer.model, answer.usage))


def briefing_markdown(briefing: Briefing) -> str:
    """The topic as the title, bottom line and developments as prose, lists point by point, footnotes."""
    statements = [statement for section in briefing.sections for statement in section.statements]
    notes = footnotes(statements)
    parts = [f"# {markdown_text(briefing.topic)}", *_understood(briefing.understood)]
    if briefing.status == "refused":
        parts += ["**Nothing on this topic in this library**", _points(map(markdown_text, briefing.gaps))]
    else:
        if briefing.changes is not None:
            parts += [f"## {CHANGES}", markdown_text(change_count(briefing))]
            parts += [_points(_labelled(kind, markdown_text(told)) for kind, told in told_changes(briefing))]
        for number, section in enumerate(briefing.sections):
            parts.append(f"## {markdown_text(section.title)}")
            if flows(section, number):
                parts.append(_flowing(section.statements, notes))
            else:
                parts.append(_points(_labelled(label, _cited(each, notes)) for label, each in section.labelled))
        told = one_story(briefing.sources, briefing.evidence)
        sources = (_and(_about(article), told.get(article.id, "")) for article in briefing.sources)
        parts += [*_gaps(briefing.gaps), "## Sources", _points(sources)]
    return _document(parts, notes, {}, statements, written_by(briefing.model, briefing.usage))


def _understood(understood: Understood) -> list[str]:
    return [f"*{markdown_text(told)}*" for told in told_understood(understood)]


def _document(
    parts: Iterable[str], notes: Footnotes, told: dict[str, str], statements: Iterable[Statement], written: str
) -> str:
    foot = " · ".join(filter(None, (support_share(statements), written)))
    first = {citation.article.id: number for number, citation in reversed([*enumerate(notes.citations, start=1)])}
    definitions = [
        _definition(number, citation, told.get(citation.article.id, "") if first[citation.article.id] == number else "")
        for number, citation in enumerate(notes.citations, start=1)
    ]
    return "\n\n".join([*filter(None, parts), f"*{markdown_text(foot)}*", *definitions]) + "\n"


def _cited(statement: Statement, notes: Footnotes) -> str:
    text = markdown_text(statement.text) + "".join(f"[^{number}]" for number in notes.of(statement))
    return text if statement.support == "supported" else f"{text} **({markdown_text(why_flagged(statement))})**"


def _labelled(label: str, text: str) -> str:
    return f"**{markdown_text(label)}** {text}" if label else text


def _flowing(statements: Sequence[Statement], notes: Footnotes) -> str:
    return " ".join(_cited(statement, notes) for statement in statements)


def _points(points: Iterable[str]) -> str:
    return "\n".join(f"- {point}" for point in points)


def _versions(disagreement: Disagreement) -> str:
    """A table of the versions of one thing."""
    rows = [("Version", "Date", "Source", "Said by"), *map(version_row, disagreement.versions)]
    lines = [f"| {' | '.join(markdown_text(cell) for cell in row)} |" for row in rows]
    return "\n".join((f"**{markdown_text(differing(disagreement))}**\n", lines[0], "|---|---|---|---|", *lines[1:]))


def _gaps(gaps: Sequence[str]) -> list[str]:
    return ["**Not answered**", _points(map(markdown_text, gaps))] if gaps else []


def _definition(number: int, citation: Citation, remark: str) -> str:
    """A footnote: quote, who says it, title (a link if its address may be one), source, day, article id, a remark.

    The words after the quote keep a reader without footnotes from taking the line for a link definition.
    """
    by = said_by(citation.attribution)
    who = f"({markdown_text(by)}) " if by else ""
    return f"[^{number}]: “{markdown_text(citation.quote)}” {who}{_and(_about(citation.article), remark)}."


def _and(about: str, remark: str) -> str:
    return f"{about}; {markdown_text(remark)}" if remark else about


def _about(article: ArticleInfo) -> str:
    """Title (a link if the address may be one), source, day and id of an article."""
    title = markdown_text(title_of(article))
    address = link(article.url)
    if address:
        title = f"[{title}]({address.replace('&', '&amp;')})"
    source_and_day = filter(None, (markdown_text(article.source), markdown_text(day(article.published))))
    return f"{', '.join((title, *source_and_day))} (article {markdown_text(article.id)})"
