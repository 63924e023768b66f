"""Answers, briefings and search results for a terminal, as rich renderables.

Made for 80 columns and for pipes: words are wrapped, nothing is truncated but long quotes (with " […]"), no line is
padded with spaces, nothing is drawn with box characters, and nothing depends on colour.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from textwrap import shorten
from typing import IO, TYPE_CHECKING

from rich.console import Console, Group
from rich.text import Text

from pipeline.rendering.carriers import one_story
from pipeline.rendering.footnotes import (
    CHANGES,
    Footnotes,
    change_count,
    differing,
    flags,
    flows,
    footnotes,
    said_by,
    support_share,
    title_of,
    told_changes,
    told_understood,
    trimmed,
    version_row,
    where,
    why_flagged,
    written_by,
)
from pipeline.rendering.safe import one_line, terminal_text

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderableType, RenderResult

    from pipeline.types import Answer, ArticleInfo, Briefing, Citation, Disagreement, Evidence, Statement, Support
    from pipeline.understood import Understood

MEASURE = 88
"""The longest line of prose, in cells: lines over 90 characters are hard to read (Bringhurst, 2.1.2: 45 to 75)."""

_NARROWEST = 20
"""Cells beside a label below which the text goes under it."""

_UNWRAPPED = 10_000
_PASSAGE_LENGTH = 320
# Of a question, so many characters are repeated above its answer.
_ASKED = 400

_STYLE_OF: dict[Support, str] = {"supported": "", "weak": "yellow", "unsupported": "red"}


class Hanging:
    """A label with text beside it that wraps under itself, at most `width` cells in all, or the console's width."""

    def __init__(self, label: Text, body: Text, indent: int, width: int | None = MEASURE) -> None:
        self.label = label
        self.body = body
        self.indent = indent
        self.width = width

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, self.width or options.max_width)
        label, indent = self.label.copy(), self.indent
        if width - indent < _NARROWEST:
            yield label
            label, indent = Text(), 2
        for line in self.body.wrap(console, max(width - indent, 1), overflow="fold") or [Text()]:
            line.rstrip()
            if line:
                label.pad_right(indent - label.cell_len)
            yield Text.assemble(label, line)
            label = Text()


def terminal_console(file: IO[str] | None = None) -> Console:
    """The console to print these renderables on, stdout unless told otherwise.

    In a pipe, prose is still wrapped but a list keeps one entry a line, however long, unless COLUMNS says otherwise.
    """
    console = Console(file=file, markup=False, emoji=False, highlight=False, soft_wrap=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _UNWRAPPED
    return console


def answer_terminal(answer: Answer) -> RenderableType:
    """The question, the answer as prose with footnote numbers, what to check in it, what is missing, the sources."""
    notes = footnotes(answer.statements)
    asked = shorten(one_line(answer.question), _ASKED, placeholder=" …")
    parts: list[RenderableType] = [prose(terminal_text(asked, "dim")), *_understood(answer.understood), Text()]
    if answer.status == "refused":
        parts += [_headline("No answer in this library", "yellow"), *_gaps(answer.gaps, "")]
    else:
        if answer.status == "partial":
            parts += [_headline("Partial answer", "yellow"), Text()]
        parts += [prose(_flowing(answer.statements, notes)), *_checks(answer.statements)]
        parts += [part for disagreement in answer.disagreements for part in _versions(disagreement)]
        parts += _gaps(answer.gaps, "Not answered")
        parts += _sources(notes, answer.evidence)
    return Group(*parts, Text(), _foot(answer.statements, written_by(answer.model, answer.usage)))


def sources_terminal(answer: Answer) -> RenderableType:
    """The sources of an answer alone, under the footnote numbers that they have in it."""
    return Group(*_sources(footnotes(answer.statements), answer.evidence)[1:])


def briefing_terminal(briefing: Briefing) -> RenderableType:
    """The topic, bottom line and developments as prose, lists point by point, gaps and sources."""
    statements = [statement for section in briefing.sections for statement in section.statements]
    notes = footnotes(statements)
    parts: list[RenderableType] = [_headline(briefing.topic), *_understood(briefing.understood)]
    if briefing.status == "refused":
        parts += [Text(), _headline("Nothing on this topic in this library", "yellow"), *_gaps(briefing.gaps, "")]
        return Group(*parts, Text(), _foot((), written_by(briefing.model, briefing.usage)))
    if briefing.changes is not None:
        parts += [Text(), _headline(CHANGES), prose(terminal_text(change_count(briefing)))]
        parts += [
            Hanging(Text("  - "), Text.assemble((f"{kind} ", "bold"), terminal_text(told)), 4)
            for kind, told in told_changes(briefing)
        ]
    for number, section in enumerate(briefing.sections):
        parts += [Text(), _headline(section.title)]
        if flows(section, number):
            parts += [prose(_flowing(section.statements, notes))]
        else:
            marks = flags(section.statements)
            parts += [
                Hanging(Text("  - "), _labelled(label, _cited(statement, notes, marks.get(index))), 4)
                for index, (label, statement) in enumerate(section.labelled)
            ]
        parts += _checks(section.statements)
    parts += [*_gaps(briefing.gaps, "Not answered"), *_sources(notes, briefing.evidence)]
    return Group(*parts, Text(), _foot(statements, written_by(briefing.model, briefing.usage)))


def search_terminal(evidence: Sequence[Evidence]) -> RenderableType:
    """The passages found, best first: title, source, date and article id, then how the passage begins."""
    if not evidence:
        return Text("No passage found.")
    indent = len(str(evidence[-1].number)) + 2
    parts: list[RenderableType] = []
    for found in evidence:
        article = found.article
        place = f"{where(article)} · characters {found.passage.start} to {found.passage.end}"
        parts += [
            Hanging(Text(str(found.number), "bold"), terminal_text(title_of(article), "bold"), indent),
            Hanging(Text(), terminal_text(place, "dim"), indent),
            Hanging(Text(), terminal_text(trimmed(found.passage.text, _PASSAGE_LENGTH)), indent),
            Text(),
        ]
    return Group(*parts[:-1])


def prose(text: Text) -> RenderableType:
    """Text wrapped to a readable width."""
    return Hanging(Text(), text, 0)


def _understood(understood: Understood) -> list[RenderableType]:
    return [prose(terminal_text(told, "dim")) for told in told_understood(understood)]


def _headline(text: str, style: str = "") -> RenderableType:
    return prose(terminal_text(one_line(text), f"bold {style}".strip()))


def _cited(statement: Statement, notes: Footnotes, flag: str | None) -> Text:
    """A statement with its footnote numbers, and "(!a)" when it is flagged."""
    text = terminal_text(one_line(statement.text), _STYLE_OF[statement.support])
    for number in notes.of(statement):
        text.append(f"[{number}]", style="cyan")
    if flag:
        text.append(f"(!{flag})", style=f"bold {_STYLE_OF[statement.support]}")
    return text


def _labelled(label: str, text: Text) -> Text:
    return Text.assemble(terminal_text(one_line(label), "bold"), ": ", text) if label else text


def _flowing(statements: Sequence[Statement], notes: Footnotes) -> Text:
    marks = flags(statements)
    return Text(" ").join(_cited(statement, notes, marks.get(index)) for index, statement in enumerate(statements))


def _checks(statements: Sequence[Statement]) -> list[RenderableType]:
    marks = flags(statements)
    if not marks:
        return []
    parts: list[RenderableType] = [Text(), _headline("Check before use", "yellow")]
    for index, flag in marks.items():
        parts.append(Hanging(Text(f"(!{flag})"), terminal_text(why_flagged(statements[index])), 5))
    return parts


def _versions(disagreement: Disagreement) -> list[RenderableType]:
    """A table of versions: value, day and source in columns, who says it behind them."""
    rows = [version_row(version) for version in disagreement.versions]
    width = max(len(value) for value, *_ in rows) + 4
    parts: list[RenderableType] = [Text(), _headline(differing(disagreement))]
    for value, *rest in rows:
        parts.append(Hanging(Text(f"  {value}", "bold"), terminal_text(" · ".join(filter(None, rest))), width))
    return parts


def _gaps(gaps: Iterable[str], title: str) -> list[RenderableType]:
    points: list[RenderableType] = [Hanging(Text("  - "), terminal_text(one_line(gap)), 4) for gap in gaps]
    if not points or not title:
        return points
    return [Text(), _headline(title), *points]


def _sources(notes: Footnotes, evidence: Sequence[Evidence]) -> list[RenderableType]:
    """Each cited article once, in the order of its first citation, with the numbered quotes from it."""
    quotes: dict[ArticleInfo, list[tuple[int, Citation]]] = {}
    for number, citation in enumerate(notes.citations, start=1):
        quotes.setdefault(citation.article, []).append((number, citation))
    indent = len(f"  [{len(notes.citations)}] ")
    told = one_story(quotes, evidence)
    parts: list[RenderableType] = [Text(), _headline("Sources")]
    for article, numbered in quotes.items():
        parts += [prose(terminal_text(title_of(article))), prose(terminal_text(where(article), "dim"))]
        if article.id in told:
            parts.append(prose(terminal_text(told[article.id], "dim")))
        for number, citation in numbered:
            parts.append(Hanging(Text(f"  [{number}]", "cyan"), terminal_text(f"“{trimmed(citation.quote)}”"), indent))
            if by := said_by(citation.attribution):
                parts.append(Hanging(Text(), terminal_text(by, "dim"), indent))
        parts.append(Text())
    return parts[:-1] if quotes else []


def _foot(statements: Iterable[Statement], written: str) -> RenderableType:
    return prose(Text(" · ".join(filter(None, (support_share(statements), written))), "dim"))
