"""The values of a results folder, from records, and read back from its files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.guard import GuardScore, guard_json
from eval.journal import UNFINISHED
from eval.records import Run, record_json
from eval.summary import summarise, summary_json
from pipeline.errors import SuiteError

FORMAT = "newsdesk-eval 3"


@dataclass(frozen=True, slots=True)
class Results:
    """A results folder as it was read: plain values, as they stand in the files."""

    manifest: Mapping[str, Any]
    cases: tuple[Mapping[str, Any], ...]
    articles: tuple[Mapping[str, Any], ...]
    summary: Mapping[str, Any]


def results(manifest: Mapping[str, Any], runs: Sequence[Run], guard: Sequence[GuardScore]) -> Results:
    """The values of a results folder, from one run a writer."""
    summaries = [summarise(run.writer, run.records) for run in runs]
    articles = {key: article for run in runs for key, article in run.articles.items()}
    return Results(
        manifest={"format": FORMAT, **manifest},
        cases=tuple(record_json(record) for run in runs for record in run.records),
        articles=tuple(sorted(articles.values(), key=lambda article: str(article["name"]))),
        summary={"writers": {each.writer: summary_json(each) for each in summaries}, "guard": guard_json(guard)},
    )


def read_results(folder: Path) -> Results:
    """Read a results folder; SuiteError when it is none, is unfinished or damaged, or holds a figure that is no
    number."""
    if (folder / UNFINISHED).exists():
        raise SuiteError(f"The run in {str(folder)!r} was interrupted", "Continue it with `newsdesk eval … --resume`")
    if not is_results(folder):
        raise SuiteError(
            f"{str(folder)!r} is not the results folder of an evaluation: it has no manifest.json of one",
            "Make one with `newsdesk eval --output FOLDER`",
        )
    try:
        return Results(
            manifest=_parse((folder / "manifest.json").read_text(encoding="utf-8")),
            cases=_parse_lines(folder / "cases.jsonl"),
            articles=_parse_lines(folder / "articles.jsonl"),
            summary=_parse((folder / "summary.json").read_text(encoding="utf-8")),
        )
    except (OSError, ValueError) as error:
        raise SuiteError(f"The results in {str(folder)!r} are damaged: {error}", "Run the evaluation again") from error


def is_results(folder: Path) -> bool:
    """Whether a folder is a results folder of this format."""
    try:
        manifest = _parse((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("format") == FORMAT


def _parse_lines(path: Path) -> tuple[Any, ...]:
    return tuple(_parse(line) for line in path.read_text(encoding="utf-8").split("\n") if line)


def _parse(text: str) -> Any:
    return json.loads(text, parse_constant=_no_number)


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is not a number")
