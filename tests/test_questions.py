"""What is read off a question: its parts, what each wants, its names and years."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.questions import content_stems, read_question, spans, stem, words


@dataclass(frozen=True, slots=True)
class Case:
    question: str
    wants: tuple[str, ...]
    names: tuple[str, ...] = ()


CASES = (
    Case("When does the truce lapse?", ("date",)),
    Case("What year was the dam built?", ("date",)),
    Case("How many containers fell off the Calder Star?", ("number",), ("Calder Star",)),
    Case("What share of trains ran on Monday?", ("number",)),
    Case("What is the new price of the deal?", ("number",)),
    Case("Who runs the port?", ("person",)),
    Case("Where is Mount Logan?", ("place",), ("Mount Logan",)),
    Case("Why did the gate jam?", ("reason",)),
    Case("What did Everett Pascoe say about the cost?", ("quote",), ("Everett Pascoe",)),
    Case("How did the union respond to the offer?", ("quote",)),
    Case("Which ship was hit?", ("anything",)),
    Case("Calder Star container loss", ("anything",), ("Calder Star",)),
    Case("When was the Calder Star hit, and how many boxes fell?", ("date", "number"), ("Calder Star",)),
    Case("What is the function of insulin and where is it produced?", ("anything", "place")),
    Case("Who signed the deal, when was it signed, and why?", ("person", "date", "reason")),
    Case("What was settled when the strike ended?", ("anything",)),
    Case("When the strike ended, what was settled?", ("anything",)),
    Case("During the flood, who was warned?", ("person",)),
    Case("How has the toll changed since Monday?", ("change",)),
    Case("In which years was the plate bent, and since when did they know?", ("date", "date")),
    Case("How many posts were promised and what the union wanted?", ("number",)),
    Case("Was it raining and did the pilot know?", ("anything", "anything")),
    Case("Who said salt and pepper were scarce?", ("person",)),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
def test_the_parts_of_a_question_and_what_they_want(case: Case) -> None:
    asked = read_question(case.question)
    assert tuple(part.wants for part in asked.parts) == case.wants
    assert asked.names == case.names


@pytest.mark.parametrize(
    ("question", "versions"),
    [
        ("How has the death toll changed since Monday?", True),
        ("What did the strike cost, and do the sources agree?", True),
        ("Compare the first and the latest offer.", True),
        ("How many people died?", False),
        ("What is the difference between a word and a morpheme?", False),
    ],
)
def test_a_question_about_versions_is_told_from_one_about_a_fact(question: str, versions: bool) -> None:
    assert read_question(question).versions is versions


def test_a_part_that_only_points_to_a_name_takes_it_over() -> None:
    first, second = read_question("Who owns the Calder Star and where is it now?").parts
    assert first.names == second.names == ("Calder Star",)
    assert {"calder", "star"} <= second.terms


def test_reading_takes_time_in_proportion_to_the_length() -> None:
    """Eight times the words cost 64 or 512 times where a pattern looks back from every one of them."""

    def seconds(count: int) -> float:
        question = "Ferry " + " ".join(f"word{number} ferry" for number in range(count)) + "?"
        taken = []
        for _ in range(3):
            begun = time.process_time()
            read_question(question)
            taken.append(time.process_time() - begun)
        return min(taken)

    assert seconds(4_000) < 30 * seconds(500)


def test_the_calendar_and_the_first_word_are_no_names() -> None:
    assert read_question("Approximately how many left in March, on Friday?").names == ()
    assert read_question("Did Marlow Fork’s mayor resign in 2025?").names == ("Marlow Fork",)


def test_what_is_joined_to_the_front_of_a_name_is_of_it() -> None:
    assert read_question("What is Muhannad al-Aqabi’s post?").names == ("Muhannad al-Aqabi",)
    assert read_question("What did Giscard d'Estaing say of the post-Covid years?").names == (
        "Giscard d'Estaing",
        "Covid",
    )


def test_years_are_the_four_digits_of_a_year() -> None:
    assert read_question("How many of the 3500 left in 1999 and 2026?").years == {"1999", "2026"}


def test_words_lose_case_and_possessive_endings() -> None:
    assert words("The ship’s crew, 1,200 strong, wasn't Smith's.") == [
        "the",
        "ship",
        "crew",
        "1,200",
        "strong",
        "wasn't",
        "smith",
    ]


def test_threads_stem_without_getting_into_each_others_words() -> None:
    endings = ("lationed", "essness", "ivity", "ingly", "icated")
    words = [f"{start}{end}" for start in "abcdefgh" for end in endings] * 20
    alone = [stem.__wrapped__(word) for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda _: [stem.__wrapped__(word) for word in words], range(8)))
    finally:
        sys.setswitchinterval(interval)
    assert together == [alone] * 8


def test_stems_leave_out_stop_words() -> None:
    assert content_stems("How many containers were falling?") == {"contain", "fall"}
    assert stem("containers") == stem("container")


@given(st.text(max_size=200))
def test_any_text_reads_as_at_least_one_part(text: str) -> None:
    asked = read_question(text)
    assert asked.parts
    assert all(part.text in asked.text for part in asked.parts)


@given(st.text(max_size=200))
def test_each_word_stands_where_its_span_starts(text: str) -> None:
    for start, word in spans(text):
        assert text[start:].casefold().startswith(word[:1])
