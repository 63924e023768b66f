"""The composition root: builds the objects from Settings, once, and offers the jobs that newsdesk does.

    with open_newsdesk(Settings()) as desk:
        answer = desk.ask(Question("When does the truce lapse?"))

Every job builds only what it needs: there is no model before the first question, and none to ingest or to list.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from io import BufferedIOBase
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar, cast

from pipeline.embedding import STATIC, load_embeddings
from pipeline.errors import EmbeddingChanged, NotALibrary, UsageError
from pipeline.library import Library, open_library
from pipeline.retrieval import Retrieval, RetrievalPolicy, search
from pipeline.settings import Settings
from pipeline.tracing import span
from pipeline.types import (
    STANDARD_PLAN,
    Answer,
    Briefing,
    BriefingPlan,
    Evidence,
    Filters,
    IngestPlan,
    IngestReport,
    Question,
    Usage,
)
from pipeline.writers import OnPart, Writers
from pipeline.writing import Retrieved

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

    from pipeline.conversing import Turn
    from pipeline.embedding import EmbeddingModel
    from pipeline.fetching import Fetcher
    from pipeline.ingesting import Progress
    from pipeline.models.prices import Price
    from pipeline.preparing import Cut
    from pipeline.rewriting import Rewritten
    from pipeline.sources import Meter
    from pipeline.understood import Understood
    from pipeline.writing import OnDraft

FoundT = TypeVar("FoundT")

# A briefing may lean on more of one article than an answer.
BRIEFING_AN_ARTICLE = 4


@dataclass(frozen=True, slots=True)
class Preview:
    """A request that is not sent: its evidence, its messages, its tokens, and how many may be written at most.

    `price` is None when it is not listed. For the extractive writer there are no messages. `rewriting` are the messages
    of the request for queries that would be sent first; the evidence is that without them, the tokens those of both.
    """

    model: str
    evidence: tuple[Evidence, ...]
    messages: tuple[BaseMessage, ...]
    input_tokens: int
    most_output_tokens: int
    price: Price | None
    rewriting: tuple[BaseMessage, ...] = ()

    @property
    def most_cost(self) -> float | None:
        """What it may cost at most, in US dollars; None when the price is not listed."""
        return self.price.of(self.input_tokens, self.most_output_tokens) if self.price else None


def open_newsdesk(settings: Settings, *, create: bool = False, chat_model: BaseChatModel | None = None) -> Newsdesk:
    """Open the library that the settings name, made if missing with `create`; leaving the `with` block closes it.

    `chat_model` writes in place of the model that the settings name. Raises what `open_library` and the models raise.
    """
    try:
        library, model = _opened(settings)
    except NotALibrary:
        if not create:
            raise
        model = load_embeddings(settings.embedding or STATIC, settings.model_deadline)
        library = open_library(
            settings.library,
            create=True,
            embedding=model.name,
            dimension=model.dimension,
            fingerprint=model.fingerprint,
            vectors=settings.vectors,
            insecure=settings.insecure_vectors,
        )
    return Newsdesk(settings, library, model, chat_model)


def _library(settings: Settings) -> Library:
    """The library that the settings name, whoever made its vectors."""
    return open_library(settings.library, vectors=settings.vectors, insecure=settings.insecure_vectors)


def _opened(settings: Settings) -> tuple[Library, EmbeddingModel]:
    """The library that the settings name, and the model of its vectors; LibraryError if the settings name another."""
    library = _library(settings)
    try:
        model = load_embeddings(settings.embedding or library.embedding, settings.model_deadline)
        library.check_embedding(model.name, None, model.fingerprint)
    except BaseException:
        library.close()
        raise
    return library, model


def _standard_input() -> BufferedIOBase:
    return cast(BufferedIOBase, sys.stdin.buffer)


def plan_ingest(
    settings: Settings,
    paths: Sequence[str],
    *,
    stdin: Callable[[], bytes | BufferedIOBase] = _standard_input,
    columns: Mapping[str, str] | None = None,
    follow: bool = False,
    language: str = "",
    fetcher: Fetcher | None = None,
    keep_all: bool = False,
    on_progress: Progress = lambda origin: None,
    meter: Meter | None = None,
) -> IngestPlan:
    """What `Newsdesk.ingest` would do with these; nothing is stored, and no library is made where there is none."""
    from pipeline.ingesting import plan
    from pipeline.sources import Reading, read

    reading = Reading(columns or {}, follow, fetcher or page_fetcher(settings), language)
    found = read(paths, stdin, Path(settings.library), reading, meter)
    with ExitStack() as stack:
        try:
            library = stack.enter_context(_library(settings))
        except NotALibrary:
            folder = Path(settings.library)
            if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
                raise
            library = None
        return plan(found, library, keep_all=keep_all, on_progress=on_progress)


def page_fetcher(settings: Settings) -> Fetcher:
    """What fetches pages; it keeps them in the cache folder, unless the settings want no cache."""
    from pipeline.fetching import Fetcher, default_memory

    folder = Path(settings.cache_folder) if settings.cache_folder else None
    return Fetcher((folder / "pages.sqlite" if folder else default_memory()) if settings.cache else None)


class Newsdesk:
    """An open newsdesk: `open_newsdesk` makes one."""

    def __init__(
        self, settings: Settings, library: Library, embeddings: EmbeddingModel, chat_model: BaseChatModel | None
    ) -> None:
        self.settings = settings
        self.library = library
        self._embeddings = embeddings
        self._writers = Writers(settings, chat_model)

    def __enter__(self) -> Newsdesk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.library.close()

    @property
    def model(self) -> str:
        """The name of what writes: `extractive`, or the model's."""
        return self._writers.name

    def ingest(
        self,
        paths: Sequence[str],
        *,
        stdin: Callable[[], bytes | BufferedIOBase] = _standard_input,
        columns: Mapping[str, str] | None = None,
        follow: bool = False,
        language: str = "",
        fetcher: Fetcher | None = None,
        keep_all: bool = False,
        seen: datetime | None = None,
        on_progress: Progress = lambda origin: None,
        meter: Meter | None = None,
    ) -> IngestReport:
        """Bring files, folders, addresses and standard input (`-`) into the library; see `pipeline.ingesting.ingest`.

        `columns` names the columns of tables by our names, `follow` reads the links of feeds, `language` is that of all
        articles; see `Reading`. `fetcher` None is one that keeps pages in the user's cache folder. `meter` tells how
        far the files have been read.
        `seen` is when new versions count as first seen, now if not given.
        """
        from pipeline.ingesting import ingest
        from pipeline.sources import Reading, read

        reading = Reading(columns or {}, follow, fetcher or page_fetcher(self.settings), language)
        found = read(paths, stdin, Path(self.settings.library), reading, meter)
        return ingest(
            found, self.library, self._embeddings, self._cut, keep_all=keep_all, seen=seen, on_progress=on_progress
        )

    def retrieve(self, question: Question, limit: int | None = None) -> tuple[Evidence, ...]:
        """The best passages for a question, numbered; at most `limit`, by default as many as an answer is given."""
        return self.search(question, limit or self.settings.evidence_passages).evidence

    def search(self, question: Question, limit: int) -> Retrieval:
        """What `retrieve` gives, with how the question was understood and why each passage is there."""
        return self.find(question, limit)[0]

    def find(self, question: Question, limit: int) -> tuple[Retrieval, Rewritten]:
        """What `search` gives, and what a model was asked for it when the settings want that."""
        question = _asked(replace(question, filters=self.library.named(question.filters)))
        rewritten = self._rewritten(question.text)
        found = self._found(question, RetrievalPolicy(passages=limit), rewritten.queries)
        return replace(found, understood=_with_reason(found.understood, rewritten)), rewritten

    def ask(self, question: Question, on_draft: OnDraft | None = None) -> Answer:
        """Answer a question from the library, every statement cited, or refuse and say what is missing.

        `on_draft` is shown the model's draft while it is written, before any check.
        """
        from pipeline.answering import answer_chain

        write, checker = self._writers.writing(
            "answer", self.library, self._embeddings, question.filters.as_of, on_draft
        )
        with span("question", job="answer") as noted:
            answer = answer_chain(self._retrieved, write, checker).invoke(_asked(question))
            noted.note(model=answer.model, status=answer.status, **_spent(answer.usage))
        return answer

    def standalone(self, question: str, history: Sequence[Turn]) -> str:
        """A follow-up question as it stands alone after the turns before it, by the model when one writes."""
        from pipeline.conversing import standalone

        if self._writers.extractive:
            return standalone(question, history)
        from pipeline.conversing.by_model import standalone_by

        seconds = self.settings.model_deadline
        writers = self._writers
        return standalone_by(writers.chat_model, question, history, deadline_seconds=seconds, cache=writers.replies)

    def using(self, model: str) -> Newsdesk:
        """The same library, with another model; UsageError when it cannot be used."""
        changed = Newsdesk(replace(self.settings, model=model), self.library, self._embeddings, None)
        if not changed._writers.extractive:
            _ = changed._writers.chat_model
        return changed

    def preview(self, question: Question) -> Preview:
        """What `ask` would send to the model; nothing is sent."""
        from pipeline.writing import Task

        question = _asked(replace(question, filters=self.library.named(question.filters)))
        rewriting = self._writers.rewriter().messages(question.text) if self.settings.rewrite else ()
        evidence = self._found(question, RetrievalPolicy(passages=self.settings.evidence_passages)).evidence
        if self._writers.extractive:
            return Preview(self.model, evidence, (), 0, 0, None)
        writer = self._writers.model_writer("answer")
        prepared = writer.prepare(Task(question.text, evidence))
        tokens = prepared.tokens + (writer.tokens(rewriting) if rewriting else 0)
        most = self.settings.output_tokens * (2 if rewriting else 1)
        return Preview(self.model, prepared.evidence, prepared.messages, tokens, most, writer.price, rewriting)

    def brief(
        self,
        topic: str,
        filters: Filters = Filters(),
        plan: BriefingPlan = STANDARD_PLAN,
        on_draft: OnDraft | None = None,
        on_part: OnPart = lambda done, total: None,
    ) -> Briefing:
        """Write a briefing on a topic from the library, every statement cited, or refuse and say what is missing.

        An empty topic is everything that the filters let through; there must be some. `on_part` is told how many of
        how many requests to the model are done.
        """
        from pipeline.briefing import briefing_chain
        from pipeline.gathering import gather
        from pipeline.summarising import background

        policy = RetrievalPolicy(passages=self.settings.briefing_passages, an_article=BRIEFING_AN_ARTICLE)

        def search(question: Question) -> Retrieved:
            rewritten = self._rewritten(question.text)
            found = self._searched(lambda: gather(self.library, self._embeddings, question, policy, rewritten.queries))
            understood = _with_reason(found.understood, rewritten)
            return Retrieved(found.evidence, understood, rewritten.cost, rewritten.seconds)

        filters = self.library.named(filters)
        question = Question(topic.strip(), filters)
        if not question.text and not filters:
            raise UsageError("There is nothing to brief on", "Name a topic, or give --since 7d or --articles ID")
        plan = replace(plan, title=plan.title or question.text or _everything_in(filters))
        seen = self.library.last_seen(filters.as_of)
        write, checker = self._writers.writing(
            "brief", self.library, self._embeddings, filters.as_of, on_draft, plan, on_part
        )
        with span("question", job="brief") as noted:
            briefing = briefing_chain(search, write, checker, plan, background).invoke(question)
            noted.note(model=briefing.model, status=briefing.status, **_spent(briefing.usage))
        # What an article says of somebody's role it says itself, whoever speaks in the sentence.
        sections = tuple(
            section
            if section.kind == "people"
            else replace(section, statements=tuple(map(checker.attribute, section.statements)))
            for section in briefing.sections
        )
        return replace(briefing, sections=sections, library_seen=seen)

    def _retrieved(self, question: Question) -> Retrieved:
        found, rewritten = self.find(question, self.settings.evidence_passages)
        return Retrieved(found.evidence, found.understood, rewritten.cost, rewritten.seconds)

    def _rewritten(self, text: str) -> Rewritten:
        """What the model makes of a question; nothing without one, and when the settings do not want it."""
        from pipeline.rewriting import Rewritten

        return self._writers.rewriter().rewrite(text) if self.settings.rewrite and text else Rewritten()

    def _found(self, question: Question, policy: RetrievalPolicy, queries: Sequence[str] = ()) -> Retrieval:
        return self._searched(lambda: search(self.library, self._embeddings, question, policy, queries))

    def _searched(self, search: Callable[[], FoundT]) -> FoundT:
        """What a search finds; again with the new embedding, when another process has changed it since opening."""
        try:
            return search()
        except EmbeddingChanged:
            self.library.close()
            self.library, self._embeddings = _opened(self.settings)
            return search()

    @property
    def _cut(self) -> Cut:
        from pipeline.chunking import chunk
        from pipeline.tokens import count_tokens

        return partial(chunk, count=count_tokens, max_tokens=self.settings.passage_tokens)


def _with_reason(understood: Understood, rewritten: Rewritten) -> Understood:
    """The notes with why no queries of the model are used, if so."""
    return replace(understood, notes=(*understood.notes, rewritten.why)) if rewritten.why else understood


def _spent(usage: Usage) -> dict[str, int | float | None]:
    """What a span tells of the cost of a job."""
    return {
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cost_usd": usage.cost,
        "requests": usage.requests,
    }


def _everything_in(filters: Filters) -> str:
    """The title of a briefing without a topic."""
    days = [
        f"{name} {day.day} {day:%B %Y}" for name, day in (("since", filters.since), ("until", filters.until)) if day
    ]
    return " ".join(["News", *days]) if days else f"{len(filters.articles) or 'All'} articles"


def _asked(question: Question) -> Question:
    """The question without white space around it; raises UsageError for an empty one."""
    text = question.text.strip()
    if not text:
        raise UsageError(
            "The question is empty", 'Ask something, for example: newsdesk ask "When was the bridge closed?"'
        )
    return replace(question, text=text)
