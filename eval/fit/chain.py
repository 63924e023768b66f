"""Fit a linear-chain CRF over the lines of pages, with a hidden layer beside its linear features: log likelihood, an L2
penalty, and a margin for what must not be lost (softmax-margin; Gimpel and Smith, NAACL 2010)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from eval.fit.pages import TRICKY, Placed
from eval.fit.pasted import MAY_BE, STORY
from pipeline.cleaning.features import Features
from pipeline.cleaning.sequence import LAST, PARTS, RESIDUE, allowed

if TYPE_CHECKING:
    from numpy.typing import NDArray

PENALTY = 1.0
# Units of the hidden layer, and the penalty of its weights. For two writers who were left out .003 of the story lost
# bought .80 of the residue without it, .83 with 12 units and a penalty of 4, .81 with 24 and 8.
HIDDEN = 12
HIDDEN_PENALTY = 4.0
# How much dearer a line of the story is left out than residue is kept, in log odds, and one that looks like residue:
# of (0, 1), (1, 2) and (1, 4) none is better on the curve of a writer who was left out.
MARGIN = 1.0
MARGINS = {TRICKY: 2.0}
DOUBTED = 0.4
ITERATIONS = 100
# Pages of about one length are computed together.
_GROUPS = 5
_NEVER = -1e4
IS_RESIDUE = np.array([part in RESIDUE for part in PARTS])
_END = np.array([0.0 if part in LAST else _NEVER for part in PARTS])


@dataclass(frozen=True, slots=True)
class Page:
    """A page of known parts and the features of its lines; one whose article is not ours may have residue in it that
    nobody labelled."""

    lines: tuple[Placed, ...]
    told: tuple[Features, ...]
    title_known: bool
    may_hide_residue: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of `names` and of the bias by part, shape (names + 1, parts), of the steps, shape (parts, parts), by unit
    of the hidden layer, shape (names + 1, HIDDEN), and of these units by part, shape (HIDDEN, parts)."""

    names: tuple[str, ...]
    emissions: NDArray[np.float64]
    steps: NDArray[np.float64]
    units: NDArray[np.float64]
    of_units: NDArray[np.float64]

    def scores(self, matrix: csr_matrix[np.float64]) -> NDArray[np.float64]:
        """The score of each part for each line."""
        hidden = np.tanh(np.asarray(matrix @ self.units))
        return np.asarray(np.asarray(matrix @ self.emissions) + hidden @ self.of_units)


def fitted_twice(pages: Sequence[Page]) -> tuple[Fitted, int]:
    """The weights of the second fit, and how many lines of articles could be anything in it: those that the first fit
    doubted."""
    names = tuple(sorted({name for page in pages for told in page.told for name in told}))
    matrix = _matrix(pages, names)
    may_hide = np.array([page.may_hide_residue and part == "body" for page in pages for part, _ in page.lines])
    words_doubt = np.array(["odds>0" in told for page in pages for told in page.told])
    first = _fit(pages, matrix, names, words_doubt & may_hide, ITERATIONS // 2, None)
    doubted = may_hide & (residue_odds(first, pages) > DOUBTED)
    return _fit(pages, matrix, names, doubted, ITERATIONS, first), int(doubted.sum())


def residue_odds(fitted: Fitted, pages: Sequence[Page]) -> NDArray[np.float64]:
    """How probably each line of some pages is residue."""
    return np.asarray(_marginals(pages, _matrix(pages, fitted.names), fitted)[:, IS_RESIDUE].sum(axis=1))


def _matrix(pages: Sequence[Page], names: Sequence[str]) -> csr_matrix[np.float64]:
    """One row a line: its features, and a one for the bias."""
    places = {name: place for place, name in enumerate(names)}
    ends, held, values = [0], [], []
    for told in (told for page in pages for told in page.told):
        known = [(places[name], value) for name, value in told.items() if name in places and value]
        held += [place for place, _ in known] + [len(names)]
        values += [value for _, value in known] + [1.0]
        ends.append(len(held))
    return csr_matrix((np.array(values), np.array(held), np.array(ends)), shape=(len(ends) - 1, len(names) + 1))


@dataclass(frozen=True, slots=True)
class _Group:
    """Pages of about one length: the rows of their lines, shape (pages, lines), and which of these are there."""

    rows: NDArray[np.int64]
    is_there: NDArray[np.bool_]
    begin: NDArray[np.float64]
    steps: NDArray[np.float64]


def _groups(pages: Sequence[Page]) -> list[_Group]:
    starts = np.cumsum([0, *(len(page.lines) for page in pages)])
    groups: list[_Group] = []
    for known in (False, True):
        begin, steps = (np.where(may, 0.0, _NEVER) for may in allowed(known))
        mine = sorted(
            (at for at, page in enumerate(pages) if page.title_known is known), key=lambda at: len(pages[at].lines)
        )
        for part in np.array_split(mine, _GROUPS):
            longest = max((len(pages[at].lines) for at in part), default=0)
            rows = np.zeros((len(part), longest), dtype=np.int64)
            is_there = np.zeros(rows.shape, bool)
            for row, at in enumerate(part):
                size = len(pages[at].lines)
                rows[row, :size] = np.arange(starts[at], starts[at] + size)
                is_there[row, :size] = True
            groups += [_Group(rows, is_there, begin, steps)] if len(part) else []
    return groups


def _fit(
    pages: Sequence[Page],
    matrix: csr_matrix[np.float64],
    names: tuple[str, ...],
    doubted: NDArray[np.bool_],
    iterations: int,
    start: Fitted | None,
) -> Fitted:
    groups = _groups(pages)
    size, count = matrix.shape[1], len(PARTS)
    parts = [part for page in pages for part, _ in page.lines]
    told = np.full((len(parts), count), _NEVER)
    margin = np.zeros((len(parts), count))
    for row, part in enumerate(parts):
        told[row, [PARTS.index(each) for each in MAY_BE[part]]] = 0.0
        if doubted[row]:
            told[row] = 0.0
        elif part in STORY:
            margin[row, IS_RESIDUE] = MARGINS.get(part, MARGIN)
    across = matrix.T.tocsr()
    shapes = [(size, count), (count, count), (size, HIDDEN), (HIDDEN, count)]
    edges = np.cumsum([0, *(rows * columns for rows, columns in shapes)])
    penalties = [np.full(shape, PENALTY) for shape in shapes]
    penalties[1] *= 0.1
    penalties[2][:], penalties[3][:] = HIDDEN_PENALTY, HIDDEN_PENALTY
    penalties[0][-1], penalties[2][-1] = 0.0, 0.0
    penalty = np.concatenate([each.ravel() for each in penalties])

    def parted(flat: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        return [flat[edges[at] : edges[at + 1]].reshape(shape) for at, shape in enumerate(shapes)]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        emissions, steps, units, of_units = parted(flat)
        hidden = np.tanh(np.asarray(matrix @ units))
        scores = np.asarray(matrix @ emissions) + hidden @ of_units
        slope, step_slope, value = np.zeros_like(scores), np.zeros_like(steps), 0.0
        for group in groups:
            free, free_at, free_steps = _chain((scores + margin)[group.rows], group, steps)
            held, held_at, held_steps = _chain((scores + told)[group.rows], group, steps)
            value += float((free - held).sum())
            slope[group.rows[group.is_there]] = (free_at - held_at)[group.is_there]
            step_slope += free_steps - held_steps
        within = (slope @ of_units.T) * (1 - hidden**2)
        slopes = (across @ slope, step_slope, across @ within, hidden.T @ slope)
        value += 0.5 * float(penalty @ flat**2)
        return value, np.concatenate([np.asarray(each).ravel() for each in slopes]) + penalty * flat

    if start:
        begin = [start.emissions, start.steps, start.units, start.of_units]
    else:
        rng = np.random.default_rng(7)
        begin = [np.zeros(shape) for shape in shapes[:2]]
        begin += [rng.normal(size=shapes[2]) * 0.2, rng.normal(size=shapes[3]) * 0.1]
    flat = np.concatenate([each.ravel() for each in begin])
    found = minimize(loss, flat, jac=True, method="L-BFGS-B", options={"maxiter": iterations}).x
    return Fitted(names, *parted(found))


def _chain(
    scores: NDArray[np.float64], group: _Group, step_weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """For each page the logarithm of its partition function, the marginals of its lines, and the sum of the steps'."""
    highest = scores.max(axis=2, keepdims=True)
    factors = np.exp(np.maximum(scores - highest, -80))
    steps = np.exp(np.maximum(group.steps + step_weights, -1e3))
    end = np.exp(np.maximum(_END, -1e3))
    forward, scale = np.empty_like(factors), np.ones(scores.shape[:2])
    for at in range(scores.shape[1]):
        reached = (forward[:, at - 1] @ steps if at else np.exp(np.maximum(group.begin, -1e3))) * factors[:, at]
        total = reached.sum(axis=1) + 1e-300
        there = group.is_there[:, at]
        forward[:, at] = np.where(there[:, None], reached / total[:, None], forward[:, at - 1])
        scale[:, at] = np.where(there, total, 1.0)
    last = forward[:, -1] @ end + 1e-300
    partition = np.log(scale).sum(axis=1) + (highest[:, :, 0] * group.is_there).sum(axis=1) + np.log(last)
    backward = np.empty_like(factors)
    backward[:, -1] = end / last[:, None]
    pairs = np.zeros_like(steps)
    for at in range(scores.shape[1] - 2, -1, -1):
        there = group.is_there[:, at + 1]
        following = factors[:, at + 1] * backward[:, at + 1] / scale[:, at + 1][:, None]
        backward[:, at] = np.where(there[:, None], following @ steps.T, backward[:, at + 1])
        pairs += forward[there, at].T @ following[there]
    return partition, forward * backward * group.is_there[:, :, None], pairs * steps


def _marginals(pages: Sequence[Page], matrix: csr_matrix[np.float64], fitted: Fitted) -> NDArray[np.float64]:
    scores = fitted.scores(matrix)
    found = np.zeros_like(scores)
    for group in _groups(pages):
        _, marginals, _ = _chain(scores[group.rows], group, fitted.steps)
        found[group.rows[group.is_there]] = marginals[group.is_there]
    return found
