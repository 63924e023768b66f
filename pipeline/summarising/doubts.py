"""What is in doubt: where sources disagree, what is claimed and not confirmed, what they say they do not know."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import regex

from pipeline.disagreement import find_disagreements
from pipeline.summarising.chronicle import written_day
from pipeline.summarising.listing import Entry, entry
from pipeline.summarising.selecting import REPEATS
from pipeline.summarising.weighing import confirmed_elsewhere, recency
from pipeline.types import Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.summarising.lines import Line
    from pipeline.summarising.selecting import Unit

# Of more articles than this, only those told already are searched for disagreements.
MOST_COMPARED = 40

_CLAIMS = regex.compile(
    r"\b(?:claim(?:s|ed)? (?:that|to have|responsibility|the)|a claim that|claimed by|alleg\w+|accus(?:es|ed|ing)|"
    r"suspect(?:s|ed)|believed (?:to|that)|reportedly|rumou?r\w*|people (?:close|familiar)|"
    r"sources? (?:close|familiar|said)|not (?:to )?be named|asked not to|"
    r"on condition (?:of anonymity|that \w+ not)|"
    r"(?:could|can) not be (?:independently )?(?:verified|confirmed)|unverified|unconfirmed|seen by)\b",
    regex.IGNORECASE,
)
_NOT_KNOWN = regex.compile(
    r"\b(?:unclear|unknown|no comment|remains? to be seen|too early to (?:say|tell)|said nothing in public|"
    r"not (?:yet )?(?:been )?(?:known|clear|named|identified|published|released|announced|explained|put a figure|"
    r"decided|confirmed)|(?:did|does|do|would|will|could|has|have) not (?:yet )?(?:say|said|named?|comment(?:ed)?|"
    r"respond(?:ed)?|give|given|disclosed?|specify|specified|explain(?:ed)?)|"
    r"declin(?:ed|es|ing) to (?:comment|say|name|give|answer|confirm|discuss|estimate)|"
    r"refus(?:ed|es) to (?:comment|say|name|give|answer)|"
    r"(?:could|can) not be (?:reached|verified|confirmed))\b",
    regex.IGNORECASE,
)


def disagreements(
    topic: str,
    evidence: Sequence[Evidence],
    lines: Sequence[Line],
    weights: NDArray[np.float64],
    vectors: NDArray[np.float32],
) -> tuple[Entry, ...]:
    """What two speakers say differently, the weightiest first: each version with its value, source and day.

    The first label of each names what it is about. A figure that only changed from one day to the next is none. What
    stands in the briefing already stands here too: who looks up what is disputed must find it here.
    """
    place = {(line.article, line.sentence.start): index for index, line in enumerate(lines)}
    found: list[tuple[float, Entry]] = []
    used: set[int] = set()
    for each in find_disagreements(evidence, topic, one_story=bool(topic)):
        if each.disagreement.kind != "conflict":
            continue
        rows: dict[int, list[str]] = {}
        for version in each.disagreement.versions:
            index = place.get((version.citation.article.id, version.citation.start))
            if index is not None and (lines[index].whole or not each.of_figures):
                rows.setdefault(index, []).append(version.value)
        if len(rows) < min(2, len(each.places)) or _all_like(rows, used, vectors):
            continue
        used.update(rows)
        # A denial comes after what it denies.
        order = list(rows) if each.of_figures else sorted(rows)
        about = " ".join(each.disagreement.about.replace(":", " ").split()) or "what is said"
        values = [" / ".join(dict.fromkeys(rows[index])) for index in order]
        values[0] = f"{about}: {values[0]}"
        labels = tuple(f"{value} · {reported(lines[index])}" for value, index in zip(values, order, strict=True))
        weight = sum(float(weights[index]) for index in rows)
        found.append((weight, Entry(labels, tuple(lines[index] for index in order))))
    return tuple(each for _, each in sorted(found, key=lambda one: -one[0]))


def told_in_dispute(
    topic: str,
    evidence: Sequence[Evidence],
    lines: Sequence[Line],
    weights: NDArray[np.float64],
    vectors: NDArray[np.float32],
) -> frozenset[int]:
    """The lines that the list of disagreements of a briefing will have; none of too many articles."""
    if too_many(evidence):
        return frozenset()
    entries = disagreements(topic, evidence, lines, weights, vectors)
    held = {(line.article, line.place) for entry in entries for line in entry.lines}
    return frozenset(index for index, line in enumerate(lines) if (line.article, line.place) in held)


def too_many(evidence: Sequence[Evidence]) -> bool:
    """Whether there are more articles than can be searched for disagreements: every two figures are compared."""
    return len({item.article.id for item in evidence}) > MOST_COMPARED


def _all_like(these: Collection[int], those: Collection[int], vectors: NDArray[np.float32]) -> bool:
    """Whether each of these lines is, or much resembles, one of those."""
    return bool(those) and bool(((vectors[sorted(these)] @ vectors[sorted(those)].T).max(axis=1) > REPEATS).all())


def unconfirmed(
    lines: Sequence[Line],
    weights: NDArray[np.float64],
    vectors: NDArray[np.float32],
    told: frozenset[int],
    most: int,
) -> tuple[Entry, ...]:
    """Claims, suspicions and words of unnamed people that one origin alone has; the weightiest not told."""
    claims = [
        index
        for index, line in enumerate(lines)
        if line.alone
        and _CLAIMS.search(line.text)
        and not line.corrects
        and index not in told
        and not confirmed_elsewhere(index, lines, vectors)
    ]
    kept = sorted(claims, key=lambda index: (-float(weights[index]), index))[:most]
    return tuple(entry(reported(lines[index]), lines[index]) for index in kept)


def not_known(lines: Sequence[Line], among: Sequence[Unit], told: frozenset[int], most: int) -> tuple[Entry, ...]:
    """What sources say that they do not know or will not say, the newest first; only of the newer half of the days."""
    late = recency(lines)
    units = [
        unit
        for unit in among
        if unit[-1] not in told and late[unit[-1]] >= 0.5 and _NOT_KNOWN.search(lines[unit[-1]].text)
    ]
    newest = sorted(units, key=lambda unit: (-float(late[unit[-1]]), unit))[:most]
    return tuple(entry(_as_of(lines[unit[0]]), *(lines[index] for index in unit)) for unit in newest)


def reported(line: Line) -> str:
    """ "The Civic Observer, 18 April 2026": who reports a line and when, what is known of it."""
    article = line.evidence.article
    source = " ".join((article.source or article.title).split()) or "Untitled"
    return f"{source}, {written_day(line.day)}" if line.day else f"{source}, undated"


def _as_of(line: Line) -> str:
    return f"As of {written_day(line.day)}" if line.day else "Undated"
