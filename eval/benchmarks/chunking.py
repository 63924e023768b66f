"""Chroma's chunking evaluation (Smith and Troynikov, 2024): are the characters found that answer a question?

Data: `questions_df.csv` (question, references, corpus_id) and `corpora/NAME.md`, as published. Every corpus becomes one
article of one library, cut as any article is, and passages are ranked without the share of an article, for there is but
one to each subject.

`recall@k`    share of the referenced characters that the first k passages hold, the mean over the questions: the
              benchmark's own recall, in characters
`found@k`     share of the questions of which the first k passages hold some referenced character

Each is given for what newsdesk finds, for its words alone (BM25, stemmed), its vectors alone, and both fused.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from eval.benchmarks.corpus import open_corpus
from pipeline.errors import InputError
from pipeline.retrieval import RetrievalPolicy, fuse, search
from pipeline.settings import Settings
from pipeline.types import Passage, Question

if TYPE_CHECKING:
    from eval.benchmarks import How, Progress
    from pipeline.embedding import Embeddings
    from pipeline.library import Library

RANKS = (1, 5, 10)
PASSAGE_TOKENS = 256
EMBEDDING = "static"
# How deep either ranking is read before the two are fused.
_DEPTH = 150

_LAYOUT = "Give the folder that holds `questions_df.csv` and `corpora/`, as the evaluation publishes them"

Span: TypeAlias = tuple[str, int, int]
"""Characters of a corpus: its name, the first and the one after the last."""

Ranking: TypeAlias = Callable[[str], Sequence[Passage]]
"""The best passages for a question, best first, at least as many as the largest of RANKS if there are."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question and the spans that answer it."""

    question: str
    references: tuple[Span, ...]


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """Recall by rank, for newsdesk and for the parts it is made of."""
    items = read_items(data)[:limit]
    names = sorted({name for item in items for name, _, _ in item.references})
    texts = {name: _corpus(data, name) for name in names}
    articles = [{"url": f"https://corpus.example/{name}", "title": "", "text": texts[name]} for name in names]
    settings = replace(settings, passage_tokens=PASSAGE_TOKENS, embedding=EMBEDDING)
    with open_corpus("chunking", articles, settings, progress) as desk:
        from pipeline.embedding import load_embeddings

        embeddings = load_embeddings(EMBEDDING)
        corpus_of = {info.id: info.url.rpartition("/")[2] for info in desk.library.articles()}
        figures = {
            name: _figures(items, ranking, corpus_of) for name, ranking in _rankings(desk.library, embeddings).items()
        }
    return {**figures.pop("newsdesk"), "parts": figures, "questions": len(items), "corpora": names}


def read_items(data: Path) -> list[Item]:
    """The questions of the table; raises InputError for a folder without it and for a row of another form."""
    path = data / "questions_df.csv"
    if not path.is_file():
        raise InputError(f"The data folder {str(data)!r} holds no 'questions_df.csv'", _LAYOUT)
    items = []
    with path.open(encoding="utf-8", newline="") as table:
        for number, row in enumerate(csv.DictReader(table), 2):
            try:
                name = row["corpus_id"]
                references = json.loads(row["references"])
                spans = tuple((name, int(each["start_index"]), int(each["end_index"])) for each in references)
                items.append(Item(row["question"], spans))
            except (KeyError, TypeError, ValueError) as error:
                raise InputError(f"Line {number} of {str(path)!r} is no question of the evaluation", _LAYOUT) from error
    return items


def recall(found: Sequence[Span], references: Sequence[Span]) -> float:
    """The share of the referenced characters that the spans found hold."""
    wanted = {(name, at) for name, start, end in references for at in range(start, end)}
    held = {(name, at) for name, start, end in found for at in range(start, end)}
    return len(wanted & held) / len(wanted)


def _figures(items: Sequence[Item], ranking: Ranking, corpus_of: Mapping[str, str]) -> dict[str, float]:
    recalls: dict[int, list[float]] = {rank: [] for rank in RANKS}
    for item in items:
        best = [(corpus_of[each.article_id], each.start, each.end) for each in ranking(item.question)]
        for rank in RANKS:
            recalls[rank].append(recall(best[:rank], item.references))
    figures: dict[str, float] = {}
    for rank, values in recalls.items():
        figures[f"recall@{rank}"] = sum(values) / len(values)
        figures[f"found@{rank}"] = sum(value > 0 for value in values) / len(values)
    return figures


def _rankings(library: Library, embeddings: Embeddings) -> dict[str, Ranking]:
    from pipeline.embedding import embed_question

    last = max(RANKS)
    policy = RetrievalPolicy(passages=last, an_article=last)

    def passages(ids: Sequence[int]) -> list[Passage]:
        return [passage for passage, _ in library.passages(ids[:last])]

    def fused(text: str) -> list[Passage]:
        words = library.search_words(text, _DEPTH)
        meaning = library.search_vectors(embed_question(embeddings, text), _DEPTH)
        scores = fuse([(policy.words_weight, words), (policy.vectors_weight, meaning)])
        return passages(sorted(scores, key=lambda identity: (-scores[identity], identity)))

    return {
        "newsdesk": lambda text: [
            each.passage for each in search(library, embeddings, Question(text), policy).evidence
        ],
        "words": lambda text: passages([hit.passage_id for hit in library.search_words(text, last)]),
        "vectors": lambda text: passages(
            [hit.passage_id for hit in library.search_vectors(embed_question(embeddings, text), last)]
        ),
        "fused": fused,
    }


def _corpus(data: Path, name: str) -> str:
    path = data / "corpora" / f"{name}.md"
    if not path.is_file():
        raise InputError(f"The data folder {str(data)!r} holds no 'corpora/{name}.md'", _LAYOUT)
    return path.read_text(encoding="utf-8")
