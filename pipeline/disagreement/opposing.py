"""Where one speaker denies what another says, without a figure between them: "had its lights on", "did not have"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.disagreement.claims import Told
from pipeline.disagreement.context import LIGHT
from pipeline.disagreement.relating import ANYTHING
from pipeline.grounding.denials import Denial, cues_over, denials_in
from pipeline.grounding.lexicon import listed
from pipeline.grounding.words import keys, read
from pipeline.types import Citation

# Of the words of the sentence that denies, so many and such a share stand in the one that affirms; in the same
# article next to one another fewer do.
SHARED, SHARE = 3, 0.6
NEAR, SHARED_NEAR = 2, 2


# "There is no dam without the people", "no water in the hydrants" deny no event: only what denies a verb counts.
_OF_A_THING = listed(
    "no none nothing neither nor nobody nowhere without unless hardly barely lack lacks lacked lacking"
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, its place in the article, who says it and what it speaks of, their names apart."""

    citation: Citation
    position: int
    speaker: frozenset[str]
    concepts: frozenset[str]
    names: frozenset[str]


def opposed(articles: Sequence[Sequence[Told]]) -> Iterator[tuple[Citation, Citation]]:
    """The pairs of a sentence that denies a thing and one of another speaker that affirms it."""
    sentences = [_read(told, position) for article in articles for position, told in enumerate(article)]
    having: dict[str, list[_Sentence]] = defaultdict(list)
    for each in sentences:
        for concept in each.concepts:
            having[concept].append(each)
    for each in sentences:
        text = each.citation.quote
        for denial in denials_in(text):
            if denial.words.casefold() in _OF_A_THING:
                continue
            governed = _governed(text, denial) & each.concepts
            for head in sorted({read(text)[place].key for place in denial.heads} & governed):
                for other in having[head]:
                    if _against(each, other, governed) and _affirms(other.citation.quote, head):
                        yield each.citation, other.citation


def _read(told: Told, position: int) -> _Sentence:
    chain = told.said.attribution.chain
    names = frozenset().union(*(keys(name) for name in chain))
    concepts = frozenset(token.key for token in read(told.sentence.text) if token.content and token.lower not in LIGHT)
    tokens = read(told.sentence.text)
    named = frozenset(token.key for place, token in enumerate(tokens) if place and token.capital and token.content)
    speaker = keys(chain[0]) if chain else frozenset()
    return _Sentence(told.citation, position, speaker, concepts - names, named - names)


def _governed(text: str, denial: Denial) -> frozenset[str]:
    return frozenset(read(text)[place].key for place in denial.scope)


def _against(one: _Sentence, other: _Sentence, governed: frozenset[str]) -> bool:
    """Whether two sentences speak of the same, and two speakers stand behind them."""
    if one.citation is other.citation or not one.speaker or not other.speaker or one.speaker & other.speaker:
        return False
    if one.names and other.names and not one.names & other.names:
        return False
    shared = (one.concepts & other.concepts) - ANYTHING
    near = one.citation.article.id == other.citation.article.id and abs(one.position - other.position) <= NEAR
    enough = len(shared) >= (SHARED_NEAR if near else SHARED) and len(shared) >= SHARE * len(one.concepts)
    return enough and len(governed & shared) >= SHARE * len(governed)


def _affirms(text: str, head: str) -> bool:
    return all(cues_over(text, place) % 2 == 0 for place, token in enumerate(read(text)) if token.key == head)
