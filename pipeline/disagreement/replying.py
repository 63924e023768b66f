"""Where a sentence gives another account of what the one before it says, without denying it.

"It sent the Watch a forecast."      "The Watch says that it received a bulletin."      the other end of one act
"The picture shows our bomb."        "The picture was taken in another war."            set apart by a word of contrast
"63, on which a signature is false"  "puts the number of doubtful signatures at 19"     a count of what was counted
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.disagreement.claims import Told
from pipeline.grounding.lexicon import listed
from pipeline.grounding.quantities import Quantity, quantities_in
from pipeline.grounding.words import keys, plain, read

# What one does and what the other says of it: two ends of one act.
_GIVES = listed(
    """
    sent send sends gave give gives told tell tells informed inform warned warn warns paid pay pays delivered handed
    notified offered sold shipped supplied briefed alerted
    """
)
_TAKES = listed(
    """
    received receive receives got gets heard hear hears learned learnt learn learns bought obtained accepted found
    """
)
_CONTRAST = regex.compile(
    r"\b(?:another(?! (?:\d|of|\p{Ll}+ (?:said|told)))|different|elsewhere|somewhere else|someone else|in fact)\b"
)
_NUMBER_OF = regex.compile(
    r"\bnumber of (?P<what>[\p{L} ’'-]{3,40}?)\b(?: \p{Ll}+){0,3} at\b|\bas (?:low|high|few|many|little) as\b"
)


def reply(told: Sequence[Told], at: int) -> bool:
    """Whether a sentence gives another account of what the one before it says, by another speaker."""
    if not at:
        return False
    before, answer = told[at - 1], told[at]
    mine, theirs = (keys(each.speaker) for each in (answer, before))
    if not answer.speaker or not before.speaker or mine & theirs:
        return False
    return _other_end(before, answer, mine) or _set_apart(before, answer)


def counts(before: Told, answer: Told) -> tuple[Quantity, Quantity] | None:
    """What a sentence puts a number at, "as low as 70", and what the one before it does; None when it gives none."""
    found = _NUMBER_OF.search(plain(answer.sentence.text))
    if found is None:
        return None
    what = keys(found["what"]) if found["what"] else frozenset[str]()
    mine = [each for each in _numbers(answer) if read(answer.sentence.text)[each.first].start >= found.start()]
    theirs = _numbers(before)
    if not mine or not theirs or (what and not what & keys(before.sentence.text)):
        return None
    return mine[0], theirs[0]


def _other_end(before: Told, answer: Told, who: frozenset[str]) -> bool:
    """Whether the one tells of giving something to somebody who tells of taking something."""
    gives, takes = (
        {token.lower for token in read(each.sentence.text)} - {each.said.attribution.verb} for each in (before, answer)
    )
    return bool(gives & _GIVES and takes & _TAKES and who & keys(before.sentence.text))


def _set_apart(before: Told, answer: Told) -> bool:
    """Whether a sentence says of a thing that the one before it names that it is another."""
    text = plain(answer.sentence.text)
    tokens = read(text)
    definite = {token.key for at, token in enumerate(tokens) if at and tokens[at - 1].lower == "the" and token.content}
    own = keys(answer.speaker)
    return bool(_CONTRAST.search(text) and definite & keys(before.sentence.text) - own)


def _numbers(told: Told) -> list[Quantity]:
    return [
        each
        for each in quantities_in(told.sentence.text)
        if each.kind != "vague" and each.unit not in ("ordinal", "clock") and not each.in_words
    ]
