"""What a part of a question turns on that the evidence does not say: a relation, a period.

Evidence may have every name of a question and say nothing of what is asked of it ("what compensation has she received",
when she is quoted on the flood only). So what a part turns on, its words that are neither names nor light, is looked
for where its names are: in their passages, and in their articles. A day, month or year has to be that of a sentence
that speaks of what is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from pipeline.extractive.features import Reading
from pipeline.extractive.tables import Matrix, full
from pipeline.extractive.wording import is_light
from pipeline.grounding import cited_sentence
from pipeline.grounding.date_checks import check_dates
from pipeline.grounding.dates import dates_in
from pipeline.questions import Part, words

# A word is met by one of the same stem or sense, or one whose embedding has this cosine with it, counted from chance.
MET = 0.5
# Names are where so much of them is said as anywhere in the evidence.
NAMED = 0.75
# So much of a name stands for it. That the names of a question stand nowhere together is so for 5% of RealTimeQA's
# questions with an answer, and 14% of those whose evidence does not say.
OF_A_NAME = 2 / 3
# A sentence speaks of what is asked when it has, with those beside it, this share of what the best one has.
SPEAKS = 0.6

_SENTENCE_END = regex.compile(r"(?<=[.!?])\s+")
_QUESTION_WORD = regex.compile(r"\b(?:when|where|who|whom|whose|what|which|why|how)\b", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """The words that a part turns on, and which of them no article with its names says, and no passage with them."""

    turning: tuple[str, ...]
    in_articles: tuple[str, ...]
    in_passages: tuple[str, ...]

    @property
    def share_in_articles(self) -> float:
        return len(self.in_articles) / len(self.turning) if self.turning else 0.0

    @property
    def share_in_passages(self) -> float:
        return len(self.in_passages) / len(self.turning) if self.turning else 0.0


def unsaid(reading: Reading, part: Part) -> Unsaid:
    """What a part turns on, and what of it is not said of its names."""
    tables = reading.tables
    turning = [index for index in tables.own(part) if tables.asked_words[index] in _turning(part)]
    turning = [index for index in turning if not tables.named[index]]
    in_passages = np.maximum(tables.in_passage, tables.in_title)
    return Unsaid(
        tuple(tables.asked_words[index] for index in turning),
        _unmet(reading, turning, tables.in_article),
        _unmet(reading, turning, in_passages),
    )


def names_apart(reading: Reading) -> tuple[str, ...]:
    """The names of a question when no sentence, with those beside it and its title, has all of them; else none."""
    tables = reading.tables
    place = {word: index for index, word in enumerate(tables.asked_words)}
    units = [[place[word] for word in words(name) if word in place] for name in reading.asked.names]
    units = [unit for unit in units if unit]
    if len(units) < 2:
        return ()
    here = np.maximum(tables.hits, np.maximum(tables.beside, tables.in_title)) >= MET
    together = np.all([here[unit].mean(axis=0) >= OF_A_NAME for unit in units], axis=0)
    return () if together.any() else reading.asked.names


def missing_periods(reading: Reading, part: Part) -> tuple[str, ...]:
    """The days, months and years of a part, as written, that are of no sentence that speaks of what it asks.

    When a number is wanted, the sentence has to have one.
    """
    asked = [mention for mention in dates_in(full(part)) if mention.shift is None]
    if not asked:
        return ()
    lacks = reading.of("lacks kind", reading.asked.parts.index(part)) * (part.wants == "number")
    sentences = [
        cited_sentence(reading.pool[index].evidence, reading.pool[index].position - 1)
        for index in speaking(reading, part)
        if not lacks[index]
    ]
    return tuple(dict.fromkeys(each.words for each in asked if check_dates(each.words, sentences)))


def speaking(reading: Reading, part: Part) -> list[int]:
    """The sentences that speak, with those beside them, of what a part asks: of what it turns on, and of its names."""
    tables = reading.tables
    own = [index for index in tables.own(part) if not any(char.isdigit() for char in tables.asked_words[index])]
    turning = [index for index in own if tables.asked_words[index] in _turning(part) and not tables.named[index]] or own
    near = np.maximum(tables.hits, np.maximum(tables.beside, tables.in_title))[turning].mean(axis=0)
    near = np.where(_with_names(reading, np.maximum(tables.in_passage, tables.in_title)), near, 0.0)
    return np.flatnonzero(near >= SPEAKS * near.max()).tolist()


def _turning(part: Part) -> frozenset[str]:
    """The words of the sentence that asks, without the light ones: what was said before only leads up to it."""
    sentences = _SENTENCE_END.split(part.text)
    asking = [sentence for sentence in sentences if _QUESTION_WORD.search(sentence)] or sentences
    return frozenset(word for sentence in asking for word in words(sentence) if not is_light(word))


def _unmet(reading: Reading, turning: Sequence[int], found: Matrix) -> tuple[str, ...]:
    """Which words are met nowhere among the sentences with the names, `found` being (words, sentences)."""
    best = found[:, _with_names(reading, found)].max(axis=1)
    return tuple(reading.tables.asked_words[index] for index in turning if best[index] < MET)


def _with_names(reading: Reading, found: Matrix) -> NDArray[np.bool_]:
    """Where the question's names are, as far as anywhere; everywhere when it has none."""
    named = np.flatnonzero(reading.tables.named)
    if not len(named):
        return np.ones(len(reading.pool), dtype=bool)
    share = found[named].mean(axis=0)
    return np.asarray(share >= NAMED * share.max())
