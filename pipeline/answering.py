"""The ask chain: question → evidence → draft → grounded answer."""

from __future__ import annotations

from dataclasses import replace

from langchain_core.runnables import Runnable, RunnableLambda

from pipeline.grounding import ground_draft, parse_draft
from pipeline.types import Answer, Question
from pipeline.writing import NOTHING_FOUND, NOTHING_STANDS, Drafted, Retriever, Writer, draft_chain


def answer_chain(retrieve: Retriever, write: Writer, model: str) -> Runnable[Question, Answer]:
    """question → evidence → draft → answer, as one LangChain runnable; `model` names the writer in the answer."""
    return draft_chain(retrieve, write) | RunnableLambda(lambda drafted: ground_answer(drafted, model), name="ground")


def ground_answer(drafted: Drafted, model: str) -> Answer:
    """The draft resolved to statements; refused when it refuses, or when none of its statements stands."""
    draft = parse_draft(drafted.reply.text)
    answer = Answer(drafted.question.text, "refused", model, (), (), drafted.evidence, drafted.usage)
    if draft.no_answer is not None:
        return replace(answer, gaps=(draft.no_answer or NOTHING_FOUND,))
    sections = ground_draft(drafted.reply.text, drafted.evidence)
    statements = tuple(statement for section in sections for statement in section.statements)
    if all(statement.support == "unsupported" for statement in statements):
        return replace(answer, gaps=(NOTHING_STANDS, *draft.missing))
    return replace(answer, status="partial" if draft.missing else "answered", statements=statements, gaps=draft.missing)
