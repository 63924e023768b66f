"""Do the cited sentences speak of what the statement says at all?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.dates import date_positions
from pipeline.grounding.words import keys, read

# Below this share of its words, a statement is not what the cited sentences say. Swept on the tables in
# tests/grounding_tables.py: see the figures there.
ENOUGH = 0.5
NOT_SAID = "unsupported: the cited sentences do not say this"


def check_coverage(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """A finding when too few of the words of a statement have anything like them in the cited sentences."""
    return () if coverage(text, (sentence.text for sentence in cited)) >= ENOUGH else (NOT_SAID,)


def coverage(text: str, sources: Iterable[str]) -> float:
    """The share of the words of a text, dates and numbers aside, that the sources have by concept; 1.0 without any.

    Names count half, for an invented sentence is made of the names of its source, and not at all when the source has
    them not: they are checked for themselves.
    """
    given = frozenset[str]().union(*(keys(source) for source in sources))
    dated = date_positions(text)
    total = held = 0.0
    for position, token in enumerate(read(text)):
        if token.kind != "word" or not token.content or position in dated:
            continue
        here = token.key in given or _akin(token.key, given)
        if token.capital and not here:
            continue
        weight = 0.5 if token.capital else 1.0
        total += weight
        held += weight * here
    return held / total if total else 1.0


def _akin(key: str, given: frozenset[str]) -> bool:
    """Whether a word shares its beginning with one of the source: "decision" and "decide", "expansion" and "expand"."""
    return any(
        len(key) >= 4
        and len(other) >= 4
        and key[: (need := max(4, round(0.7 * min(len(key), len(other)))))] == other[:need]
        for other in given
    )
