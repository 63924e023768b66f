"""A run for other harnesses: TREC topics, qrels and run files, and a dataset that inspect_ai reads.

    topics.tsv                  id, tab, question (a follow-up as it stands alone)
    articles.qrels              the articles that hold a supporting sentence: the same for every run of the suite
    articles.WRITER.run         the articles in the order of their best passages
    passages.WRITER.qrels       the passages that hold one, and every supporting sentence that no passage held
    passages.WRITER.run         the passages as they were ranked
    inspect.WRITER.jsonl        one sample a question, with the answer, evidence and scores of the run as metadata

A passage is called `ARTICLE#START-END`. Over the passages, trec_eval gives our hit@k (success_k), mrr (recip_rank) and
ndcg@10 (ndcg_cut_10); our recall counts sentences, so it is not its recall_k. White space in a name becomes `_`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from eval.records import TOPIC, statements_in
from eval.results import Results
from pipeline.errors import UsageError
from pipeline.writing import NO_ANSWER

Record: TypeAlias = Mapping[str, Any]


def export(found: Results, folder: Path) -> tuple[Path, ...]:
    """Write a run into a new or empty folder; gives the files. UsageError when the folder holds anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{str(folder)!r} is there and not empty", "Name a new folder")
    asked = {
        writer: [case for case in found.cases if case["writer"] == writer and case["kind"] != TOPIC]
        for writer in found.summary["writers"]
    }
    questions = {case["id"]: case for cases in asked.values() for case in cases}
    files = {
        "topics.tsv": "".join(f"{_name(id_)}\t{_flat(_asked(case))}\n" for id_, case in questions.items()),
        "articles.qrels": _qrels((case, _gold_articles(case)) for case in questions.values()),
    }
    for writer, cases in asked.items():
        called = re.sub(r"[^\w.-]+", "-", writer).strip("-.")
        files |= {
            f"articles.{called}.run": _run(called, [(case, _ranked_articles(case)) for case in cases]),
            f"passages.{called}.qrels": _qrels((case, _gold_passages(case)) for case in cases),
            f"passages.{called}.run": _run(called, [(case, _ranked_passages(case)) for case in cases]),
            f"inspect.{called}.jsonl": "".join(_sample(case) for case in cases),
        }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in files)


def _qrels(judged: Iterable[tuple[Record, Sequence[str]]]) -> str:
    """Lines of `topic 0 document 1`, each once."""
    lines = [f"{_name(case['id'])} 0 {document} 1\n" for case, documents in judged for document in documents]
    return "".join(dict.fromkeys(lines))


def _run(tag: str, ranked: Sequence[tuple[Record, Sequence[str]]]) -> str:
    """Lines of `topic Q0 document rank score tag`. trec_eval sorts by score, so scores fall by one a rank."""
    return "".join(
        f"{_name(case['id'])} Q0 {document} {rank} {len(documents) - rank + 1} {tag}\n"
        for case, documents in ranked
        for rank, document in enumerate(documents, 1)
    )


def _gold_articles(case: Record) -> list[str]:
    return list(dict.fromkeys(_name(place["article"]) for place in case["reference"].get("support", ())))


def _gold_passages(case: Record) -> list[str]:
    held = {at for passage in case["ranking"] for at in passage["gold"]}
    unheld = [place for at, place in enumerate(case["reference"].get("support", ())) if at not in held]
    return [_passage(place) for place in [passage for passage in case["ranking"] if passage["gold"]] + unheld]


def _ranked_articles(case: Record) -> list[str]:
    return list(dict.fromkeys(_name(passage["article"]) for passage in case["ranking"]))


def _ranked_passages(case: Record) -> list[str]:
    return [_passage(passage) for passage in case["ranking"]]


def _passage(place: Record) -> str:
    return f"{_name(place['article'])}#{place['start']}-{place['end']}"


def _sample(case: Record) -> str:
    """A line for `json_dataset` of inspect_ai: any of the targets is right, as its `includes` scorer takes them."""
    reference, answer = case["reference"], case["answer"] or {}
    sample = {
        "id": case["id"],
        "input": _asked(case),
        "target": reference.get("accept") or NO_ANSWER,
        "metadata": {
            "kind": case["kind"],
            "question": case["question"],
            "after": case["after"],
            "story": case["story"],
            "reference": reference,
            "writer": case["writer"],
            "status": answer.get("status"),
            "answer": " ".join(statement["text"] for statement in statements_in(case["answer"])),
            "evidence": [
                " ".join(sentence["text"] for sentence in found["sentences"]) for found in answer.get("evidence", ())
            ],
            "scores": case["scores"],
            "failure": case["failure"],
        },
    }
    return json.dumps(sample, ensure_ascii=False, allow_nan=False) + "\n"


def _asked(case: Record) -> str:
    """The question as it stands alone; as it was written when the case failed before that was known."""
    return str(case["asked"] or case["question"])


def _name(text: str) -> str:
    return re.sub(r"\s+", "_", text)


def _flat(text: str) -> str:
    return " ".join(text.split())
