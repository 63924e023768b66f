"""Results as one self-contained HTML page: nothing fetched, everything escaped, one small script of its own.

Cases are folded; each opens to its statements with findings, the difference to the reference, and the articles that it
cites with the cited and the gold sentences marked. Those that failed or fell short come first; the script sorts and
filters them, and the page is whole without it. The content security policy names the script and the style sheet by
their digests.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from eval.matching import contains, normalise
from eval.records import citations_in, statements_in
from eval.results import Results
from eval.scoring import GROUPS, LOWER_IS_BETTER
from pipeline.rendering.safe import plain

if TYPE_CHECKING:
    from jinja2 import Environment

Edit: TypeAlias = tuple[Literal["same", "missing", "extra"], str]
"""Words of an answer held against its reference: in both, in the reference only, in the answer only."""

# The longest word that is no agreement when it is all that two texts have in common at a place.
_SHORT_WORD = 3

# The curve of risk by coverage, drawn in a box of so many units.
_CURVE_WIDTH, _CURVE_HEIGHT = 300, 120


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of an article, and whether they are cited, gold, or in a passage that the writer was given."""

    text: str
    cited: bool
    gold: bool
    given: bool


def report_html(found: Results) -> str:
    """The page of a run."""
    environment, style, script = _templates()
    writers = found.summary["writers"]
    articles = {(article["id"], article["edition"]): article for article in found.articles}
    return environment.get_template("report.html.j2").render(
        style=style,
        style_digest=_digest(style),
        script=script,
        script_digest=_digest(script),
        manifest=found.manifest,
        writers=writers,
        groups=[
            (group, [(name, name in LOWER_IS_BETTER) for name in names if _measured(name, writers)])
            for group, names in GROUPS.items()
        ],
        guard=found.summary["guard"],
        curves=[(writer, _curve(figures["selective"])) for writer, figures in writers.items() if figures["selective"]],
        runs=[(writer, _cases(found.cases, writer, articles)) for writer in writers],
    )


def differences(answer: str, reference: str) -> list[Edit]:
    """What of a reference an answer says, leaves out, and has besides, word by word and in reading order. A short word
    alone in common ("the", "to") is no agreement."""
    said, wanted = answer.split(), reference.split()
    here, there = [_word(word) for word in said], [_word(word) for word in wanted]
    edits: list[Edit] = []
    at = begun = 0
    for block in SequenceMatcher(None, there, here, autojunk=False).get_matching_blocks():
        shared = there[block.a : block.a + block.size]
        if block.size and not any(len(word) > _SHORT_WORD or word.isdigit() for word in shared):
            continue
        edits.append(("missing", " ".join(wanted[at : block.a])))
        edits.append(("extra", " ".join(said[begun : block.b])))
        at, begun = block.a + block.size, block.b + block.size
        edits.append(("same", " ".join(said[block.b : begun])))
    return [edit for edit in edits if edit[1]]


def _word(word: str) -> str:
    return normalise(word).strip(".,;:!?\"'()")


def _measured(name: str, writers: Mapping[str, Any]) -> bool:
    return any(name in writer["metrics"] for writer in writers.values())


def _cases(
    cases: Sequence[Mapping[str, Any]], writer: str, articles: Mapping[tuple[str, str | None], Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The writer's cases, the ones to look at first: failed, then short, then the rest, each in suite order."""
    own = [_case(case, articles) for case in cases if case["writer"] == writer]
    return sorted(own, key=lambda case: ("failed", "short", "clean").index(case["state"]))


def _case(case: Mapping[str, Any], articles: Mapping[tuple[str, str | None], Mapping[str, Any]]) -> dict[str, Any]:
    answer = case["answer"] or {}
    text = " ".join(statement["text"] for statement in statements_in(case["answer"]))
    reference = case["reference"]
    evidence, cited = answer.get("evidence", ()), citations_in(case["answer"])
    shown = list(dict.fromkeys(place["article_id"] for place in [*cited, *reference.get("support", ())]))
    as_shown = [articles.get((id_, case["edition"])) or articles.get((id_, None)) for id_ in shown]
    return {
        **case,
        "state": "failed" if case["failure"] else "short" if case["shortfalls"] else "clean",
        "status": answer.get("status", "failed"),
        "sections": answer.get("sections") or [{"title": "", "statements": answer.get("statements", [])}],
        "gaps": answer.get("gaps", ()),
        "nuggets": [
            (nugget, any(contains(text, form) for form in nugget["any"])) for nugget in reference.get("nuggets", ())
        ],
        "differences": differences(text, reference["answer"]) if text and reference.get("answer") else (),
        "articles": [
            _marked(article, cited, reference.get("support", ()), evidence) for article in as_shown if article
        ],
        "other_evidence": [passage for passage in evidence if passage["article_id"] not in shown],
    }


def _marked(
    article: Mapping[str, Any],
    cited: Iterable[Mapping[str, Any]],
    gold: Iterable[Mapping[str, Any]],
    evidence: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """An article as paragraphs of pieces, cut wherever a citation, a gold sentence or one of the evidence begins or
    ends."""
    here = [passage for passage in evidence if passage["article_id"] == article["id"]]
    given = [sentence for passage in here for sentence in passage["sentences"]]
    marked = [[place for place in places if place["article_id"] == article["id"]] for places in (cited, gold)]
    spans = [[(place["start"], place["end"]) for place in places] for places in (*marked, given)]
    paragraphs = [_pieces(article["text"], start, end, spans) for start, end in article["blocks"]]
    return {**article, "cited": bool(spans[0]), "paragraphs": paragraphs}


def _pieces(text: str, start: int, end: int, spans: Sequence[Sequence[tuple[int, int]]]) -> list[Piece]:
    edges = {start, end} | {edge for kind in spans for span in kind for edge in span if start < edge < end}
    return [
        Piece(text[left:right], *(any(first <= left and right <= last for first, last in kind) for kind in spans))
        for left, right in pairwise(sorted(edges))
    ]


def _curve(selective: Mapping[str, Any]) -> dict[str, Any]:
    """The points of the curve as an SVG polyline wants them, risk upwards."""
    points = [
        f"{coverage * _CURVE_WIDTH:.1f},{(1 - risk) * _CURVE_HEIGHT:.1f}" for coverage, risk in selective["curve"]
    ]
    return {**selective, "points": " ".join(points), "width": _CURVE_WIDTH, "height": _CURVE_HEIGHT}


def _digest(source: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"


@lru_cache(maxsize=1)
def _templates() -> tuple[Environment, Any, Any]:
    """The templates, and the style sheet and the script as markup."""
    from jinja2 import Environment, PackageLoader
    from markupsafe import Markup

    loader = PackageLoader("eval", "templates")
    environment = Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if isinstance(value, str) and not hasattr(value, "__html__") else value,
    )
    style, script = (loader.get_source(environment, name)[0] for name in ("report.css", "report.js"))
    return environment, Markup(style), Markup(script)
