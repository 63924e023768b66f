"""Learn `pipeline/cleaning/learned.json`: which words and shapes make a short line residue of a page.

    python -m eval.fit.residue FOLDER

Residue is `residue.tsv` beside this file (reason, tab, line: written for this). Lines of stories are those of the
articles in FOLDER (the layout of realtimeqa), less what the rules know for residue already, since such articles carry
some. Printed, and kept with the weights: on folds of rows and of articles that the weights were not learned on, the
share of residue lines found by the weights alone and with the rules, and the share of the characters of short story
lines that is taken for residue.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.benchmarks.records import find, read_records
from pipeline.cleaning import residue
from pipeline.cleaning.learned import LONGEST, SHAPES, grams, shape
from pipeline.cleaning.structure import ALONE, BESIDE_RESIDUE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

ROWS = Path(__file__).with_name("residue.tsv")
WEIGHTS = Path(residue.__file__).with_name("learned.json")
FOLDS = 5
# A row of residue counts as much as five lines of stories, of which there are forty times as many.
ROW_WEIGHT = 5.0
FEWEST_ROWS = 2
PENALTY = 0.33
STORY_LINES = 60_000
# The people, places and papers of the rows are invented; they teach nothing.
INVENTED = frozenset(
    (
        *("aske", "brenholm", "costa", "courier", "dunmarrow", "gazette", "hale", "halden", "halloran", "holt"),
        *("ibbet", "ilma", "ines", "jan", "janholt", "jholt", "ledger", "lena", "lund", "marisol", "mira", "norvale"),
        *("orlosk", "osk", "pia", "pialund", "tarn", "tavoa", "tom", "venture"),
    )
)


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the grams in `vocabulary`, then of the shapes, then the bias, shape (grams + shapes + 1,)."""

    vocabulary: dict[str, int]
    weights: NDArray[np.float64]

    def log_odds(self, lines: Sequence[str]) -> NDArray[np.float64]:
        import numpy as np

        return np.asarray(_matrix(lines, self.vocabulary) @ self.weights)


def main(data: Path) -> Iterator[str]:
    """Fit, and report line by line."""
    import numpy as np

    rows = read_rows(ROWS)
    articles = read_records(find(data, "articles.jsonl"), ("text",))
    rng = np.random.default_rng(0)
    fold_of_row = rng.permutation(len(rows)) % FOLDS
    stories = [list(_story_lines(str(articles[place]["text"]))) for place in rng.permutation(len(articles))]
    yield f"{len(rows)} rows of residue, {len(articles)} articles"
    known = np.array([residue.reason(line) is not None for _, line in rows])
    odds = np.zeros(len(rows))
    taken = {ALONE: 0, BESIDE_RESIDUE: 0}
    total = 0
    for fold in range(FOLDS):
        seen = [row for row, its in zip(rows, fold_of_row, strict=True) if its != fold]
        model = learn(seen, _some([of_one for place, of_one in enumerate(stories) if place % FOLDS != fold]))
        mine = fold_of_row == fold
        odds[mine] = model.log_odds([line for (_, line), its in zip(rows, mine, strict=True) if its])
        unseen = _some([of_one for place, of_one in enumerate(stories) if place % FOLDS == fold])
        found, sizes = model.log_odds(unseen), np.array([len(line) for line in unseen])
        total += int(sizes.sum())
        for threshold in taken:
            taken[threshold] += int(sizes[found > threshold].sum())
    figures = {
        name: {
            "residue lines found": round(float(np.mean(odds > threshold)), 3),
            "with the rules": round(float(np.mean(known | (odds > threshold))), 3),
            "of short story lines taken": round(taken[threshold] / total, 5),
        }
        for name, threshold in (("alone", ALONE), ("beside residue", BESIDE_RESIDUE))
    }
    yield f"rules alone: {known.mean():.3f}"
    yield from (f"{name}: {values}" for name, values in figures.items())
    model = learn(rows, _some(stories))
    WEIGHTS.write_text(json.dumps(_stored(model, rows, figures), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    yield f"written: {WEIGHTS.name}, {len(model.vocabulary)} words and pairs"


def read_rows(path: Path) -> list[tuple[str, str]]:
    """(reason, line) for each row of a table."""
    pairs = (row.split("\t") for row in path.read_text(encoding="utf-8").splitlines())
    return [(reason, line) for reason, line in pairs if len(line) <= LONGEST]


def learn(rows: Sequence[tuple[str, str]], stories: Sequence[str]) -> Model:
    """The weights that tell the rows from the lines of stories: logistic regression with an L2 penalty."""
    import numpy as np
    from scipy.optimize import minimize

    counts = Counter(gram for _, line in rows for gram in grams(line) if INVENTED.isdisjoint(gram.split()))
    vocabulary = {gram: place for place, gram in enumerate(sorted(g for g, n in counts.items() if n >= FEWEST_ROWS))}
    matrix = _matrix([*(line for _, line in rows), *stories], vocabulary)
    is_residue = np.arange(matrix.shape[0]) < len(rows)
    sign = np.where(is_residue, 1.0, -1.0)
    counted = np.where(is_residue, ROW_WEIGHT, 1.0)
    penalty = np.full(matrix.shape[1], PENALTY)
    penalty[-1] = 0.0

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (matrix @ weights)
        slope = matrix.T @ (-sign * counted / (1 + np.exp(margin)))
        value = float(counted @ np.logaddexp(0, -margin) + 0.5 * penalty @ weights**2)
        return value, slope + penalty * weights

    found = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    return Model(vocabulary, np.asarray(found.x))


def _matrix(lines: Sequence[str], vocabulary: dict[str, int]) -> csr_matrix[np.float64]:
    """One row a line: its grams, its shape, and a one for the bias."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack

    held = [(at, vocabulary[gram]) for at, line in enumerate(lines) for gram in grams(line) if gram in vocabulary]
    at, place = (np.array(part) for part in zip(*held, strict=True))
    words = csr_matrix((np.ones(len(held)), (at, place)), shape=(len(lines), len(vocabulary)))
    shapes = np.array([[*shape(line, vocabulary), 1.0] for line in lines])
    return csr_matrix(hstack([words, csr_matrix(shapes)]))


def _story_lines(text: str) -> Iterator[str]:
    for line in map(str.strip, text.splitlines()):
        if line and len(line) <= LONGEST and residue.reason(line) is None:
            yield line


def _some(stories: Sequence[Sequence[str]]) -> list[str]:
    """The short lines of stories, each once, at most STORY_LINES."""
    return list(dict.fromkeys(line for of_one in stories for line in of_one))[:STORY_LINES]


def _stored(model: Model, rows: Sequence[tuple[str, str]], figures: dict[str, dict[str, float]]) -> dict[str, object]:
    reasons: dict[str, Counter[str]] = {}
    for reason, line in rows:
        for gram in grams(line) & model.vocabulary.keys():
            reasons.setdefault(gram, Counter())[reason] += 1
    words = {
        gram: [round(float(model.weights[place]), 2), reasons[gram].most_common(1)[0][0]]
        for gram, place in model.vocabulary.items()
    }
    shapes = model.weights[len(model.vocabulary) : -1]
    return {
        "held out": figures,
        "bias": round(float(model.weights[-1]), 2),
        "shapes": {name: round(float(weight), 2) for name, weight in zip(SHAPES, shapes, strict=True)},
        "grams": words,
    }


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in main(Path(sys.argv[1])))
