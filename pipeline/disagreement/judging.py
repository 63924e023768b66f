"""Which sentences of different articles tell one thing in two ways that exclude each other, by learned weights.

The weights are written by `eval/fit/disputes.py`, with the figures that they reached.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.disagreement.aligning import Stated, Story
from pipeline.disagreement.claims import Told
from pipeline.disagreement.contrasts import FEATURES, Contrasts
from pipeline.disagreement.likening import Likening, Pair
from pipeline.extractive.weights import Linear

FILE = "disputes.json"

# Of fewer sentences it cannot be told what is alike by chance; of more, far more pairs are than are in dispute.
FEWEST, MOST = 40, 600
# From so many on, twice as many ask for surer pairs.
SHORT = 80


@dataclass(frozen=True, slots=True)
class Weights:
    """The log odds that two sentences are in dispute, and from which on they are shown so.

    `grows` is by how much more they must be for twice the sentences: among more, more are alike by chance.
    """

    odds: Linear
    least: float
    grows: float


@dataclass(frozen=True, slots=True)
class Judged:
    """Two sentences in dispute, with the figures that are apart, if it is one `of_figures`."""

    one: Stated
    other: Stated
    values: tuple[str, str]
    of_figures: bool


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights of the package."""
    document: dict[str, Any] = json.loads(files("pipeline.disagreement").joinpath(FILE).read_text("utf-8"))
    return Weights(Linear(document["bias"], document["weights"]), document["least"], document["grows"])


def can_be_judged(told: Sequence[Sequence[Told]]) -> bool:
    """Whether a story has enough sentences to learn from, and not too many."""
    return FEWEST <= sum(map(len, told)) <= MOST


def in_dispute(told: Sequence[Sequence[Told]]) -> Iterator[Judged]:
    """The pairs of sentences of different articles that are in dispute, the surest first, each sentence in one."""
    story = Story(told)
    contrasts, pairs, values = compared(story, told)
    judge = weights()
    odds = judge.odds.apply(values, FEATURES)
    least = judge.least + judge.grows * max(0.0, math.log2(len(story.sentences) / SHORT)) if pairs else 0.0
    for place in apart_from_each_other(pairs, odds, least):
        one, other = (story.sentences[at] for at in pairs[place])
        apart = contrasts.values_apart(pairs[place])
        yield Judged(one, other, apart or ("said", "said"), of_figures=apart is not None)


def apart_from_each_other(pairs: Sequence[Pair], odds: NDArray[np.float64], least: float) -> list[int]:
    """The places of the pairs with the highest odds, those of at least so much, that share no sentence."""
    used: set[int] = set()
    kept = []
    for place in sorted(range(len(pairs)), key=lambda at: (-odds[at], pairs[at])):
        if odds[place] >= least and not used & set(pairs[place]):
            used.update(pairs[place])
            kept.append(place)
    return kept


def compared(story: Story, told: Sequence[Sequence[Told]]) -> tuple[Contrasts, list[Pair], NDArray[np.float64]]:
    """The contrasts of a story, the pairs worth looking at, and the values of FEATURES of each."""
    contrasts = Contrasts(Likening(story), told)
    looked_at = contrasts.likening.pairs([each.kinds for each in contrasts.read]) if story.sentences else []
    found = [(pair, contrasts.features(pair)) for pair in looked_at]
    kept = [(pair, values) for pair, values in found if contrasts.stand_apart(pair, values)]
    rows = [[values[name] for name in FEATURES] for _, values in kept]
    return contrasts, [pair for pair, _ in kept], np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))
