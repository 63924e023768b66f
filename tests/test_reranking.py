"""Reranking: what each feature sees, and that the order follows the weights."""

from dataclasses import astuple, fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.library import Hit
from pipeline.periods import periods_in
from pipeline.ranking_features import AGEING_DAYS, RERANKED, Asking, Features, Found, features, telling_words
from pipeline.reranking import WEIGHTS, found_in, scores_of, weigh
from pipeline.types import ArticleInfo
from pipeline.wordprints import Outline, print_from, print_of

FERRY = "The Merrow ferry was withdrawn after a crack was found in her bow door."


def found(
    text: str,
    *,
    number: int = 1,
    article: str = "a",
    title: str = "News",
    ordinal: int = 0,
    published: str | None = None,
    words: tuple[int | None, float] = (1, 10.0),
    meaning: tuple[int | None, float] = (1, 0.5),
) -> Found:
    passage = Outline(number, ordinal, print_from(print_of([text], title)))
    return Found(passage, ArticleInfo(article, title, published=published), *words, *meaning)


def one(question: str, candidate: Found, *others: Found, today: date | None = None) -> Features:
    return features(Asking(question, periods=periods_in(question, today), today=today), [candidate, *others])[0]


def test_a_question_that_stands_whole_in_a_passage_is_covered_close_and_in_pairs() -> None:
    seen = one("When was the Merrow ferry withdrawn?", found(FERRY, title="Merrow ferry withdrawn"))
    assert (seen.passage_or_title, seen.article_coverage, seen.title, seen.closeness) == (1.0, 1.0, 1.0, 1.0)
    # Of "merrow ferry" and "ferry withdrawn" only the first stands together.
    assert seen.pairs == 0.5


def test_words_far_apart_are_covered_but_not_close() -> None:
    apart = found(f"Merrow. {'Nothing happened then. ' * 15}A crack was found.")
    seen = one("crack Merrow", apart)
    assert seen.passage_or_title == 1.0
    assert seen.closeness == 0.5


def test_what_other_passages_of_an_article_say_counts_for_each_of_them() -> None:
    first, second = found("The ferry was late.", article="a"), found("Engineers saw a crack.", number=2, article="a")
    stranger = found("The ferry was late.", number=3, article="b")
    alone, together = features(Asking("ferry crack"), [stranger, first, second])[:2]
    assert alone.article_coverage < together.article_coverage == 1.0
    assert alone.passage_or_title == together.passage_or_title < 1.0


def test_rare_words_weigh_more_than_common_ones() -> None:
    common = [found("The ferry was late.", number=number, article=str(number)) for number in range(3, 9)]
    rare = found("A crack was seen.", number=1, article="1")
    seen = features(Asking("ferry crack"), [rare, *common])
    assert seen[0].passage_or_title > 0.5 > seen[1].passage_or_title


@pytest.mark.parametrize(
    ("question", "text", "numbers", "percent", "money"),
    [
        ("How many passengers were aboard?", "There were 1,200 of them and 41 crew.", True, 0.0, 0.0),
        ("How many passengers were aboard?", "Passengers were aboard.", False, 0.0, 0.0),
        ("What percentage of ships sailed?", "Some 40% of ships sailed.", True, 1.0, 0.0),
        ("What percentage of ships sailed?", "Some ships sailed.", False, 0.0, 0.0),
        ("How much was the fine?", "The fine was €500.", True, 0.0, 1.0),
        ("Who fined them?", "The fine was €500, 40% of it paid.", False, 0.0, 0.0),
    ],
)
def test_the_kind_of_thing_that_is_asked_for_is_looked_for(
    question: str, text: str, numbers: bool, percent: float, money: float
) -> None:
    seen = one(question, found(text))
    assert (seen.numbers > 0, seen.percent, seen.money) == (numbers, percent, money)


@pytest.mark.parametrize(
    ("published", "today", "recency"),
    [
        ("2026-03-12T07:40:00+00:00", date(2026, 3, 12), 1.0),
        ("2026-02-10", date(2026, 3, 12), pytest.approx(2.718281828 ** (-30 / AGEING_DAYS))),
        ("2026-03-12", None, 0.0),
        (None, date(2026, 3, 12), 0.0),
        ("last spring", date(2026, 3, 12), 0.0),
    ],
)
def test_an_article_ages_from_the_day_of_the_question(
    published: str | None, today: date | None, recency: float
) -> None:
    assert one("ferry", found(FERRY, published=published), today=today).recency == recency


@pytest.mark.parametrize(
    ("question", "published", "recency"),
    [
        ("Who ran the ferry in June 2018?", "2018-06-20", 1.0),
        ("Who ran the ferry in June 2018?", "2026-03-12", 0.0),
        ("Who ran the ferry last week?", "2026-03-04", 1.0),
        ("Who ran the ferry last week?", "2026-02-20", pytest.approx(2.718281828 ** (-10 / AGEING_DAYS))),
    ],
)
def test_an_article_ages_from_the_time_that_the_question_names(question: str, published: str, recency: float) -> None:
    seen = one(question, found(FERRY, published=published), today=date(2026, 3, 12))
    assert seen.recency == pytest.approx(recency, abs=1e-9)


def test_the_rarity_of_a_word_in_the_whole_library_counts_for_articles() -> None:
    candidates = [found("The ferry was late."), found("A crack was seen.", number=2, article="b")]
    seen = features(Asking("ferry crack", {"ferri": 900, "crack": 1}, passages=1000), candidates)
    assert seen[0].article_coverage < 0.1 < 0.9 < seen[1].article_coverage
    assert seen[0].passage_or_title == seen[1].passage_or_title


def test_what_only_the_own_article_names_is_not_shared() -> None:
    candidates = [
        found("The ferry was late, said Orla Finn.", article="a"),
        found("The ferry was late, said Orla Finn.", number=2, article="b"),
        found("The ferry was late, said Pat Moran.", number=3, article="c"),
    ]
    first, second, third = features(Asking("Who was late on the ferry?"), candidates)
    assert first.shared == second.shared > third.shared == 0
    assert first.shared_near > third.shared_near == 0
    assert first.named_who == third.named_who > 0


def test_accents_do_not_part_a_name() -> None:
    assert one("What did Erdogan say?", found("Erdoğan said no.", title="x")).passage_or_title == 1.0


def test_the_better_passage_moves_up_and_the_unread_tail_stays_behind_in_order() -> None:
    poor = [found("Nothing at all.", number=n, article=str(n), words=(n, 1.0)) for n in range(1, RERANKED + 5)]
    best = replace(found(FERRY, number=500, article="best"), words_rank=40)
    candidates = [*poor[:39], best, *poor[39:]]
    scores = scores_of(features(Asking("Merrow ferry crack"), candidates), len(candidates))
    assert len(scores) == len(candidates)
    assert max(scores) == scores[39]
    assert scores[RERANKED:] == sorted(scores[RERANKED:], reverse=True)
    assert min(scores[:RERANKED]) > max(scores[RERANKED:])


def test_a_weighted_sum_is_one() -> None:
    ones = Features(*(1.0 for _ in fields(Features)))
    assert weigh(ones, WEIGHTS) == pytest.approx(sum(astuple(WEIGHTS)))


def test_each_passage_carries_its_places_in_both_rankings() -> None:
    pairs = [(each.passage, each.article) for each in (found("One.", number=7), found("Two.", number=8))]
    first, second = found_in(pairs, words=[Hit(8, 3.0), Hit(7, 2.0)], meaning=[Hit(8, 0.4)])
    assert (first.words_rank, first.words_score, first.meaning_rank, first.meaning_score) == (2, 2.0, None, 0.0)
    assert (second.words_rank, second.meaning_rank, second.meaning_score) == (1, 1, 0.4)


@given(
    question=st.text(max_size=60),
    texts=st.lists(st.text(alphabet="ferry crack Merrow 41%€.,\n", min_size=1, max_size=80), max_size=4),
)
def test_any_question_and_any_text_give_shares_and_finite_scores(question: str, texts: list[str]) -> None:
    candidates = [found(text, number=number) for number, text in enumerate(texts, 1)]
    for seen in features(Asking(question, today=date(2026, 3, 12)), candidates):
        shares = (seen.title, seen.passage_or_title, seen.closeness, seen.pairs, seen.article_coverage)
        assert all(0 <= share <= 1 + 1e-9 for share in shares)
    assert len(scores_of(features(Asking(question), candidates), len(candidates))) == len(candidates)


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("Who gets the insurer's reward?", {"insurer", "reward"}),
        ("Which ships they’ve found weren't Corvania’s?", {"ships", "found", "weren", "corvania"}),
        ("s?", {"s"}),
    ],
)
def test_the_ending_of_a_possessive_is_no_word(question: str, telling: set[str]) -> None:
    assert telling_words(question) == telling
