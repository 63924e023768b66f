"""Short summaries against published ones: newsdesk's briefing beside the usual baselines, at equal length.

Data: any number of `*.jsonl[.gz]` files of records with `articles` (title, text, date, url) and `reference`, and a
`topic` where there are several articles. Every summary has at most as many words as its reference, and its sentences in
the order of the articles, as published summaries have them: so it is by their choice that ways are compared. ROUGE F1
(Lin 2004, Porter stems) by Google's rouge_score. Published summaries of agencies are near-leads, so this guards against
falling back; it is no target.

`rouge_1`, `rouge_2`, `rouge_l`  the means over the files of their means over the records; `sets` has each by itself
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from eval.benchmarks import baselines
from eval.benchmarks.records import Record, read_records
from eval.parallel import in_order
from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.types import Evidence, RawArticle
from pipeline.writing import Task

if TYPE_CHECKING:
    from eval.benchmarks import How, Progress

Summarise: TypeAlias = Callable[[str, Sequence[Evidence], int], Sequence[str]]
"""Topic, evidence (whole articles, in passages) and a number of words to sentences of at most so many."""

_FIELDS = ("articles", "reference")
_MEASURES = {"rouge_1": "rouge1", "rouge_2": "rouge2", "rouge_l": "rougeL"}


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """Summarise every record by newsdesk and by the baselines; `limit` takes the first records of each file."""
    return compare(data, brief, settings, limit, how, progress)


def compare(
    data: Path, summarise: Summarise, settings: Settings, limit: int | None, how: How, progress: Progress
) -> dict[str, object]:
    """The figures of one way to summarise, and of the baselines on the same sentences in the same run."""
    files = sorted(path for path in data.iterdir() if path.name.endswith((".jsonl", ".jsonl.gz")))
    if not files:
        raise InputError(f"The data folder {str(data)!r} holds no .jsonl file", "Give a folder of summary records")
    sets: dict[str, dict[str, dict[str, float]]] = {}
    for path in files:
        name = path.name.split(".")[0]
        records = read_records(path, _FIELDS, limit)
        scores: list[dict[str, dict[str, float]]] = []
        for scored in in_order(scoring, (summarise, settings.passage_tokens), records, how.jobs):
            scores.append(scored)
            progress(len(scores), len(records), name)
        sets[name] = {writer: _means([each[writer] for each in scores]) for writer in ("newsdesk", *baselines.WRITERS)}
    return {**_means([figures["newsdesk"] for figures in sets.values()]), "sets": sets}


@contextmanager
def scoring(setup: tuple[Summarise, int]) -> Iterator[Callable[[Record], dict[str, dict[str, float]]]]:
    """What summarises a record by one way and by each baseline, with passages of so many tokens, and scores them."""
    summarise, passage_tokens = setup
    writers = {"newsdesk": summarise, **{name: _without_topic(write) for name, write in baselines.WRITERS.items()}}

    def scores(record: Record) -> dict[str, dict[str, float]]:
        evidence = evidence_of(record, passage_tokens)
        topic = record.get("topic") or record["articles"][0]["title"]
        words = len(record["reference"].split())
        texts = {name: " ".join(as_read(write(topic, evidence, words), evidence)) for name, write in writers.items()}
        return {name: rouge(text, record["reference"]) for name, text in texts.items()}

    yield scores


def brief(topic: str, evidence: Sequence[Evidence], words: int) -> list[str]:
    """The sentences of the briefing writer, as the articles have them."""
    from pipeline.grounding import parse_draft
    from pipeline.summarising import write_brief

    passages = {item.number: item.passage for item in evidence}
    draft = parse_draft(write_brief(Task(topic, tuple(evidence)), words))
    return [
        passages[mark.passage].sentences[mark.sentence - 1].text
        for sentence in draft.sentences
        for mark in sentence.marks
    ]


def as_read(texts: Sequence[str], evidence: Sequence[Evidence]) -> list[str]:
    """The sentences in the order of the evidence."""
    every = (sentence.text for item in evidence for sentence in item.passage.sentences)
    place = {text: at for at, text in reversed(list(enumerate(every)))}
    return sorted(texts, key=lambda text: place[text])


def evidence_of(record: Record, passage_tokens: int) -> tuple[Evidence, ...]:
    """All passages of all articles of a record, cleaned and cut as they are for a library."""
    from pipeline.chunking import chunk
    from pipeline.cleaning import clean
    from pipeline.tokens import count_tokens

    found: list[Evidence] = []
    for position, given in enumerate(record["articles"], 1):
        raw = RawArticle(
            text=given["text"],
            original=given["text"].encode(),
            media="jsonl",
            origin=f"article {position}",
            title=given.get("title") or "",
            url=given.get("url") or "",
            published=given.get("date"),
        )
        article = clean(raw)
        for passage in chunk(article, count_tokens, passage_tokens):
            found.append(Evidence(len(found) + 1, passage, article.info, score=1.0))
    return tuple(found)


def rouge(text: str, reference: str) -> dict[str, float]:
    """ROUGE-1, ROUGE-2 and ROUGE-L F1 by their names here."""
    from rouge_score.rouge_scorer import RougeScorer
    from rouge_score.tokenizers import DefaultTokenizer

    # Its default tokenizer, named: left to itself it logs a line about choosing it.
    scorer = RougeScorer(list(_MEASURES.values()), tokenizer=DefaultTokenizer(use_stemmer=True))
    found = scorer.score(reference, text)
    return {name: float(found[theirs].fmeasure) for name, theirs in _MEASURES.items()}


def _without_topic(write: baselines.Baseline) -> Summarise:
    return lambda topic, evidence, words: write(evidence, words)


def _means(figures: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: sum(each[name] for each in figures) / len(figures) if figures else 0.0 for name in _MEASURES}
