"""Which of the sources shown are one origin."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from rich.console import Console

from pipeline.rendering.carriers import one_story
from pipeline.rendering.jsonform import answer_json, json_text
from pipeline.rendering.markdown import answer_markdown
from pipeline.rendering.readback import read_back
from pipeline.rendering.terminal import answer_terminal
from pipeline.types import Answer, ArticleInfo, Citation, Evidence, Passage, Sentence, Statement

WIRE = ArticleInfo("a1", "Dam opens its gates", "Crestline", published="2026-04-14", origin_group="a1")
GAZETTE = ArticleInfo("b2", "Just go", "The Brantry Gazette", published="2026-04-15", origin_group="a1")
HERALD = ArticleInfo("c3", "Garrow gates open", "", published="2026-04-16", origin_group="a1")
OTHER = ArticleInfo("d4", "The mayor's account", "Brantry Radio", published="2026-04-15", origin_group="d4")
STRAY = ArticleInfo("e5", "Out of no library")


def found(article: ArticleInfo, *copies: ArticleInfo) -> Evidence:
    sentences = (Sentence(0, 5, "Some."),)
    return Evidence(1, Passage(article.id, 0, sentences, tokens=1, heading=""), article, 1.0, copies)


@dataclass(frozen=True)
class Case:
    shown: tuple[ArticleInfo, ...]
    evidence: tuple[Evidence, ...]
    told: dict[str, str]


@pytest.mark.parametrize(
    "case",
    [
        Case((WIRE, OTHER, STRAY), (), {}),
        Case((WIRE, OTHER, GAZETTE), (), {"b2": "the same story as “Dam opens its gates”: one origin with it"}),
        Case((GAZETTE, GAZETTE), (), {}),
        Case(
            (WIRE, OTHER),
            (found(WIRE, GAZETTE, HERALD),),
            {
                "a1": "the same story is carried by The Brantry Gazette (15 April 2026), "
                "Garrow gates open (16 April 2026): one origin"
            },
        ),
        Case(
            (WIRE, GAZETTE),
            (found(WIRE, GAZETTE),),
            {"b2": "the same story as “Dam opens its gates”: one origin with it"},
        ),
        Case((STRAY, replace(STRAY, id="f6")), (), {}),
    ],
)
def test_one_story_is_told_once(case: Case) -> None:
    assert one_story(case.shown, case.evidence) == case.told


def an_answer() -> Answer:
    statements = tuple(
        Statement("Some.", "supported", (Citation(article, 0, 5, "Some."),)) for article in (WIRE, GAZETTE, OTHER)
    )
    return Answer("Who?", "answered", "extractive", statements, (), (found(WIRE, HERALD),))


def test_every_form_of_an_answer_tells_it() -> None:
    answer = an_answer()
    console = Console(width=200)
    with console.capture() as shown:
        console.print(answer_terminal(answer))
    for form in (shown.get(), answer_markdown(answer)):
        assert form.count("the same story as “Dam opens its gates”: one origin with it") == 1
        assert form.count("the same story is carried by Garrow gates open (16 April 2026): one origin") == 1


def test_the_json_of_an_answer_carries_it_there_and_back() -> None:
    answer = an_answer()
    written = answer_json(answer)
    assert [each["citations"][0]["origin_group"] for each in written["statements"]] == ["a1", "a1", "d4"]
    assert [copy["article_id"] for copy in written["evidence"][0]["copies"]] == ["c3"]
    again = read_back(json_text(written), "answer.json")
    assert isinstance(again, Answer)
    assert answer_json(again) == written
