"""The options of `newsdesk brief`: how long, which sections, which title, which articles."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, get_args

import regex
import typer

from pipeline.errors import UsageError
from pipeline.types import BriefingPlan, SectionKind

_WORDS = {"short": 150, "standard": 400, "long": 800}
_KINDS: dict[str, SectionKind] = {kind.replace(" ", "-"): kind for kind in get_args(SectionKind) if kind != "points"}
_DAYS_BACK = regex.compile(r"(\d{1,4})d")


class Length(StrEnum):
    """How long a briefing is."""

    SHORT = "short"
    STANDARD = "standard"
    LONG = "long"


LengthOption = Annotated[Length, typer.Option("--length", help="How long: 150, 400 or 800 words before the lists.")]
WordsOption = Annotated[
    int | None,
    typer.Option("--words", min=40, max=5000, help="About so many words before the lists, in place of --length."),
]
SectionsOption = Annotated[
    str | None, typer.Option("--sections", metavar="NAMES", help=f"Only these, by commas: {', '.join(_KINDS)}.")
]
TitleOption = Annotated[str, typer.Option("--title", help="The title, in place of the topic.")]
ArticlesOption = Annotated[
    list[str] | None, typer.Option("--articles", metavar="ID", help="Only these articles, by commas; may be repeated.")
]


def plan_from(length: Length, words: int | None, sections: str | None, title: str) -> BriefingPlan:
    """The plan that the options name; UsageError for a section that there is not."""
    names = [name.strip().casefold() for name in (sections or "").split(",") if name.strip()]
    unknown = [name for name in names if name not in _KINDS]
    if unknown:
        raise UsageError(f"There is no section {unknown[0]!r}", f"The sections are {', '.join(_KINDS)}")
    return BriefingPlan(words or _WORDS[length], tuple(_KINDS[name] for name in names), title.strip())


def article_ids(given: list[str] | None) -> tuple[str, ...]:
    """The ids of `--articles a,b --articles c`, each once."""
    return tuple(dict.fromkeys(name.strip() for one in given or () for name in one.split(",") if name.strip()))


def day_back(since: str | None, today: date | None = None) -> str | None:
    """`7d` as the day seven days before today, written out; anything else as it is."""
    span = _DAYS_BACK.fullmatch(since or "")
    return str((today or date.today()) - timedelta(days=int(span[1]))) if span else since
