"""Fusion and variety, against a library of a few passages held in memory."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.embedding import StaticEmbeddings
from pipeline.library import Hit
from pipeline.retrieval import REPEATED, RRF_K, Retrieval, RetrievalPolicy, fuse, retrieve, search
from pipeline.types import ArticleInfo, Filters, Passage, Question, Sentence
from pipeline.wordprints import Outline, print_from, print_of

EMBEDDINGS = StaticEmbeddings()


@dataclass
class Memory:
    """A library that ranks by the order it was given; `article_of[i]` is the article of passage i."""

    article_of: list[str]
    words: list[int]
    meaning: list[int]
    same: dict[int, int] = field(default_factory=dict)
    asked: list[Filters] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    known: tuple[str, ...] = ()
    story: dict[str, str] = field(default_factory=dict)
    empty_with: Filters | None = None

    def search_words(self, query: str, limit: int, filters: Filters) -> list[Hit]:
        self.asked.append(filters)
        self.queries.append(query)
        return [] if filters == self.empty_with else [Hit(i, 1.0) for i in self.words[:limit]]

    def search_vectors(self, vector: NDArray[np.float32], limit: int, filters: Filters) -> list[Hit]:
        self.asked.append(filters)
        return [] if filters == self.empty_with else [Hit(i, 1.0) for i in self.meaning[:limit]]

    def frequencies(self, words: list[str]) -> tuple[dict[str, int], int]:
        held = {word: 0 if self.known and word not in self.known else 1 for word in words}
        return held, len(self.article_of)

    def vocabulary(self, beginnings: list[str]) -> list[str]:
        return [word for word in self.known if word.startswith(tuple(beginnings))]

    def outlines(self, ids: list[int], filters: Filters) -> list[tuple[Outline, ArticleInfo]]:
        return [
            (Outline(passage.id, 0, print_from(print_of([passage.text], article.title))), article)
            for passage, article in self.passages(ids, filters)
        ]

    def passages(self, ids: list[int], filters: Filters) -> list[tuple[Passage, ArticleInfo]]:
        self.asked.append(filters)
        return [
            (
                Passage(self.article_of[i], 0, (Sentence(0, 2, "It"),), 1, id=i),
                ArticleInfo(self.article_of[i], "Title", origin_group=self.story.get(self.article_of[i], "")),
            )
            for i in ids
            if i < len(self.article_of)
        ]

    def vectors(self, ids: list[int]) -> NDArray[np.float32]:
        matrix = np.eye(max(len(self.article_of), 1), dtype=np.float32)
        return matrix[[self.same.get(i, i) for i in ids]]


SINCE_MARCH = Question("What was said since March?", day=date(2026, 4, 9))


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


def test_copies_of_a_story_are_one_origin_and_listed() -> None:
    library = Memory(["a", "b", "a", "b", "c"], words=[0, 1, 2, 3, 4], meaning=[], same={1: 0})
    library.story = {"a": "a", "b": "a"}
    found = retrieve(library, EMBEDDINGS, Question("Who?"), RetrievalPolicy(passages=5, an_article=2))
    assert sorted(item.passage.id for item in found) == [0, 2, 4]
    assert [[other.id for other in item.copies] for item in found] == [["b"], [], ["b"]]


def test_the_last_of_several_is_of_a_second_origin_when_there_is_one() -> None:
    library = Memory(["a", "a", "a", "b"], words=[0, 1, 2, 3], meaning=[])
    assert {item.article.id for item in retrieve(library, EMBEDDINGS, Question("Who?"), RetrievalPolicy(2))} == {
        "a",
        "b",
    }
    alone = Memory(["a", "a", "a"], words=[0, 1, 2], meaning=[])
    assert len(retrieve(alone, EMBEDDINGS, Question("Who?"), RetrievalPolicy(2))) == 2


def test_a_strict_time_is_a_filter_and_any_other_is_not() -> None:
    library = Memory(["a"], words=[0], meaning=[0])
    found = search(library, EMBEDDINGS, SINCE_MARCH, RetrievalPolicy(1))
    assert set(library.asked) == {Filters(since=date(2026, 3, 1))}
    assert found.understood.notes == ("only articles of “since March” (from 1 March 2026 on) are used",)
    library.asked.clear()
    found = search(library, EMBEDDINGS, Question("What was said in March?", day=date(2026, 4, 9)), RetrievalPolicy(1))
    assert set(library.asked) == {Filters()}
    assert found.understood.notes == ("articles near “March” (1 March 2026 to 31 March 2026) come first",)


def test_a_strict_time_narrows_the_filters_given() -> None:
    library = Memory(["a"], words=[0], meaning=[0])
    given = Filters(since=date(2026, 3, 20), sources=("Northwire",))
    search(library, EMBEDDINGS, Question("What was said since March?", given, date(2026, 4, 9)), RetrievalPolicy(1))
    assert set(library.asked) == {given}


def test_a_strict_time_without_an_article_is_given_up_and_that_is_said() -> None:
    library = Memory(["a"], words=[0], meaning=[0], empty_with=Filters(since=date(2026, 3, 1)))
    found = search(library, EMBEDDINGS, SINCE_MARCH, RetrievalPolicy(1))
    assert len(found.evidence) == 1
    assert found.understood.notes == ("no article is of “since March” (from 1 March 2026 on), so all of them are used",)


def test_a_name_that_the_library_spells_otherwise_is_looked_for_as_it_does() -> None:
    library = Memory(["a"], words=[0], meaning=[0], known=("kataib", "hezbollah", "who", "led"))
    found = search(library, EMBEDDINGS, Question("Who led Kateb Hizbullah?"), RetrievalPolicy(1))
    assert library.queries == ["Who led Kateb Hizbullah? hezbollah kataib"]
    assert len(found.understood.notes) == 2


def test_each_side_of_a_comparison_is_looked_for_by_itself() -> None:
    library = Memory(["a"], words=[0], meaning=[0])
    ids(library, RetrievalPolicy(1), Question("How does the first offer compare with the latest one?"))
    assert library.queries[1:] == ["the first offer", "the latest one offer"]


@dataclass
class Sides(Memory):
    """A library whose passages each say one thing; words find what has most of the query's words."""

    texts: tuple[str, ...] = ()

    def search_words(self, query: str, limit: int, filters: Filters) -> list[Hit]:
        self.queries.append(query)
        wanted = {word.strip("?,.").lower() for word in query.split()} - {"with", "the", "of", "compare"}
        shared = {i: len(wanted & set(text.lower().split())) for i, text in enumerate(self.texts)}
        ranked = sorted((i for i, count in shared.items() if count), key=lambda i: (-shared[i], i))
        return [Hit(i, float(shared[i])) for i in ranked[:limit]]

    def passages(self, ids: list[int], filters: Filters) -> list[tuple[Passage, ArticleInfo]]:
        return [
            (
                Passage(self.article_of[i], 0, (Sentence(0, len(self.texts[i]), self.texts[i]),), 1, id=i),
                ArticleInfo(self.article_of[i], ""),
            )
            for i in ids
        ]


OFFER = "the union turned down the Corvania pay offer"
LEVY = "the harbour levy was doubled"


def compared(others: int, limit: int, question: str) -> Retrieval:
    """What is found where many passages speak of the one side, and one of the other."""
    texts = (*(f"{OFFER} of day {i}" for i in range(others)), LEVY)
    library = Sides([str(i) for i in range(len(texts))], words=[], meaning=[], texts=texts)
    return search(library, EMBEDDINGS, Question(question), RetrievalPolicy(limit))


@pytest.mark.parametrize("limit", [2, 3, 8])
def test_each_side_has_a_passage_however_much_there_is_on_the_other(limit: int) -> None:
    found = compared(20, limit, "Compare the Corvania pay offer of the union with the harbour levy.")
    assert len(found.evidence) == limit
    assert LEVY in [item.passage.text for item in found.evidence]
    assert found.evidence[0].passage.text.startswith(OFFER) or found.evidence[1].passage.text.startswith(OFFER)
    assert found.understood.sides == ("the Corvania pay offer of the union", "the harbour levy")
    assert {seen.query for seen in found.seen} & {"the harbour levy"}


def test_a_side_of_which_no_passage_speaks_is_said_and_gets_no_place() -> None:
    found = compared(20, 3, "Compare the Corvania pay offer of the union with the Brevik cattle vaccine.")
    assert found.understood.notes == ("no passage speaks of “the Brevik cattle vaccine”, one side of the comparison",)
    assert all(item.passage.text.startswith(OFFER) for item in found.evidence)


def test_what_the_library_no_longer_has_is_skipped_and_numbers_have_no_gap() -> None:
    library = Memory(["a"], words=[5, 0], meaning=[])
    found = retrieve(library, EMBEDDINGS, Question("Who?"), RetrievalPolicy(3))
    assert [(item.number, item.passage.id) for item in found] == [(1, 0)]


def test_filters_reach_every_look_into_the_library() -> None:
    filters = Filters(sources=("Northwire",))
    library = Memory(["a"], words=[0], meaning=[0])
    ids(library, RetrievalPolicy(1), Question("Who?", filters))
    assert set(library.asked) == {filters}
    assert len(library.asked) == 4


def test_filters_that_nothing_passes_are_told() -> None:
    filters = Filters(sources=("Nobody",))
    library = Memory(["a"], words=[0], meaning=[0], empty_with=filters)
    found = search(library, EMBEDDINGS, Question("Who?", filters), RetrievalPolicy(1))
    assert found.understood.notes == ("no article passes the filters",)
    assert search(Memory([], [], []), EMBEDDINGS, Question("Who?"), RetrievalPolicy(1)).understood.notes == ()


def test_an_empty_library_gives_no_evidence() -> None:
    assert ids(Memory([], [], []), RetrievalPolicy(3)) == []


@given(st.lists(st.integers(0, 20), unique=True), st.lists(st.integers(0, 20), unique=True), st.integers(1, 8))
def test_evidence_is_unique_limited_and_numbered_from_one(words: list[int], meaning: list[int], limit: int) -> None:
    library = Memory([str(i % 5) for i in range(21)], words, meaning)
    found = retrieve(library, EMBEDDINGS, Question("Who?"), RetrievalPolicy(limit, an_article=2))
    assert [item.number for item in found] == list(range(1, len(found) + 1))
    assert len({item.passage.id for item in found}) == len(found) <= limit
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
