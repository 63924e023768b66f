"""Residue on the end or at the front of a paragraph, where pasting lost the break: a line of its own is cut off there.

Only whole sentences are cut off, and only what is residue by itself: by the rules, or by its words beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.cleaning import learned, residue, shapes
from pipeline.cleaning.lines import Line, line_at

# A sentence ends here: before a space, or before a capital where pasting lost the space.
_END = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s?(?=[^\W\d_a-z])|(?<=[.!?…][”\"’)])\s?(?=[^\W\d_a-z])")
# A shorter line is judged whole (of 50, 60, 80 and 120 the first two lost least of the pages in tests/unseen), and so
# long is what is glued to a paragraph at most.
_PARAGRAPH = 60
_LONGEST = 140
_SENTENCES = 2
# Log odds of the words alone from which nothing of a story is cut off: see the test of bodies that lose nothing.
_SURE = 6.0
_QUOTED = frozenset('"“”„«»')


def cut(text: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, with residue that hangs on a paragraph as lines of their own."""
    return tuple(piece for line in lines for piece in _pieces(text, line))


def _pieces(text: str, line: Line) -> Iterator[Line]:
    if line.is_script or len(line.plain) < _PARAGRAPH:
        yield line
        return
    ends = [match.start() for match in _END.finditer(text, line.start, line.end)]
    front, back = line.start, line.end
    for end in ends[:_SENTENCES]:
        if not _is_residue(text[front:end]):
            break
        front = end
    for end in ends[: -_SENTENCES - 1 : -1]:
        if end <= front or not _is_residue(text[end:back]):
            break
        back = end
    if not shapes.is_prose(text[front:back].strip()):
        yield line
        return
    for start, end in ((line.start, front), (front, back), (back, line.end)):
        if text[start:end].strip():
            yield line_at(text, start, end, line)


def _is_residue(piece: str) -> bool:
    plain = " ".join(piece.split())
    if not 0 < len(plain) <= _LONGEST or shapes.is_telling(plain) or not _QUOTED.isdisjoint(plain):
        return False
    return residue.reason(plain) is not None or learned.log_odds(plain) > _SURE
