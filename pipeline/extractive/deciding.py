"""Whether to answer a part from many passages, or to refuse it: the odds, learned from near misses.

    reading → Support (each sentence against the relation) → how well the best sentence bears it (`support`)
            → with what the chosen sentences and the others show, and what is missing → log odds (`refusal.json`)

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
from pipeline.extractive.meeting import MET
from pipeline.extractive.premise import PREMISE, told_against
from pipeline.extractive.refusing import absent_name, absent_period, lacking_kind, unconnected, unspoken
from pipeline.extractive.slots import Slot, wanted
from pipeline.extractive.support import FIGURES, NAMED, SUPPORT, Support
from pipeline.extractive.tables import Matrix
from pipeline.extractive.unnamed import unnamed
from pipeline.extractive.weights import Linear, linear, load_weights

FILE = "refusal.json"
# Sentences that have so much of the names, of what the best has, speak of them: those beside it too.
NAMES = 0.8
# Of questions without names that evidence answers, three in four have so much of them said in one place.
TOPIC = 0.4
# What is never put in other words than a figure of its kind.
CERTAIN: frozenset[Slot] = frozenset(("age", "year"))

GIVEN: dict[str, str] = {
    # How many sentences there are says how large the library is, not whether it answers.
    **{name: told for name, told in ANSWERABILITY.items() if name != "pool"},
    "absent name": "a name stands nowhere",
    "absent period": "a year or a month stands nowhere",
    "apart": "the names stand nowhere together",
    "unspoken": "no word of what is asked is met",
    "other period": "what speaks of it is of another day, month or year",
    **{kind: f"a sentence near it tells against what it supposes: {kind}" for kind in PREMISE},
    "nowhere": "how many telling words are met nowhere",
    "no such figure": "an age or a year is wanted, and no sentence has one",
    "little met": "how much less than TOPIC of a question without names any sentence has, with passage and title",
    "saying wanted": "a saying is wanted",
    "reason wanted": "a reason is wanted",
    "dated": "the question has a figure or a date",
    "figure wanted": "a figure or a time is wanted",
    "name wanted": "a name, a place or a saying is wanted",
}
"""What of a decision does not depend on how well a sentence bears what is asked."""

DECISION: dict[str, str] = {
    **GIVEN,
    "support": "how well the best sentence bears what is asked",
    "second support": "the same, of the next one",
    "chosen support": "the same, of the best one that was chosen to answer",
    **{f"best: {name}": f"of the sentence that bears it best: {told}" for name, told in SUPPORT.items()},
    **{f"chosen: {name}": f"at most, of those chosen: {told}" for name, told in SUPPORT.items()},
    **{f"of names: {name}": f"at most, of those that speak of the names: {told}" for name, told in SUPPORT.items()},
}
"""What tells whether a part is answered, each with the sign that the fit finds for it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """`support`: a sentence bears what is asked; `answered`: the evidence answers, if its log odds reach `least`."""

    support: Linear
    answered: Linear
    least: float


def doubts(
    reading: Reading, scores: Matrix, chosen: Sequence[Sequence[int]], support: Support | None
) -> list[str | None]:
    """Why each part is not answered with the sentences that are chosen for it, in a sentence; None where it is.

    The sentence is empty where nothing can be named. `support` is that of the reading, None for one passage.
    """
    if support is None:
        return _doubts_in_one(reading, scores, chosen)
    weights = load_refusal()
    features = support.features(scores)
    values = decision_features(circumstances(support, scores), scores, chosen, features, weights.support)
    chances = weights.answered.apply(values, list(DECISION))
    found: list[str | None] = []
    for number, (picked, chance) in enumerate(zip(chosen, chances, strict=True)):
        gone = lacking(support, number, scores[number]) if chance < weights.least else None
        found.append(unnamed(reading, number, picked) or gone)
    return found


def _doubts_in_one(reading: Reading, scores: Matrix, chosen: Sequence[Sequence[int]]) -> list[str | None]:
    """The same for one passage, which somebody chose: by what it does not say, and the odds of `answerability`."""
    weights = load_weights()
    chances = odds(reading, scores, weights.answerable)
    missing = [lacking_kind(reading, number, picked) for number, picked in enumerate(chosen)]
    unlikely = chances < weights.least_odds(reading)
    return [said if said or refused else None for said, refused in zip(missing, unlikely, strict=True)]


def circumstances(support: Support, scores: Matrix) -> list[dict[str, float]]:
    """The values of GIVEN, for each part."""
    reading = support.reading
    evidence = tuple({item.evidence.number: item.evidence for item in reading.pool}.values())
    flags = {
        "absent name": float(bool(absent_name(reading.asked, evidence))),
        "absent period": float(bool(absent_period(reading.asked, evidence))),
        "apart": float(bool(unconnected(reading))),
        "unspoken": float(bool(unspoken(reading))),
    }
    answerable = answerability_features(reading, scores)
    return [
        {
            **flags,
            **dict(zip(ANSWERABILITY, map(float, answerable[number]), strict=True)),
            "other period": float(bool(missing_periods(reading, part))),
            **_premise(support, number, scores[number]),
            "nowhere": float((support.met.near[list(relation.telling)].max(axis=1) < MET).sum()),
            "no such figure": float(wanted(part) in CERTAIN and not any(support.found(part))),
            "little met": 0.0 if relation.names else max(0.0, TOPIC - float(reading.of("context", number).max())),
            "saying wanted": float(wanted(part) == "quote"),
            "reason wanted": float(wanted(part) == "reason"),
            "dated": float(any(character.isdigit() for character in part.text)),
            "figure wanted": float(wanted(part) in FIGURES),
            "name wanted": float(wanted(part) in NAMED),
        }
        for number, (part, relation) in enumerate(zip(reading.asked.parts, support.relations, strict=True))
    ]


def _premise(support: Support, number: int, row: Matrix) -> dict[str, float]:
    told = [found for _, found in told_against(support, number, row)]
    return {kind: float(any(kind in found for found in told)) for kind in PREMISE}


def decision_features(
    given: Sequence[dict[str, float]],
    scores: Matrix,
    chosen: Sequence[Sequence[int]],
    features: Matrix,
    support: Linear,
) -> Matrix:
    """The values of DECISION, (parts, features): what is `given` by `circumstances`, and by SUPPORT and its weights."""
    borne = support.apply(features, list(SUPPORT))
    names = features[:, :, list(SUPPORT).index("names near")]
    rows = []
    for number, circumstance in enumerate(given):
        row, picked = borne[number], list(chosen[number]) or [int(scores[number].argmax())]
        ordered = np.sort(row)[::-1]
        of_names = names[number] >= NAMES * names[number].max()
        rows.append(
            [
                *(circumstance[name] for name in GIVEN),
                ordered[0],
                ordered[min(1, len(ordered) - 1)],
                row[picked].max(),
                *features[number, int(row.argmax())],
                *features[number, picked].max(axis=0),
                *features[number, of_names].max(axis=0),
            ]
        )
    return np.array(rows, dtype=np.float64)


@lru_cache(maxsize=1)
def load_refusal() -> Refusal:
    """The weights that ship with newsdesk."""
    data: Mapping[str, dict[str, float]] = json.loads(
        files("pipeline.extractive").joinpath(FILE).read_text(encoding="utf-8")
    )
    return Refusal(linear(data["support"]), linear(data["answered"]), data["answered"]["least"])
