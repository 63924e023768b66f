"""Written tables of paraphrases and faults (`tests/grounding/*.toml`), and the rows and evidence that they give.

A table is a TOML file: `first_seen`, what the checks found of it when they were first run on it, before any rule was
changed for it, and `case` after `case`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.types import ArticleInfo, Evidence, Passage, Sentence

# The rows that the checks do not get; no table.
KNOWN = "known.toml"


@dataclass(frozen=True, slots=True)
class Case:
    """A source sentence between its neighbours, paraphrases that must pass, and (kind, statement) that must not."""

    name: str
    source: str
    faithful: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]
    before: str = ""
    after: str = ""
    title: str = ""
    published: str = "2024-12-04"

    @property
    def mark(self) -> int:
        """The number of the source sentence among its neighbours."""
        return 2 if self.before else 1

    def evidence(self) -> tuple[Evidence, ...]:
        """The source and its neighbours as one passage."""
        sentences = [part for part in (self.before, self.source, self.after) if part]
        return (evidence_of(sentences, self.title, self.published),)


@dataclass(frozen=True, slots=True)
class Row:
    """One statement held against one mark: `fault` is the kind of fault, empty for a faithful statement."""

    id: str
    case: Case
    draft: str
    fault: str


def tables(folder: Path) -> dict[str, tuple[Case, ...]]:
    """The cases of each table of a folder by its name, in the order of their names; none when there is no table."""
    paths = sorted(path for path in folder.glob("*.toml") if path.name != KNOWN)
    read = {path.stem: tomllib.loads(path.read_text("utf-8")).get("case", ()) for path in paths}
    return {name: tuple(map(_case, cases)) for name, cases in read.items() if cases}


def known(folder: Path) -> dict[str, str]:
    """Why a row is not got, by its id: the faults that are missed and the paraphrases that raise an alarm."""
    listed = tomllib.loads((folder / KNOWN).read_text("utf-8"))
    return {row: reason for rows_of in listed.values() for row, reason in rows_of.items()}


def evidence_of(sentences: Sequence[str], title: str = "", published: str | None = None, number: int = 1) -> Evidence:
    """These sentences as one passage, with a space between them."""
    spans, at = [], 0
    for text in sentences:
        spans.append(Sentence(at, at + len(text), text))
        at += len(text) + 1
    info = ArticleInfo(f"a{number}", title, published=published)
    return Evidence(number, Passage(info.id, 0, tuple(spans), tokens=1), info, 1.0)


def rows(cases: Sequence[Case]) -> Iterator[Row]:
    """Every paraphrase and fault of the cases; a faithful paraphrase marked with a neighbour is a moved mark."""
    for case in cases:
        for number, text in enumerate(case.faithful):
            yield Row(f"{case.name}-faithful{number}", case, f"{text} [1.{case.mark}]", "")
            if number == 0:
                for neighbour, there in ((case.mark - 1, case.before), (case.mark + 1, case.after)):
                    if there:
                        yield Row(f"{case.name}-moved{neighbour}", case, f"{text} [1.{neighbour}]", "moved")
        for number, (kind, text) in enumerate(case.faults):
            yield Row(f"{case.name}-{kind}{number}", case, f"{text} [1.{case.mark}]", kind)


def _case(written: Mapping[str, Any]) -> Case:
    return Case(**{**written, "faithful": tuple(written["faithful"]), "faults": tuple(map(tuple, written["faults"]))})
