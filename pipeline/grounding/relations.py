"""Who is what: an office and its field, a descriptor and its name, the whole and its part.

Each check looks at two neighbours in the statement and asks whether the cited sentences put the same two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.coverage import akin
from pipeline.grounding.lexicon import listed
from pipeline.grounding.names import HEADS, TITLES, Name, names_in
from pipeline.grounding.words import Token, keys, read

# Who chairs a company does not run it.
_CHAIRS = listed("chairman chairwoman")
_RUNS = listed("executive director chief boss manager president")
_WHOLES = listed("all none every entire whole")
_PLAIN_WHOLES = listed("each both full everything everyone any no")
_PARTIAL = listed("most some half many several partly partially majority third quarter")
_PEOPLE_ENDINGS = (
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "woman",
    "person",
    "champion",
    "star",
    "chief",
    "boss",
    "hero",
    "executive",
)
_JOINED = listed("the a an his her its their , -")


def check_offices(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for an office of another field than the cited sentences give it: "finance minister" for "justice"."""
    given = frozenset[str]().union(*(keys(sentence.context or sentence.text) for sentence in cited))
    told = keys(text)
    fields: dict[str, list[Token]] = {}
    for sentence in cited:
        for field, office in _compounds(sentence.text):
            fields.setdefault(office.key, []).append(field)
    return tuple(
        f"“{field.text} {office.text}” is “{others[0].text} {office.text}” in the cited sentences"
        for field, office in _compounds(text)
        if (others := [other for other in fields.get(office.key, ()) if other.key not in told])
        and len(others) == len(fields[office.key])
        and field.key not in given
        and not akin(field.key, given)
    )


def check_descriptors(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a name that is called what the cited sentences call somebody else: "champion" Okoro for Aral."""
    given = [(word, name) for sentence in cited for word, name in _described(sentence.text)]
    findings = []
    offices = frozenset[str]().union(*(keys(sentence.context or sentence.text) for sentence in cited))
    for word, name in _described(text):
        theirs = [other for other, told in given if set(name.parts) & set(told.parts)]
        chairs = word.lower in _CHAIRS and any(other.lower in _RUNS for other in theirs)
        if word.lower in TITLES and (chairs or (word.key not in offices and any(o.lower in TITLES for o in theirs))):
            findings.append(f"“{word.text}” is “{theirs[0].text}” in the cited sentences")
        named = [other for other_word, other in given if other_word.key == word.key]
        if named and not any(set(name.parts) & set(other.parts) for other in named):
            findings.append(f"“{word.text}” is “{named[0].words}” in the cited sentences, not “{name.words}”")
    return tuple(dict.fromkeys(findings))


def check_all(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """A finding for "all" or "none" of what the cited sentences give in part: "most of", "half", "some"."""
    told = {token.lower for token in read(text)} & _WHOLES
    given = {token.lower for sentence in cited for token in read(sentence.text)}
    part = given & _PARTIAL
    if told and part and not given & (_WHOLES | _PLAIN_WHOLES) and not {t.lower for t in read(text)} & _PARTIAL:
        return (f"“{min(told)}” is “{min(part)}” in the cited sentences",)
    return ()


def _compounds(text: str) -> Iterator[tuple[Token, Token]]:
    """(field, office) for neighbours such as "finance minister" and "ferry operator"."""
    for one, other in pairwise(read(text)):
        office = other.lower in TITLES or other.lower in HEADS
        if office and one.kind == "word" and one.content:
            yield one, other


def _described(text: str) -> Iterator[tuple[Token, Name]]:
    """(descriptor, name) where a person's role stands beside a name: "champion Aral", "Aral, the champion"."""
    tokens = read(text)
    for name in names_in(text):
        located = name.first > 0 and tokens[name.first - 1].lower in ("in", "at", "from", "near")
        if name.place is not None or located or _owns(tokens[name.last]):
            continue
        before = [token for token in tokens[max(0, name.first - 2) : name.first] if token.text != ","]
        after = [token for token in tokens[name.last + 1 : name.last + 5] if token.lower not in _JOINED]
        apposed = tokens[name.last + 1 : name.last + 2] and tokens[name.last + 1].text == ","
        for token in (*before[-1:], *(after[:2] if apposed else ())):
            if token.kind == "word" and token.content and not token.capital and token.lower.endswith(_PEOPLE_ENDINGS):
                yield token, name


def _owns(token: Token) -> bool:
    return token.end - token.start > len(token.text) and "." not in token.text
