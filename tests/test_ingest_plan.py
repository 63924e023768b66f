"""What an ingest would do, what is left after Ctrl-C, and what holds for every set of inputs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.app import open_newsdesk, plan_ingest
from pipeline.cli import main
from pipeline.errors import Interrupted, NotALibrary
from pipeline.settings import Settings
from pipeline.sources import Meter, Reading, read
from pipeline.types import Filters, IngestReport, RawArticle

LOCK = "Lock gates jam\n\nThe gates of Fennick lock jammed on Tuesday with 14 barges above it, the trust said.\n"
MILL = "Mill to reopen\n\nThe paper mill at Tarrow will reopen in May with 60 workers, its new owner said on Monday.\n"


def ingest(library: Path, *paths: Path) -> IngestReport:
    with open_newsdesk(Settings(library=str(library)), create=True) as desk:
        return desk.ingest([str(path) for path in paths])


def outcomes(library: Path, *paths: Path) -> dict[str, str]:
    plan = plan_ingest(Settings(library=str(library)), [str(path) for path in paths])
    return {Path(article.origin).name: article.outcome for article in plan.articles}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a-lock.txt").write_text(LOCK)
    (folder / "b-lock.txt").write_text(LOCK)
    (folder / "c-mill.txt").write_text(f"Share on Facebook\n{MILL}")
    (folder / "d-empty.txt").write_bytes(b"")
    return folder


def test_a_dry_run_says_what_would_come_in_and_makes_nothing(tmp_path: Path, articles: Path) -> None:
    plan = plan_ingest(Settings(library=str(tmp_path / "library")), [str(articles)])
    lock, twin, mill = plan.articles
    assert (lock.info.title, lock.outcome, lock.words) == ("Lock gates jam", "added", 19)
    assert (twin.outcome, twin.held) == ("duplicate", lock.info.id)
    assert (mill.outcome, mill.left_out) == ("added", (("share bar", 17),))
    assert [Path(rejection.origin).name for rejection in plan.rejected] == ["d-empty.txt"]
    assert not (tmp_path / "library").exists()


def test_a_dry_run_foresees_what_an_ingest_does(tmp_path: Path, articles: Path) -> None:
    library = tmp_path / "library"
    ingest(library, articles / "a-lock.txt")
    (articles / "a-lock.txt").write_text(LOCK.replace("14", "19"))
    (articles / "b-lock.txt").unlink()
    before = outcomes(library, articles)
    assert before == {"a-lock.txt": "updated", "c-mill.txt": "added"}
    report = ingest(library, articles)
    assert (len(report.added), len(report.updated), len(report.duplicates)) == (1, 1, 0)
    assert set(outcomes(library, articles).values()) == {"unchanged"}


def test_a_dry_run_refuses_a_folder_that_is_something_else(tmp_path: Path, articles: Path) -> None:
    with pytest.raises(NotALibrary):
        plan_ingest(Settings(library=str(articles)), [str(articles)])


def test_ctrl_c_tells_what_is_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.ingesting.BATCH", 32)
    lines = [json.dumps({"title": f"Lock {n}", "text": f"The lock at pier {n} jammed on Tuesday."}) for n in range(80)]
    (tmp_path / "wire.jsonl").write_text("\n".join(lines))
    seen: list[str] = []

    def stop(origin: str) -> None:
        seen.append(origin)
        if len(seen) == 40:
            raise KeyboardInterrupt

    with open_newsdesk(Settings(library=str(tmp_path / "library")), create=True) as desk:
        with pytest.raises(Interrupted) as stopped:
            desk.ingest([str(tmp_path / "wire.jsonl")], on_progress=stop)
        assert len(stopped.value.report.added) == desk.library.status().articles == 64
    assert "64 new or changed articles stored" in str(stopped.value)
    report = ingest(tmp_path / "library", tmp_path / "wire.jsonl")
    assert (len(report.added), len(report.unchanged)) == (16, 64)


def test_the_meter_counts_the_bytes_of_the_files(articles: Path) -> None:
    meter = Meter()
    found = read([str(articles)], lambda: b"", meter=meter)
    next(found)
    assert 0 < meter.done < meter.total == sum(file.stat().st_size for file in articles.iterdir())
    assert list(found)
    assert meter.done == meter.total


# The command


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["newsdesk", *words])
        with pytest.raises(SystemExit) as left:
            main()
        printed = capsys.readouterr()
        return int(left.value.code or 0), printed.out, printed.err

    return call


def test_the_dry_run_is_a_list_for_people_and_an_object_for_programs(run, articles: Path, tmp_path: Path) -> None:
    code, shown, _ = run("ingest", "articles", "--dry-run")
    assert code == 2
    assert re.search(r"^added +Mill to reopen · undated · \d+ words$", shown, re.M)
    assert "left out: share bar 17" in shown
    assert "d-empty.txt: it is empty." in shown
    code, shown, _ = run("ingest", "articles", "--dry-run", "--format", "json")
    plan = json.loads(shown)
    assert (code, plan["dry_run"], plan["added"], plan["duplicates"], len(plan["rejected"])) == (2, True, 2, 1, 1)
    assert plan["articles"][2]["left_out"] == [{"reason": "share bar", "characters": 17}]
    assert not (tmp_path / "newsdesk-library").exists()


def test_columns_are_mapped_by_option(run, tmp_path: Path) -> None:
    (tmp_path / "wire.csv").write_text("kopf,inhalt\nLock gates jam,The gates of Fennick lock jammed on Tuesday.\n")
    assert run("ingest", "wire.csv", "--dry-run")[0] == 2
    code, shown, _ = run("ingest", "wire.csv", "--dry-run", "--map", "title=kopf,text=inhalt", "-f", "json")
    assert (code, json.loads(shown)["articles"][0]["title"]) == (0, "Lock gates jam")
    for wrong in ("title", "headline=kopf"):
        code, _, said = run("ingest", "wire.csv", "--map", wrong)
        assert code == 2
        assert "--map" in said


# Invariants


def written(folder: Path, stories: list[tuple[str, str]]) -> None:
    for number, (name, text) in enumerate(stories):
        (folder / f"{name}-{number % 3}").mkdir(parents=True, exist_ok=True)
        (folder / f"{name}-{number % 3}" / f"{name}.txt").write_text(text)


TEXTS = (LOCK, MILL, LOCK.replace("14", "19"))
STORIES = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(TEXTS)), min_size=2, max_size=6)


@example(stories=[("a", TEXTS[2]), ("a", LOCK), ("a", LOCK)], order=[5, 4, 3, 2, 1, 0])
@settings(max_examples=3, deadline=None)
@given(stories=STORIES, order=st.permutations(range(6)))
def test_order_does_not_matter_and_a_second_time_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, stories: list[tuple[str, str]], order: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("stories")
    written(folder, stories)
    files = sorted(folder.rglob("*.txt"))
    held = []
    for name, places in (("one", sorted(order)), ("two", order)):
        paths = [str(files[place]) for place in places if place < len(files)]
        with open_newsdesk(Settings(library=str(folder / name)), create=True) as desk:
            desk.ingest(paths)
            again = desk.ingest(paths[::-1])
            assert (again.added, again.updated, again.rejected) == ((), (), ())
            infos = desk.library.articles(Filters())
            held.append(sorted(desk.library.article(info.id).text for info in infos))
    assert held[0] == held[1]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_what_a_reader_gives_is_found_in_its_original(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("round") / "story.txt"
    path.write_text(f"Story: {text}", encoding="utf-8")
    (article,) = read([str(path)], lambda: b"", reading=Reading())
    assert isinstance(article, RawArticle)
    assert article.original.decode("utf-8") == article.text == f"Story: {text}"
