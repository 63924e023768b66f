"""The settings, read once and frozen: flags, then NEWSDESK_* in the environment, then newsdesk.toml, then defaults.

# newsdesk.toml, in the folder where newsdesk is started
library = "desk-library"
model = "openai:gpt-4o-mini"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from pipeline.errors import UsageError

SETTINGS_FILE = "newsdesk.toml"
EXTRACTIVE = "extractive"
"""The model that is none: the extractive writer."""

_PREFIX = "NEWSDESK_"
_CHOICES = {"grounding": ("flag", "drop", "repair")}
_SWITCH = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


@dataclass(frozen=True, slots=True)
class Settings:
    """What newsdesk works with. `OPENAI_API_KEY` and `OPENAI_BASE_URL` are read by the OpenAI client itself.

    `model_requests` is how many requests to the model are under way at once. `embedding` None is the model that the
    library was made with, and the bundled static one for a new library. `vectors` is the address of a Chroma server for
    the vectors index, None for the library's own folder; one that is not on this machine must be https unless
    `insecure_vectors`. `grounding` is what becomes of a sentence that is not borne out: see `pipeline.checking`.
    `rewrite` has the model write queries that are looked for besides the question. `cache_folder` None is the user's
    cache folder.
    """

    library: str = "newsdesk-library"
    model: str = EXTRACTIVE
    embedding: str | None = None
    vectors: str | None = None
    insecure_vectors: bool = False
    passage_tokens: int = 256
    evidence_passages: int = 8
    briefing_passages: int = 24
    evidence_tokens: int = 6000
    model_deadline: float = 120.0
    model_requests: int = 4
    output_tokens: int = 1024
    grounding: str = "repair"
    rewrite: bool = False
    cache: bool = True
    cache_folder: str | None = None


def load_settings(flags: Mapping[str, object], environ: Mapping[str, str], folder: Path) -> Settings:
    """The settings in force. A flag that is None was not given; UsageError for an unknown name or a bad value."""
    settings = Settings()
    path = folder / SETTINGS_FILE
    if path.is_file():
        settings = _apply(settings, _read(path), where=str(path))
    from_environment = {
        name.removeprefix(_PREFIX).lower(): value for name, value in environ.items() if name.startswith(_PREFIX)
    }
    settings = _apply(settings, from_environment, where="the environment", prefix=_PREFIX)
    return _apply(settings, {name: value for name, value in flags.items() if value is not None}, where="the options")


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{str(path)!r} is not well-formed TOML: {error}", "Correct it or move it away") from error


def _apply(settings: Settings, values: Mapping[str, object], *, where: str, prefix: str = "") -> Settings:
    known = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    changes: dict[str, object] = {}
    for name, value in values.items():
        shown = f"{prefix}{name.upper()}" if prefix else name
        if name not in known:
            raise UsageError(f"{shown!r} in {where} is not a setting", f"The settings are {', '.join(sorted(known))}")
        changes[name] = _convert(value, type("" if known[name] is None else known[name]), f"{shown!r} in {where}")
        if changes[name] not in _CHOICES.get(name, (changes[name],)):
            raise UsageError(f"{shown!r} in {where} is {value!r}", f"Choose one of {', '.join(_CHOICES[name])}")
    return replace(settings, **changes)  # type: ignore[arg-type]


def _convert(value: object, kind: type, shown: str) -> object:
    """A value as the type that its setting has; numbers must be above zero."""
    if kind is bool:
        if str(value).strip().lower() in _SWITCH:
            return _SWITCH[str(value).strip().lower()]
        raise UsageError(f"{shown} is {value!r}, not a switch", "Give true or false")
    if kind is str:
        if isinstance(value, str) and value.strip():
            return value
        raise UsageError(f"{shown} is {value!r}, not a text", "Give it a value or leave it out")
    try:
        number = kind(str(value))
    except ValueError:
        raise UsageError(f"{shown} is {value!r}, not a number", "Give a number above zero") from None
    if number <= 0:
        raise UsageError(f"{shown} is {value!r}", "Give a number above zero")
    return number
