"""Which of several choices the evidence bears out best: for multiple-choice benchmarks, without a model.

A choice is borne out by a passage that says its words close to the words of the question, in an article about the
question, more so when it is of the days in which the question was asked; and by a passage that means much the same as
question and choice together. A question for what does not belong ("all but") is answered by the one borne out least.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import TYPE_CHECKING

from eval.benchmarks.said import contains
from pipeline.questions import STOP_WORDS, content_stems, stem, words
from pipeline.types import Evidence

if TYPE_CHECKING:
    from pipeline.embedding import Embeddings

# Words of the question count as near when they stand within so many words of the choice.
REACH = 25
# A mention at rank r of the evidence counts 1 / (SOFTENING + r).
SOFTENING = 3
# A choice named more often than this in a passage is no better borne out for it.
MENTIONS = 30
# Days before a quiz whose news it asks about, and after, for what carries a later date.
NEWS_BEFORE, NEWS_AFTER = 9, 1

_BUT_ONE = re.compile(r"\b(?:NOT|EXCEPT|except)\b")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign adds for a choice, learned by `eval/fit/choice.py` on RealTimeQA 2023 (1,429 questions).

    Held out, five ways of dealing them into five folds: .577 to .579; without `fresh` .56, without `phrase` .572. The
    nearest mention alone, sentences in place of passages, the score that the extractive writer gives sentences, the
    question's likeness to the choice and retrieval with each choice added nothing that held.
    """

    mentions: float = 1.7
    fresh: float = 8.0
    phrase: float = 1.1
    similarity: float = 3.9
    words: float = 1.5


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for one choice, each about 0 to 1.

    `mentions` sums over the passages that say words of the choice how much of the question stands near, the better
    ranked counting more, and `fresh` over those of the days in which the question was asked; `phrase` sums over the
    passages that say the choice word for word how much their articles are about the question. Of these three the square
    root is taken: a second mention is worth less than the first. `similarity` is the cosine of question and choice with
    the passage most alike; `words` the length of the choice in units of four words: a long choice is seldom met word
    for word.
    """

    mentions: float
    fresh: float
    phrase: float
    similarity: float
    words: float


def choose(
    question: str, choices: Sequence[str], evidence: Sequence[Evidence], embeddings: Embeddings, asked: date
) -> int:
    """The index of the choice borne out best; the first of equals, so also without any evidence."""
    signs = signs_of(question, choices, evidence, embeddings, asked)
    return chosen(question, [weighed(of_one) for of_one in signs])


def chosen(question: str, scores: Sequence[float]) -> int:
    """The choice with the highest score, the first of equals; with the lowest when the question is for all but one."""
    turn = -1 if _BUT_ONE.search(question) else 1
    return max(range(len(scores)), key=lambda at: turn * scores[at])


def weighed(signs: Signs, weights: Weights = WEIGHTS) -> float:
    """The score of a choice, comparable among the choices of one question only."""
    pairs = zip(astuple(signs), astuple(weights), strict=True)
    return float(sum(sign * weight for sign, weight in pairs))


def signs_of(
    question: str, choices: Sequence[str], evidence: Sequence[Evidence], embeddings: Embeddings, asked: date
) -> list[Signs]:
    """The signs for each choice. Evidence comes best first; words that all choices share tell none of them apart."""
    told = _telling(choices)
    passages = [[stem(word) for word in words(f"{item.article.title} {item.passage.text}")] for item in evidence]
    rarity = _rarity(passages)
    context = {stem_ for stem_ in content_stems(question) if not any(stem_ in choice for choice in told)}
    about = _about(evidence, passages, context, rarity)
    news = [_is_news(item.article.published, asked) for item in evidence]
    alike = _similarities(question, choices, evidence, embeddings)
    found: list[Signs] = []
    for choice, own, similarity in zip(choices, told, alike, strict=True):
        near = [_nearness(passage, own, context, rarity) for passage in passages]
        said = [a * contains(item.passage.text, choice) for a, item in zip(about, evidence, strict=True)]
        found.append(
            Signs(
                mentions=_ranked(near),
                fresh=_ranked([value * is_news for value, is_news in zip(near, news, strict=True)]),
                phrase=_ranked(said),
                similarity=similarity,
                words=len(own) / 4,
            )
        )
    return found


def _ranked(values: Sequence[float]) -> float:
    """The square root of the sum of values, of which the first count more."""
    return math.sqrt(sum(value / (SOFTENING + rank) for rank, value in enumerate(values, 1)))


def _is_news(published: str | None, asked: date) -> bool:
    """Whether an article is of the days that a quiz of that day asks about."""
    try:
        age = (asked - date.fromisoformat((published or "")[:10])).days
    except ValueError:
        return False
    return -NEWS_AFTER <= age <= NEWS_BEFORE


def _telling(choices: Sequence[str]) -> list[frozenset[str]]:
    """The stems of each choice, less stop words and what all choices share, unless nothing else is left."""
    stems = []
    for choice in choices:
        said = words(choice)
        stems.append(frozenset(stem(word) for word in ([w for w in said if w not in STOP_WORDS] or said)))
    shared = frozenset.intersection(*stems) if len(stems) > 1 else frozenset()
    return [own - shared or own for own in stems]


def _rarity(passages: Sequence[Sequence[str]]) -> dict[str, float]:
    """BM25's inverse document frequency over the passages at hand."""
    frequency = Counter(word for passage in passages for word in set(passage))
    return {word: _idf(count, len(passages)) for word, count in frequency.items()}


def _idf(count: int, of: int) -> float:
    return math.log(1 + (of - count + 0.5) / (count + 0.5))


def _about(
    evidence: Sequence[Evidence], passages: Sequence[Sequence[str]], context: set[str], rarity: dict[str, float]
) -> list[float]:
    """For each passage, how much of the question its article covers with all that was retrieved of it."""
    said: dict[str, set[str]] = {}
    for item, passage in zip(evidence, passages, strict=True):
        said.setdefault(item.article.id, set()).update(passage)
    return [_covered(context, said[item.article.id], rarity) for item in evidence]


def _nearness(passage: Sequence[str], choice: frozenset[str], context: set[str], rarity: dict[str, float]) -> float:
    """How much of the question stands near the best mention of the choice, times how much of the choice, squared."""
    mentions = [at for at, word in enumerate(passage) if word in choice][:MENTIONS]
    best = 0.0
    for at in mentions:
        window = set(passage[max(0, at - REACH) : at + REACH + 1])
        best = max(best, _covered(choice, window, rarity) ** 2 * _covered(context, window, rarity))
    return best


def _covered(wanted: Sequence[str] | set[str] | frozenset[str], said: set[str], rarity: dict[str, float]) -> float:
    """The share of the wanted stems that are said, by rarity; what no passage says weighs as the rarest."""
    top = max(rarity.values(), default=1.0)
    weight = {word: rarity.get(word, top) for word in wanted}
    total = sum(weight.values())
    return sum(value for word, value in weight.items() if word in said) / total if total else 0.0


def _similarities(
    question: str, choices: Sequence[str], evidence: Sequence[Evidence], embeddings: Embeddings
) -> list[float]:
    from pipeline.embedding import embed

    if not evidence:
        return [0.0] * len(choices)
    asked = embed(embeddings, [f"{question} {choice}" for choice in choices])
    passages = embed(embeddings, [f"{item.article.title}\n{item.passage.text}" for item in evidence])
    return [float(row.max()) for row in asked @ passages.T]
