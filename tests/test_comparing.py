"""What changed since an earlier briefing: planted mutations of the sources are flagged, each once, and nothing else."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.evaluate import BUNDLED_SUITE
from pipeline.app import Newsdesk, open_newsdesk
from pipeline.cli.results import changed_since
from pipeline.comparing import compare, stale, values
from pipeline.rendering.jsonform import briefing_json, json_text
from pipeline.rendering.readback import read_back
from pipeline.settings import Settings
from pipeline.types import Article, Briefing, Citation, Correction, Section, Statement

TOPICS = [
    tomllib.loads(file.read_text(encoding="utf-8"))["topic"][0]["topic"]
    for file in sorted((BUNDLED_SUITE / "cases").glob("*.toml"))
    if "[[topic]]" in file.read_text(encoding="utf-8")
]


@dataclass(frozen=True)
class Story:
    briefing: Briefing
    articles: Mapping[str, Article]


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsdesk]:
    folder = str(tmp_path_factory.mktemp("newsroom") / "library")
    with open_newsdesk(Settings(library=folder), create=True) as desk:
        desk.ingest([str(BUNDLED_SUITE / "articles")])
        yield desk


@pytest.fixture(scope="module")
def stories(newsroom: Newsdesk) -> tuple[Story, ...]:
    """A briefing on the first topic of every bundled story, with all articles."""
    articles = {info.id: newsroom.library.article(info.id) for info in newsroom.library.articles()}
    return tuple(Story(newsroom.brief(topic), articles) for topic in TOPICS)


def quotes(briefing: Briefing) -> list[tuple[str, str]]:
    """The cited sentences with a figure, each once: article and quote."""
    return sorted(
        {
            (citation.article.id, citation.quote)
            for section in briefing.sections
            for statement in section.statements
            for citation in statement.citations
            if re.search(r"\d", citation.quote)
        }
    )


def edited(article: Article, quote: str) -> Article:
    """The article with another figure in this sentence."""
    other = re.sub(r"\d", lambda digit: str((int(digit.group()) + 1) % 10), quote, count=1)
    return replace(article, text=article.text.replace(quote, other))


def test_the_same_library_gives_no_changes(stories: tuple[Story, ...]) -> None:
    for story in stories:
        compared = compare(story.briefing, story.briefing, story.articles.get, story.articles.get)
        assert compared.changes == ()
        marks = {statement.change for section in compared.sections for statement in section.statements}
        assert marks == {"unchanged"}


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_k_changed_facts_and_m_removed_articles_are_k_and_m_changes(
    stories: tuple[Story, ...], data: st.DataObject
) -> None:
    story = data.draw(st.sampled_from(stories))
    cited = sorted({article for article, _ in quotes(story.briefing)})
    removed = set(data.draw(st.lists(st.sampled_from(cited), max_size=2, unique=True)))
    # An article that others back up is missed by no statement of its own.
    leaning = {
        citation.article.id
        for section in story.briefing.sections
        for statement in section.statements
        for citation in statement.citations
        if {other.article.id for other in statement.citations} <= removed
    }
    open_quotes = [place for place in quotes(story.briefing) if place[0] not in removed]
    changed = data.draw(st.lists(st.sampled_from(open_quotes), max_size=4, unique=True)) if open_quotes else []
    articles = {identity: article for identity, article in story.articles.items() if identity not in removed}
    for identity, quote in changed:
        articles[identity] = edited(articles[identity], quote)
    compared = compare(story.briefing, story.briefing, story.articles.get, articles.get)
    assert compared.changes is not None
    kinds = [change.kind for change in compared.changes]
    assert kinds == ["withdrawn"] * len(removed & leaning) + ["updated"] * len(changed)
    found = {(change.before[0].citations[0].article.id) for change in compared.changes}
    assert found == (removed & leaning) | {identity for identity, _ in changed}


def test_an_edited_and_a_removed_article_are_flagged_when_briefed_on_anew(tmp_path: Path) -> None:
    source = tmp_path / "articles"
    source.mkdir()
    texts = {
        "first.txt": "Ferry aground\n\nThe Merrow ferry ran aground on 14 April 2026 with 62 on board, they said.",
        "second.txt": "Ferry afloat\n\nThe Merrow ferry was floated off on 16 April 2026 by three tugs, they said.",
        "third.txt": "Ferry cost\n\nRepairs of the Merrow ferry will cost £4.2m, they said on 18 April 2026.",
    }
    for name, text in texts.items():
        (source / name).write_text(text)
    with open_newsdesk(Settings(library=str(tmp_path / "library")), create=True) as desk:
        desk.ingest([str(source)])
        earlier = desk.brief("Merrow ferry")
        (source / "first.txt").write_text(texts["first.txt"].replace("62", "71"))
        desk.ingest([str(source / "first.txt")])
        (gone,) = [info.id for info in desk.library.articles() if info.title == "Ferry cost"]
        desk.library.remove(gone)
        (source / "fourth.txt").write_text(
            "Ferry back\n\nThe Merrow ferry will sail again on 2 May 2026, Northline said."
        )
        desk.ingest([str(source / "fourth.txt")])
        again = read_back(json_text(briefing_json(earlier)), "earlier.json")
        assert isinstance(again, Briefing)
        compared = changed_since(again, desk.brief("Merrow ferry"), desk.library)
    assert compared.changes is not None
    assert [change.kind for change in compared.changes] == ["withdrawn", "updated", "new"]
    withdrawn, updated, new = compared.changes
    assert "£4.2m" in withdrawn.before[0].text
    assert updated.values == (("62", "71"),)
    assert "2 May 2026" in new.now[0].text
    marks = {statement.change for section in compared.sections for statement in section.statements}
    assert {"updated", "new"} <= marks <= {"updated", "new", "unchanged"}


def test_what_the_library_held_then_is_not_new_though_the_earlier_briefing_passed_it_over(tmp_path: Path) -> None:
    source = tmp_path / "articles"
    source.mkdir()
    told = ("ran aground with 62 on board", "was floated off by three tugs", "will cost £4.2m to repair")
    for name, text in zip(("first", "second", "third"), told, strict=True):
        (source / f"{name}.txt").write_text(f"Ferry news {name}\n\nThe Merrow ferry {text}, Northline said.")
    with open_newsdesk(Settings(library=str(tmp_path / "library"), briefing_passages=1), create=True) as desk:
        desk.ingest([str(source)])
        earlier = desk.brief("Merrow ferry")
        (cited,) = earlier.sources
        assert changed_since(earlier, desk.brief("Merrow ferry"), desk.library).changes == ()
        desk.library.remove(cited.id)
        compared = changed_since(earlier, desk.brief("Merrow ferry"), desk.library)
        assert compared.changes is not None
        assert [change.kind for change in compared.changes] == ["withdrawn"]
        assert {info.id for info in compared.sources}.isdisjoint({cited.id})


def test_what_two_sections_say_in_the_same_words_rests_on_what_both_cite(stories: tuple[Story, ...]) -> None:
    story = stories[0]
    one, quote = quotes(story.briefing)[0]
    other, second = quotes(story.briefing)[-1]
    assert one != other
    sections = [
        Section(title, (Statement("Said twice.", "supported", (Citation(story.articles[article].info, 0, 1, said),)),))
        for title, article, said in (("One", one, quote), ("Two", other, second))
    ]
    earlier = replace(story.briefing, sections=tuple(sections))
    now = {**story.articles, one: edited(story.articles[one], quote), other: edited(story.articles[other], second)}
    compared = compare(earlier, earlier, story.articles.get, now.get)
    assert compared.changes is not None
    assert [change.kind for change in compared.changes] == ["updated", "updated"]


def test_a_correction_since_makes_stale_what_rests_on_the_article(stories: tuple[Story, ...]) -> None:
    story = stories[0]
    (identity, quote), *_ = quotes(story.briefing)
    article = story.articles[identity]
    corrected = replace(article, info=replace(article.info, correction=Correction(0, 11, "Correction.")))
    assert stale(story.briefing, story.articles.get, story.articles.get) == ()
    found = stale(story.briefing, story.articles.get, {**story.articles, identity: corrected}.get)
    assert any(citation.quote == quote for change in found for citation in change.before[0].citations)
    assert all("has been corrected since: “Correction.”" in change.why for change in found)


def test_values_pairs_the_words_that_differ() -> None:
    assert values("The toll rose to 12 on Friday.", "The toll rose to 15 on Monday.") == (
        ("12", "15"),
        ("Friday", "Monday"),
    )
    assert values("Nobody was hurt.", "Nobody was hurt.") == ()
