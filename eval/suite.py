"""A suite is a folder of data: articles, cases with fixed references, and floors.

    suite.toml             name and description
    articles/              what the system takes in
    articles/2026-03-31/   what it takes in on that day only: more articles, and later versions of those it has (with
                           their addresses); `as_of` questions are asked of what was there on a day
    cases/*.toml           [[question]], [[topic]] and [[conflict]] tables; `newsdesk eval new` writes a commented
                           example
    floors.toml            optional: what a run must reach (see eval.gate)

`eval.loading.load_suite` reads a suite and checks its form; `eval.gold.find_gold` checks its quotes against the
articles as they were taken in. Both name every problem they find, not the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

from pipeline.errors import SuiteError
from pipeline.types import Filters

Kind: TypeAlias = Literal[
    "single",
    "multi",
    "comparison",
    "temporal",
    "attribution",
    "disagreement",
    "update",
    "followup",
    "unanswerable",
]
Unanswerable: TypeAlias = Literal["absent entity", "absent relation", "wrong period", "false premise"]

# More would bury the next step; `newsdesk eval check` lists them all.
_PROBLEMS_SHOWN = 3


class UnsoundSuite(SuiteError):
    """A suite with these problems, each of which names its case or file; the message has the first ones."""

    def __init__(self, problems: tuple[str, ...], folder: Path) -> None:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        shown = "; ".join(problems[:_PROBLEMS_SHOWN]) + ("; …" if len(problems) > _PROBLEMS_SHOWN else "")
        super().__init__(
            f"The suite {str(folder)!r} has {count}: {shown}",
            f"Correct them; `newsdesk eval check {folder}` lists them all" if len(problems) > 1 else "Correct it",
        )
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Nugget:
    """A fact that a full answer holds. Any one of the literal strings in `any` shows that it is there."""

    fact: str
    any: tuple[str, ...]
    vital: bool


@dataclass(frozen=True, slots=True)
class Support:
    """A sentence that supports a reference: `article` is a path under articles/, with `:LINE` for JSON Lines."""

    article: str
    quote: str


@dataclass(frozen=True, slots=True)
class Case:
    """A question and its reference; an unanswerable one has a reason instead of an answer.

    `after` are the questions that were asked before it in the same conversation, the oldest first; a follow-up cannot
    be understood without them.
    `place` is where it is written, `bridge.toml:12`; cases of one file are of one story and share its articles.
    """

    id: str
    kind: Kind
    question: str
    after: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    answer: str = ""
    accept: tuple[str, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    support: tuple[Support, ...] = ()
    unanswerable: Unanswerable | None = None
    why: str = ""
    place: str = ""

    @property
    def answerable(self) -> bool:
        return self.kind != "unanswerable"

    @property
    def story(self) -> str:
        return self.place.partition(".toml")[0]


@dataclass(frozen=True, slots=True)
class Fact:
    """A key fact of a topic and the sentence that says it."""

    nugget: Nugget
    support: Support


@dataclass(frozen=True, slots=True)
class Topic:
    """What a user would ask a briefing on, and the facts that a good one holds; `place` as of a case."""

    id: str
    topic: str
    facts: tuple[Fact, ...]
    place: str = ""

    @property
    def story(self) -> str:
        return self.place.partition(".toml")[0]


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a conflict and a sentence that gives its version; a sentence may give those of two sides."""

    side: str
    support: Support


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sentences of a story that give versions of one thing.

    A `disputed` one is to be shown as a disagreement; of the others, such as an update, it is a matter of taste.
    """

    id: str
    about: str
    versions: tuple[Version, ...]
    disputed: bool = True
    place: str = ""

    @property
    def story(self) -> str:
        return self.place.partition(".toml")[0]


@dataclass(frozen=True, slots=True)
class Intake:
    """Files and folders that a system takes in on a day; None is before all days."""

    day: date | None
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suite:
    """A loaded suite. `digest` is the SHA-256 over its articles and cases: two runs are comparable when it is equal."""

    name: str
    description: str
    folder: Path
    cases: tuple[Case, ...]
    topics: tuple[Topic, ...]
    digest: str
    conflicts: tuple[Conflict, ...] = ()

    @property
    def entries(self) -> tuple[Case | Topic, ...]:
        """Everything with references: the cases, then the topics."""
        return (*self.cases, *self.topics)

    @property
    def articles_folder(self) -> Path:
        return self.folder / "articles"

    @property
    def intakes(self) -> tuple[Intake, ...]:
        """What is taken in, the first first: all that stands in no folder of a day, then the folders of days."""
        days = {path: _day(path) for path in sorted(self.articles_folder.iterdir())}
        first = Intake(None, tuple(str(path) for path, day in days.items() if day is None))
        later = sorted((day, str(path)) for path, day in days.items() if day is not None)
        return (first, *(Intake(day, (path,)) for day, path in later))


def _day(path: Path) -> date | None:
    """The day that a folder is called after, if it is."""
    try:
        return date.fromisoformat(path.name) if path.is_dir() else None
    except ValueError:
        return None


def raise_if_any(problems: Sequence[str], folder: Path) -> None:
    """UnsoundSuite with every problem, when there are any."""
    if problems:
        raise UnsoundSuite(tuple(problems), folder)


def supports(entry: Case | Topic | Conflict) -> tuple[Support, ...]:
    """The supporting sentences of a case, of the facts of a topic, or of the versions of a conflict."""
    if isinstance(entry, Case):
        return entry.support
    return tuple(part.support for part in (entry.facts if isinstance(entry, Topic) else entry.versions))
