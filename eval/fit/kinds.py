"""Learn which kind of line a build and a meaning make: `pipeline/cleaning/grammar.npz` and `meaning.npz`.

Both are softmax models over the story and the kinds of residue, on the same lines as the words (`eval.fit.residue`):
one linear in the runs of word classes, one a network with a hidden layer over the line's vector. A line that is known
to be residue of an unknown kind may be any; lines of articles that the first fit doubts teach nothing in the second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from pipeline.cleaning import grammar, meaning
from pipeline.cleaning.kinds import KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

GRAMMAR = Path(grammar.__file__).with_name("grammar.npz")
MEANING = Path(meaning.__file__).with_name("meaning.npz")
# What a row of residue, and one of the body that looks like it, count against a line of an article.
ROW_WEIGHT = 3.0
BODY_WEIGHT = 10.0
# Runs in fewer lines teach nothing that holds elsewhere; with 3, 10 and 30 for the penalty, and 8 and 25 for this, the
# area under the curve of a writer who was left out was .924–.933 against lines of the body that look like residue.
FEWEST_LINES = 12
GRAMMAR_PENALTY = 10.0
# Of 8–32 units and penalties of .3–50 the last was best for a writer who was left out.
HIDDEN = 24
MEANING_PENALTY = 50.0
ITERATIONS = 100
# A line of an article that is the story less probably than this teaches nothing in the second fit.
BELIEVED = 0.5


@dataclass(frozen=True, slots=True)
class Lines:
    """What is learned from: (kind or "residue", line); lines of the body that look like it; lines of articles."""

    residue: Sequence[tuple[str, str]]
    bodies: Sequence[str]
    stories: Sequence[str]

    def texts(self) -> list[str]:
        return [*(line for _, line in self.residue), *self.bodies, *self.stories]

    def may_be(self) -> NDArray[np.bool_]:
        """Which of the story and KINDS each line may be, shape (lines, kinds + 1)."""
        columns: dict[str, int] = {kind: at for at, kind in enumerate(KINDS, 1)}
        count = len(self.residue)
        allowed = np.zeros((count + len(self.bodies) + len(self.stories), len(KINDS) + 1), bool)
        allowed[count:, 0] = True
        for row, (kind, _) in enumerate(self.residue):
            allowed[row, list(columns.values()) if kind == "residue" else columns[kind]] = True
        return allowed

    def counted(self) -> NDArray[np.float64]:
        sizes = [len(self.residue), len(self.bodies), len(self.stories)]
        return np.repeat([ROW_WEIGHT, BODY_WEIGHT, 1.0], sizes)


Scored = tuple["NDArray[np.float64]", Callable[["NDArray[np.float64]"], "NDArray[np.float64]"]]
"""Scores of the lines, and the slope of the weights for a slope of the scores."""


def learn_grammar(lines: Lines) -> grammar.Weights:
    """The weights of runs."""
    texts = lines.texts()
    counts = Counter(run for line in texts for run in grammar.runs(line))
    places = {run: at for at, run in enumerate(sorted(run for run, n in counts.items() if n >= FEWEST_LINES))}
    held = [[*sorted(places[run] for run in grammar.runs(line) if run in places), len(places)] for line in texts]
    ends = np.cumsum([0, *map(len, held)])
    columns = np.array([place for row in held for place in row])
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(texts), len(places) + 1))
    across = matrix.T.tocsr()
    shape = (len(places) + 1, len(KINDS) + 1)

    def scored(flat: NDArray[np.float64]) -> Scored:
        return np.asarray(matrix @ flat.reshape(shape)), lambda slope: np.asarray(across @ slope).ravel()

    is_bias = np.zeros(shape, bool)
    is_bias[-1] = True
    found = _fitted(lines, scored, np.zeros(is_bias.size), GRAMMAR_PENALTY * ~is_bias.ravel())
    return grammar.Weights(places, np.round(found.reshape(shape) * grammar.SCALE) / grammar.SCALE)


def learn_meaning(lines: Lines) -> meaning.Weights:
    """The weights of the network."""
    texts = lines.texts()
    inputs = meaning.inputs(texts, meaning.vectors(texts)).astype(float)
    shapes = [(inputs.shape[1], HIDDEN), (HIDDEN,), (HIDDEN, len(KINDS) + 1), (len(KINDS) + 1,)]
    edges = np.cumsum([0, *(int(np.prod(shape)) for shape in shapes)])

    def parts(flat: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        return [flat[edges[at] : edges[at + 1]].reshape(shape) for at, shape in enumerate(shapes)]

    def scored(flat: NDArray[np.float64]) -> Scored:
        first, first_bias, second, second_bias = parts(flat)
        hidden = np.tanh(inputs @ first + first_bias)

        def slopes(slope: NDArray[np.float64]) -> NDArray[np.float64]:
            within = (slope @ second.T) * (1 - hidden**2)
            of_weights = (inputs.T @ within, within.sum(axis=0), hidden.T @ slope, slope.sum(axis=0))
            return np.concatenate([each.ravel() for each in of_weights])

        return hidden @ second + second_bias, slopes

    rng = np.random.default_rng(7)
    spread = [0.3, 0.0, 0.1, 0.0]
    start = np.concatenate([(rng.normal(size=shape) * s).ravel() for shape, s in zip(shapes, spread, strict=True)])
    penalty = np.concatenate([np.full(int(np.prod(shape)), MEANING_PENALTY * (len(shape) > 1)) for shape in shapes])
    found = parts(_fitted(lines, scored, start, penalty))
    return meaning.Weights(*(each.astype(np.float16).astype(np.float32) for each in found))


def store(build: grammar.Weights, meant: meaning.Weights) -> None:
    """Write the weights as cleaning reads them."""
    steps = np.clip(np.round(build.weights * grammar.SCALE), -127, 127).astype(np.int8)
    np.savez_compressed(GRAMMAR, runs=np.array("\n".join(build.places).encode()), weights=steps)
    names = meaning.Weights.__slots__
    np.savez_compressed(MEANING, **{name: getattr(meant, name).astype(np.float16) for name in names})


def _fitted(
    lines: Lines,
    scored: Callable[[NDArray[np.float64]], Scored],
    start: NDArray[np.float64],
    penalty: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The weights that make most probable what each line may be."""
    allowed, counted = np.where(lines.may_be(), 0.0, -np.inf), lines.counted()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores, slopes = scored(flat)
        free, held = _shares(scores), _shares(scores + allowed)
        value = float(counted @ (free[1] - held[1])) + 0.5 * float(penalty @ flat**2)
        return value, slopes(counted[:, None] * (free[0] - held[0])) + penalty * flat

    def fit(begin: NDArray[np.float64], iterations: int) -> NDArray[np.float64]:
        found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": iterations})
        return np.asarray(found.x)

    first = fit(start, ITERATIONS // 2)
    disbelieved = _shares(scored(first)[0])[0][:, 0] < BELIEVED
    disbelieved[: len(lines.residue) + len(lines.bodies)] = False
    counted[disbelieved] = 0.0
    return fit(first, ITERATIONS)


def _shares(scores: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The softmax of each row, and the logarithm of what it was divided by."""
    most = scores.max(axis=1, keepdims=True)
    shares = np.exp(scores - most)
    total = shares.sum(axis=1, keepdims=True)
    return shares / total, (most + np.log(total))[:, 0]
