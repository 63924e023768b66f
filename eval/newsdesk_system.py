"""newsdesk as a `System`: the only file of the harness that knows how newsdesk is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.app import Newsdesk, open_newsdesk
from pipeline.conversing import Turn, standalone
from pipeline.embedding import load_embeddings
from pipeline.extractive import answerability
from pipeline.settings import Settings
from pipeline.types import STANDARD_PLAN, Answer, Article, Briefing, BriefingPlan, Evidence, Filters, Question

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from pipeline.embedding import Embeddings


_BEFORE_ALL_DAYS = datetime(1970, 1, 1, tzinfo=UTC)


@contextmanager
def newsdesk_system(settings: Settings, chat_model: BaseChatModel | None = None) -> Iterator[NewsdeskSystem]:
    """newsdesk on the library that the settings name, made when it is missing; `chat_model` writes in place of the
    model of the settings."""
    with open_newsdesk(settings, create=True, chat_model=chat_model) as desk:
        yield NewsdeskSystem(desk)


class NewsdeskSystem:
    """An open newsdesk behind the harness's protocol."""

    def __init__(self, desk: Newsdesk) -> None:
        self._desk = desk

    @property
    def model(self) -> str:
        return self._desk.model

    def ingest(self, paths: Sequence[str], seen: date | None) -> Sequence[tuple[str, str]]:
        moment = datetime.combine(seen, time(12)).astimezone() if seen else _BEFORE_ALL_DAYS
        report = self._desk.ingest(paths, seen=moment)
        refused = [(rejection.origin, rejection.reason) for rejection in report.rejected]
        return [*refused, *((origin, f"it is a copy of {held}") for origin, held in report.duplicates)]

    def articles(self) -> Sequence[tuple[str, Article]]:
        library = self._desk.library
        articles = (library.article(info.id) for info in library.articles(Filters()))
        return [(article.origin, article) for article in articles]

    def standalone(self, question: str, history: Sequence[Turn]) -> str:
        return standalone(question, history)

    def retrieve(self, question: Question, limit: int) -> tuple[Evidence, ...]:
        return self._desk.retrieve(question, limit)

    def ask(self, question: Question) -> Answer:
        return self._desk.ask(question)

    def brief(self, topic: str, plan: BriefingPlan = STANDARD_PLAN) -> Briefing:
        return self._desk.brief(topic, plan=plan)

    def confidence(self, answer: Answer) -> float:
        """The log odds, by the measure of the extractive writer, that the evidence answers the question."""
        return answerability(answer.question, answer.evidence, self._embeddings)

    @cached_property
    def _embeddings(self) -> Embeddings:
        return load_embeddings(self._desk.library.embedding)
