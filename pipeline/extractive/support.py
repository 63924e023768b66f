"""Whether a sentence bears what a part of a question asks: the relation, of these names, with the kind of thing wanted.

A near miss has the names and the words of a question, but never together, or with another predicate. So the words are
looked for in one place: the sentence, less so the ones beside it, its title, its passage. Words are akin by stem, by
WordNet (`pipeline.wordnet`), or softly by their embeddings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
import regex

from pipeline.extractive.features import Reading
from pipeline.extractive.slots import Slot, slots, wanted
from pipeline.extractive.tables import Matrix, full, unit
from pipeline.extractive.wording import is_light, senses
from pipeline.grounding.denials import denials_in
from pipeline.grounding.lexicon import concept_of, opposites
from pipeline.grounding.words import read
from pipeline.questions import STOP_WORDS, Part, stem, words
from pipeline.wordnet import Relation as Kinship
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
# Cosines of static embeddings from here on count, and how much at most.
CHANCE, AT_MOST = 0.25, 0.9
# What a word is worth in the sentence beside, in the title, and elsewhere in the passage.
BESIDE, TITLE, PASSAGE = 0.85, 0.85, 0.6
# A word with which a question words itself ("describe", "first") counts for so much.
LIGHT = 0.35
# A word is met from here on.
MET = 0.5
# A word counts for a sign of the answer with exp(-distance / REACH), the distance in words.
REACH = 6.0
# What is counted stands at most so many words behind the number, or half as many before it.
COUNTED_WITHIN = 4

SUPPORT: dict[str, str] = {
    "here": "share of the relation's words that the sentence has",
    "near": "the same, with those beside it and the title",
    "passage": "the same, with its passage",
    "stems": "share that it has by stem or sense alone",
    "least": "how well the least met of the telling words is met, near",
    "least passage": "the same, in the passage",
    "most": "how well the best met of them is met, near",
    "unmet": "how many telling words are not met near",
    "head": "how well what is asked for is met near (`head` in “what verdict”)",
    "head here": "the same, in the sentence",
    "no head": "whether no such thing is named",
    "predicate": "share of the telling words but the head that the sentence has",
    "names here": "share of the names' words that the sentence has",
    "names near": "the same, with those beside it and the title",
    "names passage": "the same, with its passage",
    "joint": "near, times names near",
    "slot": "whether something of the wanted kind stands in it, when that is a figure or a time",
    "slot near": "share of the relation's words around it",
    "slot counted": "what is counted stands beside a number, or nothing is counted",
    "name": "whether a name, a place or a saying stands in it, when that is wanted",
    "name near": "share of the relation's words around it",
    "untyped": "whether any kind of thing would do",
    "names at slot": "share of the names around what is wanted",
    "pairs": "how close words that stand beside one another in the question stand here, on average",
    "least pair": "the same, for the pair that is furthest apart",
    "relation similarity": "cosine with the words of the relation",
    "similarity": "cosine with the part",
    "score": "how far its score is below the best",
    "negated": "says no, and the question does not",
    "opposed": "has the opposite of a telling word that is not met",
    "figures": "share of the question's numbers that the passage has",
    "length": "logarithm of the number of words",
}

_SENTENCE_END = regex.compile(r"(?<=[.!?])\s+")
_QUESTION_WORD = regex.compile(r"\b(?:when|where|who|whom|whose|what|which|why|how)\b", regex.IGNORECASE)
_NOUNS = r"((?:[\p{L}\d’'\-]+\s+){0,4}?[\p{L}’'\-]+)"
_AFTER_HEAD = (
    r"(?=\s+(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|of|in|on|at|to|for|from|with|by|that|"
    r"who|which|about)\b|\s+\p{Ll}+ed\b|\s*[?.,;]|\s*$)"
)
# "How many people", "which company", "what is the top speed of": what is asked for, by its last word.
_HEADS = tuple(
    regex.compile(pattern + _NOUNS + _AFTER_HEAD, regex.IGNORECASE)
    for pattern in (
        r"\b(?:how many|how much|whose)\s+",
        r"\b(?:what|which)\s+(?!(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)\b)",
        r"\b(?:what|who)(?:[’']s| is| was| are| were)\s+(?:the|a|an|his|her|its|their)\s+",
    )
)
# What is recognised for certain: a sentence without it does not answer.
FIGURES: frozenset[Slot] = frozenset(("age", "duration", "money", "share", "count", "measure", "year", "date"))
NAMED: frozenset[Slot] = frozenset(("name", "place", "quote"))


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part asks of its names, as indices of the question's words.

    `words` are all that are no names and no figures; `telling` those of them that are not light; `head` what is asked
    for, None when only a question word says it; `figures` the numbers and `names` the words of names.
    """

    words: tuple[int, ...]
    telling: tuple[int, ...]
    head: int | None
    figures: tuple[int, ...]
    names: tuple[int, ...]


class Support:
    """The sentences of a reading held against the relation that each part asks for."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tables = reading.tables
        self.relations = tuple(_relation(reading, part) for part in reading.asked.parts)

    @cached_property
    def kin(self) -> Matrix:
        """How much each word of the evidence is worth to each of the question, by stem, sense and WordNet."""
        vocabulary = list(self.tables.vocabulary)
        worth = np.zeros((len(self.tables.asked_words), len(vocabulary)))
        for row, asked in enumerate(self.tables.asked_words):
            if _is_figure(asked):
                worth[row] = [float(word == asked) for word in vocabulary]
            else:
                worth[row] = [
                    0.0 if word in STOP_WORDS or _is_figure(word) else _worth(asked, word) for word in vocabulary
                ]
        return worth

    @cached_property
    def soft(self) -> Matrix:
        """The same, and softly by embeddings."""
        tables = self.tables
        cosines = np.clip((tables.asked_vectors @ tables.vocabulary_vectors.T - CHANCE) / (1 - CHANCE), 0, AT_MOST)
        cosines[[_is_figure(word) for word in tables.asked_words]] = 0
        cosines[:, [word in STOP_WORDS for word in tables.vocabulary]] = 0
        return np.asarray(np.maximum(self.kin, cosines), dtype=np.float64)

    @cached_property
    def here(self) -> Matrix:
        """How well a word of the question is met by a sentence, (words, sentences)."""
        return self._met(self.soft)

    @cached_property
    def near(self) -> Matrix:
        """The same, by those beside it and its title too."""
        return np.maximum(self.here, np.maximum(BESIDE * self._beside, TITLE * self._titles))

    @cached_property
    def passage(self) -> Matrix:
        """The same, by its whole passage too."""
        whole = np.stack([self.here[:, together].max(axis=1) for together in self.tables.together], axis=1)
        return np.maximum(self.near, PASSAGE * whole)

    @cached_property
    def _stems(self) -> Matrix:
        return self._met((self.kin == 1.0).astype(np.float64))

    @cached_property
    def _beside(self) -> Matrix:
        tables, own = self.tables, np.arange(len(self.tables.pool))
        before = np.where(tables.before == own, 0, self.here[:, tables.before])
        after = np.where(tables.after == own, 0, self.here[:, tables.after])
        return np.maximum(before, after)

    @cached_property
    def _titles(self) -> Matrix:
        columns = {}
        for key, title in self.tables.titles.items():
            at = [self.tables.vocabulary[word] for word in words(title)]
            columns[key] = self.soft[:, at].max(axis=1) if at else np.zeros(len(self.soft))
        return np.stack([columns[item.evidence.article.id] for item in self.tables.pool], axis=1)

    def _met(self, worth: Matrix) -> Matrix:
        met = np.zeros((len(worth), len(self.tables.pool)))
        for column, index in enumerate(self.tables.indices):
            if len(index):
                met[:, column] = worth[:, index].max(axis=1)
        return met

    def features(self, scores: Matrix) -> Matrix:
        """The values of SUPPORT, (parts, sentences, features), by the scores (parts, sentences)."""
        return np.stack([self._measure(number, scores[number]) for number in range(len(self.relations))])

    def _measure(self, number: int, row: Matrix) -> Matrix:
        tables, relation, part = self.tables, self.relations[number], self.reading.asked.parts[number]
        count = len(tables.pool)
        asked, telling, names = list(relation.words), list(relation.telling), list(relation.names)
        weights = np.array([1.0 if index in telling else LIGHT for index in asked])
        share = weights / weights.sum() if asked else weights
        others = [index for index in telling if index != relation.head]
        head = relation.head
        has, around, counted, named = self._slots(part, relation, share)
        pairs, least_pair = self._pairs(number)
        kind = wanted(part)
        figure, name = float(kind in FIGURES), float(kind in NAMED)
        aim = unit((share @ tables.asked_vectors[asked])[None])[0] if asked else tables.part_vectors[number]
        full_share = np.ones(count)
        near = share @ self.near[asked] if asked else full_share
        names_near = self.near[names].mean(axis=0) if names else full_share
        denied, against = self._turned(part, telling)
        values = {
            "here": share @ self.here[asked] if asked else full_share,
            "near": near,
            "passage": share @ self.passage[asked] if asked else full_share,
            "stems": share @ self._stems[asked] if asked else full_share,
            "least": self.near[telling].min(axis=0) if telling else full_share,
            "least passage": self.passage[telling].min(axis=0) if telling else full_share,
            "most": self.near[telling].max(axis=0) if telling else full_share,
            "unmet": (self.near[telling] < MET).sum(axis=0) if telling else np.zeros(count),
            "head": self.near[head] if head is not None else np.zeros(count),
            "head here": self.here[head] if head is not None else np.zeros(count),
            "no head": full_share * (head is None),
            "predicate": self.here[others].mean(axis=0) if others else full_share,
            "names here": self.here[names].mean(axis=0) if names else full_share,
            "names near": names_near,
            "names passage": self.passage[names].mean(axis=0) if names else full_share,
            "joint": near * names_near,
            "slot": figure * has,
            "slot near": figure * around,
            "slot counted": counted if kind == "count" and relation.head is not None else figure * has,
            "name": name * has,
            "name near": name * around,
            "untyped": full_share * (1 - figure - name),
            "names at slot": named,
            "pairs": pairs,
            "least pair": least_pair,
            "relation similarity": tables.sentences @ aim,
            "similarity": tables.sentences @ tables.part_vectors[number],
            "score": row - row.max(),
            "negated": denied,
            "opposed": against,
            "figures": self.passage[list(relation.figures)].round().mean(axis=0) if relation.figures else full_share,
            "length": np.log([max(1, len(spoken)) for spoken in tables.spans]),
        }
        return np.stack([values[name] for name in SUPPORT], axis=1).astype(np.float64)

    def _slots(self, part: Part, relation: Relation, share: Matrix) -> tuple[Matrix, Matrix, Matrix, Matrix]:
        """Whether a sentence has what is wanted, how much of the relation stands around it, and what it counts."""
        tables, asked = self.tables, list(relation.words)
        has, near, met, named = (np.zeros(len(tables.pool)) for _ in range(4))
        for column, (item, spoken) in enumerate(zip(tables.pool, tables.spans, strict=True)):
            found = list(slots(part, item.resolved, tables.said))
            if not found or not spoken:
                continue
            starts = np.array([start for start, _ in spoken])
            index = tables.indices[column]
            has[column] = 1
            for start, end in found:
                first, after = int(np.searchsorted(starts, start, "left")), int(np.searchsorted(starts, end, "left"))
                distance = np.maximum(0, np.maximum(first - np.arange(len(starts)), np.arange(len(starts)) - after + 1))
                decay = np.exp(-distance / REACH)
                if asked:
                    near[column] = max(near[column], float(share @ (self.soft[asked][:, index] * decay).max(axis=1)))
                if relation.names:
                    held = (self.soft[list(relation.names)][:, index] * decay).max(axis=1).mean()
                    named[column] = max(named[column], float(held))
                if relation.head is not None:
                    behind = self.soft[
                        relation.head, index[max(0, first - COUNTED_WITHIN // 2) : after + COUNTED_WITHIN]
                    ]
                    met[column] = max(met[column], float(behind.max(initial=0.0)))
        return has, near if asked else has, met, named

    def _pairs(self, number: int) -> tuple[Matrix, Matrix]:
        """How close the words of a part that stand beside one another are met in each sentence: on average, at worst.

        1 for neighbours; the words of two that are met far apart are of two clauses.
        """
        relation, tables = self.relations[number], self.tables
        order = sorted((*relation.words, *relation.names))
        asked = [
            index for index in order if index in relation.telling or index in relation.names or index == relation.head
        ]
        asked = asked if len(asked) > 1 else order
        count = len(tables.pool)
        if len(asked) < 2:
            return np.ones(count), np.ones(count)
        average, least = np.zeros(count), np.zeros(count)
        for column, index in enumerate(tables.indices):
            if not len(index):
                continue
            worth = self.soft[asked][:, index]
            place = np.arange(len(index))
            decay = np.exp(-np.maximum(0, np.abs(place[:, None] - place[None, :]) - 1) / REACH)
            close = [float((one[:, None] * other[None, :] * decay).max()) for one, other in pairwise(worth)]
            average[column], least[column] = np.mean(close), min(close)
        return average, least

    def _turned(self, part: Part, telling: Sequence[int]) -> tuple[Matrix, Matrix]:
        """Which sentences deny a telling word that the question does not, and which have the opposite of one."""
        count = len(self.tables.pool)
        denied, against = np.zeros(count), np.zeros(count)
        wanted = [(index, self.tables.asked_words[index]) for index in telling]
        if _denied(part.text):
            return denied, against
        for column, item in enumerate(self.tables.pool):
            scope = _denied(item.sentence.text)
            denied[column] = any(_worth(word, other) >= WORTH["wider"] for _, word in wanted for other in scope)
            against[column] = any(
                self.here[index, column] < 1 and kinship(word, other) == "contrary"
                for index, word in wanted
                for _, other in self.tables.spans[column]
            )
        return denied, against


def _relation(reading: Reading, part: Part) -> Relation:
    tables = reading.tables
    own = tables.own(part)
    names = tuple(index for index in own if tables.named[index])
    figures = tuple(index for index in own if _is_figure(tables.asked_words[index]) and index not in names)
    asking = _asking(part)
    plain = [index for index in own if index not in names and index not in figures]
    found = tuple(index for index in plain if tables.asked_words[index] in asking) or tuple(plain)
    head_word = _head(part)
    head = next((index for index in found if tables.asked_words[index] == head_word), None)
    telling = tuple(index for index in found if not is_light(tables.asked_words[index]))
    return Relation(found, telling, head, figures, names)


def _asking(part: Part) -> frozenset[str]:
    """The words of the sentence that asks: what was said before only leads up to it."""
    sentences = _SENTENCE_END.split(full(part))
    asking = [sentence for sentence in sentences if _QUESTION_WORD.search(sentence)] or sentences
    return frozenset(word for sentence in asking for word in words(sentence))


def _head(part: Part) -> str:
    """What a part asks for by name ("verdict" in "what was the verdict"); empty when a question word says it all."""
    for pattern in _HEADS:
        if match := pattern.search(part.text):
            said = [word for word in words(match.group(1)) if word not in STOP_WORDS]
            if said:
                return said[-1]
    return ""


def denies(text: str, word: str) -> bool:
    """Whether a text denies, at the head of a denial, a word or one much like it."""
    tokens = read(text)
    heads = (tokens[at].lower for denial in denials_in(text) for at in denial.heads)
    return any(_worth(word, head) >= WORTH["wider"] for head in heads)


def contradicts(text: str, word: str) -> bool:
    """Whether a text has the opposite of a word, and not the word itself."""
    said = words(text)
    against = opposites().get(concept_of(word), frozenset())
    turned = any(kinship(word, other) == "contrary" or concept_of(other) in against for other in said)
    return turned and not any(_worth(word, other) == 1 for other in said)


@lru_cache(maxsize=10_000)
def _denied(text: str) -> frozenset[str]:
    """The words that a text denies."""
    tokens = read(text)
    return frozenset(tokens[at].lower for denial in denials_in(text) for at in denial.scope)


@lru_cache(maxsize=200_000)
def _worth(asked: str, word: str) -> float:
    if stem(asked) == stem(word):
        return 1.0
    if not senses(asked).isdisjoint(senses(word)):
        return WORTH["same"]
    return WORTH[kinship(asked, word)]


def _is_figure(word: str) -> bool:
    return any(character.isdigit() for character in word)
