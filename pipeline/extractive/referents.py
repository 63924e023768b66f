"""Who "he" is: the one person that the sentences before can mean, named in brackets behind the pronoun."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.questions import STOP_WORDS
from pipeline.types import Sentence

# How many sentences back a referent may stand.
BACK = 2
# A person's name has at most so many words.
LONGEST_NAME = 4

# Not within a quotation: there somebody else speaks, and nothing may be put into his words.
_PRONOUN = regex.compile(r"(?:(?:But|And|Yet|So) )?(?:He|She|he|she)\b")
_FULL_NAME = regex.compile(r"\p{Lu}[\p{L}’'\-]+(?:\s(?:(?:al|de|van|von|der|bin|el)\s)?\p{Lu}[\p{L}’'\-]+)+")
_SAYING = r"(?:said|says|told|tells|added|argued|claimed|warned|denied|insisted|confirmed|explained|admitted|wrote)"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|[Cc]aptain|Capt|[Mm]inister|[Pp]resident|Prof|[Pp]rofessor|[Jj]udge|General|Gen|"
    r"Colonel|Col|[Ii]nspector|[Cc]hancellor|[Gg]overnor|Gov|[Mm]ayor|[Ss]enator|[Ss]ecretary|[Ss]pokes(?:man|woman)|"
    r"[Dd]irector|[Ee]xecutive|[Cc]hair(?:man|woman)?|[Pp]ilot|[Ee]ngineer|[Aa]nalyst)"
)

_ORGANISATION_TEXT = """
    agency association authority bank board bureau centre center church club college commission committee company
    congress corporation council court department federation foundation government group hospital house institute
    journal league ministry museum news office organization organisation parliament party police post press record
    records report school senate service society state states street team times tribune union university world"""
_ORGANISATION = frozenset(_ORGANISATION_TEXT.split())


def with_referent(sentence: Sentence, before: Sequence[Sentence]) -> str:
    """The sentence, with the full name in brackets behind an opening "He" or "She" when it can only be one person.

    `before` are the sentences before it in its passage.
    """
    pronoun = _PRONOUN.match(sentence.text)
    person = _person_before(before) if pronoun else ""
    if not pronoun or not person or person.split()[-1] in sentence.text:
        return sentence.text
    return f"{sentence.text[: pronoun.end()]} [{person}]{sentence.text[pronoun.end() :]}"


def _person_before(before: Sequence[Sentence]) -> str:
    """The person of the nearest sentence that names any; empty when it names two."""
    text = " ".join(sentence.text for sentence in before)
    people = _people(text)
    for sentence in reversed(before[-BACK:]):
        named = {surname for surname in people if regex.search(rf"\b{regex.escape(surname)}\b", sentence.text)}
        if named:
            return people[named.pop()] if len(named) == 1 else ""
    return ""


def _people(text: str) -> dict[str, str]:
    """Full names by surname: capitalised words that somewhere in the text speak or carry a title."""
    people: dict[str, str] = {}
    for match in _FULL_NAME.finditer(text):
        words = match.group().removesuffix("’s").removesuffix("'s").split()
        # What stands before a title is whom it serves: "Turkey Federation President David Rude".
        titles = [place for place, word in enumerate(words) if regex.fullmatch(_TITLE, word)]
        words = words[titles[-1] + 1 :] if titles else words
        while words and words[0].casefold() in STOP_WORDS:
            words = words[1:]
        if (
            1 < len(words) <= LONGEST_NAME
            and not _ORGANISATION.intersection(word.casefold() for word in words)
            and _is_a_person(regex.escape(words[-1]), text)
        ):
            people.setdefault(words[-1], " ".join(words))
    return people


def _is_a_person(surname: str, text: str) -> bool:
    speaks = rf"\b{_SAYING}\s+(?:[\p{{L}}\-]+\s+){{0,3}}{surname}\b|\b{surname}(?:,[^,.]{{1,60}},)?\s+{_SAYING}\b"
    return bool(regex.search(rf"{speaks}|\b{_TITLE}\.?\s+(?:\p{{Lu}}[\p{{L}}.\-]*\s+){{0,2}}{surname}\b", text))
