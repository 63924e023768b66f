"""Faults put into a statement by rule: a number, name, date, "not", hedge, unit or quantifier exchanged, a tail put on.

Each function of `MUTATIONS` gives the statements that one kind of fault makes of a text, of which none is borne out by
what the text was taken from. They know words and patterns only: nothing of how the checks work.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Original:
    """A statement that is borne out by `source`, and the names of the article that it is taken from."""

    text: str
    source: str
    names: tuple[str, ...]


_NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w.,:/-])\d+(?:\.\d+)?(?![\w:/]|\.\d|,\d)")
_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS[1:])})\b", re.IGNORECASE)
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_NAME = re.compile(r"\b(?:[A-Z][\w’'-]+ )+[A-Z][\w’'-]+\b")
_AUXILIARY = re.compile(r"\b(was|were|is|are|has|have|had|will|would|could|did)\b(?! not\b| no\b|n.t\b)", re.IGNORECASE)
_DENIAL = re.compile(r"\b(not|never) |(?<=\w)n[’']t\b")
_HEDGES = (
    (re.compile(r"\b(?:may|might|could) have\b"), "has"),
    (re.compile(r"\b(?:may|might|could)\b"), "will"),
    (re.compile(r"\b(?:plans|intends|wants|hopes|is|are) to (?=[a-z]+\b)"), "has agreed to "),
    (re.compile(r"\b(?:probably|possibly|allegedly|reportedly|apparently|perhaps) "), ""),
    (re.compile(r"\bis expected to\b"), "will"),
    (re.compile(r"\b(?:is|are) thought to\b"), "will"),
)
_QUANTIFIERS = (
    ("at least", "at most"),
    ("more than", "less than"),
    ("fewer than", "more than"),
    ("less than", "more than"),
    ("about (?=[0-9])", "exactly "),
    ("most of", "all of"),
    ("half of", "all of"),
    ("all of", "none of"),
    ("both sides", "neither side"),
    ("some of", "all of"),
    ("up to", "at least"),
)
_UNITS = (
    ("million", "billion"),
    ("billion", "million"),
    ("tonnes", "kilos"),
    ("kilometres", "metres"),
    ("metres", "kilometres"),
    ("days", "weeks"),
    ("weeks", "months"),
    ("months", "years"),
    ("years", "months"),
    ("hours", "days"),
    ("minutes", "hours"),
    ("percent", "percentage points"),
    ("per cent", "percentage points"),
    ("crowns", "euros"),
    ("dollars", "pounds"),
    ("£", "$"),
    ("€", "£"),
)
_CONTRARY = (
    ("rose", "fell"),
    ("fell", "rose"),
    ("raised", "lowered"),
    ("lowered", "raised"),
    ("higher", "lower"),
    ("increase", "decrease"),
    ("accepted", "rejected"),
    ("rejected", "accepted"),
    ("refused", "agreed"),
    ("denied", "confirmed"),
    ("confirmed", "denied"),
    ("approved", "rejected"),
    ("before", "after"),
    ("after", "before"),
    ("opened", "closed"),
    ("reopened", "closed"),
    ("banned", "allowed"),
    ("suspended", "resumed"),
    ("the first", "the last"),
    ("largest", "smallest"),
    ("biggest", "smallest"),
    ("south", "north"),
    ("north", "south"),
    ("dearer", "cheaper"),
)
_TAILS = (
    ", after three of its rivals had withdrawn",
    ", and apologised to the families",
    ", which cost two officials their jobs",
    ", despite protests outside the building",
    " because a computer had failed",
    ", ending a dispute over unpaid wages",
    ", and hired a law firm in Geneva",
)
_INVENTED = (
    "{name} had been warned twice by auditors.",
    "Police searched the offices of {name} on the same evening.",
    "{name} is to be paid compensation from a public fund.",
    "A spokeswoman for {name} refused to rule out further dismissals.",
    "Supporters of {name} blocked the main road for several hours.",
    "{name} was treated in hospital for smoke inhalation.",
)


def _numbers(original: Original, chance: random.Random) -> Iterator[str]:
    given = set(_NUMBER.findall(original.source))
    for match in _NUMBER.finditer(original.text):
        digits = match.group()
        other = digits
        while other in given or other == digits:
            at = chance.choice([place for place, sign in enumerate(digits) if sign.isdigit()])
            other = f"{digits[:at]}{chance.choice('123456789')}{digits[at + 1 :]}"
        yield original.text[: match.start()] + other + original.text[match.end() :]
    for match in _NUMBER_WORD.finditer(original.text):
        others = [word for word in _WORDS[1:] if word not in original.source.lower() and word != match.group().lower()]
        yield original.text[: match.start()] + chance.choice(others) + original.text[match.end() :]


def _number_swaps(original: Original, chance: random.Random) -> Iterator[str]:
    found = list(_NUMBER.finditer(original.text))
    for one, other in itertools.pairwise(found):
        if one.group() != other.group() and len(one.group()) < 4 and len(other.group()) < 4:
            between = original.text[one.end() : other.start()]
            if between == " and ":
                continue
            yield original.text[: one.start()] + other.group() + between + one.group() + original.text[other.end() :]


def _names(original: Original, chance: random.Random) -> Iterator[str]:
    for match in _NAME.finditer(original.text):
        parts = set(match.group().split())
        others = [name for name in original.names if not parts & set(name.split()) and name not in original.source]
        if match.group() in original.names and others:
            yield original.text[: match.start()] + chance.choice(others) + original.text[match.end() :]


def _roles(original: Original, chance: random.Random) -> Iterator[str]:
    found = [match for match in _NAME.finditer(original.text) if match.group() in original.names]
    for one, other in itertools.pairwise(found):
        between = original.text[one.end() : other.start()]
        if not set(one.group().split()) & set(other.group().split()) and re.search(r"\b[a-z]{3,}", between):
            yield original.text[: one.start()] + other.group() + between + one.group() + original.text[other.end() :]


def _dates(original: Original, chance: random.Random) -> Iterator[str]:
    for names in (_DAYS, _MONTHS):
        for match in re.finditer(rf"\b(?:{'|'.join(names)})\b", original.text):
            others = [name for name in names if name not in original.source and name[:3] not in original.source]
            yield original.text[: match.start()] + chance.choice(others) + original.text[match.end() :]


def _denials(original: Original, chance: random.Random) -> Iterator[str]:
    for match in _DENIAL.finditer(original.text):
        yield original.text[: match.start()] + original.text[match.end() :]
    if not _DENIAL.search(original.text) and "“" not in original.text:
        for match in list(_AUXILIARY.finditer(original.text))[:1]:
            yield original.text[: match.end()] + " not" + original.text[match.end() :]


def _hedges(original: Original, chance: random.Random) -> Iterator[str]:
    for pattern, firm in _HEDGES:
        for match in pattern.finditer(original.text):
            if not _quoted(original.text, match.start()):
                yield original.text[: match.start()] + firm + original.text[match.end() :]


def _exchanged(pairs: Sequence[tuple[str, str]]) -> Callable[[Original, random.Random], Iterator[str]]:
    def mutate(original: Original, chance: random.Random) -> Iterator[str]:
        for word, other in pairs:
            pattern = re.compile(rf"\b{word}" + r"\b" * word[-1].isalpha() if word[0].isalpha() else re.escape(word))
            for match in list(pattern.finditer(original.text))[:1]:
                if not _quoted(original.text, match.start()):
                    yield original.text[: match.start()] + other + original.text[match.end() :]

    return mutate


def _tails(original: Original, chance: random.Random) -> Iterator[str]:
    if original.text.endswith("."):
        yield original.text[:-1] + chance.choice(_TAILS) + "."


def _inventions(original: Original, chance: random.Random) -> Iterator[str]:
    named = [name for name in original.names if name in original.source]
    if named:
        yield chance.choice(_INVENTED).format(name=named[0])


def _quoted(text: str, at: int) -> bool:
    return text[:at].count("“") > text[:at].count("”") or text[:at].count('"') % 2 == 1


MUTATIONS: dict[str, Callable[[Original, random.Random], Iterator[str]]] = {
    "number": _numbers,
    "numbers swapped": _number_swaps,
    "name": _names,
    "roles swapped": _roles,
    "date": _dates,
    "negation": _denials,
    "hedge": _hedges,
    "quantifier": _exchanged(_QUANTIFIERS),
    "unit": _exchanged(_UNITS),
    "contrary": _exchanged(_CONTRARY),
    "tail": _tails,
    "invented": _inventions,
}
