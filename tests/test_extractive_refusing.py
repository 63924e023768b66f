"""What the writer without a model finds missing, and how it says so: relations, periods, bodies, false premises."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.embedding import StaticEmbeddings
from pipeline.extractive import candidates, score, write_answer
from pipeline.extractive.gaps import missing_periods, unsaid
from pipeline.extractive.refusing import unconnected
from pipeline.extractive.wording import is_light, senses
from pipeline.questions import read_question
from pipeline.types import Evidence
from pipeline.writing import MISSING, NO_ANSWER, Task
from tests.evidence import passage

CRASH = passage(
    1,
    "A tram left the rails at Gellin Square on Tuesday and hit a bakery, injuring 14 people.",
    "Mirela Osk, who owns the bakery, said that she had been told to keep it closed for a month.",
    "The tram company Velo Transit said that the brakes had been checked in January.",
    title="Tram hits bakery at Gellin Square",
    published="2026-03-11",
)
REPORT = passage(
    2,
    "The Office for Track Safety approved the new brakes of Velo Transit on 2 May after tests in Gellin.",
    "Velo Transit had 61 drivers in 2024 and has 48 today.",
    "Its chief, Anton Brill, said that the company would train 20 more.",
    title="Velo Transit may run again",
    published="2026-05-03",
)
EVIDENCE = (CRASH, REPORT)


@pytest.fixture(scope="module")
def embeddings() -> StaticEmbeddings:
    return StaticEmbeddings()


def answer(question: str, embeddings: StaticEmbeddings, evidence: tuple[Evidence, ...] = EVIDENCE) -> str:
    return write_answer(Task(question, evidence), embeddings)


@dataclass(frozen=True, slots=True)
class Refusal:
    question: str
    says: str


REFUSALS = (
    # a relation that nobody speaks of
    Refusal("How much compensation has Mirela Osk received?", "“compensation” in connection with “Mirela Osk”"),
    Refusal("How large a fine did Velo Transit pay the court?", "“fine” or “pay” or “court”"),
    # another period
    Refusal("How many drivers did Velo Transit have in 2019?", "2019"),
    Refusal("How many people were injured at Gellin Square on 4 April 2026?", "4 April 2026"),
    # another body or person
    Refusal("What did the Track Safety Ombudsman demand of Velo Transit?", "“Track Safety Ombudsman”"),
    Refusal("What did Ilse Tarn say about the bakery?", "“Ilse Tarn”"),
    # somebody or something without a name
    Refusal("Which bakery did the tram hit at Gellin Square?", "No sentence found names the bakery."),
    # a premise that the evidence contradicts
    Refusal("Why did the Office for Track Safety reject the brakes?", "The question supposes “reject”, but"),
)


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: case.question)
def test_a_near_miss_is_refused_and_names_the_gap(case: Refusal, embeddings: StaticEmbeddings) -> None:
    draft = answer(case.question, embeddings)
    assert draft.startswith(NO_ANSWER)
    assert case.says in draft
    assert "[" not in draft


ANSWERED = (
    "How many people were hurt when the tram left the rails?",
    "Who owns the bakery at Gellin Square?",
    "How many drivers did Velo Transit have in 2024?",
    "When were the brakes cleared by the Office for Track Safety?",
    "What did Anton Brill say about training?",
    "When had Velo Transit checked the brakes?",
)


@pytest.mark.parametrize("question", ANSWERED)
def test_what_is_said_in_other_words_is_not_refused(question: str, embeddings: StaticEmbeddings) -> None:
    assert not answer(question, embeddings).startswith(NO_ANSWER)


def test_a_relation_that_the_articles_have_with_others_is_refused(embeddings: StaticEmbeddings) -> None:
    assert "“arrested”" in answer("Which managers of Velo Transit were arrested?", embeddings)


def test_a_refusal_shows_what_comes_nearest(embeddings: StaticEmbeddings) -> None:
    draft = answer("How much compensation has Mirela Osk received?", embeddings)
    assert "The nearest that is found: “Tram hits bakery at Gellin Square” (11 March 2026) says: " in draft


def test_a_part_that_is_not_said_is_named_beside_the_answer_to_the_other(embeddings: StaticEmbeddings) -> None:
    question = "How many people were injured at Gellin Square, and how much compensation has Mirela Osk received?"
    prose, missing = answer(question, embeddings).split("\n")
    assert "14 people" in prose
    assert missing.startswith(f"{MISSING} “how much compensation has Mirela Osk received”: ")
    assert "“compensation”" in missing


def test_what_a_part_turns_on_are_its_words_that_are_neither_names_nor_light(embeddings: StaticEmbeddings) -> None:
    asked = read_question("What was the total compensation that Mirela Osk received for the bakery in 2026?")
    _, reading = score(asked, candidates(EVIDENCE), embeddings)
    found = unsaid(reading, asked.parts[0])
    assert found.turning == ("compensation", "bakery")
    assert found.in_articles == ("compensation",)
    assert found.share_in_articles == 0.5


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How many people were injured in March 2026?", ()),
        ("How many people were injured in August 2026?", ("August 2026",)),
        ("How many people were injured last week?", ()),
        ("How many drivers does Velo Transit have?", ()),
    ],
)
def test_a_day_or_month_has_to_be_that_of_what_is_asked(
    question: str, missing: tuple[str, ...], embeddings: StaticEmbeddings
) -> None:
    asked = read_question(question)
    _, reading = score(asked, candidates(EVIDENCE), embeddings)
    assert missing_periods(reading, asked.parts[0]) == missing


def test_light_words_and_paraphrases() -> None:
    assert all(is_light(word) for word in ("tally", "changed", "april", "2019", "eleven", "recently", "who"))
    assert not any(is_light(word) for word in ("compensation", "mayor", "fined", "ferry"))
    assert senses("inoculated") & senses("vaccination")
    assert not senses("mayor") & senses("sheriff")


def test_names_that_stand_nowhere_together_are_not_connected(embeddings: StaticEmbeddings) -> None:
    _, reading = score(read_question("What did Mirela Osk tell Anton Brill?"), candidates(EVIDENCE), embeddings)
    assert unconnected(reading) == "No article found here speaks of “Mirela Osk” and “Anton Brill” together."
    assert not answer("What did Anton Brill say of Velo Transit?", embeddings).startswith(NO_ANSWER)


def test_a_part_that_asks_what_somebody_made_of_it_is_not_missed_for_its_verb(embeddings: StaticEmbeddings) -> None:
    raid = passage(
        3,
        "The warehouse that the Dunmar Brigade used in Sarvan was struck by a drone in June 2021.",
        "The Tallish militias blamed Corvia for the strike, which led them to move their stores to a camp called Ost.",
        "The camp lies in the hills north of Sarvan.",
        title="Where the Dunmar Brigade went",
    )
    draft = answer(
        "When was the warehouse that the Dunmar Brigade used in Sarvan hit, and "
        "what did the militias conclude from it?",
        embeddings,
        (raid, REPORT),
    )
    assert "June 2021" in draft
    assert "blamed Corvia" in draft
    assert MISSING not in draft
