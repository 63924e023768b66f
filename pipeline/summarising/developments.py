"""The developments of a story: articles that report one step of it, by what they say and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipeline.summarising.weighing import tfidf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.summarising.lines import Line

# Articles this similar (mean TF-IDF cosine, halved for every `HALVES` days between them) report one development.
SAME_STEP = 0.3
HALVES = 2.0


@dataclass(frozen=True, slots=True)
class Development:
    """One step of a story: the indices of its lines, and the day of its newest article."""

    lines: tuple[int, ...]
    articles: frozenset[str]
    day: date | None


def find_developments(lines: Sequence[Line], most: int) -> tuple[Development, ...]:
    """The developments of a story, the oldest first; at most `most`, the most alike joined until they are no more.

    Average-link agglomeration over articles; copies of one wire story are always together.
    """
    import numpy as np

    articles = list(dict.fromkeys(line.article for line in lines))
    of_article = {
        article: [index for index, line in enumerate(lines) if line.article == article] for article in articles
    }
    alike = _alike(lines, articles, of_article)
    groups = [[number] for number in range(len(articles))]
    # The mean likeness of every two groups; joining two averages their rows by size (Lance and Williams, 1967).
    between = alike.copy()
    np.fill_diagonal(between, -1.0)
    while len(groups) > 1:
        one, other = sorted(map(int, np.unravel_index(int(np.argmax(between)), between.shape)))
        if between[one, other] < SAME_STEP and len(groups) <= most:
            break
        sizes = len(groups[one]), len(groups[other])
        joined = (between[one] * sizes[0] + between[other] * sizes[1]) / sum(sizes)
        between[one], between[:, one] = joined, joined
        between[one, one] = -1.0
        between = np.delete(np.delete(between, other, axis=0), other, axis=1)
        groups[one] += groups.pop(other)
    found = []
    for group in groups:
        held = tuple(index for number in group for index in of_article[articles[number]])
        days = [day for index in held if (day := lines[index].day)]
        found.append(Development(held, frozenset(articles[number] for number in group), max(days, default=None)))
    return tuple(sorted(found, key=lambda one: (one.day or date.max, one.lines)))


def _alike(lines: Sequence[Line], articles: Sequence[str], of_article: dict[str, list[int]]) -> NDArray[np.float64]:
    """How much each two articles are alike, shape (articles, articles); 1 for copies of one wire story."""
    import numpy as np

    vectors = tfidf(lines)
    centroids = np.stack([vectors[of_article[article]].sum(axis=0) for article in articles]).astype(float)
    centroids /= np.maximum(np.linalg.norm(centroids, axis=1, keepdims=True), 1e-9)
    alike = centroids @ centroids.T
    for one, article in enumerate(articles):
        for other, another in enumerate(articles):
            first, second = lines[of_article[article][0]], lines[of_article[another][0]]
            if first.origin == second.origin:
                alike[one, other] = 1.0
            elif first.day and second.day:
                alike[one, other] *= 0.5 ** (abs((first.day - second.day).days) / HALVES)
    return np.asarray(alike)
