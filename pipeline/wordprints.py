"""The words of a passage in numbers: all that ranking looks at, worked out once, when the passage is indexed.

A word is known by the CRC-32 of its stem, a name by that of its lower-case form: of the thirty thousand words of a
question's candidates, one in a million questions meets another word with the number of one of its own.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from pipeline.questions import STOP_WORDS, stem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Three times as fast as the `regex` module.
_TOKEN = re.compile(r"[^\W_]+")
_ACCENTED = re.compile("[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]")
_DIGITS = regex.compile(r"\p{Nd}[\p{Nd}.,]*")
_PERCENT = regex.compile(r"%|\bper ?cent\b", regex.IGNORECASE)
_MONEY = regex.compile(r"\p{Sc}|\b(?:dollars?|pounds?|euros?|yen|yuan|rupees?)\b", regex.IGNORECASE)

# A record: how many figures, whether there is a percentage and money, how many numbers of the title and of the words,
# then those, then the places and the numbers of the names.
_HEAD = 5


@dataclass(frozen=True, slots=True)
class WordPrint:
    """A passage's words. `words` are the numbers of their stems in order, `title` those of the title.

    `names` are the numbers of the names and figures in it and `name_places` where in `words` each stands; the first
    word of a sentence is no name. `figures` counts the figures, with their points and commas.
    """

    words: NDArray[np.uint32]
    title: NDArray[np.uint32]
    name_places: NDArray[np.uint32]
    names: NDArray[np.uint32]
    figures: int
    percent: bool
    money: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """A passage as ranking sees it, without its text; `ordinal` counts from 0 within its article."""

    id: int
    ordinal: int
    words: WordPrint


def print_of(sentences: Sequence[str], title: str) -> NDArray[np.uint32]:
    """The record of a passage, as `print_from` reads it."""
    import numpy as np

    written: list[_Word] = []
    named: list[tuple[int, int]] = []
    for sentence in sentences:
        opening = len(written)
        written += [_word(token) for token in tokens(sentence)]
        named += [
            (at, word.named)
            for at, word in enumerate(written[opening:], opening)
            if word.named and (at > opening or word.figure)
        ]
    text = " ".join(sentences)
    heading = [_word(token).stem for token in tokens(title)]
    flags = (bool(_PERCENT.search(text)), bool(_MONEY.search(text)))
    head = (len(_DIGITS.findall(text)), *flags, len(heading), len(written))
    words = [word.stem for word in written]
    return np.array([*head, *heading, *words, *(at for at, _ in named), *(name for _, name in named)], dtype=np.uint32)


def print_from(record: NDArray[np.uint32]) -> WordPrint:
    """The print that a record holds."""
    figures, percent, money, heading, words = record[:_HEAD].tolist()
    title_ends = _HEAD + heading
    words_end = title_ends + words
    names = words_end + (len(record) - words_end) // 2
    return WordPrint(
        record[title_ends:words_end],
        record[_HEAD:title_ends],
        record[words_end:names],
        record[names:],
        figures,
        bool(percent),
        bool(money),
    )


def tokens(text: str) -> list[str]:
    """The words of a text as written, without accents: runs of letters and digits."""
    found: list[str] = _TOKEN.findall(folded(text))
    return found


def folded(text: str) -> str:
    """Without accents, as the words index has it: Erdoğan is found by "Erdogan"."""
    if not _ACCENTED.search(text):
        return text
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


def number_of(word: str) -> int:
    """The number of a stem or of a lower-case word."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class _Word:
    """What is noted of a word as written: the number of its stem, and of itself as a name, 0 when it is none."""

    stem: int
    named: int
    figure: bool


@lru_cache(maxsize=100_000)
def _word(token: str) -> _Word:
    lower = token.lower()
    figure = token[0].isdigit()
    named = (figure or token[0].isupper()) and lower not in STOP_WORDS
    return _Word(number_of(stem(lower)), number_of(lower) if named else 0, figure)
