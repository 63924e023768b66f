"""A run that is under way: every case that is done stands in its folder, so that an interrupted run can be continued.

`unfinished.jsonl` has what is run in its first line (the manifest but for times) and a record in each other. It goes
when the results are written.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.records import CaseRecord, record_line
from pipeline.errors import SuiteError, UsageError

UNFINISHED = "unfinished.jsonl"


class Journal:
    """The journal in a folder; `begin` opens one. `done` has what an interrupted run left, by writer and case id.

    The file is there from the first record on, with `head` before it: a run that fails at once leaves nothing behind.
    """

    def __init__(self, path: Path, head: str, done: Mapping[str, Mapping[str, CaseRecord]]) -> None:
        self.done = done
        self._path = path
        self._head = head
        self._lock = threading.Lock()

    def keep(self, record: CaseRecord) -> None:
        """Add a record; safe from several threads."""
        line = record_line(record)
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(line if file.tell() else f"{self._head}\n{line}")

    def remove(self) -> None:
        """The run is finished and its results are written."""
        self._path.unlink(missing_ok=True)


def begin(folder: Path, plan: Mapping[str, Any], *, resume: bool) -> Journal:
    """A journal for a run of this plan, new, or with `resume` the one that an interrupted run left, if there is one.

    Cases that failed are left out of `done`: they are tried again. Raises UsageError when the folder has an interrupted
    run and `resume` is False, and when that run is of another plan; SuiteError when its first line is damaged.
    """
    path = folder / UNFINISHED
    plan = json.loads(json.dumps(plan))
    if not path.exists():
        if resume and (folder / "manifest.json").exists():
            raise UsageError(f"The run in {str(folder)!r} is finished", "Run it anew without --resume")
        return Journal(path, json.dumps(plan, ensure_ascii=False), {})
    if not resume:
        raise UsageError(
            f"{str(folder)!r} has a run that was interrupted",
            "Continue it with --resume, or name a new folder with --output",
        )
    # A process that was killed may have left half a line at the end: what it was about is run again.
    head, *lines = path.read_text(encoding="utf-8").rpartition("\n")[0].split("\n")
    try:
        begun = json.loads(head)
        records = [_record(json.loads(line)) for line in lines]
    except (KeyError, TypeError, ValueError) as error:
        raise SuiteError(
            f"The interrupted run in {str(folder)!r} is damaged", "Begin it anew in another folder"
        ) from error
    changed = [name for name in plan if plan[name] != begun.get(name)]
    if changed:
        raise UsageError(
            f"The interrupted run in {str(folder)!r} differs in {', '.join(changed)}",
            "Continue it as it was begun, or begin anew in another folder with --output",
        )
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8", newline="\n")
    done: dict[str, dict[str, CaseRecord]] = {}
    for record in records:
        if record.failure is None:
            done.setdefault(record.writer, {})[record.id] = record
    return Journal(path, head, done)


def _record(line: Mapping[str, Any]) -> CaseRecord:
    return CaseRecord(
        **{
            **line,
            "after": tuple(line["after"]),
            "ranking": tuple(line["ranking"]),
            "shortfalls": tuple(line["shortfalls"]),
        }
    )
