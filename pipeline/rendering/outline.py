"""A briefing as the parts that a word processor or a printed page is made of; DOCX and PDF differ in nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from pipeline.rendering.carriers import one_story
from pipeline.rendering.footnotes import (
    CHANGES,
    change_count,
    counted,
    day,
    flows,
    footnotes,
    support_share,
    title_of,
    told_changes,
    why_flagged,
    written_by,
)
from pipeline.rendering.safe import link, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.rendering.footnotes import Footnotes
    from pipeline.types import Briefing, Statement

Kind: TypeAlias = Literal["title", "verdict", "heading", "prose", "point", "foot"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words, the citation numbers after them, and why they are flagged, empty when they are not."""

    text: str
    marks: tuple[int, ...] = ()
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph: what it is, a label before it or an empty one, and its runs."""

    kind: Kind
    runs: tuple[Run, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A citation: its number, the quote, the article's title, where it is from, and its address if it may be a link."""

    number: int
    quote: str
    title: str
    where: str
    address: str | None


def outline(briefing: Briefing) -> tuple[tuple[Part, ...], tuple[Note, ...]]:
    """The paragraphs of a briefing, the title first, and its citations."""
    statements = [statement for section in briefing.sections for statement in section.statements]
    notes = footnotes(statements)
    numbered = tuple(
        Note(
            number,
            one_line(citation.quote),
            title_of(citation.article),
            ", ".join(filter(None, (one_line(citation.article.source), day(citation.article.published)))),
            link(citation.article.url),
        )
        for number, citation in enumerate(notes.citations, 1)
    )
    return tuple(_parts(briefing, statements, notes)), numbered


def _parts(briefing: Briefing, statements: Sequence[Statement], notes: Footnotes) -> Iterator[Part]:
    yield _of("title", briefing.topic)
    if briefing.status == "refused":
        yield _of("verdict", "Nothing on this topic in this library")
    elif briefing.status == "partial":
        yield _of("verdict", "Partial")
    if briefing.changes is not None:
        yield _of("heading", CHANGES)
        yield _of("prose", change_count(briefing))
        for kind, told in told_changes(briefing):
            yield Part("point", (Run(one_line(told)),), kind)
    for number, section in enumerate(briefing.sections):
        yield _of("heading", section.title)
        if flows(section, number):
            yield Part("prose", tuple(_run(statement, notes) for statement in section.statements))
        else:
            for label, statement in section.labelled:
                yield Part("point", (_run(statement, notes),), one_line(label))
    if briefing.gaps:
        yield _of("heading", "Not answered")
        for gap in briefing.gaps:
            yield _of("point", gap)
    if briefing.sources:
        yield _of("heading", f"From {counted(len(briefing.sources), 'article')}")
        carried = one_story(briefing.sources, briefing.evidence)
        for article in briefing.sources:
            about = ", ".join(filter(None, (title_of(article), article.source, day(article.published))))
            yield _of("point", "; ".join(filter(None, (about, carried.get(article.id)))))
    share = support_share(statements)
    yield _of("foot", " · ".join(filter(None, (share, written_by(briefing.model, briefing.usage)))))


def _of(kind: Kind, text: str) -> Part:
    return Part(kind, (Run(one_line(text)),))


def _run(statement: Statement, notes: Footnotes) -> Run:
    flag = "" if statement.support == "supported" else why_flagged(statement)
    return Run(one_line(statement.text), notes.of(statement), flag)
