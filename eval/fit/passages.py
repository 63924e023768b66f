"""How passages are best cut: sizes, overlap, sentence windows and whole articles, swept on RealTimeQA.

    python -m eval.fit.passages FOLDER --questions 350     # the table of docs/retrieval.md, row by row
    python -m eval.fit.passages FOLDER 256 256+1           # two cuts alone: SIZE, or SIZE+SENTENCES of overlap

With `--questions` only the first so many are asked, of a library of the articles that were found for them.


Every cut is indexed in memory and searched as a library is: words, vectors, fusion, the reranker (its weights as they
are, learned on 256 tokens) and the share of an article. A hit is a passage of an answering article that contains the
answer; `in N` is the same among the first passages that fit into N tokens together, which is what a writer is given,
and so how cuts of different sizes are compared. Questions are asked without a day.

A passage can be shown with more than was found: `±1 sentence` with one more on either side, `±1 passage` with the whole
passages beside it, `article` as the whole article from the passage found on. What an earlier passage has shown already
is not shown again.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from eval.benchmarks.corpus import open_corpus, same_story
from eval.benchmarks.realtimeqa import PASSAGE_TOKENS, Item, is_hit, read_item, within
from eval.benchmarks.records import find, read_records
from pipeline.chunking import chunk
from pipeline.embedding import embed, load_embeddings
from pipeline.ingesting import context_text
from pipeline.library.projection import Entry, Hit
from pipeline.library.ranking import ExactVectors
from pipeline.library.words import WordIndex
from pipeline.retrieval import RetrievalPolicy, search
from pipeline.settings import Settings
from pipeline.tokens import count_tokens
from pipeline.types import Article, ArticleInfo, Evidence, Filters, Passage, Question, Sentence
from pipeline.wordprints import Outline, WordPrint, print_from, print_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.embedding import Embeddings

EMBEDDING = "static"
CUTS = ("128", "192", "256", "256+1", "256+2", "384")
RANKS = (4, 10)
BUDGETS = (1024, 2048)
# So many passages of at most 512 tokens fill the larger budget, of smaller ones more are found.
FOUND = 40

_QUESTION = ("asked", "question", "choices", "answer", "answering_urls", "article_urls")

Widening: TypeAlias = Callable[[Passage], tuple[int, int]]
"""How many sentences before and after a passage are shown with it."""

Shown: TypeAlias = Mapping[str, Sequence[Sentence]]
"""The sentences of every article in order, by its id."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Articles cut to at most `tokens`, each passage beginning with the last `overlap` sentences of the one before."""

    tokens: int
    overlap: int = 0

    @classmethod
    def read(cls, text: str) -> Cut:
        """ "256", "256+1"."""
        tokens, _, overlap = text.partition("+")
        return cls(int(tokens), int(overlap or 0))

    def passages(self, article: Article) -> tuple[Passage, ...]:
        """The passages of an article. Room is left for the overlap: a passage has at most `tokens` with it, unless two
        sentences alone have more."""
        spare = 40 * self.overlap  # the median of a news sentence is 30 tokens
        cut = chunk(article, _count, self.tokens - spare)
        if not self.overlap:
            return cut
        return cut[:1] + tuple(
            _of(after, (*before.sentences[-self.overlap :], *after.sentences)) for before, after in pairwise(cut)
        )


class InMemory:
    """Passages that can be searched as a library is."""

    def __init__(self, held: Sequence[tuple[Passage, ArticleInfo]], embeddings: Embeddings) -> None:
        self._held = [(replace(passage, id=at), info) for at, (passage, info) in enumerate(held, 1)]
        vectors = embed(embeddings, [context_text(info, passage) for passage, info in self._held])
        self._words = WordIndex(None)
        self._words.write(
            (),
            [
                Entry(passage.id, info.title, passage.heading, tuple(each.text for each in passage.sentences), vector)
                for (passage, info), vector in zip(self._held, vectors, strict=True)
            ],
        )
        self._exact = ExactVectors.of(np.arange(1, len(self._held) + 1), vectors)
        self._prints: dict[int, WordPrint] = {}

    def search_words(self, query: str, limit: int, filters: Filters) -> Sequence[Hit]:
        return self._words.search(query, limit)

    def search_vectors(self, vector: NDArray[np.float32], limit: int, filters: Filters) -> Sequence[Hit]:
        return self._exact.search(vector, limit)

    def frequencies(self, words: Sequence[str]) -> tuple[Mapping[str, int], int]:
        return self._words.frequencies(words), self._words.count()

    def vocabulary(self, beginnings: Sequence[str]) -> Sequence[str]:
        return self._words.vocabulary(beginnings)

    def outlines(self, ids: Sequence[int], filters: Filters) -> Sequence[tuple[Outline, ArticleInfo]]:
        found = self.passages(ids, filters)
        return [(Outline(each.id, each.ordinal, self._print(each, info)), info) for each, info in found]

    def passages(self, ids: Sequence[int], filters: Filters) -> Sequence[tuple[Passage, ArticleInfo]]:
        return [self._held[identity - 1] for identity in ids]

    def vectors(self, ids: Sequence[int]) -> NDArray[np.float32]:
        return self._exact.matrix[[identity - 1 for identity in ids]]

    def _print(self, passage: Passage, info: ArticleInfo) -> WordPrint:
        if passage.id not in self._prints:
            self._prints[passage.id] = print_from(print_of([each.text for each in passage.sentences], info.title))
        return self._prints[passage.id]


def main(data: Path, cuts: Sequence[str] = CUTS, first: int | None = None) -> Iterator[str]:
    """The table, line by line: a row for each cut and each way to show what was found."""
    records = read_records(find(data, "articles.jsonl"), ("url", "title", "text"))
    twins = same_story(records)
    questions = read_records(find(data, "questions.jsonl"), _QUESTION, first)
    items = [item for item in (read_item(record, twins) for record in questions) if item.answering]
    wanted = {twin for record in questions for url in record["article_urls"] for twin in twins.get(url, {url})}
    settings = replace(Settings(), passage_tokens=PASSAGE_TOKENS, embedding=EMBEDDING)
    with open_corpus("realtimeqa", records, settings, lambda done, of, what: None) as desk:
        held = [info for info in desk.library.articles() if first is None or info.url in wanted]
        articles = [desk.library.article(info.id) for info in held]
    embeddings = load_embeddings(EMBEDDING)
    columns = [*(f"@{rank}" for rank in RANKS), *(f"in {budget}" for budget in BUDGETS)]
    yield f"| cut to | passages | shown | {' | '.join(columns)} |"
    yield f"|{'---|' * (len(columns) + 3)}"
    for cut in map(Cut.read, cuts):
        yield from _rows(cut, articles, items, embeddings)


def _rows(cut: Cut, articles: Sequence[Article], items: Sequence[Item], embeddings: Embeddings) -> Iterator[str]:
    plain = {article.info.id: Cut(cut.tokens).passages(article) for article in articles}
    sentences = {identity: [each for one in own for each in one.sentences] for identity, own in plain.items()}
    cuts = {article.info.id: cut.passages(article) for article in articles} if cut.overlap else plain
    held = [(passage, article.info) for article in articles for passage in cuts[article.info.id]]
    library = InMemory(held, embeddings)
    policy = RetrievalPolicy(passages=FOUND)
    found = [search(library, embeddings, Question(item.question), policy).evidence for item in items]
    name = f"{cut.tokens}, {cut.overlap} overlapping" if cut.overlap else str(cut.tokens)
    ways: dict[str, Callable[[Sequence[Evidence]], Sequence[Evidence]]] = {
        "as found": lambda evidence: evidence,
        "±1 sentence": partial(widened, shown=sentences, by=lambda passage: (1, 1)),
        "±1 passage": partial(
            widened, shown=sentences, by=lambda passage: (len(passage.sentences), len(passage.sentences))
        ),
        "article": partial(widened, shown=sentences, by=lambda passage: (0, 1000)),
    }
    for way, show in ways.items() if not cut.overlap else [("as found", ways["as found"])]:
        shown = [show(evidence) for evidence in found]
        figures = [
            _share([is_hit(each[:rank], item) for each, item in zip(shown, items, strict=True)]) for rank in RANKS
        ]
        figures += [
            _share([is_hit(within(each, budget), item) for each, item in zip(shown, items, strict=True)])
            for budget in BUDGETS
        ]
        yield f"| {name} | {len(held):,} | {way} | {' | '.join(f'{figure:.3f}' for figure in figures)} |"


def widened(evidence: Sequence[Evidence], *, shown: Shown, by: Widening) -> tuple[Evidence, ...]:
    """The passages with sentences of their articles on either side, none of them twice."""
    told: set[tuple[str, int]] = set()
    widened: list[Evidence] = []
    for one in evidence:
        whole = shown[one.article.id]
        starts = [each.start for each in whole]
        first, last = starts.index(one.passage.sentences[0].start), starts.index(one.passage.sentences[-1].start)
        before, after = by(one.passage)
        inside = [
            each
            for each in whole[max(0, first - before) : last + 1 + after]
            if (one.article.id, each.start) not in told
        ]
        if inside:
            told |= {(one.article.id, each.start) for each in inside}
            widened.append(replace(one, passage=_of(one.passage, inside)))
    return tuple(widened)


def _of(passage: Passage, sentences: Sequence[Sentence]) -> Passage:
    return replace(passage, sentences=tuple(sentences), tokens=_count(" ".join(each.text for each in sentences)))


@lru_cache(maxsize=500_000)
def _count(text: str) -> int:
    return count_tokens(text)


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="python -m eval.fit.passages")
    options.add_argument("folder", type=Path)
    options.add_argument("cuts", nargs="*", default=CUTS)
    options.add_argument("--questions", type=int)
    given = options.parse_args()
    for line in main(given.folder, given.cuts, given.questions):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
