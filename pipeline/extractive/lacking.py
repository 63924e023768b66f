"""What is missing for an answer, in a sentence: the premise that does not hold, the period, the relation, the kind.

The library speaks of “Aleppo” (1 article), but no sentence found says “fall” of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.extractive.gaps import missing_periods
from pipeline.extractive.refusing import absent_period, quoted, told, unconnected, unspoken
from pipeline.extractive.slots import Slot, wanted
from pipeline.extractive.support import MET, SUPPORT, Relation, Support, contradicts, denies
from pipeline.extractive.tables import Matrix

# Sentences that have so much of the names, with their passage, of what the best has, speak of them.
OF_NAMES = 0.9
# A sentence turns the question's premise when it is, with those beside it, about so much of what is asked.
ABOUT = 0.6

_KINDS: dict[Slot, str] = {
    "age": "an age",
    "duration": "how long",
    "money": "a sum",
    "share": "a share",
    "count": "a number",
    "measure": "a measure",
    "year": "a year",
    "date": "when",
    "name": "a name",
    "place": "where",
    "reason": "why",
}


def lacking(support: Support, number: int, features: Matrix) -> str:
    """What part `number` asks that is not there; `features` (sentences, SUPPORT) are those of the part."""
    reading, relation = support.reading, support.relations[number]
    part = reading.asked.parts[number]
    evidence = tuple({item.evidence.number: item.evidence for item in reading.pool}.values())
    if turned := _turned(support, relation, features):
        index, word = turned
        return f"The question supposes “{word}”, but {told(reading, index)}."
    plain = absent_period(reading.asked, evidence) or unconnected(reading) or unspoken(reading)
    if plain:
        return plain
    if periods := missing_periods(reading, part):
        return f"What is found on this is not of {' or '.join(periods)}."
    here = _of_names(support, relation)
    unmet = [index for index in relation.telling if support.near[index, here].max(initial=0.0) < MET]
    words = [reading.tables.asked_words[index] for index in unmet]
    kind = _KINDS.get(wanted(part), "")
    asked = part.text.rstrip("?. ")
    what = f"says {kind} for “{asked}”" if kind else f"answers “{asked}”"
    if words:
        what = f"speaks of {quoted(words)}" + (" there" if relation.names else "")
    return _sentence(f"{_spoken_of(support, here)}no sentence found {what}.")


def _of_names(support: Support, relation: Relation) -> NDArray[np.bool_]:
    """Which sentences speak of the names, with their passage; all when there are none."""
    if not relation.names:
        return np.ones(len(support.tables.pool), dtype=bool)
    share = support.passage[list(relation.names)].mean(axis=0)
    return np.asarray(share >= OF_NAMES * share.max())


def _spoken_of(support: Support, here: NDArray[np.bool_]) -> str:
    """ "The library speaks of “Aleppo” (2 articles), but ", or nothing when the question has no name."""
    names = support.reading.asked.names
    if not names:
        return ""
    found = {item.evidence.article.id for item, speaks in zip(support.tables.pool, here, strict=True) if speaks}
    counted = f"{len(found)} article{'s' if len(found) > 1 else ''} found"
    return f"The library speaks of {quoted(names, 'and')} ({counted}), but "


def _turned(support: Support, relation: Relation, features: Matrix) -> tuple[int, str] | None:
    """The sentence that denies a word of what a part supposes, or says its opposite, and that word; None without one.

    What is asked for is no premise: "how many fighters" supposes nothing of fighters.
    """
    column = {name: at for at, name in enumerate(SUPPORT)}
    about = features[:, column["near"]] * (features[:, column["names near"]] >= OF_NAMES)
    supposed = [support.tables.asked_words[index] for index in relation.telling if index != relation.head]
    for index in np.argsort(-about, kind="stable").tolist():
        if about[index] < ABOUT:
            break
        text = support.tables.pool[index].sentence.text
        if word := next((word for word in supposed if denies(text, word) or contradicts(text, word)), ""):
            return index, word
    return None


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
