"""The article-extraction benchmark: how much of the article, and of nothing else, is found in a page.

Data: `ground-truth.json` (page name → `articleBody`, `url`) and `html/NAME.html[.gz]`. Scored as its `evaluate.py` does
(github.com/scrapinghub/article-extraction-benchmark): texts as bags of shingles of four word tokens; each page's true
positives, false positives and false negatives scaled to sum to 1; F1 of the mean precision and the mean recall.
Accuracy is the share of pages whose word tokens are exactly those of the truth.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.benchmarks.records import find, read_text
from pipeline.errors import InputError
from pipeline.settings import Settings

if TYPE_CHECKING:
    from eval.benchmarks import How, Progress

SHINGLE = 4

# With the same scorer over all 181 pages: the best of the benchmark's own table, and extractors as they come.
PUBLISHED = {
    "best published": {"f1": 0.970, "accuracy": 0.470},
    "trafilatura 2.3.1": {"f1": 0.960, "accuracy": 0.293},
    "readability-lxml": {"f1": 0.955},
    "newspaper4k": {"f1": 0.943},
}

_TOKEN = re.compile(r"\w+")


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """Extract every page and score it; pages come in the order of the ground truth."""
    from pipeline.sources.html import extract

    truth = _ground_truth(data)
    pages = list(truth)[:limit]
    texts: list[tuple[str, str]] = []
    for done, name in enumerate(pages, 1):
        html = read_text(find(data / "html", f"{name}.html"))
        texts.append((str(truth[name].get("articleBody") or ""), extract(html, str(truth[name].get("url") or "")).text))
        progress(done, len(pages), "pages")
    return {**score(texts), "pages": len(pages), "published": PUBLISHED}


def score(texts: Sequence[tuple[str, str]]) -> dict[str, float]:
    """f1, precision, recall and accuracy over (true, found) pairs of texts."""
    counts = [shingle_counts(true, found) for true, found in texts]
    precision = _mean([_share(tp, fp, fn) for tp, fp, fn in counts if tp + fp > 0])
    recall = _mean([_share(tp, fn, fp) for tp, fp, fn in counts if tp + fn > 0])
    exact = [float(_TOKEN.findall(true) == _TOKEN.findall(found)) for true, found in texts]
    return {
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "precision": precision,
        "recall": recall,
        "accuracy": _mean(exact),
    }


def shingle_counts(true: str, found: str) -> tuple[float, float, float]:
    """True positives, false positives and false negatives of a page's shingles, scaled to sum to 1."""
    wanted, got = _shingles(true), _shingles(found)
    counts = ((wanted & got).total(), (got - wanted).total(), (wanted - got).total())
    total = sum(counts) or 1
    return counts[0] / total, counts[1] / total, counts[2] / total


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    starts = range(max(1, len(tokens) - SHINGLE + 1)) if tokens else ()
    return Counter(tuple(tokens[start : start + SHINGLE]) for start in starts)


def _share(right: float, wrong: float, other_wrong: float) -> float:
    """right / (right + wrong), which the benchmark sets to 1 for a page without any error."""
    return 1.0 if wrong == other_wrong == 0 else right / (right + wrong)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _ground_truth(data: Path) -> dict[str, dict[str, object]]:
    path = find(data, "ground-truth.json")
    try:
        truth = json.loads(read_text(path))
    except ValueError as error:
        raise InputError(f"{str(path)!r} is no JSON: {error}", "Take the file from the benchmark as it is") from error
    if not isinstance(truth, dict) or not all(isinstance(page, dict) for page in truth.values()):
        raise InputError(f"{str(path)!r} is no table of pages", "Take the file from the benchmark as it is")
    return truth
