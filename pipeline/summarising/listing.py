"""What a list in a briefing is made of before it is grounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.summarising.lines import Line


_MOST_AT_WORDS = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list: the lines that say it, and what newsdesk puts before them, "" before those it leads up to."""

    labels: tuple[str, ...]
    lines: tuple[Line, ...]


def entry(label: str, *lines: Line) -> Entry:
    """An entry with one label, before the first of its lines."""
    return Entry((label, *[""] * (len(lines) - 1)), lines)


def most_entries(number: int, words: int) -> int:
    """How many entries a list has in a briefing of so many words that has `number` in one of 400."""
    share: float = (words / _MOST_AT_WORDS) ** 0.7
    return max(2, round(number * share))
