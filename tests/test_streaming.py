"""A draft while it is written: what may be shown of it at any moment."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from pipeline.cli.streaming import _Page, shown_draft
from pipeline.rendering.safe import plain
from tests.evidence import passage

EVIDENCE = (
    passage(1, "The depot closed on 3 May.", "The ministry said so.", "Nobody was hurt."),
    passage(2, "The strike began on Monday.", "Trains stood still."),
)


@dataclass(frozen=True)
class Case:
    draft: str
    shown: str


CASES = (
    Case("", ""),
    Case("The", ""),
    Case("The depot", "The"),
    Case("The depot closed [1.", "The depot closed"),
    Case("The depot closed [1.1", "The depot closed"),
    Case("The depot closed [1.1]", "The depot closed"),
    Case("The depot closed [1.1]. ", "The depot closed.[1]"),
    Case("The depot closed. [1.1] ", "The depot closed.[1]"),
    Case("The depot closed [1.1, 2.1", "The depot closed"),
    Case("The depot closed [1.1, 2.1]. It", "The depot closed.[1][2]"),
    Case("The depot closed [1.1][2.1]. It did [1.1]. ", "The depot closed.[1][2] It did.[1]"),
    Case("The depot closed 【1.1】. ", "The depot closed.[1]"),
    Case("The depot closed [9.9]. All is well [1.2]. ", "The depot closed. All is well.[1]"),
    Case("The [new] depot of [2024] closed. ", "The [new] depot of [2024] closed."),
    Case("Look ![here](https://evil.example/?q=secret now", "Look"),
    Case("Look ![here](https://evil.example/?q=secret) now ", "Look now"),
    Case("Look [here", "Look"),
    Case("Look [here](https://evil.example) now ", "Look here now"),
    Case("Go to https://evil.example/a for more ", "Go to for more"),
    Case("Click <a href=https://evil", "Click"),
    Case("Click <b>here</b> now ", "Click here now"),
    Case("\x07Red\x1b text\u202e ", "Red text"),
    Case("\x1b[31mRed text ", ""),
    Case("NO ANSWER: the mayor’s name ", "the mayor’s name"),
    Case("NO ", ""),
    Case("NO ANSWER", ""),
    Case("No one was hurt [1.3]. ", "No one was hurt.[1]"),
    Case("Trains stood still [2.2].\nMISS", "Trains stood still.[1]"),
    Case("Trains stood still [2.2].\nMISSING: when they ran again ", "Trains stood still.[1]"),
    Case("## Bottom line\nTrains stood still [2.2]. ", "Bottom line\nTrains stood still.[1]"),
    Case("[1.1 and so on " + "and on " * 40, "and so on " + "and on " * 39 + "and on"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case.draft[:50]))
def test_what_is_shown_of_a_draft(case: Case) -> None:
    assert plain(shown_draft(case.draft, EVIDENCE)) == case.shown


def test_a_low_terminal_shows_the_end_of_the_draft() -> None:
    screen = io.StringIO()
    page = _Page("What happened at the depot on Monday?")
    page.show("The depot closed. " * 20 + "It was shut [1.1]. ", EVIDENCE)
    Console(file=screen, width=40, height=6).print(page, end="")
    lines = screen.getvalue().splitlines()
    assert len(lines) == 5
    assert "It was shut.[1]" in " ".join(lines)
    assert "not checked yet" in lines[-1]


PIECES = st.sampled_from(
    (
        *("[", "]", "【", "】", "(", ")", "<", ">", "!", ".", ",", "-", " ", "\n", "*", "#", "`", '"', "“"),
        *("1", "2", "9", "1.1", "2.2", "9.9", "[1.1]", "[1.1", "[2.1, 1.3]", "[1.1-1.3]", "【1.2】", "[source 1]"),
        *(
            "The depot closed",
            "word",
            "NO ANSWER:",
            "MISSING:",
            "## ",
            "- ",
            "https://evil.example/",
            "[x](",
            "![",
            "</",
        ),
        *("\x1b]8;;", "\u202e", "\u200b", "[2024]", "\r", "\t"),
    )
)
ANY_DRAFT = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60)
HALF_MARK = re.compile(r"[\[【]\s*\d+\s*\.")


@settings(deadline=None)
@given(ANY_DRAFT, st.integers(0, 200))
def test_no_mark_link_or_tag_is_ever_shown(draft: str, length: int) -> None:
    shown = shown_draft(draft[:length], EVIDENCE)
    assert not HALF_MARK.search(shown)
    assert "https://" not in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


SENTENCES = st.lists(
    st.tuples(
        st.lists(
            st.sampled_from(("trains", "stood", "still", "near", "Orlosk", "on", "Monday")), min_size=2, max_size=6
        ),
        st.lists(st.tuples(st.integers(1, 2), st.integers(1, 2)), min_size=1, max_size=3, unique=True),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(SENTENCES, st.data())
def test_a_longer_draft_shows_the_same_and_more(
    sentences: list[tuple[list[str], list[tuple[int, int]], bool]], data: st.DataObject
) -> None:
    draft, expected = "", ""
    numbers: dict[tuple[int, int], int] = {}
    for words, marks, together in sentences:
        written = [f"{passage}.{sentence}" for passage, sentence in marks]
        text = " ".join(words).capitalize()
        draft += (
            f"{text} [{', '.join(written)}]. " if together else f"{text} {''.join(f'[{one}]' for one in written)}. "
        )
        expected += f"{text}." + "".join(f"[{numbers.setdefault(mark, len(numbers) + 1)}]" for mark in marks) + " "
    assert shown_draft(draft, EVIDENCE) == expected.strip()
    length = data.draw(st.integers(0, len(draft)))
    assert expected.startswith(shown_draft(draft[:length], EVIDENCE))
