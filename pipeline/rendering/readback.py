"""Our own JSON read back: what `ask` and `brief --format json` print becomes an Answer or a Briefing again.

Only what a statement says and cites must be there, so that other programs can write it too; unknown keys are passed
over. This is the border: what comes out is well formed, but nothing in it is true until it is verified.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import InputError
from pipeline.types import (
    Answer,
    Article,
    ArticleInfo,
    Attribution,
    Block,
    Briefing,
    Change,
    ChangeKind,
    Citation,
    Correction,
    Disagreement,
    DisagreementKind,
    Evidence,
    LeftOut,
    Passage,
    Reason,
    Role,
    Section,
    SectionKind,
    Sentence,
    Statement,
    Status,
    Support,
    Usage,
    Version,
)
from pipeline.understood import Period, Understood

_NEXT_STEP = "Give what `newsdesk ask` or `newsdesk brief` wrote with --format json"

Offset = Annotated[int, Field(ge=0)]


def read_back(text: str, name: str) -> Answer | Briefing:
    """The answer or briefing that a JSON text holds; `name` is what the text is called in errors.

    Raises InputError when it is no JSON, or neither of the two: a briefing has "sections", an answer "statements".
    """
    try:
        read = _Either.model_validate_json(text)
        whole = _Briefing if read.sections is not None else _Answer
        return whole.model_validate_json(text).value()
    except ValidationError as error:
        raise InputError(f"{name!r} is not an answer or briefing: {_first(error)}", _NEXT_STEP) from None


def read_article(value: dict[str, Any], name: str) -> Article:
    """The article that `articles show ID --format json` gives, without its original; InputError when it is none."""
    try:
        return _Article.model_validate_json(json.dumps(value)).value()
    except ValidationError as error:
        raise InputError(f"{name!r} holds an article that is none: {_first(error)}", _NEXT_STEP) from None


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)


class _Either(_Read):
    """Just enough to tell an answer from a briefing."""

    statements: list[Any] | None = None
    sections: list[Any] | None = None

    @model_validator(mode="after")
    def _is_one(self) -> _Either:
        if (self.statements is None) == (self.sections is None):
            raise ValueError('it needs either "statements" or "sections"')
        return self


class _Cited(_Read):
    """What citations and evidence say of an article."""

    article_id: str
    title: str = ""
    source: str = ""
    published: str | None = None
    url: str = ""
    origin_group: str = ""

    @property
    def article(self) -> ArticleInfo:
        return ArticleInfo(
            self.article_id, self.title, self.source, self.url, self.published, origin_group=self.origin_group
        )


class _Citation(_Cited):
    start: Offset
    end: Offset
    quote: Annotated[str, Field(min_length=1)]
    attribution: Attribution | None = None

    def value(self) -> Citation:
        return Citation(self.article, self.start, self.end, self.quote, self.attribution)


class _Version(_Read):
    value: str
    corrects: bool = False
    citation: _Citation


class _Disagreement(_Read):
    about: str
    versions: Annotated[tuple[_Version, ...], Field(min_length=2)]
    kind: DisagreementKind = "conflict"

    def result(self) -> Disagreement:
        versions = tuple(Version(each.value, each.citation.value(), each.corrects) for each in self.versions)
        return Disagreement(self.about, versions, self.kind)


class _Statement(_Read):
    text: Annotated[str, Field(min_length=1)]
    support: Support = "unsupported"
    findings: tuple[str, ...] = ()
    citations: tuple[_Citation, ...] = ()
    label: str = ""
    change: ChangeKind | None = None

    def value(self) -> Statement:
        citations = tuple(each.value() for each in self.citations)
        return Statement(self.text, self.support, citations, self.findings, self.change)


class _Values(_Read):
    before: str
    now: str


class _Change(_Read):
    kind: ChangeKind
    now: tuple[_Statement, ...] = ()
    before: tuple[_Statement, ...] = ()
    values: tuple[_Values, ...] = ()
    why: str = ""

    def value(self) -> Change:
        now, before = (tuple(each.value() for each in side) for side in (self.now, self.before))
        return Change(self.kind, now, before, tuple((each.before, each.now) for each in self.values), self.why)


class _Sentence(_Read):
    start: Offset
    end: Offset
    text: Annotated[str, Field(min_length=1)]


class _Copy(_Read):
    article_id: str
    title: str = ""
    source: str = ""
    published: str | None = None

    def value(self) -> ArticleInfo:
        return ArticleInfo(self.article_id, self.title, self.source, published=self.published)


class _Evidence(_Cited):
    number: Annotated[int, Field(ge=1)]
    score: float = 0.0
    heading: str = ""
    copies: tuple[_Copy, ...] = ()
    sentences: Annotated[tuple[_Sentence, ...], Field(min_length=1)]

    def value(self) -> Evidence:
        sentences = tuple(Sentence(each.start, each.end, each.text) for each in self.sentences)
        passage = Passage(self.article_id, 0, sentences, tokens=0, heading=self.heading)
        copies = tuple(copy.value() for copy in self.copies)
        return Evidence(self.number, passage, self.article, self.score, copies)


class _Section(_Read):
    title: str
    statements: tuple[_Statement, ...]
    kind: SectionKind = "points"

    def value(self) -> Section:
        labels = tuple(each.label for each in self.statements)
        return Section(
            self.title, tuple(each.value() for each in self.statements), self.kind, labels if any(labels) else ()
        )


class _Understood(_Read):
    notes: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    relaxed: bool = False
    sides: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()

    def value(self) -> Understood:
        return Understood(self.periods, self.relaxed, self.sides, self.queries, self.notes)


class _Whole(_Read):
    status: Status = "answered"
    model: str = "unknown"
    gaps: tuple[str, ...] = ()
    evidence: tuple[_Evidence, ...] = ()
    usage: Usage = Usage()
    understood: _Understood = _Understood()

    @model_validator(mode="after")
    def _numbered_once(self) -> _Whole:
        numbers = sorted(each.number for each in self.evidence)
        if any(one == other for one, other in pairwise(numbers)):
            raise ValueError("two passages of its evidence have the same number")
        return self

    def _evidence(self) -> tuple[Evidence, ...]:
        return tuple(each.value() for each in self.evidence)


class _Block(_Read):
    start: Offset
    end: Offset
    role: Role


class _LeftOut(_Read):
    start: Offset
    end: Offset
    reason: Reason


class _Article(_Read):
    id: str
    title: str = ""
    source: str = ""
    url: str = ""
    published: str | None = None
    authors: tuple[str, ...] = ()
    language: str = ""
    modified: str | None = None
    section: str = ""
    correction: Correction | None = None
    version: int = 1
    origin_group: str = ""
    text: str
    blocks: tuple[_Block, ...] = ()
    left_out: tuple[_LeftOut, ...] = ()
    origin: str = ""

    def value(self) -> Article:
        info = ArticleInfo(
            self.id,
            self.title,
            self.source,
            self.url,
            self.published,
            self.authors,
            self.language,
            self.modified,
            self.section,
            self.correction,
            self.version,
            self.origin_group,
        )
        blocks = tuple(Block(each.start, each.end, each.role) for each in self.blocks)
        left_out = tuple(LeftOut(each.start, each.end, each.reason) for each in self.left_out)
        return Article(info, self.id, self.text, self.text.encode(), "text", self.origin, blocks, left_out)


class _Answer(_Whole):
    question: str = ""
    statements: tuple[_Statement, ...]
    disagreements: tuple[_Disagreement, ...] = ()

    def value(self) -> Answer:
        return Answer(
            self.question,
            self.status,
            self.model,
            tuple(each.value() for each in self.statements),
            self.gaps,
            self._evidence(),
            self.usage,
            tuple(each.result() for each in self.disagreements),
            self.understood.value(),
        )


class _Briefing(_Whole):
    topic: str = ""
    sections: tuple[_Section, ...]
    sources: tuple[ArticleInfo, ...] = ()
    changes: tuple[_Change, ...] | None = None
    library_seen: str | None = None

    def value(self) -> Briefing:
        sections = tuple(each.value() for each in self.sections)
        evidence = self._evidence()
        changes = None if self.changes is None else tuple(each.value() for each in self.changes)
        return Briefing(
            self.topic,
            self.status,
            self.model,
            sections,
            self.sources,
            self.gaps,
            evidence,
            self.usage,
            changes,
            self.understood.value(),
            self.library_seen,
        )


def _first(error: ValidationError) -> str:
    """The first fault, and where it stands: "statements.2.text: Field required"."""
    fault = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(_steps(fault["loc"]))
    message = fault["msg"].removeprefix("Value error, ")
    return f"{where}: {message}" if where else message


def _steps(location: tuple[int | str, ...]) -> Iterator[str]:
    """The steps to a place, its list items counted from 1."""
    for step in location:
        yield str(step + 1) if isinstance(step, int) else step
