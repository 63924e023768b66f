"""The command line as a user meets it: what is printed where, and how it leaves."""

import json
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.cli.demo import sample_articles

COMMANDS = (
    ("ingest",),
    ("ask",),
    ("brief",),
    ("search",),
    ("verify",),
    ("articles", "list"),
    ("articles", "show"),
    ("articles", "diff"),
    ("articles", "export"),
    ("articles", "remove"),
    ("status",),
    ("check",),
    ("reindex",),
    ("demo",),
    ("eval",),
)


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Run newsdesk with these words in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*words: str) -> Outcome:
        monkeypatch.setattr("sys.argv", ["newsdesk", *words])
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        return Outcome(int(left.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A library of the sample articles."""
    from pipeline.app import open_newsdesk
    from pipeline.settings import Settings

    folder = str(tmp_path_factory.mktemp("cli") / "library")
    with open_newsdesk(Settings(library=folder), create=True) as desk:
        assert not desk.ingest([str(sample_articles())]).rejected
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(run, command: tuple[str, ...]) -> None:
    shown = run(*command, "--help")
    assert shown.code == 0
    assert f"Example: newsdesk {' '.join(command)}" in shown.out


def test_an_answer_cites_the_exact_characters(run, library: str) -> None:
    asked = run("ask", "Who presided over the negotiations that led to the Ilma truce?", "-l", library, "-f", "json")
    assert asked.code == 0
    answer = json.loads(asked.out)
    keys = ["question", "status", "model", "statements", "gaps", "evidence", "usage", "disagreements", "understood"]
    assert list(answer) == keys
    assert answer["status"] == "answered"
    for statement in answer["statements"]:
        assert statement["support"] == "supported"
        assert statement["citations"]
        for citation in statement["citations"]:
            article = json.loads(run("articles", "show", citation["article_id"], "-l", library, "-f", "json").out)
            assert article["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_a_refusal_says_what_is_missing_and_cites_nothing(run, library: str) -> None:
    asked = run("ask", "How many cattle in Brevik province had been vaccinated by 8 April?", "-l", library)
    assert asked.code == 3
    assert "Brevik" in asked.out
    assert "[1]" not in asked.out
    assert asked.err == ""
    answer = json.loads(run("ask", "What is the capital of Mongolia?", "-l", library, "-f", "json").out)
    assert (answer["status"], answer["statements"]) == ("refused", [])
    assert answer["gaps"]


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_a_briefing_comes_in_every_form(run, library: str, tmp_path: Path, form: str) -> None:
    shown = run("brief", "Marisol Venture container loss", "-l", library, "-f", form)
    assert shown.code == 0
    assert "Marisol Venture" in shown.out
    written = run("brief", "Marisol Venture container loss", "-l", library, "-f", form, "-o", "out/brief")
    assert (written.code, written.out) == (0, "")
    assert "Wrote out/brief" in written.err
    without_seconds = re.compile(r"[\d.]+ s\b|\"seconds\": [\d.]+")
    assert (
        without_seconds.sub("", (tmp_path / "out/brief").read_text()).strip()
        == without_seconds.sub("", shown.out).strip()
    )
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["brief"]


def test_filters_narrow_the_evidence(run, library: str) -> None:
    found = json.loads(run("search", "strike", "-l", library, "-f", "json", "--since", "2026-01-01").out)
    assert found["evidence"]
    assert all(item["published"] >= "2026-01-01" for item in found["evidence"])
    assert run("search", "strike", "-l", library, "--source", "No Such Paper").code == 3


def test_what_was_left_out_is_listed_with_its_reason(run, library: str) -> None:
    listed = json.loads(run("articles", "list", "-l", library, "-f", "json").out)["articles"]
    (depot,) = [article["id"] for article in listed if article["title"].startswith("Kordany says depot held grain")]
    shown = run("articles", "show", depot, "-l", library)
    assert "script residue" in shown.out
    article = json.loads(run("articles", "show", depot, "-l", library, "-f", "json").out)
    for left in article["left_out"]:
        assert article["text"][left["start"] : left["end"]] == left["text"]


def test_a_library_is_checked_rebuilt_and_emptied(run, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(
        "Lock gates jam\n\nThe gates of Fennick lock jammed on Tuesday, the canal trust said. Nobody was hurt.\n"
    )
    assert run("ingest", "story.txt").code == 0
    assert run("check").code == 0
    assert run("reindex").code == 0
    assert json.loads(run("status", "-f", "json").out)["articles"] == 1
    ((article,),) = [json.loads(run("articles", "list", "-f", "json").out)["articles"]]
    assert run("articles", "remove", article["id"][:6]).code == 0
    assert json.loads(run("status", "-f", "json").out)["articles"] == 0
    assert run("ask", "When did the gates jam?").code == 3


@dataclass(frozen=True)
class Wrong:
    name: str
    words: tuple[str, ...]
    code: int
    says: str


WRONG = (
    Wrong("no library", ("ask", "Who?"), 2, "newsdesk ingest"),
    Wrong("not a library", ("status", "-l", "other"), 2, "other"),
    Wrong("missing path", ("ingest", "nowhere.txt"), 2, "no such file"),
    Wrong("empty file", ("ingest", "empty.txt"), 2, "empty"),
    Wrong("binary", ("ingest", "picture.txt"), 2, "picture.txt"),
    Wrong("no language", ("ingest", "empty.txt", "--lang", "Deutsch!"), 2, "no language code"),
    Wrong("bad date", ("search", "x", "--since", "yesterday"), 2, "YYYY-MM-DD"),
    Wrong("span turned round", ("search", "x", "--since", "2026-02-01", "--until", "2026-01-01"), 2, "--since"),
    Wrong("empty question", ("ask", "  ", "-l", "LIBRARY"), 2, "question is empty"),
    Wrong("unknown model", ("ask", "Who?", "-l", "LIBRARY", "-m", "parrot"), 2, "parrot"),
    Wrong("missing key", ("ask", "Who?", "-l", "LIBRARY", "-m", "openai:gpt-4o-mini"), 2, "OPENAI_API_KEY"),
    Wrong("unknown article", ("articles", "show", "ffffffff", "-l", "LIBRARY"), 2, "articles list"),
    Wrong("unwritable output", ("brief", "Marisol Venture", "-l", "LIBRARY", "-o", "empty.txt/x"), 2, "--output"),
    Wrong("unknown format", ("ask", "Who?", "-f", "pdf"), 2, "pdf"),
)


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case.name)
def test_wrong_calls_end_in_one_clear_sentence(
    run, case: Wrong, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").write_text("mine")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    left = run(*(library if word == "LIBRARY" else word for word in case.words))
    assert left.code == case.code
    assert case.says in " ".join(f"{left.out} {left.err}".split())
    assert "Traceback" not in left.err
    assert (tmp_path / "other" / "notes.txt").read_text() == "mine"


def test_a_search_imports_no_chain() -> None:
    code = "import sys, pipeline.app, pipeline.embedding.static; print('langchain_core' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_the_language_of_what_is_given_can_be_named(run, tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text("Harbour\nThe council voted on Tuesday to dredge the harbour before winter.\n")
    for words, language in (((), "en"), (("--lang", "de-AT"), "de")):
        assert run("ingest", "notice.txt", "-l", f"library-{language}", *words).code == 0
        listed = json.loads(run("articles", "list", "-l", f"library-{language}", "-f", "json").out)
        assert [article["language"] for article in listed["articles"]] == [language]


def test_the_command_line_imports_nothing_heavy_before_a_command_needs_it() -> None:
    heavy = ("langchain_core", "openai", "chromadb", "tiktoken", "numpy", "rich", "lxml", "pydantic_core", "tantivy")
    code = f"import sys, pipeline.cli; print(*sorted(set({heavy}) & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == []


def test_the_sample_job_runs(run, tmp_path: Path) -> None:
    shown = run("demo")
    assert shown.code == 0
    assert shown.out.count("$ newsdesk ask") == 3
    assert "No answer in this library" in shown.out
    for name in ("briefing.md", "briefing.html"):
        assert "Marisol Venture" in (tmp_path / "demo" / name).read_text()
    again = run("demo")
    assert "unchanged" in again.out


def test_the_readme_names_only_commands_and_options_that_exist(run) -> None:
    """Every `$ newsdesk …` line of the README is a command with those options."""
    lines = re.findall(r"^\$.*?\bnewsdesk (.+)$", Path(__file__).parents[1].joinpath("README.md").read_text(), re.M)
    assert len(lines) > 10
    for line in lines:
        words = shlex.split(line.split("  #")[0])
        command = words[:2] if words[0] in ("articles", "eval") and words[1:2] and words[1].isalpha() else words[:1]
        shown = run(*command, "--help")
        assert shown.code == 0, line
        for option in (word for word in words if word.startswith("--")):
            assert option in shown.out, line
