"""Does a statement turn round what the cited sentences say: "fell" for "rose", acquitted for convicted?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.denials import denials_in
from pipeline.grounding.lexicon import concept_of, opposites
from pipeline.grounding.units import UNITS, VAGUE_TIMES
from pipeline.grounding.words import keys, read

# Words that say which way a figure went, with the concept of the verb that would.
_DIRECTIONS = {
    "up": "rise",
    "higher": "rise",
    "more": "rise",
    "down": "fall",
    "lower": "fall",
    "fewer": "fall",
    "less": "fall",
}

_SIDES = {"before": "before", "ahead": "before", "prior": "before", "after": "after", "following": "after"}


def check_reversal(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a word whose opposite the cited sentences have: "fell" for "rose"."""
    source_keys = frozenset(key for sentence in cited for key in _with_directions(sentence.text))
    claim_keys = _with_directions(text)
    claim_denied = _denied(text)
    source_denied = frozenset(key for sentence in cited for key in _denied(sentence.text))
    source = " ".join(sentence.text for sentence in cited)
    return tuple(
        f"“{_word_for(key, text)}” reverses “{_word_for(contrary, source)}” of the cited sentences"
        for key in sorted(claim_keys - source_keys)
        for contrary in sorted((opposites().get(key, frozenset()) & source_keys) - claim_keys)
        if (key in claim_denied) == (contrary in source_denied)
    )


def check_before_after(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a time before an event that the cited sentences put after it: "two days before the premiere"."""
    given = {event: side for sentence in cited for event, side in _timed(sentence.text)}
    return tuple(
        f"“{side}” is “{given[event]}” in the cited sentences"
        for event, side in _timed(text)
        if given.get(event, side) != side
    )


def _timed(text: str) -> Iterator[tuple[str, str]]:
    """The first word of what comes after "days before" or "hours after", and which of the two it is."""
    tokens = read(text)
    for at, token in enumerate(tokens):
        side = _SIDES.get(token.lower)
        timed = any(other.lower in UNITS or other.lower in VAGUE_TIMES for other in tokens[max(0, at - 2) : at])
        event = next((other.key for other in tokens[at + 1 : at + 5] if other.content), None)
        if side and timed and event:
            yield event, side


def check_opposites_exchanged(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for two opposites that have changed places: acquitted of one thing, convicted of another."""
    claimed = _followers(text)
    for sentence in cited:
        given = _followers(sentence.text)
        for key in sorted(claimed.keys() & given.keys()):
            for contrary in sorted(opposites().get(key, frozenset()) & claimed.keys() & given.keys()):
                if claimed[key] & (given[contrary] - given[key]) and claimed[contrary] & (given[key] - given[contrary]):
                    words = _word_for(key, text), _word_for(contrary, text)
                    return (f"“{words[0]}” and “{words[1]}” are exchanged",)
    return ()


def _followers(text: str) -> dict[str, frozenset[str]]:
    """For each concept that has an opposite, the concepts of the next words, up to its opposite."""
    tokens = [token for token in read(text) if token.content and not token.capital]
    found: dict[str, frozenset[str]] = {}
    for at, token in enumerate(tokens):
        contrary = opposites().get(token.key)
        if contrary:
            after = [other.key for other in tokens[at + 1 : at + 4]]
            stop = next((place for place, key in enumerate(after) if key in contrary), len(after))
            found[token.key] = found.get(token.key, frozenset()) | frozenset(after[:stop])
    return found


def _with_directions(text: str) -> frozenset[str]:
    """The concepts of a text, and which way its figures go: "up 3%", "12% fewer", "down from 40"."""
    tokens = read(text)
    found = set(keys(text))
    for at, token in enumerate(tokens):
        direction = _DIRECTIONS.get(token.lower)
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        figure_after = after is not None and (
            after.kind == "number" or after.lower in ("by", "from") or after.text == "$"
        )
        figure_before = before is not None and before.lower in ("%", "percent", "cent", "points")
        if direction and (figure_before or (figure_after and token.lower in ("up", "down"))):
            found.add(concept_of(direction))
    return frozenset(found)


def _word_for(concept: str, text: str) -> str:
    """The word of a text that stands for the concept, a direction included; empty when there is none."""
    for token in read(text):
        if (token.content and token.key == concept) or concept_of(_DIRECTIONS.get(token.lower, "")) == concept:
            return token.text
    return ""


def _denied(text: str) -> frozenset[str]:
    tokens = read(text)
    return frozenset(tokens[position].key for denial in denials_in(text) for position in denial.scope)
