"""Whether the system refuses what it must, and only that, and whether it knows when it is right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts of questions by whether the library answers them and whether the system did."""

    answerable_answered: int = 0
    answerable_refused: int = 0
    unanswerable_answered: int = 0
    unanswerable_refused: int = 0


def confusion(outcomes: Iterable[tuple[bool, bool]]) -> Confusion:
    """The counts over (answerable, refused) pairs."""
    counts = {(answerable, refused): 0 for answerable in (True, False) for refused in (True, False)}
    for outcome in outcomes:
        counts[outcome] += 1
    return Confusion(counts[True, False], counts[True, True], counts[False, False], counts[False, True])


def refusal_scores(answerable: bool, refused: bool) -> dict[str, float]:
    """The two error rates as a score of one case: their means over cases are the rates (as AbstentionBench and
    RefusalBench, arXiv 2510.10390, report them)."""
    name = "false_refusal_rate" if answerable else "refusal_rate"
    return {name: float(refused), "refusal_accuracy": float(refused != answerable)}


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """How often the answers are wrong when only the most confident are kept.

    `curve` has a point (coverage, risk) for each number of answers kept: coverage is their share of all `questions`,
    risk the share of them that is wrong. `area` is the mean risk over the points (0 is best), `best` what it would be
    if confidence put every right answer before every wrong one.
    """

    questions: int
    answered: int
    area: float
    best: float
    curve: tuple[tuple[float, float], ...]


def risk_coverage(answers: Sequence[tuple[float, bool]], questions: int) -> RiskCoverage | None:
    """The curve over the (confidence, right) pairs of the questions that were answered; None when none was.

    Selective prediction (El-Yaniv and Wiener, JMLR 11, 2010); the area as in Geifman, Uziel and El-Yaniv (ICLR 2019),
    whose excess area is `area - best`. Among equal confidences wrong answers come first, so a constant one earns
    nothing by the order of the cases.
    """
    if not answers:
        return None
    ranked = [right for _, right in sorted(answers, key=lambda answer: (-answer[0], answer[1]))]
    risks = _running_risks(ranked)
    ideal = _running_risks(sorted(ranked, reverse=True))
    return RiskCoverage(
        questions=questions,
        answered=len(answers),
        area=sum(risks) / len(risks),
        best=sum(ideal) / len(ideal),
        curve=tuple((kept / questions, risk) for kept, risk in enumerate(risks, 1)),
    )


def _running_risks(ranked: Sequence[bool]) -> list[float]:
    wrong = accumulate(not right for right in ranked)
    return [count / kept for kept, count in enumerate(wrong, 1)]
