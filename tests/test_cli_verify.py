"""`newsdesk verify` as a user meets it: what is printed where, and how it leaves."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli import main

STORY = (
    "Lock gates jam at Fennick\n\nThe gates of Fennick lock jammed on Tuesday, the canal trust said. "
    "Nobody was hurt. Repairs will cost £42,000, its engineer, Ada Quill, said.\n"
)
QUESTION = "What will the repairs of the Fennick lock gates cost?"
RIGHT = "Repairs will cost £42,000, Ada Quill said."
WRONG = "Repairs will cost £24,000, Ada Quill said."


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run newsdesk with these words, and this on standard input, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*words: str, stdin: str = "") -> Outcome:
        monkeypatch.setattr("sys.argv", ["newsdesk", *words])
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        return Outcome(int(left.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def asked(run: Run, tmp_path: Path) -> dict[str, object]:
    """An answer from a library of one story; both lie in the folder."""
    (tmp_path / "story.txt").write_text(STORY)
    assert run("ingest", "story.txt").code == 0
    assert run("ask", QUESTION, "-f", "json", "-o", "answer.json").code == 0
    answer: dict[str, object] = json.loads((tmp_path / "answer.json").read_text())
    return answer


def _statements(answer: dict[str, object]) -> list[dict[str, object]]:
    statements = answer["statements"]
    assert isinstance(statements, list)
    return statements


def test_it_has_help_that_tells_the_exit_code(run: Run) -> None:
    shown = run("verify", "--help")
    assert shown.code == 0
    assert "Example: newsdesk verify" in shown.out
    assert "exit code 1" in shown.out


def test_an_answer_that_holds_comes_back_as_it_was(run: Run, asked: dict[str, object]) -> None:
    verified = run("verify", "answer.json", "-f", "json")
    assert verified.code == 0
    assert json.loads(verified.out) == asked
    count = len(_statements(asked))
    assert verified.err == f"{count} of {count} statements supported, held against the library 'newsdesk-library'.\n"


def test_a_mutated_statement_is_found_with_and_without_a_library(
    run: Run, asked: dict[str, object], tmp_path: Path
) -> None:
    (statement,) = [each for each in _statements(asked) if "42,000" in str(each["text"])]
    statement["text"] = str(statement["text"]).replace("42", "24")
    mutated = json.dumps(asked)
    held = run("verify", "-", "-f", "json", stdin=mutated)
    assert held.code == 1
    (checked,) = [each for each in json.loads(held.out)["statements"] if each["support"] != "supported"]
    assert (checked["support"], checked["citations"]) == ("unsupported", statement["citations"])
    assert any("24,000" in finding for finding in checked["findings"])
    (tmp_path / "newsdesk-library").rename(tmp_path / "elsewhere")
    alone = run("verify", "-", stdin=mutated)
    assert alone.code == 1
    assert "quotes that the file carries" in alone.err
    assert "24,000" in alone.out
    assert run("verify", "answer.json").code == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [(lambda text: text.replace("£42,000", "£48,000"), "has changed"), (None, "not in the library")],
    ids=["changed", "removed"],
)
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_quotes_that_the_library_no_longer_has_are_named(
    run: Run,
    asked: dict[str, object],
    tmp_path: Path,
    change: Callable[[str], str] | None,
    says: str,
    form: str,
) -> None:
    if change:
        (tmp_path / "story.txt").write_text(change(STORY))
        assert run("ingest", "story.txt").code == 0
    else:
        (listed,) = json.loads(run("articles", "list", "-f", "json").out)["articles"]
        assert run("articles", "remove", listed["id"]).code == 0
    verified = run("verify", "answer.json", "-f", form)
    assert verified.code == 1
    assert says in " ".join(verified.out.split())
    count = len(_statements(asked))
    assert f"{count - 1 if change else 0} of {count} statements supported" in verified.err
    # No quote is shown within a text that is not the one it was taken from.
    assert "Nobody was hurt" not in verified.out


def test_a_briefing_comes_back_in_its_own_form(run: Run, asked: dict[str, object], tmp_path: Path) -> None:
    assert run("brief", "Fennick lock gates", "-f", "json", "-o", "brief.json").code == 0
    verified = run("verify", "brief.json", "-f", "json", "-o", "checked.json")
    assert (verified.code, verified.out) == (0, "")
    assert json.loads((tmp_path / "checked.json").read_text()) == json.loads((tmp_path / "brief.json").read_text())


@pytest.mark.usefixtures("asked")
def test_prose_is_checked_sentence_by_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(f"# Fennick\n\n{RIGHT} {WRONG} Why?\n")
    verified = run("verify", "draft.md", "-f", "json")
    assert verified.code == 1
    answer = json.loads(verified.out)
    assert (answer["question"], answer["status"], answer["model"]) == ("draft.md", "answered", "verify")
    assert [(each["text"], each["support"]) for each in answer["statements"]] == [
        (RIGHT, "supported"),
        (WRONG, "unsupported"),
    ]
    for each in answer["statements"]:
        (citation,) = each["citations"]
        article = json.loads(run("articles", "show", citation["article_id"], "-f", "json").out)
        assert article["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert "1 of 2 statements supported" in verified.err
    assert "claiming nothing: 1 line" in verified.err
    assert run("verify", "-", "-f", "json", stdin=RIGHT).code == 0
    # What verify printed can be verified itself.
    (tmp_path / "checked.json").write_text(verified.out)
    assert json.loads(run("verify", "checked.json", "-f", "json").out) == answer


@dataclass(frozen=True)
class Wrong:
    name: str
    words: tuple[str, ...]
    says: str
    stdin: str = ""


REFUSED = (
    Wrong("prose without a library", ("draft.md",), "newsdesk ingest"),
    Wrong("a library that is not there", ("good.json", "-l", "nowhere"), "'nowhere' does not exist"),
    Wrong("a missing file", ("missing.md",), "'missing.md' cannot be read"),
    Wrong("a folder", ("folder",), "'folder' cannot be read"),
    Wrong("an empty file", ("empty.md",), "'empty.md' cannot be verified: it is empty"),
    Wrong("a binary", ("picture.md",), "a PNG image"),
    Wrong("broken JSON", ("broken.json",), "Invalid JSON"),
    Wrong("JSON of something else", ("-",), '"statements" or "sections"', '{"articles": []}'),
    Wrong("a page", ("-",), "is an HTML page", "<!DOCTYPE html><p>Words in a page.</p>"),
)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_bad_input_ends_in_one_clear_sentence(run: Run, case: Wrong, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(RIGHT)
    (tmp_path / "good.json").write_text('{"statements": [{"text": "x"}]}')
    (tmp_path / "empty.md").write_bytes(b"")
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (tmp_path / "broken.json").write_text('{"statements": [')
    (tmp_path / "folder").mkdir()
    left = run("verify", *case.words, stdin=case.stdin)
    assert (left.code, left.out) == (2, "")
    assert case.says in left.err
    assert left.err.count("\n") == 1
