"""The best of the fused candidates, told apart by what a ranking of single passages cannot see.

found (fused order)
    → features: how much of the question stands in the passage, how close together, and in the title; how much of it the
      article covers with all that was found of it; whether it holds the kind of thing asked for; how old it is
    → a weighted sum: the new order

Weights are learned by `eval/fit/reranking.py`. On RealTimeQA 2023 (651 questions, 67,000 passages of at most 256
tokens) the answer is among the first 4 and 10 passages for .593 and .704 of the questions as fused, for .647 and .747
reranked (held out, five folds); where the day of the question is known, .604 and .707 become .680 and .743.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Protocol

import regex

from pipeline.questions import STOP_WORDS, read_question, stem
from pipeline.types import ArticleInfo, Passage

# So many of the fused candidates are put in a new order; the rest only tell how much of an article was found. 100 buy
# no more; of each ranking, the first 50, 100, 150 and 200 gave hit@4 .656, .670, .675 and .678 (on uncleaned text).
RERANKED = 60
DEPTH = 150

# Words within so many of one another are close.
REACH = 30
# How fast an article ages beside the day of the question: by a factor e in so many days.
AGEING_DAYS = 30.0
# A rank r in a ranking counts 1 / (RANK_SOFTENING + r), as in reciprocal rank fusion; a missing one as NOT_FOUND.
RANK_SOFTENING = 60
NOT_FOUND = 400

# Three times as fast as the `regex` module on the 200,000 characters of a question's candidates.
_TOKEN = re.compile(r"[^\W_]+")
_DIGITS = regex.compile(r"\p{Nd}[\p{Nd}.,]*")
_PERCENT = regex.compile(r"%|\bper ?cent\b", regex.IGNORECASE)
_MONEY = regex.compile(r"\p{Sc}|\b(?:dollars?|pounds?|euros?|yen|yuan|rupees?)\b", regex.IGNORECASE)
_ASKS_PERCENT = regex.compile(r"\bper ?cent(?:age)?\b|%|\bwhat (?:share|proportion)\b", regex.IGNORECASE)
_ASKS_MONEY = regex.compile(
    r"\bhow much\b|\b(?:what|which)\b.{0,30}\b(?:cost|price|worth|fine|sum|amount)\b", regex.IGNORECASE
)


class Hit(Protocol):
    """A ranked passage, as the library gives it."""

    @property
    def passage_id(self) -> int: ...
    @property
    def score(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate, with its rank and score among words (BM25) and meanings (cosine); rank None: not among them."""

    passage: Passage
    article: ArticleInfo
    words_rank: int | None
    words_score: float
    meaning_rank: int | None
    meaning_score: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds. Shares are of the question's words by rarity, so most features are from 0 to 1."""

    words_rank: float = 0.73
    meaning_rank: float = 2.02
    title: float = 0.72
    passage_or_title: float = 1.72
    closeness: float = 2.13
    pairs: float = 0.57
    lead: float = 1.32
    article_words: float = 0.94
    article_meaning: float = 1.32
    article_coverage: float = 3.43
    numbers: float = 0.94
    percent: float = 1.88
    money: float = 2.21
    recency: float = 2.62


Features = Weights
"""The same names, with the values of one candidate instead."""

WEIGHTS = Weights()

_values = attrgetter(*(field.name for field in fields(Weights)))


def found_in(
    ranked: Sequence[tuple[Passage, ArticleInfo]], words: Sequence[Hit], meaning: Sequence[Hit]
) -> list[Found]:
    """The passages, in the order given, each with its places in the two rankings."""
    by_words = {hit.passage_id: (rank, hit.score) for rank, hit in enumerate(words, 1)}
    by_meaning = {hit.passage_id: (rank, hit.score) for rank, hit in enumerate(meaning, 1)}
    missing = (None, 0.0)
    return [
        Found(passage, article, *by_words.get(passage.id, missing), *by_meaning.get(passage.id, missing))
        for passage, article in ranked
    ]


def rerank(question: str, found: Sequence[Found], today: date | None, weights: Weights = WEIGHTS) -> list[float]:
    """A score for each of `found`, which comes in fused order: higher is better.

    The first RERANKED get theirs by their features; the rest stay behind them as they were. `today` is the day from
    which the question looks back, None when its day does not matter.
    """
    values = [weigh(each, weights) for each in features(question, found, today)]
    floor = min(values, default=0.0)
    return values + [floor - behind for behind in range(1, len(found) - len(values) + 1)]


def weigh(values: Features, weights: Weights) -> float:
    """The weighted sum."""
    return math.fsum(value * weight for value, weight in zip(_values(values), _values(weights), strict=True))


def features(question: str, found: Sequence[Found], today: date | None) -> list[Features]:
    """The features of the first RERANKED of `found`; the others count as evidence for their articles."""
    asked = _Asked.of(question)
    tokens = [_TOKEN.findall(each.passage.text.lower()) for each in found]
    stems = [asked.among(each) for each in tokens]
    headed = {each.article.id: each.article.title for each in found}
    titles = {identity: asked.among(_TOKEN.findall(title.lower())) for identity, title in headed.items()}
    rarity = _rarity(asked.stems, stems)
    articles = _articles(found, stems, titles)
    best_words = max((each.words_score for each in found), default=0.0) or 1.0
    described: list[Features] = []
    for each, said, words in zip(found[:RERANKED], stems, tokens, strict=False):
        about, title = articles[each.article.id], titles[each.article.id]
        sequence = [stem(word) for word in words]
        numbers = len(_DIGITS.findall(each.passage.text)) if asked.number else 0
        described.append(
            Features(
                words_rank=_reciprocal(each.words_rank),
                meaning_rank=_reciprocal(each.meaning_rank),
                title=_share(title, rarity),
                passage_or_title=_share(said | title, rarity),
                closeness=_closeness(sequence, rarity),
                pairs=_pairs(sequence, asked.pairs),
                lead=1 / (1 + each.passage.ordinal),
                article_words=sum(sorted(about.words)[-3:]) / best_words / 3,
                article_meaning=max(about.meaning, default=0.0),
                article_coverage=_share(about.said, rarity),
                numbers=math.log1p(numbers),
                percent=float(asked.percent and bool(_PERCENT.search(each.passage.text))),
                money=float(asked.money and bool(_MONEY.search(each.passage.text))),
                recency=_recency(each.article.published, today),
            )
        )
    return described


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of a question is looked for."""

    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    number: bool
    percent: bool
    money: bool

    @classmethod
    def of(cls, question: str) -> _Asked:
        words = _TOKEN.findall(question.lower())
        telling = frozenset(stem(word) for word in words if word not in STOP_WORDS) or frozenset(map(stem, words))
        sequence = [stem(word) for word in words]
        pairs = {pair for pair in pairwise(sequence) if telling.issuperset(pair)}
        percent, money = bool(_ASKS_PERCENT.search(question)), bool(_ASKS_MONEY.search(question))
        number = any(part.wants == "number" for part in read_question(question).parts)
        return cls(telling, frozenset(pairs), number or percent or money, percent, money)

    def among(self, words: Sequence[str]) -> frozenset[str]:
        """The looked-for stems that are among these words."""
        return self.stems.intersection(map(stem, set(words)))


@dataclass(slots=True)
class _About:
    """All that was found of an article: scores of its passages, and which of the looked-for stems they and it say."""

    said: frozenset[str]
    words: list[float]
    meaning: list[float]


def _articles(
    found: Sequence[Found], stems: Sequence[frozenset[str]], titles: Mapping[str, frozenset[str]]
) -> dict[str, _About]:
    articles: dict[str, _About] = {}
    for each, said in zip(found, stems, strict=True):
        about = articles.setdefault(each.article.id, _About(titles[each.article.id], [], []))
        about.said |= said
        about.words.append(each.words_score)
        about.meaning.append(each.meaning_score)
    return articles


def _rarity(wanted: frozenset[str], stems: Sequence[frozenset[str]]) -> dict[str, float]:
    """BM25's inverse document frequency over the passages found, which saves asking the index for the whole library."""
    frequency = Counter(word for said in stems for word in said)
    return {word: math.log1p((len(stems) - frequency[word] + 0.5) / (frequency[word] + 0.5)) for word in wanted}


def _share(said: frozenset[str], rarity: Mapping[str, float]) -> float:
    total = sum(rarity.values())
    return sum(rarity[word] for word in said) / total if total else 0.0


def _closeness(sequence: Sequence[str], rarity: Mapping[str, float]) -> float:
    """The largest share of the question within REACH words of the passage."""
    places = [(at, word) for at, word in enumerate(sequence) if word in rarity]
    inside: dict[str, int] = defaultdict(int)
    best = current = 0.0
    first = 0
    for at, word in places:
        current += 0.0 if inside[word] else rarity[word]
        inside[word] += 1
        while at - places[first][0] > REACH:
            left = places[first][1]
            inside[left] -= 1
            current -= 0.0 if inside[left] else rarity[left]
            first += 1
        best = max(best, current)
    total = sum(rarity.values())
    return best / total if total else 0.0


def _pairs(sequence: Sequence[str], wanted: frozenset[tuple[str, str]]) -> float:
    """The share of the question's neighbouring words that are neighbours here too."""
    if not wanted:
        return 0.0
    return len(wanted.intersection(pairwise(sequence))) / len(wanted)


def _reciprocal(rank: int | None) -> float:
    """Scaled so that the first rank counts 1."""
    return (RANK_SOFTENING + 1) / (RANK_SOFTENING + (NOT_FOUND if rank is None else rank))


def _recency(published: str | None, today: date | None) -> float:
    """1 for an article of that day, falling with its distance; 0 without a day on either side."""
    if today is None or not published:
        return 0.0
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return 0.0
    return math.exp(-abs((today - day).days) / AGEING_DAYS)
