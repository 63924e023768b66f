"""The benchmark of rewriting: mocked rewriters behind the real prompt and parser."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from eval.benchmarks import run_benchmark
from eval.benchmarks.rewriting import QUERIES_FILE, read_queries_file
from eval.evaluate import BUNDLED_SUITE
from eval.loading import load_suite
from eval.rewriters import REWRITERS, WRITTEN, MockRewriter
from pipeline.errors import InputError
from pipeline.rewriting import Rewriter
from pipeline.settings import Settings

QUESTION = "Who carried the ballots, and what did that cost the city?"
QUERIES = {QUESTION: ["courier of the ballots", "cost of carrying the ballots"]}


@pytest.mark.parametrize(
    ("behaviour", "queries"),
    [
        (WRITTEN, ("courier of the ballots", "cost of carrying the ballots")),
        ("parts", ("Who carried the ballots", "what did that cost the city?")),
        (
            "beside the point",
            ("weather forecast for the weekend", "football results and league table", "new phone released"),
        ),
        ("rubbish", ()),
    ],
)
def test_a_mock_replies_to_the_question_that_the_prompt_has(behaviour: str, queries: tuple[str, ...]) -> None:
    model = MockRewriter(behaviour=behaviour, queries=QUERIES)
    rewritten = Rewriter(lambda: model, 5.0).rewrite(QUESTION)
    assert rewritten.queries == queries
    assert bool(rewritten.why) is not bool(queries)
    assert rewritten.cost.requests == 1


def test_the_queries_of_the_bundled_suite_are_for_its_questions_and_can_be_read() -> None:
    cases = load_suite(BUNDLED_SUITE).cases
    written = read_queries_file(BUNDLED_SUITE / QUERIES_FILE, cases)
    model = MockRewriter(behaviour=WRITTEN, queries=written)
    assert len(written) == sum(case.kind in ("comparison", "multi") and case.answerable for case in cases)
    for question, queries in written.items():
        assert Rewriter(lambda: model, 5.0).rewrite(question).queries == tuple(queries)


def test_the_figures_without_and_with(tmp_path: Path) -> None:
    suite = tmp_path / "suite"
    shutil.copytree(BUNDLED_SUITE, suite)
    for file in (suite / "cases").iterdir():
        if file.name != "meals.toml":
            file.unlink()
    figures = run_benchmark("rewriting", suite, settings=replace(Settings(), cache=False))
    assert list(figures) == ["benchmark", "without", *REWRITERS, "questions"]
    assert figures["questions"] == 2
    assert figures["rubbish"] == figures["without"]
    assert figures[WRITTEN]["used"] == 1.0
    assert figures[WRITTEN]["queries"] == 2.0
    assert figures[WRITTEN]["comparison"]["recall@20"] == 1.0


@pytest.mark.parametrize("content", ["", "[queries]\nx", "queries = 3", "[queries]\nmeals-q04 = 5"])
def test_a_file_without_queries_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / QUERIES_FILE).write_text(content)
    with pytest.raises(InputError, match="holds no queries"):
        read_queries_file(tmp_path / QUERIES_FILE, load_suite(BUNDLED_SUITE).cases)
