"""What a list in a briefing is made of before it is grounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.summarising.lines import Line


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list: what newsdesk puts before it, and the lines that say it."""

    label: str
    lines: tuple[Line, ...]
