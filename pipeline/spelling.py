"""Other spellings of a name in a library's own vocabulary: "Kateb Hezbollah" finds Kata'ib Hizbullah.

Names come into English letters in many ways. Two spellings are taken for one name when they are alike in what
transliteration keeps, the order of the consonants, and differ in few letters; or in one letter, for a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Letters that stand for one another when a name is carried over, each under the first of its group.
_ALIKE = str.maketrans("qgcwzy", "kkkvsi")
_DIGRAPHS = (("kh", "h"), ("gh", "k"), ("ph", "f"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "k"), ("ck", "k"))
_VOWELS = re.compile(r"[aeiouy'’ʼʻʿʾ\-]")
_DOUBLED = re.compile(r"(.)\1+")

# Shorter words are too like one another.
SHORTEST = 5
# The two may differ in this share of their letters (Indel ratio of rapidfuzz: 100 is the same word).
LIKENESS = 65.0
# A slip of one letter leaves this much of a word of six letters; for words of other consonants no more is allowed.
SLIP = 83.0
# A name that stands in so many passages is spelled as the library spells it.
KNOWN = 3
MOST = 4


def skeleton(word: str) -> str:
    """What is left of a name however it is carried over: its consonants, those that stand for one another as one.

    >>> skeleton("hezbollah") == skeleton("hizbullah"), skeleton("qaddafi") == skeleton("gadhafi")
    (True, True)
    """
    kept = word.lower()
    for pair, one in _DIGRAPHS:
        kept = kept.replace(pair, one)
    first, rest = kept[:1], kept[1:]
    opening = "" if _VOWELS.match(first) else first
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", (opening + rest)).translate(_ALIKE))


def openings(word: str) -> list[str]:
    """The first letters that another spelling of a word may have."""
    first = word[:1]
    groups = ("kqgch", "wv", "sz", "iy", "aeiou", "pf", "dt")
    return sorted(
        {letter for group in groups if first in group for letter in group} | {first, *("k" if first == "h" else "")}
    )


def respellings(word: str, vocabulary: Iterable[str]) -> list[str]:
    """The words of a vocabulary that may be the same name spelled otherwise, the likest first, at most MOST."""
    from rapidfuzz.fuzz import ratio

    wanted = skeleton(word)
    liked = []
    for other in vocabulary:
        if other == word or len(other) < SHORTEST or other.isdigit():
            continue
        likeness = ratio(word, other)
        if likeness >= (LIKENESS if skeleton(other) == wanted and len(wanted) > 1 else SLIP):
            liked.append((-likeness, other))
    return [other for _, other in sorted(liked)[:MOST]]
