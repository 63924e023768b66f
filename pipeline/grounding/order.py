"""Which came first: does a statement put something before what the cited sentences put it after?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.denials import denials_in
from pipeline.grounding.lexicon import listed
from pipeline.grounding.meaning import tells
from pipeline.grounding.words import Token, bounds_clause, read

_BEFORE = listed("before until till ahead prior pending")
_AFTER = listed("after since following once")
# So many words before "before" a "not" makes it mean something else.
_DENIED_WITHIN = 10
# How many words with meaning on either side of "before" tell what is before what.
_REACH = 3


@dataclass(frozen=True, slots=True)
class _Order:
    """That something came before or after (`side`) what the words of `anchor` tell; `word` as written."""

    word: str
    side: str
    anchor: tuple[str, ...]


def check_order(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for "before" where the cited sentences have "after" of the same thing, and the other way round."""
    given = [order for sentence in cited for order in _orders(sentence.text)]
    findings = []
    for order in _orders(text):
        same = [other for other in given if _alike(order.anchor, other.anchor)]
        sides = {other.side for other in same}
        if sides and order.side not in sides:
            findings.append(f"“{order.word}” is “{same[0].word}” in the cited sentences")
    return tuple(dict.fromkeys(findings))


def _orders(text: str) -> Iterator[_Order]:
    tokens = read(text)
    for at, token in enumerate(tokens):
        early, late = token.lower in _BEFORE, token.lower in _AFTER
        anchor = tuple(_after(tokens, at))
        # "Not before a pump is fitted" is after it, or never.
        denied = any(at > denial.at > at - _DENIED_WITHIN for denial in denials_in(text))
        if (early or late) and anchor and not denied:
            yield _Order(token.text, "before" if early else "after", anchor)


def _after(tokens: Sequence[Token], at: int) -> Iterator[str]:
    """The next words with meaning, up to the end of the clause."""
    found = 0
    for token in tokens[at + 1 :]:
        if bounds_clause(token) or token.text == "," or found == _REACH:
            return
        if token.content:
            found += 1
            yield token.lower


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two phrases start with the same thing: most words of the shorter are in the longer."""
    shared = sum(any(tells(there, here) for there in other) for here in one)
    return shared >= max(1, min(len(one), len(other)) - 1) and (shared > 1 or len(one) == 1 or len(other) == 1)
