"""What a model costs and how much it can read, for the few models listed in `prices.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pipeline.models.providers import DEFAULT_CONTEXT, OPENAI_URL, address_of

# OpenAI's dated versions of a model cost what the model costs: gpt-4o-mini-2024-07-18.
_DATED = re.compile(r"-\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens, `context` in tokens (prompt and reply together), and when that was listed."""

    input: float
    output: float
    context: int
    listed: str

    def of(self, input_tokens: int, output_tokens: int) -> float:
        """What so many tokens cost, in US dollars."""
        return (input_tokens * self.input + output_tokens * self.output) / 1_000_000


def listed_price(spec: str, base_url: str | None = None) -> Price | None:
    """The price of the model that a spec names; None for one that is not listed, or is served by somebody else."""
    if address_of(spec, base_url).rstrip("/") != OPENAI_URL:
        return None
    return _prices().get(_DATED.sub("", spec))


def context_of(spec: str, base_url: str | None = None) -> int:
    """The tokens that a model reads and writes at once, as its maker lists them; the default for any other.

    A model at an address of one's own has the default: its server decides, and few give all that the model could take.
    """
    provider, _, name = spec.partition(":")
    if provider == "openai":
        price = listed_price(spec, base_url)
        return price.context if price else DEFAULT_CONTEXT
    known = _listing()["contexts"].get(provider, {})
    return max((tokens for prefix, tokens in known.items() if name.startswith(prefix)), default=DEFAULT_CONTEXT)


@lru_cache(maxsize=1)
def _prices() -> dict[str, Price]:
    listing = _listing()
    return {spec: Price(**figures, listed=listing["listed"]) for spec, figures in listing["models"].items()}


@lru_cache(maxsize=1)
def _listing() -> dict[str, Any]:
    return tomllib.loads(files("pipeline.models").joinpath("prices.toml").read_text(encoding="utf-8"))
