"""The benchmark of copies, on a few made-up articles: its edits are as large as they say, and so are its figures."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from eval.benchmarks import run_benchmark
from eval.benchmarks.copies import EDITS, SIZES, quoting
from pipeline.origins import COPY, contained, shingles
from pipeline.settings import Settings


def article(number: int, words: int = 160) -> str:
    """Sentences of ten words that no other article has."""
    chance = random.Random(number)
    made = ["".join(chance.choices("abcdefghijklmnop", k=7)) for _ in range(words)]
    return " ".join(" ".join(made[at : at + 10]).capitalize() + "." for at in range(0, words, 10))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_leaves_the_rest_of_the_text(name: str, size: float) -> None:
    text, other = article(1, 1_000), article(2, 1_000)
    edited = EDITS[name](text, [other], size, random.Random(0)).split()
    kept = sum(word in set(text.split()) for word in edited) / len(text.split())
    assert kept == pytest.approx(1 if name == "insert" else 1 - size, abs=0.011)
    assert (len(edited) > 1_000) is (name == "insert") or name == "lead"


def test_quotations_are_a_share_of_the_article_that_quotes() -> None:
    text, other = article(1, 1_000), article(2, 1_000)
    planted = quoting(text, other, 0.4)
    assert sum(word.strip("“”") in set(text.split()) for word in planted.split()) > 300
    assert contained(shingles(text), shingles(planted)) < COPY


def test_it_runs_on_a_folder(tmp_path: Path) -> None:
    records = [{"text": article(n), "title": f"Article {n}", "url": f"https://n.example/{n}"} for n in range(6)]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, records)))
    figures = run_benchmark("copies", tmp_path, settings=Settings())
    assert (figures["articles_held"], figures["edited_copies"], figures["shared_quotations"]) == (3, 72, 18)
    by_edit = figures["recall_by_edit"]
    assert isinstance(by_edit, dict)
    assert by_edit["cut"] == {"1%": 1.0, "5%": 1.0, "10%": 1.0, "20%": 1.0, "30%": 1.0, "40%": 1.0}
    assert by_edit["swap"]["40%"] == 0.0
    assert (figures["precision"], figures["recall_of_the_whole_texts_digest"]) == (1.0, 0.0)
