"""Values as plain dicts, in the shapes that DESIGN.md fixes. Text is given exactly as it is: `json_text` makes it safe.

Key order is part of the form: people read it, and two runs can be compared line by line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pipeline.rendering.safe import INVISIBLE, SURROGATES

if TYPE_CHECKING:
    from re import Match

    from pipeline.rendering.listings import LibraryStatus
    from pipeline.types import (
        Answer,
        Article,
        ArticleInfo,
        Briefing,
        Change,
        Citation,
        Disagreement,
        Evidence,
        IngestReport,
        Statement,
    )
    from pipeline.understood import Understood


def answer_json(answer: Answer) -> dict[str, Any]:
    """What `ask --format json` prints."""
    return {
        "question": answer.question,
        "status": answer.status,
        "model": answer.model,
        "statements": [_statement(statement) for statement in answer.statements],
        "gaps": list(answer.gaps),
        "evidence": [evidence_json(found) for found in answer.evidence],
        "usage": asdict(answer.usage),
        "disagreements": [disagreement_json(each) for each in answer.disagreements],
        "understood": understood_json(answer.understood),
    }


def briefing_json(briefing: Briefing) -> dict[str, Any]:
    """What `brief --format json` prints: the statements of an answer under section titles, and the cited articles.

    A statement of a list has its `label` (a day, who reports it) when there is one. A briefing that was held against an
    earlier one has its `changes`, and each statement its `change`.
    """
    return {
        "topic": briefing.topic,
        "status": briefing.status,
        "model": briefing.model,
        "sections": [
            {
                "title": section.title,
                "statements": [
                    {**_statement(statement), **({"label": label} if label else {})}
                    for label, statement in section.labelled
                ],
                "kind": section.kind,
            }
            for section in briefing.sections
        ],
        "sources": [_info(article) for article in briefing.sources],
        "gaps": list(briefing.gaps),
        "evidence": [evidence_json(found) for found in briefing.evidence],
        "usage": asdict(briefing.usage),
        "understood": understood_json(briefing.understood),
        "library_seen": briefing.library_seen,
        **({} if briefing.changes is None else {"changes": [_change(change) for change in briefing.changes]}),
    }


def understood_json(understood: Understood) -> dict[str, Any]:
    """How a question was looked for beyond its own words; days as ISO 8601, None for an open end."""
    return {
        "notes": list(understood.notes),
        "periods": [
            {
                "words": period.words,
                "first": period.first.isoformat() if period.first else None,
                "last": period.last.isoformat() if period.last else None,
                "strict": period.strict,
            }
            for period in understood.periods
        ],
        "relaxed": understood.relaxed,
        "sides": list(understood.sides),
        "queries": list(understood.queries),
    }


def disagreement_json(disagreement: Disagreement) -> dict[str, Any]:
    """Versions of one thing, each with its citation, in the order in which they count."""
    return {
        "about": disagreement.about,
        "kind": disagreement.kind,
        "versions": [
            {"value": version.value, "corrects": version.corrects, "citation": _citation(version.citation)}
            for version in disagreement.versions
        ],
    }


def ingest_json(report: IngestReport) -> dict[str, Any]:
    """What `ingest --format json` prints: a count for each outcome, what was refused and why, the article ids."""
    return {
        "added": len(report.added),
        "updated": len(report.updated),
        "unchanged": len(report.unchanged),
        "duplicates": len(report.duplicates),
        "rejected": [{"origin": rejection.origin, "reason": rejection.reason} for rejection in report.rejected],
        "passages": report.passages,
        "seconds": report.seconds,
        "articles": {
            "added": list(report.added),
            "updated": list(report.updated),
            "unchanged": list(report.unchanged),
            "duplicates": [{"origin": origin, "article_id": held} for origin, held in report.duplicates],
        },
    }


def article_json(article: Article) -> dict[str, Any]:
    """What `articles show ID --format json` prints: the text that citations point into, and what of it was left out."""
    return {
        **_info(article.info),
        "text": article.text,
        "blocks": [{"start": block.start, "end": block.end, "role": block.role} for block in article.blocks],
        "left_out": [
            {"start": span.start, "end": span.end, "reason": span.reason, "text": article.text[span.start : span.end]}
            for span in article.left_out
        ],
        "origin": article.origin,
    }


def articles_json(articles: Iterable[ArticleInfo]) -> dict[str, Any]:
    """What `articles --format json` prints."""
    return {"articles": [_info(article) for article in articles]}


def search_json(evidence: Iterable[Evidence]) -> dict[str, Any]:
    """What `search --format json` prints: the passages as an answer lists its evidence."""
    return {"evidence": [evidence_json(found) for found in evidence]}


def status_json(status: LibraryStatus) -> dict[str, Any]:
    """What `status --format json` prints."""
    return {
        "location": status.location,
        "articles": status.articles,
        "passages": status.passages,
        "versions": status.versions,
        "sizes": dict(status.sizes),
        "languages": dict(status.languages),
        "sources": dict(status.sources),
        "first_published": status.first_published,
        "last_published": status.last_published,
        "undated": status.undated,
        "copies": status.copies,
        "corrected": status.corrected,
        "briefs": status.briefs,
        "embedding": status.embedding,
        "faults": list(status.faults),
        "notices": list(status.notices),
    }


def json_text(value: dict[str, Any]) -> str:
    """The dict as indented JSON, readable in any language, that parses back to exactly the same value.

    Control and invisible characters are written as escapes, so it is safe on a terminal and fits any stream.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return SURROGATES.sub(_escaped, INVISIBLE.sub(_escaped, text))


def _escaped(found: Match[str]) -> str:
    # json.dumps leaves DEL as it is even in ASCII.
    return json.dumps(found[0])[1:-1].replace("\x7f", "\\u007f")


def _info(article: ArticleInfo) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": article.published,
        "authors": list(article.authors),
        "language": article.language,
        "modified": article.modified,
        "first_seen": article.first_seen,
        "section": article.section,
        "version": article.version,
        "origin_group": article.origin_group,
        "correction": asdict(article.correction) if article.correction else None,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "text": statement.text,
        "support": statement.support,
        "findings": list(statement.findings),
        "citations": [_citation(citation) for citation in statement.citations],
        **({"change": statement.change} if statement.change else {}),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "now": [_statement(statement) for statement in change.now],
        "before": [_statement(statement) for statement in change.before],
        "values": [{"before": before, "now": now} for before, now in change.values],
        "why": change.why,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    article = citation.article
    return {
        "article_id": article.id,
        "title": article.title,
        "source": article.source,
        "published": article.published,
        "url": article.url,
        "origin_group": article.origin_group,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "attribution": None if citation.attribution is None else asdict(citation.attribution),
    }


def evidence_json(found: Evidence) -> dict[str, Any]:
    """A passage of the evidence, sentence by sentence, each with its place in the article."""
    article, passage = found.article, found.passage
    return {
        "number": found.number,
        "article_id": article.id,
        "title": article.title,
        "source": article.source,
        "published": article.published,
        "url": article.url,
        "origin_group": article.origin_group,
        "start": passage.start,
        "end": passage.end,
        "score": found.score,
        "heading": passage.heading,
        "copies": [
            {"article_id": other.id, "title": other.title, "source": other.source, "published": other.published}
            for other in found.copies
        ],
        "sentences": [
            {"start": sentence.start, "end": sentence.end, "text": sentence.text} for sentence in passage.sentences
        ],
    }
