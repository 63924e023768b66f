"""`newsdesk brief` as a user meets it: its options, its files, what is new since last time, and bad input."""

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pipeline.app import open_newsdesk
from pipeline.cli import console, main
from pipeline.cli.briefing import Length, article_ids, day_back, plan_from
from pipeline.errors import UsageError
from pipeline.settings import Settings
from pipeline.types import BriefingPlan


@pytest.mark.parametrize(
    ("length", "words", "expected"),
    [(Length.SHORT, None, 150), (Length.STANDARD, None, 400), (Length.LONG, None, 800), (Length.LONG, 90, 90)],
)
def test_words_go_before_the_length(length: Length, words: int | None, expected: int) -> None:
    assert plan_from(length, words, None, "").words == expected


def test_sections_are_named_with_commas() -> None:
    plan = plan_from(Length.SHORT, None, " Timeline, bottom-line ,", " The strike ")
    assert plan == BriefingPlan(150, ("timeline", "bottom line"), "The strike")


def test_an_unknown_section_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match=r"There is no section 'weather'\. The sections are bottom-line, development"):
        plan_from(Length.SHORT, None, "timeline,weather", "")


@pytest.mark.parametrize(
    ("since", "expected"), [("7d", "2026-02-22"), ("0d", "2026-03-01"), ("2026-02-01", "2026-02-01"), (None, None)]
)
def test_days_back_are_a_day(since: str | None, expected: str | None) -> None:
    assert day_back(since, today=date(2026, 3, 1)) == expected


def test_ids_come_by_commas_and_again() -> None:
    assert article_ids(["a1, b2", "c3,a1"]) == ("a1", "b2", "c3")
    assert article_ids(None) == ()


AGROUND = "The Merrow ferry ran aground on 14 April 2026 with 62 people on board, the coastguard said."
AFLOAT = "The Merrow ferry was floated off on 16 April 2026 by three tugs, the coastguard said."
TOPIC = "Merrow ferry"


@dataclass(frozen=True)
class Left:
    """How the command line left."""

    code: int
    out: str
    err: str


Run = Callable[..., Left]


def take_in(*articles: dict[str, str]) -> None:
    """Bring articles into the library of the working folder."""
    Path("articles.jsonl").write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    with open_newsdesk(Settings(), create=True) as desk:
        assert not desk.ingest(["articles.jsonl"]).rejected


@pytest.fixture(scope="module")
def of_one_article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library of one article."""
    folder = tmp_path_factory.mktemp("one")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        take_in({"title": "Ferry aground", "text": AGROUND, "published": "2026-04-14", "source": "Gazette"})
    return folder


@pytest.fixture
def run(
    of_one_article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Run:
    """Run `newsdesk brief` with these words in a folder with a library of one article."""
    shutil.copytree(of_one_article, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*words: str) -> Left:
        monkeypatch.setattr("sys.argv", ["newsdesk", "brief", *words])
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        return Left(int(left.value.code or 0), captured.out, captured.err)

    return run


# Words, exit code, and what the one sentence on stderr (or the refusal on stdout) says.
BAD = (
    (("quantum zebra husbandry",), 3, "No article in the library is about “quantum zebra husbandry”"),
    ((), 2, "There is nothing to brief on"),
    ((TOPIC, "--format", "pdf"), 2, "A pdf file is not for the screen. Name it: --output brief.pdf."),
    ((TOPIC, "--output", "articles.jsonl/brief.txt"), 2, "'articles.jsonl/brief.txt' cannot be written"),
    ((TOPIC, "--pack", "articles.jsonl/x"), 2, "'articles.jsonl/x' cannot be written"),
    ((TOPIC, "--template", "weekly"), 2, "There is no briefing template 'weekly'"),
    ((TOPIC, "--sections", "weather"), 2, "There is no section 'weather'"),
    ((TOPIC, "--since-brief", "none.json"), 2, "'none.json' cannot be read"),
    ((TOPIC, "--since-brief", "articles.jsonl"), 2, "'articles.jsonl' is not an answer or briefing"),
    ((TOPIC, "--since-last"), 2, "--since-last has no folder to write into"),
    ((TOPIC, "--since-last", "--output", "articles.jsonl"), 2, "'articles.jsonl' is a file"),
    (("quantum zebra husbandry", "--since-last", "--output", "new"), 3, "nothing was written: No article"),
    (("--articles", "ffff"), 2, "ffff"),
)


@pytest.mark.parametrize(("words", "code", "said"), BAD, ids=lambda value: str(value)[:50])
def test_bad_input_is_one_clear_sentence_and_no_file(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    before = sorted(Path().iterdir())
    left = run(*words)
    assert left.code == code
    assert said in " ".join((left.out + left.err).split())
    assert "Traceback" not in left.err
    after = [path for path in sorted(Path().iterdir()) if path not in before]
    assert [file for path in after for file in path.iterdir() if not file.name.startswith(".newsdesk")] == []


def test_an_interrupted_brief_leaves_no_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    Path("out").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(console.Path, "replace", interrupted)
        left = run(TOPIC, "--output", "out/brief.txt")
    assert left.code == 130
    assert list(Path("out").iterdir()) == []


def test_a_pipe_is_written_into_and_stays_one(run: Run) -> None:
    os.mkfifo("pipe")
    with os.fdopen(os.open("pipe", os.O_RDONLY | os.O_NONBLOCK), "rb") as reader:
        assert run(TOPIC, "--format", "json", "--output", "pipe").code == 0
        assert json.loads(reader.read())["topic"] == TOPIC
    assert Path("pipe").is_fifo()


def test_hostile_titles_and_undated_articles_come_in_every_form(run: Run) -> None:
    title = "<script>alert(1)</script> [x](javascript:alert(1)) \x1b[31m [/bold] # **Ferry**"
    take_in(
        {"title": title, "text": AFLOAT},
        {"title": "", "text": "Repairs of the Merrow ferry cost £9m in 2026, Northline said."},
    )
    for form in ("text", "markdown", "html", "json", "docx", "pdf"):
        left = run(TOPIC, "--format", form, "--output", f"brief.{form}")
        assert (left.code, left.err) == (0, f"Wrote brief.{form}\n")
        data = Path(f"brief.{form}").read_bytes()
        assert b"<script>" not in data or form in ("text", "json")
        assert b"\x1b" not in data or form in ("docx", "pdf")


def test_a_pack_is_verified_without_a_library(run: Run, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    assert run(TOPIC, "--pack", "brief.pack", "--output", "brief.txt").code == 0
    Path("newsdesk-library").rename("elsewhere")

    def verified(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["newsdesk", "verify", "brief.pack", *words])
        with pytest.raises(SystemExit) as left:
            main()
        return int(left.value.code or 0), capsys.readouterr().err

    code, told = verified()
    assert code == 0
    assert re.search(r"(\d+) of \1 statements? supported; the pack is whole, its \d+ citations? held", told)
    assert verified("--library", "elsewhere") == (0, f"{told}Nothing in it is stale by the library 'elsewhere'.\n")
    take_in({"title": "Ferry aground", "text": AGROUND, "published": "2026-04-14", "source": "Gazette"})
    code, told = verified("--library", "newsdesk-library")
    Path("brief.pack").write_bytes(Path("brief.pack").read_bytes().replace(b"62 people", b"26 people"))
    code, told = verified()
    assert code == 1
    assert "is not what was written: its digest differs" in told


def test_since_last_writes_once_for_what_is_new(run: Run) -> None:
    assert run(TOPIC, "--since-last", "--output", "briefs", "-f", "markdown").code == 0
    again = run(TOPIC, "--since-last", "--output", "briefs", "-f", "markdown")
    assert (again.code, again.err) == (0, "Nothing is new since the last brief in briefs: nothing was written.\n")
    take_in({"title": "Ferry afloat", "text": AFLOAT, "published": "2026-04-16", "source": "Post"})
    assert run(TOPIC, "--since-last", "--output", "briefs", "-f", "markdown").code == 0
    today = date.today().isoformat()
    written = sorted(path.name for path in Path("briefs").iterdir() if not path.name.startswith("."))
    assert written == [f"{today}-2.md", f"{today}.md"]
    assert "**New**" in Path(f"briefs/{today}-2.md").read_text()


def test_since_last_without_a_topic_is_on_the_new_articles_alone(run: Run) -> None:
    assert run("--since-last", "--output", "briefs").code == 0
    assert "nothing was written" in run("--since-last", "--output", "briefs").err
    take_in({"title": "Ferry afloat", "text": AFLOAT, "published": "2026-04-16", "source": "Post"})
    assert run("--since-last", "--output", "briefs", "-f", "json").code == 0
    (file,) = Path("briefs").glob(f"{date.today().isoformat()}*.json")
    assert [source["title"] for source in json.loads(file.read_text())["sources"]] == ["Ferry afloat"]


def test_two_runs_do_not_share_a_folder(run: Run) -> None:
    from filelock import FileLock

    Path("briefs").mkdir()
    with FileLock("briefs/.newsdesk-lock"):
        left = run(TOPIC, "--since-last", "--output", "briefs")
    assert left.code == 1
    assert "Another run is writing a brief into 'briefs'" in left.err
    assert [path for path in Path("briefs").iterdir() if not path.name.startswith(".")] == []


def test_a_broken_memory_of_the_last_brief_is_named(run: Run) -> None:
    assert run(TOPIC, "--since-last", "--output", "briefs").code == 0
    (state,) = Path("briefs").glob(".newsdesk-last-*.json")
    state.write_text("{")
    left = run(TOPIC, "--since-last", "--output", "briefs")
    assert left.code == 2
    assert "says what the last brief was written from, cannot be read. Remove it to begin anew." in left.err


@pytest.mark.parametrize("template", ["situation", "daily", "person", "timeline"])
def test_every_built_in_template_is_written(run: Run, template: str) -> None:
    take_in({"title": "Ferry afloat", "text": AFLOAT, "published": "2026-04-16", "source": "Post"})
    left = run(TOPIC, "--template", template)
    assert left.code == 0
    assert "supported" in left.out


def test_a_template_of_ones_own_orders_and_titles(run: Run) -> None:
    front = '+++\nname = "mine"\nversion = 1\nwords = 100\n+++\n'
    Path("mine.md").write_text(f"{front}\n- timeline: What happened when\n- bottom line: In short\n")
    left = run(TOPIC, "--template", "mine.md", "--format", "json")
    assert [section["title"].split(",")[0] for section in json.loads(left.out)["sections"]][-1] == "In short"
