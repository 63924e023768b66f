"""Results kept from one run of a benchmark for the next: used when nothing has changed, and never otherwise."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.benchmarks.corpus import KEPT
from eval.benchmarks.kept import key_of, open_kept
from pipeline.settings import Settings

SETTINGS = Settings(library="/somewhere/3f9a", embedding="static")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path)
    return tmp_path / "benchmarks" / "quiz.kept"


def held(settings: Settings = SETTINGS, *, fresh: bool = False) -> dict[str, dict[str, Any]]:
    return open_kept("quiz", settings, fresh=fresh).held


def test_what_is_kept_is_there_for_the_next_run_of_the_same(cache: Path) -> None:
    open_kept("quiz", SETTINGS, fresh=False).add("one", {"right": True})
    open_kept("quiz", SETTINGS, fresh=False).add("two", {"right": False})
    assert held() == {"one": {"right": True}, "two": {"right": False}}
    assert held(replace(SETTINGS, library="/elsewhere/3f9a")) == held()
    assert held(fresh=True) == {} == held()


@pytest.mark.parametrize(
    "changed",
    [{"library": "/somewhere/77aa"}, {"evidence_passages": 3}, {"passage_tokens": 99}, {"grounding": "flag"}],
    ids=lambda changed: next(iter(changed)),
)
def test_another_library_or_setting_misses(changed: dict[str, Any]) -> None:
    open_kept("quiz", SETTINGS, fresh=False).add("one", {})
    assert held(replace(SETTINGS, **changed)) == {}


def test_other_code_and_other_packages_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    open_kept("quiz", SETTINGS, fresh=False).add("one", {})
    with monkeypatch.context() as changed:
        changed.setattr("eval.benchmarks.kept.code_digest", lambda: "other code")
        assert held() == {}
    monkeypatch.setattr("eval.benchmarks.kept.distributions", lambda: ())
    assert held() == {}


@pytest.mark.parametrize("changed", [{"model": "openai:any"}, {"embedding": "openai:any"}], ids=str)
def test_what_may_come_out_otherwise_is_not_kept(cache: Path, changed: dict[str, Any]) -> None:
    kept = open_kept("quiz", replace(SETTINGS, **changed), fresh=False)
    kept.add("one", {})
    assert kept.held == {}
    assert not cache.exists()


def test_half_a_line_is_no_result(cache: Path) -> None:
    open_kept("quiz", SETTINGS, fresh=False).add("one", {"right": True})
    (file,) = cache.iterdir()
    file.write_text(file.read_text() + '\n["two", {"ri')
    assert held() == {"one": {"right": True}}
    open_kept("quiz", SETTINGS, fresh=False).add("three", {})
    assert held() == {"one": {"right": True}, "three": {}}


def test_only_the_newest_runs_stay(cache: Path) -> None:
    for passages in range(1, KEPT + 3):
        open_kept("quiz", replace(SETTINGS, evidence_passages=passages), fresh=False)
    assert len(list(cache.iterdir())) == KEPT


def test_keys_tell_items_apart() -> None:
    assert key_of("a", ["b", "c"]) == key_of("a", ["b", "c"]) != key_of("a", ["b"], "c")
