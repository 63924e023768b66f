"""Which sentence is given first: who somebody is, who has a role, what is of a kind; and what that is measured by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import pytest
import regex

from pipeline.embedding import StaticEmbeddings
from pipeline.extractive import candidates, score, write_answer
from pipeline.extractive.ranking import FILE, MEASURED, load_ranking, measured, ranked
from pipeline.extractive.support import Support
from pipeline.questions import read_question
from pipeline.writing import Task
from tests.evidence import passage

BRIGADE = passage(
    1,
    "The Torran Brigade is one of the oldest armed groups in the hills of Serat.",
    "“We want no more of their convoys here,” the Torran Brigade’s Abu Nabil al-Darwi told Radio Orun on Tuesday.",
    "Darwi is usually described as head of the Torran Brigade’s security office.",
    "Samir Khaddour, the leader of the Torran Brigade, was hurt in May when two lorries blew up in Orun.",
    title="Torran Brigade blocks the road to Orun",
    published="2026-03-12",
)
CROSSING = passage(
    2,
    "The crossing at Orun stayed shut for a third day, the customs office said.",
    "Farmers in Serat say that their milk has gone sour.",
    title="Orun crossing shut",
    published="2026-03-13",
)


@dataclass(frozen=True, slots=True)
class Case:
    question: str
    mark: str


@pytest.mark.parametrize(
    "case",
    [
        Case("Who is Abu Nabil al-Darwi?", "[1.3]"),
        Case("Who is Samir Khaddour?", "[1.4]"),
        Case("Who commands the Torran Brigade?", "[1.4]"),
        Case("Who is the head of the Torran Brigade?", "[1.4]"),
        Case("What is the Torran Brigade?", "[1.1]"),
    ],
    ids=lambda case: case.question,
)
def test_who_somebody_is_is_answered_by_the_sentence_that_says_so_alone(case: Case) -> None:
    draft = write_answer(Task(case.question, (BRIGADE, CROSSING)), StaticEmbeddings())
    assert regex.findall(r"\[\d+\.\d+\]", draft) == [case.mark]


@dataclass(frozen=True, slots=True)
class Measure:
    question: str
    feature: str
    expected: tuple[float, ...]
    """For the four sentences of BRIGADE."""


@pytest.mark.parametrize(
    "row",
    [
        Measure("Who is Abu Nabil al-Darwi?", "defines", (0, 0, 1, 0)),
        Measure("What did Abu Nabil al-Darwi tell Radio Orun?", "defines", (0, 0, 0, 0)),
        Measure("Who commands the Torran Brigade?", "defines", (0, 0, 0, 0.75)),
        Measure("Who killed the Torran Brigade?", "defines", (0, 0, 0, 0)),
        Measure("Who is Abu Nabil al-Darwi?", "person said", (0, 1, 1, 0)),
        Measure("Which vehicles were destroyed in Orun?", "kind", (0, 0, 0, 1)),
        Measure("Which ships were destroyed in Orun?", "kind", (0, 0, 0, 0)),
        Measure("What did Abu Nabil al-Darwi say?", "says", (0, 1, 0, 0)),
    ],
    ids=lambda row: f"{row.question} {row.feature}",
)
def test_what_is_seen_of_a_sentence(row: Measure) -> None:
    scores, reading = score(read_question(row.question), candidates((BRIGADE, CROSSING)), StaticEmbeddings())
    values = measured(Support(reading), scores)[0, :4, MEASURED.index(row.feature)]
    assert values.tolist() == pytest.approx(list(row.expected))


def test_every_weight_is_of_something_measured() -> None:
    stored = json.loads(files("pipeline.extractive").joinpath(FILE).read_text(encoding="utf-8"))
    assert set(stored["weights"]) == set(load_ranking()) <= set(MEASURED)


def test_the_order_is_finite_and_of_every_sentence() -> None:
    scores, reading = score(
        read_question("Who is Darwi, and when was he hurt?"), candidates((BRIGADE,)), StaticEmbeddings()
    )
    values = ranked(Support(reading), scores)
    assert values.shape == scores.shape == (2, 4)
    assert np.isfinite(values).all()
