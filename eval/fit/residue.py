"""The words of residue: weights that make a short line residue by what it says and its shape, whatever is around it.

`eval.fit.sequence` learns them, on its folds and then on all, and writes `pipeline/cleaning/learned.json`. Residue are
the rows of `residue.tsv` and the lines of `residue_blocks.txt`; lines of stories are those of articles, less what the
rules know for residue already, since such articles carry some; in a second pass also less what the first took for a
caption or a link: long lines without an end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cleaning import residue
from pipeline.cleaning.learned import LONGEST, SHAPES, Weights, grams, shape
from pipeline.cleaning.lines import FINAL, WORD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

ROWS = Path(__file__).with_name("residue.tsv")
WEIGHTS = Path(residue.__file__).with_name("learned.json")
# A row counts as much as so many lines of stories, of which there are thirty times as many.
ROW_WEIGHT = 5.0
# And a row of the body as much as so many.
BODY_WEIGHT = 20.0
FEWEST_ROWS = 2
# A story line of so many words without an end, at more than these log odds, teaches nothing in the second pass.
OPEN_WORDS = 6
DOUBTED = -1.0
# Nor does any line at more than these.
DISBELIEVED = 1.0
PENALTY = 0.33
ITERATIONS = 120
# The people, places and papers of the rows are invented; they teach nothing.
INVENTED = frozenset(
    (
        *("aske", "brenholm", "costa", "courier", "dunmarrow", "gazette", "hale", "halden", "halloran", "holt"),
        *("ibbet", "ilma", "ines", "jan", "janholt", "jholt", "ledger", "lena", "lund", "marisol", "mira", "norvale"),
        *(
            "orlosk",
            "osk",
            "pia",
            "pialund",
            "tarn",
            "tavoa",
            "tom",
            "venture",
            "datamaker",
            "outvane",
            "echo",
            "herald",
        ),
    )
)
# Each fold looks at nearly all lines.
_grams = lru_cache(maxsize=None)(grams)
_INVENTED_GRAMS = INVENTED | {gram for name in INVENTED for gram in grams(name)}


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the grams in `vocabulary`, then of the shapes, then the bias, shape (grams + shapes + 1,)."""

    vocabulary: dict[str, int]
    weights: NDArray[np.float64]

    def log_odds(self, lines: Sequence[str]) -> NDArray[np.float64]:
        import numpy as np

        return np.asarray(_matrix(lines, self.vocabulary) @ self.weights)


def read_rows(path: Path) -> list[tuple[str, str]]:
    """(reason, line) for each row of a table."""
    pairs = (row.split("\t") for row in path.read_text(encoding="utf-8").splitlines())
    return [(reason, line[:LONGEST]) for reason, line in pairs]


def learn(rows: Sequence[tuple[str, str]], bodies: Sequence[str], stories: Sequence[str]) -> Model:
    """The weights that tell the rows from lines of bodies and stories: logistic regression with an L2 penalty."""
    import numpy as np
    from scipy.optimize import minimize

    counts = Counter(gram for _, line in rows for gram in _grams(line) if _INVENTED_GRAMS.isdisjoint(gram.split()))
    vocabulary = {gram: place for place, gram in enumerate(sorted(g for g, n in counts.items() if n >= FEWEST_ROWS))}
    matrix = _matrix([*(line for _, line in rows), *bodies, *stories], vocabulary)
    is_residue = np.arange(matrix.shape[0]) < len(rows)
    sign = np.where(is_residue, 1.0, -1.0)
    counted = np.repeat([ROW_WEIGHT, BODY_WEIGHT, 1.0], [len(rows), len(bodies), len(stories)])
    penalty = np.full(matrix.shape[1], PENALTY)
    penalty[-1] = 0.0

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (matrix @ weights)
        slope = matrix.T @ (-sign * counted / (1 + np.exp(margin)))
        value = float(counted @ np.logaddexp(0, -margin) + 0.5 * penalty @ weights**2)
        return value, slope + penalty * weights

    def fitted(start: NDArray[np.float64]) -> NDArray[np.float64]:
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
        return np.asarray(found.x)

    first = fitted(np.zeros(matrix.shape[1]))
    is_open = np.array([len(WORD.findall(line)) >= OPEN_WORDS and not FINAL.search(line) for line in stories])
    odds = np.asarray(matrix @ first)[len(rows) + len(bodies) :]
    doubted = (is_open & (odds > DOUBTED)) | (odds > DISBELIEVED)
    counted[len(rows) + len(bodies) :][doubted] = 0.0
    return Model(vocabulary, fitted(first))


def _matrix(lines: Sequence[str], vocabulary: dict[str, int]) -> csr_matrix[np.float64]:
    """One row a line: its grams, its shape, and a one for the bias."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack

    held = [
        (at, vocabulary[gram]) for at, line in enumerate(lines) for gram in sorted(_grams(line)) if gram in vocabulary
    ]
    at, place = (np.array([pair[side] for pair in held], dtype=np.int64) for side in (0, 1))
    words = csr_matrix((np.ones(len(held)), (at, place)), shape=(len(lines), len(vocabulary)))
    shapes = np.array([[*shape(line, vocabulary), 1.0] for line in lines])
    return csr_matrix(hstack([words, csr_matrix(shapes)]))


def weights(model: Model) -> Weights:
    """The weights as cleaning uses them."""
    return Weights(
        float(model.weights[-1]),
        {gram: float(model.weights[place]) for gram, place in model.vocabulary.items()},
        dict(zip(SHAPES, map(float, model.weights[len(model.vocabulary) : -1]), strict=True)),
        {},
    )


def stored(model: Model, rows: Sequence[tuple[str, str]]) -> dict[str, object]:
    """The weights as `learned.json` has them, each gram with the kind of the rows that it is of, or none."""
    reasons: dict[str, Counter[str]] = {}
    for reason, line in rows:
        for gram in _grams(line) & model.vocabulary.keys():
            reasons.setdefault(gram, Counter())[reason] += 1
    words = {
        gram: [round(float(model.weights[place]), 2), reasons[gram].most_common(1)[0][0] if gram in reasons else ""]
        for gram, place in model.vocabulary.items()
    }
    shapes = model.weights[len(model.vocabulary) : -1]
    return {
        "bias": round(float(model.weights[-1]), 2),
        "shapes": {name: round(float(weight), 2) for name, weight in zip(SHAPES, shapes, strict=True)},
        "grams": words,
    }
