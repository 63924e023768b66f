"""Reading a suite and checking its form: every problem is named, with the file and line of its case."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from eval.matching import contains
from eval.suite import Case, Fact, Kind, Nugget, Suite, Support, Topic, Unanswerable, raise_if_any, supports
from pipeline.errors import SuiteError
from pipeline.types import Filters


def load_suite(folder: Path) -> Suite:
    """Read and check a suite; UnsoundSuite names everything that is wrong with its form."""
    if not (folder / "articles").is_dir() or not (folder / "cases").is_dir():
        raise SuiteError(
            f"{str(folder)!r} is not a suite: it has no folder articles/ or no folder cases/",
            "Start one with `newsdesk eval new FOLDER --articles PATH`",
        )
    problems: list[str] = []
    about = _about(folder / "suite.toml", problems)
    cases: list[Case] = []
    topics: list[Topic] = []
    for path in sorted((folder / "cases").glob("*.toml")):
        file = _case_file(path, problems)
        cases += [replace(form.case(), place=file.place(form.id)) for form in file.form.question]
        topics += [replace(form.value(), place=file.place(form.id)) for form in file.form.topic]
    problems += _problems(folder / "articles", cases, topics)
    if not problems and not cases and not topics:
        problems.append("it has no questions and no topics yet: write some in cases/")
    raise_if_any(problems, folder)
    return Suite(about.name, about.description, folder, tuple(cases), tuple(topics), _digest(folder))


def _problems(articles: Path, cases: Sequence[Case], topics: Sequence[Topic]) -> list[str]:
    entries: tuple[Case | Topic, ...] = (*cases, *topics)
    ids = Counter(entry.id for entry in entries)
    asked = Counter((_bare(case.question), case.filters) for case in cases)
    briefed = Counter(_bare(topic.topic) for topic in topics)
    found: list[tuple[Case | Topic, str]] = []
    for entry in entries:
        if ids[entry.id] > 1:
            found.append((entry, f"the id is used {ids[entry.id]} times"))
        if isinstance(entry, Case):
            if asked[_bare(entry.question), entry.filters] > 1:
                found.append((entry, "the same question is asked by another case: one of the references must be wrong"))
            found += [(entry, problem) for problem in _case_problems(entry)]
        else:
            if briefed[_bare(entry.topic)] > 1:
                found.append((entry, "another topic is the same"))
            found += [(entry, problem) for problem in _topic_problems(entry)]
        missing = sorted({support.article for support in supports(entry) if not _exists(articles, support.article)})
        found += [(entry, _no_article(articles, name)) for name in missing]
    return [f"{entry.place} {entry.id!r}: {problem}" for entry, problem in found]


def _case_problems(case: Case) -> Iterator[str]:
    if not case.answerable:
        if case.unanswerable is None or not case.why:
            yield "an unanswerable question needs `unanswerable` (its kind) and `why`"
        if case.answer or case.accept or case.nuggets or case.support:
            yield "it is unanswerable and has a reference answer: it can only be one of them"
        return
    if case.unanswerable:
        yield f"it has `unanswerable` and is of kind {case.kind!r}: it can only be one of them"
    parts = {"answer": case.answer, "accept": case.accept, "support": case.support}
    missing = [name for name, value in parts.items() if not value]
    if missing:
        yield f"an answerable question needs answer, accept and support; it has no {', '.join(missing)}"
    quotes = [support.quote for support in case.support]
    for accepted in case.accept:
        if quotes and not any(contains(quote, accepted) for quote in quotes):
            yield f"no supporting sentence contains the accepted answer {accepted!r}"
    said, accepted_figures = _figures(case.answer), [_figures(accepted) for accepted in case.accept]
    if said and accepted_figures and all(figures and not figures & said for figures in accepted_figures):
        yield f"its answer and what it accepts contradict each other: it has no figure of {', '.join(case.accept)}"
    for nugget in case.nuggets:
        # What is accepted has been looked at.
        if (
            quotes
            and nugget.any != case.accept
            and not any(contains(quote, form) for quote in quotes for form in nugget.any)
        ):
            yield f"no supporting sentence contains the nugget {nugget.fact!r} in any of its forms"


def _topic_problems(topic: Topic) -> Iterator[str]:
    if not topic.facts:
        yield "a topic needs facts"
    for fact in topic.facts:
        if not any(contains(fact.support.quote, form) for form in fact.nugget.any):
            yield f"the sentence of the fact {fact.nugget.fact!r} contains none of its forms"


def _figures(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,:]\d+)*", text))


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())


def _exists(articles: Path, name: str) -> bool:
    """Whether an article of this name is there: a file, or a line with something on it in a JSON Lines file."""
    if (articles / name).is_file():
        return True
    path, colon, line = name.rpartition(":")
    if not colon or not line.isdecimal() or not (articles / path).is_file():
        return False
    lines = (articles / path).read_text(encoding="utf-8").split("\n")
    return 1 <= int(line) <= len(lines) and bool(lines[int(line) - 1].strip())


def _no_article(articles: Path, name: str) -> str:
    """That an article is not there, and which one was probably meant."""
    if (articles / name.rpartition(":")[0]).is_file():
        return f"there is no article {name!r}: the file has no such line"
    there = [path.relative_to(articles).as_posix() for path in articles.rglob("*") if path.is_file()]
    close = get_close_matches(name, there, n=1)
    return f"there is no article {name!r}" + (f"; did you mean {close[0]!r}?" if close else " under articles/")


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
            nuggets=tuple(form.nugget() for form in self.nuggets) or self._only_nugget(),
            support=tuple(form.support() for form in self.support),
            unanswerable=self.unanswerable,
            why=self.why.strip(),
        )

    def _only_nugget(self) -> tuple[Nugget, ...]:
        """A question without nuggets has one: what it accepts."""
        return (Nugget(self.answer.strip(), self.accept, vital=True),) if self.accept else ()


class _TopicForm(_Form):
    id: Text
    topic: Text
    facts: tuple[_FactForm, ...] = ()

    def value(self) -> Topic:
        return Topic(
            self.id, self.topic, tuple(Fact(form.nugget(), Support(form.article, form.quote)) for form in self.facts)
        )


class _Cases(_Form):
    question: tuple[_QuestionForm, ...] = ()
    topic: tuple[_TopicForm, ...] = ()


class _CaseFile:
    """The cases of a file, none when it does not fit its form, and the lines on which their ids stand."""

    def __init__(self, path: Path, text: str, form: _Cases) -> None:
        self.form = form
        self._name = path.name
        self._lines = text.split("\n")

    def place(self, id_: str) -> str:
        """`bridge.toml:12`, or the file alone when the id is written in an unusual way."""
        wanted = re.compile(rf"""\s*id\s*=\s*["']{re.escape(id_)}["']""")
        line = next((number for number, line in enumerate(self._lines, 1) if wanted.match(line)), None)
        return f"{self._name}:{line}" if line else self._name


def _about(path: Path, problems: list[str]) -> _About:
    unnamed = _About(name=path.parent.absolute().name)
    if not path.is_file():
        problems.append(f"{path.name}: the file is missing")
        return unnamed
    _, tables = _parsed(path, problems)
    try:
        return _About.model_validate(tables)
    except ValidationError as error:
        problems += [f"{path.name}: {_fault(fault, fault['loc'], _About)}" for fault in error.errors()]
        return unnamed


def _case_file(path: Path, problems: list[str]) -> _CaseFile:
    text, tables = _parsed(path, problems)
    try:
        return _CaseFile(path, text, _Cases.model_validate(tables))
    except ValidationError as error:
        file = _CaseFile(path, text, _Cases())
        for fault in error.errors():
            table, *place = fault["loc"]
            written = tables.get(str(table))
            number = place[0] if place else None
            if not (isinstance(written, list) and isinstance(number, int) and isinstance(written[number], dict)):
                problems.append(f"{path.name}: {_fault(fault, fault['loc'], _Cases)}")
                continue
            id_ = str(written[number].get("id", ""))
            where = f"{file.place(id_)} {id_!r}" if id_ else f"{path.name}: {table} {number + 1}"
            form = _QuestionForm if table == "question" else _TopicForm
            problems.append(f"{where}: {_fault(fault, place[1:], form)}")
        return file


def _fault(fault: Mapping[str, Any], place: Sequence[str | int], form: type[_Form]) -> str:
    """What is wrong with a field, in words; `place` leads to it: ("nuggets", 0, "any")."""
    where = " ".join(str(part + 1) if isinstance(part, int) else part for part in place)
    if fault["type"] == "string_too_short":
        return f"{where} is empty"
    if fault["type"] == "missing":
        return f"{where} is missing"
    if fault["type"] == "extra_forbidden":
        close = get_close_matches(str(place[-1]), form.model_fields, n=1) if len(place) == 1 else []
        return f"{where} is not a field" + (f"; did you mean {close[0]}?" if close else "")
    return f"{where}: {fault['msg']}"


def _parsed(path: Path, problems: list[str]) -> tuple[str, dict[str, Any]]:
    """The text of a TOML file and what it holds; nothing, and a problem more, when it is not well formed."""
    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except UnicodeDecodeError:
        problems.append(f"{path.name}: it is not UTF-8 text")
    except tomllib.TOMLDecodeError as error:
        problems.append(
            f"{path.name}: not well-formed TOML: {error}; "
            "a text that has quotation marks or backslashes stands between '''three single quotes'''"
        )
    return "", {}
