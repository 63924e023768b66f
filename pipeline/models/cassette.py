"""Recorded replies of a model, played back without it.

A cassette is JSON Lines, one reply a line: the digest of the messages that were sent, the first line of the last of
them for people to read, and the reply with its finish reason and usage. Never a key, an address or a header. A changed
prompt has another digest, so it misses loudly instead of passing on an old reply. Of two replies to one request, the
later counts.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import InputError, SuiteError
from pipeline.models.completion import finish_reason, reply_text
from pipeline.models.faults import WrongSetup


class Recorded(BaseModel):
    """One line of a cassette. `request` is the digest of the messages, `asked` the first line of the last of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    request: str
    asked: str
    reply: str
    finish_reason: str | None
    refusal: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0

    def message(self) -> AIMessage:
        """The reply as the model gave it."""
        return AIMessage(
            self.reply,
            additional_kwargs={"refusal": self.refusal} if self.refusal else {},
            response_metadata={"finish_reason": self.finish_reason},
            usage_metadata=UsageMetadata(
                input_tokens=self.input_tokens,
                output_tokens=self.output_tokens,
                total_tokens=self.input_tokens + self.output_tokens,
            ),
        )


class ReplayedChatModel(BaseChatModel):
    """Answers every request from a cassette; WrongSetup for one that is not on it."""

    path: str
    replies: Mapping[str, Recorded]

    @property
    def _llm_type(self) -> str:
        return "replayed"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        recorded = self.replies.get(request_digest(messages))
        if recorded is None:
            raise WrongSetup(
                f"The cassette {self.path!r} has no reply to this prompt: {_asked(messages)!r}",
                "The prompt or its evidence changed since it was recorded: record again with the model itself",
            )
        return ChatResult(generations=[ChatGeneration(message=recorded.message())])


class RecordingChatModel(BaseChatModel):
    """Passes requests on to a model, under whose name it goes, and appends each reply to a cassette."""

    model: BaseChatModel
    model_name: str
    path: str

    @property
    def _llm_type(self) -> str:
        return "recording"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        message = self.model.invoke(messages, stop=stop, **kwargs)
        usage = message.usage_metadata
        recorded = Recorded(
            request=request_digest(messages),
            asked=_asked(messages),
            reply=reply_text(message),
            finish_reason=finish_reason(message),
            refusal=message.additional_kwargs.get("refusal"),
            input_tokens=usage["input_tokens"] if usage else 0,
            output_tokens=usage["output_tokens"] if usage else 0,
        )
        _append(Path(self.path), recorded)
        return ChatResult(generations=[ChatGeneration(message=message)])


def replayed(path: str) -> ReplayedChatModel:
    """The model that a cassette stands in for. InputError if it cannot be read, SuiteError for a bad line."""
    try:
        content = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The cassette {path!r} cannot be read: {error}", "Name a file that was recorded") from error
    replies = {}
    for number, line in enumerate(content.removesuffix("\n").split("\n") if content else [], 1):
        try:
            recorded = Recorded.model_validate_json(line)
        except ValidationError as error:
            raise SuiteError(
                f"Line {number} of the cassette {path!r} is not a recorded reply", "Record it again"
            ) from error
        replies[recorded.request] = recorded
    if not replies:
        raise SuiteError(f"The cassette {path!r} is empty", "Record it again")
    return ReplayedChatModel(path=path, replies=replies)


def request_digest(messages: Sequence[BaseMessage]) -> str:
    """SHA-256 over role and content of all messages, in hex."""
    said = [[message.type, message.content] for message in messages]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _asked(messages: Sequence[BaseMessage]) -> str:
    """The first line of the last message: in our prompts, the question or the topic."""
    return str(messages[-1].text).strip().partition("\n")[0] if messages else ""


def _append(path: Path, recorded: Recorded) -> None:
    """Append one line by one write, so that writers in parallel do not mix their lines."""
    line = f"{recorded.model_dump_json()}\n".encode()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        os.write(descriptor, line)
    finally:
        os.close(descriptor)
