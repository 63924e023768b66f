"""Learn cleaning: `sequence.json`, `learned.json`, `grammar.npz` and `meaning.npz` in `pipeline/cleaning`.

    OPENBLAS_NUM_THREADS=1 python -m eval.fit.sequence FOLDER

On one thread the same weights come out every time. FOLDER holds articles in the layout of realtimeqa. What others wrote
is divided into folds by writer (`eval.fit.material`); the pages of a fold (`eval.fit.pages`) are made of its own alone,
and their lines are judged by words, build and meaning (`eval.fit.residue`, `eval.fit.kinds`) that were learned from the
other writers. On all pages a linear-chain CRF is fitted (`eval.fit.chain`). Articles carry residue of their own: lines
of theirs that the first fit doubts may be anything in the second. Printed, and kept with the weights: what is left out
of the pages of the last fold, whose writers had no part in the weights, for each probability from which on a line is.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from eval.fit import kinds
from eval.fit import residue as words
from eval.fit.chain import Fitted, Page, fitted_twice, residue_odds
from eval.fit.material import Material, folds, teaser, together
from eval.fit.pages import Others, Writer
from eval.fit.pasted import STORY, Pasted, pasted
from pipeline.cleaning import glued, learned, origin, residue
from pipeline.cleaning.features import features
from pipeline.cleaning.kinds import KINDS
from pipeline.cleaning.learned import LONGEST
from pipeline.cleaning.lines import Line, lines_of
from pipeline.cleaning.seen import Judges, see
from pipeline.cleaning.sequence import PARTS, RESIDUE

WEIGHTS = Path(residue.__file__).with_name("sequence.json")
# Pages of a fold with an article of the data set; each of our own is on so many, and a foreign one, of which there are
# few, on so many.
PAGES = 400
OWN = 3
FOREIGN = 4
STORY_LINES = 20_000
# A page that somebody else labelled counts as so many.
LABELLED_TIMES = 4
_THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
_NUMBERS = re.compile(r"\[[-\d.e,\s]+\]")
_KINDS_OPEN = frozenset(["{H}", "{S}", "{N}", "{O}", "{P}", "{T}", "{D}", "{E}"])


def main(data: Path) -> Iterator[str]:
    """Fit, and report line by line."""
    parts = folds(data, random.Random(7))
    others = others_of(parts)
    pages: list[list[Page]] = []
    for fold, mine in enumerate(parts):
        rest = together([part for at, part in enumerate(parts) if at != fold])
        judges = judges_of(lines_to_learn(rest, others, random.Random(fold)))
        pages.append(list(pages_of(mine, others, judges, random.Random(fold))))
        yield f"fold {fold}: {len(pages[-1])} pages, {sum(len(page.lines) for page in pages[-1]):,} lines"
    figures = measured(fitted_twice([page for fold in pages[:-1] for page in fold])[0], pages[-1])
    yield from (f"{name}: {shares}" for name, shares in figures.items())
    fitted, doubted = fitted_twice([page for fold in pages for page in fold])
    yield f"{len(fitted.names)} features; {doubted} lines of articles may be anything"
    _write(WEIGHTS, {"held out": figures, **_stored(fitted)})
    lines = lines_to_learn(together(parts), others, random.Random(len(parts)))
    _write(words.WEIGHTS, words.stored(_words(lines), [row for row in lines.residue if row[0] != "residue"]))
    kinds.store(kinds.learn_grammar(lines), kinds.learn_meaning(lines))
    yield f"written: {WEIGHTS.name}, {words.WEIGHTS.name}, {kinds.GRAMMAR.name}, {kinds.MEANING.name}"


def others_of(parts: Sequence[Material]) -> Others:
    """What links on pages lead to."""
    stories = [story for part in parts for story in part.stories]
    return Others([story.title for story in stories], [teaser(story) for story in stories[:2000]])


def judges_of(lines: kinds.Lines) -> Judges:
    """The weights that these lines teach."""
    return Judges(words.weights(_words(lines)), kinds.learn_grammar(lines), kinds.learn_meaning(lines))


def _words(lines: kinds.Lines) -> words.Model:
    return words.learn(lines.residue, lines.bodies, lines.stories)


def lines_to_learn(of: Material, others: Others, rng: random.Random) -> kinds.Lines:
    """The rows, and the lines of blocks, pages and stories."""
    writer = Writer((), (), others, rng)
    rows = [row for row in of.rows if row[0] in KINDS]
    bodies = [line for reason, line in of.rows if reason == "body"]
    for block in of.blocks:
        for _ in range(4 if any("{" in line for line in block.lines) else 1):
            for form, line in zip(block.lines, writer.lines(block), strict=True):
                line = line[:LONGEST]
                if form not in _KINDS_OPEN and block.kind != "script residue":
                    rows += [(block.kind, line)] if block.kind != "body" else []
                    bodies += [line] if block.kind == "body" else []
    labelled = [
        (part, page.text[start:end].strip()[:LONGEST])
        for page in of.labelled
        for start, end, part in page.spans
        if page.text[start:end].strip()
    ]
    bodies += [line for part, line in labelled if part == "story"]
    lines = list(dict.fromkeys(line[:LONGEST] for story in of.stories for line in story.lines))
    rng.shuffle(lines)
    ours = [line[:LONGEST] for story in (*of.own, *of.foreign) for line in story.lines]
    rows = list(dict.fromkeys(rows))
    known = {line for _, line in rows}
    more = dict.fromkeys(("residue", line) for part, line in labelled if part == "residue" and line not in known)
    return kinds.Lines([*rows, *more], list(dict.fromkeys(bodies)), lines[:STORY_LINES] + 3 * ours)


def pages_of(of: Material, others: Others, judges: Judges, rng: random.Random) -> Iterator[Page]:
    """The pages of a fold, as cleaning sees their lines."""
    writer = Writer(of.rows, of.blocks, others, rng)
    stories = of.stories[:PAGES]
    for at, story in enumerate([*stories, *OWN * list(of.own), *FOREIGN * list(of.foreign)]):
        title_known = rng.random() < 0.3
        page = pasted(list(writer.page(story, title_known=title_known)), rng)
        yield seen_page(page, judges, story.title if title_known else "", may_hide_residue=at < len(stories))
    for page in of.labelled:
        yield from [seen_page(page, judges)] * LABELLED_TIMES


def seen_page(page: Pasted, judges: Judges, title: str = "", *, may_hide_residue: bool = False) -> Page:
    """A page as cleaning sees its lines."""

    def log_odds(plain: str) -> float:
        return learned.log_odds(plain, judges.words)

    lines = [line for line in glued.cut(page.text, lines_of(page.text), log_odds) if line.plain and not line.is_script]
    placed = tuple((_part(page, line), line.plain) for line in lines)
    return Page(placed, tuple(features(see(lines, judges), title)), bool(title), may_hide_residue)


def _part(page: Pasted, line: Line) -> str:
    """The part of a line; who wrote an article and when is no residue to us, whatever a label says."""
    part = page.part(line.start, line.end)
    role = origin.role_of(line.plain) if part in ("residue", "beneath") else None
    return "either" if role == "publication" or (role == "byline" and part == "beneath") else part


def measured(fitted: Fitted, pages: Sequence[Page]) -> dict[str, dict[str, float]]:
    """For each probability from which on lines are left out: the share of residue that goes and of the story that is
    lost, in characters; apart for pages put together (without articles that may carry residue) and labelled ones."""
    odds = residue_odds(fitted, pages)
    parts = np.array([part for page in pages for part, _ in page.lines])
    sizes = np.array([len(line) for page in pages for _, line in page.lines])
    hides = np.array([page.may_hide_residue for page in pages for _ in page.lines])
    is_labelled = np.array([any(part == "story" for part, _ in page.lines) for page in pages for _ in page.lines])
    is_residue, is_story = np.isin(parts, (*RESIDUE, "residue")), np.isin(parts, STORY)
    told: dict[str, dict[str, float]] = {}
    for name, among in (("put together", ~is_labelled & ~hides), ("labelled", is_labelled)):
        for threshold in _THRESHOLDS:
            gone = among & (odds > threshold)
            told[f"{name}, more probable than {threshold}"] = {
                "removed": round(float(sizes[gone & is_residue].sum() / sizes[among & is_residue].sum()), 4),
                "lost": round(float(sizes[gone & is_story].sum() / sizes[among & is_story].sum()), 4),
            }
    return told


def _stored(fitted: Fitted) -> dict[str, object]:
    """Each feature with what it adds to each part and, behind these, to each unit of the hidden layer."""
    rows = np.round(np.hstack([fitted.emissions, fitted.units]), 2)
    weights = {name: list(map(float, row)) for name, row in zip(fitted.names, rows[:-1], strict=True) if row.any()}
    steps, units = ([list(map(float, row)) for row in np.round(each, 2)] for each in (fitted.steps, fitted.of_units))
    return {"parts": PARTS, "bias": list(map(float, rows[-1])), "steps": steps, "units": units, "features": weights}


def _write(path: Path, stored: dict[str, object]) -> None:
    text = json.dumps(stored, ensure_ascii=False, indent=0)
    text = _NUMBERS.sub(lambda match: " ".join(match[0].split()), text)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in main(Path(sys.argv[1])))
