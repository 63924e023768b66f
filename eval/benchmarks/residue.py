"""Pasted pages whose every line is labelled: how much of the residue goes, and how much of the article stays.

Data: `NAME.tsv`, a line for each line of the page: its label, a tab, its text; an empty one stays empty. Labels are
`headline`, `body`, `residue`, `either` for what an editor may keep or drop, and `mixed` for a line with residue on it,
which stands again behind another tab.

`residue_removed`  share of the residue's characters that are left out
`body_lost`        share of the article's characters that are left out
`headlines_right`  share of the pages whose title is their headline
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.types import Article, RawArticle

if TYPE_CHECKING:
    from eval.benchmarks import How, Progress

_BODY = ("headline", "body")
_LABELS = frozenset((*_BODY, "residue", "either", "mixed"))


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is pasted, the characters of it that are the article and residue, and its headline."""

    name: str
    text: str
    body: frozenset[int]
    residue: frozenset[int]
    headline: str


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """Clean every page and count the characters."""
    from pipeline.cleaning import clean

    paths = sorted(data.glob("*.tsv"))[:limit]
    if not paths:
        raise InputError(f"The data folder {str(data)!r} holds no labelled pages (.tsv)", "Give tests/unseen/pages")
    cleaned = []
    for done, path in enumerate(paths, 1):
        page = read_page(path)
        cleaned.append((page, clean(RawArticle(page.text, page.text.encode(), "text", page.name))))
        progress(done, len(paths), "pages")
    return score(cleaned)


def read_page(path: Path) -> Page:
    """The page of a file; raises InputError for a line without one of the labels."""
    lines: list[str] = []
    body: set[int] = set()
    residue: set[int] = set()
    headline, at = "", 0
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        label, _, rest = row.partition("\t")
        line, *parts = rest.split("\t")
        if row and (label not in _LABELS or not line):
            raise InputError(f"Line {number} of {str(path)!r} has no label and text", f"Labels: {sorted(_LABELS)}")
        letters = {at + place for place, character in enumerate(line) if not character.isspace()}
        glued = {place for part in parts for place in _places(line, part, at)} & letters
        residue |= letters if label == "residue" else glued
        body |= letters if label in _BODY else letters - glued if label == "mixed" else set()
        headline = headline or (line.strip() if label == "headline" else "")
        lines.append(line)
        at += len(line) + 1
    return Page(path.stem, "\n".join(lines), frozenset(body), frozenset(residue), headline)


def score(cleaned: Sequence[tuple[Page, Article]]) -> dict[str, object]:
    """The figures over pages and what cleaning made of them."""
    gone = [frozenset(at for out in article.left_out for at in range(out.start, out.end)) for _, article in cleaned]
    pages = [page for page, _ in cleaned]
    residue, body = sum(len(page.residue) for page in pages), sum(len(page.body) for page in pages)
    return {
        "residue_removed": sum(len(page.residue & out) for page, out in zip(pages, gone, strict=True)) / residue,
        "body_lost": sum(len(page.body & out) for page, out in zip(pages, gone, strict=True)) / body,
        "headlines_right": sum(article.info.title == page.headline for page, article in cleaned) / len(pages),
        "pages": len(pages),
        "residue_characters": residue,
        "body_characters": body,
    }


def _places(line: str, part: str, at: int) -> Iterator[int]:
    start = line.index(part)
    yield from range(at + start, at + start + len(part))
