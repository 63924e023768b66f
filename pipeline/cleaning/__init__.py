"""RawArticle → Article: which spans of a text are the article, what each is, and what was left out and why.

`clean` is pure and never rewrites: an article's text is the text that was read, and every decision is a span of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from pipeline.cleaning import corrections, glued, language, learned, shapes, structure
from pipeline.cleaning.lines import INVISIBLE, Line, lines_of
from pipeline.errors import InputError
from pipeline.identity import article_id, article_key
from pipeline.types import Article, ArticleInfo, Block, LeftOut, RawArticle, Reason, Role

_ROLES = frozenset(get_args(Role))
_BODY = ("paragraph", "standfirst")


def clean(raw: RawArticle, *, keep_all: bool = False, today: date | None = None) -> Article:
    """Decide for every line of an article what it is, or why it is left out; `keep_all` leaves out only the invisible.

    What the reader of the file did not know (title, source, authors, day of publication) is taken from the head of the
    text. A date after `today` (default: this day) is not believed. Raises InputError when no paragraph is left.
    """
    if raw.cleaned is not None:
        return raw.cleaned
    today = today or date.today()
    lines = lines_of(raw.text)
    lines = lines if keep_all else glued.cut(raw.text, lines, learned.log_odds)
    prose = " ".join(line.plain for line in lines if shapes.is_prose(line.plain))
    tongue = language.named(raw.language) or language.detect(prose or raw.text)
    reading = structure.read(raw.text, lines, raw.title, raw.authors, tongue, today)
    lines = reading.lines
    labels = tuple("paragraph" if keep_all and label not in _ROLES else label for label in reading.labels)
    blocks = tuple(_blocks(raw.text, lines, labels))
    left_out = tuple(_left_out(raw.text, lines, labels))
    if not any(block.role in _BODY for block in blocks):
        raise _no_text(raw, left_out, keep_all)
    published = raw.published or reading.published
    key = article_key(raw, reading.title, published)
    info = ArticleInfo(
        id=article_id(key),
        title=reading.title,
        source=raw.source or reading.source,
        url=raw.url,
        published=published,
        authors=raw.authors or reading.authors,
        language=tongue,
        modified=raw.modified,
        section=raw.section,
        correction=corrections.find(raw.text, lines, reading.title),
    )
    return Article(info, key, raw.text, raw.original, raw.media, raw.origin, blocks, left_out)


def _blocks(text: str, lines: tuple[Line, ...], labels: tuple[Role | Reason, ...]) -> Iterator[Block]:
    for line, label in zip(lines, labels, strict=True):
        for role in get_args(Role):
            if label == role:
                yield from (Block(start, end, role) for start, end, visible in _runs(text, line) if visible)


def _left_out(text: str, lines: tuple[Line, ...], labels: tuple[Role | Reason, ...]) -> Iterator[LeftOut]:
    for line, label in zip(lines, labels, strict=True):
        for start, end, visible in _runs(text, line):
            if not visible:
                yield LeftOut(start, end, "invisible characters")
                continue
            for reason in get_args(Reason):
                if label == reason:
                    yield LeftOut(start, end, reason)


def _runs(text: str, line: Line) -> Iterator[tuple[int, int, bool]]:
    """The stretches of a line between invisible characters, and the invisible ones: start, end, whether it is seen."""
    at = line.start
    for match in INVISIBLE.finditer(text, line.start, line.end):
        yield from _seen(text, at, match.start())
        yield match.start(), match.end(), False
        at = match.end()
    yield from _seen(text, at, line.end)


def _seen(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    raw = text[start:end]
    body = raw.strip()
    if body:
        start += len(raw) - len(raw.lstrip())
        yield start, start + len(body), True


def _no_text(raw: RawArticle, left_out: tuple[LeftOut, ...], keep_all: bool) -> InputError:
    reasons = [reason for reason in get_args(Reason) if any(span.reason == reason for span in left_out)]
    what = "it holds no article text" + (f" (left out: {', '.join(reasons)})" if reasons else "")
    visible = any(reason != "invisible characters" for reason in reasons)
    next_step = "Add --keep-all to take it in as it is" if visible and not keep_all else "Give a text with paragraphs"
    return InputError(what, next_step)
