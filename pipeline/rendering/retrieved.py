"""What a search found, why each passage is there, and what was understood of the query: for a terminal and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.text import Text

from pipeline.ranking_features import matches
from pipeline.rendering.footnotes import title_of, where
from pipeline.rendering.jsonform import evidence_json, understood_json
from pipeline.rendering.safe import one_line, terminal_text
from pipeline.rendering.terminal import Hanging
from pipeline.reranking import NAMES, WEIGHTS

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.ranking_features import Features
    from pipeline.retrieval import Retrieval, Seen
    from pipeline.rewriting import Rewritten
    from pipeline.types import Evidence

# Characters of a passage that are shown: four lines of prose.
_EXCERPT = 320
_MATCH = "bold yellow"


def retrieval_terminal(retrieval: Retrieval, explain: bool = False) -> RenderableType:
    """The passages found, best first: title, source, date and article id, what of the passage speaks to the query with
    its words in bold, and where it stood in the two rankings; with `explain` every score."""
    if not retrieval.evidence:
        return Text("No passage found.")
    indent = len(str(retrieval.evidence[-1].number)) + 2
    parts: list[RenderableType] = []
    for found, seen in zip(retrieval.evidence, retrieval.seen, strict=True):
        title = _marked(one_line(title_of(found.article)), retrieval, "bold")
        place = f"{where(found.article)} · characters {found.passage.start} to {found.passage.end}"
        parts += [
            Hanging(Text(str(found.number), "bold"), title, indent),
            Hanging(Text(), terminal_text(place, "dim"), indent),
            Hanging(Text(), _excerpt(found, retrieval), indent),
            Hanging(Text(), terminal_text(_why(found, seen, retrieval), "dim"), indent),
        ]
        if explain:
            parts += [Hanging(Text(), line, indent) for line in _explained(found, seen)]
        parts.append(Text())
    return Group(*parts[:-1])


def retrieval_json(retrieval: Retrieval) -> dict[str, Any]:
    """What `search --format json` prints: what was understood of the query, then the passages as an answer lists its
    evidence, each with the spans of the article that match and every score."""
    asking = retrieval.asking
    return {
        "query": asking.text,
        **understood_json(retrieval.understood),
        "respelled": [{"as": other, "of": word} for other, word in asking.respelled.items()],
        "evidence": [
            {
                **evidence_json(found),
                "matches": [
                    {"start": sentence.start + start, "end": sentence.start + end}
                    for sentence in found.passage.sentences
                    for start, end in matches(sentence.text, asking)
                ],
                "query": seen.query or asking.text,
                "words": {"rank": seen.found.words_rank, "score": seen.found.words_score},
                "meaning": {"rank": seen.found.meaning_rank, "score": seen.found.meaning_score},
                "features": [
                    {"name": name, "value": value, "weight": weight, "adds": value * weight}
                    for name, value, weight in _weighed(seen.features)
                ],
            }
            for found, seen in zip(retrieval.evidence, retrieval.seen, strict=True)
        ],
    }


def rewriting_json(rewritten: Rewritten) -> dict[str, Any]:
    """What it took to have a model write queries."""
    cost = rewritten.cost
    return {
        "input_tokens": cost.input_tokens,
        "output_tokens": cost.output_tokens,
        "cost": cost.cost,
        "requests": cost.requests,
        "cached": cost.cached,
        "seconds": rewritten.seconds,
    }


def _weighed(features: Features | None) -> list[tuple[str, float, float]]:
    if features is None:
        return []
    values, weights = asdict(features), asdict(WEIGHTS)
    return [(name, values[name], weights[name]) for name in NAMES]


def _excerpt(found: Evidence, retrieval: Retrieval) -> Text:
    """The passage from its sentence that says most of the query on, as far as there is room."""
    sentences = [one_line(sentence.text) for sentence in found.passage.sentences]
    said = [{text[start:end].lower() for start, end in matches(text, retrieval.asking)} for text in sentences]
    best = max(range(len(sentences)), key=lambda at: (len(said[at]), -at))
    text = " ".join(sentences[best:])
    shown = text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0]
    return Text.assemble("[…] " if best else "", _marked(shown, retrieval), " […]" if len(shown) < len(text) else "")


def _marked(text: str, retrieval: Retrieval, style: str = "") -> Text:
    marked = Text()
    at = 0
    for start, end in matches(text, retrieval.asking):
        marked.append_text(terminal_text(text[at:start], style))
        marked.append_text(terminal_text(text[start:end], _MATCH))
        at = end
    return marked.append_text(terminal_text(text[at:], style))


def _why(found: Evidence, seen: Seen, retrieval: Retrieval) -> str:
    text = f"{found.article.title}\n{found.passage.text}"
    said = dict.fromkeys(text[start:end].lower() for start, end in matches(text, retrieval.asking))
    reasons = [
        f"for “{seen.query}”" if seen.query else "",
        f"says {', '.join(said)}" if said else "",
        f"{_place(seen.found.words_rank)} by words" if seen.found.words_rank else "",
        f"{_place(seen.found.meaning_rank)} by meaning" if seen.found.meaning_rank else "",
    ]
    if found.copies:
        carriers = ", ".join(dict.fromkeys(one_line(other.source or other.id) for other in found.copies))
        reasons.append(f"also carried by {carriers}")
    return one_line(" · ".join(filter(None, reasons)))


def _place(rank: int) -> str:
    ending = "th" if 10 <= rank % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"


def _explained(found: Evidence, seen: Seen) -> list[Text]:
    """Every score, what adds most first."""
    rows = sorted(_weighed(seen.features), key=lambda row: -abs(row[1] * row[2]))
    lines = [
        f"score {found.score:.3f} · BM25 {seen.found.words_score:.2f} · cosine {seen.found.meaning_score:.3f}",
        *(
            f"{value * weight:+.3f}  {name.replace('_', ' ')} ({value:.3f} × {weight:.2f})"
            for name, value, weight in rows
            if value
        ),
    ]
    return [Text(line, "dim") for line in lines]
