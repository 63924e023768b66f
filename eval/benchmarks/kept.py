"""What a benchmark found out of single items, kept beside its library for the next run of the same code.

A file a run: its name is the digest of all that a result depends on, the code of the pipeline and of the harness, the
packages installed, the library, the settings; a line for each item, written as soon as it is known, so that an
interrupted run is taken up where it stopped. The KEPT newest files of a benchmark stay.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from eval.benchmarks.corpus import KEPT, shelf
from eval.code import code_digest
from pipeline.embedding import STATIC
from pipeline.settings import Settings

_EXTRACTIVE = "extractive"
# Settings that say where things are, not what comes out.
_PLACES = ("library", "cache_folder")


class Kept:
    """The results of a file, by the keys of their items; what is added is there for the next run."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.held: dict[str, dict[str, Any]] = dict(_lines(path)) if path is not None else {}

    def add(self, key: str, result: Mapping[str, Any]) -> None:
        """Keep the result of an item."""
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                # The line before may be half of one, of a run that was killed.
                file.write("\n" + json.dumps([key, result]))


def open_kept(benchmark: str, settings: Settings, *, fresh: bool) -> Kept:
    """What is kept for these settings, whose library is named after its content; with `fresh`, nothing yet.

    Only what always comes out the same is kept: by the extractive writer and the bundled embedding model.
    """
    if settings.model != _EXTRACTIVE or settings.embedding != STATIC:
        return Kept(None)
    folder = shelf(f"{benchmark}.kept")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{_digest(settings)}.jsonl"
    if fresh:
        path.unlink(missing_ok=True)
    path.touch()
    for other in sorted(folder.iterdir(), key=lambda each: each.stat().st_mtime)[:-KEPT]:
        other.unlink()
    return Kept(path)


def key_of(*values: object) -> str:
    """The key of an item that is these values: strings, numbers, and lists of them."""
    return hashlib.blake2b(json.dumps(values).encode(), digest_size=16).hexdigest()


def _digest(settings: Settings) -> str:
    installed = sorted(f"{each.name} {each.version}" for each in distributions())
    counted = {name: value for name, value in asdict(settings).items() if name not in _PLACES}
    state = [code_digest(), sys.version, installed, Path(settings.library).name, counted]
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:32]


def _lines(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """The whole lines of a file: the last one of a run that was killed may be half."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            key, result = json.loads(line)
        except ValueError:
            continue
        found.append((key, result))
    return found
