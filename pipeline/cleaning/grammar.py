"""How a line is built, whatever its words: the runs of word classes that captions, links and appeals are made of.

"A woman walks past a shop" is a caption by its build: no past tense, nobody who says something. Every word that is no
name, number or word of a small closed list is told by its class alone (WordNet's most frequent part of speech and its
ending), and a log-linear model weighs the runs of one, two and three of these. `grammar.npz` is written by
`eval.fit.sequence`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline import wordnet
from pipeline.cleaning.kinds import Kinds, of_scores
from pipeline.cleaning.learned import LONGEST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCALE = 32
"""Weights are stored in steps of 1/32."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,:]*|[^\w\s]")
_SIGNS = frozenset(',.:;?!()|–—-/@©"“”‘’…•>»')
_CLOSED_WORDS = """
    a an the this that these those his her its their our your my he she it they we you i him them us me who which what
    when where how why whose there here and or but nor if as than so because while after before until since although
    though whether not no n't of in on at to for from by with about into over under between through during against among
    across near outside inside behind beside past along around above below up down off out is are was were be been being
    am has have had do does did will would can could may might shall should must said says say told according more most
    all some any every each other another one two both first last new also only just still now then today yesterday left
    right yes please
"""
_IRREGULAR_PAST = """
    became began broke brought built bought caught chose came cost cut dealt drew drove ate fell felt fought found
    flew forgot gave went grew heard held hit kept knew laid led lent let lost made meant met paid put ran rang read
    rode rose sang sat saw sold sent set shook shot showed shut sank slept spent spoke spread stood stole struck swore
    swept swam took taught thought threw understood woke wore won wrote
"""
_CLOSED = frozenset(_CLOSED_WORDS.split())
_IRREGULAR = frozenset(_IRREGULAR_PAST.split())
# After these a word in -ed describes ("a shuttered bakery"), after those it is part of a longer form ("was shuttered").
_BEFORE_DESCRIBING = frozenset(
    (
        *("a", "an", "the", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those"),
        *("name's", "with", "of", "in", "no", "more", "most", "very", "A", "R", "and"),
    )
)
_BEFORE_FORMS = frozenset(("has", "have", "had", "be", "was", "were", "been", "is", "are", "being", "by", "not", "n't"))
_PAST = frozenset(("past tense", "-ed", "was", "were", "had", "said", "told", "did"))
_PRESENT = frozenset(("-s verb", "is", "are", "has", "have"))
_CLASSES = {"noun": "N", "verb": "V", "adjective": "A", "adverb": "R"}
# So many classes at the beginning count by themselves as well.
_OPENING = 6


@dataclass(frozen=True, slots=True)
class Weights:
    """What each run adds to the score of the story and of each of KINDS; the last row is the bias."""

    places: dict[str, int]
    weights: NDArray[np.float64]


def classes(plain: str) -> list[str]:
    """The classes of the words of a line, with its edges; a longer line than LONGEST has no end."""
    found = ["<s>"]
    shouted = plain.isupper()
    for at, word in enumerate(_TOKEN.findall(plain[:LONGEST])):
        kind = _class(word.lower() if shouted else word, at == 0)
        if kind == "-ed" and found[-1] in _BEFORE_DESCRIBING:
            kind = "-ed describing"
        elif kind == "-ed" and found[-1] in _BEFORE_FORMS:
            kind = "-ed form"
        found.append(kind)
    return found if len(plain) > LONGEST else [*found, "</s>"]


@lru_cache(maxsize=4096)
def runs(plain: str) -> frozenset[str]:
    """The runs of classes of a line, how it opens, and which tenses it has."""
    line = classes(plain)
    there = set(line)
    tense = (bool(_PAST & there), bool(_PRESENT & there), "-ing" in there, plain.endswith("."))
    return frozenset(
        (
            *line,
            *map(" ".join, pairwise(line)),
            *map(" ".join, zip(line, line[1:], line[2:], strict=False)),
            *(f"^{kind}" for kind in line[1:_OPENING]),
            f"tenses {tense}",
        )
    )


def kinds(lines: Sequence[str], weights: Weights | None = None) -> list[Kinds]:
    """What each line is by its build, by the weights that ship with newsdesk or others."""
    import numpy as np

    weights = weights or load()
    scores = np.empty((len(lines), weights.weights.shape[1]))
    for at, line in enumerate(lines):
        # In one order: a sum must not depend on that of a set, which differs from run to run.
        places = sorted(place for place in map(weights.places.get, runs(line)) if place is not None)
        scores[at] = weights.weights[places].sum(axis=0) + weights.weights[-1]
    return of_scores(scores)


@lru_cache(maxsize=1)
def load() -> Weights:
    """The weights that ship with newsdesk."""
    import numpy as np

    with files("pipeline.cleaning").joinpath("grammar.npz").open("rb") as packed, np.load(packed) as data:
        names = str(data["runs"].item().decode()).split("\n")
        return Weights({name: at for at, name in enumerate(names)}, data["weights"].astype(float) / SCALE)


@lru_cache(maxsize=65536)
def _class(word: str, is_first: bool) -> str:
    if word[0].isdigit():
        return "0"
    if not word[0].isalpha():
        return word if word in _SIGNS else "sign"
    lower = word.lower().replace("’", "'")
    if lower in _CLOSED:
        return lower
    if lower.endswith(("'s", "s'")):
        return "name's"
    if word[0].isupper() and not is_first:
        return "NAME" if len(word) > 1 and word.isupper() else "Name"
    if not lower.isascii():
        return "other"
    if lower in _IRREGULAR:
        return "past tense"
    part = wordnet.usual_part(lower)
    if lower.endswith("ing") and "verb" in wordnet.parts_of_speech(lower):
        return "-ing"
    if lower.endswith("ed") and len(lower) > 4:
        return "-ed"
    if part is None:
        return "Name" if word[0].isupper() else "other"
    if lower.endswith("s") and not lower.endswith("ss"):
        return f"-s {part}"
    return _CLASSES[part]
