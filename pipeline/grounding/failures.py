"""How grave it is that a number, date or name of a statement is not in its sources.

One in the place of another contradicts the source. One beside all that the source has may follow from it ("twenty to
noon" for 11:40, "Belgian police" for those of Antwerp), or be invented. What tells the one from the other is measured
(`FEATURES`) and weighed (`judgement`), unless it can only be invented (`is_foreign`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.dates import dates_in
from pipeline.grounding.names import names_in
from pipeline.grounding.quantities import Quantity, quantities_in
from pipeline.grounding.words import read

FEATURES: Mapping[str, str] = {
    "numbers not there": "how many numbers are not in the source",
    "numbers otherwise": "how many are, with another unit or bound",
    "numbers around": "how many of these stand in the title or around the source",
    "numbers instead": "how many have another of their unit in the source that the statement leaves out",
    "small numbers": "how many are of a few things, ordinals, or vague",
    "worded numbers": "how many are told in words",
    "nearest number": "how near the nearest of the source is to one that is not there, as a ratio",
    "dates not there": "how many dates are not in the source",
    "dates instead": "how many dates the source has that the statement leaves out, where one is not there",
    "names not there": "how many names are not in the source",
    "names around": "how many of these stand in the title or around the source",
    "names instead": "how many names the source has that the statement leaves out, where one is not there",
    "places not there": "how many of these are known places or peoples",
}
"""What is measured of the numbers, dates and names of a statement."""

_NAMED = regex.compile("“([^”]+)”")
_FEW = 12
_NOT_THERE = "is not in"
# Numbers that are often told otherwise, or worked out.
_FOLLOW = ("ordinal", "clock")


def read_failures(text: str, cited: Sequence[CitedSentence], found: Mapping[str, Sequence[str]]) -> tuple[float, ...]:
    """The values of `FEATURES`, in their order, given what the checks of "numbers", "dates" and "names" found."""
    values = dict.fromkeys(FEATURES, 0.0)
    around = " ".join(sentence.context for sentence in cited).casefold()
    _numbers(text, cited, around, found["numbers"], values)
    dates = found["dates"]
    if dates:
        told = set(dates_in(text))
        values["dates not there"] = len(dates)
        values["dates instead"] = sum(day not in told for sentence in cited for day in dates_in(sentence.text))
    missing = [match[1] for finding in found["names"] if (match := _NAMED.search(finding))]
    if missing:
        words = {token.lower for token in read(text)}
        names = [name for sentence in cited for name in names_in(sentence.text)]
        values["names not there"] = len(missing)
        values["names around"] = sum(name.casefold() in around for name in missing)
        values["names instead"] = sum(not words & set(name.parts) for name in names)
        values["places not there"] = sum(name.words in missing and name.place is not None for name in names_in(text))
    return tuple(map(float, values.values()))


def is_foreign(text: str, cited: Sequence[CitedSentence], findings: Sequence[str]) -> bool:
    """Whether a number that the check of "numbers" misses in the source is from nowhere: the words around the source
    have it neither, and it is none that often follows from others (a few things, an ordinal, a time of day, a number in
    words).

    Without it the weights pass an invented sum in a freely worded statement ("and awarded her £84,000"). The same of
    names would raise as many false alarms as it finds faults: "MPs", "TV" and "the Lib Dems" are said for deputies,
    television and Liberal Democrats.
    """
    missing = {match[1] for each in findings if _NOT_THERE in each and (match := _NAMED.search(each))}
    around = " ".join(sentence.context for sentence in cited).casefold()
    return bool(missing) and any(
        claim.words in missing
        and claim.words.casefold() not in around
        and claim.unit not in _FOLLOW
        and claim.low > _FEW
        and claim.kind != "vague"
        and not claim.in_words
        for claim in quantities_in(text)
    )


def _numbers(
    text: str,
    cited: Sequence[CitedSentence],
    around: str,
    findings: Sequence[str],
    values: dict[str, float],
) -> None:
    if not findings:
        return
    claims = quantities_in(text)
    given = [quantity for sentence in cited for quantity in quantities_in(sentence.text)]
    left_out = [each for each in given if not any(_same(each, claim) for claim in claims)]
    values["numbers not there"] = sum(_NOT_THERE in finding for finding in findings)
    values["numbers otherwise"] = len(findings) - values["numbers not there"]
    wrong = {match[1] for finding in findings if (match := _NAMED.search(finding))}
    for claim in claims:
        if claim.words not in wrong:
            continue
        rivals = [each for each in left_out if each.unit == claim.unit]
        values["numbers around"] += claim.words.casefold() in around
        values["numbers instead"] += bool(rivals)
        values["small numbers"] += claim.low <= _FEW or claim.unit == "ordinal" or claim.kind == "vague"
        values["worded numbers"] += claim.in_words
        near = (min(claim.low, each.low) / max(claim.low, each.low) for each in rivals if claim.low and each.low)
        values["nearest number"] = max(values["nearest number"], max(near, default=0.0))


def _same(one: Quantity, other: Quantity) -> bool:
    return (one.low, one.high, one.unit) == (other.low, other.high, other.unit)
