"""Where in its sources a statement has each of its words from: one path through the source, as straight as can be.

A word of news prose stands in a sentence two or three times, and "two" in "two dead" is not "two" of "two weeks". So
words are not looked up one by one: of all the ways to lay a statement over its source the one is taken that keeps
neighbours together (the hidden Markov model of word alignment, Vogel et al., 1996, with costs set by hand).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.grounding.meaning import resembles, tells
from pipeline.grounding.quantities import quantities_in
from pipeline.grounding.words import Token, read

# What it costs that a word stands in another form, is only near in the static embeddings, or is not traced.
_FORM, _NEAR, _UNTRACED = 0.3, 1.2, 2.0
# What each word costs that is jumped over, and a jump at most; going back costs this more.
_JUMP, _FARTHEST, _BACK = 0.2, 8, 0.4


@dataclass(frozen=True, slots=True)
class Trace:
    """The tokens of a statement and of its sources, the words of each that carry meaning, and which is from which.

    `content` and `given` are token positions; `traced` maps places in `content` to places in `given`.
    """

    tokens: tuple[Token, ...]
    source: tuple[Token, ...]
    content: tuple[int, ...]
    given: tuple[int, ...]
    traced: dict[int, int]

    def word(self, place: int) -> Token:
        """The word of the statement at a place in `content`."""
        return self.tokens[self.content[place]]

    def origin(self, place: int) -> Token:
        """The word of the source at a place in `given`."""
        return self.source[self.given[place]]


@lru_cache(maxsize=512)
def trace(text: str, sources: tuple[str, ...]) -> Trace:
    """The likeliest path of a statement through its sources, read one after the other."""
    tokens = read(text)
    content = tuple(at for at, token in enumerate(tokens) if token.content)
    figures = _figures(text)
    source: list[Token] = []
    given: list[int] = []
    values: list[float | None] = []
    for each in sources:
        here, theirs = read(each), _figures(each)
        places = [at for at, token in enumerate(here) if token.content]
        given += [len(source) + at for at in places]
        values += [theirs.get(at) for at in places]
        source += here
    choices = [
        [
            (there, cost)
            for there, at in enumerate(given)
            if (cost := _cost(tokens[position], source[at], figures.get(position), values[there])) is not None
        ]
        for position in content
    ]
    return Trace(tokens, tuple(source), content, tuple(given), _path(choices))


def _path(choices: Sequence[Sequence[tuple[int, float]]]) -> dict[int, int]:
    """The cheapest choice for each word, given what the jumps between them cost (Viterbi)."""
    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {-1: (0.0, ())}
    for place, offered in enumerate(choices):
        following = {last: (cost + _UNTRACED, path) for last, (cost, path) in best.items()}
        for there, price in offered:
            cost, path = min(
                ((cost + price + _jump(last, there), path) for last, (cost, path) in best.items()),
                key=lambda way: way[0],
            )
            if there not in following or cost < following[there][0]:
                following[there] = (cost, (*path, (place, there)))
        best = following
    return dict(min(best.values(), key=lambda way: way[0])[1])


def _jump(last: int, there: int) -> float:
    if last < 0:
        return 0.0
    step = there - last - 1
    return _JUMP * min(abs(step), _FARTHEST) + (_BACK if step < 0 else 0.0)


def _cost(token: Token, other: Token, value: float | None, given: float | None) -> float | None:
    """What it costs to have a word from another one; None when it cannot be."""
    if token.lower == other.lower:
        return 0.0
    if value is not None and given is not None:
        return _FORM if abs(value - given) <= 1e-9 * abs(given) else None
    if "number" in (token.kind, other.kind):
        return None
    if tells(other.lower, token.lower):
        return _FORM
    return _NEAR if resembles(other.lower, token.lower) else None


def _figures(text: str) -> dict[int, float]:
    """The value of the quantity that each token belongs to."""
    return {
        place: quantity.low for quantity in quantities_in(text) for place in range(quantity.first, quantity.last + 1)
    }
