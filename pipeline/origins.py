"""Which articles are one origin: copies of one wire story count once, however many outlets carry them.

>>> [sorted(group) for group in same_origin({"a": "x " * 9, "b": "x " * 9, "c": "y " * 9})]
[['a', 'b'], ['c']]
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

# Words in a row that are compared; long enough that quotations and stock phrases alone make no copy
# (Broder, On the resemblance and containment of documents, 1997).
SHINGLE = 5
# The share of the shorter article that stands in the longer one, from which it is a copy. On the bundled suite relays
# of wire copy have .63 and more, independent reports of one event at most .05.
COPY = 0.35

_WORD = regex.compile(r"[\p{L}\p{N}]+")


def same_origin(texts: Mapping[str, str]) -> tuple[frozenset[str], ...]:
    """The articles (id → text) in groups of one origin each, in the order of their first member."""
    group_of: dict[str, int] = {}
    groups: list[set[str]] = []
    shingled = {article: shingles(text) for article, text in texts.items()}
    for article, own in shingled.items():
        copied = {group_of[other] for other in group_of if contained(own, shingled[other]) >= COPY}
        if not copied:
            group_of[article] = len(groups)
            groups.append({article})
            continue
        first, *others = sorted(copied)
        groups[first].add(article)
        for other in others:
            groups[first] |= groups[other]
            groups[other] = set()
        group_of |= dict.fromkeys(groups[first], first)
    return tuple(frozenset(group) for group in groups if group)


def contained(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the smaller set of shingles that stands in the other, 0 when either is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def shingles(text: str) -> frozenset[int]:
    """The runs of `SHINGLE` words of a text, hashed; empty for a text shorter than that."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return frozenset(hash(tuple(words[start : start + SHINGLE])) for start in range(len(words) - SHINGLE + 1))
