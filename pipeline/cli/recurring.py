"""`newsdesk brief --since-last --output FOLDER`: a dated brief whenever there is something new, safe in cron.

The folder keeps, hidden, what the last brief of the same topic and filters was written from. A brief is put there whole
or not at all, never over another one, and only then is it the last. One run at a time has the folder.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pipeline.cli.console import REFUSED, remark, write_file
from pipeline.cli.forms import BriefFormat, written
from pipeline.cli.results import changed_since
from pipeline.errors import InputError, LibraryBusy, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.app import Newsdesk
    from pipeline.types import Briefing, BriefingPlan, Filters

_SUFFIXES = {"text": "txt", "markdown": "md"}


def write_if_new(
    desk: Newsdesk, topic: str, filters: Filters, plan: BriefingPlan, format: BriefFormat, output: Path | None
) -> None:
    """Write a brief into the folder when articles are new, changed or gone since the last; leave with 3 if refused."""
    if output is None:
        raise UsageError("--since-last has no folder to write into", "Name one: --output briefs/")
    if output.is_file():
        raise UsageError(f"{str(output)!r} is a file; --since-last writes dated files into a folder", "Name a folder")
    with _alone_in(output):
        state = output / f".newsdesk-last-{_name_of(topic, filters)}.json"
        seen, earlier = _last(state)
        held = {info.id: info.version for info in desk.library.articles(desk.library.named(filters))}
        fresh = tuple(identity for identity, version in held.items() if seen.get(identity) != version)
        if not topic.strip():
            if not fresh:
                _say_nothing_new(output)
                return
            filters = replace(filters, articles=fresh)
        briefing = desk.brief(topic, filters, plan)
        if briefing.status == "refused":
            remark(f"newsdesk: nothing was written: {'; '.join(briefing.gaps)}")
            raise typer.Exit(REFUSED)
        used = {item.article.id: item.article.version for item in briefing.evidence}
        if topic.strip():
            if seen == used:
                _say_nothing_new(output)
                return
            held = used
        if earlier and topic.strip():
            briefing = changed_since(earlier, briefing, desk.library)
        _write(briefing, desk, format, output)
        _remember(state, held, briefing)


def _write(briefing: Briefing, desk: Newsdesk, format: BriefFormat, folder: Path) -> None:
    suffix = _SUFFIXES.get(format.value, format.value)
    today = date.today().isoformat()
    path, number = folder / f"{today}.{suffix}", 1
    while path.exists():
        number += 1
        path = folder / f"{today}-{number}.{suffix}"
    write_file(written(briefing, desk.library, format), path)
    desk.library.record_brief(str(path.resolve()), briefing.topic, briefing.sources)


def _remember(state: Path, seen: dict[str, int], briefing: Briefing) -> None:
    from pipeline.rendering.jsonform import briefing_json

    beside = state.with_suffix(".new")
    beside.write_text(json.dumps({"seen": seen, "brief": briefing_json(briefing)}), encoding="utf-8")
    beside.replace(state)


def _last(state: Path) -> tuple[dict[str, int], Briefing | None]:
    """What the last brief was written from (id → version), and that brief; nothing when there was none."""
    from pipeline.rendering.readback import read_back
    from pipeline.types import Briefing

    if not state.exists():
        return {}, None
    try:
        held: dict[str, Any] = json.loads(state.read_text(encoding="utf-8"))
        earlier = read_back(json.dumps(held["brief"]), state.name)
        return dict(held["seen"]), earlier if isinstance(earlier, Briefing) else None
    except (OSError, ValueError, KeyError, TypeError, InputError) as error:
        raise InputError(
            f"{str(state)!r}, which says what the last brief was written from, cannot be read",
            "Remove it to begin anew",
        ) from error


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder; raises LibraryBusy when another run has it, InputError when it cannot be written."""
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".newsdesk-lock")
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LibraryBusy(f"Another run is writing a brief into {str(folder)!r}", "Let it end first") from error
    except OSError as error:
        raise InputError(
            f"{str(folder)!r} cannot be written ({error.strerror or error})", "Choose another --output"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _name_of(topic: str, filters: Filters) -> str:
    return hashlib.sha256(f"{topic.strip().casefold()}\n{filters}".encode()).hexdigest()[:12]


def _say_nothing_new(folder: Path) -> None:
    remark(f"Nothing is new since the last brief in {folder}: nothing was written.")
