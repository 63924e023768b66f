"""CLAPnq (Rosenthal et al., arXiv 2404.02103): an answer of a few sentences from one given passage, or none.

Data: `answerable.jsonl[.gz]` and `unanswerable.jsonl[.gz]` in the benchmark's own format. Each passage becomes the one
piece of evidence, sentence by sentence as annotated, and the extractive writer answers from it.

`rouge_l`      ROUGE-L F1 (Porter stems) against the reference answer, the best over its annotators; a refusal scores 0
`sentence_f1`  F1 of the cited against the selected sentences, the best over the annotators; a refusal scores 0
`answerability_auroc`  how well the writer's own answerability tells answerable from unanswerable questions
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.benchmarks.records import Record, find, read_records
from eval.metrics.answer import rouge_l
from eval.parallel import in_order
from pipeline.settings import Settings
from pipeline.tokens import count_tokens
from pipeline.types import ArticleInfo, Evidence, Passage, Sentence
from pipeline.writing import Task

if TYPE_CHECKING:
    from eval.benchmarks import How, Progress

# Measured earlier on a dev half, with another scorer than this. "Top 4" are the four sentences nearest to the question
# by static embeddings.
BASELINES = {
    "whole passage": {"rouge_l": 0.50},
    "first 4 sentences": {"rouge_l": 0.49},
    "top 4 sentences": {"rouge_l": 0.53, "sentence_f1": 0.60, "answerability_auroc": 0.72},
}

_FIELDS = ("id", "input", "passages", "output")


@dataclass(frozen=True, slots=True)
class Written:
    """What the writer made of a passage: its text, None for a refusal, and the sentences it cites."""

    text: str | None
    cited: frozenset[str]


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """Answer every question from its passage; `limit` takes so many answerable and so many unanswerable ones."""
    answerable = read_records(find(data, "answerable.jsonl"), _FIELDS, limit)
    unanswerable = read_records(find(data, "unanswerable.jsonl"), _FIELDS, limit)
    answers: list[Written] = []
    scores: list[float] = []
    records = [*answerable, *unanswerable]
    for answer, score in in_order(answering, settings.embedding or "", records, how.jobs):
        answers.append(answer)
        scores.append(score)
        progress(len(answers), len(records), "questions")
    return _figures(answerable, answers, scores)


@contextmanager
def answering(embedding: str) -> Iterator[Callable[[Record], tuple[Written, float]]]:
    """What answers a record's question from its passage, and how likely it is that there is an answer, in log odds."""
    from pipeline.embedding import STATIC, load_embeddings
    from pipeline.extractive import answerability, write_answer

    embeddings = load_embeddings(embedding or STATIC)

    def answer(record: Record) -> tuple[Written, float]:
        evidence = evidence_of(record)
        draft = write_answer(Task(record["input"], (evidence,)), embeddings)
        return written(draft, evidence), answerability(record["input"], (evidence,), embeddings)

    yield answer


def evidence_of(record: Record) -> Evidence:
    """The passage of a record as evidence: its annotated sentences, one space between them."""
    passage = record["passages"][0]
    sentences: list[Sentence] = []
    at = 0
    for text in passage["sentences"]:
        sentences.append(Sentence(at, at + len(text), text))
        at += len(text) + 1
    identity = str(record["id"])
    cut = Passage(identity, 0, tuple(sentences), tokens=count_tokens(" ".join(passage["sentences"])), id=1)
    return Evidence(1, cut, ArticleInfo(identity, passage["title"]), score=1.0)


def written(draft: str, evidence: Evidence) -> Written:
    """A draft as its text and the sentences that it cites; None in place of the text when it refuses."""
    from pipeline.grounding import parse_draft

    read = parse_draft(draft)
    if read.no_answer is not None:
        return Written(None, frozenset())
    marks = {mark for sentence in read.sentences for mark in sentence.marks}
    cited = frozenset(evidence.passage.sentences[mark.sentence - 1].text for mark in marks)
    return Written(" ".join(sentence.text for sentence in read.sentences), cited)


def closeness(references: Sequence[Record], answer: Written) -> tuple[float, float]:
    """ROUGE-L and sentence F1 of an answer, each the best over the annotators; 0 for a refusal."""
    selected = [set(reference["selected_sentences"]) for reference in references]
    return (
        max((rouge_l(answer.text or "", reference["answer"]) for reference in references), default=0.0),
        max((sentence_f1(answer.cited, each) for each in selected), default=0.0),
    )


def sentence_f1(cited: Set[str], selected: Set[str]) -> float:
    """F1 of two sets of sentences, 0 when either is empty."""
    shared = len(cited & selected)
    return 2 * shared / (len(cited) + len(selected)) if shared else 0.0


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """The chance that a positive scores above a negative, ties counting half (Mann-Whitney U); None without a pair."""
    from scipy.stats import rankdata

    if not positive or not negative:
        return None
    ranks = rankdata([*positive, *negative])[: len(positive)]
    least = len(positive) * (len(positive) + 1) / 2
    return float((ranks.sum() - least) / (len(positive) * len(negative)))


def _figures(answerable: Sequence[Record], answers: Sequence[Written], scores: Sequence[float]) -> dict[str, object]:
    given, withheld = answers[: len(answerable)], answers[len(answerable) :]
    scored = [closeness(record["output"], answer) for record, answer in zip(answerable, given, strict=True)]
    answered = [pair for pair, answer in zip(scored, given, strict=True) if answer.text is not None]
    return {
        "rouge_l": _mean([rouge for rouge, _ in scored]),
        "sentence_f1": _mean([f1 for _, f1 in scored]),
        "answerability_auroc": auroc(scores[: len(given)], scores[len(given) :]),
        "rouge_l_when_answered": _mean([rouge for rouge, _ in answered]),
        "sentence_f1_when_answered": _mean([f1 for _, f1 in answered]),
        "false_refusal_rate": _mean([float(answer.text is None) for answer in given]),
        "refusal_rate": _mean([float(answer.text is None) for answer in withheld]),
        "answerable": len(given),
        "unanswerable": len(withheld),
        "baselines": BASELINES,
    }


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
