"""All that the harness knows of what it measures: six members. A fake of them is enough to test the harness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipeline.types import Answer, Article, Briefing, Evidence, Question


class System(Protocol):
    """A question-answering system over articles. `model` names the writer in every result."""

    @property
    def model(self) -> str: ...

    def ingest(self, folder: str) -> None:
        """Take in every article of a folder."""
        ...

    def articles(self) -> Sequence[tuple[str, Article]]:
        """Every article taken in, with where it was found: an absolute path, or `path:LINE` in a JSON Lines file."""
        ...

    def retrieve(self, question: Question, limit: int) -> tuple[Evidence, ...]: ...

    def ask(self, question: Question) -> Answer: ...

    def brief(self, topic: str) -> Briefing: ...
