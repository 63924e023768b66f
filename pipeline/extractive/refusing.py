"""What the evidence does not have of a question, and how to say so.

Of one passage, which somebody chose, these rules refuse; of many they are signs that `deciding` weighs. Evidence about
something else altogether is refused by `is_beside_the_point` alone. A refusal says what comes nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import regex

from pipeline.extractive.acronyms import spelled_out
from pipeline.extractive.candidates import without_dateline
from pipeline.extractive.features import Reading
from pipeline.extractive.gaps import names_apart
from pipeline.extractive.tables import Matrix
from pipeline.extractive.wording import is_light
from pipeline.grounding.lexicon import listed
from pipeline.questions import STOP_WORDS, AskedFor, Wants, stem, words
from pipeline.types import Evidence

_MONTH_NAMES = "January February March April May June July August September October November December"
_MONTHS = _MONTH_NAMES.split()
_MONTH = regex.compile(rf"\b({'|'.join(_MONTHS)})(?:\s+((?:19|20)\d\d))?\b")
_YEAR = regex.compile(r"\b(?:19|20)\d\d\b")
# Evidence is beside the point when no sentence, with its passage and title, has this share of the question, or no
# passage this cosine with it: so is 1 of 143 passages that answer in CLAPnq and 34 of 132 that do not, none of those
# that answer in RealTimeQA, and over 90% of the evidence for another question.
LEAST_CONTEXT, LEAST_SIMILARITY = 0.12, 0.15
# A word is met by one whose embedding has this cosine with it; those of the same stem are met anyway.
MET = 0.5
# A refusal names at most so many words, and shows at most so many characters of the nearest sentence.
MOST_WORDS, SHOWN = 4, 240
# A name that ends in one of these is of another body when the word is not said.
INSTITUTIONS = listed(
    """
    agency alliance association authority board bureau centre center chamber college commission committee company
    confederation congress corporation council court department federation foundation fund guild institute league
    ministry museum ombudsman office organisation organization parliament party police secretariat service society
    tribunal trust union university
    """
)
_KINDS: dict[Wants, str] = {"date": "No date", "number": "No figure", "person": "No name"}


def absent(asked: AskedFor, evidence: Sequence[Evidence]) -> str:
    """What the question names that no evidence has: a name, a year, a month; empty when everything is there."""
    return absent_name(asked, evidence) or absent_period(asked, evidence)


def absent_name(asked: AskedFor, evidence: Sequence[Evidence]) -> str:
    """The name in a question that no evidence has; empty when all are there."""
    written = words(_text(evidence))
    said = {stem(piece) for word in written for piece in (word, *word.split("-"))}
    said |= {stem(word) for word in spelled_out(asked.text, [_text(evidence)])}
    gone = next((name for name in asked.names if _is_absent(name, said)), "")
    return f"No article found here mentions “{gone}”." if gone else ""


def absent_period(asked: AskedFor, evidence: Sequence[Evidence]) -> str:
    """The year or month in a question of which no evidence is; empty when there is one of each."""
    text = _text(evidence)
    days = [item.article.published or "" for item in evidence]
    gone = sorted(asked.years - {*_YEAR.findall(text), *(day[:4] for day in days)})
    if gone:
        return f"No article found here speaks of {' or '.join(gone)} in connection with this."
    return _absent_month(asked.text, text, days)


def _text(evidence: Sequence[Evidence]) -> str:
    return " ".join(
        f"{item.article.title} {item.article.source} {item.passage.heading} {item.passage.text}" for item in evidence
    )


def unconnected(reading: Reading) -> str:
    """The names that are found, but never together; empty when they are, and for one passage."""
    apart = () if reading.in_one else names_apart(reading)
    return f"No article found here speaks of {quoted(apart, 'and')} together." if apart else ""


def unspoken(reading: Reading) -> str:
    """What the question asks of its names when no evidence says a word of it or near it; empty when one is met."""
    asked = reading.asked
    named = {word for name in asked.names for word in words(name)}
    wanted = [
        (place, word)
        for place, word in enumerate(reading.tables.asked_words)
        if word not in STOP_WORDS | named and not word.isdigit()
    ]
    said = {
        stem(word)
        for item in reading.pool
        for word in words(f"{item.evidence.article.title} {item.evidence.passage.heading} {item.sentence.text}")
    }
    if not wanted or any(_is_said(word, said) or reading.tables.hits[place].max() >= MET for place, word in wanted):
        return ""
    asked_of = [word for _, word in wanted]
    return _not_spoken_of([word for word in asked_of if not is_light(word)] or asked_of, asked.names)


def _is_absent(name: str, said: set[str]) -> bool:
    """Whether half of a name's words or more are not said, or what it is ("Ombudsman") is not.

    On RealTimeQA half of the words refuses 2% of what has an answer and 10% of what has none; all of them, 1% and 7%.
    """
    parts = [word for word in words(name) if len(word) > 2 and word not in STOP_WORDS]
    here = sum(_is_said(word, said) for word in parts)
    return bool(parts) and (2 * here <= len(parts) or (parts[-1] in INSTITUTIONS and not _is_said(parts[-1], said)))


def _is_said(word: str, said: set[str]) -> bool:
    """Whether a word is said, in a compound piece by piece, or one that it is made from: "Corvanian", "Corvania"."""
    if stem(word) in said:
        return True
    pieces = word.split("-")
    if len(pieces) > 1:
        return all(stem(piece) in said for piece in pieces if len(piece) > 2)
    return any(word[:5] == other[:5] and abs(len(word) - len(other)) < 4 for other in said if len(other) > 4)


def _absent_month(question: str, text: str, days: Sequence[str]) -> str:
    """A month that is neither written nor the time of any article, or one next to it."""
    for match in _MONTH.finditer(question):
        name, year = match.group(1), match.group(2)
        month = _MONTHS.index(name) + 1
        if match.start() == 0 or regex.search(rf"\b{name[:3]}(?:{name[3:]})?\b", text):
            continue
        dated = [day for day in map(_day, days) if day and (not year or str(day.year) == year)]
        # The months stand in a circle: December is next to January.
        if all(abs((day.month - month + 6) % 12 - 6) > 1 for day in dated):
            return f"No article found here speaks of {match.group()} in connection with this."
    return ""


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def is_beside_the_point(reading: Reading) -> bool:
    """Whether the evidence is about something else altogether."""
    parts = range(len(reading.asked.parts))
    context = max(float(reading.of("context", part).max()) for part in parts)
    similarity = max(float(reading.of("passage similarity", part).max()) for part in parts)
    return context < LEAST_CONTEXT or similarity < LEAST_SIMILARITY


def lacking_kind(reading: Reading, part: int, chosen: Sequence[int]) -> str:
    """What of the kind that a part wants the chosen sentences lack ("No date is given."); empty when they have it."""
    lacks = reading.of("lacks kind", part)
    if not chosen or any(not lacks[index] for index in chosen):
        return ""
    kind = _KINDS.get(reading.asked.parts[part].wants)
    return f"{kind} is given." if kind else ""


def nearest(reading: Reading, scores: Matrix) -> str:
    """What there is instead: the sentence that comes nearest, and its article."""
    return f"The nearest that is found: {told(reading, int(scores.max(axis=0).argmax()))}."


def _not_spoken_of(asked: Sequence[str], names: Sequence[str]) -> str:
    of = f" in connection with {quoted(names, 'and')}" if names else ""
    return f"No article found here speaks of {quoted(asked)}{of}."


def told(reading: Reading, index: int) -> str:
    """A sentence as its article has it, with title and day."""
    item = reading.pool[index]
    article = item.evidence.article
    day = _day(article.published or "")
    dated = f" ({day.day} {day:%B %Y})" if day else ""
    text = " ".join(without_dateline(item.sentence.text).split()).rstrip(".")
    shown = text if len(text) <= SHOWN else f"{text[: text.rfind(' ', 0, SHOWN)]} …"
    return f"“{article.title}”{dated} says: {shown}"


def quoted(written: Sequence[str], joint: str = "or") -> str:
    """The first few of some words, each in quotation marks."""
    return f" {joint} ".join(f"“{each}”" for each in written[:MOST_WORDS])
