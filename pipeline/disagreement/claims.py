"""Who gives which figure: the figures of sentences with their article, speaker and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeAlias

import regex

from pipeline.attribution import Said, read_article
from pipeline.disagreement.figures import Figure, clocks_in, days_in, figures_in
from pipeline.grounding.words import keys, plain, read
from pipeline.types import ArticleInfo, Attribution, Citation, Evidence, Sentence

Place: TypeAlias = tuple[str, int]
"""A sentence: the id of its article, and where it starts."""


# "The union puts the number of jobs at": a figure is somebody's where nobody is said to say it.
PUTS = regex.compile(
    r"(?P<who>(?:The |Its |His |Her |Their )?[\p{L}’'&.-]+(?: [\p{L}’'&.-]+){0,5}?),? (?:has |had )?"
    r"(?P<verb>puts?|estimated?s?|values?|valued) "
    r"(?:(?:the|its|his|her|their|that|this|what|it)\b|[\p{Lu}]).*\b(?:at|to be)\b"
)

"""Who puts a figure at something, where nobody is said to say it."""


@dataclass(frozen=True)
class Claim:
    """A figure with the sentence that gives it; `origin` is the same for all copies of a wire story."""

    evidence: Evidence
    sentence: Sentence
    figure: Figure
    origin: str
    said: Attribution

    @property
    def place(self) -> Place:
        return self.evidence.article.id, self.sentence.start

    @property
    def citation(self) -> Citation:
        return Citation(self.evidence.article, self.sentence.start, self.sentence.end, self.sentence.text, self.said)

    @cached_property
    def published(self) -> date | None:
        return day_of(self.evidence.article)

    @cached_property
    def speaker(self) -> frozenset[str]:
        """The concepts of the name of who says it first; empty for the article's own voice."""
        return keys(self.said.chain[0]) if self.said.chain else frozenset()

    @cached_property
    def speakers(self) -> frozenset[str]:
        """The concepts of the names of all who pass it on, and of their outlet."""
        return frozenset().union(*(keys(name) for name in self.said.chain), keys(self.evidence.article.source))


# "A bundle that she says was put on the wrong pile" is the word of who the sentence is of.
_WITHIN = regex.compile(r"\b(?:that|which|who) (?:he|she|it|they) (?:says?|said|claims?|claimed|insists?|insisted) ")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of an article, in the passage that has it, with who says it."""

    evidence: Evidence
    sentence: Sentence
    said: Said

    @property
    def citation(self) -> Citation:
        return Citation(
            self.evidence.article, self.sentence.start, self.sentence.end, self.sentence.text, self.said.attribution
        )

    @property
    def speaker(self) -> str:
        """Who says it first, also within the sentence; "" for the article's own voice."""
        if self.said.attribution.chain:
            return self.said.attribution.chain[0]
        text = plain(self.sentence.text)
        return text.split(",")[0].split(" is ")[0] if _WITHIN.search(text) else ""

    @property
    def origin(self) -> str:
        """The same for all copies of a wire story."""
        return self.evidence.article.origin_group or self.evidence.article.id


def tellings(evidence: Sequence[Evidence]) -> list[list[Told]]:
    """The sentences of each article from its first to its last, as far as the evidence has them, each once."""
    placed: dict[str, dict[int, tuple[Evidence, Sentence]]] = {}
    for item in evidence:
        sentences = placed.setdefault(item.article.id, {})
        sentences |= {sentence.start: (item, sentence) for sentence in item.passage.sentences}
    told = []
    for found in placed.values():
        ordered = [found[start] for start in sorted(found)]
        texts = tuple(sentence.text for _, sentence in ordered)
        said = read_article(texts, ordered[0][0].article.source)
        told.append([Told(item, sentence, who) for (item, sentence), who in zip(ordered, said, strict=True)])
    return told


def claims_in(told: Sequence[Sequence[Told]]) -> list[Claim]:
    """The figures, days and times of day of every sentence."""
    return [
        Claim(each.evidence, each.sentence, figure, each.origin, _speaking_of(figure, each.sentence, each.said))
        for article in told
        for each in article
        for figure in (
            *figures_in(each.sentence.text),
            *days_in(each.sentence.text, day_of(each.evidence.article)),
            *clocks_in(each.sentence.text),
        )
    ]


def day_of(article: ArticleInfo) -> date | None:
    """The day on which an article was published, None when it is not known."""
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None


def _speaking_of(figure: Figure, sentence: Sentence, said: Said) -> Attribution:
    """Who says a figure: who puts it there; nobody but the article when it stands in a side clause behind what
    somebody says."""
    text = plain(sentence.text)
    before = text[: read(text)[figure.quantity.first].start]
    verb = said.attribution.verb
    puts = None if said.attribution.chain else PUTS.match(before)
    if puts:
        return Attribution((puts["who"],), puts["verb"])
    aside = verb and regex.search(rf"\b{regex.escape(verb)}\b.*, (?:as|while|whereas) ", before)
    return Attribution() if aside else said.attribution
