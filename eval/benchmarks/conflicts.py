"""Stories whose sources contradict each other: does a briefing show it, and does it invent no other dispute?

Data: `NAME.jsonl`, the articles of a story, and `NAME.labels.json`: its `topic`, and `conflicts`, each of a `kind` with
its `sides`: the `url` of an article and what it `says`, to the letter.

`shown`, `shown_by_kind`   share of the conflicts of which the table of disagreements shows two sides
`real`                     share of its rows that give another side of something than another row does
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.benchmarks.stories import library_of, stories
from eval.metrics.briefing import which_are_real
from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.types import Briefing, Statement

if TYPE_CHECKING:
    from eval.benchmarks import How, Progress
    from pipeline.app import Newsdesk

LABELS = ".labels.json"


@dataclass(frozen=True, slots=True)
class Side:
    """The characters of an article that hold one side of a conflict."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict by its number in the story, its kind and its sides."""

    id: str
    kind: str
    sides: tuple[Side, ...]


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """Brief on every story and look at the table of disagreements."""
    found = stories(data, LABELS, "tests/unseen/conflicts")[:limit]
    shown: Counter[str] = Counter()
    of: Counter[str] = Counter()
    real: list[bool] = []
    for done, (articles, labels) in enumerate(found, 1):
        told = json.loads(labels.read_text(encoding="utf-8"))
        with library_of(articles, settings) as desk:
            conflicts = _conflicts(told["conflicts"], desk, labels)
            rows = versions_shown(desk.brief(told["topic"]), conflicts)
        real += which_are_real(rows)
        of.update(conflict.kind for conflict in conflicts)
        shown.update(conflict.kind for conflict in conflicts if _is_shown(conflict, rows))
        progress(done, len(found), "stories")
    return {
        "shown": shown.total() / of.total() if of else None,
        "real": sum(real) / len(real) if real else None,
        "conflicts": of.total(),
        "rows": len(real),
        "shown_by_kind": {kind: {"shown": shown[kind], "of": of[kind]} for kind in sorted(of)},
    }


def versions_shown(briefing: Briefing, conflicts: Sequence[Conflict]) -> list[list[tuple[str, str]]]:
    """For each row of the table of disagreements the conflicts it is of, each with the side."""
    rows = [row for section in briefing.sections if section.kind == "disagreements" for row in section.statements]
    return [
        [
            (conflict.id, str(number))
            for conflict in conflicts
            for number, side in enumerate(conflict.sides)
            if _cites(row, side)
        ]
        for row in rows
    ]


def _conflicts(told: Sequence[dict[str, Any]], desk: Newsdesk, labels: Path) -> list[Conflict]:
    articles = {info.url: desk.library.article(info.id) for info in desk.library.articles()}
    conflicts = []
    for number, each in enumerate(told, 1):
        sides = []
        for side in each["sides"]:
            article = articles.get(side["url"])
            start = article.text.find(side["says"]) if article is not None else -1
            if article is None or start < 0:
                raise InputError(
                    f"Conflict {number} of {str(labels)!r}: {side['says']!r} is not in {side['url']!r}",
                    "A side is quoted to the letter from an article of its story",
                )
            sides.append(Side(article.info.id, start, start + len(side["says"])))
        conflicts.append(Conflict(str(number), each["kind"], tuple(sides)))
    return conflicts


def _is_shown(conflict: Conflict, rows: Sequence[Collection[tuple[str, str]]]) -> bool:
    return len({side for row in rows for of, side in row if of == conflict.id}) > 1


def _cites(row: Statement, side: Side) -> bool:
    return any(
        cited.article.id == side.article and cited.start < side.end and cited.end > side.start
        for cited in row.citations
    )
