"""Ways to summarise that everything else is measured against: leads, LexRank, TextRank, LSA, centroid with MMR.

Each takes evidence and a number of words, and fills them with whole sentences, best first, leaving out those that no
longer fit.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, TypeAlias

from pipeline.questions import STOP_WORDS, stem, words
from pipeline.types import Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Baseline: TypeAlias = Callable[[Sequence[Evidence], int], list[str]]
"""Evidence and a number of words to the sentences that fill them."""

# Damping of the random walk, of LexRank and TextRank both.
_DAMPING = 0.85
# Edges of LexRank's graph: pairs of sentences at least this similar (Erkan and Radev, JAIR 2004, who swept it).
_EDGE = 0.1
# What a single occurrence counts in LSA beside the most frequent term of its sentence.
_SMOOTH = 0.4
# What an MMR step gives to weight, the rest to novelty (Carbonell and Goldstein, SIGIR 1998; 0.7 is customary).
_MMR = 0.7
# What a sentence at the head of its article gains beside the centroid, falling with its place.
_LEAD_BONUS = 0.5


def lead(evidence: Sequence[Evidence], budget: int) -> list[str]:
    """The first sentences of the articles in turn: all first ones, all second ones, and so on."""
    turns = zip_longest(*_by_article(evidence))
    return _fill((text for text in chain.from_iterable(turns) if text), budget)


def lexrank(evidence: Sequence[Evidence], budget: int) -> list[str]:
    """By PageRank over sentences linked where their TF-IDF cosine is at least 0.1 (Erkan and Radev, JAIR 2004)."""
    import numpy as np

    texts = list(chain.from_iterable(_by_article(evidence)))
    similar = _cosines(texts)
    return _fill(_ranked(texts, _walk(np.where(similar >= _EDGE, 1.0, 0.0))), budget)


def textrank(evidence: Sequence[Evidence], budget: int) -> list[str]:
    """By PageRank over sentences linked by shared words, by the logs of their lengths (Mihalcea and Tarau, 2004)."""
    import numpy as np

    texts = list(chain.from_iterable(_by_article(evidence)))
    stems = [set(_stems(text)) for text in texts]
    links = np.zeros((len(texts), len(texts)))
    for row, one in enumerate(stems):
        for column, other in enumerate(stems[:row]):
            size = math.log(max(len(one), 1)) + math.log(max(len(other), 1))
            links[row, column] = links[column, row] = len(one & other) / size if size else 0.0
    return _fill(_ranked(texts, _walk(links)), budget)


def centroid(evidence: Sequence[Evidence], budget: int) -> list[str]:
    """By likeness to the TF-IDF centroid and place in the article, chosen by maximal marginal relevance."""
    import numpy as np

    articles = _by_article(evidence)
    texts = list(chain.from_iterable(articles))
    if not texts:
        return []
    place = np.array([1 / (1 + position) for article in articles for position in range(len(article))])
    matrix = _tfidf(texts)
    middle = matrix.mean(axis=0)
    weight = matrix @ middle / (float(np.linalg.norm(middle)) or 1.0) + _LEAD_BONUS * place
    similar = matrix @ matrix.T
    chosen: list[int] = []
    room = budget
    rest = set(range(len(texts)))
    while rest:
        closest = similar[:, chosen].max(axis=1) if chosen else np.zeros(len(texts))
        best = max(sorted(rest), key=lambda index: _MMR * weight[index] - (1 - _MMR) * closest[index])
        rest.remove(best)
        if len(texts[best].split()) <= room:
            chosen.append(best)
            room -= len(texts[best].split())
    return [texts[index] for index in chosen]


def lsa(evidence: Sequence[Evidence], budget: int) -> list[str]:
    """By length in the space of topics by singular value decomposition, strong ones counting more (Steinberger and
    Ježek, 2004); term frequencies are smoothed as in `sumy`."""
    import numpy as np

    texts = list(chain.from_iterable(_by_article(evidence)))
    counts = [Counter(_stems(text)) for text in texts]
    column = {term: index for index, term in enumerate(dict.fromkeys(chain.from_iterable(counts)))}
    matrix = np.zeros((len(texts), len(column)))
    for row, count in enumerate(counts):
        for term, times in count.items():
            matrix[row, column[term]] = _SMOOTH + (1 - _SMOOTH) * times / max(count.values())
    if not matrix.size:
        return _fill(texts, budget)
    of_sentences, strength, _ = np.linalg.svd(matrix, full_matrices=False)
    return _fill(_ranked(texts, np.linalg.norm(of_sentences * strength**2, axis=1)), budget)


WRITERS: dict[str, Baseline] = {
    "lead": lead,
    "lexrank": lexrank,
    "textrank": textrank,
    "lsa": lsa,
    "centroid": centroid,
}


def _by_article(evidence: Sequence[Evidence]) -> list[list[str]]:
    articles: dict[str, list[str]] = {}
    for item in evidence:
        articles.setdefault(item.article.id, []).extend(sentence.text for sentence in item.passage.sentences)
    return list(articles.values())


def _fill(texts: Iterable[str], budget: int) -> list[str]:
    chosen: list[str] = []
    for text in texts:
        length = len(text.split())
        if length <= budget:
            chosen.append(text)
            budget -= length
    return chosen


def _ranked(texts: Sequence[str], weights: NDArray[np.float64]) -> list[str]:
    return [texts[index] for index in sorted(range(len(texts)), key=lambda index: (-weights[index], index))]


def _walk(links: NDArray[np.float64]) -> NDArray[np.float64]:
    """The stationary distribution of a random walk over the links; a sentence without any leads anywhere."""
    import numpy as np

    size = len(links)
    if not size:
        return np.zeros(0)
    links = links.copy()
    np.fill_diagonal(links, 0.0)
    degrees = links.sum(axis=1, keepdims=True)
    steps = np.where(degrees > 0, links / np.where(degrees > 0, degrees, 1), 1 / size)
    rank = np.full(size, 1 / size)
    for _ in range(100):
        moved = (1 - _DAMPING) / size + _DAMPING * (rank @ steps)
        if float(np.abs(moved - rank).sum()) < 1e-9:
            break
        rank = moved
    return np.asarray(rank)


def _cosines(texts: Sequence[str]) -> NDArray[np.float64]:
    matrix = _tfidf(texts)
    return matrix @ matrix.T


def _tfidf(texts: Sequence[str]) -> NDArray[np.float64]:
    """One row of length 1 a sentence, one column a stem; the frequencies are of these sentences."""
    import numpy as np

    counts = [Counter(_stems(text)) for text in texts]
    frequency = Counter(term for count in counts for term in count)
    column = {term: index for index, term in enumerate(frequency)}
    matrix = np.zeros((len(texts), len(column)))
    for row, count in enumerate(counts):
        for term, times in count.items():
            matrix[row, column[term]] = times * math.log(1 + len(texts) / frequency[term])
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(lengths == 0, 1, lengths))


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in STOP_WORDS]
