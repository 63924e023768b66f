"""Who is who: people with their roles, in the very words of the sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.people import descriptions, surname
from pipeline.types import Evidence

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Who wrote an article is nobody in its story.
_CREDIT = re.compile(r"\bcontributed (?:to this|reporting)\b|\(?(?:Additional r|R)eporting by\b")


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


def find_people(evidence: Sequence[Evidence], told: str = "") -> tuple[Person, ...]:
    """The people whom the evidence describes; one surname is one person.

    First come those whom `told`, what a briefing says before it tells who is who, names most often, then those whom
    most articles name.
    """
    found: dict[str, list[Described]] = {}
    for item in evidence:
        for position, sentence in enumerate(item.passage.sentences, 1):
            if _CREDIT.search(sentence.text):
                continue
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
    named = Counter(_WORD.findall(told))
    return tuple(
        sorted(
            people,
            key=lambda person: (
                -named[surname(person.name)],
                -person.articles,
                -len(person.described),
                person.name,
            ),
        )
    )
