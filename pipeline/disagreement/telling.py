"""What a sentence tells that another can contradict: its figures, causes and denials, and in what figures are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pipeline.disagreement.aligning import Stated
from pipeline.disagreement.causes import Cause, causes_in
from pipeline.disagreement.claims import Claim
from pipeline.disagreement.clocks import CLOCK
from pipeline.disagreement.figures import DAY, agree
from pipeline.grounding.dates import dates_in
from pipeline.grounding.denials import denials_in
from pipeline.grounding.words import Token, plain

FIGURES = frozenset(("figure", "span"))
"""Kinds of figures that are neither days nor times of day."""

_DOER = regex.compile(
    r"\b(?:it (?:was|is) (?:the|a|an|not|\p{Lu})|(?:was|is|were|are|been) (?:\w+ ){0,2}by\b|the work of|"
    r"responsible for|led by|headed by|at the head of|belongs? to|credit for|"
    r"(?:struck|attacked|was|were) first|first (?:to|tipped|alerted)|"
    r"who (?:struck|started|began|fired|led|leads|heads|alerted|extinguished|had|caused)|"
    r"behind the|blamed?|on the orders? of|by order of|by sending)\b",
    regex.IGNORECASE,
)
_CAUSE = regex.compile(
    r"\b(?:because|caused?|causing|due to|owing to|result of|led to|triggered|sparked|started|began|begun|set off|"
    r"blamed?|to blame|traced to|source|spread by|drove|reason|pay for|about the|fault|stem\w*|failed|gave way|"
    r"slipped|struck|over)\b",
    regex.IGNORECASE,
)
_FIRM = regex.compile(
    r"\b(?:it (?:was|is) (?:the|a|an|not|\p{Lu})\b|and not\b|not .{2,40} but\b|rather than|contrary to|in fact|denied|"
    r"denies|wrong|untrue|false|none of|never|at no time|every|all|not a single|no such|nothing to do with)",
    regex.IGNORECASE,
)
_SPANS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "month": 720.0}
# A headline and a line of a list end in no such mark.
_ENDS = ".!?\"”'’)"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one sentence tells."""

    each: Stated
    claims: tuple[Claim, ...]
    causes: tuple[Cause, ...]
    denied: frozenset[int]
    weekdays: frozenset[int]
    lower: frozenset[str]
    kinds: frozenset[str]
    firm: bool

    @property
    def whole(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.each.text.rstrip()[-1:] in _ENDS

    @property
    def words(self) -> list[tuple[int, Token]]:
        """The words that tell something, with their places."""
        return [(at, self.each.tokens[at]) for at in self.each.content]


def read_stated(each: Stated, claims: Sequence[Claim]) -> Reading:
    """What a sentence with these figures tells."""
    text = plain(each.text)
    denials = denials_in(each.text)
    weekdays = frozenset(mention.weekday for mention in dates_in(each.text) if mention.weekday is not None)
    kinds = {unit_of(claim) for claim in claims} | ({"weekday"} if weekdays else set())
    kinds |= {name for name, told in (("doer", _DOER), ("cause", _CAUSE)) if told.search(text)}
    return Reading(
        each,
        tuple(claims),
        causes_in(each.text),
        frozenset(at for denial in denials for at in (*denial.scope, *denial.heads)),
        weekdays,
        frozenset(token.lower for token in each.tokens),
        frozenset(kinds),
        _FIRM.search(text) is not None,
    )


def kind_of(claim: Claim) -> str:
    """ "clock", "day", "span" or "figure"."""
    unit = claim.figure.unit
    return {CLOCK: "clock", DAY: "day"}.get(unit) or ("span" if unit in _SPANS else "figure")


def unit_of(claim: Claim) -> str:
    """What figures are compared in; "span" for what lasts."""
    return "span" if claim.figure.unit in _SPANS else f"in {claim.figure.unit}"


def span_of(claim: Claim) -> tuple[float, float]:
    """The least and the most that a figure says, in hours if it is a span."""
    factor = _SPANS.get(claim.figure.unit, 1.0)
    return abs(claim.figure.quantity.low) * factor, abs(claim.figure.quantity.high) * factor


def alike_figures(one: Claim, other: Claim) -> bool:
    """Whether two figures are of one unit and can be the same."""
    if unit_of(one) != unit_of(other):
        return False
    if one.figure.unit == other.figure.unit:
        return agree(one.figure.quantity, other.figure.quantity)
    first, second = span_of(one), span_of(other)
    return first[0] <= second[1] and second[0] <= first[1]


def kinds_alike(ones: Sequence[Claim], others: Sequence[Claim]) -> frozenset[str]:
    """Of what kinds are the figures that two sentences give alike."""
    same = [one for one in ones for other in others if alike_figures(one, other)]
    return frozenset(kind_of(one) for one in same if kind_of(one) not in FIGURES or _tells(one))


def _tells(claim: Claim) -> bool:
    """Whether that two sentences have a figure tells anything: "two" is everywhere."""
    return bool(claim.figure.unit) or claim.figure.quantity.low > 2
