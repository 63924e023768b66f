"""The files of a suite as tables of the right form; a table that is not is a problem, with the line of its case."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from eval.suite import Case, Conflict, Fact, Kind, Nugget, Support, Topic, Unanswerable, Version
from pipeline.types import Filters

Text: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class About(_Form):
    """What suite.toml says."""

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
    after: tuple[Text, ...] = ()
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
            after=self.after,
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


class _VersionForm(_SupportForm):
    side: Text


class _ConflictForm(_Form):
    id: Text
    about: Text
    version: tuple[_VersionForm, ...]
    disputed: bool = True

    def value(self) -> Conflict:
        versions = tuple(Version(form.side, form.support()) for form in self.version)
        return Conflict(self.id, self.about, versions, self.disputed)


class _Cases(_Form):
    question: tuple[_QuestionForm, ...] = ()
    topic: tuple[_TopicForm, ...] = ()
    conflict: tuple[_ConflictForm, ...] = ()


class CaseFile:
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


def read_about(path: Path, problems: list[str]) -> About:
    """Name and description of a suite, from its suite.toml; the folder's name when they cannot be read."""
    unnamed = About(name=path.parent.absolute().name)
    if not path.is_file():
        problems.append(f"{path.name}: the file is missing")
        return unnamed
    _, tables = _parsed(path, problems)
    try:
        return About.model_validate(tables)
    except ValidationError as error:
        problems += [f"{path.name}: {_fault(fault, fault['loc'], About)}" for fault in error.errors()]
        return unnamed


def read_case_file(path: Path, problems: list[str]) -> CaseFile:
    """The cases and topics of a file, read; none, and problems more, when it cannot be."""
    text, tables = _parsed(path, problems)
    try:
        return CaseFile(path, text, _Cases.model_validate(tables))
    except ValidationError as error:
        file = CaseFile(path, text, _Cases())
        for fault in error.errors():
            table, *place = fault["loc"]
            written = tables.get(str(table))
            number = place[0] if place else None
            if not (isinstance(written, list) and isinstance(number, int) and isinstance(written[number], dict)):
                problems.append(f"{path.name}: {_fault(fault, fault['loc'], _Cases)}")
                continue
            id_ = str(written[number].get("id", ""))
            where = f"{file.place(id_)} {id_!r}" if id_ else f"{path.name}: {table} {number + 1}"
            forms: dict[str, type[_Form]] = {"question": _QuestionForm, "topic": _TopicForm}
            form = forms.get(str(table), _ConflictForm)
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
