"""Two runs, case by case: what changed, whether by more than chance, and which cases got worse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.metrics.uncertainty import Interval, holm, mean_interval, paired_p_value
from eval.results import Results
from eval.scoring import GROUPS, LOWER_IS_BETTER
from pipeline.errors import SuiteError


@dataclass(frozen=True, slots=True)
class Delta:
    """How a metric moved from run A to run B over the cases that have it in both.

    `change` is the mean of B − A with its 95% interval, by stories, `p` the Holm-corrected p-value of a permutation
    test over the pairs.
    """

    metric: str
    before: float
    after: float
    change: Interval
    p: float

    @property
    def worse(self) -> bool:
        """Whether it moved in the wrong direction, by more than chance at the 5% level."""
        return self.p < 0.05 and (self.change.mean > 0) == (self.metric in LOWER_IS_BETTER)


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case whose scores moved: `loss` is the sum of what its scores lost less what they gained, `changes` the scores
    before and after. A case that now fails has lost everything."""

    id: str
    kind: str
    loss: float
    changes: dict[str, tuple[float, float]]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Writer A of one run against writer B of another. `moved` are the cases that changed, worst first; `unpaired` the
    ids that only one of the runs has; `same_suite` whether both ran on the same articles and cases; `differs` names
    what else was not the same, as "settings.evidence_passages (8, 1)"."""

    before: str
    after: str
    same_suite: bool
    differs: tuple[str, ...]
    paired: int
    unpaired: tuple[str, ...]
    deltas: tuple[Delta, ...]
    moved: tuple[CaseChange, ...]


def compare(before: Results, after: Results) -> tuple[Comparison, ...]:
    """One comparison for each writer that both runs have; two runs with one writer each are compared whatever their
    names. SuiteError when there is nothing to compare."""
    old, new = list(before.summary["writers"]), list(after.summary["writers"])
    pairs = [(old[0], new[0])] if len(old) == len(new) == 1 else [(writer, writer) for writer in old if writer in new]
    if not pairs:
        raise SuiteError(
            f"The runs have no writer in common: {', '.join(old)} against {', '.join(new)}", "Run both with one --model"
        )
    return tuple(_compare(before, after, first, second) for first, second in pairs)


def _compare(before: Results, after: Results, first: str, second: str) -> Comparison:
    old = {case["id"]: case for case in before.cases if case["writer"] == first}
    new = {case["id"]: case for case in after.cases if case["writer"] == second}
    paired = [case for case in old if case in new]
    if not paired:
        raise SuiteError(f"The runs of {first} and {second} have no case in common", "Run both on the same suite")
    moved = [change for case in paired if (change := _change(old[case], new[case])).changes]
    return Comparison(
        before=first,
        after=second,
        same_suite=before.manifest["digest"] == after.manifest["digest"],
        differs=tuple(_differences(before.manifest, after.manifest)),
        paired=len(paired),
        unpaired=tuple(sorted(set(old) ^ set(new))),
        deltas=_deltas([(old[case], new[case]) for case in paired]),
        moved=tuple(sorted(moved, key=lambda change: (-change.loss, change.id))),
    )


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """What was run in another way: code, prompts and settings. A digest is only named, other values are shown."""
    for name in ("newsdesk", "code"):
        if before.get(name) != after.get(name):
            yield name
    for name in ("prompts", "settings"):
        old, new = before.get(name, {}), after.get(name, {})
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                yield f"{name}.{key}" + (f" ({old.get(key)}, {new.get(key)})" if name == "settings" else "")


def _deltas(pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> tuple[Delta, ...]:
    measured = {
        metric: scored
        for metrics in GROUPS.values()
        for metric in metrics
        if (scored := [pair for pair in pairs if all(metric in case["scores"] for case in pair)])
    }
    differences = {
        metric: [new["scores"][metric] - old["scores"][metric] for old, new in scored]
        for metric, scored in measured.items()
    }
    p_values = holm([paired_p_value(values) for values in differences.values()])
    return tuple(
        Delta(
            metric=metric,
            before=sum(old["scores"][metric] for old, _ in scored) / len(scored),
            after=sum(new["scores"][metric] for _, new in scored) / len(scored),
            change=mean_interval(differences[metric], [new["story"] for _, new in scored]),
            p=p,
        )
        for (metric, scored), p in zip(measured.items(), p_values, strict=True)
    )


def _change(old: Mapping[str, Any], new: Mapping[str, Any]) -> CaseChange:
    """A failed case stands with its scores at their worst, so that it sorts as what it is."""
    names = [name for metrics in GROUPS.values() for name in metrics if name in old["scores"] or name in new["scores"]]
    changes: dict[str, tuple[float, float]] = {}
    for name in names:
        worst = 1.0 if name in LOWER_IS_BETTER else 0.0
        was = old["scores"].get(name, worst if old["failure"] else None)
        became = new["scores"].get(name, worst if new["failure"] else None)
        if was is not None and became is not None and was != became:
            changes[name] = (was, became)
    loss = sum((became - was) * (1 if name in LOWER_IS_BETTER else -1) for name, (was, became) in changes.items())
    reasons = (new["failure"],) if new["failure"] else tuple(new["shortfalls"])
    return CaseChange(new["id"], new["kind"], loss, changes, reasons)
