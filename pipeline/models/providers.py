"""The chat model that a spec names. OpenAI and every compatible server go through LangChain's OpenAI chat model."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.addresses import is_loopback
from pipeline.errors import MissingKey, UsageError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

OPENAI_URL = "https://api.openai.com/v1"
DEFAULT_CONTEXT = 8192
"""The tokens that a model is taken to read when nobody says: what servers on one's own machine are often set to."""

_FORMS = "extractive, openai:NAME, replay:PATH, or PROVIDER:NAME of a LangChain provider that is installed"
# OpenAI's reasoning models accept no temperature (LangChain leaves it out for gpt-5 by itself).
_NO_TEMPERATURE = re.compile(r"o\d")


def chat_model(
    spec: str,
    *,
    base_url: str | None,
    api_key: str | None,
    timeout: float,
    max_output_tokens: int,
    temperature: float = 0,
) -> BaseChatModel:
    """The chat model for `openai:NAME`, `replay:PATH` (a cassette) or `PROVIDER:NAME`; nothing is sent yet.

    For `openai:`, None means OPENAI_BASE_URL and OPENAI_API_KEY; a server on this machine needs no key. `timeout` is in
    seconds, for each wait and for the whole body of a reply. Retries are left to `complete`.
    Raises UsageError for a spec or address that is none, MissingKey, and SuiteError for an unsound cassette.
    """
    # LangSmith sends prompts away when tracing is on: off, unless the user turned it on.
    os.environ.setdefault("LANGSMITH_TRACING", "false")
    provider, separator, name = spec.partition(":")
    if not (provider and separator and name):
        raise UsageError(f"{spec!r} names no model", f"Use {_FORMS}")
    if provider == "replay":
        from pipeline.models.cassette import replayed

        return replayed(name)
    if provider == "openai":
        return _openai(name, base_url, api_key, timeout, max_output_tokens, temperature)
    return _other(spec, provider, name, timeout, max_output_tokens, temperature)


def address_of(spec: str, base_url: str | None = None) -> str:
    """The address that a spec is sent to; empty for providers other than `openai:`, which know their own."""
    if not spec.startswith("openai:"):
        return ""
    return base_url or os.environ.get("OPENAI_BASE_URL") or OPENAI_URL


def _openai(
    name: str, base_url: str | None, api_key: str | None, timeout: float, max_output_tokens: int, temperature: float
) -> BaseChatModel:
    url = address_of(f"openai:{name}", base_url)
    host = host_of(url)
    key = api_key or os.environ.get("OPENAI_API_KEY") or ("none-needed" if is_loopback(host) else None)
    if key is None:
        raise MissingKey(
            f"There is no API key for {f'openai:{name}'!r} at {host}",
            "Set OPENAI_API_KEY (to any value if the server needs none), or use --model extractive",
        )
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    from pipeline.models.transport import bounded_client

    # Only OpenAI takes max_completion_tokens for sure: Ollama ignores it and runs on (ollama/ollama#7125).
    at_openai = host.endswith((".openai.com", ".openai.azure.com"))
    return ChatOpenAI(
        model=name,
        base_url=url,
        api_key=SecretStr(key),
        temperature=None if _NO_TEMPERATURE.match(name) else temperature,
        max_completion_tokens=max_output_tokens if at_openai else None,
        extra_body=None if at_openai else {"max_tokens": max_output_tokens},
        timeout=timeout,
        max_retries=0,
        # Some compatible servers refuse a stream that asks for its usage.
        stream_usage=at_openai,
        use_responses_api=False,
        http_client=bounded_client(timeout, through_proxy=not is_loopback(host)),
    )


def _other(
    spec: str, provider: str, name: str, timeout: float, max_output_tokens: int, temperature: float
) -> BaseChatModel:
    from langchain.chat_models import init_chat_model
    from langchain_core.language_models import BaseChatModel

    # Ollama has its own names, and reads 4,096 tokens of a prompt unless it is told otherwise.
    ollama = {"num_predict": max_output_tokens, "num_ctx": DEFAULT_CONTEXT, "client_kwargs": {"timeout": timeout}}
    limits = ollama if provider == "ollama" else {"max_tokens": max_output_tokens, "timeout": timeout, "max_retries": 0}
    try:
        model = init_chat_model(name, model_provider=provider, temperature=temperature, **limits)
    except ImportError as error:
        package = re.search(r"pip install ([\w-]+)", str(error))
        missing = package[1] if package else f"langchain-{provider}"
        raise UsageError(
            f"{spec!r} needs a package that is not installed", f"Install it: pip install {missing}"
        ) from error
    except ValueError as error:
        if str(error).startswith("Unsupported"):
            raise UsageError(f"{spec!r} is not a model that newsdesk knows", f"Use {_FORMS}") from error
        reason = str(error).splitlines()[0]
        raise UsageError(f"{spec!r} cannot be set up: {reason}", "Set what its provider asks for") from error
    if not isinstance(model, BaseChatModel):
        raise UsageError(f"{spec!r} is not a chat model", f"Use {_FORMS}")
    return model


def host_of(url: str) -> str:
    """The host of a model server's address; raises UsageError for what is none."""
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in {"http", "https"} and parts.port != 0 else None
    except ValueError:
        host = None
    if not host:
        raise UsageError(
            f"{url!r} is not the address of a model server", "Set OPENAI_BASE_URL to one like http://localhost:11434/v1"
        )
    return host
