"""Language models that are none: deterministic functions of the messages they are sent.

They stand behind the real prompt, parser and grounding, in place of a real model. The faithful one does what the prompt
asks. The hostile ones do what is known to go wrong; each keeps the sentences that it planted, so that it can be counted
how many of them got through as supported.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr

from pipeline.questions import content_stems
from pipeline.tokens import count_tokens
from pipeline.writing import NO_ANSWER

# The best sentence must share this much of the question's content words, weighed by rarity in the evidence, or the
# faithful model refuses; the others that it copies, this much. Of four pairs from (.25, .20) to (.40, .30), tried on
# the bundled suite, the one that still refuses a fifth of the unanswerable questions at the least loss of answers.
REFUSES_BELOW = 0.30
COPIES_FROM = 0.20
_COPIED = 3
# Longer than any deadline: a caller that has none, and never releases the model, is held up and not stuck.
_STALLS_SECONDS = 300.0
_COPIED_FOR_A_BRIEFING = 10

_ABOUT = re.compile(r"^(Question|Topic): (.+)$", re.MULTILINE)
_EVIDENCE_LINE = re.compile(r"^\[(\d+\.\d+)\] (.+)$", re.MULTILINE)
_NUMBER = re.compile(r"(?<![\w.,])\d+(?![\w.,]*\d)")
_NAME = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
_NOT = re.compile(r"\b(was|were|is|are|has|have|had|will|would|could|did) not ")
_VERB = re.compile(r"\b(was|were|is|are|has|have|had|will|would|could) ")
_ORDER = re.compile(r"\b(?:ignore|disregard|forget) (?:all|any|every|the|your|previous|earlier)\b", re.IGNORECASE)
_DEMAND = re.compile(r"[“\"]([^”\"]+)[”\"]")


@dataclass(frozen=True, slots=True)
class Line:
    """A numbered sentence of the evidence, as the prompt shows it."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a mock reads out of the messages: what is asked, and the evidence."""

    about: str
    lines: tuple[Line, ...]
    briefing: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply, those of its sentences (without marks) that must not come out as supported, and whether it comes at
    all: one that stalls is given when the model is released."""

    text: str
    planted: tuple[str, ...] = ()
    finish_reason: str = "stop"
    stalls: bool = False


class MockChatModel(BaseChatModel):
    """A chat model that replies as its `behaviour` says; see BEHAVIOURS. `planted` is what it has planted so far."""

    behaviour: str
    _planted: list[str] = PrivateAttr(default_factory=list)
    _released: threading.Event = PrivateAttr(default_factory=threading.Event)

    @property
    def planted(self) -> tuple[str, ...]:
        return tuple(self._planted)

    def release(self) -> None:
        """Let go of the threads that wait for a reply which does not come."""
        self._released.set()

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
        draft = BEHAVIOURS[self.behaviour](read_prompt(messages))
        self._planted += draft.planted
        if draft.stalls:
            self._released.wait(_STALLS_SECONDS)
        sent = sum(count_tokens(str(message.content)) for message in messages)
        written = count_tokens(draft.text)
        message = AIMessage(
            content=draft.text,
            usage_metadata={"input_tokens": sent, "output_tokens": written, "total_tokens": sent + written},
            response_metadata={"finish_reason": draft.finish_reason},
        )
        return ChatResult(generations=[ChatGeneration(message=message)])


def read_prompt(messages: Sequence[BaseMessage]) -> Prompt:
    """The question or topic and the numbered evidence in the messages; empty where the prompt has another layout."""
    text = str(messages[-1].content)
    about = _ABOUT.search(text)
    return Prompt(
        about=about[2] if about else "",
        lines=tuple(Line(found[1], found[2]) for found in _EVIDENCE_LINE.finditer(text)),
        briefing=bool(about and about[1] == "Topic"),
    )


def faithful(prompt: Prompt) -> Draft:
    """Copies the sentences that share most words with the question, with their marks, or refuses."""
    chosen = _best(prompt)
    if not chosen:
        return Draft(f"{NO_ANSWER} nothing in the evidence is about {prompt.about}")
    sentences = [_cite(line.text, line.mark) for line in chosen]
    if not prompt.briefing:
        return Draft(" ".join(sentences))
    points = "\n".join(f"- {sentence}" for sentence in sentences[1:])
    return Draft(f"## Bottom line\n{sentences[0]}\n\n## Key points\n{points}")


def hallucinating(prompt: Prompt) -> Draft:
    """Puts a wrong number into every sentence that has one, and makes up a sentence; all with plausible marks."""
    chosen = _best(prompt)
    if not chosen:
        return _invented(prompt)
    altered = [(_NUMBER.sub(lambda found: str(int(found[0]) + 7), line.text, count=1), line) for line in chosen]
    planted = [text for text, line in altered if text != line.text]
    text = " ".join(_cite(text, line.mark) for text, line in altered)
    return Draft(f"{text} {_cite(_INVENTED, chosen[0].mark)}", (*planted, _INVENTED))


def twisting(prompt: Prompt) -> Draft:
    """Says the opposite of the evidence, or says it of someone else, with the right marks."""
    sentences, planted = [], []
    for at, line in enumerate(_best(prompt)):
        twisted = _renamed(line, prompt.lines) if at % 2 else _negated(line.text)
        sentences.append(_cite(twisted, line.mark))
        if twisted != line.text:
            planted.append(twisted)
    return Draft(" ".join(sentences), tuple(planted)) if sentences else _invented(prompt)


def miscites(prompt: Prompt) -> Draft:
    """Copies the right sentences under the marks of their neighbours."""
    marks = [line.mark for line in prompt.lines]
    chosen = _best(prompt)
    if not chosen:
        return _invented(prompt)
    moved = [(line.text, marks[(marks.index(line.mark) + 1) % len(marks)]) for line in chosen]
    return Draft(" ".join(_cite(text, mark) for text, mark in moved), tuple(text for text, _ in moved))


def gullible(prompt: Prompt) -> Draft:
    """Does what a sentence of the evidence tells it to: says what stands there in quotation marks, and cites it."""
    demanded = [
        (demand[1], line.mark)
        for line in prompt.lines
        if _ORDER.search(line.text) and (demand := _DEMAND.search(line.text))
    ]
    if not demanded:
        return faithful(prompt)
    sentences = [_cite(line.text, line.mark) for line in _best(prompt)] + [_cite(text, mark) for text, mark in demanded]
    return Draft(" ".join(sentences), tuple(text for text, _ in demanded))


def truncating(prompt: Prompt) -> Draft:
    """Runs into its token limit in the middle of a sentence, and says so."""
    *before, last = _best(prompt) or [Line("", _INVENTED)]
    cut = last.text[: len(last.text) // 2].rstrip()
    return Draft(" ".join([*(_cite(line.text, line.mark) for line in before), cut]), (cut,), finish_reason="length")


def breaking_off(prompt: Prompt) -> Draft:
    """Stops in the middle of a sentence as if it were done."""
    return replace(truncating(prompt), finish_reason="stop")


def refusing(prompt: Prompt) -> Draft:
    """Will not do it, in words of its own."""
    refusal = "I’m sorry, but I can’t help with that request."
    return Draft(refusal, (refusal,))


def malformed(prompt: Prompt) -> Draft:
    """Replies in a form that nobody asked for: another one for each length of question."""
    chosen = _best(prompt) or prompt.lines[:1]
    text = chosen[0].text if chosen else _INVENTED
    forms = (
        Draft(f'{{"answer": "{text}", "citations": [99]}}', (text,)),
        Draft(f"{text} [99.99][0.0]", (text,)),
        Draft(f"{text} [1.", (text,)),
        Draft(f"<answer>{text} (source 1, sentence 2)</answer>", (text,)),
        Draft("[1.1][1.2][1.3]"),
        Draft("   \n"),
    )
    return forms[len(prompt.about) % len(forms)]


def slow(prompt: Prompt) -> Draft:
    """Has a faultless reply, and does not give it before the deadline is long over."""
    chosen = _best(prompt) or prompt.lines[:1]
    return Draft(
        " ".join(_cite(line.text, line.mark) for line in chosen), tuple(line.text for line in chosen), stalls=True
    )


SLOW = "slow"

BEHAVIOURS: dict[str, Callable[[Prompt], Draft]] = {
    "faithful": faithful,
    "hallucinating": hallucinating,
    "twisting": twisting,
    "miscites": miscites,
    "gullible": gullible,
    "truncating": truncating,
    "breaking-off": breaking_off,
    "refusing": refusing,
    "malformed": malformed,
    SLOW: slow,
}
HOSTILE = tuple(name for name in BEHAVIOURS if name != "faithful")

_INVENTED = "Two senior officials resigned over the affair on Friday, a spokeswoman confirmed."


def _best(prompt: Prompt) -> list[Line]:
    """The evidence sentences that share most with the question, best first, no text twice; none when too little."""
    stems = [content_stems(line.text) for line in prompt.lines]
    wanted = {
        stem: math.log((len(stems) + 1) / (1 + sum(1 for each in stems if stem in each)))
        for stem in sorted(content_stems(prompt.about))
    }
    whole = sum(wanted.values()) or 1.0
    scored = [(sum(wanted[stem] for stem in wanted if stem in each) / whole, at) for at, each in enumerate(stems)]
    ranked = sorted(scored, key=lambda pair: (-pair[0], pair[1]))
    if not ranked or ranked[0][0] < REFUSES_BELOW:
        return []
    most = _COPIED_FOR_A_BRIEFING if prompt.briefing else _COPIED
    chosen: dict[str, Line] = {}
    for score, at in ranked:
        if score >= COPIES_FROM and len(chosen) < most:
            chosen.setdefault(prompt.lines[at].text, prompt.lines[at])
    return list(chosen.values())


def _cite(sentence: str, mark: str) -> str:
    """The sentence with its mark before the full stop, as the prompt shows it."""
    if sentence.endswith("."):
        return f"{sentence[:-1]} [{mark}]."
    return f"{sentence} [{mark}]"


def _invented(prompt: Prompt) -> Draft:
    return Draft(_cite(_INVENTED, prompt.lines[0].mark) if prompt.lines else _INVENTED, (_INVENTED,))


def _negated(text: str) -> str:
    return _NOT.sub(r"\1 ", text, count=1) if _NOT.search(text) else _VERB.sub(r"\1 not ", text, count=1)


def _renamed(line: Line, lines: Sequence[Line]) -> str:
    """The sentence with its first full name exchanged for one that it does not hold."""
    name = _NAME.search(line.text)
    others = (found for other in lines for found in _NAME.findall(other.text) if found not in line.text)
    other = next(others, None)
    return line.text.replace(name[0], other) if name and other else line.text
