"""Where settings come from, and which values are refused."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.settings import Settings, load_settings


@dataclass(frozen=True)
class Case:
    name: str
    flags: dict[str, object]
    environ: dict[str, str]
    toml: str
    model: str


PRECEDENCE = (
    Case("default", {}, {}, "", "extractive"),
    Case("file", {}, {}, 'model = "openai:file"', "openai:file"),
    Case("environment over file", {}, {"NEWSDESK_MODEL": "openai:env"}, 'model = "openai:file"', "openai:env"),
    Case("flag over all", {"model": "openai:flag"}, {"NEWSDESK_MODEL": "openai:env"}, "", "openai:flag"),
    Case("a flag not given", {"model": None}, {"NEWSDESK_MODEL": "openai:env"}, "", "openai:env"),
    Case("others' variables", {}, {"MODEL": "x", "PATH": "y"}, "", "extractive"),
)


@pytest.mark.parametrize("case", PRECEDENCE, ids=lambda case: case.name)
def test_the_nearest_source_wins(case: Case, tmp_path: Path) -> None:
    if case.toml:
        (tmp_path / "newsdesk.toml").write_text(case.toml)
    assert load_settings(case.flags, case.environ, tmp_path).model == case.model


def test_numbers_are_read_from_text(tmp_path: Path) -> None:
    settings = load_settings({}, {"NEWSDESK_PASSAGE_TOKENS": "128", "NEWSDESK_MODEL_DEADLINE": "2.5"}, tmp_path)
    assert (settings.passage_tokens, settings.model_deadline) == (128, 2.5)


def test_the_embedding_is_the_librarys_unless_named(tmp_path: Path) -> None:
    assert Settings().embedding is None
    assert load_settings({"embedding": "openai:small"}, {}, tmp_path).embedding == "openai:small"


@pytest.mark.parametrize(("text", "on"), [("true", True), ("On", True), ("1", True), ("false", False), ("off", False)])
def test_a_switch_is_read_from_text(text: str, on: bool, tmp_path: Path) -> None:
    assert load_settings({}, {"NEWSDESK_CACHE": text}, tmp_path).cache is on
    assert load_settings({"cache": on}, {}, tmp_path).cache is on


@dataclass(frozen=True)
class Refused:
    environ: dict[str, str]
    toml: str
    says: str


REFUSED = (
    Refused({"NEWSDESK_COLOUR": "red"}, "", "'NEWSDESK_COLOUR' in the environment is not a setting"),
    Refused({"NEWSDESK_PASSAGE_TOKENS": "many"}, "", "not a number"),
    Refused({"NEWSDESK_PASSAGE_TOKENS": "0"}, "", "Give a number above zero"),
    Refused({"NEWSDESK_MODEL": " "}, "", "not a text"),
    Refused({"NEWSDESK_CACHE": "maybe"}, "", "not a switch"),
    Refused({"NEWSDESK_GROUNDING": "trust"}, "", "Choose one of flag, drop, repair"),
    Refused({}, "model = 3", "not a text"),
    Refused({}, "model = ", "not well-formed TOML"),
    Refused({}, 'modle = "extractive"', "'modle' in"),
)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.says)
def test_what_is_no_setting_is_refused(case: Refused, tmp_path: Path) -> None:
    if case.toml:
        (tmp_path / "newsdesk.toml").write_text(case.toml)
    with pytest.raises(UsageError) as caught:
        load_settings({}, case.environ, tmp_path)
    assert case.says in str(caught.value)
