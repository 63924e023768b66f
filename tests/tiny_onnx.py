"""A sentence-transformer small enough to be made in a test: its network looks token vectors up in a table.

    folder = make_model(tmp_path, {"storm": [1, 0], "calm": [0, 1]})

The ONNX file is written byte by byte (protocol buffers, field numbers from onnx.proto), so that no test needs the onnx
package; onnxruntime reads it like any other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

_FLOAT, _INT64 = 1, 7


def make_model(
    folder: Path,
    vectors: Mapping[str, Sequence[float]],
    *,
    network: str = "onnx/model.onnx",
    inputs: Sequence[str] = ("input_ids", "attention_mask", "token_type_ids"),
    files: Mapping[str, Any] | None = None,
) -> Path:
    """A model folder: words as given, [PAD] far away so that padding shows, [CLS] and [SEP] around every text.

    `files` are further JSON files by name. As with MiniLM, the tokenizer's own file cuts early and pads to a fixed
    length.
    """
    dimension = len(next(iter(vectors.values())))
    special = {"[PAD]": [99.0] * dimension, "[CLS]": [0.5] * dimension, "[SEP]": [0.0] * dimension}
    words = {**special, "[UNK]": [0.25] * dimension, **vectors}
    (folder / network).parent.mkdir(parents=True, exist_ok=True)
    (folder / network).write_bytes(_network(np.array(list(words.values()), np.float32), inputs))
    (folder / "tokenizer.json").write_text(_tokenizer(list(words)))
    for name, value in (files or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(value))
    return folder


def _tokenizer(words: Sequence[str]) -> str:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing

    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(words)}, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing("[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)])
    tokenizer.enable_truncation(6)
    tokenizer.enable_padding(length=6)
    return str(tokenizer.to_str())


def _network(table: np.ndarray, inputs: Sequence[str]) -> bytes:
    """A model of one node: last_hidden_state = Gather(table, input_ids)."""
    node = _text(1, "table") + _text(1, "input_ids") + _text(2, "last_hidden_state") + _text(4, "Gather")
    dimensions = b"".join(_number(1, size) for size in table.shape)
    tensor = dimensions + _number(2, _FLOAT) + _text(8, "table") + _bytes(9, table.tobytes())
    graph = _bytes(1, node) + _text(2, "tiny") + _bytes(5, tensor)
    graph += b"".join(_bytes(11, _value(name, _INT64, ["texts", "tokens"])) for name in inputs)
    graph += _bytes(12, _value("last_hidden_state", _FLOAT, ["texts", "tokens", table.shape[1]]))
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _number(2, 17))


def _value(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    sizes = b"".join(_bytes(1, _number(1, s) if isinstance(s, int) else _text(2, s)) for s in shape)
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, sizes)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _varint(value: int) -> bytes:
    low, high = value & 127, value >> 7
    return bytes([low | 128]) + _varint(high) if high else bytes([low])
