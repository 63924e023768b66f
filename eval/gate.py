"""Floors: what a run must reach. A suite keeps them in floors.toml, one table a writer and one for the guard.

suite = "26956f00d0ed…"       # the digest of the suite that they were measured on
[extractive]
"hit@5" = 0.85
false_refusal_rate = 0.10     # lower is better, so this is a ceiling

[guard]
hallucinating = 0.98          # share of planted sentences that were not called supported
crashes = 0
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from eval.results import Results
from eval.scoring import GROUPS, LOWER_IS_BETTER
from pipeline.errors import SuiteError

FLOORS_FILE = "floors.toml"
GUARD = "guard"
CRASHES = "crashes"
FAILURES = "failures"
AREA = "risk_coverage_area"

Limits: TypeAlias = Mapping[str, Mapping[str, float]]
"""The floor of each metric, by writer; those of the hostile models under `guard`."""

# A mean of thirds and a floor typed with three decimals must not differ by the last bit.
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of a suite. `suite` is the digest of the version that they are for, None when they name none."""

    limits: Limits = field(default_factory=dict)
    suite: str | None = None

    def of(self, writers: Collection[str]) -> Floors:
        """Those of these writers only, without the guard's."""
        return replace(self, limits={name: wanted for name, wanted in self.limits.items() if name in writers})


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A metric that is on the wrong side of its floor; `value` is None when the run did not measure it."""

    writer: str
    metric: str
    floor: float
    value: float | None

    def __str__(self) -> str:
        side = "above the ceiling" if lower_is_better(self.metric) else "below the floor"
        if self.value is None:
            return f"{self.writer} {self.metric} was not measured; its floor is {self.floor:g}"
        return f"{self.writer} {self.metric} is {self.value:.3f}, {side} of {self.floor:g}"


def gate(found: Results, floors: Floors) -> tuple[Shortfall, ...]:
    """What of a run falls short of the floors, in their order. SuiteError when they are for another version of the
    suite, or the run was of a part of it: then nothing can be said."""
    check_pin(floors, found.manifest["digest"])
    part = [f"--{name} {value}" for name, value in found.manifest["selection"].items() if value is not None]
    if part:
        raise SuiteError(
            f"The run was of a part of the suite ({' '.join(part)})", "Hold a whole run against the floors"
        )
    measured = figures(found.summary)
    return tuple(
        Shortfall(writer, metric, floor, value)
        for writer, wanted in floors.limits.items()
        for metric, floor in wanted.items()
        for value in [measured.get(writer, {}).get(metric)]
        if value is None or misses(metric, value, floor)
    )


def check_pin(floors: Floors, digest: str) -> None:
    """SuiteError unless the floors are for the suite with this digest, or for any."""
    if floors.suite is not None and floors.suite != digest:
        raise SuiteError(
            f"The floors are for another suite or version of it ({floors.suite[:12]}, this is {digest[:12]})",
            "Run it with --no-gate and --output RUN, then set them from that with `newsdesk eval gate RUN --update`",
        )


def figures(summary: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Every figure that a floor can be set for, by writer and metric."""
    measured = {
        writer: {
            **{name: float(interval["mean"]) for name, interval in of_writer["metrics"].items()},
            **({AREA: float(of_writer["selective"]["area"])} if of_writer["selective"] else {}),
            FAILURES: float(of_writer["operations"]["failures"]),
        }
        for writer, of_writer in summary["writers"].items()
    }
    guard = summary.get(GUARD, {})
    if guard:
        measured[GUARD] = {behaviour: float(score["caught"]) for behaviour, score in guard.items()}
        measured[GUARD][CRASHES] = float(sum(len(score["crashes"]) for score in guard.values()))
    return measured


def load_floors(path: Path) -> Floors:
    """The floors in a file, none when there is no such file; SuiteError for what is no floor."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Floors()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SuiteError(f"{str(path)!r} is not well-formed TOML: {error}", "Correct it") from error
    suite = tables.pop("suite", None)
    if not isinstance(suite, str | None):
        raise SuiteError(f"`suite` in {str(path)!r} is {suite!r}", "Give the digest of the suite as text")
    for writer, floors in tables.items():
        if not isinstance(floors, dict):
            raise SuiteError(f"{writer!r} in {str(path)!r} is not a table", "Put floors under [extractive] or [guard]")
        for metric, floor in floors.items():
            _check(path, writer, metric, floor)
    return Floors(tables, suite)


def lower_is_better(metric: str) -> bool:
    """Whether the limit of a metric is a ceiling."""
    return metric in LOWER_IS_BETTER or metric in (AREA, CRASHES)


def misses(metric: str, value: float, floor: float) -> bool:
    """Whether a figure is on the wrong side of its floor."""
    return value > floor + _TOLERANCE if lower_is_better(metric) else value < floor - _TOLERANCE


def _check(path: Path, writer: str, metric: str, floor: object) -> None:
    if isinstance(floor, bool) or not isinstance(floor, (int, float)) or not math.isfinite(floor):
        raise SuiteError(f"The floor of {writer} {metric!r} in {str(path)!r} is {floor!r}", "Give a number")
    known = {name for names in GROUPS.values() for name in names} | {AREA, FAILURES}
    if writer != GUARD and metric not in known:
        raise SuiteError(
            f"{str(path)!r} sets a floor for {metric!r}, which is not a metric",
            f"The metrics are {', '.join(sorted(known))}",
        )
