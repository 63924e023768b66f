"""Pasted text: taken as it is, character for character. Cleaning finds the headline, the body and the rest."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedIOBase

from pipeline.sources.decoding import decode, read_capped
from pipeline.types import RawArticle


def read_pasted(stream: BufferedIOBase, origin: str) -> Iterator[RawArticle]:
    """The one article of a text file; raises InputError for bytes that are no text."""
    data = read_capped(stream)
    yield RawArticle(text=decode(data), original=data, media="text", origin=origin)
