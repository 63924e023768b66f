"""What went wrong between us and a model server: one sentence, the next step, and whether another try can help.

LangChain sorts provider errors into its own classes; what it leaves unsorted is told by the HTTP status that the client
libraries put on their errors. Nothing here imports a provider's client.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import mktime_tz, parsedate_tz
from socket import gaierror
from typing import TYPE_CHECKING

from pipeline.errors import ModelError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# Statuses that a later attempt may not meet: request timeout, conflict, too early, too many requests.
RETRIED_STATUSES = frozenset({408, 409, 425, 429})
# OpenAI's codes for a key without credit: waiting does not help.
QUOTA_CODES = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
# A prompt that is too long, by code (OpenAI, llama.cpp) or in words (vLLM: "maximum context length is 4096 tokens").
_OVERFLOW_CODES = frozenset({"context_length_exceeded", "exceed_context_size_error"})
_OVERFLOW_WORDS = re.compile(r"context (length|size|window)", re.I)
_SHOWN_CHARACTERS = 200
_ANOTHER = "choose another model or use --model extractive"


class WrongSetup(ModelError):
    """The model cannot be used as it was named: key, name, address, cassette. Who asked must know, whoever else could
    answer in its place.
    """


class ContextOverflow(ModelError):
    """The prompt is longer than the model can read: with less evidence it may fit."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A failed attempt: the error to raise, whether to try again, and the seconds the server asks to wait (or None)."""

    error: ModelError
    retry: bool = False
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a wrong key, about an address that answers otherwise, and about one that does not answer."""

    key: str
    address: str
    unreached: str


_OPENAI = Advice(
    "Set OPENAI_API_KEY to a valid key for this server",
    "check OPENAI_BASE_URL (most end in /v1)",
    "correct OPENAI_BASE_URL",
)
_PROVIDER = Advice(
    "Set the key that its LangChain provider reads to a valid one",
    "check the settings of its LangChain provider",
    "check the settings of its LangChain provider",
)


def advice_for(model: BaseChatModel) -> Advice:
    """What to do about a model: it depends on whether the OpenAI client reaches it or a client of its provider."""
    kind = str(getattr(getattr(model, "model", None), "_llm_type", model._llm_type))
    return _OPENAI if kind.startswith("openai") else _PROVIDER


def model_name(model: BaseChatModel) -> str:
    """The name of a model for people: the provider's, the path of a cassette, else the name of its class."""
    for attribute in ("model_name", "model", "path"):
        name = getattr(model, attribute, None)
        if isinstance(name, str):
            return name
    return type(model).__name__


def explain(error: Exception, name: str, deadline_seconds: float, advice: Advice = _OPENAI) -> Fault:
    """The fault behind an exception that a chat model raised."""
    from langchain_core.exceptions import ContextOverflowError, ModelConnectionError, ModelTimeoutError

    if isinstance(error, TimeoutError | ModelTimeoutError):
        return _fault(
            f"{name!r} gave no whole reply in time",
            f"Try again, allow more than {deadline_seconds:g} seconds (NEWSDESK_MODEL_DEADLINE), "
            "or use --model extractive",
        )
    if isinstance(error, ContextOverflowError) or _is_overflow(error):
        return _fault(
            f"The evidence is longer than {name!r} can read",
            "Use fewer passages (NEWSDESK_EVIDENCE_PASSAGES) or a model with a larger context",
            kind=ContextOverflow,
        )
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status != 200:
        return _status_fault(error, status, name, advice)
    if isinstance(error, ModelConnectionError | ConnectionError):
        return _connection_fault(error, advice)
    return _fault(
        f"{server_of(error)} did not reply with a chat completion: {_shown(str(error)) or type(error).__name__}",
        f"Try again, {advice.address}, {_ANOTHER}",
    )


def _fault(
    what: str, next_step: str, *, retry: bool = False, wait: float | None = None, kind: type[ModelError] = ModelError
) -> Fault:
    return Fault(kind(what[0].upper() + what[1:], next_step), retry, wait)


def _connection_fault(error: Exception, advice: Advice) -> Fault:
    server = server_of(error)
    if any(isinstance(cause, ConnectionRefusedError | gaierror) for cause in causes_of(error)):
        return _fault(f"{server} does not answer", f"Start it, {advice.unreached}, or use --model extractive")
    return _fault(f"The connection to {server} broke", f"Try again, {_ANOTHER}", retry=True)


def _status_fault(error: Exception, status: int, name: str, advice: Advice) -> Fault:
    server, said = server_of(error), said_by(error)
    if status == 401:
        return _fault(
            f"{server} does not accept the API key",
            advice.key,
            kind=WrongSetup,
        )
    if status == 403:
        return _fault(
            f"{server} does not allow this key to use {name!r}{said}", f"Use another key, {_ANOTHER}", kind=WrongSetup
        )
    if status == 404:
        return _fault(
            f"{server} has no model {name!r}{said}",
            f"Name one that it serves, and {advice.address}",
            kind=WrongSetup,
        )
    if status == 429 and codes_of(error) & QUOTA_CODES:
        return _fault(f"The quota of the API key is used up at {server}", f"Add credit, use another key, {_ANOTHER}")
    if status == 429:
        wait = retry_after(error)
        when = "later" if wait is None else f"in {math.ceil(wait)} seconds"
        return _fault(
            f"{server} is limiting requests to {name!r}", f"Try again {when}, {_ANOTHER}", retry=True, wait=wait
        )
    if status >= 500 or status in RETRIED_STATUSES:
        return _fault(
            f"{server} failed with HTTP {status}{said}",
            f"Try again later, {_ANOTHER}",
            retry=True,
            wait=retry_after(error),
        )
    if 300 <= status < 400:
        return _fault(
            f"{server} redirects to another address", "Set OPENAI_BASE_URL to the final address", kind=WrongSetup
        )
    return _fault(
        f"{server} refused the request with HTTP {status}{said}", f"Correct the settings, {_ANOTHER}", kind=WrongSetup
    )


def _is_overflow(error: Exception) -> bool:
    if getattr(error, "status_code", None) not in {400, 413}:
        return False
    return bool(codes_of(error) & _OVERFLOW_CODES or _OVERFLOW_WORDS.search(said_by(error)))


def codes_of(error: Exception) -> set[str]:
    """The machine-readable names that the server gave the error."""
    return {str(getattr(error, attribute, None)) for attribute in ("code", "type")}


def server_of(error: Exception) -> str:
    """The server, by its address when the error knows it."""
    response = getattr(error, "response", None)
    url = getattr(getattr(error, "request", None) or getattr(response, "request", None), "url", None)
    host, port = getattr(url, "host", None), getattr(url, "port", None)
    if not host:
        return "the model server"
    return f"the model server at {host}:{port}" if port else f"the model server at {host}"


def said_by(error: Exception) -> str:
    """What the server said, as the end of a sentence; empty when it said nothing that can be shown."""
    body = getattr(error, "body", None)
    message = body.get("message") if isinstance(body, dict) else None
    return f": {_shown(message)}" if isinstance(message, str) and _shown(message) else ""


def _shown(text: str) -> str:
    """A server's text on one short line, without characters that act on a terminal."""
    line = "".join(character for character in " ".join(text.split()) if character.isprintable())
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[:_SHOWN_CHARACTERS]}…"


def retry_after(error: Exception) -> float | None:
    """The seconds of a Retry-After header, given as seconds or as a date; None when there is none that makes sense."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    value = str(headers.get("retry-after") or "")
    try:
        seconds = float(value)
    except ValueError:
        moment = parsedate_tz(value)
        if moment is None:
            return None
        seconds = mktime_tz(moment) - time.time()
    return max(0.0, seconds) if math.isfinite(seconds) else None


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it was raised from."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
