"""A results folder: what was measured, one line a case, the figures, and the same for a CI server and for a reader.

    manifest.json    what was run: digests of suite and prompts, settings, version
    cases.jsonl      one record a case and writer, in the order of the suite
    articles.jsonl   the articles that references and citations point into
    summary.json     figures by writer, and those of the hostile models
    junit.xml        one test a case
    report.html      the page to open

Two runs of the same code over the same suite differ in the keys `started` and `seconds…` only.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.guard import GuardScore, guard_json
from eval.journal import UNFINISHED
from eval.run import Run
from eval.summary import summarise, summary_json
from pipeline.errors import SuiteError, UsageError

FORMAT = "newsdesk-eval 3"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
    articles = {id_: article for run in runs for id_, article in run.articles.items()}
    return Results(
        manifest={"format": FORMAT, **manifest},
        cases=tuple(asdict(record) for run in runs for record in run.records),
        articles=tuple(sorted(articles.values(), key=lambda article: str(article["name"]))),
        summary={"writers": {each.writer: summary_json(each) for each in summaries}, "guard": guard_json(guard)},
    )


def write_results(folder: Path, found: Results) -> None:
    """Write a results folder, over an older one if there is one; UsageError when the folder holds anything else."""
    from eval.report import report_html

    check_place(folder)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "cases.jsonl", _lines(found.cases))
    _write(folder / "articles.jsonl", _lines(found.articles))
    _write(folder / "summary.json", _pretty(found.summary))
    _write(folder / "junit.xml", junit_xml(found))
    _write(folder / "report.html", report_html(found))
    _write(folder / "manifest.json", _pretty(found.manifest))


def check_place(folder: Path) -> None:
    """UsageError when results cannot go there without harm: the folder holds something that is no results."""
    if not folder.exists():
        return
    if not folder.is_dir() or not (_is_results(folder) or {path.name for path in folder.iterdir()} <= {UNFINISHED}):
        raise UsageError(f"{str(folder)!r} is there and is no results folder", "Name a new folder with --output")


def read_results(folder: Path) -> Results:
    """Read a results folder; SuiteError when it is none, is unfinished or damaged, or holds a figure that is no
    number."""
    if (folder / UNFINISHED).exists():
        raise SuiteError(f"The run in {str(folder)!r} was interrupted", "Continue it with `newsdesk eval … --resume`")
    if not _is_results(folder):
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


def junit_xml(found: Results) -> str:
    """The run for a CI server: a failed case is an error, one that fell short a failure."""
    suites = ET.Element("testsuites", name=str(found.manifest["suite"]))
    for writer in found.summary["writers"]:
        cases = [case for case in found.cases if case["writer"] == writer]
        suite = ET.SubElement(
            suites,
            "testsuite",
            name=writer,
            tests=str(len(cases)),
            failures=str(sum(1 for case in cases if case["shortfalls"])),
            errors=str(sum(1 for case in cases if case["failure"])),
            time=f"{sum(case['seconds'] for case in cases):.3f}",
        )
        for case in cases:
            test = ET.SubElement(
                suite, "testcase", classname=f"{writer}.{case['kind']}", name=case["id"], time=f"{case['seconds']:.3f}"
            )
            if case["failure"]:
                ET.SubElement(test, "error", message=_xml_text(case["failure"]))
            elif case["shortfalls"]:
                ET.SubElement(test, "failure", message=_xml_text("; ".join(case["shortfalls"])))
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _is_results(folder: Path) -> bool:
    try:
        manifest = _parse((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("format") == FORMAT


def _lines(values: Sequence[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n" for value in values)


def _parse_lines(path: Path) -> tuple[Any, ...]:
    return tuple(_parse(line) for line in path.read_text(encoding="utf-8").split("\n") if line)


def _parse(text: str) -> Any:
    return json.loads(text, parse_constant=_no_number)


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is not a number")


def _pretty(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _xml_text(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
