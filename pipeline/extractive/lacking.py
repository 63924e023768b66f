"""What is missing for an answer, in a sentence: the premise that does not hold, the period, the relation, the kind.

The library speaks of “Aleppo” (1 article), but no sentence found says “fall” of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.extractive.frames import frame_of
from pipeline.extractive.gaps import missing_periods
from pipeline.extractive.meeting import MET, contradicts, denies, says
from pipeline.extractive.refusing import absent, quoted, told, unconnected, unspoken
from pipeline.extractive.relation import QUESTION_WORD, Relation
from pipeline.extractive.slots import Slot, wanted
from pipeline.extractive.support import Support

# Sentences that have so much of the names, with their passage, of what the best has, speak of them.
OF_NAMES = 0.9
# A sentence that turns the question's premise has so much of the names.
ABOUT = 2 / 3

_KINDS: dict[Slot, str] = {
    "age": "an age",
    "duration": "a length of time",
    "money": "a sum",
    "share": "a share",
    "count": "a number",
    "measure": "a measure",
    "year": "a year",
    "date": "a time",
    "name": "a name",
    "place": "a place",
    "reason": "a reason",
}


def lacking(support: Support, number: int) -> str:
    """What part `number` asks that is not there."""
    reading, relation = support.reading, support.relations[number]
    part = reading.asked.parts[number]
    evidence = tuple({item.evidence.number: item.evidence for item in reading.pool}.values())
    if gone := absent(reading.asked, evidence):
        return gone
    if against := turned(support, number):
        index, word = against
        return f"The question supposes “{word}”, but {told(reading, index)}."
    if plain := unconnected(reading) or unspoken(reading):
        return plain
    if periods := missing_periods(reading, part):
        return f"What is found on this is not of {' or '.join(periods)}."
    here = _of_names(support, relation)
    unmet = [index for index in relation.telling if support.met.near[index, here].max(initial=0.0) < MET]
    words = [reading.tables.asked_words[index] for index in unmet]
    kind, asked = _KINDS.get(wanted(part), ""), part.text.rstrip("?. ")
    if words:
        what = f"speaks of {quoted(words)}" + (" there" if relation.names else "")
    else:
        what = f"gives {kind} for “{asked}”" if kind else f"answers “{asked}”"
    return _sentence(f"{_spoken_of(support, here)}no sentence found {what}.")


def _of_names(support: Support, relation: Relation) -> NDArray[np.bool_]:
    """Which sentences speak of the names, with their passage; all when there are none."""
    if not relation.names:
        return np.ones(len(support.tables.pool), dtype=bool)
    share = support.met.passage[list(relation.names)].mean(axis=0)
    return np.asarray(share >= OF_NAMES * share.max())


def _spoken_of(support: Support, here: NDArray[np.bool_]) -> str:
    """ "The library speaks of “Aleppo” (2 articles), but ", or nothing when the question has no name."""
    names = support.reading.asked.names
    if not names:
        return ""
    found = {item.evidence.article.id for item, speaks in zip(support.tables.pool, here, strict=True) if speaks}
    counted = f"{len(found)} article{'s' if len(found) > 1 else ''} found"
    return f"The library speaks of {quoted(names, 'and')} ({counted}), but "


def turned(support: Support, number: int) -> tuple[int, str] | None:
    """The sentence that denies what a part supposes, or says its opposite, and the word for it; None without one.

    "Why did the mayor resign?" supposes a resigning; "did the mayor resign?" supposes nothing. A sentence turns it that
    has the names, or without names the other words, when no other one that has them says it.
    """
    part, relation = support.reading.asked.parts[number], support.relations[number]
    place = {support.tables.asked_words[index]: index for index in relation.telling}
    predicate = frame_of(part.text).predicate
    if predicate not in place or not QUESTION_WORD.search(part.text):
        return None
    of = list(relation.names) or [index for index in relation.telling if index != place[predicate]]
    if not of:
        return None
    here = np.flatnonzero(support.met.here[of].mean(axis=0) >= ABOUT).tolist()
    texts = {index: support.tables.pool[index].sentence.text for index in here}
    against = [index for index in here if denies(texts[index], predicate) or contradicts(texts[index], predicate)]
    if not against or any(says(texts[index], predicate) for index in here if index not in against):
        return None
    return max(against, key=lambda index: support.met.near[list(relation.words), index].mean()), predicate


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
