"""Results as one self-contained HTML page: no script, nothing fetched, everything escaped.

Cases are folded; each opens to its statements with findings, the quotes they cite, the evidence with gold and cited
sentences marked, and the reference beside it. Those that failed or fell short come first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from eval.matching import contains
from eval.scoring import GROUPS, LOWER_IS_BETTER
from pipeline.rendering.safe import plain

if TYPE_CHECKING:
    from jinja2 import Environment

    from eval.results import Results


def report_html(found: Results) -> str:
    """The page of a run."""
    writers = found.summary["writers"]
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            manifest=found.manifest,
            writers=writers,
            groups=[
                (group, [(name, name in LOWER_IS_BETTER) for name in names if _measured(name, writers)])
                for group, names in GROUPS.items()
            ],
            guard=found.summary["guard"],
            runs=[(writer, _cases(found.cases, writer)) for writer in writers],
        )
    )


def _measured(name: str, writers: Mapping[str, Any]) -> bool:
    return any(name in writer["metrics"] for writer in writers.values())


def _cases(cases: Sequence[Mapping[str, Any]], writer: str) -> list[dict[str, Any]]:
    """The writer's cases, the ones to look at first: failed, then short, then the rest, each in suite order."""
    own = [case for case in cases if case["writer"] == writer]
    urgency = sorted(own, key=lambda case: 0 if case["failure"] else 1 if case["shortfalls"] else 2)
    return [_case(case) for case in urgency]


def _case(case: Mapping[str, Any]) -> dict[str, Any]:
    answer = case["answer"] or {}
    sections = answer.get("sections") or [{"title": "", "statements": answer.get("statements", [])}]
    statements = [statement for section in sections for statement in section["statements"]]
    cited = [citation for statement in statements for citation in statement["citations"]]
    text = " ".join(statement["text"] for statement in statements)
    nuggets = case["reference"].get("nuggets", ())
    gold_quotes = {" ".join(gold["quote"].split()) for gold in case["reference"].get("support", ())}
    return {
        **case,
        "state": "failed" if case["failure"] else "short" if case["shortfalls"] else "clean",
        "status": answer.get("status", "failed"),
        "sections": sections,
        "gaps": answer.get("gaps", ()),
        "nuggets": [(nugget, any(contains(text, form) for form in nugget["any"])) for nugget in nuggets],
        "evidence": [_evidence(found, cited, gold_quotes) for found in answer.get("evidence", ())],
    }


def _evidence(found: Mapping[str, Any], cited: Sequence[Mapping[str, Any]], gold_quotes: set[str]) -> dict[str, Any]:
    """A passage with what each of its sentences is: cited, gold, or both."""
    places = {
        (citation["start"], citation["end"]) for citation in cited if citation["article_id"] == found["article_id"]
    }
    sentences = [
        {
            "text": sentence["text"],
            "cited": (sentence["start"], sentence["end"]) in places,
            "gold": " ".join(sentence["text"].split()) in gold_quotes,
        }
        for sentence in found["sentences"]
    ]
    return {**found, "sentences": sentences}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader

    return Environment(
        loader=PackageLoader("eval", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if isinstance(value, str) and not hasattr(value, "__html__") else value,
    )
