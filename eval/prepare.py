"""A suite taken in by a system: its articles as they stood from day to day, and where its references stand in them.

What is the same whoever writes is kept here, and found out once for all writers of a run.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from eval.gold import Edition, Gold, Span, edition_of, find_gold, named
from eval.suite import Case, Suite, Topic
from eval.system import System
from pipeline.types import Answer, Article, Evidence, Question


@dataclass(frozen=True, slots=True)
class Prepared:
    """A suite with the editions of its articles, the first one first, and the gold of each case and topic by id."""

    suite: Suite
    editions: tuple[Edition, ...]
    gold: Mapping[str, Gold]
    _found: dict[Hashable, Any] = field(default_factory=dict)

    def edition(self, entry: Case | Topic) -> Edition:
        """The articles that a case is about: those of its day."""
        return edition_of(entry, self.editions)

    def label(self, edition: Edition) -> str | None:
        """What records call an edition: its day, None for the last one."""
        return None if edition is self.editions[-1] else str(edition.day or "first")

    def retrieve(self, system: System, question: Question, limit: int) -> tuple[Evidence, ...]:
        """What the system retrieves; asked for once, for it does not depend on who writes."""
        key = (question, limit)
        if key not in self._found:
            self._found[key] = system.retrieve(question, limit)
        found: tuple[Evidence, ...] = self._found[key]
        return found

    def confidence(self, system: System, answer: Answer) -> float:
        """How sure the system is of an answer: of question and evidence, so it is asked once for all who were given
        the same."""
        passages = [each.passage for each in answer.evidence]
        key = (answer.question, *(Span(passage.article_id, passage.start, passage.end) for passage in passages))
        if key not in self._found:
            self._found[key] = system.confidence(answer)
        sure: float = self._found[key]
        return sure


def prepare(suite: Suite, system: System) -> Prepared:
    """Take the articles in, day by day, and find the gold. Raises UnsoundSuite when a quote is not in its article."""
    editions = []
    refused: dict[str, str] = {}
    for intake in suite.intakes:
        refused |= named(suite, system.ingest(intake.paths, intake.day))
        articles: dict[str, Article] = named(suite, system.articles())
        editions.append(Edition(intake.day, articles, dict(refused)))
    return Prepared(suite, tuple(editions), find_gold(suite, editions))
