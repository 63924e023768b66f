"""Replies of models kept in the user's cache folder, so that the same request is not paid for twice.

A reply is found by the SHA-256 of the whole request: model, address, temperature, limit of tokens and every message.
Only usable replies get in. One file a reply, readable by the user alone; a cache that cannot be read or written is no
cache, and never an error.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.writing import Reply

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

# Some 2 KB each: a cache of at most about 10 MB.
_MOST_REPLIES = 5_000


class ReplyCache:
    """The replies to requests that are alike in `request`: all that makes a request beside its messages."""

    def __init__(self, folder: Path, request: Mapping[str, str | float]) -> None:
        self._folder = folder
        self._request = dict(request)

    def get(self, messages: Sequence[BaseMessage]) -> Reply | None:
        """The reply to these messages, which costs nothing now; None when there is none."""
        try:
            text = json.loads(self._path(messages).read_bytes())["text"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Reply(text, cached=1) if isinstance(text, str) else None

    def put(self, messages: Sequence[BaseMessage], reply: Reply) -> None:
        """Keep a reply; the oldest goes when there are very many."""
        path = self._path(messages)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump({"text": reply.text}, file, ensure_ascii=False)
            beside.replace(path)
            self._prune()

    def _path(self, messages: Sequence[BaseMessage]) -> Path:
        said = [[message.type, message.content] for message in messages]
        whole = json.dumps([self._request, said], sort_keys=True)
        return self._folder / f"{hashlib.sha256(whole.encode()).hexdigest()}.json"

    def _prune(self) -> None:
        kept = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in kept[:-_MOST_REPLIES]:
            path.unlink(missing_ok=True)


def default_folder() -> Path:
    """Where replies are kept unless the settings say otherwise."""
    import platformdirs

    return platformdirs.user_cache_path("newsdesk") / "replies"
