"""How alike every two sentences of a story are, all at once, and which of them are worth holding against each other.

Two newsrooms seldom use the same words. A word is had where the other sentence has it, a form or a synonym of it, and
in part where it has one that is near in the static embeddings; what a sentence only takes up ("it", "the vessel") may
stand in the one before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.disagreement.aligning import Stated, Story
from pipeline.embedding.static import StaticEmbeddings
from pipeline.grounding.lexicon import listed
from pipeline.grounding.words import Token

Floats = NDArray[np.float32]

# Words with a cosine below this have nothing to do with each other.
NEAR = 0.3
# "Said" has a vector of length 6.5, "compensation" 15.6, "mayor" 23.9: it grows as a word gets rarer.
TELLING, MOST_TELLING, OF_A_NUMBER = 20.0, 1.2, 0.5
# How far the words of the sentence before count as this one's, where it opens with a pronoun or is short, and else.
TAKEN_UP, BEFORE, SHORT, OPENING = 0.8, 0.4, 5, 2
# Pairs less alike are not looked at; of a long story only so many of the most alike are.
LEAST, MOST_PAIRS, LONG = 0.15, 400, 120
_PRONOUNS = listed("it he she they this that his her its their")

Pair = tuple[int, int]
"""Two sentences by their places in the story, the earlier first."""


class Likening:
    """The sentences of a story with `alike`: for every two of two articles how far they say the same, 0 to 1."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.sentences = story.sentences
        # Copies of one report count as one article.
        origins = [each.told.origin for each in self.sentences]
        numbers = {origin: number for number, origin in enumerate(dict.fromkeys(origins))}
        self.articles = np.array([numbers[origin] for origin in origins])
        forms: dict[tuple[str, str, bool, str], int] = {}
        self.tokens: list[Token] = []
        self.rows: list[list[int]] = []
        for each in self.sentences:
            row = []
            for token in each.words:
                key = (token.key, token.lower, token.capital, token.kind)
                if key not in forms:
                    forms[key] = len(forms)
                    self.tokens.append(token)
                row.append(forms[key])
            self.rows.append(row)
        vectors = StaticEmbeddings().token_sums([token.lower for token in self.tokens])
        lengths = np.linalg.norm(vectors, axis=1)
        self.rarity = np.array([story.weight(token) for token in self.tokens])
        self.telling = np.array([_telling(token, lengths[at]) for at, token in enumerate(self.tokens)])
        self.words = self._words(vectors / np.maximum(lengths, 1e-9)[:, None])
        self.had = self._had()
        self.alike = self._alike(vectors)

    def near(self, one: int, other: int) -> int:
        """How many words of a sentence are only near to one of the other."""
        return sum(NEAR < self.had[at, other] < 1.0 for at in set(self.rows[one]))

    def covered(self, one: Sequence[int], other: Sequence[int]) -> float:
        """The share of some words, by number, that others have."""
        if not one or not other:
            return 0.0
        weights = self.telling[list(one)]
        return float(weights @ self.words[np.ix_(one, other)].max(axis=1) / max(weights.sum(), 1e-9))

    def closest(self, one: int, other: int, among: NDArray[np.bool_] | None = None) -> tuple[int, int]:
        """How many sentences of the article of each are more like the other than this one is."""
        alike = self.alike[one, other] + 1e-6
        kept = np.ones(len(self.sentences), dtype=bool) if among is None else among
        of_other = self.alike[one][(self.articles == self.articles[other]) & kept]
        of_one = self.alike[other][(self.articles == self.articles[one]) & kept]
        return int((of_other > alike).sum()), int((of_one > alike).sum())

    def pairs(self, kinds: Sequence[frozenset[str]]) -> list[Pair]:
        """The pairs worth looking at: for each sentence the most alike of each other article, and that of each kind.

        `kinds` are what the sentences tell: a figure of some unit, a time of day, a cause.
        """
        found: dict[Pair, float] = {}
        every = [np.ones(len(kinds), dtype=bool)]
        masks = every + [np.array([kind in each for each in kinds]) for kind in sorted(frozenset().union(*kinds))]
        numbers = range(int(self.articles.max(initial=-1)) + 1)
        of_article = [np.flatnonzero(self.articles == number) for number in numbers]
        for mask in masks:
            rows = np.flatnonzero(mask)
            for columns in of_article:
                columns = columns[mask[columns]]
                if not len(columns):
                    continue
                best = columns[self.alike[np.ix_(rows, columns)].argmax(axis=1)]
                for one, other in zip(rows.tolist(), best.tolist(), strict=True):
                    if self.alike[one, other] >= LEAST:
                        found[min(one, other), max(one, other)] = float(self.alike[one, other])
        ordered = sorted(found, key=lambda pair: (-found[pair], pair))
        return ordered[:MOST_PAIRS] if len(self.sentences) > LONG else ordered

    def _words(self, vectors: Floats) -> Floats:
        """How far every two words mean the same: 1 for a form or a synonym, else the cosine, if they are near."""
        free = np.array([not token.capital and token.kind == "word" for token in self.tokens], dtype=bool)
        alike: Floats = (vectors @ vectors.T).astype(np.float32)
        alike[~free] = 0.0
        alike[:, ~free] = 0.0
        alike[alike < NEAR] = 0.0
        having: Mapping[str, list[int]] = defaultdict(list)
        for at, token in enumerate(self.tokens):
            for form in {token.key} if token.capital else {token.key, token.lower}:
                having[form].append(at)
        for at, token in enumerate(self.tokens):
            for form in self.story.forms(token):
                for other in having.get(form, ()):
                    alike[at, other] = alike[other, at] = 1.0
        np.fill_diagonal(alike, 1.0)
        return alike

    def _had(self) -> Floats:
        """How far every sentence has every word."""
        had = np.zeros((len(self.tokens), len(self.sentences)), dtype=np.float32)
        for at, row in enumerate(self.rows):
            if row:
                had[:, at] = self.words[:, row].max(axis=1)
        return had

    def _alike(self, vectors: Floats) -> Floats:
        by_rarity = self.telling * self.rarity
        taken_up = self.had.copy()
        for at, each in enumerate(self.sentences):
            if each.position:
                factor = TAKEN_UP if _takes_up(each) or len(self.rows[at]) < SHORT else BEFORE
                taken_up[:, at] = np.maximum(self.had[:, at], factor * self.had[:, at - 1])
        plain = _both_ways(self._covered_by(self.had, self.telling))
        rare = _both_ways(self._covered_by(self.had, by_rarity))
        in_context = _both_ways(self._covered_by(taken_up, by_rarity))
        centred = np.zeros((len(self.sentences), vectors.shape[1]), dtype=np.float32)
        for at, row in enumerate(self.rows):
            if row:
                centred[at] = self.rarity[row] @ vectors[row]
        centred /= np.maximum(np.linalg.norm(centred, axis=1), 1e-9)[:, None]
        self.meaning: Floats = centred @ centred.T
        alike = (plain + rare + in_context + np.clip(self.meaning, 0.0, 1.0)) / 4
        apart = self.articles[:, None] != self.articles[None, :]
        return np.asarray(np.where(apart, alike, 0.0), dtype=np.float32)

    def _covered_by(self, had: Floats, weights: NDArray[np.float64]) -> Floats:
        """The share of the words of each sentence, by weight, that each other has."""
        found = np.zeros((len(self.rows), len(self.rows)), dtype=np.float32)
        for at, row in enumerate(self.rows):
            if row:
                found[at] = weights[row] @ had[row] / max(weights[row].sum(), 1e-9)
        return found


def _both_ways(covered: Floats) -> Floats:
    """The harmonic mean of what two sentences have of each other."""
    return np.asarray(2 * covered * covered.T / np.maximum(covered + covered.T, 1e-9), dtype=np.float32)


def _telling(token: Token, length: float) -> float:
    if token.kind != "word":
        return OF_A_NUMBER
    return 1.0 if token.capital else min(MOST_TELLING, length / TELLING)


def _takes_up(each: Stated) -> bool:
    words: Iterable[Token] = [token for token in each.tokens if token.kind == "word"][:OPENING]
    return any(token.lower in _PRONOUNS for token in words)
