"""Numbers that say in another way what the numbers of a source say: ordinals, counts for times, "a week" for one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.dates import dates_in
from pipeline.grounding.lexicon import listed
from pipeline.grounding.quantities import Quantity, quantities_in
from pipeline.grounding.words import read

# What "twice" may stand for.
_TWO = listed("both again two second double doubled doubles twice twofold")


def is_once(claim: Quantity, cited: Sequence[CitedSentence]) -> bool:
    """Whether "one week" is "a week" of the source, or "one of" counts nothing but the words after it."""
    if claim.unit not in ("hour", "day", "month"):
        return False
    words = [token.lower for sentence in cited for token in read(sentence.text)]
    unit = claim.words.split()[-1].casefold()
    one = claim.words.casefold().startswith(("one ", "one-", "1 ", "a "))
    return one and any(word in ("a", "an", "the", "per") and other == unit for word, other in pairwise(words))


def is_told_otherwise(claim: Quantity, text: str, sources: Sequence[Quantity], cited: Sequence[CitedSentence]) -> bool:
    """Whether a number says in another way what the source's numbers say: a difference, a ratio, an elided unit."""
    words = {token.lower for sentence in cited for token in read(sentence.text)}
    claims = quantities_in(text)
    if any(source.unit == "ordinal" and source.low == claim.low for source in sources):
        # "Three times this year" is "its third increase", "stage 17" the 17th.
        before = read(text)[claim.first - 1] if claim.first else None
        stage = claim.unit == "" and not claim.in_words and before is not None and before.kind == "word"
        if claim.words.endswith("times") or (stage and before is not None and before.content):
            return True
    if claim.unit == "day" and claim.low == _days_listed(cited):
        return True
    if claim.unit == "times" and claim.low in _counted(cited):
        return True  # Who "fired three times" fired three shots.
    if claim.unit == "times":
        shares = [source.low for source in sources if source.unit == "%" and source.low]
        twice = claim.low == 2 and bool(words & _TWO)
        return twice or any(math.isclose(claim.low * share, 100, rel_tol=0.02) for share in shares)
    # "Kestrel had claimed 180 tonnes, the agency 340": the unit is said once.
    if not claim.unit and any(
        source.unit and claim.words in source.words.split() and any(source.unit == other.unit for other in claims)
        for source in sources
    ):
        return True
    near = {token.lower for token in read(text)[max(0, claim.first - 4) : claim.last + 5]}
    # "She and ten others" are eleven.
    return bool(near & {"other", "others"}) and any(
        math.isclose(claim.low + 1, source.low) for source in sources if not source.unit and source.kind == "single"
    )


def _days_listed(cited: Sequence[CitedSentence]) -> int:
    """How many days of one month the cited sentences give: "June 12 and 13" are two days."""
    days = {(day.month, day.day) for sentence in cited for day in dates_in(sentence.text) if day.day and day.month}
    return len(days) if len({month for month, _ in days}) == 1 else 0


def _counted(cited: Sequence[CitedSentence]) -> frozenset[float]:
    """The bare numbers of things that the cited sentences count: "three shots", but not "3-1"."""
    return frozenset(
        quantity.low
        for sentence in cited
        for quantity in quantities_in(sentence.text)
        if not quantity.unit and quantity.kind == "single"
        for after in read(sentence.text)[quantity.last + 1 : quantity.last + 2]
        if after.content and after.lower.endswith("s")
    )


def counts_one_of(claim: Quantity, text: str) -> bool:
    """Whether a number is the "one" of "one of the members": the words after it are counted, not it."""
    after = [token.lower for token in read(text)[claim.last + 1 : claim.last + 3]]
    return after[:1] == ["of"]
