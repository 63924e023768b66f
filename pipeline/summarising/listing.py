"""What a list in a briefing is made of before it is grounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.summarising.lines import Line


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list: the lines that say it, and what newsdesk puts before them, "" before those it leads up to."""

    labels: tuple[str, ...]
    lines: tuple[Line, ...]


def entry(label: str, *lines: Line) -> Entry:
    """An entry with one label, before the first of its lines."""
    return Entry((label, *[""] * (len(lines) - 1)), lines)
