"""A question as queries for the search, written by a language model: what is asked taken apart, each part by itself.

question → prompts/queries.md → chat model, asked once → at most MOST_QUERIES plain lines, looked for besides it

The question itself is always looked for, so a model can add to what is found, and a reply that is anything but plain
lines changes nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import regex

from pipeline.errors import MissingKey, ModelError
from pipeline.models import model_text
from pipeline.models.faults import WrongSetup
from pipeline.templates import load, untrusted_line
from pipeline.tracing import span
from pipeline.writing import Reply

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage
    from langchain_core.prompt_values import PromptValue

    from pipeline.models.cache import ReplyCache
    from pipeline.models.prices import Price

MOST_QUERIES = 4
# Characters of a query: twice the longest question of the bundled suite.
LONGEST_QUERY = 300
# Queries are a few dozen tokens: who waits for them waits for the answer besides.
_SECONDS = 20.0

_LISTED = regex.compile(r"(?:[-*•]|\d{1,2}[.)])\s+")
_WRAPPED = regex.compile(r"[\"“](?P<inside>[^\"“”]+)[\"”]")
# Words, and the marks that stand between words: no markup, brackets of marks, braces of JSON or colons of a remark.
_PLAIN = regex.compile(r"(?:[\p{L}\p{M}\p{N}\p{Sc} '’‘\"“”.,?!&%/()+\-–—]|(?<=\d):(?=\d))+")
_SAYS_SOMETHING = regex.compile(r"\p{L}|\p{N}")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The queries that a model wrote, what that cost, and in how many seconds; without any, `why` in one sentence."""

    queries: tuple[str, ...] = ()
    why: str = ""
    cost: Reply = field(default_factory=lambda: Reply(""))
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Asks a chat model for queries, within `deadline_seconds`, at most twenty. `price` is None when it is not listed,
    `cache` to send every request."""

    open_model: Callable[[], BaseChatModel]
    deadline_seconds: float
    price: Price | None = None
    cache: ReplyCache | None = None

    def rewrite(self, question: str) -> Rewritten:
        """The queries for a question; none when the model gives no reply that can be used.

        Raises MissingKey and WrongSetup: then no other request would be answered either.
        """
        started = time.perf_counter()
        with span("rewrite") as noted:
            rewritten = self._rewritten(question)
            cost = rewritten.cost
            noted.note(
                queries=len(rewritten.queries),
                input_tokens=cost.input_tokens,
                output_tokens=cost.output_tokens,
                cost_usd=cost.cost,
                requests=cost.requests,
                cached=cost.cached,
            )
        _log.debug("rewrite: %s", "; ".join(rewritten.queries) or rewritten.why)
        return replace(rewritten, seconds=time.perf_counter() - started)

    def messages(self, question: str) -> tuple[BaseMessage, ...]:
        """The request that `rewrite` would send."""
        return tuple(self._prompt(question).to_messages())

    def _prompt(self, question: str) -> PromptValue:
        return load("queries").prompt.invoke({"question": untrusted_line(question)})

    def _rewritten(self, question: str) -> Rewritten:
        seconds = min(self.deadline_seconds, _SECONDS)
        try:
            reply = model_text(self.open_model(), seconds, cache=self.cache).invoke(self._prompt(question))
        except (MissingKey, WrongSetup):
            raise
        except ModelError as error:
            # What a failed request cost, nobody tells.
            return Rewritten(why=_unused(error.what), cost=Reply("", cost=None))
        cost = self.price.of(reply.input_tokens, reply.output_tokens) if self.price else None
        queries, why = read_queries(reply.text, question)
        return Rewritten(queries, why and _unused(why), replace(reply, cost=cost if reply.requests else 0.0))


def read_queries(reply: str, question: str) -> tuple[tuple[str, ...], str]:
    """The queries in a reply, without those that only repeat the question; or none, and what is wrong with the reply.

    Every line must be a query: words in at most LONGEST_QUERY characters; and there are at most MOST_QUERIES.

    >>> read_queries("1. fine on the hospital\\n2. fine on its supplier", "Compare the fines.")
    (('fine on the hospital', 'fine on its supplier'), '')
    """
    lines = [line.strip() for line in reply.splitlines() if line.strip()]
    if len(lines) > MOST_QUERIES:
        return (), f"its reply has {len(lines):,} lines, not one to {MOST_QUERIES}"
    queries: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        query = _LISTED.sub("", line, count=1) if _LISTED.match(line) else line
        if wrapped := _WRAPPED.fullmatch(query):
            query = wrapped["inside"]
        query = " ".join(query.split())
        if len(query) > LONGEST_QUERY:
            return (), f"line {number} of its reply has {len(query):,} characters"
        if not _PLAIN.fullmatch(query) or not _SAYS_SOMETHING.search(query) or query != untrusted_line(query):
            return (), f"line {number} of its reply is no plain query"
        queries.setdefault(query.casefold(), query)
    queries.pop(" ".join(question.split()).casefold(), None)
    return tuple(queries.values()), "" if queries or lines else "its reply is empty"


def _unused(why: str) -> str:
    return f"no queries of the model are used: {why[:1].lower()}{why[1:]}"
