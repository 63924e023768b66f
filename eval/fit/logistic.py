"""Logistic regression with weights on the rows, a prior, and signs that are given beforehand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.extractive.weights import Linear

# A column that spreads less than this is constant, and learns no weight.
CONSTANT = 1e-6

Floats = NDArray[np.float64]


def logistic(
    rows: Floats,
    right: Floats,
    weights: Floats,
    penalty: float,
    names: Sequence[str],
    free: frozenset[str] = frozenset(),
    without: frozenset[str] = frozenset(),
    falling: frozenset[str] = frozenset(),
) -> Linear:
    """Logistic regression on scaled columns with an L2 prior around zero.

    Columns in `free` may have a weight of any sign, those in `falling` none above 0, the others none below 0; those in
    `without` get the weight 0.
    """
    from scipy.optimize import minimize

    mean = weights @ rows / weights.sum()
    scale = np.sqrt(weights @ (rows - mean) ** 2 / weights.sum())
    scale[scale < CONSTANT] = 1.0
    scaled = (rows - mean) / scale

    def loss(values: Floats) -> tuple[float, Floats]:
        odds = scaled @ values[1:] + values[0]
        error = weights * (1 / (1 + np.exp(-odds)) - right)
        cost = weights @ (np.logaddexp(0, odds) - right * odds) + penalty / 2 * values[1:] @ values[1:]
        return float(cost), np.concatenate([[error.sum()], scaled.T @ error + penalty * values[1:]])

    lowest = [None if name in (free | falling) - without else 0.0 for name in names]
    highest = [0.0 if name in without | falling else None for name in names]
    bounds = [(None, None), *zip(lowest, highest, strict=True)]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    values = found[1:] / scale
    return Linear(float(found[0] - mean @ values), dict(zip(names, map(float, values), strict=True)))
