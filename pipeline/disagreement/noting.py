"""What a writer is told of disagreements: the marks of the sentences that differ, and how they are to be told."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.disagreement.finding import find_disagreements, shown_for
from pipeline.types import Evidence

_INTRODUCTION = (
    "These sentences give different versions of one thing. Give each with its source and date, latest first:"
)


def note_for(question: str, evidence: Sequence[Evidence]) -> str:
    """The marks of the sentences that differ on what is asked, a line for each thing; empty when there are none.

    Made of marks and "corrects" alone: no word of an article is in it.
    """
    marks = {
        (item.article.id, sentence.start): f"[{item.number}.{position}]"
        for item in evidence
        for position, sentence in enumerate(item.passage.sentences, 1)
    }
    lines = []
    for disagreement in shown_for(find_disagreements(evidence, question), question, frozenset()):
        named = [
            f"{marks[version.citation.article.id, version.citation.start]}{' (corrects)' if version.corrects else ''}"
            for version in disagreement.versions
        ]
        lines.append(f"- {' '.join(dict.fromkeys(named))}")
    return "\n".join((_INTRODUCTION, *dict.fromkeys(lines), "", "")) if lines else ""
