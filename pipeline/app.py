"""The composition root: builds the objects from Settings, once, and offers the jobs that newsdesk does.

    with open_newsdesk(Settings()) as desk:
        answer = desk.ask(Question("When does the truce lapse?"))

Every job builds only what it needs: there is no model before the first question, and none to ingest or to list.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from pipeline.embedding import STATIC, dimension_of, load_embeddings
from pipeline.errors import NotALibrary, UsageError
from pipeline.library import Library, open_library
from pipeline.retrieval import RetrievalPolicy, retrieve
from pipeline.settings import Settings
from pipeline.types import Answer, Article, Briefing, Evidence, Filters, IngestReport, Passage, Question

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable

    from pipeline.ingesting import Progress
    from pipeline.writing import Writer

EXTRACTIVE = "extractive"
# A briefing may lean on more of one article than an answer.
BRIEFING_AN_ARTICLE = 4


def open_newsdesk(settings: Settings, *, create: bool = False, chat_model: BaseChatModel | None = None) -> Newsdesk:
    """Open the library that the settings name, made if missing with `create`; leaving the `with` block closes it.

    `chat_model` writes in place of the model that the settings name. Raises what `open_library` and the models raise.
    """
    try:
        library = open_library(settings.library, embedding=settings.embedding)
        embeddings = load_embeddings(library.embedding)
    except NotALibrary:
        if not create:
            raise
        name = settings.embedding or STATIC
        embeddings = load_embeddings(name)
        dimension = dimension_of(embeddings)
        library = open_library(settings.library, create=True, embedding=name, dimension=dimension)
    return Newsdesk(settings, library, embeddings, chat_model)


class Newsdesk:
    """An open newsdesk: `open_newsdesk` makes one."""

    def __init__(
        self, settings: Settings, library: Library, embeddings: Embeddings, chat_model: BaseChatModel | None
    ) -> None:
        self.settings = settings
        self.library = library
        self._embeddings = embeddings
        self._given_model = chat_model

    def __enter__(self) -> Newsdesk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.library.close()

    @property
    def model(self) -> str:
        """The name of what writes: `extractive`, or the model's."""
        return self.settings.model if self._given_model is None else self._given_model._llm_type

    def ingest(
        self,
        paths: Sequence[str],
        *,
        stdin: Callable[[], bytes] = lambda: sys.stdin.buffer.read(),
        keep_all: bool = False,
        on_progress: Progress = lambda origin: None,
    ) -> IngestReport:
        """Bring files, folders and standard input (`-`) into the library; see `pipeline.ingesting.ingest`."""
        from pipeline.ingesting import ingest
        from pipeline.sources import read

        found = read(paths, stdin, passing_over=Path(self.settings.library))
        return ingest(found, self.library, self._embeddings, self._cut, keep_all=keep_all, on_progress=on_progress)

    def retrieve(self, question: Question, limit: int | None = None) -> tuple[Evidence, ...]:
        """The best passages for a question, numbered; at most `limit`, by default as many as an answer is given."""
        policy = RetrievalPolicy(passages=limit or self.settings.evidence_passages)
        return retrieve(self.library, self._embeddings, _asked(question), policy)

    def ask(self, question: Question) -> Answer:
        """Answer a question from the library, every statement cited, or refuse and say what is missing."""
        return self._answers.invoke(_asked(question))

    def brief(self, topic: str, filters: Filters = Filters()) -> Briefing:
        """Write a briefing on a topic from the library, every statement cited, or refuse and say what is missing."""
        return self._briefings.invoke(_asked(Question(topic, filters)))

    @cached_property
    def _answers(self) -> Runnable[Question, Answer]:
        from pipeline.answering import answer_chain

        return answer_chain(self.retrieve, self._writer("answer"), self.model)

    @cached_property
    def _briefings(self) -> Runnable[Question, Briefing]:
        from pipeline.briefing import briefing_chain

        policy = RetrievalPolicy(passages=self.settings.briefing_passages, an_article=BRIEFING_AN_ARTICLE)
        search = partial(retrieve, self.library, self._embeddings, policy=policy)
        return briefing_chain(search, self._writer("brief"), self.model)

    def _writer(self, job: Literal["answer", "brief"]) -> Writer:
        """What writes the drafts of a job: the model, or the extractive writer of that job."""
        if self._given_model is None and self.settings.model == EXTRACTIVE:
            from pipeline.extractive import extractive_writer
            from pipeline.summarising import briefing_writer

            return (extractive_writer if job == "answer" else briefing_writer)(self._embeddings)
        from pipeline.model_writer import model_writer
        from pipeline.models import chat_model
        from pipeline.templates import load

        deadline = self.settings.model_deadline
        model = self._given_model or chat_model(
            self.settings.model,
            base_url=None,
            api_key=None,
            timeout=deadline,
            max_output_tokens=self.settings.output_tokens,
        )
        return model_writer(load(job), "question" if job == "answer" else "topic", model, deadline)

    def _cut(self, article: Article) -> tuple[Passage, ...]:
        from pipeline.chunking import chunk
        from pipeline.tokens import count_tokens

        return chunk(article, count_tokens, self.settings.passage_tokens)


def _asked(question: Question) -> Question:
    """The question without white space around it; raises UsageError for an empty one."""
    text = question.text.strip()
    if not text:
        raise UsageError(
            "The question is empty", 'Ask something, for example: newsdesk ask "When was the bridge closed?"'
        )
    return replace(question, text=text)
