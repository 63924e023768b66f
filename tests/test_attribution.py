"""Who says a sentence: tables of sentences, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.attribution import read_article
from pipeline.attribution.speakers import UNNAMED
from pipeline.grounding.words import read
from tests.attribution_rows import HELD_OUT, TUNED, Row


@pytest.mark.parametrize("row", TUNED, ids=lambda row: row.sentences[row.at][:60])
def test_who_says_it(row: Row) -> None:
    said = read_article(row.sentences)[row.at].attribution
    assert (said.chain, said.stance if said.chain else row.stance) == (row.chain, row.stance)


def test_most_of_the_sentences_never_looked_at() -> None:
    right = [
        row
        for row in HELD_OUT
        if (said := read_article(row.sentences)[row.at].attribution).chain == row.chain
        and (not said.chain or said.stance == row.stance)
    ]
    assert len(right) >= 59, f"{len(right)} of {len(HELD_OUT)}"


def test_the_publisher_of_an_article_passes_nothing_on_to_itself() -> None:
    sentence = "The bridge is shut, Ida Korr told the Pell Post."
    assert read_article((sentence,), "The Pell Post")[0].attribution.chain == ("Ida Korr", "Pell Post")
    assert read_article((sentence,), "Pell Post")[0].attribution.chain == ("Ida Korr",)


PIECES = st.lists(
    st.sampled_from(
        (
            *("“", "”", '"', ",", ".", ";", "’s", "(", ")", " that ", " who ", " and ", " but ", " by ", " as "),
            *(" said ", " told ", " denied ", " according to ", " citing ", " quoted ", " is said to ", " allegedly "),
            *("Ida Korr", "Mr Korr", "she", "the ministry", "Radio Pell", "the mayor", " on Monday", "The dykes hold"),
        )
    ),
    max_size=14,
).map("".join)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES | st.text(max_size=40), max_size=5))
def test_names_nobody_whom_the_article_does_not_name(sentences: list[str]) -> None:
    known = set(keys_of(" ".join(sentences)))
    for said in read_article(tuple(sentences)):
        for name in said.attribution.chain:
            assert name == UNNAMED or set(keys_of(name)) <= known


def keys_of(text: str) -> list[str]:
    return [token.lower for token in read(text) if token.kind == "word"]
