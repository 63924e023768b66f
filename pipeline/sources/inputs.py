"""What a reader is given: the bytes of one input, and what is known of them before they are read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.types import RawArticle, Rejection


@dataclass(frozen=True, slots=True)
class Input:
    """One input. `origin` names the place for people, `name` is the file's name with its suffix.

    `url` is where it was found on the web; `charset` and `media_type` are what its server said of it; all may be empty.
    """

    stream: io.BufferedIOBase
    origin: str
    name: str
    url: str = ""
    charset: str = ""
    media_type: str = ""


Reader: TypeAlias = Callable[[Input], Iterator[RawArticle | Rejection]]
"""Reads the articles of one input. Raises InputError when nothing more of it can be taken."""


def peek(stream: io.BufferedIOBase, size: int) -> bytes:
    """The next bytes of a stream, at most `size`, without taking them out of it."""
    if isinstance(stream, io.BytesIO):
        return bytes(stream.getbuffer()[stream.tell() : stream.tell() + size])
    if isinstance(stream, io.BufferedReader):
        return stream.peek(size)[:size]
    raise TypeError(f"{type(stream).__name__} cannot be peeked at")
