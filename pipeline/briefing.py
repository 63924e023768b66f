"""The briefing chain: topic → evidence → draft with sections → grounded briefing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from langchain_core.runnables import Runnable, RunnableLambda

from pipeline.grounding import ground_draft, parse_draft
from pipeline.types import ArticleInfo, Briefing, Question, Section
from pipeline.writing import NOTHING_FOUND, NOTHING_STANDS, Drafted, Retriever, Writer, draft_chain


def briefing_chain(retrieve: Retriever, write: Writer, model: str) -> Runnable[Question, Briefing]:
    """topic → evidence → draft → briefing, as one LangChain runnable; `model` names the writer in the briefing."""
    return draft_chain(retrieve, write) | RunnableLambda(lambda drafted: ground_briefing(drafted, model), name="ground")


def ground_briefing(drafted: Drafted, model: str) -> Briefing:
    """The draft resolved to sections of statements; refused when it refuses, or when none of its statements stands."""
    draft = parse_draft(drafted.reply.text)
    briefing = Briefing(drafted.question.text, "refused", model, (), (), (), drafted.evidence, drafted.usage)
    if draft.no_answer is not None:
        return replace(briefing, gaps=(draft.no_answer or NOTHING_FOUND,))
    sections = tuple(section for section in ground_draft(drafted.reply.text, drafted.evidence) if section.statements)
    if all(statement.support == "unsupported" for section in sections for statement in section.statements):
        return replace(briefing, gaps=(NOTHING_STANDS, *draft.missing))
    return replace(
        briefing,
        status="partial" if draft.missing else "answered",
        sections=sections,
        sources=cited_articles(sections),
        gaps=draft.missing,
    )


def cited_articles(sections: Sequence[Section]) -> tuple[ArticleInfo, ...]:
    """The articles that the statements cite, each once, in order of first citation."""
    cited = {
        citation.article.id: citation.article
        for section in sections
        for statement in section.statements
        for citation in statement.citations
    }
    return tuple(cited.values())
