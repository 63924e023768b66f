"""The sweep of passage sizes, on two articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.fit.passages import Cut, main, widened
from pipeline.types import ArticleInfo, Evidence, Passage, Sentence

ARTICLES = [
    {
        "url": f"https://news.example/{name}",
        "title": title,
        "published": "2023/01/05",
        "text": "\n\n".join(
            [lead, *(f"In line {at} the paper tells a little more of the {name}." for at in range(30))]
        ),
    }
    for name, title, lead in (
        ("lock", "Dock gates jam", "Fourteen barges wait above Fennick lock."),
        ("toll", "Skippers count the cost", "Skippers lost 900 crowns a day at the gate."),
    )
]
QUESTION = {
    "asked": "2023-01-06",
    "question": "How many barges wait at Fennick lock?",
    "choices": ["fourteen", "nine"],
    "answer": "fourteen",
    "answering_urls": ["https://news.example/lock"],
    "article_urls": ["https://news.example/lock"],
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / "cache")
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(article) + "\n" for article in ARTICLES))
    (tmp_path / "questions.jsonl").write_text(json.dumps(QUESTION) + "\n")
    return tmp_path


def test_a_row_for_each_cut_and_way_to_show_it(data: Path) -> None:
    _, _, *rows = main(data, ("64", "64+1"))
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert [row[0] for row in cells] == ["64", "64", "64", "64", "64, 1 overlapping"]
    assert [row[2] for row in cells] == ["as found", "±1 sentence", "±1 passage", "article", "as found"]
    assert all(row[3:] == ["1.000"] * 4 for row in cells)
    assert int(cells[0][1]) > 4


def test_with_the_first_questions_only_their_articles_are_held(data: Path) -> None:
    _, _, whole, *_ = main(data, ("256",))
    _, _, part, *_ = main(data, ("256",), 1)
    assert int(part.split("|")[2]) < int(whole.split("|")[2])


def test_a_cut_is_read_as_it_is_written() -> None:
    assert (Cut.read("256"), Cut.read("192+2")) == (Cut(256), Cut(192, 2))


def test_no_sentence_is_shown_twice() -> None:
    whole = [Sentence(at * 10, at * 10 + 4, f"S {at}.") for at in range(6)]
    info = ArticleInfo("a", "T")
    found = [
        Evidence(number, Passage("a", number, tuple(whole[at : at + 1]), 2, id=number), info, 1.0)
        for number, at in enumerate((2, 3, 0), 1)
    ]
    shown = widened(found, shown={"a": whole}, by=lambda passage: (1, 1))
    assert [[sentence.text for sentence in one.passage.sentences] for one in shown] == [
        ["S 1.", "S 2.", "S 3."],
        ["S 4."],
        ["S 0."],
    ]
