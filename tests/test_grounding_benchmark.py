"""The faults of the grounding benchmark are faults, the same on every run, and its figures add up."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eval.benchmarks import run_benchmark
from eval.benchmarks.mutations import MUTATIONS, Original
from pipeline.settings import Settings

SOURCE = (
    "Ines Moreau said on Tuesday that at least 42 cranes may be replaced by May, and that Paul Brenner had not "
    "raised the fee of 1.5 million euros before the vote."
)
ORIGINAL = Original(SOURCE, SOURCE, ("Ines Moreau", "Paul Brenner", "Anna Thule"))


@pytest.mark.parametrize("kind", MUTATIONS)
def test_a_fault_changes_the_statement(kind: str) -> None:
    made = list(MUTATIONS[kind](ORIGINAL, random.Random(0)))
    assert made
    assert SOURCE not in made
    assert made == list(MUTATIONS[kind](ORIGINAL, random.Random(0)))


def test_a_name_is_exchanged_for_another_of_the_article() -> None:
    texts = list(MUTATIONS["name"](ORIGINAL, random.Random(0)))
    assert [text.count("Anna Thule") for text in texts] == [1, 1]


def test_the_figures_of_a_short_run_add_up() -> None:
    figures = run_benchmark("grounding", Path("eval/suites/newsroom"), settings=Settings(), limit=4)
    kinds = figures["found_by_kind"]
    assert isinstance(kinds, dict)
    assert figures["paraphrases"] == 4
    assert figures["faults"] == sum(kind["of"] for kind in kinds.values())


def test_written_tables_are_counted_by_their_kinds() -> None:
    figures = run_benchmark("grounding", Path("tests/grounding"), settings=Settings(), limit=2)
    kinds = figures["found_by_kind"]
    assert isinstance(kinds, dict)
    assert "moved" in kinds
    assert figures["faults"] == sum(kind["of"] for kind in kinds.values())
