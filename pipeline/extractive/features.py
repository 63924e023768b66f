"""What is measured of every sentence of the evidence against every part of a question.

Words match by stem, or softly by the cosine of their static embeddings ("killed" and "died" are .71 apart).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise

import numpy as np
import regex
from numpy.typing import NDArray

from pipeline.embedding import Embeddings, StaticEmbeddings, embed
from pipeline.extractive.candidates import Candidate, is_dangling
from pipeline.extractive.signs import signs
from pipeline.questions import STOP_WORDS, AskedFor, Part, Wants, spans, stem, words

# Cosines of two words up to this are chance: the match counts from here (0) to the same word (1).
CHANCE = 0.35
# A word counts for a sign of the answer with exp(-distance / REACH), the distance in words.
REACH = 8.0
# A word of a sentence is new when no word of the question is this near to it.
NEW_BELOW = 0.6
# What a word is worth to a sentence when only its neighbour, or only its passage or title, has it.
IN_NEIGHBOUR, IN_CONTEXT = 0.7, 0.6
# How much of a word's weight is the topic's, not the question's focus, when the title has it.
IN_TITLE = 0.9

KINDS: tuple[Wants, ...] = ("date", "number", "person", "place", "reason")

FEATURES: dict[str, str] = {
    "coverage": "share of the part's words that the sentence has, by rarity among the sentences",
    "coverage gap": "the same, less that of the best sentence",
    "neighbours": "what the sentences before and after add to the coverage",
    "context": "coverage of the whole question by sentence, passage and title",
    "focus": "coverage of the question's words that the title does not have",
    "focus gap": "the same, less that of the best sentence",
    "similarity": "cosine with the part",
    "similarity gap": "the same, less that of the best sentence",
    "focus similarity": "cosine with the words of the focus",
    "focus similarity gap": "the same, less that of the best sentence",
    "with next similarity": "cosine of the part with the sentence and the next one together",
    "with title similarity": "cosine of the question with the sentence and the title together",
    "passage similarity": "cosine of the part with the mean of the passage's sentences",
    "title similarity": "cosine of the question with the title",
    "word pairs": "share of the question's neighbouring words that stand together here",
    "nearness": "coverage of the part's words close to a sign of what it wants",
    "nearness gap": "the same, less that of the best sentence",
    "has date": "a new date, when one is wanted",
    "has number": "a new number of the unit asked for, when one is wanted",
    "has person": "a new name, when one is wanted",
    "has place": "a new place, when one is wanted",
    "has reason": "a word that gives a reason, when one is wanted",
    "lacks kind": "nothing of the kind that is wanted",
    "new words": "share of the content words that are not the question's",
    "names": "capitalised words within the sentence, by length",
    "digits": "whether it has any",
    "length": "logarithm of the number of words",
    "dangling": "opens with a word that points to the sentence before",
    "first": "first sentence of its passage",
    "lead": "first sentence of its article",
    "place in passage": "one over the position",
    "rank": "one over the rank of the passage",
    "centrality": "cosine with the mean of all sentences",
    "agreement": "highest cosine with a sentence of another article",
    "pool": "logarithm of the number of sentences",
}

Matrix = NDArray[np.float64]


@lru_cache(maxsize=1)
def _static() -> StaticEmbeddings:
    return StaticEmbeddings()


def scoring_model(embeddings: Embeddings) -> StaticEmbeddings:
    """The bundled model: the weights are fitted to its cosines, whatever model the library was embedded with."""
    return embeddings if isinstance(embeddings, StaticEmbeddings) else _static()


def read_evidence(asked: AskedFor, pool: Sequence[Candidate], embeddings: Embeddings) -> Reading:
    """Measure every sentence of a pool, which must not be empty, against every part of a question."""
    tables = _Tables(asked, tuple(pool), scoring_model(embeddings))
    features = np.stack([_measure(part, number, tables) for number, part in enumerate(asked.parts)])
    return Reading(asked, tables.pool, features, tables.sentences, tuple(tables.asked_words), tables.hits)


@dataclass(frozen=True)
class Reading:
    """Evidence read against a question.

    `features` has the shape (parts, sentences, features) in the order of FEATURES; `vectors` (sentences, dimension);
    `hits` how well a word of the question, one of `asked_words`, is met by a sentence: (words, sentences), 0 to 1.
    """

    asked: AskedFor
    pool: tuple[Candidate, ...]
    features: Matrix
    vectors: NDArray[np.float32]
    asked_words: tuple[str, ...]
    hits: Matrix

    @property
    def in_one(self) -> bool:
        """Whether all sentences are of one passage: somebody chose it, and its neighbours are all there is."""
        return len({item.evidence.number for item in self.pool}) == 1

    def of(self, feature: str, part: int) -> Matrix:
        """One feature of all sentences for a part."""
        return np.asarray(self.features[part, :, list(FEATURES).index(feature)])


class _Tables:
    """What all parts of a question share: words, vectors and which word is met where."""

    def __init__(self, asked: AskedFor, pool: tuple[Candidate, ...], model: StaticEmbeddings) -> None:
        self.asked, self.pool = asked, pool
        self.said = frozenset(words(asked.text))
        self.spans = [spans(item.sentence.text) for item in pool]
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
        return np.asarray(np.maximum(soft, np.equal.outer(wanted, present)))

    def _hits(self, indices: Sequence[NDArray[np.int_]]) -> Matrix:
        hits = np.zeros((len(self.asked_words), len(indices)))
        for column, index in enumerate(indices):
            if len(index):
                hits[:, column] = self.matches[:, index].max(axis=1)
        return hits

    def _rarity(self) -> Matrix:
        """Inverse document frequency of the question's words over the sentences, at most 1."""
        frequency = Counter(stem for item in self.pool for stem in item.stems)
        weights = np.array([math.log(1 + len(self.pool) / (frequency[stem(word)] or 0.5)) for word in self.asked_words])
        return np.asarray(weights / weights.max(initial=1e-9))

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
    def passages(self) -> NDArray[np.floating]:
        """The mean vector of each sentence's passage."""
        return _unit(self.together @ self.sentences)

    @cached_property
    def shared(self) -> dict[str, Matrix]:
        """The features that are the same for all parts."""
        pool, count = self.pool, len(self.pool)
        texts = [item.sentence.text for item in pool]
        lengths = np.array([len(spoken) for spoken in self.spans], dtype=float)
        in_passage = np.stack([self.hits[:, together].max(axis=1) for together in self.together], axis=1)
        whole = self.rarity / self.rarity.sum()
        focus = self.rarity[:, None] * (1 - IN_TITLE * self.in_title)
        focused = _share((focus * self.hits).sum(axis=0), focus.sum(axis=0))
        aims = _unit((self.asked_vectors.T @ focus).T)
        aimed = (self.sentences * aims).sum(axis=1)
        articles = np.unique([item.evidence.article.id for item in pool], return_inverse=True)[1]
        alike = np.where(articles[:, None] != articles[None, :], self.sentences @ self.sentences.T, 0)
        question = self.part_vectors[-1]
        first = np.array([item.position == 1 for item in pool], dtype=float)
        known = self.matches.max(axis=0) >= NEW_BELOW
        content = np.array([word not in STOP_WORDS for word in self.vocabulary], dtype=bool)
        return {
            "context": whole @ np.maximum(self.hits, np.maximum(IN_CONTEXT * in_passage, IN_CONTEXT * self.in_title)),
            "focus": focused,
            "focus gap": focused - focused.max(),
            "focus similarity": aimed,
            "focus similarity gap": aimed - aimed.max(),
            "with title similarity": _unit(self.title_vectors + self.sentences) @ question,
            "title similarity": self.title_vectors @ question,
            "word pairs": self._word_pairs(),
            "new words": np.array(
                [
                    float((content[index] & ~known[index]).sum()) / max(1, int(content[index].sum()))
                    for index in self.indices
                ]
            ),
            "names": np.array([len(_CAPITALISED.findall(text)) for text in texts]) / np.maximum(lengths, 5),
            "digits": np.array([any(char.isdigit() for char in text) for text in texts], dtype=float),
            "length": np.log(np.maximum(lengths, 1)),
            "dangling": np.array([is_dangling(text) for text in texts], dtype=float),
            "first": first,
            "lead": first * np.array([item.evidence.passage.ordinal == 0 for item in pool]),
            "place in passage": 1 / np.array([item.position for item in pool]),
            "rank": 1 / np.array([item.evidence.number for item in pool]),
            "centrality": self.sentences @ _unit(self.sentences.mean(axis=0)[None])[0],
            "agreement": alike.max(axis=1),
            "pool": np.full(count, math.log(count)),
        }

    def _word_pairs(self) -> Matrix:
        asked = words(self.asked.text)
        pairs = set(pairwise(asked))
        heard = [[word for _, word in spoken] for spoken in self.spans]
        return np.array([sum(pair in pairs for pair in pairwise(said)) / max(1, len(pairs)) for said in heard])


_CAPITALISED = regex.compile(r"(?<=[\p{Ll},] )\p{Lu}")


def _measure(part: Part, number: int, tables: _Tables) -> Matrix:
    """The features of all sentences for one part, shape (sentences, features)."""
    place = {word: index for index, word in enumerate(tables.asked_words)}
    own = [place[word] for word in dict.fromkeys(words(_full(part))) if word in place] or list(place.values())
    weights = tables.rarity[own] / tables.rarity[own].sum()
    hits = tables.hits[own]
    # A sentence at the edge of its passage has no neighbour there.
    missing = np.arange(len(tables.pool))
    before = np.where(tables.before == missing, 0, hits[:, tables.before])
    after = np.where(tables.after == missing, 0, hits[:, tables.after])
    covered = weights @ hits
    similar = tables.sentences @ tables.part_vectors[number]
    has, near = _nearness(part, own, weights, tables)
    typed = part.wants != "anything"
    values = {
        **tables.shared,
        "coverage": covered,
        "coverage gap": covered - covered.max(),
        "neighbours": weights @ np.maximum(hits, IN_NEIGHBOUR * np.maximum(before, after)) - covered,
        "similarity": similar,
        "similarity gap": similar - similar.max(),
        "with next similarity": _unit(tables.sentences + tables.sentences[tables.after]) @ tables.part_vectors[number],
        "passage similarity": tables.passages @ tables.part_vectors[number],
        "nearness": near,
        "nearness gap": near - near.max(),
        "lacks kind": typed * (1 - has),
        **{f"has {kind}": has * (part.wants == kind) for kind in KINDS},
    }
    return np.stack([values[name] for name in FEATURES], axis=1).astype(np.float64)


def _nearness(part: Part, own: list[int], weights: Matrix, tables: _Tables) -> tuple[Matrix, Matrix]:
    """Whether each sentence shows what the part wants, and how much of the part stands around it."""
    has, near = np.zeros(len(tables.pool)), np.zeros(len(tables.pool))
    matches = tables.matches[own]
    for column, (item, spoken) in enumerate(zip(tables.pool, tables.spans, strict=True)):
        found = list(signs(part, item.sentence.text, tables.said)) if spoken else []
        if not found:
            continue
        starts = [start for start, _ in spoken]
        at = np.searchsorted(starts, [start + 1 for start, _ in found]) - 1
        decay = np.exp(-np.abs(np.arange(len(starts))[:, None] - at[None, :]) / REACH)
        close = (matches[:, tables.indices[column]][:, :, None] * decay[None]).max(axis=1)
        has[column], near[column] = 1, float((weights @ close).max())
    return has, near


def _asked_words(asked: AskedFor) -> list[str]:
    """The words of the question that carry meaning; all of its words when none does."""
    said = [word for part in asked.parts for word in words(_full(part))]
    telling = [word for word in [*said, *words(asked.text)] if word not in STOP_WORDS]
    return list(dict.fromkeys(telling or said)) or [""]


def _full(part: Part) -> str:
    return " ".join([part.text, *part.names])


def _share(some: Matrix, every: Matrix) -> Matrix:
    return np.asarray(some / np.maximum(every, 1e-9))


def _unit(vectors: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))
