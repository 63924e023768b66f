"""The briefing writer that asks a language model part by part: a request for each development, one for the bottom line.

    evidence → developments → drafts, several at once → each grounded → merged, and the bottom line written from them

Every request keeps to the evidence tokens of the settings, so a story may be longer than what the model reads at once.
A part that fails is named, and the rest delivered; without a bottom line of the model's the first sentences lead.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from typing import TypeAlias

from pipeline.errors import MissingKey, ModelError
from pipeline.grounding import DraftSentence, ground, parse_draft
from pipeline.models.faults import WrongSetup
from pipeline.summarising import Story, bottom_line_title, parts_of
from pipeline.types import Evidence
from pipeline.writing import MISSING, Reply, Task

Write: TypeAlias = Callable[[Task], Reply]
"""A request to the model: ModelError when it gives no usable reply."""

PART_SENTENCES, LEAD_SENTENCES = 4, 2

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Part:
    """What became of a request: the sentences that stand, the replies' costs, and why there are none."""

    title: str
    kept: tuple[DraftSentence, ...]
    reply: Reply
    missing: tuple[str, ...] = ()
    failure: str = ""


@dataclass(frozen=True, slots=True)
class MapReduceWriter:
    """`whole` writes a story of one development at once, `part` one of several, `lead` the bottom line over them.

    At most `jobs` requests are under way at once. `keep_all` leaves sentences in that are not borne out, for whoever
    flags them. `on_part` is told how many of how many requests are done.
    """

    whole: Write
    part: Write
    lead: Write
    words: int
    jobs: int = 4
    keep_all: bool = False
    on_part: Callable[[int, int], None] = lambda done, total: None

    def write(self, task: Task) -> Reply:
        """The draft of the whole briefing; ModelError when no part of it could be written."""
        stories = parts_of(task.about, task.evidence, self.words)
        if len(stories) < 2:
            return self.whole(task)
        parts = self._map(task.about, stories)
        standing = [part for part in parts if part.kept]
        if not standing:
            raise ModelError(
                f"None of {len(parts)} parts could be written: {_why(parts[0])}", "Try again, or --verbose"
            )
        lead = self._reduce(task, standing)
        self.on_part(len(parts) + 1, len(parts) + 1)
        told = set(lead.kept)
        lines = [f"## {bottom_line_title([each.text for each in lead.kept], _cited(lead.kept, task.evidence))}"]
        lines.append(" ".join(map(_written, lead.kept)))
        for part in standing:
            rest = [sentence for sentence in part.kept if sentence not in told]
            if rest:
                lines += [f"## {part.title}", " ".join(map(_written, rest))]
        lines += [f"{MISSING} {gap}" for part in parts for gap in part.missing]
        return _merged("\n".join(lines), [*parts, lead], task.evidence)

    def _map(self, about: str, stories: Sequence[Story]) -> list[_Part]:
        """The parts in the order of the stories, each grounded."""
        parts: dict[int, _Part] = {}
        pool = ThreadPoolExecutor(max_workers=self.jobs)
        try:
            futures = {
                pool.submit(self._asked, self.part, Task(about, story.evidence), story.title, PART_SENTENCES): number
                for number, story in enumerate(stories)
            }
            for future in as_completed(futures):
                parts[futures[future]] = future.result()
                self.on_part(len(parts), len(stories) + 1)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        return [parts[number] for number in range(len(stories))]

    def _reduce(self, task: Task, standing: Sequence[_Part]) -> _Part:
        """The bottom line from what the parts cite; when the model gives none, the first sentences of the first two."""
        cited = {mark.passage for part in standing for sentence in part.kept for mark in sentence.marks}
        evidence = tuple(item for item in task.evidence if item.number in cited)
        lead = self._asked(self.lead, Task(task.about, evidence), "bottom line", LEAD_SENTENCES)
        if lead.kept:
            return lead
        first = tuple(part.kept[0] for part in standing[:LEAD_SENTENCES])
        return replace(lead, kept=first, failure=f"{_why(lead)}; the developments lead with their first sentences")

    def _asked(self, write: Write, task: Task, title: str, most: int) -> _Part:
        """One request and its grounding; a failure is kept, but for what no request could do right."""
        try:
            reply = write(task)
        except (WrongSetup, MissingKey):
            raise
        except ModelError as error:
            _log.debug("part %s: failed: %s", title, error)
            return _Part(title, (), Reply("", cost=None), failure=str(error))
        draft = parse_draft(reply.text)
        read = task.evidence if reply.read is None else reply.read
        kept = [each for each in draft.sentences if self.keep_all or ground(each, read).support != "unsupported"]
        _log.debug("part %s: %d of %d sentences stand", title, len(kept), len(draft.sentences))
        if draft.no_answer is not None or not kept:
            why = (
                f"the model says: {draft.no_answer}" if draft.no_answer else "the evidence bears none of its draft out"
            )
            return _Part(title, (), reply, failure=why)
        return _Part(title, tuple(kept[:most]), reply, draft.missing)


def _why(part: _Part) -> str:
    return part.failure.rstrip(".")


def _written(sentence: DraftSentence) -> str:
    return f"{' '.join(sentence.text.split())} {''.join(map(str, sentence.marks))}"


def _cited(sentences: Sequence[DraftSentence], evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    numbers = {mark.passage for sentence in sentences for mark in sentence.marks}
    return tuple(item for item in evidence if item.number in numbers)


def _merged(text: str, parts: Sequence[_Part], evidence: tuple[Evidence, ...]) -> Reply:
    """One reply with what all of them cost, and a note for each that failed."""
    merged = Reply(text)
    read: set[int] = set()
    for part in parts:
        merged = merged.after(part.reply)
        read |= {item.number for item in part.reply.read or ()}
    notes = tuple(f"The part “{part.title}” is not the model's: {_why(part)}." for part in parts if part.failure)
    shown = tuple(item for item in evidence if item.number in read)
    return replace(merged, read=shown, notes=notes)
