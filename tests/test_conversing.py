"""Follow-ups as they stand alone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.conversing import Turn, standalone


@dataclass(frozen=True)
class Case:
    question: str
    alone: str
    before: str = "When was the depot at Orlosk hit?"
    answer: str = ""


DEPOT = "When was the depot at Orlosk hit?"
CASES = (
    Case("Who runs the Garrow Dam?", "Who runs the Garrow Dam?"),
    Case("Why?", "Why was the depot at Orlosk hit?"),
    Case("By whom?", "By whom was the depot at Orlosk hit?"),
    Case("And how often?", "How often was the depot at Orlosk hit?"),
    Case("Where was it?", "Where was the depot at Orlosk?"),
    Case("What was stored in it?", "What was stored in the depot at Orlosk?"),
    Case("Who owned its trucks?", "Who owned the depot at Orlosk’s trucks?"),
    Case("And the bridge at Pell?", "When was the bridge at Pell hit?"),
    Case("What about the one at Brantry?", "When was the depot at Brantry hit?"),
    Case("And in Brantry?", "When was the depot in Brantry hit?"),
    Case("How many people died?", "How many people died (the depot at Orlosk)?", answer="Nine people died."),
    Case("Tell me more.", "What else is known about the depot at Orlosk?"),
    Case("Who said that?", "Who said that about the depot at Orlosk?"),
    Case("What happened after that?", "What happened after the depot at Orlosk?"),
    Case("Are you sure?", "When was the depot at Orlosk hit?"),
    Case("Who was there?", "Who was in Orlosk?"),
    Case(
        "What did he say about the toll?",
        "What did Matyas Sabo say about the toll?",
        "Who is the mayor of Orlosk?",
        "The mayor, Matyas Sabo, said nine were dead.",
    ),
    Case("What was her reply?", "What was Ilse Varnak’s reply?", "What did Ilse Varnak tell the committee?"),
    Case("And Tomas Relje?", "What did Tomas Relje tell the committee?", "What did Ilse Varnak tell the committee?"),
    Case(
        "What about the ministry?",
        "What did the ministry say about the spill?",
        "What did Kestrel say about the spill?",
    ),
    Case("And in 2019?", "How many people died in 2019?", "How many people died in 2018?"),
    Case("and on Friday?", "How many people were displaced on Friday?", "How many people were displaced on Tuesday?"),
    Case("And in March?", "How many jobs will the plant create in March?", "How many jobs will the plant create?"),
    Case(
        "What about Stokely?",
        "How many people were displaced in Stokely?",
        "How many people were displaced in Brantry?",
    ),
    Case(
        "What does the second one want?",
        "What does Kestrel want?",
        "Who is in the quarrel?",
        "The quarrel is between Dunmarrow Port and Kestrel.",
    ),
    Case("Why not?", "Why did Kestrel not pay?", "Did Kestrel pay?"),
    Case(
        "Why?",
        "Why is it that Rosalind Achterberg blamed Kestrel?",
        "Who blamed Kestrel?",
        "It was Rosalind Achterberg.",
    ),
    Case("Did they agree?", "Did the two sides of the quarrel agree?", "What do the two sides of the quarrel want?"),
    Case(
        "Who brokered it?",
        "Who brokered the truce between Vesmar and Kordany?",
        "When does the truce between Vesmar and Kordany lapse?",
    ),
    Case("And the monitors?", "What do the monitors say about the strike?", "What does Vesmar say about the strike?"),
    Case("According to whom?", "According to whom was the load?", "How heavy was the load?"),
    Case("When did they report?", "When did the monitors report?", "What do the monitors say?"),
    Case("Is there a vaccine?", "Is there a vaccine (the Tarn fever)?", "What is the Tarn fever?"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.before[:30]} {case.question}")
def test_a_follow_up_stands_alone(case: Case) -> None:
    assert standalone(case.question, [Turn(case.before, case.answer)]) == case.alone


def test_without_a_turn_before_nothing_is_added() -> None:
    assert standalone("And in 2019?", []) == "And in 2019?"


def test_a_talk_goes_on_by_what_stood_alone() -> None:
    turns: list[Turn] = []
    for question in ("When was the depot at Orlosk hit?", "What was stored in it?", "And who says so?"):
        turns.append(Turn(standalone(question, turns)))
    assert [turn.question for turn in turns][1] == "What was stored in the depot at Orlosk?"


TEXT = st.text(max_size=60) | st.sampled_from([case.question for case in CASES])


@given(TEXT, st.lists(st.builds(Turn, TEXT, TEXT), max_size=3))
def test_any_text_is_taken_and_the_same_turns_give_the_same(question: str, history: list[Turn]) -> None:
    assert standalone(question, history) == standalone(question, tuple(history))


@pytest.mark.parametrize(
    "case",
    [
        Case("What did she say?", "What did she say about the Dunmarrow Line?", "Who runs the Dunmarrow Line?"),
        Case("Did she know that he left?", "Did Ada Crane know that he left?", "What did Ada Crane do?"),
        Case(
            "How much does it want?",
            "How much does the caterer (Pell) want?",
            "Which caterer supplies Pell?",
        ),
        Case("What did she do?", "What did Ada Crane do?", "Who is Ada Crane?"),
        Case(
            "When was it set up?",
            "When was the brief on Pell’s council set up?",
            "What is the brief on Pell’s council?",
        ),
        Case("Which of them are open?", "Which of the places (Pell) are open?", "Where can people sleep in Pell?"),
    ],
    ids=lambda case: case.question,
)
def test_whom_and_what_a_pronoun_does_not_mean(case: Case) -> None:
    assert standalone(case.question, [Turn(case.before, case.answer)]) == case.alone
