"""What the checks are given of a cited sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.types import Evidence


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence that a statement rests on.

    `before` is what stands before it in its passage, `context` the title, heading and whole passage: where a pronoun
    or a short name of the sentence finds its full name. `published` is the day of its article, if known.
    """

    text: str
    before: str = ""
    context: str = ""
    title: str = ""
    published: date | None = None


def cited_sentence(evidence: Evidence, index: int) -> CitedSentence:
    """Sentence `index` (from 0) of a numbered passage; raises IndexError when there is none."""
    sentences = evidence.passage.sentences
    title = f"{evidence.article.title}\n{evidence.passage.heading}".strip()
    return CitedSentence(
        text=sentences[index].text,
        before=" ".join(sentence.text for sentence in sentences[:index]),
        context=f"{title}\n{evidence.passage.text}".strip(),
        title=title,
        published=_day(evidence.article.published),
    )


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
