"""The briefing writer that needs no model: the sentences of the evidence that matter most, without repetition.

    topic → articles that belong → every sentence weighed → bottom line (two) and key points, each with its mark

A sentence weighs by how central its words are to the story (TF-IDF centroid), how near it is to the topic, how early it
stands in its article, how recent the article is, and how many other articles say the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.extractive import Candidate, absent, candidates, is_dangling
from pipeline.questions import content_stems, read_question
from pipeline.writing import NO_ANSWER, Reply, Task, Writer

if TYPE_CHECKING:
    import numpy as np
    from langchain_core.embeddings import Embeddings
    from numpy.typing import NDArray

BOTTOM_LINE = "Bottom line"
KEY_POINTS = "Key points"
BOTTOM_LINE_SENTENCES = 2
KEY_POINT_WORDS = 240

# An article belongs to a topic when it covers at least this share of what the best article covers of the topic's words.
BELONGS = 0.6
# Below this share of the topic's words no article is on the topic.
ON_TOPIC = 0.34
# A sentence is left out when it is this similar to one that was chosen (cosine, stems or embeddings).
REPEATS = 0.72
# Two sentences of different articles this similar say the same thing: each confirms the other.
CONFIRMS = 0.8

_WORDS = regex.compile(r"\w+")
_OPEN_QUOTES, _CLOSED_QUOTES = "“«„", "”»"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each property of a sentence adds to its weight.

    Swept over centrality 0-1, topic .3-.6, lead .5-2, recency 0-.4 on the bundled topics: a plateau of .33-.35 key-fact
    recall around these, against .31 for newest leads filled to the same length.
    """

    centrality: float = 1.0
    topic: float = 0.3
    lead: float = 1.0
    recency: float = 0.4
    confirmed: float = 0.3


WEIGHTS = Weights()


def briefing_writer(embeddings: Embeddings) -> Writer:
    """A writer of briefings: `Task → Reply`, always the same for the same task."""
    from langchain_core.runnables import RunnableLambda

    return RunnableLambda(lambda task: Reply(write_brief(task, embeddings)), name="extractive briefing writer")


def write_brief(task: Task, embeddings: Embeddings) -> str:
    """A draft of two sections made of whole evidence sentences, or a line that refuses and names what is missing."""
    missing = absent(read_question(task.about), task.evidence)
    pool = [] if missing else [item for item in on_topic(task) if stands_alone(item)]
    if not pool:
        return f"{NO_ANSWER} {missing or f'No article in the library is about “{task.about}”.'}"
    weights, vectors = weigh(task.about, pool, embeddings)
    order = sorted(range(len(pool)), key=lambda index: (-weights[index], index))
    chosen = choose(order, pool, vectors, KEY_POINT_WORDS)
    bottom, points = chosen[:BOTTOM_LINE_SENTENCES], chosen[BOTTOM_LINE_SENTENCES:]
    lines = [f"## {BOTTOM_LINE}", " ".join(pool[index].written for index in bottom)]
    if points:
        lines += [f"## {KEY_POINTS}", *(f"- {pool[index].written}" for index in points)]
    return "\n".join(lines)


def on_topic(task: Task) -> list[Candidate]:
    """The sentences of the articles that belong to the topic; none when no article does."""
    wanted = content_stems(task.about)
    said: dict[str, set[str]] = {}
    for item in task.evidence:
        stems = said.setdefault(item.article.id, set(content_stems(item.article.title)))
        stems.update(content_stems(f"{item.passage.heading} {item.passage.text}"))
    share = {article: len(wanted & stems) / max(1, len(wanted)) for article, stems in said.items()}
    best = max(share.values(), default=0.0)
    if best < ON_TOPIC:
        return []
    return candidates([item for item in task.evidence if share[item.article.id] >= BELONGS * best])


def stands_alone(item: Candidate) -> bool:
    """Whether a sentence can be read by itself: no dangling pronoun, no half quotation, no scrap, no question."""
    text = item.sentence.text
    length = len(_WORDS.findall(text))
    opened = sum(text.count(mark) for mark in _OPEN_QUOTES)
    closed = sum(text.count(mark) for mark in _CLOSED_QUOTES)
    whole = opened == closed and text.count('"') % 2 == 0
    return whole and 6 <= length <= 60 and not is_dangling(text) and text.rstrip("”’\"'").endswith((".", "!"))


def weigh(
    topic: str, pool: Sequence[Candidate], embeddings: Embeddings, weights: Weights = WEIGHTS
) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """The weight of each sentence, shape (sentences,), and their vectors, shape (sentences, dimension)."""
    import numpy as np

    from pipeline.embedding import embed

    vectors = embed(embeddings, [topic, *(item.sentence.text for item in pool)])
    near, sentences = vectors[1:] @ vectors[0], vectors[1:]
    articles = [item.evidence.article.id for item in pool]
    alike = sentences @ sentences.T > CONFIRMS
    confirmed = np.array(
        [
            len({other for other, same in zip(articles, row, strict=True) if same and other != own})
            for own, row in zip(articles, alike, strict=True)
        ]
    )
    return (
        weights.centrality * _centrality(pool)
        + weights.topic * near
        + weights.lead * np.array([_lead(item) for item in pool])
        + weights.recency * _recency(pool)
        + weights.confirmed * np.minimum(confirmed, 2) / 2
    ), sentences


def choose(order: Sequence[int], pool: Sequence[Candidate], vectors: NDArray[np.float32], words: int) -> list[int]:
    """The first sentences in order until so many words are filled, leaving out what repeats a chosen one."""
    chosen: list[int] = []
    room = words
    for index in order:
        length = len(_WORDS.findall(pool[index].sentence.text))
        if length > room or any(_repeats(index, other, pool, vectors) for other in chosen):
            continue
        chosen.append(index)
        room -= length
    return chosen


def _repeats(one: int, other: int, pool: Sequence[Candidate], vectors: NDArray[np.float32]) -> bool:
    a, b = pool[one].stems, pool[other].stems
    shared = len(a & b) / max(1, min(len(a), len(b)))
    return shared > REPEATS or float(vectors[one] @ vectors[other]) > CONFIRMS


def _centrality(pool: Sequence[Candidate]) -> NDArray[np.float64]:
    """Cosine of each sentence's TF-IDF with the centroid of all, scaled to at most 1 (Radev et al., MEAD, 2004).

    The frequencies count articles, not sentences, so that one long article does not set the story.
    """
    import numpy as np

    articles: dict[str, set[str]] = {}
    for item in pool:
        articles.setdefault(item.evidence.article.id, set()).update(item.stems)
    spread = Counter(stem for stems in articles.values() for stem in stems)
    within = Counter(stem for item in pool for stem in item.stems)
    centroid = {stem: spread[stem] * math.log(1 + len(pool) / within[stem]) for stem in within}
    length = [math.sqrt(len(item.stems)) for item in pool]
    raw = np.array(
        [sum(centroid[stem] for stem in item.stems) / max(1.0, root) for item, root in zip(pool, length, strict=True)]
    )
    return np.asarray(raw / max(float(raw.max(initial=0.0)), 1e-9))


def _lead(item: Candidate) -> float:
    """1 for the first sentence of an article, falling with its place; later passages count as deep."""
    return 1 / (1 + item.position - 1 + 6 * item.evidence.passage.ordinal)


def _recency(pool: Sequence[Candidate]) -> NDArray[np.float64]:
    """From 0 for the oldest article to 1 for the newest, by rank; an undated article is in the middle."""
    import numpy as np

    days = sorted({item.evidence.article.published for item in pool if item.evidence.article.published})
    steps = max(1, len(days) - 1)
    place = {day: rank / steps for rank, day in enumerate(days)}
    return np.array([place.get(item.evidence.article.published or "", 0.5) for item in pool])
