"""Records → the figures of a run: means with intervals, slices by kind, and what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.metrics.refusal import Confusion, RiskCoverage, confusion, risk_coverage
from eval.metrics.uncertainty import Interval, mean_interval, percentile
from eval.records import TOPIC, CaseRecord
from eval.scoring import GROUPS


@dataclass(frozen=True, slots=True)
class Operations:
    """Seconds of `ask` at the median and at the 95th percentile, tokens and US dollars over the whole run, and cases
    that failed. `stand_ins` are answers that another writer gave in its place, `cached` replies that were not asked for
    again; `cost` is None when the price is not listed."""

    failures: int
    stand_ins: int
    cached: int
    input_tokens: int
    output_tokens: int
    cost: float | None
    seconds_p50: float
    seconds_p95: float


@dataclass(frozen=True, slots=True)
class Slice:
    """The cases of one kind: how many, how many without a shortfall, and the means of their scores."""

    cases: int
    clean: int
    failures: int
    metrics: dict[str, float]


@dataclass(frozen=True, slots=True)
class Summary:
    """One writer's run in figures. Means are over the cases where the score is defined, their intervals by stories;
    failed cases are in none. `selective` is over the questions: right is an answer that holds an accepted form."""

    writer: str
    cases: int
    metrics: dict[str, Interval]
    kinds: dict[str, Slice]
    confusion: Confusion
    selective: RiskCoverage | None
    operations: Operations


def summarise(writer: str, records: Sequence[CaseRecord]) -> Summary:
    """The figures of one writer's records."""
    sound = [record for record in records if record.failure is None]
    asked = [record for record in sound if record.kind != TOPIC]
    kinds = sorted({record.kind for record in records}, key=lambda kind: (kind == TOPIC, kind == "unanswerable", kind))
    return Summary(
        writer=writer,
        cases=len(records),
        metrics={name: _interval(name, sound) for name in _values(sound)},
        kinds={kind: _slice([record for record in records if record.kind == kind]) for kind in kinds},
        confusion=confusion((record.kind != "unanswerable", _refused(record)) for record in asked),
        selective=risk_coverage(
            [(record.confidence, _right(record)) for record in asked if record.confidence is not None], len(asked)
        ),
        operations=Operations(
            failures=len(records) - len(sound),
            stand_ins=sum(1 for record in sound if record.answer and record.answer["model"] != writer),
            cached=sum(_usage(record, "cached") for record in sound),
            input_tokens=sum(_usage(record, "input_tokens") for record in sound),
            output_tokens=sum(_usage(record, "output_tokens") for record in sound),
            cost=_cost(sound),
            seconds_p50=percentile([record.seconds for record in asked], 0.5),
            seconds_p95=percentile([record.seconds for record in asked], 0.95),
        ),
    )


def summary_json(summary: Summary) -> dict[str, Any]:
    """The summary as plain values."""
    return asdict(summary)


def _slice(records: Sequence[CaseRecord]) -> Slice:
    sound = [record for record in records if record.failure is None]
    return Slice(
        cases=len(records),
        clean=sum(1 for record in sound if not record.shortfalls),
        failures=len(records) - len(sound),
        metrics={name: sum(values) / len(values) for name, values in _values(sound).items()},
    )


def _values(records: Sequence[CaseRecord]) -> dict[str, list[float]]:
    """Every score by name, in the order of the tables."""
    by_name = {
        name: [record.scores[name] for record in records if name in record.scores]
        for names in GROUPS.values()
        for name in names
    }
    return {name: values for name, values in by_name.items() if values}


def _refused(record: CaseRecord) -> bool:
    return record.answer is not None and record.answer["status"] == "refused"


def _right(record: CaseRecord) -> bool:
    """Whether an answer is right: to an unanswerable question, or without an accepted form, none is."""
    return record.scores.get("accept", 0.0) == 1.0


def _interval(name: str, records: Sequence[CaseRecord]) -> Interval:
    scored = [record for record in records if name in record.scores]
    return mean_interval([record.scores[name] for record in scored], [record.story for record in scored])


def _cost(records: Sequence[CaseRecord]) -> float | None:
    costs = [record.answer["usage"].get("cost") for record in records if record.answer]
    known = [float(cost) for cost in costs if cost is not None]
    return sum(known) if known and len(known) == len(costs) else None


def _usage(record: CaseRecord, name: str) -> int:
    return int(record.answer["usage"][name]) if record.answer else 0
