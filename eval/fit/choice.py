"""Learn `eval.benchmarks.choice.WEIGHTS` on RealTimeQA, and print what they are worth on held-out questions.

python -m eval.fit.choice FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import astuple, fields, replace
from pathlib import Path

from eval.benchmarks.choice import Signs, Weights, signs_of, weighed
from eval.benchmarks.corpus import open_corpus
from eval.benchmarks.realtimeqa import CHOICE_PASSAGES, PASSAGE_TOKENS, read_item
from eval.benchmarks.records import find, read_records
from eval.fit.softmax import Group, fit, held_out_scores
from pipeline.embedding import load_embeddings
from pipeline.settings import Settings
from pipeline.types import Question

EMBEDDING = "static"


def main(data: Path) -> Iterator[str]:
    """Fit, and report line by line."""
    import numpy as np

    articles = read_records(find(data, "articles.jsonl"), ("url", "title", "text"))
    records = read_records(find(data, "questions.jsonl"), ("asked", "question", "choices", "answer", "answering_urls"))
    settings = replace(Settings(), passage_tokens=PASSAGE_TOKENS, embedding=EMBEDDING)
    embeddings = load_embeddings(EMBEDDING)
    signs: list[list[Signs]] = []
    groups: list[Group] = []
    with open_corpus("realtimeqa", articles, settings, lambda done, of, what: None) as desk:
        for item in (read_item(record, {}) for record in records):
            evidence = desk.retrieve(Question(item.question), CHOICE_PASSAGES)
            signs.append(signs_of(item.question, item.choices, evidence, embeddings))
            right = np.array([choice == item.answer for choice in item.choices])
            groups.append(Group(np.array([astuple(each) for each in signs[-1]]), right))
    for field in fields(Signs):
        alone = [[getattr(each, field.name) for each in of_one] for of_one in signs]
        yield f"{field.name:<12} alone     {_accuracy(alone, groups):.3f}"
    held_out = [scores[0].tolist() for scores in held_out_scores([[group] for group in groups])]
    yield f"all, held out          {_accuracy(held_out, groups):.3f}"
    yield f"weights as they are    {_accuracy([[weighed(each) for each in of_one] for of_one in signs], groups):.3f}"
    for field, weight in zip(fields(Weights), fit(groups), strict=True):
        yield f"    {field.name}: float = {weight:.2f}"


def _accuracy(scores: list[list[float]], groups: list[Group]) -> float:
    """The share of questions whose best-scored choice, the first of equals, is right."""
    best = [max(range(len(of_one)), key=of_one.__getitem__) for of_one in scores]
    return sum(bool(group.right[at]) for group, at in zip(groups, best, strict=True)) / len(groups)


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in main(Path(sys.argv[1])))
