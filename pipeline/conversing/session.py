"""A conversation with a library: what was asked and answered so far, and what a line that is typed means. Pure.

A line that begins with a slash is a command, any other a question. Filters hold until they are changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.conversing.referents import Turn
from pipeline.errors import UsageError
from pipeline.types import Answer, Filters

COMMANDS: Mapping[str, str] = {
    "sources": "the sources of the last answer again",
    "open": "N: the passage behind footnote N, in its article",
    "since": "DATE: only articles from this day on; no date lifts it",
    "until": "DATE: only articles up to this day; no date lifts it",
    "source": "NAME: only articles of this source; no name lifts it",
    "model": "NAME: what writes from now on; no name shows what does",
    "save": "FILE: the whole conversation, as JSON if the name ends so, else as Markdown",
    "help": "these commands",
    "quit": "leave",
}
"""The commands of a session and what they do."""

OFF = frozenset(("", "off", "none", "any", "all"))


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was typed, under which filters, and its answer, whose question is how it stood alone."""

    asked: str
    answer: Answer
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Session:
    """The exchanges so far, oldest first, and the filters in force."""

    filters: Filters = field(default_factory=Filters)
    exchanges: tuple[Exchange, ...] = ()

    @property
    def history(self) -> tuple[Turn, ...]:
        """The exchanges as a follow-up question sees them."""
        return tuple(
            Turn(each.answer.question, " ".join(statement.text for statement in each.answer.statements))
            for each in self.exchanges
        )

    @property
    def last(self) -> Answer | None:
        return self.exchanges[-1].answer if self.exchanges else None

    def after(self, asked: str, answer: Answer) -> Session:
        return replace(self, exchanges=(*self.exchanges, Exchange(asked, answer, self.filters)))


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was typed: a command with its argument, or a question, whose `command` is empty."""

    command: str
    argument: str


def read_line(typed: str) -> Line:
    """What a line means; UsageError for a command that there is not. A beginning that only one has is enough."""
    text = typed.strip()
    if not text.startswith("/"):
        return Line("", text)
    name, _, argument = text[1:].partition(" ")
    word = name.casefold()
    meant = [command for command in COMMANDS if command == word] or [
        command for command in COMMANDS if word and command.startswith(word)
    ]
    if len(meant) != 1:
        raise UsageError(
            f"There is no command {text.split()[0]!r}", f"There are {', '.join(f'/{one}' for one in COMMANDS)}"
        )
    return Line(meant[0], argument.strip())


def filtered(filters: Filters, line: Line) -> Filters:
    """The filters after /since, /until or /source; UsageError for a day that is none."""
    lifted = line.argument.casefold() in OFF
    if line.command == "source":
        return replace(filters, sources=() if lifted else (line.argument,))
    day = None if lifted else _day(line)
    changed = replace(filters, since=day) if line.command == "since" else replace(filters, until=day)
    if changed.since and changed.until and changed.since > changed.until:
        raise UsageError(f"/{line.command} {line.argument} leaves no day between", "Lift the other first")
    return changed


def _day(line: Line) -> date:
    try:
        return date.fromisoformat(line.argument)
    except ValueError:
        raise UsageError(
            f"/{line.command} {line.argument!r} is not a date", "Write it as YYYY-MM-DD, for example 2026-03-14"
        ) from None
