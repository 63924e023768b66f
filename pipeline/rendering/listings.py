"""Articles, ingest reports and the library's state for a terminal, by the same rules as `terminal`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Protocol

from rich.console import Group
from rich.text import Text

from pipeline.rendering.footnotes import counted, iso_day, title_of, trimmed
from pipeline.rendering.safe import one_line, terminal_text
from pipeline.rendering.terminal import Hanging, prose

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.types import Article, ArticleInfo, IngestReport

_LABEL = 13
"""Cells for a label in the left margin: the longest role, "publication", and two spaces."""

_EXCERPT_LENGTH = 120
_MOST_TALLIED = 12


class LibraryStatus(Protocol):
    """What a library says about itself, as `pipeline.library` has it. `sizes` are bytes by part, days are ISO 8601."""

    @property
    def location(self) -> str: ...
    @property
    def articles(self) -> int: ...
    @property
    def passages(self) -> int: ...
    @property
    def versions(self) -> int: ...
    @property
    def sizes(self) -> tuple[tuple[str, int], ...]: ...
    @property
    def languages(self) -> tuple[tuple[str, int], ...]: ...
    @property
    def sources(self) -> tuple[tuple[str, int], ...]: ...
    @property
    def first_published(self) -> str | None: ...
    @property
    def last_published(self) -> str | None: ...
    @property
    def undated(self) -> int: ...
    @property
    def copies(self) -> int: ...
    @property
    def corrected(self) -> int: ...
    @property
    def briefs(self) -> int: ...
    @property
    def embedding(self) -> str: ...
    @property
    def faults(self) -> tuple[str, ...]: ...
    @property
    def notices(self) -> tuple[str, ...]: ...


def ingest_terminal(report: IngestReport) -> RenderableType:
    """Counts by outcome, then what was refused and why, and what the library already holds."""
    counts = [
        (len(report.added), "added"),
        (len(report.updated), "updated"),
        (len(report.unchanged), "unchanged"),
        (len(report.duplicates), "already held under another name"),
        (len(report.rejected), "refused"),
    ]
    total = sum(number for number, _ in counts)
    if not total:
        return Text("Nothing to ingest.")
    width = len(f"{max(number for number, _ in counts):,}")
    parts: list[RenderableType] = [Text(f"{counted(total, 'input')} read in {report.seconds:.1f} s", "bold")]
    parts += [Text(f"  {number:>{width},} {outcome}") for number, outcome in counts if number]
    if report.passages:
        parts.append(Text(f"{counted(report.passages, 'passage')} written.", "dim"))
    if report.duplicates:
        parts += [Text(), Text("Already held", "bold")]
        for origin, held in report.duplicates:
            parts.append(_point(one_line(origin), f"the same text as article {one_line(held)}"))
    if report.rejected:
        parts += [Text(), Text("Refused", "bold yellow")]
        parts += [_point(one_line(rejection.origin), one_line(rejection.reason)) for rejection in report.rejected]
    return Group(*parts)


def articles_terminal(articles: Sequence[ArticleInfo]) -> RenderableType:
    """A list of articles in the order given: id, day, title and source; what is corrected, and copies of one story."""
    if not articles:
        return Text("No article.")
    id_width = max(terminal_text(one_line(article.id)).cell_len for article in articles)
    members = Counter(article.origin_group or article.id for article in articles)
    copied = {group for group, count in members.items() if count > 1}
    return Group(*(_entry(article, id_width, copied) for article in articles))


def article_terminal(article: Article, raw: bool = False, versions: Sequence[ArticleInfo] = ()) -> RenderableType:
    """An article's title, metadata and body with the role of each block, and what was left out and why.

    `versions` are all that the library has of it; which of them this is, is told where there are several.
    With `raw`, its whole text as it was pasted, left-out spans struck through between `[-` and `-]` with the reason.
    """
    info = article.info
    parts: list[RenderableType] = [prose(terminal_text(title_of(info), "bold"))]
    facts = [
        ("id", info.id),
        ("source", info.source),
        ("published", info.published or "undated"),
        ("modified", info.modified or ""),
        ("first seen", info.first_seen or ""),
        ("version", f"{info.version} of {len(versions)}" if len(versions) > 1 else ""),
        ("authors", ", ".join(info.authors)),
        ("section", info.section),
        ("language", info.language),
        ("story", info.origin_group if info.origin_group != info.id else ""),
        ("address", info.url),
        ("origin", article.origin),
    ]
    parts += [_labelled(name, terminal_text(one_line(value))) for name, value in facts if value]
    if info.correction is not None:
        parts.append(_labelled("correction", terminal_text(one_line(info.correction.quote), "yellow")))
    parts.append(Text())
    if raw:
        return Group(*parts, prose(_struck(article)))
    for number, block in enumerate(article.blocks):
        role = "" if block.role == "paragraph" else block.role
        style = "bold" if block.role in ("headline", "subhead") else ""
        parts += [Text()] if number else []
        parts.append(_labelled(role, terminal_text(article.text[block.start : block.end], style)))
    if article.left_out:
        kept = sum(block.end - block.start for block in article.blocks)
        dropped = sum(span.end - span.start for span in article.left_out)
        parts += [Text(), Text(f"Left out: {dropped:,} of {kept + dropped:,} characters", "bold")]
        for span in article.left_out:
            excerpt = trimmed(article.text[span.start : span.end], _EXCERPT_LENGTH)
            parts.append(_point(f"{span.reason}, characters {span.start} to {span.end}", excerpt))
    return Group(*parts)


def status_terminal(status: LibraryStatus) -> RenderableType:
    """What a library holds, where, how large it is, and its notices."""
    period = ""
    if status.first_published and status.last_published:
        period = f"{iso_day(status.first_published)} to {iso_day(status.last_published)}"
    size = ", ".join(f"{one_line(part)} {_bytes(count)}" for part, count in status.sizes)
    facts = [
        ("library", one_line(status.location)),
        ("articles", f"{status.articles:,} in {counted(status.versions, 'version')}"),
        ("passages", f"{status.passages:,}"),
        ("copies", f"{counted(status.copies, 'article')} of a story held before" if status.copies else ""),
        ("corrected", counted(status.corrected, "article") if status.corrected else ""),
        ("published", f"{period}{f', {status.undated:,} undated' if status.undated else ''}".lstrip(", ")),
        ("languages", _tally(status.languages)),
        ("sources", _tally(status.sources)),
        ("briefs", f"{status.briefs:,} written" if status.briefs else ""),
        ("embedding", one_line(status.embedding)),
        ("health", "every index is in step" if not status.faults else "; ".join(map(one_line, status.faults))),
        ("size", f"{_bytes(sum(count for _, count in status.sizes))} ({size})" if size else ""),
    ]
    parts: list[RenderableType] = [_labelled(name, terminal_text(value)) for name, value in facts if value]
    if status.notices:
        parts += [Text(), Text("Notices", "bold yellow")]
        parts += [Hanging(Text("  - "), terminal_text(one_line(notice)), 4) for notice in status.notices]
    return Group(*parts)


def _entry(article: ArticleInfo, id_width: int, copied: AbstractSet[str]) -> RenderableType:
    """One article in a list: id, day, title, source, and what is to be known of it."""
    label = terminal_text(one_line(article.id), "cyan")
    label.pad_right(id_width - label.cell_len)
    label.append(f"  {iso_day(article.published):10}")
    body = terminal_text(title_of(article))
    if article.source:
        body.append_text(terminal_text(f" · {one_line(article.source)}", "dim"))
    if article.version > 1:
        body.append(f" · version {article.version}", "dim")
    if article.correction is not None:
        body.append(" · corrected", "yellow")
    group = article.origin_group or article.id
    if group != article.id or group in copied:
        body.append_text(terminal_text(f" · story {one_line(group)[:8]}", "magenta"))
    return Hanging(label, body, id_width + 14, None)


def _labelled(label: str, body: Text) -> RenderableType:
    return Hanging(Text(label, "dim"), body, _LABEL)


def _point(head: str, body: str) -> RenderableType:
    return Hanging(Text("  - "), Text.assemble((head, "bold"), ": ", body), 4, None)


def _struck(article: Article) -> Text:
    """The whole text with every left-out span marked; the marks are wdiff's, so that they read without colour."""
    text = Text()
    position = 0
    for span in article.left_out:
        text.append_text(terminal_text(article.text[position : span.start]))
        text.append("[-", "dim").append_text(terminal_text(article.text[span.start : span.end], "dim strike"))
        text.append("-]", "dim").append(f"({span.reason})", "bold")
        position = span.end
    return text.append_text(terminal_text(article.text[position:]))


def _tally(counts: Sequence[tuple[str, int]]) -> str:
    named = [f"{one_line(name) or 'unknown'} {count:,}" for name, count in counts[:_MOST_TALLIED]]
    return ", ".join([*named, *([f"and {len(counts) - _MOST_TALLIED:,} more"] if len(counts) > _MOST_TALLIED else [])])


def _bytes(count: int) -> str:
    size = float(count)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
