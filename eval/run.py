"""A suite through a system: one record a case, whatever happens in it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
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
from pipeline.errors import MissingKey, SuiteError, UsageError
from pipeline.models.faults import WrongSetup
from pipeline.rendering.jsonform import answer_json, briefing_json
from pipeline.types import Answer, Article, Briefing, Question

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called after each case with how many are done, how many there are, and the id of the case."""

TOPIC = "topic"
"""The kind under which briefing topics are recorded."""

# Nothing could be right after one of these: no case is run further.
_ENDS_THE_RUN = (MissingKey, WrongSetup, UsageError, SuiteError)


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """All there is to know of one case of a run; plain values, ready for JSON.

    `question` is what the suite asks `after` what came before it, `asked` what was asked in its place: the question on
    its own, for a follow-up.
    `reference` is what the suite wants and where its gold sentences stand, `ranking` the retrieved passages by place,
    `answer` what `ask` or `brief --format json` would print, `confidence` how sure the system was of it. A case that
    failed has a `failure` and no scores.
    """

    writer: str
    id: str
    kind: str
    story: str
    question: str
    reference: Mapping[str, Any]
    after: tuple[str, ...] = ()
    asked: str = ""
    ranking: tuple[Mapping[str, Any], ...] = ()
    answer: Mapping[str, Any] | None = None
    confidence: float | None = None
    scores: Scores = field(default_factory=dict)
    shortfalls: tuple[str, ...] = ()
    failure: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """The records of one writer over a suite, in the order of the suite, and the articles that they point into, by id:
    as `articles show` gives them, with the `name` that each has in the suite."""

    suite: str
    digest: str
    writer: str
    records: tuple[CaseRecord, ...]
    articles: Mapping[str, Mapping[str, Any]]


def run_suite(
    suite: Suite,
    system: System,
    *,
    limit: int | None = None,
    only: str | None = None,
    case: str | None = None,
    jobs: int = 1,
    done: Mapping[str, CaseRecord] = MappingProxyType({}),
    keep: Callable[[CaseRecord], None] = lambda record: None,
    progress: Progress | None = None,
) -> Run:
    """Take the articles of the suite in, then ask every question and write every briefing of it, `jobs` at once.

    `limit` takes the first so many cases, `only` those of one kind (`topic` for the briefings), `case` the one with
    that id. Cases in `done` are not run again. `keep` gets each record as soon as it is there, from the thread that
    made it. Raises SuiteError when a quote of the suite is not in its article, MissingKey, WrongSetup and UsageError
    when no case could be right; any other exception of a case is recorded as its failure. When it raises or is
    interrupted, the cases under way are still finished and kept.
    """
    chosen = select(suite, limit=limit, only=only, case=case)
    refused = system.ingest(str(suite.articles_folder))
    articles = system.articles()
    gold = find_gold(suite, articles, refused)
    names = {article.info.id: name for name, article in named(suite, articles).items()}
    runner = _Runner(system, articles={article.info.id: article for _, article in articles}, names=names)

    def one(entry: Case | Topic) -> CaseRecord:
        record = runner.record(entry, gold[entry.id])
        keep(record)
        return record

    records = {entry.id: done[entry.id] for entry in chosen if entry.id in done}
    pool = ThreadPoolExecutor(max_workers=jobs)
    try:
        for future in as_completed([pool.submit(one, entry) for entry in chosen if entry.id not in done]):
            record = future.result()
            records[record.id] = record
            if progress:
                progress(len(records), len(chosen), record.id)
    finally:
        pool.shutdown(cancel_futures=True)
    in_order = tuple(records[entry.id] for entry in chosen)
    return Run(suite.name, suite.digest, system.model, in_order, runner.pointed_into(in_order))


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


def record_line(record: CaseRecord) -> str:
    """A record as a line of cases.jsonl; ValueError for a figure that is no number."""
    return json.dumps(asdict(record), ensure_ascii=False, allow_nan=False) + "\n"


@dataclass(frozen=True, slots=True)
class _Runner:
    """One system, its articles by id, and their names in the suite by id."""

    system: System
    articles: Mapping[str, Article]
    names: Mapping[str, str]

    def record(self, entry: Case | Topic, gold: Gold) -> CaseRecord:
        started = time.perf_counter()
        try:
            record = self._record(
                entry, gold, self._case(entry, gold) if isinstance(entry, Case) else self._topic(entry)
            )
            record_line(record)
        except _ENDS_THE_RUN:
            raise
        except Exception as error:
            return self._record(
                entry,
                gold,
                {"failure": f"{type(error).__name__}: {error}", "seconds": time.perf_counter() - started},
            )
        return record

    def pointed_into(self, records: Sequence[CaseRecord]) -> dict[str, Mapping[str, Any]]:
        """Every article that a reference or a citation of the records points into."""
        ids = {place["article_id"] for record in records for place in record.reference.get("support", ())}
        ids |= {citation["article_id"] for record in records for citation in citations_in(record.answer)}
        return {
            id_: {"name": self.names.get(id_, id_), **_article(article)}
            for id_, article in self.articles.items()
            if id_ in ids
        }

    def _record(self, entry: Case | Topic, gold: Gold, found: Mapping[str, Any]) -> CaseRecord:
        return CaseRecord(
            writer=self.system.model,
            id=entry.id,
            kind=kind_of(entry),
            story=entry.story,
            question=entry.question if isinstance(entry, Case) else entry.topic,
            after=entry.after if isinstance(entry, Case) else (),
            reference=_reference(entry, gold),
            **found,
        )

    def _case(self, case: Case, gold: Gold) -> dict[str, Any]:
        asked = self.system.standalone(case.question, case.after) if case.after else case.question
        question = Question(asked, case.filters)
        ranking = rank(self.system.retrieve(question, RETRIEVED), gold)
        started = time.perf_counter()
        answer = self.system.ask(question)
        seconds = time.perf_counter() - started
        scores = {
            **(score_retrieval(ranking, gold) if case.answerable else {}),
            **score_answer(case, gold, answer, self.articles),
        }
        return {
            "asked": asked,
            "ranking": tuple(self._place(passage) for passage in ranking),
            "answer": answer_json(answer),
            "confidence": None if answer.status == "refused" else self.system.confidence(answer),
            "scores": scores,
            "shortfalls": (*self._stand_in(answer), *answer_shortfalls(case, gold, ranking, answer, scores)),
            "seconds": seconds,
        }

    def _topic(self, topic: Topic) -> dict[str, Any]:
        started = time.perf_counter()
        briefing = self.system.brief(topic.topic)
        seconds = time.perf_counter() - started
        scores = score_briefing(topic, briefing, self.articles)
        return {
            "answer": briefing_json(briefing),
            "scores": scores,
            "shortfalls": (*self._stand_in(briefing), *briefing_shortfalls(topic, briefing, scores)),
            "seconds": seconds,
        }

    def _stand_in(self, written: Answer | Briefing) -> tuple[str, ...]:
        """That another writer than the one that is measured wrote, if so."""
        return () if written.model == self.system.model else (f"written by {written.model} in its place",)

    def _place(self, passage: Ranked) -> dict[str, Any]:
        span = passage.span
        return {
            "article": self.names.get(span.article_id, span.article_id),
            "start": span.start,
            "end": span.end,
            "tokens": passage.tokens,
            "gold": sorted(passage.gold),
        }


def statements_in(answer: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The statements of an answer, or of every section of a briefing, in their JSON form; none of a failed case."""
    sections = (answer or {}).get("sections", [answer or {"statements": ()}])
    return [statement for section in sections for statement in section["statements"]]


def citations_in(answer: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The citations of an answer or briefing in their JSON form, those of one statement after the other."""
    return [citation for statement in statements_in(answer) for citation in statement["citations"]]


def _article(article: Article) -> dict[str, Any]:
    info = article.info
    return {
        "id": info.id,
        "title": info.title,
        "source": info.source,
        "published": info.published,
        "text": article.text,
        "blocks": [[block.start, block.end] for block in article.blocks],
    }


def _reference(entry: Case | Topic, gold: Gold) -> dict[str, Any]:
    support = [
        {
            "article": wanted.article,
            "article_id": span.article_id,
            "start": span.start,
            "end": span.end,
            "quote": wanted.quote,
        }
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
