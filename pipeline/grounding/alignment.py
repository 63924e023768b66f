"""Where a word stands among the others: which place of a source a place of a statement is the same as.

Mutated answers keep the words around a name or number and exchange it for another of the same article; that the other
one is somewhere in the cited sentences says nothing. What stands in its place there does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pipeline.grounding.lexicon import listed
from pipeline.grounding.words import Token, read

T = TypeVar("T")

# How many words with meaning on either side make a place.
_REACH = 4
# Two places alike by this much are the same place, when no place of the word itself is nearly as much alike. Swept on
# the same tables as the coverage: 7 for the first or 6 for the second lose faults, 3 for the second gives false alarms.
ALIKE = 5
_MARGIN = 4
# When the preposition before it speaks for the rival as well.
_MARGIN_LED = 2
# With other words on one side, so much.
_SURE = 6
_PREPOSITIONS = listed("by from to in at of for with against on under over into near after before between")
# "From 9,400 to 3,100": what a number is, these say more surely than the words around it.
_ENDS = frozenset(("from", "to"))
_JOINING = frozenset((",", "and", "or", "&", "the", "a", "an", "as", "well", "both"))


@dataclass(frozen=True, slots=True)
class Place:
    """The concepts before and after a span of tokens in its text, the nearest first; what is in parentheses aside.

    `lead` is the preposition before it: "by" turns a passive round, "from" is not "to".
    """

    text: str
    first: int
    last: int
    left: tuple[str, ...]
    right: tuple[str, ...]
    lead: str
    aside: bool


def place_of_span(text: str, first: int, last: int) -> Place:
    """The place of the tokens `first` up to `last` inclusive."""
    tokens = read(text)
    left, right = _keys(reversed(tokens[:first]), (")", "(")), _keys(iter(tokens[last + 1 :]), ("(", ")"))
    before = [token.lower for token in tokens[max(0, first - 2) : first]]
    lead = next((word for word in reversed(before) if word in _PREPOSITIONS), "")
    opened = sum(token.text == "(" for token in tokens[:first]) > sum(token.text == ")" for token in tokens[:first])
    return Place(text, first, last, left, right, lead=lead, aside=opened)


def likeness(one: Place, other: Place) -> int:
    """How much two places are alike: a point for each word on the same side of both, two more for the nearest."""
    sides = ((one.left, other.left), (one.right, other.right))
    return sum(len(set(mine) & set(theirs)) for mine, theirs in sides) + 2 * touching(one, other)


def touching(one: Place, other: Place) -> int:
    """On how many sides the nearest word is the same."""
    return sum(mine[:1] == theirs[:1] != () for mine, theirs in ((one.left, other.left), (one.right, other.right)))


def stand_ins(
    claimed: Sequence[tuple[T, Place]], given: Sequence[tuple[T, Place]], same: Callable[[T, T], bool]
) -> Iterator[tuple[T, T]]:
    """(what the statement has, what the source has in that place) for each word put into the place of another."""
    for item, here in claimed:
        own = [place for other, place in given if same(item, other)]
        best = max((likeness(here, place) for place in own), default=0)
        nearest = max((touching(here, place) for place in own), default=0)
        leads = {place.lead for place in own}
        done = {place.left[0] for place in own if place.lead == "by" and place.left}
        if done & {token.key for token in read(here.text)} and here.lead != "by":
            continue  # What is done "by" it in the source it does here.
        rivals = [
            (likeness(here, place), position)
            for position, (other, place) in enumerate(given)
            if not same(item, other)
            and (place.lead == "by") == (here.lead == "by")
            and not place.aside
            and not (here.lead in _ENDS and place.lead in _ENDS - {here.lead} and here.lead in leads)
            and touching(here, place) > nearest
        ]
        score, position = max(rivals, default=(0, -1))
        if position < 0:
            continue
        rival, there = given[position]
        led = here.lead == there.lead and all(place.lead != here.lead for place in own)
        if score < max(ALIKE, best + (_MARGIN_LED if led else _MARGIN)):
            continue
        if touching(here, there) < 2 and score < _SURE and here.left[:1] and here.right[:1]:
            continue
        taken = any(likeness(place, there) >= score for other, place in claimed if place != here and same(other, rival))
        if not taken and not any(_listed_with(there, place) for place in own):
            yield item, rival


def _listed_with(one: Place, other: Place) -> bool:
    """Whether two spans stand in one list: their order says nothing."""
    if one.text != other.text:
        return False
    first, last = sorted((one, other), key=lambda place: place.first)
    return all(token.lower in _JOINING for token in read(one.text)[first.last + 1 : last.first])


def _keys(tokens: Iterator[Token], parentheses: tuple[str, str]) -> tuple[str, ...]:
    """The next concepts up to the end of the sentence, leaving out what stands between the parentheses."""
    opens, closes = parentheses
    found: list[str] = []
    depth = 0
    for token in tokens:
        if token.text in (opens, closes):
            depth = max(0, depth + (1 if token.text == opens else -1))
        if token.text in ".!?" or len(found) == _REACH:
            break
        if token.content and not depth:
            found.append(token.key)
    return tuple(found)
