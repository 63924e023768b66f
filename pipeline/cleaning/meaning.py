"""What a line means, whatever its words: its vector by the bundled static embeddings, and the kinds that this makes
likely.

A vector is the mean of a line's token vectors (`pipeline.embedding.static`), so that an offer of a mug is near
that of a tote bag, which some row has. A network with one hidden layer tells the kinds from it and from the line's
shape; `meaning.npz` is written by `eval.fit.sequence`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.cleaning.kinds import Kinds, of_scores
from pipeline.cleaning.learned import LONGEST, shape
from pipeline.embedding.static import StaticEmbeddings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Vectors have length one, shapes are about one each: so the numbers of a vector are about as large.
_LENGTH = 8.0


@dataclass(frozen=True, slots=True)
class Weights:
    """The network: scores = tanh(inputs @ first + first_bias) @ second + second_bias, of the story and of KINDS."""

    first: NDArray[np.float32]
    first_bias: NDArray[np.float32]
    second: NDArray[np.float32]
    second_bias: NDArray[np.float32]


def vectors(lines: Sequence[str]) -> NDArray[np.float32]:
    """The vector of each line, of length one, shape (lines, 256)."""
    return _embeddings().embed_array([line[:LONGEST] for line in lines])


def inputs(lines: Sequence[str], of_lines: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the network sees of lines with these vectors."""
    import numpy as np

    shapes = np.array([shape(line[:LONGEST], {}) for line in lines], dtype=np.float32)
    return np.hstack([of_lines * np.float32(_LENGTH), shapes])


def kinds(lines: Sequence[str], of_lines: NDArray[np.float32], weights: Weights | None = None) -> list[Kinds]:
    """What each line is by its meaning, by the weights that ship with newsdesk or others."""
    import numpy as np

    weights = weights or load()
    hidden = np.tanh(inputs(lines, of_lines) @ weights.first + weights.first_bias)
    return of_scores((hidden @ weights.second + weights.second_bias).astype(float))


@lru_cache(maxsize=1)
def load() -> Weights:
    """The weights that ship with newsdesk."""
    import numpy as np

    with files("pipeline.cleaning").joinpath("meaning.npz").open("rb") as packed, np.load(packed) as data:
        return Weights(*(data[name].astype(np.float32) for name in Weights.__slots__))


@lru_cache(maxsize=1)
def _embeddings() -> StaticEmbeddings:
    return StaticEmbeddings()
