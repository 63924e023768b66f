"""What every form of an answer shares: citation numbers, flags, trimmed quotes, dates and counts in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from pipeline.rendering.safe import one_line
from pipeline.types import (
    ArticleInfo,
    Attribution,
    Briefing,
    Change,
    Citation,
    Disagreement,
    Section,
    Stance,
    Statement,
    Usage,
    Version,
)
from pipeline.understood import Understood

Place: TypeAlias = tuple[str, int, int]
"""Where a citation points: article id, start, end. Two citations of one place share a footnote."""

CHANGES = "What changed"
"""The title of the changes since an earlier briefing."""

# More pairs of differing words than this say less than the two sentences themselves.
_VALUES_SHOWN = 3

QUOTE_LENGTH = 240
"""Characters of a quote that a list of sources shows: three lines at 80 columns, over the length of most sentences."""

_DONE_BY: dict[Stance, str] = {
    "says": "said by",
    "claims": "claimed by",
    "alleges": "alleged by",
    "denies": "denied by",
    "confirms": "confirmed by",
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The distinct citations of some statements, numbered from 1 in the order in which they first appear."""

    citations: tuple[Citation, ...]
    numbers: Mapping[Place, int]

    def of(self, statement: Statement) -> tuple[int, ...]:
        """The footnote numbers of a statement in its own order, each once."""
        return tuple(dict.fromkeys(self.numbers[_place(citation)] for citation in statement.citations))


def flows(section: Section, number: int) -> bool:
    """Whether a section is read as prose: bottom line and developments, and points where they come first."""
    return section.kind in ("bottom line", "development") or (number == 0 and section.kind == "points")


def footnotes(statements: Iterable[Statement]) -> Footnotes:
    """Number the citations of these statements."""
    distinct: dict[Place, Citation] = {}
    for statement in statements:
        for citation in statement.citations:
            distinct.setdefault(_place(citation), citation)
    numbers = {place: number for number, place in enumerate(distinct, start=1)}
    return Footnotes(tuple(distinct.values()), numbers)


def flags(statements: Iterable[Statement]) -> dict[int, str]:
    """A letter (a, b, … z, aa, …) for each statement that its sources do not bear out, by its place in the row."""
    flagged = [index for index, statement in enumerate(statements) if statement.support != "supported"]
    return {index: _letters(count) for count, index in enumerate(flagged)}


def why_flagged(statement: Statement) -> str:
    """What is wrong with a flagged statement, in words: "weak: the cited text says “may”"."""
    findings = "; ".join(one_line(finding) for finding in statement.findings)
    return f"{statement.support}: {findings}" if findings else statement.support


def support_share(statements: Iterable[Statement]) -> str:
    """ "6 of 7 statements supported"; empty when there is no statement."""
    support = [statement.support for statement in statements]
    if not support:
        return ""
    return f"{support.count('supported')} of {counted(len(support), 'statement')} supported"


def written_by(model: str, usage: Usage) -> str:
    """ "written by extractive · 0.4 s": which writer, the tokens it took if it was a model, and the time."""
    return " · ".join(filter(None, (f"written by {one_line(model)}", _cost(usage))))


def told_understood(understood: Understood) -> tuple[str, ...]:
    """How a question was looked for, a sentence each: "Articles near “March” (until 31 March 2026) come first."."""
    lines = [one_line(note) for note in understood.notes]
    return tuple(f"{line[:1].upper()}{line[1:]}." for line in lines)


def told_changes(briefing: Briefing) -> tuple[tuple[str, str], ...]:
    """What changed since the earlier briefing, a line each: what kind of change, and in words; () when it is None."""
    return tuple((change.kind.capitalize(), told_change(change)) for change in briefing.changes or ())


def change_count(briefing: Briefing) -> str:
    """ "2 changes since the earlier briefing", "Nothing has changed since …"; empty when it was held against none."""
    if briefing.changes is None:
        return ""
    if not briefing.changes:
        return "Nothing has changed since the earlier briefing."
    return f"{counted(len(briefing.changes), 'change')} since the earlier briefing"


def told_change(change: Change) -> str:
    """A change in words: the statement now, and before, with the words that differ and why."""
    now, before = (" ".join(one_line(each.text) for each in side) for side in (change.now, change.before))
    if not change.before:
        return now
    differ = [f"{one_line(old) or '–'} → {one_line(new) or '–'}" for old, new in change.values]
    why = [one_line(change.why)] if change.why else []
    if not change.now:
        return f"{before} ({'; '.join(why)})"
    return f"{now} (before: {'; '.join([before, *(differ if len(differ) <= _VALUES_SHOWN else ())])})"


def trimmed(text: str, length: int = QUOTE_LENGTH) -> str:
    """The text on one line, cut between words to at most `length` characters and " […]"; never reworded."""
    line = one_line(text)
    if len(line) <= length:
        return line
    head = line[: length + 1]
    cut = head.rfind(" ")
    return f"{(head[:cut] if cut > length // 2 else head[:length]).rstrip()} […]"


def day(published: str | None) -> str:
    """ "14 March 2026" for an ISO 8601 date or time; what is no such date is shown as it is, and "undated" for None."""
    if not published:
        return "undated"
    try:
        when = datetime.fromisoformat(published)
    except ValueError:
        return one_line(published)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def iso_day(published: str | None) -> str:
    """ "2026-03-14", ten characters, for columns; "undated" for None or what is no date."""
    try:
        return datetime.fromisoformat(published or "").date().isoformat()
    except ValueError:
        return "undated"


def title_of(article: ArticleInfo) -> str:
    """The title on one line, or "Untitled"."""
    return one_line(article.title) or "Untitled"


def where(article: ArticleInfo) -> str:
    """ "Merrow Gazette · 12 March 2026 · 9c1e04b7d2a8": source, day and article id, what is known of them."""
    return " · ".join(filter(None, (one_line(article.source), day(article.published), one_line(article.id))))


def said_by(attribution: Attribution | None) -> str:
    """ "denied by Ilse Varnak → Kordpress": who says a quote, from the first speaker to the last who passed it on.

    Empty for the article's own voice.
    """
    if attribution is None or not attribution.chain:
        return ""
    return f"{_DONE_BY[attribution.stance]} {' → '.join(map(one_line, attribution.chain))}"


def version_row(version: Version) -> tuple[str, str, str, str]:
    """A row of a table of versions: the value, its day, its source, and who says it or that it corrects."""
    citation = version.citation
    remarks = ("corrects the others" if version.corrects else "", said_by(citation.attribution))
    source = one_line(citation.article.source) or title_of(citation.article)
    return one_line(version.value), day(citation.article.published), source, "; ".join(filter(None, remarks))


def differing(disagreement: Disagreement) -> str:
    """ "Sources differ: missing containers", "Has changed: displaced people": the title of a table of versions."""
    about = one_line(disagreement.about)
    what = "Sources differ" if disagreement.kind == "conflict" else "Has changed"
    return f"{what}: {about}" if about else what


def counted(number: int, noun: str) -> str:
    """ "1 article", "1,200 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _place(citation: Citation) -> Place:
    return (citation.article.id, citation.start, citation.end)


def _letters(index: int) -> str:
    letters = chr(ord("a") + index % 26)
    return letters if index < 26 else _letters(index // 26 - 1) + letters


def _cost(usage: Usage) -> str:
    parts = []
    if usage.input_tokens or usage.output_tokens:
        parts.append(f"{usage.input_tokens:,} tokens read, {usage.output_tokens:,} written")
    if usage.seconds:
        parts.append(f"{usage.seconds:.1f} s")
    return ", ".join(parts)
