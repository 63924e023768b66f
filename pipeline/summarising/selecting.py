"""Which sentences go in: the weightiest for their length, no figure twice, nothing said twice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.summarising.lines import Line

Unit: TypeAlias = tuple[int, ...]
"""Indices of lines that are read together: one that stands alone, or one with the line that it points back to."""

# What is less likely than this to tell a key fact is not worth its words.
LEAST = 0.03
# A sentence is left out when it is this similar to a chosen one (TF-IDF cosine).
REPEATS = 0.6


def units(lines: Sequence[Line]) -> list[Unit]:
    """What can be chosen; a sentence that points back to one that itself cannot be read alone is not among it."""
    found: list[Unit] = []
    for index, line in enumerate(lines):
        if line.alone and not line.corrects:
            found.append((index,))
        elif line.whole and not line.corrects and index and line.place and lines[index - 1].alone and line.position > 1:
            found.append((index - 1, index))
    return found


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
