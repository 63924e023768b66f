"""Drafts held against their evidence, and what becomes of a sentence that is not borne out.

draft → statements → flag     every sentence is kept, with its findings
                   → drop     what is unsupported is left out, and said to be
                   → repair   the model gets its findings, once and in what is left of its time; then as with drop

Unless the policy is flag, the extractive writer answers when nothing stands or the model gives no usable reply, and the
answer says so: under `model`, and why among the gaps.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from langchain_core.runnables import RunnableLambda

from pipeline.errors import MissingKey, ModelError
from pipeline.grounding import Draft, ground_draft, parse_draft
from pipeline.models.faults import WrongSetup
from pipeline.tracing import span
from pipeline.types import Evidence, Section, Statement, Status, Usage
from pipeline.understood import Understood
from pipeline.writing import NOTHING_FOUND, NOTHING_STANDS, Drafted, Reply, Task, Writer

Revise: TypeAlias = Callable[[Task, Reply, str, float], Reply]
"""A task, the reply to it, the findings against that, and the seconds spent so far → a revised reply, or ModelError."""

Attribute: TypeAlias = Callable[[Statement], Statement]
"""A grounded statement → the same with who says each of its citations, and what that finds against it."""

FLAG, DROP, REPAIR = "flag", "drop", "repair"
_SHOWN_CHARACTERS = 200

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft after the checks: refused and without sections when nothing stands, partial when a part is missing."""

    about: str
    status: Status
    model: str
    evidence: tuple[Evidence, ...]
    sections: tuple[Section, ...]
    gaps: tuple[str, ...]
    usage: Usage
    understood: Understood = Understood()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of all sections, in order."""
        return tuple(statement for section in self.sections for statement in section.statements)


@dataclass(frozen=True, slots=True)
class Checker:
    """What is done with drafts, by `policy`; `model` names the writer.

    `revise` asks that writer again (None: it cannot be asked), `fallback` writes in its place (None: nobody does),
    `attribute` tells who says what a statement cites.
    """

    model: str
    policy: str = REPAIR
    revise: Revise | None = None
    fallback: Writer | None = None
    attribute: Attribute = lambda statement: statement

    def write_or_fall_back(self, write: Writer) -> Writer:
        """The writer, with the fallback in its place when it gives no usable reply."""
        if self.policy == FLAG or self.fallback is None:
            return write

        def rescued(task: Task) -> Reply:
            try:
                return write.invoke(task)
            except (WrongSetup, MissingKey):
                raise
            except ModelError as error:
                # What a failed request cost, nobody tells.
                return replace(self._stand_in(task, str(error)), cost=None)

        return RunnableLambda(rescued, name="write or fall back")

    def check(self, drafted: Drafted) -> Checked:
        """The draft resolved to statements; refused when it refuses, or when none of its statements stands."""
        with span("ground") as noted:
            checked = self._check(drafted)
            noted.note(statements=len(checked.statements), status=checked.status)
        return checked

    def _check(self, drafted: Drafted) -> Checked:
        held = self._hold(drafted.reply, drafted.read)
        if self.policy == FLAG:
            return self._settled(drafted, held)
        if self.policy == REPAIR and held.failing and not drafted.reply.writer and self.revise:
            started = time.perf_counter()
            held = self._repaired(self.revise, drafted, held)
            drafted = replace(drafted, repair_seconds=time.perf_counter() - started)
        if not held.stands and self.fallback and not drafted.reply.writer:
            reply = self._stand_in(drafted.task, "The evidence bears none of its draft out.").after(held.reply)
            held = self._hold(reply, drafted.evidence)
        kept = tuple(
            replace(section, statements=tuple(each for each in section.statements if each.support != "unsupported"))
            for section in held.sections
        )
        return self._settled(drafted, replace(held, sections=kept), tuple(map(_left_out, held.failing)))

    def _hold(self, reply: Reply, evidence: tuple[Evidence, ...]) -> _Held:
        sections = tuple(
            replace(section, statements=tuple(map(self.attribute, section.statements)))
            for section in ground_draft(reply.text, evidence)
        )
        return _Held(reply, parse_draft(reply.text), sections)

    def _repaired(self, revise: Revise, drafted: Drafted, held: _Held) -> _Held:
        """What the model makes of its findings, if more of that stands than of its first draft."""
        spent = time.perf_counter() - drafted.started
        try:
            with span("repair") as noted:
                revised = revise(drafted.task, held.reply, _findings(held), spent)
                noted.note(
                    input_tokens=revised.input_tokens, output_tokens=revised.output_tokens, cost_usd=revised.cost
                )
        except ModelError as error:
            _log.debug("repair: failed: %s", error)
            return replace(held, reply=replace(held.reply, notes=(*held.reply.notes, f"The repair failed: {error}")))
        again = self._hold(revised.after(held.reply), drafted.read)
        better = again.standing >= held.standing
        _log.debug("repair: %d unsupported before, %d after", len(held.failing), len(again.failing))
        return again if better else replace(held, reply=replace(held.reply.after(revised), text=held.reply.text))

    def _stand_in(self, task: Task, why: str) -> Reply:
        """The fallback's reply, labelled."""
        assert self.fallback is not None
        note = f"{self.model} gave no usable answer: {why}"
        _log.debug("%s", note)
        writer = f"extractive ({self.model} gave no usable answer)"
        return replace(self.fallback.invoke(task), writer=writer, notes=(note,))

    def _settled(self, drafted: Drafted, held: _Held, left_out: tuple[str, ...] = ()) -> Checked:
        draft, notes = held.draft, held.reply.notes
        _log.debug("ground: %d statements stand, %d left out", held.standing, len(left_out))
        drafted = replace(drafted, reply=held.reply)
        checked = Checked(
            drafted.question.text,
            "partial" if draft.missing or left_out else "answered",
            held.reply.writer or self.model,
            drafted.read,
            tuple(section for section in held.sections if section.statements),
            gaps=(*draft.missing, *left_out, *notes),
            usage=drafted.usage,
            understood=drafted.found.understood,
        )
        if draft.no_answer is not None:
            return replace(checked, status="refused", sections=(), gaps=(draft.no_answer or NOTHING_FOUND, *notes))
        if not held.standing:
            return replace(checked, status="refused", sections=(), gaps=(NOTHING_STANDS, *draft.missing, *notes))
        return checked


@dataclass(frozen=True, slots=True)
class _Held:
    """A reply with its draft and the statements that are in it."""

    reply: Reply
    draft: Draft
    sections: tuple[Section, ...]

    @property
    def statements(self) -> list[Statement]:
        return [statement for section in self.sections for statement in section.statements]

    @property
    def failing(self) -> tuple[Statement, ...]:
        if self.draft.no_answer is not None:
            return ()
        return tuple(statement for statement in self.statements if statement.support == "unsupported")

    @property
    def standing(self) -> int:
        if self.draft.no_answer is not None:
            return 0
        return sum(statement.support != "unsupported" for statement in self.statements)

    @property
    def stands(self) -> bool:
        """Whether there is something to show: statements that are borne out, or a refusal."""
        return self.draft.no_answer is not None or self.standing > 0


def _findings(held: _Held) -> str:
    """The findings for the model: a line for each sentence that has some."""
    return "\n".join(
        f"- “{statement.text}”: {'; '.join(statement.findings)}"
        for statement in held.statements
        if statement.findings and statement.support != "supported"
    )


def _left_out(statement: Statement) -> str:
    text = statement.text if len(statement.text) <= _SHOWN_CHARACTERS else f"{statement.text[:_SHOWN_CHARACTERS]}…"
    why = "; ".join(statement.findings) or statement.support
    return f"Left out as not borne out: “{text}” ({why})"
