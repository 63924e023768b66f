"""Chroma's chunking evaluation on tiny data in its layout, and its recall against values worked out by hand."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from eval.benchmarks import run_benchmark
from eval.benchmarks.chunking import Span, recall
from pipeline.errors import InputError
from pipeline.settings import Settings

HARBOUR = (
    "The harbour of Tolsta was dredged in spring. Workers moved 40,000 tonnes of silt in nine weeks. "
    "The port authority paid for it out of its reserves, and asked the county for a loan. "
)
BIRDS = (
    "Ringed plovers nest on the shingle from April. Walkers are asked to keep their dogs on leads until July. "
    "A warden counts the nests each morning and marks them with stakes. "
)
DREDGED = "Workers moved 40,000 tonnes of silt in nine weeks."
WARDEN = "A warden counts the nests each morning"


def write_data(folder: Path, rows: list[dict[str, str]]) -> Path:
    (folder / "corpora").mkdir(parents=True)
    for name, text in (("harbour", HARBOUR), ("birds", BIRDS)):
        (folder / "corpora" / f"{name}.md").write_text(text, encoding="utf-8")
    with (folder / "questions_df.csv").open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, ["question", "references", "corpus_id"])
        writer.writeheader()
        writer.writerows(rows)
    return folder


def row(question: str, corpus: str, text: str, quote: str) -> dict[str, str]:
    start = text.index(quote)
    reference: dict[str, Any] = {"content": quote, "start_index": start, "end_index": start + len(quote)}
    return {"question": question, "references": json.dumps([reference]), "corpus_id": corpus}


ROWS = [
    row("How much silt was moved?", "harbour", HARBOUR, DREDGED),
    row("Who counts the nests of the plovers?", "birds", BIRDS, WARDEN),
]


def test_both_answers_stand_in_the_first_passage(tmp_path: Path) -> None:
    figures = run_benchmark("chunking", write_data(tmp_path / "data", ROWS), settings=Settings())
    assert figures["questions"] == 2
    assert figures["corpora"] == ["birds", "harbour"]
    assert figures["recall@1"] == 1.0
    assert set(figures["parts"]) == {"words", "vectors", "fused"}  # type: ignore[call-overload]


def test_a_reference_that_no_passage_holds_is_not_found(tmp_path: Path) -> None:
    beyond = row("How much silt was moved?", "harbour", HARBOUR, DREDGED)
    reference = {"content": "?", "start_index": len(HARBOUR) + 10, "end_index": len(HARBOUR) + 20}
    rows = [beyond | {"references": json.dumps([reference])}]
    figures = run_benchmark("chunking", write_data(tmp_path / "data", rows), settings=Settings())
    assert figures["recall@10"] == figures["found@10"] == 0.0


@dataclass(frozen=True)
class Recall:
    found: tuple[Span, ...]
    references: tuple[Span, ...]
    share: float


@pytest.mark.parametrize(
    "case",
    [
        Recall((("a", 0, 10),), (("a", 0, 10),), 1.0),
        Recall((("a", 0, 10),), (("a", 5, 15),), 0.5),
        Recall((("b", 0, 10),), (("a", 0, 10),), 0.0),
        Recall((("a", 0, 6), ("a", 4, 10)), (("a", 0, 10), ("a", 20, 30)), 0.5),
        Recall((), (("a", 0, 1),), 0.0),
    ],
)
def test_recall(case: Recall) -> None:
    assert recall(case.found, case.references) == case.share


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([ROWS[0] | {"references": "[{}]"}], "Line 2 of"),
        ([ROWS[0] | {"references": "none"}], "Line 2 of"),
        ([ROWS[0] | {"corpus_id": "fish"}], "holds no 'corpora/fish.md'"),
    ],
)
def test_other_data_is_refused_in_one_sentence(tmp_path: Path, rows: list[dict[str, str]], said: str) -> None:
    data = write_data(tmp_path / "data", rows)
    with pytest.raises(InputError, match=said):
        run_benchmark("chunking", data, settings=Settings())


def test_a_folder_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="questions_df"):
        run_benchmark("chunking", tmp_path, settings=Settings())
