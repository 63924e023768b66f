"""Grounding: how many faults are found and how many faithful paraphrases pass, on the sentences of a suite's articles.

Data: a suite (`newsdesk eval --benchmark grounding --data eval/suites/newsroom`). The paraphrases stand in
`grounding.tsv` beside this file, written by hand, each with the sentence or two that it tells again. Faults are made
by rule (`mutations`) of the sentences as they stand and of their paraphrases; marks are moved to other sentences of
the same passage. Every statement is held against the cited sentences among their neighbours, as an answer's would be.

A folder of written tables does as well (`--data tests/grounding`, see `eval.benchmarks.written`): the faults and
paraphrases are those that stand there.
"""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from eval.benchmarks.mutations import MUTATIONS, Original
from eval.benchmarks.written import rows as written_rows
from eval.benchmarks.written import tables
from eval.loading import load_suite
from eval.newsdesk_system import newsdesk_system
from eval.suite import Suite
from pipeline.errors import InputError
from pipeline.grounding import DraftSentence, Mark, ground, ground_draft
from pipeline.sentences import split
from pipeline.settings import Settings
from pipeline.types import Article, Evidence, Passage, Sentence, Statement

if TYPE_CHECKING:
    from eval.benchmarks import How, Progress

FAITHFUL, _MOVED = "faithful", "mark moved"
_JOINT = " ‖ "
# How many sentences on either side of a cited one are in its passage.
_AROUND = 4
_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][\w’'-]+ )+[A-Z][\w’'-]+\b")


@dataclass(frozen=True, slots=True)
class Row:
    """A statement with its marks, what it is held against, and the kind of its fault ("faithful": none)."""

    kind: str
    sentence: DraftSentence
    evidence: tuple[Evidence, ...]


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """The shares of faults found, by kind, and of false alarms, on the first `limit` paraphrases and what is made of
    them."""
    made = list(_told(data, settings, limit))
    if not made:
        raise InputError(
            f"None of the sentences told again is in {str(data)!r}", "Give eval/suites/newsroom, or tests/grounding"
        )
    seen: Counter[str] = Counter()
    alarmed: Counter[str] = Counter()
    started = time.perf_counter()
    for done, (kind, statements) in enumerate(made, 1):
        seen[kind] += 1
        alarmed[kind] += any(statement.support != "supported" for statement in statements())
        progress(done, len(made), "statements")
    seconds = time.perf_counter() - started
    faults = {kind: (alarmed[kind], seen[kind]) for kind in seen if kind != FAITHFUL}
    return {
        "faults_found": _share(sum(found for found, _ in faults.values()), sum(of for _, of in faults.values())),
        "false_alarms": _share(alarmed[FAITHFUL], seen[FAITHFUL]),
        "faults": sum(of for _, of in faults.values()),
        "paraphrases": seen[FAITHFUL],
        "found_by_kind": {kind: {"found": found, "of": of} for kind, (found, of) in sorted(faults.items())},
        "milliseconds_a_statement": round(1000 * seconds / len(made), 2),
    }


def _told(data: Path, settings: Settings, limit: int | None) -> Iterator[tuple[str, Callable[[], list[Statement]]]]:
    """What is told, as kind and what grounding makes of it, of the written tables or of the suite in a folder."""
    cases = [case for table in tables(data).values() for case in table]
    for written in written_rows(cases[:limit]):
        yield written.fault or FAITHFUL, partial(_grounded, written.draft, written.case.evidence())
    if not cases:
        for row in rows(articles_of(data, settings), limit):
            yield row.kind, partial(_statement, row)


def _grounded(draft: str, evidence: Sequence[Evidence]) -> list[Statement]:
    return [statement for section in ground_draft(draft, evidence) for statement in section.statements]


def _statement(row: Row) -> list[Statement]:
    return [ground(row.sentence, row.evidence)]


def rows(articles: Sequence[Article], limit: int | None = None) -> Iterator[Row]:
    """The paraphrases and the faults made of them and of their sentences; the same ones on every run."""
    chance = random.Random(0)
    told = [(article, split(article.text)) for article in articles]
    names = {article.info.id: _names(article.text) for article in articles}
    once: set[str] = set()
    for quotes, paraphrase in _paraphrases(limit):
        found = next((each for each in told if all(any(s.text == q for s in each[1]) for q in quotes)), None)
        if found is None:
            continue
        article, sentences = found
        places = [next(at for at, each in enumerate(sentences) if each.text == quote) for quote in quotes]
        evidence, marks = _evidence(article, sentences, places)
        yield Row(FAITHFUL, _draft(paraphrase, marks), (evidence,))
        original = Original(paraphrase, " ".join(quotes), names[article.info.id])
        yield from _faults(original, marks, evidence, chance)
        if len(quotes) == 1 and quotes[0] not in once:
            once.add(quotes[0])
            yield from _faults(replace(original, text=quotes[0]), marks, evidence, chance)


def _faults(original: Original, marks: tuple[Mark, ...], evidence: Evidence, chance: random.Random) -> Iterator[Row]:
    for kind, mutate in MUTATIONS.items():
        for text in mutate(original, chance):
            yield Row(kind, _draft(text, marks), (evidence,))
    others = [Mark(1, at + 1) for at in range(len(evidence.passage.sentences)) if Mark(1, at + 1) not in marks]
    if others:
        yield Row(_MOVED, _draft(original.text, (chance.choice(others),)), (evidence,))


def _draft(text: str, marks: tuple[Mark, ...]) -> DraftSentence:
    return DraftSentence(text, marks, (), ())


def _evidence(
    article: Article, sentences: Sequence[Sentence], places: Sequence[int]
) -> tuple[Evidence, tuple[Mark, ...]]:
    """The passage around the places, and the marks of these in it."""
    first, last = max(0, min(places) - _AROUND), max(places) + _AROUND + 1
    passage = Passage(article.info.id, 0, tuple(sentences[first:last]), tokens=1)
    return Evidence(1, passage, article.info, 1.0), tuple(Mark(1, place - first + 1) for place in places)


def _paraphrases(limit: int | None) -> Iterator[tuple[list[str], str]]:
    lines = files("eval").joinpath("benchmarks", "grounding.tsv").read_text("utf-8").splitlines()[1:]
    for line in lines[:limit]:
        quotes, paraphrase = line.split("\t")
        yield quotes.split(_JOINT), paraphrase


def articles_of(data: Path, settings: Settings) -> list[Article]:
    suite = load_suite(data)
    with tempfile.TemporaryDirectory() as folder:
        library = str(Path(folder) / "library")
        return _taken_in(suite, replace(settings, library=library))


def _taken_in(suite: Suite, settings: Settings) -> list[Article]:
    with newsdesk_system(settings) as system:
        for intake in suite.intakes:
            system.ingest(intake.paths, intake.day)
        return [article for _, article in system.articles()]


def _names(text: str) -> tuple[str, ...]:
    """The names of two words and more within the sentences of a text, each once."""
    found = (re.sub(r"[’']s$", "", match.group()) for match in _NAME.finditer(text))
    return tuple(dict.fromkeys(found))


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
