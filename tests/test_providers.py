"""Models of other LangChain providers, by a tiny package of one that stands on the path, as an installed one would."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.app import open_newsdesk
from pipeline.errors import UsageError
from pipeline.models import chat_model, complete
from pipeline.models.faults import WrongSetup
from pipeline.models.prices import context_of
from pipeline.models.providers import DEFAULT_CONTEXT
from pipeline.settings import Settings
from pipeline.types import Question

PACKAGE = """
import re
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, ChatResult

class Refused(Exception):
    status_code = 401

class {name}(BaseChatModel):
    model: str
    temperature: float = 1
    max_tokens: int = 0
    timeout: float = 0
    max_retries: int = 9
    num_predict: int = 0
    num_ctx: int = 0
    client_kwargs: dict = {{}}

    @property
    def _llm_type(self):
        return "tiny"

    def _generate(self, messages, stop=None, run_manager=None, **kwargs):
        if self.model == "locked":
            raise Refused("no")
        asked = "\\n".join(str(message.content) for message in messages)
        found = re.search(r"(\\[\\d+\\.\\d+\\]) ([^\\n]*14 barges[^\\n]*)", asked)
        text = f"{{found[2]}} {{found[1]}}" if found else "NO ANSWER: the barges"
        message = AIMessage(text, response_metadata={{"stop_reason": "end_turn"}})
        return ChatResult(generations=[ChatGeneration(message=message)])
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if langchain-xai and langchain-ollama were installed."""
    from langchain.chat_models import base

    for package, name in (("langchain_xai", "ChatXAI"), ("langchain_ollama", "ChatOllama")):
        (tmp_path / f"{package}.py").write_text(PACKAGE.format(name=name))
    monkeypatch.syspath_prepend(tmp_path)
    yield
    base._get_chat_model_creator.cache_clear()
    for package in ("langchain_xai", "langchain_ollama"):
        sys.modules.pop(package, None)


@pytest.mark.usefixtures("installed")
def test_a_provider_that_is_installed_answers_with_the_same_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lock.txt").write_text("Dock gates jam\n\nThe gates jammed with 14 barges waiting, the trust said.\n")
    settings = Settings(library="library", model="xai:grok-tiny", cache=False)
    with open_newsdesk(settings, create=True) as desk:
        desk.ingest(["lock.txt"])
        answer = desk.ask(Question("How many barges wait?"))
    assert (answer.status, answer.model) == ("answered", "xai:grok-tiny")
    assert answer.statements[0].support == "supported"
    assert answer.usage.cost is None


@pytest.mark.usefixtures("installed")
def test_every_provider_is_given_its_limits() -> None:
    grok = chat_model("xai:grok-tiny", base_url=None, api_key=None, timeout=7, max_output_tokens=99)
    assert (grok.temperature, grok.max_tokens, grok.timeout, grok.max_retries) == (0, 99, 7, 0)  # type: ignore[attr-defined]
    llama = chat_model("ollama:llama3.1", base_url=None, api_key=None, timeout=7, max_output_tokens=99)
    assert (llama.num_predict, llama.num_ctx) == (99, DEFAULT_CONTEXT)  # type: ignore[attr-defined]
    assert llama.client_kwargs == {"timeout": 7}  # type: ignore[attr-defined]


@pytest.mark.usefixtures("installed")
def test_a_wrong_key_of_another_provider_is_not_blamed_on_openai() -> None:
    model = chat_model("xai:locked", base_url=None, api_key=None, timeout=7, max_output_tokens=99)
    with pytest.raises(WrongSetup) as caught:
        complete(model, [], deadline_seconds=5)
    assert "OPENAI" not in str(caught.value)
    assert "the key that its LangChain provider reads" in str(caught.value)


def test_a_provider_that_is_not_installed_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(UsageError, match=r"is not installed\. Install it: pip install langchain-groq\."):
        chat_model("groq:llama-3.3-70b", base_url=None, api_key=None, timeout=7, max_output_tokens=99)


@pytest.mark.parametrize(
    ("spec", "base_url", "tokens"),
    [
        ("openai:gpt-4o-mini", None, 128_000),
        ("openai:gpt-4o-mini-2024-07-18", None, 128_000),
        ("openai:gpt-4o-mini", "http://localhost:8000/v1", DEFAULT_CONTEXT),
        ("openai:llama3.1", "http://localhost:11434/v1", DEFAULT_CONTEXT),
        ("anthropic:claude-sonnet-4", None, 200_000),
        ("google_genai:gemini-2.5-flash", None, 1_048_576),
        ("ollama:llama3.1", None, DEFAULT_CONTEXT),
        ("unheard:of", None, DEFAULT_CONTEXT),
    ],
)
def test_what_a_model_reads_at_once(
    spec: str, base_url: str | None, tokens: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    assert context_of(spec, base_url) == tokens
