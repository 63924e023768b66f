"""Features of what lines are like: which kind their build and meaning make them, and whether they keep to the topic."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.cleaning.kinds import KINDS, Kinds
from pipeline.cleaning.seen import Seen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.cleaning.features import Features

# Log odds beyond these say no more; all are told in units of four.
_MOST = 8.0
_MOST_EACH = 6.0
_UNIT = 4.0
# So many lines to each side tell what stands around a line.
_AROUND = 3
# A line's share in its article's topic grows with its length, up to this.
_LONGEST = 240
_TELLING_BELOW_AND_AMONG = ("caption or credit", "read-more", "promotion", "navigation")


def likeness(page: Sequence[Seen], is_prose: Sequence[bool], zones: Sequence[str]) -> list[Features]:
    """The features of every line of a page; `zones` say where each stands to the paragraphs."""
    found: list[Features] = [{} for _ in page]
    for name, of_lines in (("meaning", [line.meaning for line in page]), ("build", [line.build for line in page])):
        for told, more in zip(found, _of_kinds(name, of_lines, zones), strict=True):
            told |= more
    for told, more, zone in zip(found, _topic(page, is_prose), zones, strict=True):
        told |= more | {f"{zone} {key}": value for key, value in more.items()}
    return found


def _of_kinds(name: str, of_lines: Sequence[Kinds], zones: Sequence[str]) -> list[Features]:
    odds = [_cut(kinds.residue, _MOST) for kinds in of_lines]
    labels = [(f"{name} {kind}", f"{name}+ {kind}") for kind in KINDS]
    zoned = (name, f"{name}+", *(f"{name} {kind}" for kind in _TELLING_BELOW_AND_AMONG))
    found: list[Features] = []
    for at, kinds in enumerate(of_lines):
        beside = [*odds[max(0, at - _AROUND) : at], *odds[at + 1 : at + 1 + _AROUND]]
        told = {
            name: odds[at],
            f"{name}+": max(0.0, odds[at]),
            f"{name} around": sum(beside) / len(beside) if beside else 0.0,
        }
        for away, label in ((-1, "prev"), (1, "next"), (-2, "prev2"), (2, "next2")):
            if 0 <= at + away < len(odds):
                told[f"{label} {name}"] = odds[at + away]
        for (label, above), each in zip(labels, kinds.each, strict=True):
            odd = told[label] = _cut(each, _MOST_EACH)
            told[above] = max(0.0, odd)
        found.append(told | {f"{zones[at]} {key}": told[key] for key in zoned})
    return found


def _topic(page: Sequence[Seen], is_prose: Sequence[bool]) -> list[Features]:
    """How near each line is to what the paragraphs are about, to those beside it and to the nearest of all."""
    import numpy as np

    if not page:
        return []
    vectors = np.array([line.vector for line in page])
    prose = np.array(is_prose)
    near = (vectors @ vectors.T).tolist()
    centrality = _centrality(vectors, prose)
    typical = float(np.median(centrality[prose])) if prose.any() else 0.0
    central = centrality.tolist()
    places = np.flatnonzero(prose).tolist()
    found: list[Features] = []
    for at, line in enumerate(page):
        gap = central[at] - typical
        told = {"topic": central[at], "topic gap": gap}
        told["topic gap by length"] = gap * min(len(line.plain), _LONGEST) / 100
        following = bisect_right(places, at)
        before, after = places[max(0, bisect_left(places, at) - 1) : bisect_left(places, at)], places[following:][:1]
        beside = [near[at][other] for other in (*before, *after)]
        if beside:
            told["near"] = max(beside)
        if before and after:
            told["across"] = near[before[0]][after[0]]
        others = [near[at][other] for other in places if other != at]
        if others:
            told["nearest"] = max(others)
        found.append(told)
    return found


def _centrality(vectors: NDArray[np.float32], prose: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The cosine of each line with the sum of the paragraphs but itself."""
    import numpy as np

    centre = vectors[prose].sum(axis=0)
    rest = centre[None, :] - vectors * prose[:, None]
    lengths = np.linalg.norm(rest, axis=1)
    return np.asarray((vectors * rest).sum(axis=1) / np.where(lengths > 0, lengths, 1.0))


def _cut(odds: float, most: float) -> float:
    return max(-most, min(most, odds)) / _UNIT
