"""Gradient boosting: small regression trees, each fitted to what the ones before it leave wrong (Friedman, 2001).

For a few thousand rows of a hundred columns in seconds, with numpy alone. Splits are tried at quantiles only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.grounding.trees import Tree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# So many places in each column are tried for a split.
QUANTILES = 15
# Newton steps are shortened as if there were so much more curvature in a leaf, and no leaf has less than LEAST_IN_LEAF.
RIDGE, LEAST_IN_LEAF = 4.0, 1.2
# Each tree sees a part of the rows, and each split a part of the columns.
ROWS, COLUMNS = 0.8, 0.6


@dataclass(frozen=True, slots=True)
class _Grower:
    """The binned rows, and where the bins of each column end."""

    bins: Ints
    ends: list[Floats]
    names: Sequence[str]
    rate: float
    chance: np.random.Generator

    def grow(self, rows: Ints, slope: Floats, bend: Floats, depth: int) -> Tree:
        """The tree of at most this depth that lowers the loss most, one split after the other."""
        total, curve = slope[rows].sum(), bend[rows].sum()
        leaf = round(float(-self.rate * total / (curve + RIDGE)), 4)
        best, found = 1e-3, None
        columns = self.chance.permutation(self.bins.shape[1])[: int(COLUMNS * self.bins.shape[1])]
        for column in columns if depth else ():
            at = self.bins[rows, column]
            low = np.bincount(at, slope[rows], QUANTILES + 1).cumsum()
            curve_low = np.bincount(at, bend[rows], QUANTILES + 1).cumsum()
            gain = low**2 / (curve_low + RIDGE) + (total - low) ** 2 / (curve - curve_low + RIDGE)
            gain -= total**2 / (curve + RIDGE)
            gain[(curve_low < LEAST_IN_LEAF) | (curve - curve_low < LEAST_IN_LEAF)] = 0.0
            if gain.max() > best:
                best, found = float(gain.max()), (int(column), int(gain.argmax()))
        if found is None:
            return leaf
        column, end = found
        below = self.bins[rows, column] <= end
        parts = [self.grow(part, slope, bend, depth - 1) for part in (rows[below], rows[~below])]
        return self.names[column], round(float(self.ends[column][end]), 4), parts[0], parts[1]


def boosted(
    rows: Floats, right: Floats, weights: Floats, names: Sequence[str], count: int, depth: int, rate: float
) -> tuple[float, list[Tree]]:
    """(bias, trees) whose sum is the log odds of `right`; the same for the same rows."""
    ends = [
        np.unique(np.quantile(rows[:, at], np.linspace(0.05, 0.95, QUANTILES)).round(4)) for at in range(len(names))
    ]
    bins = np.stack([np.searchsorted(end, rows[:, at], side="left") for at, end in enumerate(ends)], axis=1)
    chance = np.random.default_rng(0)
    grower = _Grower(bins, ends, names, rate, chance)
    bias = float(np.log((weights * right).sum() / (weights * (1 - right)).sum()))
    odds, trees = np.full(len(right), bias), []
    for _ in range(count):
        likely = 1 / (1 + np.exp(-odds))
        slope, bend = weights * (likely - right), weights * likely * (1 - likely)
        tree = grower.grow(np.flatnonzero(chance.random(len(right)) < ROWS), slope, bend, depth)
        trees.append(tree)
        odds += summed([tree], rows, names)
    return bias, trees


def summed(trees: Sequence[Tree], rows: Floats, names: Sequence[str]) -> Floats:
    """What the trees add up to for each row."""
    places = {name: at for at, name in enumerate(names)}

    def add(tree: Tree, here: Ints) -> None:
        if not isinstance(tree, tuple):
            total[here] += tree
            return
        name, end, low, high = tree
        below = rows[here, places[name]] <= end
        add(low, here[below])
        add(high, here[~below])

    total = np.zeros(len(rows))
    for tree in trees:
        add(tree, np.arange(len(rows)))
    return total
