"""Who speaks: a statement in the first person is the writer's own word, not that of a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.lexicon import listed
from pipeline.grounding.words import plain, read

_SPEAKS = listed("i'm i've i'll i'd me my mine myself")
_QUOTED = regex.compile(r'"[^"]*"')


def check_voice(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """A finding for "I" or "my" outside quotation marks where no cited sentence speaks so: "I can't help with that"."""
    own = next(_first_person(_QUOTED.sub(" ", plain(text))), "")
    if not own or any(True for sentence in cited for _ in _first_person(sentence.text)):
        return ()
    return (f"“{own}” speaks of the writer: no cited sentence says it in the first person",)


def _first_person(text: str) -> Iterator[str]:
    """The words of a text by which somebody speaks of himself; the I of "World War I" is none."""
    tokens = read(text)
    for before, token in pairwise((None, *tokens)):
        numeral = before is not None and before.capital and before.kind == "word"
        if token is not None and (token.lower in _SPEAKS or (token.text == "I" and not numeral)):
            yield token.text
