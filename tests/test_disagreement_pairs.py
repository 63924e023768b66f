"""A table of pairs of sentences by what they are to each other, half of it held out: `pytest -s` shows the figures.

conflict   two versions of one thing      update      one thing that has changed, or is known better since
agreement  one thing, said in two ways    different   two things
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import pytest

from pipeline.disagreement import find_disagreements
from pipeline.types import Evidence
from tests.evidence import passage

Half = Literal["tuned", "held out", "other words"]
Kind = Literal["conflict", "update"]

FIRST_DAY = date(2026, 3, 2)
_SENTENCE = re.compile(r"(?<=[a-z]\.) (?=[A-Z])")


@dataclass(frozen=True)
class Pair:
    """What one article says and what another says so many days later; without `later`, one article says both."""

    half: str
    relation: str
    days: int
    same_source: bool
    title: str
    earlier: str
    later: str

    def found(self) -> str:
        """What is found between the two: "conflict", "update" or "nothing"."""
        evidence = [self._article(1, self.earlier, FIRST_DAY, "The Herald")]
        if self.later:
            day = FIRST_DAY + timedelta(days=self.days)
            evidence.append(self._article(2, self.later, day, "The Herald" if self.same_source else "The Courier"))
        kinds = {each.disagreement.kind for each in find_disagreements(evidence)}
        return "conflict" if "conflict" in kinds else "update" if kinds else "nothing"

    def _article(self, number: int, text: str, day: date, source: str) -> Evidence:
        return passage(number, *_SENTENCE.split(text), title=self.title, published=day.isoformat(), source=source)


def _pairs() -> tuple[Pair, ...]:
    with (Path(__file__).parent / "disagreement_pairs.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Pair(
                row["half"],
                row["relation"],
                int(row["days"]),
                row["source"] == "same",
                row["title"],
                row["earlier"],
                row["later"],
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        )


PAIRS = _pairs()


def precision_and_recall(pairs: Sequence[Pair], kind: Kind) -> tuple[float, float]:
    found = Counter((pair.relation, pair.found()) for pair in pairs)
    right = found[kind, kind]
    shown = sum(count for (_, what), count in found.items() if what == kind)
    wanted = sum(count for (relation, _), count in found.items() if relation == kind)
    return right / shown, right / wanted


# The rows "other words" tell of causes, doers, states and denials as two newsrooms would, sharing few words. Written
# before the code was run on them. First seen: 8 of 30 conflicts found, 1 of 9 found wrong.
# The held-out rows were written before the code was run on them. First seen: conflicts 24 of 26 right, 24 of 29 found;
# updates 15 of 16 and 15 of 16.
@pytest.mark.parametrize(
    ("half", "kind", "precision", "recall"),
    [
        ("tuned", "conflict", 0.93, 0.82),
        ("tuned", "update", 1.0, 0.87),
        ("held out", "conflict", 0.95, 0.79),
        ("held out", "update", 0.87, 0.87),
        ("other words", "conflict", 0.93, 0.7),
    ],
)
def test_conflicts_and_updates_are_told_apart(half: Half, kind: Kind, precision: float, recall: float) -> None:
    measured = precision_and_recall([pair for pair in PAIRS if pair.half == half], kind)
    sys.stdout.write(f"{half} rows, {kind}: precision {measured[0]:.3f}, recall {measured[1]:.3f}\n")
    assert measured[0] >= precision
    assert measured[1] >= recall


def test_what_agrees_is_no_disagreement() -> None:
    found = [pair.found() for pair in PAIRS if pair.relation == "agreement"]
    assert found.count("nothing") >= len(found) - 1


def test_the_table_is_large_and_half_of_it_is_held_out() -> None:
    assert len(PAIRS) >= 120
    tables = [pair for pair in PAIRS if pair.half != "other words"]
    assert sum(pair.half == "held out" for pair in tables) * 2 >= len(tables)
