"""When a text says an answer, as RealTimeQA is scored: the words of the answer stand in it in a row."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> str:
    """The words of a text, its runs of letters and digits in lower case, between single spaces: `" the u s said "`."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


def contains(text: str, answer: str) -> bool:
    """Whether the words of an answer stand in a text in a row; an answer without words stands in none."""
    wanted = words_of(answer)
    return bool(wanted.strip()) and wanted in words_of(text)
