"""Public benchmarks, run on newsdesk as it is: their data comes as a folder, their scoring is their own.

    run_benchmark("clapnq", Path("clapnq-dev"), settings=Settings())["rouge_l"]

`realtimeqa` asks a year of news questions of a library built from that year's articles, `clapnq` answers questions from
one given passage, `extraction` finds the article in a page, `summaries` shortens articles to their published summaries,
`copies` recognises edited copies of its own making, `durability` kills ingests and fills their disks,
`ingestion` times one beside LangChain's default, `rewriting` finds with queries that a model wrote and without,
`grounding` puts faults into statements and counts those found, `chunking` tells how many of the characters that answer
a question are found. `residue`, `refusals` and `conflicts` run on labelled pages and stories, such as those of
`tests/unseen`, on which nothing was mended.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from pipeline.errors import InputError, UsageError
from pipeline.settings import Settings

BENCHMARKS: tuple[str, ...] = (
    "realtimeqa",
    "clapnq",
    "extraction",
    "summaries",
    "facts",
    "copies",
    "durability",
    "ingestion",
    "speed",
    "rewriting",
    "grounding",
    "chunking",
    "residue",
    "refusals",
    "conflicts",
)


@dataclass(frozen=True, slots=True)
class How:
    """How a benchmark is run, which no figure depends on: `jobs` processes share the work where there is much of it;
    `fresh` does all of it anew, and `tell` is called with a sentence when some was done before."""

    jobs: int = 1
    fresh: bool = False
    tell: Callable[[str], None] = lambda sentence: None


Progress: TypeAlias = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and of what."""


def run_benchmark(
    name: str,
    data: Path,
    *,
    settings: Settings,
    limit: int | None = None,
    how: How = How(),
    progress: Progress | None = None,
) -> dict[str, object]:
    """The figures of one of BENCHMARKS on the data in a folder, ready for JSON; `limit` takes the first of each file.

    Raises UsageError for another name, InputError for a folder that is missing or holds other data.
    """
    if name not in BENCHMARKS:
        raise UsageError(f"There is no benchmark {name!r}", f"The benchmarks are {', '.join(BENCHMARKS)}")
    if not data.is_dir():
        raise InputError(f"The data folder {str(data)!r} does not exist", "Give the folder of the data with --data")
    report = progress or (lambda done, of, what: None)
    figures: dict[str, object] = import_module(f"eval.benchmarks.{name}").run(data, settings, limit, how, report)
    return {"benchmark": name, **figures}
