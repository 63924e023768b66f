"""What a line of a text looks like: running text, an item, a credit, a short line; by itself and in any script."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.cleaning.lines import FINAL, UNSPACED, WORD

SENTENCE_BREAK = re.compile(r"[.!?…][\"”’»)]*\s+[\"“„«‘(]?[^\W\d_a-z]|[。！？][^」』]")
BULLET = re.compile(r"^(?:[•●▪◦‣·►▶*♦–—-]|\d{1,3}[.)]\s)\s*")
ITEM = re.compile(
    r"^\d{1,2}[.)] \S|^[QA][.:] \S|^[^\W\d_a-z][\w.’' ]{0,30}: .+\?$|^[‘“„«][^‘“„«]+[’”“»]$|^By our |"
    r"^\d{1,2}[.:]\d\d\s?(?:[ap]\.?m\.?|$)"
)
"""A numbered item, a question or an answer of an interview, a line that is a quotation, a time of a live report."""

CREDIT = re.compile(
    r"^[(\[]?(?:(?:additional |further |also |with )?(?:reporting|editing|writing|contributions?|contributed|compiled|"
    r"translated|files|input|produced|(?:medically |fact[- ]?)?(?:reviewed|checked))\b.{0,12}\b(?:by|from|to)\b|"
    r"contribut(?:ing|ors?|ed)\s*[:：]|distributed by\b|"
    r"(?:mit material von|quelle:|\(?dpa|avec afp|con información de|по материалам)|"
    r"source\s*:\s*(?:ap|afp|reuters|agencies))",
    re.IGNORECASE,
)
BIOGRAPHY = re.compile(r"^[^\W\d_a-z].{2,60}?\b(?:is|was|are) (?:an?|the)\b")
SIGN_OFF = re.compile(r"^[–—−-]{1,2}\s?[^\W\d_a-z][\w.’'-]*(?:[\s,]+(?:(?:and|with|&) )?[^\W\d_a-z][\w.’'-]*){0,7}$")

_TO_READER = re.compile(r"\b(?:you|your|yours|us|our|ours|we|here|now|please)\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_prose(plain: str) -> bool:
    """Whether a line reads as a paragraph of running text, in any script."""
    if UNSPACED.search(plain):
        return len(plain) >= 40 or (len(plain) >= 20 and bool(FINAL.search(plain)))
    words = len(WORD.findall(plain))
    final = bool(FINAL.search(plain))
    return words >= 35 or (final and (words >= 12 or (words >= 8 and bool(SENTENCE_BREAK.search(plain)))))


def is_telling(plain: str) -> bool:
    """Whether a line is a sentence about others: what pages say to their readers says "you", "our" or "here"."""
    return plain.endswith(".") and not _TO_READER.search(plain)


def is_short(plain: str) -> bool:
    """Whether a line is as short as a sub-headline."""
    return len(plain) <= 30 if UNSPACED.search(plain) else len(plain) <= 110 and len(WORD.findall(plain)) <= 16
