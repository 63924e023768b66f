"""A pasted text as lines: the spans that cleaning decides on, with what a reader sees of each.

A line is one paragraph as it was pasted. Lines of hard-wrapped text are put together into paragraphs, and a page script
that hangs on the end of a line is a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e0fff]+"
)
"""Characters that nobody sees. Joiners (U+200C, U+200D) are part of Persian and of emoji and stay."""

WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
"""Scripts without spaces between words (Chinese, Japanese, Thai): counting words says nothing there."""

FINAL = re.compile(r"[.!?…。！？؟۔][\"'”’»)\]」』*_]*$")
"""The end of a line that closes a sentence."""

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
# White space that is not one space alone, which stays as it is.
_SPACE = re.compile(r"(?: (?=\s)|[^\S ])\s*")
_MARKUP = re.compile(r"^(?:#{1,6}\s+|>\s+|[*_]{1,3}(?=\S))|(?<=\S)[*_]{1,3}$")

# Hard-wrapped text: its longest line that goes on in the next within these widths, nearly every one of them full.
_WRAP_MIN = 50
_WRAP_WIDTH = 90
_WRAP_SHARE = 0.8
_WRAP_BREAKS = 4

# Marks of page code that no sentence has. Two of them, or one in a stretch dense with code punctuation, make a script.
_CODE = re.compile(
    r"\b(?:document|window|navigator|location|console|localStorage|sessionStorage|JSON|googletag|dataLayer|jQuery|"
    r"module|process|self|top)\.[\w$]+\s*(?:[=.(\[|&;]|$)|\b(?:var|let|const)\s+[\w$]+\s*=|"
    r"\bfunction\s*[\w$]*\s*\([^)]{0,200}\)\s*\{?|=>\s*[{(]|\}\s*\)\s*[(;,]?|\bif\s*\([^)]{0,80}[=!<>&|.(][^)]{0,200}\)|\belse\s*\{|"
    r"\.push\(|\b(?:gtag|fbq|ga|_gaq|setTimeout|setInterval|require|define)\s*\(|[\"']@?\w+[\"']\s*:\s*[\"'{\[\d]|"
    r"\.(?:style|innerHTML|className|classList|dataset|src|async|href|appendChild|addEventListener|insertBefore|"
    r"getAttribute|setAttribute)\b\s*[.=(]|!important|<!--|-->|<!\[CDATA\[|\]\]>|\{\{[^}]{0,200}\}\}|\$\([\"']|"
    r"</?(?:script|style|div|span|iframe|noscript|section|figure|img|svg|ins|aside|p|br|ul|ol|li|a|b|i|em|strong|h[1-6])"
    r"(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>|"
    r"(?:^|[}\s])[.#@]?[\w-]{1,60}(?:[\s,>:]{1,3}[.#]?[\w-]{1,40}){0,4}\s?\{\s*(?:[\w-]+\s*:[^{}]*;?|\})|@media\b|@import\b|@font-face|"
    r"\breturn\s*[!(\w.]*;|&&|\|\||===?|!==?|\+=|typeof\s|\bnew\s+\w+\(|\bvoid\s*\(?0|\\u[0-9a-f]{4}|\\n\\n",
)
# Every mark above holds one of these, and hardly a line of prose does: it saves nine tenths of the time.
_CODE_HINT = re.compile(
    r"[{}<>=\\|]|\w\(|\);|&&|[\"']\s*:|@(?:media|import|font)|\b(?:document|window|console|googletag|dataLayer)\.|!imp"
)
_CODE_SIGNS = re.compile(r"[{}()\[\];=<>$_&|`\\/\"':+*!#@.]")
_CALL = re.compile(r"^[\w$]+(?:\.[\w$]+)*\([^)]*\);$")
_SCRIPT_DENSITY = 0.12
_LONE_DENSITY = 0.15
_WEAK_DENSITY = 0.2
_SENTENCE_END = re.compile(
    r"[.!?…。！？][\"'”’»)\]]*(?=\s|[^\w\s]|$)|[.!?](?=(?:window|document|googletag|var|function)\b)"
)
_WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the text that is decided on as a whole: `text[start:end]`, with no white space at its ends.

    `plain` is what a reader sees of it, on one line and without markup; `hangs`: at which end of a paragraph it was
    cut off, since it may be residue there.
    """

    start: int
    end: int
    plain: str
    is_script: bool = False
    after_blank: bool = True
    hangs: Literal["", "front", "end"] = ""


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text in order; together they hold every character of it that is not white space."""
    spans = [span for match in _LINE.finditer(text) if (span := _trim(text, match.start(), match.end()))]
    width = _wrap_width(text, spans)
    if width:
        spans = _unwrapped(text, spans, width)
    lines: list[Line] = []
    for start, end in spans:
        blank = not lines or text.count("\n", lines[-1].end, start) > 1 or text.count("\r", lines[-1].end, start) > 2
        code = _code_start(text[start:end])
        if code is None:
            lines.append(_line(text, start, end, False, blank))
            continue
        if before := _trim(text, start, start + code):
            lines.append(_line(text, *before, False, blank))
        if after := _trim(text, start + code, end):
            lines.append(_line(text, *after, True, blank and not before))
    return tuple(_with_code_between(lines))


def line_at(text: str, start: int, end: int, of: Line, hangs: Literal["", "front", "end"] = "") -> Line:
    """A part of a line as a line of its own; `text[start:end]` is not white space alone."""
    trimmed = _trim(text, start, end) or (start, end)
    return replace(_line(text, *trimmed, False, of.after_blank and start == of.start), hangs=hangs)


def _line(text: str, start: int, end: int, is_script: bool, after_blank: bool) -> Line:
    plain = _SPACE.sub(_one_space, INVISIBLE.sub("", text[start:end])).strip()
    return Line(start, end, _MARKUP.sub("", plain).strip(), is_script, after_blank)


def _one_space(match: re.Match[str]) -> str:
    """Two spaces or a tab stay visible as two spaces: they stand between the buttons of a bar."""
    return " " if (len(match.group()) == 1 and match.group() != "\t") or "\n" in match.group() else "  "


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    raw = text[start:end]
    body = raw.strip()
    start += len(raw) - len(raw.lstrip())
    return (start, start + len(body)) if body else None


def _wrap_width(text: str, spans: list[tuple[int, int]]) -> int:
    """The width that a text was hard-wrapped to, 0 when it was not.

    Its lines that go on in the next one tell: they end within a sentence, and the next word did not fit.
    """
    going_on = [
        (before, after)
        for before, after in pairwise(spans)
        if text.count("\n", before[1], after[0]) == 1 and text[after[0]].islower() and not FINAL.search(text, *before)
    ]
    width = max((end - start for (start, end), _ in going_on), default=0)
    if not _WRAP_MIN <= width <= _WRAP_WIDTH:
        return 0
    full = sum(_is_full(text, before, after, width) for before, after in going_on)
    return width if len(going_on) >= _WRAP_BREAKS and full >= _WRAP_SHARE * len(going_on) else 0


def _is_full(text: str, before: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    first_word = text[after[0] : after[1]].split(None, 1)[0]
    return before[1] - before[0] + 1 + len(first_word) > width


def _unwrapped(text: str, spans: list[tuple[int, int]], width: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    before = (0, 0)
    for span in spans:
        one_break = text.count("\n", before[1], span[0]) == 1
        if joined and one_break and before[1] - before[0] <= width and _is_full(text, before, span, width):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
        before = span
    return joined


def _code_start(line: str) -> int | None:
    """Where page code begins in a line that ends with it; None when the line is prose to its end."""
    first = _CODE.search(line) if _CODE_HINT.search(line) else None
    if not first:
        return 0 if _CALL.match(line) else None
    rest = line[first.start() :]
    density = len(_CODE_SIGNS.findall(rest)) / len(rest)
    alone = len(rest) > 60 and len(first.group()) < 30 and _CODE.search(line, first.end()) is None
    if density < (_LONE_DENSITY if alone else _SCRIPT_DENSITY):
        return None
    start = 0
    for match in _SENTENCE_END.finditer(line, 0, first.start() + 1):
        start = match.end()
    if len(_WORDS.findall(line[start : first.start()])) > 2:
        start = first.start()
        while start and not line[start - 1].isalnum() and line[start - 1] not in ".!?…”’\"')":
            start -= 1
    return start


def _with_code_between(lines: list[Line]) -> Iterator[Line]:
    """The lines, with those that hold little but code punctuation and stand next to a script marked as script too."""
    marked = [line.is_script for line in lines]
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for index in order:
            marked[index] = marked[index] or (marked[index + step] and _is_weak_code(lines[index].plain))
    for line, is_script in zip(lines, marked, strict=True):
        yield Line(line.start, line.end, line.plain, is_script, line.after_blank)


def _is_weak_code(plain: str) -> bool:
    compact = plain.replace(" ", "")
    signs = len(_CODE_SIGNS.findall(compact))
    return plain[-1:] in ";{}" or signs >= _WEAK_DENSITY * max(len(compact), 1)
