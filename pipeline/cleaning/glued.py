"""Residue on the end or at the front of a paragraph, where pasting lost the break: what may be some is cut off there.

Whole sentences are cut off that a rule knows or whose words are as likely residue; `sequence` reads them as lines of
their own, and what it takes for the story is put back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from pipeline.cleaning import residue, shapes
from pipeline.cleaning.lines import Line, line_at

# A sentence ends here: before a space, or before a capital where pasting lost the space.
_END = re.compile(
    r"(?<=[^\W\d_]{2}[.!?])\s?(?=[^\W\d_a-z])|(?<=[.!?…][”\"’)])\s?(?=[^\W\d_a-z])|(?<=[。！？」])\s?(?=\w)"
)
# A shorter line is judged whole (of 50, 60, 80 and 120 the first two lost least of the pages in tests/unseen), and so
# long is what is glued to a paragraph at most.
_PARAGRAPH = 60
_LONGEST = 140
_SENTENCES = 2
# Log odds of the words alone from which a sentence may be cut off; `sequence` decides with its surroundings.
_MAY_BE = -1.0
_QUOTED = frozenset('"“”„«»')


def cut(text: str, lines: tuple[Line, ...], log_odds: Callable[[str], float]) -> tuple[Line, ...]:
    """The lines, with what may be residue that hangs on a paragraph as lines of their own."""
    return tuple(piece for line in lines for piece in _pieces(text, line, log_odds))


def rejoined(lines: Sequence[Line], left_out: Sequence[bool]) -> list[list[int]]:
    """The places of lines that belong together: each alone, but what was cut off and is not left out with its
    paragraph."""
    groups: list[list[int]] = []
    for at, line in enumerate(lines):
        hangs = at > 0 and (line.hangs == "end" or lines[at - 1].hangs == "front")
        if hangs and not left_out[at] and not left_out[at - 1]:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _pieces(text: str, line: Line, log_odds: Callable[[str], float]) -> Iterator[Line]:
    if line.is_script or len(line.plain) < _PARAGRAPH:
        yield line
        return
    ends = [match.start() for match in _END.finditer(text, line.start, line.end)]
    front, back = line.start, line.end
    for end in ends[:_SENTENCES]:
        if not _may_be_residue(text[front:end], log_odds):
            break
        front = end
    for end in ends[: -_SENTENCES - 1 : -1]:
        if end <= front or not _may_be_residue(text[end:back], log_odds):
            break
        back = end
    if not shapes.is_prose(text[front:back].strip()):
        yield line
        return
    if text[line.start : front].strip():
        yield line_at(text, line.start, front, line, "front")
    yield line_at(text, front, back, line)
    if text[back : line.end].strip():
        yield line_at(text, back, line.end, line, "end")


def _may_be_residue(piece: str, log_odds: Callable[[str], float]) -> bool:
    plain = " ".join(piece.split())
    if not 0 < len(plain) <= _LONGEST or shapes.is_telling(plain) or not _QUOTED.isdisjoint(plain):
        return False
    return residue.reason(plain) is not None or log_odds(plain) > _MAY_BE
