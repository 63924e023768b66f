"""Do the cited sentences speak of what the statement says at all?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.dates import date_positions, dates_in
from pipeline.grounding.meaning import begin_alike, known
from pipeline.grounding.quantities import quantities_in
from pipeline.grounding.words import PRONOUNS, keys, read

# Below this share of its words, a statement is not what the cited sentences say. Swept on the tables in tests, 334
# faults and 153 paraphrases: 0.34 misses 7 faults, 0.42 and 0.5 miss 6, 0.58 misses 5 with 6 false alarms.
ENOUGH = 0.5
# Of fewer words, names aside, a share says nothing: "On Friday the Amberjack was allowed to go".
_FEWEST = 3
NOT_SAID = "unsupported: the cited sentences do not say this"


def check_coverage(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """A finding when too few of the words of a statement have anything like them in the cited sentences.

    Where a cited sentence opens with a pronoun, the words that it can stand for are left out of the count.
    """
    if sum(token.kind == "word" and token.content and not token.capital for token in read(text)) < _FEWEST:
        return ()
    around = (f"{sentence.title} {sentence.before}" for sentence in cited if opens_with_pronoun(sentence.text))
    referents = frozenset[str]().union(*(keys(context) for context in around))
    return () if coverage(text, [sentence.text for sentence in cited], referents) >= ENOUGH else (NOT_SAID,)


def coverage(text: str, sources: Sequence[str], referents: frozenset[str] = frozenset()) -> float:
    """The share of the words of a text, dates and numbers aside, that the sources have by concept; 1.0 without any.

    A name counts as half a word, for an invented sentence is made of the names of its source, and not at all when the
    source has it not: names are checked for themselves. `referents` are concepts that count only where the source has
    them.
    """
    return _coverage(text, tuple(sources), referents)


@lru_cache(maxsize=512)
def _coverage(text: str, sources: tuple[str, ...], referents: frozenset[str]) -> float:
    given = frozenset(word for source in sources for word in words_of(source))
    numbers = counted(text)
    total = held = 0.0
    in_name = False
    for position, token in enumerate(read(text)):
        if token.kind != "word" or not token.content or position in numbers:
            in_name = False
            continue
        here = known(token.lower, given)
        weight = (0.0 if in_name else 0.5) if token.capital else 1.0
        in_name = token.capital and (here or in_name)
        if here or not (token.capital or token.key in referents):
            total += weight
            held += weight * here
    same = _same_figures(text, sources)
    return (held + same) / (total + same) if total else 1.0


def _same_figures(text: str, sources: Sequence[str]) -> int:
    """How many numbers and days of a text the sources have: who tells the same in other words keeps the figures."""
    return len(_figures(text) & frozenset[object]().union(*map(_figures, sources)))


def _figures(text: str) -> frozenset[object]:
    numbers = ((quantity.low, quantity.unit) for quantity in quantities_in(text))
    days = ((day.year, day.month, day.day, day.weekday) for day in dates_in(text))
    return frozenset((*numbers, *days))


def opens_with_pronoun(text: str) -> bool:
    """Whether somebody or something named before is taken up within the first three words."""
    return any(token.lower in PRONOUNS for token in read(text)[:3])


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, in lower case."""
    return frozenset(token.lower for token in read(text) if token.content)


def akin(key: str, given: frozenset[str]) -> bool:
    """Whether a concept shares its beginning with one of the source."""
    return any(begin_alike(key, other) for other in given)


def counted(text: str) -> frozenset[int]:
    """The token positions that belong to dates and numbers."""
    places = (place for quantity in quantities_in(text) for place in range(quantity.first, quantity.last + 1))
    return date_positions(text) | frozenset(places)
