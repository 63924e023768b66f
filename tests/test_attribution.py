"""Who says a sentence: tables of sentences, and what holds for any text."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.attribution import attributed, read_article
from pipeline.attribution.speakers import UNNAMED
from pipeline.grounding.words import read
from pipeline.types import Citation, Statement, Support
from tests.attribution_rows import HELD_OUT, TUNED, Row
from tests.evidence import passage


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


@dataclass(frozen=True)
class Kept:
    """What an answer says, made of the last sentence of an article, and what is said in its place."""

    article: tuple[str, ...]
    text: str
    kept: str
    support: Support = "supported"


KORR = "Ida Korr, the mayor, said the dykes were ready."
KEPT = (
    Kept((KORR,), KORR, KORR),
    Kept((KORR, "“They will hold.”"), "“They will hold.”", "“They will hold” (according to Ida Korr)."),
    Kept(
        (KORR, "“They will hold,” she said."), "“They will hold,” she said.", "“They will hold,” she [Ida Korr] said."
    ),
    Kept(
        (KORR, "“He knows that he must go,” she said."),
        "“He knows that he must go,” she said.",
        "“He knows that he must go,” she [Ida Korr] said.",
    ),
    Kept(("“We had a tip,” he said.", "“It was a good one.”"), "“It was a good one.”", "“It was a good one.”"),
    Kept(("He is said to have fled.", "“It was over.”"), "“It was over.”", "“It was over.”"),
    Kept(
        (KORR, "“The old dykes will hold until the spring.", "The town needs no help from the army.”"),
        "The town needs no help from the army.",
        "The town needs no help from the army.",
        "weak",
    ),
    Kept((KORR, "The rain stopped at noon."), "The rain stopped at noon.", "The rain stopped at noon."),
)


@pytest.mark.parametrize("case", KEPT, ids=lambda case: case.text)
def test_an_answer_keeps_who_says_it(case: Kept) -> None:
    item = passage(1, *case.article)
    sentences = item.passage.sentences
    cited = Citation(item.article, sentences[-1].start, sentences[-1].end, sentences[-1].text)
    statement = attributed(Statement(case.text, "supported", (cited,)), lambda article_id: sentences)
    assert (statement.text, statement.support) == (case.kept, case.support)
    assert statement.citations[0].attribution is not None
    if case.kept != case.text:
        assert len(statement.citations) == 2
    assert bool(statement.findings) == (case.support == "weak")


def test_a_sentence_of_another_article_is_left_as_it_is() -> None:
    item = passage(1, KORR)
    statement = Statement(KORR, "supported", (Citation(item.article, 0, len(KORR), KORR),))
    assert attributed(statement, lambda article_id: ()) == statement


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
