"""A briefing as a PDF on A4: every citation a link to its note, every source a link to where it was published.

Text is set in FiraGO (SIL Open Font License; in the wheel of pymupdf-fonts), which has Latin, Greek, Cyrillic, Arabic,
Hebrew, Devanagari, Georgian and Thai; symbols come from Noto. What neither has is set in a font of the machine, if one
has it; `unprintable` tells what no font has.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.rendering.fonts import Font, fonts_for, letters_of
from pipeline.rendering.outline import Note, Part, outline

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fpdf import FPDF

    from pipeline.types import Briefing

_FAMILY = "FiraGO"
_FONTS = {"": "figo", "B": "figbo", "I": "figit"}
_SYMBOLS = {"NotoSymbols": "symbol2", "NotoMath": "math"}
_FURTHER = "Machine"
_MARGIN = 22.0
_INK, _SOFT, _ACCENT, _WARN = (20, 20, 22), (93, 92, 97), (11, 90, 122), (138, 75, 0)
# Points of each kind of paragraph, and millimetres before it.
_SIZES = {"title": 21.0, "verdict": 13.0, "heading": 13.5, "prose": 11.0, "point": 11.0, "foot": 8.5}
_BEFORE = {"title": 0.0, "verdict": 3.0, "heading": 6.5, "prose": 1.5, "point": 1.2, "foot": 7.0}
_LINE = 0.52
_INDENT = 5.0
# The same bytes for the same briefing: no clock is read here.
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def briefing_pdf(briefing: Briefing) -> bytes:
    """The document as the bytes of its file."""
    parts, notes = outline(briefing)
    further = fonts_for(_not_bundled(_letters(parts, notes)))
    with TemporaryDirectory() as folder:
        page = _page(parts[0].runs[0].text, Path(folder), further)
        places = {note.number: page.add_link() for note in notes}
        for part in parts:
            if part.kind == "foot" and notes:
                _write_part(page, _heading("Citations"), places)
                for note in notes:
                    _write_note(page, note, places)
            _write_part(page, part, places)
        return bytes(page.output())


def unprintable(briefing: Briefing, folders: Sequence[Path] | None = None) -> str:
    """The characters of a briefing that no font has, each once; `folders` stand for those of the machine."""
    missing = _not_bundled(_letters(*outline(briefing)))
    held = letters_of(fonts_for(missing, folders)) if missing else frozenset()
    return "".join(letter for letter in missing if ord(letter) not in held)


def _letters(parts: Sequence[Part], notes: Sequence[Note]) -> frozenset[str]:
    texts = [part.label + "".join(run.text + run.flag for run in part.runs) for part in parts]
    return frozenset("".join([*texts, *(note.quote + note.title + note.where for note in notes)]))


def _not_bundled(letters: Collection[str]) -> str:
    return "".join(sorted(letter for letter in letters if ord(letter) not in _glyphs()))


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    from io import BytesIO

    from fontTools.ttLib import TTFont
    from pymupdf_fonts import myfont

    return frozenset(
        code for name in ("figo", *_SYMBOLS.values()) for code in TTFont(BytesIO(myfont(name))).getBestCmap()
    )


def _page(title: str, folder: Path, further: Sequence[Font]) -> FPDF:
    from fpdf import FPDF
    from pymupdf_fonts import myfont

    class Page(FPDF):
        def footer(self) -> None:
            self.set_y(-14)
            self.set_font(_FAMILY, size=8)
            self.set_text_color(*_SOFT)
            self.cell(0, 6, f"{self.page_no()} / {{nb}}", align="R")

    page = Page(format="A4")
    page.set_margins(_MARGIN, _MARGIN)
    page.set_auto_page_break(True, _MARGIN)
    for style, name in _FONTS.items():
        file = folder / f"{name}.ttf"
        file.write_bytes(myfont(name))
        page.add_font(_FAMILY, style, file)
    for family, name in _SYMBOLS.items():
        file = folder / f"{name}.ttf"
        file.write_bytes(myfont(name))
        page.add_font(family, "", file)
    for number, font in enumerate(further):
        page.add_font(f"{_FURTHER}{number}", "", font.path, collection_font_number=font.number)
    page.set_fallback_fonts([*_SYMBOLS, *(f"{_FURTHER}{number}" for number in range(len(further)))], exact_match=False)
    page.set_text_shaping(True)
    page.set_title(title)
    page.set_creator("newsdesk")
    page.set_lang("en")
    page.set_creation_date(_NO_TIME)
    page.add_page()
    return page


def _heading(text: str) -> Part:
    from pipeline.rendering.outline import Run

    return Part("heading", (Run(text),))


def _write_part(page: FPDF, part: Part, places: dict[int, int]) -> None:
    size = _SIZES[part.kind]
    height = size * _LINE
    page.ln(_BEFORE[part.kind])
    # A heading at the foot of a page goes to the next.
    if part.kind == "heading" and page.will_page_break(4 * height):
        page.add_page()
    style = "B" if part.kind in ("title", "heading", "verdict") else ""
    colour = _SOFT if part.kind == "foot" else _WARN if part.kind == "verdict" else _INK
    if part.kind == "point":
        page.set_left_margin(_MARGIN + _INDENT)
        page.set_x(_MARGIN)
        _write(page, "•", size, colour)
        page.set_x(_MARGIN + _INDENT)
    if part.label:
        _write(page, f"{part.label} ", size, colour, "B")
    for number, run in enumerate(part.runs):
        _write(page, f"{' ' if number else ''}{run.text}", size, colour, style)
        for mark in run.marks:
            page.char_vpos = "SUP"
            _write(page, f" {mark}", size, _ACCENT, link=places[mark])
            page.char_vpos = "LINE"
        if run.flag:
            _write(page, f" ({run.flag})", size - 1.5, _WARN)
    page.set_left_margin(_MARGIN)
    page.ln(height)


def _write_note(page: FPDF, note: Note, places: dict[int, int]) -> None:
    size = 9.0
    page.ln(1.6)
    if page.will_page_break(2 * size * _LINE):
        page.add_page()
    page.set_link(places[note.number], y=page.get_y(), page=page.page_no())
    page.set_left_margin(_MARGIN + 8)
    page.set_x(_MARGIN)
    _write(page, f"{note.number}", size, _ACCENT, "B")
    page.set_x(_MARGIN + 8)
    _write(page, f"“{note.quote}” ", size, _INK)
    _write(page, note.title, size, _ACCENT if note.address else _SOFT, "I", link=note.address or "")
    if note.where:
        _write(page, f", {note.where}", size, _SOFT)
    page.set_left_margin(_MARGIN)
    page.ln(size * _LINE)


def _write(
    page: FPDF, text: str, size: float, colour: tuple[int, int, int], style: str = "", link: int | str = ""
) -> None:
    # A change of size names the font again: fpdf2 takes that of a fallback before for the one that it set last.
    page.set_font(_FAMILY, style, size + 1)
    page.set_font(_FAMILY, style, size)
    page.set_text_color(*colour)
    page.write(size * _LINE, text, link)
