"""The words of a question held against the words of the evidence, and the vectors of both.

Words match by stem, by meaning much the same in the news, or softly by the cosine of their static embeddings ("killed"
and "died" are .71 apart).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline.embedding import StaticEmbeddings, embed
from pipeline.extractive.acronyms import spelled_out
from pipeline.extractive.candidates import Candidate
from pipeline.extractive.wording import senses
from pipeline.grounding.lexicon import listed
from pipeline.questions import STOP_WORDS, AskedFor, Part, spans, stem, words

# Cosines of two words up to this are chance: the match counts from here (0) to the same word (1).
CHANCE = 0.35
# What a word is worth that means much the same in the news ("killed" and "dead").
SAME_CONCEPT = 0.9
# How much of a word's weight is the topic's, not the question's focus, when the title has it, or when it is of a name
# and the article has it: what an article is about it does not say in every sentence.
IN_TITLE = 0.9
# Words that say how a question asks, not about what; so does what follows on "how": "how big".
ASKING = listed("according agree differ compare explain describe list name state give big large old long high far")

Matrix = NDArray[np.float64]


class Tables:
    """What all parts of a question share: words, vectors and which word is met where.

    `hits` is how well a word of the question, one of `asked_words`, is met by a sentence, `in_title` by the title of
    its article: (words, sentences), 0 to 1. `sentences` are vectors of length 1, (sentences, dimension).
    """

    def __init__(self, asked: AskedFor, pool: tuple[Candidate, ...], model: StaticEmbeddings) -> None:
        self.asked, self.pool = asked, pool
        self.said = frozenset(words(asked.text))
        self.spans = [spans(item.resolved) for item in pool]
        self.titles = {
            item.evidence.article.id: f"{item.evidence.article.title} {item.evidence.passage.heading}" for item in pool
        }
        title_words = {key: words(title) for key, title in self.titles.items()}
        self.asked_words = _asked_words(asked)
        self.vocabulary: dict[str, int] = {}
        for word in chain((word for spoken in self.spans for _, word in spoken), *title_words.values()):
            self.vocabulary.setdefault(word, len(self.vocabulary))
        self._embed(model)
        self.matches = self._matches()
        self.indices = [np.array([self.vocabulary[word] for _, word in spoken], dtype=int) for spoken in self.spans]
        self.hits = self._hits(self.indices)
        title_indices = {
            key: np.array([self.vocabulary[w] for w in said], dtype=int) for key, said in title_words.items()
        }
        self.in_title = self._hits([title_indices[item.evidence.article.id] for item in pool])
        self.rarity = self._rarity()

    def own(self, part: Part) -> list[int]:
        """The words of a part, as indices of `asked_words`; all of them when none carries meaning."""
        place = {word: index for index, word in enumerate(self.asked_words)}
        return [place[word] for word in dict.fromkeys(words(full(part))) if word in place] or list(place.values())

    def _embed(self, model: StaticEmbeddings) -> None:
        """The vectors of words and of texts: two batches, as a batch is padded to its longest text."""
        of_words = embed(model, [*self.asked_words, *self.vocabulary])
        self.asked_vectors, self.vocabulary_vectors = np.split(of_words, [len(self.asked_words)])
        asked = [*(part.text for part in self.asked.parts), self.asked.text]
        texts = [item.sentence.text for item in self.pool]
        vectors = embed(model, [*asked, *texts, *self.titles.values()])
        self.part_vectors, self.sentences, titles = np.split(vectors, [len(asked), len(asked) + len(texts)])
        ids = list(self.titles)
        self.title_vectors = titles[[ids.index(item.evidence.article.id) for item in self.pool]]

    def _matches(self) -> Matrix:
        """How well each word of the evidence meets each word of the question, (words, vocabulary), 0 to 1."""
        cosines = self.asked_vectors @ self.vocabulary_vectors.T
        soft = np.clip((cosines - CHANCE) / (1 - CHANCE), 0, 1).astype(np.float64)
        # Any two numbers are alike to an embedding; a number is met only by itself.
        soft[[any(char.isdigit() for char in word) for word in self.asked_words]] = 0
        soft[:, [word in STOP_WORDS for word in self.vocabulary]] = 0
        stems: dict[str, int] = {}
        wanted = [stems.setdefault(stem(word), len(stems)) for word in self.asked_words]
        present = [stems.setdefault(stem(word), len(stems)) for word in self.vocabulary]
        meanings = [senses(word) for word in self.vocabulary]
        meant = [[not wanted.isdisjoint(given) for given in meanings] for wanted in map(senses, self.asked_words)]
        alike = np.array(meant, dtype=np.float64).reshape(soft.shape)
        for acronym, columns in self.spelled.items():
            if acronym in self.asked_words:
                alike[self.asked_words.index(acronym), list(columns)] = 1
        return np.asarray(np.maximum(np.maximum(soft, SAME_CONCEPT * alike), np.equal.outer(wanted, present)))

    def _hits(self, indices: Sequence[NDArray[np.int_]]) -> Matrix:
        hits = np.zeros((len(self.asked_words), len(indices)))
        for column, index in enumerate(indices):
            if len(index):
                hits[:, column] = self.matches[:, index].max(axis=1)
        return hits

    def _rarity(self) -> Matrix:
        """Inverse document frequency of the question's words over the sentences, at most 1."""
        weights = np.log(1 + len(self.pool) / (self.hits.sum(axis=1) + 0.5))
        return np.asarray(weights / weights.max(initial=1e-9))

    @cached_property
    def spelled(self) -> dict[str, tuple[int, ...]]:
        """For each acronym of the question that the evidence spells out, where the last word of its name is."""
        found = spelled_out(self.asked.text, [item.evidence.passage.text for item in self.pool])
        return {
            acronym: tuple(at for word, at in self.vocabulary.items() if word.split("-")[-1] == name[-1])
            for acronym, name in found.items()
        }

    @cached_property
    def before(self) -> NDArray[np.int_]:
        """The index of the sentence before each in its passage, its own at the start."""
        numbers = [item.evidence.number for item in self.pool]
        return np.array([i - 1 if i and numbers[i - 1] == numbers[i] else i for i in range(len(numbers))])

    @cached_property
    def after(self) -> NDArray[np.int_]:
        """The index of the sentence after each in its passage, its own at the end."""
        after = np.arange(len(self.pool))
        moved = np.flatnonzero(self.before != after)
        after[moved - 1] = moved
        return after

    @cached_property
    def together(self) -> NDArray[np.bool_]:
        """Which sentences stand in one passage, (sentences, sentences)."""
        numbers = np.array([item.evidence.number for item in self.pool])
        return np.asarray(numbers[:, None] == numbers[None, :])

    @cached_property
    def named(self) -> NDArray[np.bool_]:
        """Which words of the question are of its names."""
        names = {word for name in self.asked.names for word in words(name)}
        return np.array([word in names for word in self.asked_words], dtype=bool)

    @cached_property
    def in_article(self) -> Matrix:
        """How well a word of the question is met by anything found of a sentence's article, (words, sentences)."""
        ids = np.array([item.evidence.article.id for item in self.pool])
        together = ids[:, None] == ids[None, :]
        found = np.stack([self.hits[:, row].max(axis=1) for row in together], axis=1)
        return np.asarray(np.maximum(found, self.in_title))

    @cached_property
    def focus(self) -> Matrix:
        """The weight of each word of the question for each sentence, less what its article is about."""
        carried = np.where(self.named[:, None], self.in_article, self.in_title)
        return np.asarray(self.rarity[:, None] * (1 - IN_TITLE * carried))

    @cached_property
    def in_passage(self) -> Matrix:
        """How well a word of the question is met by anything of a sentence's passage, (words, sentences)."""
        return np.stack([self.hits[:, together].max(axis=1) for together in self.together], axis=1)

    @cached_property
    def beside(self) -> Matrix:
        """How well a word of the question is met by the sentence before or after, (words, sentences)."""
        here = np.arange(len(self.pool))
        before = np.where(self.before == here, 0, self.hits[:, self.before])
        after = np.where(self.after == here, 0, self.hits[:, self.after])
        return np.asarray(np.maximum(before, after))

    @cached_property
    def passages(self) -> NDArray[np.floating]:
        """The mean vector of each sentence's passage."""
        return unit(self.together.astype(np.float32) @ self.sentences)


def full(part: Part) -> str:
    """The text of a part and the names that it points to."""
    return " ".join([part.text, *part.names])


def unit(vectors: NDArray[np.floating]) -> NDArray[np.floating]:
    """The rows with length 1; a row of zeros stays as it is."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))


def _asked_words(asked: AskedFor) -> list[str]:
    """The words of the question that carry meaning; all of its words when none does."""
    said = [word for part in asked.parts for word in words(full(part))]
    telling = [word for word in [*said, *words(asked.text)] if word not in STOP_WORDS | ASKING]
    return list(dict.fromkeys(telling or said)) or [""]
