from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pytrec_eval import RelevanceEvaluator

from eval.gold import Span
from eval.matching import contains
from eval.metrics.answer import accept_hit, exact_match, nugget_recall, rouge_l, squad_words, token_f1
from eval.metrics.briefing import redundancy, share_disputes_real, share_disputes_shown
from eval.metrics.citation import citation_precision, citation_recall, share_cited, share_exact, share_supported
from eval.metrics.refusal import Confusion, RiskCoverage, confusion, refusal_scores, risk_coverage
from eval.metrics.retrieval import hit_at, hit_within, ndcg_at, nugget_recall_at, recall_at, reciprocal_rank
from eval.metrics.uncertainty import Interval, holm, mean_interval, paired_p_value, percentile
from eval.suite import Nugget
from pipeline.types import ArticleInfo, Citation, Statement
from tests.eval_samples import DENIAL, TOLL, article, stated


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("41 boxes fell", "41", True),
        ("410 boxes fell", "41", False),
        ("1,041 boxes fell", "41", False),
        ("41.5 tonnes", "41", False),
        ("the price fell to €41.", "41", True),
        ("in 2041", "41", False),
        ("“We didn’t know”", "\"we didn't", True),
        ("spread  over\nlines", "over lines", True),
        ("the in\u200bquiry", "inquiry", True),
        ("2019–20", "2019-20", True),
        ("forty-one", "41", False),
    ],
)
def test_contains(text: str, phrase: str, found: bool) -> None:
    assert contains(text, phrase) is found


# A ranking of four passages: nothing, sentences 0 and 1, nothing, sentence 2; sentence 3 is in none.
HELD = [set(), {0, 1}, set(), {2}]


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (recall_at(HELD, 4, 1), 0.0),
        (recall_at(HELD, 4, 2), 0.5),
        (recall_at(HELD, 4, 10), 0.75),
        (recall_at(HELD, 0, 10), None),
        (hit_at(HELD, 4, 1), 0.0),
        (hit_at(HELD, 4, 2), 1.0),
        (hit_at([], 0, 2), None),
        (reciprocal_rank(HELD, 4), 0.5),
        (reciprocal_rank([set(), set()], 1), 0.0),
        (reciprocal_rank(HELD, 0), None),
        # Relevant: two passages of the ranking and one for sentence 3.
        (ndcg_at(HELD, 4, 10), (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3) + 1 / math.log2(4))),
        (ndcg_at(HELD, 4, 2), (1 / math.log2(3)) / (1 + 1 / math.log2(3))),
        (ndcg_at([{0}, {1}], 2, 10), 1.0),
        (ndcg_at(HELD, 0, 10), None),
        (nugget_recall_at(HELD, [{0, 3}, {3}, {2}], 2), 1 / 3),
        (nugget_recall_at(HELD, [{0, 3}, {3}, {2}], 4), 2 / 3),
        (nugget_recall_at(HELD, [], 4), None),
        (hit_within(HELD, [100, 100, 100, 100], 4, 199), 0.0),
        (hit_within(HELD, [100, 100, 100, 100], 4, 200), 1.0),
        (hit_within(HELD, [100, 100, 100, 100], 0, 200), None),
        (hit_within([], [], 1, 200), 0.0),
    ],
)
def test_retrieval(score: float | None, expected: float | None) -> None:
    assert score == (None if expected is None else pytest.approx(expected))


@given(st.lists(st.integers(0, 4), max_size=24), st.integers(0, 3))
def test_retrieval_is_as_trec_eval_measures_it(sizes: list[int], unheld: int) -> None:
    """Against trec_eval itself, where a document is a passage, and for recall where it is a gold sentence."""
    counter = itertools.count()
    held = [{next(counter) for _ in range(size)} for size in sizes]
    gold = sum(sizes) + unheld
    assume(held and gold)
    run = {f"p{at}": float(len(held) - at) for at in range(len(held))}
    relevant = {f"p{at}": 1 for at, sentences in enumerate(held) if sentences} | {f"u{at}": 1 for at in range(unheld)}
    measured = RelevanceEvaluator({"q": relevant}, {"recip_rank", "success", "ndcg_cut"}).evaluate({"q": run})["q"]
    assert reciprocal_rank(held, gold) == pytest.approx(measured["recip_rank"])
    assert ndcg_at(held, gold, 10) == pytest.approx(measured["ndcg_cut_10"])
    assert [hit_at(held, gold, k) for k in (1, 5, 10)] == [measured[f"success_{k}"] for k in (1, 5, 10)]
    single = [{at} for at in range(min(len(held), gold))]
    ranked = {f"s{at}": float(-at) for at in range(len(single))}
    sentences = RelevanceEvaluator({"q": {f"s{at}": 1 for at in range(gold)}}, {"recall"}).evaluate({"q": ranked})["q"]
    assert [recall_at(single, gold, k) for k in (5, 10, 20)] == pytest.approx(
        [sentences[f"recall_{k}"] for k in (5, 10, 20)]
    )


@given(st.lists(st.sets(st.integers(0, 5)), max_size=8), st.integers(1, 10))
def test_retrieval_scores_are_shares(held: list[set[int]], k: int) -> None:
    for score in (recall_at(held, 6, k), hit_at(held, 6, k), ndcg_at(held, 6, k), reciprocal_rank(held, 6)):
        assert score is not None
        assert 0 <= score <= 1 + 1e-12


NUGGETS = (Nugget("41 crowns", ("41 crowns", "forty-one crowns"), True), Nugget("Monday", ("Monday",), False))


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (accept_hit("It costs 41 crowns.", ["41", "forty-one"]), 1.0),
        (accept_hit("It costs 42 crowns.", ["41", "forty-one"]), 0.0),
        (exact_match("The 41 crowns.", ["41 crowns"]), 1.0),
        (exact_match("It is 41 crowns.", ["41 crowns"]), 0.0),
        (token_f1("the cat sat", "a cat sat down"), 2 * 2 / (2 + 3)),
        (token_f1("dog", "cat"), 0.0),
        (token_f1("", "cat"), 0.0),
        # Longest common subsequence: "cat sat mat", 3 of 4 and 3 of 3 words.
        (rouge_l("cat sat on mat", "cat sat mat"), 2 * 0.75 * 1 / 1.75),
        (nugget_recall("Forty-one crowns it is.", NUGGETS), 0.5),
        (nugget_recall("Forty-one crowns it is.", NUGGETS, vital_only=True), 1.0),
        (nugget_recall("41 crowns", ()), None),
        (redundancy(["one two three", "one two three", "four five six"]), 2 / 3),
        (redundancy(["alone"]), None),
        (
            share_disputes_shown([[("toll", "mayor")], [("toll", "monitors")], [("oil", "agency")]], ["toll", "oil"]),
            0.5,
        ),
        (share_disputes_shown([[("toll", "mayor")]], []), None),
        (share_disputes_real([[("toll", "mayor")], [("toll", "mayor")], [("oil", "agency")], []]), 0.5),
        (share_disputes_real([[("pay", "union"), ("pay", "operator")]]), 1.0),
        (share_disputes_real([]), None),
    ],
)
def test_answers(score: float | None, expected: float | None) -> None:
    assert score == (None if expected is None else pytest.approx(expected))


def test_squad_words() -> None:
    assert squad_words("The “Calder Star’s” 41, an odd one!") == ["calder", "stars", "41", "odd", "one"]


def _cite(start: int, end: int, name: str = "a") -> Citation:
    return Citation(ArticleInfo(name, ""), start, end, "x" * (end - start))


GOLD = (Span("a", 0, 100), Span("a", 100, 200), Span("b", 0, 50))


@pytest.mark.parametrize(
    ("citations", "precision", "recall"),
    [
        ((), None, 0.0),
        ((_cite(0, 100),), 1.0, 0.5),
        # Half of the shorter span is enough, less is not.
        ((_cite(50, 150),), 1.0, 1.0),
        ((_cite(60, 159),), 1.0, 0.5),
        ((_cite(300, 400), _cite(0, 50, "b")), 0.5, 0.5),
        ((_cite(0, 50, "c"),), 0.0, 0.0),
    ],
)
def test_citations_against_gold(citations: tuple[Citation, ...], precision: float | None, recall: float) -> None:
    """The first nugget is said by sentence 0 of GOLD, the second by 1 and 2."""
    assert citation_precision(citations, GOLD) == precision
    assert citation_recall(citations, GOLD, [frozenset({0}), frozenset({1, 2})]) == recall


def test_statement_shares(tmp_path: Path) -> None:
    articles = {found.info.id: found for _, found in [article("bridge.txt", tmp_path)]}
    exact, shifted = stated(TOLL), stated(TOLL, start=1)
    unknown = Statement("x", "weak", (_cite(0, 3, "nowhere"),))
    bare = Statement("y", "unsupported")
    statements = (exact, shifted, unknown, bare)
    assert share_exact(statements, articles) == pytest.approx(1 / 3)
    assert share_cited(statements) == 0.75
    assert share_supported(statements) == 0.5
    assert (share_exact((bare,), articles), share_cited(()), share_supported(())) == (None, None, None)
    assert share_exact((stated(DENIAL),), articles) == 1.0


def test_refusals() -> None:
    assert confusion([(True, False), (True, True), (False, True), (False, True)]) == Confusion(1, 1, 0, 2)
    assert refusal_scores(answerable=True, refused=True) == {"false_refusal_rate": 1.0, "refusal_accuracy": 0.0}
    assert refusal_scores(answerable=False, refused=True) == {"refusal_rate": 1.0, "refusal_accuracy": 1.0}


def test_mean_interval_is_repeatable_and_holds_the_mean() -> None:
    values = [0.0, 0.0, 1.0, 1.0, 1.0, 0.5]
    interval = mean_interval(values)
    assert interval == mean_interval(values)
    assert interval.mean == pytest.approx(3.5 / 6)
    assert 0 <= interval.low < interval.mean < interval.high <= 1
    assert interval.n == 6
    assert mean_interval([0.25]) == Interval(0.25, 0.25, 0.25, 1)
    with pytest.raises(ValueError, match="at least one"):
        mean_interval([])


def test_percentile() -> None:
    assert percentile([1.0, 2.0, 3.0], 0.5) == 2.0
    assert percentile([], 0.5) == 0.0


def test_permutation_test_against_hand_count() -> None:
    """Of the 16 sign patterns of four equal differences, the two with one sign throughout are as extreme."""
    assert paired_p_value([1.0, 1.0, 1.0, 1.0]) == pytest.approx(2 / 16)
    assert paired_p_value([0.0, 0.0]) == 1.0
    assert paired_p_value([1.0]) == 1.0


@pytest.mark.parametrize(
    ("raw", "corrected"),
    [((0.01, 0.04, 0.03), (0.03, 0.06, 0.06)), ((0.5, 0.9), (1.0, 1.0)), ((), ())],
)
def test_holm(raw: tuple[float, ...], corrected: tuple[float, ...]) -> None:
    assert holm(raw) == pytest.approx(corrected)


def test_an_interval_by_clusters_draws_whole_clusters() -> None:
    values = [1.0] * 10 + [0.0] * 10
    apart = mean_interval(values, [f"story {at}" for at in range(20)])
    together = mean_interval(values, ["one"] * 10 + ["two"] * 10)
    assert apart == mean_interval(values)
    assert (together.mean, together.low, together.high, together.n) == (0.5, 0.0, 1.0, 20)
    assert 0.2 < apart.low < apart.high < 0.8
    assert mean_interval(values, ["one"] * 20) == mean_interval(values)


def test_risk_by_coverage() -> None:
    found = risk_coverage([(0.9, True), (0.5, False), (0.4, True)], questions=5)
    assert found == RiskCoverage(
        questions=5,
        answered=3,
        area=pytest.approx((0 + 1 / 2 + 1 / 3) / 3),
        best=pytest.approx((0 + 0 + 1 / 3) / 3),
        curve=((0.2, 0.0), (0.4, 0.5), (0.6, 1 / 3)),
    )
    assert risk_coverage([], questions=5) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_the_area_under_risk_is_between_the_best_and_the_worst(answers: list[tuple[float, bool]]) -> None:
    found = risk_coverage(answers, len(answers))
    assert found is not None
    assert found.best <= found.area + 1e-12
    assert found.curve[-1] == (1.0, sum(1 for _, right in answers if not right) / len(answers))
    constant = risk_coverage([(0.5, right) for _, right in answers], len(answers))
    assert constant is not None
    assert found.area <= constant.area + 1e-12
