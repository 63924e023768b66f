from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.cli import app
from eval.evaluate import INJECTED_SUITE
from pipeline.errors import SuiteError, UsageError

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suites") / "injected"
    shutil.copytree(INJECTED_SUITE, folder)
    return folder


@pytest.fixture(scope="module")
def run(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole evaluation of a small suite, written to a folder."""
    folder = tmp_path_factory.mktemp("runs") / "results"
    result = RUNNER.invoke(app, ["--suite", str(suite), "--output", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0
    assert "hostile model" in result.stdout
    assert "extractive" in result.stdout
    assert "report.html" in result.stderr
    return folder


def test_a_run_measures_both_writers_and_the_guard(run: Path) -> None:
    summary = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    assert list(summary["writers"]) == ["extractive", "faithful"]
    for writer in summary["writers"].values():
        assert writer["operations"]["failures"] == 0
        assert writer["metrics"]["quotes_exact"]["mean"] == 1.0
        assert writer["metrics"]["hit@5"]["mean"] == 1.0
    assert summary["writers"]["faithful"]["operations"]["input_tokens"] > 0
    assert all(not score["crashes"] for score in summary["guard"].values())
    assert summary["guard"]["hallucinating"]["planted"] > 0


def test_gate_and_its_exit_code(run: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[extractive]\nquotes_exact = 1.0\n")
    held = RUNNER.invoke(app, ["gate", str(run), "--floors", str(floors)], catch_exceptions=False)
    assert (held.exit_code, held.stdout) == (0, "Gate: 1 of 1 floors hold.\n")
    floors.write_text("[extractive]\nredundancy = 0\nexact_match = 0.9\n")
    fell = RUNNER.invoke(app, ["gate", str(run), "--floors", str(floors), "-f", "json"], catch_exceptions=False)
    assert fell.exit_code == 4
    assert [each["metric"] for each in json.loads(fell.stdout)["shortfalls"]] == ["redundancy", "exact_match"]
    with pytest.raises(UsageError, match="There are no floors"):
        RUNNER.invoke(app, ["gate", str(run), "--floors", str(tmp_path / "none")], catch_exceptions=False)


def test_a_run_below_its_floors_leaves_with_4(suite: Path, tmp_path: Path) -> None:
    strict = tmp_path / "strict"
    shutil.copytree(suite, strict)
    (strict / "floors.toml").write_text("[extractive]\nexact_match = 0.99\n[guard]\ncrashes = 0\n")
    arguments = ["--suite", str(strict), "--model", "extractive"]
    fell = RUNNER.invoke(app, arguments, catch_exceptions=False)
    assert fell.exit_code == 4
    assert "Gate: 1 of 1 floors missed:\n  extractive exact_match is" in fell.stdout
    waved = RUNNER.invoke(app, [*arguments, "--no-gate", "--format", "json"], catch_exceptions=False)
    assert waved.exit_code == 0
    printed = json.loads(waved.stdout)
    assert printed["shortfalls"] == []
    assert list(printed["summary"]["writers"]) == ["extractive"]


def test_one_case_prints_its_whole_story(suite: Path) -> None:
    arguments = ["--suite", str(suite), "--case", "ferry-q01", "--model", "faithful"]
    result = RUNNER.invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    for part in ("ferry-q01 (single), faithful", "Reference: 64 passengers", "[supported] The vessel lost power"):
        assert part in result.stdout


def test_compare_a_run_with_itself(run: Path) -> None:
    result = RUNNER.invoke(app, ["compare", str(run), str(run)], catch_exceptions=False)
    assert result.exit_code == 0
    assert result.stdout.count("0 cases got worse") == 2


def test_new_and_check(tmp_path: Path, suite: Path) -> None:
    made = RUNNER.invoke(
        app, ["new", str(tmp_path / "mine"), "--articles", str(suite / "articles")], catch_exceptions=False
    )
    assert made.exit_code == 0
    assert "Write questions in" in made.stdout
    with pytest.raises(SuiteError, match="no questions and no topics yet"):
        RUNNER.invoke(app, ["check", str(tmp_path / "mine")], catch_exceptions=False)
    assert RUNNER.invoke(app, ["check", str(suite)], catch_exceptions=False).exit_code == 0


def test_a_benchmark_needs_its_data() -> None:
    with pytest.raises(UsageError, match="needs its name and its data"):
        RUNNER.invoke(app, ["--benchmark", "clapnq"], catch_exceptions=False)


@pytest.mark.parametrize("command", [[], ["compare"], ["gate"], ["check"], ["new"]])
def test_every_command_has_help_with_an_example(command: list[str]) -> None:
    result = RUNNER.invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert "Example: newsdesk eval" in " ".join(result.stdout.split())
