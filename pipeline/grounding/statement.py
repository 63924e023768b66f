"""Drafts made into statements: marks resolved to citations, and each sentence held against what it cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import regex

from pipeline.grounding.attribution import check_attribution
from pipeline.grounding.checks import HARD_CHECKS, SOFT_CHECKS, findings
from pipeline.grounding.cited import CitedSentence, cited_sentence
from pipeline.grounding.coverage import ENOUGH, coverage
from pipeline.grounding.judgement import weigh
from pipeline.grounding.marks import DraftSentence, Mark, parse_draft
from pipeline.grounding.modality import check_modality
from pipeline.grounding.negation import check_negation
from pipeline.grounding.number_checks import check_numbers
from pipeline.grounding.quantities import quantities_in
from pipeline.grounding.words import plain, read
from pipeline.types import Citation, Evidence, Section, Statement, Support

MATCHED = "uncited; matched by newsdesk"
NO_CITATION = "no citation: the sentence does not say what it rests on"
NOT_FOUND = "nothing in the evidence says this"

# A sentence of the evidence that has so much more of the statement's words than the cited ones is what should have
# been cited; above `_WELL_COVERED` the mark is taken at its word.
_CLEARLY_BETTER = 0.3
_WELL_COVERED = 0.65
# How many sentences are tried for one that cites nothing.
_TRIED = 5
# How many of them are tried in pairs: a sentence may sum up two articles.
_PAIRED = 3

_REFERENT = regex.compile(r"\s*\[([^\[\]]{2,80})\]")
_LETTER = regex.compile(r"\[(\p{L})\](?=\p{L})")
_PUNCTUATION = frozenset(".,;:!?\"'()[]{}-–—…*_`")


def ground_draft(draft: str, evidence: Sequence[Evidence]) -> tuple[Section, ...]:
    """The sections of a draft with every sentence grounded. Refusals and gaps are in `parse_draft(draft)`."""
    return tuple(
        Section(section.title, tuple(ground(sentence, evidence) for sentence in _rejoined(section.sentences, evidence)))
        for section in parse_draft(draft).sections
    )


def ground(sentence: DraftSentence, evidence: Sequence[Evidence]) -> Statement:
    """The sentence as a statement: one citation for each cited sentence, and what the checks find.

    A sentence without any mark gets the best support there is in the evidence, and is weak at best.
    """
    places = {mark: place_of_mark(mark, evidence) for mark in sentence.marks}
    unknown = tuple(
        f"the mark “{mark}” cites nothing in the evidence" for mark, place in places.items() if place is None
    )
    cited = [place for place in places.values() if place is not None]
    if not sentence.marks and not sentence.malformed:
        return _matched(sentence, evidence)
    support, found = ("unsupported", ()) if not cited else check_statement(sentence.text, _sources(cited))
    wrong = sentence.malformed + unknown
    if cited and not wrong and not is_piece(sentence.text, _sources(cited)):
        wrong += better_elsewhere(sentence.text, cited, evidence)
    if wrong:
        support = "unsupported"
    elif sentence.removed and support == "supported":
        support = "weak"
    return Statement(
        text=sentence.text,
        support=support,
        citations=tuple(dict.fromkeys(_citation(*place) for place in cited)),
        findings=wrong + found + sentence.removed,
    )


def check_statement(text: str, cited: Sequence[CitedSentence]) -> tuple[Support, tuple[str, ...]]:
    """How well the cited sentences bear out a statement, and the findings against it.

    A copy of a cited sentence is supported; of a piece of one only what the cut can change is checked. A bracketed
    referent ("[Kataib Hezbollah]") must stand in the passage or title of a cited sentence.
    """
    if not cited:
        return "unsupported", (NO_CITATION,)
    foreign = tuple(f"“[{words}]” is not named where the cited sentences stand" for words in _foreign(text, cited))
    if is_piece(text, cited, whole=True):
        return ("unsupported", foreign) if foreign else ("supported", ())
    bare = _without_referents(text)
    if is_piece(text, cited):
        hard = foreign + findings((check_numbers, check_negation, check_modality), bare, cited)
        soft = findings((check_attribution,), bare, cited)
    else:
        grave, light = weigh(bare, cited)
        hard = foreign + findings(HARD_CHECKS, bare, cited) + grave
        soft = findings(SOFT_CHECKS, bare, cited) + light
    if hard:
        return "unsupported", hard + soft
    return ("weak", soft) if soft else ("supported", ())


def best_support(text: str, evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    """The sentences of the evidence, one or two, that bear out an uncited sentence best; empty when none do."""
    found = match(text, evidence)
    return () if found.support == "unsupported" else found.citations


def match(text: str, evidence: Sequence[Evidence]) -> Statement:
    """A sentence that cites nothing, held against the sentences of the evidence, one or two, that bear it out best.

    When none do, it cites the nearest that speaks of the same, with the findings against that, or nothing.
    """
    weak = nearest = None
    for places in _candidates(text, evidence):
        support, found = check_statement(text, _sources(places))
        held = Statement(text, support, tuple(_citation(*place) for place in places), found)
        if support == "supported" and coverage(text, [citation.quote for citation in held.citations]) >= ENOUGH:
            return held
        nearest = nearest or held
        if support != "unsupported" and weak is None:
            weak = held
    if nearest and coverage(text, [citation.quote for citation in nearest.citations]) < ENOUGH:
        nearest = None
    return weak or nearest or Statement(text, "unsupported", (), (NOT_FOUND,))


def _matched(sentence: DraftSentence, evidence: Sequence[Evidence]) -> Statement:
    """An uncited sentence with what newsdesk finds for it; if nothing, with what is wrong against the nearest."""
    found = match(sentence.text, evidence)
    if found.support == "unsupported":
        return replace(found, citations=(), findings=(NO_CITATION, *found.findings, *sentence.removed))
    return replace(found, support="weak", findings=(MATCHED, *found.findings, *sentence.removed))


def _candidates(text: str, evidence: Sequence[Evidence]) -> Iterator[list[tuple[Evidence, int]]]:
    """Places that may bear out a text, the best first: single sentences, the best with a neighbour, pairs of them."""
    ranked = sorted(_all_places(evidence), key=lambda place: -_likeness(text, place))[:_TRIED]
    for place in ranked:
        yield [place]
    for passage, index in ranked[:2]:
        for neighbour in (index - 1, index + 1):
            if 0 <= neighbour < len(passage.passage.sentences):
                yield [(passage, place) for place in sorted((index, neighbour))]
    for one, other in combinations(ranked[:_PAIRED], 2):
        yield [one, other]


def _all_places(evidence: Sequence[Evidence]) -> list[tuple[Evidence, int]]:
    return [(passage, index) for passage in evidence for index in range(len(passage.passage.sentences))]


def _likeness(text: str, place: tuple[Evidence, int]) -> float:
    source = place[0].passage.sentences[place[1]].text
    given = {(quantity.low, quantity.unit) for quantity in quantities_in(source)}
    shared = sum((quantity.low, quantity.unit) in given for quantity in quantities_in(text))
    return coverage(text, (source,)) + 0.1 * shared


def better_elsewhere(text: str, cited: Sequence[tuple[Evidence, int]], evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """A finding when another sentence of the evidence says this and the cited ones hardly do: the mark has moved."""
    bare = _without_referents(text)
    own = coverage(bare, [source.text for source in _sources(cited)])
    if own >= _WELL_COVERED:
        return ()
    others = [place for place in _all_places(evidence) if place not in cited]
    best = max(others, key=lambda place: coverage(bare, (place[0].passage.sentences[place[1]].text,)), default=None)
    if best is None or coverage(bare, (best[0].passage.sentences[best[1]].text,)) < own + _CLEARLY_BETTER:
        return ()
    return (f"the mark is wrong: {Mark(best[0].number, best[1] + 1)} says this, not the cited sentences",)


def place_of_mark(mark: Mark, evidence: Sequence[Evidence]) -> tuple[Evidence, int] | None:
    for passage in evidence:
        if passage.number == mark.passage and 1 <= mark.sentence <= len(passage.passage.sentences):
            return passage, mark.sentence - 1
    return None


def _sources(places: Sequence[tuple[Evidence, int]]) -> list[CitedSentence]:
    return [cited_sentence(evidence, index) for evidence, index in places]


def _citation(evidence: Evidence, index: int) -> Citation:
    sentence = evidence.passage.sentences[index]
    return Citation(evidence.article, sentence.start, sentence.end, sentence.text)


def _rejoined(sentences: Sequence[DraftSentence], evidence: Sequence[Evidence]) -> Iterator[DraftSentence]:
    """Pieces put together again that are one sentence of the evidence, which was cut where it only seems to end."""
    waiting: list[DraftSentence] = []
    for sentence in sentences:
        waiting.append(sentence)
        if not sentence.marks and not sentence.malformed:
            continue
        cited = _sources([place for mark in sentence.marks if (place := place_of_mark(mark, evidence)) is not None])
        for first in range(len(waiting) - 1):
            joined = " ".join(piece.text for piece in waiting[first:])
            if cited and is_piece(joined, cited):
                removed = tuple(finding for piece in waiting[first:] for finding in piece.removed)
                waiting[first:] = [DraftSentence(joined, sentence.marks, sentence.malformed, removed)]
                break
        yield from waiting
        waiting = []
    yield from waiting


def is_piece(text: str, cited: Sequence[CitedSentence], whole: bool = False) -> bool:
    """Whether the text is a piece of a cited sentence, or of several in order, word for word; `whole`: all of it."""
    sources = [_words(sentence.text) for sentence in cited]
    sources.append([word for source in sources for word in source])
    for version in (text, _without_referents(text)):
        words = _words(version)
        for source in sources:
            if words and (words == source if whole else _inside(words, source)):
                return True
    return False


def _inside(words: list[str], source: list[str]) -> bool:
    return any(source[start : start + len(words)] == words for start in range(len(source) - len(words) + 1))


def _words(text: str) -> list[str]:
    return [token.lower for token in read(text) if token.text not in _PUNCTUATION]


def _without_referents(text: str) -> str:
    return plain(_REFERENT.sub("", _LETTER.sub(r"\1", text)))


def _foreign(text: str, cited: Sequence[CitedSentence]) -> Iterator[str]:
    """The bracketed referents of a text that stand nowhere near the cited sentences."""
    for match in _REFERENT.finditer(_LETTER.sub(r"\1", text)):
        words = _words(match[1])
        if words and not any(_inside(words, _words(f"{sentence.context} {sentence.text}")) for sentence in cited):
            yield match[1]
