"""The public benchmarks on tiny data in their layouts, and their scorers against values worked out by hand."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.benchmarks import BENCHMARKS, How, baselines, clapnq, corpus, extraction, realtimeqa, run_benchmark, summaries
from eval.benchmarks.choice import choose
from eval.benchmarks.said import contains
from eval.evaluate import BUNDLED_SUITE
from pipeline.embedding import StaticEmbeddings
from pipeline.errors import InputError, Interrupted, NewsdeskError, SuiteError, UsageError
from pipeline.settings import Settings
from pipeline.types import ArticleInfo, Evidence, Passage, Sentence

SETTINGS = Settings()
EMBEDDINGS = StaticEmbeddings()
# Benchmarks whose data is a suite.
OF_A_SUITE = ("facts", "rewriting", "grounding")

FERRY = (
    "The ferry Saint Orla was taken out of service after engineers found a crack in her bow door. "
    "She carries 1,200 passengers a day between Merrow and the mainland. "
    "The operator, Northline, said that a replacement ship would arrive on Friday."
)
HARBOUR = (
    "Harbour workers at Tolsta voted to end their strike after nine days. "
    "The union accepted a pay rise of six per cent. "
    "Cranes are to start moving again on Monday, the port authority said."
)


def write_records(path: Path, records: list[dict[str, Any]]) -> None:
    data = "".join(json.dumps(record) + "\n" for record in records)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data.encode()) if path.suffix == ".gz" else data.encode())


def evidence_of(number: int, text: str, *, url: str = "", tokens: int = 10, published: str | None = None) -> Evidence:
    passage = Passage(f"article {url}", 0, (Sentence(0, len(text), text),), tokens, id=number)
    return Evidence(
        number, passage, ArticleInfo(f"article {url}", "Title", url=url, published=published), score=1 / number
    )


# RealTimeQA


def quiz(folder: Path) -> Path:
    articles = [
        {"url": "https://n.example/ferry", "title": "Merrow ferry withdrawn", "published": "2026/03/12", "text": FERRY},
        {"url": "https://n.example/copy", "title": "Ferry withdrawn", "published": "2026/03/13", "text": f"{FERRY} "},
        {"url": "https://n.example/port", "title": "Tolsta strike ends", "published": "2026/03/20", "text": HARBOUR},
    ]
    questions = [
        {
            "asked": "2026-03-14",
            "question": "How many passengers does the Merrow ferry Saint Orla carry a day?",
            "choices": ["300", "1,200", "4,000", "9,500"],
            "answer": "1,200",
            "answering_urls": ["https://n.example/copy"],
        },
        {
            "asked": "2026-03-14",
            "question": "By how much does pay rise for the harbour workers of Tolsta?",
            "choices": ["Two per cent", "Six per cent"],
            "answer": "Six per cent",
            "answering_urls": ["https://n.example/port"],
        },
        {"asked": "2026-03-14", "question": "Who won the regatta?", "choices": ["Oban"], "answer": "Oban"}
        | {"answering_urls": []},
    ]
    write_records(folder / "articles.jsonl.gz", articles)
    write_records(folder / "questions.jsonl.gz", questions)
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: folder)
    return folder


def test_realtimeqa_asks_a_library_that_the_first_run_builds(tmp_path: Path, cache: Path) -> None:
    data = quiz(tmp_path / "data")
    done: list[str] = []
    figures: dict[str, Any] = run_benchmark(
        "realtimeqa", data, settings=SETTINGS, progress=lambda at, of, what: done.append(what)
    )
    assert done == ["articles"] * 3 + ["questions"] * 3
    assert figures["evidence_hit@4"] == figures["evidence_hit@10"] == figures["evidence_hit_in_512_tokens"] == 1.0
    assert figures["answer_in_answer"] == 1.0
    assert figures["multiple_choice_accuracy"] == 1.0
    assert (figures["questions"], figures["questions_with_an_answering_article"]) == (3, 2)
    assert figures["without_a_day"]["evidence_hit@20"] == 1.0
    done.clear()
    told: list[str] = []

    def again(limit: int | None = None, *, fresh: bool = False, **changed: Any) -> dict[str, Any]:
        how, settings = How(fresh=fresh, tell=told.append), replace(SETTINGS, **changed)

        def show(at: int, of: int, what: str) -> None:
            done.append(what)

        return run_benchmark("realtimeqa", data, settings=settings, limit=limit, how=how, progress=show)

    assert again() == figures
    assert (done, [sentence.split(" questions")[0] for sentence in told]) == ([], ["3 of 3"])
    told.clear()
    again(2, fresh=True)
    assert (done, told) == (["questions"] * 2, [])
    again()
    assert [sentence.split(" questions")[0] for sentence in told] == ["2 of 3"]
    told.clear()
    again(evidence_passages=3)
    assert told == []
    assert not list(data.glob("*newsdesk*"))
    assert list((cache / "benchmarks" / "realtimeqa").iterdir())


def test_an_interrupted_build_is_taken_up_again(tmp_path: Path, cache: Path) -> None:
    data = quiz(tmp_path / "data")

    def interrupt(done: int, of: int, what: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        run_benchmark("realtimeqa", data, settings=SETTINGS, progress=interrupt)
    assert run_benchmark("realtimeqa", data, settings=SETTINGS)["evidence_hit@4"] == 1.0


def test_only_the_newest_libraries_of_a_benchmark_stay(tmp_path: Path, cache: Path) -> None:
    articles = [{"url": "https://n.example/ferry", "title": "Ferry", "text": FERRY}]
    for tokens in (64, 96, 128):
        settings = replace(SETTINGS, embedding="static", passage_tokens=tokens)
        with corpus.open_corpus("quiz", articles, settings, lambda *done: None) as desk:
            assert desk.library.status().articles == 1
    assert len(list((cache / "benchmarks" / "quiz").iterdir())) == corpus.KEPT


def test_the_digest_of_a_library_changes_with_articles_and_settings() -> None:
    articles = [{"url": "https://n.example/ferry", "title": "Ferry", "text": FERRY}]
    changed = [
        corpus.digest([{**articles[0], "text": HARBOUR}], SETTINGS),
        corpus.digest(articles, replace(SETTINGS, passage_tokens=128)),
        corpus.digest(articles, replace(SETTINGS, embedding="openai:some-model")),
    ]
    assert corpus.digest(articles, SETTINGS) == corpus.digest(articles, replace(SETTINGS, model="openai:some-model"))
    assert len({corpus.digest(articles, SETTINGS), *changed}) == 4


@pytest.mark.parametrize(
    ("text", "answer", "is_there"),
    [
        ("It was Pope Benedict\nXVI’s funeral.", "Pope Benedict XVI", True),
        ("A fine of $500 was paid.", "$500", True),
        ("A fine of $1,500 was paid.", "500", True),
        ("A fine of 1500 was paid.", "500", False),
        ("The U.S. sent ships.", "US", False),
        ("The U.S. sent ships.", "u.s.", True),
        ("In Café Zürich.", "café zürich", True),
        ("Anything at all.", "?!", False),
    ],
)
def test_an_answer_stands_in_a_text_when_its_words_do(text: str, answer: str, is_there: bool) -> None:
    assert contains(text, answer) is is_there


def test_a_hit_is_a_passage_of_an_answering_article_that_contains_the_answer() -> None:
    item = realtimeqa.read_item(
        {"question": "?", "asked": "2026-03-14", "choices": [], "answer": "six per cent", "answering_urls": ["b"]}, {}
    )
    found = [
        evidence_of(1, "Pay rises by six per cent.", url="a", tokens=200),
        evidence_of(2, "Pay rises.", url="b", tokens=200),
        evidence_of(3, "Nothing.", url="c", tokens=100),
        evidence_of(4, "By six per cent, they said.", url="b", tokens=200),
    ]
    assert not any(realtimeqa.hits_of(found[:3], item).values())
    assert realtimeqa.hits_of(found, item) == {
        "evidence_hit@1": False,
        "evidence_hit@4": True,
        "evidence_hit@10": True,
        "evidence_hit@20": True,
        "evidence_hit_in_512_tokens": False,
        "evidence_hit_in_1024_tokens": True,
        "evidence_hit_in_2048_tokens": True,
    }


def test_articles_with_one_text_answer_for_one_another() -> None:
    twins = corpus.same_story(
        [{"url": "a", "text": "One  text."}, {"url": "b", "text": "One text."}, {"url": "c", "text": ""}]
    )
    assert twins == {"a": frozenset("ab"), "b": frozenset("ab"), "c": frozenset("c")}


@dataclass(frozen=True)
class Choices:
    """A question, what was found, and the choice that it bears out; `published` are the days of what was found."""

    question: str
    choices: tuple[str, ...]
    found: tuple[str, ...]
    best: str
    published: tuple[str, ...] = ()


CHOICES = (
    Choices("Which port's strike ended?", ("Oban", "Tolsta"), ("The strike at the port of Tolsta ended.",), "Tolsta"),
    Choices(
        "Who accepted the pay rise?",
        ("The mayor of Oban", "The union of harbour workers"),
        ("The mayor of Oban was away on holiday that week.", "The union of harbour workers accepted the pay rise."),
        "The union of harbour workers",
    ),
    Choices(
        "How many passengers does the ferry carry?",
        ("1,200 passengers", "900 passengers"),
        ("The ferry carries 900 passengers, the operator said.", "A march of 1,200 people went past the port."),
        "900 passengers",
    ),
    Choices("Which port's strike ended?", ("Oban", "Tolsta"), (), "Oban"),
    Choices(
        "Which port's strike ended this week?",
        ("Port of Oban", "Port of Tolsta"),
        ("The strike ended at the Port of Oban.", "The strike ended at the Port of Tolsta."),
        "Port of Tolsta",
        published=("2025-11-20", "2026-03-01T09:30:00+00:00"),
    ),
    Choices(
        "All of these ports are on strike EXCEPT which?",
        ("Port of Oban", "Port of Kirn"),
        ("The Port of Oban is on strike.",),
        "Port of Kirn",
    ),
)


@pytest.mark.parametrize("case", CHOICES, ids=lambda case: case.best)
def test_the_choice_that_the_evidence_bears_out_best_is_chosen(case: Choices) -> None:
    days = case.published or (None,) * len(case.found)
    evidence = [
        evidence_of(number, text, url=str(number), published=day)
        for number, (text, day) in enumerate(zip(case.found, days, strict=True), 1)
    ]
    assert case.choices[choose(case.question, case.choices, evidence, EMBEDDINGS, date(2026, 3, 2))] == case.best


# CLAPnq


def test_clapnq_answers_from_the_given_passage(tmp_path: Path) -> None:
    sentences = FERRY.replace(". ", ".|").split("|")
    passage = {"title": "Merrow ferry", "text": FERRY, "sentences": sentences}
    reference = {"answer": sentences[1], "selected_sentences": [sentences[1]]}
    asked = {"id": "1", "input": "how many passengers does saint orla carry a day", "passages": [passage]}
    unasked = {"id": "2", "input": "who composed the opera about the volcano", "passages": [passage]}
    write_records(tmp_path / "answerable.jsonl.gz", [asked | {"output": [reference, {**reference, "answer": "No."}]}])
    write_records(tmp_path / "unanswerable.jsonl", [unasked | {"output": [{"answer": "", "selected_sentences": []}]}])
    figures = run_benchmark("clapnq", tmp_path, settings=SETTINGS)
    assert figures["answerability_auroc"] == 1.0
    assert (figures["refusal_rate"], figures["false_refusal_rate"]) == (1.0, 0.0)
    assert figures["rouge_l"] == figures["rouge_l_when_answered"] == 1.0
    assert figures["sentence_f1"] == 1.0


def test_clapnq_evidence_has_its_sentences_where_they_stand() -> None:
    record = {"id": 7, "passages": [{"title": "T", "sentences": ["One .", "Two two ."]}]}
    passage = clapnq.evidence_of(record).passage
    assert [passage.text[sentence.start : sentence.end] for sentence in passage.sentences] == ["One .", "Two two ."]


@pytest.mark.parametrize(
    ("positive", "negative", "expected"),
    [([2.0, 3.0], [1.0, 2.0], 0.875), ([1.0], [2.0], 0.0), ([1.0, 1.0], [1.0], 0.5), ([], [1.0], None)],
)
def test_auroc_is_the_chance_to_rank_a_pair_rightly(
    positive: list[float], negative: list[float], expected: float | None
) -> None:
    assert clapnq.auroc(positive, negative) == expected


@pytest.mark.parametrize(
    ("cited", "selected", "expected"), [("ab", "bcd", 0.4), ("ab", "ab", 1.0), ("", "ab", 0.0), ("a", "b", 0.0)]
)
def test_sentence_f1_compares_sets(cited: str, selected: str, expected: float) -> None:
    assert clapnq.sentence_f1(set(cited), set(selected)) == pytest.approx(expected)


# Extraction


def test_extraction_scores_pages_by_the_ground_truth(tmp_path: Path) -> None:
    body = "\n\n".join(f"{part} {part}" for part in (FERRY, HARBOUR))
    page = "".join(f"<p>{paragraph}</p>" for paragraph in body.split("\n\n"))
    html = f"<html><head><title>Ferry</title></head><body><article><h1>Ferry</h1>{page}</article></body></html>"
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "one.html.gz").write_bytes(gzip.compress(html.encode()))
    truth = {"one": {"articleBody": body, "url": "https://n.example/one"}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth))
    figures = run_benchmark("extraction", tmp_path, settings=SETTINGS)
    assert {name: figures[name] for name in ("f1", "precision", "recall", "accuracy", "pages")} == {
        "f1": 1.0,
        "precision": 1.0,
        "recall": 1.0,
        "accuracy": 1.0,
        "pages": 1,
    }


def test_shingles_are_counted_as_the_benchmark_counts_them() -> None:
    # abcd and bcde wanted, abcd and bcdx found: one right, one too many, one missed.
    assert extraction.shingle_counts("a b c d e", "A? no") == (0.0, 1 / 3, 2 / 3)
    assert extraction.shingle_counts("a b c d e", "a b, c d x") == (1 / 3, 1 / 3, 1 / 3)
    figures = extraction.score([("a b c d e", "a b, c d x"), ("One two.", "One — two"), ("", "")])
    assert figures == {"f1": 0.75, "precision": 0.75, "recall": 0.75, "accuracy": pytest.approx(2 / 3)}


@given(st.text(alphabet="ab c", max_size=30), st.text(alphabet="ab c", max_size=30))
def test_shingle_counts_are_shares_and_turn_round_with_the_texts(true: str, found: str) -> None:
    right, added, missed = extraction.shingle_counts(true, found)
    assert right + added + missed == pytest.approx(1.0) or not (true + found).strip()
    assert extraction.shingle_counts(found, true) == (right, missed, added)


# Summaries


def test_summaries_are_compared_with_the_baselines_at_equal_length(tmp_path: Path) -> None:
    first = FERRY.split(". ")[0] + "."
    record = {"articles": [{"title": "Merrow ferry", "text": FERRY, "date": "2026-03-12"}], "reference": first}
    write_records(tmp_path / "single.jsonl.gz", [record])
    figures = summaries.compare(
        tmp_path, lambda topic, evidence, words: [first], SETTINGS, None, How(), lambda *done: None
    )
    assert (figures["rouge_1"], figures["rouge_2"], figures["rouge_l"]) == (1.0, 1.0, 1.0)
    sets: Any = figures["sets"]
    assert set(sets["single"]) == {"newsdesk", "lead", "lexrank", "textrank", "lsa", "centroid"}
    assert sets["single"]["lead"] == {"rouge_1": 1.0, "rouge_2": 1.0, "rouge_l": 1.0}
    briefed: dict[str, Any] = run_benchmark("summaries", tmp_path, settings=SETTINGS, limit=1)
    assert briefed["rouge_1"] >= briefed["rouge_l"] > 0


def test_rouge_is_that_of_its_paper() -> None:
    # Two of three and two of four words, one of two and one of three pairs, a common subsequence of two.
    found = summaries.rouge("the cat sat", "the cat ran home")
    assert found == pytest.approx({"rouge_1": 4 / 7, "rouge_2": 0.4, "rouge_l": 4 / 7})


TWO_STORIES = (
    evidence_of(1, "Ferry crack stops Merrow ferry.", url="a"),
    evidence_of(2, "Weather was fine.", url="a"),
    evidence_of(3, "Merrow ferry has crack.", url="b"),
    evidence_of(4, "Islanders wait for Merrow ferry repair.", url="b"),
)


@pytest.mark.parametrize(
    ("write", "budget", "expected"),
    [
        (baselines.lead, 9, "Ferry crack stops Merrow ferry. Merrow ferry has crack."),
        (baselines.lead, 8, "Ferry crack stops Merrow ferry. Weather was fine."),
        (baselines.lexrank, 5, "Ferry crack stops Merrow ferry."),
        # Links by shared words over the logs of the lengths: 3 / ln 12 + 2 / ln 15 is the most.
        (baselines.textrank, 5, "Merrow ferry has crack."),
        (baselines.centroid, 5, "Merrow ferry has crack."),
    ],
)
def test_baselines_fill_the_words_they_are_given(write: baselines.Baseline, budget: int, expected: str) -> None:
    assert " ".join(write(TWO_STORIES, budget)) == expected


def test_lsa_leaves_a_topic_of_one_sentence_to_the_end() -> None:
    texts = ["Weather was fine.", *["Merrow ferry crack."] * 5]
    evidence = [evidence_of(number, text, url="a") for number, text in enumerate(texts, 1)]
    assert baselines.lsa(evidence, 3) == ["Merrow ferry crack."]


@pytest.mark.parametrize("write", baselines.WRITERS.values(), ids=baselines.WRITERS)
def test_baselines_make_nothing_of_nothing(write: baselines.Baseline) -> None:
    assert write((), 10) == []


def test_summaries_are_compared_in_the_order_of_the_articles() -> None:
    assert summaries.as_read(["Merrow ferry has crack.", "Weather was fine."], TWO_STORIES) == [
        "Weather was fine.",
        "Merrow ferry has crack.",
    ]


# Key facts


def test_key_facts_are_counted_beside_the_baselines_in_as_many_words(tmp_path: Path) -> None:
    found: dict[str, Any] = run_benchmark("facts", BUNDLED_SUITE, settings=SETTINGS, limit=1)
    assert set(found["lengths"]) == {"short", "standard", "long"}
    for figures in found["lengths"].values():
        assert set(figures) == {"words", "newsdesk", *baselines.WRITERS}
        assert figures["newsdesk"] >= max(figures[name] for name in baselines.WRITERS)


# Bad data


def broken(folder: Path) -> Path:
    write_records(folder / "unanswerable.jsonl", [])
    (folder / "answerable.jsonl").write_text('{"id": 1\n')
    return folder


def lacking(folder: Path) -> Path:
    write_records(folder / "answerable.jsonl", [{"id": 1, "input": "who"}])
    return folder


@pytest.mark.parametrize(
    ("name", "make", "error", "said"),
    [
        ("squad", lambda folder: folder, UsageError, "'squad'"),
        ("clapnq", lambda folder: folder / "nowhere", InputError, "does not exist"),
        *((name, lambda folder: folder, InputError, "holds no ") for name in BENCHMARKS if name not in OF_A_SUITE),
        *((name, lambda folder: folder, SuiteError, "is not a suite") for name in OF_A_SUITE),
        ("clapnq", broken, InputError, "Line 1 of"),
        ("clapnq", lacking, InputError, "no 'passages'"),
    ],
)
def test_data_that_cannot_be_used_is_named(
    name: str, make: Callable[[Path], Path], error: type[NewsdeskError], said: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=said):
        run_benchmark(name, make(tmp_path), settings=SETTINGS)
