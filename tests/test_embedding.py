"""The bundled static model, and models behind an OpenAI-compatible server."""

import json

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from pipeline.embedding import StaticEmbeddings, dimension_of, embed, load_embeddings
from pipeline.errors import MissingKey, ModelError, UsageError


def test_the_static_model_gives_unit_vectors_that_know_meaning() -> None:
    model = load_embeddings("static")
    vectors = embed(
        model, ["The ship lost containers in the storm.", "A vessel shed boxes in a gale.", "Pay talks resume."]
    )
    assert vectors.shape == (3, dimension_of(model)) == (3, 256)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_a_text_without_words_is_near_nothing_and_no_text_is_no_vector() -> None:
    model = StaticEmbeddings()
    assert not embed(model, [""]).any()
    assert embed(model, []).shape == (0, 256)


def test_langchain_gets_the_same_numbers() -> None:
    model = StaticEmbeddings()
    assert isinstance(model, Embeddings)
    assert np.allclose(model.embed_query("Orlosk"), embed(model, ["Orlosk"])[0])
    assert model.embed_documents(["Orlosk"])[0] == model.embed_query("Orlosk")


def test_an_unknown_model_is_refused_with_the_known_forms() -> None:
    for name in ("word2vec", "openai:", ":x"):
        with pytest.raises(UsageError, match="openai:NAME"):
            load_embeddings(name)


def test_a_missing_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(MissingKey, match="OPENAI_API_KEY"):
        load_embeddings("openai:text-embedding-3-small")


class Broken(Embeddings):
    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise json.JSONDecodeError("Expecting value", "<html>", 0)

    def embed_query(self, text: str) -> list[float]:
        raise AssertionError


def test_a_failing_model_is_one_clear_error() -> None:
    with pytest.raises(ModelError, match="gave no vectors: JSONDecodeError"):
        embed(Broken(), ["text"])
