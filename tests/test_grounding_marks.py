"""Drafts taken apart: marks, sections, refusals, what a draft must not hold."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.grounding import Draft, DraftSentence, Mark, parse_draft


def sentences(draft: str) -> list[tuple[str, list[str]]]:
    return [(sentence.text, [str(mark) for mark in sentence.marks]) for sentence in parse_draft(draft).sentences]


@dataclass(frozen=True)
class Row:
    """A draft and its sentences with their marks."""

    id: str
    draft: str
    expected: tuple[tuple[str, list[str]], ...]


ROWS = (
    Row(
        "after the stop", "It rained. [2.4] It stopped. [3.1]", (("It rained.", ["[2.4]"]), ("It stopped.", ["[3.1]"]))
    ),
    Row(
        "before the stop", "It rained [2.4]. It stopped [3.1].", (("It rained.", ["[2.4]"]), ("It stopped.", ["[3.1]"]))
    ),
    Row("list", "It rained. [2.4, 3.1]", (("It rained.", ["[2.4]", "[3.1]"]),)),
    Row("side by side", "It rained. [2.4][3.1] [3.2]", (("It rained.", ["[2.4]", "[3.1]", "[3.2]"]),)),
    Row("range", "It rained. [2.4-2.6]", (("It rained.", ["[2.4]", "[2.5]", "[2.6]"]),)),
    Row("short range", "It rained. [2.4–6]", (("It rained.", ["[2.4]", "[2.5]", "[2.6]"]),)),
    Row("spaces", "It rained . [ 2.4 ]", (("It rained.", ["[2.4]"]),)),
    Row("full-width", "It rained.【2.4】", (("It rained.", ["[2.4]"]),)),
    Row(
        "within",
        "Rain fell in Pell [1.1] and in Tarn [1.2].",
        (("Rain fell in Pell and in Tarn.", ["[1.1]", "[1.2]"]),),
    ),
    Row(
        "no stop",
        "- rain in Pell [1.1]\n- snow in Tarn [1.2]",
        (("rain in Pell", ["[1.1]"]), ("snow in Tarn", ["[1.2]"])),
    ),
    Row(
        "abbreviation",
        "He left the U.S. [1.1] on Monday. [1.2]",
        (("He left the U.S. on Monday.", ["[1.1]", "[1.2]"]),),
    ),
    Row("uncited first", "It rained. It stopped. [3.1]", (("It rained.", []), ("It stopped.", ["[3.1]"]))),
    Row(
        "quotation of two",
        "She said: “It rained. It stopped.” [3.1]",
        (("She said: “It rained. It stopped.”", ["[3.1]"]),),
    ),
    Row("hard wrapped", "It rained in\nPell. [2.4]", (("It rained in Pell.", ["[2.4]"]),)),
    Row(
        "line ends at the mark",
        "It rained [1.1]\nIt stopped [1.2]",
        (("It rained", ["[1.1]"]), ("It stopped", ["[1.2]"])),
    ),
    Row("referent stays", "[Kataib Hezbollah] is a threat. [2.4]", (("[Kataib Hezbollah] is a threat.", ["[2.4]"]),)),
    Row("year in brackets stays", "He won in [2019]. [2.4]", (("He won in [2019].", ["[2.4]"]),)),
    Row("emphasis", "**It rained** in `Pell`. [2.4]", (("It rained in Pell.", ["[2.4]"]),)),
    Row(
        "numbered", "1. It rained. [2.4]\n2) It stopped. [3.1]", (("It rained.", ["[2.4]"]), ("It stopped.", ["[3.1]"]))
    ),
    Row("same mark twice", "It rained. [2.4] [2.4]", (("It rained.", ["[2.4]"]),)),
    Row("empty", " \n ", ()),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_sentences_and_marks(row: Row) -> None:
    assert tuple(sentences(row.draft)) == row.expected


@pytest.mark.parametrize(
    ("draft", "finding"),
    [
        ("It rained. [2]", "the mark “[2]” cites a passage, not a sentence"),
        ("It rained. [2.4, 3]", "the mark “[3]” cites a passage, not a sentence"),
        ("It rained. [2.6-2.4]", "the mark “[2.6-2.4]” is malformed"),
        ("It rained. [2.4-3.1]", "the mark “[2.4-3.1]” is malformed"),
        ("It rained. [2.1-2.900]", "the mark “[2.1-2.900]” is malformed"),
        ("It rained. [source 2.4]", "the mark “[source 2.4]” is malformed"),
        ("It rained. [^1]", "the mark “[^1]” is malformed"),
        ("It rained. [2.4.1]", "the mark “[2.4.1]” is malformed"),
        ("It rained. [2.4", "the mark “[2.4” is not complete"),
    ],
)
def test_what_looks_like_a_mark_and_is_none_is_a_finding(draft: str, finding: str) -> None:
    (sentence,) = parse_draft(draft).sentences
    assert sentence.text == "It rained."
    assert finding in sentence.malformed


@pytest.mark.parametrize(
    ("draft", "text", "finding"),
    [
        ("See [the dam](https://x.example/a?b=(c)) now. [1.1]", "See the dam now.", "link removed"),
        ("See https://x.example/a now. [1.1]", "See now.", "link removed"),
        ("A dam ![dam](https://x.example/p.png) broke. [1.1]", "A dam broke.", "image removed"),
        ("A dam <img src=x onerror=y> broke. [1.1]", "A dam broke.", "HTML removed"),
        ("A <b>dam</b> broke. [1.1]", "A dam broke.", "HTML removed"),
        ("A dam\x1b broke.\u202e [1.1]", "A dam broke.", "control characters removed"),
        ("See [the dam](javascript:alert(1)) now. [1.1]", "See the dam now.", "link removed"),
    ],
)
def test_what_a_draft_must_not_hold_is_taken_out_and_said(draft: str, text: str, finding: str) -> None:
    assert parse_draft(draft).sentences == (DraftSentence(text, (Mark(1, 1),), (), (finding,)),)


def test_a_reference_definition_leaves_nothing_to_follow() -> None:
    draft = parse_draft("A dam broke. [1.1]\n\n[1]: https://x.example/steal?q=1")
    assert all("x.example" not in sentence.text for sentence in draft.sentences)
    assert draft.sentences[-1].removed in ((), ("link removed",))


def test_headings_open_sections() -> None:
    draft = parse_draft(
        "Lead. [1.1]\n## Bottom line [1.9]\nIt rained. [1.2]\n**Key points**\n- It stopped. [1.3]\n# Empty"
    )
    assert [(section.title, len(section.sentences)) for section in draft.sections] == [
        ("", 1),
        ("Bottom line", 1),
        ("Key points", 1),
        ("Empty", 0),
    ]


def test_refusals_and_gaps_are_no_sentences() -> None:
    assert parse_draft("NO ANSWER: nothing on the **price** of rice.") == Draft(
        no_answer="nothing on the price of rice."
    )
    draft = parse_draft("It rained. [1.1]\nMISSING: how long\n- Missing: where\nMISSING:")
    assert (draft.missing, draft.no_answer, len(draft.sentences)) == (("how long", "where"), None, 1)


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_parsing_never_raises(text: str) -> None:
    draft = parse_draft(text)
    assert all(sentence.text or sentence.marks or sentence.malformed for sentence in draft.sentences)


_PIECES = st.sampled_from(
    ["[2.4]", "[2", "2.4]", "[", "]", "It rained.", " ", "\n", "## ", "“", '"', "NO ANSWER:", "](", "<b>", "-"]
)


@given(st.lists(_PIECES, max_size=25).map("".join))
@example("[[2.4]2.4]")
@example("It rained. [ [2.4] 2.4]")
@settings(max_examples=150, deadline=None)
def test_no_mark_is_left_in_a_text(text: str) -> None:
    assert all("[2.4]" not in sentence.text for sentence in parse_draft(text).sentences)
