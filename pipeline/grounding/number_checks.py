"""Do the cited sentences give the numbers of a statement, as exactly as it gives them, and for the same thing?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.grounding.alignment import Place, place_of_span, stand_ins
from pipeline.grounding.arithmetic import follows
from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.conversions import counts_one_of, is_once, is_told_otherwise
from pipeline.grounding.lexicon import listed
from pipeline.grounding.nearness import nearness
from pipeline.grounding.quantities import Quantity, quantities_in, significant_digits
from pipeline.grounding.units import UNITS, VAGUE_TIMES, Bound
from pipeline.grounding.words import Token, bounds_clause, keys, read

# How far "about two million" may be from 1.96 million, as a share.
_ABOUT = 0.05
# A rounding this close may go without "about" and is only pointed out: 4,987 as 5,000, 12.4% as 12%.
_ROUNDED = 0.01
# Whether a statement may use one bound where the source has another: (source, statement).
_LOOSER: frozenset[tuple[Bound, Bound]] = frozenset(
    (
        ("exact", "about"),
        ("about", "nearly"),
        ("nearly", "about"),
        ("nearly", "less"),
    )
)


# A bare count may stand for years ("a 42-year-old man" is "aged 42"), and two days are 48 hours.
_FACTORS = {("", "month"): 12.0, ("month", ""): 1 / 12, ("hour", "day"): 1 / 24, ("day", "hour"): 24.0}
_ESTIMATING = listed("estimate estimates estimated believed thought probably perhaps")
# What these set is the most there may be.
_CAPPING = listed("cap caps capped capping limit limits limited limiting ceiling maximum quota quotas ration")
# A statement that shares fewer of its words in order with the source has its parts in another order too.
_TOLD_ALIKE = 0.6


def check_numbers(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for numbers that are not in the cited sentences, or are there with another unit or bound."""
    sources = [quantity for sentence in cited for quantity in quantities_in(sentence.text)]
    claims = quantities_in(text)
    plain_years = {_year for sentence in cited for _year in _bare_figures(sentence.text)}
    findings = []
    for claim in claims:
        if claim.low in plain_years and claim.unit == "" and claim.kind == "single":
            continue
        finding = _finding(claim, text, sources, cited)
        if finding:
            findings.append(finding)
    return (*findings, *_other_times(text, cited), *_other_spans(text, cited))


def check_rounding(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for figures that the cited sentences give more exactly, rounded without "about"."""
    sources = [quantity for sentence in cited for quantity in quantities_in(sentence.text)]
    return tuple(
        f"the number “{claim.words}” is rounded: the cited sentences say “{source.words}”"
        for claim in quantities_in(text)
        if claim.bound == "exact" and not any(_same(claim, source) for source in sources)
        for source in [_rounded_from(claim, sources)]
        if source is not None
    )


def check_number_places(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a number that the cited sentences give for something else: the dead for the wounded."""
    said = _places(text)
    findings: list[str] = []
    if nearness(text, [sentence.text for sentence in cited]) < _TOLD_ALIKE:
        return ()
    for sentence in cited:
        given = _places(sentence.text)
        for number, words in said.items():
            if number not in given or len(given) < 2:
                continue
            own = given[number] - _others(given, number)
            for other in given:
                theirs = given[other] - given[number]
                if other == number or not words & theirs or words & own:
                    continue
                swapped = bool(own and other in said and said[other] & own)
                if swapped or (own and other not in said):
                    findings.append(
                        f"the number “{_show(number)}” goes with other words in the cited sentences: "
                        f"“{', '.join(sorted(words & theirs))}” goes with “{_show(other)}”"
                    )
                    break
    return tuple(findings)


def check_number_swaps(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a number put where the cited sentences have another one of their own."""
    given = [placed for sentence in cited for placed in _placed(sentence.text) if not _is_total(*placed)]
    pairs = stand_ins(
        [(claim, place) for claim, place in _placed(text) if any(claim.low == source.low for source, _ in given)],
        given,
        lambda one, other: one.unit != other.unit or bool({one.low, one.high} & {other.low, other.high}),
    )
    return tuple(
        f"the number “{one.words}” stands where the cited sentences have “{other.words}”" for one, other in pairs
    )


def _is_total(quantity: Quantity, place: Place) -> bool:
    """Whether a number stands for the whole of which another is a part: "of 31 bridges, four have been closed"."""
    tokens = read(place.text)
    opens = quantity.first > 0 and tokens[quantity.first - 1].lower == "of"
    return opens and (quantity.first == 1 or tokens[quantity.first - 2].text in ".,;")


def _placed(text: str) -> Iterator[tuple[Quantity, Place]]:
    for quantity in quantities_in(text):
        yield quantity, place_of_span(text, quantity.first, quantity.last)


def check_number_roles(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a change turned round ("from 10 to 15") and a total given for its part ("11 of the 26")."""
    given = [pair for sentence in cited for pair in _roles(sentence.text)]
    findings = []
    for number, role in _roles(text):
        roles = {other for same, other in given if same == number}
        if roles and role not in roles:
            findings.append(
                f"the number “{_show(number)}” stands for “{role}”, in the cited sentences for “{min(roles)}”"
            )
    claimed = {(quantity.low, quantity.unit) for quantity in quantities_in(text)}
    told = keys(text)
    for sentence in cited:
        for part, total, word in _parts_of(sentence.text):
            rest = (total[0] - part[0], part[1])
            if total in claimed and not claimed & {part, rest} and word in told:
                findings.append(
                    f"the number “{_show(total)}” is the total in the cited sentences, “{_show(part)}” the part"
                )
    whole = {number for sentence in cited for number in _all_of(sentence.text)}
    parted = {total: part for sentence in cited for part, total, _ in _parts_of(sentence.text)}
    findings += [
        f"“all {_show(number)}” is “{_show(parted[number])} of {_show(number)}” in the cited sentences"
        for number in _all_of(text)
        if number in parted and number not in whole
    ]
    return tuple(findings)


def _finding(claim: Quantity, text: str, sources: Sequence[Quantity], cited: Sequence[CitedSentence]) -> str | None:
    claims = quantities_in(text)
    if claim.kind == "vague":
        held = any(
            (source.kind == "vague" and (source.low, source.high) == (claim.low, claim.high))
            or (source.kind != "vague" and claim.low <= source.low and source.high <= claim.high)
            for source in sources
        )
        return None if held else f"the number “{claim.words}” is not in the cited sentences"
    same = [source for source in sources if _same(claim, source)]
    if not same and (is_once(claim, cited) or is_told_otherwise(claim, text, sources, cited)):
        return None
    if any(_bounds_agree(source.bound, claim.bound) for source in same):
        return None
    estimated = any(token.lower in _ESTIMATING for token in read(text))
    if estimated and claim.bound == "exact" and any(source.bound == "about" for source in same):
        return None
    if same and claim.bound == "less" and any(token.lower in _CAPPING for each in cited for token in read(each.text)):
        return None
    if same:
        return f"“{same[0].words}” is {_named(same[0].bound)} in the cited sentences, {_named(claim.bound)} here"
    if _derived(claim, claims, sources) or _loose_one(claim, text, sources, cited) or _approximates(claim, sources):
        return None
    if follows(claim, text, cited) or _unit_said_once(claim, sources):
        return None
    if claim.bound == "exact" and _rounded_from(claim, sources) is not None:
        return None
    other_unit = [source for source in sources if source.low == claim.low and source.high == claim.high]
    # "19 percent, up from 14": the unit is said once.
    if any(not source.unit and any(other.unit == claim.unit for other in sources) for source in other_unit):
        return None
    if not claim.unit and any(source.unit == other.unit for source in other_unit for other in claims):
        return None
    if other_unit and (claim.unit or other_unit[0].unit):
        return f"the number “{claim.words}” has another unit in the cited sentences: “{other_unit[0].words}”"
    return f"the number “{claim.words}” is not in the cited sentences"


def _unit_said_once(claim: Quantity, sources: Sequence[Quantity]) -> bool:
    """Whether the source leaves out the unit that it has elsewhere: "1.63 million tonnes, down from 2.51 million"."""
    factor = UNITS.get(claim.words.split()[-1].lower(), (claim.unit, 1.0))[1]
    if claim.unit in ("times", "ordinal", "clock"):
        return False
    bare = any(not source.unit and math.isclose(source.low * factor, claim.low) for source in sources)
    return bare and any(source.unit == claim.unit != "" for source in sources)


def _other_times(text: str, cited: Sequence[CitedSentence]) -> Iterator[str]:
    """Findings for a time without a number where the cited sentences have another one: hours for minutes."""
    given = frozenset(word for sentence in cited for word in _bare_times(sentence.text))
    known = given | frozenset(token.lower for sentence in cited for token in read(sentence.text))
    for word in sorted(_bare_times(text) - known):
        if given:
            yield f"the time “{word}” is “{min(given)}” in the cited sentences"


def _bare_times(text: str) -> frozenset[str]:
    counted = {place for quantity in quantities_in(text) for place in range(quantity.first, quantity.last + 1)}
    return frozenset(
        token.lower for place, token in enumerate(read(text)) if token.lower in VAGUE_TIMES and place not in counted
    )


def _other_spans(text: str, cited: Sequence[CitedSentence]) -> Iterator[str]:
    """Findings for "for a year" where the cited sentences have "for a month"."""
    given = [word for sentence in cited for word in _spans(sentence.text)]
    for word in _spans(text):
        if given and word not in given:
            yield f"the time “a {word}” is “a {given[0]}” in the cited sentences"


def _spans(text: str) -> Iterator[str]:
    for one, other, unit in zip(read(text), read(text)[1:], read(text)[2:], strict=False):
        if one.lower in ("for", "within", "every") and other.lower in ("a", "an") and unit.lower in UNITS:
            yield unit.lower


def _same(claim: Quantity, source: Quantity) -> bool:
    if "clock" in (claim.unit, source.unit):
        # Without "a.m." or "p.m." it may be either.
        halves = 720 if not (_has_half(claim) and _has_half(source)) else 1440
        return claim.unit == source.unit and math.isclose(claim.low % halves, source.low % halves)
    # "A 42-year-old man" is "aged 42": a bare count may stand for years.
    factor = _FACTORS.get((claim.unit, source.unit), 1.0)
    return (
        (claim.unit == source.unit or factor != 1.0)
        and math.isclose(claim.low * factor, source.low)
        and math.isclose(claim.high * factor, source.high)
    )


def _has_half(clock: Quantity) -> bool:
    return not clock.words[-1].isdigit()


def _bounds_agree(source: Bound, claim: Bound) -> bool:
    return source == claim or (source, claim) in _LOOSER


def _derived(claim: Quantity, claims: Sequence[Quantity], sources: Sequence[Quantity]) -> bool:
    """Numbers that follow from those of the source: the ends of a range, a ratio, an age in years."""
    for source in sources:
        if claim.unit != source.unit or source.kind not in ("range", "change"):
            continue
        ends = (source.low, source.high)
        if claim.kind == "single" and any(math.isclose(claim.low, end) for end in ends):
            told = {end for end in ends for other in claims if math.isclose(other.low, end)}
            bounded = (claim.bound == "more" and claim.low == source.low) or (
                claim.bound == "less" and claim.low == source.high
            )
            if source.kind == "change" or len(told) == 2 or bounded:
                return True
    if claim.kind in ("range", "change"):
        lows = [source.low for source in sources if claim.unit == source.unit]
        return any(math.isclose(claim.low, low) for low in lows) and any(math.isclose(claim.high, low) for low in lows)
    if claim.unit == "times":
        values = [source.low for source in sources if source.kind == "single" and source.low]
        return any(math.isclose(one / other, claim.low, rel_tol=0.02) for one in values for other in values)
    if claim.unit == "%" and claim.in_words:
        return any(source.unit == "%" and abs(source.low - claim.low) <= 1 for source in sources)
    return False


def _loose_one(claim: Quantity, text: str, sources: Sequence[Quantity], cited: Sequence[CitedSentence]) -> bool:
    """ "One" and "first" are often no counts: they need a source only against another number of the same kind."""
    if claim.low != 1 or not claim.in_words or claim.kind != "single" or claim.bound != "exact":
        return False
    if claim.unit == "" and claim.words.casefold() == "one" and counts_one_of(claim, text):
        return True
    if claim.unit == "ordinal":
        return not any(source.unit == "ordinal" for source in sources)
    words = {token.lower for sentence in cited for token in read(sentence.text)}
    return claim.unit == "" and (not sources or bool(words & {"a", "an", "another", "single"}))


def _approximates(claim: Quantity, sources: Sequence[Quantity]) -> bool:
    """ "About two million" for 1.96 million, "nearly" only from below, "more than 1.9 million" for 1.96 million."""
    for source in sources:
        if claim.unit != source.unit or source.unit == "ordinal" or not source.low:
            continue
        off = (claim.low - source.low) / source.low
        if abs(off) > _ABOUT or significant_digits(claim.low) >= significant_digits(source.low):
            continue
        if (
            claim.bound == "about"
            or (claim.bound in ("nearly", "less") and off > 0)
            or (claim.bound == "more" and off < 0)
        ):
            return True
    return False


def _rounded_from(claim: Quantity, sources: Sequence[Quantity]) -> Quantity | None:
    for source in sources:
        if claim.unit != source.unit or not source.low or source.unit in ("ordinal", "clock"):
            continue
        off = abs(claim.low - source.low) / source.low
        whole = source.low != int(source.low) and claim.low == math.floor(source.low + 0.5)
        if (off <= _ROUNDED or whole) and off and significant_digits(claim.low) < significant_digits(source.low):
            return source
    return None


def _bare_figures(text: str) -> Iterator[float]:
    for token in read(text):
        if token.kind == "number" and token.text.isascii() and token.text.isdigit() and len(token.text) == 4:
            yield float(token.text)


def _places(text: str) -> dict[tuple[float, str], frozenset[str]]:
    """For each number of a text, the concepts that stand in its part of the sentence."""
    tokens, found = read(text), quantities_in(text)
    at = {place: quantity for quantity in found for place in range(quantity.first, quantity.last + 1)}
    places: dict[tuple[float, str], set[str]] = {}
    part: list[Token] = []
    holders: list[Quantity] = []
    for position, token in enumerate([*tokens, None]):
        splits = token is None or token.text == "," or token.lower in ("and", "while", "compared", "versus", "against")
        splits = splits or (token is not None and token.lower in ("from", "to") and position + 1 in at)
        if (splits and position not in at) or token is None or (bounds_clause(token) and position not in at):
            for holder in holders if len({(held.low, held.unit) for held in holders}) == 1 else ():
                places.setdefault((holder.low, holder.unit), set()).update(
                    word.key for word in part if word.kind == "word" and word.content
                )
            part, holders = [], []
        elif position in at:
            holders.append(at[position])
        else:
            part.append(token)
    return {number: frozenset(words) for number, words in places.items()}


def _roles(text: str) -> Iterator[tuple[tuple[float, str], str]]:
    """Numbers that a change starts "from" and ends "to"."""
    tokens, found = read(text), quantities_in(text)
    for quantity in found:
        before = tokens[quantity.first - 1].lower if quantity.first else ""
        if quantity.kind == "change":
            yield (quantity.low, quantity.unit), "from"
            yield (quantity.high, quantity.unit), "to"
        elif before in ("from", "to") and any(
            other is not quantity and other.unit == quantity.unit and _counted_alike(tokens, quantity, other)
            for other in found
        ):
            yield (quantity.low, quantity.unit), before


def _counted_alike(tokens: Sequence[Token], one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may count the same: not "412,000 packs" and "14 batches"."""
    after = [tokens[each.last + 1] if each.last + 1 < len(tokens) else None for each in (one, other)]
    nouns = {token.key for token in after if token is not None and token.kind == "word" and token.content}
    return len(nouns) < 2


def _parts_of(text: str) -> Iterator[tuple[tuple[float, str], tuple[float, str], str]]:
    """(part, total, the word before them that is said of the part) of "released 11 of the 26"."""
    tokens, found = read(text), quantities_in(text)
    for part, total in pairwise(found):
        between = [token.lower for token in tokens[part.last + 1 : total.first]]
        before = [token for token in tokens[: part.first] if token.content and token.kind == "word"]
        after = [token.lower for token in tokens[total.last + 1 : total.last + 3]]
        if after[:1] == ["of"] and after[1:] in (["them"], ["these"], ["those"]):
            # "Found 34 cases, 29 of them in children": what stands before them is said of the total.
            yield (total.low, total.unit), (part.low, part.unit), ""
        if between[:1] == ["of"] and len(between) <= 3:
            yield (part.low, part.unit), (total.low, total.unit), before[-1].key if before else ""


def _all_of(text: str) -> Iterator[tuple[float, str]]:
    """The numbers that "all" goes with."""
    tokens = read(text)
    for quantity in quantities_in(text):
        if any(token.lower == "all" for token in tokens[max(0, quantity.first - 3) : quantity.first]):
            yield quantity.low, quantity.unit


def _others(given: Mapping[tuple[float, str], frozenset[str]], number: tuple[float, str]) -> frozenset[str]:
    return frozenset(word for other, words in given.items() if other != number for word in words)


def _show(number: tuple[float, str]) -> str:
    value, unit = number
    return f"{value:,.10g}{unit if unit in ('%',) else ''}"


def _named(bound: Bound) -> str:
    return {"exact": "exact", "about": "“about”", "nearly": "“nearly”", "more": "“more than”", "less": "“less than”"}[
        bound
    ]
