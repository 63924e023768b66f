"""What is seen of each line of a page, as named numbers: by itself, beside its neighbours and within the article.

`sequence` weighs them. A feature is there or not (1.0) where its name says no amount; what is absent is not named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.cleaning import learned, origin, residue, shapes
from pipeline.cleaning.lines import FINAL, UNSPACED, WORD
from pipeline.types import Reason

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
    "no verb",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A line as a reader sees it, whether it stands after a blank line, and what its words alone say of it."""

    plain: str
    after_blank: bool
    odds: float
    reason: Reason | None


def features(page: Sequence[Seen], title: str = "") -> list[Features]:
    """The features of every line of a page; `title` is what the reader of the file knew, or empty."""
    itself = {line.plain: _by_itself(line) for line in page}
    own = [itself[line.plain] for line in page]
    article = _article(page, own, title)
    near = [_beside(line, of_it) for line, of_it in zip(page, own, strict=True)]
    runs = _runs(own)
    mixed = any(line.after_blank for line in page[1:]) and not all(line.after_blank for line in page[1:])
    seen: set[str] = set()
    found: list[Features] = []
    for at, line in enumerate(page):
        told = own[at] | _position(at, len(page), article) | _told(line, at, article)
        for away, name in ((-1, "prev "), (1, "next "), (-2, "prev2 "), (2, "next2 ")):
            if 0 <= at + away < len(page):
                told |= {name + key: value for key, value in near[at + away][abs(away) - 1].items()}
            else:
                told[name + "edge"] = 1.0
        if mixed:
            told |= {"after blank": 1.0} if line.after_blank else {}
            told |= {"before blank": 1.0} if at + 1 < len(page) and page[at + 1].after_blank else {}
        told |= {f"run{length}": 1.0 for length in _RUNS if runs[at] >= length}
        if len(line.plain) > 2 and line.plain in seen and "prose" not in own[at]:
            told["repeat"] = 1.0
        seen.add(line.plain)
        zone = article.zone(at)
        told |= {f"{zone} {key}": told[key] for key in _ZONED if key in told}
        found.append(told)
    return found


@dataclass(frozen=True, slots=True)
class _Article:
    """The paragraphs of a page: their places, the words they share, those of the first three and of a known title."""

    prose: tuple[int, ...]
    before: tuple[int, ...]
    words: Sequence[frozenset[str]]
    counts: Mapping[str, int]
    lead: frozenset[str]
    title: frozenset[str]

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
    return _Article(prose, tuple(before), words, counts, lead, _content(title))


def _by_itself(line: Seen) -> Features:
    plain = line.plain
    words = WORD.findall(plain)
    count = max(1, len(words))
    size = len(plain) * (2 if UNSPACED.search(plain) else 1)
    digits = sum(map(str.isdigit, plain)) / len(plain)
    capitals = sum(word[0].isupper() for word in words) / count
    role = origin.role_of(plain)
    reported = bool(learned.REPORTED.search(plain))
    told = {
        next((f"len<={most}" for most in _LENGTHS if size <= most), "len>420"): True,
        "prose": shapes.is_prose(plain),
        "final": bool(FINAL.search(plain)),
        "break": bool(shapes.SENTENCE_BREAK.search(plain)),
        "stop": plain.endswith("."),
        "?": plain.endswith(("?", "？", "؟")),
        "!": plain.endswith("!"),
        "colon end": plain.endswith((":", "：")),
        "open end": plain.endswith(("…", "→", "»", ">", "|", ",")),
        "lower start": plain[0].islower(),
        "quote start": plain[0] in "\"“‘«„'",
        "quote": '"' in plain or "“" in plain or "«" in plain,
        "bullet": bool(shapes.BULLET.match(plain)),
        "digit start": plain[0].isdigit(),
        "mostly digits": digits > 0.5,
        "digits": 0.1 < digits <= 0.5,
        "titled": len(words) >= 3 and capitals > 0.75,
        "sentence case": len(words) >= 3 and capitals < 0.35,
        "shouted": plain.isupper(),
        "you": bool(learned.YOU.search(plain)),
        "we": bool(learned.WE.search(plain)),
        "command": residue.is_command(plain),
        "address": bool(learned.ADDRESS.search(plain)),
        "bars": bool(learned.BARS.search(plain)),
        "label": bool(learned.LABEL.match(plain)),
        "reported": reported,
        "third person": bool(learned.THIRD_PERSON.search(plain)),
        "no verb": not _VERB.search(plain),
        "brackets": bool(learned.BRACKETS.match(plain)),
        "open bracket": plain[0] in "([",
        "slash": "/" in plain,
        "©": "©" in plain,
        "ing": not reported and bool(_SHOWING.match(plain)),
        "shown": bool(_SHOWN.search(plain)),
        "day end": bool(_DAY_AT_END.search(plain)),
        "one word": count == 1,
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
    if len(plain) <= learned.LONGEST:
        odds = max(-_MOST_ODDS, min(_MOST_ODDS, line.odds)) / 4
        amounts |= {"odds": odds, "odds+": max(0.0, odds)}
    return amounts


def _beside(line: Seen, told: Features) -> tuple[Features, Features]:
    """What is told of a line to the next one, and to the one after."""
    odds = max(-_MOST_NEAR, min(_MOST_NEAR, line.odds)) / 4 if len(line.plain) <= learned.LONGEST else 0.0
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
    if not words:
        return {}
    elsewhere = sum(article.counts.get(word, 0) > (at in article.prose) for word in words) / len(words)
    told: Features = {"told": elsewhere}
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


def _runs(own: Sequence[Features]) -> list[int]:
    """For each line the length of the run of short lines without an end that it stands in."""
    lengths = [0] * len(own)
    start = 0
    for at, told in enumerate([*own, {"prose": 1.0}]):
        if not _is_short(told):
            lengths[start:at] = [at - start] * (at - start)
            start = at + 1
    return lengths


def _is_short(told: Features) -> bool:
    return not told.keys() & {"prose", "final", "len<=240", "len<=420", "len>420", "len<=140"}


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in _CONTENT.findall(text.lower()) if word not in _COMMON)
