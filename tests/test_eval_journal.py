"""Runs that are interrupted and continued, and runs of several cases at once."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from eval.evaluate import Plan, evaluate
from eval.journal import UNFINISHED, begin
from eval.loading import load_suite
from eval.outputs import check_place, write_results
from eval.records import CaseRecord, Run, record_line
from eval.results import read_results
from pipeline.errors import MissingKey, SuiteError, UsageError
from pipeline.settings import Settings
from pipeline.types import Answer, Question
from tests.eval_samples import TOLL, FakeSystem, run_in, stated, write_suite

PLAN = {"suite": "sample", "digest": "d1", "settings": {"passages": 8}}
GOOD = {"What does crossing the bridge cost?": [stated(TOLL)]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_suite(tmp_path / "suite")


def timeless(run: Run) -> list[str]:
    """The lines of a run without its times."""
    return [record_line(replace(record, seconds=0.0)) for record in run.records]


def run_with_journal(folder: Path, place: Path, system: FakeSystem, *, resume: bool = False) -> Run:
    journal = begin(place, PLAN, resume=resume)
    return run_in(folder, system, done=journal.done.get("fake", {}), keep=journal.keep)


class _Interrupted(FakeSystem):
    """A system at which the user presses Ctrl-C in the second question."""

    def ask(self, question: Question) -> Answer:
        if question.text.startswith("Who"):
            raise KeyboardInterrupt
        return super().ask(question)


class _Counting(FakeSystem):
    asked: tuple[str, ...] = ()

    def ask(self, question: Question) -> Answer:
        self.asked += (question.text,)
        return super().ask(question)


def test_an_interrupted_run_continues_where_it_stopped(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "results"
    with pytest.raises(KeyboardInterrupt):
        run_with_journal(folder, place, _Interrupted(folder, GOOD))
    system = _Counting(folder, GOOD)
    continued = run_with_journal(folder, place, system, resume=True)
    assert system.asked == ("Who built the bridge?",)
    assert timeless(continued) == timeless(run_in(folder, FakeSystem(folder, GOOD)))


def test_what_is_left_of_a_killed_run_is_read(folder: Path, tmp_path: Path) -> None:
    run = run_with_journal(folder, tmp_path / "results", FakeSystem(folder, GOOD))
    path = tmp_path / "results" / UNFINISHED
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert len(lines) == 4
    path.write_text("".join(lines[:2]) + lines[2][:50], encoding="utf-8")
    journal = begin(tmp_path / "results", PLAN, resume=True)
    assert list(journal.done["fake"]) == ["q1"]
    assert record_line(journal.done["fake"]["q1"]) == lines[1]
    journal.keep(run.records[1])
    assert path.read_text(encoding="utf-8") == "".join(lines[:3])


def test_failed_cases_are_tried_again(folder: Path, tmp_path: Path) -> None:
    run_with_journal(folder, tmp_path / "results", FakeSystem(folder, {"Who built the bridge?": OSError("down")}))
    assert set(begin(tmp_path / "results", PLAN, resume=True).done["fake"]) == {"q1", "t1"}


def test_an_interrupted_run_is_not_gone_over(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "results"
    run_with_journal(folder, place, FakeSystem(folder, GOOD))
    before = (place / UNFINISHED).read_bytes()
    with pytest.raises(UsageError, match=r"has a run that was interrupted\. Continue it with --resume"):
        begin(place, PLAN, resume=False)
    with pytest.raises(UsageError, match="differs in digest, settings"):
        begin(place, {**PLAN, "digest": "d2", "settings": {"passages": 4}}, resume=True)
    with pytest.raises(SuiteError, match="was interrupted"):
        read_results(place)
    assert (place / UNFINISHED).read_bytes() == before
    check_place(place)


def test_a_damaged_journal_is_named(tmp_path: Path) -> None:
    (tmp_path / UNFINISHED).write_text('{"suite": "x"}\n{"writer": 1}\n')
    with pytest.raises(SuiteError, match="is damaged"):
        begin(tmp_path, PLAN, resume=True)


def test_a_run_that_fails_at_once_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    script = {text: MissingKey("No key", "Set one") for text in GOOD}
    with pytest.raises(MissingKey):
        run_with_journal(
            folder, tmp_path / "results", FakeSystem(folder, {**script, "Who built the bridge?": MissingKey("", "")})
        )
    assert not (tmp_path / "results" / UNFINISHED).exists()


def test_several_at_once_give_the_same_in_the_same_order(folder: Path) -> None:
    met = threading.Barrier(2, timeout=30)

    class Meeting(FakeSystem):
        """A system whose first two questions wait for each other."""

        def ask(self, question: Question) -> Answer:
            met.wait()
            return super().ask(question)

    together = run_in(folder, Meeting(folder, GOOD), jobs=2)
    assert timeless(together) == timeless(run_in(folder, FakeSystem(folder, GOOD)))


def test_a_figure_that_is_no_number_is_a_failure(folder: Path) -> None:
    run = run_in(folder, FakeSystem(folder, GOOD, sure={next(iter(GOOD)): float("nan")}))
    first: CaseRecord = run.records[0]
    assert (first.failure or "").startswith("ValueError: Out of range float values are not JSON compliant")
    assert (first.scores, first.confidence) == ({}, None)


def test_resuming_a_whole_evaluation(folder: Path, tmp_path: Path) -> None:
    """Of newsdesk itself: half of a run's lines, and the rest after --resume."""
    suite, plan = load_suite(_own(tmp_path)), Plan(("extractive",), guard=False)
    place, again = tmp_path / "results", tmp_path / "again"
    found = evaluate(suite, Settings(), plan, output=place)
    assert not (place / UNFINISHED).exists()
    with pytest.raises(UsageError, match="is finished"):
        evaluate(suite, Settings(), plan, output=place, resume=True)
    with pytest.raises(UsageError, match="no run to resume"):
        evaluate(suite, Settings(), plan, resume=True)
    head = {name: value for name, value in found.manifest.items() if name not in ("format", "started", "seconds")}
    again.mkdir()
    lines = [json.dumps(head), json.dumps(found.cases[1])]
    (again / UNFINISHED).write_text("\n".join(lines) + "\n", encoding="utf-8")
    continued = evaluate(suite, Settings(), plan, output=again, resume=True)
    assert continued.cases[1]["seconds"] == found.cases[1]["seconds"]
    assert [case["id"] for case in read_results(again).cases] == ["o1", "o2"]
    write_results(again, replace(continued, manifest=found.manifest))
    assert (again / "articles.jsonl").read_bytes() == (place / "articles.jsonl").read_bytes()


def _own(tmp_path: Path) -> Path:
    """A small suite whose articles newsdesk takes in."""
    folder = tmp_path / "own"
    (folder / "articles").mkdir(parents=True)
    (folder / "cases").mkdir()
    (folder / "suite.toml").write_text('name = "own"\n')
    text = "Bridge toll rises\n\nThe bridge toll rose to 41 crowns on Monday, the council of the city said.\n"
    (folder / "articles" / "toll.txt").write_text(text)
    (folder / "cases" / "toll.toml").write_text(
        '[[question]]\nid = "o1"\nkind = "single"\nquestion = "What is the bridge toll?"\nanswer = "41 crowns."\n'
        'accept = ["41 crowns"]\n[[question.support]]\narticle = "toll.txt"\n'
        'quote = "The bridge toll rose to 41 crowns on Monday, the council of the city said."\n'
        '[[question]]\nid = "o2"\nkind = "unanswerable"\nunanswerable = "absent relation"\nwhy = "Not said."\n'
        'question = "Who designed the bridge?"\n'
    )
    return folder
