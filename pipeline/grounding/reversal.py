"""Does a statement turn round what the cited sentences say: "fell" for "rose", acquitted for convicted?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.denials import denials_in
from pipeline.grounding.lexicon import concept_of, listed, opposites, phrase
from pipeline.grounding.meaning import tells
from pipeline.grounding.quantities import quantities_in
from pipeline.grounding.words import Token, keys, read
from pipeline.wordnet import relation

# Words that say which way a figure went, with the concept of the verb that would.
_DIRECTIONS = {
    "up": "rise",
    "higher": "rise",
    "more": "rise",
    "dearer": "rise",
    "costlier": "rise",
    "cheaper": "fall",
    "down": "fall",
    "lower": "fall",
    "fewer": "fall",
    "less": "fall",
}

# How many words with meaning on either side tell what a word is said of.
_BESIDE = 2
_LEAVING = listed("left leaving leaves")
_OUTCOMES = listed("dead injured wounded hurt homeless trapped stranded without missing unable")


def check_reversal(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a word whose opposite the cited sentences have: "fell" for "rose"."""
    return tuple(f"“{ours}” reverses “{theirs}” of the cited sentences" for ours, theirs in _reversed(text, cited))


def reversed_beside(text: str, cited: Sequence[CitedSentence]) -> int:
    """How many of the words that `check_reversal` finds are said of the same as their opposites: of prices, both."""
    return sum(
        any(_of_the_same(ours, text, theirs, sentence.text) for sentence in cited)
        for ours, theirs in _reversed(text, cited)
    )


def _reversed(text: str, cited: Sequence[CitedSentence]) -> list[tuple[str, str]]:
    """(word of the statement, its opposite in the sources), neither of them denied."""
    source_keys = frozenset(key for sentence in cited for key in _with_directions(sentence.text))
    claim_keys = _with_directions(text)
    claim_denied = _denied(text)
    source_denied = frozenset(key for sentence in cited for key in _denied(sentence.text))
    source = " ".join(sentence.text for sentence in cited)
    return [
        (_word_for(key, text), _word_for(contrary, source))
        for key in sorted(claim_keys - source_keys)
        for contrary in sorted((_opposites_of(key) & source_keys) - claim_keys)
        if (key in claim_denied) == (contrary in source_denied) and not _also_said(_word_for(key, text), cited)
    ]


def _of_the_same(word: str, text: str, other: str, source: str) -> bool:
    """Whether one of the next words with meaning around a word of a text stands around another of its source too."""
    return any(tells(there, here) for here in _around(word, text) for there in _around(other, source))


def _around(word: str, text: str) -> list[str]:
    tokens = [token for token in read(text) if token.content or token.text == word]
    at = next((place for place, token in enumerate(tokens) if token.text == word), None)
    if at is None:
        return []
    return [token.lower for token in (*tokens[max(0, at - _BESIDE) : at], *tokens[at + 1 : at + 1 + _BESIDE])]


def _also_said(word: str, cited: Sequence[CitedSentence]) -> bool:
    """Whether the sources have the word in another form: "continues" for "continuing"."""
    forms = ("same", "form")
    return any(relation(other.lower, word.casefold()) in forms for each in cited for other in read(each.text))


def check_opposites_exchanged(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for two opposites that have changed places: acquitted of one thing, convicted of another."""
    for around in (_followers, _preceders):
        claimed = around(text)
        for sentence in cited:
            given = around(sentence.text)
            for key in sorted(claimed.keys() & given.keys()):
                for contrary in sorted(opposites().get(key, frozenset()) & claimed.keys() & given.keys()):
                    here = claimed[key] & (given[contrary] - given[key])
                    if here and claimed[contrary] & (given[key] - given[contrary]):
                        words = _word_for(key, text), _word_for(contrary, text)
                        return (f"“{words[0]}” and “{words[1]}” are exchanged",)
    return ()


def _followers(text: str) -> dict[str, frozenset[str]]:
    """For each concept that has an opposite, the concepts of the next words, up to its opposite."""
    return _beside([token for token in read(text) if token.content and not token.capital])


def _preceders(text: str) -> dict[str, frozenset[str]]:
    """The same of the words before."""
    return _beside([token for token in reversed(read(text)) if token.content and not token.capital])


def _beside(tokens: Sequence[Token]) -> dict[str, frozenset[str]]:
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
    found |= {verb for one, other in pairwise(tokens) if (verb := phrase(one.lower, other.lower)) is not None}
    leaving = [at for at, token in enumerate(tokens) if token.key == concept_of("left")]
    if all(tokens[at].lower in _LEAVING and _results(tokens, at) for at in leaving):
        found.discard(concept_of("left"))
    for at, token in enumerate(tokens):
        direction = _DIRECTIONS.get(token.lower)
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        figure_after = after is not None and (
            after.kind == "number" or after.lower in ("by", "from") or after.text == "$"
        )
        figure_before = before is not None and before.lower in ("%", "percent", "cent", "points")
        than = after is not None and after.lower == "than"
        figure_before |= than and any(quantity.last == at - 1 for quantity in quantities_in(text))
        if direction and (figure_before or (figure_after and token.lower in ("up", "down"))):
            found.add(concept_of(direction))
    return frozenset(found)


def _opposites_of(key: str) -> frozenset[str]:
    """What contradicts a concept: its opposites, and the word with "un" before it or without."""
    negated = key.removeprefix("un") if key.startswith("un") else f"un{key}"
    return opposites().get(key, frozenset()) | {negated}


def _results(tokens: Sequence[Token], at: int) -> bool:
    """Whether "left" tells an outcome: "left 17 dead", "left them without water"."""
    return any(token.lower in _OUTCOMES for token in tokens[at + 1 : at + 9])


def _word_for(concept: str, text: str) -> str:
    """The word of a text that stands for the concept, a direction included; empty when there is none."""
    for token in read(text):
        if (token.content and token.key == concept) or concept_of(_DIRECTIONS.get(token.lower, "")) == concept:
            return token.text
    return ""


def _denied(text: str) -> frozenset[str]:
    tokens = read(text)
    return frozenset(tokens[position].key for denial in denials_in(text) for position in denial.scope)
