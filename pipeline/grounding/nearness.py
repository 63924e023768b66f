"""How near to a copy a statement is: whoever changes a copy changes little, whoever tells it anew changes much."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from pipeline.grounding.words import Token, read

Change: TypeAlias = tuple[str, int, int, int, int]
"""As difflib has it, of the words of a claim and a source: "delete" is in the claim only, "insert" in the source."""

# At most so many words make one exchanged for another.
_LONGEST = 3


def nearness(text: str, sources: Sequence[str]) -> float:
    """The share of the words of a text that stand in a source in the same order, of the one that has most."""
    claim = words_and_numbers(text)
    matchers = (_matcher(claim, words_and_numbers(source)) for source in sources)
    kept = (sum(block.size for block in matcher.get_matching_blocks()) for matcher in matchers)
    return max(kept, default=0) / max(1, len(claim))


def changes(claim: Sequence[Token], source: Sequence[Token]) -> list[Change]:
    """What turns the words of a claim into those of a source, from left to right."""
    return [change for change in _matcher(claim, source).get_opcodes() if change[0] != "equal"]


def lone_exchange(text: str, source: str) -> tuple[list[Token], list[Token]] | None:
    """The words that a text, else a copy of a source perhaps shortened, has in the place of others, and those others.

    None when more is changed than one place, or when words were only put in.
    """
    claim, tokens = words_and_numbers(text), words_and_numbers(source)
    found = [change for change in changes(claim, tokens) if any(word.content for word in claim[change[1] : change[2]])]
    if len(found) != 1 or found[0][0] != "replace" or found[0][2] - found[0][1] > _LONGEST:
        return None
    _, first, last, there, end = found[0]
    # What was cut off beside the word, where the statement ends, belongs to the same change.
    end = min(end, there + last - first) if last == len(claim) else end
    new, old = ([word for word in words if word.content] for words in (claim[first:last], tokens[there:end]))
    return (new, old) if old and end - there <= _LONGEST else None


def words_and_numbers(text: str) -> list[Token]:
    """The tokens of a text without its punctuation."""
    return [token for token in read(text) if token.kind != "mark"]


def _matcher(claim: Sequence[Token], source: Sequence[Token]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [token.key for token in claim], [token.key for token in source], autojunk=False)
