"""Never lost, the short way: two kills, every disk full, and the ingest that follows them all."""

from __future__ import annotations

import json
from pathlib import Path

from eval.benchmarks.durability import STEPS, Said, Trial, ingest
from pipeline.library import open_library

LINES = [
    {"title": f"Lock {n}", "url": f"https://n.example/{n}", "text": f"Gate {n} of the lock jammed on day {n}, it said."}
    for n in range(24)
]


def test_what_was_acknowledged_is_there_after_each_failure(tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_text("\n".join(map(json.dumps, LINES)))
    trial = Trial(tmp_path, articles, frozenset(f"{articles}:{n}" for n in range(1, 25)))
    trial.disturb("a kill", lambda said: len(said.stored) >= 6)
    assert trial.acknowledged
    trial.disturb("a kill while the vectors are written", lambda said: ("begin", "write vectors") in said.steps)
    trial.disturb("a full catalogue", pages=3)
    trial.disturb("a full disk", size=40_000)
    assert (trial.failures, trial.completed) == (4, 0)
    trial.disturb("the last ingest")
    assert (trial.problems, trial.completed) == ([], 1)


def test_every_step_tells_of_itself(tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_text("\n".join(map(json.dumps, LINES)))
    said, _ = ingest(tmp_path / "library", articles)
    assert said.done
    assert {step for _, step in said.steps} == set(STEPS)
    with open_library(tmp_path / "library") as library:
        assert library.status().articles == len(LINES)


def test_a_line_that_a_kill_cut_off_acknowledges_nothing() -> None:
    said = Said()
    said.hear('["stored", "a.jsonl:1"]\n')
    said.hear('["stored", "a.jso')
    assert said.stored == {"a.jsonl:1"}
