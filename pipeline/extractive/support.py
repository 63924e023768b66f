"""Whether a sentence bears what a part of a question asks: the relation, of these names, with the kind of thing wanted.

A near miss has the names and the words of a question, but never together, or with another predicate. So the words are
looked for in one place: the sentence and what is around it (`meeting`), its clauses (`clauses`), and what stands near
something of the wanted kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from pipeline.attribution.frames import voices
from pipeline.extractive.clauses import CLAUSES, measure, read_clauses, saying
from pipeline.extractive.features import Reading
from pipeline.extractive.frames import frame_of
from pipeline.extractive.meeting import MET, WORTH, Meeting, denied, worth_of
from pipeline.extractive.relation import Relation, read_relation
from pipeline.extractive.signs import Span
from pipeline.extractive.slots import Slot, slots, wanted
from pipeline.extractive.tables import Matrix, unit
from pipeline.grounding.reporting import PRONOUNS
from pipeline.questions import Part, stem, words

# A word with which a question words itself ("describe", "first") counts for so much.
LIGHT = 0.35
# A word counts for a sign of the answer with exp(-distance / REACH), the distance in words.
REACH = 6.0
# So many of the sentences are nearest by each measure.
NEAREST = 2
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
    "reason": "whether a sign of a cause stands in it, when a reason is wanted",
    "reason near": "share of the relation's words around it",
    "name at head": "how well what is asked for by name is met beside a new name",
    "only a kind": "how well what is asked for by name is met, when no new name stands in it",
    "speaker": "who is asked for their word gives it, when a saying is wanted",
    "spoken of": "the same, times the share of the telling words that the sentence has",
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
    **CLAUSES,
}
"""What is measured of a sentence."""

# What is recognised for certain: a sentence without it does not answer.
FIGURES: frozenset[Slot] = frozenset(("age", "duration", "money", "share", "count", "measure", "year", "date"))
NAMED: frozenset[Slot] = frozenset(("name", "place", "quote"))


_PRONOUNS = frozenset(map(stem, PRONOUNS))


class Support:
    """The sentences of a reading held against the relation that each part asks for."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tables = reading.tables
        self.met = Meeting(reading.tables)
        self.relations = tuple(read_relation(reading, part) for part in reading.asked.parts)
        self._kept: dict[tuple[str, str], list[Span]] = {}
        self._measured: tuple[Matrix, Matrix] | None = None

    def features(self, scores: Matrix) -> Matrix:
        """The values of SUPPORT, (parts, sentences, features), by the scores (parts, sentences); measured once."""
        if self._measured is None or self._measured[0] is not scores:
            rows = [self._measure(number, scores[number]) for number in range(len(self.relations))]
            self._measured = scores, np.stack(rows)
        return self._measured[1]

    def found(self, part: Part) -> list[bool]:
        """Which sentences have something of the kind that a part wants."""
        return [bool(self._found(part, item.resolved)) for item in self.tables.pool]

    def nearest(self, number: int, row: Matrix) -> list[int]:
        """The sentences nearest to a part: by the scores (`row`), and by its words and names, the best first."""
        relation = self.relations[number]
        asked, names = list(relation.telling or relation.words), list(relation.names)
        told = self.met.near[asked].mean(axis=0) if asked else np.ones(len(row))
        named = self.met.near[names].mean(axis=0) if names else np.ones(len(row))
        ranked = [np.argsort(-order, kind="stable")[:NEAREST].tolist() for order in (row, told * named)]
        return list(dict.fromkeys(index for each in ranked for index in each))

    def _measure(self, number: int, row: Matrix) -> Matrix:
        tables, relation, part = self.tables, self.relations[number], self.reading.asked.parts[number]
        count = len(tables.pool)
        asked, telling, names = list(relation.words), list(relation.telling), list(relation.names)
        figures = list(relation.figures)
        weights = np.array([1.0 if index in telling else LIGHT for index in asked])
        share = weights / weights.sum() if asked else weights
        others = [index for index in telling if index != relation.head]
        head = relation.head
        has, around, counted, named = self._slots(part, relation, share)
        pairs, least_pair = self._pairs(number)
        kind = wanted(part)
        figure, name, reason = float(kind in FIGURES), float(kind in NAMED), float(kind == "reason")
        speaker = self._speaker(part)
        aim = unit((share @ tables.asked_vectors[asked])[None])[0] if asked else tables.part_vectors[number]
        full_share = np.ones(count)
        near = share @ self.met.near[asked] if asked else full_share
        names_near = self.met.near[names].mean(axis=0) if names else full_share
        negated, opposed = self._turned(part, telling)
        values = {
            "here": share @ self.met.here[asked] if asked else full_share,
            "near": near,
            "passage": share @ self.met.passage[asked] if asked else full_share,
            "stems": share @ self.met.stems[asked] if asked else full_share,
            "least": self.met.near[telling].min(axis=0) if telling else full_share,
            "least passage": self.met.passage[telling].min(axis=0) if telling else full_share,
            "most": self.met.near[telling].max(axis=0) if telling else full_share,
            "unmet": (self.met.near[telling] < MET).sum(axis=0) if telling else np.zeros(count),
            "head": self.met.near[head] if head is not None else np.zeros(count),
            "head here": self.met.here[head] if head is not None else np.zeros(count),
            "no head": full_share * (head is None),
            "predicate": self.met.here[others].mean(axis=0) if others else full_share,
            "names here": self.met.here[names].mean(axis=0) if names else full_share,
            "names near": names_near,
            "names passage": self.met.passage[names].mean(axis=0) if names else full_share,
            "joint": near * names_near,
            "slot": figure * has,
            "slot near": figure * around,
            "slot counted": counted if kind == "count" and relation.head is not None else figure * has,
            "name": name * has,
            "name near": name * around,
            "reason": reason * has,
            "reason near": reason * around,
            "name at head": name * (counted if head is not None else has),
            "only a kind": name * (1 - has) * (self.met.here[head] if head is not None else 0.0),
            "speaker": speaker,
            "spoken of": speaker * (self.met.here[telling].mean(axis=0) if telling else full_share),
            "untyped": full_share * (1 - figure - name - reason),
            "names at slot": named,
            "pairs": pairs,
            "least pair": least_pair,
            "relation similarity": tables.sentences @ aim,
            "similarity": tables.sentences @ tables.part_vectors[number],
            "score": row - row.max(),
            "negated": negated,
            "opposed": opposed,
            "figures": self.met.passage[figures].round().mean(axis=0) if figures else full_share,
            "length": np.log([max(1, len(spoken)) for spoken in tables.spans]),
            **dict(zip(CLAUSES, self._clauses(part).T, strict=True)),
        }
        return np.stack([values[name] for name in SUPPORT], axis=1).astype(np.float64)

    def _slots(self, part: Part, relation: Relation, share: Matrix) -> tuple[Matrix, Matrix, Matrix, Matrix]:
        """Whether a sentence has what is wanted, how much of the relation stands around it, and what it counts."""
        tables, asked = self.tables, list(relation.words)
        has, near, met, named = (np.zeros(len(tables.pool)) for _ in range(4))
        for column, (item, spoken) in enumerate(zip(tables.pool, tables.spans, strict=True)):
            found = self._found(part, item.resolved)
            if not found or not spoken:
                continue
            starts = np.array([start for start, _ in spoken])
            index = tables.indices[column]
            has[column] = 1
            for start, end in found:
                first, after = int(np.searchsorted(starts, start, "left")), int(np.searchsorted(starts, end, "left"))
                distance = np.maximum(0, np.maximum(first - np.arange(len(starts)), np.arange(len(starts)) - after + 1))
                decay = np.exp(-distance / REACH)
                close = self.met.soft[:, index] * decay
                if asked:
                    near[column] = max(near[column], float(share @ close[asked].max(axis=1)))
                if relation.names:
                    named[column] = max(named[column], float(close[list(relation.names)].max(axis=1).mean()))
                if relation.head is not None:
                    behind = self.met.soft[
                        relation.head, index[max(0, first - COUNTED_WITHIN // 2) : after + COUNTED_WITHIN]
                    ]
                    met[column] = max(met[column], float(behind.max(initial=0.0)))
        return has, near if asked else has, met, named

    def _found(self, part: Part, text: str) -> list[Span]:
        """What a text has of the kind that a part wants."""
        key = (part.text, text)
        if key not in self._kept:
            self._kept[key] = list(slots(part, text, self.tables.said))
        return self._kept[key]

    def _clauses(self, part: Part) -> Matrix:
        """The values of CLAUSES of each sentence, (sentences, features)."""
        tables, vocabulary = self.tables, list(self.tables.vocabulary)
        place = {word: index for index, word in enumerate(tables.asked_words)}
        frame = frame_of(part.text)
        doer, done = (tuple(word for word in side if word in place) for side in (frame.doer, frame.done))
        frame = replace(frame, doer=doer, done=done)
        of_saying = saying(frame.predicate, vocabulary)
        met = self.met.soft[place[frame.predicate]] if frame.predicate in place else of_saying
        worth = np.maximum(met, of_saying)
        rows = np.zeros((len(tables.pool), len(CLAUSES)))
        for column, (item, spoken) in enumerate(zip(tables.pool, tables.spans, strict=True)):
            if not spoken:
                continue
            index = tables.indices[column]
            sides = {word: self.met.soft[place[word]][index] for word in (*frame.doer, *frame.done)}
            outside = {
                word: max(self.met.beside[place[word], column], self.met.titles[place[word], column]) for word in sides
            }
            clauses = read_clauses(item.resolved, spoken, self._found(part, item.resolved))
            rows[column] = measure(frame, part, clauses, worth[index], sides, outside, tables.said)
        return rows

    def _speaker(self, part: Part) -> Matrix:
        """Whether each sentence gives the word of those whose saying a part wants; half when it does not say who."""
        given, frame = np.zeros(len(self.tables.pool)), frame_of(part.text)
        if wanted(part) != "quote" or not frame.doer:
            return given
        doer = frozenset(map(stem, frame.doer))
        for column, item in enumerate(self.tables.pool):
            for voice in voices(item.resolved):
                told = frozenset(map(stem, words(voice.words)))
                unnamed = not told or told <= _PRONOUNS
                given[column] = max(given[column], 0.5 if unnamed else float(not told.isdisjoint(doer)))
        return given

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
            worth = self.met.soft[asked][:, index]
            place = np.arange(len(index))
            decay = np.exp(-np.maximum(0, np.abs(place[:, None] - place[None, :]) - 1) / REACH)
            close = [float((one[:, None] * other[None, :] * decay).max()) for one, other in pairwise(worth)]
            average[column], least[column] = np.mean(close), min(close)
        return average, least

    def _turned(self, part: Part, telling: Sequence[int]) -> tuple[Matrix, Matrix]:
        """Which sentences deny a telling word that the question does not, and which have the opposite of one."""
        refused = np.zeros(len(self.tables.pool))
        if denied(part.text):
            return refused, refused
        asked = list(telling)
        for column, item in enumerate(self.tables.pool):
            scope = denied(item.sentence.text)
            wanted = [self.tables.asked_words[index] for index in asked] if scope else []
            refused[column] = any(worth_of(word, other) >= WORTH["wider"] for word in wanted for other in scope)
        turned = self.met.met(self.met.contrary(asked)) * (self.met.here[asked] < 1)
        return refused, turned.max(axis=0, initial=0.0)
