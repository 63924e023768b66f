"""Numbers that a reader works out from those of a source: sums, differences, shares, ratios, spans, lengths of lists.

A source of "260 of the terminal's 1,300 jobs" bears out "1,040 jobs would remain", "a fifth of the jobs" and "more than
250 jobs". What is worked out must lie where the statement's number says: "more than half" is 55% and not 95%.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.dates import dates_in
from pipeline.grounding.lexicon import listed
from pipeline.grounding.meaning import tells
from pipeline.grounding.names import names_in
from pipeline.grounding.nearness import changes, words_and_numbers
from pipeline.grounding.quantities import Quantity, quantities_in, significant_digits
from pipeline.grounding.units import UNITS, Bound
from pipeline.grounding.words import Token, bounds_clause, read

# How far a bounded number may be from what it bounds: nobody calls 95% "more than half", or 4,000 "over 2,000".
_BOUNDED = 1.35
# The same for a number in words, of which there are few.
_BOUNDED_IN_WORDS = 1.7
# How far "about" may be off, and a number without it: as a share of it.
_ABOUT, _EXACT = 0.06, 0.02
# Below this a sum or difference falls on a number by chance: it needs one of the words that ask for it.
_BY_CHANCE = 13
_DIFFERING = listed(
    """
    more less fewer up down above below higher lower rise increase drop fall cut raised lowered reduced by difference
    another further extra ahead behind other others later earlier margin remain remains remained remaining left rest
    but except short gap shy total altogether combined together overall all between passed not without
    """
)
# What bounds a number asks for no difference.
_BOUNDING = listed("more less fewer over under above below up than")
_COLLECTIVES = {"pair": 2.0, "couple": 2.0, "duo": 2.0, "both": 2.0, "trio": 3.0, "quartet": 4.0, "other": 2.0}
_RANKED = listed("only larger bigger higher more greater better worse smaller ahead other others above")
_RANKS = listed("number no ranked seeded")
_SPANS_OF_A_YEAR = {"half": 6.0, "quarter": 3.0}
# How many words an item of a list has at most.
_ITEM = 5
_LISTED = range(2, 11)

Value = tuple[float, str]


def follows(claim: Quantity, text: str, cited: Sequence[CitedSentence]) -> bool:
    """Whether a number of a statement is what a reader works out from the numbers of the cited sentences.

    Never one that only stands in the place of another number of a copy.
    """
    if claim.kind != "single" or claim.unit == "clock" or any(_replaces(claim, text, each.text) for each in cited):
        return False
    given = [value for sentence in cited for value in _given(sentence.text)]
    values = given + [value for sentence in cited for value in _implied(sentence)]
    near = {token.lower for token in read(text)} - (_BOUNDING if claim.bound != "exact" else frozenset())
    amounts = [(claim.low, claim.unit)]
    if claim.unit == "month" and claim.low % 12 == 0:
        amounts.append((claim.low / 12, ""))
    after = read(text)[claim.last + 1 : claim.last + 2]
    if after and after[0].lower == "s" and claim.low % 10 == 0:
        return any(claim.low <= value < claim.low + 10 for value, unit in given if unit in ("", "month"))
    for amount, unit in amounts:
        bounds = (value for value, other in given if other == unit and _rounder(claim, value))
        if claim.bound != "exact" and any(_fits(amount, claim, value) for value in bounds):
            return True
        if any(_fits(amount, claim, result) for result in _results(unit, amount, claim.bound, values, near)):
            return True
        if any(_fits(amount, claim, value) for value, other in values[len(given) :] if other == unit):
            return True
    return claim.unit == "" and claim.bound == "exact" and _counts_a_list(claim, text, cited)


def _results(unit: str, amount: float, bound: Bound, values: Sequence[Value], near: set[str]) -> Iterator[float]:
    """What follows from two values and more in a unit; sums and differences only where they are no chance."""
    own = [value for value, other in values if other == unit]
    shares = [value / 100 for value, other in values if other == "%"]
    factors = [value for value, other in values if other == "times" and value]
    asked = bool(near & _DIFFERING)
    if unit == "%":
        points = [value for value, other in values if other == "point"]
        yield from (value + sign * point for value in own for point in points for sign in (1, -1))
    if unit == "point":
        yield from _differences([value for value, other in values if other == "%"])
    if unit in ("%", "times"):
        yield from _ratios(values, 100.0 if unit == "%" else 1.0)
        yield from (100 * factor for factor in factors if unit == "%")
        yield from (each for share in shares if unit == "times" and share for each in (share, 1 / share))
        yield from (100 - sum(part) for size in (1, 2, 3) for part in combinations(own, size) if unit == "%" and asked)
    if asked or (amount >= _BY_CHANCE and unit != "%"):
        yield from _differences(own)
        yield from (sum(part) for size in (2, 3) for part in combinations(own, size))
    if unit == "":
        yield from factors
    if unit == "" and near & _RANKED:
        yield from (value - 1 for value, other in values if other == "ordinal")
    if unit not in ("%", "times", "ordinal"):
        yield from (value * factor for value in own for factor in (*factors, *(1 / each for each in factors)))
        yield from (value * share for value in own for share in shares if amount >= _BY_CHANCE and bound == "exact")


def _rounder(claim: Quantity, value: float) -> bool:
    """Whether a number is said less exactly than a value: "more than 200,000" of 212,000, but not "over 56" of 65."""
    fives = 10.0 ** math.floor(math.log10(claim.low or 1.0)) / 2
    return claim.in_words or significant_digits(claim.low) < significant_digits(value) or claim.low % fives == 0


def _differences(values: Sequence[float]) -> Iterator[float]:
    return (abs(one - other) for one, other in combinations(values, 2) if one != other)


def _ratios(values: Sequence[Value], scale: float) -> Iterator[float]:
    for (one, unit), (other, unit_of_other) in combinations(values, 2):
        low, high = sorted((one, other))
        if unit == unit_of_other and low > 0 and unit != "ordinal" and (unit or high >= _BY_CHANCE):
            yield scale * high / low
            yield scale * low / high
            yield scale * (high - low) / high
            yield scale * (high - low) / low


def _fits(amount: float, claim: Quantity, result: float) -> bool:
    """Whether what is worked out lies where a number with its bound says."""
    if not amount or result <= 0:
        return False
    reach = _BOUNDED_IN_WORDS if claim.in_words else _BOUNDED
    if claim.bound == "more":
        return amount < result <= amount * reach
    if claim.bound in ("less", "nearly"):
        least = amount / reach if claim.bound == "less" else amount * (1 - 2 * _ABOUT)
        return least <= result < amount
    if claim.bound == "about" or (claim.in_words and claim.unit in ("%", "times")):
        return math.isclose(amount, result, rel_tol=_ABOUT)
    last_digit = 10.0 ** (math.floor(math.log10(amount)) + 1 - significant_digits(amount))
    return abs(amount - result) <= min(last_digit / 2, _EXACT * amount)


def _given(text: str) -> Iterator[Value]:
    """The numbers of a sentence with their units, both ends of a range."""
    for quantity in quantities_in(text):
        if quantity.kind != "vague":
            yield from ((end, quantity.unit) for end in dict.fromkeys((quantity.low, quantity.high)))


def _implied(sentence: CitedSentence) -> Iterator[Value]:
    """What a sentence counts without a number: years between two dates, "a week", "the pair", the goals of a 3-2."""
    tokens = read(sentence.text)
    years = sorted({float(date.year) for date in dates_in(sentence.text) if date.year})
    if sentence.published is not None:
        years.append(float(sentence.published.year))
    yield from (((other - one) * 12, "month") for one, other in combinations(years, 2) if other > one)
    weekdays = [date.weekday for date in dates_in(sentence.text) if date.weekday is not None]
    yield from ((float((other - one) % 7), "day") for one in weekdays for other in weekdays)
    for quantity in quantities_in(sentence.text):
        before = tokens[quantity.first - 1].lower if quantity.first else ""
        if quantity.kind == "range" and quantity.unit == "" and "-" in quantity.words and quantity.low < _BY_CHANCE:
            yield quantity.low + quantity.high, ""
        if quantity.unit == "" and before in _RANKS:
            yield quantity.low, "ordinal"
    for one, other in pairwise(tokens):
        if one.lower in ("a", "an", "the", "per", "each") and other.lower in UNITS:
            unit, factor = UNITS[other.lower]
            yield factor, unit
    yield from ((_COLLECTIVES[token.lower], "") for token in tokens if token.lower in _COLLECTIVES)
    yield from ((_SPANS_OF_A_YEAR[token.lower], "month") for token in tokens if token.lower in _SPANS_OF_A_YEAR)


def _replaces(claim: Quantity, text: str, source: str) -> bool:
    """Whether a number stands in a copy of the source where that has another."""
    ours, theirs = words_and_numbers(text), words_and_numbers(source)
    places = set(read(text)[claim.first : claim.last + 1])
    numbers = {
        token
        for quantity in quantities_in(source)
        for token in read(source)[quantity.first : quantity.last + 1]
        if token.kind == "number" or quantity.in_words
    }
    return any(
        kind == "replace" and set(ours[first:last]) <= places and set(theirs[there:end]) <= numbers
        for kind, first, last, there, end in changes(ours, theirs)
    )


def _counts_a_list(claim: Quantity, text: str, cited: Sequence[CitedSentence]) -> bool:
    """Whether a number counts what the source lists, and the source has no other number for it."""
    if claim.low not in _LISTED or not claim.in_words:
        return False
    tokens = read(text)
    noun = next((token for token in tokens[claim.last + 1 : claim.last + 4] if token.content), None)
    if noun is not None and any(tells(other.lower, noun.lower) for other in _counted_nouns(cited)):
        return False
    if claim.low == 2 and claim.first and tokens[claim.first - 1].lower == "the":
        return any(len(names_in(sentence.text)) > 1 for sentence in cited)
    return any(claim.low == length for sentence in cited for length in _lists(read(sentence.text)))


def _counted_nouns(cited: Sequence[CitedSentence]) -> Iterator[Token]:
    for sentence in cited:
        tokens = read(sentence.text)
        for quantity in quantities_in(sentence.text):
            if quantity.unit == "" and quantity.kind == "single":
                yield from [token for token in tokens[quantity.last + 1 : quantity.last + 4] if token.content][:2]


def _lists(tokens: Sequence[Token]) -> Iterator[int]:
    """How many items each "a, b and c" has, and how many people "three men and a woman" are."""
    for at, token in enumerate(tokens):
        if token.lower not in ("and", "or", "&"):
            continue
        length, start = 2, at
        while True:
            comma = next(
                (place for place in range(start - 1, max(0, start - _ITEM - 1), -1) if _cuts(tokens[place])), 0
            )
            if not comma or tokens[comma].text != ",":
                break
            length, start = length + (comma < start - 1), comma
        yield length


def _cuts(token: Token) -> bool:
    return token.text == "," or bounds_clause(token)
