"""What a model costs and how much it can read, for the few models listed in `prices.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from pipeline.models.providers import OPENAI_URL, address_of

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


@lru_cache(maxsize=1)
def _prices() -> dict[str, Price]:
    listing = tomllib.loads(files("pipeline.models").joinpath("prices.toml").read_text(encoding="utf-8"))
    return {spec: Price(**figures, listed=listing["listed"]) for spec, figures in listing["models"].items()}
