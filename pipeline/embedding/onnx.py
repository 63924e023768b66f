"""Any local sentence-transformer in ONNX form, run by onnxruntime on the processor: `onnx:FOLDER`, or one file of it.

    FOLDER/model.onnx, FOLDER/onnx/model*.onnx    the network, int8 or not: ids and mask in, vectors out
    FOLDER/tokenizer.json                         its tokenizer
    modules.json, 1_Pooling/config.json           how token vectors become one: mean (as without a file) or cls
    sentence_bert_config.json, tokenizer_config.json, config.json    how many tokens it reads: the least they say
    config_sentence_transformers.json             what goes before a query and before a passage ("query: ")

What would change the vectors and is not understood (other pooling, a dense layer) is refused rather than left out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pipeline.embedding.model import EmbeddingModel, fingerprint_of
from pipeline.errors import ModelError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

Pooling: TypeAlias = Literal["mean", "cls"]

PREFIX = "onnx:"

# A batch is padded to its longest text, so texts go by length, and fewer at a time when they are long: 4 to 16 are
# fastest for MiniLM on two cores, in fp32 and in int8.
_BATCH = range(4, 17)
_BATCH_TOKENS = 2_048
# What sentence-transformers cuts at when nothing says how much a model reads.
_TOKENS = 512
# Hugging Face writes 10^30 for "no limit".
_NO_LIMIT = 1_000_000
_FILES = ("model.onnx", "onnx/model.onnx", "onnx/model*.onnx", "model*.onnx")
_QUERY_PROMPTS = ("query",)
_PASSAGE_PROMPTS = ("passage", "document")
_CONVERT = "Give the folder of a sentence-transformer that was exported to ONNX (model.onnx and tokenizer.json)"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How texts become vectors around the network, as the files of a model say."""

    pooling: Pooling
    tokens: int
    query_prefix: str
    passage_prefix: str


class OnnxEmbeddings(EmbeddingModel):
    """A sentence-transformer in ONNX form; raises UsageError for a folder that holds none that can be run here.

    Nothing is loaded before the first text but the files that say how.
    """

    def __init__(self, location: str) -> None:
        self._network = _network(Path(location).expanduser().absolute())
        self._folder = _folder_of(self._network)
        self._recipe = read_recipe(self._folder)
        self.name = f"{PREFIX}{Path(location).expanduser().absolute()}"

    @cached_property
    def dimension(self) -> int:
        return int(self.embed_array(["dimension"]).shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """Of the network, the tokenizer and the recipe, wherever they lie: a copied folder is the same model."""
        return fingerprint_of([self._network, self._folder / "tokenizer.json"]) + f" {self._recipe}"

    def _embed(self, texts: Sequence[str], *, query: bool) -> NDArray[np.float32]:
        import numpy as np

        prefix = self._recipe.query_prefix if query else self._recipe.passage_prefix
        encoded = self._tokenizer.encode_batch([prefix + text for text in texts])
        by_length = sorted(range(len(texts)), key=lambda row: len(encoded[row].ids))
        vectors = np.concatenate([self._run([encoded[row] for row in batch]) for batch in _batches(by_length, encoded)])
        return np.asarray(vectors[np.argsort(by_length)], dtype=np.float32)

    def _run(self, encoded: Sequence[Encoding]) -> NDArray[np.float32]:
        """One vector a text: pooled, or as the network gives it."""
        import numpy as np

        width = max(len(each.ids) for each in encoded)
        fed = {
            "input_ids": np.full((len(encoded), width), self._padding, dtype=np.int64),
            "attention_mask": np.zeros((len(encoded), width), dtype=np.int64),
            "token_type_ids": np.zeros((len(encoded), width), dtype=np.int64),
            "position_ids": np.broadcast_to(np.arange(width, dtype=np.int64), (len(encoded), width)),
        }
        for row, each in enumerate(encoded):
            fed["input_ids"][row, : len(each.ids)] = each.ids
            fed["attention_mask"][row, : len(each.ids)] = 1
        session, inputs, wanted = self._session, self._inputs, [self._output]
        try:
            (output,) = session.run(wanted, {name: fed[name] for name in inputs})
        except Exception as error:  # onnxruntime raises a dozen classes of its own, all about the network
            raise ModelError(f"The model {self.name!r} failed: {_first_line(error)}", _CONVERT) from error
        vectors = np.asarray(output, dtype=np.float32)
        if vectors.ndim == 3:
            vectors = _pooled(vectors, fed["attention_mask"], self._recipe.pooling)
        if not np.isfinite(vectors).all():
            raise ModelError(f"The model {self.name!r} gave a vector that is not finite", _CONVERT)
        return vectors

    @cached_property
    def _inputs(self) -> list[str]:
        names = [each.name for each in self._session.get_inputs()]
        if unknown := set(names) - {"input_ids", "attention_mask", "token_type_ids", "position_ids"}:
            raise UsageError(f"The network {str(self._network)!r} wants the input {min(unknown)!r}", _CONVERT)
        return names

    @cached_property
    def _output(self) -> str:
        """The whole text's vector where the network pools by itself, else the first output: the tokens' vectors."""
        outputs = {each.name: len(each.shape or ()) for each in self._session.get_outputs()}
        whole = [name for name, rank in outputs.items() if rank == 2 and "sentence" in name]
        return str((whole or list(outputs))[0])

    @cached_property
    def _padding(self) -> int:
        return int(self._tokenizer.token_to_id("[PAD]") or self._tokenizer.token_to_id("<pad>") or 0)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        path = self._folder / "tokenizer.json"
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # the bindings raise a bare Exception
            raise UsageError(f"{str(path)!r} is no tokenizer: {_first_line(error)}", _CONVERT) from error
        # MiniLM's own file cuts at 128 tokens and pads everything to them.
        tokenizer.enable_truncation(self._recipe.tokens)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> InferenceSession:
        # onnxruntime reports its use to a remote host unless told not to before it is imported.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        try:
            return onnxruntime.InferenceSession(str(self._network), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # as above
            raise UsageError(f"{str(self._network)!r} is no network: {_first_line(error)}", _CONVERT) from error


def read_recipe(folder: Path) -> Recipe:
    """How texts become vectors, as the files in a folder say; raises UsageError for what cannot be done here."""
    pooling: Pooling = "mean"
    config = {}
    for module in _json(folder / "modules.json", []):
        kind = str(module.get("type", "")).rpartition(".")[2]
        if kind == "Pooling":
            config = _json(folder / module["path"] / "config.json", {})
        elif kind not in ("Transformer", "Normalize"):
            raise UsageError(f"The model {str(folder)!r} has a module {kind!r}, which newsdesk cannot run", _CONVERT)
    config = config or _json(folder / "1_Pooling" / "config.json", {})
    modes = [name for name, on in config.items() if name.startswith("pooling_mode_") and on is True]
    if mode := config.get("pooling_mode"):
        modes = [str(mode)]
    if modes:
        known: dict[str, Pooling] = {
            "pooling_mode_mean_tokens": "mean",
            "mean": "mean",
            "pooling_mode_cls_token": "cls",
            "cls": "cls",
        }
        if len(modes) > 1 or modes[0] not in known or config.get("include_prompt") is False:
            raise UsageError(
                f"The model {str(folder)!r} pools by {', '.join(modes)}; newsdesk can by mean or cls", _CONVERT
            )
        pooling = known[modes[0]]
    prompts = _json(folder / "config_sentence_transformers.json", {}).get("prompts") or {}
    return Recipe(pooling, _most_tokens(folder), _prompt(prompts, _QUERY_PROMPTS), _prompt(prompts, _PASSAGE_PROMPTS))


def _most_tokens(folder: Path) -> int:
    said = [
        _json(folder / "sentence_bert_config.json", {}).get("max_seq_length"),
        _json(folder / "tokenizer_config.json", {}).get("model_max_length"),
        _json(folder / "config.json", {}).get("max_position_embeddings"),
    ]
    limits = [int(each) for each in said if isinstance(each, int | float) and 0 < each < _NO_LIMIT]
    return min(limits, default=_TOKENS)


def _prompt(prompts: dict[str, str], names: Sequence[str]) -> str:
    return next((prompts[name] for name in names if prompts.get(name)), "")


def _network(location: Path) -> Path:
    """The .onnx file that a path names, or the first that its folder has."""
    if location.is_file():
        return location
    if not location.is_dir():
        raise UsageError(f"The model folder {str(location)!r} does not exist", _CONVERT)
    found = [path for pattern in _FILES for path in sorted(location.glob(pattern))]
    if not found:
        raise UsageError(f"The folder {str(location)!r} holds no model.onnx", _CONVERT)
    return found[0]


def _folder_of(network: Path) -> Path:
    """The folder of a model: the one of its network, or the one above, that has the tokenizer."""
    for folder in (network.parent, network.parent.parent):
        if (folder / "tokenizer.json").is_file():
            return folder
    raise UsageError(f"There is no tokenizer.json with {str(network)!r}", _CONVERT)


def _json(path: Path, default: Any) -> Any:
    """What a JSON file holds, `default` when there is none; raises UsageError for one that cannot be read as such."""
    if not path.is_file():
        return default
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{str(path)!r} cannot be read as JSON: {error}", _CONVERT) from error
    if not isinstance(value, type(default)):
        raise UsageError(f"{str(path)!r} does not hold what its name says", _CONVERT)
    return value


def _batches(by_length: list[int], encoded: Sequence[Encoding]) -> Iterator[list[int]]:
    """The texts, given by ascending length, in batches: as many as make up _BATCH_TOKENS padded, within _BATCH."""
    batch: list[int] = []
    for row in by_length:
        full = len(batch) >= _BATCH[0] and (len(batch) + 1) * len(encoded[row].ids) > _BATCH_TOKENS
        if full or len(batch) == _BATCH[-1]:
            yield batch
            batch = []
        batch.append(row)
    yield batch


def _pooled(tokens: NDArray[np.float32], mask: NDArray[np.int64], pooling: Pooling) -> NDArray[np.float32]:
    """Token vectors, shape (texts, tokens, dimension), as one vector a text."""
    import numpy as np

    if pooling == "cls":
        return tokens[:, 0]
    weights = mask[..., np.newaxis].astype(np.float32)
    return np.asarray((tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1), dtype=np.float32)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
