"""What a part of a question asks of its names: the words of the relation, and which of them is asked for."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from pipeline.extractive.features import Reading
from pipeline.extractive.meeting import is_figure
from pipeline.extractive.tables import full
from pipeline.extractive.wording import is_light
from pipeline.questions import STOP_WORDS, Part, words

_SENTENCE_END = regex.compile(r"(?<=[.!?])\s+")
QUESTION_WORD = regex.compile(r"\b(?:when|where|who|whom|whose|what|which|why|how)\b", regex.IGNORECASE)
_NOUNS = r"((?:[\p{L}\d’'\-]+\s+){0,4}?[\p{L}’'\-]+)"
_AFTER_HEAD = (
    r"(?=\s+(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|of|in|on|at|to|for|from|with|by|that|"
    r"who|which|about)\b|\s+\p{Ll}+ed\b|\s*[?.,;]|\s*$)"
)
# "How many people", "which company", "what is the top speed of": what is asked for, by its last word.
_HEADS = tuple(
    regex.compile(pattern + _NOUNS + _AFTER_HEAD, regex.IGNORECASE)
    for pattern in (
        r"\b(?:how many|how much|whose)\s+",
        r"\b(?:what|which)\s+(?!(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)\b)",
        r"\b(?:what|who)(?:[’']s| is| was| are| were)\s+(?:the|a|an|his|her|its|their)\s+",
    )
)
# "The name of the pilot" asks for the pilot.
_NAMES = frozenset(("name", "names"))
_OF = regex.compile(rf"\s+of\s+(?:the|a|an|his|her|its|their)\s+{_NOUNS}{_AFTER_HEAD}", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part asks of its names, as indices of the question's words.

    `words` are all that are no names and no figures; `telling` those of them that are not light; `head` what is asked
    for, None when only a question word says it; `figures` the numbers and `names` the words of names.
    """

    words: tuple[int, ...]
    telling: tuple[int, ...]
    head: int | None
    figures: tuple[int, ...]
    names: tuple[int, ...]


def read_relation(reading: Reading, part: Part) -> Relation:
    """The relation of a part, by what the evidence was read for."""
    tables = reading.tables
    own = tables.own(part)
    names = tuple(index for index in own if tables.named[index])
    figures = tuple(index for index in own if is_figure(tables.asked_words[index]) and index not in names)
    asking = _asking(part)
    plain = [index for index in own if index not in names and index not in figures]
    found = tuple(index for index in plain if tables.asked_words[index] in asking) or tuple(plain)
    head_word = head_of(part)
    head = next((index for index in found if tables.asked_words[index] == head_word), None)
    telling = tuple(index for index in found if not is_light(tables.asked_words[index]))
    return Relation(found, telling, head, figures, names)


def head_of(part: Part) -> str:
    """What a part asks for by name ("verdict" in "what was the verdict"); empty when a question word says it all."""
    for pattern in _HEADS:
        if match := pattern.search(part.text):
            said = [word for word in words(match.group(1)) if word not in STOP_WORDS]
            if said and said[-1] in _NAMES and (of := _OF.match(part.text, match.end())):
                said = [word for word in words(of.group(1)) if word not in STOP_WORDS]
            if said:
                return said[-1]
    return ""


def _asking(part: Part) -> frozenset[str]:
    """The words of the sentence that asks: what was said before only leads up to it."""
    sentences = _SENTENCE_END.split(full(part))
    asking = [sentence for sentence in sentences if QUESTION_WORD.search(sentence)] or sentences
    return frozenset(word for sentence in asking for word in words(sentence))
