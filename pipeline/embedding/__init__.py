"""Texts to vectors, one model a file, behind the two methods of LangChain's Embeddings.

static              wordllama's 256-dimension static token embeddings, out of its wheel: no network, no key
openai:NAME         an embedding model of OpenAI or of a compatible server (OPENAI_BASE_URL, OPENAI_API_KEY)
onnx:FOLDER         a sentence-transformer in ONNX form, on this machine

    model = load_embeddings("static")
    embed(model, ["The bridge is closed."]) @ embed_question(model, "Is the bridge open?")
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipeline.embedding.model import EmbeddingModel, Embeddings, Spent, unit
from pipeline.embedding.static import STATIC, StaticEmbeddings
from pipeline.errors import ModelError, NewsdeskError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "STATIC",
    "EmbeddingModel",
    "Embeddings",
    "Spent",
    "StaticEmbeddings",
    "embed",
    "embed_question",
    "load_embeddings",
    "unit",
]

# How long a model behind a server may take over a batch, when nobody says.
DEADLINE_SECONDS = 120.0


def load_embeddings(name: str, deadline_seconds: float = DEADLINE_SECONDS) -> EmbeddingModel:
    """The embedding model of this name; `deadline_seconds` is for each request to a server.

    Raises UsageError when there is none such, MissingKey when a server's key is not set. Nothing is loaded or sent yet.
    """
    if name == STATIC:
        return StaticEmbeddings()
    provider, _, model = name.partition(":")
    if provider == "openai" and model:
        from pipeline.embedding.openai import OpenAIEmbeddings

        return OpenAIEmbeddings(model, deadline_seconds)
    if provider == "onnx" and model:
        from pipeline.embedding.onnx import OnnxEmbeddings

        return OnnxEmbeddings(model)
    raise UsageError(f"No embedding model is named {name!r}", "Use 'static', 'openai:NAME' or 'onnx:FOLDER'")


def embed(embeddings: Embeddings, texts: Sequence[str]) -> NDArray[np.float32]:
    """One vector a passage, shape (len(texts), dimension), float32, length 1; ModelError when the model fails."""
    if isinstance(embeddings, EmbeddingModel):
        return embeddings.embed_array(texts)
    return _arrays(lambda: embeddings.embed_documents(list(texts)))


def embed_question(embeddings: Embeddings, text: str) -> NDArray[np.float32]:
    """The vector of what is asked, shape (dimension,), float32, length 1; ModelError when the model fails."""
    if isinstance(embeddings, EmbeddingModel):
        vectors = embeddings.embed_array([text], query=True)
    else:
        vectors = _arrays(lambda: [embeddings.embed_query(text)])
    return vectors.reshape(-1)


def _arrays(ask: Callable[[], list[list[float]]]) -> NDArray[np.float32]:
    """What another LangChain model gives, as unit vectors."""
    import numpy as np

    try:
        return unit(np.asarray(ask(), dtype=np.float32))
    except NewsdeskError:
        raise
    except Exception as error:  # whatever a provider's client raises, the user needs one sentence
        raise ModelError(
            f"The embedding model gave no vectors: {type(error).__name__}: {error}", "Use --embedding static"
        ) from error
