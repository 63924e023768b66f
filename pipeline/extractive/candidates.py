"""The sentences that an answer can be made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pipeline.extractive.referents import with_referent
from pipeline.questions import content_stems
from pipeline.types import Evidence, Sentence

_DANGLING = regex.compile(
    r"[“\"]?(?:He|She|They|It|This|That|These|Those|His|Her|Their|Its|"
    r"The (?:group|company|agency|firm|union|ministry|operator|authority|two|pair|latter|former))\b"
)
_DATELINE = regex.compile(
    r"^\p{Lu}[\p{Lu}’'.\- ]+(?:,\s+[\p{L}\d’'.\- ]{2,30}){0,2}"
    r"(?:\s+\(\p{Lu}[\p{L}\d &./’'\-]{1,30}\)\s*[-–—]+|\s+[–—])\s*(?=[\p{Lu}“\"])"
)
# A standfirst often has no full stop.
_ENDED = regex.compile(r"[.!?…。！？؟:;]\p{Pf}*[\"')\]]*$")
# What looks like a mark in the words of an article must not be read as one.
_MARK_LIKE = regex.compile(r"\[([\d.,\s\-]+)\]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the evidence that may be part of an answer.

    `position` counts from 1 within its passage; `resolved` is its text with the referent of an opening pronoun named
    (`with_referent`), `stems` are those of that text; `context` are the stems of its passage, heading and title.
    """

    evidence: Evidence
    position: int
    sentence: Sentence
    resolved: str
    stems: frozenset[str]
    context: frozenset[str]

    @property
    def mark(self) -> str:
        return f"[{self.evidence.number}.{self.position}]"

    @property
    def written(self) -> str:
        """The sentence and its mark; what only looks like a mark in the sentence is put in round brackets."""
        return marked(self.sentence.text, self.mark)


def candidates(evidence: Sequence[Evidence]) -> list[Candidate]:
    """Every sentence of the evidence, with the stems of its words and of its surroundings (passage, heading, title)."""
    found: list[Candidate] = []
    for item in evidence:
        sentences = item.passage.sentences
        resolved = [with_referent(sentence, sentences[:at]) for at, sentence in enumerate(sentences)]
        stems = [content_stems(text) for text in resolved]
        around = content_stems(f"{item.article.title} {item.passage.heading}").union(*stems)
        for position, sentence in enumerate(sentences, 1):
            found.append(Candidate(item, position, sentence, resolved[position - 1], stems[position - 1], around))
    return found


def marked(text: str, mark: str) -> str:
    """A sentence on one line, without its dateline, with a full stop if it has no end, and its mark behind it."""
    safe = " ".join(_MARK_LIKE.sub(r"(\1)", without_dateline(text)).split())
    return f"{safe}{'' if _ENDED.search(safe) else '.'} {mark}"


def without_dateline(text: str) -> str:
    """A sentence without the place, day and agency that news copy opens with: "ORLOSK, March 9 (PNA) - "."""
    return _DATELINE.sub("", text)


def is_dangling(text: str) -> bool:
    """Whether a sentence opens with a word that points to one before it: "He", "The group"."""
    return bool(_DANGLING.match(text))
