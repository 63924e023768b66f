"""The benchmark of copies, on a few made-up articles: its edits are as large as they say, and so are its figures."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from eval.benchmarks import run_benchmark
from eval.benchmarks.copies import EDITS, SHARED, SIZES
from pipeline.origins import is_copy, traits
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
    least, most = {"insert": (1, 1), "shuffle": (1, 1), "rewrite": (1 - size, 1 - size / 2)}.get(name, [1 - size] * 2)
    assert least - 0.011 <= kept <= most + 0.011
    assert is_copy(traits(text), traits(" ".join(edited)))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SHARED)
def test_what_is_shared_is_a_share_of_the_article(name: str, size: float) -> None:
    text, other = article(1, 1_000), article(2, 1_000)
    planted = SHARED[name](text, other, size)
    shared = sum(word.strip("“”") in set(text.split()) for word in planted.split())
    assert 800 * size <= shared <= 1_000 * size + 11
    assert not is_copy(traits(text), traits(planted))


@pytest.mark.parametrize(("limit", "held"), [(None, 3), (10, 10)])
def test_it_runs_on_a_folder(tmp_path: Path, limit: int | None, held: int) -> None:
    records = [{"text": article(n), "title": f"Article {n}", "url": f"https://n.example/{n}"} for n in range(6)]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, records)))
    figures = run_benchmark("copies", tmp_path, settings=Settings(), limit=limit)
    assert (figures["articles_held"], figures["edited_copies"], figures["shared_quotations"]) == (held, 108, 18)
    by_edit = figures["recall_by_edit"]
    assert isinstance(by_edit, dict)
    assert all(by_edit[name]["40%"] == 1.0 for name in EDITS), by_edit
    assert (figures["precision"], figures["recall_of_the_whole_texts_digest"]) == (1.0, 0.0)
