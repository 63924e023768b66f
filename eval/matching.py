"""When a literal string counts as said: case, kinds of quotation marks and white space do not matter, numbers do."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‑": "-", "\u200b": None, "\ufeff": None})


def contains(text: str, phrase: str) -> bool:
    """Whether a text says a phrase. A phrase that begins or ends in a digit matches whole numbers only: "41" is neither
    in "410" nor in "1,041" nor in "41.5"."""
    return _pattern(phrase).search(normalise(text)) is not None


def normalise(text: str) -> str:
    """Case folded, one kind of quotation mark and dash, single spaces, no invisible characters."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_SAME)).casefold().split())


@lru_cache(maxsize=10_000)
def _pattern(phrase: str) -> re.Pattern[str]:
    wanted = normalise(phrase)
    before = r"(?<!\d)(?<!\d[.,])" if wanted[:1].isdigit() else ""
    after = r"(?!\d|[.,]\d)" if wanted[-1:].isdigit() else ""
    return re.compile(before + re.escape(wanted) + after)
