"""The names that capital letters in a question stand for: "PMF" for "Popular Mobilization Forces"."""

from __future__ import annotations

from collections.abc import Iterable

import regex

_ACRONYM = regex.compile(r"\b\p{Lu}{2,6}\b")
_JOINED = r"(?:[\s\-]+(?:of|the|and|for|to|in|on|de|la|al|el)\b)?[\s\-]+"
_RUN = regex.compile(rf"\p{{Lu}}\p{{Ll}}+(?:{_JOINED}\p{{Lu}}\p{{Ll}}+)+")
_WORD = regex.compile(r"\p{Lu}\p{Ll}+")


def spelled_out(question: str, texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each acronym of the question that some text spells out, both in lower case: the words of the first such name.

    >>> spelled_out("What did the PMF say?", ["the Iraqi Popular Mobilization Forces said"])
    {'pmf': ('popular', 'mobilization', 'forces')}
    """
    sought = {acronym for acronym in _ACRONYM.findall(question) if not question.isupper()}
    found: dict[str, tuple[str, ...]] = {}
    for text in texts if sought else ():
        for run in _RUN.findall(text):
            names = _WORD.findall(run)
            initials = "".join(name[0] for name in names)
            for acronym in sought:
                at = initials.find(acronym)
                if at >= 0:
                    found.setdefault(acronym.lower(), tuple(map(str.lower, names[at : at + len(acronym)])))
    return found
