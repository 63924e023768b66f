"""The records of a run: one a case, whatever happened in it; plain values, ready for JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from eval.gold import Gold
from eval.scoring import Scores
from eval.suite import Case, Conflict, Nugget, Topic, supports
from pipeline.types import Article

TOPIC = "topic"
"""The kind under which briefing topics are recorded."""


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """All there is to know of one case of a run; plain values, ready for JSON.

    `question` is what the suite asks, `after` what came before it in the conversation, `asked` what was asked in its
    place: the same, standing alone. `edition` is the day whose articles it is about, None for the last. `reference` is
    what the suite wants and where its gold sentences stand, `ranking` the retrieved passages by place, `answer` what
    `ask` or `brief --format json` would print, `confidence` how sure the system was of it; `typed` has the ranking and
    the text of the answer of a follow-up asked as it was typed. A case that failed has a `failure` and no scores.
    """

    writer: str
    id: str
    kind: str
    story: str
    question: str
    reference: Mapping[str, Any]
    after: tuple[str, ...] = ()
    asked: str = ""
    edition: str | None = None
    ranking: tuple[Mapping[str, Any], ...] = ()
    answer: Mapping[str, Any] | None = None
    confidence: float | None = None
    typed: Mapping[str, Any] | None = None
    scores: Scores = field(default_factory=dict)
    shortfalls: tuple[str, ...] = ()
    failure: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """The records of one writer over a suite, in the order of the suite, and the articles that they point into, by id
    and edition: as `articles show` gives them, with the `name` that each has in the suite."""

    suite: str
    digest: str
    writer: str
    records: tuple[CaseRecord, ...]
    articles: Mapping[tuple[str, str | None], Mapping[str, Any]]


def kind_of(entry: Case | Topic) -> str:
    """The kind of a case; `topic` for a briefing topic."""
    return entry.kind if isinstance(entry, Case) else TOPIC


def record_json(record: CaseRecord) -> dict[str, Any]:
    """A record as plain values; they are its own, not copies."""
    return {each.name: getattr(record, each.name) for each in fields(record)}


def record_line(record: CaseRecord) -> str:
    """A record as a line of cases.jsonl; ValueError for a figure that is no number."""
    return json.dumps(record_json(record), ensure_ascii=False, allow_nan=False) + "\n"


def statements_in(answer: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The statements of an answer, or of every section of a briefing, in their JSON form; none of a failed case."""
    sections = (answer or {}).get("sections", [answer or {"statements": ()}])
    return [statement for section in sections for statement in section["statements"]]


def citations_in(answer: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The citations of an answer or briefing in their JSON form, those of one statement after the other."""
    return [citation for statement in statements_in(answer) for citation in statement["citations"]]


def reference_json(entry: Case | Topic, gold: Gold, conflicts: Sequence[tuple[Conflict, Gold]] = ()) -> dict[str, Any]:
    """What the suite wants of a case, and where its gold sentences stand; `conflicts` are those of a topic's story."""
    support = _support(entry, gold)
    if isinstance(entry, Topic):
        return {
            "nuggets": _nuggets([fact.nugget for fact in entry.facts]),
            "support": support,
            "conflicts": [_conflict(conflict, of_it) for conflict, of_it in conflicts],
        }
    if not entry.answerable:
        return {"unanswerable": entry.unanswerable, "why": entry.why}
    return {
        "answer": entry.answer,
        "accept": list(entry.accept),
        "nuggets": _nuggets(entry.nuggets),
        "support": support,
    }


def article_json(article: Article) -> dict[str, Any]:
    """An article that records point into."""
    info = article.info
    return {
        "id": info.id,
        "title": info.title,
        "source": info.source,
        "published": info.published,
        "text": article.text,
        "blocks": [[block.start, block.end] for block in article.blocks],
    }


def _support(entry: Case | Topic | Conflict, gold: Gold) -> list[dict[str, Any]]:
    return [
        {
            "article": wanted.article,
            "article_id": span.article_id,
            "start": span.start,
            "end": span.end,
            "quote": wanted.quote,
        }
        for wanted, span in zip(supports(entry), gold.spans, strict=True)
    ]


def _conflict(conflict: Conflict, gold: Gold) -> dict[str, Any]:
    sides = [version.side for version in conflict.versions]
    return {
        "id": conflict.id,
        "about": conflict.about,
        "disputed": conflict.disputed,
        "versions": [{"side": side, **found} for side, found in zip(sides, _support(conflict, gold), strict=True)],
    }


def _nuggets(nuggets: Sequence[Nugget]) -> list[dict[str, Any]]:
    return [{"fact": nugget.fact, "any": list(nugget.any), "vital": nugget.vital} for nugget in nuggets]
