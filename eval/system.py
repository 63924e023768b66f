"""All that the harness knows of what it measures: eight members. A fake of them is enough to test the harness."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from pipeline.conversing import Turn
from pipeline.types import Answer, Article, Briefing, Evidence, Question


class System(Protocol):
    """A question-answering system over articles. `model` names the writer in every result. `retrieve`, `ask`,
    `brief`, `standalone` and `confidence` are called from several threads at once."""

    @property
    def model(self) -> str: ...

    def ingest(self, paths: Sequence[str], seen: date | None) -> Sequence[tuple[str, str]]:
        """Take in every article of files and folders as if on a day, None for before all days; where those that were
        not taken in stand, and why."""
        ...

    def articles(self) -> Sequence[tuple[str, Article]]:
        """Every article taken in, with where it was found: an absolute path, or `path:LINE` in a JSON Lines file."""
        ...

    def standalone(self, question: str, history: Sequence[Turn]) -> str:
        """A question that can be understood without the turns that came before it in the conversation."""
        ...

    def retrieve(self, question: Question, limit: int) -> tuple[Evidence, ...]: ...

    def ask(self, question: Question) -> Answer: ...

    def brief(self, topic: str) -> Briefing: ...

    def confidence(self, answer: Answer) -> float:
        """How sure one can be of an answer, from what is known without its reference; only the order counts."""
        ...
