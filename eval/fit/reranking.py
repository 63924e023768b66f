"""Learn `pipeline.reranking.WEIGHTS` on RealTimeQA, and print what each kind of feature buys on held-out questions.

    python -m eval.fit.reranking FOLDER

Each question with an answering article is asked twice, without a day and on its day, so that one set of weights serves
both. Folds are of questions, never of the two ways to ask one.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from eval.benchmarks.corpus import open_corpus, same_story
from eval.benchmarks.realtimeqa import PASSAGE_TOKENS, Item, is_hit, read_item
from eval.benchmarks.records import find, read_records
from eval.fit.softmax import Group, fit, held_out_scores
from pipeline.embedding import embed_question, load_embeddings
from pipeline.ranking_features import RERANKED, Features, Found, features
from pipeline.reranking import DEPTH, found_in
from pipeline.retrieval import RetrievalPolicy, fuse, understand
from pipeline.settings import Settings
from pipeline.types import Evidence, Question

if TYPE_CHECKING:
    from pipeline.embedding import Embeddings
    from pipeline.library import Library

EMBEDDING = "static"
RANKS = (1, 4, 10, 20)
WAYS = ("without a day", "on its day")
AN_ARTICLE = RetrievalPolicy().an_article

STEPS = (
    ("its score among words, its place among meanings", ("words", "meaning_rank")),
    (
        "how much of the question, where",
        ("title", "passage_or_title", "passage_or_title_rare", "closeness", "pairs", "lead"),
    ),
    ("the whole article", ("article_words", "article_meaning", "article_coverage")),
    ("the kind of thing asked for", ("numbers", "percent", "money", "named_who", "named_what")),
    ("what other articles name too", ("shared", "shared_near")),
    ("the time asked about", ("recency",)),
)
"""The features in the order in which the ablation adds them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked in one way: the passages to put in order, fused, their features, and which answer it."""

    candidates: tuple[Found, ...]
    group: Group


def main(data: Path) -> Iterator[str]:
    """Fit, and report line by line."""
    articles = read_records(find(data, "articles.jsonl"), ("url", "title", "text"))
    twins = same_story(articles)
    records = read_records(find(data, "questions.jsonl"), ("asked", "question", "choices", "answer", "answering_urls"))
    items = [item for item in (read_item(record, twins) for record in records) if item.answering]
    settings = replace(Settings(), passage_tokens=PASSAGE_TOKENS, embedding=EMBEDDING)
    embeddings = load_embeddings(EMBEDDING)
    with open_corpus("realtimeqa", articles, settings, lambda done, of, what: None) as desk:
        asked = [tuple(_asked(desk.library, embeddings, item, today) for today in (None, item.asked)) for item in items]
    for way, name in enumerate(WAYS):
        found = [ways[way] for ways in asked]
        yield f"{name:<14} {'fused':<32} {_hit_rates(found, [range(0, -len(each.candidates), -1) for each in found])}"
    names = [field.name for field in fields(Features)]
    used: list[int] = []
    for step, added in STEPS:
        used += [names.index(name) for name in added]
        scores = held_out_scores(
            [[Group(way.group.features[:, used], way.group.right) for way in ways] for ways in asked]
        )
        for way, name in enumerate(WAYS):
            found = [ways[way] for ways in asked]
            yield f"{name:<14} {'+ ' + step:<32} {_hit_rates(found, [its[way].tolist() for its in scores])}"
    learned = fit([way.group for ways in asked for way in ways])
    for field, weight in zip(fields(Features), learned, strict=True):
        yield f"    {field.name}={weight:.2f},"


def _asked(library: Library, embeddings: Embeddings, item: Item, today: date | None) -> Asked:
    question = Question(item.question, day=today)
    words = library.search_words(item.question, DEPTH)
    meaning = library.search_vectors(embed_question(embeddings, item.question), DEPTH)
    policy = RetrievalPolicy()
    scores = fuse(((policy.words_weight, words), (policy.vectors_weight, meaning)))
    ranked = sorted(scores, key=lambda passage_id: (-scores[passage_id], passage_id))
    found = found_in(library.outlines(ranked), words, meaning)
    rows = [astuple(values) for values in features(understand(library, question), found)]
    texts = library.passages([each.passage.id for each in found[:RERANKED]])
    right = [is_hit([Evidence(1, passage, article, 0.0)], item) for passage, article in texts]
    group = Group(np.array(rows).reshape(len(right), len(fields(Features))), np.array(right, dtype=np.bool_))
    return Asked(tuple(found[:RERANKED]), group)


def _hit_rates(asked: Sequence[Asked], scores: Sequence[Sequence[float]]) -> str:
    """Hits by rank, at most AN_ARTICLE passages an article, as retrieval shows them."""
    ranks = [_first_right(each, its) for each, its in zip(asked, scores, strict=True)]
    return "  ".join(f"@{k} {sum(rank <= k for rank in ranks) / len(ranks):.3f}" for k in RANKS)


def _first_right(asked: Asked, scores: Sequence[float]) -> float:
    shown: Counter[str] = Counter()
    rank = 0
    for index in sorted(range(len(scores)), key=lambda index: -scores[index]):
        article = asked.candidates[index].article.id
        if shown[article] == AN_ARTICLE:
            continue
        shown[article] += 1
        rank += 1
        if asked.group.right[index]:
            return rank
    return float("inf")


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in main(Path(sys.argv[1])))
