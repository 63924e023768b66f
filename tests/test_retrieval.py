"""Fusion and variety, against a library of a few passages held in memory."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.embedding import StaticEmbeddings
from pipeline.library import Hit
from pipeline.retrieval import REPEATED, RRF_K, RetrievalPolicy, fuse, retrieve
from pipeline.types import ArticleInfo, Filters, Passage, Question, Sentence

EMBEDDINGS = StaticEmbeddings()


@dataclass
class Memory:
    """A library that ranks by the order it was given; `article_of[i]` is the article of passage i."""

    article_of: list[str]
    words: list[int]
    meaning: list[int]
    same: dict[int, int] = field(default_factory=dict)
    asked: list[Filters] = field(default_factory=list)

    def search_words(self, query: str, limit: int, filters: Filters) -> list[Hit]:
        self.asked.append(filters)
        return [Hit(i, 1.0) for i in self.words[:limit]]

    def search_vectors(self, vector: NDArray[np.float32], limit: int, filters: Filters) -> list[Hit]:
        self.asked.append(filters)
        return [Hit(i, 1.0) for i in self.meaning[:limit]]

    def frequencies(self, words: list[str]) -> tuple[dict[str, int], int]:
        return dict.fromkeys(words, 1), len(self.article_of)

    def passages(self, ids: list[int], filters: Filters) -> list[tuple[Passage, ArticleInfo]]:
        self.asked.append(filters)
        return [
            (Passage(self.article_of[i], 0, (Sentence(0, 2, "It"),), 1, id=i), ArticleInfo(self.article_of[i], "Title"))
            for i in ids
            if i < len(self.article_of)
        ]

    def vectors(self, ids: list[int]) -> NDArray[np.float32]:
        matrix = np.eye(max(len(self.article_of), 1), dtype=np.float32)
        return matrix[[self.same.get(i, i) for i in ids]]


def ids(library: Memory, policy: RetrievalPolicy, question: Question = Question("Who?")) -> list[int]:
    return [item.passage.id for item in retrieve(library, EMBEDDINGS, question, policy)]


def test_a_passage_that_both_rankings_have_comes_first() -> None:
    library = Memory(["a", "b", "c"], words=[0, 1], meaning=[2, 1])
    assert ids(library, RetrievalPolicy(3))[0] == 1


def test_scores_are_weighted_reciprocal_ranks() -> None:
    scores = fuse([(1.0, [Hit(7, 9.0), Hit(8, 1.0)]), (0.5, [Hit(8, 0.1)])])
    assert scores == {7: 1 / (RRF_K + 1), 8: 1 / (RRF_K + 2) + 0.5 / (RRF_K + 1)}


def test_an_article_has_at_most_its_share() -> None:
    library = Memory(["a", "a", "a", "b"], words=[0, 1, 2, 3], meaning=[])
    assert sorted(ids(library, RetrievalPolicy(passages=4, an_article=2))) == [0, 1, 3]


def test_a_second_passage_of_an_article_stands_back() -> None:
    library = Memory(["a", "a", "b"], words=[0, 1, 2], meaning=[])
    found = retrieve(library, EMBEDDINGS, Question("Who?"), RetrievalPolicy(passages=3))
    assert [item.article.id for item in found] == ["a", "b", "a"]
    assert found[2].score == pytest.approx(found[0].score - REPEATED, abs=0.1)


def test_a_near_copy_of_a_better_passage_is_skipped() -> None:
    library = Memory(["a", "b", "c"], words=[0, 1, 2], meaning=[], same={1: 0})
    assert ids(library, RetrievalPolicy(3)) == [0, 2]


def test_what_the_library_no_longer_has_is_skipped_and_numbers_have_no_gap() -> None:
    library = Memory(["a"], words=[5, 0], meaning=[])
    found = retrieve(library, EMBEDDINGS, Question("Who?"), RetrievalPolicy(3))
    assert [(item.number, item.passage.id) for item in found] == [(1, 0)]


def test_filters_reach_every_look_into_the_library() -> None:
    filters = Filters(sources=("Northwire",))
    library = Memory(["a"], words=[0], meaning=[0])
    ids(library, RetrievalPolicy(1), Question("Who?", filters))
    assert library.asked == [filters] * 3


def test_an_empty_library_gives_no_evidence() -> None:
    assert ids(Memory([], [], []), RetrievalPolicy(3)) == []


@given(st.lists(st.integers(0, 20), unique=True), st.lists(st.integers(0, 20), unique=True), st.integers(1, 8))
def test_evidence_is_unique_limited_and_numbered_from_one(words: list[int], meaning: list[int], limit: int) -> None:
    library = Memory([str(i % 5) for i in range(21)], words, meaning)
    found = retrieve(library, EMBEDDINGS, Question("Who?"), RetrievalPolicy(limit, an_article=2))
    assert [item.number for item in found] == list(range(1, len(found) + 1))
    assert len({item.passage.id for item in found}) == len(found) <= limit
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
