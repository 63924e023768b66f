"""Learn `pipeline/grounding/wording.json`: which new words of a statement make it say what its source does not.

    python -m eval.fit.wording tests/grounding eval/suites/newsroom

The first folder holds written tables (`eval.benchmarks.written`), the second a suite whose sentences are told again
and falsified (`eval.benchmarks.grounding`). Learned from are paraphrases and faults of wording: an exchanged detail,
an added tail, an invented sentence, a moved mark, another speaker. Each table, and the suite, is measured with weights
that were learned on the others; so measured, the thresholds let PASSED of all paraphrases pass without a doubt, and
PASSED_SURELY with a doubt at most. Printed, and kept with the weights: what was found of each table so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.benchmarks import grounding, written
from eval.fit.logistic import Floats, logistic
from pipeline.grounding import parse_draft, wording
from pipeline.grounding.cited import CitedSentence, cited_sentence
from pipeline.grounding.marks import DraftSentence
from pipeline.settings import Settings
from pipeline.types import Evidence

WEIGHTS = Path(wording.__file__).with_name(wording.FILE)
OF_WORDING = frozenset(
    (
        "reversal",
        "title",
        "role",
        "date",
        "temporal",
        "invented",
        "detail",
        "tail",
        "moved",
        "mark moved",
        "attribution",
        "alleged",
    )
)
# Those that are counted: most moved marks and speakers are found by other checks as well.
COUNTED = frozenset(("invented", "detail", "tail"))
PASSED = 0.969
PASSED_SURELY = 0.99
PENALTY = 3.0
# The faults of the suite are made by rule and much alike.
MADE_WEIGHT = 0.3
SUITE = "suite"


@dataclass(frozen=True, slots=True)
class Example:
    """A statement's features, the table that it is from and its fault, empty when it is faithful."""

    table: str
    fault: str
    values: tuple[float, ...]
    new: bool


def main(tables: Path, suite: Path) -> None:
    """Fit, print what held-out tables give, and write the weights."""
    examples = [*_of_tables(tables), *_of_suite(suite)]
    odds = np.full(len(examples), -np.inf)
    for table in dict.fromkeys(example.table for example in examples):
        bias, weights = _fit([example for example in examples if example.table != table])
        for at, example in enumerate(examples):
            if example.table == table and example.new:
                odds[at] = bias + weights @ np.array(example.values)
    faithful = np.array([not example.fault for example in examples])
    least, sure = (float(np.quantile(odds[faithful], share)) for share in (PASSED, PASSED_SURELY))
    figures = dict(_figures(examples, odds >= least))
    for table, each in figures.items():
        sys.stdout.write(f"{table:14} {each}\n")
    bias, weights = _fit(examples)
    stored = {
        "bias": round(bias, 4),
        "least": round(least, 4),
        "sure": round(sure, 4),
        "weights": {name: round(float(value), 4) for name, value in zip(wording.FEATURES, weights, strict=True)},
        "held_out": figures,
    }
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _fit(examples: list[Example]) -> tuple[float, Floats]:
    used = [each for each in examples if each.new and (not each.fault or each.fault in OF_WORDING)]
    names = list(wording.FEATURES)
    found = logistic(
        np.array([example.values for example in used]),
        np.array([bool(example.fault) for example in used], dtype=float),
        np.array([MADE_WEIGHT if example.table == SUITE and example.fault else 1.0 for example in used]),
        PENALTY,
        names,
        free=frozenset(names),
    )
    return found.bias, np.array([found.weights[name] for name in names])


def _of_tables(folder: Path) -> Iterator[Example]:
    for table, cases in written.tables(folder).items():
        for row in written.rows(cases):
            for section in parse_draft(row.draft).sections:
                for sentence in section.sentences:
                    yield _example(table, row.fault, sentence, row.case.evidence())


def _of_suite(folder: Path) -> Iterator[Example]:
    for row in grounding.rows(grounding.articles_of(folder, Settings())):
        yield _example(SUITE, "" if row.kind == grounding.FAITHFUL else row.kind, row.sentence, row.evidence)


def _example(table: str, fault: str, sentence: DraftSentence, evidence: tuple[Evidence, ...]) -> Example:
    found = wording.read_wording(sentence.text, list(_cited(sentence, evidence)))
    return Example(table, fault, found.values, bool(found.new))


def _cited(sentence: DraftSentence, evidence: tuple[Evidence, ...]) -> Iterator[CitedSentence]:
    by_number = {each.number: each for each in evidence}
    for mark in sentence.marks:
        if mark.passage in by_number and mark.sentence is not None:
            yield cited_sentence(by_number[mark.passage], mark.sentence - 1)


def _figures(examples: list[Example], alarmed: NDArray[np.bool_]) -> Iterator[tuple[str, dict[str, int]]]:
    for table in dict.fromkeys(example.table for example in examples):
        here = [(each.fault, bool(alarm)) for each, alarm in zip(examples, alarmed, strict=True) if each.table == table]
        yield (
            table,
            {
                "found": sum(alarm for fault, alarm in here if fault in COUNTED),
                "faults": sum(fault in COUNTED for fault, _ in here),
                "alarms": sum(alarm for fault, alarm in here if not fault),
                "paraphrases": sum(not fault for fault, _ in here),
            },
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
