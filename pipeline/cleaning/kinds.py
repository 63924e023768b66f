"""The kinds of a line, and how probable a model holds each: what `grammar` and `meaning` say in the same form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.types import Reason

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KINDS: tuple[Reason, ...] = (
    *("promotion", "navigation", "newsletter nag", "advertisement", "read-more", "caption or credit", "share bar"),
    *("cookie notice", "comment count", "copyright"),
)
"""The kinds of residue that words tell apart; scores have one column more in front, for the story."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Log odds that a line is residue, and of each of KINDS against the story."""

    residue: float
    each: tuple[float, ...]


def of_scores(scores: NDArray[np.float64]) -> list[Kinds]:
    """What scores of the story and of KINDS say, a row for each line, shape (lines, KINDS + 1)."""
    import numpy as np

    against = scores[:, 1:] - scores[:, :1]
    most = against.max(axis=1, keepdims=True, initial=-np.inf)
    residue = (most + np.log(np.exp(against - most).sum(axis=1, keepdims=True)))[:, 0]
    return [Kinds(one, tuple(row)) for one, row in zip(residue.tolist(), against.tolist(), strict=True)]
