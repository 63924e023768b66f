"""Floors that move: up freely, down only when that is said, and only for the suite that they are of."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.floors import update_floors
from eval.gate import Floors, gate, load_floors
from eval.results import Results
from pipeline.errors import SuiteError, UsageError

FLOORS = """# Why they are what they are.

[fake]
accept = 0.50        # words
"hit@5" = 0.9
redundancy = 0.3
failures = 0

[guard]
hallucinating = 0.97
"""


def run(digest: str = "d1", *, selection: dict[str, Any] | None = None, **means: float) -> Results:
    """A run of the writer `fake` with these means; `hit@5` is 0.9, redundancy 0.25."""
    metrics = {"hit@5": 0.9, "redundancy": 0.25, **means}
    summary = {
        "writers": {
            "fake": {
                "metrics": {name: {"mean": mean} for name, mean in metrics.items()},
                "operations": {"failures": 0},
                "selective": {"area": 0.2},
            }
        },
        "guard": {"hallucinating": {"caught": 0.98, "crashes": []}},
    }
    return Results({"digest": digest, "selection": selection or {}}, (), (), summary)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "floors.toml"
    place.write_text(FLOORS)
    return place


def test_floors_move_up_and_comments_stay(path: Path) -> None:
    moves, fallen = update_floors(path, run(accept=2 / 3), allow_regression=False)
    assert [str(move) for move in moves] == [
        "fake accept: 0.5 → 0.66",
        "fake redundancy: 0.3 → 0.25",
        "guard hallucinating: 0.97 → 0.98",
    ]
    assert fallen == ()
    text = path.read_text()
    assert text.startswith('# Why they are what they are.\nsuite = "d1"\n\n[fake]\naccept = 0.66        # words\n')
    assert gate(run(accept=2 / 3), load_floors(path)) == ()
    assert update_floors(path, run(accept=2 / 3), allow_regression=False) == ((), ())
    assert path.read_text() == text


def test_a_floor_moves_down_only_when_that_is_said(path: Path) -> None:
    moves, fallen = update_floors(path, run(accept=0.4), allow_regression=False)
    assert (moves, [fall.metric for fall in fallen]) == ((), ["accept"])
    assert path.read_text() == FLOORS
    moves, _ = update_floors(path, run(accept=0.4), allow_regression=True)
    assert str(moves[0]) == "fake accept: 0.5 → 0.4"
    assert gate(run(accept=0.4), load_floors(path)) == ()


def test_a_floor_that_is_tighter_than_two_decimals_stays(path: Path) -> None:
    path.write_text("[fake]\naccept = 0.667\nredundancy = 0.251\n")
    assert update_floors(path, run(accept=0.669, redundancy=0.2505), allow_regression=False)[0] == ()
    assert load_floors(path) == Floors({"fake": {"accept": 0.667, "redundancy": 0.251}}, "d1")


def test_floors_are_for_one_version_of_a_suite(path: Path) -> None:
    update_floors(path, run(accept=0.6), allow_regression=False)
    with pytest.raises(SuiteError, match=r"another suite or version of it \(d1, this is d2\)"):
        gate(run("d2", accept=0.6), load_floors(path))
    update_floors(path, run("d2", accept=0.6), allow_regression=False)
    assert gate(run("d2", accept=0.6), load_floors(path)) == ()


def test_first_floors(tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    update_floors(path, run(accept=0.6), allow_regression=False)
    assert tomllib.loads(path.read_text()) == {
        "suite": "d1",
        "fake": {"accept": 0.6, "failures": 0},
        "guard": {"hallucinating": 0.98, "crashes": 0},
    }


def test_floors_are_not_set_from_part_of_a_run(path: Path) -> None:
    with pytest.raises(UsageError, match="a part of the suite"):
        update_floors(path, run(accept=0.6, selection={"limit": 3}), allow_regression=True)
    with pytest.raises(UsageError, match="did not measure fake accept"):
        update_floors(path, run(), allow_regression=True)
    with pytest.raises(SuiteError, match=r"a part of the suite \(--limit 3\)"):
        gate(run(accept=0.6, selection={"limit": 3}), load_floors(path))
    assert path.read_text() == FLOORS


def test_floors_that_cannot_be_edited_stay(path: Path) -> None:
    path.write_text("fake = {accept = 0.5}\n")
    with pytest.raises(UsageError, match="cannot be edited in place"):
        update_floors(path, run(accept=0.6), allow_regression=False)
    assert path.read_text() == "fake = {accept = 0.5}\n"


def test_the_area_under_risk_has_a_ceiling() -> None:
    floors = Floors({"fake": {"risk_coverage_area": 0.1}})
    assert [str(fall) for fall in gate(run(), floors)] == ["fake risk_coverage_area is 0.200, above the ceiling of 0.1"]
    assert gate(replace(run(), summary=run().summary), Floors({"fake": {"risk_coverage_area": 0.3}})) == ()
