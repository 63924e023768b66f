"""Where the sentences of several articles, or of several speakers, give different versions of one thing.

Versions that are only updates of one another are a disagreement of that kind: the reader of an answer must see which
figure is the later one, and a briefing does not call it a dispute.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

import regex

from pipeline.disagreement.aligning import Story
from pipeline.disagreement.causes import causes_apart
from pipeline.disagreement.claims import Claim, Place, Told, claims_in, tellings
from pipeline.disagreement.disputing import disputes
from pipeline.disagreement.figures import agree, figures_in, one_unit
from pipeline.disagreement.judging import can_be_judged, in_dispute
from pipeline.disagreement.opposing import opposed
from pipeline.disagreement.relating import ANYTHING, SAME_THING, between, likeness, relate
from pipeline.disagreement.wording import contrasted, corrects, revised
from pipeline.grounding.names import names_in
from pipeline.grounding.words import STOP_WORDS, keys, plain, read
from pipeline.questions import read_question
from pipeline.types import Citation, Disagreement, DisagreementKind, Evidence, Version

# Figures are of one thing too when they have one unit and both sentences have this share of the words of a question
# that asks for a figure.
ANSWERS = 0.4
# The share of the names of the article that has fewer, from which two articles tell one story.
SAME_STORY = 0.2
# Or the share of the words of the shorter title.
SAME_TITLE = 0.6
# Of more figures than these more are alike by chance: for twice as many, clauses must be so much more alike.
FEW, GROWS = 120, 0.12
# A question that asks for a count asks for no money, weight or share.
_COUNTS = regex.compile(
    r"\bhow many\b(?! (?:tons|tonnes|dollars|euros|pounds|kilomet|met|miles|percent|per cent|"
    r"days|weeks|months|years|hours|minutes))|\b(?:number|count|tally|toll) of\b",
    regex.IGNORECASE,
)
# What the rules say of two clauses is mostly wrong in a story of more sentences than this, where more are alike by
# chance: of 160 figures, causes and states that they held apart in real news two were in dispute.
FEW_SENTENCES = 150
# As many rows as one table of versions has.
MOST_VERSIONS = 6


Telling: TypeAlias = Sequence[Sequence[Told]]
"""Articles, sentence by sentence."""
Together: TypeAlias = Callable[[str, str], bool]
"""Whether two articles, by their ids, are held against each other."""


@dataclass(frozen=True, slots=True)
class Found:
    """A disagreement with the sentences that make it, the concepts of what it is about, and if it is one of figures."""

    disagreement: Disagreement
    places: frozenset[Place]
    concepts: frozenset[str]
    of_figures: bool = True


def find_disagreements(evidence: Sequence[Evidence], question: str = "", one_story: bool = False) -> tuple[Found, ...]:
    """All disagreements of the evidence: figures of one thing that differ, two speakers in a sentence, denials.

    What a `question` asks for is a thing too: figures that both answer it are of one. Without `one_story`, two articles
    are held against each other only if they share names or the words of their titles.
    """
    return _found(tuple(evidence), question, one_story)


@lru_cache(maxsize=4)
def _found(evidence: tuple[Evidence, ...], question: str, one_story: bool) -> tuple[Found, ...]:
    """The same, remembered: a briefing looks for the disputes of its articles when it writes and when it lists."""
    told = tellings(evidence)
    together = _together(evidence, one_story)
    found: list[Found] = []
    long = sum(map(len, told)) > FEW_SENTENCES
    if not long or (question and not one_story):
        found += (*_of_figures(told, question, together), *_told_themselves(told), *_held_apart(told, together))
    else:
        found += _denied_themselves(told)
    if can_be_judged(told) and (one_story or not question):
        found += _judged(told, together)
    return tuple(_distinct(found))


def shown_for(found: Sequence[Found], question: str, cited: Collection[Place]) -> tuple[Disagreement, ...]:
    """The disagreements that an answer must show: of what it cites, and of the figure that is asked for."""
    asked = read_question(question)
    asks_figure = asked.versions or any(part.wants in ("number", "date") for part in asked.parts)
    wanted = _concepts(question)
    named = keys(question) - wanted

    def matters(one: Found) -> bool:
        among_cited = len(one.places & set(cited))
        of_it = one.concepts & wanted - ANYTHING
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


def _of_figures(told: Telling, question: str, together: Together) -> Iterator[Found]:
    groups: list[tuple[DisagreementKind, list[Claim]]] = []
    related = list(_related(claims_in(told), question, together))
    pairs = {frozenset((id(one), id(other))) for one, other, _ in related}

    def of_one_thing(one: Claim, group: Sequence[Claim]) -> bool:
        """Whether a figure stands against each of a group, or agrees with it: to be like one is not enough."""
        return all(
            one is other
            or frozenset((id(one), id(other))) in pairs
            or (one_unit(one.figure, other.figure) and agree(one.figure.quantity, other.figure.quantity))
            for other in group
        )

    for one, other, kind in related:
        joined = [
            (theirs, group)
            for theirs, group in groups
            if (one in group or other in group) and of_one_thing(one, group) and of_one_thing(other, group)
        ]
        merged = [claim for _, group in joined for claim in group]
        merged += [claim for claim in (one, other) if claim not in merged]
        conflict = kind == "conflict" or any(theirs == "conflict" for theirs, _ in joined)
        groups = [each for each in groups if each not in joined] + [("conflict" if conflict else "update", merged)]
    for kind, group in groups:
        shared = frozenset.intersection(*(claim.figure.around | claim.figure.head for claim in group))
        concepts = frozenset().union(*(claim.figure.head for claim in group)) | shared
        versions = _versions(group)
        if len(versions) > 1:
            disagreement = Disagreement(_about(group, shared), versions, kind)
            yield Found(disagreement, frozenset(claim.place for claim in group), concepts)


def _versions(group: Sequence[Claim]) -> tuple[Version, ...]:
    """One version for each value that an origin gives: corrections first, then the latest first."""
    ordered = sorted(group, key=lambda claim: claim.evidence.article.published or "", reverse=True)
    kept: list[Claim] = []
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


def _corrected(claim: Claim) -> bool:
    """Whether the article carries a correction that gives this figure for a wrong one."""
    notice = claim.evidence.article.correction
    if notice is None:
        return False
    right = notice.quote.replace(notice.wrong, " ") if notice.wrong else notice.quote
    return any(agree(claim.figure.quantity, other.quantity) for other in figures_in(right)) and not any(
        agree(claim.figure.quantity, other.quantity) for other in figures_in(notice.wrong)
    )


def _judged(told: Telling, together: Together) -> Iterator[Found]:
    """What the articles of a story tell differently, by learned weights."""
    for pair in in_dispute(told):
        if together(pair.one.article, pair.other.article):
            # The later one comes first.
            sides = sorted(
                zip((pair.one, pair.other), pair.values, strict=True),
                key=lambda side: side[0].told.evidence.article.published or "",
                reverse=True,
            )
            (answer, value), (before, was) = sides
            yield _opposite(value, answer.told.citation, was, before.told.citation, pair.of_figures)


def _held_apart(told: Telling, together: Together) -> Iterator[Found]:
    """What one article denies and another tells, and the different causes that they give."""
    story = Story(told)
    for value, pairs in (("denied", opposed(story)), ("said", causes_apart(story))):
        for one, other in pairs:
            if together(one.article, other.article):
                yield _opposite(value, one.told.citation, "said", other.told.citation)


def _denied_themselves(told: Telling) -> Iterator[Found]:
    """What articles say that somebody denies."""
    for dispute in disputes(told, denied_only=True):
        (value, answer), (was, before) = dispute.versions
        yield _opposite(value, answer, was, before)


def _told_themselves(told: Telling) -> Iterator[Found]:
    """What sentences say themselves: two figures in one, a denial of another, a figure against another."""
    for citation in (each.citation for article in told for each in article):
        if found := _within(citation):
            yield found
    for dispute in disputes(told):
        (value, answer), (was, before) = dispute.versions
        yield _opposite(value, answer, was, before, dispute.of_figures)


def _within(citation: Citation) -> Found | None:
    """A sentence that gives two figures of one thing: one that took the other's place, or of two speakers."""
    took_place = revised(citation.quote)
    values = took_place or contrasted(citation.quote)
    if not values:
        return None
    figures = [figure for figure in figures_in(citation.quote) if figure.quantity.words in values]
    concepts = frozenset[str]().union(*(figure.head or figure.around for figure in figures))
    about = next((figure.words for figure in figures if figure.words), "") or _beside(citation, concepts)
    wrong = took_place is not None and corrects(citation.quote)
    versions = tuple(Version(value, citation, wrong and not place) for place, value in enumerate(values))
    kind: DisagreementKind = "update" if took_place else "conflict"
    return Found(Disagreement(about, versions, kind), frozenset((_place(citation),)), concepts)


def _opposite(value: str, answer: Citation, was: str, before: Citation, of_figures: bool = False) -> Found:
    versions = (Version(value, answer), Version(was, before))
    concepts = frozenset(token.key for token in read(before.quote) if token.content and not token.capital)
    places = frozenset((_place(before), _place(answer)))
    return Found(Disagreement(_speaker(before), versions), places, concepts, of_figures=of_figures)


def _distinct(found: Sequence[Found]) -> Iterator[Found]:
    """Each disagreement once: those of figures that share a sentence are one, and so are two of the same sentences."""
    kept: list[Found] = []
    for each in found:
        joined = [other for other in kept if _overlap(each, other)]
        if any(each.places <= other.places and not _adds(each, other) for other in joined):
            continue
        kept = [other for other in kept if other not in joined] + [_merged((*joined, each))]
    yield from kept


def _overlap(one: Found, other: Found) -> bool:
    if one.of_figures != other.of_figures or one.disagreement.kind != other.disagreement.kind:
        return False
    return bool(one.places & other.places) if one.of_figures else one.places == other.places


def _adds(one: Found, other: Found) -> bool:
    """Whether one has a value that the other has not."""
    return not {version.value for version in one.disagreement.versions} <= {
        version.value for version in other.disagreement.versions
    }


def _merged(found: Sequence[Found]) -> Found:
    """The versions of several in one, each sentence's value once, corrections first, then the latest first."""
    first = found[0]
    if len(found) == 1:
        return first
    versions: dict[tuple[Place, str], Version] = {}
    for each in found:
        for version in each.disagreement.versions:
            key = (_place(version.citation), version.value)
            versions[key] = version if version.corrects else versions.get(key, version)
    latest = sorted(versions.values(), key=lambda version: version.citation.article.published or "", reverse=True)
    ordered = sorted(latest, key=lambda version: not version.corrects)
    about = max((each.disagreement.about for each in found), key=len)
    places = frozenset[Place]().union(*(each.places for each in found))
    concepts = frozenset[str]().union(*(each.concepts for each in found))
    return Found(Disagreement(about, tuple(ordered[:MOST_VERSIONS]), first.disagreement.kind), places, concepts)


def _related(
    claims: Sequence[Claim], question: str, together: Together
) -> Iterator[tuple[Claim, Claim, DisagreementKind]]:
    """The pairs of figures of one thing that do not agree, and what they are to each other."""
    answers = _answering(claims, question)
    frequency = Counter(term.key for claim in claims for term in claim.figure.context.terms if not term.name)
    rarity = {word: math.log(1 + len(claims) / count) for word, count in frequency.items()}
    chance = GROWS * max(0.0, math.log2(len(claims) / FEW)) if claims else 0.0
    for one, other in combinations(claims, 2):
        if one.place == other.place or not one_unit(one.figure, other.figure):
            continue
        kind = relate(one, other, rarity)
        if kind == "conflict" and chance and likeness(one, other, rarity) < SAME_THING + chance:
            kind = None
        if kind is None and one.place in answers and other.place in answers and _asked_for(one, other, question):
            kind = between(one, other)
        if kind and together(one.evidence.article.id, other.evidence.article.id):
            yield one, other, kind


def _answering(claims: Sequence[Claim], question: str) -> frozenset[Place]:
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


def _asked_for(one: Claim, other: Claim, question: str) -> bool:
    """Whether a question asks for what both figures count: "how many boxes" for boxes, "what fee" for money."""
    wanted = _concepts(question)
    if any(claim.figure.unit for claim in (one, other)) and _COUNTS.search(question):
        return False
    return all(
        bool(claim.figure.unit or claim.figure.head & wanted)
        and bool(keys(claim.sentence.text) & keys(question) - claim.figure.head - ANYTHING)
        for claim in (one, other)
    )


def _names(evidence: Sequence[Evidence]) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """The names of each article, as far as the evidence goes, and the concepts of its title."""
    names: dict[str, set[str]] = {}
    titles: dict[str, frozenset[str]] = {}
    for item in evidence:
        text = f"{item.article.title}\n{item.passage.text}"
        found = (part for name in names_in(text) for part in name.parts if part not in STOP_WORDS)
        names.setdefault(item.article.id, set()).update(found)
        titles[item.article.id] = keys(item.article.title)
    return {article: (frozenset(found), titles[article]) for article, found in names.items()}


def _together(evidence: Sequence[Evidence], one_story: bool) -> Together:
    """Whether two articles, by their ids, are held against each other."""
    names = {} if one_story else _names(evidence)
    return lambda one, other: one_story or one == other or _tell_one_story(names[one], names[other])


def _tell_one_story(one: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether two articles share enough of their names, or half of the words of their titles."""
    titles = one[1] & other[1]
    if len(titles) >= 2 and len(titles) >= SAME_TITLE * min(len(one[1]), len(other[1])):
        return True
    return len(one[0] & other[0]) >= max(2, SAME_STORY * min(len(one[0]), len(other[0])))


def _about(group: Sequence[Claim], shared: frozenset[str]) -> str:
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


def _place(citation: Citation) -> Place:
    return citation.article.id, citation.start
