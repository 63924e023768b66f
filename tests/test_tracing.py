"""Spans for OpenTelemetry: what is in them, and that there are none unless they are asked for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from pipeline import tracing
from pipeline.app import open_newsdesk
from pipeline.settings import Settings
from pipeline.types import Question
from tests.loopback import Request, Response, completion, serve

ARTICLE = "Dock gates jam\n\nThe gates jammed with 14 barges waiting, the canal trust said.\n"
QUESTION = "How many barges wait?"


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracing.start(provider)
    yield exporter
    tracing.stop()


def half_true(request: Request) -> Response:
    prompt = request.body["messages"][1]["content"]
    mark = next(line for line in prompt.splitlines() if "14 barges" in line).partition(" ")[0]
    if len(request.body["messages"]) > 2:
        return completion(f"The canal trust said 14 barges wait {mark}.")
    return completion(f"The canal trust said 14 barges wait {mark}. Some 52 pigs came {mark}.")


def test_an_answer_is_a_span_with_its_stages_tokens_and_no_words(
    spans: InMemorySpanExporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lock.txt").write_text(ARTICLE)
    with serve(half_true) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with open_newsdesk(Settings(library="library", model="openai:desk", cache=False), create=True) as desk:
            desk.ingest(["lock.txt"])
            desk.ask(Question(QUESTION))
    made = {span.name: span for span in spans.get_finished_spans()}
    assert {"question", "retrieve", "write", "ground", "repair"} == set(made)
    root = made["question"]
    assert {parent_of(made[name]) for name in ("retrieve", "write", "ground")} == {root.context.span_id}
    assert parent_of(made["repair"]) == made["ground"].context.span_id
    assert made["write"].attributes == {
        "gen_ai.usage.input_tokens": 21,
        "gen_ai.usage.output_tokens": 7,
        "newsdesk.requests": 1,
        "newsdesk.cached": 0,
    }
    assert root.attributes["gen_ai.usage.input_tokens"] == 42
    assert root.attributes["newsdesk.status"] == "answered"
    told = str([dict(span.attributes or {}) for span in made.values()])
    assert "barges" not in told


def parent_of(span: ReadableSpan) -> int | None:
    return span.parent.span_id if span.parent else None


def test_an_error_is_recorded_and_passes_through(spans: InMemorySpanExporter) -> None:
    with pytest.raises(ZeroDivisionError), tracing.span("write"):
        _ = 1 / 0
    (span,) = spans.get_finished_spans()
    assert not span.status.is_ok


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4317"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://localhost:4317"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": " "}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4317", "OTEL_SDK_DISABLED": "true"}, False),
    ],
)
def test_traces_are_asked_for_by_the_usual_names(environ: dict[str, str], wanted: bool) -> None:
    assert tracing.asked_for(environ) is wanted


def test_nothing_of_it_is_imported_when_it_is_off() -> None:
    code = (
        "import sys; from pipeline.tracing import span\n"
        "with span('question') as noted: noted.note(status='answered')\n"
        "sys.exit(any(name.startswith('opentelemetry') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
