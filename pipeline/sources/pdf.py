"""PDF: the text of the pages as paragraphs, without what is printed on every page.

A PDF knows where glyphs stand, not what a paragraph is. Lines are joined as they were set: a line that ends short ends
its paragraph, a word divided at the end of a line is put together. No character is made up.
"""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.sources.decoding import read_capped
from pipeline.sources.inputs import Input
from pipeline.types import RawArticle

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PDF_BYTES = 64 * 2**20
MAX_PAGES = 500
_MOST_SECONDS = 8.0
"""A page of text takes pypdf 10 to 50 ms; the time is looked at with every operator, so that no page can hold it up."""

_MAX_STREAM = 16 * 2**20
_MOST_OPERATIONS = 500_000
_MAX_TEXT = 2_000_000
_EDGE_LINES = 3
"""Lines at the top and at the bottom of a page among which headers, footers and page numbers stand."""

_SHORT_LINE = 0.85
"""A line shorter than this share of a full one, with the end of a sentence, ends its paragraph."""

_HEADING_LINE = 0.6
"""A line shorter than this share of a full one, where a paragraph could begin, is a heading, a byline or a label."""

_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|seite|página|стр\.?)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|из)\s*\d{1,4})?\W*$", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?:。！？…][\"'”’»)\]]*$")
_DIVIDED = re.compile(r"(\w+)[-\u2010\u00ad]$")
_WORD = re.compile(r"\w+(?:-\w+)*")


def read_pdf(found: Input) -> Iterator[RawArticle]:
    """The one article of a PDF; raises InputError for one that is encrypted, damaged, too long or without text.

    The title of its properties is believed when it stands on the first page. The day on which the file was made is not
    that of publication, which stays missing.
    """
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

    data = read_capped(found.stream, MAX_PDF_BYTES)
    deadline = time.monotonic() + _MOST_SECONDS
    try:
        with apply_configuration(
            maximum_declared_stream_length=_MAX_STREAM,
            array_based_stream_maximum_output_length=_MAX_STREAM,
            zlib_maximum_output_length=_MAX_STREAM,
            lzw_maximum_output_length=_MAX_STREAM,
            run_length_maximum_output_length=_MAX_STREAM,
            stream_parsing_work_maximum_count=_MOST_OPERATIONS,
        ):
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError("the PDF is encrypted", "Save it without its password and ingest that")
            pages = _pages(reader, deadline)
            title = str(reader.metadata.title or "") if reader.metadata else ""
    except LimitReachedError as error:
        raise InputError(
            "the PDF unpacks to more than an article could need", "Save the pages with it alone"
        ) from error
    except (DependencyError, NotImplementedError) as error:
        raise InputError("the PDF is encrypted", "Save it without its password and ingest that") from error
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        OverflowError,
    ) as error:
        raise InputError("the PDF is damaged", "Save or download it again") from error
    text = "\n\n".join(paragraphs(pages))
    if not text:
        raise InputError("the PDF has no text, only pictures of it", "Run it through text recognition first")
    yield RawArticle(
        text=text,
        original=data,
        media="pdf",
        origin=found.origin,
        title=title.strip() if title.strip() and _squeezed(title) in _squeezed(" ".join(pages[0])) else "",
        url=found.url,
    )


def _pages(reader: PdfReader, deadline: float) -> list[list[str]]:
    """The lines of each page."""

    def watch(*operation: object) -> None:
        if time.monotonic() > deadline:
            raise InputError(
                f"the PDF takes more than {_MOST_SECONDS:.0f} s to read", "Save the article alone, as text"
            )

    if len(reader.pages) > MAX_PAGES:
        raise InputError(f"the PDF has more than {MAX_PAGES} pages", "Save the pages with the article alone")
    pages, size = [], 0
    for page in reader.pages:
        watch()
        text = page.extract_text(visitor_operand_before=watch)
        size += len(text)
        if size > _MAX_TEXT:
            raise InputError("the PDF holds too much text for an article", "Save the pages with the article alone")
        pages.append([line.rstrip() for line in text.splitlines()])
    return pages


def paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """The paragraphs that the lines of these pages are, in order, without page furniture.

    >>> list(paragraphs([["The har-", "bour closed.", "1"], ["Ferries moved to the harbour.", "2"]]))
    ['The harbour closed.', 'Ferries moved to the harbour.']
    """
    bodies = _without_furniture(pages)
    words = Counter(word.lower() for lines in bodies for line in lines for word in _WORD.findall(line))
    filled = sorted(len(line) for lines in bodies for line in lines if line.strip())
    full = filled[len(filled) * 9 // 10] if filled else 0
    running = ""
    for line in (line for lines in bodies for line in lines):
        text = line.strip()
        if not text:
            yield from filter(None, [running])
            running = ""
            continue
        if not running and len(text) < _HEADING_LINE * full and not _ends(text):
            yield text
            continue
        running = _joined(running, text, words) if running else text
        if _SENTENCE_END.search(text) and len(text) < _SHORT_LINE * full:
            yield running
            running = ""
    yield from filter(None, [running])


def _ends(line: str) -> bool:
    """Whether a line ends a sentence or within a word: a heading does neither."""
    return bool(_SENTENCE_END.search(line) or _DIVIDED.search(line))


def _joined(running: str, line: str, words: Counter[str]) -> str:
    """A line after those before it; a divided word is put together as the document writes it elsewhere."""
    divided = _DIVIDED.search(running)
    following = _WORD.match(line)
    if divided is None or following is None or not line[0].islower():
        return f"{running} {line}"
    if running.endswith("\u00ad"):
        return running[:-1] + line
    whole, compound = divided[1] + following[0], f"{divided[1]}-{following[0]}"
    is_compound = words[compound.lower()] > words[whole.lower()]
    return (running if is_compound else running[:-1]) + line


def _without_furniture(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages without page numbers and without the lines at their edges that come again on most pages."""
    trimmed = [_trimmed(lines) for lines in pages]
    seen = Counter(shape for lines in trimmed for shape in {_shape(line) for line in _edges(lines)})
    repeated = {shape for shape, count in seen.items() if shape and count >= max(2, (len(trimmed) + 1) // 2)}
    return [_without_edges(lines, repeated if len(trimmed) > 1 else set()) for lines in trimmed]


def _without_edges(lines: list[str], repeated: set[str]) -> list[str]:
    def is_furniture(line: str) -> bool:
        return not line.strip() or _shape(line) in repeated or bool(_PAGE_NUMBER.match(line))

    start, end = 0, len(lines)
    while start < min(end, _EDGE_LINES) and is_furniture(lines[start]):
        start += 1
    while end > max(start, len(lines) - _EDGE_LINES) and is_furniture(lines[end - 1]):
        end -= 1
    return lines[start:end]


def _edges(lines: list[str]) -> list[str]:
    return [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]


def _trimmed(lines: Sequence[str]) -> list[str]:
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []


def _shape(line: str) -> str:
    """A line with its digits alike: `Page 3 of 7` and `Page 4 of 7` have one shape."""
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()
