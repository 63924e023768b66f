"""The contract of every embedding model, whichever is behind it; then what is particular to each."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from langchain_core.embeddings import DeterministicFakeEmbedding
from langchain_core.vectorstores import InMemoryVectorStore

from pipeline.embedding import EmbeddingModel, StaticEmbeddings, embed, embed_question, load_embeddings
from pipeline.embedding.onnx import OnnxEmbeddings, Recipe, read_recipe
from pipeline.embedding.openai import OpenAIEmbeddings
from pipeline.errors import MissingKey, ModelError, UsageError
from tests.loopback import Handler, Request, Response, Server, as_json, drip, failure, hang, serve
from tests.tiny_onnx import make_model

WORDS = {
    "storm": (1.0, 0.2, 0.0),
    "hurricane": (0.9, 0.3, 0.0),
    "pay": (0.0, 0.1, 1.0),
    "talks": (0.0, 0.3, 0.9),
    "query": (0.0, 9.0, 0.0),
    "passage": (0.0, 0.0, 9.0),
}


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def vector_of(text: str) -> list[float]:
    """What the served model says: the sum of the vectors of its words."""
    return np.sum([WORDS.get(word, (0.1, 0.1, 0.1)) for word in text.split()], axis=0).tolist()


def replied(request: Request, *, packed: bool = True, tokens: int = 7) -> Response:
    """A reply in OpenAI's form, in reverse order: as base64, which the client asks for, or as numbers."""
    data = [
        {"object": "embedding", "index": index, "embedding": _packed(vector_of(text)) if packed else vector_of(text)}
        for index, text in enumerate(request.body["input"])
    ]
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    return as_json({"object": "list", "model": request.body["model"], "data": data[::-1], "usage": usage})


def _packed(vector: list[float]) -> str:
    return base64.b64encode(np.array(vector, "<f4").tobytes()).decode()


@contextmanager
def served(handler: Handler, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serve(handler) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        yield server


def openai_model(seconds: float = 20, pause: Any = lambda seconds: None) -> OpenAIEmbeddings:
    return OpenAIEmbeddings("small", seconds, pause)


@pytest.fixture(params=["static", "openai", "onnx"])
def model(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddingModel]:
    if request.param == "openai":
        with served(replied, monkeypatch):
            yield load_embeddings("openai:small")
    elif request.param == "onnx":
        yield load_embeddings(f"onnx:{make_model(tmp_path, WORDS)}")
    else:
        yield load_embeddings("static")


# The contract


def test_vectors_have_length_one_and_know_meaning(model: EmbeddingModel) -> None:
    vectors = embed(model, ["storm storm", "hurricane", "pay talks"])
    assert (vectors.shape, vectors.dtype) == ((3, model.dimension), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_a_text_without_anything_is_near_nothing_and_no_text_is_no_vector(model: EmbeddingModel) -> None:
    vectors = embed(model, ["", "storm", " \n"])
    assert vectors.any(axis=1).tolist() == [False, True, False]
    assert not embed(model, [""]).any()
    assert len(embed(model, [])) == 0
    assert embed_question(model, "").shape == (model.dimension,)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.lists(st.sampled_from(["storm", "hurricane", "pay", "Où", "東京", "\ud83d"]), max_size=40), max_size=40
    )
)
def test_a_text_has_one_vector_whatever_stands_around_it(model: EmbeddingModel, texts: list[list[str]]) -> None:
    joined = [" ".join(words) for words in texts]
    together = embed(model, joined)
    assert len(together) == len(joined)
    for text, vector in zip(joined[:3], together, strict=False):
        assert np.allclose(embed(model, [text])[0], vector, atol=1e-5)


def test_langchain_gets_the_same_numbers(model: EmbeddingModel) -> None:
    assert np.allclose(model.embed_query("storm"), embed_question(model, "storm"))
    assert np.allclose(model.embed_documents(["pay", "hurricane"]), embed(model, ["pay", "hurricane"]))
    store = InMemoryVectorStore(model)  # type: ignore[arg-type]
    store.add_texts(["pay talks", "a hurricane"])
    assert [found.page_content for found in store.similarity_search("storm", k=1)] == ["a hurricane"]


def test_a_model_of_the_same_name_has_the_same_fingerprint(model: EmbeddingModel) -> None:
    assert load_embeddings(model.name).fingerprint == model.fingerprint


def test_ten_thousand_words_are_one_vector(model: EmbeddingModel) -> None:
    assert embed(model, ["storm " * 10_000]).any()


# Names


@pytest.mark.parametrize("name", ["word2vec", "openai:", ":x", "onnx:", "", "static:x"])
def test_an_unknown_model_is_refused_with_the_known_forms(name: str) -> None:
    with pytest.raises(UsageError, match=r"static.*openai:NAME.*onnx:FOLDER"):
        load_embeddings(name)


def test_any_other_langchain_model_will_do() -> None:
    other = DeterministicFakeEmbedding(size=5)
    vectors = embed(other, ["storm", "hurricane"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.allclose(vectors[0], embed_question(other, "storm"))


class Broken(DeterministicFakeEmbedding):
    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise json.JSONDecodeError("Expecting value", "<html>", 0)


def test_another_model_that_fails_is_one_clear_error() -> None:
    with pytest.raises(ModelError, match="gave no vectors: JSONDecodeError"):
        embed(Broken(size=3), ["text"])


# static


def test_the_static_model_is_wordllamas_own() -> None:
    script = (
        "import logging; logging.basicConfig(handlers=[logging.NullHandler()])\n"
        "import json, sys, wordllama; from pathlib import Path\n"
        "model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)\n"
        "print(json.dumps(model.embed(json.load(sys.stdin), norm=True).tolist()))"
    )
    texts = ["The ship lost containers in the storm.", "東京 café déjà", "x" * 5_000]
    run = [sys.executable, "-c", script]
    theirs = subprocess.run(run, input=json.dumps(texts), capture_output=True, text=True, check=True)
    assert np.allclose(embed(StaticEmbeddings(), texts), json.loads(theirs.stdout), atol=1e-6)


# openai


def test_texts_go_in_batches_of_so_many_tokens_and_come_back_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.embedding.openai._BATCH_TOKENS", 10)
    texts = [
        "storm",
        "hurricane hurricane hurricane hurricane",
        "pay pay pay pay pay pay",
        "talks",
        "storm pay",
        "hurricane",
    ]
    with served(lambda request: replied(request, packed=False), monkeypatch) as server:
        vectors = embed(openai_model(), texts)
    assert [len(request.body["input"]) for request in server.requests] == [2, 3, 1]
    expected = np.array([vector_of(text) for text in texts])
    assert np.allclose(vectors, expected / np.linalg.norm(expected, axis=1, keepdims=True), atol=1e-6)


def test_a_server_that_takes_fewer_texts_gets_fewer_from_then_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def at_most_four(request: Request) -> Response:
        return failure(422, "batch size > maximum allowed 4") if len(request.body["input"]) > 4 else replied(request)

    with served(at_most_four, monkeypatch) as server:
        model = openai_model()
        first = embed(model, ["storm"] * 12 + ["pay"])
        model.embed_array(["hurricane"] * 8)
    assert first.shape == (13, 3)
    assert [len(request.body["input"]) for request in server.requests] == [13, 7, 4, 3, 6, 3, 3, 3, 3, 2]


def test_tokens_are_counted_and_priced(monkeypatch: pytest.MonkeyPatch) -> None:
    with served(lambda request: replied(request, tokens=500_000), monkeypatch):
        model = OpenAIEmbeddings("text-embedding-3-small", 20)
        monkeypatch.setattr("pipeline.embedding.openai._BATCH_TEXTS", 2)
        model.embed_array(["storm", "hurricane"])
        assert (model.spent.requests, model.spent.tokens, model.spent.cost) == (1, 500_000, None), "another's server"
        monkeypatch.setattr("pipeline.models.prices.OPENAI_URL", os.environ["OPENAI_BASE_URL"])
        model.embed_array(["pay"])
    assert (model.spent.requests, model.spent.tokens, model.spent.cost) == (2, 1_000_000, 0.02)
    assert model.spent.listed


@dataclass(frozen=True)
class Recovery:
    name: str
    first: Response
    waits: list[float]


RECOVERIES = [
    Recovery("overload", failure(503), [0.5]),
    Recovery("rate limit with a time", failure(429, retry_after="3"), [3.0]),
    Recovery("connection cut", Response(b'{"data"', cut=True), [0.5]),
]


@pytest.mark.parametrize("case", RECOVERIES, ids=lambda case: case.name)
def test_what_may_pass_is_tried_again(case: Recovery, monkeypatch: pytest.MonkeyPatch) -> None:
    replies = iter([case.first])
    waits: list[float] = []
    with served(lambda request: next(replies, None) or replied(request), monkeypatch):
        assert embed(openai_model(pause=waits.append), ["storm"]).any()
    assert waits == case.waits


@dataclass(frozen=True)
class Fault:
    name: str
    response: Response
    says: str
    requests: int = 1


FAULTS = [
    Fault("wrong key", failure(401), "does not accept the API key. Set OPENAI_API_KEY"),
    Fault("unknown model", failure(404, "no such model"), "has no embedding model 'small': no such model"),
    Fault("no credit", failure(429, code="insufficient_quota"), "quota of the API key is used up"),
    Fault("rate limit", failure(429), "is limiting requests to 'small'", 5),
    Fault("rate limit for an hour", failure(429, retry_after="3600"), "again in 3600 seconds"),
    Fault("overload", failure(500, "out of memory"), "failed with HTTP 500: out of memory", 5),
    Fault("refused", failure(400, "input is too long"), "failed with HTTP 400: input is too long"),
    Fault("a page", Response(b"<html>hello</html>", content_type="text/html"), "did not reply with embeddings"),
    Fault("not JSON", Response(b"{"), "did not reply with embeddings"),
    Fault("a chat reply", as_json({"choices": []}), "did not reply with embeddings"),
    Fault("no data", as_json({"data": [], "model": "small", "object": "list"}), "did not reply with embeddings"),
    Fault(
        "too few vectors",
        as_json({"data": [{"index": 1, "embedding": [1.0, 2.0]}], "usage": {"prompt_tokens": 1}}),
        "gave 1 vectors for 1 texts",
    ),
    Fault(
        "not finite",
        Response(b'{"data": [{"index": 0, "embedding": [NaN, 1]}], "usage": {"prompt_tokens": 1, "total_tokens": 1}}'),
        "not finite",
    ),
    Fault("nothing", hang(), "gave no vectors for 1 texts within 0.4 seconds"),
    Fault("a drip", drip(), "gave no vectors for 1 texts within 0.4 seconds"),
]


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.name)
def test_every_fault_is_one_clear_error(case: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(lambda request: case.response, monkeypatch) as server, pytest.raises(ModelError) as raised:
        embed(openai_model(seconds=0.4 if "0.4" in case.says else 20), ["storm"])
    assert case.says in str(raised.value)
    assert len(server.requests) == case.requests


def test_a_server_that_is_down_is_named_without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(replied) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    waits: list[float] = []
    with pytest.raises(ModelError, match=r"server at 127\.0\.0\.1.* does not answer"):
        embed(openai_model(pause=waits.append), ["storm"])
    assert waits == []


def test_a_missing_key_is_named_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MissingKey, match="OPENAI_API_KEY"):
        load_embeddings("openai:text-embedding-3-small")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://models.example/v1")
    with pytest.raises(MissingKey, match=r"models\.example"):
        load_embeddings("openai:text-embedding-3-small")


# onnx


def test_padding_and_the_tokenizers_own_limits_change_nothing(tmp_path: Path) -> None:
    model = OnnxEmbeddings(str(make_model(tmp_path, WORDS)))
    texts = ["storm " * length for length in (1, 40, 3, 200, 9)] + ["pay"] * 30
    for text, vector in zip(texts, embed(model, texts), strict=True):
        tokens = np.array([[0.5] * 3, *[WORDS[word] for word in text.split()][:510], [0.0] * 3])
        mean = tokens.mean(axis=0)
        assert np.allclose(vector, mean / np.linalg.norm(mean), atol=1e-5)


def test_prefixes_go_before_what_is_asked_and_what_is_found(tmp_path: Path) -> None:
    prompts = {"prompts": {"query": "query ", "passage": "passage "}}
    model = load_embeddings(f"onnx:{make_model(tmp_path, WORDS, files={'config_sentence_transformers.json': prompts})}")
    assert embed_question(model, "storm").argmax() == 1
    assert embed(model, ["storm"])[0].argmax() == 2


RECIPES: list[tuple[dict[str, Any], Recipe]] = [
    ({}, Recipe("mean", 512, "", "")),
    ({"1_Pooling/config.json": {"pooling_mode_cls_token": True}}, Recipe("cls", 512, "", "")),
    (
        {
            "modules.json": [
                {"path": "", "type": "sentence_transformers.models.Transformer"},
                {"path": "pool", "type": "sentence_transformers.models.Pooling"},
                {"path": "norm", "type": "sentence_transformers.models.Normalize"},
            ],
            "pool/config.json": {"pooling_mode": "cls"},
            "sentence_bert_config.json": {"max_seq_length": 256},
            "tokenizer_config.json": {"model_max_length": 10**30},
            "config.json": {"max_position_embeddings": 512},
            "config_sentence_transformers.json": {"prompts": {"query": "q: ", "document": "d: "}},
        },
        Recipe("cls", 256, "q: ", "d: "),
    ),
]


@pytest.mark.parametrize(("files", "recipe"), RECIPES)
def test_how_texts_become_vectors_is_read_from_the_models_files(
    files: dict[str, Any], recipe: Recipe, tmp_path: Path
) -> None:
    assert read_recipe(make_model(tmp_path, WORDS, files=files)) == recipe


def test_cls_pooling_takes_the_first_token(tmp_path: Path) -> None:
    files = {"1_Pooling/config.json": {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}}
    model = OnnxEmbeddings(str(make_model(tmp_path, WORDS, files=files)))
    assert np.allclose(embed(model, ["storm", "pay"]), 1 / np.sqrt(3))


UNUSABLE: dict[str, tuple[dict[str, Any], str]] = {
    "max pooling": ({"1_Pooling/config.json": {"pooling_mode_max_tokens": True}}, "pools by pooling_mode_max_tokens"),
    "a dense layer": ({"modules.json": [{"path": "", "type": "x.Dense"}]}, "has a module 'Dense'"),
    "a config that is a list": ({"config.json": []}, "does not hold what its name says"),
}


@pytest.mark.parametrize("case", UNUSABLE, ids=str)
def test_what_would_change_the_vectors_and_is_not_known_is_refused(case: str, tmp_path: Path) -> None:
    files, says = UNUSABLE[case]
    with pytest.raises(UsageError, match=says):
        load_embeddings(f"onnx:{make_model(tmp_path, WORDS, files=files)}")


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        load_embeddings(f"onnx:{tmp_path / 'none'}")
    with pytest.raises(UsageError, match=r"holds no model\.onnx"):
        load_embeddings(f"onnx:{tmp_path}")
    (tmp_path / "model.onnx").write_bytes(b"no network")
    with pytest.raises(UsageError, match=r"no tokenizer\.json"):
        load_embeddings(f"onnx:{tmp_path}")
    (tmp_path / "tokenizer.json").write_text("{}")
    for broken in ("is no tokenizer", "is no network"):
        with pytest.raises(UsageError, match=broken):
            embed(load_embeddings(f"onnx:{tmp_path}"), ["storm"])
        make_model(tmp_path / "other", WORDS)
        (tmp_path / "other" / "tokenizer.json").replace(tmp_path / "tokenizer.json")


def test_a_network_that_wants_something_else_is_refused(tmp_path: Path) -> None:
    model = load_embeddings(f"onnx:{make_model(tmp_path, WORDS, inputs=('input_ids', 'pixel_values'))}")
    with pytest.raises(UsageError, match="wants the input 'pixel_values'"):
        embed(model, ["storm"])


def test_one_file_of_several_can_be_named_and_other_weights_are_another_model(tmp_path: Path) -> None:
    make_model(tmp_path, {**WORDS, "storm": (5, 5, 5)}, network="onnx/model_int8.onnx")
    make_model(tmp_path, WORDS)
    whole, int8 = (load_embeddings(f"onnx:{tmp_path / name}") for name in ("", "onnx/model_int8.onnx"))
    assert not np.allclose(embed(whole, ["storm"]), embed(int8, ["storm"]))
    assert whole.fingerprint != int8.fingerprint
    make_model(tmp_path / "copy", WORDS)
    assert load_embeddings(f"onnx:{tmp_path / 'copy'}").fingerprint == whole.fingerprint


def test_onnxruntime_is_told_to_report_nothing_before_it_is_imported(tmp_path: Path) -> None:
    script = (
        "import os, sys; os.environ.pop('ORT_DISABLE_TELEMETRY', None)\n"
        "from pipeline.embedding import load_embeddings\n"
        "model = load_embeddings(sys.argv[1]); assert 'onnxruntime' not in sys.modules\n"
        "model.embed_query('storm'); print(os.environ['ORT_DISABLE_TELEMETRY'])"
    )
    command = [sys.executable, "-c", script, f"onnx:{make_model(tmp_path, WORDS)}"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "1"
