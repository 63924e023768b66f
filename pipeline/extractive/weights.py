"""The learned weights: `weights.json`, written by `eval/fit/extractive.py` with the figures that it reached."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from pipeline.embedding import Embeddings
from pipeline.extractive.candidates import Candidate
from pipeline.extractive.features import FEATURES, Reading, read_evidence
from pipeline.extractive.tables import Matrix
from pipeline.questions import AskedFor

FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of named values: the log odds of what it was fitted to."""

    bias: float
    weights: Mapping[str, float]

    def apply(self, values: Matrix, names: Sequence[str]) -> Matrix:
        """The log odds of values whose last axis is `names`."""
        return np.asarray(values @ np.array([self.weights[name] for name in names]) + self.bias)


@dataclass(frozen=True, slots=True)
class Sentences:
    """How well a sentence stands as part of the answer: among those of several passages, and of only one."""

    in_many: Linear
    in_one: Linear

    def apply(self, reading: Reading) -> Matrix:
        """The score of every sentence for every part, shape (parts, sentences): log odds against each other."""
        return (self.in_one if reading.in_one else self.in_many).apply(reading.features, list(FEATURES))


@dataclass(frozen=True, slots=True)
class Weights:
    """`sentences`: a sentence belongs to the answer. `answerable`: the evidence answers, if its odds are enough."""

    sentences: Sentences
    answerable: Linear
    least_in_many: float
    least_in_one: float

    def least_odds(self, reading: Reading) -> float:
        """The log odds below which a part is refused."""
        return self.least_in_one if reading.in_one else self.least_in_many


def score(asked: AskedFor, pool: Sequence[Candidate], embeddings: Embeddings) -> tuple[Matrix, Reading]:
    """The score of each sentence of a pool, which must not be empty, for each part, shape (parts, sentences).

    With what was measured for it.
    """
    reading = read_evidence(asked, pool, embeddings)
    return load_weights().sentences.apply(reading), reading


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights that ship with newsdesk."""
    data = json.loads(files("pipeline.extractive").joinpath(FILE).read_text(encoding="utf-8"))
    sentences = Sentences(linear(data["sentence"]["in_many"]), linear(data["sentence"]["in_one"]))
    least = data["answerable"]["least"]
    return Weights(sentences, linear(data["answerable"]), least["in_many"], least["in_one"])


def linear(data: Mapping[str, Any]) -> Linear:
    """The weights as they are written in a file."""
    return Linear(data["bias"], data["weights"])
