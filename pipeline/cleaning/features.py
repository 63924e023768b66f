"""What is seen of each line of a page, as named numbers: by itself, beside its neighbours and within the article.

`sequence` weighs them. A feature is there or not (1.0) where its name says no amount; what is absent is not named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.cleaning import learned, origin, residue, shapes
from pipeline.cleaning.likeness import likeness
from pipeline.cleaning.lines import FINAL, UNSPACED, WORD
from pipeline.cleaning.seen import Seen

Features = dict[str, float]

_LENGTHS = (12, 25, 45, 80, 140, 240, 420)
# Log odds beyond these say no more; they are told in units of four.
_MOST_ODDS = 8.0
_MOST_NEAR = 4.0
_STEPS = (-4.0, -2.0, 0.0, 2.5)
_RUNS = (3, 6, 12)
_SHOWING = re.compile(r"^(?:[^\W\d_][\w’'-]*\s+){1,6}?[a-z]+ing\b")
_SHOWN = re.compile(r"\b(?:pictured|seen here|file photo|left|right|photo|image|picture)\b", re.IGNORECASE)
_DAY_AT_END = re.compile(
    r"\b(?:\d{4}|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b[^.]{0,15}\.?$", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:[a-z]{2,}ed|is|are|was|were|had|has|have|did|will|would|came|went|took|made|began|left|fell|rose|said|told|"
    r"be|been|can|could|may)\b"
)
_CONTENT = re.compile(r"[^\W\d_]{4,}|[\u3040-\u30ff\u3400-\u9fff]{2}")
_COMMON = frozenset(
    (
        *("that", "this", "with", "from", "have", "were", "will", "would", "they", "their", "them", "there", "what"),
        *("when", "which", "while", "about", "after", "also", "than", "then", "more", "most", "some", "such", "into"),
        *("over", "just", "only", "your", "said", "says", "could", "should", "other", "because", "before", "where"),
        *("these", "those", "being", "very"),
    )
)
# What is told of the line before and after; the first three also of the lines two away.
_NEAR = (
    *("prose", "rule", "final", "bullet", "one word", "label", "role byline", "role publication", "list head"),
    *("credit", "you", "command", "digit start", "rule caption or credit", "rule share bar", "rule read-more"),
)
# What means another thing above, among and below the paragraphs.
_ZONED = (
    *("prose", "rule", "final", "odds", "odds+", "told", "titled", "ing", "bare name", "role byline", "telling"),
    *("no verb", "told none", "names told", "names new", "echo", "listed", "caps end", "name end", "bracket end"),
    *("around", "among rules", "open among rules", "block rule", "block prose", "author"),
)
# A sign that stands for an icon, and the price of something.
_ICON = re.compile(r"[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
_PRICE = re.compile(r"[$£€¥₦₹]\s?\d|\d\s?(?:[€₽]|% off\b)")
_NAME = re.compile(r"(?<=\s)[^\W\d_a-z][^\W\d_]{2,}")
_OPEN_RUNS = (2, 4, 8)
_LONGEST_LINK = 160
# Lines so far around a line tell of it, and so many lines that rules know make a page one that was pasted whole.
_AROUND = 4
_PASTED_WHOLE = 8
# So much of a line tells how it ends; a longer one than learned.LONGEST is told by its beginning.
_END = 40
# A line shorter than this may stand in a paragraph by chance.
_ECHO = 15


def features(page: Sequence[Seen], title: str = "") -> list[Features]:
    """The features of every line of a page; `title` is what the reader of the file knew, or empty."""
    itself = {line.plain: _by_itself(line) for line in page}
    own = [itself[line.plain] for line in page]
    article = _article(page, own, title)
    near = [_beside(line, of_it) for line, of_it in zip(page, own, strict=True)]
    short_runs = _runs([_is_short(told) for told in own])
    open_runs = _runs([_is_open(line, told) for line, told in zip(page, own, strict=True)])
    heard = _heard(page, own)
    found: list[Features] = []
    for at, line in enumerate(page):
        told = own[at] | _position(at, len(page), article) | _told(line, at, article) | heard[at]
        for away, name in ((-1, "prev "), (1, "next "), (-2, "prev2 "), (2, "next2 ")):
            if 0 <= at + away < len(page):
                told |= {name + key: value for key, value in near[at + away][abs(away) - 1].items()}
            else:
                told[name + "edge"] = 1.0
        told |= {f"run{length}": 1.0 for length in _RUNS if short_runs[at] >= length}
        told |= {f"open{length}": 1.0 for length in _OPEN_RUNS if open_runs[at] >= length}
        if line.hangs:
            told |= {f"hangs {line.hangs}": 1.0, "hangs odds": told.get("odds", 0.0)}
            told |= {"hangs rule": 1.0} if "rule" in told else {}
        found.append(told)
    zones = [article.zone(at) for at in range(len(page))]
    alike = likeness(page, [at in article.prose for at in range(len(page))], zones)
    for at, (told, block) in enumerate(zip(found, _blocks(page, own), strict=True)):
        told |= block
        told |= {f"{zones[at]} {key}": told[key] for key in _ZONED if key in told}
        told |= alike[at]
    return found


@dataclass(frozen=True, slots=True)
class _Article:
    """The paragraphs of a page: their places, the words they share, those of the first three and of a known title, all
    that they say, the names in it, and the names of the authors."""

    prose: tuple[int, ...]
    before: tuple[int, ...]
    words: Sequence[frozenset[str]]
    counts: Mapping[str, int]
    lead: frozenset[str]
    title: frozenset[str]
    said: str
    names: Mapping[str, int]
    authors: frozenset[str]

    def zone(self, at: int) -> str:
        before, after = self.before[at], len(self.prose) - self.before[at] - (at in self.prose)
        if before:
            return "among" if after else "below"
        return "above" if after else "none"


def _article(page: Sequence[Seen], own: Sequence[Features], title: str) -> _Article:
    words = [_content(line.plain) for line in page]
    prose = tuple(at for at, told in enumerate(own) if "prose" in told and "rule" not in told)
    before: list[int] = []
    for at in range(len(page)):
        before.append(before[-1] + (at - 1 in prose) if before else 0)
    counts = Counter(word for at in prose for word in words[at])
    lead = frozenset(word for at in prose[:3] for word in words[at])
    said = "\n".join(page[at].plain for at in prose).casefold()
    names = Counter(name for at in prose for name in frozenset(_NAME.findall(page[at].plain)))
    authors = frozenset(
        name
        for at, told in enumerate(own[: prose[0] if prose else 0])
        if "role byline" in told or "bare name" in told
        for name in _NAME.findall(f" {page[at].plain}")
    )
    return _Article(prose, tuple(before), words, counts, lead, _content(title), said, names, authors)


def _by_itself(line: Seen) -> Features:
    plain = line.plain
    said = plain[: learned.LONGEST]
    words = WORD.findall(said)
    count = max(1, len(words))
    whole = said == plain
    size = len(plain) * (2 if UNSPACED.search(said) else 1)
    digits = sum(map(str.isdigit, said)) / len(said)
    capitals = sum(word[0].isupper() for word in words) / count
    role = origin.role_of(plain)
    look = dict(zip(learned.SHAPES, learned.shape(said, {}), strict=True))
    reported = bool(look["reported"])
    told = {
        next((f"len<={most}" for most in _LENGTHS if size <= most), "len>420"): True,
        "prose": shapes.is_prose(plain),
        "final": bool(FINAL.search(plain[-_END:])),
        "break": bool(shapes.SENTENCE_BREAK.search(said)),
        "stop": plain.endswith("."),
        "?": plain.endswith(("?", "？", "؟")),
        "!": plain.endswith("!"),
        "colon end": plain.endswith((":", "：")),
        "open end": plain.endswith(("…", "→", "»", ">", "|", ",")),
        "lower start": plain[0].islower(),
        "quote start": plain[0] in "\"“‘«„'",
        "quote": '"' in said or "“" in said or "«" in said,
        "bullet": bool(shapes.BULLET.match(plain)),
        "digit start": plain[0].isdigit(),
        "mostly digits": digits > 0.5,
        "digits": 0.1 < digits <= 0.5,
        "titled": len(words) >= 3 and capitals > 0.75,
        "sentence case": len(words) >= 3 and capitals < 0.35,
        "shouted": plain.isupper(),
        "you": bool(look["you"]),
        "we": bool(look["we"]),
        "command": bool(look["command"]),
        "address": bool(look["address"]),
        "bars": bool(look["bars"]),
        "label": bool(look["label"]),
        "reported": reported,
        "third person": bool(look["third person"]),
        "no verb": not _VERB.search(said),
        "brackets": bool(learned.BRACKETS.match(plain)),
        "open bracket": plain[0] in "([",
        "slash": "/" in said,
        "©": "©" in said,
        "ing": not reported and bool(_SHOWING.match(plain)),
        "shown": bool(_SHOWN.search(said)),
        "day end": bool(_DAY_AT_END.search(plain[-_END:])),
        "one word": count == 1,
        "caps end": whole and count > 2 and len(words[-1]) > 2 and words[-1].isupper() and not plain.isupper(),
        "name end": whole and count > 4 and words[-1][0].isupper() and words[-2][0].isupper() and plain[-1].isalpha(),
        "bracket end": plain[-1] in ")]" and plain[0] not in "([",
        "icon": bool(_ICON.search(said)),
        "price": bool(_PRICE.search(said)),
        "rule": line.reason is not None,
        f"rule {line.reason}": line.reason is not None,
        f"role {role}": role is not None,
        "bare name": origin.is_bare_name(plain.split(" | ")[0]),
        "credit": bool(shapes.CREDIT.match(plain)),
        "biography": bool(shapes.BIOGRAPHY.match(plain)),
        "sign off": bool(shapes.SIGN_OFF.match(plain)),
        "item": bool(shapes.ITEM.match(plain)),
        "section": residue.is_section(plain),
        "kicker": origin.is_kicker(plain),
        "list head": residue.is_list_head(plain),
        "telling": shapes.is_telling(plain),
        "dateline start": origin.has_dateline(plain),
        **{f"odds>{step:g}": line.odds > step for step in _STEPS},
    }
    amounts: Features = {name: 1.0 for name, holds in told.items() if holds}
    odds = max(-_MOST_ODDS, min(_MOST_ODDS, line.odds)) / 4
    return amounts | {"odds": odds, "odds+": max(0.0, odds)}


def _beside(line: Seen, told: Features) -> tuple[Features, Features]:
    """What is told of a line to the next one, and to the one after."""
    odds = max(-_MOST_NEAR, min(_MOST_NEAR, line.odds)) / 4
    common = {"odds": odds, "short": 1.0} if _is_short(told) else {"odds": odds}
    first = {key: told[key] for key in _NEAR if key in told}
    return common | first, common | {key: first[key] for key in _NEAR[:3] if key in first}


def _position(at: int, lines: int, article: _Article) -> Features:
    zone = article.zone(at)
    before, after = article.before[at], len(article.prose) - article.before[at] - (at in article.prose)
    told = {
        f"zone {zone}": True,
        "one before": before == 1,
        "one after": after == 1,
        "deep": before >= 2 and after >= 2,
        "just above": zone == "above" and article.prose[0] - at <= 2,
        "just below": zone == "below" and at - article.prose[-1] <= 1,
        "far below": zone == "below" and at - article.prose[-1] > 6,
        "first": at == 0,
        "second": at == 1,
        "last": at == lines - 1,
        "title known": bool(article.title),
    }
    return {name: 1.0 for name, holds in told.items() if holds}


def _told(line: Seen, at: int, article: _Article) -> Features:
    """How much of a line the article says elsewhere."""
    words = article.words[at]
    told: Features = {}
    is_prose = at in article.prose
    first = WORD.match(line.plain)
    if at > 1 and first and first.group() in article.authors:
        told["author"] = 1.0
    if not is_prose and _ECHO < len(line.plain) <= learned.LONGEST:
        quoted = line.plain.casefold().strip("\"'“”‘’«». ")
        if quoted in article.said:
            told |= {"echo": 1.0, "echo final": float(bool(FINAL.search(line.plain)))}
    if names := frozenset(_NAME.findall(line.plain)):
        told["names told"] = sum(article.names.get(name, 0) > is_prose for name in names) / len(names)
        if len(names) >= 2 and not told["names told"]:
            told["names new"] = 1.0
    if not words:
        return told
    elsewhere = sum(article.counts.get(word, 0) > is_prose for word in words) / len(words)
    told["told"] = elsewhere
    if len(words) >= 3 and elsewhere == 0:
        told["told none"] = 1.0
    if len(words) >= 3 and elsewhere >= 0.5:
        told["told half"] = 1.0
    if len(words) >= 2 and article.prose[:1] != (at,):
        told["lead"] = len(words & article.lead) / len(words)
    if article.title:
        shared = len(words & article.title)
        told["title"] = shared / len(words)
        if shared >= 0.6 * max(len(words), len(article.title)):
            told["is title"] = 1.0
    return told


def _runs(holds: Sequence[bool]) -> list[int]:
    """For each line the length of the run of such lines that it stands in."""
    lengths = [0] * len(holds)
    start = 0
    for at, held in enumerate([*holds, False]):
        if not held:
            lengths[start:at] = [at - start] * (at - start)
            start = at + 1
    return lengths


def _heard(page: Sequence[Seen], own: Sequence[Features]) -> list[Features]:
    """What the lines around a line, above it and on the whole page say of it."""
    odds = [told.get("odds", 0.0) for told in own]
    is_whole = sum("rule" in told for told in own) >= _PASTED_WHOLE
    found: list[Features] = []
    seen: set[str] = set()
    listed = 0
    for at, told in enumerate(own):
        beside = [*odds[max(0, at - _AROUND) : at], *odds[at + 1 : at + 1 + _AROUND]]
        more: Features = {"around": sum(beside) / len(beside) if beside else 0.0}
        if "prose" in told and "rule" not in told:
            listed = 0
        elif listed:
            more |= {"listed": 1.0} if listed <= 3 else {"listed": 1.0, "listed far": 1.0}
        listed = 1 if "list head" in told or "rule read-more" in told else listed + (listed > 0)
        plain = page[at].plain
        if len(plain) > 2 and plain in seen and "prose" not in told:
            more["repeat"] = 1.0
        seen.add(plain)
        if is_whole:
            more["among rules"] = 1.0
            more |= {"open among rules": 1.0} if not told.keys() & {"final", "prose"} else {}
        found.append(more)
    return found


def _blocks(page: Sequence[Seen], own: Sequence[Features]) -> Iterator[Features]:
    """What blank lines say: where a page has some, and not between all lines, lines without one belong together."""
    starts = [at for at, line in enumerate(page) if line.after_blank or at == 0]
    if not 1 < len(starts) < len(page):
        yield from ({} for _ in page)
        return
    for start, end in pairwise([*starts, len(page)]):
        rules = sum("rule" in told for told in own[start:end])
        paragraphs = sum("prose" in told for told in own[start:end])
        for at in range(start, end):
            told = {
                "after blank": at == start and at > 0,
                "before blank": at == end - 1 and end < len(page),
                "block rule": rules > ("rule" in own[at]),
                "block prose": paragraphs > ("prose" in own[at]),
            }
            yield {name: 1.0 for name, holds in told.items() if holds}


def _is_short(told: Features) -> bool:
    return not told.keys() & {"prose", "final", "len<=240", "len<=420", "len>420", "len<=140"}


def _is_open(line: Seen, told: Features) -> bool:
    return len(line.plain) <= _LONGEST_LINK and not told.keys() & {"prose", "final"}


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in _CONTENT.findall(text.lower()) if word not in _COMMON)
