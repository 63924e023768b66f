"""How sure a mean is, and whether two runs differ by more than chance. All is seeded: the same in, the same out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Enough for the second decimal of a 95% interval (Efron and Tibshirani, An Introduction to the Bootstrap, 1993).
RESAMPLES = 2000
SEED = 20260301


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over n values and its 95% bootstrap interval."""

    mean: float
    low: float
    high: float
    n: int


def mean_interval(values: Sequence[float]) -> Interval:
    """The mean and its percentile bootstrap interval; ValueError when there are no values."""
    import numpy as np

    if not values:
        raise ValueError("a mean needs at least one value")
    sample = np.asarray(values, dtype=np.float64)
    drawn = np.random.default_rng(SEED).integers(0, len(sample), size=(RESAMPLES, len(sample)))
    low, high = np.quantile(sample[drawn].mean(axis=1), (0.025, 0.975))
    return Interval(float(sample.mean()), float(low), float(high), len(sample))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies, 0 when there are none."""
    import numpy as np

    return float(np.quantile(np.asarray(values), share)) if values else 0.0


def paired_p_value(deltas: Sequence[float]) -> float:
    """Two-sided permutation test of paired differences: how often random signs give a mean this far from 0 (Smucker,
    Allan and Carterette, CIKM 2007, who recommend it for comparing systems over the same queries). A single pair shows
    nothing: 1."""
    import numpy as np
    from scipy.stats import permutation_test

    if len(deltas) < 2 or not any(deltas):
        return 1.0
    result = permutation_test(
        (np.asarray(deltas),),
        lambda sample, axis: np.mean(sample, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=9999,
        rng=np.random.default_rng(SEED),
    )
    return float(result.pvalue)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """p-values corrected for looking at several measures at once (Holm, Scandinavian Journal of Statistics 6, 1979)."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    corrected = [1.0] * len(p_values)
    highest = 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[at]))
        corrected[at] = highest
    return tuple(corrected)
