"""Briefings as Word documents and PDFs: everything is in them, links lead to notes and to the catalogue's addresses."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pypdf import PdfReader

from pipeline.rendering.docx import briefing_docx
from pipeline.rendering.fonts import Font, fonts_for
from pipeline.rendering.footnotes import footnotes
from pipeline.rendering.pdf import briefing_pdf, unprintable
from pipeline.rendering.safe import one_line
from pipeline.types import Briefing, Section
from tests import samples

STATEMENTS = [statement for section in samples.BRIEFING.sections for statement in section.statements]
NOTES = footnotes(STATEMENTS).citations
ADDRESSES = {citation.article.url for citation in NOTES if citation.article.url}


def test_a_word_document_has_headings_statements_and_footnotes() -> None:
    document = docx.Document(BytesIO(briefing_docx(samples.BRIEFING)))
    paragraphs = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert paragraphs[0] == ("Title", samples.BRIEFING.topic)
    headings = [text for style, text in paragraphs if style == "Heading 1"]
    assert headings[:2] == [section.title for section in samples.BRIEFING.sections][:2]
    text = "\n".join(text for _, text in paragraphs)
    assert all(statement.text in text for statement in STATEMENTS)
    assert not any(citation.quote in text and citation.quote not in _said() for citation in NOTES)


def test_every_citation_is_a_footnote_of_the_document_and_is_referred_to_in_order() -> None:
    document = docx.Document(BytesIO(briefing_docx(samples.BRIEFING)))
    (part,) = (link.target_part for link in document.part.rels.values() if link.reltype.endswith("/footnotes"))
    assert part.content_type.endswith("wordprocessingml.footnotes+xml")
    notes = parse_xml(part.blob)
    texts = {note.get(qn("w:id")): "".join(note.itertext()) for note in notes if not note.get(qn("w:type"))}
    assert list(texts) == [str(number) for number in range(1, len(NOTES) + 1)]
    assert all(citation.quote in written for citation, written in zip(NOTES, texts.values(), strict=True))
    assert document.element.xpath("//w:footnoteReference/@w:id") == list(texts)
    # A note that is cited again is shown once; what is cited again leads to it.
    bookmarks = document.element.xpath("//w:bookmarkStart/@w:name")
    fields = document.element.xpath("//w:fldSimple/@w:instr")
    assert {field.split()[1] for field in fields} <= set(bookmarks)
    outward = {link.target_ref for link in part.rels.values() if link.is_external}
    assert outward == ADDRESSES
    separators = document.settings.element.xpath("//w:footnotePr/w:footnote/@w:id")
    assert separators == [note.get(qn("w:id")) for note in notes if note.get(qn("w:type"))]


def _said() -> str:
    return " ".join(statement.text for statement in STATEMENTS)


def test_a_pdf_has_title_statements_notes_and_links() -> None:
    data = briefing_pdf(samples.BRIEFING)
    assert briefing_pdf(samples.BRIEFING) == data
    reader = PdfReader(BytesIO(data))
    assert reader.metadata is not None
    assert reader.metadata.title == samples.BRIEFING.topic
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert samples.BRIEFING.topic in text
    assert "Citations" in text
    linked = [link.get_object() for page in reader.pages for link in page.get("/Annots", ())]
    outward = {link["/A"]["/URI"] for link in linked if "/A" in link and "/URI" in link["/A"]}
    assert outward == ADDRESSES
    assert len(linked) > len(NOTES)


def test_what_the_fonts_cannot_print_is_told() -> None:
    assert unprintable(samples.BRIEFING) == ""
    assert unprintable(replace(samples.BRIEFING, topic="Merrow Ελλάδα Киев القاهرة ไทย ★")) == ""
    assert unprintable(replace(samples.BRIEFING, topic="Merrow 東京"), folders=()) == "京東"


def test_a_font_of_the_machine_sets_what_the_bundled_ones_lack(tmp_path: Path) -> None:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "tokyo"])
    builder.setupCharacterMap({ord("東"): "tokyo"})
    builder.setupGlyf({".notdef": Glyph(), "tokyo": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "tokyo": (1000, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "cjk.ttf")
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    briefing = replace(samples.BRIEFING, topic="Merrow 東京")
    assert fonts_for("東京", [tmp_path]) == (Font(tmp_path / "cjk.ttf"),)
    assert unprintable(briefing, folders=[tmp_path, tmp_path / "missing"]) == "京"


def test_right_to_left_words_stand_in_the_order_in_which_they_are_read() -> None:
    reader = PdfReader(BytesIO(briefing_pdf(replace(samples.BRIEFING, topic="Merrow ירושלים and القاهرة"))))
    assert reader.metadata is not None
    assert reader.metadata.title == "Merrow ירושלים and القاهرة"


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_strings_make_sound_files(text: str) -> None:
    sections = (Section(text, (replace(STATEMENTS[0], text=text),)),)
    briefing: Briefing = replace(samples.BRIEFING, topic=text, sections=sections, gaps=(text,))
    document = docx.Document(BytesIO(briefing_docx(briefing)))
    assert document.paragraphs[0].text.strip() == one_line(text)
    parts = [document.part, *(link.target_part for link in document.part.rels.values() if not link.is_external)]
    outward = {link.target_ref for part in parts for link in part.rels.values() if link.is_external}
    assert outward <= ADDRESSES


def test_words_behind_a_fallback_font_are_set_in_their_own() -> None:
    texts = ("★★★ ☂", "☂ ★★★", "القاهرة", "Then plain words follow.")
    section = Section("Signs", tuple(replace(STATEMENTS[0], text=text) for text in texts))
    reader = PdfReader(BytesIO(briefing_pdf(replace(samples.BRIEFING, sections=(section,)))))
    assert texts[3] in " ".join(reader.pages[0].extract_text().split())
    assert texts[2] in reader.pages[0].extract_text()
