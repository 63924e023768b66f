"""One call of a chat model within a wall-clock deadline: a whole, usable reply or a ModelError, nothing in between."""

from __future__ import annotations

import contextvars
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from pipeline.errors import ModelError, NewsdeskError
from pipeline.models.cache import ReplyCache
from pipeline.models.faults import advice_for, explain, model_name
from pipeline.writing import Reply

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_core.prompt_values import PromptValue
    from langchain_core.runnables import Runnable

Item = TypeVar("Item")

OnText: TypeAlias = Callable[[str], None]
"""Called with the text of a reply as far as it has come; with an empty one whenever it starts anew."""

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

_log = logging.getLogger(__name__)


def complete(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    *,
    deadline_seconds: float,
    on_text: OnText | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Reply:
    """The model's whole reply to these messages, retries included within `deadline_seconds` of wall time.

    With `on_text` the reply is streamed; it must end as a whole one all the same. Rate limits, server errors and cut
    connections are tried again twice, after the server's Retry-After if it gives one that fits. Raises ModelError for
    everything else, and for a reply that is cut, refused, filtered, empty or too long. `pause` waits between two
    attempts.
    """
    name = model_name(model)
    ends = time.monotonic() + deadline_seconds
    backoff = iter(_BACKOFF_SECONDS)
    while True:
        try:
            return _usable(_message(model, list(messages), ends, on_text), name)
        except NewsdeskError:
            raise
        except Exception as error:
            fault = explain(error, name, deadline_seconds, advice_for(model))
            delay = next(backoff, None)
            wait = delay if fault.wait is None else fault.wait
            if not fault.retry or delay is None or wait is None or time.monotonic() + wait >= ends:
                raise fault.error from error
            _log.debug("%s; trying again in %g s", fault.error.what, wait)
        pause(wait)


def model_text(
    model: BaseChatModel, deadline_seconds: float, *, cache: ReplyCache | None = None, on_text: OnText | None = None
) -> Runnable[PromptValue, Reply]:
    """`complete` as a link of a chain: `prompt | model_text(model, 60)`. What the cache has is not asked for again."""
    from langchain_core.runnables import RunnableLambda

    def write(prompt: PromptValue) -> Reply:
        messages = prompt.to_messages()
        known = cache.get(messages) if cache else None
        if known:
            return known
        reply = complete(model, messages, deadline_seconds=deadline_seconds, on_text=on_text)
        if cache:
            cache.put(messages, reply)
        return reply

    return RunnableLambda(write, name="model_text")


def finish_reason(message: AIMessage) -> str | None:
    """Why the model stopped, in the provider's word and lower case; None when it does not say."""
    for key in ("finish_reason", "stop_reason", "done_reason"):
        reason = message.response_metadata.get(key)
        if reason:
            return str(reason).lower()
    return None


def reply_text(message: AIMessage) -> str:
    """The text of a message. Half a surrogate pair, which no file or terminal takes, becomes U+FFFD."""
    return _well_formed(str(message.text))


def _well_formed(text: str) -> str:
    """The text with surrogate pairs joined, which may have come in two chunks, and halves of them replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _message(model: BaseChatModel, messages: list[BaseMessage], ends: float, on_text: OnText | None) -> AIMessage:
    """The reply, all at once or put together from its stream."""
    if on_text is None:
        return next(within(ends, lambda: iter([model.invoke(messages)])))
    on_text("")
    text, reason, whole = "", None, None
    for chunk in within(ends, lambda: model.stream(messages)):
        text += str(chunk.text)
        reason = finish_reason(chunk) or reason
        whole = chunk if whole is None else whole + chunk
        if len(text) > _REPLY_CHARACTERS:
            break
        on_text(_well_formed(text))
    if whole is None:
        raise ModelError(f"{model_name(model)!r} replied with nothing", "Ask again or choose another model")
    # Chunks put together have their metadata put together too: two chunks that say "stop" make "stopstop".
    return whole.model_copy(update={"response_metadata": {"finish_reason": reason}})


def within(ends: float, produce: Callable[[], Iterator[Item]]) -> Iterator[Item]:
    """The items of an iterator that is run in a thread; TimeoutError when the next is not there by `ends`.

    The client's own timeout is for each read, so a server that drips would hold the caller for as long as it likes. The
    thread left behind is a daemon: it keeps neither the caller nor the end of the program waiting.
    """
    arrived: SimpleQueue[tuple[Item] | BaseException | None] = SimpleQueue()
    abandoned = threading.Event()

    def run() -> None:
        try:
            for item in produce():
                arrived.put((item,))
                if abandoned.is_set():
                    return
            arrived.put(None)
        except BaseException as error:
            arrived.put(error)

    threading.Thread(target=contextvars.copy_context().run, args=(run,), daemon=True, name="model call").start()
    try:
        while True:
            left = ends - time.monotonic()
            if left < 0:
                raise TimeoutError
            try:
                got = arrived.get(timeout=left)
            except Empty:
                raise TimeoutError from None
            if got is None:
                return
            if isinstance(got, BaseException):
                raise got
            yield got[0]
    finally:
        abandoned.set()


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
    if len(text) > _REPLY_CHARACTERS:
        raise ModelError(f"{name!r} replied with {len(text):,} characters", "Choose another model")
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
    usage = message.usage_metadata
    return Reply(text, usage["input_tokens"] if usage else 0, usage["output_tokens"] if usage else 0, requests=1)
