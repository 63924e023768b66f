"""What would answer a question, as finely as it asks, and where a sentence has it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.extractive.slots import Slot, slots, wanted
from pipeline.questions import read_question, words


@dataclass(frozen=True, slots=True)
class Row:
    question: str
    wants: Slot
    text: str
    found: str


ROWS = (
    Row("How old is Jelka Morn?", "age", "Jelka Morn, 58, left in 2019.", ", 58"),
    Row("How old is the bell?", "age", "The bell weighs 40 tonnes.", ""),
    Row("In which year was the mill built?", "year", "The mill of 1871 burned in March.", "1871"),
    Row("In which year was the mill built?", "year", "The mill burned in March.", ""),
    Row("What did the repair cost?", "money", "Repairs took 12 days and 3.5 million crowns.", "3.5 million crowns"),
    Row("What did the repair cost?", "money", "Repairs took 12 days.", ""),
    Row(
        "How much does the bell weigh?",
        "measure",
        "It has hung there for 90 years and weighs 4.1 tonnes.",
        "4.1 tonnes",
    ),
    Row("How long was the line shut?", "duration", "It was shut for nine weeks.", "nine weeks"),
    Row("What share of the seats is sold?", "share", "Some 61 per cent are sold.", "61 per cent"),
    Row("How many drivers left?", "count", "In 2019 there were 48 drivers.", "48"),
    Row("What is the name of the pilot?", "name", "The pilot was unhurt.", ""),
    Row("Which firm did the mill hire?", "name", "The mill has hired lawyers from Ostrava.", "Ostrava"),
    Row("Which firm did the mill hire?", "name", "The mill hired a firm on Monday.", ""),
    Row("Who blamed the mayor?", "name", "Iraqi officials blamed the mayor.", ""),
    Row("Where did they sleep?", "place", "They slept in a cold shelter.", "cold shelter"),
    Row("Where did they sleep?", "place", "They slept in turns on Friday.", ""),
    Row("How many villages fell?", "count", "They took several villages in a week.", ""),
    Row("When was the mill built?", "date", "It was built in 1871.", "1871"),
    Row("What did the mayor propose?", "anything", "The mayor proposed a toll of 3 crowns.", ""),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.question} {row.text}")
def test_a_sentence_has_what_is_wanted_or_not(row: Row) -> None:
    asked = read_question(row.question)
    part = asked.parts[0]
    assert wanted(part) == row.wants
    found = [row.text[start:end] for start, end in slots(part, row.text, frozenset(words(row.question)))]
    assert (row.found in found) if row.found else not found
