"""What a line of a pasted article is when it is not the article: rules by kind, for one line at a time.

A rule looks at a line as a reader sees it (`plain`: invisible characters gone, white space collapsed). Rules that would
also fit a sentence of a story ask for more: an imperative and a publisher's noun, a label at the very start, a line
made of nothing but button words. The words and patterns are data, in `residue.toml`. `structure` adds what only the
surroundings can tell (the list under "Most read").
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import get_args

from pipeline.types import Reason

# Longest line that a label or an appeal may make residue of: story paragraphs of news run from 150 characters up.
_MAX_LABELLED = 220
_MAX_APPEAL = 420
_MAX_WORDED = 16

_SEPARATORS = re.compile(r"\s*(?:[|·•●▪/,>›»→‹«;:+]|\s[-–—]\s|\s{2,}|\t)\s*")
# What may stand around a button's words: markup, bullets, icons.
_EDGES = "*_#[](){}<>|·•●▪►▶→»›«‹✕×☰⌕↑↓…!?.:;,-–—~=+^\"'“”’‘✓✔ \t\u00a0"
_BULLET = re.compile(r"^[►▶→»>•*▪▲△–—_-]+\s*")
_COUNT = re.compile(r"\(?\d[\d.,]*\s?[km]?\)?", re.IGNORECASE)
_READING_TIME = re.compile(
    r"(?:est\.? |estimated )?(?:reading time|lesezeit|temps de lecture|tiempo de lectura|время чтения)?:? ?"
    r"\d{1,3}[ -]?(?:min(?:ute)?s?|min\.|minuten|minutos|минут[аы]?|мин\.?|分钟|分)"
    r"(?: (?:read|listen|lesezeit|de lecture|de lectura|lesen|watch|video|чтения|阅读))?"
    r"|\d{1,2}:\d\d(?: ?(?:/ ?\d{1,2}:\d\d|min(?:utes)?))?",
    re.IGNORECASE,
)
_CLAUSE_START = r"(?:^|[.!?:;|>–—]\s*|\b(?:please|here to|now to|how to) )"
_REPORTED = re.compile(
    r"\b(?:said|says|told|tells|according to|added|asked|wrote|announced|reported|urged)\b|[”\"]\s*$|^[“\"]",
    re.IGNORECASE,
)
# A link to another story in the middle of one: "Fourth of July:Where to find fireworks" (pasting lost the space).
_GLUED_LINK = re.compile(
    r"^(?:[^.:!?\"“]{2,60}|[^.:!\"“]{2,60}\?):(?=['‘“\"]?[^\W\d_a-z])(?=\S+(?:\s+\S+){3}).*[^.:;,\"”]$"
)
# A link to another story behind an arrow: ">> Operator denies lapse".
_POINTED_LINK = re.compile(r"^(?:>{2,}|[»►▶→])\s*\S[^.!?…]*$")
_SHOP = re.compile(
    r"^(?:[^\W\d_a-z][\w&’'.]*\s+){1,5}(?i:(?:online )?(?:store|shop|bookshop|boutique|marketplace|merch|kiosk|"
    r"classifieds|subscriptions))$"
)
_LIST_HEAD = re.compile(
    r"(?:most (?:read|viewed|popular)|more (?:from|in|on)|related|trending|latest|recommended)\b[^.]{0,40}$"
)
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "this", "to", "with")
)
_TO_READER = frozenset(("you", "your", "us", "our", "we", "here", "now", "today", "below", "please"))
_DIGIT = re.compile(r"\d")
_STEP = re.compile(r"\s[/>›»→|]\s")
_CREDIT_SIGNS = frozenset("/|©:([：")
_NO_LOWER = re.compile(r"^[^\W\d_a-z][\w&]*(?:\s+[^\W\d_a-z][\w&]*)*$")
_NO_TEXT = re.compile(r"[\W_]+")


def reason(plain: str) -> Reason | None:
    """Why a line is not part of the article, judged by itself; None when it may be."""
    if not plain or _NO_TEXT.fullmatch(plain):
        return "navigation"
    if len(plain) > _MAX_APPEAL:
        return None
    rules = _rules()
    reported = bool(_REPORTED.search(plain))
    bare = _BULLET.sub("", plain)
    if len(plain) <= _MAX_LABELLED:
        if found := _buttons(plain):
            return found
        story = reported and len(plain) > 40 and plain[-1] in '.”"’'
        for rule in rules:
            if rule.labels and rule.labels.match(bare) and not story:
                return rule.reason
        if _GLUED_LINK.match(bare) or _POINTED_LINK.match(plain):
            return "read-more"
    credited = plain[0] not in "–—-" and (len(plain) < 60 or not _CREDIT_SIGNS.isdisjoint(plain))
    for rule in rules:
        if rule.endings and credited and rule.endings.search(plain):
            return rule.reason
        if not reported and rule.appeals and rule.appeals.search(bare):
            return rule.reason
    return None if reported else _wording(plain)


def is_shop(plain: str) -> bool:
    """Whether a line names a shop or service of the publisher ("… Store"): residue only below the article."""
    return bool(_SHOP.match(plain))


def is_command(plain: str) -> bool:
    """Whether a line begins by telling its reader to do something that pages want of them ("Sign up", "Read")."""
    return bool(_command().match(plain))


def is_list_head(plain: str) -> bool:
    """Whether a line heads a list of other stories ("Most read", "Related stories")."""
    words = plain.strip(_EDGES).lower()
    return _button_reasons().get(words) == "read-more" or bool(_LIST_HEAD.match(words))


@dataclass(frozen=True, slots=True)
class _Rule:
    """The patterns that make a line residue of one kind: at its start, at its end, or as an appeal to the reader."""

    reason: Reason
    labels: re.Pattern[str] | None
    endings: re.Pattern[str] | None
    appeals: re.Pattern[str] | None


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, str]]:
    tables = tomllib.loads(files("pipeline.cleaning").joinpath("residue.toml").read_text(encoding="utf-8"))
    return {str(name): dict(table) for name, table in tables.items()}


@lru_cache(maxsize=1)
def _command() -> re.Pattern[str]:
    return re.compile(rf"(?:please )?(?:{_either(_tables()['imperatives']['verbs'])})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    imperative = rf"{_CLAUSE_START}(?:{_either(_tables()['imperatives']['verbs'])})\b"
    rules: list[_Rule] = []
    for why in get_args(Reason):
        table = _tables().get(why, {})
        appeals = [rf"{imperative}.{{0,160}}\b(?:{_either(table['objects'])})"] if "objects" in table else []
        appeals += [rf"^(?:{_either(table['openings'])})"] if "openings" in table else []
        rules.append(
            _Rule(
                why,
                re.compile(_either(table["labels"]), re.IGNORECASE) if "labels" in table else None,
                re.compile(_either(table["endings"])) if "endings" in table else None,
                re.compile("|".join(appeals), re.IGNORECASE) if appeals else None,
            )
        )
    return tuple(rules)


def _either(listed: str) -> str:
    return "|".join(line for line in map(str.strip, listed.splitlines()) if line)


@lru_cache(maxsize=1)
def _button_reasons() -> dict[str, Reason]:
    """Button words and why they are residue; where two kinds share one, the earlier in `Reason` wins."""
    reasons: dict[str, Reason] = {}
    for why in get_args(Reason):
        for phrase in _tables().get(why, {}).get("buttons", "").replace("\n", " ").split(","):
            reasons.setdefault(phrase.strip(), why)
    reasons.pop("", None)
    return reasons


@lru_cache(maxsize=1)
def _of_buttons() -> frozenset[str]:
    """The words that buttons are made of."""
    return frozenset(word for phrase in _button_reasons() for word in phrase.split())


def _buttons(plain: str) -> Reason | None:
    """The kind of a line that consists of button words, counts and reading times alone."""
    known = _button_reasons()
    whole = plain.strip(_EDGES).lower()
    if whole in known:
        return None if _is_ambiguous(whole) else known[whole]
    if _READING_TIME.fullmatch(whole):
        return "share bar"
    parts = [part.strip(_EDGES).lower() for part in _SEPARATORS.split(plain)]
    parts = [part for part in parts if part and not _COUNT.fullmatch(part) and not _READING_TIME.fullmatch(part)]
    may_be_menu = bool(_NO_LOWER.match(plain)) or len(_STEP.findall(plain)) > 1
    if not may_be_menu and any(
        len(word) > 1 and word not in _of_buttons() for part in parts if part not in known for word in part.split()
    ):
        return None
    parts = [phrase for part in parts for phrase in ([part] if part in known else _phrases(part))]
    if not parts or (len(parts) == 1 and _is_ambiguous(parts[0])):
        return None
    if any(part not in known for part in parts):
        menu = (_NO_LOWER.match(plain) and _is_menu(parts)) or _is_breadcrumb(plain, parts)
        return "navigation" if menu else None
    kinds = [known[part] for part in parts if not _is_ambiguous(part)] or ["navigation"]
    return max(dict.fromkeys(kinds), key=kinds.count)


def _wording(plain: str) -> Reason | None:
    """The kind of a short line half of whose words belong to the trade of publishing on the web."""
    words = list(dict.fromkeys(word.lower() for word in _WORD.findall(plain)))
    if not 2 <= len(words) <= _MAX_WORDED:
        return None
    telling = [word for word in words if word not in _SMALL_WORDS and word not in _TO_READER]
    kinds = [_trade_words()[word] for word in telling if word in _trade_words()]
    is_sentence = plain.endswith(".")
    enough = len(kinds) > 1 and not (is_sentence and _TO_READER.isdisjoint(words))
    if not enough or len(kinds) * 2 < len(telling):
        return None
    return max(dict.fromkeys(kinds), key=kinds.count)


@lru_cache(maxsize=1)
def _sections() -> frozenset[str]:
    return frozenset(_tables()["sections"]["words"].split())


@lru_cache(maxsize=1)
def _trade_words() -> dict[str, Reason]:
    return {word: why for why in get_args(Reason) for word in _tables().get(why, {}).get("words", "").split()}


def _is_menu(parts: list[str]) -> bool:
    """Whether words are a row of sections: at least four, none but names, most of them known."""
    known = sum(part in _button_reasons() for part in parts)
    return len(parts) >= 4 and known * 3 >= len(parts) * 2


def _is_breadcrumb(plain: str, parts: list[str]) -> bool:
    """Whether a line is a path through the site: "News / Politics / Islands"."""
    steps = len(_STEP.findall(plain))
    return (
        steps >= 2
        and not _DIGIT.search(plain)
        and len(plain) <= 80
        and any(part in _button_reasons() for part in parts)
    )


def _is_ambiguous(phrase: str) -> bool:
    """Whether a button word may as well be a sub-headline of the story ("China", "Health")."""
    return phrase.rstrip(".") in _sections()


def is_section(plain: str) -> bool:
    """Whether a line is the name of a section or page ("China", "Help"): residue only outside the article."""
    return plain.strip(_EDGES).lower() in _button_reasons()


def _phrases(text: str) -> list[str]:
    """Words put together into the longest button phrases, from the left; a word that is in none stays alone."""
    words, known = text.split(), _button_reasons()
    phrases: list[str] = []
    at = 0
    while at < len(words):
        lengths = range(min(6, len(words) - at), 0, -1)
        length = next((n for n in lengths if " ".join(words[at : at + n]) in known), 1)
        if length == 1 and len(words[at]) == 1 and len(words) > 1:
            at += 1  # the letter of an icon font
            continue
        phrases.append(" ".join(words[at : at + length]))
        at += length
    return phrases
