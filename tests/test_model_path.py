"""The whole path with a language model: command line → real OpenAI client → HTTP on loopback → parser → grounding."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.app import open_newsdesk
from pipeline.cli import main
from pipeline.models.providers import OPENAI_URL
from pipeline.settings import Settings
from pipeline.tokens import count_tokens
from pipeline.types import Question
from tests.loopback import Request, Response, completion, failure, serve, streamed

LOCK = """Dock gates jam at Fennick lock

The gates of Fennick lock jammed on 3 March with 14 barges waiting above it, the canal trust said. Nobody was hurt.

“We expect to free the lower gate by Thursday,” trust engineer Maud Ferris told reporters.
"""
QUESTION = "How many barges wait at Fennick lock?"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSDESK_CACHE_FOLDER", "replies")
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


@dataclass(frozen=True)
class Left:
    """How the command line left."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        return json.loads(self.out)


@pytest.fixture
def ask(library: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Left]:
    """Run `newsdesk ask` against a server; further options by position."""

    def run(url: str, *options: str) -> Left:
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        monkeypatch.setenv("OPENAI_API_KEY", "secret")
        words = ["newsdesk", "ask", QUESTION, "-l", library, "-m", "openai:desk-model", "-f", "json", *options]
        monkeypatch.setattr("sys.argv", words)
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        return Left(int(left.value.code or 0), captured.out, captured.err)

    return run


def whole(request: Request) -> Response:
    return completion(f"Fourteen barges wait above the lock, the canal trust said {mark_of(request, '14 barges')}.")


def half_true(request: Request) -> Response:
    mark = mark_of(request, "14 barges")
    return completion(f"The canal trust said 14 barges wait {mark}. Some 52 barges wait {mark}. All is well [9.9].")


def test_a_model_answers_from_the_numbered_evidence(ask) -> None:
    with serve(whole) as server:
        left = ask(server.url)
    assert left.code == 0
    (statement,) = left.answer["statements"]
    (citation,) = statement["citations"]
    assert statement["support"] == "supported"
    assert LOCK[citation["start"] : citation["end"]] == citation["quote"]
    assert left.answer["model"] == "openai:desk-model"
    usage = left.answer["usage"]
    assert (usage["input_tokens"], usage["output_tokens"], usage["requests"], usage["cost"]) == (21, 7, 1, None)
    assert [stage["name"] for stage in usage["stages"]] == ["retrieve", "write", "ground"]
    (request,) = server.requests
    assert request.body["model"] == "desk-model"
    assert request.headers["authorization"] == "Bearer secret"
    assert QUESTION in sent_text(request)


def test_flagged_sentences_are_kept_with_their_findings(ask) -> None:
    with serve(half_true) as server:
        left = ask(server.url, "--grounding", "flag")
    assert left.code == 0
    good, invented, forged = left.answer["statements"]
    assert good["support"] == "supported"
    assert invented["support"] == "unsupported"
    assert "52" in " ".join(invented["findings"])
    assert forged["support"] == "unsupported"
    assert "[9.9]" in " ".join(forged["findings"])
    assert forged["citations"] == []
    assert len(server.requests) == 1


def test_dropped_sentences_are_said_to_be_left_out(ask) -> None:
    with serve(half_true) as server:
        left = ask(server.url, "--grounding", "drop")
    assert (left.code, left.answer["status"]) == (0, "partial")
    assert [statement["support"] for statement in left.answer["statements"]] == ["supported"]
    first, second = left.answer["gaps"]
    assert first.startswith("Left out as not borne out: “Some 52 barges wait.” (")
    assert "52" in first.partition("(")[2]
    assert "“All is well.”" in second
    assert len(server.requests) == 1


def test_the_model_repairs_what_it_is_shown(ask) -> None:
    def reply(request: Request) -> Response:
        return half_true(request) if len(request.body["messages"]) == 2 else whole(request)

    with serve(reply) as server:
        left = ask(server.url)
    assert (left.code, left.answer["status"], left.answer["gaps"]) == (0, "answered", [])
    assert [statement["support"] for statement in left.answer["statements"]] == ["supported"]
    assert left.answer["usage"]["requests"] == 2
    assert left.answer["usage"]["input_tokens"] == 42
    assert left.answer["usage"]["stages"][-1]["name"] == "repair"
    _, second = server.requests
    assert [message["role"] for message in second.body["messages"]] == ["system", "user", "assistant", "user"]
    asked = second.body["messages"][-1]["content"]
    assert "“Some 52 barges wait.”: " in asked
    assert "“All is well.”: " in asked
    assert "14 barges" not in asked


def test_what_still_fails_after_the_repair_is_dropped(ask) -> None:
    with serve(half_true) as server:
        left = ask(server.url)
    assert len(server.requests) == 2
    assert [statement["support"] for statement in left.answer["statements"]] == ["supported"]
    assert sum("Left out" in gap for gap in left.answer["gaps"]) == 2


@pytest.mark.parametrize("second", [failure(400), completion("Whatever [7.7]."), completion("NO ANSWER: I give up")])
def test_a_repair_that_makes_it_worse_is_not_taken(ask, second: Response) -> None:
    with serve(lambda request: half_true(request) if len(request.body["messages"]) == 2 else second) as server:
        left = ask(server.url)
    assert (left.code, left.answer["status"]) == (0, "partial")
    assert [statement["text"] for statement in left.answer["statements"]] == ["The canal trust said 14 barges wait."]


def test_a_model_that_refuses_makes_a_refusal(ask) -> None:
    with serve(lambda request: completion("NO ANSWER: how many barges wait today")) as server:
        left = ask(server.url)
    assert left.code == 3
    assert (left.answer["status"], left.answer["statements"]) == ("refused", [])
    assert left.answer["gaps"] == ["how many barges wait today"]
    assert left.answer["model"] == "openai:desk-model"


def test_when_nothing_stands_the_extractive_answer_is_given_and_labelled(ask) -> None:
    with serve(lambda request: completion("The mayor of Tarrow resigned in 1987 [1.1].")) as server:
        left = ask(server.url)
    assert left.code == 0
    assert left.answer["model"] == "extractive (openai:desk-model gave no usable answer)"
    assert "14 barges" in left.answer["statements"][0]["text"]
    assert all(statement["support"] == "supported" for statement in left.answer["statements"])
    assert left.answer["gaps"] == ["openai:desk-model gave no usable answer: The evidence bears none of its draft out."]
    with serve(lambda request: completion("The mayor of Tarrow resigned in 1987 [1.1].")) as server:
        left = ask(server.url, "--grounding", "flag")
    assert (left.code, left.answer["statements"]) == (3, [])


@dataclass(frozen=True)
class Failing:
    """A fault that leaves no reply, and words of the gap that names it."""

    name: str
    response: Response
    words: str


FAILING = (
    Failing("quota", failure(429, "no credit", "insufficient_quota"), "quota of the API key is used up"),
    Failing("rate limit for long", failure(429, retry_after="3600"), "Try again in 3600 seconds"),
    Failing("malformed JSON", Response(b'{"choices": ['), "did not reply with a chat completion"),
    Failing("HTML", Response(b"<h1>Hello</h1>", content_type="text/html"), "did not reply with a chat completion"),
    Failing("no finish reason", completion("All", None), "broke off"),
    Failing("cut at the limit", completion("All", "length"), "stopped in the middle"),
    Failing("filtered", completion("All", "content_filter"), "filtered"),
    Failing("refusal", completion(None, refusal="I cannot."), "declined"),
    Failing("tool call", completion("Done.", "tool_calls"), "called a tool"),
    Failing("nothing", completion(""), "replied with nothing"),
    Failing("overflow at any length", failure(400, "long", "context_length_exceeded"), "longer than 'desk-model' can"),
)


@pytest.mark.parametrize("fault", FAILING, ids=lambda fault: fault.name)
def test_a_fault_ends_in_the_labelled_extractive_answer(ask, fault: Failing) -> None:
    with serve(lambda request: fault.response) as server:
        left = ask(server.url)
    assert left.code == 0
    assert left.answer["model"] == "extractive (openai:desk-model gave no usable answer)"
    assert "14 barges" in left.answer["statements"][0]["text"]
    (gap,) = left.answer["gaps"]
    assert gap.startswith("openai:desk-model gave no usable answer: ")
    assert fault.words in gap


@pytest.mark.parametrize("fault", FAILING[:1], ids=lambda fault: fault.name)
def test_a_fault_is_an_error_when_all_is_only_to_be_flagged(ask, fault: Failing) -> None:
    with serve(lambda request: fault.response) as server:
        left = ask(server.url, "--grounding", "flag")
    assert (left.code, left.out) == (1, "")
    assert fault.words in left.err


@pytest.mark.parametrize(
    ("response", "says"),
    [
        (failure(401, "Incorrect API key provided"), "OPENAI_API_KEY"),
        (failure(403, "no access"), "does not allow"),
        (failure(404, "no such model"), "has no model 'desk-model'"),
        (failure(422), "Correct the settings"),
        (Response(b"", 307, {"location": "http://127.0.0.1:1/"}), "OPENAI_BASE_URL"),
    ],
)
def test_a_wrong_setup_is_one_sentence_and_no_answer(ask, response: Response, says: str) -> None:
    with serve(lambda request: response) as server:
        left = ask(server.url)
    assert left.code == 1
    assert left.out == ""
    assert left.err.count("\n") == 1
    assert says in left.err


def test_a_prompt_that_is_too_long_is_tried_again_with_half_the_evidence(ask, library) -> None:
    with open_newsdesk(Settings(library=library)) as desk:
        Path("more.jsonl").write_text("".join(json.dumps(barge_story(number)) + "\n" for number in range(4)))
        desk.ingest(["more.jsonl"])

    def reply(request: Request) -> Response:
        if len(server.requests) == 1:
            return failure(400, "This model's maximum context length is 4096 tokens.")
        return completion("NO ANSWER: nothing")

    with serve(reply) as server:
        left = ask(server.url)
    first, second = (sent_text(request) for request in server.requests)
    read = len(re.findall(r"^Passage \d", second, re.M))
    assert 0 < read < len(re.findall(r"^Passage \d", first, re.M))
    assert len(second.split("Question:")[1]) < len(first.split("Question:")[1]) * 0.75
    assert len(left.answer["evidence"]) == read
    assert left.answer["usage"]["unread"] == 5 - read
    assert f"{5 - read} passages were not read" in left.err


def test_evidence_is_packed_to_its_budget(ask, library, monkeypatch) -> None:
    with open_newsdesk(Settings(library=library)) as desk:
        Path("more.jsonl").write_text("".join(json.dumps(barge_story(number)) + "\n" for number in range(4)))
        desk.ingest(["more.jsonl"])
    monkeypatch.setenv("NEWSDESK_EVIDENCE_TOKENS", "300")
    with serve(lambda request: completion("NO ANSWER: nothing")) as server:
        left = ask(server.url)
    evidence = sent_text(server.requests[0]).partition("Question:")[2]
    assert count_tokens(evidence) < 300 + 60
    assert left.answer["usage"]["unread"] == 5 - len(left.answer["evidence"]) > 0
    monkeypatch.setenv("NEWSDESK_EVIDENCE_TOKENS", "20")
    with serve(lambda request: completion("")) as server:
        left = ask(server.url)
        assert server.requests == []
    assert (left.code, left.out) == (2, "")
    assert "NEWSDESK_EVIDENCE_TOKENS" in left.err


def barge_story(number: int) -> dict[str, str]:
    """A story of a barge at the lock: no two tell of it in the same words."""
    line = ("Arlen", "Bost", "Cray", "Dunmere")[number]
    told = (
        "{} bargemen wait at Fennick lock with grain for the mills, and have been told nothing.",
        "With wheat in its hold, the {} fleet lies idle at Fennick lock until the gates are freed.",
        "Nobody on the {} boats at Fennick lock knows when the trust will let their rye go north.",
        "Oats bound for the city rot aboard the {} vessels that cannot pass Fennick lock this week.",
    )[number]
    body = " ".join(told.format(f"{line} {place}") for place in ("Upper", "Lower", "North", "South", "East", "West"))
    return {"title": f"The {line} line waits", "text": body, "url": f"https://barges.example/{number}"}


def test_the_same_request_is_sent_once(ask) -> None:
    with serve(whole) as server:
        first, second = ask(server.url), ask(server.url)
        assert len(server.requests) == 1
        assert second.answer["statements"] == first.answer["statements"]
        usage = second.answer["usage"]
        assert (usage["requests"], usage["cached"], usage["input_tokens"], usage["cost"]) == (0, 1, 0, 0.0)
        ask(server.url, "--no-cache")
        assert len(server.requests) == 2
    for path in Path("replies").iterdir():
        assert "secret" not in path.read_text()


def test_an_unusable_reply_is_not_kept(ask) -> None:
    with serve(lambda request: completion("All", "length")) as server:
        ask(server.url)
        ask(server.url)
        assert len(server.requests) == 2


def test_a_dry_run_shows_the_request_and_sends_nothing(ask) -> None:
    with serve(whole) as server:
        left = ask(server.url, "--dry-run")
        text = ask(server.url, "--dry-run", "-f", "text").out
        assert server.requests == []
    assert left.code == 0
    shown = left.answer
    assert [message["role"] for message in shown["messages"]] == ["system", "human"]
    assert QUESTION in shown["messages"][1]["content"]
    assert shown["input_tokens"] > count_tokens(shown["messages"][1]["content"])
    assert (shown["most_output_tokens"], shown["most_cost"]) == (1024, None)
    assert shown["evidence"][0]["sentences"]
    assert "14 barges waiting" in text
    assert "Nothing was sent" in text


def test_a_dry_run_needs_no_key_and_knows_listed_prices(ask, monkeypatch) -> None:
    left = ask(OPENAI_URL, "--dry-run", "-m", "openai:gpt-4o-mini")
    monkeypatch.delenv("OPENAI_API_KEY")
    assert left.code == 0
    assert left.answer["most_cost"] == pytest.approx((left.answer["input_tokens"] * 0.15 + 1024 * 0.6) / 1e6)


def test_verbose_tells_the_stages_on_stderr(ask) -> None:
    with serve(half_true) as server:
        left = ask(server.url, "--verbose")
    assert left.code == 0
    for said in ("write: ", "repair: ", "ground: ", "2 sent", "42 tokens read", "seconds: retrieve"):
        assert said in left.err
    assert "INFO" not in left.err
    with serve(whole) as server:
        assert ask(server.url, "--no-cache").err == ""


def test_a_draft_can_be_watched_while_it_is_written(library, monkeypatch) -> None:
    seen: list[str] = []
    texts = ("Fourteen barges ", "wait, the canal ", "trust said [1.", "1].")
    monkeypatch.setenv("OPENAI_BASE_URL", "")
    with serve(lambda request: streamed(*texts)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        settings = Settings(library=library, model="openai:desk-model", grounding="flag", cache=False)
        with open_newsdesk(settings) as desk:
            answer = desk.ask(Question(QUESTION), lambda draft, evidence: seen.append(f"{len(evidence)} {draft}"))
        assert server.requests[0].body["stream"] is True
    assert [text.partition(" ")[2] for text in seen][:3] == ["", texts[0], texts[0] + texts[1]]
    assert seen[-1] == f"1 {''.join(texts)}"
    assert answer.statements[0].text == "Fourteen barges wait, the canal trust said."
    assert answer.usage.output_tokens > 0


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
    assert [section.title for section in briefing.sections][:2] == ["Bottom line", "Key points"]
    assert all(statement.support == "supported" for section in briefing.sections for statement in section.statements)
    assert [source.title for source in briefing.sources] == ["Dock gates jam at Fennick lock"]


def test_a_server_that_is_not_there_is_named(library, monkeypatch) -> None:
    with serve(lambda request: completion("")) as server:
        url = server.url
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    with open_newsdesk(Settings(library=library, model="openai:desk-model", model_deadline=5)) as desk:
        answer = desk.ask(Question(QUESTION))
    assert answer.statements
    assert "does not answer. Start it" in answer.gaps[0]
