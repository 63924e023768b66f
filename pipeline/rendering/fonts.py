"""Fonts of the machine for letters that the bundled ones lack: Chinese, Japanese and Korean, mostly.

None can be shipped: one that has these scripts takes more room than all of newsdesk. Most desktops have one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MOST_FONTS = 3
"""More fonts than these are not looked for: what they lack is told."""

_SUFFIXES = frozenset((".ttf", ".otf", ".ttc", ".otc"))
# In the name of a font that has many letters; the first are looked into first.
_LIKELY = (
    "cjk",
    "sourcehan",
    "notosans",
    "pingfang",
    "hiragino",
    "yahei",
    "msyh",
    "meiryo",
    "malgun",
    "wqy",
    "unifont",
)
_BOLD = ("bold", "black", "thin", "light", "heavy", "italic")


@dataclass(frozen=True, slots=True)
class Font:
    """A font file, and which font of it when it is a collection."""

    path: Path
    number: int = 0


def fonts_for(letters: Collection[str], folders: Sequence[Path] | None = None) -> tuple[Font, ...]:
    """Fonts of these folders (those of the machine when none are given) that together have most of the letters."""
    wanted = {ord(letter) for letter in letters}
    found: list[Font] = []
    for path in _files(font_folders() if folders is None else folders):
        if not wanted or len(found) == MOST_FONTS:
            break
        held = _letters_of(path) & wanted
        if held:
            found.append(Font(path))
            wanted -= held
    return tuple(found)


def letters_of(fonts: Sequence[Font]) -> frozenset[int]:
    """The code points of the letters that some of these fonts have."""
    return frozenset().union(*(_letters_of(font.path) for font in fonts))


def font_folders() -> tuple[Path, ...]:
    """Where this kind of machine keeps its fonts."""
    home = Path.home()
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",)
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts", home / ".local/share/fonts"


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    """The font files, plain before bold, likely ones first, by name."""

    def order(path: Path) -> tuple[int, bool, str]:
        name = path.name.casefold().replace("-", "").replace(" ", "")
        likely = next((at for at, part in enumerate(_LIKELY) if part in name), len(_LIKELY))
        return likely, any(part in name for part in _BOLD), str(path)

    files = (path for folder in folders if folder.is_dir() for path in folder.rglob("*"))
    yield from sorted((path for path in files if path.suffix.casefold() in _SUFFIXES), key=order)


def _letters_of(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with path.open("rb") as file, TTFont(file, fontNumber=0, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError, KeyError, AssertionError):
        return frozenset()
