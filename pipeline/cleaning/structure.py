"""What the lines of an article are: headline, standfirst, byline, publication line, sub-headlines, paragraphs.

The decisions are made in the order a reader makes them: what is residue by itself, what hangs on residue (the list
under "Most read"), the head of the article from its headline to its first paragraph, then the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.cleaning import learned, origin, residue
from pipeline.cleaning.lines import FINAL, UNSPACED, WORD, Line
from pipeline.types import Reason, Role

_SENTENCE_BREAK = re.compile(r"[.!?…][\"”’»)]*\s+[\"“„«‘(]?[^\W\d_a-z]|[。！？][^」』]")
_NO_SUBHEAD = re.compile(r"[.!,;:…。！，；：؟][\"'”’»)\]*_]*$")
_BULLET = re.compile(r"^(?:[•●▪◦‣·►▶*♦–—-]|\d{1,3}[.)]\s)\s*")
_ITEM = re.compile(
    r"^\d{1,2}[.)] \S|^[^\W\d_a-z][\w.’' ]{0,30}: .+\?$|^[‘“„«][^‘“„«]+[’”“»]$|^By our |"
    r"^\d{1,2}[.:]\d\d\s?(?:[ap]\.?m\.?|$)"
)
_FIELD = re.compile(r"^[^\W\d_][\w ]{0,24}: \S")
# Head of an article: at most so many lines that are no residue stand between its headline and its first paragraph.
_HEAD_LINES = 8
# Lines below the last paragraph that are no residue by themselves: up to so many are taken for links of the foot.
_FEW_IN_TAIL = 10
_CLOSING: tuple[Reason, ...] = ("comment count", "copyright", "cookie notice")
_NAGGING: tuple[Reason, ...] = ("newsletter nag", "read-more", "share bar", "promotion", "navigation")
# Log odds from which a line is residue by its words: above the first paragraph, among the paragraphs and below the last
# one, each standing alone and next to a line that is residue. What each costs and brings stands in `learned.json`.
ALONE = {"above": -1.0, "among": 1.0, "below": -0.5}
BESIDE_RESIDUE = {"above": -2.0, "among": -0.5, "below": -2.0}
# The same for a sentence that does not speak to the reader, wherever it stands.
TELLING = 3.0
NEVER = float("-inf")
# So many short lines on end, none of them a sentence, are a menu or a table of links.
_MENU_LINES = 10
_MENU_WORDS = 6
# Below the last paragraph, so many lines of so many words on end are headlines of other stories.
_HEADLINES = 2
_HEADLINE_WORDS = 7
# Log odds from which a first line is taken to stand above the headline.
_ABOVE_HEADLINE = 1.0
_READ_MORE = re.compile(r"\W*(?:read|more|continue|click|keep|weiterlesen|lire la suite|leer más)\b", re.IGNORECASE)
_MAX_ITEM = 160
_MAX_HEADLINE = 220
_MAX_STANDFIRST_WORDS = 60
_LEAD_RATIO = 1.4
_CREDIT_TAIL = re.compile(
    r"^[(\[]?(?:(?:additional |further |also |with )?(?:reporting|editing|writing|contributions?|contributed|compiled|"
    r"translated|files|input|produced|(?:medically |fact[- ]?)?(?:reviewed|checked))\b.{0,12}\b(?:by|from|to)\b|"
    r"contribut(?:ing|ors?|ed)\s*[:：]|distributed by\b|"
    r"(?:mit material von|quelle:|\(?dpa|avec afp|con información de|по материалам)|"
    r"source\s*:\s*(?:ap|afp|reuters|agencies))",
    re.IGNORECASE,
)
_TO_READER = re.compile(r"\b(?:you|your|yours|us|our|ours|we|here|now|please)\b", re.IGNORECASE)
_BIOGRAPHY = re.compile(r"^[^\W\d_a-z].{2,60}?\b(?:is|was|are) (?:an?|the)\b")
_SIGN_OFF = re.compile(r"^[–—−-]{1,2}\s?[^\W\d_a-z][\w.’'-]*(?:[\s,]+(?:(?:and|with|&) )?[^\W\d_a-z][\w.’'-]*){0,7}$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the lines of an article are, one label each, and what they say of where it comes from."""

    labels: tuple[Role | Reason, ...]
    title: str
    source: str
    published: str | None
    authors: tuple[str, ...]


def read(lines: Sequence[Line], title: str, authors: tuple[str, ...], language: str, today: date) -> Reading:
    """Label every line and gather what the head says; `title` and `authors` are what the reader knew, or empty."""
    reasons = _reasons(lines)
    headline = _headline(lines, reasons, title)
    if headline is not None:
        reasons[headline] = None
    _leave_out_learned(lines, reasons, headline)
    _leave_out_menus(lines, reasons, headline)
    _leave_out_lists(lines, reasons, headline)
    _leave_out_headlines(lines, reasons, headline)
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
    return Reading(tuple(labels), title or shown, source, facts.published, facts.authors)


def is_prose(plain: str) -> bool:
    """Whether a line reads as a paragraph of running text, in any script."""
    if UNSPACED.search(plain):
        return len(plain) >= 40 or (len(plain) >= 20 and bool(FINAL.search(plain)))
    words = len(WORD.findall(plain))
    final = bool(FINAL.search(plain))
    return words >= 35 or (final and (words >= 12 or (words >= 8 and bool(_SENTENCE_BREAK.search(plain)))))


def _reasons(lines: Sequence[Line]) -> list[Reason | None]:
    by_itself = {plain: residue.reason(plain) for plain in {line.plain for line in lines if not line.is_script}}
    return ["script residue" if line.is_script else by_itself[line.plain] for line in lines]


def _leave_out_learned(lines: Sequence[Line], reasons: list[Reason | None], headline: int | None) -> None:
    """Mark the lines whose words are those of residue; next to residue fewer signs are enough."""
    judged = [
        learned.log_odds(line.plain) if why is None and index != headline and not _is_known(line.plain) else NEVER
        for index, (line, why) in enumerate(zip(lines, reasons, strict=True))
    ]
    prose = [index for index, why in enumerate(reasons) if why is None and is_prose(lines[index].plain)]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), len(lines))
    zones = ["above" if index < first else "below" if index > last else "among" for index in range(len(lines))]
    for index, odds in enumerate(judged):
        if odds > (TELLING if _is_telling(lines[index].plain) else ALONE[zones[index]]):
            reasons[index] = learned.kind(lines[index].plain)
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        for index in order:
            beside = any(0 <= near < len(lines) and reasons[near] for near in (index - 1, index + 1))
            sure = judged[index] > BESIDE_RESIDUE[zones[index]]
            if reasons[index] is None and beside and sure and not is_prose(lines[index].plain):
                reasons[index] = learned.kind(lines[index].plain)


def _is_known(plain: str) -> bool:
    """Whether a line has a place in an article that its words alone do not tell: byline, outlet, day, credits, item."""
    name = origin.is_bare_name(plain.split(" | ")[0])
    item = _ITEM.match(plain)
    return bool(name or origin.role_of(plain) or item or _CREDIT_TAIL.match(plain) or _BIOGRAPHY.match(plain))


def _is_telling(plain: str) -> bool:
    """Whether a line is a sentence about others: what pages say to their readers says "you", "our" or "here"."""
    return plain.endswith(".") and not _TO_READER.search(plain)


def _leave_out_menus(lines: Sequence[Line], reasons: list[Reason | None], headline: int | None) -> None:
    """Mark the menus above and below the story of a page that was pasted whole: long runs without a sentence."""
    prose = [index for index, why in enumerate(reasons) if why is None and is_prose(lines[index].plain)]
    if not prose:
        return
    run: list[int] = []
    for index, line in enumerate([*lines, None]):
        outside = index < prose[0] or index > prose[-1]
        if line is not None and outside and index != headline and (reasons[index] or _is_menu_item(line.plain)):
            run.append(index)
            continue
        figures = sum(any(map(str.isdigit, lines[place].plain)) for place in run)
        if len(run) >= _MENU_LINES and figures * 3 <= len(run):
            for place in run:
                reasons[place] = reasons[place] or "navigation"
        run = []


def _is_menu_item(plain: str) -> bool:
    short = len(plain) <= 15 if UNSPACED.search(plain) else len(WORD.findall(plain)) <= _MENU_WORDS
    return short and not FINAL.search(plain) and not _BULLET.match(plain)


def _headline(lines: Sequence[Line], reasons: list[Reason | None], title: str) -> int | None:
    """The line that is the headline: the one that repeats a known title, else the first that can be one."""
    candidates = [
        index
        for index, why in enumerate(reasons)
        if why is None or (why in ("read-more", "caption or credit") and not residue.is_list_head(lines[index].plain))
    ]
    if title:
        wanted = _letters(title)
        for index in candidates[:5]:
            letters = _letters(lines[index].plain)
            if min(len(letters), len(wanted)) >= max(1, 0.6 * max(len(letters), len(wanted))) and (
                wanted.startswith(letters) or letters.startswith(wanted)
            ):
                return index
        return None
    if len([index for index in candidates if reasons[index] is None]) < 2:
        return None
    first, *others = candidates
    for index in others:
        plain = lines[first].plain
        above = origin.is_kicker(plain) or residue.is_section(plain) or _is_above_headline(plain, lines[index].plain)
        if not above or reasons[index] is not None or is_prose(lines[index].plain):
            break
        first = index
    plain = lines[first].plain
    too_long = len(plain) > _MAX_HEADLINE or bool(_SENTENCE_BREAK.search(plain) and is_prose(plain))
    return None if too_long or _is_lead_paragraph(plain) else first


def _is_above_headline(plain: str, following: str) -> bool:
    """Whether the words of a first line are those of residue, more than those of the line that follows."""
    odds = learned.log_odds(plain)
    return odds > _ABOVE_HEADLINE and odds > learned.log_odds(following) and not _is_known(following)


def _is_lead_paragraph(plain: str) -> bool:
    """Whether a first line is the story already: it has a dateline, or is a full sentence of some length."""
    if origin.has_dateline(plain):
        return is_prose(plain)
    if UNSPACED.search(plain):
        return plain.endswith("。")
    return plain.endswith(".") and len(WORD.findall(plain)) > 16


def _leave_out_lists(lines: Sequence[Line], reasons: list[Reason | None], headline: int | None) -> None:
    """Mark what hangs on residue: the items under a list head, and what follows the end of the article."""
    prose = [index for index, why in enumerate(reasons) if why is None and is_prose(lines[index].plain)]
    last_prose = prose[-1] if prose else -1
    few = sum(why is None for why in reasons[last_prose + 1 :]) <= _FEW_IN_TAIL
    listing = False
    ended = False
    for index, line in enumerate(lines):
        why, in_tail = reasons[index], index > last_prose >= 0
        if why is not None:
            if residue.is_list_head(line.plain):
                listing = in_tail or not _READ_MORE.match(line.plain)
            if in_tail and (why in _CLOSING or (why in _NAGGING and few)):
                ended = True
        elif (
            index == headline
            or is_prose(line.plain)
            or _CREDIT_TAIL.match(line.plain)
            or line.plain.endswith((".", ".”"))
        ):
            listing = False
        elif in_tail and residue.is_shop(line.plain):
            reasons[index] = "promotion"
        elif listing and (in_tail or len(line.plain) <= _MAX_ITEM):
            reasons[index] = "read-more"
        elif in_tail and ended and not _is_kept_in_tail(line.plain):
            reasons[index] = "navigation" if len(WORD.findall(line.plain)) < 4 else "read-more"
        elif in_tail and few and _is_foot(line.plain):
            reasons[index] = "navigation"


def _leave_out_headlines(lines: Sequence[Line], reasons: list[Reason | None], headline: int | None) -> None:
    """Mark the headlines of other stories that stand below the last paragraph: nothing else is there, each is as long
    as a headline and has no end."""
    prose = [index for index, why in enumerate(reasons) if why is None and is_prose(lines[index].plain)]
    below = [index for index in range(prose[-1] + 1, len(lines)) if reasons[index] is None] if prose else []
    if len(below) >= _HEADLINES and headline not in below and all(_is_headline_like(lines[i].plain) for i in below):
        for index in below:
            reasons[index] = "read-more"


def _is_headline_like(plain: str) -> bool:
    words = len(WORD.findall(plain))
    open_end = not FINAL.search(plain) or plain.endswith(("'", "’"))
    return _HEADLINE_WORDS <= words <= 25 and open_end and not (_BULLET.match(plain) or _CREDIT_TAIL.match(plain))


def _is_foot(plain: str) -> bool:
    """Whether a line is the foot of a page: the name of a section, or links between bars."""
    return residue.is_section(plain) or (plain.count(" | ") > 1 and not FINAL.search(plain))


def _is_kept_in_tail(plain: str) -> bool:
    kept = _CREDIT_TAIL.match(plain) or _BULLET.match(plain) or _FIELD.match(plain) or plain.endswith(".")
    return bool(kept) or origin.is_labelled_date(plain) or bool(_BIOGRAPHY.search(plain))


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
        if role is None or (role == "byline" and is_prose(plain)):
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
        paragraphs += is_prose(plain) and origin.role_of(plain) is None
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
    if any(origin.role_of(other) and not is_prose(other) for other in rest[:3]):
        return True
    if not FINAL.search(plain):
        return words >= 6 and not plain.endswith(":") and is_prose(following)
    return (
        words <= 35
        and not _SENTENCE_BREAK.search(plain)
        and plain[0] not in '"“«„'
        and is_prose(following)
        and len(WORD.findall(following)) >= _LEAD_RATIO * words
    )


def _body_role(lines: Sequence[Line], body: list[int], place: int, authors: tuple[str, ...]) -> Role:
    plain = lines[body[place]].plain
    if origin.is_dateline(plain):
        return "dateline"
    if _CREDIT_TAIL.match(plain) and len(plain) <= 300:
        return "byline"
    if _SIGN_OFF.match(plain) and len(plain) <= 80:
        return "byline"
    late = place >= len(body) - 3 and place > 0
    if (
        late
        and authors
        and any(re.match(rf"{re.escape(name)} (?:is|are|was|covers|writes|reports)\b", plain) for name in authors)
    ):
        return "byline"
    if late and not is_prose(plain) and (origin.is_labelled_date(plain) or origin.is_byline(plain)):
        return "publication" if origin.is_labelled_date(plain) else "byline"
    return "subhead" if _is_subhead(lines, body, place) else "paragraph"


def _is_subhead(lines: Sequence[Line], body: list[int], place: int) -> bool:
    """A short line without a full stop that stands alone above a paragraph; lines of a list are paragraphs."""
    plain = lines[body[place]].plain
    if place + 1 >= len(body) or not _is_short(plain) or _NO_SUBHEAD.search(plain) or _BULLET.match(plain):
        return False
    if (not plain[0].isalnum() and plain[0] not in "\"“‘'«„¿「『(") or plain[0].islower() or _FIELD.match(plain):
        return False
    following = lines[body[place + 1]].plain
    opens = is_prose(following) or bool(_BULLET.match(following)) or bool(FINAL.search(following))
    before = lines[body[place - 1]].plain if place else ""
    in_list = place > 0 and _is_short(before) and not FINAL.search(before) and not before.endswith(":")
    return opens and not in_list


def _is_short(plain: str) -> bool:
    return len(plain) <= 30 if UNSPACED.search(plain) else len(plain) <= 110 and len(WORD.findall(plain)) <= 16


def _leave_out_repeats(lines: Sequence[Line], labels: list[Role | Reason], headline: int | None) -> None:
    """A whole block that says the headline or the standfirst again is no part of the body."""
    said: set[str] = set()
    for index, label in enumerate(labels):
        letters = _letters(lines[index].plain)
        if index == headline or label == "standfirst":
            said.add(letters)
        elif letters in said and len(letters) > 15 and label in ("paragraph", "subhead", "publication", "byline"):
            labels[index] = "repeated standfirst"


def _lead(lines: Sequence[Line], body: list[int]) -> str:
    """A title for a text without a headline: the start of its first paragraph."""
    plain = lines[body[0]].plain if body else ""
    if len(plain) <= 100:
        return plain
    return plain[:100].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
