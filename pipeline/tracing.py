"""Spans of the work for OpenTelemetry: question, retrieve, rewrite, write, ground, repair. Off, unless asked for.

They are asked for by OTEL_EXPORTER_OTLP_ENDPOINT (or …_TRACES_ENDPOINT), as everywhere. newsdesk needs only the API;
the SDK and an exporter send them, when they are installed. No question, answer or evidence is in a span: names,
counts, tokens and cost alone. Token counts go by the names of OpenTelemetry's conventions for generative AI.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from opentelemetry.trace import Span, TracerProvider

Value: TypeAlias = str | int | float | bool

NAME = "newsdesk"
_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
# The seconds that leaving waits for a collector that does not answer.
_EXPORT_SECONDS = 2


class Tracing:
    """Whether spans are made, and by whom; one for the program, off until `start`."""

    provider: TracerProvider | None = None


def asked_for(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the environment names a collector."""
    return any(environ.get(name, "").strip() for name in _ENDPOINTS) and environ.get("OTEL_SDK_DISABLED") != "true"


def start(provider: TracerProvider | None = None) -> bool:
    """Make spans from now on, by the SDK's provider unless another is given; False when the SDK is not installed."""
    # Every try of a collector that does not answer would be told; that it failed is enough.
    logging.getLogger("opentelemetry.exporter").setLevel(logging.ERROR)
    Tracing.provider = provider or _sdk_provider()
    return Tracing.provider is not None


def stop() -> None:
    """Make no more spans."""
    Tracing.provider = None


@contextmanager
def span(name: str, **attributes: Value) -> Iterator[Noted]:
    """A span as long as the block runs, within the one that is open; an error that leaves the block is recorded."""
    if Tracing.provider is None:
        yield _NOTHING
        return
    tracer = Tracing.provider.get_tracer(NAME)
    with tracer.start_as_current_span(name, attributes=attributes) as opened:
        yield Noted(opened)


class Noted:
    """An open span, or none, that takes what is known only at its end."""

    def __init__(self, opened: Span | None) -> None:
        self._opened = opened

    def note(self, **attributes: Value | None) -> None:
        """Add attributes; `_` in a name stands for a dot, None is left out."""
        if self._opened is None:
            return
        for name, value in attributes.items():
            if value is not None:
                self._opened.set_attribute(_DOTTED.get(name, f"{NAME}.{name}"), value)


_NOTHING = Noted(None)
_DOTTED = {
    "model": "gen_ai.request.model",
    "input_tokens": "gen_ai.usage.input_tokens",
    "output_tokens": "gen_ai.usage.output_tokens",
}


def _sdk_provider() -> TracerProvider | None:
    try:
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource
        from opentelemetry.sdk.trace import TracerProvider as SdkProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        wire = "grpc" if os.environ.get("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc") == "grpc" else "http"
        exporters = import_module(f"opentelemetry.exporter.otlp.proto.{wire}.trace_exporter")
    except ImportError:
        return None
    provider = SdkProvider(resource=Resource.create({SERVICE_NAME: os.environ.get("OTEL_SERVICE_NAME", NAME)}))
    provider.add_span_processor(BatchSpanProcessor(exporters.OTLPSpanExporter(timeout=_EXPORT_SECONDS)))
    return provider
