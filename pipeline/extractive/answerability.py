"""Whether evidence answers a question at all: what speaks for it, and the fitted odds.

What a question asks of its names (the relation) must be said near them, not somewhere else in the evidence: evidence
that has every name of a question and nothing of what it asks is the usual near miss.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.embedding import Embeddings
from pipeline.extractive.candidates import candidates
from pipeline.extractive.features import Reading
from pipeline.extractive.gaps import unsaid
from pipeline.extractive.signs import counted
from pipeline.extractive.tables import Matrix
from pipeline.extractive.weights import Linear, load_weights, score
from pipeline.questions import Part, read_question
from pipeline.types import Evidence

ANSWERABILITY: dict[str, str] = {
    "coverage": "the best coverage of the part by a sentence",
    "focus": "the best coverage, by a sentence, of the words that the title does not have",
    "context": "the best coverage of the question by sentence, passage and title",
    "nearness": "the best coverage close to a sign of what is wanted",
    "passage similarity": "the best cosine with a passage",
    "similarity": "the best cosine with a sentence",
    "best score": "the score of the best sentence",
    "peak": "how far the best sentence stands out of the others",
    "lacks kind": "the best sentence has nothing of the kind that is wanted",
    "counted": "what is counted stands behind a number, or nothing is counted",
    "said": "share of what the part turns on that is said in the articles that have its names",
    "said here": "the same, in the passages that have its names",
    "named here": "share of the names' words there",
    "together": "the best product of names and other words, of a sentence and those beside it",
    "pool": "logarithm of the number of sentences",
}
"""What tells whether evidence answers."""

# So many of the best sentences are looked at.
BEST = 3
# What a word is worth to a sentence when the one beside it has it, or the title.
BESIDE = 0.8


def answerability(question: str, evidence: Sequence[Evidence], embeddings: Embeddings) -> float:
    """The log odds that the evidence answers the question; minus infinity without any evidence."""
    pool = candidates(evidence)
    if not pool:
        return float("-inf")
    scores, reading = score(read_question(question), pool, embeddings)
    return float(odds(reading, scores, load_weights().answerable).max())


def odds(reading: Reading, scores: Matrix, answerable: Linear) -> Matrix:
    """The log odds that the evidence answers each part, by the scores (parts, sentences)."""
    return answerable.apply(answerability_features(reading, scores), list(ANSWERABILITY))


def answerability_features(reading: Reading, scores: Matrix) -> Matrix:
    """The values of ANSWERABILITY, shape (parts, features)."""
    return np.stack([_values(reading, part, number, scores[number]) for number, part in enumerate(reading.asked.parts)])


def around(reading: Reading) -> Matrix:
    """How well a word of the question is met by a sentence, those beside it and its title, (words, sentences)."""
    tables = reading.tables
    return np.asarray(np.maximum(tables.hits, BESIDE * np.maximum(tables.beside, tables.in_title)))


def relation(reading: Reading, part: Part) -> list[int]:
    """The words of a part that are no names, as indices of the question's words; all of them when there is no other."""
    own = reading.tables.own(part)
    return [index for index in own if not reading.tables.named[index]] or own


def _values(reading: Reading, part: Part, number: int, row: Matrix) -> Matrix:
    tables = reading.tables
    best = np.argsort(-row, kind="stable")[:BEST]
    near = around(reading)
    asks, names = relation(reading, part), np.flatnonzero(tables.named)
    turns_on = unsaid(reading, part)
    named = near[names].mean(axis=0) if len(names) else np.ones(len(row))
    values = {
        "best score": row[best[0]],
        "peak": row[best[0]] - row.mean(),
        "lacks kind": reading.of("lacks kind", number)[best[0]],
        "counted": reading.of("counted", number).max() if counted(part) in tables.asked_words else 1.0,
        "said": 1 - turns_on.share_in_articles,
        "said here": 1 - turns_on.share_in_passages,
        "named here": named[best].max(),
        "together": (named * near[asks].mean(axis=0)).max(),
        "pool": np.log(len(row)),
    }
    return np.array([values[name] if name in values else reading.of(name, number).max() for name in ANSWERABILITY])
