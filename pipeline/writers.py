"""Who writes an answer or a briefing, by the settings: the extractive writer, or a chat model behind its prompt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from pipeline.errors import UsageError
from pipeline.settings import EXTRACTIVE, Settings
from pipeline.types import STANDARD_PLAN, BriefingPlan, Filters, Sentence

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from pipeline.checking import Checker
    from pipeline.embedding import Embeddings
    from pipeline.library import Library
    from pipeline.map_reduce import MapReduceWriter
    from pipeline.model_writer import ModelWriter
    from pipeline.models.cache import ReplyCache
    from pipeline.rewriting import Rewriter
    from pipeline.writing import OnDraft, Reply, Task, Writer

Job: TypeAlias = Literal["answer", "brief", "development", "bottom-line"]

OnPart: TypeAlias = Callable[[int, int], None]
"""Called with how many of how many requests to the model are done."""


class Writers:
    """What writes the drafts of each job. `given` is a chat model in place of the one that the settings name."""

    def __init__(self, settings: Settings, given: BaseChatModel | None) -> None:
        self.settings = settings
        self._given = given

    @property
    def name(self) -> str:
        """The name of what writes: `extractive`, or the model's."""
        return self.settings.model if self._given is None else self._given._llm_type

    @property
    def extractive(self) -> bool:
        """Whether the extractive writer writes."""
        return self._given is None and self.settings.model == EXTRACTIVE

    def writing(
        self,
        job: Job,
        library: Library,
        embeddings: Embeddings,
        as_of: date | None,
        on_draft: OnDraft | None = None,
        plan: BriefingPlan = STANDARD_PLAN,
        on_part: OnPart = lambda done, total: None,
    ) -> tuple[Writer, Checker]:
        """What writes the drafts of a job, and what is done with them."""
        from langchain_core.runnables import RunnableLambda

        from pipeline.attribution import attributed
        from pipeline.checking import Checker
        from pipeline.extractive import extractive_writer
        from pipeline.summarising import briefing_writer

        disputes = not plan.sections or "disagreements" in plan.sections
        extractive = extractive_writer(embeddings) if job == "answer" else briefing_writer(plan.words, disputes)
        attribute = partial(attributed, sentences_of=lru_cache(partial(_sentences_of, library, as_of=as_of)))
        if self.extractive:
            return extractive, Checker(EXTRACTIVE, self.settings.grounding, attribute=attribute)
        writer = self.model_writer(job, on_draft)
        # A model that cannot be used is reported before anything else is done.
        _ = self.chat_model
        checker = Checker(self.name, self.settings.grounding, writer.revise, extractive, attribute)
        write = self._part_by_part(writer.write, plan.words, on_part).write if job == "brief" else writer.write
        return RunnableLambda(write, name="model writer"), checker

    def _part_by_part(self, whole: Callable[[Task], Reply], words: int, on_part: OnPart) -> MapReduceWriter:
        from pipeline.checking import FLAG
        from pipeline.map_reduce import MapReduceWriter

        return MapReduceWriter(
            whole,
            self.model_writer("development").write,
            self.model_writer("bottom-line").write,
            words,
            self.settings.model_requests,
            self.settings.grounding == FLAG,
            on_part,
        )

    def model_writer(self, job: Job, on_draft: OnDraft | None = None) -> ModelWriter:
        """The writer of a job by the chat model, with its prompt, its limits, its price and its cache."""
        from pipeline.model_writer import Limits, ModelWriter
        from pipeline.models.prices import context_of, listed_price
        from pipeline.templates import load
        from pipeline.tokens import encoding_for_model

        settings = self.settings
        encoding = encoding_for_model(settings.model.partition(":")[2])
        given = self._given is not None
        context = context_of(settings.model)
        return ModelWriter(
            load(job),
            "question" if job == "answer" else "topic",
            lambda: self.chat_model,
            Limits(settings.evidence_tokens, settings.output_tokens, settings.model_deadline, context),
            lambda text: len(encoding.encode_ordinary(text)),
            None if given else listed_price(settings.model),
            self.replies,
            on_draft,
        )

    def rewriter(self) -> Rewriter:
        """What writes queries for a question by the chat model; UsageError when the extractive writer writes."""
        from pipeline.models.prices import listed_price
        from pipeline.rewriting import Rewriter

        if self.extractive:
            raise UsageError(
                "The extractive writer cannot rewrite a question", "Name a model with --model, or leave out --rewrite"
            )
        given = self._given is not None
        price = None if given else listed_price(self.settings.model)
        return Rewriter(lambda: self.chat_model, self.settings.model_deadline, price, self.replies)

    @cached_property
    def chat_model(self) -> BaseChatModel:
        """The chat model that writes; raises what `pipeline.models.chat_model` raises."""
        from pipeline.models import chat_model

        return self._given or chat_model(
            self.settings.model,
            base_url=None,
            api_key=None,
            timeout=self.settings.model_deadline,
            max_output_tokens=self.settings.output_tokens,
        )

    @cached_property
    def replies(self) -> ReplyCache | None:
        """Replies that are there already; none by the settings, for a given model, and for a cassette, which is one."""
        from pipeline.models.cache import ReplyCache, default_folder
        from pipeline.models.providers import address_of

        settings = self.settings
        if self._given is not None or not settings.cache or settings.model.startswith("replay:"):
            return None
        folder = Path(settings.cache_folder) if settings.cache_folder else default_folder()
        request: dict[str, str | float] = {
            "model": settings.model,
            "address": address_of(settings.model),
            "temperature": 0,
            "output_tokens": settings.output_tokens,
        }
        return ReplyCache(folder, request)


def _sentences_of(library: Library, article_id: str, *, as_of: date | None) -> tuple[Sentence, ...]:
    filters = Filters(as_of=as_of, articles=(article_id,))
    ids = library.resolve(filters)
    found = library.passages([int(one) for one in ids], filters) if ids is not None else ()
    sentences = {sentence.start: sentence for passage, _ in found for sentence in passage.sentences}
    return tuple(sentences[start] for start in sorted(sentences))
