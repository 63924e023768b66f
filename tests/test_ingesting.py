"""From files to a library: what an ingest does the first, the second and the third time."""

import json
from pathlib import Path

import pytest

from pipeline.app import open_newsdesk
from pipeline.errors import LibraryBusy
from pipeline.library import open_library
from pipeline.settings import Settings
from pipeline.types import IngestReport, Question

DOCK = """Dock gates jam at Fennick lock

Barges wait as engineers look for a cause.

The gates of Fennick lock jammed on Tuesday evening with 14 barges waiting above it, the trust said. Nobody was hurt.

“We expect to free the lower gate by Thursday,” trust engineer Maud Ferris told reporters.
"""
LATER = DOCK.replace("14 barges", "19 barges")
MILL = """Mill at Tarrow to reopen in May

The paper mill at Tarrow will reopen in May with 60 workers, its new owner said on Monday. It closed in 2023.
"""


def ingest(library: Path, *paths: Path | str, stdin: bytes = b"") -> IngestReport:
    with open_newsdesk(Settings(library=str(library)), create=True) as desk:
        return desk.ingest([str(path) for path in paths], stdin=lambda: stdin)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def test_the_same_thing_twice_changes_nothing(library: Path, tmp_path: Path) -> None:
    (tmp_path / "dock.txt").write_text(DOCK)
    first = ingest(library, tmp_path / "dock.txt")
    second = ingest(library, tmp_path / "dock.txt")
    assert (len(first.added), first.passages) == (1, 1)
    assert second.unchanged == first.added
    assert (second.added, second.updated, second.duplicates, second.passages) == ((), (), (), 0)


def test_a_changed_article_replaces_its_passages(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "dock.txt"
    path.write_text(DOCK)
    first = ingest(library, path)
    path.write_text(LATER)
    second = ingest(library, path)
    assert second.updated == first.added
    with open_newsdesk(Settings(library=str(library))) as desk:
        (found,) = desk.retrieve(Question("How many barges wait at Fennick lock?"))
        assert "19 barges" in found.passage.text
        assert desk.library.status().versions == 2


def test_the_same_text_elsewhere_is_a_duplicate_and_is_named(library: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DOCK)
    (tmp_path / "b.txt").write_text(DOCK)
    report = ingest(library, tmp_path)
    assert report.duplicates == ((str(tmp_path / "b.txt"), report.added[0]),)


def test_one_bad_file_does_not_keep_the_rest_out(library: Path, tmp_path: Path) -> None:
    (tmp_path / "a-empty.txt").write_bytes(b"")
    (tmp_path / "b-binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (tmp_path / "c-lines.jsonl").write_text(
        '{"title": "T", "text": "The mill reopened on Monday, its owner said."}\n{"title"\n'
    )
    (tmp_path / "dock.txt").write_text(DOCK)
    report = ingest(library, tmp_path, tmp_path / "missing.txt", "-", stdin=MILL.encode())
    assert len(report.added) == 3
    assert [Path(rejection.origin).name for rejection in report.rejected] == [
        "a-empty.txt",
        "b-binary.txt",
        "c-lines.jsonl:2",
        "missing.txt",
    ]
    for rejection in report.rejected:
        assert rejection.reason.endswith(".")


def test_passages_map_back_to_the_characters_of_the_file(library: Path, tmp_path: Path) -> None:
    (tmp_path / "dock.txt").write_text(DOCK)
    ingest(library, tmp_path)
    with open_newsdesk(Settings(library=str(library))) as desk:
        for item in desk.retrieve(Question("Fennick lock gates")):
            for sentence in item.passage.sentences:
                assert DOCK[sentence.start : sentence.end] == sentence.text


def test_progress_counts_every_input(library: Path, tmp_path: Path) -> None:
    (tmp_path / "dock.txt").write_text(DOCK)
    (tmp_path / "empty.txt").write_bytes(b"")
    seen: list[str] = []
    with open_newsdesk(Settings(library=str(library)), create=True) as desk:
        desk.ingest([str(tmp_path / "dock.txt"), str(tmp_path / "empty.txt")], on_progress=seen.append)
    assert sorted(Path(origin).name for origin in seen) == ["dock.txt", "empty.txt"]


def test_a_second_writer_is_told_who_writes(library: Path, tmp_path: Path) -> None:
    (tmp_path / "dock.txt").write_text(DOCK)
    ingest(library, tmp_path)
    other = open_library(library)
    with other, other.writer(), pytest.raises(LibraryBusy, match="process"):
        ingest(library, tmp_path)


def test_half_a_character_is_refused_alone(library: Path, tmp_path: Path) -> None:
    bad = (
        r'{"title": "Mill", "text": "The mill at Tarrow \ud800 reopened on Monday with sixty workers, its owner said."}'
    )
    (tmp_path / "a.jsonl").write_text(bad + "\n")
    (tmp_path / "dock.txt").write_text(DOCK)
    report = ingest(library, tmp_path)
    assert len(report.added) == 1
    assert [Path(rejection.origin).name for rejection in report.rejected] == ["a.jsonl:1"]


def test_an_edited_file_is_the_same_article_under_another_title(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "dock.txt"
    path.write_text(DOCK)
    first = ingest(library, path)
    path.write_text(DOCK.replace("Dock gates jam at Fennick lock", "Fennick lock gates still stuck on second day"))
    assert ingest(library, path).updated == first.added


def test_files_that_share_a_name_and_a_title_are_two_articles(library: Path, tmp_path: Path) -> None:
    for folder, text in (("monday", DOCK), ("tuesday", LATER)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "dock.txt").write_text(text)
    first = ingest(library, tmp_path / "monday", tmp_path / "tuesday")
    again = ingest(library, tmp_path / "tuesday", tmp_path / "monday")
    assert len(first.added) == 2
    assert sorted(again.unchanged) == sorted(first.added)


def test_ids_do_not_depend_on_the_machine(tmp_path: Path) -> None:
    added = []
    for machine in ("ann", "bo"):
        folder = tmp_path / machine / "articles"
        folder.mkdir(parents=True)
        (folder / "dock.txt").write_text(DOCK)
        added.append(ingest(tmp_path / machine / "library", folder).added)
    assert added[0] == added[1]


def test_a_line_put_in_before_others_changes_none_of_them(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    lines = [f'{{"title": "Lock {n}", "text": "The lock jammed for the {n}th time on Tuesday."}}' for n in range(4, 7)]
    path.write_text("\n".join(lines))
    first = ingest(library, path)
    path.write_text("\n".join([lines[0].replace("4", "3"), *lines]))
    second = ingest(library, path)
    assert (len(second.added), sorted(second.unchanged), second.updated) == (1, sorted(first.added), ())


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=("as they came", "the other way round"))
def test_two_texts_under_one_address_leave_one_and_make_no_updates_again(
    library: Path, tmp_path: Path, order: tuple[int, int]
) -> None:
    page = "The harbour was closed on {} after the crane fell into the basin, the port authority said in a statement."
    records = [
        json.dumps({"url": "https://port.example/1", "title": "Harbour", "text": page.format(day)})
        for day in ("Monday", "Tuesday")
    ]
    path = tmp_path / "pages.jsonl"
    path.write_text("\n".join(records[place] for place in order))
    with open_newsdesk(Settings(library=str(library)), create=True) as desk:
        desk.ingest([str(path)])
        live = desk.library.article(desk.library.articles()[0].id).text
        again = desk.ingest([str(path)])
        assert (again.added, again.updated, len(again.unchanged)) == ((), (), 2)
        path.write_text("\n".join(records))
        desk.ingest([str(path)])
        assert [desk.library.article(info.id).text for info in desk.library.articles()] == [live]
        other = next(record for record in records if live not in record)
        path.write_text(other)
        assert len(desk.ingest([str(path)]).updated) == 1, "the publisher went back to it"
