"""The metrics of a run of newsdesk, computed again from its files by other code: they must agree.

Written from the definitions in docs/metrics.md; nothing of the metrics of the harness is used.
"""

from __future__ import annotations

import json
import math
import re
import shutil
import string
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import fmean, quantiles
from typing import Any

import pytest
from nltk.stem.porter import PorterStemmer

from eval.evaluate import BUNDLED_SUITE, Plan, evaluate
from eval.loading import load_suite
from eval.scoring import GROUPS
from pipeline.settings import Settings

Line = Mapping[str, Any]

STEMMER = PorterStemmer()


# Between them: follow-ups, edited articles with `as_of`, disagreement, all kinds of unanswerable questions, topics.
STORIES = ("recount", "satellite")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("runs")
    for part in ("articles", "cases"):
        for file in sorted((BUNDLED_SUITE / part).rglob("*.*")):
            if file.is_file() and file.name.startswith(STORIES):
                copy = place / "suite" / file.relative_to(BUNDLED_SUITE)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
    shutil.copyfile(BUNDLED_SUITE / "suite.toml", place / "suite" / "suite.toml")
    evaluate(load_suite(place / "suite"), Settings(), Plan(guard=False), output=place / "results", jobs=2)
    return place / "results"


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[Line]:
    return [json.loads(line) for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def texts(folder: Path) -> dict[tuple[str, str | None], str]:
    articles = map(json.loads, (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines())
    return {(article["id"], article["edition"]): article["text"] for article in articles}


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


def statements(line: Line) -> list[Line]:
    sections = line["answer"]["sections"] if line["kind"] == "topic" else [line["answer"]]
    return [statement for section in sections for statement in section["statements"]]


def answer_text(line: Line) -> str:
    return " ".join(statement["text"] for statement in statements(line))


def citations(line: Line) -> list[Line]:
    return [citation for statement in statements(line) for citation in statement["citations"]]


def rouge(one: str, other: str) -> float:
    """ROUGE-L F1 over Porter stems of words longer than three letters, by the longest common subsequence."""
    stemmed = [
        [STEMMER.stem(word) if len(word) > 3 else word for word in re.findall("[a-z0-9]+", text.lower())]
        for text in (one, other)
    ]
    row = [0] * (len(stemmed[1]) + 1)
    for word in stemmed[0]:
        last = row[:]
        for at, match in enumerate(stemmed[1], 1):
            row[at] = last[at - 1] + 1 if word == match else max(last[at], row[at - 1])
    return 2 * row[-1] / sum(map(len, stemmed)) if row[-1] else 0.0


def repeated(line: Line) -> float:
    sections = [section for section in line["answer"]["sections"] if section["kind"] != "disagreements"]
    said = [statement["text"] for section in sections for statement in section["statements"]]
    return fmean(max(rouge(one, other) for other in said if other is not one) for one in said)


def disputes(line: Line) -> dict[str, float]:
    """The shares of a story's conflicts that the table shows, and of its rows that are of one."""
    wanted = line["reference"]["conflicts"]
    rows = [
        {
            (conflict["id"], version["side"])
            for conflict in wanted
            for version in conflict["versions"]
            if any(same(citation, version) for citation in row["citations"])
        }
        for section in line["answer"]["sections"]
        if section["kind"] == "disagreements"
        for row in section["statements"]
    ]
    shown: dict[str, set[str]] = {}
    for conflict, side in (pair for row in rows for pair in row):
        shown.setdefault(conflict, set()).add(side)
    real = []
    for row in rows:
        elsewhere = {conflict for other in rows if other is not row for conflict, _ in other}
        of = [conflict for conflict, _ in row]
        real.append(any(conflict in elsewhere or of.count(conflict) > 1 for conflict in of))
    scores = {}
    if disputed := [conflict["id"] for conflict in wanted if conflict["disputed"]]:
        scores["disputes_shown"] = fmean(len(shown.get(conflict, ())) > 1 for conflict in disputed)
    if wanted and rows:
        scores["disputes_real"] = fmean(real)
    return scores


def text_of(texts: Mapping[tuple[str, str | None], str], line: Line, id_: str) -> str:
    return texts.get((id_, line["edition"])) or texts[id_, None]


def shares(line: Line, texts: Mapping[tuple[str, str | None], str]) -> dict[str, float]:
    """What holds of statements, for answers and briefings alike."""
    said = statements(line)
    if not said:
        return {}
    return {
        "supported": fmean(each["support"] == "supported" for each in said),
        "cited": fmean(bool(each["citations"]) for each in said),
        "quotes_exact": fmean(
            all(
                text_of(texts, line, each["article_id"])[each["start"] : each["end"]] == each["quote"]
                for each in one["citations"]
            )
            for one in said
            if one["citations"]
        ),
    }


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
    "rouge_l": lambda line: rouge(answer_text(line), line["reference"]["answer"]),
    "nuggets": lambda line: nuggets(line, vital=False),
    "nuggets_vital": lambda line: nuggets(line, vital=True),
    "citation_recall": cited_nuggets,
    "false_refusal_rate": lambda line: float(line["answer"]["status"] == "refused"),
}


def test_every_line_agrees(lines: list[Line], texts: dict[tuple[str, str | None], str]) -> None:
    asked = [line for line in lines if line["kind"] != "topic"]
    assert {line["writer"] for line in asked} == {"extractive", "faithful"}
    assert {line["edition"] for line in asked} == {"first", "2026-09-10", None}
    for line in asked:
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
        held = shares(line, texts)
        names = {"supported": "statements_supported", "cited": "statements_cited"}
        expected |= {names.get(name, name): share for name, share in held.items()}
        if line["typed"]:
            expected["typed_hit@5"] = float(any(passage["gold"] for passage in line["typed"]["ranking"][:5]))
            expected["typed_accept"] = float(
                any(says(line["typed"]["text"], form) for form in line["reference"]["accept"])
            )
        assert line["scores"] == pytest.approx(expected), line["id"]
    assert sum(bool(line["typed"]) for line in asked) == 6


def test_every_line_of_a_briefing_agrees(lines: list[Line], texts: dict[tuple[str, str | None], str]) -> None:
    topics = [line for line in lines if line["kind"] == "topic"]
    assert len(topics) == 4
    for line in topics:
        expected = {f"brief_{name}": share for name, share in shares(line, texts).items()}
        expected |= {
            "facts": nuggets(line, vital=False),
            "facts_vital": nuggets(line, vital=True),
            "redundancy": repeated(line),
            "brief_refused": float(line["answer"]["status"] == "refused"),
            **disputes(line),
        }
        assert line["scores"] == pytest.approx(expected), line["id"]


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
        assert figures["operations"] == {
            "failures": sum(bool(line["failure"]) for line in own),
            "stand_ins": sum(line["answer"]["model"] != writer for line in own),
            "cached": sum(line["answer"]["usage"]["cached"] for line in own),
            "input_tokens": sum(line["answer"]["usage"]["input_tokens"] for line in own),
            "output_tokens": sum(line["answer"]["usage"]["output_tokens"] for line in own),
            "cost": 0.0 if writer == "extractive" else None,
            "seconds_p50": pytest.approx(quantiles([line["seconds"] for line in asked], n=100, method="inclusive")[49]),
            "seconds_p95": pytest.approx(quantiles([line["seconds"] for line in asked], n=100, method="inclusive")[94]),
        }
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
