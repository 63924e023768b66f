"""The briefing chain: topic → evidence → draft with sections → grounded briefing, with its background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from langchain_core.runnables import Runnable, RunnableLambda

from pipeline.checking import Checked, Checker
from pipeline.types import ArticleInfo, Briefing, BriefingPlan, Evidence, Question, Section, SectionKind
from pipeline.writing import Retriever, Writer, draft_chain

Background: TypeAlias = Callable[[str, Sequence[Evidence], Sequence[Section], int], tuple[Section, ...]]
"""The lists that follow the developments, grounded: for a topic, its evidence, what was told, and the words of it."""

# What the bottom line says in its title when nobody else bears it out; no title of the user's takes it away.
_ONE_SOURCE = ", from one source only"

_KINDS: dict[str, SectionKind] = {
    "bottom line": "bottom line",
    f"bottom line{_ONE_SOURCE}": "bottom line",
    "key points": "points",
    "": "points",
}


def briefing_chain(
    retrieve: Retriever, write: Writer, checker: Checker, plan: BriefingPlan, background: Background
) -> Runnable[Question, Briefing]:
    """topic → evidence → draft → checked draft → briefing, as one LangChain runnable."""
    return (
        draft_chain(retrieve, checker.write_or_fall_back(write))
        | RunnableLambda(checker.check, name="ground")
        | RunnableLambda(lambda checked: as_briefing(checked, plan, background), name="briefing")
    )


def as_briefing(checked: Checked, plan: BriefingPlan, background: Background) -> Briefing:
    """The checked draft with its background; refused when nothing in it stands, partial when something is missing."""
    sections = tuple(replace(section, kind=kind_of(section.title)) for section in checked.sections)
    if sections:
        # What is not shown repeats nothing.
        shown = arranged(sections, plan)
        sections += background(checked.about, checked.evidence, shown, plan.words)
    wanted = arranged(sections, plan)
    return Briefing(
        plan.title or checked.about,
        checked.status,
        checked.model,
        wanted,
        cited_articles(wanted),
        checked.gaps,
        checked.evidence,
        checked.usage,
        understood=checked.understood,
    )


def arranged(sections: Sequence[Section], plan: BriefingPlan) -> tuple[Section, ...]:
    """The sections that the plan wants, in its order and under its titles."""
    titles = dict(plan.titles)
    chosen = [
        section for kind in plan.sections or ("",) for section in sections if not plan.sections or section.kind == kind
    ]
    return tuple(
        replace(section, title=titles[section.kind] + (_ONE_SOURCE if section.title.endswith(_ONE_SOURCE) else ""))
        if section.kind in titles
        else section
        for section in chosen
    )


def kind_of(title: str) -> SectionKind:
    """What a section that a writer wrote tells, by its title: a development, unless it is the bottom line or a list."""
    return _KINDS.get(title.casefold(), "development")


def cited_articles(sections: Sequence[Section]) -> tuple[ArticleInfo, ...]:
    """The articles that the statements cite, each once, in order of first citation."""
    cited = {
        citation.article.id: citation.article
        for section in sections
        for statement in section.statements
        for citation in statement.citations
    }
    return tuple(cited.values())
