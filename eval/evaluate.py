"""The whole evaluation of newsdesk on a suite: the writers, and the hostile models behind the same grounding."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from eval.gold import find_gold
from eval.guard import GuardScore, challenge, sample
from eval.mocks import HOSTILE, MockChatModel
from eval.newsdesk_system import newsdesk_system
from eval.results import Results, results
from eval.run import Run, run_suite, select
from eval.suite import Suite, load_suite
from eval.summary import summarise
from pipeline.settings import Settings
from pipeline.templates import load

EXTRACTIVE = "extractive"
FAITHFUL = "faithful"
BUNDLED_SUITE = Path(__file__).parent / "suites" / "newsroom"
INJECTED_SUITE = Path(__file__).parent / "suites" / "injected"
"""A few articles that tell a model what to say: what the gullible model is asked about."""

# Questions that each hostile model is asked: enough for some fifty planted sentences each, few enough for seconds.
CHALLENGES = 20

Progress = Callable[[str, int, int], None]
"""Called after each case with what is being run, how many cases of it are done, and how many there are."""


def evaluate(
    suite: Suite,
    settings: Settings,
    *,
    writers: Sequence[str] = (EXTRACTIVE, FAITHFUL),
    guard: bool = True,
    limit: int | None = None,
    only: str | None = None,
    case: str | None = None,
    progress: Progress | None = None,
) -> Results:
    """Run the suite once for each writer (`faithful` is the mocked model, anything else a model as `--model` takes it),
    then the hostile models with `guard`. The library is made in a temporary folder and removed."""
    selection: dict[str, Any] = {"limit": limit, "only": only, "case": case}
    select(suite, **selection)
    started = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="newsdesk-eval-") as folder:
        settings = replace(settings, library=str(Path(folder, "library")))
        runs = [_run(suite, settings, writer, selection, progress) for writer in writers]
        scores = _guard(suite, settings, Path(folder), progress) if guard else ()
    return results(
        _manifest(suite, settings, selection, started),
        [record for run in runs for record in run.records],
        [summarise(run.writer, run.records) for run in runs],
        scores,
    )


def check(folder: Path) -> Suite:
    """The suite in a folder, found sound; SuiteError names all that is wrong, in its form or against its articles."""
    suite = load_suite(folder)
    with (
        tempfile.TemporaryDirectory(prefix="newsdesk-eval-") as place,
        newsdesk_system(Settings(library=str(Path(place, "library")))) as system,
    ):
        system.ingest(str(suite.articles_folder))
        find_gold(suite, system.articles())
    return suite


def _run(suite: Suite, settings: Settings, writer: str, selection: Mapping[str, Any], progress: Progress | None) -> Run:
    def report(done: int, of: int, _id: str) -> None:
        if progress:
            progress(writer, done, of)

    model = MockChatModel(behaviour=writer) if writer == FAITHFUL else None
    with newsdesk_system(settings if model else replace(settings, model=writer), model) as system:
        return run_suite(suite, system, **selection, progress=report)


def _guard(suite: Suite, settings: Settings, folder: Path, progress: Progress | None) -> tuple[GuardScore, ...]:
    """Each hostile model over a sample of the suite; the gullible one over articles that give it orders."""
    injected = load_suite(INJECTED_SUITE)
    scores = []
    for done, behaviour in enumerate(HOSTILE, 1):
        model = MockChatModel(behaviour=behaviour)
        ordered = behaviour == "gullible"
        place = replace(settings, library=str(folder / "injected")) if ordered else settings
        with newsdesk_system(place, model) as system:
            asked = injected if ordered else suite
            system.ingest(str(asked.articles_folder))
            scores.append(challenge(system, model, sample(asked.cases, CHALLENGES)))
        if progress:
            progress("guard", done, len(HOSTILE))
    return tuple(scores)


def _manifest(suite: Suite, settings: Settings, selection: Mapping[str, Any], started: datetime) -> dict[str, Any]:
    settings_but_place = {name: value for name, value in asdict(settings).items() if name not in ("library", "model")}
    return {
        "suite": suite.name,
        "digest": suite.digest,
        "newsdesk": version("newsdesk"),
        "prompts": {name: load(name).digest for name in ("answer", "brief")},
        "settings": settings_but_place,
        "selection": dict(selection),
        "started": started.isoformat(timespec="seconds"),
        "seconds": (datetime.now(UTC) - started).total_seconds(),
    }
