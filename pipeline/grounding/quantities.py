"""Quantities in a text: digits and words, scaled, with unit, range and bound ("about", "more than").

>>> [(q.low, q.unit, q.bound) for q in quantities_in("nearly $1.96 million and a dozen of 10-15 men")]
[(1960000.0, '$', 'nearly'), (12.0, '', 'exact'), (10.0, '', 'exact')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from pipeline.grounding.dates import date_positions
from pipeline.grounding.units import (
    BOUNDS_AFTER,
    BOUNDS_BEFORE,
    FRACTIONS,
    ORDINALS,
    SCALES,
    SYMBOLS,
    TIMES,
    TOUCHING,
    UNITS,
    VAGUE,
    WORD_VALUES,
    Bound,
)
from pipeline.grounding.words import Token, plain, read

# Before these a "third" is a share and not the one after the second.
_MEASURED_BY = ("by", "than", "about", "nearly", "almost", "only", "over", "under", "around", "roughly")
_HALVES = {"morning": "am", "afternoon": "pm", "evening": "pm"}
_SUMMING = ("add", "adds", "added", "adding", "sum", "sums", "come", "comes", "came")
# "One train in five": shares that are said so.
_ONE_IN = frozenset((3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 20.0, 100.0))

Kind: TypeAlias = Literal["single", "range", "change", "vague"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as a text gives it: `low` to `high` (equal unless a range) in base units of `unit` ("" for a count).

    Token positions `first` up to `last` inclusive; `words` as written. A clock time counts minutes, unit "clock";
    a fraction is a share of 100, unit "%"; an ordinal has unit "ordinal".
    """

    words: str
    low: float
    high: float
    unit: str
    bound: Bound
    kind: Kind
    first: int
    last: int
    in_words: bool = False


@lru_cache(maxsize=8192)
def quantities_in(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text from left to right; the numbers of its dates are not among them."""
    tokens = read(text)
    found = list(_scan(tokens, date_positions(text)))
    return tuple(_worded(quantity, tokens, plain(text)) for quantity in _joined(found, tokens))


def significant_digits(value: float) -> int:
    """Significant digits: 4,987 has four, 5,000 one, 1.96 million three."""
    return len(f"{value:.10g}".replace(".", "").replace("e+", "").strip("0")) or 1


def _worded(quantity: Quantity, tokens: Sequence[Token], text: str) -> Quantity:
    return replace(quantity, words=text[tokens[quantity.first].start : tokens[quantity.last].end])


def _scan(tokens: Sequence[Token], dated: frozenset[int]) -> Iterator[Quantity]:
    position = 0
    while position < len(tokens):
        found = None if position in dated else _quantity(tokens, position)
        if found is None or any(place in dated for place in range(found.first, found.last + 1)):
            position += 1
            continue
        yield replace(found, bound=_bound(tokens, found))
        position = found.last + 1


def _joined(found: Sequence[Quantity], tokens: Sequence[Token]) -> Iterator[Quantity]:
    """Ranges made of their two ends: "10-15", "10 to 15", "between 10 and 15", "from 10 to 15"."""
    position = 0
    while position < len(found):
        one = found[position]
        other = found[position + 1] if position + 1 < len(found) else None
        kind = _join_kind(one, other, tokens) if other else None
        if other is not None and _goes_on(one, other, tokens):
            total = one.low + other.low
            yield Quantity("", total, total, one.unit, one.bound, "single", one.first, other.last, one.in_words)
            position += 2
            continue
        if other is None or kind is None:
            yield one
            position += 1
            continue
        scale = 1.0
        if one.unit in ("", other.unit) and one.high < 1000 <= other.high and not other.in_words and kind == "range":
            scale = _scale_of(tokens, other) / _scale_of(tokens, one)
        unit = other.unit or one.unit
        factor = scale * (_unit_factor(tokens, other) if one.unit == "" else 1.0)
        yield Quantity("", one.low * factor, other.high, unit, one.bound, kind, one.first, other.last)
        position += 2


def _goes_on(one: Quantity, other: Quantity, tokens: Sequence[Token]) -> bool:
    """Whether a measure is said in two units: "three years and four months"."""
    between = [token.lower for token in tokens[one.last + 1 : other.first]]
    units = UNITS.get(tokens[one.last].lower), UNITS.get(tokens[other.last].lower)
    if one.unit != other.unit or between not in ([], ["and"]) or None in units:
        return False
    return units[0] is not None and units[1] is not None and units[0][1] > units[1][1]


def _join_kind(one: Quantity, other: Quantity, tokens: Sequence[Token]) -> Kind | None:
    between = [token.lower for token in tokens[one.last + 1 : other.first]]
    before = tokens[one.first - 1].lower if one.first else ""
    if one.unit in SYMBOLS.values() and other.unit == "":
        other = replace(other, unit=one.unit)
    if one.unit not in ("", other.unit) or "ordinal" in (one.unit, other.unit):
        return None
    if between in (["-"], ["–"]):
        return "range"
    if between == ["to"]:
        return "change" if before == "from" else "range"
    return "range" if between == ["and"] and before == "between" else None


def _scale_of(tokens: Sequence[Token], quantity: Quantity) -> float:
    """The scale word of the second end, which the first end shares: "2-3 million"."""
    for token in tokens[quantity.first : quantity.last + 1]:
        if token.lower in SCALES:
            return SCALES[token.lower]
    return 1.0


def _unit_factor(tokens: Sequence[Token], quantity: Quantity) -> float:
    known = UNITS.get(tokens[quantity.last].lower)
    return known[1] if known else 1.0


def _quantity(tokens: Sequence[Token], at: int) -> Quantity | None:
    token = tokens[at]
    if token.text in SYMBOLS and at + 1 < len(tokens) and tokens[at + 1].kind == "number":
        figure = _quantity(tokens, at + 1)
        return replace(figure, unit=SYMBOLS[token.text], first=at) if figure else None
    if token.kind == "number":
        return None if _is_code(tokens, at) else _figure(tokens, at)
    if token.kind != "word":
        return None
    if (
        token.lower in WORD_VALUES
        and _lower(tokens, at + 1) == "in"
        and (clock := _clock(tokens, at, WORD_VALUES[token.lower]))
    ):
        return clock
    if token.lower in TIMES:
        return _single(TIMES[token.lower], "times", at, at, True)
    if token.lower in VAGUE:
        return _vague(tokens, at)
    if token.lower == "a" and _lower(tokens, at + 1) in UNITS and _and_a_half(tokens, at + 2):
        return _with_scale_and_unit(tokens, at, at, 1.0, in_words=True)
    if token.lower == "a" and _lower(tokens, at + 1) == "decade":
        return _single(UNITS["decade"][1], "month", at, at + 1, True)
    return _fraction(tokens, at) or _ordinal(tokens, at) or _number_words(tokens, at)


def _single(value: float, unit: str, first: int, last: int, in_words: bool = False) -> Quantity:
    return Quantity("", value, value, unit, "exact", "single", first, last, in_words)


def _is_code(tokens: Sequence[Token], at: int) -> bool:
    """Whether the figure is part of a name: F-16, Covid-19."""
    if at < 2 or tokens[at - 1].text != "-" or tokens[at - 1].end != tokens[at].start:
        return False
    return tokens[at - 2].capital and tokens[at - 2].end == tokens[at - 1].start


def _figure(tokens: Sequence[Token], at: int) -> Quantity | None:
    value = _value(tokens[at].text)
    if value is None:
        return None
    follows = _lower(tokens, at + 1)
    if follows in ("st", "nd", "rd", "th") and tokens[at + 1].start == tokens[at].end:
        return _single(value, "ordinal", at, at + 1)
    clock = _clock(tokens, at, value)
    return clock or _with_scale_and_unit(tokens, at, at, value, in_words=False)


def _value(text: str) -> float | None:
    groups = text.split(",")
    grouped = len(groups) > 1 and all(len(group.split(".")[0]) == 3 for group in groups[1:])
    number = text.replace(",", "") if grouped else text.replace(",", ".")
    if number.count(".") > 1:
        number = number.replace(".", "")
    try:
        return float(number)
    except ValueError:
        return None


def _clock(tokens: Sequence[Token], at: int, value: float) -> Quantity | None:
    """15:30, 3:30 p.m., 8 a.m. in minutes since midnight; without a.m. or p.m. as it stands."""
    minutes, last = 0.0, at
    if _lower(tokens, at + 1) == ":" and len(_lower(tokens, at + 2)) == 2 and _lower(tokens, at + 2).isdigit():
        minutes, last = float(_lower(tokens, at + 2)), at + 2
    half, end = _lower(tokens, last + 1), last + 1
    if half == "in" and _lower(tokens, last + 2) == "the":
        half, end = _HALVES.get(_lower(tokens, last + 3), ""), last + 3
    if half in ("am", "pm") and value <= 12:
        return _single(value % 12 * 60 + minutes + (720 if half == "pm" else 0), "clock", at, end)
    return _single(value * 60 + minutes, "clock", at, last) if last > at and value < 24 else None


def _number_words(tokens: Sequence[Token], at: int) -> Quantity | None:
    """Forty-two, two dozen, a hundred and five; "a" counts only before a scale word."""
    total, current, position, last = 0.0, 0.0, at, -1
    while position < len(tokens):
        word = tokens[position].lower
        if word in WORD_VALUES and (
            current == 0 or current % 100 == 0 or (current % 10 == 0 and WORD_VALUES[word] < 10)
        ):
            current += WORD_VALUES[word]
        elif word in SCALES and word not in TOUCHING and (last >= 0 or _lower(tokens, position - 1) in ("a", "per")):
            if _lower(tokens, position - 1) == "per":
                return None
            current = max(current, 1.0) * SCALES[word]
            if SCALES[word] >= 1000:
                total, current = total + current, 0.0
        elif _links_number_words(tokens, position, at, last, total + current):
            position += 1
            continue
        else:
            break
        last = position
        position += 1
    if last < 0:
        return None
    return _with_scale_and_unit(tokens, at, last, total + current, in_words=True)


def _links_number_words(tokens: Sequence[Token], at: int, first: int, last: int, value: float) -> bool:
    """Whether the token joins number words: the hyphen of "forty-two", "and" after hundreds, "a" before a scale."""
    following = _lower(tokens, at + 1)
    if last >= 0:
        return following in WORD_VALUES and (tokens[at].text == "-" or (tokens[at].lower == "and" and value >= 100))
    return at == first and tokens[at].lower == "a" and following in SCALES and following not in TOUCHING


def _with_scale_and_unit(tokens: Sequence[Token], first: int, last: int, value: float, in_words: bool) -> Quantity:
    scale = _lower(tokens, last + 1)
    if not in_words and scale == "-" and _lower(tokens, last + 2) in SCALES.keys() - TOUCHING:
        value, last = value * SCALES[_lower(tokens, last + 2)], last + 2
    elif not in_words and scale in SCALES:
        touches = tokens[last + 1].start == tokens[last].end
        if touches or scale not in TOUCHING:
            value, last = value * SCALES[scale], last + 1
    if _and_a_half(tokens, last + 1):
        value, last = value + 0.5, last + 3
    unit, factor, end = "", 1.0, last
    after = last + 2 if _lower(tokens, last + 1) == "-" else last + 1
    word = _lower(tokens, after)
    if word == "second" and after == last + 2:
        word = "seconds"
    if word == "per" and _lower(tokens, after + 1) == "cent":
        unit, end = "%", after + 1
    elif word in UNITS:
        (unit, factor), end = UNITS[word], after
    elif word == "m" and after == last + 1 and tokens[after].start > tokens[last].end:
        unit, factor, end = "km", 0.001, after
    elif word in ("us", "u") and _lower(tokens, after + 1) in ("dollars", "dollar"):
        unit, end = "$", after + 1
    if (unit == "%" or _lower(tokens, end + 1) == "percentage") and _lower(tokens, end + 1 + (unit == "")) in (
        "point",
        "points",
    ):
        unit, end = "point", end + 1 + (unit == "")
    if unit and _and_a_half(tokens, end + 1):
        value, end = value + 0.5, end + 3
    return _single(value * factor, unit, first, end, in_words)


def _and_a_half(tokens: Sequence[Token], at: int) -> bool:
    return [_lower(tokens, place) for place in range(at, at + 3)] == ["and", "a", "half"]


def _fraction(tokens: Sequence[Token], at: int) -> Quantity | None:
    """Half of, a third, two-thirds, three quarters, nine in ten: as a share of 100."""
    word = tokens[at].lower
    if word == "half" and _lower(tokens, at + 1) in ("a", "-") and _points(tokens, at + 2):
        return _single(0.5, "point", at, _points(tokens, at + 2), True)
    if word == "half" and _lower(tokens, at + 1) == "a" and _lower(tokens, at + 2) in ("dozen", "century"):
        dozen = _lower(tokens, at + 2) == "dozen"
        return _single(6.0 if dozen else 600.0, "" if dozen else "month", at, at + 2, True)
    if word == "half" and _lower(tokens, at - 1) not in ("first", "second", "and"):
        return _single(50.0, "%", at, at, True)
    count = 1.0 if word in ("a", "one") else WORD_VALUES.get(word)
    place = next((place for place in range(at + 1, at + 4) if _lower(tokens, place) == "in"), None)
    of = WORD_VALUES.get(_lower(tokens, place + 1)) if place and word != "a" else None
    if count is not None and place and of and of >= count and of in _ONE_IN and _lower(tokens, place + 2) not in UNITS:
        return _single(count / of * 100, "%", at, place + 1, True)
    after = at + 2 if _lower(tokens, at + 1) == "-" else at + 1
    part = _lower(tokens, after)
    if part == "quarter" and [_lower(tokens, after + step) for step in (1, 2, 3)] == ["of", "a", "century"]:
        return _single(300.0, "month", at, after + 3, True)
    if count is None or part not in FRACTIONS or part == "half" or (count > 1 and not part.endswith("s")):
        return None
    measured = _lower(tokens, after + 1) == "of" or _lower(tokens, at - 1) in _MEASURED_BY
    if word == "a" and part in ("third", "fifth", "sixth", "tenth") and not measured:
        return None
    if _lower(tokens, after + 1) == "of" and _lower(tokens, after + 2) == "a" and _points(tokens, after + 3):
        return _single(count * FRACTIONS[part], "point", at, _points(tokens, after + 3), True)
    return _single(count * FRACTIONS[part] * 100, "%", at, after, True)


def _points(tokens: Sequence[Token], at: int) -> int:
    """The position of the "point" of "a (percentage) point" that starts here; 0 when none does."""
    at += _lower(tokens, at) == "percentage"
    return at if _lower(tokens, at) in ("point", "points") else 0


def _ordinal(tokens: Sequence[Token], at: int) -> Quantity | None:
    value = ORDINALS.get(tokens[at].lower)
    return None if value is None else _single(value, "ordinal", at, at, True)


def _vague(tokens: Sequence[Token], at: int) -> Quantity:
    low, high = VAGUE[tokens[at].lower]
    first, position = at, at
    if _lower(tokens, at + 1) == "of" and _lower(tokens, at + 2) in VAGUE:
        inner_low, inner_high = VAGUE[_lower(tokens, at + 2)]
        low, high, position = low * inner_low, high * inner_high, at + 2
    if _lower(tokens, at - 1) == "of" and _lower(tokens, at - 2) == "tens":
        low, high, first = low * 10, high, at - 2
    return Quantity("", low, high, "", "exact", "vague", first, position, True)


def _bound(tokens: Sequence[Token], quantity: Quantity) -> Bound:
    before = " ".join(token.lower for token in tokens[max(0, quantity.first - 5) : quantity.first])
    # "Under a 6.8 million contract", "adds up to 57 million" set no bound.
    if before.endswith((" under a", " over a", " above a", " below a", "up to")) and (
        before.endswith(" a") or before.removesuffix("up to").rstrip().endswith(_SUMMING)
    ):
        return "exact"
    before = before.removesuffix(" a")
    # "Three times as many as five years ago" sets no bound, nor does "less than the 11 percent that was asked for".
    if before.endswith(("times as many as", "times as much as")):
        return "exact"
    for phrase, bound in BOUNDS_BEFORE:
        if f" {before}".endswith(f" {phrase}"):
            # "A dispute over three islands" is no bound.
            return "exact" if phrase == "over" and quantity.in_words and quantity.high <= 10 else bound
    after = " ".join(token.lower for token in tokens[quantity.last + 1 : quantity.last + 4])
    for phrase, bound in BOUNDS_AFTER:
        if f"{after} ".startswith(f"{phrase} ") or f" {phrase} " in f" {after} ":
            return bound
    if _lower(tokens, quantity.last + 1) == "+":
        return "more"
    return "exact"


def _lower(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""
