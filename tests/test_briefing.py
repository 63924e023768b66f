"""Briefings end to end, without a model: what they hold, that all of it stands, and what bad input makes of them."""

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from eval.evaluate import BUNDLED_SUITE
from pipeline.app import Newsdesk, open_newsdesk
from pipeline.errors import UsageError
from pipeline.settings import Settings
from pipeline.types import Briefing, BriefingPlan, Filters

TOPICS = [
    topic["topic"]
    for file in sorted((BUNDLED_SUITE / "cases").glob("*.toml"))
    for topic in tomllib.loads(file.read_text(encoding="utf-8")).get("topic", ())
]

AGROUND = "The Merrow ferry ran aground on Tuesday with 62 people on board, officials said."
AFLOAT = "The Merrow ferry was floated off on Thursday by three tugs, the coastguard said."


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsdesk]:
    """An open library of the bundled articles."""
    folder = str(tmp_path_factory.mktemp("newsroom") / "library")
    with open_newsdesk(Settings(library=folder), create=True) as desk:
        desk.ingest([str(BUNDLED_SUITE / "articles")])
        yield desk


def library_of(folder: Path, *articles: dict[str, str]) -> Newsdesk:
    """An open library of these articles."""
    source = folder / "articles.jsonl"
    source.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    desk = open_newsdesk(Settings(library=str(folder / "library")), create=True)
    assert not desk.ingest([str(source)]).rejected
    return desk


def words_of(briefing: Briefing, *kinds: str) -> int:
    return sum(
        len(statement.text.split())
        for section in briefing.sections
        for statement in section.statements
        if section.kind in kinds
    )


@pytest.mark.parametrize("topic", TOPICS)
def test_every_statement_on_a_bundled_topic_is_borne_out(newsroom: Newsdesk, topic: str) -> None:
    briefing = newsroom.brief(topic)
    assert briefing.status == "answered"
    assert [section.kind for section in briefing.sections][:2] == ["bottom line", "development"]
    for section in briefing.sections:
        assert section.statements
        assert not section.labels or len(section.labels) == len(section.statements)
        for statement in section.statements:
            assert (statement.support, statement.findings) == ("supported", ())
            assert statement.citations
            for citation in statement.citations:
                text = newsroom.library.article(citation.article.id).text
                assert text[citation.start : citation.end] == citation.quote


def test_a_sentence_stands_once_in_the_bottom_line_and_the_developments(newsroom: Newsdesk) -> None:
    for topic in TOPICS:
        told = [
            statement.citations
            for section in newsroom.brief(topic).sections
            if section.kind in ("bottom line", "development")
            for statement in section.statements
        ]
        assert len(told) == len(set(told))


@pytest.mark.parametrize("words", [80, 150, 400])
def test_a_briefing_is_as_long_as_asked(newsroom: Newsdesk, words: int) -> None:
    length = words_of(newsroom.brief(TOPICS[0], plan=BriefingPlan(words)), "bottom line", "development")
    assert 0.7 * words <= length <= 1.05 * words


def test_only_the_sections_asked_for_and_the_title_given(newsroom: Newsdesk) -> None:
    briefing = newsroom.brief(TOPICS[0], plan=BriefingPlan(sections=("timeline", "people"), title="For the minister"))
    assert briefing.topic == "For the minister"
    assert [section.kind for section in briefing.sections] == ["timeline", "people"]
    assert {article.id for article in briefing.sources} == {
        citation.article.id
        for section in briefing.sections
        for statement in section.statements
        for citation in statement.citations
    }


def test_articles_named_are_briefed_on_without_a_topic(newsroom: Newsdesk) -> None:
    one, other = newsroom.library.articles()[:2]
    briefing = newsroom.brief("", Filters(articles=(one.id[:8], other.id)))
    assert briefing.status == "answered"
    assert {article.id for article in briefing.sources} <= {one.id, other.id}
    assert briefing.topic == "2 articles"


def test_everything_since_a_day_is_briefed_on_without_a_topic(newsroom: Newsdesk) -> None:
    newest = newsroom.library.articles()[0]
    since = date.fromisoformat((newest.published or "")[:10])
    briefing = newsroom.brief("", Filters(since=since))
    assert newest.id in {article.id for article in briefing.sources}
    assert briefing.topic.startswith("News since ")


def test_nothing_at_all_to_brief_on_is_wrong_usage(newsroom: Newsdesk) -> None:
    with pytest.raises(UsageError, match="nothing to brief on"):
        newsroom.brief("  ")


def test_a_topic_that_no_article_is_on_is_refused(newsroom: Newsdesk) -> None:
    briefing = newsroom.brief("quantum zebra husbandry")
    assert (briefing.status, briefing.sections, briefing.sources) == ("refused", (), ())
    assert "quantum zebra husbandry" in briefing.gaps[0]


def test_one_article_is_enough(tmp_path: Path) -> None:
    text = "The Merrow ferry ran aground on Tuesday with 62 on board.\n\nNobody was hurt, the Merrow coastguard said."
    with library_of(tmp_path, {"title": "Ferry aground", "text": text, "published": "2026-04-14"}) as desk:
        briefing = desk.brief("Merrow ferry")
    assert briefing.status == "answered"
    assert len(briefing.sources) == 1


def test_articles_without_dates_are_briefed_on_without_a_timeline(tmp_path: Path) -> None:
    articles = [{"title": "Ferry aground", "text": AGROUND}, {"title": "Ferry afloat", "text": AFLOAT}]
    with library_of(tmp_path, *articles) as desk:
        briefing = desk.brief("Merrow ferry")
    assert briefing.status == "answered"
    assert "timeline" not in {section.kind for section in briefing.sections}
    assert {section.title for section in briefing.sections} <= {"Bottom line", "Ferry aground", "Ferry afloat"}


def test_a_title_with_markup_and_marks_stays_a_title(tmp_path: Path) -> None:
    title = "# <b>Ferry</b> [1.9] **aground** `now` [x](javascript:alert(1))"
    articles = [{"title": title, "text": AGROUND}, {"title": title, "text": AFLOAT}]
    with library_of(tmp_path, *articles) as desk:
        briefing = desk.brief("Merrow ferry")
    assert briefing.status == "answered"
    titles = [section.title for section in briefing.sections if section.kind == "development"]
    assert all("[" not in shown and "#" not in shown and "<" not in shown for shown in titles)
    assert {statement.support for section in briefing.sections for statement in section.statements} == {"supported"}
