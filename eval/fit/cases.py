"""Questions with evidence to learn from: with the answer, without it, and with the sentences that bear it taken out."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from eval.benchmarks.clapnq import evidence_of
from eval.benchmarks.corpus import open_corpus, same_story
from eval.benchmarks.realtimeqa import PASSAGE_TOKENS, Item, is_hit, read_item
from eval.benchmarks.records import Record, find, read_records
from eval.benchmarks.said import contains
from pipeline.embedding import embed
from pipeline.extractive.candidates import candidates
from pipeline.extractive.features import Reading, read_evidence
from pipeline.questions import AskedFor, Wants, read_question
from pipeline.reranking import DEPTH
from pipeline.retrieval import RetrievalPolicy, fuse
from pipeline.settings import Settings
from pipeline.types import Evidence, Filters

if TYPE_CHECKING:
    from pipeline.app import Newsdesk
    from pipeline.embedding import Embeddings

CLAPNQ, REALTIMEQA = "clapnq-dev", "realtimeqa-2023"
# The passages that an answer is written from, and how many are searched for those without the answer.
EVIDENCE, SEARCHED = Settings().evidence_passages, 40

Floats = NDArray[np.float64]
Why: TypeAlias = Literal["", "not said", "stripped", "near miss"]
"""Why there is no answer: the evidence does not say, what says it was taken out, another name was put in."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question read against its evidence. `right` is how far each sentence belongs to the answer, 0 to 1.

    `why` there is no answer; empty when there is one.
    """

    benchmark: str
    why: Why
    reading: Reading
    right: Floats
    record: Record

    @property
    def answerable(self) -> bool:
        return not self.why


def clapnq_cases(folder: Path, embeddings: Embeddings) -> list[Case]:
    """The questions of CLAPnq with the one passage of each; a sentence is as right as annotators chose it."""
    cases: list[Case] = []
    for name in ("answerable", "unanswerable"):
        for record in read_records(find(folder, f"{name}.jsonl"), ("input", "passages", "output")):
            reading = _read(record["input"], (evidence_of(record),), embeddings)
            selections = [set(output["selected_sentences"]) for output in record["output"]]
            chosen = [selection for selection in selections if selection] or [set()]
            right = [np.mean([item.sentence.text in each for each in chosen]) for item in reading.pool]
            cases.append(
                Case(CLAPNQ, "" if name == "answerable" else "not said", reading, np.array(right, dtype=float), record)
            )
    return cases


def realtimeqa_cases(folder: Path, embeddings: Embeddings) -> list[Case]:
    """The questions of RealTimeQA whose answer is found, with what is found, and with what is found without it."""
    articles = read_records(find(folder, "articles.jsonl"), ("url", "title", "text"))
    twins = same_story(articles)
    fields = ("asked", "question", "choices", "answer", "answering_urls")
    records = read_records(find(folder, "questions.jsonl"), fields)
    settings = replace(Settings(), passage_tokens=PASSAGE_TOKENS, embedding="static")
    cases: list[Case] = []
    with open_corpus(REALTIMEQA.partition("-")[0], articles, settings, lambda done, of, what: None) as desk:
        for record in records:
            item = read_item(record, twins)
            if item.answering:
                cases.extend(_with_and_without(desk, item, record, embeddings))
        for question, record in near_misses([record for record in records if read_item(record, twins).answering]):
            reading = _read(question, _fused(desk, question, embeddings)[:EVIDENCE], embeddings)
            cases.append(Case(REALTIMEQA, "near miss", reading, np.zeros(len(reading.pool)), record))
    return cases


def near_misses(records: Sequence[Record]) -> Iterator[tuple[str, Record]]:
    """Questions that ask of the name of one what another one of its kind asks, with the record of the first.

    "Which company pays for the tunnel at Dover?" and "Which company sank the Calder Star?" give "Which company sank the
    Dover?": the library knows the name, and what is asked, but not together.
    """
    asked = [(record, read_question(record["question"])) for record in records]
    simple = [(record, question) for record, question in asked if len(question.names) == len(question.parts) == 1]
    draw = random.Random(0)
    for record, question in simple:
        name = question.names[0]
        others = [each for _, each in simple if _wants(each) == _wants(question) and each.names[0] != name]
        if others:
            other = draw.choice(others)
            yield other.text.replace(other.names[0], name), record


def _wants(question: AskedFor) -> Wants:
    return question.parts[0].wants


def _with_and_without(desk: Newsdesk, item: Item, record: Record, embeddings: Embeddings) -> Iterable[Case]:
    found = _fused(desk, item.question, embeddings)
    best = found[:EVIDENCE]
    if is_hit(best, item):
        reading = _read(item.question, best, embeddings)
        right = [
            one.evidence.article.url in item.answering and contains(one.sentence.text, item.answer)
            for one in reading.pool
        ]
        if any(right):
            yield Case(REALTIMEQA, "", reading, np.array(right, dtype=float), record)
    telling = {one.article.id for one in found if contains(f"{one.article.title} {one.passage.text}", item.answer)}
    silent = [one for one in found if one.article.id not in telling and one.article.url not in item.answering]
    if len(silent) >= EVIDENCE:
        numbered = tuple(replace(one, number=number) for number, one in enumerate(silent[:EVIDENCE], 1))
        reading = _read(item.question, numbered, embeddings)
        yield Case(REALTIMEQA, "not said", reading, np.zeros(len(reading.pool)), record)


def _fused(desk: Newsdesk, question: str, embeddings: Embeddings) -> list[Evidence]:
    """The first passages of the fused rankings.

    Not reranked: the reranker has learned these very questions, and the weight of a rank would come out too high.
    """
    policy, everything = RetrievalPolicy(), Filters()
    words = desk.library.search_words(question, DEPTH, everything)
    meaning = desk.library.search_vectors(embed(embeddings, [question])[0], DEPTH, everything)
    fused = fuse(((policy.words_weight, words), (policy.vectors_weight, meaning)))
    ranked = sorted(fused, key=lambda passage_id: (-fused[passage_id], passage_id))
    shown: Counter[str] = Counter()
    kept: list[Evidence] = []
    for passage, article in desk.library.passages(ranked, everything):
        shown[article.id] += 1
        if shown[article.id] <= policy.an_article and len(kept) < SEARCHED:
            kept.append(Evidence(len(kept) + 1, passage, article, fused[passage.id]))
    return kept


def stripped(cases: Sequence[Case], embeddings: Embeddings) -> list[Case]:
    """The cases with an answer again, without the sentences that bear it."""
    bare: list[Case] = []
    for case in cases:
        rest = [item for item, right in zip(case.reading.pool, case.right, strict=True) if not right]
        if case.answerable and case.right.any() and rest:
            reading = read_evidence(case.reading.asked, rest, embeddings)
            bare.append(Case(case.benchmark, "stripped", reading, np.zeros(len(rest)), case.record))
    return bare


def _read(question: str, evidence: Sequence[Evidence], embeddings: Embeddings) -> Reading:
    return read_evidence(read_question(question), candidates(evidence), embeddings)
