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


@dataclass(frozen=True, slots=True)
class Group:
    """One question: its candidates' features, shape (candidates, features), and which of them are right."""

    features: NDArray[np.float64]
    right: NDArray[np.bool_]


def fit(groups: Sequence[Group], penalty: float = PENALTY) -> NDArray[np.float64]:
    """The weights, one a feature, for the features as they are; questions without a right candidate teach nothing."""
    import numpy as np
    from scipy.optimize import minimize

    useful = [group for group in groups if group.right.any()]
    rows = np.concatenate([group.features for group in useful])
    scale = rows.std(axis=0)
    scale[scale == 0] = 1.0
    rows = rows / scale
    right = np.concatenate([group.right for group in useful]).astype(np.float64)
    starts = np.cumsum([0, *(len(group.right) for group in useful)])[:-1]
    owner = np.repeat(np.arange(len(useful)), [len(group.right) for group in useful])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = rows @ weights
        chance = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        chance /= np.add.reduceat(chance, starts)[owner]
        hit = np.add.reduceat(chance * right, starts)
        slope = rows.T @ (chance - chance * right / hit[owner]) / len(useful)
        return float(-np.log(hit).mean() + penalty * weights @ weights), slope + 2 * penalty * weights

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
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
