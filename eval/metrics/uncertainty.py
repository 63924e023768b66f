"""How sure a mean is, and whether two runs differ by more than chance. All is seeded: the same in, the same out."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
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


def mean_interval(values: Sequence[float], clusters: Sequence[Hashable] | None = None) -> Interval:
    """The mean and its percentile bootstrap interval; ValueError when there are no values.

    Given the cluster (the story) of each value, whole clusters are drawn: cases about the same articles fail together,
    and an interval that takes them for independent is too narrow (Field and Welsh, JRSS B 69, 2007; for language models
    Miller, arXiv 2411.00640). With a single cluster there is nothing to draw among, and the values are drawn.
    """
    import numpy as np

    if not values:
        raise ValueError("a mean needs at least one value")
    sample = np.asarray(values, dtype=np.float64)
    numbers = {cluster: number for number, cluster in enumerate(dict.fromkeys(clusters or ()))}
    of_value = [numbers[cluster] for cluster in clusters or ()] if len(numbers) > 1 else range(len(sample))
    sums, sizes = np.bincount(of_value, weights=sample), np.bincount(of_value)
    drawn = np.random.default_rng(SEED).integers(0, len(sums), size=(RESAMPLES, len(sums)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
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
