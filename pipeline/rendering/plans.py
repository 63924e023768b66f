"""What an ingest would do, for a terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.text import Text

from pipeline.rendering.footnotes import counted, iso_day, title_of
from pipeline.rendering.safe import one_line, terminal_text
from pipeline.rendering.terminal import Hanging

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.types import IngestPlan, PlannedArticle

_LABEL = 11
"""Cells for the outcome in the left margin: "duplicate" and two spaces."""


def plan_terminal(plan: IngestPlan) -> RenderableType:
    """Each article with its outcome, day, title, source, words and what would be left out of it; then the refusals."""
    total = len(plan.articles) + len(plan.rejected)
    if not total:
        return Text("Nothing to ingest.")
    parts: list[RenderableType] = [
        Text(f"{counted(total, 'input')} read in {plan.seconds:.1f} s, nothing stored", "bold")
    ]
    for article in plan.articles:
        parts += _entry(article)
    if plan.rejected:
        parts += [Text(), Text(f"{len(plan.rejected):,} would be refused", "bold yellow")]
        for rejection in plan.rejected:
            head, body = one_line(rejection.origin), one_line(rejection.reason)
            parts.append(Hanging(Text("  - "), Text.assemble((head, "bold"), ": ", body), 4, None))
    return Group(*parts)


def _entry(article: PlannedArticle) -> list[RenderableType]:
    info = article.info
    facts = [iso_day(info.published), one_line(info.source), counted(article.words, "word")]
    title = terminal_text(title_of(info))
    title.append_text(terminal_text(f" · {' · '.join(fact for fact in facts if fact)}", "dim"))
    notes = [f"{one_line(article.origin)}"]
    if article.outcome == "duplicate" and article.held:
        notes.append(f"the same text as article {one_line(article.held)}")
    if article.left_out:
        notes.append("left out: " + ", ".join(f"{reason} {count:,}" for reason, count in article.left_out))
    label = Text(article.outcome, "" if article.outcome in ("added", "updated") else "dim")
    return [Hanging(label, title, _LABEL, None), *(Hanging(Text(), Text(note, "dim"), _LABEL, None) for note in notes)]


def plan_json(plan: IngestPlan) -> dict[str, Any]:
    """What `ingest --dry-run --format json` prints: the counts of an ingest, and each article as it would come in."""
    outcomes = [article.outcome for article in plan.articles]
    return {
        "dry_run": True,
        "added": outcomes.count("added"),
        "updated": outcomes.count("updated"),
        "unchanged": outcomes.count("unchanged"),
        "duplicates": outcomes.count("duplicate"),
        "rejected": [{"origin": rejection.origin, "reason": rejection.reason} for rejection in plan.rejected],
        "seconds": plan.seconds,
        "articles": [_article(article) for article in plan.articles],
    }


def _article(article: PlannedArticle) -> dict[str, Any]:
    info = article.info
    return {
        "origin": article.origin,
        "outcome": article.outcome,
        "id": info.id,
        "held": article.held,
        "title": info.title,
        "source": info.source,
        "url": info.url,
        "published": info.published,
        "modified": info.modified,
        "authors": list(info.authors),
        "section": info.section,
        "language": info.language,
        "words": article.words,
        "left_out": [{"reason": reason, "characters": count} for reason, count in article.left_out],
    }
