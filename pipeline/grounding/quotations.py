"""Quoted words must stand in one cited sentence, character for character, curly marks or straight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.words import plain

# A quotation left open runs to the end of the statement: a sentence cut from a longer one.
_DOUBLE = regex.compile(r'"([^"]*)(?:"|$)')
# Single marks quote only around two words or more; one word in them is rarely distinguishable from an apostrophe.
_SINGLE = regex.compile(r"(?<![\p{L}\p{N}])'((?:[^']|'(?=\p{L}))+\s(?:[^']|'(?=\p{L}))+)'(?!\p{L})")
_OMISSION = regex.compile(r"\s*(?:\[\s*(?:\.{3}|…)\s*\]|\.{3}|…)\s*|\[[^\[\]]*\]")
_EDGES = " .,;:!?-–—"


def check_quotations(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for quoted words that no single cited sentence has.

    Words left out ("…") or put in brackets by the editor part a quotation; its parts must follow one another in the
    same sentence. A full stop or comma before the closing mark belongs to the statement.
    """
    sources = [plain(sentence.text) for sentence in cited]
    return tuple(
        f"the quotation “{quoted}” is not word for word in a cited sentence"
        for quoted in _quotations(plain(text))
        if not any(_in_order(quoted, source) for source in sources)
    )


def _quotations(text: str) -> Iterator[str]:
    yield from _quoted(_DOUBLE, text)
    yield from _quoted(_SINGLE, _DOUBLE.sub(" ", text))


def _quoted(pattern: regex.Pattern[str], text: str) -> Iterator[str]:
    for match in pattern.finditer(text):
        quoted = match.group(1).strip(_EDGES)
        if quoted:
            yield quoted


def _in_order(quoted: str, source: str) -> bool:
    at = 0
    for part in _OMISSION.split(quoted.replace('"', "'")):
        wanted, given = part.strip(_EDGES), source.replace('"', "'")
        found = given.find(wanted, at)
        if found < 0 and wanted[:1].islower():
            # "Our stage …" is quoted as “our stage …” within a sentence.
            found = given.find(wanted[:1].upper() + wanted[1:], at)
        if found < 0:
            return False
        at = found + len(part.strip(_EDGES))
    return True
