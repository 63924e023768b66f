"""Whether the system refuses what it must, and only that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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
