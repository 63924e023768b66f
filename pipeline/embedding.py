"""Texts to vectors, behind LangChain's Embeddings: the bundled static model, or any OpenAI-compatible server.

static              wordllama's 256-dimension static token embeddings, out of its wheel: no network, no key
openai:NAME         an embedding model of OpenAI or of a compatible server (OPENAI_BASE_URL, OPENAI_API_KEY)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from pipeline.errors import ModelError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from wordllama.inference import WordLlamaInference

STATIC = "static"


class StaticEmbeddings(Embeddings):
    """The bundled static model: about 3,000 passages of 256 tokens a second on one core, vectors of length 1.

    A text without a single known token gets the zero vector, which is equally far from everything.
    """

    name = STATIC
    dimension = 256

    def __init__(self) -> None:
        self._model: WordLlamaInference | None = None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, row)) for row in self.embed_array(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    def embed_array(self, texts: list[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), 256), float32: the same numbers without the detour over lists."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = np.nan_to_num(np.asarray(self._loaded().embed(list(texts)), dtype=np.float32))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)

    def _loaded(self) -> WordLlamaInference:
        if self._model is None:
            import wordllama

            # Its plain load() looks for the tokenizer in another folder and goes online for it.
            package = Path(wordllama.__file__).parent
            self._model = wordllama.WordLlama.load(cache_dir=package, disable_download=True)
        return self._model


def load_embeddings(name: str) -> Embeddings:
    """The embedding model of this name; raises UsageError when there is none such."""
    if name == STATIC:
        return StaticEmbeddings()
    provider, _, model = name.partition(":")
    if provider == "openai" and model:
        return _openai_embeddings(model)
    raise UsageError(f"No embedding model is named {name!r}", "Use 'static' or 'openai:NAME'")


def embed(embeddings: Embeddings, texts: list[str]) -> NDArray[np.float32]:
    """One vector a text, shape (len(texts), dimension), float32, length 1; ModelError when the model fails."""
    import numpy as np

    if isinstance(embeddings, StaticEmbeddings):
        return embeddings.embed_array(texts)
    try:
        vectors = np.asarray(embeddings.embed_documents(texts), dtype=np.float32)
    except Exception as error:  # whatever a provider's client raises, the user needs one sentence
        raise ModelError(
            f"The embedding model gave no vectors: {type(error).__name__}: {error}",
            "Check OPENAI_BASE_URL and OPENAI_API_KEY, or use --embedding static",
        ) from error
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def dimension_of(embeddings: Embeddings) -> int:
    """How many numbers a vector has; asks the model when it does not say."""
    if isinstance(embeddings, StaticEmbeddings):
        return embeddings.dimension
    return int(embed(embeddings, ["dimension"]).shape[1])


def _openai_embeddings(model: str) -> Embeddings:
    import os

    from langchain_openai import OpenAIEmbeddings

    # A local server needs no key, but the client insists on one. Local servers take text, not token ids.
    local = bool(os.environ.get("OPENAI_BASE_URL"))
    if not local and not os.environ.get("OPENAI_API_KEY"):
        from pipeline.errors import MissingKey

        raise MissingKey(f"No API key was given for 'openai:{model}'", "Set OPENAI_API_KEY or use --embedding static")
    key = os.environ.get("OPENAI_API_KEY", "none")
    return OpenAIEmbeddings(model=model, api_key=lambda: key, check_embedding_ctx_length=not local)
