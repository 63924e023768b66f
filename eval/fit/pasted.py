"""Pages as they are pasted, and which part of a page each stretch is: put together, or labelled by somebody else."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from eval.fit.pages import TRICKY, Placed
from pipeline.cleaning.sequence import PARTS, RESIDUE

LABELLED = {"headline": "headline", "body": "story", "residue": "residue", "either": "either"}
"""What the label of a line says of its part: MAY_BE has the parts that each may be."""
STORY = ("headline", "head", "body", "foot", TRICKY, "story")
MAY_BE: Mapping[str, tuple[str, ...]] = {
    **{part: (part,) for part in PARTS},
    TRICKY: ("body",),
    "story": ("head", "body", "foot"),
    "residue": RESIDUE,
    "either": PARTS,
}
"""The parts that a line of a known part may be: whole pages say less of theirs than those put together."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A page as it is pasted, and which stretches of it are which part (start, end, part) in their order."""

    text: str
    spans: tuple[tuple[int, int, str], ...]

    def part(self, start: int, end: int) -> str:
        """The part that most of a stretch is."""
        shares: Counter[str] = Counter()
        at = bisect_right(self.spans, start, key=lambda span: span[1])
        while at < len(self.spans) and self.spans[at][0] < end:
            first, last, part = self.spans[at]
            shares[part] += min(end, last) - max(start, first)
            at += 1
        return shares.most_common(1)[0][0]


def read_pages(folder: Path, beginning: str = "") -> list[Pasted]:
    """The labelled pages of a folder whose names begin so, in the form of `eval.benchmarks.residue`."""
    return [_labelled(path) for path in sorted(folder.glob(f"{beginning}*.tsv"))]


def _labelled(path: Path) -> Pasted:
    lines: list[str] = []
    spans: list[tuple[int, int, str]] = []
    at = 0
    for row in path.read_text(encoding="utf-8").splitlines():
        label, _, rest = row.partition("\t")
        line, *parts = rest.split("\t")
        edges = [at, at + len(line)]
        for part in parts:
            edges += [at + line.index(part), at + line.index(part) + len(part)]
        for start, end in pairwise(sorted(set(edges))):
            within = any(part.startswith(line[start - at : end - at]) for part in parts)
            spans.append((start, end, LABELLED[label] if label != "mixed" else "residue" if within else "story"))
        lines.append(line)
        at += len(line) + 1
    return Pasted("\n".join(lines), tuple(spans))


def pasted(placed: Sequence[Placed], rng: random.Random) -> Pasted:
    """The text of a page: its lines with blank ones between all, some or none of them, and now and then a line of
    residue that hangs on the paragraph above it."""
    style = rng.random()
    text = ""
    spans: list[tuple[int, int, str]] = []
    for at, (part, line) in enumerate(placed):
        before = placed[at - 1][0] if at else ""
        hangs = part in ("among", "below") and before in ("body", TRICKY) and len(placed[at - 1][1]) > 80
        if hangs and rng.random() < (0.15 if len(line) < 120 else 0.03):
            text += rng.choice((" ", " ", " ", ""))
        elif at:
            apart = part != before or part == "body" or rng.random() < 0.2
            text += "\n\n" if style < 0.3 or (style > 0.6 and apart) else "\n"
        spans.append((len(text), len(text) + len(line), part))
        text += line
    return Pasted(text, tuple(spans))
