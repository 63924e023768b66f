"""How far a sentence says the predicate of a question: with its sides, and with what is wanted, in one clause.

Each word that meets the predicate is looked at with what stands before and behind it. In the passive the sides are
exchanged, and who does it stands behind "by"; of a noun ("the attack on") either side may stand anywhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from pipeline.extractive.frames import OPENS, Frame, is_being, is_participle, is_verb
from pipeline.extractive.slots import wanted
from pipeline.extractive.tables import Matrix
from pipeline.grounding.reporting import STANCE_OF
from pipeline.questions import STOP_WORDS, Part

CLAUSES: dict[str, str] = {
    "predicate said": "how well a word of the sentence meets the predicate",
    "sides": "the same, times how much of its sides stands where it belongs",
    "doer": "the same, of who does it alone",
    "done": "the same, of what it is done to alone",
    "exchanged": "how much of the sides stands on the other one only",
    "filler": "something of the wanted kind stands in the clause of the predicate",
    "filler near": "the same, the less the further away",
    "open side": "a word of the wanted kind, or a new one, stands on the side that is left open",
    "closed side": "how well the predicate is met, when none does",
    "all in one": "sides, times filler near",
    "filler verb": "how well the verb nearest to something of the wanted kind meets the predicate",
    "no predicate": "no predicate can be read off the question",
}
"""What is measured of a sentence against a frame."""

# A word meets the predicate from this worth on; so many of the best are looked at.
LEAST, MOST = 0.35, 4
# The worth of something wanted falls with exp(-distance / REACH) in words; another clause is so many words away.
REACH, ACROSS = 6.0, 5
# What a side is worth that the sentence beside or the title has.
OUTSIDE = 0.85
# An auxiliary stands at most so many words before its participle, "by" at most so many behind it.
BEFORE, BEHIND = 3, 12
# What a verb of saying is worth to one of answering, and to another verb of saying.
ANSWERS, SAYS = 0.9, 0.5

_BREAK = regex.compile(r"[,;:()–—“”\"]")
_ANSWERING = frozenset(("say", "said", "says", "think", "comment", "respond", "react", "reply", "describe"))
_NOMINAL = frozenset(("the", "a", "an", "of", "his", "her", "its", "their"))

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Clauses:
    """A sentence: its words, which clause each is in, and where something of the wanted kind stands, as word spans."""

    words: Sequence[str]
    number: NDArray[np.int_]
    fillers: Sequence[Span]


def read_clauses(text: str, spoken: Sequence[tuple[int, str]], found: Sequence[Span]) -> Clauses:
    """A sentence by its words with where they start, and the character spans of what is wanted."""
    starts = [start for start, _ in spoken]
    fillers = [(bisect_left(starts, first), bisect_left(starts, last)) for first, last in found]
    number: list[int] = []
    clause = end = 0
    for start, word in spoken:
        if number and (word in OPENS or _BREAK.search(text, end, start)):
            clause += 1
        number.append(clause)
        end = start + len(word)
    return Clauses([word for _, word in spoken], np.array(number, dtype=int), fillers)


def saying(predicate: str, vocabulary: Sequence[str]) -> Matrix:
    """What verbs of saying are worth to a predicate that asks for a saying; nothing to another one."""
    worth = ANSWERS if predicate in _ANSWERING else SAYS if predicate in STANCE_OF else 0.0
    return np.array([worth * (word in STANCE_OF) for word in vocabulary])


def measure(
    frame: Frame,
    part: Part,
    clauses: Clauses,
    worth: Matrix,
    sides: Mapping[str, Matrix],
    around: Mapping[str, float],
    said: frozenset[str],
) -> list[float]:
    """The values of CLAUSES of a sentence.

    `worth` is what its words are worth to the predicate, `sides` to each word of the sides, `around` what those find in
    the sentences beside it and in its title; words that the question `said` fill nothing.
    """
    if not frame.predicate:
        return [0.0] * (len(CLAUSES) - 1) + [1.0]
    untyped = wanted(part) == "anything"
    new = [at for at, word in enumerate(clauses.words) if untyped and word not in said and word not in STOP_WORDS]
    filling = new if untyped else [first for first, _ in clauses.fillers]
    best = max(
        (_said_at(int(at), frame, clauses, worth, sides, around, filling) for at in _met(worth)),
        key=lambda row: row[1] + row[7] / 2 + row[5] / 3,
        default=[0.0] * 10,
    )
    return [*best, _filler_verb(clauses, worth), 0.0]


def _met(worth: Matrix) -> Iterator[int]:
    return (at for at in np.argsort(-worth, kind="stable")[:MOST] if worth[at] >= LEAST)


def _said_at(
    at: int,
    frame: Frame,
    clauses: Clauses,
    worth: Matrix,
    sides: Mapping[str, Matrix],
    around: Mapping[str, float],
    filling: Sequence[int],
) -> list[float]:
    """The same without the last two, for the word at one place as the predicate."""
    said, written, count = float(worth[at]), clauses.words, len(clauses.words)
    passive = is_participle(written[at]) and any(map(is_being, written[max(0, at - BEFORE) : at]))
    verbal = is_verb(written[at]) and (not at or written[at - 1] not in _NOMINAL)
    behind = written[at + 1 : at + BEHIND]
    by = range(at + 1 + behind.index("by"), count) if passive and "by" in behind else range(0)
    before, after, whole = range(at), range(at + 1, count), range(count)
    doers, done_to = (whole, whole) if not verbal else (by, before) if passive else (before, after)
    doer, wrong = _side(frame.doer, doers, done_to if verbal else range(0), sides, around)
    done, amiss = _side(frame.done, done_to, doers if verbal else range(0), sides, around)
    both = [value for value, side in ((doer, frame.doer), (done, frame.done)) if side]
    left_open = {"subject": doers, "object": done_to, "beside": whole}[frame.hole]
    same = any(clauses.number[min(first, count - 1)] == clauses.number[at] for first, _ in clauses.fillers)
    near = max((np.exp(-_distance(at, span) / REACH) for span in clauses.fillers), default=0.0)
    sided = said * (float(np.mean(both)) if both else 1.0)
    is_open = any(place in left_open for place in filling)
    return [
        said,
        sided,
        said * doer,
        said * done,
        max(wrong, amiss),
        said * same,
        said * float(near),
        said * is_open,
        said * (frame.hole != "beside" and not is_open),
        sided * float(near),
    ]


def _side(
    names: Sequence[str], here: range, there: range, sides: Mapping[str, Matrix], around: Mapping[str, float]
) -> tuple[float, float]:
    """How much of a side stands where it belongs, or outside, and how much only where the other one does."""
    if not names:
        return 1.0, 0.0
    right, wrong = [], []
    for name in names:
        good, bad = (float(sides[name][where.start : where.stop].max(initial=0.0)) for where in (here, there))
        wrong.append(max(0.0, bad - good))
        right.append(max(good, OUTSIDE * around[name] if bad < 0.5 else 0.0))
    return float(np.mean(right)), float(np.mean(wrong))


def _filler_verb(clauses: Clauses, worth: Matrix) -> float:
    """How well the verb nearest to something wanted meets the predicate: "said on Tuesday" tells of a saying."""
    verbs = [
        at for at, word in enumerate(clauses.words) if is_verb(word) and (is_participle(word) or word in STANCE_OF)
    ]
    best = 0.0
    for span in clauses.fillers if verbs else ():
        clause = clauses.number[min(span[0], len(clauses.words) - 1)]
        nearest = min(verbs, key=lambda at: _distance(at, span) + ACROSS * (clauses.number[at] != clause))
        best = max(best, float(worth[nearest]))
    return best


def _distance(at: int, span: Span) -> int:
    return max(span[0] - at, at - span[1] + 1, 0)
