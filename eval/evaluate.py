"""The whole evaluation of newsdesk on a suite: the writers, and the hostile models behind the same grounding."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.code import code_digest
from eval.guard import GuardScore, challenge, sample
from eval.journal import Journal, begin
from eval.loading import load_suite
from eval.mocks import BEHAVIOURS, HOSTILE, SLOW, MockChatModel
from eval.newsdesk_system import NewsdeskSystem, newsdesk_system
from eval.outputs import check_place, write_results
from eval.prepare import Prepared, prepare
from eval.recording import recorded
from eval.records import Run
from eval.results import Results, results
from eval.run import run_suite, select
from eval.suite import Suite
from pipeline.checking import FLAG
from pipeline.errors import UsageError
from pipeline.settings import Settings
from pipeline.templates import load

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

EXTRACTIVE = "extractive"
FAITHFUL = "faithful"
BUNDLED_SUITE = Path(__file__).parent / "suites" / "newsroom"
INJECTED_SUITE = Path(__file__).parent / "suites" / "injected"
"""A few articles that tell a model what to say: what the gullible model is asked about."""

# Settings that say where things are or who writes, not how: the manifest has the writers.
_PLACES = frozenset({"library", "model", "cache_folder"})

# Questions that each hostile model is asked: enough for some fifty planted sentences each, few enough for seconds.
CHALLENGES = 20

# What the slow model is given; it never replies, so this is only waited out, once a question.
IMPATIENT_SECONDS = 0.05

Progress = Callable[[str, int, int], None]
"""Called after each case with what is being run, how many cases of it are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run: the writers (a name of `eval.mocks.BEHAVIOURS`, or a model as `--model` takes it), the hostile
    models too with `guard`, on which of the cases. `record` is the cassette that the one writer's replies go to."""

    writers: tuple[str, ...] = (EXTRACTIVE, FAITHFUL)
    guard: bool = True
    limit: int | None = None
    only: str | None = None
    case: str | None = None
    record: Path | None = None

    @property
    def selection(self) -> dict[str, Any]:
        return {"limit": self.limit, "only": self.only, "case": self.case}


def evaluate(
    suite: Suite,
    settings: Settings,
    plan: Plan = Plan(),
    *,
    output: Path | None = None,
    resume: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Results:
    """Run the suite once for each writer, `jobs` cases at once, then the hostile models. The library is made in a
    temporary folder and removed.

    With `output` every case is kept there as soon as it is done, and the results at the end; `resume` continues a run
    that was interrupted there. Raises what `run_suite`, `check_place` and `journal.begin` raise, before anything is
    run where that can be known.
    """
    select(suite, **plan.selection)
    _check_recording(plan, resume)
    started = datetime.now(UTC)
    manifest = _manifest(suite, settings, plan)
    journal = _journal(output, manifest, resume)
    with tempfile.TemporaryDirectory(prefix="newsdesk-eval-") as folder:
        settings = replace(settings, library=str(Path(folder, "library")))
        with newsdesk_system(replace(settings, model=EXTRACTIVE)) as system:
            prepared = prepare(suite, system)
        runs = [_run(prepared, settings, plan, writer, jobs, journal, progress) for writer in plan.writers]
        scores = _guard(suite, settings, Path(folder), progress) if plan.guard else ()
    seconds = (datetime.now(UTC) - started).total_seconds()
    found = results({**manifest, "started": started.isoformat(timespec="seconds"), "seconds": seconds}, runs, scores)
    if output and journal:
        write_results(output, found)
        journal.remove()
    return found


def check(folder: Path) -> Suite:
    """The suite in a folder, found sound; SuiteError names all that is wrong, in its form or against its articles."""
    suite = load_suite(folder)
    with (
        tempfile.TemporaryDirectory(prefix="newsdesk-eval-") as place,
        newsdesk_system(Settings(library=str(Path(place, "library")))) as system,
    ):
        prepare(suite, system)
    return suite


def _journal(output: Path | None, manifest: Mapping[str, Any], resume: bool) -> Journal | None:
    if output is None:
        if resume:
            raise UsageError("There is no run to resume", "Name the folder of the interrupted run with --output")
        return None
    check_place(output)
    return begin(output, manifest, resume=resume)


def _check_recording(plan: Plan, resume: bool) -> None:
    if plan.record is None:
        return
    writer = plan.writers[0]
    if len(plan.writers) != 1 or writer == EXTRACTIVE or writer.startswith("replay:"):
        raise UsageError("A cassette takes the replies of one language model", "Name it: --model openai:NAME")
    if plan.record.exists() and not resume:
        raise UsageError(f"The cassette {str(plan.record)!r} is there already", "Name a new file with --record")


def _run(
    prepared: Prepared,
    settings: Settings,
    plan: Plan,
    writer: str,
    jobs: int,
    journal: Journal | None,
    progress: Progress | None,
) -> Run:
    def report(done: int, of: int, _id: str) -> None:
        if progress:
            progress(writer, done, of)

    kept: dict[str, Any] = {"done": journal.done.get(writer, {}), "keep": journal.keep} if journal else {}
    with _written_by(writer, settings, plan.record) as system:
        return run_suite(prepared, system, **plan.selection, jobs=jobs, **kept, progress=report)


@contextmanager
def _written_by(writer: str, settings: Settings, record: Path | None) -> Iterator[NewsdeskSystem]:
    """newsdesk with this writer, whose replies are also recorded if there is a cassette for them.

    A mock is measured by all that it wrote: nothing is repaired, left out or replaced. A recorded run is as its replay
    will be.
    """
    mock = MockChatModel(behaviour=writer) if writer in BEHAVIOURS else None
    if mock and not record:
        settings = replace(settings, grounding=FLAG)
    if writer == SLOW:
        settings = replace(settings, model_deadline=IMPATIENT_SECONDS)
    elif mock is None:
        settings = replace(settings, model=writer)
    model = recorded(mock or _chat_model(settings), writer, record) if record else mock
    try:
        with newsdesk_system(settings, model) as system:
            yield system
    finally:
        if mock:
            mock.release()


def _chat_model(settings: Settings) -> BaseChatModel:
    from pipeline.models import chat_model

    return chat_model(
        settings.model,
        base_url=None,
        api_key=None,
        timeout=settings.model_deadline,
        max_output_tokens=settings.output_tokens,
    )


def _guard(suite: Suite, settings: Settings, folder: Path, progress: Progress | None) -> tuple[GuardScore, ...]:
    """Each hostile model over a sample of the suite; the gullible one over articles that give it orders.

    Nothing is mended and nobody writes in the model's place: what is measured is what the checks see.
    """
    injected = load_suite(INJECTED_SUITE)
    settings = replace(settings, grounding=FLAG)
    scores = []
    for done, behaviour in enumerate(HOSTILE, 1):
        model = MockChatModel(behaviour=behaviour)
        ordered = behaviour == "gullible"
        place = replace(settings, library=str(folder / "injected")) if ordered else settings
        if behaviour == SLOW:
            place = replace(place, model_deadline=IMPATIENT_SECONDS)
        with newsdesk_system(place, model) as system:
            asked = prepare(injected, system).suite if ordered else suite
            scores.append(challenge(system, model, sample(asked.cases, CHALLENGES)))
        if progress:
            progress("guard", done, len(HOSTILE))
    return tuple(scores)


def _manifest(suite: Suite, settings: Settings, plan: Plan) -> dict[str, Any]:
    """What is run, but for times: two runs with the same differ in nothing else."""
    return {
        "suite": suite.name,
        "digest": suite.digest,
        "newsdesk": version("newsdesk"),
        "code": code_digest(),
        "writers": {writer: _cassette_digest(writer) for writer in plan.writers},
        "guard": plan.guard,
        "prompts": {name: load(name).digest for name in ("answer", "brief")},
        "settings": {name: value for name, value in asdict(settings).items() if name not in _PLACES},
        "selection": plan.selection,
    }


def _cassette_digest(writer: str) -> str | None:
    """The digest of the cassette that a writer is, if it is one and can be read."""
    path = Path(writer.removeprefix("replay:"))
    if not writer.startswith("replay:") or not path.is_file():
        return None
    return sha256(path.read_bytes()).hexdigest()
