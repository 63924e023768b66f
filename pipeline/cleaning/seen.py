"""A line as a reader sees it, and what its words, its build and its meaning say of it by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pipeline.cleaning import grammar, learned, meaning, residue
from pipeline.cleaning.kinds import Kinds
from pipeline.cleaning.lines import Line
from pipeline.types import Reason

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Seen:
    """A line, whether it stands after a blank one, the log odds of its words, the rule that knows it, what its build
    and its meaning say, its vector, and at which end of a paragraph it was cut off."""

    plain: str
    after_blank: bool
    odds: float
    reason: Reason | None
    build: Kinds
    meaning: Kinds
    vector: NDArray[np.float32] = field(compare=False, repr=False)
    hangs: Literal["", "front", "end"] = ""


@dataclass(frozen=True, slots=True)
class Judges:
    """The weights by which lines are seen; None for those that ship with newsdesk."""

    words: learned.Weights | None = None
    build: grammar.Weights | None = None
    meaning: meaning.Weights | None = None


def see(lines: Sequence[Line], judges: Judges | None = None) -> list[Seen]:
    """What is seen of each of these lines; none is empty."""
    if not lines:
        return []
    judges = judges or Judges()
    plain = [line.plain for line in lines]
    vectors = meaning.vectors(plain)
    builds = grammar.kinds(plain, judges.build)
    meanings = meaning.kinds(plain, vectors, judges.meaning)
    return [
        Seen(
            line.plain,
            line.after_blank,
            learned.log_odds(line.plain, judges.words),
            residue.reason(line.plain),
            build,
            meant,
            vector,
            line.hangs,
        )
        for line, build, meant, vector in zip(lines, builds, meanings, vectors, strict=True)
    ]
