"""Sentences that say themselves that somebody disagrees: two figures by two speakers, a denial, a correction."""

from __future__ import annotations

from itertools import pairwise

import regex

from pipeline.grounding.quantities import Quantity, quantities_in
from pipeline.grounding.words import plain, read

_SPEAKS = regex.compile(
    r"\b(?:said|says?|claim\w*|argu\w+|puts?|insist\w*|maintain\w*|believ\w+|reckon\w*|thinks?|told)\b|"
    r"\baccording to\b|\bput forward by\b"
)
_APART = regex.compile(r";|\b(?:while|whereas|between)\b|, but |\band (?:at|as) ")
# "At 40,000 tonnes by the growers and at 28,000 by the exchange".
_BY_TWO = regex.compile(r"\b(?:put|estimated|valued|given|counted)\b.*\bby\b.*\band (?:at|as) .*\bby\b")
_CHANGES = regex.compile(
    r"\b(?:r[oi]se[ns]?|rising|f[ae]ll\w*|cut|rais\w+|lower\w*|revis\w+|increas\w+|reduc\w+|gr[eo]w\w*|jump\w*|drop\w*|"
    r"climb\w*|chang\w+|correct\w+|up|down|doubl\w+|slid\w*)\b",
    regex.IGNORECASE,
)
# A word of change stands so many characters before what changes: "aged from 34 to 52" is none.
_NEAR = 40
_CORRECTS = regex.compile(
    r"\b(?:correct(?:ed|ion|s)|revis(?:ed|ion)|lowered|misstated|amended|our error|in error|wrongly|mistake(?:nly)?|"
    r"(?:had|has) been wrong|was wrong|were wrong|not \S+ as (?:first|earlier|previously))\b",
    regex.IGNORECASE,
)


def contrasted(text: str) -> tuple[str, ...]:
    """The different values of one thing that a sentence gives with two speakers; empty when there are none."""
    parts = _APART.split(text)
    if len(parts) < 2 or (len(_SPEAKS.findall(text)) < 2 and not _BY_TWO.search(text)):
        return ()
    values = [quantity for part in parts for quantity in quantities_in(part) if _is_value(quantity)]
    for unit in {quantity.unit for quantity in values}:
        same = [quantity for quantity in values if quantity.unit == unit]
        if len({quantity.low for quantity in same}) > 1:
            return tuple(dict.fromkeys(quantity.words for quantity in same))
    return ()


def revised(text: str) -> tuple[str, str] | None:
    """The new and the old value where a sentence says that one took the other's place: "cut to 74% from 91%"."""
    if not _CHANGES.search(text):
        return None
    tokens = read(text)
    found = [quantity for quantity in quantities_in(text) if quantity.unit not in ("ordinal", "clock")]
    for quantity in found:
        before = plain(text)[: tokens[quantity.first].start]
        if quantity.kind == "change" and _CHANGES.search(before[-_NEAR:]):
            first, _, second = quantity.words.partition(" to ")
            old_values, new_values = quantities_in(first), quantities_in(second)
            if old_values and new_values:
                return new_values[0].words, old_values[0].words
    for new, old in pairwise(found):
        to = tokens[new.first - 1].lower if new.first else ""
        between = [token.lower for token in tokens[new.last + 1 : old.first]]
        if to == "to" and between[-1:] == ["from"] and len(between) <= 3 and old.unit in (new.unit, ""):
            return new.words, old.words
    return None


def corrects(text: str) -> bool:
    """Whether a sentence says that a figure was wrong before."""
    return _CORRECTS.search(text) is not None


def _is_value(quantity: Quantity) -> bool:
    return quantity.kind == "single" and quantity.unit not in ("", "ordinal", "clock")
