"""How well the words of a question are met by those of the evidence: by stem, WordNet or embedding, and where.

A word is looked for in a sentence, less so in the ones beside it, in its title, in its passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np

from pipeline.extractive.tables import SAME_CONCEPT, Matrix, Tables
from pipeline.extractive.wording import senses
from pipeline.grounding.denials import denials_in
from pipeline.grounding.words import read
from pipeline.questions import STOP_WORDS, stem, words
from pipeline.wordnet import Relation as Kinship
from pipeline.wordnet import is_kind_of, usual_form, usual_part
from pipeline.wordnet import relation as kinship

# What a word is worth to one that it is akin to. That of a kind ("gift" for "donation") is near the real thing; what is
# a kind of the same thing ("sheep", "goat") is as often another one.
WORTH: dict[Kinship | None, float] = {
    "same": 0.9,
    "form": 0.9,
    "synonym": 0.9,
    "wider": 0.75,
    "narrower": 0.75,
    "sibling": 0.4,
    "contrary": 0.0,
    None: 0.0,
}
# WordNet has rare senses too ("conclude", "closely"): what it joins counts from the first cosine on, and in full from
# the second.
FAR, NEAR = 0.05, 0.2
# Cosines of static embeddings from here on count, and how much at most.
CHANCE, AT_MOST = 0.25, 0.9
# What a word is worth in the sentence beside, in the title, and elsewhere in the passage.
BESIDE, TITLE, PASSAGE = 0.85, 0.85, 0.6
# Endings of verbs, and of what is made by doing it.
_OF_VERBS = ("ed", "ing", "ings")
# A word is met from here on.
MET = 0.5


class Meeting:
    """Which word of a question is met where: matrices of (words, vocabulary) and of (words, sentences), 0 to 1."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    @cached_property
    def kin(self) -> Matrix:
        """How much each word of the evidence is worth to each of the question, by stem, sense and WordNet."""
        vocabulary = list(self.tables.vocabulary)
        tells = np.array([word not in STOP_WORDS and not is_figure(word) for word in vocabulary], dtype=bool)
        near = np.clip((self._cosines - FAR) / (NEAR - FAR), 0, 1)
        worth = np.zeros(near.shape)
        for row, asked in enumerate(self.tables.asked_words):
            if is_figure(asked):
                worth[row] = [float(word == asked) for word in vocabulary]
                continue
            for column in np.flatnonzero(tells & ((near[row] > 0) | (self.tables.matches[row] >= SAME_CONCEPT))):
                word = vocabulary[column]
                worth[row, column] = max(_same(asked, word), near[row, column] * _akin(asked, word))
            for last in self.tables.spelled.get(asked, ()):
                worth[row, last] = SAME_CONCEPT
        return worth

    @cached_property
    def _cosines(self) -> Matrix:
        return np.asarray(self.tables.asked_vectors @ self.tables.vocabulary_vectors.T, dtype=np.float64)

    @cached_property
    def soft(self) -> Matrix:
        """The same, and softly by embeddings."""
        tables = self.tables
        cosines = np.clip((self._cosines - CHANCE) / (1 - CHANCE), 0, AT_MOST)
        cosines[[is_figure(word) for word in tables.asked_words]] = 0
        cosines[:, [word in STOP_WORDS for word in tables.vocabulary]] = 0
        for row, asked in enumerate(tables.asked_words):
            for word, column in tables.vocabulary.items():
                if asked != word and stem(asked) == stem(word) and _collide(asked, word):
                    cosines[row, column] = min(cosines[row, column], WORTH["sibling"])
        return np.asarray(np.maximum(self.kin, cosines), dtype=np.float64)

    @cached_property
    def here(self) -> Matrix:
        """How well a word of the question is met by a sentence, (words, sentences)."""
        return self.met(self.soft)

    @cached_property
    def near(self) -> Matrix:
        """The same, by those beside it and its title too."""
        return np.maximum(self.here, np.maximum(BESIDE * self.beside, TITLE * self.titles))

    @cached_property
    def passage(self) -> Matrix:
        """The same, by its whole passage too."""
        whole = np.stack([self.here[:, together].max(axis=1) for together in self.tables.together], axis=1)
        return np.maximum(self.near, PASSAGE * whole)

    @cached_property
    def stems(self) -> Matrix:
        return self.met((self.kin == 1.0).astype(np.float64))

    @cached_property
    def beside(self) -> Matrix:
        tables, own = self.tables, np.arange(len(self.tables.pool))
        before = np.where(tables.before == own, 0, self.here[:, tables.before])
        after = np.where(tables.after == own, 0, self.here[:, tables.after])
        return np.maximum(before, after)

    @cached_property
    def titles(self) -> Matrix:
        columns = {}
        for key, title in self.tables.titles.items():
            at = [self.tables.vocabulary[word] for word in words(title)]
            columns[key] = self.soft[:, at].max(axis=1) if at else np.zeros(len(self.soft))
        return np.stack([columns[item.evidence.article.id] for item in self.tables.pool], axis=1)

    def met(self, worth: Matrix) -> Matrix:
        met = np.zeros((len(worth), len(self.tables.pool)))
        for column, index in enumerate(self.tables.indices):
            if len(index):
                met[:, column] = worth[:, index].max(axis=1)
        return met

    def contrary(self, asked: Sequence[int]) -> Matrix:
        """Which words of the evidence are opposites of these of the question, (words asked, vocabulary)."""
        vocabulary = list(self.tables.vocabulary)
        against = np.zeros((len(asked), len(vocabulary)))
        for row, index in enumerate(asked):
            word = self.tables.asked_words[index]
            for column in np.flatnonzero(self._cosines[index] > FAR):
                against[row, column] = kinship(word, vocabulary[column]) == "contrary"
        return against


@lru_cache(maxsize=10_000)
def denied(text: str) -> frozenset[str]:
    """The words that a text denies."""
    tokens = read(text)
    return frozenset(tokens[at].lower for denial in denials_in(text) for at in denial.scope)


@lru_cache(maxsize=200_000)
def _same(asked: str, word: str) -> float:
    """What a word is worth by its stem, or by what it means in the news."""
    if asked == word:
        return 1.0
    if stem(asked) == stem(word):
        return 0.0 if _collide(asked, word) else 1.0
    return 0.0 if senses(asked).isdisjoint(senses(word)) else WORTH["same"]


def _collide(one: str, other: str) -> bool:
    """Whether two words only share a stem: "found" and "founded", "the minister was sacked" and "sacks of wheat"."""
    forms = usual_form(one), usual_form(other)
    if forms != (one, other) and stem(forms[0]) != stem(forms[1]):
        return True
    if kinship(one, other) != "same":
        return False
    return (_acts(one) and _is_thing(other)) or (_acts(other) and _is_thing(one))


def _acts(word: str) -> bool:
    part = usual_part(word)
    return part == "verb" or (part != "noun" and word.endswith(_OF_VERBS))


def _is_thing(word: str) -> bool:
    """Whether a word names a thing that can be touched, and no act or saying."""
    if usual_part(word) != "noun" or word.endswith(_OF_VERBS):
        return False
    return is_kind_of(word, "object") and not any(is_kind_of(word, kind) for kind in ("event", "communication"))


@lru_cache(maxsize=200_000)
def _akin(asked: str, word: str) -> float:
    return 0.0 if stem(asked) == stem(word) and asked != word and _collide(asked, word) else WORTH[kinship(asked, word)]


def worth_of(asked: str, word: str) -> float:
    return max(_same(asked, word), _akin(asked, word))


def is_figure(word: str) -> bool:
    return any(character.isdigit() for character in word)
