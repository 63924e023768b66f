"""A results folder: what was measured, one line a case, the figures, and the same for a CI server and for a reader.

    manifest.json    what was run: digests of suite and prompts, settings, version
    cases.jsonl      one record a case and writer, in the order of the suite
    articles.jsonl   the articles that references, citations and evidence point into
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
from pathlib import Path
from typing import Any

from eval.journal import UNFINISHED
from eval.report import report_html
from eval.results import Results, is_results
from pipeline.errors import UsageError

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_results(folder: Path, found: Results) -> None:
    """Write a results folder, over an older one if there is one; UsageError when the folder holds anything else."""
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
    if not folder.is_dir() or not (is_results(folder) or {path.name for path in folder.iterdir()} <= {UNFINISHED}):
        raise UsageError(f"{str(folder)!r} is there and is no results folder", "Name a new folder with --output")


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


def _lines(values: Sequence[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n" for value in values)


def _pretty(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _xml_text(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
