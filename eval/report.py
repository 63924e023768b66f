"""Results as one self-contained HTML page: nothing fetched, everything escaped, one small script of its own.

Cases are folded; each opens to its statements with findings, the difference to the reference, and the articles that it
cites with the cited and the gold sentences marked. Those that failed or fell short come first. The text of an article
is on the page once, in pieces that the cases point to: the script shows it marked within a case, and sorts and filters
the cases. Without it the page is whole, with links in the place of the marks. The content security policy names the
script and the style sheet by their digests.
"""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
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


Key: TypeAlias = tuple[str, str | None]
"""An article and the edition of the suite that it stands in, None for the last one."""

# What a case marks in an article: what is cited, what the reference rests on, and what the writer was given.
_MARKS = ("cited", "gold", "given")


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as the page has it: its paragraphs in pieces, cut wherever a case marks something. Pieces are counted
    through; `spans` has where each stands in the text, without the white space at its end."""

    number: int
    article: Mapping[str, Any]
    paragraphs: tuple[tuple[tuple[int, str], ...], ...]
    spans: tuple[tuple[int, int], ...]

    def pieces(self, places: Iterable[tuple[int, int]]) -> list[int]:
        """The pieces that lie within any of these places."""
        return sorted(
            {
                at
                for start, end in places
                for at in range(bisect_left(self.spans, (start, start)), len(self.spans))
                if self.spans[at][1] <= end
            }
        )


def report_html(found: Results) -> str:
    """The page of a run."""
    environment, style, script = _templates()
    writers = found.summary["writers"]
    shelf = _shelf(found)
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
        runs=[(writer, _cases(found.cases, writer, shelf)) for writer in writers],
        shelf=shelf.values(),
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


def _cases(cases: Sequence[Mapping[str, Any]], writer: str, shelf: Mapping[Key, Shown]) -> list[dict[str, Any]]:
    """The writer's cases, the ones to look at first: failed, then short, then the rest, each in suite order."""
    own = [_case(case, shelf) for case in cases if case["writer"] == writer]
    return sorted(own, key=lambda case: ("failed", "short", "clean").index(case["state"]))


def _case(case: Mapping[str, Any], shelf: Mapping[Key, Shown]) -> dict[str, Any]:
    answer = case["answer"] or {}
    text = " ".join(statement["text"] for statement in statements_in(case["answer"]))
    reference = case["reference"]
    marked = [_marked(shelf[key], marks) for key, marks in _marks(case, shelf).items()]
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
        "articles": [each for each in marked if each["cited"] or each["gold"]],
        "other_articles": [each for each in marked if not each["cited"] and not each["gold"]],
    }


def _shelf(found: Results) -> dict[Key, Shown]:
    """All articles that cases mark something in, in the order of their names."""
    articles: dict[Key, Mapping[str, Any]] = {
        (article["id"], article["edition"]): article for article in found.articles
    }
    edges: dict[Key, set[int]] = {}
    for case in found.cases:
        for key, marks in _marks(case, articles).items():
            edges.setdefault(key, set()).update(edge for mark in marks.values() for span in mark for edge in span)
    return {
        key: _in_pieces(number, article, edges[key])
        for number, (key, article) in enumerate(articles.items(), 1)
        if key in edges
    }


def _marks(case: Mapping[str, Any], articles: Collection[Key]) -> dict[Key, dict[str, list[tuple[int, int]]]]:
    """What a case marks in which articles, those that it cites first."""
    evidence = (case["answer"] or {}).get("evidence", ())
    given = [{**sentence, "article_id": found["article_id"]} for found in evidence for sentence in found["sentences"]]
    marks: dict[Key, dict[str, list[tuple[int, int]]]] = {}
    for kind, places in zip(
        _MARKS, (citations_in(case["answer"]), case["reference"].get("support", ()), given), strict=True
    ):
        for place in places:
            own = (place["article_id"], case["edition"])
            key = own if own in articles else (place["article_id"], None)
            if key in articles:
                its = marks.setdefault(key, {mark: [] for mark in _MARKS})
                its[kind].append((place["start"], place["end"]))
    return marks


def _marked(shown: Shown, marks: Mapping[str, Iterable[tuple[int, int]]]) -> dict[str, Any]:
    pieces = {kind: shown.pieces(places) for kind, places in marks.items()}
    first = next(filter(None, pieces.values()), [0])[0]
    return {"shown": shown, "first": first, **{kind: _ranges(places) for kind, places in pieces.items()}}


def _ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers in short: `"3-5 9"`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return " ".join("-".join(map(str, run)) for run in runs)


def _in_pieces(number: int, article: Mapping[str, Any], edges: Collection[int]) -> Shown:
    text = article["text"]
    spans: list[tuple[int, int]] = []
    paragraphs = []
    for start, end in article["blocks"]:
        cuts = sorted({start, end} | {edge for edge in edges if start < edge < end})
        cuts = [edge for edge, after in pairwise(cuts) if edge == start or text[edge:after].strip()] + [end]
        pieces = [text[left:right] for left, right in pairwise(cuts)]
        paragraphs.append(tuple(enumerate(pieces, len(spans))))
        spans += [(left, left + len(piece.rstrip())) for left, piece in zip(cuts, pieces, strict=False)]
    return Shown(number, article, tuple(paragraphs), tuple(spans))


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
