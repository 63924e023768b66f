"""Embedding models behind OpenAI's API, or a compatible server's: in batches, within a deadline, counted and priced.

    openai:text-embedding-3-small        OPENAI_BASE_URL and OPENAI_API_KEY are read as the OpenAI client reads them

A batch that is refused for its size is halved, and the batches after it are no larger: servers set their own limits.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from socket import gaierror
from typing import TYPE_CHECKING

from pipeline.addresses import is_loopback
from pipeline.embedding.model import EmbeddingModel, Spent
from pipeline.errors import MissingKey, ModelError
from pipeline.models.completion import within
from pipeline.models.faults import (
    QUOTA_CODES,
    RETRIED_STATUSES,
    causes_of,
    codes_of,
    retry_after,
    said_by,
    server_of,
)
from pipeline.models.prices import listed_price
from pipeline.models.providers import address_of, host_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from openai import OpenAI
    from openai.types import CreateEmbeddingResponse

# OpenAI takes 2,048 texts and 300,000 tokens in a request, and 8,192 tokens in a text, by its API reference. Smaller
# batches lose less to a cut connection, and are about a second's work for a server on this machine.
_BATCH_TEXTS = 256
_BATCH_TOKENS = 65_536
_TEXT_TOKENS = 8_191
# 256 vectors of 4,096 numbers, each written out in some 20 characters.
_WIRE_BYTES = 32_000_000
# Waits before the second and later attempts when the server does not say how long.
_BACKOFF_SECONDS = (0.5, 1.0, 2.0, 4.0)
# How servers refuse a batch that they hold to be too large: bad request, content too large, unprocessable content.
_TOO_LARGE = frozenset({400, 413, 422})
_CHECK = "Check OPENAI_BASE_URL and OPENAI_API_KEY, or use --embedding static"


class OpenAIEmbeddings(EmbeddingModel):
    """An embedding model behind OpenAI's API. `deadline_seconds` is for each batch, with its retries.

    Raises MissingKey when no key is set for a server that is not on this machine, UsageError for an address that is
    none. `pause` waits between two attempts.
    """

    def __init__(self, model: str, deadline_seconds: float, pause: Callable[[float], None] = time.sleep) -> None:
        self.name = f"openai:{model}"
        self._model = model
        self._deadline = deadline_seconds
        self._pause = pause
        self._batch_texts = _BATCH_TEXTS
        self._requests = self._tokens = 0
        self._url = address_of(self.name)
        self._local = is_loopback(host_of(self._url))
        self._key = os.environ.get("OPENAI_API_KEY") or ("none-needed" if self._local else None)
        if self._key is None:
            raise MissingKey(
                f"There is no API key for {self.name!r} at {host_of(self._url)}",
                "Set OPENAI_API_KEY (to any value if the server needs none), or use --embedding static",
            )

    @cached_property
    def dimension(self) -> int:
        return int(self.embed_array(["dimension"]).shape[1])

    @property
    def spent(self) -> Spent:
        price = listed_price(self.name)
        cost = price.of(self._tokens, 0) if price else None
        return Spent(self._requests, self._tokens, cost, price.listed if price else "")

    def _embed(self, texts: Sequence[str], *, query: bool) -> NDArray[np.float32]:
        import numpy as np

        return np.concatenate([self._halved(batch) for batch in self._batches(texts)])

    def _batches(self, texts: Sequence[str]) -> Iterator[list[str]]:
        """The texts, cut to what a model takes, in batches of at most so many texts and tokens."""
        batch: list[str] = []
        tokens = 0
        for text in texts:
            short, count = self._shortened(text)
            if batch and (len(batch) >= self._batch_texts or tokens + count > _BATCH_TOKENS):
                yield batch
                batch, tokens = [], 0
            batch.append(short)
            tokens += count
        yield batch

    def _shortened(self, text: str) -> tuple[str, int]:
        from pipeline.tokens import encoding_for_model

        encoding = encoding_for_model(self._model)
        tokens = encoding.encode_ordinary(text)
        if len(tokens) <= _TEXT_TOKENS:
            return text, len(tokens)
        return encoding.decode(tokens[:_TEXT_TOKENS], errors="ignore"), _TEXT_TOKENS

    def _halved(self, batch: list[str]) -> NDArray[np.float32]:
        """The vectors of a batch; in halves when it is refused as too large."""
        import numpy as np

        try:
            return self._request(batch)
        except _Refused as refused:
            if len(batch) == 1:
                raise refused.error from refused
            half = -(-len(batch) // 2)
            vectors = np.concatenate([self._halved(batch[:half]), self._halved(batch[half:])])
            self._batch_texts = min(self._batch_texts, half)
            return vectors

    def _request(self, batch: list[str]) -> NDArray[np.float32]:
        ends = time.monotonic() + self._deadline
        backoff = iter(_BACKOFF_SECONDS)
        while True:
            try:
                response = next(
                    within(ends, lambda: iter([self._client.embeddings.create(model=self._model, input=batch)]))
                )
                return self._taken(response, batch)
            except ModelError:
                raise
            except Exception as error:
                wait = self._wait(error, next(backoff, None))
                if wait is None or time.monotonic() + wait >= ends:
                    raise self._failure(error, len(batch)) from error
            self._pause(wait)

    def _taken(self, response: CreateEmbeddingResponse, batch: list[str]) -> NDArray[np.float32]:
        """The vectors of a reply, in the order of the batch; raises ModelError for a reply that is none."""
        import numpy as np

        try:
            by_index = sorted(response.data, key=lambda each: each.index)
            vectors = np.array([each.embedding for each in by_index], dtype=np.float32)
            in_order = [each.index for each in by_index] == list(range(len(batch)))
        except (AttributeError, TypeError, ValueError) as error:
            raise self._odd(f"did not reply with embeddings ({type(error).__name__})") from error
        if not in_order or vectors.ndim != 2 or not vectors.shape[1]:
            raise self._odd(f"gave {len(by_index)} vectors for {len(batch)} texts, or not all of one length")
        if not np.isfinite(vectors).all():
            raise self._odd("gave a vector that is not finite")
        self._requests += 1
        self._tokens += response.usage.prompt_tokens if response.usage else 0
        return vectors

    def _odd(self, what: str) -> ModelError:
        return ModelError(f"{self.name!r} at {host_of(self._url)} {what}", _CHECK)

    def _wait(self, error: Exception, backoff: float | None) -> float | None:
        """How long to wait before another attempt; None when another cannot help, or there have been enough."""
        from openai import APIConnectionError, APIStatusError, APITimeoutError

        if backoff is None or isinstance(error, TimeoutError | APITimeoutError):
            return None
        if isinstance(error, APIStatusError):
            again = error.status_code >= 500 or error.status_code in RETRIED_STATUSES
            waiting = retry_after(error)
            return (backoff if waiting is None else waiting) if again and not codes_of(error) & QUOTA_CODES else None
        unreachable = any(isinstance(cause, ConnectionRefusedError | gaierror) for cause in causes_of(error))
        return backoff if isinstance(error, APIConnectionError) and not unreachable else None

    def _failure(self, error: Exception, texts: int) -> ModelError | _Refused:
        """The error that tells what went wrong; _Refused for what fewer texts might mend."""
        from openai import APIConnectionError, APIStatusError, APITimeoutError

        server = server_of(error)
        server = server[0].upper() + server[1:]
        if isinstance(error, TimeoutError | APITimeoutError):
            return ModelError(
                f"{self.name!r} gave no vectors for {texts} texts within {self._deadline:g} seconds",
                "Try again, allow more (NEWSDESK_MODEL_DEADLINE), or use --embedding static",
            )
        if isinstance(error, APIConnectionError):
            return ModelError(f"{server} does not answer", f"Start it or try again. {_CHECK}")
        if not isinstance(error, APIStatusError):
            return self._odd(f"did not reply with embeddings ({type(error).__name__})")
        status, said = error.status_code, said_by(error)
        if status == 401:
            return ModelError(f"{server} does not accept the API key", "Set OPENAI_API_KEY to a valid key for it")
        if status == 404:
            return ModelError(f"{server} has no embedding model {self._model!r}{said}", _CHECK)
        if status == 429 and codes_of(error) & QUOTA_CODES:
            return ModelError(f"The quota of the API key is used up at {server}", "Add credit or use another key")
        if status == 429:
            waiting = retry_after(error)
            when = "later" if waiting is None else f"in {math.ceil(waiting)} seconds"
            return ModelError(f"{server} is limiting requests to {self._model!r}", f"Run the same command again {when}")
        failed = ModelError(f"{server} failed with HTTP {status}{said}", f"Try again later. {_CHECK}")
        return _Refused(failed) if status in _TOO_LARGE else failed

    @cached_property
    def _client(self) -> OpenAI:
        from openai import OpenAI

        from pipeline.models.transport import bounded_client

        client = bounded_client(self._deadline, through_proxy=not self._local, most_bytes=_WIRE_BYTES)
        return OpenAI(api_key=self._key, base_url=self._url, timeout=self._deadline, max_retries=0, http_client=client)


class _Refused(Exception):
    """A batch that a server refuses as it is."""

    def __init__(self, error: ModelError) -> None:
        super().__init__(str(error))
        self.error = error
