"""Which sentences go in: the weightiest for their length, no figure twice, nothing said twice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from pipeline.summarising.weighing import LEAST, one_outlet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.summarising.lines import Line

Unit: TypeAlias = tuple[int, ...]
"""Indices of lines that are read together: one that stands alone, or one with the line that it points back to."""

# A sentence that points back is read with at most so many before it.
MOST_BACK = 3
# A sentence is left out when it is this similar to a chosen one (TF-IDF cosine).
REPEATS = 0.6


def units(lines: Sequence[Line]) -> list[Unit]:
    """What can be chosen: a sentence, a quotation with all its sentences, and what points back with what it needs.

    A sentence that points back further than `MOST_BACK` is not among it, nor one whose ground cannot be read alone.
    What has no figure, name or date is read with what it follows, but where one outlet tells the whole story.
    """
    found: list[Unit] = []
    in_order = one_outlet(lines)
    for index, line in enumerate(lines):
        if not line.whole or line.corrects:
            continue
        unit: Unit = (*range(index, index + line.joined + 1),)
        if line.points_back or not (line.tells or in_order):
            ground = _ground_of(index, lines)
            unit = (*range(ground, index), *unit) if ground is not None else ()
        if unit:
            found.append(unit)
    return found


def _ground_of(index: int, lines: Sequence[Line]) -> int | None:
    """The nearest line before this one, without a gap, that can be read alone; None when there is none so near."""
    for back in range(1, MOST_BACK + 1):
        other = lines[index - back] if index >= back else None
        if other is None or other.article != lines[index].article or other.corrects:
            return None
        if not other.inside and not other.whole:
            return None
        if other.whole and other.tells and not other.points_back:
            return index - back
    return None


def choose(
    lines: Sequence[Line],
    among: Sequence[Unit],
    weights: NDArray[np.float64],
    vectors: NDArray[np.float32],
    words: int,
    chosen: Sequence[int] = (),
    most: int | None = None,
) -> list[int]:
    """The lines of the best units (`most` of them at most) in so many words, in the order of choice, after `chosen`.

    Greedy for a sum whose parts lose worth as they repeat what is there, taken by weight over the root of the length
    (Lin and Bilmes, A class of submodular functions for document summarization, 2011). A figure that is already told
    adds nothing.
    """
    import numpy as np

    closest = np.zeros(len(lines))
    told: set[tuple[float, str]] = set()
    picked: list[int] = []

    def take(index: int) -> None:
        np.maximum(closest, vectors @ vectors[index], out=closest)
        told.update(lines[index].figures)

    def gain(unit: Unit) -> float:
        new = [index for index in unit if index not in taken]
        length = sum(lines[index].words for index in new)
        if not new or length > room:
            return 0.0
        worth = 0.0
        for index in new:
            figures = lines[index].figures
            fresh = len(figures - told) / len(figures) if figures else 1.0
            if closest[index] <= REPEATS and weights[index] >= LEAST:
                worth += float(weights[index]) * (1 - float(closest[index])) * fresh
        return worth / math.sqrt(length)

    for index in chosen:
        take(index)
    taken, room = set(chosen), words
    while among and most != 0:
        gains = [gain(unit) for unit in among]
        best = int(np.argmax(gains))
        if gains[best] <= 0:
            break
        for index in among[best]:
            if index not in taken:
                take(index)
                taken.add(index)
                picked.append(index)
                room -= lines[index].words
        most = None if most is None else most - 1
    return picked
