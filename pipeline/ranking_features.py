"""What tells the passages of a question apart, beyond their places in two rankings.

How much of the question stands in a passage, how close together, and in the title; how much of it the article covers
with all that was found of it; whether the passage holds the kind of thing asked for; whether what it names beside the
question is named by other articles too; how far its day lies from the time of the question.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from pipeline.questions import STOP_WORDS, read_question, stem
from pipeline.types import ArticleInfo
from pipeline.understood import Period
from pipeline.wordprints import Outline, WordPrint, folded, number_of, tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# So many of the fused candidates are looked at closely; the rest only tell how much of an article was found. 100 and
# 120 buy no more.
RERANKED = 60

# What is left of "insurer's" and "they've" when words are runs of letters.
_ENDINGS = frozenset(("s", "t", "ll", "re", "ve"))

# Words within so many of one another are close.
REACH = 30
# A name or figure this close to such a share of the question, by rarity, may be what is asked for.
NEAR_REACH = 20
NEAR = 0.3
# News tells the main thing first, a long text does not: where fewer of the candidates than this share are of different
# articles, standing first counts less.
SHORT_TEXTS = 0.25
# How fast an article ages beside the time of the question: by a factor e in so many days.
AGEING_DAYS = 30.0
# A rank r in a ranking counts 1 / (RANK_SOFTENING + r), as in reciprocal rank fusion; a missing one as NOT_FOUND.
RANK_SOFTENING = 60
NOT_FOUND = 400

# The words of a text with accents written apart from their letters.
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")
_ASKS_PERCENT = regex.compile(r"\bper ?cent(?:age)?\b|%|\bwhat (?:share|proportion)\b", regex.IGNORECASE)
_ASKS_MONEY = regex.compile(
    r"\bhow much\b|\b(?:what|which)\b.{0,30}\b(?:cost|price|worth|fine|sum|amount)\b", regex.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate, with its rank and score among words (BM25) and meanings (cosine); rank None: not among them."""

    passage: Outline
    article: ArticleInfo
    words_rank: int | None
    words_score: float
    meaning_rank: int | None
    meaning_score: float


@dataclass(frozen=True, slots=True)
class Features:
    """What is seen of one candidate. Shares are of the question's words by rarity, so most are from 0 to 1; `words` is
    its BM25 as a share of the best.

    `passage_or_title_rare` and `article_coverage` weigh the words by their rarity in the whole library, the others by
    that among the candidates.
    """

    words: float
    meaning_rank: float
    title: float
    passage_or_title: float
    passage_or_title_rare: float
    closeness: float
    pairs: float
    lead: float
    article_words: float
    article_meaning: float
    article_coverage: float
    numbers: float
    percent: float
    money: float
    named_who: float
    named_what: float
    shared: float
    shared_near: float
    recency: float


@dataclass(frozen=True, slots=True)
class Asking:
    """A question, and what is known of it beside its text.

    `held` says of its stems how many of the `passages` of the library have them. `periods` are the times that it names
    and `today` is the day from which it looks back, None when that does not matter. `respelled` has for the stem of
    another spelling of a word the stem of the word as it was asked.
    """

    text: str
    held: Mapping[str, int] = field(default_factory=dict)
    passages: int = 0
    periods: tuple[Period, ...] = ()
    today: date | None = None
    respelled: Mapping[str, str] = field(default_factory=dict)


def telling_words(question: str) -> frozenset[str]:
    """The words of a question that carry meaning, in lower case; all its words when none does."""
    words = frozenset(_lower_words(question))
    return words - STOP_WORDS - _ENDINGS or words


def matches(text: str, asking: Asking) -> list[tuple[int, int]]:
    """Where a text says a word of the question, in any form or spelling: half-open spans of it."""
    stems = frozenset(map(stem, telling_words(asking.text)))
    return [
        match.span()
        for match in _WORD.finditer(text)
        if (root := stem(folded(match.group()).lower())) in stems or root in asking.respelled
    ]


def features(asking: Asking, found: Sequence[Found]) -> list[Features]:
    """The features of the first RERANKED of `found`, which comes in fused order; the others count as evidence for
    their articles."""
    asked = _Asked.of(asking)
    places = asked.places([each.passage.words.words for each in found])
    said = [frozenset(word for _, word in its) for its in places]
    prints = {each.article.id: each.passage.words.title for each in found}
    headed = asked.places(list(prints.values()))
    titles = {id_: frozenset(word for _, word in its) for id_, its in zip(prints, headed, strict=True)}
    near = [_Read.of(each.passage.words, its, asked) for each, its in zip(found[:RERANKED], places, strict=False)]
    rarity = _rarity(asked.stems, Counter(word for one in said for word in one), len(found))
    in_library = _rarity(asked.stems, asking.held, max(asking.passages, *asking.held.values(), 0))
    articles = _articles(found, said, titles)
    best_words = max((each.words_score for each in found), default=0.0) or 1.0
    shared = _Shared.of(
        [each.article.id for each in found[:RERANKED]],
        [one.named for one in near],
        [_share(one.said | titles[each.article.id], rarity) ** 2 for each, one in zip(found, near, strict=False)],
    )
    variety = len({each.article.id for each in found[:RERANKED]}) / max(1, len(found[:RERANKED]))
    short = min(1.0, variety / SHORT_TEXTS)
    described: list[Features] = []
    for each, one in zip(found, near, strict=False):
        about, title, words = articles[each.article.id], titles[each.article.id], each.passage.words
        named = math.log1p(len(one.named))
        described.append(
            Features(
                words=each.words_score / best_words,
                meaning_rank=_reciprocal(each.meaning_rank),
                title=_share(title, rarity),
                passage_or_title=_share(one.said | title, rarity),
                passage_or_title_rare=_share(one.said | title, in_library),
                closeness=_closeness(one.places, rarity),
                pairs=_pairs(one.places, asked.pairs),
                lead=short / (1 + each.passage.ordinal),
                article_words=sum(sorted(about.words)[-3:]) / best_words / 3,
                article_meaning=max(about.meaning, default=0.0),
                article_coverage=_share(about.said, in_library),
                numbers=math.log1p(words.figures) if asked.number else 0.0,
                percent=float(asked.percent and words.percent),
                money=float(asked.money and words.money),
                named_who=named if asked.wants in ("person", "place") else 0.0,
                named_what=named if asked.wants == "anything" else 0.0,
                shared=sum(shared.best(one.named, each.article.id)) / 3,
                shared_near=max(shared.best(one.named_near(rarity), each.article.id), default=0.0),
                recency=_recency(each.article.published, asking),
            )
        )
    return described


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of a question is looked for.

    `numbers` are, in ascending order, those of the stems that are met, and `met` the looked-for stem of each: its own,
    or that of another spelling. `own_words` are the numbers of all its words.
    """

    stems: frozenset[str]
    own_words: frozenset[int]
    pairs: frozenset[tuple[str, str]]
    wants: str
    number: bool
    percent: bool
    money: bool
    numbers: NDArray[np.uint32]
    met: tuple[str, ...]

    @classmethod
    def of(cls, asking: Asking) -> _Asked:
        import numpy as np

        words = _lower_words(asking.text)
        telling = frozenset(map(stem, telling_words(asking.text)))
        pairs = {pair for pair in pairwise(map(stem, words)) if telling.issuperset(pair)}
        percent, money = bool(_ASKS_PERCENT.search(asking.text)), bool(_ASKS_MONEY.search(asking.text))
        parts = read_question(asking.text).parts
        number = percent or money or any(part.wants == "number" for part in parts)
        met = {number_of(root): root for root in telling if root not in asking.respelled}
        met |= {number_of(other): root for other, root in asking.respelled.items() if root in telling}
        numbers = sorted(met)
        return cls(
            telling,
            frozenset(map(number_of, words)),
            frozenset(pairs),
            parts[-1].wants,
            number,
            percent,
            money,
            np.array(numbers, dtype=np.uint32),
            tuple(met[each] for each in numbers),
        )

    def places(self, texts: Sequence[NDArray[np.uint32]]) -> list[list[tuple[int, str]]]:
        """Where each text, given as the numbers of its words, says a looked-for stem, and which."""
        import numpy as np

        found: list[list[tuple[int, str]]] = [[] for _ in texts]
        if not texts or not self.met:
            return found
        said = np.concatenate(texts)
        at = np.minimum(np.searchsorted(self.numbers, said), len(self.numbers) - 1)
        hits = np.flatnonzero(self.numbers[at] == said)
        ends = np.cumsum([len(text) for text in texts])
        owners = np.searchsorted(ends, hits, side="right")
        starts = ends - np.array([len(text) for text in texts])
        for owner, place, which in zip(
            owners.tolist(), (hits - starts[owners]).tolist(), at[hits].tolist(), strict=True
        ):
            found[owner].append((place, self.met[which]))
        return found


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage as the looked-for stems that are in it and where they stand; and the names and figures in it that are
    not in the question, by number, with where they stand."""

    said: frozenset[str]
    places: list[tuple[int, str]]
    named: dict[int, list[int]]

    @classmethod
    def of(cls, words: WordPrint, places: list[tuple[int, str]], asked: _Asked) -> _Read:
        taken = {at for at, _ in places}
        named: dict[int, list[int]] = {}
        for at, name in zip(words.name_places.tolist(), words.names.tolist(), strict=True):
            if name not in asked.own_words and at not in taken:
                named.setdefault(name, []).append(at)
        return cls(frozenset(word for _, word in places), places, named)

    def named_near(self, rarity: Mapping[str, float]) -> list[int]:
        """What is named within NEAR_REACH words of a share of NEAR of the question."""
        least = NEAR * math.fsum(rarity.values())
        if math.fsum(rarity[word] for word in self.said) <= least:
            return []
        starts = [at for at, _ in self.places]

        def near(place: int) -> bool:
            around = self.places[bisect_left(starts, place - NEAR_REACH) : bisect_right(starts, place + NEAR_REACH)]
            return math.fsum(rarity[word] for word in {word for _, word in around}) > least

        return [name for name, places in self.named.items() if any(map(near, places))]


@dataclass(frozen=True, slots=True)
class _Shared:
    """How much speaks for each name and figure: the passages that have it, each by how well it covers the question;
    in all, and of each article."""

    support: Mapping[int, float]
    within: Mapping[tuple[int, str], float]
    top: float

    @classmethod
    def of(cls, articles: Sequence[str], named: Sequence[Iterable[int]], weights: Sequence[float]) -> _Shared:
        support: dict[int, float] = defaultdict(float)
        within: dict[tuple[int, str], float] = defaultdict(float)
        for article, names, weight in zip(articles, named, weights, strict=True):
            for name in names:
                support[name] += weight
                within[name, article] += weight
        return cls(support, within, max(support.values(), default=0.0) or 1.0)

    def best(self, names: Iterable[int], article: str) -> list[float]:
        """The three highest supports, as shares of the best, that these names have from other articles."""
        own = ((self.support[name] - self.within.get((name, article), 0.0)) / self.top for name in names)
        return sorted(own, reverse=True)[:3]


@dataclass(slots=True)
class _About:
    """All that was found of an article: scores of its passages, and which of the looked-for stems they and it say."""

    said: frozenset[str]
    words: list[float]
    meaning: list[float]


def _articles(
    found: Sequence[Found], said: Sequence[frozenset[str]], titles: Mapping[str, frozenset[str]]
) -> dict[str, _About]:
    articles: dict[str, _About] = {}
    for each, one in zip(found, said, strict=True):
        about = articles.setdefault(each.article.id, _About(titles[each.article.id], [], []))
        about.said |= one
        about.words.append(each.words_score)
        about.meaning.append(each.meaning_score)
    return articles


def _rarity(wanted: frozenset[str], held: Mapping[str, int], of: int) -> dict[str, float]:
    """BM25's inverse document frequency of each wanted word, of which so many of all have it."""
    return {word: math.log1p((of - held.get(word, 0) + 0.5) / (held.get(word, 0) + 0.5)) for word in wanted}


def _share(said: Iterable[str], rarity: Mapping[str, float]) -> float:
    # fsum: sets come in another order in every process, and a plain sum differs with it in its last bit.
    total = math.fsum(rarity.values())
    return math.fsum(rarity[word] for word in said) / total if total else 0.0


def _closeness(places: Sequence[tuple[int, str]], rarity: Mapping[str, float]) -> float:
    """The largest share of the question within REACH words of the passage."""
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
    total = math.fsum(rarity.values())
    return best / total if total else 0.0


def _pairs(places: Sequence[tuple[int, str]], wanted: frozenset[tuple[str, str]]) -> float:
    """The share of the question's neighbouring words that are neighbours here too."""
    if not wanted:
        return 0.0
    here = {(one, other) for (at, one), (after, other) in pairwise(places) if after == at + 1}
    return len(wanted & here) / len(wanted)


def _reciprocal(rank: int | None) -> float:
    """Scaled so that the first rank counts 1."""
    return (RANK_SOFTENING + 1) / (RANK_SOFTENING + (NOT_FOUND if rank is None else rank))


def _recency(published: str | None, asking: Asking) -> float:
    """1 for an article of the time that the question names, else of its day, falling with the distance from it; 0
    without a day on either side."""
    if not published or (not asking.periods and asking.today is None):
        return 0.0
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return 0.0
    away = [period.distance(day) for period in asking.periods]
    if asking.today is not None and not away:
        away = [abs((asking.today - day).days)]
    return math.exp(-min(away) / AGEING_DAYS)


def _lower_words(text: str) -> list[str]:
    return [word.lower() for word in tokens(text)]
