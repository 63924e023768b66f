"""Stories in a folder, each with the labels that somebody who knew no code wrote for it, and a library of each.

`NAME.jsonl` holds the articles, as `newsdesk ingest` takes them; the labels lie beside it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.app import Newsdesk


def stories(data: Path, labels: str, example: str) -> list[tuple[Path, Path]]:
    """Each story's articles and labels (`NAME` and the ending `labels`), by name; raises InputError for none."""
    found = [(path.with_name(path.name.removesuffix(labels) + ".jsonl"), path) for path in data.glob(f"*{labels}")]
    complete = sorted(pair for pair in found if pair[0].is_file())
    if not complete:
        raise InputError(f"The data folder {str(data)!r} holds no stories with labels (*{labels})", f"Give {example}")
    return complete


@contextmanager
def library_of(articles: Path, settings: Settings) -> Iterator[Newsdesk]:
    """newsdesk on a library of these articles alone, which goes when it is closed."""
    from pipeline.app import open_newsdesk

    with tempfile.TemporaryDirectory() as folder:
        library = str(Path(folder) / "library")
        with open_newsdesk(replace(settings, library=library), create=True) as desk:
            desk.ingest([str(articles)])
            yield desk
