"""What a question asks as a predicate with its sides, how far a sentence says it, and names in capital letters."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.embedding import StaticEmbeddings
from pipeline.extractive import candidates, score
from pipeline.extractive.acronyms import spelled_out
from pipeline.extractive.frames import Frame, frame_of
from pipeline.extractive.support import SUPPORT, Support
from pipeline.questions import read_question
from tests.evidence import passage

FRAMES = (
    ("When did Sarvan fall to the rebels?", Frame("fall", ("sarvan",), ("rebels",), "beside")),
    ("Who killed Muldan?", Frame("killed", (), ("muldan",), "subject")),
    ("When was the Dunmar Brigade founded?", Frame("founded", (), ("dunmar", "brigade"), "beside")),
    ("By whom was the bridge built?", Frame("built", (), ("bridge",), "object")),
    ("Which aircraft were used?", Frame("used", (), (), "object")),
    ("What has Tarn accused Corvia of?", Frame("accused", ("tarn",), ("corvia",), "object")),
    ("How many seats will the east stand hold?", Frame("hold", ("east", "stand"), (), "object")),
    ("How many people live in Qazal?", Frame("live", (), ("qazal",), "subject")),
    ("How many sheep were killed by wolves?", Frame("killed", ("wolves",), (), "object")),
    ("Why did the Civaux plant reduce its power?", Frame("reduce", ("civaux", "plant"), ("power",), "beside")),
    ("Who is the mayor of Oule?", Frame("", (), ("mayor", "oule"), "subject")),
)


@pytest.mark.parametrize(("question", "frame"), FRAMES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_question_is_read_as_a_predicate_with_its_sides(question: str, frame: Frame) -> None:
    assert frame_of(question) == frame


@dataclass(frozen=True, slots=True)
class Row:
    """Of two sentences, `says` has more of a feature for a question than `other` has."""

    question: str
    feature: str
    says: str
    other: str


ROWS = (
    Row("Who killed Muldan?", "open side", "Osk killed Muldan in 2020.", "Muldan was killed in 2020."),
    Row("Who killed Muldan?", "open side", "Muldan was killed by Osk in 2020.", "Muldan was killed near Osk in 2020."),
    Row("Who killed Muldan?", "sides", "A sniper killed Muldan in May.", "Muldan killed a sniper in May."),
    Row("Why did Corvia attack Tarn?", "exchanged", "Tarn attacked Corvia.", "Corvia attacked Tarn."),
    Row(
        "When did Sarvan fall?",
        "filler verb",
        "Sarvan fell on Tuesday.",
        "Sarvan fell after a siege, the army said on Tuesday.",
    ),
    Row(
        "When was the mill built?",
        "filler",
        "The mill was built in 1871.",
        "The mill, which was built of oak, burned in 1871.",
    ),
    Row("Why did Osk resign?", "predicate said", "Osk quit over the leak.", "Osk spoke of the leak."),
    Row("What did the mayor conclude?", "predicate said", "The mayor decided to stay.", "The mayor stood closely by."),
)


@pytest.fixture(scope="module")
def embeddings() -> StaticEmbeddings:
    return StaticEmbeddings()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.feature}: {row.question}")
def test_a_sentence_is_held_against_the_frame(row: Row, embeddings: StaticEmbeddings) -> None:
    evidence = (passage(1, row.says, title="One"), passage(2, row.other, title="Two"))
    scores, reading = score(read_question(row.question), candidates(evidence), embeddings)
    says, other = Support(reading).features(scores)[0, :, list(SUPPORT).index(row.feature)]
    assert says > other


def test_an_acronym_is_met_where_its_name_is_spelled_out(embeddings: StaticEmbeddings) -> None:
    question = "What did the PMU say?"
    assert spelled_out(question, ["The Popular Mill Union said no."]) == {"pmu": ("popular", "mill", "union")}
    assert spelled_out(question, ["The Popular Union said no."]) == {}
    evidence = (passage(1, "The Popular Mill Union said no."), passage(2, "The Owners said yes."))
    _, reading = score(read_question(question), candidates(evidence), embeddings)
    assert reading.tables.hits[reading.tables.asked_words.index("pmu")].tolist() == [0.9, 0.0]
