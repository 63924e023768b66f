"""What cleaning is learned from, divided by who wrote it: what a fold holds, no other fold has words of.

Each writer's blocks and pages are in one fold, so that the figure of a fold is that of a writer whose wording nobody
has learned. Articles come from a data set and from our own stories, which carry no residue at all.
"""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from eval.benchmarks.records import find, read_records
from eval.fit.pages import Block, Story, read_blocks, read_stories
from eval.fit.pasted import Pasted, read_pages
from eval.fit.residue import ROWS, read_rows
from pipeline.cleaning import residue

WRITERS = (("",), ("a", "b"), ("c",), ("d", "e"), ("f", "g", "h", "q"))
"""The writers of each fold: the ending of their blocks (`residue_blocks_a.txt`), the first letter of their pages."""

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Material:
    """What pages are made of: rows and blocks of residue, articles of others and of our own, stories in other
    languages, and whole pages."""

    rows: Sequence[tuple[str, str]]
    blocks: Sequence[Block]
    stories: Sequence[Story]
    own: Sequence[Story]
    foreign: Sequence[Story]
    labelled: Sequence[Pasted]


def folds(data: Path, rng: random.Random) -> list[Material]:
    """The material of each fold, in a random order; `data` holds articles in the layout of realtimeqa."""
    rows, stories, own, foreign = read_rows(ROWS), list(_stories(data)), list(_own()), read_stories()
    for listed in (rows, stories, own, foreign):
        rng.shuffle(listed)
    found: list[Material] = []
    for at, writers in enumerate(WRITERS):
        blocks = [block for name in writers for block in _blocks(name)]
        pages = [page for name in filter(None, writers) for page in read_pages(_FOLDER / "labelled", name)]
        told = [story for page in pages if (story := _story(page))]
        more = foreign[at :: len(WRITERS)]
        found.append(
            Material(
                rows if "" in writers else [],
                blocks,
                stories[at :: len(WRITERS)],
                own[at :: len(WRITERS)],
                [*more, *told],
                pages,
            )
        )
    return found


def together(parts: Sequence[Material]) -> Material:
    """All that is in some folds."""
    return Material(*([each for part in parts for each in getattr(part, field.name)] for field in fields(Material)))


def teaser(story: Story) -> str:
    """What a link to a story says of it."""
    return next((line for line in story.lines if 60 < len(line) < 220), story.lines[0][:200])


def _blocks(writer: str) -> list[Block]:
    path = _FOLDER / f"residue_blocks{writer and f'_{writer}'}.txt"
    return read_blocks(path) if path.exists() else []


def _story(page: Pasted) -> Story | None:
    """The story on a labelled page, when it has a headline."""
    lines = {
        part: [page.text[start:end] for start, end, it_is in page.spans if it_is == part and end > start]
        for part in ("headline", "story")
    }
    return Story(" ".join(lines["headline"]), tuple(lines["story"])) if lines["headline"] else None


def _stories(data: Path) -> Iterator[Story]:
    """The articles that have a headline, a few lines and some length."""
    for article in read_records(find(data, "articles.jsonl"), ("title", "text")):
        title = str(article["title"]).split(" | ")[0].strip()
        lines = [" ".join(line.split()) for line in str(article["text"]).splitlines()]
        kept = tuple(line for line in lines if line and residue.reason(line) is None)
        if title and not title.endswith("...") and len(kept) >= 4 and sum(map(len, kept)) > 800:
            yield Story(title, kept)


def _own() -> Iterator[Story]:
    """The articles that the other fits are made on, written for newsdesk."""
    records = [each for path in sorted(_FOLDER.glob("stories/*.toml")) for each in _articles(path)]
    for path in sorted(_FOLDER.glob("conflicts/*.jsonl")):
        records += [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
    for record in records:
        lines = tuple(filter(None, (" ".join(line.split()) for line in str(record["text"]).splitlines())))
        if len(lines) > 2:
            yield Story(str(record["title"]), lines)


def _articles(path: Path) -> list[dict[str, object]]:
    articles: list[dict[str, object]] = tomllib.loads(path.read_text(encoding="utf-8"))["article"]
    return articles
