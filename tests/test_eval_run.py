from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.compare import compare
from eval.gate import Floors, Shortfall, gate, load_floors
from eval.loading import load_suite
from eval.newsdesk_system import newsdesk_system
from eval.outputs import write_results
from eval.records import CaseRecord, Run, citations_in
from eval.results import Results, read_results, results
from eval.run import select
from eval.summary import Summary, summarise
from pipeline.errors import MissingKey, ModelError, SuiteError, UsageError
from pipeline.settings import Settings
from pipeline.types import Answer, Question, Statement
from tests.eval_samples import CASES, DENIAL, OPENED, TOLL, FakeSystem, run_in, stated, write_suite

ASKED = "What does crossing the bridge cost?"
GOOD = {ASKED: [stated(TOLL)], "The bridge": [stated(TOLL), stated(DENIAL)]}
WORSE = {ASKED: [stated(OPENED, "wire.jsonl:2")], "Who built the bridge?": [stated(OPENED, "wire.jsonl:2")]}

Script = Mapping[str, Sequence[Statement] | Exception]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_suite(tmp_path / "suite")


def records(folder: Path, script: Script) -> dict[str, CaseRecord]:
    run = run_in(folder, FakeSystem(folder, script))
    return {record.id: record for record in run.records}


def evaluation(folder: Path, script: Script, writer: str = "fake") -> Results:
    suite = load_suite(folder)
    run = run_in(folder, FakeSystem(folder, script, model=writer))
    manifest = {"suite": suite.name, "digest": suite.digest, "newsdesk": "0", "started": "2026-03-01", "selection": {}}
    return results(manifest, [run], ())


def summary(folder: Path, script: Script) -> Summary:
    return summarise("fake", tuple(records(folder, script).values()))


def test_a_good_answer_and_its_scores(folder: Path) -> None:
    record = records(folder, GOOD)["q1"]
    assert record.shortfalls == ()
    assert record.failure is None
    expected = {
        "hit@1": 1.0,
        "recall@5": 1.0,
        "mrr": 1.0,
        "hit@1000_tokens": 1.0,
        "accept": 1.0,
        "nuggets": 1.0,
        "citation_precision": 1.0,
        "citation_recall": 1.0,
        "quotes_exact": 1.0,
        "statements_cited": 1.0,
        "statements_supported": 1.0,
        "false_refusal_rate": 0.0,
    }
    assert {name: record.scores[name] for name in expected} == expected
    assert record.ranking[0] == {"article": "wire.jsonl:2", "start": 0, "end": 71, "tokens": 100, "gold": [1]}
    gold = {"article": "bridge.txt", "article_id": "bridge.txt", "start": 0, "end": len(TOLL), "quote": TOLL}
    assert record.reference["support"][0] == gold
    assert record.answer is not None
    assert record.answer["statements"][0]["citations"][0]["quote"] == TOLL


def test_a_follow_up_is_asked_standing_alone_and_as_it_was_typed(tmp_path: Path) -> None:
    cases = CASES.replace('kind = "single"', 'kind = "followup"\nafter = ["Is there a bridge?", "Is there a toll?"]')
    folder = write_suite(tmp_path / "suite", cases)
    script = {"Is there a bridge?": [stated(OPENED, "wire.jsonl:2")], f"{OPENED} Is there a toll?": [stated(DENIAL)]}
    record = records(folder, {**script, f"{DENIAL} {ASKED}": [stated(TOLL)]})["q1"]
    assert (record.question, record.after) == (ASKED, ("Is there a bridge?", "Is there a toll?"))
    assert record.asked == f"{DENIAL} {ASKED}"
    assert (record.scores["accept"], record.scores["typed_accept"], record.scores["typed_hit@5"]) == (1.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("script", "case", "shortfall"),
    [
        ({}, "q1", "refused: not in the library"),
        (WORSE, "q1", "misses: 41 crowns (its evidence has it)"),
        (WORSE, "q1", "holds none of the accepted answers: 41 crowns"),
        (WORSE, "q2", "answered, but the library does not say (absent relation): Nobody says who built it."),
        ({ASKED: [stated(TOLL, start=3)]}, "q1", "a quote is not what stands in its article"),
        ({"The bridge": [stated(TOLL)]}, "t1", "misses: denied"),
        ({}, "t1", "refused: not in the library"),
    ],
)
def test_why_a_case_fell_short(folder: Path, script: Script, case: str, shortfall: str) -> None:
    assert shortfall in records(folder, script)[case].shortfalls


def test_evidence_that_was_never_retrieved_is_the_named_cause(folder: Path) -> None:
    run = run_in(folder, FakeSystem(folder, {ASKED: [stated(DENIAL)]}, ranking=()))
    assert run.records[0].shortfalls[:2] == (
        "no supporting sentence among the 0 passages it was given",
        "misses: 41 crowns (not in its evidence)",
    )


def test_a_crash_is_a_recorded_failure_and_in_no_mean(folder: Path) -> None:
    script: Script = {**GOOD, ASKED: ZeroDivisionError("by zero"), "Who built the bridge?": ModelError("Cut", "Retry")}
    found = records(folder, script)
    assert found["q1"].failure == "ZeroDivisionError: by zero"
    assert found["q2"].failure == "ModelError: Cut. Retry."
    assert (found["q1"].scores, found["q1"].answer) == ({}, None)
    figures = summarise("fake", tuple(found.values()))
    assert figures.operations.failures == 2
    assert "accept" not in figures.metrics
    assert figures.metrics["facts"].mean == 1.0
    assert figures.kinds["single"].failures == 1


def test_an_answer_by_another_writer_is_named_and_counted(folder: Path) -> None:
    class Replaced(FakeSystem):
        """A system in which somebody else answers."""

        def ask(self, question: Question) -> Answer:
            return replace(super().ask(question), model="extractive")

    run = run_in(folder, Replaced(folder, GOOD))
    assert [record.shortfalls for record in run.records[:1]] == [("written by extractive in its place",)]
    assert summarise("fake", run.records).operations.stand_ins == 2


def test_a_missing_key_ends_the_run(folder: Path) -> None:
    with pytest.raises(MissingKey):
        records(folder, {ASKED: MissingKey("No key", "Set one")})


def test_summary(folder: Path) -> None:
    figures = summary(folder, WORSE)
    assert figures.confusion.answerable_answered == 1
    assert figures.confusion.unanswerable_answered == 1
    assert figures.metrics["refusal_rate"].mean == 0.0
    assert figures.metrics["brief_refused"].mean == 1.0
    assert list(figures.kinds) == ["single", "unanswerable", "topic"]
    assert (figures.operations.input_tokens, figures.operations.output_tokens) == (300, 30)


def test_the_same_run_twice_differs_in_times_only(folder: Path) -> None:
    def lines() -> list[dict[str, Any]]:
        return [{**case, "seconds": 0} for case in evaluation(folder, GOOD).cases]

    assert json.dumps(lines()) == json.dumps(lines())


def test_figures_can_be_computed_anew_from_the_lines(folder: Path) -> None:
    found = evaluation(folder, WORSE)
    metrics = found.summary["writers"]["fake"]["metrics"]
    for name, interval in metrics.items():
        values = [case["scores"][name] for case in found.cases if name in case["scores"]]
        assert interval["mean"] == pytest.approx(sum(values) / len(values))
        assert interval["n"] == len(values)


def test_select(folder: Path) -> None:
    suite = load_suite(folder)
    assert [entry.id for entry in select(suite, limit=2)] == ["q1", "q2"]
    assert [entry.id for entry in select(suite, only="topic")] == ["t1"]
    assert [entry.id for entry in select(suite, case="q2")] == ["q2"]
    with pytest.raises(UsageError, match="no case of kind 'multi'"):
        select(suite, only="multi")
    with pytest.raises(UsageError, match="no case with the id 'q9'"):
        select(suite, case="q9")


def test_a_question_of_a_day_is_asked_of_the_articles_as_they_stood(tmp_path: Path) -> None:
    """An article that was edited later, in the real library: each question gets the version of its day."""
    case = CASES[: CASES.index("[[question.nuggets]]")].replace("41", "{0}") + '[[question.support]]\narticle = "{1}"\n'
    then = case.format(41, "wire.jsonl:1").replace('"single"', '"temporal"\nas_of = 2026-03-02')
    now = case.format(43, "2026-03-03/edited.jsonl:1").replace('"q1"', '"q2"')
    later = TOLL.replace("41", "43")
    folder = write_suite(tmp_path / "suite", f'{then}quote = "{TOLL}"\n{now}quote = "{later}"\n')
    (folder / "articles" / "bridge.txt").unlink()
    (folder / "articles" / "2026-03-03").mkdir()
    for name, text in (("wire.jsonl", TOLL), ("2026-03-03/edited.jsonl", later)):
        line = {"url": "https://post.example/toll", "published": "2026-03-01", "text": f"{OPENED}\n\n{text}"}
        (folder / "articles" / name).write_text(json.dumps(line), encoding="utf-8")
    with newsdesk_system(Settings(library=str(tmp_path / "library"))) as system:
        run = run_in(folder, system)
    assert [record.edition for record in run.records] == ["first", None]
    for record, text in zip(run.records, (TOLL, later), strict=True):
        assert (record.failure, record.scores["hit@1"], record.scores["quotes_exact"]) == (None, 1.0, 1.0)
        assert text in [citation["quote"] for citation in citations_in(record.answer)]
        article = run.articles[citations_in(record.answer)[0]["article_id"], record.edition]
        assert text in article["text"]


def test_progress_and_what_is_taken_in(folder: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    system = FakeSystem(folder, {})
    run_in(folder, system, progress=lambda *step: seen.append(step))
    assert seen == [(1, 3, "q1"), (2, 3, "q2"), (3, 3, "t1")]
    assert system.taken_in == [
        ((str(folder / "articles" / "bridge.txt"), str(folder / "articles" / "wire.jsonl")), None)
    ]


def test_results_folder(folder: Path, tmp_path: Path) -> None:
    hostile = {**GOOD, "Who built the bridge?": ValueError("<script>\x00alert(1)</script>")}
    found = evaluation(folder, hostile)
    place = tmp_path / "results"
    write_results(place, found)
    assert sorted(path.name for path in place.iterdir()) == [
        "articles.jsonl",
        "cases.jsonl",
        "junit.xml",
        "manifest.json",
        "report.html",
        "summary.json",
    ]
    again = read_results(place)
    assert json.dumps(again.summary) == json.dumps(found.summary)
    assert json.dumps(again.cases) == json.dumps(found.cases)
    junit = ET.fromstring((place / "junit.xml").read_text(encoding="utf-8"))
    suite = junit.find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("errors"), suite.get("failures")) == ("3", "1", "0")
    page = (place / "report.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert page.count("<script") == 1
    assert "http" not in page.replace("http-equiv", "")
    write_results(place, found)


def test_results_never_go_over_something_else(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "notes"
    place.mkdir()
    (place / "manifest.json").write_text("{}")
    with pytest.raises(UsageError, match="is no results folder"):
        write_results(place, evaluation(folder, GOOD))
    assert [path.name for path in place.iterdir()] == ["manifest.json"]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("manifest.json", "{}", "it has no manifest.json"),
        ("summary.json", '{"writers": NaN}', "NaN is not a number"),
        ("cases.jsonl", "{", "are damaged"),
    ],
)
def test_damaged_results(folder: Path, tmp_path: Path, file: str, content: str, said: str) -> None:
    write_results(tmp_path / "results", evaluation(folder, GOOD))
    (tmp_path / "results" / file).write_text(content)
    with pytest.raises(SuiteError, match=said):
        read_results(tmp_path / "results")


@pytest.mark.parametrize(
    ("floors", "missed"),
    [
        ({"fake": {"accept": 1.0, "hit@5": 1.0, "failures": 0}}, ()),
        ({"fake": {"refusal_rate": 0.5}}, ()),
        ({"fake": {"redundancy": 0.0}}, ("redundancy",)),
        ({"fake": {"citation_precision": 1.01}}, ("citation_precision",)),
        ({"absent": {"accept": 0.1}}, ("accept",)),
    ],
)
def test_gate(folder: Path, floors: dict[str, dict[str, float]], missed: tuple[str, ...]) -> None:
    assert tuple(fall.metric for fall in gate(evaluation(folder, GOOD), Floors(floors))) == missed


def test_gate_holds_the_guard(folder: Path) -> None:
    found = evaluation(folder, GOOD)
    guard = {"miscites": {"caught": 0.9, "crashes": []}, "refusing": {"caught": 1.0, "crashes": ["q1: KeyError: 1"]}}
    floors = {"guard": {"miscites": 0.95, "refusing": 1.0, "crashes": 0}}
    guarded = replace(found, summary={**found.summary, "guard": guard})
    assert [str(fall) for fall in gate(guarded, Floors(floors))] == [
        "guard miscites is 0.900, below the floor of 0.95",
        "guard crashes is 1.000, above the ceiling of 0",
    ]
    assert str(Shortfall("guard", "miscites", 0.95, None)) == "guard miscites was not measured; its floor is 0.95"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[fake\n", "not well-formed TOML"),
        ("accept = 1\n", "'accept' in .* is not a table"),
        ("[fake]\nacept = 1\n", "which is not a metric"),
        ("[fake]\naccept = nan\n", "is nan"),
        ('[fake]\naccept = "1"\n', "is '1'"),
    ],
)
def test_floors_that_are_none(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "floors.toml").write_text(text)
    with pytest.raises(SuiteError, match=said):
        load_floors(tmp_path / "floors.toml")


def test_no_floors(tmp_path: Path) -> None:
    assert load_floors(tmp_path / "floors.toml") == Floors()


def test_compare_names_the_planted_case(folder: Path) -> None:
    (comparison,) = compare(evaluation(folder, GOOD), evaluation(folder, {**GOOD, **WORSE}))
    assert comparison.same_suite
    assert (comparison.paired, comparison.unpaired) == (3, ())
    assert [change.id for change in comparison.moved] == ["q1", "q2"]
    assert comparison.moved[0].changes["accept"] == (1.0, 0.0)
    assert comparison.moved[1].changes == {"refusal_rate": (1.0, 0.0), "refusal_accuracy": (1.0, 0.0)}
    accept = next(delta for delta in comparison.deltas if delta.metric == "accept")
    assert (accept.before, accept.after, accept.change.mean) == (1.0, 0.0, -1.0)
    assert not accept.worse


PLANTED = ("bridge-3", "dam-0", "dam-7", "rail-5", "rail-11", "toll-2", "toll-8", "vote-1", "vote-9")


def sixty(planted: Sequence[str] = ()) -> Results:
    """Twelve cases of each of five stories, all perfect but for those that are planted."""
    stories = ("bridge", "dam", "rail", "toll", "vote")
    cases = [(f"{story}-{at}", story) for story in stories for at in range(12)]
    run = Run(
        "sample",
        "d1",
        "fake",
        tuple(
            CaseRecord("fake", id_, "single", story, "?", {}, scores={"mrr": 1.0, "accept": float(id_ not in planted)})
            for id_, story in cases
        ),
        {},
    )
    return results({"suite": "sample", "digest": "d1"}, [run], ())


def test_a_planted_regression_is_found_and_its_cases_are_named() -> None:
    (comparison,) = compare(sixty(), sixty(PLANTED))
    assert {change.id for change in comparison.moved} == set(PLANTED)
    mrr, accept = comparison.deltas
    assert (accept.metric, accept.worse) == ("accept", True)
    assert accept.change.mean == pytest.approx(-len(PLANTED) / 60)
    assert accept.change.high < 0
    assert (mrr.metric, mrr.worse, mrr.p) == ("mrr", False, 1.0)
    (back,) = compare(sixty(PLANTED), sixty())
    assert not any(delta.worse for delta in back.deltas)
    assert all(change.loss < 0 for change in back.moved)


def test_a_case_that_now_fails_is_the_worst(folder: Path) -> None:
    script: Script = {**WORSE, "The bridge": KeyError("x")}
    (comparison,) = compare(evaluation(folder, GOOD), evaluation(folder, script))
    changed = {change.id: change for change in comparison.moved}
    assert changed["t1"].reasons == ("KeyError: 'x'",)
    assert changed["t1"].changes["facts"] == (1.0, 0.0)


def test_compare_says_what_else_was_not_the_same(folder: Path) -> None:
    found = evaluation(folder, GOOD)
    manifests = [
        {**found.manifest, "code": code, "prompts": {"answer": "a"}, "settings": {"evidence_passages": passages}}
        for code, passages in (("c1", 8), ("c2", 1))
    ]
    before, after = (replace(found, manifest=manifest) for manifest in manifests)
    assert compare(before, after)[0].differs == ("code", "settings.evidence_passages (8, 1)")
    assert compare(before, before)[0].differs == ()


def test_compare_pairs_single_writers_whatever_their_names(folder: Path) -> None:
    (comparison,) = compare(evaluation(folder, GOOD, "one"), evaluation(folder, GOOD, "two"))
    assert (comparison.before, comparison.after, comparison.moved) == ("one", "two", ())


def test_compare_without_a_common_case(folder: Path) -> None:
    found = evaluation(folder, GOOD)
    other = replace(found, cases=tuple({**case, "id": f"other-{case['id']}"} for case in found.cases))
    with pytest.raises(SuiteError, match="no case in common"):
        compare(found, other)
