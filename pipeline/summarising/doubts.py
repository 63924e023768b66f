"""What is in doubt: where sources disagree, what is claimed and not confirmed, what they say they do not know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import regex

from pipeline.disagreement.wording import contrasted, denies
from pipeline.summarising.chronicle import written_day
from pipeline.summarising.listing import Entry
from pipeline.summarising.selecting import REPEATS
from pipeline.summarising.weighing import confirmed_elsewhere, recency

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.summarising.lines import Line
    from pipeline.summarising.selecting import Unit

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
    lines: Sequence[Line],
    weights: NDArray[np.float64],
    vectors: NDArray[np.float32],
    told: frozenset[int],
    most: int,
) -> tuple[Entry, ...]:
    """Where two are quoted with different figures for one thing, or one denies what the sentence before says.

    A disagreement of which both sides are told before is left out.
    """
    found: list[tuple[float, Unit, str]] = []
    for index, line in enumerate(lines):
        contrast = contrasted(line.text) if line.alone else ()
        said = lines[index - 1]
        if contrast:
            found.append((float(weights[index]), (index,), " / ".join(contrast)))
        elif (
            line.whole
            and line.position > 1
            and said.alone
            and denies(said.text, line.text, gives_figure=bool(said.figures))
        ):
            found.append((float(weights[index - 1] + weights[index]), (index - 1, index), ""))
    kept: list[tuple[Unit, str]] = []
    for _, unit, values in sorted(found, key=lambda one: (-one[0], one[1])):
        said_before = any(float(vectors[unit[0]] @ vectors[other[0]]) > REPEATS for other, _ in kept)
        if len(kept) < most and not said_before and not told.issuperset(unit):
            kept.append((unit, values))
    return tuple(
        Entry(" · ".join(filter(None, (values, reported(lines[unit[0]])))), tuple(lines[index] for index in unit))
        for unit, values in sorted(kept)
    )


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
    return tuple(Entry(reported(lines[index]), (lines[index],)) for index in kept)


def not_known(lines: Sequence[Line], among: Sequence[Unit], told: frozenset[int], most: int) -> tuple[Entry, ...]:
    """What sources say that they do not know or will not say, the newest first; only of the newer half of the days."""
    late = recency(lines)
    units = [
        unit
        for unit in among
        if unit[-1] not in told and late[unit[-1]] >= 0.5 and _NOT_KNOWN.search(lines[unit[-1]].text)
    ]
    newest = sorted(units, key=lambda unit: (-float(late[unit[-1]]), unit))[:most]
    return tuple(Entry(_as_of(lines[unit[0]]), tuple(lines[index] for index in unit)) for unit in newest)


def reported(line: Line) -> str:
    """ "The Civic Observer, 18 April 2026": who reports a line and when, what is known of it."""
    article = line.evidence.article
    source = " ".join((article.source or article.title).split()) or "Untitled"
    return f"{source}, {written_day(line.day)}" if line.day else f"{source}, undated"


def _as_of(line: Line) -> str:
    return f"As of {written_day(line.day)}" if line.day else "Undated"
