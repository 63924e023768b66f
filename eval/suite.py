"""A suite is a folder of data: articles, cases with fixed references, and floors.

    suite.toml             name and description
    articles/              what the system takes in
    cases/*.toml           [[question]] and [[topic]] tables; `newsdesk eval new` writes a commented example
    floors.toml            optional: what a run must reach (see eval.gate)

`load_suite` checks the form of a suite; `eval.gold.find_gold` checks its quotes against the articles as they were taken
in. Both name every problem they find, not the first.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from eval.matching import contains
from pipeline.errors import SuiteError
from pipeline.types import Filters

Kind: TypeAlias = Literal[
    "single", "multi", "comparison", "temporal", "attribution", "disagreement", "update", "unanswerable"
]
Unanswerable: TypeAlias = Literal["absent entity", "absent relation", "wrong period", "false premise"]

# More would bury the next step; `newsdesk eval check` lists them all.
_PROBLEMS_SHOWN = 3


class UnsoundSuite(SuiteError):
    """A suite with these problems, each of which names its case or file; the message has the first ones."""

    def __init__(self, problems: tuple[str, ...], folder: Path) -> None:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        shown = "; ".join(problems[:_PROBLEMS_SHOWN]) + ("; …" if len(problems) > _PROBLEMS_SHOWN else "")
        super().__init__(
            f"The suite {str(folder)!r} has {count}: {shown}",
            f"Correct the files; `newsdesk eval check {folder}` lists what is wrong",
        )
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Nugget:
    """A fact that a full answer holds. Any one of the literal strings in `any` shows that it is there."""

    fact: str
    any: tuple[str, ...]
    vital: bool


@dataclass(frozen=True, slots=True)
class Support:
    """A sentence that supports a reference: `article` is a path under articles/, with `:LINE` for JSON Lines."""

    article: str
    quote: str


@dataclass(frozen=True, slots=True)
class Case:
    """A question and its reference; an unanswerable one has a reason instead of an answer."""

    id: str
    kind: Kind
    question: str
    filters: Filters = field(default_factory=Filters)
    answer: str = ""
    accept: tuple[str, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    support: tuple[Support, ...] = ()
    unanswerable: Unanswerable | None = None
    why: str = ""

    @property
    def answerable(self) -> bool:
        return self.kind != "unanswerable"


@dataclass(frozen=True, slots=True)
class Fact:
    """A key fact of a topic and the sentence that says it."""

    nugget: Nugget
    support: Support


@dataclass(frozen=True, slots=True)
class Topic:
    """What a user would ask a briefing on, and the facts that a good one holds."""

    id: str
    topic: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Suite:
    """A loaded suite. `digest` is the SHA-256 over its articles and cases: two runs are comparable when it is equal."""

    name: str
    description: str
    folder: Path
    cases: tuple[Case, ...]
    topics: tuple[Topic, ...]
    digest: str

    @property
    def entries(self) -> tuple[Case | Topic, ...]:
        """Everything with references: the cases, then the topics."""
        return (*self.cases, *self.topics)

    @property
    def articles_folder(self) -> Path:
        return self.folder / "articles"


def load_suite(folder: Path) -> Suite:
    """Read and check a suite; UnsoundSuite names everything that is wrong with its form."""
    if not (folder / "articles").is_dir() or not (folder / "cases").is_dir():
        raise SuiteError(
            f"{str(folder)!r} is not a suite: it has no folder articles/ or no folder cases/",
            "Start one with `newsdesk eval new FOLDER --articles PATH`",
        )
    problems: list[str] = []
    about = _read(folder / "suite.toml", _About, problems) or _About(name=folder.name)
    files = [_read(path, _CaseFile, problems) for path in sorted((folder / "cases").glob("*.toml"))]
    cases = tuple(question.case() for file in files if file for question in file.question)
    topics = tuple(topic.value() for file in files if file for topic in file.topic)
    problems += _problems(folder / "articles", cases, topics)
    if not problems and not cases and not topics:
        problems.append("it has no questions and no topics yet: write some in cases/")
    raise_if_any(problems, folder)
    return Suite(about.name, about.description, folder, cases, topics, _digest(folder))


def raise_if_any(problems: Sequence[str], folder: Path) -> None:
    """UnsoundSuite with every problem, when there are any."""
    if problems:
        raise UnsoundSuite(tuple(problems), folder)


def supports(case: Case | Topic) -> tuple[Support, ...]:
    """The supporting sentences of a case, or of the facts of a topic."""
    return case.support if isinstance(case, Case) else tuple(fact.support for fact in case.facts)


def _problems(articles: Path, cases: Sequence[Case], topics: Sequence[Topic]) -> list[str]:
    entries: tuple[Case | Topic, ...] = (*cases, *topics)
    ids = Counter(entry.id for entry in entries)
    problems = [f"{id_!r}: the id is used {times} times" for id_, times in ids.items() if times > 1]
    asked = Counter((" ".join(case.question.casefold().split()), case.filters) for case in cases)
    for case in cases:
        if asked[" ".join(case.question.casefold().split()), case.filters] > 1:
            problems.append(f"{case.id!r}: the same question is asked by another case")
        problems += [f"{case.id!r}: {problem}" for problem in _case_problems(case)]
    for topic in topics:
        problems += [f"{topic.id!r}: {problem}" for problem in _topic_problems(topic)]
    for entry in entries:
        missing = sorted({support.article for support in supports(entry) if not _exists(articles, support.article)})
        problems += [f"{entry.id!r}: there is no article {name!r}" for name in missing]
    return problems


def _case_problems(case: Case) -> Iterator[str]:
    if not case.answerable:
        if case.unanswerable is None or not case.why:
            yield "an unanswerable question needs `unanswerable` (its kind) and `why`"
        if case.answer or case.accept or case.nuggets or case.support:
            yield "it is unanswerable and has a reference answer: it can only be one of them"
        return
    if case.unanswerable:
        yield f"it has `unanswerable` and is of kind {case.kind!r}: it can only be one of them"
    if not case.answer or not case.accept or not case.nuggets or not case.support:
        yield "an answerable question needs answer, accept, nuggets and support"
    quotes = [support.quote for support in case.support]
    for accepted in case.accept:
        if not any(contains(quote, accepted) for quote in quotes):
            yield f"no supporting sentence contains the accepted answer {accepted!r}"
    for nugget in case.nuggets:
        if not any(contains(quote, form) for quote in quotes for form in nugget.any):
            yield f"no supporting sentence contains the nugget {nugget.fact!r} in any of its forms"


def _topic_problems(topic: Topic) -> Iterator[str]:
    if not topic.facts:
        yield "a topic needs facts"
    for fact in topic.facts:
        if not any(contains(fact.support.quote, form) for form in fact.nugget.any):
            yield f"the sentence of the fact {fact.nugget.fact!r} contains none of its forms"


def _exists(articles: Path, name: str) -> bool:
    """Whether an article of this name is there: a file, or a line with something on it in a JSON Lines file."""
    if (articles / name).is_file():
        return True
    path, colon, line = name.rpartition(":")
    if not colon or not line.isdecimal() or not (articles / path).is_file():
        return False
    lines = (articles / path).read_text(encoding="utf-8").split("\n")
    return 1 <= int(line) <= len(lines) and bool(lines[int(line) - 1].strip())


def _digest(folder: Path) -> str:
    """Over the relative path and content of every article and case file, in order of path."""
    digest = hashlib.sha256()
    files = sorted(path for part in ("articles", "cases") for path in (folder / part).rglob("*") if path.is_file())
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


Text: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_F = TypeVar("_F", bound=_Form)


class _About(_Form):
    name: Text
    description: str = ""


class _NuggetForm(_Form):
    fact: Text
    any: tuple[Text, ...]
    vital: bool = True

    def nugget(self) -> Nugget:
        return Nugget(self.fact, self.any, self.vital)


class _SupportForm(_Form):
    article: Text
    quote: Text

    def support(self) -> Support:
        return Support(self.article, self.quote)


class _FactForm(_NuggetForm):
    article: Text
    quote: Text


class _QuestionForm(_Form):
    id: Text
    kind: Kind
    question: Text
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    sources: tuple[Text, ...] = ()
    answer: str = ""
    accept: tuple[Text, ...] = ()
    nuggets: tuple[_NuggetForm, ...] = ()
    support: tuple[_SupportForm, ...] = ()
    unanswerable: Unanswerable | None = None
    why: str = ""

    def case(self) -> Case:
        return Case(
            id=self.id,
            kind=self.kind,
            question=self.question,
            filters=Filters(since=self.since, until=self.until, as_of=self.as_of, sources=self.sources),
            answer=self.answer.strip(),
            accept=self.accept,
            nuggets=tuple(form.nugget() for form in self.nuggets),
            support=tuple(form.support() for form in self.support),
            unanswerable=self.unanswerable,
            why=self.why.strip(),
        )


class _TopicForm(_Form):
    id: Text
    topic: Text
    facts: tuple[_FactForm, ...] = ()

    def value(self) -> Topic:
        return Topic(
            self.id, self.topic, tuple(Fact(form.nugget(), Support(form.article, form.quote)) for form in self.facts)
        )


class _CaseFile(_Form):
    question: tuple[_QuestionForm, ...] = ()
    topic: tuple[_TopicForm, ...] = ()


def _read(path: Path, form: type[_F], problems: list[str]) -> _F | None:
    """The file as its form; None, with what is wrong added to the problems, when it is missing or does not fit."""
    try:
        return form.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        problems.append(f"{path.name}: the file is missing")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path.name}: not well-formed TOML: {error}")
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"])
            problems.append(f"{path.name}: {where}: {fault['msg']}")
    return None
