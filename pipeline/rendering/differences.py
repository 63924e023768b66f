"""What differs between two versions of an article: as a unified diff for a terminal, and as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.text import Text

from pipeline.rendering.safe import one_line, terminal_text
from pipeline.rendering.terminal import Hanging

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.diffing import Change, Difference

# Unchanged sentences shown before and after a change.
_CONTEXT = 1
_WORD = re.compile(r"[^\W_]+(?:[.,’'-][^\W_]+)*|[^\w\s]")
_SIGNS = {"kept": " ", "removed": "-", "added": "+"}
_STYLES = {"kept": "dim", "removed": "red", "added": "green"}


def difference_terminal(difference: Difference) -> RenderableType:
    """A unified diff by sentences: what is removed with `-`, what is added with `+`, and where in which version."""
    old, new = difference.old, difference.new
    if not difference.facts and all(change.kind == "kept" for change in difference.changes):
        return Text(f"Versions {old.version} and {new.version} do not differ.")
    parts: list[RenderableType] = [
        _signed("---", terminal_text(f"{old.id} version {old.version}, first seen {old.first_seen}"), "bold"),
        _signed("+++", terminal_text(f"{new.id} version {new.version}, first seen {new.first_seen}"), "bold"),
    ]
    for name, before, after in difference.facts:
        parts.append(Text(f"@@ {name} @@", "cyan"))
        parts += [_signed("-", terminal_text(one_line(before)), "red")] if before else []
        parts += [_signed("+", terminal_text(one_line(after)), "green")] if after else []
    for hunk in _hunks(difference.changes):
        parts.append(Text(_heading(difference.changes, hunk), "cyan"))
        changes = difference.changes[hunk.start : hunk.stop]
        for change, counterpart in zip(changes, _counterparts(changes), strict=True):
            body = terminal_text(one_line(change.sentence.text))
            if counterpart is not None:
                _emphasise(body, terminal_text(one_line(counterpart.sentence.text)).plain)
            parts.append(_signed(_SIGNS[change.kind], body, _STYLES[change.kind]))
    return Group(*parts)


def difference_json(difference: Difference) -> dict[str, Any]:
    """What `articles diff --format json` prints; `start` and `end` of a removed sentence are in the older text."""
    old, new = difference.old, difference.new
    return {
        "id": new.id,
        "from": {"version": old.version, "first_seen": old.first_seen},
        "to": {"version": new.version, "first_seen": new.first_seen},
        "facts": [{"name": name, "before": before, "after": after} for name, before, after in difference.facts],
        "sentences": [
            {
                "change": change.kind,
                "start": change.sentence.start,
                "end": change.sentence.end,
                "text": change.sentence.text,
            }
            for change in difference.changes
        ],
    }


def _hunks(changes: Sequence[Change]) -> Iterator[range]:
    """The stretches to show: every change with its context, those that touch as one."""
    changed = [place for place, change in enumerate(changes) if change.kind != "kept"]
    start = end = 0
    for place in changed:
        if place - _CONTEXT > end and end:
            yield range(start, end)
            start = end = 0
        start = start if end else max(0, place - _CONTEXT)
        end = min(len(changes), place + _CONTEXT + 1)
    if end:
        yield range(start, end)


def _heading(changes: Sequence[Change], hunk: range) -> str:
    """`@@ -4,2 +4,3 @@`: from which sentence on, and how many, in the older and the newer version."""
    sides = []
    for sign, other in (("-", "added"), ("+", "removed")):
        before = sum(change.kind != other for change in changes[: hunk.start])
        inside = sum(change.kind != other for change in changes[hunk.start : hunk.stop])
        sides.append(f"{sign}{before + 1},{inside}")
    return f"@@ {' '.join(sides)} @@"


def _counterparts(changes: Sequence[Change]) -> list[Change | None]:
    """For each change the sentence it replaces or that replaces it, where as many are added as removed in one place."""
    counterparts: list[Change | None] = [None] * len(changes)
    place = 0
    while place < len(changes):
        removed = _run(changes, place, "removed")
        added = _run(changes, place + removed, "added")
        if removed == added:
            for offset in range(removed):
                old, new = place + offset, place + removed + offset
                counterparts[old], counterparts[new] = changes[new], changes[old]
        place += max(1, removed + added)
    return counterparts


def _run(changes: Sequence[Change], start: int, kind: str) -> int:
    length = 0
    while start + length < len(changes) and changes[start + length].kind == kind:
        length += 1
    return length


def _emphasise(body: Text, other: str) -> None:
    """Underline the words that the counterpart does not have, unless hardly any is the same."""
    own = list(_WORD.finditer(body.plain))
    matcher = SequenceMatcher(None, [word.group() for word in own], _WORD.findall(other), autojunk=False)
    if matcher.ratio() < 0.5:
        return
    for what, first, last, *_ in matcher.get_opcodes():
        if what != "equal" and first < last:
            body.stylize("bold underline", own[first].start(), own[last - 1].end())


def _signed(sign: str, body: Text, style: str) -> RenderableType:
    body.stylize_before(style)
    return Hanging(Text(f"{sign} ", style), body, len(sign) + 1)
