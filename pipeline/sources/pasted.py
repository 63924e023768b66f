"""Pasted text: taken as it is, character for character. Cleaning finds the headline, the body and the rest."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.sources.decoding import decode, read_capped
from pipeline.sources.inputs import Input
from pipeline.types import RawArticle


def read_pasted(found: Input) -> Iterator[RawArticle]:
    """The one article of a text file; raises InputError for bytes that are no text."""
    data = read_capped(found.stream)
    yield RawArticle(decode(data, found.charset), data, "text", found.origin, url=found.url)
