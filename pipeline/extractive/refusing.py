"""When the evidence does not answer, and how to say what is missing.

A refusal rests on a rule that names the gap (a name, a year, a month that no evidence has; nothing of the kind that is
asked for), on evidence that is about something else altogether, or on the fitted odds that the evidence answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import regex

from pipeline.embedding import Embeddings
from pipeline.extractive.candidates import candidates
from pipeline.extractive.features import Matrix, Reading
from pipeline.extractive.weights import Linear, load_weights, score
from pipeline.questions import STOP_WORDS, AskedFor, Wants, content_stems, read_question, stem, words
from pipeline.types import Evidence

ANSWERABILITY: dict[str, str] = {
    "best score": "the log odds of the best sentence",
    "best scores": "the mean log odds of the three best sentences",
    "coverage": "the best coverage by a sentence",
    "focus": "the best coverage, by a sentence, of the words that the title does not have",
    "context": "the best coverage of the question by sentence, passage and title",
    "passage similarity": "the best cosine with a passage",
    "pool": "logarithm of the number of sentences",
}
"""What tells whether evidence answers; the others are the highest value of a feature over the sentences."""

_MONTH_NAMES = "January February March April May June July August September October November December"
_MONTHS = _MONTH_NAMES.split()
_MONTH = regex.compile(rf"\b({'|'.join(_MONTHS)})(?:\s+((?:19|20)\d\d))?\b")
_YEAR = regex.compile(r"\b(?:19|20)\d\d\b")
# Evidence is beside the point when no sentence, with its passage and title, has this share of the question, or no
# passage this cosine with it: so is 1 of 143 passages that answer in CLAPnq and 34 of 132 that do not, none of those
# that answer in RealTimeQA, and over 90% of the evidence for another question.
LEAST_CONTEXT, LEAST_SIMILARITY = 0.12, 0.15
# So many of the best sentences are averaged.
BEST = 3
# A word is met by one whose embedding has this cosine with it; those of the same stem are met anyway.
MET = 0.5
# A refusal names at most so many words that the nearest article does not use.
MOST_WORDS = 4
_KINDS: dict[Wants, str] = {"date": "no date", "number": "no figure", "person": "no name"}


def answerability(question: str, evidence: Sequence[Evidence], embeddings: Embeddings) -> float:
    """The log odds that the evidence answers the question; minus infinity without any evidence."""
    pool = candidates(evidence)
    if not pool:
        return float("-inf")
    scores, reading = score(read_question(question), pool, embeddings)
    return float(odds(reading, scores, load_weights().answerable).max())


def odds(reading: Reading, scores: Matrix, answerable: Linear) -> Matrix:
    """The log odds that the evidence answers each part, by the scores (parts, sentences)."""
    return answerable.apply(answerability_features(reading, scores), list(ANSWERABILITY))


def answerability_features(reading: Reading, scores: Matrix) -> Matrix:
    """The values of ANSWERABILITY, shape (parts, features)."""
    best = -np.sort(-scores, axis=1)[:, :BEST]
    highest = [
        [reading.of(name, part).max() for name in list(ANSWERABILITY)[2:]] for part in range(len(reading.asked.parts))
    ]
    return np.concatenate([best[:, :1], best.mean(axis=1, keepdims=True), np.array(highest)], axis=1)


def absent(asked: AskedFor, evidence: Sequence[Evidence]) -> str:
    """What the question names that no evidence has: a name, a year, a month; empty when everything is there."""
    text = " ".join(
        f"{item.article.title} {item.article.source} {item.passage.heading} {item.passage.text}" for item in evidence
    )
    days = [item.article.published or "" for item in evidence]
    said = {stem(word) for word in words(text)}
    for name in asked.names:
        if _is_absent(name, said):
            return f"No article found here mentions “{name}”."
    years = {*_YEAR.findall(text), *(day[:4] for day in days)}
    gone = sorted(asked.years - years)
    if gone:
        return f"No article found here speaks of {' or '.join(gone)} in connection with this."
    return _absent_month(asked.text, text, days)


def unspoken(reading: Reading) -> str:
    """What the question asks of its names when no evidence says a word of it or near it; empty when one is met."""
    asked = reading.asked
    named = {word for name in asked.names for word in words(name)}
    wanted = [
        (place, word)
        for place, word in enumerate(reading.asked_words)
        if word not in STOP_WORDS | named and not word.isdigit()
    ]
    said = {
        stem(word)
        for item in reading.pool
        for word in words(f"{item.evidence.article.title} {item.evidence.passage.heading} {item.sentence.text}")
    }
    if not wanted or any(_is_said(word, said) or reading.hits[place].max() >= MET for place, word in wanted):
        return ""
    return f"No article found here speaks of {' or '.join(f'“{word}”' for _, word in wanted[:MOST_WORDS])}."


def _is_absent(name: str, said: set[str]) -> bool:
    """Whether half of a name's words or more are not said.

    On RealTimeQA that refuses 2% of what has an answer and 10% of what has none; names wholly unsaid, 1% and 7%.
    """
    parts = [word for word in words(name) if len(word) > 2 and word not in STOP_WORDS]
    here = sum(_is_said(word, said) for word in parts)
    return bool(parts) and 2 * here <= len(parts)


def _is_said(word: str, said: set[str]) -> bool:
    """Whether a word is said, in a compound piece by piece, or one that it is made from: "Corvanian", "Corvania"."""
    if stem(word) in said:
        return True
    pieces = word.split("-")
    if len(pieces) > 1:
        return all(stem(piece) in said for piece in pieces)
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
    """What the chosen sentences lack of the kind that a part wants ("no date"); empty when they have it."""
    lacks = reading.of("lacks kind", part)
    if not chosen or any(not lacks[index] for index in chosen):
        return ""
    return _KINDS.get(reading.asked.parts[part].wants, "")


def nearest_article(reading: Reading, scores: Matrix) -> str:
    """What there is instead, in words: the article of the best sentence, and what of the question it does not use."""
    nearest = reading.pool[int(scores.max(axis=0).argmax())]
    asked = dict.fromkeys(words(reading.asked.text))
    unsaid = [f"“{word}”" for word in asked if content_stems(word) - nearest.context][:MOST_WORDS]
    about = f" It does not speak of {', '.join(unsaid)}." if unsaid else ""
    return f"The nearest article, “{nearest.evidence.article.title}”, does not say.{about}"
