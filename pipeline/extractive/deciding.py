"""Whether to answer a part from many passages, or to refuse it: the odds, learned from near misses.

    reading → Support (each sentence against the relation) → how well the best sentence bears it (`support`)
            → with what else speaks for and against an answer → log odds (`refusal.json`)

`eval/fit/nearmiss.py` learns both steps from questions that a library answers and questions that it nearly answers, and
writes what is refused at which price. Of one passage, which somebody chose, `answerability` decides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from pipeline.extractive.answerability import ANSWERABILITY, answerability_features, odds
from pipeline.extractive.features import Reading
from pipeline.extractive.gaps import missing_periods
from pipeline.extractive.lacking import lacking
from pipeline.extractive.refusing import absent, false_premise, gap, unconnected, unspoken
from pipeline.extractive.slots import wanted
from pipeline.extractive.support import FIGURES, MET, NAMED, SUPPORT, Support
from pipeline.extractive.tables import Matrix
from pipeline.extractive.weights import Linear, linear, load_weights

FILE = "refusal.json"
# So many of the best sentences by their scores are the first few.
TOP = 5
# Sentences that have so much of the names, of what the best has, speak of them.
NAMES = 0.9

# How many sentences there are says how large the library is, not whether it answers.
_GIVEN = {name: told for name, told in ANSWERABILITY.items() if name != "pool"}

DECISION: dict[str, str] = {
    **_GIVEN,
    "support": "how well the best sentence bears what is asked",
    "second support": "the same, of the next one",
    "chosen support": "the same, of the best one that was chosen to answer",
    "chosen near": "share of the relation's words near the chosen sentences",
    "chosen names": "share of the names' words near them",
    "chosen joint": "the best product of the two",
    "chosen figure": "share of the relation's words around what is wanted in them",
    "chosen names at it": "share of the names around what is wanted in them",
    "chosen least": "how well the least met of the telling words is met near them",
    "most met": "how well the best met of the telling words is met near the names, anywhere",
    "nothing met": "none of them is",
    "figure borne": "the best product of names and relation near a sentence with the figure or time that is wanted",
    "figure of names": "share of the names near such a sentence, at best",
    "name borne": "the best product of names and relation near one with a name, a place or a saying that is wanted",
    "wanted there": "the best sentence has the figure or time that is wanted",
    "no figure": "none of the first few sentences has one that is wanted",
    "no name": "none of them has a name, a place or a saying that is wanted",
    "least met": "how well the least met of the telling words is met near the best sentence",
    "pairs": "how close neighbouring words of the question stand, at best of the first few sentences",
    "least pair": "the same of the pair that is furthest apart in the best sentence",
    "names at it": "share of the names around what is wanted in the best sentence",
    "negated": "the best sentence denies what is asked",
    "absent": "a name, a year or a month stands nowhere",
    "apart": "the names stand nowhere together",
    "unspoken": "no word of what is asked is met",
    "other period": "what speaks of it is of another day, month or year",
    "gap": "a rule names something that is missing",
    "dated": "the question has a figure or a date",
    "figure wanted": "a figure or a time is wanted",
    "name wanted": "a name, a place or a saying is wanted",
}
"""What tells whether a part is answered, each with the sign that the fit finds for it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """`support`: a sentence bears what is asked; `answered`: the evidence answers, if its log odds reach `least`."""

    support: Linear
    answered: Linear
    least: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a part is not answered, in a sentence; empty when nothing can be named. `certain`: a rule says so."""

    said: str
    certain: bool


def doubts(reading: Reading, scores: Matrix, chosen: Sequence[Sequence[int]]) -> list[Doubt | None]:
    """What speaks against answering each part with the sentences that are chosen for it; None where nothing does."""
    if reading.in_one:
        return _doubts_in_one(reading, scores, chosen)
    weights, support = load_refusal(), Support(reading)
    features = support.features(scores)
    given = circumstances(reading, scores, chosen)
    values = decision_features(given, scores, chosen, features, weights.support)
    chances = weights.answered.apply(values, list(DECISION))
    found: list[Doubt | None] = []
    for number, part in enumerate(reading.asked.parts):
        if premise := false_premise(reading, part):
            found.append(Doubt(premise, certain=True))
        elif chances[number] < weights.least:
            found.append(Doubt(lacking(support, number, features[number]), certain=False))
        else:
            found.append(None)
    return found


def _doubts_in_one(reading: Reading, scores: Matrix, chosen: Sequence[Sequence[int]]) -> list[Doubt | None]:
    """The same for one passage, which somebody chose: by what it does not say, and the odds of `answerability`."""
    weights = load_weights()
    chances = odds(reading, scores, weights.answerable)
    found: list[Doubt | None] = []
    for number, picked in enumerate(chosen):
        missing = gap(reading, number, picked)
        unlikely = chances[number] < weights.least_odds(reading)
        found.append(Doubt(missing, certain=bool(missing)) if missing or unlikely else None)
    return found


def circumstances(reading: Reading, scores: Matrix, chosen: Sequence[Sequence[int]]) -> list[dict[str, float]]:
    """What of DECISION does not depend on how well a sentence bears what is asked, for each part."""
    evidence = tuple({item.evidence.number: item.evidence for item in reading.pool}.values())
    flags = {
        "absent": float(bool(absent(reading.asked, evidence))),
        "apart": float(bool(unconnected(reading))),
        "unspoken": float(bool(unspoken(reading))),
    }
    answerable = answerability_features(reading, scores)
    return [
        {
            **flags,
            **dict(zip(ANSWERABILITY, map(float, answerable[number]), strict=True)),
            "other period": float(bool(missing_periods(reading, part))),
            "gap": float(any(flags.values()) or bool(gap(reading, number, chosen[number]))),
            "dated": float(any(character.isdigit() for character in part.text)),
            "figure wanted": float(wanted(part) in FIGURES),
            "name wanted": float(wanted(part) in NAMED),
        }
        for number, part in enumerate(reading.asked.parts)
    ]


def decision_features(
    given: Sequence[dict[str, float]],
    scores: Matrix,
    chosen: Sequence[Sequence[int]],
    features: Matrix,
    support: Linear,
) -> Matrix:
    """The values of DECISION, (parts, features): what is `given` by `circumstances`, and by SUPPORT and its weights."""
    borne = support.apply(features, list(SUPPORT))
    rows = []
    for number, circumstance in enumerate(given):
        row, picked = borne[number], list(chosen[number]) or [int(scores[number].argmax())]
        ordered, best = np.sort(row)[::-1], features[number, int(row.argmax())]
        of_best = dict(zip(SUPPORT, best, strict=True))
        of_chosen = dict(zip(SUPPORT, features[number, picked].max(axis=0), strict=True))
        column = {name: at for at, name in enumerate(SUPPORT)}
        with_names = features[number, :, column["names near"]]
        most = float(features[number, with_names >= NAMES * with_names.max(), column["most"]].max())
        of_top = dict(zip(SUPPORT, features[number, np.argsort(-scores[number])[:TOP]].max(axis=0), strict=True))
        values = {
            **circumstance,
            "support": ordered[0],
            "second support": ordered[min(1, len(ordered) - 1)],
            "chosen support": row[picked].max(),
            "chosen near": of_chosen["near"],
            "chosen names": of_chosen["names near"],
            "chosen joint": of_chosen["joint"],
            "chosen figure": max(of_chosen["slot near"], of_chosen["name near"]),
            "chosen names at it": of_chosen["names at slot"],
            "chosen least": of_chosen["least"],
            "most met": most,
            "nothing met": float(most < MET),
            "figure borne": max(1 - circumstance["figure wanted"], _borne(features[number], "slot", "joint")),
            "figure of names": max(1 - circumstance["figure wanted"], _borne(features[number], "slot", "names near")),
            "name borne": max(1 - circumstance["name wanted"], _borne(features[number], "name", "joint")),
            "wanted there": of_best["slot"],
            "no figure": circumstance["figure wanted"] * (1 - of_top["slot"]),
            "no name": circumstance["name wanted"] * (1 - of_top["name"]),
            "least met": of_best["least"],
            "pairs": of_top["pairs"],
            "least pair": of_best["least pair"],
            "names at it": of_best["names at slot"],
            "negated": of_best["negated"],
        }
        rows.append([float(values[name]) for name in DECISION])
    return np.array(rows)


def _borne(features: Matrix, kind: str, by: str) -> float:
    """The best value of one feature of SUPPORT among the sentences that have another."""
    column = {name: at for at, name in enumerate(SUPPORT)}
    return float((features[:, column[kind]] * features[:, column[by]]).max())


@lru_cache(maxsize=1)
def load_refusal() -> Refusal:
    """The weights that ship with newsdesk."""
    data: Mapping[str, dict[str, float]] = json.loads(
        files("pipeline.extractive").joinpath(FILE).read_text(encoding="utf-8")
    )
    return Refusal(linear(data["support"]), linear(data["answered"]), data["answered"]["least"])
