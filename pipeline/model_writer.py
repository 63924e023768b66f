"""The writer that asks a language model: prompt | chat model, with as much numbered evidence as it can read."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.disagreement import note_for
from pipeline.errors import ModelError, UsageError
from pipeline.models import model_text
from pipeline.models.faults import ContextOverflow
from pipeline.models.providers import DEFAULT_CONTEXT
from pipeline.templates import Template, fitting, load, number_evidence
from pipeline.writing import NO_ANSWER, NOTHING_FOUND, OnDraft, Reply, Task

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage
    from langchain_core.prompt_values import PromptValue

    from pipeline.models.cache import ReplyCache
    from pipeline.models.prices import Price
    from pipeline.types import Evidence

# Tokens of a prompt that are in no text of it: roles and separators, some ten a message in every chat format.
_ENVELOPE_TOKENS = 50
# A revision that has less time than this is not asked for.
_LEAST_SECONDS = 1.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reply may take: tokens of evidence and of output, and seconds of wall time for all requests to a task.

    `context_tokens` is what the model reads and writes at once.
    """

    evidence_tokens: int
    output_tokens: int
    deadline_seconds: float
    context_tokens: int = DEFAULT_CONTEXT


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that could be sent: the evidence that fits, the messages, and how many tokens they have."""

    evidence: tuple[Evidence, ...]
    messages: tuple[BaseMessage, ...]
    tokens: int


@dataclass(frozen=True, slots=True)
class ModelWriter:
    """Fills the template and sends it; `about` is the placeholder for what the task is about.

    `open_model` is called when there is something to send. `count` gives the tokens of a text for this model. `price`
    is None when it is not listed, `cache` to send every request, `on_draft` to have the reply all at once.
    """

    template: Template
    about: str
    open_model: Callable[[], BaseChatModel]
    limits: Limits
    count: Callable[[str], int]
    price: Price | None = None
    cache: ReplyCache | None = None
    on_draft: OnDraft | None = None

    def write(self, task: Task) -> Reply:
        """The model's draft. When the prompt is longer than the model can read, it gets half the evidence, once.

        Raises ModelError when there is no whole reply within the deadline, UsageError when the limit of tokens is below
        that of a single passage.
        """
        if not task.evidence:
            return Reply(f"{NO_ANSWER} {NOTHING_FOUND}")
        started = time.monotonic()
        evidence = self._packed(task, self._room(task))
        try:
            return self._send(task, evidence, self.limits.deadline_seconds)
        except ContextOverflow:
            half = fitting(evidence, self.count(number_evidence(evidence)) // 2, self.count)
            if not half:
                raise
            _log.debug("write: the prompt is too long; once more with %d of %d passages", len(half), len(task.evidence))
            return self._send(task, half, self.limits.deadline_seconds - (time.monotonic() - started))

    def revise(self, task: Task, reply: Reply, findings: str, spent_seconds: float) -> Reply:
        """The reply to the same request, the first reply and its findings; ModelError also when no time is left."""
        left = self.limits.deadline_seconds - spent_seconds
        if left < _LEAST_SECONDS:
            raise ModelError("There was no time left for it", "Allow more seconds (NEWSDESK_MODEL_DEADLINE)")
        from langchain_core.messages import AIMessage
        from langchain_core.prompt_values import ChatPromptValue

        read = task.evidence if reply.read is None else reply.read
        asked = load("repair").prompt.invoke({"findings": findings}).to_messages()
        conversation = [*self._prompt(task, read).to_messages(), AIMessage(reply.text), *asked]
        _log.debug("repair: asking once more, with the findings")
        return self._reply(ChatPromptValue(messages=conversation), read, left, watched=False)

    def prepare(self, task: Task) -> Prepared:
        """The request that `write` would send."""
        evidence = self._packed(task, self._room(task)) if task.evidence else ()
        messages = self._prompt(task, evidence).to_messages()
        return Prepared(evidence, tuple(messages), self.tokens(messages))

    def tokens(self, messages: Sequence[BaseMessage]) -> int:
        """How many tokens a request with these messages has."""
        return _ENVELOPE_TOKENS + sum(self.count(str(message.text)) for message in messages)

    def _room(self, task: Task) -> int:
        """The tokens of evidence that the settings allow, and that leave room for the reply in the context."""
        bare = self.tokens(self._prompt(task, ()).to_messages())
        return min(self.limits.evidence_tokens, self.limits.context_tokens - self.limits.output_tokens - bare)

    def _packed(self, task: Task, tokens: int) -> tuple[Evidence, ...]:
        evidence = fitting(task.evidence, tokens, self.count)
        if not evidence:
            raise UsageError(
                f"Not even one passage fits in {tokens} tokens of evidence",
                "Raise evidence_tokens (NEWSDESK_EVIDENCE_TOKENS)",
            )
        return evidence

    def _prompt(self, task: Task, evidence: tuple[Evidence, ...]) -> PromptValue:
        values = {self.about: task.about, "evidence": number_evidence(evidence)}
        if "differences" in self.template.prompt.input_variables:
            values["differences"] = note_for(task.about, evidence)
        return self.template.prompt.invoke(values)

    def _send(self, task: Task, evidence: tuple[Evidence, ...], seconds: float) -> Reply:
        _log.debug("write: %d of %d passages go to the model", len(evidence), len(task.evidence))
        return self._reply(self._prompt(task, evidence), evidence, seconds, watched=True)

    def _reply(self, prompt: PromptValue, evidence: tuple[Evidence, ...], seconds: float, *, watched: bool) -> Reply:
        on_draft = self.on_draft
        on_text = (lambda text: on_draft(text, evidence)) if on_draft and watched else None
        reply = model_text(self.open_model(), seconds, cache=self.cache, on_text=on_text).invoke(prompt)
        if reply.requests and not reply.input_tokens:
            # Few servers count the tokens of a stream.
            reply = replace(reply, input_tokens=self.tokens(prompt.to_messages()), output_tokens=self.count(reply.text))
        cost = self.price.of(reply.input_tokens, reply.output_tokens) if self.price else None
        _log.debug("write: %d tokens read, %d written", reply.input_tokens, reply.output_tokens)
        return replace(reply, read=evidence, cost=cost if reply.requests else 0.0)
