"""Footnotes of a Word document, which python-docx does not write: the part, its styles, and the references to it.

ECMA-376 (Office Open XML) 17.11: a footnotes part with a separator, a continuation separator and the notes, each of
which begins with a mark of its own; the settings name the first two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element

REFERENCE_STYLE, TEXT_STYLE = "FootnoteReference", "FootnoteText"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_EMPTY = (
    f"<w:footnotes {_NAMESPACES}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)


class Footnotes:
    """The notes of one document: `add` writes one and gives the paragraph to write in, `refer` puts its mark in a text.

    A note that is referred to again is shown once: later marks are cross-references to the first (NOTEREF).
    """

    def __init__(self, document: Document) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart
        from docx.oxml import parse_xml

        self._element = parse_xml(_EMPTY)
        package = document.part.package
        assert package is not None
        self._part = XmlPart(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, self._element, package)
        document.part.relate_to(self._part, _RELATIONSHIP)
        self._referred: set[int] = set()
        _add_styles(document)
        _name_separators(document)

    def add(self, number: int) -> Paragraph:
        """A note with this number, from 1, in the order of the marks in the text."""
        from docx.text.paragraph import Paragraph

        note = _element("w:footnote", {"w:id": str(number)})
        paragraph = _element("w:p")
        properties = _element("w:pPr")
        properties.append(_element("w:pStyle", {"w:val": TEXT_STYLE}))
        paragraph.append(properties)
        mark = _run()
        mark.append(_element("w:footnoteRef"))
        paragraph.append(mark)
        note.append(paragraph)
        self._element.append(note)
        written = Paragraph(paragraph, self._part)
        written.add_run(" ")
        return written

    def refer(self, paragraph: Paragraph, number: int) -> None:
        """The mark of a note behind what the paragraph has."""
        if number in self._referred:
            _cross_reference(paragraph, number)
            return
        self._referred.add(number)
        bookmark = {"w:id": str(number)}
        paragraph._p.append(_element("w:bookmarkStart", {**bookmark, "w:name": _bookmark(number)}))
        mark = _run()
        mark.append(_element("w:footnoteReference", bookmark))
        paragraph._p.append(mark)
        paragraph._p.append(_element("w:bookmarkEnd", bookmark))


def _cross_reference(paragraph: Paragraph, number: int) -> None:
    """A field that shows the number of a note which stands elsewhere, and leads to it."""
    field = _element("w:fldSimple", {"w:instr": rf" NOTEREF {_bookmark(number)} \f \h "})
    shown = _run()
    text = _element("w:t")
    text.text = str(number)
    shown.append(text)
    field.append(shown)
    paragraph._p.append(field)


def _add_styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    styles = document.styles
    mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.element.set(_name("w:styleId"), REFERENCE_STYLE)
    mark.font.superscript = True
    text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.element.set(_name("w:styleId"), TEXT_STYLE)
    text.base_style = styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(2)


def _name_separators(document: Document) -> None:
    """The settings' list of the notes that are no notes, which stands before the list of compatibility settings."""
    names = _element("w:footnotePr")
    for number in ("-1", "0"):
        names.append(_element("w:footnote", {"w:id": number}))
    settings = document.settings.element
    compatibility = settings.find(_name("w:compat"))
    if compatibility is None:
        settings.append(names)
    else:
        compatibility.addprevious(names)


def _run() -> _Element:
    """A run in the style of a note's mark."""
    run, properties = _element("w:r"), _element("w:rPr")
    properties.append(_element("w:rStyle", {"w:val": REFERENCE_STYLE}))
    run.append(properties)
    return run


def _bookmark(number: int) -> str:
    return f"citation{number}"


def _element(tag: str, attributes: dict[str, str] | None = None) -> _Element:
    from docx.oxml import OxmlElement

    return OxmlElement(tag, attrs={_name(name): value for name, value in (attributes or {}).items()})


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))
