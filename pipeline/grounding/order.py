"""Prepositions that are each other's opposite: "before" what the sources put it after, "for" what they are against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.denials import denials_in
from pipeline.grounding.lexicon import listed
from pipeline.grounding.meaning import tells
from pipeline.grounding.words import Token, bounds_clause, read

_POLES = (
    (listed("before until till ahead prior pending"), listed("after since following once")),
    (listed("favour favor favouring favoring support supporting"), listed("against opposing")),
)
# Within so many words of "before" a "not" makes it mean something else.
_DENIED_WITHIN = 10
# How many words with meaning after "before" tell what it is before.
_REACH = 3


@dataclass(frozen=True, slots=True)
class _Side:
    """On which side (`pole`, of which pair) of what the words of `anchor` tell; `word` as written."""

    word: str
    pair: int
    pole: int
    anchor: tuple[str, ...]


def check_order(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a preposition whose opposite the cited sentences have of the same thing."""
    given = [side for sentence in cited for side in _sides(sentence.text)]
    findings = []
    for side in _sides(text):
        same = [other for other in given if other.pair == side.pair and _alike(side.anchor, other.anchor)]
        if same and all(other.pole != side.pole for other in same):
            findings.append(f"“{side.word}” is “{same[0].word}” in the cited sentences")
    return tuple(dict.fromkeys(findings))


def _sides(text: str) -> Iterator[_Side]:
    tokens = read(text)
    for at, token in enumerate(tokens):
        for pair, poles in enumerate(_POLES):
            pole = next((place for place, words in enumerate(poles) if token.lower in words), None)
            if pole is None:
                continue
            anchor = tuple(_after(tokens, at))
            # "Not before a pump is fitted" is after it, or never.
            denied = any(abs(at - denial.at) < _DENIED_WITHIN for denial in denials_in(text))
            if anchor and not denied:
                yield _Side(token.text, pair, pole, anchor)


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
