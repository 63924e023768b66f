"""The metrics of a run of newsdesk, computed again from its files by other code: they must agree.

Written from the definitions in docs/metrics.md; nothing of the metrics of the harness is used.
"""

from __future__ import annotations

import json
import math
import re
import string
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from eval.evaluate import INJECTED_SUITE, Plan, evaluate
from eval.loading import load_suite
from eval.scoring import GROUPS
from pipeline.settings import Settings

Line = Mapping[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("runs") / "results"
    evaluate(load_suite(INJECTED_SUITE), Settings(), Plan(guard=False), output=place, jobs=2)
    return place


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[Line]:
    return [json.loads(line) for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def texts(folder: Path) -> dict[str, str]:
    articles = map(json.loads, (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines())
    return {article["id"]: article["text"] for article in articles}


def same(place: Line, gold: Line) -> bool:
    if place["article_id"] != gold["article_id"]:
        return False
    shared = min(place["end"], gold["end"]) - max(place["start"], gold["start"])
    return shared * 2 >= min(place["end"] - place["start"], gold["end"] - gold["start"])


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("“", '"').replace("”", '"').casefold().split())


def says(text: str, form: str) -> bool:
    bounded = rf"(?<![\d]){re.escape(plain(form))}(?![\d])" if form[-1].isdigit() else re.escape(plain(form))
    return bool(re.search(bounded, plain(text)))


def words(text: str) -> list[str]:
    kept = "".join(character for character in text.lower() if character not in string.punctuation + "‘’“”–—")
    return [word for word in kept.split() if word not in {"a", "an", "the"}]


def answer_text(line: Line) -> str:
    return " ".join(statement["text"] for statement in line["answer"]["statements"])


def citations(line: Line) -> list[Line]:
    return [citation for statement in line["answer"]["statements"] for citation in statement["citations"]]


def saying(line: Line, nugget: Line) -> list[Line]:
    return [gold for gold in line["reference"]["support"] if any(says(gold["quote"], form) for form in nugget["any"])]


def relevance(line: Line) -> list[bool]:
    return [bool(passage["gold"]) for passage in line["ranking"]]


def recall(line: Line, k: int) -> float:
    seen = {at for passage in line["ranking"][:k] for at in passage["gold"]}
    return len(seen) / len(line["reference"]["support"])


def within(line: Line, budget: int) -> float:
    used = 0
    for passage in line["ranking"]:
        used += passage["tokens"]
        if used <= budget and passage["gold"]:
            return 1.0
    return 0.0


def ndcg(line: Line) -> float:
    unheld = set(range(len(line["reference"]["support"]))) - {at for each in line["ranking"] for at in each["gold"]}
    ideal = sorted(relevance(line) + [True] * len(unheld), reverse=True)
    gains = [sum(hit / math.log2(at + 2) for at, hit in enumerate(order[:10])) for order in (relevance(line), ideal)]
    return gains[0] / gains[1]


def f1(line: Line) -> float:
    said, wanted = Counter(words(answer_text(line))), Counter(words(line["reference"]["answer"]))
    shared = sum((said & wanted).values())
    if not shared:
        return 0.0
    precision, recalled = shared / sum(said.values()), shared / sum(wanted.values())
    return 2 * precision * recalled / (precision + recalled)


def nuggets(line: Line, vital: bool) -> float:
    wanted = [nugget for nugget in line["reference"]["nuggets"] if nugget["vital"] or not vital]
    return fmean(any(says(answer_text(line), form) for form in nugget["any"]) for nugget in wanted)


def evidence_nuggets(line: Line, k: int) -> float:
    support = line["reference"]["support"]
    seen = [support[at] for passage in line["ranking"][:k] for at in passage["gold"]]
    return fmean(any(gold in seen for gold in saying(line, nugget)) for nugget in line["reference"]["nuggets"])


def cited_nuggets(line: Line) -> float:
    return fmean(
        any(same(citation, gold) for citation in citations(line) for gold in saying(line, nugget))
        for nugget in line["reference"]["nuggets"]
    )


ANSWERABLE: dict[str, Callable[[Line], float]] = {
    **{f"hit@{k}": lambda line, k=k: float(any(relevance(line)[:k])) for k in (1, 5, 10)},
    **{f"recall@{k}": lambda line, k=k: recall(line, k) for k in (5, 10, 20)},
    **{f"hit@{budget}_tokens": lambda line, budget=budget: within(line, budget) for budget in (1000, 2000)},
    **{f"evidence_nuggets@{k}": lambda line, k=k: evidence_nuggets(line, k) for k in (5, 10)},
    "mrr": lambda line: max((1 / rank for rank, hit in enumerate(relevance(line), 1) if hit), default=0.0),
    "ndcg@10": ndcg,
    "accept": lambda line: float(any(says(answer_text(line), form) for form in line["reference"]["accept"])),
    "exact_match": lambda line: float(
        words(answer_text(line)) in [words(form) for form in line["reference"]["accept"]]
    ),
    "token_f1": f1,
    "nuggets": lambda line: nuggets(line, vital=False),
    "nuggets_vital": lambda line: nuggets(line, vital=True),
    "citation_recall": cited_nuggets,
    "false_refusal_rate": lambda line: float(line["answer"]["status"] == "refused"),
}


def test_every_line_agrees(lines: list[Line], texts: dict[str, str]) -> None:
    asked = [line for line in lines if line["kind"] != "topic"]
    assert {line["writer"] for line in asked} == {"extractive", "faithful"}
    for line in asked:
        scores, statements = line["scores"], line["answer"]["statements"]
        answerable = line["kind"] != "unanswerable"
        expected: dict[str, float] = {name: of(line) for name, of in ANSWERABLE.items()} if answerable else {}
        refused = line["answer"]["status"] == "refused"
        expected["refusal_accuracy"] = float(refused != answerable)
        if not answerable:
            expected["refusal_rate"] = float(refused)
        elif citations(line):
            expected["citation_precision"] = fmean(
                any(same(citation, gold) for gold in line["reference"]["support"]) for citation in citations(line)
            )
        if statements:
            expected["statements_supported"] = fmean(each["support"] == "supported" for each in statements)
            expected["statements_cited"] = fmean(bool(each["citations"]) for each in statements)
            expected["quotes_exact"] = fmean(
                all(
                    texts[each["article_id"]][each["start"] : each["end"]] == each["quote"] for each in one["citations"]
                )
                for one in statements
                if one["citations"]
            )
        assert {name: score for name, score in scores.items() if name != "rouge_l"} == pytest.approx(expected), line[
            "id"
        ]


def test_the_summary_agrees_with_the_lines(folder: Path, lines: list[Line]) -> None:
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    for writer, figures in summary["writers"].items():
        own = [line for line in lines if line["writer"] == writer]
        means = {
            name: fmean(line["scores"][name] for line in own if name in line["scores"])
            for metrics in GROUPS.values()
            for name in metrics
            if any(name in line["scores"] for line in own)
        }
        assert {name: each["mean"] for name, each in figures["metrics"].items()} == pytest.approx(means)
        asked = [line for line in own if line["kind"] != "topic"]
        answered = [line for line in asked if line["confidence"] is not None]
        answered.sort(key=lambda line: (-line["confidence"], line["scores"].get("accept", 0.0)))
        wrong = [1 - line["scores"].get("accept", 0.0) for line in answered]
        area = fmean(fmean(wrong[:kept]) for kept in range(1, len(wrong) + 1))
        assert figures["selective"]["area"] == pytest.approx(area)
        assert figures["confusion"] == {
            f"{'' if answerable else 'un'}answerable_{'refused' if refused else 'answered'}": sum(
                (line["kind"] != "unanswerable", line["answer"]["status"] == "refused") == (answerable, refused)
                for line in asked
            )
            for answerable in (True, False)
            for refused in (False, True)
        }


def test_every_metric_is_in_the_documented_page() -> None:
    page = (Path(__file__).parents[1] / "docs" / "metrics.md").read_text(encoding="utf-8")
    assert [name for metrics in GROUPS.values() for name in metrics if f"`{name}`" not in page] == []
