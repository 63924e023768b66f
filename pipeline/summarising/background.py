"""The lists of a briefing, built from the evidence whoever wrote the rest: every entry grounded like any sentence.

timeline   who is who   where sources disagree   claimed, not confirmed   what is not known
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from pipeline.grounding import DraftSentence, Mark, ground
from pipeline.summarising.chronicle import timeline
from pipeline.summarising.doubts import disagreements, not_known, too_many, unconfirmed
from pipeline.summarising.lines import kept_to, read_lines
from pipeline.summarising.listing import Entry, most_entries
from pipeline.summarising.people import find_people
from pipeline.summarising.selecting import REPEATS, units
from pipeline.summarising.weighing import tfidf, weigh
from pipeline.types import Evidence, Section, SectionKind, Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.summarising.people import Described, Person

TITLES: dict[SectionKind, str] = {
    "timeline": "Timeline",
    "people": "Who is who",
    "disagreements": "Where sources disagree",
    "unconfirmed": "Claimed, not confirmed",
    "unknown": "What is not known",
}
# How many entries a list has in a briefing of so many words.
_MOST: dict[SectionKind, int] = {"timeline": 8, "people": 6, "unconfirmed": 3, "unknown": 3}
# A description of a person longer than this is a story of its own.
_LONGEST_DESCRIPTION = 18


def background(topic: str, evidence: Sequence[Evidence], before: Sequence[Section], words: int) -> tuple[Section, ...]:
    """The lists that have something to say beside the sections before them, for a briefing of so many words."""
    lines = kept_to(topic, read_lines(evidence))
    among = units(lines)
    if not among:
        return ()
    weights, vectors = weigh(topic, lines), tfidf(lines)
    quoted = {
        (citation.article.id, citation.start)
        for section in before
        for statement in section.statements
        for citation in statement.citations
    }
    told = {index for index, line in enumerate(lines) if (line.article, line.sentence.start) in quoted}
    most = {kind: most_entries(number, words) for kind, number in _MOST.items()}
    entries: dict[SectionKind, tuple[Entry, ...]] = {}

    def listed(kind: SectionKind, make: Callable[[frozenset[int], int], tuple[Entry, ...]]) -> None:
        entries[kind] = make(_like(told, vectors), most.get(kind, 0))
        held = {(line.article, line.place) for entry in entries[kind] for line in entry.lines}
        told.update(index for index, line in enumerate(lines) if (line.article, line.place) in held)

    compared = evidence
    if too_many(evidence):
        compared = [item for item in evidence if item.article.id in {article for article, _ in quoted}]
    listed("disagreements", lambda _like, _most: disagreements(topic, compared, lines, weights, vectors))
    listed("unconfirmed", lambda like, number: unconfirmed(lines, weights, vectors, like, number))
    listed("unknown", lambda like, number: not_known(lines, among, like, number))
    listed("timeline", lambda like, number: timeline(lines, weights, like, number))
    sections = {kind: _section(kind, held, evidence) for kind, held in entries.items()}
    said = " ".join(statement.text for section in before for statement in section.statements)
    sections["people"] = who_is_who(find_people(evidence, said)[: most["people"]], evidence)
    return tuple(sections[kind] for kind in TITLES if sections[kind].statements)


def _like(told: Collection[int], vectors: NDArray[np.float32]) -> frozenset[int]:
    """The lines that are told, or so like one that is that they would only repeat it."""
    import numpy as np

    if not told:
        return frozenset()
    closest = (vectors @ vectors[sorted(told)].T).max(axis=1)
    return frozenset(told) | frozenset(np.flatnonzero(closest > REPEATS).tolist())


def who_is_who(people: Sequence[Person], evidence: Sequence[Evidence]) -> Section:
    """People with the role that the sources give them, each in the words of the fullest description."""
    statements = []
    for person in people:
        for described in sorted(person.described, key=_fullness):
            text = described.text[0].upper() + described.text[1:] + "."
            mark = Mark(described.evidence.number, described.position)
            statement = ground(DraftSentence(text, (mark,)), evidence)
            if statement.support == "supported":
                statements.append(statement)
                break
    return Section(TITLES["people"], tuple(statements), "people")


def _fullness(described: Described) -> tuple[bool, bool, int]:
    length = len(described.text.split())
    return length > _LONGEST_DESCRIPTION, ", who " in described.text, -length


def _section(kind: SectionKind, entries: Sequence[Entry], evidence: Sequence[Evidence]) -> Section:
    """The entries of which every line is borne out."""
    statements: list[Statement] = []
    labels: list[str] = []
    for entry in entries:
        grounded = [
            ground(DraftSentence(line.text, (Mark(line.evidence.number, line.position),)), evidence)
            for line in entry.lines
        ]
        if all(statement.support == "supported" for statement in grounded):
            statements += grounded
            labels += entry.labels
    return Section(TITLES[kind], tuple(statements), kind, tuple(labels))
