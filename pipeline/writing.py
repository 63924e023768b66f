"""The seam between evidence and draft: whoever writes gets a task and gives a reply.

    question → evidence → reply        (draft_chain; answering and briefing ground the reply)

A draft is plain prose. Every sentence ends in the marks of the sentences that say it (`[2.4]`: passage 2, sentence 4).
A line `## Title` opens a section, `NO ANSWER: what is missing` refuses, `MISSING: what` names a part not answered.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.tracing import span
from pipeline.types import Evidence, Question, Stage, Usage
from pipeline.understood import Understood

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

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
    """A draft as it was written, from which of the evidence, and what it cost.

    `read` is the evidence that the writer was shown, None for all of it. `writer` is empty unless somebody else wrote
    than the one who was asked; then `notes` say why. Tokens are 0 for the extractive writer; `cost` is in US dollars,
    None when it is not known.
    """

    text: str
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    requests: int = 0
    cached: int = 0
    read: tuple[Evidence, ...] | None = None
    writer: str = ""
    notes: tuple[str, ...] = ()

    def after(self, earlier: Reply) -> Reply:
        """This reply, with what an earlier one to the same task cost added to it."""
        known = self.cost is not None and earlier.cost is not None
        return replace(
            self,
            input_tokens=self.input_tokens + earlier.input_tokens,
            output_tokens=self.output_tokens + earlier.output_tokens,
            cost=(self.cost or 0.0) + (earlier.cost or 0.0) if known else None,
            requests=self.requests + earlier.requests,
            cached=self.cached + earlier.cached,
        )


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The evidence for a question, how the question was understood, and what that cost when a model was asked.

    `seconds` are those that the model took.
    """

    evidence: tuple[Evidence, ...]
    understood: Understood = Understood()
    cost: Reply = field(default_factory=lambda: Reply(""))
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Drafted:
    """A question with its evidence and the reply to it, not yet grounded. Moments are those of `time.perf_counter`."""

    question: Question
    found: Retrieved
    reply: Reply
    started: float
    retrieved: float
    written: float
    repair_seconds: float = 0.0

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.found.evidence

    @property
    def task(self) -> Task:
        return Task(self.question.text, self.evidence)

    @property
    def read(self) -> tuple[Evidence, ...]:
        """The evidence that the writer was shown."""
        return self.evidence if self.reply.read is None else self.reply.read

    @property
    def usage(self) -> Usage:
        """What the reply cost, and the seconds of each stage until now."""
        now = time.perf_counter()
        seconds = {
            "rewrite": self.found.seconds,
            "retrieve": self.retrieved - self.started - self.found.seconds,
            "write": self.written - self.retrieved,
            "ground": now - self.written - self.repair_seconds,
            "repair": self.repair_seconds,
        }
        reply = self.reply.after(self.found.cost)
        return Usage(
            reply.input_tokens,
            reply.output_tokens,
            now - self.started,
            cost=reply.cost,
            requests=reply.requests,
            cached=reply.cached,
            unread=len(self.evidence) - len(self.read),
            stages=tuple(Stage(name, round(spent, 4)) for name, spent in seconds.items() if spent),
        )


Retriever: TypeAlias = Callable[[Question], Retrieved]
"""Numbered evidence for a question, and how the question was understood."""

Writer: TypeAlias = "Runnable[Task, Reply]"
"""A task in, a draft out."""


OnDraft: TypeAlias = Callable[[str, tuple[Evidence, ...]], None]
"""Called with a draft as far as it is written, and the evidence that its marks point into; "" when it starts anew."""


def draft_chain(retrieve: Retriever, write: Writer) -> Runnable[Question, Drafted]:
    """question → evidence → draft, as one LangChain runnable."""
    from langchain_core.runnables import RunnableLambda, RunnablePassthrough

    return (
        RunnableLambda(_begin, name="question")
        | RunnablePassthrough.assign(
            found=RunnableLambda(lambda state: _retrieved(retrieve, state["question"]), name="retrieve")
        )
        | RunnablePassthrough.assign(retrieved=_now)
        | RunnablePassthrough.assign(
            reply=RunnableLambda(_task, name="task") | RunnableLambda(lambda task: _written(write, task), name="write")
        )
        | RunnablePassthrough.assign(written=_now)
        | RunnableLambda(lambda state: Drafted(**state), name="drafted")
    )


def _retrieved(retrieve: Retriever, question: Question) -> Retrieved:
    with span("retrieve") as noted:
        found = retrieve(question)
        noted.note(passages=len(found.evidence))
    return found


def _written(write: Writer, task: Task) -> Reply:
    with span("write") as noted:
        reply = write.invoke(task)
        noted.note(
            input_tokens=reply.input_tokens,
            output_tokens=reply.output_tokens,
            cost_usd=reply.cost,
            requests=reply.requests,
            cached=reply.cached,
        )
    return reply


def _now(state: dict[str, Any]) -> float:
    return time.perf_counter()


def _begin(question: Question) -> dict[str, Any]:
    return {"question": question, "started": time.perf_counter()}


def _task(state: dict[str, Any]) -> Task:
    return Task(state["question"].text, state["found"].evidence)
