"""What it buys to have queries written for a question: the retrieval figures of a suite without them and with.

Data: the folder of a suite, and in it `rewrites.toml` with queries by the id of the question, written beforehand. The
questions are the suite's that compare things or take several articles.

`without`  the figures as `newsdesk eval` has them: passages by rank, see docs/metrics.md
`written`  with the queries of the file; `parts` with what rules cut a question into; `beside the point` with queries
           that have nothing to do with it; `rubbish` with replies that cannot be used. All behind the real prompt and
           parser. With a model in the settings (NEWSDESK_MODEL) that is asked instead of all of them
`used`     the share of the questions for which the reply could be used; `queries` how many each had then
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from eval.loading import load_suite
from eval.newsdesk_system import newsdesk_system
from eval.prepare import Prepared, prepare
from eval.rewriters import REWRITERS, MockRewriter
from eval.scoring import RETRIEVED, rank, score_retrieval
from eval.suite import Case
from pipeline.app import Newsdesk, open_newsdesk
from pipeline.errors import InputError
from pipeline.settings import EXTRACTIVE, Settings
from pipeline.types import Question

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from eval.benchmarks import How, Progress

KINDS = ("comparison", "multi")
METRICS = ("hit@5", "recall@5", "recall@10", "recall@20", "evidence_nuggets@5", "evidence_nuggets@10", "mrr")
QUERIES_FILE = "rewrites.toml"


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """The figures by rewriter, ready for JSON; `limit` takes the first questions."""
    suite = load_suite(data)
    cases = [case for case in suite.cases if case.kind in KINDS and case.answerable][:limit]
    model = settings.model
    rewriters: dict[str, BaseChatModel | None] = {model: None}
    if model == EXTRACTIVE:
        queries = read_queries_file(data / QUERIES_FILE, cases)
        rewriters = {name: MockRewriter(behaviour=name, queries=queries) for name in REWRITERS}
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="newsdesk-eval-") as folder:
        settings = replace(settings, library=str(Path(folder, "library")), model=EXTRACTIVE, rewrite=False)
        with newsdesk_system(settings) as system:
            prepared = prepare(suite, system)
        with open_newsdesk(settings) as desk:
            figures["without"] = _figures(desk, prepared, cases)
        for done, (name, given) in enumerate(rewriters.items(), 1):
            with open_newsdesk(replace(settings, model=model, rewrite=True), chat_model=given) as desk:
                figures[name] = _figures(desk, prepared, cases)
            progress(done, len(rewriters), "rewriters")
    return {**figures, "questions": len(cases)}


def read_queries_file(path: Path, cases: Sequence[Case]) -> dict[str, list[str]]:
    """The queries by question; InputError when the file is missing or not well formed."""
    try:
        by_id = tomllib.loads(path.read_text(encoding="utf-8"))["queries"]
        return {case.question: [str(query) for query in by_id[case.id]] for case in cases if case.id in by_id}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{str(path)!r} holds no queries ({error})", "Give it a table [queries] with a list for each question's id"
        ) from error


def _figures(desk: Newsdesk, prepared: Prepared, cases: Sequence[Case]) -> dict[str, object]:
    scored: dict[str, list[Mapping[str, float]]] = {kind: [] for kind in KINDS}
    written: list[int] = []
    for case in cases:
        found = desk.search(Question(case.question, case.filters), RETRIEVED)
        gold = prepared.gold[case.id]
        scored[case.kind].append(score_retrieval(rank(found.evidence, gold), gold))
        written.append(len(found.understood.queries))
    used = [count for count in written if count]
    return {
        **{kind: _means(scores) for kind, scores in scored.items() if scores},
        "used": len(used) / len(written) if written else 0.0,
        "queries": sum(used) / len(used) if used else 0.0,
    }


def _means(scores: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {metric: sum(each[metric] for each in scores) / len(scores) for metric in METRICS}
