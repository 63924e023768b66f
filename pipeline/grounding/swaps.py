"""Have two numbers or names changed places: each beside the word that the cited sentences have beside the other?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.grounding.aliases import same_name
from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.lexicon import listed
from pipeline.grounding.meaning import tells
from pipeline.grounding.names import Name, names_in
from pipeline.grounding.quantities import Quantity, quantities_in
from pipeline.grounding.words import Token, read

# Prepositions that put one thing over another: who stands before them and who after is the whole sense.
_RANKING = listed("ahead behind over above below than")
_ENDS = frozenset(".;:")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A number or name, as written, with the nearest word that tells something on its left and on its right."""

    item: Quantity | Name
    words: str
    left: str
    right: str


def check_swaps(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for two numbers or names that have changed places, and for who is ahead of whom."""
    findings = []
    for sentence in cited:
        given = list(_placed(sentence.text))
        for one, other in combinations(_placed(text), 2):
            first, second = _counterpart(one, given), _counterpart(other, given)
            if first and second and first is not second and _swapped(one, other, first, second):
                findings.append(f"“{one.words}” and “{other.words}” are exchanged")
        ranked = list(_ranked(sentence.text))
        for word, better, worse in _ranked(text):
            if any(word == there and _same(better, low) and _same(worse, high) for there, high, low in ranked):
                findings.append(f"“{better.words}” and “{worse.words}” are exchanged around “{word}”")
    return tuple(dict.fromkeys(findings))


def _swapped(one: _Placed, other: _Placed, first: _Placed, second: _Placed) -> bool:
    """Whether on the same side each stands beside the other's neighbour, and not beside its own."""
    sides = (
        (one.left, other.left, first.left, second.left),
        (one.right, other.right, first.right, second.right),
    )
    return any(
        all((mine, theirs, own, others))
        and tells(others, mine)
        and tells(own, theirs)
        and not tells(own, mine)
        and not tells(others, theirs)
        for mine, theirs, own, others in sides
    )


def _counterpart(placed: _Placed, given: Sequence[_Placed]) -> _Placed | None:
    found = [other for other in given if _same(placed.item, other.item)]
    return found[0] if len(found) == 1 else None


def _same(one: Quantity | Name, other: Quantity | Name) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return (one.low, one.high) == (other.low, other.high)
    return isinstance(one, Name) and isinstance(other, Name) and same_name(one, other, "")


def _placed(text: str) -> Iterator[_Placed]:
    tokens = read(text)
    numbers = [quantity for quantity in quantities_in(text) if quantity.unit != "ordinal"]
    for item in numbers:
        left, right = _beside(tokens[: item.first][::-1]), _beside(tokens[item.last + 1 :])
        yield _Placed(item, item.words, left, right)


def _beside(tokens: Sequence[Token]) -> str:
    """The nearest word that tells something, up to the end of the sentence or the next number."""
    for token in tokens:
        if token.text in _ENDS or token.kind == "number":
            return ""
        if token.content:
            return token.lower
    return ""


def _ranked(text: str) -> Iterator[tuple[str, Name, Name]]:
    """(preposition, the name before it, the name after it)."""
    names = names_in(text)
    for at, token in enumerate(read(text)):
        before = [name for name in names if name.last < at]
        after = [name for name in names if name.first > at]
        if token.lower in _RANKING and before and after:
            yield token.lower, before[-1], after[0]
