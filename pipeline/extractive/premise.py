"""What a question supposes, held against what the articles say: the opposite, a denial, or only a plan.

"Why did the league block the takeover?" supposes that the league blocked it; that "the league approved the new owners"
does not say why. The checks of `pipeline.grounding` by which a statement is held against what it cites find it.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

from pipeline.extractive.support import Support
from pipeline.extractive.tables import Matrix
from pipeline.grounding import CitedSentence, cited_sentence
from pipeline.grounding.judgement import Check
from pipeline.grounding.modality import check_modality
from pipeline.grounding.negation import check_negation
from pipeline.grounding.reversal import check_reversal
from pipeline.grounding.substitution import check_contrary

PREMISE: Mapping[str, tuple[Check, ...]] = {
    "opposite": (check_contrary, check_reversal),
    "denied": (check_negation,),
    "not a fact": (check_modality,),
}
"""In which way a sentence can tell against what is supposed."""

_OPENING = regex.compile(
    r"(?:(?:in|on|at|by|to|for|from|with|of|under|about|since|until) )?"
    r"(?:who(?:m|se)?|what|which|when|where|why|how(?: (?:many|much|long|old|far|big|large|often|high|tall))?)\b"
    r"(?: (?:is|are|was|were|do|does|did|has|have|had)\b)?",
    regex.IGNORECASE,
)


def supposed(question: str) -> str:
    """What a question takes for granted, roughly as a statement; empty for one that asks whether something is so."""
    match = _OPENING.match(question.strip())
    rest = question.strip()[match.end() :].strip(" ?.") if match else ""
    return f"{rest[0].upper()}{rest[1:]}." if rest else ""


def against(statement: str, sentence: CitedSentence) -> dict[str, str]:
    """How a sentence tells against a statement, by the kinds of PREMISE that it does, each with the first finding."""
    found = {
        kind: next((finding for check in checks for finding in check(statement, (sentence,))), "")
        for kind, checks in PREMISE.items()
    }
    return {kind: finding for kind, finding in found.items() if finding}


def told_against(support: Support, number: int, row: Matrix) -> list[tuple[int, dict[str, str]]]:
    """The sentences nearest to a part, by its scores (`row`), that tell against what it supposes, the nearest first."""
    statement = supposed(support.reading.asked.parts[number].text)
    near = support.nearest(number, row) if statement else []
    pool = support.tables.pool
    cited = [cited_sentence(pool[index].evidence, pool[index].position - 1) for index in near]
    held = [(index, against(statement, sentence)) for index, sentence in zip(near, cited, strict=True)]
    return [(index, found) for index, found in held if found]
