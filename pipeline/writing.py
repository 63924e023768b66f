"""The seam between evidence and draft: whoever writes gets a task and gives a reply.

    question → evidence → reply        (draft_chain; answering and briefing ground the reply)

A draft is plain prose. Every sentence ends in the marks of the sentences that say it (`[2.4]`: passage 2, sentence 4).
A line `## Title` opens a section, `NO ANSWER: what is missing` refuses, `MISSING: what` names a part not answered.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from pipeline.types import Evidence, Question, Usage

NO_ANSWER = "NO ANSWER:"
MISSING = "MISSING:"

NOTHING_FOUND = "The library holds nothing on this."
NOTHING_STANDS = "A draft was written, but the evidence bears none of it out."


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be written about (a question or a topic), from which evidence."""

    about: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A draft as it was written, and what it cost in tokens (0 for the extractive writer)."""

    text: str
    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Drafted:
    """A question with its evidence and the reply to it, not yet grounded."""

    question: Question
    evidence: tuple[Evidence, ...]
    reply: Reply
    started: float

    @property
    def usage(self) -> Usage:
        """Tokens of the reply, and seconds from the question until now."""
        return Usage(self.reply.input_tokens, self.reply.output_tokens, time.perf_counter() - self.started)


Retriever: TypeAlias = Callable[[Question], tuple[Evidence, ...]]
"""Numbered evidence for a question."""

Writer: TypeAlias = Runnable[Task, Reply]
"""A task in, a draft out."""


def draft_chain(retrieve: Retriever, write: Writer) -> Runnable[Question, Drafted]:
    """question → evidence → draft, as one LangChain runnable."""
    return (
        RunnableLambda(_begin, name="question")
        | RunnablePassthrough.assign(
            evidence=RunnableLambda(lambda state: retrieve(state["question"]), name="retrieve")
        )
        | RunnablePassthrough.assign(reply=RunnableLambda(_task, name="task") | write)
        | RunnableLambda(lambda state: Drafted(**state), name="drafted")
    )


def _begin(question: Question) -> dict[str, Any]:
    return {"question": question, "started": time.perf_counter()}


def _task(state: dict[str, Any]) -> Task:
    return Task(state["question"].text, state["evidence"])
