"""Learn `eval.benchmarks.choice.WEIGHTS` on RealTimeQA, and print what they are worth on held-out questions.

python -m eval.fit.choice FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import astuple, fields, replace
from pathlib import Path

from eval.benchmarks.choice import Signs, Weights, chosen, signs_of, weighed
from eval.benchmarks.corpus import open_corpus
from eval.benchmarks.realtimeqa import CHOICE_PASSAGES, PASSAGE_TOKENS, read_item
from eval.benchmarks.records import find, read_records
from eval.fit.softmax import Group, fit, held_out_scores
from pipeline.embedding import load_embeddings
from pipeline.settings import Settings
from pipeline.types import Question

EMBEDDING = "static"
# Ways in which the questions are dealt into folds.
SHUFFLES = 5


def main(data: Path) -> Iterator[str]:
    """Fit, and report line by line."""
    import numpy as np

    articles = read_records(find(data, "articles.jsonl"), ("url", "title", "text"))
    records = read_records(find(data, "questions.jsonl"), ("asked", "question", "choices", "answer", "answering_urls"))
    settings = replace(Settings(), passage_tokens=PASSAGE_TOKENS, embedding=EMBEDDING)
    embeddings = load_embeddings(EMBEDDING)
    signs: list[list[Signs]] = []
    groups: list[Group] = []
    questions: list[str] = []
    with open_corpus("realtimeqa", articles, settings, lambda done, of, what: None) as desk:
        for item in (read_item(record, {}) for record in records):
            evidence = desk.retrieve(Question(item.question, day=item.asked), CHOICE_PASSAGES)
            signs.append(signs_of(item.question, item.choices, evidence, embeddings, item.asked))
            questions.append(item.question)
            right = np.array([choice == item.answer for choice in item.choices])
            groups.append(Group(np.array([astuple(each) for each in signs[-1]]), right))
    for field in fields(Signs):
        alone = [[getattr(each, field.name) for each in of_one] for of_one in signs]
        yield f"{field.name:<12} alone     {_accuracy(questions, alone, groups):.3f}"
    for seed in range(SHUFFLES):
        held_out = [scores[0].tolist() for scores in held_out_scores([[group] for group in groups], seed)]
        yield f"all, held out          {_accuracy(questions, held_out, groups):.3f}"
    as_they_are = [[weighed(each) for each in of_one] for of_one in signs]
    yield f"weights as they are    {_accuracy(questions, as_they_are, groups):.3f}"
    for field, weight in zip(fields(Weights), fit(groups), strict=True):
        yield f"    {field.name}: float = {weight:.2f}"


def _accuracy(questions: list[str], scores: list[list[float]], groups: list[Group]) -> float:
    """The share of questions for which the right choice is chosen."""
    best = [chosen(question, of_one) for question, of_one in zip(questions, scores, strict=True)]
    return sum(bool(group.right[at]) for group, at in zip(groups, best, strict=True)) / len(groups)


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in main(Path(sys.argv[1])))
