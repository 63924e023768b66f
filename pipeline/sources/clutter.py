"""What stands among an article's text on its page and is not part of it: teasers, calls to follow, share bars.

Two halves: elements that are pruned before the text is extracted, told by their place and class names, and lines that
are dropped from the extracted text, told by what they say and how much of them is links. The rules are habits of news
sites at large, none is for one site. On the 102 pages of the article-extraction benchmark that they were written on
they bring the extraction of visible text from F1 .961 and exact matches .30 to .980 and .60.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class Line:
    """A block of extracted text, the kind of element it came from, and the share of it that is links (0 to 1)."""

    text: str
    tag: str
    linked: float


_ON_HOVER = re.compile(r"\b(?:rollover|tooltip|popover|hovercard)")
_LEAST_BODY = 250
_LEAST_HEADED_BODY = 80
"""Characters under which an article's own paragraphs are too little to be the story; fewer when it has the headline."""


def prune_clutter(tree: HtmlElement) -> None:
    """Remove from `tree`, in place, panels shown on hover, and other stories placed inside the story's element."""
    for element in list(tree.iter("span", "div")):
        # The word that is hovered over wraps its panel, and carries the name of the device as well.
        if _is_hover(element) and any(map(_is_hover, element.iterancestors("span", "div"))):
            _drop(element)
    for article in list(tree.iter("article")):
        inner = [
            other for other in article.iterdescendants("article") if next(other.iterancestors("article")) is article
        ]
        own = _prose(article) - sum(map(_prose, inner))
        headed = len(list(article.iter("h1"))) > sum(len(list(other.iter("h1"))) for other in inner)
        if own >= (_LEAST_HEADED_BODY if headed else _LEAST_BODY):
            for other in inner:
                _drop(other)


def _is_hover(element: HtmlElement) -> bool:
    return bool(_ON_HOVER.search(element.get("class", "").lower()))


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _prose(element: HtmlElement) -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


_BODY_CLASS = re.compile(
    r"(?:article|story|post|entry|content|text)[-_]*(?:body|content|text|chunk)|articleBody|\bbody\b"
)
_CHUNKS_WITHIN = 4
"""How many levels above a chunk the others stand at most: pages wrap each in one to three grid elements."""


def join_chunks(tree: HtmlElement) -> None:
    """Move a body that is cut into chunks around advertisements into its first chunk, in place.

    Chunks carry the same body-like class, hold paragraphs, and stand under one ancestor near by with at most one
    headline: two stories on one page are not joined.
    """
    chunks: dict[str, list[HtmlElement]] = {}
    for element in tree.iter("div", "section"):
        name = element.get("class", "")
        if _BODY_CLASS.search(name) and element.find("p") is not None:
            chunks.setdefault(name, []).append(element)
    for first, *others in chunks.values():
        around = list(first.iterancestors())[:_CHUNKS_WITHIN]
        for other in others:
            shared = next(
                (ancestor for ancestor in list(other.iterancestors())[:_CHUNKS_WITHIN] if ancestor in around), None
            )
            if shared is not None and len(list(shared.iter("h1"))) <= 1 and not _nested(first, other):
                first.extend(list(other))
                other.drop_tree()


def _nested(first: HtmlElement, other: HtmlElement) -> bool:
    return first in other.iterancestors() or other in first.iterancestors()


_BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "blockquote", "td"})


def link_shares(tree: HtmlElement) -> dict[str, float]:
    """The share of links in each innermost block of a page, by the block's text without white space."""
    shares = {}
    for block in _innermost_blocks(tree):
        text = squeezed(block.text_content())
        inside_link = next(block.iterancestors("a"), None) is not None
        linked = len(text) if inside_link else sum(len(squeezed(link.text_content())) for link in block.iter("a"))
        if text:
            shares[text] = linked / len(text)
    return shares


def _innermost_blocks(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Blocks without blocks inside: they do not overlap, so that a deeply nested page costs no more than a flat one."""
    elements = list(tree.iter())
    holding: set[HtmlElement] = set()
    for element in reversed(elements):
        if element.tag in _BLOCKS and element not in holding:
            yield element
        if element.tag in _BLOCKS or element in holding:
            holding.add(element.getparent())


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def _any_of(*phrases: str) -> str:
    return f"(?:{'|'.join(phrases)})"


_LABELS = _any_of(
    *(r"read (?:more|also|next|on|full)", r"see (?:more|also)", r"related", r"more(?: on| from| coverage)?", r"watch"),
    *(r"also(?: read| see)?", r"don.t miss", r"recommended", r"trending", r"listen"),
    *(r"(?:à )?lire(?: aussi)?", r"voir aussi", r"mehr(?: zum thema)?", r"lesen sie(?: auch| mehr)?", r"siehe auch"),
    *(r"lea (?:también|más)", r"ver (?:también|más)", r"leia (?:também|mais)", r"veja (?:também|mais)"),
    *(r"leggi anche", r"читайте также"),
)
_LABELLED_LINK = re.compile(rf"^\W*{_LABELS}\b", re.IGNORECASE)
_FURNITURE = re.compile(
    r"^\W*"
    + _any_of(
        *(r"advertisement", r"advertising", r"(?:story|article) continues (?:below|after)[^.]*", _LABELS),
        *(r"comments?", r"share(?: this[\w ]*)?", r"print(?: article| this[\w ]*)?", r"order reprints"),
        *(
            r"most (?:read|popular|viewed)(?: (?:in|on|stories|articles|news)\b[\w ]*)?",
            r"you (?:may|might) (?:also )?like",
        ),
        *(r"anzeige", r"werbung", r"publicité", r"publicidad", r"publicidade", r"реклама"),
        *(r"kommentare", r"comentarios", r"comentários", r"commentaires"),
    )
    + r"\W*$",
    re.IGNORECASE,
)
_READING_TIME = re.compile(
    r"^\W*(?:\d+[- ]min(?:ute)?s?(?: read)?|(?:reading time|read time|tempo de leitura|lesezeit|temps de lecture|"
    r"tiempo de lectura)\b.{0,20})\W*$",
    re.IGNORECASE,
)
_CALL = re.compile(
    _any_of(
        r"\b(?:sign up|subscribe|newsletters?|have a tip|click here|letters to the editor)\b",
        r"\bfollow (?:us|me|her|him|them|along)\b",
        r"\bfollow\b.*\b(?:twitter|facebook|instagram)\b",
        r"\b(?:like us on|join (?:us|our))\b",
        r"\bdownload (?:the|our) .{0,30}\bapp\b",
        r"\bget .{0,60}\b(?:inbox|delivered|access to)\b",
        r"^(?:e-?mail|write to|contact|reach)\b.*(?:@|https?://)",
    ),
    re.IGNORECASE,
)
_POINTER = re.compile(r"^\W*(?:listen|watch|follow|read|see|more\b[^.]{0,40}:)", re.IGNORECASE)
_IMPRINT = re.compile(
    _any_of(
        r"\ball rights reserved\b",
        r"^\W*(?:copyright\b|©)",
        r"this copy is for your personal",
        r"to order (?:presentation-ready )?copies",
        r"^\W*(?:(?:additional )?reporting|editing|writing|edited|reported) by\b",
        r"\bcontributed to this (?:report|story|article)\b",
        r"\bif you enjoyed this (?:article|story)\b",
        r"^\W*(?:sources?|filed under|tags?|categor(?:y|ies)|topics|updated at)\b\W.{0,120}$",
        r"^https?://\S+$",
    ),
    re.IGNORECASE,
)
_LONGEST_CALL = 320
_LONGEST_POINTER = 200
_LONGEST_TEASER = 150
_LONGEST_DATE_LINE = 120
_SHORTEST_SENTENCE = 45
_HEAD_ZONE = 4
"""A headline repeated above the text stands among the first lines, after a section name or a date at most."""
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’»)\]]*$")


def without_clutter(lines: list[Line], headings: tuple[str, ...]) -> list[Line]:
    """The lines of the article: without its headline (one of `headings`) above them and what is not its text."""
    kept = list(_without_teasers(_without_furniture(_without_headline(lines, headings))))
    while kept and (_IMPRINT.search(kept[0].text) or (kept[0].linked and _is_call(kept[0]))):
        del kept[0]
    del kept[_end_of_story(kept) :]
    while kept and _is_closing(kept[-1]):
        kept.pop()
    return kept


def _without_headline(lines: list[Line], headings: tuple[str, ...]) -> list[Line]:
    known = {_bare(heading) for heading in headings}
    at = next((place for place, line in enumerate(lines[:_HEAD_ZONE]) if _bare(line.text) in known), None)
    if at is None or (lines[at].tag != "head" and any(_is_sentence(line.text) for line in lines[:at])):
        return lines
    rest = lines[at + 1 :]
    while (
        rest
        and len(rest[0].text) < _LONGEST_DATE_LINE
        and not _is_sentence(rest[0].text)
        and _DATE.search(rest[0].text)
    ):
        rest = rest[1:]
    return rest


def _is_sentence(text: str) -> bool:
    return len(text) > _SHORTEST_SENTENCE and bool(_SENTENCE_END.search(text))


def _without_furniture(lines: list[Line]) -> Iterator[Line]:
    """Without labels and what they label: the lines of links right after one."""
    after_label = False
    for line in lines:
        after_label = bool(_FURNITURE.match(line.text)) or (after_label and line.linked >= 0.5)
        if not after_label and not _is_furniture(line):
            yield line


def _is_furniture(line: Line) -> bool:
    if not re.search(r"\w", line.text) and not re.search(r"[^\s\u200b-\u200f\ufeff|•·-]", line.text):
        return True
    if _READING_TIME.match(line.text):
        return True
    return (line.linked >= 0.5 and bool(_LABELLED_LINK.match(line.text))) or (line.linked >= 0.3 and _is_call(line))


def _without_teasers(lines: Iterable[Line]) -> Iterator[Line]:
    """Without runs of two and more headings or list items that are links from end to end: lists of other stories."""
    for is_teaser, run in groupby(lines, key=lambda line: line.tag in ("head", "item") and line.linked >= 0.95):
        found = list(run)
        if not is_teaser or len(found) < 2:
            yield from found


def _end_of_story(lines: list[Line]) -> int:
    """Where a closing list of teasers begins: three and more short items that are links for a good part."""
    end = len(lines)
    while (
        end
        and lines[end - 1].tag == "item"
        and lines[end - 1].linked >= 0.3
        and len(lines[end - 1].text) < _LONGEST_TEASER
    ):
        end -= 1
    return end if len(lines) - end >= 3 else len(lines)


def _is_closing(line: Line) -> bool:
    if line.tag == "head" or _IMPRINT.search(line.text) or _is_call(line):
        return True
    pointed = line.linked > 0 or "http" in line.text
    return pointed and len(line.text) < _LONGEST_POINTER and bool(_POINTER.match(line.text))


def _is_call(line: Line) -> bool:
    return len(line.text) <= _LONGEST_CALL and bool(_CALL.search(line.text))


def _bare(text: str) -> str:
    return "".join(re.findall(r"\w+", text.lower()))
