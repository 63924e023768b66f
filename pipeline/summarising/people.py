"""Who is who: people with their roles, in the very words of the sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.people import descriptions, surname
from pipeline.types import Evidence


@dataclass(frozen=True, slots=True)
class Described:
    """A person as one sentence describes them: `text` is name and role, in the words of the sentence."""

    name: str
    text: str
    evidence: Evidence
    position: int


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the fullest name, all descriptions in the order of the evidence, how many articles give the name."""

    name: str
    described: tuple[Described, ...]
    articles: int


def find_people(evidence: Sequence[Evidence]) -> tuple[Person, ...]:
    """The people whom the evidence describes, those that most articles name first; one surname is one person."""
    found: dict[str, list[Described]] = {}
    for item in evidence:
        for position, sentence in enumerate(item.passage.sentences, 1):
            for name, text in descriptions(sentence.text):
                found.setdefault(surname(name), []).append(Described(name, text, item, position))
    naming: Counter[str] = Counter()
    texts: dict[str, str] = {}
    for item in evidence:
        texts[item.article.id] = f"{texts.get(item.article.id, '')} {item.passage.text}"
    for text in texts.values():
        naming.update(key for key in found if key in text)
    people = [
        Person(max((one.name for one in described), key=len), tuple(described), naming[key])
        for key, described in found.items()
    ]
    return tuple(sorted(people, key=lambda person: (-person.articles, -len(person.described), person.name)))
