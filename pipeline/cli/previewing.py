"""What `--dry-run` and `--verbose` print: a request that is not sent, and what an answer took."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from pipeline.cli.console import Format, print_error, show_json

if TYPE_CHECKING:
    from pipeline.app import Preview
    from pipeline.models.prices import Price
    from pipeline.types import Usage


def print_preview(preview: Preview, format: Format) -> None:
    """The evidence, the prompt, its tokens and its cost, on stdout; as JSON when that is the format."""
    if format is Format.JSON:
        show_json(_preview_json(preview))
        return
    from pipeline.rendering.safe import plain
    from pipeline.rendering.terminal import search_terminal, terminal_console

    console = terminal_console()
    console.print(search_terminal(preview.evidence))
    if preview.rewriting:
        typer.echo("\nFirst the model would be asked for queries; the passages above are those found without them.")
    for message in (*preview.rewriting, *preview.messages):
        typer.echo(f"\n--- {message.type}\n{plain(str(message.text))}")
    if not preview.messages:
        typer.echo("\nNothing would be sent: the extractive writer works here.")
        return
    typer.echo(
        f"\nNothing was sent. To {preview.model} this would be {preview.input_tokens:,} tokens to read and at most "
        f"{preview.most_output_tokens:,} to write, at a cost {_cost(preview.most_cost, preview.price, 'of at most ')}."
    )


@contextmanager
def stages_shown(wanted: bool) -> Iterator[None]:
    """Tell on stderr what is being done, as long as the block runs."""
    if not wanted:
        yield
        return
    log, handler = logging.getLogger("pipeline"), _ToStderr()
    before = log.level, log.propagate
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.level, log.propagate = before


def print_usage(usage: Usage, price: Price | None) -> None:
    """What an answer took, on stderr."""
    stages = ", ".join(f"{stage.name} {stage.seconds:.2f} s" for stage in usage.stages)
    sent = f"{usage.requests} sent, {usage.cached} from the cache" if usage.requests or usage.cached else "none"
    print_error(f"seconds: {stages}; {usage.seconds:.2f} in all")
    print_error(f"requests: {sent}; {usage.input_tokens:,} tokens read, {usage.output_tokens:,} written")
    print_error(f"cost: {_cost(usage.cost, price)}")


def _cost(dollars: float | None, price: Price | None, introduced: str = "") -> str:
    if dollars is None:
        return f"{introduced}an amount that is not known"
    if not dollars:
        return f"{introduced}nothing"
    return f"{introduced}${dollars:.4f} at the prices of {price.listed if price else 'an unknown day'}"


class _ToStderr(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        print_error(record.getMessage())


def _preview_json(preview: Preview) -> dict[str, Any]:
    from pipeline.rendering.jsonform import search_json

    return {
        "model": preview.model,
        **search_json(preview.evidence),
        "rewriting": [{"role": message.type, "content": str(message.text)} for message in preview.rewriting],
        "messages": [{"role": message.type, "content": str(message.text)} for message in preview.messages],
        "input_tokens": preview.input_tokens,
        "most_output_tokens": preview.most_output_tokens,
        "most_cost": preview.most_cost,
        "prices_of": preview.price.listed if preview.price else None,
    }
