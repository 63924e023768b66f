"""RealTimeQA (Kasai et al., arXiv 2207.13332): a year's news quizzes asked of a library of that year's articles.

Data: `articles.jsonl[.gz]` (url, title, authors, published, text) and `questions.jsonl[.gz]` (asked, question, choices,
answer, answering_urls). A text contains an answer when the answer's words (runs of letters and digits, lower case)
stand in it in a row.

`evidence_hit@k`  share of the questions with an answering article for which one of the first k passages is of such an
                  article and contains the answer; passages have at most 256 tokens
`evidence_hit_in_N_tokens`  the same for the passages that fit, in order, into N tokens
`without_a_day`   the same for questions asked without their day. Otherwise retrieval is told the day, as it is when
                  somebody asks at a terminal, and prefers the news of that time; later articles are not withheld
`answer_in_answer`  share of those questions whose written answer contains the answer
`multiple_choice_accuracy`  share of all questions for which the right choice is borne out best
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eval.benchmarks.choice import choose
from eval.benchmarks.corpus import built_corpus, same_story
from eval.benchmarks.kept import key_of, open_kept
from eval.benchmarks.records import Record, find, read_records
from eval.benchmarks.said import contains
from eval.parallel import in_order
from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.types import Evidence, Question

if TYPE_CHECKING:
    from eval.benchmarks import How, Progress
    from pipeline.app import Newsdesk
    from pipeline.embedding import Embeddings

PASSAGE_TOKENS = 256
RANKS = (1, 4, 10, 20)
BUDGETS = (512, 1024, 2048)
# The choices are held against so many passages: 20 and 40 gave .551 and .557, and looking up each choice too no more.
CHOICE_PASSAGES = 40

# RealTimeQA's published runs on 2023 (1,250 questions), re-scored with its own scorer; and retrieval baselines measured
# on the same articles in chunks of 1,000 characters.
PUBLISHED = {
    "GPT-3 with Google search": {"multiple_choice_accuracy": 0.579},
    "BART with Google search": {"multiple_choice_accuracy": 0.322},
    "GPT-3 closed book": {"multiple_choice_accuracy": 0.436},
    "T5 closed book": {"multiple_choice_accuracy": 0.369},
    "vote of BM25 passages": {"multiple_choice_accuracy": 0.53},
    "bm25s": {"evidence_hit@4": 0.58, "evidence_hit@10": 0.69},
    "tantivy, stemmed": {"evidence_hit@4": 0.60, "evidence_hit@10": 0.70},
    "SQLite FTS5, stemmed": {"evidence_hit@4": 0.62, "evidence_hit@10": 0.71},
    "bm25s and static vectors, fused": {"evidence_hit@4": 0.59, "evidence_hit@10": 0.70},
}

_ARTICLE = ("url", "title", "text")
_QUESTION = ("asked", "question", "choices", "answer", "answering_urls")


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the quiz, and the addresses of the articles found for it that contain the answer."""

    question: str
    asked: date
    choices: tuple[str, ...]
    answer: str
    answering: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a question: whether the right choice was made and, when there is an answering article, the hits
    with its day and without, whether the written answer has the answer, and whether it was refused."""

    right: bool
    hits: Mapping[str, bool] | None = None
    without_a_day: Mapping[str, bool] | None = None
    answered: bool = False
    refused: bool = False


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """Ask the questions (the first `limit` of them) of the library of all articles, which the first run builds."""
    from pipeline.embedding import STATIC

    articles_file, questions_file = find(data, "articles.jsonl"), find(data, "questions.jsonl")
    articles = read_records(articles_file, _ARTICLE)
    twins = same_story(articles)
    items = [read_item(record, twins) for record in read_records(questions_file, _QUESTION, limit)]
    settings = replace(settings, passage_tokens=PASSAGE_TOKENS, embedding=settings.embedding or STATIC)
    settings = replace(settings, library=str(built_corpus("realtimeqa", articles, settings, progress)))
    return _figures(_answered(items, settings, how, progress), settings.model)


@contextmanager
def asking(settings: Settings) -> Iterator[Callable[[Item], Asked]]:
    """What asks a question of the library that the settings name.

    Vectors are always compared exactly: a library of this size turns to Chroma, which finds about as many, after some
    time, and figures must not depend on how fast a machine is.
    """
    from pipeline.app import open_newsdesk
    from pipeline.embedding import STATIC, load_embeddings

    embeddings = load_embeddings(settings.embedding or STATIC)
    with open_newsdesk(settings) as desk:
        desk.library.indexes.exact_up_to = sys.maxsize
        yield lambda item: _asked(desk, item, embeddings)


def read_item(record: Record, twins: Mapping[str, frozenset[str]]) -> Item:
    """A question's record; an answering article brings along the addresses at which the same text stands too."""
    try:
        asked = date.fromisoformat(record["asked"])
    except ValueError as error:
        raise InputError(
            f"The question {record['question']!r} was asked on {record['asked']!r}, which is no day",
            "Give days as YYYY-MM-DD",
        ) from error
    answering = frozenset(twin for url in record["answering_urls"] for twin in twins.get(url, {url}))
    return Item(record["question"], asked, tuple(record["choices"]), record["answer"], answering)


def is_hit(evidence: Sequence[Evidence], item: Item) -> bool:
    """Whether any of these passages is of an answering article and contains the answer."""
    return any(one.article.url in item.answering and contains(one.passage.text, item.answer) for one in evidence)


def within(evidence: Sequence[Evidence], tokens: int) -> Sequence[Evidence]:
    """The first passages that together have at most so many tokens."""
    used = 0
    for fitting, one in enumerate(evidence):
        used += one.passage.tokens
        if used > tokens:
            return evidence[:fitting]
    return evidence


def hits_of(evidence: Sequence[Evidence], item: Item) -> dict[str, bool]:
    """Whether the evidence for an item is a hit, by rank and by token budget."""
    return {
        **{f"evidence_hit@{k}": is_hit(evidence[:k], item) for k in RANKS},
        **{f"evidence_hit_in_{budget}_tokens": is_hit(within(evidence, budget), item) for budget in BUDGETS},
    }


def _answered(items: Sequence[Item], settings: Settings, how: How, progress: Progress) -> list[Asked]:
    """What becomes of each item, or became of it in an earlier run of the same code."""
    kept = open_kept("realtimeqa", settings, fresh=how.fresh)
    keys = [key_of(each.question, str(each.asked), each.choices, each.answer, sorted(each.answering)) for each in items]
    new = [(key, item) for key, item in zip(keys, items, strict=True) if key not in kept.held]
    before = len(items) - len(new)
    if before:
        how.tell(
            f"{before:,} of {len(items):,} questions were answered by an earlier run of the same code, on the same "
            "data and with the same settings; --fresh answers them anew"
        )
    found = {key: Asked(**result) for key, result in kept.held.items()}
    answers = in_order(asking, settings, [item for _, item in new], how.jobs)
    for done, ((key, _), asked) in enumerate(zip(new, answers, strict=True), before + 1):
        found[key] = asked
        kept.add(key, asdict(asked))
        progress(done, len(items), "questions")
    return [found[key] for key in keys]


def _asked(desk: Newsdesk, item: Item, embeddings: Embeddings) -> Asked:
    question = Question(item.question, day=item.asked)
    evidence = desk.retrieve(question, CHOICE_PASSAGES)
    right = item.choices[choose(item.question, item.choices, evidence, embeddings, item.asked)] == item.answer
    if not item.answering:
        return Asked(right)
    answer = desk.ask(question)
    said = " ".join(statement.text for statement in answer.statements)
    return Asked(
        right,
        hits_of(evidence, item),
        hits_of(desk.retrieve(Question(item.question), max(RANKS)), item),
        contains(said, item.answer),
        answer.status == "refused",
    )


def _figures(asked: Sequence[Asked], model: str) -> dict[str, object]:
    answerable = [each for each in asked if each.hits is not None]
    return {
        **_rates([each.hits or {} for each in answerable]),
        "without_a_day": _rates([each.without_a_day or {} for each in answerable]),
        "answer_in_answer": _share([each.answered for each in answerable]),
        "refusal_rate": _share([each.refused for each in answerable]),
        "multiple_choice_accuracy": _share([each.right for each in asked]),
        "model": model,
        "questions": len(asked),
        "questions_with_an_answering_article": len(answerable),
        "published": PUBLISHED,
    }


def _rates(hits: Sequence[Mapping[str, bool]]) -> dict[str, float]:
    names = [*(f"evidence_hit@{k}" for k in RANKS), *(f"evidence_hit_in_{budget}_tokens" for budget in BUDGETS)]
    return {name: _share([each[name] for each in hits]) for name in names}


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
