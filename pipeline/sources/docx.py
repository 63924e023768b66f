"""Word documents: the text that a reader of the document sees, and what its properties say of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.sources.dates import normalise_published
from pipeline.sources.inputs import Input
from pipeline.types import RawArticle

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

DOCUMENT_PART = "word/document.xml"

_MAX_PART = 16 * 2**20
"""Bytes of XML in one part of a document, some 2 MB of text; python-docx takes ten times as much memory."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = (f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _FALLBACK)
_TITLE_STYLES = ("title", "heading 1")
_MADE_BY_PROGRAMS = ("python-docx", "un-named", "unknown", "admin", "user")


def read_docx(archive: zipfile.ZipFile, found: Input) -> Iterator[RawArticle]:
    """The one article of a Word document; raises InputError for one that is damaged, too large or without text.

    Deleted and hidden text stays out, inserted text comes in. The date on which the file was made is not that of
    publication, which stays missing.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")) and member.file_size > _MAX_PART:
            raise InputError("the document is too large for an article", "Save the article alone and ingest that")
    found.stream.seek(0)
    data = found.stream.read()
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = list(_paragraphs(document))
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise InputError("the Word document is damaged", "Save it again, or as text") from error
    title = next((text for style, text in paragraphs if style == "title"), "")
    title = title or (paragraphs[0][1] if paragraphs and paragraphs[0][0] in _TITLE_STYLES else "")
    properties = document.core_properties
    text = "\n\n".join(text for _, text in paragraphs if text)
    if not text.strip():
        raise InputError("the Word document has no text", "If it holds scans, ingest their text instead")
    author = properties.author.strip()
    yield RawArticle(
        text=text,
        original=data,
        media="docx",
        origin=found.origin,
        title=title or properties.title.strip(),
        authors=(author,) if author and author.lower() not in _MADE_BY_PROGRAMS else (),
        modified=_changed(document),
        section=properties.category.strip(),
        language=properties.language.strip(),
    )


def _changed(document: Document) -> str | None:
    """When the document was last saved; None when that was when it was made, by a program for example."""
    made, saved = document.core_properties.created, document.core_properties.modified
    return normalise_published(saved.isoformat()) if made and saved and saved > made else None


def _paragraphs(document: Document) -> Iterator[tuple[str, str]]:
    """Style name in lower case and text of each paragraph with text, in tables too, in reading order."""
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    for paragraph in document.element.body.iter(f"{_W}p"):
        if any(ancestor.tag in _UNSEEN for ancestor in paragraph.iterancestors()):
            continue
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        text = "".join(_seen(paragraph)).strip()
        if text:
            yield styles.get(style.get(f"{_W}val", ""), "") if style is not None else "", text


def _seen(paragraph: _Element) -> Iterator[str]:
    """The pieces of a paragraph's own text that are shown."""
    for child in paragraph:
        if child.tag in _UNSEEN:
            continue
        if child.tag == f"{_W}r":
            if child.find(f"{_W}rPr/{_W}vanish") is None:
                yield from (_piece(item) for item in child)
        elif child.tag in (f"{_W}hyperlink", f"{_W}ins", f"{_W}moveTo", f"{_W}smartTag", f"{_W}sdt", f"{_W}sdtContent"):
            yield from _seen(child)


def _piece(item: _Element) -> str:
    if item.tag == f"{_W}t":
        return item.text or ""
    if item.tag == f"{_W}noBreakHyphen":
        return "-"
    return {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}.get(str(item.tag), "")
