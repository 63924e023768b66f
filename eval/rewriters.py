"""Models that rewrite questions and are none: deterministic functions of the messages they are sent.

They stand behind the real prompt and the real parser, in place of a model. `written` replies with queries that were
written beforehand for a question; the others show what a worse rewriter costs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import regex
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from pipeline.questions import read_question
from pipeline.tokens import count_tokens

WRITTEN, PARTS, BESIDE_THE_POINT, RUBBISH = "written", "parts", "beside the point", "rubbish"

_QUESTION = regex.compile(r"<question>\n(.*)\n</question>")
_BESIDE_THE_POINT = "weather forecast for the weekend\nfootball results and league table\nnew phone released"


class MockRewriter(BaseChatModel):
    """A chat model that replies to the prompt for queries as its `behaviour` says; `queries` are those of `written`, by
    question."""

    behaviour: str
    queries: Mapping[str, Sequence[str]] = {}

    @property
    def _llm_type(self) -> str:
        return self.behaviour

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        asked = _QUESTION.search(str(messages[-1].content))
        question = asked[1] if asked else ""
        text = REWRITERS[self.behaviour](question, self.queries)
        sent, written = sum(count_tokens(str(message.content)) for message in messages), count_tokens(text)
        message = AIMessage(
            content=text,
            usage_metadata={"input_tokens": sent, "output_tokens": written, "total_tokens": sent + written},
            response_metadata={"finish_reason": "stop"},
        )
        return ChatResult(generations=[ChatGeneration(message=message)])


def written(question: str, queries: Mapping[str, Sequence[str]]) -> str:
    """The queries written for the question, or the question itself."""
    return "\n".join(queries.get(question, [question]))


def parts(question: str, queries: Mapping[str, Sequence[str]]) -> str:
    """The parts of the question as rules cut it, with the names that each refers to."""
    read = read_question(question)
    return "\n".join(
        " ".join([part.text, *(name for name in part.names if name not in part.text)]) for part in read.parts
    )


def beside_the_point(question: str, queries: Mapping[str, Sequence[str]]) -> str:
    """Queries that have nothing to do with the question."""
    return _BESIDE_THE_POINT


def rubbish(question: str, queries: Mapping[str, Sequence[str]]) -> str:
    """JSON, which nobody asked for."""
    return f'{{"queries": ["{question}"]}}'


REWRITERS: dict[str, Callable[[str, Mapping[str, Sequence[str]]], str]] = {
    WRITTEN: written,
    PARTS: parts,
    BESIDE_THE_POINT: beside_the_point,
    RUBBISH: rubbish,
}
