"""The bundled model: wordllama's static token embeddings, read out of its wheel. No network, no key, no GPU.

A vector is the mean of the vectors of the text's tokens, scaled to length one. Only the wheel's two files are used:
importing the package itself costs 0.3 s, for downloads and training, and to embed a question is to read a few rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.embedding.model import EmbeddingModel
from pipeline.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

STATIC = "static"

_WEIGHTS = Path("weights", "l2_supercat_256.safetensors")
_TOKENIZER = Path("tokenizers", "l2_supercat_tokenizer_config.json")
_TENSOR = "embedding.weight"
# Texts whose tokens are looked up together: enough for numpy, few enough to stay in the processor's cache.
_BATCH = 64


class StaticEmbeddings(EmbeddingModel):
    """The bundled static model: about 3,000 passages of 256 tokens a second on one core."""

    name = STATIC

    @property
    def dimension(self) -> int:
        return 256

    def _embed(self, texts: Sequence[str], *, query: bool) -> NDArray[np.float32]:
        # Of length one afterwards, so that the sum is as good as the mean.
        return self.token_sums(texts)

    def token_sums(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The sum of the token vectors of each text, shape (len(texts), dimension)."""
        import numpy as np

        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            encoded = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            for row, each in enumerate(encoded, start):
                if each.ids:
                    vectors[row] = self._table[each.ids].sum(axis=0, dtype=np.float32)
        return vectors

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(_package() / _TOKENIZER))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _table(self) -> NDArray[np.float16]:
        """The token vectors, mapped into memory: a page is read when a token of it is looked up."""
        import numpy as np

        # A safetensors file: the length of its header (8 bytes), the header (JSON), the tensors.
        path = _package() / _WEIGHTS
        tensor, start = _described(path)
        return np.memmap(path, np.float16, "r", start, tuple(tensor))


def _described(path: Path) -> tuple[list[int], int]:
    """The shape of the one tensor of a safetensors file, and where its numbers begin."""
    import json

    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        tensor = json.loads(file.read(length))[_TENSOR]
    if tensor["dtype"] != "F16":
        raise ModelError(f"The bundled embedding model holds numbers of type {tensor['dtype']!r}", _INSTALL)
    return tensor["shape"], 8 + length + tensor["data_offsets"][0]


_INSTALL = "Install newsdesk again, with the wordllama of its lock file"


def _package() -> Path:
    found = find_spec("wordllama")
    if found is None or found.origin is None:
        raise ModelError("The bundled embedding model (wordllama) is not installed", _INSTALL)
    return Path(found.origin).parent
