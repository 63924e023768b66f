"""A suite through a system: one record a case, whatever happens in it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from eval.gold import Gold, find_gold, named
from eval.scoring import (
    RETRIEVED,
    Ranked,
    Scores,
    answer_shortfalls,
    briefing_shortfalls,
    rank,
    score_answer,
    score_briefing,
    score_retrieval,
)
from eval.suite import Case, Nugget, Suite, Topic, supports
from eval.system import System
from pipeline.errors import MissingKey, UsageError
from pipeline.rendering.jsonform import answer_json, briefing_json
from pipeline.types import Article, Question

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called after each case with how many are done, how many there are, and the id of the case."""

TOPIC = "topic"
"""The kind under which briefing topics are recorded."""


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """All there is to know of one case of a run; plain values, ready for JSON.

    `reference` is what the suite wants and where its gold sentences stand, `ranking` the retrieved passages by place,
    `answer` what `ask` or `brief --format json` would print. A case that failed has a `failure` and no scores.
    """

    writer: str
    id: str
    kind: str
    question: str
    reference: Mapping[str, Any]
    ranking: tuple[Mapping[str, Any], ...] = ()
    answer: Mapping[str, Any] | None = None
    scores: Scores = field(default_factory=dict)
    shortfalls: tuple[str, ...] = ()
    failure: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """The records of one writer over a suite, in the order of the suite."""

    suite: str
    digest: str
    writer: str
    records: tuple[CaseRecord, ...]


def run_suite(
    suite: Suite,
    system: System,
    *,
    limit: int | None = None,
    only: str | None = None,
    case: str | None = None,
    progress: Progress | None = None,
) -> Run:
    """Take the articles of the suite in, then ask every question and write every briefing of it.

    `limit` takes the first so many cases, `only` those of one kind (`topic` for the briefings), `case` the one with
    that id. Raises SuiteError when a quote of the suite is not in its article, MissingKey and UsageError when no case
    could be right; any other exception of a case is recorded as its failure.
    """
    chosen = select(suite, limit=limit, only=only, case=case)
    system.ingest(str(suite.articles_folder))
    articles = system.articles()
    gold = find_gold(suite, articles)
    runner = _Runner(
        system,
        articles={article.info.id: article for _, article in articles},
        names={article.info.id: name for name, article in named(suite, articles).items()},
    )
    records = []
    for done, entry in enumerate(chosen, 1):
        records.append(runner.record(entry, gold[entry.id]))
        if progress:
            progress(done, len(chosen), entry.id)
    return Run(suite.name, suite.digest, system.model, tuple(records))


def select(
    suite: Suite, *, limit: int | None = None, only: str | None = None, case: str | None = None
) -> tuple[Case | Topic, ...]:
    """The cases that the options choose; UsageError when there are none."""
    chosen = tuple(
        entry
        for entry in suite.entries
        if (only is None or kind_of(entry) == only) and (case is None or entry.id == case)
    )
    if not chosen:
        wanted = f"of kind {only!r}" if case is None else f"with the id {case!r}"
        kinds = ", ".join(sorted({kind_of(entry) for entry in suite.entries}))
        raise UsageError(f"The suite {suite.name!r} has no case {wanted}", f"Its kinds are {kinds}")
    return chosen[:limit]


def kind_of(entry: Case | Topic) -> str:
    """The kind of a case; `topic` for a briefing topic."""
    return entry.kind if isinstance(entry, Case) else TOPIC


@dataclass(frozen=True, slots=True)
class _Runner:
    """One system, its articles by id, and their names in the suite by id."""

    system: System
    articles: Mapping[str, Article]
    names: Mapping[str, str]

    def record(self, entry: Case | Topic, gold: Gold) -> CaseRecord:
        started = time.perf_counter()
        try:
            scored = self._case(entry, gold) if isinstance(entry, Case) else self._topic(entry)
        except (MissingKey, UsageError):
            raise
        except Exception as error:
            scored = {"failure": f"{type(error).__name__}: {error}"}
        return CaseRecord(
            writer=self.system.model,
            id=entry.id,
            kind=kind_of(entry),
            question=entry.question if isinstance(entry, Case) else entry.topic,
            reference=_reference(entry, gold),
            **{"seconds": time.perf_counter() - started, **scored},
        )

    def _case(self, case: Case, gold: Gold) -> dict[str, Any]:
        question = Question(case.question, case.filters)
        ranking = rank(self.system.retrieve(question, RETRIEVED), gold)
        started = time.perf_counter()
        answer = self.system.ask(question)
        seconds = time.perf_counter() - started
        scores = {
            **(score_retrieval(ranking, gold) if case.answerable else {}),
            **score_answer(case, gold, answer, self.articles),
        }
        return {
            "ranking": tuple(self._place(passage) for passage in ranking),
            "answer": answer_json(answer),
            "scores": scores,
            "shortfalls": tuple(answer_shortfalls(case, gold, ranking, answer, scores)),
            "seconds": seconds,
        }

    def _topic(self, topic: Topic) -> dict[str, Any]:
        briefing = self.system.brief(topic.topic)
        scores = score_briefing(topic, briefing, self.articles)
        return {
            "answer": briefing_json(briefing),
            "scores": scores,
            "shortfalls": tuple(briefing_shortfalls(topic, briefing, scores)),
        }

    def _place(self, passage: Ranked) -> dict[str, Any]:
        span = passage.span
        return {
            "article": self.names.get(span.article_id, span.article_id),
            "start": span.start,
            "end": span.end,
            "tokens": passage.tokens,
            "gold": sorted(passage.gold),
        }


def _reference(entry: Case | Topic, gold: Gold) -> dict[str, Any]:
    support = [
        {"article": wanted.article, "start": span.start, "end": span.end, "quote": wanted.quote}
        for wanted, span in zip(supports(entry), gold.spans, strict=True)
    ]
    if isinstance(entry, Topic):
        return {"nuggets": _nuggets([fact.nugget for fact in entry.facts]), "support": support}
    if not entry.answerable:
        return {"unanswerable": entry.unanswerable, "why": entry.why}
    return {
        "answer": entry.answer,
        "accept": list(entry.accept),
        "nuggets": _nuggets(entry.nuggets),
        "support": support,
    }


def _nuggets(nuggets: Sequence[Nugget]) -> list[dict[str, Any]]:
    return [{"fact": nugget.fact, "any": list(nugget.any), "vital": nugget.vital} for nugget in nuggets]
