"""How a table of paraphrases and faults is written down, and the rows and evidence that it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.types import ArticleInfo, Evidence, Passage, Sentence


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
        return 2 if self.before else 1

    def evidence(self) -> tuple[Evidence, ...]:
        sentences = [part for part in (self.before, self.source, self.after) if part]
        return (evidence_of(sentences, self.title, self.published),)


@dataclass(frozen=True, slots=True)
class Row:
    """One statement held against one mark: `fault` is the kind of fault, empty for a faithful statement."""

    id: str
    case: Case
    draft: str
    fault: str


def evidence_of(sentences: list[str], title: str = "", published: str | None = None, number: int = 1) -> Evidence:
    """These sentences as one passage, with a space between them."""
    spans, at = [], 0
    for text in sentences:
        spans.append(Sentence(at, at + len(text), text))
        at += len(text) + 1
    info = ArticleInfo(f"a{number}", title, published=published)
    return Evidence(number, Passage(info.id, 0, tuple(spans), tokens=1), info, 1.0)


def rows(cases: tuple[Case, ...]) -> Iterator[Row]:
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
