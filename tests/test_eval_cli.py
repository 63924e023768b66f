from __future__ import annotations

import json
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.cli import app
from eval.console import lines_of_progress, show_figures
from eval.evaluate import INJECTED_SUITE
from eval.loading import load_suite
from pipeline.errors import Interrupted, ModelError, SuiteError, UsageError
from pipeline.types import IngestReport

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


def test_floors_are_set_from_a_run(run: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    first = RUNNER.invoke(app, ["gate", str(run), "--floors", str(floors), "--update"], catch_exceptions=False)
    assert first.exit_code == 0
    assert "extractive recall@10: 1\n" in first.stdout
    assert "guard slow: 1\n" in first.stdout
    held = RUNNER.invoke(app, ["gate", str(run), "--floors", str(floors)], catch_exceptions=False)
    assert (held.exit_code, held.stdout.count("floors hold")) == (0, 1)
    floors.write_text(re.sub("^accept = .*", "accept = 1.5", floors.read_text(), count=1, flags=re.MULTILINE))
    before = floors.read_text()
    arguments = ["gate", str(run), "--floors", str(floors), "--update"]
    fell = RUNNER.invoke(app, arguments, catch_exceptions=False)
    assert (fell.exit_code, floors.read_text()) == (4, before)
    assert "Nothing was changed" in fell.stderr
    lowered = RUNNER.invoke(app, [*arguments, "--allow-regression"], catch_exceptions=False)
    assert (lowered.exit_code, "accept: 1.5 → " in lowered.stdout) == (0, True)
    with pytest.raises(UsageError, match="none are set without --update"):
        RUNNER.invoke(app, ["gate", str(run), "--allow-regression"], catch_exceptions=False)


def test_floors_of_another_suite_are_not_held(suite: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(suite, other)
    (other / "floors.toml").write_text('suite = "0123456789abcdef"\n[extractive]\naccept = 0.1\n')
    with pytest.raises(SuiteError, match=r"another suite or version of it \(0123456789ab"):
        RUNNER.invoke(app, ["--suite", str(other)], catch_exceptions=False)


def test_a_recorded_run_is_replayed_without_its_model(suite: Path, tmp_path: Path) -> None:
    cassette, replay = tmp_path / "tape.jsonl", ["--suite", str(suite), "--no-gate", "--model"]
    recorded = [*replay, "faithful", "--record", str(cassette), "--output", str(tmp_path / "a")]
    assert RUNNER.invoke(app, recorded, catch_exceptions=False).exit_code == 0
    played = [*replay, f"replay:{cassette}", "--output", str(tmp_path / "b"), "--jobs", "2"]
    assert RUNNER.invoke(app, played, catch_exceptions=False).exit_code == 0
    compared = RUNNER.invoke(app, ["compare", str(tmp_path / "a"), str(tmp_path / "b")], catch_exceptions=False)
    assert f"faithful→replay:{cassette}" in "".join(compared.stdout.split())
    assert "0 cases got worse, 0 better" in compared.stdout
    manifest = json.loads((tmp_path / "b" / "manifest.json").read_text())
    assert manifest["writers"] == {f"replay:{cassette}": sha256(cassette.read_bytes()).hexdigest()}
    with pytest.raises(UsageError, match="is there already"):
        RUNNER.invoke(app, recorded, catch_exceptions=False)
    with pytest.raises(UsageError, match="takes the replies of one language model"):
        RUNNER.invoke(app, [*replay, "extractive", "--record", str(tmp_path / "x")], catch_exceptions=False)


@pytest.mark.parametrize("changed", ["passages", "suite"])
def test_a_miss_ends_the_run_and_names_the_prompt(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    own, cassette = tmp_path / "own", tmp_path / "tape.jsonl"
    shutil.copytree(suite, own)
    arguments = ["--suite", str(own), "--no-gate", "--case", "ferry-q01", "--model"]
    RUNNER.invoke(app, [*arguments, "faithful", "--record", str(cassette)], catch_exceptions=False)
    if changed == "passages":
        monkeypatch.setenv("NEWSDESK_PASSAGE_TOKENS", "60")
    else:
        article = next((own / "articles").glob("ferry-01*"))
        article.write_text(article.read_text(encoding="utf-8") + "\nThe line will report again next week.\n")
    output = tmp_path / "results"
    with pytest.raises(ModelError, match="no reply to this prompt: 'Question: ") as raised:
        RUNNER.invoke(app, [*arguments, f"replay:{cassette}", "--output", str(output)], catch_exceptions=False)
    assert load_suite(own).cases[0].question in str(raised.value)
    assert not output.exists()


def test_export(run: Path, tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["export", str(run), str(tmp_path / "out")], catch_exceptions=False)
    assert result.exit_code == 0
    assert str(tmp_path / "out" / "passages.extractive.run") in result.stdout


@pytest.mark.parametrize(
    ("where", "error"),
    [("eval.evaluate.prepare", Interrupted(IngestReport())), ("eval.evaluate.run_suite", KeyboardInterrupt())],
)
def test_an_interrupted_run_says_how_to_go_on(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, error: BaseException
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(where, interrupted)
    arguments = ["--suite", str(suite), "--output", str(tmp_path / "results")]
    result = RUNNER.invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 130
    assert "Continue with the same command and --resume" in result.stderr


def test_progress_in_lines_tells_the_time_left() -> None:
    said: list[str] = []
    seconds = iter(range(0, 100, 10))
    progress = lines_of_progress(said.append, lambda: float(next(seconds)))
    for done in range(1, 6):
        progress("extractive", done, 5)
    assert said == [
        "extractive: 2 of 5, about 30 s left",
        "extractive: 3 of 5, about 20 s left",
        "extractive: 4 of 5, about 10 s left",
        "extractive: 5 done",
    ]


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
    assert "1. Fill in the questions in" in made.stdout
    found = RUNNER.invoke(app, ["check", str(tmp_path / "mine")])
    assert isinstance(found.exception, SuiteError)
    assert "first.toml:13 'first-q1': question is empty" in found.stdout
    assert RUNNER.invoke(app, ["check", str(suite)], catch_exceptions=False).exit_code == 0


def test_a_benchmark_prints_a_figure_a_line(tmp_path: Path) -> None:
    article = "residue\tShare on Facebook\nheadline\tBridge closed\nbody\tThe bridge at Tarn was closed on Monday.\n"
    (tmp_path / "page.tsv").write_text(article, encoding="utf-8")
    ran = RUNNER.invoke(app, ["--benchmark", "residue", "--data", str(tmp_path)], catch_exceptions=False)
    figures = dict(line.split(maxsplit=1) for line in ran.stdout.splitlines())
    assert figures["benchmark"] == "residue"
    assert float(figures["residue_removed"]) == 1.0
    assert figures["pages"] == "1"


def test_figures_under_a_name_of_their_own_are_set_in(capsys: pytest.CaptureFixture[str]) -> None:
    show_figures({"faults": 2, "by_kind": {"name": {"found": 1, "of": 2}, "rates": {"short": 0.5}}, "days": ["a", "b"]})
    assert capsys.readouterr().out.splitlines() == [
        f"{'faults':<32} 2",
        "by_kind",
        f"{'  name':<32} 1 of 2",
        "  rates",
        f"{'    short':<32} 0.500",
        f"{'days':<32} a, b",
    ]


def test_a_benchmark_needs_its_data() -> None:
    with pytest.raises(UsageError, match="needs its name and its data"):
        RUNNER.invoke(app, ["--benchmark", "clapnq"], catch_exceptions=False)


@pytest.mark.parametrize("command", [[], ["compare"], ["gate"], ["export"], ["check"], ["new"]])
def test_every_command_has_help_with_an_example(command: list[str]) -> None:
    result = RUNNER.invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert "Example: newsdesk eval" in " ".join(result.stdout.split())
