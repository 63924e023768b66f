"""From the bytes of one input to the articles in it: what kind it is, which reader reads it, and why it is refused.

Each kind has one reader; a new kind is one more file beside this one, a name in `kinds.Kind` and a line here. An
archive gives its members back to `Reading.articles`, so that it holds whatever a folder holds.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.sources import kinds
from pipeline.sources.inputs import Input, Reader, peek
from pipeline.types import RawArticle, Rejection

if TYPE_CHECKING:
    from pipeline.fetching import Fetcher

_DEEPEST = 2
"""Archives in archives: a gzip file in a ZIP archive is read, a ZIP archive in a ZIP archive is not."""

MAX_TEXT = 2_000_000
MAX_LINES = 20_000
"""Characters and lines of one article. The longest news features are under 1 MB; an ingest of as much as this takes 4
to 6 s of one core."""

MAX_TITLE = 2_000
"""Characters of a title; the longest of 7,587 articles has 80."""

MOST_REFUSED = 1_000
"""Refusals in one input after which it is given up, unless as many of its articles were taken."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read.

    `columns` names the columns or fields of tables by our names (`{"title": "headline"}`); with `follow`, the articles
    of a feed are fetched from their links. `fetcher` is the door to the network; None keeps it shut. `language` (a code
    such as "en") is that of all articles, whatever they say themselves; empty for what they say or their text tells.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    follow: bool = False
    fetcher: Fetcher | None = None
    language: str = ""

    def articles(self, found: Input, depth: int = 0) -> Iterator[RawArticle | Rejection]:
        """The articles of an input, lazily; where it cannot be read on, the reason comes as a Rejection."""
        taken = refused = 0
        try:
            kind = kinds.kind_of(peek(found.stream, kinds.HEAD), found.name, found.media_type)
            for article in map(_bounded, self._reader(kind, depth)(found)):
                if isinstance(article, RawArticle) and self.language:
                    article = replace(article, language=self.language)
                yield article
                taken += isinstance(article, RawArticle)
                refused += isinstance(article, Rejection)
                if refused > max(MOST_REFUSED, taken):
                    raise InputError(
                        f"more than {MOST_REFUSED:,} of its articles were refused", "The rest was not read"
                    )
        except InputError as error:
            yield Rejection(found.origin, str(error))
        except (EOFError, gzip.BadGzipFile, zlib.error):
            yield Rejection(found.origin, "the gzip file is damaged or cut off. Save or download it again.")
        except OSError as error:
            reason = f"it cannot be read ({error.strerror or error}). Check the file and its permissions."
            yield Rejection(found.origin, reason)
        except MemoryError:
            yield Rejection(found.origin, "it takes more memory than there is. Split it into smaller files.")
        except RecursionError:
            yield Rejection(found.origin, "it is nested too deeply to be an article. Save its text alone.")
        except Exception as error:  # a library of one format met something that it was not written for
            reason = f"it could not be read ({type(error).__name__}: {error}). Save it in another form."
            yield Rejection(found.origin, " ".join(reason.split()))

    def address(self, url: str) -> Iterator[RawArticle | Rejection]:
        """The articles at an address."""
        from pipeline.sources.web import read_address

        yield from read_address(url, self.fetcher, self.articles)

    def _reader(self, kind: kinds.Kind, depth: int) -> Reader:
        inner: Callable[[Input], Iterator[RawArticle | Rejection]] = partial(self.articles, depth=depth + 1)
        if kind in ("zip", "gzip", "warc") and depth >= _DEEPEST:
            raise InputError("it is an archive inside archives", "Unpack it first")
        match kind:
            case "text":
                from pipeline.sources.pasted import read_pasted

                return read_pasted
            case "markdown":
                from pipeline.sources.markdown import read_markdown

                return read_markdown
            case "html":
                from pipeline.sources.html import read_html

                return read_html
            case "mhtml":
                from pipeline.sources.mhtml import read_mhtml

                return read_mhtml
            case "json":
                from pipeline.sources.jsonl import read_json

                return partial(read_json, columns=self.columns)
            case "jsonl":
                from pipeline.sources.jsonl import read_jsonl

                return partial(read_jsonl, columns=self.columns)
            case "csv":
                from pipeline.sources.tables import read_csv

                return partial(read_csv, columns=self.columns)
            case "feed":
                from pipeline.sources.feeds import read_feed

                return partial(read_feed, follow=replace(self, follow=False).address if self.follow else None)
            case "email":
                from pipeline.sources.letters import read_letter

                return read_letter
            case "pdf":
                from pipeline.sources.pdf import read_pdf

                return read_pdf
            case "zip":
                from pipeline.sources.archives import read_zip

                return partial(read_zip, inner=inner, nested=depth > 0)
            case "gzip":
                from pipeline.sources.archives import read_gzip

                return partial(read_gzip, inner=inner)
            case "warc":
                from pipeline.sources.warc import read_warc

                return partial(read_warc, inner=inner)
            case "urls":
                from pipeline.sources.web import read_addresses

                return partial(read_addresses, address=self.address)


def _bounded(found: RawArticle | Rejection) -> RawArticle | Rejection:
    """An article, or the reason why it is too long to be one."""
    if isinstance(found, Rejection):
        return found
    if len(found.title) > MAX_TITLE:
        reason = (
            f"its title is too long to be one ({len(found.title):,} characters). Check what is taken for its title."
        )
        return Rejection(found.origin, reason)
    if len(found.text) <= MAX_TEXT and found.text.count("\n") <= MAX_LINES:
        return found
    size = f"{len(found.text):,} characters, {found.text.count(chr(10)):,} lines"
    return Rejection(found.origin, f"it is too long for one article ({size}). Split it into one file per article.")
