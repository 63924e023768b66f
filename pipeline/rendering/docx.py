"""A briefing as a Word document: headings and lists as such, every citation a footnote, every source a link."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from pipeline.rendering.outline import Note, Part, outline
from pipeline.rendering.word_notes import Footnotes

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element

    from pipeline.types import Briefing

_STYLES = {
    "title": "Title",
    "verdict": "Subtitle",
    "heading": "Heading 1",
    "prose": "Normal",
    "point": "List Bullet",
    "foot": "Normal",
}
_ACCENT, _WARN = "0B5A7A", "8A4B00"
# What newsdesk writes has no time of its own: no clock is read here.
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def briefing_docx(briefing: Briefing) -> bytes:
    """The document as the bytes of its file."""
    import docx
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    document.styles["Normal"].font.size = Pt(11)
    parts, notes = outline(briefing)
    footnotes = Footnotes(document)
    for note in notes:
        _write_note(footnotes.add(note.number), note)
    for part in parts:
        _add_part(document, part, footnotes)
    properties = document.core_properties
    properties.title = parts[0].runs[0].text[:255]
    properties.author = properties.last_modified_by = "newsdesk"
    properties.comments = ""
    properties.created = properties.modified = _NO_TIME
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_part(document: Document, part: Part, footnotes: Footnotes) -> None:
    paragraph = document.add_paragraph(style=_STYLES[part.kind])
    if part.label:
        paragraph.add_run(f"{part.label} ").bold = True
    for number, run in enumerate(part.runs):
        paragraph.add_run(f"{' ' if number else ''}{run.text}").italic = part.kind == "foot"
        for place, mark in enumerate(run.marks):
            if place:
                paragraph.add_run(",").font.superscript = True
            footnotes.refer(paragraph, mark)
        if run.flag:
            _coloured(paragraph, f" ({run.flag})", _WARN)


def _write_note(paragraph: Paragraph, note: Note) -> None:
    paragraph.add_run(f"“{note.quote}” ")
    if note.address:
        _add_link(paragraph, note.title, note.address)
    else:
        paragraph.add_run(note.title)
    paragraph.add_run(f", {note.where}" if note.where else "")


def _add_link(paragraph: Paragraph, text: str, address: str) -> None:
    """A link to an address of the catalogue."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    link = _element("w:hyperlink")
    link.set(_name("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    _colour(run, _ACCENT)
    link.append(run._r)
    paragraph._p.append(link)


def _coloured(paragraph: Paragraph, text: str, colour: str) -> None:
    _colour(paragraph.add_run(text), colour)


def _colour(run: object, colour: str) -> None:
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor.from_string(colour)  # type: ignore[attr-defined]


def _element(tag: str) -> _Element:
    from docx.oxml import OxmlElement

    return OxmlElement(tag)


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))
