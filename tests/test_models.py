"""The model path: the real OpenAI client against a server on loopback, recorded replies, and every fault in a line."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from langchain_core.exceptions import ModelTimeoutError
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import FakeMessagesListChatModel, GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.prompts import ChatPromptTemplate

from pipeline.errors import InputError, MissingKey, ModelError, NewsdeskError, SuiteError, UsageError
from pipeline.models import chat_model, complete, model_text
from pipeline.models.cache import ReplyCache
from pipeline.models.cassette import RecordingChatModel
from pipeline.models.faults import ContextOverflow, WrongSetup, model_name
from pipeline.models.prices import listed_price
from pipeline.writing import Reply
from tests.loopback import (
    USAGE,
    Handler,
    Request,
    Response,
    as_json,
    completion,
    drip,
    endless,
    failure,
    hang,
    serve,
    streamed,
)

MESSAGES: list[BaseMessage] = [SystemMessage("Be brief."), HumanMessage("Question: Is it quiet?\n\n[1.1] All quiet.")]
GOOD = Reply("All quiet [1.1].", input_tokens=21, output_tokens=7, requests=1)


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "LANGSMITH_TRACING"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def model_at(url: str, name: str = "small", *, timeout: float = 10, api_key: str | None = "secret") -> BaseChatModel:
    return chat_model(f"openai:{name}", base_url=url, api_key=api_key, timeout=timeout, max_output_tokens=99)


def test_a_request_carries_the_model_the_messages_and_the_key() -> None:
    with serve(lambda _: completion(GOOD.text)) as server:
        assert complete(model_at(server.url), MESSAGES, deadline_seconds=10) == GOOD
    (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == "Bearer secret"
    assert request.body == {
        "model": "small",
        "temperature": 0,
        "max_tokens": 99,
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Question: Is it quiet?\n\n[1.1] All quiet."},
        ],
        "stream": False,
    }


def test_it_is_a_link_of_a_chain() -> None:
    prompt = ChatPromptTemplate.from_messages([("human", "{question}")])
    with serve(lambda _: completion(GOOD.text)) as server:
        chain = prompt | model_text(model_at(server.url), 10)
        assert chain.invoke({"question": "Is it {quiet}?"}) == GOOD
    assert server.requests[0].body["messages"] == [{"role": "user", "content": "Is it {quiet}?"}]


def test_the_address_and_key_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(lambda _: completion(GOOD.text)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "from the environment")
        model = chat_model("openai:small", base_url=None, api_key=None, timeout=10, max_output_tokens=99)
        complete(model, MESSAGES, deadline_seconds=10)
    assert server.requests[0].headers["authorization"] == "Bearer from the environment"


def test_a_server_on_this_machine_needs_no_key() -> None:
    with serve(lambda _: completion(GOOD.text)) as server:
        assert complete(model_at(server.url, api_key=None), MESSAGES, deadline_seconds=10) == GOOD


def test_a_reasoning_model_is_sent_no_temperature() -> None:
    with serve(lambda _: completion(GOOD.text)) as server:
        complete(model_at(server.url, "o4-mini"), MESSAGES, deadline_seconds=10)
    assert "temperature" not in server.requests[0].body


def test_the_model_streams() -> None:
    with serve(lambda _: streamed("All ", "quiet.")) as server:
        assert "".join(str(chunk.text) for chunk in model_at(server.url).stream(MESSAGES)) == "All quiet."


def test_tracing_is_off_unless_the_user_turned_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    model_at("http://127.0.0.1:1/v1")
    assert os.environ["LANGSMITH_TRACING"] == "false"
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    model_at("http://127.0.0.1:1/v1")
    assert os.environ["LANGSMITH_TRACING"] == "true"


@dataclass(frozen=True)
class Unusable:
    """A spec that names no usable model, and the words that the error must hold."""

    spec: str
    error: type[NewsdeskError]
    words: tuple[str, ...]
    base_url: str | None = None


UNUSABLE = [
    Unusable("small", UsageError, ("'small'", "openai:NAME", "replay:PATH")),
    Unusable("openai:", UsageError, ("'openai:'", "openai:NAME")),
    Unusable("nobody:small", UsageError, ("'nobody:small'", "openai:NAME")),
    Unusable("anthropic:large", UsageError, ("'anthropic:large'", "pip install langchain-anthropic")),
    Unusable("google_genai:small", UsageError, ("'google_genai:small'", "pip install langchain-google-genai")),
    Unusable("ollama:small", UsageError, ("'ollama:small'", "pip install langchain-ollama")),
    Unusable("openai:small", MissingKey, ("OPENAI_API_KEY", "--model extractive")),
    Unusable("openai:small", MissingKey, ("models.example", "OPENAI_API_KEY"), "http://models.example/v1"),
    Unusable("openai:small", UsageError, ("'localhost:11434'", "OPENAI_BASE_URL"), "localhost:11434"),
    Unusable("openai:small", UsageError, ("OPENAI_BASE_URL",), "http://[bad/v1"),
    Unusable("replay:/no/such/cassette", InputError, ("'/no/such/cassette'",)),
]


@pytest.mark.parametrize("case", UNUSABLE, ids=lambda case: f"{case.spec} {case.base_url or ''}")
def test_a_spec_that_names_no_usable_model(case: Unusable) -> None:
    with pytest.raises(case.error) as caught:
        chat_model(case.spec, base_url=case.base_url, api_key=None, timeout=1, max_output_tokens=1)
    assert type(caught.value) is case.error
    assert all(word in str(caught.value) for word in case.words)


@dataclass(frozen=True)
class Fault:
    """A server that fails always: the words of the error, how often it is asked, and the waits in between."""

    name: str
    response: Response
    words: tuple[str, ...]
    requests: int = 1
    waits: tuple[float, ...] = ()


CALL = {"id": "c1", "type": "function", "function": {"name": "fetch", "arguments": "{}"}}
NO_CHOICES = {"id": "1", "object": "chat.completion", "created": 1, "model": "served", "usage": USAGE}

FAULTS = [
    Fault("wrong key", failure(401, "Incorrect API key: sk-123"), ("API key", "OPENAI_API_KEY")),
    Fault("key not allowed", failure(403, "no access"), ("does not allow", "'small'", "no access")),
    Fault("unknown model", failure(404, "no such model"), ("no model 'small'", "OPENAI_BASE_URL")),
    Fault("context overflow", failure(400, "too long", "context_length_exceeded"), ("longer than 'small' can read",)),
    Fault(
        "context overflow, in words",
        failure(400, "This model's maximum context length is 4096 tokens."),
        ("longer than 'small' can read", "NEWSDESK_EVIDENCE_PASSAGES"),
    ),
    Fault("bad request", failure(400, "bad\x1b[31m\n field"), ("HTTP 400: bad[31m field",)),
    Fault("not processable", failure(422), ("HTTP 422: it went wrong",)),
    Fault(
        "quota exhausted",
        failure(429, "no credit", "insufficient_quota"),
        ("quota of the API key is used up at the model server", "Add credit"),
    ),
    Fault("rate limit", failure(429), ("limiting requests", "Try again later"), requests=3, waits=(0.5, 1.0)),
    Fault("rate limit, now", failure(429, retry_after="0"), ("limiting",), requests=3, waits=(0, 0)),
    Fault("rate limit, soon", failure(429, retry_after="2"), ("in 2 seconds",), requests=3, waits=(2, 2)),
    Fault("rate limit, for long", failure(429, retry_after="3600"), ("Try again in 3600 seconds",)),
    Fault(
        "rate limit, odd",
        failure(429, retry_after="soon"),
        ("limiting", "Try again later"),
        requests=3,
        waits=(0.5, 1.0),
    ),
    Fault("rate limit, past", failure(429, retry_after="Mon, 01 Jan 2024 00:00:00 GMT"), ("limiting",), 3, (0, 0)),
    Fault("request timeout", failure(408), ("HTTP 408",), requests=3, waits=(0.5, 1.0)),
    Fault("conflict", failure(409), ("HTTP 409",), requests=3, waits=(0.5, 1.0)),
    Fault("server error", failure(500), ("HTTP 500: it went wrong",), requests=3, waits=(0.5, 1.0)),
    Fault("overloaded", failure(503, retry_after="1"), ("HTTP 503",), requests=3, waits=(1, 1)),
    Fault("HTML error", Response(b"<h1>Bad gateway</h1>", 502, content_type="text/html"), ("HTTP 502",), 3, (0.5, 1.0)),
    Fault("redirect", Response(b"", 307, {"location": "http://127.0.0.1:1/"}), ("redirects", "OPENAI_BASE_URL")),
    Fault("malformed JSON", Response(b'{"choices": ['), ("did not reply with a chat completion", "OPENAI_BASE_URL")),
    Fault("HTML", Response(b"<h1>Hello</h1>", content_type="text/html"), ("did not reply with a chat completion",)),
    Fault("other JSON", as_json(["hello"]), ("did not reply with a chat completion",)),
    Fault("an error at 200", as_json({**NO_CHOICES, "choices": [], "error": "x"}), ("did not reply with a chat",)),
    Fault("empty choices", as_json({**NO_CHOICES, "choices": []}), ("did not reply with a chat completion",)),
    Fault("no choices", as_json({**NO_CHOICES, "choices": None}), ("did not reply with a chat completion",)),
    Fault("cut body", Response(b'{"choices": [', cut=True), ("connection", "broke"), requests=3, waits=(0.5, 1.0)),
    Fault("endless body", endless(), ("has no end",)),
    Fault("empty text", completion(""), ("'small' replied with nothing",)),
    Fault("no text", completion(None), ("'small' replied with nothing",)),
    Fault("long text", completion("word " * 200_001), ("1,000,005 characters",)),
    Fault("refusal", completion(None, refusal="I cannot."), ("declined",)),
    Fault("filtered", completion("All", "content_filter"), ("filtered",)),
    Fault("limit of tokens", completion("All", "length"), ("limit of output tokens", "NEWSDESK_OUTPUT_TOKENS")),
    Fault("no finish reason", completion("All", None), ("without a finish reason",)),
    Fault("odd finish reason", completion("All", "bored"), ("'bored'",)),
    Fault("tool call", completion(None, "tool_calls", tool_calls=[CALL]), ("called a tool",)),
    Fault("tool call said to be whole", completion("Done.", tool_calls=[CALL]), ("called a tool",)),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_ends_in_one_sentence_with_the_next_step(fault: Fault) -> None:
    waits: list[float] = []
    with serve(lambda _: fault.response) as server:
        with pytest.raises(ModelError) as caught:
            complete(model_at(server.url), MESSAGES, deadline_seconds=60, pause=waits.append)
        assert len(server.requests) == fault.requests
    message = str(caught.value)
    assert all(word in message for word in fault.words), message
    assert tuple(waits) == fault.waits
    assert message.isprintable()
    assert "secret" not in message
    assert "sk-123" not in message


@pytest.mark.parametrize("response", [hang, drip])
def test_the_deadline_is_for_the_whole_call(response: Callable[[], Response]) -> None:
    with serve(lambda _: response()) as server:
        with pytest.raises(ModelError, match=r"no whole reply in time.*more than 0\.3 seconds"):
            complete(model_at(server.url, timeout=30), MESSAGES, deadline_seconds=0.3, pause=no_pause)
        assert len(server.requests) == 1


@pytest.mark.parametrize("response", [hang, drip])
def test_the_client_gives_up_by_itself(response: Callable[[], Response]) -> None:
    with serve(lambda _: response()) as server:
        with pytest.raises(ModelTimeoutError):
            model_at(server.url, timeout=0.2).invoke(MESSAGES)
        with pytest.raises(ModelError, match="no whole reply in time"):
            complete(model_at(server.url, timeout=0.2), MESSAGES, deadline_seconds=30, pause=no_pause)


def test_a_server_that_takes_the_request_and_says_nothing() -> None:
    over = Event()
    with serve(lambda _: completion(str(over.wait(10)))) as server:
        with pytest.raises(ModelError, match="no whole reply in time"):
            complete(model_at(server.url), MESSAGES, deadline_seconds=0.3, pause=no_pause)
        over.set()


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        with pytest.raises(ModelError, match=rf"127\.0\.0\.1:{port} does not answer"):
            complete(model_at(f"http://127.0.0.1:{port}/v1"), MESSAGES, deadline_seconds=10, pause=no_pause)


def no_pause(seconds: float) -> None:
    raise AssertionError(f"waited {seconds} seconds for nothing")


def test_a_passing_fault_is_got_over() -> None:
    answers = iter([failure(503), failure(429, retry_after="1"), completion(GOOD.text)])
    waits: list[float] = []
    with serve(lambda _: next(answers)) as server:
        assert complete(model_at(server.url), MESSAGES, deadline_seconds=60, pause=waits.append) == GOOD
    assert waits == [0.5, 1]


def test_half_a_surrogate_pair_does_not_get_through() -> None:
    with serve(lambda _: completion("All \ud800 quiet.")) as server:
        assert complete(model_at(server.url), MESSAGES, deadline_seconds=10).text == "All \ufffd quiet."


@pytest.mark.parametrize(
    ("metadata", "whole"),
    [
        ({"stop_reason": "end_turn"}, True),
        ({"stop_reason": "max_tokens"}, False),
        ({"finish_reason": "STOP"}, True),
        ({"finish_reason": "SAFETY"}, False),
        ({"done_reason": "stop"}, True),
        ({}, False),
    ],
)
def test_the_endings_of_other_providers(metadata: dict[str, str], whole: bool) -> None:
    model = GenericFakeChatModel(messages=iter([AIMessage("All quiet.", response_metadata=metadata)]))
    if whole:
        assert complete(model, MESSAGES, deadline_seconds=10) == Reply("All quiet.", requests=1)
    else:
        with pytest.raises(ModelError):
            complete(model, MESSAGES, deadline_seconds=10)


def events(*payloads: str, cut: bool = False) -> Response:
    """A stream of these events, each as it is."""
    return Response(
        "".join(f"data: {each}\n\n" for each in payloads).encode(), content_type="text/event-stream", cut=cut
    )


def chunk(text: str, finish_reason: str | None = None, **delta: object) -> str:
    choice = {"index": 0, "delta": {"content": text, **delta}, "finish_reason": finish_reason}
    return json.dumps(
        {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "served", "choices": [choice]}
    )


def slow_stream() -> Response:
    """A word, and then nothing."""

    def body(stopped: Event) -> Iterator[bytes]:
        yield f"data: {chunk('All ')}\n\n".encode()
        stopped.wait(10)

    return Response(body, content_type="text/event-stream")


def dripping_stream() -> Response:
    """A word at a time, without end: every single read succeeds."""

    def body(stopped: Event) -> Iterator[bytes]:
        for _ in range(500):
            if stopped.wait(0.02):
                return
            yield f"data: {chunk('All ')}\n\n".encode()

    return Response(body, content_type="text/event-stream")


STREAM_CALL = [{"index": 0, "id": "c1", "type": "function", "function": {"name": "fetch", "arguments": "{}"}}]
STREAM_FAULTS = [
    Fault("end without finish reason", streamed("All ", "quiet.", finish_reason=None), ("without a finish reason",)),
    Fault("end without finish reason or end mark", events(chunk("All ")), ("without a finish reason",)),
    Fault("cut", events(chunk("All "), cut=True), ("connection", "broke"), requests=3, waits=(0.5, 1.0)),
    Fault("error event", events(chunk("All "), '{"error": {"message": "overloaded"}}'), ("overloaded",)),
    Fault("malformed event", events(chunk("All "), '{"choices": ['), ("did not reply with a chat completion",)),
    Fault("no event", events(), ("did not reply with a chat completion",)),
    Fault("only the end mark", events("[DONE]"), ("did not reply with a chat completion",)),
    Fault("no stream at all", completion("All quiet."), ("did not reply with a chat completion",)),
    Fault("HTML", Response(b"<h1>Hello</h1>", content_type="text/html"), ("did not reply with a chat completion",)),
    Fault("limit of tokens", streamed("All ", finish_reason="length"), ("limit of output tokens",)),
    Fault("filtered", streamed("All ", finish_reason="content_filter"), ("filtered",)),
    Fault("refusal", events(chunk("", refusal="I cannot."), chunk("", "stop")), ("nothing",)),
    Fault("tool call", events(chunk("", tool_calls=STREAM_CALL), chunk("", "tool_calls")), ("called a tool",)),
    Fault("tool call said to be whole", events(chunk("All", tool_calls=STREAM_CALL), chunk("", "stop")), ("a tool",)),
    Fault("empty text", streamed(""), ("replied with nothing",)),
    Fault("long text", streamed(*["word " * 50_000] * 5), ("characters",)),
    Fault("wrong key", failure(401), ("OPENAI_API_KEY",)),
    Fault("context overflow", failure(400, "too long", "context_length_exceeded"), ("longer than 'small' can read",)),
    Fault("rate limit", failure(429), ("limiting requests",), requests=3, waits=(0.5, 1.0)),
]


@pytest.mark.parametrize("fault", STREAM_FAULTS, ids=lambda fault: fault.name)
def test_a_stream_ends_in_a_whole_reply_or_in_one_sentence(fault: Fault) -> None:
    waits: list[float] = []
    with serve(lambda _: fault.response) as server:
        with pytest.raises(ModelError) as caught:
            complete(model_at(server.url), MESSAGES, deadline_seconds=60, on_text=[].append, pause=waits.append)
        assert len(server.requests) == fault.requests
    assert all(word in str(caught.value) for word in fault.words), str(caught.value)
    assert tuple(waits) == fault.waits
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("response", [hang, slow_stream, dripping_stream])
def test_the_deadline_is_for_the_whole_stream(response: Callable[[], Response]) -> None:
    with serve(lambda _: response()) as server:
        with pytest.raises(ModelError, match="no whole reply in time"):
            complete(
                model_at(server.url, timeout=30), MESSAGES, deadline_seconds=0.3, on_text=[].append, pause=no_pause
            )
        assert len(server.requests) == 1


@pytest.mark.parametrize("response", [slow_stream, dripping_stream])
def test_the_client_gives_up_a_stream_by_itself(response: Callable[[], Response]) -> None:
    with serve(lambda _: response()) as server, pytest.raises(ModelError, match="no whole reply in time"):
        complete(model_at(server.url, timeout=0.2), MESSAGES, deadline_seconds=30, on_text=[].append, pause=no_pause)


def test_a_stream_is_seen_as_it_comes_and_starts_anew_after_a_fault() -> None:
    answers = iter([events(chunk("Al"), cut=True), streamed("All ", "quiet.")])
    seen: list[str] = []
    with serve(lambda _: next(answers)) as server:
        reply = complete(
            model_at(server.url), MESSAGES, deadline_seconds=60, on_text=seen.append, pause=lambda seconds: None
        )
    assert reply.text == "All quiet."
    assert list(dict.fromkeys(seen)) == ["", "Al", "All ", "All quiet."]
    assert seen.count("") == 2


def test_a_surrogate_pair_in_two_chunks_is_put_together() -> None:
    seen: list[str] = []
    with serve(lambda _: streamed("All \ud83d", "\ude00 quiet.")) as server:
        reply = complete(model_at(server.url), MESSAGES, deadline_seconds=10, on_text=seen.append)
    assert reply.text == "All 😀 quiet."
    assert list(dict.fromkeys(seen)) == ["", "All \ufffd", "All 😀 quiet."]


def test_a_finish_reason_given_twice_is_one() -> None:
    with serve(lambda _: events(chunk("All", "stop"), chunk("", "stop"))) as server:
        assert complete(model_at(server.url), MESSAGES, deadline_seconds=10, on_text=[].append).text == "All"


def test_a_model_that_does_not_stream_is_seen_all_at_once() -> None:
    message = AIMessage("All quiet.", response_metadata={"finish_reason": "stop"})
    seen: list[str] = []
    model = FakeMessagesListChatModel(responses=[message])
    assert complete(model, MESSAGES, deadline_seconds=10, on_text=seen.append).text == "All quiet."
    assert seen == ["", "All quiet."]


SETUP_FAULTS = ("wrong key", "key not allowed", "unknown model", "bad request", "not processable", "redirect")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_what_only_the_user_can_mend_is_told_apart(fault: Fault) -> None:
    with serve(lambda _: fault.response) as server, pytest.raises(ModelError) as caught:
        complete(model_at(server.url), MESSAGES, deadline_seconds=60, pause=lambda seconds: None)
    assert isinstance(caught.value, WrongSetup) == (fault.name in SETUP_FAULTS)
    assert isinstance(caught.value, ContextOverflow) == fault.name.startswith("context overflow")


def cache_in(folder: Path, **changed: str | float) -> ReplyCache:
    return ReplyCache(folder, {"model": "openai:small", "temperature": 0, "output_tokens": 99, **changed})


def test_a_reply_is_kept_for_the_very_same_request(tmp_path: Path) -> None:
    cache_in(tmp_path / "replies").put(MESSAGES, GOOD)
    assert cache_in(tmp_path / "replies").get(MESSAGES) == Reply(GOOD.text, cached=1)
    for other in ({"model": "openai:large"}, {"temperature": 1}, {"output_tokens": 98}, {"address": "elsewhere"}):
        assert cache_in(tmp_path / "replies", **other).get(MESSAGES) is None
    for messages in (MESSAGES[1:], [*MESSAGES, AIMessage("x")], [HumanMessage("Be brief."), MESSAGES[1]]):
        assert cache_in(tmp_path / "replies").get(messages) is None
    (kept,) = (tmp_path / "replies").iterdir()
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"text": 3}', b"\xff"])
def test_a_damaged_cache_is_no_cache(tmp_path: Path, content: bytes) -> None:
    cache = cache_in(tmp_path)
    cache.put(MESSAGES, GOOD)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(content)
    assert cache.get(MESSAGES) is None
    cache.put(MESSAGES, GOOD)
    assert cache.get(MESSAGES) is not None


def test_a_cache_that_cannot_be_written_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = cache_in(tmp_path / "file")
    cache.put(MESSAGES, GOOD)
    assert cache.get(MESSAGES) is None


def test_the_oldest_replies_go_when_there_are_very_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.models.cache._MOST_REPLIES", 2)
    cache = cache_in(tmp_path)
    for age, text in enumerate(("oldest", "older", "new")):
        cache.put([HumanMessage(text)], GOOD)
        for path in tmp_path.iterdir():
            os.utime(path, (age, path.stat().st_mtime - 60))
    assert cache.get([HumanMessage("oldest")]) is None
    assert cache.get([HumanMessage("new")]) is not None


@pytest.mark.parametrize(
    ("spec", "base_url", "cost"),
    [
        ("openai:gpt-4o-mini", None, 0.15 + 0.06),
        ("openai:gpt-4o-mini-2024-07-18", "https://api.openai.com/v1/", 0.15 + 0.06),
        ("openai:gpt-4o-mini", "http://127.0.0.1:1/v1", None),
        ("openai:qwen3", None, None),
        ("replay:cassette", None, None),
    ],
)
def test_the_price_of_a_listed_model_at_its_own_address(spec: str, base_url: str | None, cost: float | None) -> None:
    price = listed_price(spec, base_url)
    assert (price and price.of(1_000_000, 100_000)) == (cost if cost is None else pytest.approx(cost))


def answering(response: Response) -> Handler:
    return lambda _: response


def recording(model: BaseChatModel, path: Path) -> RecordingChatModel:
    return RecordingChatModel(model=model, model_name=model_name(model), path=str(path))


def cassette_model(path: Path) -> BaseChatModel:
    return chat_model(f"replay:{path}", base_url=None, api_key=None, timeout=1, max_output_tokens=1)


def test_a_recorded_run_is_played_back_without_the_model(tmp_path: Path) -> None:
    path = tmp_path / "cassette.jsonl"
    with serve(lambda request: completion(f"To {request.body['messages'][-1]['content']}\u2028!")) as server:
        recorder = recording(model_at(server.url), path)
        recorded = [complete(recorder, [HumanMessage(text)], deadline_seconds=10) for text in ("one", "two")]
        port = server.url.split(":")[2].split("/")[0]
    model = cassette_model(path)
    assert [complete(model, [HumanMessage(text)], deadline_seconds=10) for text in ("one", "two")] == recorded
    assert recorded[1] == Reply("To two\u2028!", input_tokens=21, output_tokens=7, requests=1)
    assert "secret" not in path.read_text(encoding="utf-8")
    assert port not in path.read_text(encoding="utf-8")


def test_a_refusal_and_a_cut_reply_are_played_back_as_such(tmp_path: Path) -> None:
    path = tmp_path / "cassette.jsonl"
    for response, words in (
        (completion(None, refusal="I cannot."), "declined"),
        (completion("All", "length"), "limit"),
    ):
        with serve(answering(response)) as server, pytest.raises(ModelError, match=words):
            complete(recording(model_at(server.url), path), MESSAGES, deadline_seconds=10)
        with pytest.raises(ModelError, match=words):
            complete(cassette_model(path), MESSAGES, deadline_seconds=10)


def test_of_two_replies_to_one_request_the_later_counts(tmp_path: Path) -> None:
    path = tmp_path / "cassette.jsonl"
    for text in ("Old.", "New."):
        with serve(answering(completion(text))) as server:
            complete(recording(model_at(server.url), path), MESSAGES, deadline_seconds=10)
    assert complete(cassette_model(path), MESSAGES, deadline_seconds=10).text == "New."


@pytest.mark.parametrize(
    "changed",
    [
        [SystemMessage("Be very brief."), MESSAGES[1]],
        [HumanMessage("Be brief."), MESSAGES[1]],
        [MESSAGES[0], HumanMessage("Question: Is it quiet?\n\n[1.1] All is quiet.")],
        MESSAGES[1:],
    ],
    ids=["system text", "role", "evidence", "one message less"],
)
def test_a_changed_prompt_misses_and_is_named(tmp_path: Path, changed: list[BaseMessage]) -> None:
    path = tmp_path / "cassette.jsonl"
    with serve(lambda _: completion(GOOD.text)) as server:
        complete(recording(model_at(server.url), path), MESSAGES, deadline_seconds=10)
    with pytest.raises(ModelError, match=r"'Question: Is it quiet\?'.*record again") as caught:
        complete(cassette_model(path), changed, deadline_seconds=10, pause=no_pause)
    assert repr(str(path)) in str(caught.value)


LINE = json.dumps({"request": "0" * 64, "asked": "q", "reply": "r", "finish_reason": "stop"})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (f"{LINE}\n{LINE[:-9]}".encode(), "Line 2 of the cassette"),
        (b"not JSON\n", "Line 1 of the cassette"),
        (f"{LINE}\n\n{LINE}\n".encode(), "Line 2 of the cassette"),
        (b'{"request": 1}\n', "Line 1 of the cassette"),
    ],
)
def test_an_unsound_cassette(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "cassette.jsonl"
    path.write_bytes(content)
    with pytest.raises(SuiteError, match=words):
        cassette_model(path)
    path.write_bytes(b"\xff")
    with pytest.raises(InputError):
        cassette_model(path)


def test_calls_in_parallel_are_recorded_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "cassette.jsonl"
    together = Event()

    def answer(request: Request) -> Response:
        if len(server.requests) == 4:
            together.set()
        together.wait(10)
        return completion("x" * 10_000)

    with serve(answer) as server:
        model = recording(model_at(server.url), path)
        model.batch([[HumanMessage(str(number))] for number in range(4)])
    assert len({json.loads(line)["request"] for line in path.read_text(encoding="utf-8").splitlines()}) == 4
