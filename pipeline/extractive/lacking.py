"""What is missing for an answer, in a sentence: the premise that does not hold, the period, the relation, the kind.

The library speaks of “Aleppo” (1 article), but no sentence found says “fall” of it.
"""

from __future__ import annotations

import numpy as np
import regex
from numpy.typing import NDArray

from pipeline.extractive.frames import frame_of
from pipeline.extractive.gaps import missing_periods
from pipeline.extractive.meeting import MET
from pipeline.extractive.premise import told_against
from pipeline.extractive.refusing import absent, quoted, told, unconnected, unspoken
from pipeline.extractive.relation import Relation
from pipeline.extractive.slots import Slot, wanted
from pipeline.extractive.support import Support
from pipeline.extractive.tables import Matrix
from pipeline.questions import words

# Sentences that have so much of the names, with their passage, of what the best has, speak of them.
OF_NAMES = 0.9
_QUOTED = regex.compile("“([^”]+)”")

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


def lacking(support: Support, number: int, row: Matrix) -> str:
    """What part `number` asks that is not there, by its scores of the sentences."""
    reading, relation = support.reading, support.relations[number]
    part = reading.asked.parts[number]
    evidence = tuple({item.evidence.number: item.evidence for item in reading.pool}.values())
    if gone := absent(reading.asked, evidence):
        return gone
    if turned := turned_by(support, number, row):
        index, word = turned
        return f"The question supposes “{word}”, but {told(reading, index)}."
    if plain := unconnected(reading) or unspoken(reading):
        return plain
    if periods := missing_periods(reading, part):
        return f"What is found on this is not of {' or '.join(periods)}."
    here = _of_names(support, relation)
    unmet = [index for index in relation.telling if support.met.near[index, here].max(initial=0.0) < MET]
    unsaid = [reading.tables.asked_words[index] for index in unmet]
    kind, asked = _KINDS.get(wanted(part), ""), part.text.rstrip("?. ")
    if unsaid:
        what = f"speaks of {quoted(unsaid)}" + (" there" if relation.names else "")
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


def turned_by(support: Support, number: int, row: Matrix) -> tuple[int, str] | None:
    """The sentence, of those nearest to a part, that tells against what the part supposes, and the word for that.

    None without one; it has to speak of the names.
    """
    text = support.reading.asked.parts[number].text
    asked = words(text)
    here = _of_names(support, support.relations[number])
    for index, found in told_against(support, number, row):
        told_of = [word for finding in found.values() for piece in _QUOTED.findall(finding) for word in words(piece)]
        word = next((each for each in told_of if each in asked), frame_of(text).predicate)
        if here[index] and word:
            return index, word
    return None


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
