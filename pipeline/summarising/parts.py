"""A story cut into the parts that a language model writes one by one: its developments, the most important first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.summarising.developments import find_developments
from pipeline.summarising.lines import read_lines
from pipeline.summarising.selecting import units
from pipeline.summarising.weighing import weigh
from pipeline.summarising.writer import (
    BOTTOM_LINE,
    ONE_SOURCE,
    by_importance,
    headline,
    most_developments,
    names_who_says,
)
from pipeline.types import Evidence


@dataclass(frozen=True, slots=True)
class Story:
    """A development: its title, and the passages that tell it, under their numbers in the whole."""

    title: str
    evidence: tuple[Evidence, ...]


def parts_of(topic: str, evidence: Sequence[Evidence], words: int) -> tuple[Story, ...]:
    """The developments of the evidence for a briefing of so many words, the most important first."""
    lines = read_lines(evidence)
    if not units(lines):
        return ()
    weights = weigh(topic, lines)
    developments = find_developments(lines, most_developments(words))
    return tuple(
        Story(
            headline(sorted(development.lines), lines, weights),
            tuple(item for item in evidence if item.article.id in development.articles),
        )
        for development in by_importance(developments, range(len(lines)), lines, weights)
    )


def bottom_line_title(sentences: Sequence[str], cited: Sequence[Evidence]) -> str:
    """The title over a bottom line, which says so when one origin alone has it and the sentences name nobody."""
    origins = {item.article.origin_group or item.article.id for item in cited}
    return BOTTOM_LINE if len(origins) > 1 or all(map(names_who_says, sentences)) else ONE_SOURCE
