"""Full text in plain language: what is found, what is not, and that nothing that anyone types raises."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.library.projection import Entry
from pipeline.library.words import WordIndex

TEXTS = {
    1: "Kata'ib Hezbollah fighters left Al Bukamal after the strikes.",
    2: "The World Health Organization (WHO) counted 1,200.5 tonnes in Zürich.",
    3: "Naïve cafés in São Paulo were crowded on the 10th.",
    4: "東京都は新しい橋を建設する。",
    5: "Москва сообщила о переговорах.",
    6: "أعلنت الحكومة عن خطة جديدة",
    7: "The running council runs the harbour bridge.",
    8: "The bridge over the harbour is run by others, and a council sits there.",
    9: "นายกรัฐมนตรีเดินทางไปเชียงใหม่",
    10: "Cafe\u0301 cul\u00adture is thriv\u200bing.",
    11: "Full width Ｎｅｗｓ from 2024.",
    12: "Who was it that said this, and why?",
}


def entry(number: int, text: str, title: str = "", heading: str = "") -> Entry:
    return Entry(number, title, heading, (text,), np.zeros(1, np.float32))


@pytest.fixture(scope="module")
def index() -> WordIndex:
    index = WordIndex(None)
    index.write((), [entry(number, text) for number, text in TEXTS.items()])
    return index


def ids(index: WordIndex, query: str, limit: int = 20, allowed: frozenset[int] | None = None) -> list[int]:
    return [hit.passage_id for hit in index.search(query, limit, allowed)]


@dataclass(frozen=True)
class Finding:
    query: str
    found: set[int]


FINDINGS = [
    Finding("bukamal", {1}),
    Finding("BUKAMAL?!", {1}),
    Finding("striking", {1}),
    Finding("What did the WHO count?", {2, 12}),
    Finding("who counted", {2}),
    Finding("1,200.5", {2}),
    Finding("200", set()),
    Finding("zurich", {2}),
    Finding("Zürich", {2}),
    Finding("naive cafes", {3, 10}),
    Finding("Sao Paulo", {3}),
    Finding("10th", {3}),
    Finding("橋", {4}),
    Finding("東京都", {4}),
    Finding("Москва", {5}),
    Finding("الحكومة", {6}),
    Finding("เชียงใหม่", {9}),
    Finding("culture thriving", {10}),
    Finding("news", {11}),
    Finding("zebra", set()),
    Finding("", set()),
    Finding("?!… -- ()", set()),
]


@pytest.mark.parametrize("case", FINDINGS, ids=lambda case: case.query or "empty")
def test_what_a_question_finds(index: WordIndex, case: Finding) -> None:
    assert set(ids(index, case.query)) == case.found


def test_a_question_of_stop_words_alone_is_searched_as_it_stands(index: WordIndex) -> None:
    assert ids(index, "who was it")[0] == 12


def test_capitals_throughout_are_no_acronyms(index: WordIndex) -> None:
    assert ids(index, "WHO COUNTED IT") == ids(index, "counted")


def test_a_quoted_phrase_counts_extra(index: WordIndex) -> None:
    plain, quoted = ("bridge harbour council run", '"council runs the harbour bridge" run')
    assert set(ids(index, plain)) == {7, 8}
    by_id = {hit.passage_id: hit.score for hit in index.search(quoted, 5)}
    loose = {hit.passage_id: hit.score for hit in index.search(quoted.replace('"', ""), 5)}
    assert by_id[7] > loose[7]
    assert by_id[8] == loose[8]


def test_title_and_heading_are_searched_and_weigh_less_than_the_text() -> None:
    index = WordIndex(None)
    index.write((), [entry(1, "drought x y"), entry(2, "x y z", title="drought x y"), entry(3, "z", heading="drought")])
    assert set(ids(index, "drought")) == {1, 2, 3}
    assert ids(index, "drought", allowed=frozenset({1, 2})) == [1, 2]


@pytest.mark.parametrize("limit", [1, 2, 7, 30, 100])
@pytest.mark.parametrize("share", [0.02, 0.5, 1.0])
def test_a_filter_keeps_the_order_of_the_rest_and_ties_go_by_id(limit: int, share: float) -> None:
    rng = np.random.default_rng(3)
    index = WordIndex(None)
    for start in (300, 0, 150):  # three segments, not in the order of the ids
        repeats = rng.integers(1, 4, 150)
        index.write((), [entry(start + k, "storm " * int(times) + "and rain") for k, times in enumerate(repeats)])
    everything = index.search("storm", 1000)
    assert len(everything) == 450
    assert [(-hit.score, hit.passage_id) for hit in everything] == sorted((-h.score, h.passage_id) for h in everything)
    allowed = frozenset(rng.choice(450, int(450 * share), replace=False).tolist())
    expected = [hit.passage_id for hit in everything if hit.passage_id in allowed][:limit]
    assert ids(index, "storm", limit, allowed) == expected


HOSTILE = [
    'title:"x" AND (text:y OR NOT *) ^9 ~2 [a TO b} /re(gex/ IN [',
    '"""" “„” «» "unclosed',
    '"a" "the of" "!!!" "one"',
    "\x00\x01\x1b[31m\u202e\ufeff\ud83d",
    "the of and",
    " ".join(f"word{n}" for n in range(10_000)),
    "storm " * 10_000,
    "x" * 1_000_000,
    "東" * 50_000,
    "\\ \\\" ' OR 1=1; --",
    "🎉🎉 👩‍👩‍👧 ✓",
]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query[:20]))
def test_hostile_questions_get_an_answer(index: WordIndex, query: str) -> None:
    assert len(index.search(query, 5)) <= 5


def test_a_long_question_still_finds_its_rare_words(index: WordIndex) -> None:
    assert ids(index, " ".join(f"bridge harbour word{n}" for n in range(5_000)) + " Bukamal")[0] in {1, 7, 8}


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.integers(0, 30))
@example('"a b" \x00', 0)
def test_any_text_is_a_question(query: str, limit: int) -> None:
    index = WordIndex(None) if limit == 30 else SHARED
    hits = index.search(query, limit)
    assert len(hits) <= limit
    assert hits == index.search(query, limit)


SHARED = WordIndex(None)
SHARED.write((), [entry(number, text) for number, text in TEXTS.items()])
