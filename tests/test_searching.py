"""`newsdesk search` and what it is asked: any text at all gets passages or one clear sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.app import Newsdesk, open_newsdesk
from pipeline.cli.demo import sample_articles
from pipeline.errors import UsageError
from pipeline.rendering.retrieved import retrieval_json, retrieval_terminal
from pipeline.rendering.terminal import terminal_console
from pipeline.settings import Settings
from pipeline.types import Filters, Question


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsdesk]:
    folder = str(tmp_path_factory.mktemp("searching") / "library")
    with open_newsdesk(Settings(library=folder), create=True) as desk:
        desk.ingest([str(sample_articles())])
        yield desk


def shown(desk: Newsdesk, query: str, *, explain: bool = False) -> str:
    console = terminal_console()
    with console.capture() as captured:
        console.print(retrieval_terminal(desk.search(Question(query), 3), explain))
    return captured.get()


ODD_QUERIES = {
    "one word": "strike",
    "only stop words": "what is the who of and",
    "ten thousand words": "when did the depot burn and who said so " * 1100,
    "one word ten thousand times": "depot " * 10_000,
    "operators": 'title:depot AND (text:strike OR NOT "x"~2^4) [a TO b] +must -not /re.*/ \\',
    "open quote": '"Calder Star',
    "quotes of all kinds": "“Calder Star” «Kestrel» ‘x’ ''",
    "control characters": "depot\x00\x1b[31m\x07 strike\u202e",
    "half a surrogate pair": "depot \ud800 strike",
    "another language": "Combien de wagons ont été détruits à Orlosk ?",
    "no letters of English": "货船 事故 нефть الميناء",
    "only punctuation": "?!… —",
    "a very long word": "a" * 5000,
    "digits": "1,200.5 97",
}


@pytest.mark.parametrize("query", ODD_QUERIES.values(), ids=ODD_QUERIES)
def test_any_text_is_a_query(desk: Newsdesk, query: str) -> None:
    found = desk.search(Question(query, day=date(2026, 4, 9)), 3)
    assert len(found.evidence) <= 3
    json.dumps(retrieval_json(found))
    assert "\x1b[31m" not in shown(desk, query)


def test_an_empty_query_is_wrong_usage(desk: Newsdesk) -> None:
    with pytest.raises(UsageError):
        desk.search(Question(" \n"), 3)


def test_filters_that_match_nothing_find_nothing(desk: Newsdesk) -> None:
    assert not desk.search(Question("strike", Filters(until=date(1900, 1, 1))), 3).evidence
    assert shown(desk, "strike").startswith("1")


def test_an_empty_library_has_no_evidence(tmp_path: Path) -> None:
    with open_newsdesk(Settings(library=str(tmp_path / "library")), create=True) as empty:
        assert empty.search(Question("strike since March", day=date(2026, 4, 9)), 3).evidence == ()


def test_every_match_is_a_word_of_the_article_and_the_scores_add_up(desk: Newsdesk) -> None:
    found = retrieval_json(desk.search(Question("Calder Star containers"), 4))
    for passage in found["evidence"]:
        text = desk.library.article(passage["article_id"]).text
        words = {text[match["start"] : match["end"]].lower() for match in passage["matches"]}
        assert words <= {"calder", "star", "container", "containers"}
    first = found["evidence"][0]
    assert first["matches"]
    assert first["score"] == pytest.approx(sum(feature["adds"] for feature in first["features"]))


def test_the_terminal_says_why_and_explains_when_asked(desk: Newsdesk) -> None:
    plain, explained = shown(desk, "Calder Star containers"), shown(desk, "Calder Star containers", explain=True)
    assert "by words" in plain
    assert "says containers" in plain
    assert "× " not in plain
    assert "article coverage" in explained
    assert "BM25" in explained


def test_a_misspelt_name_is_found_and_that_is_said(desk: Newsdesk) -> None:
    found = desk.search(Question("What burnt at Orlozk?"), 3)
    assert any("orlosk" in note for note in found.understood.notes)
    assert "Orlosk" in found.evidence[0].passage.text


SPELLINGS = ("Kataib Hezbollah", "Kata'ib Hizbullah", "Kateb Hezbollah")


@pytest.mark.parametrize("written", SPELLINGS)
def test_the_spellings_of_a_name_meet(tmp_path: Path, written: str) -> None:
    (tmp_path / "militia.txt").write_text(
        f"Base shelled\n\nThe group {written} said it had shelled the base at dawn.\n"
    )
    (tmp_path / "bread.txt").write_text("Bread dearer\n\nThe price of bread rose again in the market of the capital.\n")
    with open_newsdesk(Settings(library=str(tmp_path / "library")), create=True) as desk:
        desk.ingest([str(tmp_path / "militia.txt"), str(tmp_path / "bread.txt")])
        for asked in SPELLINGS:
            found = desk.search(Question(f"What did {asked} do?"), 2)
            first = found.seen[0]
            assert "shelled" in found.evidence[0].passage.text
            assert first.found.words_rank == 1
