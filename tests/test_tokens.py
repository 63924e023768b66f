"""Token counts without the network."""

from pathlib import Path

import pytest

from pipeline.tokens import count_tokens, encoding, encoding_for_model


def test_a_text_that_looks_like_a_control_token_is_ordinary_text() -> None:
    assert count_tokens("<|endoftext|>") > 1
    assert count_tokens("") == 0


def test_models_have_their_encoding_and_unknown_ones_the_newest() -> None:
    assert encoding_for_model("gpt-4").name == "cl100k_base"
    assert encoding_for_model("gpt-4o").name == "o200k_base"
    assert encoding_for_model("a-local-model").name == "o200k_base"


def test_the_tables_are_unpacked_where_tiktoken_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path / "cache"))
    encoding.cache_clear()
    import tiktoken.registry

    monkeypatch.setattr(tiktoken.registry, "ENCODINGS", {})
    try:
        assert encoding("cl100k_base").decode(encoding("cl100k_base").encode("Dunmarrow")) == "Dunmarrow"
        assert [path.name for path in (tmp_path / "cache").iterdir()] == ["9b5ad71b2ce5302211f9c61530b329a4922fc6a4"]
    finally:
        encoding.cache_clear()


def test_another_encoding_is_an_error() -> None:
    with pytest.raises(KeyError):
        encoding("p50k_base")
