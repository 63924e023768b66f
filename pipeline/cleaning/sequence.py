"""Which lines of a page are the article, read as one sequence: a linear-chain CRF over the parts of a pasted page.

A page goes from what stands above the headline to its foot, and no line is read alone: what stands between two lines of
a menu is the menu, what looks like a headline below the last paragraph is another story's. The states are the parts of
a page in their order (PARTS); weights of features, directly and through a small hidden layer, and of steps were learned
by `eval/fit/sequence.py` on pages put together from articles and residue, and stand in `sequence.json` with the figures
that they reached.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.cleaning import shapes
from pipeline.cleaning.features import features
from pipeline.cleaning.seen import Seen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PARTS = ("above", "kicker", "headline", "beneath", "head", "body", "among", "below", "foot")
"""Residue above the headline; the label above it ("Opinion"); the headline; residue beneath it; byline, day and
standfirst; the story; residue among its paragraphs; residue below it; credits and notices below it."""

RESIDUE = ("above", "kicker", "beneath", "among", "below")
STEPS: Mapping[str, tuple[str, ...]] = {
    "above": ("above", "kicker", "headline", "beneath", "head", "body"),
    "kicker": ("above", "kicker", "headline", "beneath", "head", "body"),
    "headline": ("beneath", "head", "body"),
    "beneath": ("beneath", "head", "body"),
    "head": ("beneath", "head", "body"),
    "body": ("body", "among", "below", "foot"),
    "among": ("among", "body"),
    "below": ("below", "foot"),
    "foot": ("below", "foot"),
}
FIRST = ("above", "kicker", "headline", "beneath", "head", "body")
LAST = ("headline", "beneath", "head", "body", "below", "foot")
# Where no title is known, the head begins with the headline or there is none.
WITH_TITLE = ("beneath", "head")
_RESIDUE = [PARTS.index(part) for part in RESIDUE]
# Running text that words, build and meaning each take for the story, by these log odds, is hardly ever residue, however
# few paragraphs stand around it, and so are the lines that say who reported and edited: of two writers who were left
# out, 4% of the residue was such and 74% of the story at -2; -1 also keeps a standfirst that is a sentence.
_STORY = -1.0
_ASSURANCE = 6.0


@dataclass(frozen=True, slots=True)
class Odds:
    """How probably a line is residue, and how probably the headline."""

    residue: float
    headline: float


@dataclass(frozen=True)
class Weights:
    """What each feature adds to each part and, behind these, to each unit of a hidden layer (its row of `emissions`),
    what each unit adds to each part, and each step from part to part; in the order of PARTS."""

    rows: Mapping[str, int]
    emissions: NDArray[np.float64]
    bias: NDArray[np.float64]
    units: NDArray[np.float64]
    steps: NDArray[np.float64]

    @cached_property
    def chains(self) -> Mapping[bool, tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """The factors of a page's beginning and of each step, by whether its title is known."""
        import numpy as np

        found = {}
        for known in (False, True):
            begin, steps = allowed(known)
            found[known] = (begin.astype(float), np.where(steps, np.exp(self.steps), 0.0))
        return found


def allowed(title_known: bool) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """In which part a page may begin, shape (parts,), and which step follows which, shape (parts, parts)."""
    import numpy as np

    begin = np.array([part in FIRST and (title_known or part not in WITH_TITLE) for part in PARTS])
    steps = np.array([[to in STEPS[part] for to in PARTS] for part in PARTS])
    if not title_known:
        for part in ("above", "kicker"):
            for to in WITH_TITLE:
                steps[PARTS.index(part), PARTS.index(to)] = False
    return begin, steps


def read(page: Sequence[Seen], title: str = "") -> list[Odds]:
    """For every line of a page how probably it is residue and how probably the headline."""
    import numpy as np

    if not page:
        return []
    weights = load()
    begin, steps = weights.chains[bool(title)]
    end = np.array([float(part in LAST) for part in PARTS])
    scores = _scores(features(page, title), weights)
    assured = [at for at, line in enumerate(page) if _is_assured(line)]
    scores[np.ix_(assured, _RESIDUE)] -= _ASSURANCE
    factors = np.exp(scores - scores.max(axis=1, keepdims=True))
    forward = np.empty_like(factors)
    backward = np.empty_like(factors)
    reached = begin * factors[0]
    forward[0] = reached / reached.sum()
    for at in range(1, len(page)):
        reached = (forward[at - 1] @ steps) * factors[at]
        forward[at] = reached / reached.sum()
    backward[-1] = end
    for at in range(len(page) - 2, -1, -1):
        left = steps @ (factors[at + 1] * backward[at + 1])
        backward[at] = left / left.sum()
    both = forward * backward
    both /= both.sum(axis=1, keepdims=True)
    residue = both[:, _RESIDUE].sum(axis=1)
    headline = both[:, PARTS.index("headline")]
    return [Odds(float(one), float(other)) for one, other in zip(residue, headline, strict=True)]


def _is_assured(line: Seen) -> bool:
    says = max(line.odds, line.build.residue, line.meaning.residue)
    told = shapes.is_prose(line.plain) and says < _STORY
    return line.reason is None and (told or bool(shapes.CREDIT.match(line.plain)))


def _scores(page: Sequence[Mapping[str, float]], weights: Weights) -> NDArray[np.float64]:
    """The score of each part for each line, shape (lines, parts)."""
    import numpy as np

    known = [[(weights.rows[name], value) for name, value in told.items() if name in weights.rows] for told in page]
    rows = [row for line in known for row, _ in line]
    values = np.array([value for line in known for _, value in line])
    starts = np.cumsum([0, *map(len, known[:-1])])
    sums = np.add.reduceat(values[:, None] * weights.emissions[rows], starts, axis=0) + weights.bias
    return np.asarray(sums[:, : len(PARTS)] + np.tanh(sums[:, len(PARTS) :]) @ weights.units)


@lru_cache(maxsize=1)
def load() -> Weights:
    """The weights that ship with newsdesk."""
    import numpy as np

    stored = json.loads(files("pipeline.cleaning").joinpath("sequence.json").read_text(encoding="utf-8"))
    return Weights(
        {name: row for row, name in enumerate(stored["features"])},
        np.array(list(stored["features"].values())),
        np.array(stored["bias"]),
        np.array(stored["units"]),
        np.array(stored["steps"]),
    )
