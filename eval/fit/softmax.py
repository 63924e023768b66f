"""Linear ranking weights from questions with right and wrong candidates, and how well they do on unseen questions.

The loss is that of ListNet with several right answers: the negative log of the probability, under a softmax over a
question's candidates, that a right one is drawn (Cao et al., ICML 2007), plus an L2 penalty on the scaled weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDS = 5
PENALTY = 3e-3
# A column that spreads less than this is constant, and learns no weight; a chance below LEAST counts as that.
CONSTANT, LEAST = 1e-6, 1e-12


@dataclass(frozen=True, slots=True)
class Group:
    """One question: its candidates' features, shape (candidates, features), and which of them are right.

    `right` may also say how far, 0 to 1; `weight` is what the question counts against others.
    """

    features: NDArray[np.float64]
    right: NDArray[np.bool_] | NDArray[np.float64]
    weight: float = 1.0


def fit(
    groups: Sequence[Group], penalty: float = PENALTY, bounds: Sequence[tuple[float | None, float | None]] | None = None
) -> NDArray[np.float64]:
    """The weights, one a feature, for the features as they are; questions without a right candidate teach nothing.

    `bounds` are the least and the greatest that each weight may be.
    """
    import numpy as np
    from scipy.optimize import minimize

    useful = [group for group in groups if group.right.any()]
    rows = np.concatenate([group.features for group in useful])
    scale = rows.std(axis=0)
    scale[scale < CONSTANT] = 1.0
    rows = rows / scale
    right = np.concatenate([group.right for group in useful]).astype(np.float64)
    starts = np.cumsum([0, *(len(group.right) for group in useful)])[:-1]
    owner = np.repeat(np.arange(len(useful)), [len(group.right) for group in useful])
    share = np.array([group.weight for group in useful])
    share = share / share.sum()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = rows @ weights
        chance = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        chance /= np.add.reduceat(chance, starts)[owner]
        hit = np.maximum(np.add.reduceat(chance * right, starts), LEAST)
        slope = rows.T @ ((chance - chance * right / hit[owner]) * share[owner])
        return float(-share @ np.log(hit) + penalty * weights @ weights), slope + 2 * penalty * weights

    nothing = np.zeros(rows.shape[1])
    found = minimize(loss, nothing, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    return np.asarray(found.x / scale)


def held_out_scores(questions: Sequence[Sequence[Group]], seed: int = 0) -> list[list[NDArray[np.float64]]]:
    """The scores of each group by weights learned on the folds that its question is not in.

    A question comes as the groups of all the ways it is asked, so that none of them helps to learn another.
    """
    import numpy as np

    fold = np.random.default_rng(seed).permutation(len(questions)) % FOLDS
    weights = [
        fit([group for ways, its in zip(questions, fold, strict=True) if its != left_out for group in ways])
        for left_out in range(FOLDS)
    ]
    return [[group.features @ weights[its] for group in ways] for ways, its in zip(questions, fold, strict=True)]
