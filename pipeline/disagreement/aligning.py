"""Whether two stretches of text speak of the same: how much of the words of each the other has, the rarer the more.

Two newsrooms seldom use the same words: a word is had where the other text has it, a form or a synonym of it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.disagreement.claims import Told
from pipeline.grounding.dates import date_positions
from pipeline.grounding.lexicon import listed
from pipeline.grounding.words import Token, keys, read
from pipeline.wordnet import alike_among

_BE = listed("is are was were be been")
# In stories of more sentences more are alike by chance, and twice as many ask for so much more that is specific.
SHORT, GROWS = 120, 0.3
# Words by which something is said, and of when.
_ANYWHERE = listed(
    """
    said say says saying told tell tells report reports reported reporting according announce announced announces
    official officials spokesman spokeswoman today yesterday tomorrow now still later so far night morning afternoon
    evening day days week weeks month months year years pm am
    """
)


@dataclass(frozen=True)
class Stated:
    """A sentence as it states something, with its place among those of its article."""

    told: Told
    position: int

    @property
    def article(self) -> str:
        return self.told.evidence.article.id

    @property
    def text(self) -> str:
        return self.told.sentence.text

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return read(self.text)

    @cached_property
    def speaker(self) -> frozenset[str]:
        """The concepts of the name of who says it first; empty for the article's own voice."""
        return keys(self.told.speaker)

    @cached_property
    def content(self) -> tuple[int, ...]:
        """Where the words stand that tell something: not who says it or when, and no words that stand anywhere."""
        dated = date_positions(self.text)
        chain = frozenset().union(*(keys(name) for name in self.told.said.attribution.chain))
        return tuple(
            at
            for at, token in enumerate(self.tokens)
            if token.kind == "word"
            and (token.content or (token.lower == "over" and at and self.tokens[at - 1].lower in _BE))
            and token.lower not in _ANYWHERE
            and at not in dated
            and token.key not in chain
        )

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The words that tell something."""
        return tuple(self.tokens[at] for at in self.content)

    def between(self, first: int, last: int) -> tuple[Token, ...]:
        """Those of a stretch of its tokens, the last one not among them."""
        return tuple(self.tokens[at] for at in self.content if first <= at < last)


class Story:
    """The sentences of some articles, and what their words are to one another."""

    def __init__(self, articles: Iterable[Sequence[Told]]) -> None:
        self.sentences = tuple(Stated(told, place) for article in articles for place, told in enumerate(article))
        frequency = Counter(key for each in self.sentences for key in {token.key for token in each.words})
        self._weights = {key: math.log(1 + len(self.sentences) / count) for key, count in frequency.items()}
        self.words = frozenset(token.lower for each in self.sentences for token in each.words if not token.capital)
        self._alike: Mapping[str, frozenset[str]] = alike_among(self.words)

    @cached_property
    def having(self) -> Mapping[str, Sequence[Stated]]:
        """The sentences that have a word in lower case, or a concept."""
        found: dict[str, list[Stated]] = defaultdict(list)
        for each in self.sentences:
            for word in {form for token in each.words for form in (token.key, token.lower)}:
                found[word].append(each)
        return found

    def same(self, one: Token, other: Token) -> bool:
        """Whether two words mean the same."""
        if one.key == other.key:
            return True
        return not one.capital and not other.capital and other.lower in self._alike.get(one.lower, ())

    def forms(self, token: Token) -> frozenset[str]:
        """The words and concepts by which another sentence can say what a word says."""
        return frozenset((token.key,)) | (frozenset() if token.capital else self._alike.get(token.lower, frozenset()))

    def shared(self, one: Collection[Token], other: Collection[Token]) -> list[Token]:
        """The words of the one that the other has."""
        had = {form for token in other for form in ((token.key,) if token.capital else (token.key, token.lower))}
        return [token for token in one if self.forms(token) & had]

    def covered(self, one: Collection[Token], other: Collection[Token]) -> float:
        """The share of the words of the one, by weight, that the other has; 0 of no words."""
        whole = sum(self._weights.get(token.key, 1.0) for token in one)
        return sum(self._weights.get(token.key, 1.0) for token in self.shared(one, other)) / whole if whole else 0.0

    def weight(self, token: Token) -> float:
        """How rare a word is in the story."""
        return self._weights.get(token.key, 1.0)

    def specific(self, words: Collection[Token]) -> float:
        """How far words tell one thing of the story from another: 1 for each that stands once."""
        most = math.log(1 + len(self.sentences)) or 1.0
        return sum(self._weights.get(key, most) for key in {token.key for token in words}) / most

    @cached_property
    def chance(self) -> float:
        """How much more words must tell in a longer story, where more sentences are alike by chance."""
        return GROWS * max(0.0, math.log2(len(self.sentences) / SHORT)) if self.sentences else 0.0

    def alike(self, one: Collection[Token], other: Collection[Token]) -> float:
        """How far two stretches say the same: the harmonic mean of the shares of each that the other has."""
        first, second = self.covered(one, other), self.covered(other, one)
        return 2 * first * second / (first + second) if first and second else 0.0
