"""A suite through a system: one record a case, whatever happens in it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, TypeAlias

from eval.gold import Edition, Gold
from eval.prepare import Prepared
from eval.records import CaseRecord, Run, article_json, citations_in, kind_of, record_line, reference_json
from eval.scoring import (
    RETRIEVED,
    Ranked,
    answer_shortfalls,
    briefing_shortfalls,
    rank,
    score_answer,
    score_as_typed,
    score_briefing,
    score_retrieval,
    spoken,
)
from eval.suite import Case, Conflict, Suite, Topic
from eval.system import System
from pipeline.conversing import Turn
from pipeline.errors import MissingKey, SuiteError, UsageError
from pipeline.models.faults import WrongSetup
from pipeline.rendering.jsonform import answer_json, briefing_json
from pipeline.types import Answer, Briefing, Question

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called after each case with how many are done, how many there are, and the id of the case."""

# Nothing could be right after one of these: no case is run further.
_ENDS_THE_RUN = (MissingKey, WrongSetup, UsageError, SuiteError)


def run_suite(
    prepared: Prepared,
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
    """Ask every question and write every briefing of a suite that was taken in, `jobs` at once.

    `limit` takes the first so many cases, `only` those of one kind (`topic` for the briefings), `case` the one with
    that id. Cases in `done` are not run again. `keep` gets each record as soon as it is there, from the thread that
    made it. Raises MissingKey, WrongSetup, UsageError and SuiteError when no case could be right; any other exception
    of a case is recorded as its failure. When it raises or is interrupted, the cases under way are still finished and
    kept.
    """
    suite = prepared.suite
    chosen = select(suite, limit=limit, only=only, case=case)
    runner = _Runner(prepared, system)

    def one(entry: Case | Topic) -> CaseRecord:
        record = runner.record(entry)
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
    return Run(suite.name, suite.digest, system.model, in_order, _pointed_into(prepared, in_order))


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
        missing = f"The suite {suite.name!r} has no case"
        if close := get_close_matches(case or "", [entry.id for entry in suite.entries], n=3):
            raise UsageError(f"{missing} with the id {case!r}", f"There is {', '.join(map(repr, close))}")
        wanted = f"of kind {only!r}" if case is None else f"with the id {case!r}"
        kinds = ", ".join(sorted({kind_of(entry) for entry in suite.entries}))
        raise UsageError(f"{missing} {wanted}", f"Its kinds are {kinds}")
    return chosen[:limit]


@dataclass(frozen=True, slots=True)
class _Typed:
    ranking: tuple[Ranked, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Runner:
    """One system on a suite that was taken in."""

    prepared: Prepared
    system: System

    def record(self, entry: Case | Topic) -> CaseRecord:
        """The record of a case, also of one that fails."""
        gold = self.prepared.gold[entry.id]
        blank = CaseRecord(
            writer=self.system.model,
            id=entry.id,
            kind=kind_of(entry),
            story=entry.story,
            question=entry.question if isinstance(entry, Case) else entry.topic,
            after=entry.after if isinstance(entry, Case) else (),
            edition=self.prepared.label(self.prepared.edition(entry)),
            reference=reference_json(entry, gold, self._conflicts(entry)),
        )
        started = time.perf_counter()
        try:
            found = self._case(entry) if isinstance(entry, Case) else self._topic(entry)
            record = replace(blank, **found)
            record_line(record)
        except _ENDS_THE_RUN:
            raise
        except Exception as error:
            return replace(blank, failure=f"{type(error).__name__}: {error}", seconds=time.perf_counter() - started)
        return record

    def _case(self, case: Case) -> dict[str, Any]:
        gold, edition = self.prepared.gold[case.id], self.prepared.edition(case)
        asked = self._standing_alone(case)
        question = Question(asked, case.filters)
        ranking = rank(self.prepared.retrieve(self.system, question, RETRIEVED), gold)
        started = time.perf_counter()
        answer = self.system.ask(question)
        seconds = time.perf_counter() - started
        scores = {
            **(score_retrieval(ranking, gold) if case.answerable else {}),
            **score_answer(case, gold, answer, edition.by_id),
        }
        typed = self._as_typed(case) if case.after and case.answerable else None
        if typed:
            scores |= score_as_typed(case, gold, typed.ranking, typed.text)
        sure = None if answer.status == "refused" else self.prepared.confidence(self.system, answer)
        return {
            "asked": asked,
            "ranking": tuple(_place(passage, edition) for passage in ranking),
            "answer": answer_json(answer),
            "confidence": sure,
            "typed": {"ranking": [_place(each, edition) for each in typed.ranking], "text": typed.text}
            if typed
            else None,
            "scores": scores,
            "shortfalls": (*self._stand_in(answer), *answer_shortfalls(case, gold, ranking, answer, scores)),
            "seconds": seconds,
        }

    def _topic(self, topic: Topic) -> dict[str, Any]:
        started = time.perf_counter()
        briefing = self.system.brief(topic.topic)
        seconds = time.perf_counter() - started
        conflicts = self._conflicts(topic)
        scores = score_briefing(topic, briefing, self.prepared.edition(topic).by_id, conflicts)
        return {
            "answer": briefing_json(briefing),
            "scores": scores,
            "shortfalls": (*self._stand_in(briefing), *briefing_shortfalls(topic, briefing, scores, conflicts)),
            "seconds": seconds,
        }

    def _conflicts(self, entry: Case | Topic) -> list[tuple[Conflict, Gold]]:
        """The conflicts of the story of a case, and where their versions stand."""
        conflicts = self.prepared.suite.conflicts
        return [(each, self.prepared.gold[each.id]) for each in conflicts if each.story == entry.story]

    def _standing_alone(self, case: Case) -> str:
        """The question as it can be asked by itself, once what came before it has been asked and answered."""
        history: list[Turn] = []
        for earlier in case.after:
            alone = self.system.standalone(earlier, history)
            history.append(Turn(alone, spoken(self.system.ask(Question(alone, case.filters)).statements)))
        return self.system.standalone(case.question, history) if history else case.question

    def _as_typed(self, case: Case) -> _Typed:
        """What a follow-up gets when it is asked as it was typed."""
        question = Question(case.question, case.filters)
        found = self.prepared.retrieve(self.system, question, RETRIEVED)
        return _Typed(rank(found, self.prepared.gold[case.id]), spoken(self.system.ask(question).statements))

    def _stand_in(self, written: Answer | Briefing) -> tuple[str, ...]:
        """That another writer than the one that is measured wrote, if so."""
        return () if written.model == self.system.model else (f"written by {written.model} in its place",)


def _place(passage: Ranked, edition: Edition) -> dict[str, Any]:
    span = passage.span
    return {
        "article": edition.names.get(span.article_id, span.article_id),
        "start": span.start,
        "end": span.end,
        "tokens": passage.tokens,
        "gold": sorted(passage.gold),
    }


def _pointed_into(prepared: Prepared, records: Sequence[CaseRecord]) -> dict[tuple[str, str | None], dict[str, Any]]:
    """Every article that a reference, a citation or the evidence of the records points into, by its id and edition. One
    that stands in the last edition as in an older one is given as of the last."""
    last = prepared.editions[-1].by_id
    editions = {prepared.label(edition): edition for edition in prepared.editions}
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    for record in records:
        own = editions[record.edition]
        ids = {place["article_id"] for place in record.reference.get("support", ())}
        ids |= {citation["article_id"] for citation in citations_in(record.answer)}
        ids |= {passage["article_id"] for passage in (record.answer or {}).get("evidence", ())}
        for id_ in ids & own.by_id.keys():
            article = own.by_id[id_]
            label = None if article == last.get(id_) else record.edition
            found[id_, label] = {"name": own.names[id_], "edition": label, **article_json(article)}
    return found
