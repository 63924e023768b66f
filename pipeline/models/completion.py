"""One call of a chat model within a wall-clock deadline: a whole, usable reply or a ModelError, nothing in between."""

from __future__ import annotations

import contextvars
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from pipeline.errors import ModelError, NewsdeskError
from pipeline.models.faults import explain, model_name
from pipeline.writing import Reply

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_core.prompt_values import PromptValue
    from langchain_core.runnables import Runnable

# Waits before the second and third attempt when the server does not say how long: the OpenAI client's own first two.
_BACKOFF_SECONDS = (0.5, 1.0)
# An answer has a few thousand characters; a reply above this is a model that runs on.
_REPLY_CHARACTERS = 1_000_000

# How providers say that a reply is whole, and what the other endings mean. OpenAI and compatible servers: stop, length,
# content_filter, tool_calls; Anthropic: end_turn, stop_sequence, max_tokens, refusal, tool_use; Google: SAFETY, STOP.
_WHOLE = frozenset({"stop", "end_turn", "stop_sequence", "eos", "eos_token"})
_CUT_SHORT = frozenset({"length", "max_tokens", "model_length"})
_FILTERED = frozenset({"content_filter", "content_filtered", "safety", "refusal", "prohibited_content"})
_TOOLS = frozenset({"tool_calls", "tool_use", "function_call"})


def complete(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    *,
    deadline_seconds: float,
    pause: Callable[[float], None] = time.sleep,
) -> Reply:
    """The model's whole reply to these messages, retries included within `deadline_seconds` of wall time.

    Rate limits, server errors and cut connections are tried again twice, after the server's Retry-After if it gives one
    that fits. Raises ModelError for everything else, and for a reply that is cut, refused, filtered, empty or too long.
    `pause` waits between two attempts.
    """
    ends = time.monotonic() + deadline_seconds
    backoff = iter(_BACKOFF_SECONDS)
    while True:
        try:
            message = _within(ends - time.monotonic(), lambda: model.invoke(list(messages)))
            return _usable(message, model_name(model))
        except NewsdeskError:
            raise
        except Exception as error:
            fault = explain(error, model_name(model), deadline_seconds)
            delay = next(backoff, None)
            wait = delay if fault.wait is None else fault.wait
            if not fault.retry or delay is None or wait is None or time.monotonic() + wait >= ends:
                raise fault.error from error
        pause(wait)


def model_text(model: BaseChatModel, deadline_seconds: float) -> Runnable[PromptValue, Reply]:
    """`complete` as a link of a chain: `prompt | model_text(model, 60)` gives a Reply."""
    from langchain_core.runnables import RunnableLambda

    def write(prompt: PromptValue) -> Reply:
        return complete(model, prompt.to_messages(), deadline_seconds=deadline_seconds)

    return RunnableLambda(write, name="model_text")


def finish_reason(message: AIMessage) -> str | None:
    """Why the model stopped, in the provider's word and lower case; None when it does not say."""
    for key in ("finish_reason", "stop_reason", "done_reason"):
        reason = message.response_metadata.get(key)
        if reason:
            return str(reason).lower()
    return None


def reply_text(message: AIMessage) -> str:
    """The text of a message. Half a surrogate pair, which no file or terminal takes, becomes a question mark."""
    return str(message.text).encode(errors="replace").decode()


def _within(seconds: float, call: Callable[[], AIMessage]) -> AIMessage:
    """The result of a call, or TimeoutError when it takes longer.

    The client's own timeout is for each read, so a server that drips would hold the caller for as long as it likes. The
    thread left behind is a daemon: it keeps neither the caller nor the end of the program waiting.
    """
    result: Future[AIMessage] = Future()

    def run() -> None:
        try:
            result.set_result(call())
        except BaseException as error:
            result.set_exception(error)

    threading.Thread(target=contextvars.copy_context().run, args=(run,), daemon=True, name="model call").start()
    return result.result(timeout=max(0.0, seconds))


def _usable(message: AIMessage, name: str) -> Reply:
    """The reply that a message holds; ModelError when it is not a whole, plain text."""
    text, reason = reply_text(message), finish_reason(message)
    if message.additional_kwargs.get("refusal") or reason in _FILTERED:
        raise ModelError(
            f"{name!r} declined to answer or its reply was filtered",
            "Ask in other words, choose another model, or use --model extractive",
        )
    if message.tool_calls or message.invalid_tool_calls or reason in _TOOLS:
        raise ModelError(
            f"{name!r} called a tool, and was given none", "Choose another model or use --model extractive"
        )
    if reason in _CUT_SHORT:
        raise ModelError(
            f"{name!r} stopped in the middle: the reply reached the limit of output tokens",
            "Raise output_tokens (NEWSDESK_OUTPUT_TOKENS) or choose another model",
        )
    if reason is None:
        raise ModelError(f"The reply of {name!r} broke off: it ended without a finish reason", "Ask again")
    if reason not in _WHOLE:
        raise ModelError(f"{name!r} stopped for an unknown reason, {reason!r}", "Ask again or choose another model")
    if not text.strip():
        raise ModelError(f"{name!r} replied with nothing", "Ask again or choose another model")
    if len(text) > _REPLY_CHARACTERS:
        raise ModelError(f"{name!r} replied with {len(text):,} characters", "Choose another model")
    usage = message.usage_metadata
    return Reply(text, usage["input_tokens"] if usage else 0, usage["output_tokens"] if usage else 0)
