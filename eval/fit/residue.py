"""Learn `pipeline/cleaning/learned.json`: which words and shapes make a short line residue of a page.

    python -m eval.fit.residue FOLDER

Residue is `residue.tsv` beside this file (reason, tab, line: written for this), and so are lines that look like it and
are none ("body"). Lines of stories are those of the articles in FOLDER (the layout of realtimeqa), less what the rules
know for residue already, since such articles carry some; in a second pass also less what the first took for a caption
or a link: long lines without an end. Printed, and kept with the weights: on folds of rows and of articles that the
weights were not learned on, for each threshold the share of residue lines found by the weights alone and with the
rules, of the body rows taken for residue, and of the characters of short story lines.
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
from pipeline.cleaning.lines import FINAL, WORD
from pipeline.cleaning.structure import ALONE, BESIDE_RESIDUE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

ROWS = Path(__file__).with_name("residue.tsv")
WEIGHTS = Path(residue.__file__).with_name("learned.json")
FOLDS = 5
# A row counts as much as so many lines of stories, of which there are thirty times as many.
ROW_WEIGHT = 5.0
# And a row of the body as much as so many.
BODY_WEIGHT = 20.0
FEWEST_ROWS = 2
# A story line of so many words without an end, at more than these log odds, teaches nothing in the second pass.
OPEN_WORDS = 6
DOUBTED = -1.0
PENALTY = 0.33
STORY_LINES = 60_000
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
_INVENTED_GRAMS = INVENTED | {gram for name in INVENTED for gram in grams(name)}
_THRESHOLDS = {"alone": ALONE, "beside residue": BESIDE_RESIDUE}


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

    rows = [row for row in read_rows(ROWS) if row[0] != "body"]
    bodies = [line for reason, line in read_rows(ROWS) if reason == "body"]
    articles = read_records(find(data, "articles.jsonl"), ("text",))
    rng = np.random.default_rng(0)
    fold_of_row = rng.permutation(len(rows)) % FOLDS
    stories = [list(_story_lines(str(articles[place]["text"]))) for place in rng.permutation(len(articles))]
    yield f"{len(rows)} rows of residue, {len(bodies)} of the body, {len(articles)} articles"
    known = np.array([residue.reason(line) is not None for _, line in rows])
    odds, body_odds = np.zeros(len(rows)), np.zeros(len(bodies))
    at = {f"{how}, {where}": odds for how, of in _THRESHOLDS.items() for where, odds in of.items()}
    taken = dict.fromkeys(at, 0)
    total = 0
    for fold in range(FOLDS):
        seen = [row for row, its in zip(rows, fold_of_row, strict=True) if its != fold]
        read = _some([of_one for place, of_one in enumerate(stories) if place % FOLDS != fold])
        model = learn(seen, [line for place, line in enumerate(bodies) if place % FOLDS != fold], read)
        mine = fold_of_row == fold
        odds[mine] = model.log_odds([line for (_, line), its in zip(rows, mine, strict=True) if its])
        body_odds[fold::FOLDS] = model.log_odds(bodies[fold::FOLDS])
        unseen = _some([of_one for place, of_one in enumerate(stories) if place % FOLDS == fold])
        found, sizes = model.log_odds(unseen), np.array([len(line) for line in unseen])
        total += int(sizes.sum())
        for name, threshold in at.items():
            taken[name] += int(sizes[found > threshold].sum())
    figures = {
        name: {
            "residue lines found": round(float(np.mean(odds > threshold)), 3),
            "with the rules": round(float(np.mean(known | (odds > threshold))), 3),
            "of body rows taken": round(float(np.mean(body_odds > threshold)), 3),
            "of short story lines taken": round(taken[name] / total, 5),
        }
        for name, threshold in at.items()
    }
    yield f"rules alone: {known.mean():.3f}"
    yield from (f"{name}: {values}" for name, values in figures.items())
    model = learn(rows, bodies, _some(stories))
    WEIGHTS.write_text(json.dumps(_stored(model, rows, figures), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    yield f"written: {WEIGHTS.name}, {len(model.vocabulary)} words and pairs"


def read_rows(path: Path) -> list[tuple[str, str]]:
    """(reason, line) for each row of a table."""
    pairs = (row.split("\t") for row in path.read_text(encoding="utf-8").splitlines())
    return [(reason, line) for reason, line in pairs if len(line) <= LONGEST]


def learn(rows: Sequence[tuple[str, str]], bodies: Sequence[str], stories: Sequence[str]) -> Model:
    """The weights that tell the rows from lines of bodies and stories: logistic regression with an L2 penalty."""
    import numpy as np
    from scipy.optimize import minimize

    counts = Counter(gram for _, line in rows for gram in grams(line) if _INVENTED_GRAMS.isdisjoint(gram.split()))
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
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 400})
        return np.asarray(found.x)

    first = fitted(np.zeros(matrix.shape[1]))
    is_open = np.array([len(WORD.findall(line)) >= OPEN_WORDS and not FINAL.search(line) for line in stories])
    doubted = is_open & (np.asarray(matrix @ first)[len(rows) + len(bodies) :] > DOUBTED)
    counted[len(rows) + len(bodies) :][doubted] = 0.0
    return Model(vocabulary, fitted(first))


def _matrix(lines: Sequence[str], vocabulary: dict[str, int]) -> csr_matrix[np.float64]:
    """One row a line: its grams, its shape, and a one for the bias."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack

    held = [(at, vocabulary[gram]) for at, line in enumerate(lines) for gram in grams(line) if gram in vocabulary]
    at, place = (np.array([pair[side] for pair in held], dtype=np.int64) for side in (0, 1))
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
