"""What is exported and taken in again is the same library; a line that breaks a rule is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.app import open_newsdesk
from pipeline.errors import InputError
from pipeline.library import Library
from pipeline.settings import Settings
from pipeline.sources.exported import export_line, read_exported
from pipeline.types import Filters, IngestReport

DOCK = """Dock gates jam at Fennick lock

The gates of Fennick lock jammed on Tuesday evening with 14 barges waiting above it, the trust said. Nobody was hurt.

Sign up for our newsletter

Correction: An earlier version of this article said 15 barges were waiting.
"""
RECORD = {
    "title": "Mill at Tarrow to reopen",
    "text": "The paper mill at Tarrow will reopen in May with 60 workers, its new owner said on Monday.",
    "url": "https://news.example/mill",
    "published": "2026-03-02T08:00:00+01:00",
    "authors": ["Maud Ferris"],
    "section": "Business",
}


def ingest(library: Path, *paths: Path) -> IngestReport:
    with open_newsdesk(Settings(library=str(library)), create=True) as desk:
        return desk.ingest([str(path) for path in paths])


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Three articles: a record, a file in two versions, and a copy of that."""
    folder = tmp_path / "library"
    (tmp_path / "dock.txt").write_text(DOCK)
    (tmp_path / "wire.jsonl").write_text(json.dumps(RECORD))
    ingest(folder, tmp_path / "dock.txt", tmp_path / "wire.jsonl")
    (tmp_path / "dock.txt").write_text(DOCK.replace("14 barges", "19 barges"))
    (tmp_path / "copy.txt").write_text(DOCK.replace("Nobody was hurt.", "Work goes on."))
    ingest(folder, tmp_path / "dock.txt", tmp_path / "copy.txt")
    return folder


def exported(folder: Path, file: Path, filters: Filters = Filters()) -> Path:
    with open_newsdesk(Settings(library=str(folder))) as desk:
        file.write_text("".join(f"{export_line(article)}\n" for article in desk.library.history(filters)))
    return file


def contents(opened: Library) -> tuple[object, ...]:
    ids = [info.id for info in opened.articles()]
    passages = [passage.text for passage, _ in opened.passages(list(range(1, 50)))]
    return tuple(opened.history()), ids, sorted(passages), opened.check()


def test_the_library_comes_back_as_it_was(library: Path, tmp_path: Path) -> None:
    file = exported(library, tmp_path / "all.jsonl")
    report = ingest(tmp_path / "again", file)
    assert (len(report.added), len(report.updated), report.rejected) == (3, 1, ())
    with (
        open_newsdesk(Settings(library=str(library))) as one,
        open_newsdesk(Settings(library=str(tmp_path / "again"))) as other,
    ):
        assert contents(one.library) == contents(other.library)
    assert len(ingest(tmp_path / "again", file).unchanged) == 4
    assert len(ingest(library, file).unchanged) == 4


def test_filters_choose_articles_and_all_their_versions_go_along(library: Path, tmp_path: Path) -> None:
    with open_newsdesk(Settings(library=str(library))) as desk:
        dock = next(info for info in desk.library.articles() if info.version == 2)
    lines = exported(library, tmp_path / "one.jsonl", Filters(articles=(dock.id,))).read_text().splitlines()
    assert [json.loads(line)["version"] for line in lines] == [1, 2]


BROKEN = [
    ({"blocks": [[0, 10_000, "paragraph"]]}, "outside the text"),
    ({"blocks": [[0, 20, "paragraph"], [10, 90, "paragraph"]]}, "overlap"),
    ({"blocks": [[0, 20, "paragraph"]]}, "do not cover"),
    ({"blocks": [[0, 20, "advertisement"]]}, "blocks"),
    ({"correction": [0, 5, "other", ""]}, "correction"),
    ({"first_seen": "yesterday"}, "first_seen"),
    ({"original": "§"}, "original"),
    ({"newsdesk": 2}, "newsdesk"),
]


@pytest.mark.parametrize(("change", "reason"), BROKEN, ids=[reason for _, reason in BROKEN])
def test_a_line_that_breaks_a_rule_is_refused(
    library: Path, tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    line = json.loads(exported(library, tmp_path / "all.jsonl").read_text().splitlines()[1])
    with pytest.raises(InputError, match=reason):
        read_exported(line | change, "all.jsonl:2")


def test_an_address_that_is_none_is_left_out(library: Path, tmp_path: Path) -> None:
    line = json.loads(exported(library, tmp_path / "all.jsonl").read_text().splitlines()[1])
    article = read_exported(line | {"url": "javascript:alert(1)"}, "all.jsonl:2").cleaned
    assert article is not None
    assert article.info.url == ""
