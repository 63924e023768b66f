"""How much a short line reads like residue, by weights learned from rows: what the rules have not been told of.

A log-linear model over the words, their beginnings, the word pairs of a line and its shape. `learned.json` is written
by `eval/fit/residue.py` with the figures that it reached on lines it had not seen.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.cleaning import residue
from pipeline.cleaning.lines import FINAL, UNSPACED, WORD

if TYPE_CHECKING:
    from pipeline.types import Reason

LONGEST = 240
"""A longer line is judged by its beginning."""

SHAPES = (
    *("words", "final", "full stop", "quoted", "reported", "capitals", "unknown", "shouted", "third person"),
    *("you", "we", "command", "address", "arrow", "bars", "label", "open end", "question", "past", "brackets"),
    *("figures", "words without an end", "one word", "bullet"),
)

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[|:>»›→►©@%$£€!?.…/()\[\]+-]")
REPORTED = re.compile(r"\b(?:said|says|told|added|according)\b", re.IGNORECASE)
THIRD_PERSON = re.compile(r"\b(?:he|she|they|his|her|their|was|were|had)\b", re.IGNORECASE)
_QUOTE = frozenset('"“”„«»')
YOU = re.compile(r"\b(?:you|your|yours|sie|ihr(?:e|en)?|vous|votre|vos|su|tu|você)\b", re.IGNORECASE)
WE = re.compile(r"\b(?:we|our|ours|us|wir|unser(?:e|en)?|nous|notre|nos|nuestr[oa]s?|nostr[oa])\b", re.IGNORECASE)
ADDRESS = re.compile(r"@\w|\w@|https?:|www\.|\w\.(?:com|org|net|example)\b")
_ARROW = re.compile(r"^[^\w\s\"“”‘’'„«(¿¡•–-]")
BARS = re.compile(r"\s[|/•·»›>]\s|  ")
LABEL = re.compile(r"^[^\W\d_][^.:!?]{0,30}[:：]")
_PAST = re.compile(
    r"\b(?:[a-z]{2,}ed|is|are|was|were|had|has|did|will|would|came|went|took|made|began|left|fell|rose)\b"
)
_BULLET = re.compile(r"^(?:[•●▪◦‣·*–-]\s|\d{1,2}[.)]\s)")
BRACKETS = re.compile(r"^[(\[].*[)\]]$")
# So many letters begin a word alike: "subscribe", "subscribers", "subscription".
_BEGINNING = 5
# Words of one kind that add less than this to the log odds do not tell the kind of a line.
_TELLING = 1.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to the log odds that a line is residue; `reasons`: of which kind the rows with it are."""

    bias: float
    grams: Mapping[str, float]
    shapes: Mapping[str, float]
    reasons: Mapping[str, Reason]


def grams(plain: str) -> frozenset[str]:
    """The words, signs and pairs of neighbours of a line, its edges among them, and the beginnings of longer words
    (`~subsc`); every number is `0`. Scripts without spaces are cut into pairs of characters."""
    tokens = ["<s>", *(_normal(token) for word in _tokens(plain) for token in _cut(word)), "</s>"]
    beginnings = {f"~{token[:_BEGINNING]}" for token in tokens if len(token) > _BEGINNING}
    return frozenset(tokens[1:-1]) | {f"{first} {second}" for first, second in pairwise(tokens)} | beginnings


def shape(plain: str, known: Mapping[str, object]) -> tuple[float, ...]:
    """What a line looks like, one value for each of SHAPES; `known` are the grams that have a weight."""
    before, tokens, count, after = _look(plain)
    return (*before, sum(token not in known for token in tokens) / count, *after)


@lru_cache(maxsize=4096)
def _look(plain: str) -> tuple[tuple[float, ...], tuple[str, ...], int, tuple[float, ...]]:
    """The values of SHAPES before and after "unknown", and what that one needs: the words, and how many they are."""
    words = WORD.findall(plain)
    count = max(1, len(words))
    is_final = bool(FINAL.search(plain))
    before = (
        min(len(words), 40) / 10,
        float(is_final),
        float(plain.endswith(".")),
        float(not _QUOTE.isdisjoint(plain)),
        float(bool(REPORTED.search(plain))),
        sum(word[0].isupper() for word in words) / count,
    )
    after = (
        float(plain.isupper()),
        float(bool(THIRD_PERSON.search(plain))),
        float(bool(YOU.search(plain))),
        float(bool(WE.search(plain))),
        float(residue.is_command(plain)),
        float(bool(ADDRESS.search(plain))),
        float(bool(_ARROW.match(plain))),
        float(bool(BARS.search(plain))),
        float(bool(LABEL.match(plain))),
        float(plain.endswith((":", "：", "…", "→", "»", ">", "|"))),
        float(plain.endswith(("?", "？"))),
        float(bool(_PAST.search(plain))),
        float(bool(BRACKETS.match(plain))),
        sum(map(str.isdigit, plain)) / len(plain),
        0.0 if is_final else min(len(words), 20) / 10,
        float(len(words) == 1),
        float(bool(_BULLET.match(plain))),
    )
    return before, tuple(_normal(token) for token in _tokens(plain) if token[0].isalpha()), count, after


def log_odds(plain: str, weights: Weights | None = None) -> float:
    """The log odds that a line is residue, by the weights that ship with newsdesk or others."""
    plain, weights = plain[:LONGEST], weights or load()
    # The sum must not depend on the order of a set, which differs from run to run.
    said = math.fsum(weights.grams.get(gram, 0.0) for gram in grams(plain))
    seen = sum(weights.shapes[name] * value for name, value in zip(SHAPES, shape(plain, weights.grams), strict=True))
    return weights.bias + said + seen


def kind(plain: str) -> Reason | None:
    """Of which kind a line is, if it is residue: the kind of the rows that its telling words come from; None when its
    words tell too little."""
    weights = load()
    votes: dict[Reason, float] = {}
    for gram in sorted(grams(plain) & weights.reasons.keys()):
        reason = weights.reasons[gram]
        votes[reason] = votes.get(reason, 0.0) + max(0.0, weights.grams[gram])
    most = max(votes, key=lambda reason: votes[reason], default=None)
    return most if most and votes[most] >= _TELLING else None


@lru_cache(maxsize=1)
def load() -> Weights:
    """The weights that ship with newsdesk."""
    stored = json.loads(files("pipeline.cleaning").joinpath("learned.json").read_text(encoding="utf-8"))
    return Weights(
        stored["bias"],
        {gram: weight for gram, (weight, _) in stored["grams"].items()},
        stored["shapes"],
        {gram: reason for gram, (_, reason) in stored["grams"].items() if reason},
    )


@lru_cache(maxsize=4096)
def _tokens(plain: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(plain))


def _cut(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(max(1, len(word) - 1))] if UNSPACED.search(word) else [word]


@lru_cache(maxsize=65536)
def _normal(token: str) -> str:
    return "0" if token[0].isdigit() else token.lower().replace("’", "'")
