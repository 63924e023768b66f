"""Setting floors from a run: they move up freely, and down only when that is said.

The file is edited, not written anew: comments and order stay.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.gate import FAILURES, GUARD, Floors, Limits, Shortfall, figures, load_floors, lower_is_better, misses
from eval.results import Results
from pipeline.errors import UsageError

# A floor is set at the figure, cut to so many decimals: what a change of hardware does to the third is no regression.
_DECIMALS = 2

# What a suite without floors gets: what was found, said and cited, and that nothing is refused or fails in vain.
_FIRST = (
    "recall@10",
    "accept",
    "nuggets",
    "citation_precision",
    "quotes_exact",
    "statements_supported",
    "refusal_rate",
    "false_refusal_rate",
    "facts",
    FAILURES,
)

_TABLE = re.compile(r"\s*\[\s*(\"[^\"]*\"|[^\]\"]+?)\s*\]")
_FLOOR = re.compile(r"(\s*(\"[^\"]*\"|[\w-]+)\s*=\s*)([-+.\w]+)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Move:
    """A floor that moves; `before` is None for a new one."""

    writer: str
    metric: str
    before: float | None
    after: float

    def __str__(self) -> str:
        was = "" if self.before is None else f"{self.before:g} → "
        return f"{self.writer} {self.metric}: {was}{self.after:g}"


def update_floors(
    path: Path, found: Results, *, allow_regression: bool
) -> tuple[tuple[Move, ...], tuple[Shortfall, ...]]:
    """Move the floors in a file to what a run reached, and pin the run's suite; gives what moved.

    A floor that the run misses moves down only with `allow_regression`; without, nothing is written, and what the run
    misses is given. UsageError for a run of a part of the suite, or one that did not measure what has a floor.
    """
    if any(value is not None for value in found.manifest["selection"].values()):
        raise UsageError("That run was of a part of the suite", "Set floors from a run of the whole suite")
    floors, measured = load_floors(path), figures(found.summary)
    limits = floors.limits or {
        writer: {name: _cut(name, values[name]) for name in (values if writer == GUARD else _FIRST) if name in values}
        for writer, values in measured.items()
    }
    absent = [f"{writer} {name}" for writer, name, _ in _each(limits) if name not in measured.get(writer, {})]
    if absent:
        raise UsageError(f"The run did not measure {', '.join(absent)}", "Run all writers, or remove these floors")
    fallen = tuple(
        Shortfall(writer, name, floor, measured[writer][name])
        for writer, name, floor in _each(limits)
        if misses(name, measured[writer][name], floor)
    )
    if fallen and not allow_regression:
        return (), fallen
    moved = {
        writer: {name: _moved(name, measured[writer][name], floor) for name, floor in wanted.items()}
        for writer, wanted in limits.items()
    }
    moves = tuple(
        Move(writer, name, floors.limits.get(writer, {}).get(name), after)
        for writer, name, after in _each(moved)
        if floors.limits.get(writer, {}).get(name) != after
    )
    _write(path, Floors(moved, found.manifest["digest"]), new=not floors.limits)
    return moves, fallen


def _each(limits: Limits) -> list[tuple[str, str, float]]:
    return [(writer, name, floor) for writer, wanted in limits.items() for name, floor in wanted.items()]


def _moved(metric: str, value: float, floor: float) -> float:
    """The floor that a figure earns; one that is already tighter than its cut figure stays, unless it is missed."""
    cut = _cut(metric, value)
    return floor if not misses(metric, value, floor) and misses(metric, cut, floor) else cut


def _cut(metric: str, value: float) -> float:
    scale: int = 10**_DECIMALS
    # The last bit of a mean of thirds must not cost a hundredth.
    shifted = round(value * scale, 6)
    return (math.ceil(shifted) if lower_is_better(metric) else math.floor(shifted)) / scale


def _write(path: Path, floors: Floors, *, new: bool) -> None:
    """Put the floors in the place of those in the file, and the suite's digest before them."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    lines = [line for line in lines if not re.match(r"\s*suite\s*=", line)]
    table = ""
    for at, line in enumerate(lines):
        if header := _TABLE.match(line):
            table = _bare(header[1])
        elif floor := _FLOOR.fullmatch(line):
            after = floors.limits.get(table, {}).get(_bare(floor[2]))
            lines[at] = line if after is None else f"{floor[1]}{after:g}{floor[4]}"
    if new:
        lines += [line for writer, wanted in floors.limits.items() for line in _new_table(writer, wanted)]
    first = next((at for at, line in enumerate(lines) if _TABLE.match(line)), len(lines))
    before = "\n".join(lines[:first]).rstrip()
    text = "\n".join([*([before] if before else []), f'suite = "{floors.suite}"', "", *lines[first:]]).rstrip() + "\n"
    if tomllib.loads(text) != {"suite": floors.suite, **floors.limits}:
        raise UsageError(f"{str(path)!r} has floors that cannot be edited in place", "Write each on a line of its own")
    path.write_text(text, encoding="utf-8", newline="\n")


def _new_table(writer: str, wanted: Mapping[str, float]) -> list[str]:
    return ["", f"[{_key(writer)}]", *(f"{_key(name)} = {floor:g}" for name, floor in wanted.items())]


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else json.dumps(name)


def _bare(key: str) -> str:
    return key.strip().strip('"')
