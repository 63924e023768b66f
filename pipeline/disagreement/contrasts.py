"""What two sentences that are much alike hold against each other: figures, times, a denial, opposites, doers, causes.

Nothing is decided here: `Contrasts.features` gives the values of FEATURES, and `judging` weighs them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.disagreement.causes import Cause, two_sides
from pipeline.disagreement.claims import Claim, Told, claims_in, day_of
from pipeline.disagreement.likening import Likening
from pipeline.disagreement.opposing import opposites_in
from pipeline.disagreement.relating import MOST_APART, between, relate, same_speaker, told_alike
from pipeline.disagreement.telling import (
    FIGURES,
    Reading,
    alike_figures,
    kind_of,
    kinds_alike,
    read_stated,
    span_of,
    unit_of,
)
from pipeline.grounding.lexicon import listed
from pipeline.grounding.meaning import likeness_of
from pipeline.grounding.words import Token

AGAINST: Mapping[str, str] = {
    "nobody speaks": "neither sentence is somebody's word",
    "one speaker": "both are the word of one speaker",
    "lead": "one opens its article",
    "leads": "both do",
    "same figure": "they give a figure alike",
    "same time": "they give a day or a time of day alike",
    "an update": "of two figures, the later says that it has changed",
    "grew": "the later figure is the higher one",
    "says it grew": "there are figures apart and a word of growth",
    "changed": "a word of change",
    "may be": "one tells what may be, the other what is",
    "asked": "one is a question",
    "days apart": "a tenth for each day between the articles, at most 1",
    "speaks again": "two figures by one speaker",
    "near figures": "the higher figure is less than 15% above the lower",
    "I and you": "a word for who speaks or is spoken to",
    "size": "the logarithm of the sentences of the story, over 50",
    "quoted": "how many have a quotation",
    "other weekday": "they name two weekdays",
}
"""What counts against a dispute."""

FOR: Mapping[str, str] = {
    "alike": "how far they say the same",
    "meaning": "the cosine of their static embeddings",
    "rank": "how few sentences of the article of each are more like the other",
    "closest": "for how many of the two the other is the most alike of all",
    "near words": "the words that are only near",
    "shorter": "the words of the shorter one",
    "both speak": "both are somebody's word",
    "two speakers": "they are the word of two",
    "two speakers alike": "and so far alike",
    "figure clause": "of the two figures apart that are most alike, how far their clauses are",
    "figure counts": "how far what they count is",
    "figure closest": "for how many of the two the other is the most alike of all with such a figure",
    "figure unit": "how far they are alike where the figures have a unit",
    "figure apart": "the figures are held against each other by `relate`",
    "clock clause": "of two times of day apart, how far their clauses are alike",
    "clock closest": "for how many of the two the other is the most alike of all with a time of day",
    "day clause": "of two days apart, how far their clauses are alike",
    "day alike": "how far the sentences are, where they have two days apart",
    "day closest": "for how many of the two the other is the most alike of all with a day",
    "span alike": "how far they are alike, where something lasts for two hours, days or months apart",
    "span closest": "for how many of the two the other is the most alike of all that tell how long something lasts",
    "denied": "the words of the one that the other denies, by how far they are alike",
    "denial": "whether there are any, by the same",
    "opposites": "whether they have opposite words, by the same",
    "doer alike": "both name a doer, by the same",
    "doer closest": "for how many of the two the other is the most alike of all that name one, by the same",
    "cause closest": "the same of those that tell of a cause",
    "cause apart": "how far two causes are of one event and apart",
    "firm": "words that rule something out, by how far they are alike",
    "same weekday": "they name one weekday",
    "names apart": "they name others, by how far they are alike",
    "some contrast": "any of the contrasts above, by the same",
}
"""What counts for one."""

FEATURES = (*FOR, *AGAINST)

_CONTRASTS = (
    "figure counts",
    "clock clause",
    "day clause",
    "span alike",
    "denied",
    "opposites",
    "cause closest",
    "doer alike",
)

_EXCLUDING = ("figure counts", "clock closest", "day closest", "span closest", "denied", "opposites")

_CHANGES = listed(
    "now risen rose rising raised up earlier previously later since update updated latest yet then former initially"
)
_GROWS = listed(
    """
    risen rose rising now toll higher climbed up gone increased increase latest updated revised corrected correction
    earlier
    """
)
_MAY = listed("could may might would should if whether likely probably expected plans planned hope hopes will")
_OURS = listed("i you we my our")
# Two words this near count as one where the one is denied.
_DENIED = 0.4
# Figures whose head is not known are half alike in what they count.
_UNKNOWN = 0.4
_NEAR_FIGURES = 1.15
# A sentence that has so much of another says the same, unless the two contrast.
_ALL = 0.85


@dataclass(frozen=True, slots=True)
class _Apart:
    """Two figures, days or times of day that differ, and how far their clauses and what they count are alike."""

    kind: str
    one: Claim
    other: Claim
    clause: float
    counts: float
    ratio: float


class Contrasts:
    """The sentences of a story and what they hold against each other."""

    def __init__(self, likening: Likening, told: Sequence[Sequence[Told]]) -> None:
        self.likening = likening
        claims = claims_in(told)
        of_place: dict[tuple[str, int], list[Claim]] = defaultdict(list)
        for claim in claims:
            of_place[claim.place].append(claim)
        frequency = Counter(term.key for claim in claims for term in claim.figure.context.terms if not term.name)
        self.rarity = {word: math.log(1 + len(claims) / count) for word, count in frequency.items()}
        self.read = [read_stated(each, of_place[each.article, each.told.sentence.start]) for each in likening.sentences]
        self.opposites = opposites_in(likening.story)
        self._of_kind: dict[str, NDArray[np.bool_]] = {}

    def values_apart(self, at: tuple[int, int]) -> tuple[str, str] | None:
        """The figures, days or times of day that two sentences hold against each other, as written."""
        best = self._most_apart(*(self.read[place].claims for place in at))
        return (best.one.figure.quantity.words, best.other.figure.quantity.words) if best else None

    def stand_apart(self, at: tuple[int, int], values: Mapping[str, float]) -> bool:
        """Whether two sentences with these features can be in dispute at all.

        They cannot when one of them is a headline, when the one has next to all that the other says, or when one
        speaker gives both, unless what they say excludes each other.
        """
        if not all(self.read[place].whole for place in at):
            return False
        if any(values[name] for name in _EXCLUDING):
            return True
        one, other = (list(set(self.likening.rows[place])) for place in at)
        covered = max(self.likening.covered(one, other), self.likening.covered(other, one))
        return covered < _ALL and not values["one speaker"]

    def features(self, at: tuple[int, int]) -> dict[str, float]:
        """The values of FEATURES for two sentences."""
        one, other = (self.read[place] for place in at)
        alike = float(self.likening.alike[at])
        values = dict.fromkeys(FEATURES, 0.0)
        values |= self._likeness(at, alike)
        values |= _speakers(one, other, alike)
        values |= _times(one, other)
        values |= self._figures(at, one, other, alike)
        values |= self._opposed(one, other, alike)
        values |= self._doers(at, one, other, alike)
        values["some contrast"] = alike * any(values[name] for name in _CONTRASTS)
        return values

    def _likeness(self, at: tuple[int, int], alike: float) -> dict[str, float]:
        likening = self.likening
        others, these = likening.closest(*at)
        lengths = [len(likening.rows[place]) for place in at]
        most = [float(likening.alike[place].max()) for place in at]
        tokens = [[likening.tokens[word] for word in likening.rows[place]] for place in at]
        names = [{token.key for token in each if token.capital} for each in tokens]
        return {
            "alike": alike,
            "meaning": float(likening.meaning[at]),
            "rank": 1 / (1 + others) + 1 / (1 + these),
            "closest": float(sum(each <= alike + 1e-6 for each in most)),
            "near words": float(likening.near(*at)),
            "shorter": min(20, min(lengths)) / 20,
            "names apart": alike * bool(names[0] and names[1] and not names[0] & names[1]),
            "size": math.log(max(1, len(likening.sentences)) / 50),
        }

    def _figures(self, at: tuple[int, int], one: Reading, other: Reading, alike: float) -> dict[str, float]:
        same = kinds_alike(one.claims, other.claims)
        values = {"same figure": float(bool(same & FIGURES)), "same time": float(bool(same - FIGURES))}
        best = self._most_apart(one.claims, other.claims)
        if best is None:
            return values
        closest = float(self._closest(at, unit_of(best.one)))
        kind = best.kind
        values |= {f"{kind} closest": closest, f"{kind} clause": best.clause, f"{kind} alike": alike}
        if kind == "figure":
            told = self._two_figures(best, one, other, alike)
            values = {**values, **told} if not told["an update"] else {"an update": 1.0}
        return {name: value for name, value in values.items() if name in FEATURES}

    def _two_figures(self, best: _Apart, one: Reading, other: Reading, alike: float) -> dict[str, float]:
        earlier, later = sorted((best.one, best.other), key=lambda claim: claim.evidence.article.published or "")
        dated = earlier.published and later.published and earlier.published < later.published
        related = relate(best.one, best.other, self.rarity)
        update = between(best.one, best.other) == "update"
        return {
            "figure counts": best.counts,
            "figure unit": alike * bool(best.one.figure.unit),
            "figure apart": float(related == "conflict"),
            "an update": float(update),
            "near figures": float(best.ratio < _NEAR_FIGURES),
            "grew": float(bool(dated) and later.figure.quantity.low > earlier.figure.quantity.low),
            "says it grew": float(bool(_GROWS & (one.lower | other.lower))),
            "speaks again": float(same_speaker(best.one, best.other)),
        }

    def _most_apart(self, ones: Sequence[Claim], others: Sequence[Claim]) -> _Apart | None:
        """Of two figures apart those that are most of one thing; None where the sentences have one alike."""
        apart = [found for one in ones for other in others if (found := self._apart(one, other))]
        best = max(apart, key=lambda each: each.clause + each.counts / 2, default=None)
        same = kinds_alike(ones, others)
        return None if best is None or (same & FIGURES if best.kind in FIGURES else same - FIGURES) else best

    def _apart(self, one: Claim, other: Claim) -> _Apart | None:
        if unit_of(one) != unit_of(other) or alike_figures(one, other):
            return None
        low, high = sorted((span_of(one)[1], span_of(other)[1]))
        kind = kind_of(one)
        if kind in ("figure", "span") and high > MOST_APART * max(low, 1e-9):
            return None
        if between(one, other) is None:
            return None
        heads = one.figure.head, other.figure.head
        counts = _UNKNOWN
        if all(heads):
            counts = max(likeness_of(first, second) for first in heads[0] for second in heads[1])
            counts = 1.0 if heads[0] & heads[1] else max(0.0, counts)
        return _Apart(kind, one, other, told_alike(one, other, self.rarity), counts, high / max(low, 1e-9))

    def _closest(self, at: tuple[int, int], kind: str) -> int:
        if kind not in self._of_kind:
            self._of_kind[kind] = np.array([kind in each.kinds for each in self.read])
        return sum(not more for more in self.likening.closest(*at, self._of_kind[kind]))

    def _opposed(self, one: Reading, other: Reading, alike: float) -> dict[str, float]:
        denied = max(self._denied(one, other), self._denied(other, one))
        opposite = any(
            second.lower in self.opposites.get(first.lower, ())
            and (first_at in one.denied) == (second_at in other.denied)
            for first_at, first in one.words
            for second_at, second in other.words
        )
        firm = one.firm + other.firm
        return {
            "denied": alike * min(3, denied),
            "denial": alike * bool(denied),
            "opposites": alike * opposite,
            "firm": alike * firm,
        }

    def _denied(self, one: Reading, other: Reading) -> int:
        """How many words that the one denies the other affirms."""
        affirmed = [token for at, token in other.words if at not in other.denied]
        denied = [one.each.tokens[at] for at in one.denied]
        return sum(any(self._same(token, there) for there in affirmed) for token in denied)

    def _same(self, one: Token, other: Token) -> bool:
        if self.likening.story.same(one, other):
            return True
        free = not one.capital and not other.capital and one.kind == other.kind == "word"
        return free and likeness_of(one.lower, other.lower) >= _DENIED

    def _doers(self, at: tuple[int, int], one: Reading, other: Reading, alike: float) -> dict[str, float]:
        kinds = one.kinds & other.kinds
        names = [{token.key for _, token in each.words if token.capital} for each in (one, other)]
        doers, causes = "doer" in kinds and not (names[0] and names[0] == names[1]), "cause" in kinds
        return {
            "doer alike": alike * doers,
            "doer closest": alike * self._closest(at, "doer") if doers else 0.0,
            "cause closest": alike * self._closest(at, "cause") if causes else 0.0,
            "cause apart": max(
                (self._causes(at, first, second) for first in one.causes for second in other.causes), default=0.0
            ),
        }

    def _causes(self, at: tuple[int, int], one: Cause, other: Cause) -> float:
        """How far two causes are of one event, and apart."""
        (event, its), (cause, of_other) = (
            [self._within(place, span) for place, span in zip(at, spans, strict=True)]
            for spans in ((one.event, other.event), (one.cause, other.cause))
        )
        if not cause or not of_other:
            return 0.0
        covered = self.likening.covered
        same_event = max(covered(event, its), covered(its, event))
        return same_event * (1 - max(covered(cause, of_other), covered(of_other, cause)))

    def _within(self, place: int, span: tuple[int, int]) -> list[int]:
        row = zip(self.likening.rows[place], self.read[place].each.words, strict=True)
        return [word for word, token in row if span[0] <= token.start < span[1]]


def _speakers(one: Reading, other: Reading, alike: float) -> dict[str, float]:
    first, second = one.each.speaker, other.each.speaker
    speak = bool(one.each.told.speaker), bool(other.each.told.speaker)
    two = two_sides(one.each, other.each)
    words = one.lower | other.lower
    return {
        "both speak": float(all(speak)),
        "nobody speaks": float(not any(speak)),
        "two speakers": float(two),
        "two speakers alike": alike * two,
        "one speaker": float(bool(first and second) and (first <= second or second <= first)),
        "lead": float(not one.each.position or not other.each.position),
        "leads": float(not one.each.position and not other.each.position),
        "changed": float(bool(words & _CHANGES)),
        "may be": float(bool(one.lower & _MAY) != bool(other.lower & _MAY)),
        "asked": float("?" in one.lower | other.lower),
        "I and you": float(bool(words & _OURS)),
        "quoted": sum('"' in each.lower for each in (one, other)) / 2,
    }


def _times(one: Reading, other: Reading) -> dict[str, float]:
    days = [day_of(each.each.told.evidence.article) for each in (one, other)]
    apart = abs((days[0] - days[1]).days) if days[0] and days[1] else 3
    both = one.weekdays & other.weekdays
    return {
        "days apart": min(10, apart) / 10,
        "same weekday": float(bool(both)),
        "other weekday": float(bool(one.weekdays and other.weekdays) and not both),
    }
