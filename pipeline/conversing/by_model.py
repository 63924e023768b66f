"""Follow-up questions made to stand alone by a language model; by rules when it gives nothing that can be used."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.conversing.referents import Turn
from pipeline.conversing.rewriting import standalone
from pipeline.errors import ModelError
from pipeline.models import model_text
from pipeline.templates import load, untrusted_line

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from pipeline.models.cache import ReplyCache

# What is told of a conversation: its last turns, and the beginnings of their answers.
TURNS, ANSWER_CHARACTERS = 4, 400
# A question is shorter than this; a reply above it is something else.
LONGEST_QUESTION = 300
_SECONDS = 20.0

_log = logging.getLogger(__name__)


def standalone_by(
    model: BaseChatModel, question: str, history: Sequence[Turn], *, deadline_seconds: float, cache: ReplyCache | None
) -> str:
    """The question as the model makes it stand alone; as the rules do when its reply is no single short line."""
    if not history:
        return standalone(question, history)
    told = "\n".join(
        f"Question: {untrusted_line(turn.question)}\nAnswer: {untrusted_line(turn.answer)[:ANSWER_CHARACTERS]}"
        for turn in history[-TURNS:]
    )
    prompt = load("rewrite").prompt.invoke({"conversation": told, "question": untrusted_line(question)})
    try:
        reply = model_text(model, min(deadline_seconds, _SECONDS), cache=cache).invoke(prompt)
    except ModelError as error:
        _log.debug("rewrite: by the rules: %s", error)
        return standalone(question, history)
    lines = [untrusted_line(line).strip('"“” ') for line in reply.text.splitlines() if line.strip()]
    if len(lines) != 1 or not lines[0] or len(lines[0]) > LONGEST_QUESTION or "://" in lines[0]:
        _log.debug("rewrite: by the rules: the reply is no question")
        return standalone(question, history)
    return lines[0]
