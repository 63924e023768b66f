"""Sentence boundaries: what ends a sentence in each language, and that offsets are exact whatever the text."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sentences import split


@dataclass(frozen=True)
class Case:
    name: str
    sentences: tuple[str, ...]
    joiner: str = " "
    language: str = ""


CASES = (
    Case("plain", ("The dam held.", "The road did not.")),
    Case("initialism before a noun", ("U.S. forces left the base.", "Nobody replaced them.")),
    Case("initialism before a starter", ("He moved to the U.S.", "The rest stayed.")),
    Case("titles", ("Mr. Smith met Dr. Jones and Gen. Osterle.", "Mrs. Hale did not come.")),
    Case("number abbreviation", ("She lives at No. 5.", "He said no.", "That was it.")),
    Case("clock and weekday", ("It opened at 5 p.m. Tuesday and shut at 9 a.m. ET.", "At 6 a.m.", "Nobody came.")),
    Case("month", ("The vote is on Jan. 3.", "It was put off in Dec. 2019.")),
    Case("decimals", ("Prices rose 3.5 percent to $1.25.", "Wages did not.")),
    Case("address", ("See example.com or write to a.b@example.com.", "Both work.")),
    Case("initials", ("J.K. Rowling met George W. Bush.", "J. D. Vance was there.")),
    Case("letter at the end", ("There is no plan B.", "The committee knew.")),
    Case("latin abbreviation", ("Bring fruit, e.g., apples, i.e. no nuts.", "Pay for tea, etc.", "They did.")),
    Case("company", ("Acme Inc. Chairman Lee resigned from Acme Corp.", "The board met.")),
    Case("junior", ("Robert Downey Jr. Stars were there.",)),
    Case("not an abbreviation", ("She buys works of art.", "The sun.", "It was on.", "Ask me.")),
    Case("quotation ends", ("“They will fight in the country.”", "He said so.")),
    Case("question inside a quotation", ("“Really?” he asked.", "“No!” Mr. Smith said.", "“Then go!”", "They went.")),
    Case("straight quotes", ('He said "go."', "They went.")),
    Case("glued", ("It is a danger to Israel.", "According to Iran, it is not."), ""),
    Case("glued after a quotation", ("“We go.”", "They went.", "“So be it.”"), ""),
    Case("glued before a straight quotation", ("She spoke.", '"We go."', "They went."), ""),
    Case("glued after a year", ("It closed in 2020.", "The end came later."), ""),
    Case("ellipsis", ("Well…", "Then he left...", "Nobody knew … until today.")),
    Case("lower-case brand", ("Sales fell.", "iPhone sales rose.")),
    Case("parentheses", ("(He left.)", "She stayed (for a while).", "[Applause.]", "Good.")),
    Case("numbered lines", ("1. The first item", "2. The second item."), "\n"),
    Case("lines", ("A headline without a stop", "A first paragraph."), "\n"),
    Case(
        "German", ("Am 3. Oktober kam Dr. Müller, z. B. mit dem Zug.", "Er blieb bis zum 21. Jahrhundert."), " ", "de"
    ),
    Case("German quotes", ("„Wir gehen.“", "Sie blieben.")),
    Case("French", ("M. Macron a parlé.", "« Vraiment ? »", "Mme. Borne est partie !", "C’est fini.")),
    Case("Spanish", ("El Sr. López llegó a EE. UU. ayer.", "¿Qué pasó?", "¡Nada!")),
    Case("Russian", ("В 2020 г. Москва росла, т. е. строилась.", "А. С. Пушкин жил на ул. Мойка.", "Он писал.")),
    Case("Arabic", ("قال د. أحمد ذلك.", "هل هذا صحيح؟", "نعم.")),
    Case("Persian", ("او رفت.", "آیا برمی‌گردد؟", "نه.")),
    Case("Hebrew", ("הוא הלך.", "האם יחזור?", "לא.")),
    Case("Chinese", ("他来了。", "“真的吗？”", "她笑了！"), ""),
    Case("Japanese", ("「行く。」と述べた。", "終わり。"), ""),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_splits_where_a_reader_would(case: Case) -> None:
    found = split(case.joiner.join(case.sentences), language=case.language)
    assert tuple(sentence.text for sentence in found) == case.sentences


def test_a_stretch_keeps_offsets_of_the_whole_text() -> None:
    text = "Out. First here. Second here. Out."
    found = split(text, 5, 29)
    assert [(sentence.start, sentence.end, sentence.text) for sentence in found] == [
        (5, 16, "First here."),
        (17, 29, "Second here."),
    ]


def test_hard_wrapped_lines_go_on_and_short_lines_do_not() -> None:
    wrapped = (
        "The council voted late on Tuesday to dredge the harbour before\n"
        "Christmas and to pay for the work out of its own reserves, the\n"
        "mayor said. Nobody objected."
    )
    assert len(split(wrapped)) == 2
    assert [sentence.text for sentence in split("Apples\nPears and plums\nNuts")] == [
        "Apples",
        "Pears and plums",
        "Nuts",
    ]


TEXTS = st.one_of(
    st.text(),
    st.text(alphabet=" .!?…。\"'“”’«»()[]\nAaBb1é他א-–,:•*\u200b\t"),
    st.lists(st.sampled_from([*"“”\"'. \n", "U.S.", "Mr. Smith", "5 p.m.", "He", "said", "…", "Israel.According"])).map(
        "".join
    ),
)


@given(TEXTS)
def test_sentences_hold_every_visible_character_once(text: str) -> None:
    found = split(text)
    covered = [index for sentence in found for index in range(sentence.start, sentence.end)]
    assert covered == sorted(set(covered))
    assert {index for index, char in enumerate(text) if not char.isspace()} <= set(covered)
    for sentence in found:
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip() != ""


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_a_stretch_is_split_within_its_bounds(text: str, first: int, second: int) -> None:
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    found = split(text, start, end)
    assert all(start <= sentence.start < sentence.end <= end for sentence in found)
    assert "".join("".join(sentence.text.split()) for sentence in found) == "".join(text[start:end].split())


@pytest.mark.parametrize("unit", ["a.", 'a."b', "x\n", "“", "A. ", "1.", "word ", "…"])
def test_text_without_a_sentence_end_takes_linear_time(unit: str) -> None:
    """A hundred thousand repeats would not come back if the rules looked at the whole text at each mark."""
    text = unit * (100_000 // len(unit))
    assert "".join(sentence.text for sentence in split(text)).replace(" ", "") == text.replace(" ", "").replace(
        "\n", ""
    )
