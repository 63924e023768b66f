"""Reading a suite and checking its form: every problem is named, with the file and line of its case."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from eval.forms import read_about, read_case_file
from eval.matching import contains
from eval.suite import Case, Conflict, Suite, Topic, raise_if_any, supports
from pipeline.errors import SuiteError


def load_suite(folder: Path) -> Suite:
    """Read and check a suite; UnsoundSuite names everything that is wrong with its form."""
    if not (folder / "articles").is_dir() or not (folder / "cases").is_dir():
        raise SuiteError(
            f"{str(folder)!r} is not a suite: it has no folder articles/ or no folder cases/",
            "Start one with `newsdesk eval new FOLDER --articles PATH`",
        )
    problems: list[str] = []
    about = read_about(folder / "suite.toml", problems)
    cases: list[Case] = []
    topics: list[Topic] = []
    conflicts: list[Conflict] = []
    for path in sorted((folder / "cases").glob("*.toml")):
        file = read_case_file(path, problems)
        cases += [replace(form.case(), place=file.place(form.id)) for form in file.form.question]
        topics += [replace(form.value(), place=file.place(form.id)) for form in file.form.topic]
        conflicts += [replace(form.value(), place=file.place(form.id)) for form in file.form.conflict]
    problems += _problems(folder / "articles", cases, topics, conflicts)
    if not problems and not cases and not topics:
        problems.append("it has no questions and no topics yet: write some in cases/")
    raise_if_any(problems, folder)
    return Suite(about.name, about.description, folder, tuple(cases), tuple(topics), _digest(folder), tuple(conflicts))


def _problems(
    articles: Path, cases: Sequence[Case], topics: Sequence[Topic], conflicts: Sequence[Conflict]
) -> list[str]:
    entries: tuple[Case | Topic | Conflict, ...] = (*cases, *topics, *conflicts)
    ids = Counter(entry.id for entry in entries)
    asked = Counter(_asked(case) for case in cases)
    briefed = Counter(_bare(topic.topic) for topic in topics)
    found: list[tuple[Case | Topic | Conflict, str]] = []
    for entry in entries:
        if ids[entry.id] > 1:
            found.append((entry, f"the id is used {ids[entry.id]} times"))
        if isinstance(entry, Case):
            if asked[_asked(entry)] > 1:
                found.append((entry, "the same question is asked by another case: one of the references must be wrong"))
            found += [(entry, problem) for problem in _case_problems(entry)]
        elif isinstance(entry, Conflict):
            if entry.disputed and len({version.side for version in entry.versions}) < 2:
                found.append((entry, "a disputed conflict needs versions of two sides"))
        else:
            if briefed[_bare(entry.topic)] > 1:
                found.append((entry, "another topic is the same"))
            found += [(entry, problem) for problem in _topic_problems(entry)]
        missing = sorted({support.article for support in supports(entry) if not _exists(articles, support.article)})
        found += [(entry, _no_article(articles, name)) for name in missing]
    return [f"{entry.place} {entry.id!r}: {problem}" for entry, problem in found]


def _case_problems(case: Case) -> Iterator[str]:
    if case.kind == "followup" and not case.after:
        yield "a follow-up needs `after`: the questions that came before it"
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


def _asked(case: Case) -> tuple[object, ...]:
    """What two cases may not have in common."""
    return tuple(map(_bare, (*case.after, case.question))), case.filters


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
