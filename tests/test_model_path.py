"""The whole path with a language model: command line → real OpenAI client → HTTP on loopback → parser → grounding."""

import json
import re
from pathlib import Path

import pytest

from pipeline.app import open_newsdesk
from pipeline.cli import main
from pipeline.errors import ModelError
from pipeline.settings import Settings
from pipeline.types import Question
from tests.loopback import Request, Response, completion, failure, serve

LOCK = """Dock gates jam at Fennick lock

The gates of Fennick lock jammed on 3 March with 14 barges waiting above it, the canal trust said. Nobody was hurt.

“We expect to free the lower gate by Thursday,” trust engineer Maud Ferris told reporters.
"""
QUESTION = "How many barges wait at Fennick lock?"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lock.txt").write_text(LOCK)
    with open_newsdesk(Settings(library="library"), create=True) as desk:
        desk.ingest(["lock.txt"])
    return "library"


def sent_text(request: Request) -> str:
    return "\n".join(message["content"] for message in request.body["messages"])


def mark_of(request: Request, words: str) -> str:
    """The mark that the prompt gives to the sentence with these words."""
    found = re.search(rf"(\[\d+\.\d+\]) [^\n]*{words}", sent_text(request))
    assert found, sent_text(request)
    return found.group(1)


def ask(
    url: str, monkeypatch: pytest.MonkeyPatch, library: str, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    monkeypatch.setattr(
        "sys.argv", ["newsdesk", "ask", QUESTION, "-l", library, "-m", "openai:desk-model", "-f", "json"]
    )
    with pytest.raises(SystemExit) as left:
        main()
    captured = capsys.readouterr()
    return int(left.value.code or 0), captured.out, captured.err


def test_a_model_answers_from_the_numbered_evidence(library, monkeypatch, capsys) -> None:
    def reply(request: Request) -> Response:
        return completion(
            f"Fourteen barges were waiting above the lock, the canal trust said {mark_of(request, '14 barges')}."
        )

    with serve(reply) as server:
        code, out, _ = ask(server.url, monkeypatch, library, capsys)
    assert code == 0
    answer = json.loads(out)
    (statement,) = answer["statements"]
    (citation,) = statement["citations"]
    assert statement["support"] == "supported"
    assert LOCK[citation["start"] : citation["end"]] == citation["quote"]
    assert answer["model"] == "openai:desk-model"
    assert (answer["usage"]["input_tokens"], answer["usage"]["output_tokens"]) == (21, 7)
    (request,) = server.requests
    assert request.body["model"] == "desk-model"
    assert request.headers["authorization"] == "Bearer secret"
    assert QUESTION in sent_text(request)


def test_an_invented_number_and_a_forged_mark_are_findings(library, monkeypatch, capsys) -> None:
    def reply(request: Request) -> Response:
        mark = mark_of(request, "14 barges")
        return completion(f"The canal trust said 14 barges wait {mark}. Some 52 barges wait {mark}. All is well [9.9].")

    with serve(reply) as server:
        code, out, _ = ask(server.url, monkeypatch, library, capsys)
    assert code == 0
    good, invented, forged = json.loads(out)["statements"]
    assert good["support"] == "supported"
    assert invented["support"] == "unsupported"
    assert "52" in " ".join(invented["findings"])
    assert forged["support"] == "unsupported"
    assert "[9.9]" in " ".join(forged["findings"])
    assert forged["citations"] == []


def test_a_model_that_refuses_makes_a_refusal(library, monkeypatch, capsys) -> None:
    with serve(lambda request: completion("NO ANSWER: how many barges wait today")) as server:
        code, out, _ = ask(server.url, monkeypatch, library, capsys)
    answer = json.loads(out)
    assert code == 3
    assert (answer["status"], answer["statements"], answer["gaps"]) == ("refused", [], ["how many barges wait today"])


def test_a_draft_of_which_nothing_stands_is_no_answer(library, monkeypatch, capsys) -> None:
    with serve(lambda request: completion("The mayor of Tarrow resigned in 1987 [1.1].")) as server:
        code, out, _ = ask(server.url, monkeypatch, library, capsys)
    assert code == 3
    assert json.loads(out)["statements"] == []


def test_a_fault_is_one_sentence_and_no_answer(library, monkeypatch, capsys) -> None:
    with serve(lambda request: failure(401, "Incorrect API key provided")) as server:
        code, out, err = ask(server.url, monkeypatch, library, capsys)
    assert code in {1, 2}
    assert out == ""
    assert err.count("\n") == 1
    assert "OPENAI_API_KEY" in err


def test_a_briefing_has_the_sections_of_the_draft(library, monkeypatch) -> None:
    def reply(request: Request) -> Response:
        gates, ferris = mark_of(request, "14 barges"), mark_of(request, "Maud Ferris")
        return completion(
            f"## Bottom line\nThe gates of Fennick lock jammed on 3 March, the canal trust said {gates}.\n"
            f"## Key points\n- Engineer Maud Ferris expects to free the lower gate by Thursday {ferris}.\n"
        )

    with serve(reply) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with open_newsdesk(Settings(library=library, model="openai:desk-model")) as desk:
            briefing = desk.brief("Fennick lock")
    assert [section.title for section in briefing.sections] == ["Bottom line", "Key points"]
    assert all(statement.support == "supported" for section in briefing.sections for statement in section.statements)
    assert [source.title for source in briefing.sources] == ["Dock gates jam at Fennick lock"]


def test_a_server_that_is_not_there_is_named(library, monkeypatch) -> None:
    with serve(lambda request: completion("")) as server:
        url = server.url
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    with (
        open_newsdesk(Settings(library=library, model="openai:desk-model", model_deadline=5)) as desk,
        pytest.raises(ModelError),
    ):
        desk.ask(Question(QUESTION))
