"""A run in the forms of other harnesses, scored again from those files."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from pytrec_eval import RelevanceEvaluator

from eval.export import export
from eval.loading import load_suite
from eval.results import Results, results
from pipeline.errors import UsageError
from tests.eval_samples import TOLL, FakeSystem, run_in, stated, write_suite


@pytest.fixture
def found(tmp_path: Path) -> Results:
    folder = write_suite(tmp_path / "suite")
    suite = load_suite(folder)
    answers = {"What does crossing the bridge cost?": [stated(TOLL)]}
    ranking = ("wire.jsonl:2",)
    system = FakeSystem(folder, answers, ranking=ranking, model="openai:a/b")
    return results({"suite": "sample", "digest": suite.digest}, [run_in(folder, system)], ())


def test_the_files_of_an_export(found: Results, tmp_path: Path) -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in export(found, tmp_path / "out")}
    assert files == {
        "topics.tsv": "q1\tWhat does crossing the bridge cost?\nq2\tWho built the bridge?\n",
        "articles.qrels": "q1 0 bridge.txt 1\nq1 0 wire.jsonl:2 1\n",
        "passages.openai-a-b.qrels": "q1 0 wire.jsonl:2#0-71 1\nq1 0 bridge.txt#0-44 1\n",
        "articles.openai-a-b.run": "q1 Q0 wire.jsonl:2 1 1 openai-a-b\nq2 Q0 wire.jsonl:2 1 1 openai-a-b\n",
        "passages.openai-a-b.run": "q1 Q0 wire.jsonl:2#0-71 1 1 openai-a-b\nq2 Q0 wire.jsonl:2#0-71 1 1 openai-a-b\n",
        "inspect.openai-a-b.jsonl": files["inspect.openai-a-b.jsonl"],
    }
    first, second = map(json.loads, files["inspect.openai-a-b.jsonl"].splitlines())
    assert (first["id"], first["input"], first["target"]) == (
        "q1",
        "What does crossing the bridge cost?",
        ["41 crowns"],
    )
    assert second["target"] == "NO ANSWER:"
    assert set(first) == {"id", "input", "target", "metadata"}
    assert first["metadata"]["answer"] == TOLL
    assert first["metadata"]["scores"]["accept"] == 1.0


def test_trec_eval_gives_our_figures(found: Results, tmp_path: Path) -> None:
    """trec_eval itself, over the exported files."""
    export(found, tmp_path / "out")
    qrels: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for line in (tmp_path / "out" / "passages.openai-a-b.qrels").read_text().splitlines():
        topic, _, document, relevant = line.split()
        qrels[topic][document] = int(relevant)
    run: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for line in (tmp_path / "out" / "passages.openai-a-b.run").read_text().splitlines():
        topic, _, document, _, score, _ = line.split()
        run[topic][document] = float(score)
    measures = RelevanceEvaluator(dict(qrels), {"recip_rank", "success", "ndcg_cut"}).evaluate(dict(run))["q1"]
    ours = found.cases[0]["scores"]
    assert 0 < ours["ndcg@10"] < 1
    assert measures["ndcg_cut_10"] == pytest.approx(ours["ndcg@10"])
    assert measures["recip_rank"] == pytest.approx(ours["mrr"])
    assert [measures[f"success_{k}"] for k in (1, 5, 10)] == [ours[f"hit@{k}"] for k in (1, 5, 10)]


def test_an_export_goes_over_nothing(found: Results, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("x")
    with pytest.raises(UsageError, match="not empty"):
        export(found, tmp_path / "notes")
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["mine.txt"]
