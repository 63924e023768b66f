"""Learn `pipeline/cleaning/sequence.json` and `learned.json`: what is the article on a page, and by which words.

    python -m eval.fit.sequence FOLDER

FOLDER holds articles in the layout of realtimeqa. Rows, blocks, articles and pages that others labelled are divided
into folds; the pages of a fold (`eval.fit.pages`) are made of its own alone, and the words of their lines are judged by
weights (`eval.fit.residue`) that saw none of them. On all pages a linear-chain CRF is fitted: log likelihood, an L2
penalty and a margin for what must not be lost (softmax-margin; Gimpel and Smith, NAACL 2010). Articles carry residue
of their own: lines of theirs that the first fit doubts may be anything in the second. Printed, and kept with the
weights: the shares of characters left out of the pages of the last fold, by weights learned on the other folds.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from eval.benchmarks.records import find, read_records
from eval.fit import residue as words
from eval.fit.pages import (
    BLOCKS,
    Block,
    Others,
    Placed,
    Story,
    Writer,
    read_blocks,
    read_stories,
)
from eval.fit.pasted import MAY_BE, STORY, Pasted, pasted, read_pages
from pipeline.cleaning import glued, learned, origin, residue
from pipeline.cleaning.features import Features, Seen, features
from pipeline.cleaning.learned import LONGEST, Weights
from pipeline.cleaning.lines import Line, lines_of
from pipeline.cleaning.sequence import LAST, PARTS, RESIDUE, allowed

if TYPE_CHECKING:
    from numpy.typing import NDArray

T = TypeVar("T")

WEIGHTS = Path(residue.__file__).with_name("sequence.json")
FOLDS = 3
PAGES = 500
STORY_LINES = 20_000
# A foreign story, of which there are few, is on so many pages of each fold.
FOREIGN = 4
# A page that somebody else labelled counts as so many.
LABELLED_TIMES = 4
LABELLED_PAGES = Path(__file__).with_name("labelled")
PENALTY = 1.0
# How much dearer a line of the story is left out than residue is kept, in log odds, and one that looks like residue
# or stands on a page that somebody else labelled:
# swept 0–1 and 0–3; more keeps more of both.
MARGIN = 1.0
MARGINS = {"body!": 4.0, "story": 3.0}
DOUBTED = 0.4
ITERATIONS = 100
# Pages of about one length are computed together.
_GROUPS = 5
_THRESHOLDS = (0.3, 0.5, 0.7)
_NEVER = -1e4
_NUMBERS = re.compile(r"\[[-\d.e,\s]+\]")
_IS_RESIDUE = np.array([part in RESIDUE for part in PARTS])
_END = np.array([0.0 if part in LAST else _NEVER for part in PARTS])
_KINDS_OPEN = frozenset(["{H}", "{S}", "{N}", "{O}", "{P}", "{T}", "{D}", "{E}"])


@dataclass(frozen=True, slots=True)
class Page:
    """A page of known parts and the features of its lines."""

    lines: tuple[Placed, ...]
    told: tuple[Features, ...]
    title_known: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of `names` and of the bias by part, shape (names + 1, parts), and of steps, shape (parts, parts)."""

    names: tuple[str, ...]
    emissions: NDArray[np.float64]
    steps: NDArray[np.float64]


def main(data: Path) -> Iterator[str]:
    """Fit, and report line by line."""
    rng = random.Random(7)
    rows, stories = words.read_rows(words.ROWS), list(_stories(data, rng))
    blocks = [block for path in BLOCKS for block in read_blocks(path)]
    labelled = read_pages(LABELLED_PAGES)
    others = Others([each.title for each in stories], [_teaser(each) for each in stories[:2000]])
    for listed in (rows, blocks, stories, labelled):
        rng.shuffle(listed)
    all_of = Material(rows, blocks, stories, [*read_stories(), *filter(None, map(_story, labelled))], labelled)
    pages: list[list[Page]] = []
    for fold in range(FOLDS):
        model, _ = _words(all_of.without(fold), others, random.Random(fold))
        mine = all_of.only(fold)
        writer = Writer(mine.rows, mine.blocks, others, random.Random(fold))
        pages.append(list(_pages(mine, writer, words.weights(model), random.Random(fold))))
        yield f"fold {fold}: {len(pages[-1])} pages, {sum(len(page.lines) for page in pages[-1]):,} lines"
    seen = [page for fold in pages[:-1] for page in fold]
    figures = _measured(_fitted_twice(seen)[0], pages[-1])
    yield from (f"{name}: {shares}" for name, shares in figures.items())
    fitted, doubted = _fitted_twice([page for fold in pages for page in fold])
    yield f"{len(fitted.names)} features; {doubted} lines of articles may be anything"
    _write(WEIGHTS, {"held out": figures, **_stored(fitted)})
    model, kinds = _words(all_of, others, random.Random(FOLDS))
    _write(words.WEIGHTS, words.stored(model, kinds))
    yield f"written: {WEIGHTS.name}, {words.WEIGHTS.name}"


@dataclass(frozen=True, slots=True)
class Material:
    """What pages are made of: rows and blocks of residue, articles, stories in other languages, and whole pages."""

    rows: Sequence[tuple[str, str]]
    blocks: Sequence[Block]
    stories: Sequence[Story]
    foreign: Sequence[Story]
    labelled: Sequence[Pasted]

    def only(self, fold: int) -> Material:
        """What a fold has."""
        return Material(*(getattr(self, each.name)[fold::FOLDS] for each in fields(self)))

    def without(self, fold: int) -> Material:
        """What the other folds have."""
        return Material(*(_without(getattr(self, each.name), fold) for each in fields(self)))


def _story(page: Pasted) -> Story | None:
    """The story on a labelled page, when it has a headline."""
    lines = {
        part: [page.text[start:end] for start, end, it_is in page.spans if it_is == part and end > start]
        for part in ("headline", "story")
    }
    return Story(" ".join(lines["headline"]), tuple(lines["story"])) if lines["headline"] else None


def _without(listed: Sequence[T], fold: int) -> list[T]:
    return [each for at, each in enumerate(listed) if at % FOLDS != fold]


def _stories(data: Path, rng: random.Random) -> Iterator[Story]:
    """The articles that have a headline, a few lines and some length, in a random order."""
    articles = read_records(find(data, "articles.jsonl"), ("title", "text"))
    rng.shuffle(articles)
    for article in articles:
        title = str(article["title"]).split(" | ")[0].strip()
        lines = [" ".join(line.split()) for line in str(article["text"]).splitlines()]
        kept = tuple(line for line in lines if line and residue.reason(line) is None)
        if title and not title.endswith("...") and len(kept) >= 4 and sum(map(len, kept)) > 800:
            yield Story(title, kept)


def _teaser(story: Story) -> str:
    return next((line for line in story.lines if 60 < len(line) < 220), story.lines[0][:200])


def _words(of: Material, others: Others, rng: random.Random) -> tuple[words.Model, list[tuple[str, str]]]:
    """Weights of words, learned from rows, from the lines of blocks and pages and from stories; and the residue among
    the rows and blocks, each with its kind."""
    writer = Writer((), (), others, rng)
    kinds = [row for row in of.rows if row[0] != "body"]
    bodies = [line for reason, line in of.rows if reason == "body"]
    for block in of.blocks:
        for _ in range(4 if any("{" in line for line in block.lines) else 1):
            for form, line in zip(block.lines, writer.lines(block), strict=True):
                line = line[:LONGEST]
                if form not in _KINDS_OPEN and block.kind != "script residue":
                    kinds += [(block.kind, line)] if block.kind != "body" else []
                    bodies += [line] if block.kind == "body" else []
    pasted = [
        (part, page.text[start:end].strip()[:LONGEST])
        for page in of.labelled
        for start, end, part in page.spans
        if page.text[start:end].strip()
    ]
    bodies += [line for part, line in pasted if part == "story"]
    lines = list(dict.fromkeys(line[:LONGEST] for story in of.stories for line in story.lines))
    rng.shuffle(lines)
    lines = lines[:STORY_LINES] + 3 * [line[:LONGEST] for story in of.foreign for line in story.lines]
    kinds = list(dict.fromkeys(kinds))
    known = {line for _, line in kinds}
    more = dict.fromkeys(("residue", line) for part, line in pasted if part == "residue" and line not in known)
    return words.learn([*kinds, *more], list(dict.fromkeys(bodies)), lines), kinds


def _pages(of: Material, writer: Writer, weights: Weights, rng: random.Random) -> Iterator[Page]:
    """The pages of a fold, as cleaning sees their lines."""
    for story in [*of.stories[:PAGES], *FOREIGN * list(of.foreign)]:
        title_known = rng.random() < 0.3
        page = pasted(list(writer.page(story, title_known=title_known)), rng)
        yield _seen(page, weights, story.title if title_known else "")
    for page in of.labelled:
        yield from [_seen(page, weights, "")] * LABELLED_TIMES


def _seen(page: Pasted, weights: Weights, title: str) -> Page:
    def log_odds(plain: str) -> float:
        return learned.log_odds(plain, weights)

    lines = [line for line in glued.cut(page.text, lines_of(page.text), log_odds) if line.plain and not line.is_script]
    seen = [
        Seen(line.plain, line.after_blank, log_odds(line.plain), residue.reason(line.plain), line.hangs)
        for line in lines
    ]
    parts = tuple((_part(page, line), line.plain) for line in lines)
    return Page(parts, tuple(features(seen, title)), bool(title))


def _part(page: Pasted, line: Line) -> str:
    """The part of a line; who wrote an article and when is no residue to us, whatever a label says."""
    part = page.part(line.start, line.end)
    role = origin.role_of(line.plain) if part in ("residue", "beneath") else None
    return "either" if role == "publication" or (role == "byline" and part == "beneath") else part


def _fitted_twice(pages: Sequence[Page]) -> tuple[Fitted, int]:
    """The weights of the second fit, and how many lines of articles could be anything in it."""
    names = tuple(sorted({name for page in pages for told in page.told for name in told}))
    matrix = _matrix(pages, names)
    parts = [part for page in pages for part, _ in page.lines]
    words_doubt = np.array(["odds>0" in told for page in pages for told in page.told])
    first = _fit(pages, matrix, names, words_doubt & (np.array(parts) == "body"), ITERATIONS // 2, None)
    odds = _marginals(pages, matrix, first)[:, _IS_RESIDUE].sum(axis=1)
    doubted = (np.array(parts) == "body") & (odds > DOUBTED)
    return _fit(pages, matrix, names, doubted, ITERATIONS, first), int(doubted.sum())


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
            margin[row, _IS_RESIDUE] = MARGINS.get(part, MARGIN)
    across = matrix.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        emissions, steps = flat[: size * count].reshape(size, count), flat[size * count :].reshape(count, count)
        scores = np.asarray(matrix @ emissions)
        slope, step_slope, value = np.zeros_like(scores), np.zeros_like(steps), 0.0
        for group in groups:
            free, free_at, free_steps = _chain((scores + margin)[group.rows], group, steps)
            held, held_at, held_steps = _chain((scores + told)[group.rows], group, steps)
            value += float((free - held).sum())
            slope[group.rows[group.is_there]] = (free_at - held_at)[group.is_there]
            step_slope += free_steps - held_steps
        weighed = np.vstack([emissions[:-1], np.zeros((1, count))])
        value += 0.5 * PENALTY * float((weighed**2).sum() + 0.1 * (steps**2).sum())
        slopes = (across @ slope + PENALTY * weighed, step_slope + 0.1 * PENALTY * steps)
        return value, np.concatenate([each.ravel() for each in slopes])

    flat = np.zeros((size + count) * count)
    if start:
        flat = np.concatenate([start.emissions.ravel(), start.steps.ravel()])
    found = minimize(loss, flat, jac=True, method="L-BFGS-B", options={"maxiter": iterations}).x
    return Fitted(names, found[: size * count].reshape(size, count), found[size * count :].reshape(count, count))


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
    scores = np.asarray(matrix @ fitted.emissions)
    found = np.zeros_like(scores)
    for group in _groups(pages):
        _, marginals, _ = _chain(scores[group.rows], group, fitted.steps)
        found[group.rows[group.is_there]] = marginals[group.is_there]
    return found


def _measured(fitted: Fitted, pages: Sequence[Page]) -> dict[str, dict[str, float]]:
    """For each threshold the shares of characters left out, by the part of the page that they truly are."""
    odds = _marginals(pages, _matrix(pages, fitted.names), fitted)[:, _IS_RESIDUE].sum(axis=1)
    parts = np.array([part for page in pages for part, _ in page.lines])
    sizes = np.array([len(line) for page in pages for _, line in page.lines])
    return {
        f"more probable than {threshold}": {
            part: round(float(sizes[(parts == part) & (odds > threshold)].sum() / sizes[parts == part].sum()), 4)
            for part in sorted(set(map(str, parts)))
        }
        for threshold in _THRESHOLDS
    }


def _stored(fitted: Fitted) -> dict[str, object]:
    rounded = np.round(fitted.emissions, 2)
    weights = {name: list(map(float, row)) for name, row in zip(fitted.names, rounded[:-1], strict=True) if row.any()}
    steps = [list(map(float, row)) for row in np.round(fitted.steps, 2)]
    return {"parts": PARTS, "bias": list(map(float, rounded[-1])), "steps": steps, "features": weights}


def _write(path: Path, stored: dict[str, object]) -> None:
    text = json.dumps(stored, ensure_ascii=False, indent=0)
    text = _NUMBERS.sub(lambda match: " ".join(match[0].split()), text)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in main(Path(sys.argv[1])))
