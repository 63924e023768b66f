"""How a question was looked for, in every form of an answer and a briefing, and read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pipeline.rendering.html import answer_html, briefing_html
from pipeline.rendering.jsonform import answer_json, briefing_json, json_text
from pipeline.rendering.markdown import answer_markdown, briefing_markdown
from pipeline.rendering.readback import read_back
from pipeline.rendering.terminal import answer_terminal, briefing_terminal, terminal_console
from pipeline.types import Answer, Briefing
from pipeline.understood import Period, Understood

UNDERSTOOD = Understood(
    (
        Period("since March", date(2026, 3, 1), None, strict=True),
        Period("last week", date(2026, 3, 30), date(2026, 4, 5)),
    ),
    relaxed=True,
    sides=("the first offer", "the latest one"),
    queries=("rail pay offer",),
    notes=("no article is of “since March” <b>", "articles near “last\x1b[31m week” come first"),
)
ANSWER = Answer("Who pays?", "refused", "extractive", (), ("Nobody says.",), (), understood=UNDERSTOOD)
BRIEFING = Briefing("Rail", "refused", "extractive", (), (), ("Nothing.",), (), understood=UNDERSTOOD)


def in_terminal(renderable: object) -> str:
    console = terminal_console()
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


FORMS: dict[str, Callable[[], str]] = {
    "answer on a terminal": lambda: in_terminal(answer_terminal(ANSWER)),
    "briefing on a terminal": lambda: in_terminal(briefing_terminal(BRIEFING)),
    "answer in Markdown": lambda: answer_markdown(ANSWER),
    "briefing in Markdown": lambda: briefing_markdown(BRIEFING),
    "answer as a page": lambda: answer_html(ANSWER),
    "briefing as a page": lambda: briefing_html(BRIEFING),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_tells_how_the_question_was_looked_for(form: Callable[[], str]) -> None:
    told = form()
    assert "No article is of “since March”" in told
    assert "come first." in told
    assert "\x1b[31m" not in told


@pytest.mark.parametrize("form", [FORMS["answer as a page"], FORMS["answer in Markdown"]])
def test_it_is_text_and_no_markup(form: Callable[[], str]) -> None:
    assert "<b>" not in form().replace("\\<b>", "")


def test_an_answer_that_needed_nothing_says_nothing() -> None:
    plain = replace(ANSWER, understood=Understood())
    assert in_terminal(answer_terminal(plain)).startswith("Who pays?\n\nNo answer")


def test_json_has_days_as_they_are_written_and_is_read_back() -> None:
    answer, briefing = answer_json(ANSWER), briefing_json(BRIEFING)
    assert answer["understood"]["periods"][0] == {
        "words": "since March",
        "first": "2026-03-01",
        "last": None,
        "strict": True,
    }
    assert answer["understood"]["relaxed"]
    assert read_back(json_text(answer), "answer.json") == ANSWER
    assert read_back(json_text(briefing), "briefing.json") == BRIEFING


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), "1 March 2026 to 31 March 2026"),
        (date(2026, 3, 1), None, "from 1 March 2026 on"),
        (None, date(2026, 5, 3), "until 3 May 2026"),
        (date(2026, 3, 1), date(2026, 3, 1), "1 March 2026"),
    ],
)
def test_days_are_told_in_words(first: date | None, last: date | None, told: str) -> None:
    assert Period("then", first, last).days == told
