"""A library of a benchmark's articles, built once and kept in the user's cache folder.

It lies in a folder named after the digest of all that shapes it: the articles, the code that cleans, cuts and stores
them, and the settings. A change to any of them builds another one; only the KEPT newest of a benchmark stay.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from eval.benchmarks.records import Record
from pipeline.settings import Settings

if TYPE_CHECKING:
    from eval.benchmarks import Progress
    from pipeline.app import Newsdesk

# Of one benchmark, so many libraries stay: two are enough to go back and forth between a change and what was before.
KEPT = 2

# The modules and packages of the pipeline that decide what a library of given articles holds.
_SHAPING = (
    "cleaning",
    "library",
    "sources",
    "chunking.py",
    "embedding",
    "identity.py",
    "ingesting.py",
    "preparing.py",
    "sentences.py",
    "tokens.py",
)

_UNFINISHED = ".unfinished"


@contextmanager
def open_corpus(
    benchmark: str, articles: Sequence[Record], settings: Settings, progress: Progress
) -> Iterator[Newsdesk]:
    """newsdesk on the library of these articles."""
    from pipeline.app import open_newsdesk

    with open_newsdesk(replace(settings, library=str(built_corpus(benchmark, articles, settings, progress)))) as desk:
        yield desk


def built_corpus(benchmark: str, articles: Sequence[Record], settings: Settings, progress: Progress) -> Path:
    """The library of these articles, built if it is not there. An interrupted build is taken up where it stopped."""
    place = shelf(benchmark)
    folder = place / digest(articles, settings)
    if not folder.is_dir():
        _build(folder, articles, settings, progress)
        _prune(place, folder)
    return folder


def digest(articles: Sequence[Record], settings: Settings) -> str:
    """Sixteen hexadecimal digits that change with the articles, the shaping code and the settings that count here."""
    state = hashlib.sha256(f"{settings.embedding}\n{settings.passage_tokens}\n".encode())
    for name in _SHAPING:
        for code in _contents(files("pipeline").joinpath(name)):
            state.update(code)
    for article in articles:
        state.update(json.dumps(article, sort_keys=True).encode())
    return state.hexdigest()[:16]


def same_story(articles: Sequence[Record]) -> dict[str, frozenset[str]]:
    """Every address with all those at which the same text stands but for white space: a library keeps one of them."""
    addresses: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        addresses[" ".join(article["text"].split())].append(article["url"])
    return {url: frozenset(urls) for urls in addresses.values() for url in urls}


def _build(folder: Path, articles: Sequence[Record], settings: Settings, progress: Progress) -> None:
    from pipeline.app import open_newsdesk

    work = folder.with_name(folder.name + _UNFINISHED)
    work.mkdir(parents=True, exist_ok=True)
    lines = work / "articles.jsonl"
    lines.write_text("".join(json.dumps(_as_ingested(article)) + "\n" for article in articles), encoding="utf-8")
    done = 0

    def count(origin: str) -> None:
        nonlocal done
        done += 1
        progress(done, len(articles), "articles")

    library = work / "library"
    with open_newsdesk(replace(settings, library=str(library)), create=True) as desk:
        desk.ingest([str(lines)], on_progress=count)
    library.replace(folder)
    shutil.rmtree(work)


def _as_ingested(article: Record) -> Record:
    """The record with its day as ISO 8601 writes it: the data has `2023/01/05`."""
    return {**article, "published": str(article.get("published") or "").replace("/", "-")}


def _prune(shelf: Path, newest: Path) -> None:
    others = sorted((path for path in shelf.iterdir() if path != newest), key=lambda path: path.stat().st_mtime)
    for path in others[: max(0, len(others) - KEPT + 1)]:
        shutil.rmtree(path)


def shelf(benchmark: str) -> Path:
    """Where the libraries of a benchmark are kept."""
    import platformdirs

    return platformdirs.user_cache_path("newsdesk") / "benchmarks" / benchmark


def _contents(place: Traversable) -> Iterator[bytes]:
    """The code and rules in a file or package, in the order of their names."""
    if place.is_file():
        if place.name.endswith((".py", ".toml")):
            yield place.read_bytes()
        return
    for inner in sorted(place.iterdir(), key=lambda each: each.name):
        yield from _contents(inner)
