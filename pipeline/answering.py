"""The ask chain: question → evidence → draft → grounded answer."""

from __future__ import annotations

from langchain_core.runnables import Runnable, RunnableLambda

from pipeline.checking import Checked, Checker
from pipeline.disagreement import find_disagreements, shown_for
from pipeline.types import Answer, Question
from pipeline.writing import Retriever, Writer, draft_chain


def answer_chain(retrieve: Retriever, write: Writer, checker: Checker) -> Runnable[Question, Answer]:
    """question → evidence → draft → checked draft → answer, as one LangChain runnable."""
    return (
        draft_chain(retrieve, checker.write_or_fall_back(write))
        | RunnableLambda(checker.check, name="ground")
        | RunnableLambda(as_answer, name="answer")
    )


def as_answer(checked: Checked) -> Answer:
    """The checked draft as an answer; refused when nothing in it stands, partial when something is missing."""
    cited = {
        (citation.article.id, citation.start) for statement in checked.statements for citation in statement.citations
    }
    found = find_disagreements(checked.evidence, checked.about) if cited else ()
    return Answer(
        checked.about,
        checked.status,
        checked.model,
        checked.statements,
        checked.gaps,
        checked.evidence,
        checked.usage,
        shown_for(found, checked.about, cited),
        checked.understood,
    )
