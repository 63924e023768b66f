"""What the lines of an article are: headline, standfirst, byline, publication line, sub-headlines, paragraphs.

The decisions are made in the order a reader makes them: what of the page is the article and which line its headline
(`sequence`), the head of the article from its headline to its first paragraph, then the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.cleaning import glued, learned, origin, residue, seen, sequence, shapes
from pipeline.cleaning.lines import FINAL, UNSPACED, WORD, Line, line_at
from pipeline.types import Reason, Role

_NO_LETTERS = re.compile(r"[\W_]+")
_NO_SUBHEAD = re.compile(r"[.!,;:…。！，；：؟][\"'”’»)\]*_]*$")
_FIELD = re.compile(r"^[^\W\d_][\w ]{0,24}: \S")
# Head of an article: at most so many lines that are no residue stand between its headline and its first paragraph.
_HEAD_LINES = 8
_MAX_HEADLINE = 220
_MAX_STANDFIRST_WORDS = 60
_LEAD_RATIO = 1.4
# A line is left out that is residue more probably than this, sooner when a rule knows it. On pages of two writers of
# whom nothing was learned (122,000 characters of residue, 230,000 of stories of our own with lines that look like it)
# .5, .7, .8, .85, .9 and .95 for what no rule knows take .84, .82, .81, .80, .78 and .76 of the residue and .010, .008,
# .006, .005, .004 and .003 of the stories; on tests/unseen/planted nothing is lost from .85 on. Of the loss .0011 is
# what a rule took for residue: for that .8 in place of .2 keeps .0006 more of the stories, and .003 of the residue.
_LEAVE_OUT = 0.85
_LEAVE_OUT_KNOWN = 0.2
_LIKELY = 0.3
# A line that no word tells the kind of is a link when it has so many words.
_LINK_WORDS = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of an article, what each is, and what they say of where it comes from."""

    lines: tuple[Line, ...]
    labels: tuple[Role | Reason, ...]
    title: str
    source: str
    published: str | None
    authors: tuple[str, ...]


def read(text: str, cut: Sequence[Line], title: str, authors: tuple[str, ...], language: str, today: date) -> Reading:
    """Label every line of a text and gather what the head says; what was cut off a paragraph and is no residue is put
    back. `title` and `authors` are what the reader knew, or empty."""
    lines, reasons, headline = _rejoined(text, cut, *_left_out(cut, title))
    content = [index for index, why in enumerate(reasons) if why is None]
    labels: list[Role | Reason] = [why or "paragraph" for why in reasons]
    head = _head(lines, content, headline)
    for index, role in head.items():
        labels[index] = role
    said = [(lines[index].plain, role) for index, role in head.items()]
    facts = origin.facts(said, language, today)
    body = [index for index in content if index not in head]
    for place, index in enumerate(body):
        role = labels[index] = _body_role(lines, body, place, authors or facts.authors)
        if role == "publication":
            said.append((lines[index].plain, role))
    _leave_out_repeats(lines, labels, headline)
    facts = origin.facts(said, language, today)
    shown = lines[headline].plain if headline is not None else _lead(lines, body)
    source = facts.source or (origin.wire_of(lines[body[0]].plain) if body else "")
    return Reading(lines, tuple(labels), title or shown, source, facts.published, facts.authors)


def _rejoined(
    text: str, cut: Sequence[Line], reasons: Sequence[Reason | None], headline: int | None
) -> tuple[tuple[Line, ...], list[Reason | None], int | None]:
    groups = glued.rejoined(cut, [why is not None for why in reasons])
    lines = tuple(
        cut[group[0]] if len(group) == 1 else line_at(text, cut[group[0]].start, cut[group[-1]].end, cut[group[0]])
        for group in groups
    )
    place = next((at for at, group in enumerate(groups) if headline in group), None)
    return lines, [reasons[group[0]] for group in groups], place


def _left_out(lines: Sequence[Line], title: str) -> tuple[list[Reason | None], int | None]:
    """Why each line is left out, None for the lines of the article, and which of them is the headline."""
    shown = [index for index, line in enumerate(lines) if line.plain and not line.is_script]
    page = seen.see([lines[index] for index in shown])
    by_rule = {line.plain: line.reason for line in page}
    read = dict(zip(shown, sequence.read(page, title), strict=True))
    content = _content(lines, by_rule, read)
    headline = _headline(lines, content, read, title)
    prose = _prose(lines, by_rule, read)
    if set(content) & set(prose) <= {headline}:
        # A headline alone is no article.
        content = sorted({*prose, *content})
    reasons: list[Reason | None] = []
    for index, line in enumerate(lines):
        if index not in read:
            reasons.append("script residue" if line.is_script else "navigation")
        elif index == headline or index in content:
            reasons.append(None)
        else:
            above = reasons[-1] if reasons else None
            listed = "promotion" if residue.is_shop(line.plain) else above if above == "read-more" else None
            reasons.append(by_rule[line.plain] or listed or learned.kind(line.plain) or above or _kind(line.plain))
    return reasons, headline


def _content(
    lines: Sequence[Line], by_rule: Mapping[str, Reason | None], read: Mapping[int, sequence.Odds]
) -> list[int]:
    """The lines that are the article. Where no running text would be left, all of it is that no rule knows; where there
    is none, nothing tells what stands above, among and below it, and sentences that no rule knows stay."""
    prose = _prose(lines, by_rule, read)
    known = {
        index
        for index in read
        if by_rule[lines[index].plain] or (prose and index > prose[-1] and residue.is_shop(lines[index].plain))
    }
    unknown = [index for index in read if index not in known]
    sentences = frozenset(() if prose else (index for index in unknown if shapes.is_telling(lines[index].plain)))
    content = [
        index
        for index, odds in read.items()
        if odds.residue <= (_LEAVE_OUT_KNOWN if index in known else _LEAVE_OUT) or index in sentences
    ]
    if prose and not set(prose) & set(content):
        return sorted({*prose, *content})
    return content if set(unknown) & set(content) else unknown


def _prose(lines: Sequence[Line], by_rule: Mapping[str, Reason | None], shown: Iterable[int]) -> list[int]:
    """The lines of running text that no rule knows."""
    return [index for index in shown if by_rule[lines[index].plain] is None and shapes.is_prose(lines[index].plain)]


def _kind(plain: str) -> Reason:
    return "read-more" if len(WORD.findall(plain)) >= _LINK_WORDS else "navigation"


def _headline(
    lines: Sequence[Line], content: Sequence[int], read: Mapping[int, sequence.Odds], title: str
) -> int | None:
    """The line that is the headline: the one that repeats a known title, else the most probable, else the first of the
    article that can be one."""
    if title:
        wanted = _letters(title)
        for index in [*content[:5], *read][:10]:
            letters = _letters(lines[index].plain)
            if min(len(letters), len(wanted)) >= max(1, 0.6 * max(len(letters), len(wanted))) and (
                wanted.startswith(letters) or letters.startswith(wanted)
            ):
                return index
        return None
    if len(content) < 2:
        return None
    likely = [index for index in read if read[index].headline > _LIKELY and _may_be_headline(lines[index].plain)]
    if likely:
        return max(likely, key=lambda index: read[index].headline)
    first = next((index for index in content if _may_be_headline(lines[index].plain)), content[0])
    plain = lines[first].plain
    too_long = len(plain) > _MAX_HEADLINE or bool(shapes.SENTENCE_BREAK.search(plain) and shapes.is_prose(plain))
    return None if too_long or _is_lead_paragraph(plain) else first


def _may_be_headline(plain: str) -> bool:
    """Whether a line is no byline, day, outlet, item or row of links."""
    return origin.role_of(plain) is None and not shapes.BULLET.match(plain) and " | " not in plain


def _is_lead_paragraph(plain: str) -> bool:
    """Whether a first line is the story already: it has a dateline, or is a full sentence of some length."""
    if origin.has_dateline(plain):
        return shapes.is_prose(plain)
    if UNSPACED.search(plain):
        return plain.endswith("。")
    return plain.endswith(".") and len(WORD.findall(plain)) > 16


def _head(lines: Sequence[Line], content: list[int], headline: int | None) -> dict[int, Role]:
    """The roles of the lines from the top to the first paragraph."""
    roles: dict[int, Role] = {}
    place = 0
    if headline is not None:
        for index in content[: content.index(headline)]:
            roles[index] = "publication"
        roles[headline] = "headline"
        place = content.index(headline) + 1
    top = content[place : place + _HEAD_LINES]
    known = _known_head(lines, top)
    for offset, index in enumerate(top):
        plain = lines[index].plain
        rest = [lines[other].plain for other in top[offset + 1 :]]
        role = origin.role_of(plain)
        if role is None and rest and (headline is not None or offset == 0) and origin.is_bare_name(plain):
            role = "byline"
        if role is None and headline is not None and "standfirst" not in roles.values():
            role = "standfirst" if _is_standfirst(plain, rest) else None
        if role is None and offset < known and headline is not None:
            role = "byline" if origin.is_bare_name(plain.split(" | ")[0]) else "publication"
        if role is None or (role == "byline" and shapes.is_prose(plain)):
            break
        roles[index] = role
    return roles


def _known_head(lines: Sequence[Line], top: list[int]) -> int:
    """How many of the top lines belong to the head for sure: those down to the last byline, date or outlet.

    One of them may be a standfirst; a second paragraph is the story, whatever date stands further down.
    """
    known = paragraphs = 0
    for offset, index in enumerate(top):
        plain = lines[index].plain
        paragraphs += shapes.is_prose(plain) and origin.role_of(plain) is None
        if paragraphs > 1 or len(WORD.findall(plain)) > _MAX_STANDFIRST_WORDS:
            break
        if origin.role_of(lines[index].plain):
            known = offset + 1
    return known


def _is_standfirst(plain: str, rest: list[str]) -> bool:
    """Whether a line under the headline sums the article up, judged by what follows it."""
    words = len(WORD.findall(plain))
    if UNSPACED.search(plain):
        return len(plain) <= 80 and bool(rest) and len(rest[0]) >= 1.5 * len(plain)
    if words > _MAX_STANDFIRST_WORDS or words < 5 or not rest:
        return False
    following = rest[0]
    if any(origin.role_of(other) and not shapes.is_prose(other) for other in rest[:3]):
        return True
    if not FINAL.search(plain):
        return words >= 6 and not plain.endswith(":") and shapes.is_prose(following)
    return (
        words <= 35
        and not shapes.SENTENCE_BREAK.search(plain)
        and plain[0] not in '"“«„'
        and shapes.is_prose(following)
        and len(WORD.findall(following)) >= _LEAD_RATIO * words
    )


def _body_role(lines: Sequence[Line], body: list[int], place: int, authors: tuple[str, ...]) -> Role:
    plain = lines[body[place]].plain
    if origin.is_dateline(plain):
        return "dateline"
    if shapes.CREDIT.match(plain) and len(plain) <= 300:
        return "byline"
    if shapes.SIGN_OFF.match(plain) and len(plain) <= 80:
        return "byline"
    late = place >= len(body) - 3 and place > 0
    if (
        late
        and authors
        and any(re.match(rf"{re.escape(name)} (?:is|are|was|covers|writes|reports)\b", plain) for name in authors)
    ):
        return "byline"
    if late and not shapes.is_prose(plain) and (origin.is_labelled_date(plain) or origin.is_byline(plain)):
        return "publication" if origin.is_labelled_date(plain) else "byline"
    return "subhead" if _is_subhead(lines, body, place) else "paragraph"


def _is_subhead(lines: Sequence[Line], body: list[int], place: int) -> bool:
    """A short line without a full stop that stands alone above a paragraph; lines of a list are paragraphs."""
    plain = lines[body[place]].plain
    if place + 1 >= len(body) or not shapes.is_short(plain) or _NO_SUBHEAD.search(plain) or shapes.BULLET.match(plain):
        return False
    if (not plain[0].isalnum() and plain[0] not in "\"“‘'«„¿「『(") or plain[0].islower() or _FIELD.match(plain):
        return False
    following = lines[body[place + 1]].plain
    opens = shapes.is_prose(following) or bool(shapes.BULLET.match(following)) or bool(FINAL.search(following))
    before = lines[body[place - 1]].plain if place else ""
    in_list = place > 0 and shapes.is_short(before) and not FINAL.search(before) and not before.endswith(":")
    return opens and not in_list


def _leave_out_repeats(lines: Sequence[Line], labels: list[Role | Reason], headline: int | None) -> None:
    """A whole block that says the headline or the standfirst again is no part of the body, unless it is all of it."""
    said: set[str] = set()
    repeats: list[int] = []
    for index, label in enumerate(labels):
        letters = _letters(lines[index].plain)
        if index == headline or label == "standfirst":
            said.add(letters)
        elif letters in said and len(letters) > 15 and label not in ("dateline", "script residue"):
            repeats.append(index)
    if any(label in ("paragraph", "standfirst") and index not in repeats for index, label in enumerate(labels)):
        for index in repeats:
            labels[index] = "repeated standfirst"


def _lead(lines: Sequence[Line], body: list[int]) -> str:
    """A title for a text without a headline: the start of its first paragraph."""
    plain = lines[body[0]].plain if body else ""
    if len(plain) <= 100:
        return plain
    return plain[:100].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())
