"""How near to a copy a statement is: whoever changes a copy changes little, whoever tells it anew changes much."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from pipeline.grounding.words import read


def nearness(text: str, sources: Sequence[str]) -> float:
    """The share of the words of a text that stand in a source in the same order, of the one that has most."""
    claim = _keys(text)
    matchers = (SequenceMatcher(None, claim, _keys(source), autojunk=False) for source in sources)
    kept = (sum(block.size for block in matcher.get_matching_blocks()) for matcher in matchers)
    return max(kept, default=0) / max(1, len(claim))


def _keys(text: str) -> list[str]:
    return [token.key for token in read(text) if token.kind != "mark"]
