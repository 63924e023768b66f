"""The timeline as a small picture: where on a line of days each entry stands, for the page to draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from pipeline.rendering.footnotes import MONTHS

if TYPE_CHECKING:
    from pipeline.types import Section

WIDTH, HEIGHT = 720, 64
_EDGE = 14
# A dot is labelled when the label before it in the same row is at least so far away.
_LABEL = 76
_ROWS = 2


@dataclass(frozen=True, slots=True)
class Dot:
    """An entry on the line: its number in the list, from 1, its day in words, and where it and its label stand.

    `label` is empty where there is no room for one; `row` is 0 above the line and 1 below.
    """

    number: int
    day: str
    x: float
    label: str
    row: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The dots of a timeline, and the words that describe it to who cannot see it."""

    dots: tuple[Dot, ...]
    description: str


def drawn(section: Section) -> Picture | None:
    """The picture of a timeline whose labels are days ("14 March 2026"); None with fewer than two different ones."""
    days = [(number, found) for number, (label, _) in enumerate(section.labelled, 1) if (found := _day(label))]
    if len({found for _, found in days}) < 2:
        return None
    first, last = min(found for _, found in days), max(found for _, found in days)
    scale = (WIDTH - 2 * _EDGE) / (last - first).days
    ends = [-1.0 * _LABEL] * _ROWS
    dots = []
    for number, found in sorted(days, key=lambda each: each[1]):
        x = round(_EDGE + (found - first).days * scale, 1)
        anchor = "start" if x < _LABEL / 2 else "end" if x > WIDTH - _LABEL / 2 else "middle"
        row = next((row for row in range(_ROWS) if x - ends[row] >= _LABEL), None)
        if row is not None:
            ends[row] = x
        label = f"{found.day} {MONTHS[found.month - 1][:3]}" if row is not None else ""
        dots.append(Dot(number, section.labels[number - 1], x, label, row or 0, anchor))
    words = f"{len(dots)} events from {section.labels[days[0][0] - 1]} to {section.labels[days[-1][0] - 1]}"
    return Picture(tuple(dots), words)


def _day(label: str) -> date | None:
    parts = label.split(" ")
    if len(parts) != 3 or parts[1] not in MONTHS:
        return None
    try:
        return datetime(int(parts[2]), MONTHS.index(parts[1]) + 1, int(parts[0])).date()
    except ValueError:
        return None
