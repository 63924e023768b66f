"""Which articles are one origin: copies of one wire story count once, however many outlets carry them.

A text is compared by its shingles, the runs of five words in it (Broder, On the resemblance and containment of
documents, 1997). What stands in quotation marks is passed over: two who quote one speech have not copied each other.

>>> contained(shingles("Rain fell on the hills all day."), shingles("Rain fell on the hills all day long."))
1.0
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Words in a row that are compared; in scripts without spaces, where each character is a word, twice as many.
SHINGLE = 5
# The share of the shorter text that stands in the longer one, from which it is a copy. With one word in ten replaced,
# .59 of the shingles stay. Of 7,587 articles of RealTimeQA 2023, 245 are then copies (189 from .60, 341 from .40); the
# follow-ups of one newsroom that share their background lie between .2 and .5.
COPY = 0.5
# Of so many shingles in a row the one with the smallest hash is sampled, about one in 16 (winnowing, Schleimer et al.,
# SIGMOD 2003): texts with 35 words in a row in common have a sampled shingle in common.
WINDOW = 31

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")
_QUOTED = re.compile('[“„«][^“”„«»\n]{1,1000}[”“»]|"[^"\n]{1,1000}"|「[^「」\n]{1,1000}」')


def shingles(text: str) -> NDArray[np.uint64]:
    """The different shingles of a text, hashed alike in every process, ascending; none for a text shorter than one."""
    return _different(_runs(text))


def sample(text: str) -> NDArray[np.uint64]:
    """About one in 16 of the shingles of a text, ascending: mostly the same ones in every text that has them."""
    import numpy as np

    runs = _runs(text)
    if len(runs) <= WINDOW:
        return _different(runs)[:3]
    return _different(np.lib.stride_tricks.sliding_window_view(runs, WINDOW).min(axis=1))


def contained(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """The share of the smaller set of shingles that stands in the other, 0 when either is empty."""
    import numpy as np

    smaller = min(len(one), len(other))
    return len(np.intersect1d(one, other, assume_unique=True)) / smaller if smaller else 0.0


def _runs(text: str) -> NDArray[np.uint64]:
    """The hash of every run of words, in the order of the text."""
    import numpy as np

    words = _WORD.findall(_QUOTED.sub(" ", text.casefold()))
    unspaced = len(_UNSPACED_CHARACTER.findall(text)) * 2 > len(words)
    length = 2 * SHINGLE if unspaced else SHINGLE
    hashed = np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)
    count = max(0, len(hashed) - length + 1)
    runs = np.zeros(count, dtype=np.uint64)
    for place in range(length if count else 0):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + hashed[place : place + count]
    # Spread over all bits (xorshift and multiply), so that any run is as likely as any other to be the smallest.
    runs ^= runs >> np.uint64(32)
    runs *= np.uint64(0xD6E8FEB86659FD93)
    runs ^= runs >> np.uint64(32)
    return runs


def _different(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    import numpy as np

    return np.asarray(np.unique(hashes), dtype=np.uint64)
