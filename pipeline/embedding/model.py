"""What an embedding model is to newsdesk: float32 arrays of unit vectors, and LangChain's two methods over them.

`Embeddings` is LangChain's interface, by structure: any of its models will do wherever one is wanted here, and ours
serve LangChain, without the third of a second that importing its class would cost every command.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A fingerprint reads this much of a file at so many places: another training or quantisation differs everywhere.
_SAMPLES = 64
_SAMPLE_BYTES = 4_096


class Embeddings(Protocol):
    """LangChain's interface of an embedding model."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...
    def embed_query(self, text: str) -> list[float]: ...


@dataclass(frozen=True, slots=True)
class Spent:
    """What a model has been sent so far: `tokens` as its server counted them, `cost` in US dollars at the prices of
    `listed`; None where the price is not listed or nothing is paid."""

    requests: int = 0
    tokens: int = 0
    cost: float | None = None
    listed: str = ""


class EmbeddingModel(ABC):
    """An embedding model of ours. Every vector has length 1; a text without anything to embed gets the zero vector,
    which is near nothing."""

    name: str
    """How it is named to `load_embeddings`, and in the library whose vectors it made."""

    @property
    @abstractmethod
    def dimension(self) -> int:
        """How many numbers a vector has; a model behind a server is asked."""

    @property
    def fingerprint(self) -> str:
        """What its vectors depend on besides its name: two models that differ in it must not be mixed. May be empty."""
        return ""

    @property
    def spent(self) -> Spent:
        """What it has been sent so far; nothing for a model on this machine."""
        return Spent()

    def embed_array(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """One unit vector a text, shape (len(texts), dimension); `query` for what is asked, else for what is found.

        Raises ModelError when the model fails.
        """
        import numpy as np

        rows = [row for row, text in enumerate(texts) if text.strip()]
        if not rows:
            return np.zeros((len(texts), self.dimension if texts else 0), dtype=np.float32)
        # Half of a surrogate pair is no character, and neither a tokenizer nor JSON takes it.
        found = self._embed([texts[row].encode("utf-8", "replace").decode() for row in rows], query=query)
        vectors = np.zeros((len(texts), found.shape[1]), dtype=np.float32)
        vectors[rows] = unit(found)
        return vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.embed_array(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self.embed_array([text], query=True)[0].tolist()
        return vector

    @abstractmethod
    def _embed(self, texts: Sequence[str], *, query: bool) -> NDArray[np.float32]:
        """One vector of any length a text; there is at least one text, and none is blank."""


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows scaled to length one, float32; rows of zeros stay as they are."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def fingerprint_of(paths: Sequence[Path]) -> str:
    """A digest of the sizes of these files and of samples over their whole length: a millisecond for any size."""
    digest = hashlib.blake2b(digest_size=8)
    for path in paths:
        size = path.stat().st_size
        digest.update(f"{path.name} {size} ".encode())
        with path.open("rb") as file:
            for sample in range(_SAMPLES):
                file.seek(sample * max(1, (size - _SAMPLE_BYTES) // (_SAMPLES - 1)))
                digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()
