"""Where the sentences of several articles, or of several speakers, give different versions of one thing.

Two figures are of one thing when they have the same unit, count the same, stand in clauses that share the rarer of
their words, and their articles tell one story. What only changed from day to day is a disagreement too: the reader
must see which figure is the later one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import TypeAlias

import regex

from pipeline.attribution import Said, read_article
from pipeline.disagreement.figures import DAY, Figure, agree, days_in, figures_in
from pipeline.disagreement.wording import contrasted, corrects, denies, revised
from pipeline.grounding.names import names_in
from pipeline.grounding.words import keys, plain, read
from pipeline.questions import read_question
from pipeline.types import ArticleInfo, Attribution, Citation, Disagreement, Evidence, Sentence, Version

# The cosine of the clauses' words, weighted by rarity, from which two figures are of one thing. On the bundled suite
# .25, .3 and .4 show two or more of the planted values for 11, 11 and 9 of 27 questions, in 83, 71 and 59 tables.
SAME_THING = 0.3
# So are two of one unit whose sentences both have this share of the words of a question that asks for a figure.
ANSWERS = 0.4
# The share of the names of the article that has fewer, from which two articles tell one story.
SAME_STORY = 0.2
# Two days are of one thing when their clauses share so many words, and are so much alike.
DAY_WORDS, SAME_DAY = 3, 0.6
# The share of the words for what is measured that two figures of one unit have in common.
SAME_COUNTED = 0.4
# Figures of one thing are not further apart than this.
MOST_APART = 10
# A question that asks for a count asks for no money, weight or share.
_COUNTS = regex.compile(
    r"\bhow many\b(?! (?:tons|tonnes|dollars|euros|pounds|kilomet|met|miles|percent|per cent|"
    r"days|weeks|months|years|hours|minutes))|\b(?:number|count|tally|toll) of\b",
    regex.IGNORECASE,
)
# As many rows as one table of versions has.
MOST_VERSIONS = 6
# Words that are counted in every story: people alone make no thing.
_ANYTHING = frozenset(("resident", "time", "run", "group"))

Place: TypeAlias = tuple[str, int]
"""A sentence: the id of its article, and where it starts."""


@dataclass(frozen=True, slots=True)
class Found:
    """A disagreement with the sentences that make it, the concepts of what it is about, and if it is one of figures."""

    disagreement: Disagreement
    places: frozenset[Place]
    concepts: frozenset[str]
    of_figures: bool = True


@dataclass(frozen=True, slots=True)
class _Claim:
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
        return _cite(self.evidence, self.sentence, self.said)


def find_disagreements(evidence: Sequence[Evidence], question: str = "") -> tuple[Found, ...]:
    """All disagreements of the evidence: figures of one thing that differ, two speakers in a sentence, denials.

    What a `question` asks for is a thing too: figures that both answer it are of one.
    """
    return (*_of_figures(evidence, question), *_within_sentences(evidence))


def shown_for(found: Sequence[Found], question: str, cited: Collection[Place]) -> tuple[Disagreement, ...]:
    """The disagreements that an answer must show: of what it cites, and of the figure that is asked for."""
    asked = read_question(question)
    asks_figure = asked.versions or any(part.wants in ("number", "date") for part in asked.parts)
    wanted = _concepts(question)
    named = keys(question) - wanted

    def matters(one: Found) -> bool:
        among_cited = len(one.places & set(cited))
        of_it = one.concepts & wanted - _ANYTHING
        if not one.of_figures:
            return bool(of_it) and _place(one.disagreement.versions[-1].citation) in cited
        named_there = any(named & keys(version.citation.quote) for version in one.disagreement.versions)
        return (
            bool(of_it and (asks_figure or among_cited))
            or among_cited > 1
            or (asked.versions and among_cited > 0)
            or (asked.versions and named_there)
        )

    return tuple(one.disagreement for one in found if matters(one))


def _concepts(text: str) -> frozenset[str]:
    """The concepts of a text without its names."""
    return frozenset(
        token.key
        for place, token in enumerate(read(text))
        if token.kind == "word" and token.content and not (token.capital and place)
    )


def _of_figures(evidence: Sequence[Evidence], question: str) -> Iterator[Found]:
    groups: list[list[_Claim]] = []
    for one, other in _differing(_claims(evidence), evidence, question):
        joined = [group for group in groups if one in group or other in group]
        merged = [claim for group in joined for claim in group]
        merged += [claim for claim in (one, other) if claim not in merged]
        groups = [group for group in groups if group not in joined] + [merged]
    for group in groups:
        shared = frozenset.intersection(*(claim.figure.around | claim.figure.head for claim in group))
        concepts = frozenset().union(*(claim.figure.head for claim in group)) | shared
        versions = _versions(group)
        if len(versions) > 1:
            disagreement = Disagreement(_about(group, shared), versions)
            yield Found(disagreement, frozenset(claim.place for claim in group), concepts)


def _versions(group: Sequence[_Claim]) -> tuple[Version, ...]:
    """One version for each value that an origin gives: corrections first, then the latest first."""
    ordered = sorted(group, key=lambda claim: claim.evidence.article.published or "", reverse=True)
    kept: list[_Claim] = []
    for claim in ordered:
        same = [other for other in kept if agree(claim.figure.quantity, other.figure.quantity)]
        if not any(other.origin == claim.origin for other in same):
            kept.append(claim)
    latest = max((claim.evidence.article.published or "" for claim in kept), default="")
    versions = [
        Version(
            claim.figure.quantity.words,
            claim.citation,
            corrects=(corrects(claim.sentence.text) and (claim.evidence.article.published or "") == latest)
            or _corrected(claim),
        )
        for claim in kept[:MOST_VERSIONS]
    ]
    return tuple(sorted(versions, key=lambda version: not version.corrects))


def _corrected(claim: _Claim) -> bool:
    """Whether the article carries a correction that gives this figure for a wrong one."""
    notice = claim.evidence.article.correction
    if notice is None:
        return False
    right = notice.quote.replace(notice.wrong, " ") if notice.wrong else notice.quote
    return any(agree(claim.figure.quantity, other.quantity) for other in figures_in(right)) and not any(
        agree(claim.figure.quantity, other.quantity) for other in figures_in(notice.wrong)
    )


def _within_sentences(evidence: Sequence[Evidence]) -> Iterator[Found]:
    """What sentences say themselves: two figures by two speakers in one, or a denial of the one before."""
    for item in evidence:
        sentences = item.passage.sentences
        said = read_article(tuple(sentence.text for sentence in sentences), item.article.source)
        citations = [_cite(item, sentence, who.attribution) for sentence, who in zip(sentences, said, strict=True)]
        for citation in citations:
            took_place = revised(citation.quote)
            values = took_place or contrasted(citation.quote)
            if values:
                figures = [figure for figure in figures_in(citation.quote) if figure.quantity.words in values]
                concepts = frozenset[str]().union(*(figure.head or figure.around for figure in figures))
                about = next((figure.words for figure in figures if figure.words), "") or _beside(citation, concepts)
                wrong = took_place is not None and corrects(citation.quote)
                versions = tuple(Version(value, citation, wrong and not place) for place, value in enumerate(values))
                yield Found(Disagreement(about, versions), frozenset((_place(citation),)), concepts)
        for before, answer in pairwise(citations):
            if denies(before.quote, answer.quote, gives_figure=bool(figures_in(before.quote))):
                versions = (Version("denied", answer), Version("said", before))
                concepts = frozenset(token.key for token in read(before.quote) if token.content and not token.capital)
                places = frozenset((_place(before), _place(answer)))
                yield Found(Disagreement(_speaker(before), versions), places, concepts, of_figures=False)


def _claims(evidence: Sequence[Evidence]) -> list[_Claim]:
    found: dict[Place, list[_Claim]] = {}
    for item in evidence:
        said = read_article(tuple(sentence.text for sentence in item.passage.sentences), item.article.source)
        origin = item.article.origin_group or item.article.id
        for sentence, who in zip(item.passage.sentences, said, strict=True):
            found[item.article.id, sentence.start] = [
                _Claim(item, sentence, figure, origin, _speaking_of(figure, sentence, who))
                for figure in (*figures_in(sentence.text), *days_in(sentence.text, _published(item.article)))
            ]
    return [claim for claims in found.values() for claim in claims]


def _published(article: ArticleInfo) -> date | None:
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None


def _speaking_of(figure: Figure, sentence: Sentence, said: Said) -> Attribution:
    """Who says a figure: nobody but the article when it stands in a side clause behind what somebody says."""
    text = plain(sentence.text)
    before = text[: read(text)[figure.quantity.first].start]
    verb = said.attribution.verb
    aside = verb and regex.search(rf"\b{regex.escape(verb)}\b.*, (?:as|while|whereas) ", before)
    return Attribution() if aside else said.attribution


def _differing(
    claims: Sequence[_Claim], evidence: Sequence[Evidence], question: str
) -> Iterator[tuple[_Claim, _Claim]]:
    """The pairs of figures of one thing that do not agree."""
    answers = _answering(claims, question)
    frequency = Counter(word for claim in claims for word in claim.figure.around)
    rarity = {word: math.log(1 + len(claims) / count) for word, count in frequency.items()}
    names = _names(evidence)
    for one, other in combinations(claims, 2):
        a, b = one.evidence.article.id, other.evidence.article.id
        if (
            one.place != other.place
            and _counts_the_same(one.figure, other.figure)
            and not agree(one.figure.quantity, other.figure.quantity)
            and (_two_speakers(one, other) if a == b else _tell_one_story(names[a], names[b]))
            and (
                _likeness(one.figure, other.figure, rarity) >= (SAME_DAY if one.figure.unit == DAY else SAME_THING)
                or (one.place in answers and other.place in answers and _asked_for(one, other, question))
            )
        ):
            yield one, other


def _answering(claims: Sequence[_Claim], question: str) -> frozenset[Place]:
    """The sentences that have so much of the words of a question that they may answer it; none if it asks no figure."""
    asked = read_question(question)
    if not question or not (asked.versions or any(part.wants == "number" for part in asked.parts)):
        return frozenset()
    held = {claim.place: keys(f"{claim.evidence.article.title} {claim.sentence.text}") for claim in claims}
    frequency = Counter(word for words in held.values() for word in words)
    wanted = {word: math.log(1 + len(held) / frequency[word]) for word in keys(question) if word in frequency}
    whole = sum(wanted.values())
    share = {place: sum(wanted.get(word, 0.0) for word in words) / (whole or 1.0) for place, words in held.items()}
    return frozenset(place for place in share if share[place] >= ANSWERS)


def _asked_for(one: _Claim, other: _Claim, question: str) -> bool:
    """Whether a question asks for what both figures count: "how many boxes" for boxes, "what fee" for money."""
    wanted = _concepts(question)
    if any(claim.figure.unit for claim in (one, other)) and _COUNTS.search(question):
        return False
    return all(
        bool(claim.figure.unit or claim.figure.head & wanted)
        and bool(keys(claim.sentence.text) & keys(question) - claim.figure.head - _ANYTHING)
        for claim in (one, other)
    )


def _counts_the_same(one: Figure, other: Figure) -> bool:
    """Whether two figures have one unit and not too different a size, and count the same where they have none."""
    if one.unit != other.unit:
        return False
    low, high = sorted((abs(one.quantity.high), abs(other.quantity.high)))
    if high > MOST_APART * max(low, 1e-9):
        return False
    shared = (one.around | one.head) & (other.around | other.head)
    if one.unit == DAY:
        return len(shared) >= DAY_WORDS
    heads = one.head & other.head
    if one.unit and one.head and other.head:
        return len(heads) >= SAME_COUNTED * len(one.head | other.head)
    if one.unit:
        return len(shared) > 1
    return bool(heads - _ANYTHING) or bool(heads and shared - heads - _ANYTHING)


def _likeness(one: Figure, other: Figure, rarity: Mapping[str, float]) -> float:
    """How far two clauses say the same, figures apart: the cosine of their words, weighted by rarity."""

    def weight(words: frozenset[str]) -> float:
        return sum(rarity.get(word, 1.0) ** 2 for word in words)

    both = weight(one.around & other.around)
    return both / math.sqrt(weight(one.around) * weight(other.around)) if both else 0.0


def _two_speakers(one: _Claim, other: _Claim) -> bool:
    return bool(one.said.chain and other.said.chain) and one.said.chain[0] != other.said.chain[0]


def _names(evidence: Sequence[Evidence]) -> Mapping[str, frozenset[str]]:
    """The names of each article, as far as the evidence goes."""
    names: dict[str, set[str]] = {}
    for item in evidence:
        text = f"{item.article.title}\n{item.passage.text}"
        names.setdefault(item.article.id, set()).update(part for name in names_in(text) for part in name.parts)
    return {article: frozenset(found) for article, found in names.items()}


def _tell_one_story(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= max(2, SAME_STORY * min(len(one), len(other)))


def _about(group: Sequence[_Claim], shared: frozenset[str]) -> str:
    """What is counted, in the words of the claim that has the most; else the words that the clauses share."""
    counted = max((claim.figure.words for claim in group), key=len)
    if counted and group[0].figure.unit != "$":
        return counted
    return _beside(group[0].citation, shared) or counted


def _beside(citation: Citation, concepts: frozenset[str]) -> str:
    """The first words of a sentence that stand for some of these concepts."""
    text = citation.quote
    words = [
        plain(text)[token.start : token.end] for token in read(text) if token.key in concepts and not token.capital
    ]
    return " ".join(dict.fromkeys(words[:4]))


def _speaker(citation: Citation) -> str:
    chain = citation.attribution.chain if citation.attribution else ()
    return f"what {chain[0].partition(',')[0]} says" if chain else "what is said"


def _cite(evidence: Evidence, sentence: Sentence, said: Attribution) -> Citation:
    return Citation(evidence.article, sentence.start, sentence.end, sentence.text, said)


def _place(citation: Citation) -> Place:
    return citation.article.id, citation.start
