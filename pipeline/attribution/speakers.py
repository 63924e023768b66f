"""How a speaker is named: "the Highland Front’s Tarik al-Masri" is "Tarik al-Masri, Highland Front".

A surname becomes the full name that the article gives, with the role that it gives with it; "the bureau" becomes the
bureau that it names. What the article does not say is not filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from pipeline.grounding.lexicon import listed
from pipeline.grounding.names import TITLES
from pipeline.grounding.places import place_of
from pipeline.grounding.reporting import ADDRESSEES, MEDIA
from pipeline.grounding.words import fold, plain
from pipeline.people import ROLES, descriptions, surname

UNNAMED = "unnamed sources"
"""Who says what a sentence gives as said without saying by whom."""

_PARTICLE = r"(?:(?:al|el|ad|as|ar|bin|ibn|ben|abu|de|da|del|della|di|van|von|der|den|la|le|dos|du)[ -])?"
_WORD = rf"{_PARTICLE}\p{{Lu}}(?:[\p{{L}}'\-]|\.(?=\p{{Lu}}))*"
# A person's name has no "of" or "for"; that of a body may.
_NAME = rf"{_WORD}(?: (?:\p{{Lu}}\. )?{_WORD})*"
_BODY = rf"{_WORD}(?: (?:(?:of|for|and|the|&|in|de|des) )*{_WORD})*"
_FULL_NAME = regex.compile(rf"(?<![\p{{L}}'\-]){_WORD}(?: (?:\p{{Lu}}\. )?{_WORD})+")
_OWNED = regex.compile(rf"(?P<owner>.+?)(?:'s|s')(?P<role>(?: [\p{{Ll}}][\p{{L}}\-]*)*) (?P<name>{_NAME})")
_ROLE = r"(?:[\p{L}'\-]+ )*?(?!(?:of|the|for|at|in|from|with|and) )\p{Ll}[\p{L}\-]*"
_ROLE_AND_NAME = regex.compile(rf"(?:[Tt]he |[Aa]n? )?(?P<role>{_ROLE}) (?P<name>{_NAME})")
_NAME_OF_BODY = regex.compile(rf"(?P<name>{_NAME}),? of (?:the )?(?P<body>{_BODY})")
_ONLY_NAME = regex.compile(_NAME)
_ARTICLE = regex.compile(r"^(?:the|a|an|its|their|his|her|our) ", regex.IGNORECASE)
_CALLED = regex.compile(
    rf"(?P<role>.+?),? (?:who uses the name|who calls himself|known as|called|named) (?P<name>{_NAME})"
)
_TAIL = regex.compile(
    r",? (?:(?:(?:late|early|earlier|later) )?(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*|"
    r"(?:in|at|on|by|via) (?:an? |the |its |his |her )?(?:\w+ )?(?:statement|interview|report|briefing|post|letter|"
    r"telephone|phone|email|telegram|x|twitter)\b.*|(?:this|last) (?:week|month|year)|seen by .*|today|yesterday)$",
    regex.IGNORECASE,
)
_LEADING = regex.compile(
    r"^(?:(?:but|and|yet|so|meanwhile|however|still|also|only|even|later|earlier),? |"
    r"(?:an?|one|two|three|some) (?:hour|day|week|month|year)s? (?:earlier|later|before|ago),? )",
    regex.IGNORECASE,
)
_RELATIVE = regex.compile(r"(?:who|which|whose|\d)")
_RELATIVE_TAIL = regex.compile(r", (?:who|which|whose) .*$")
_COURTESY = listed("mr mrs ms miss dr prof sir dame lord lady")
_BODIES = listed(
    """
    group company firm agency authority office bureau board commission committee council court department ministry party
    union alliance association federation league bank police army navy force militia brigade mission operator panel
    government airline hospital school university institute line front guard broadcaster newspaper charity watchdog
    regulator maker carmaker movement tribunal service trust cooperative foundation
    """
)
_NOT_SOURCES = listed("sources source officials official reports people")


def speaker(words: str, article: Sequence[str], at: int) -> str:
    """A speaker as written in sentence `at` of an article, by the fullest name and role that the article gives."""
    name, role = _taken_apart(_bare(words))
    if name is None:
        return _body_meant(_bare(words), article, at) or _bare(words)
    if not _is_body(name) and not role.startswith("the "):
        full = _full_name(name, article)
        role = role or _role_of(full, article)
        name = full
    return f"{name}, {role}" if role else name


def is_person(described: str) -> bool:
    """Whether a speaker is named as a person is: a name, and not that of a body or a publisher."""
    name = described.partition(",")[0]
    return bool(_ONLY_NAME.fullmatch(_untitled(name))) and not _is_body(name)


def opening_person(sentence: str) -> str:
    """The person whom a sentence opens with, as written there; empty when it opens with none."""
    text = plain(sentence)
    match = _FULL_NAME.match(text)
    return match.group() if match and text[match.end() :][:1] in " ," and is_person(match.group()) else ""


def described_person(sentence: str) -> str:
    """The only person whom a sentence describes; empty when it describes none or several."""
    found = {name for name, _ in descriptions(sentence)}
    return found.pop() if len(found) == 1 else ""


def outlet(words: str, article: Sequence[str]) -> str:
    """The publisher that somebody is told something by; empty when it was no publisher that was told."""
    bare = _bare(words)
    name = _ARTICLE.sub("", bare)
    said = listed(fold(bare).replace("-", " "))
    if said & MEDIA and fold(bare).rsplit(" ", 1)[-1] not in ADDRESSEES:
        of_kind = _ROLE_AND_NAME.fullmatch(bare)
        named = bool(of_kind) and bool(listed(fold(of_kind["role"])) & MEDIA) if of_kind else False
        return of_kind["name"] if of_kind and named else name
    if not _ONLY_NAME.fullmatch(name) or said & (ADDRESSEES | TITLES | _BODIES | ROLES):
        return ""
    if place_of(tuple(fold(name).split())) or _is_named_person(name, article):
        return ""
    return name


def _bare(words: str) -> str:
    """The words without "but" before and "on Tuesday" behind."""
    return _LEADING.sub("", _TAIL.sub("", plain(words).strip(" ,.:;")))


def _taken_apart(words: str) -> tuple[str | None, str]:
    """The name in a description and the role that comes with it; no name when there is none."""
    called = _CALLED.fullmatch(words)
    if called:
        return called["name"], _ARTICLE.sub("", called["role"])
    first, comma, rest = words.partition(", ")
    if comma:
        rest = rest.removesuffix(",")
        if _ONLY_NAME.fullmatch(rest) and not _ONLY_NAME.fullmatch(_untitled(first)):
            return rest, _ARTICLE.sub("", first)
        name, role = _taken_apart(first)
        described = "" if _RELATIVE.match(rest) else _ARTICLE.sub("", rest)
        described = _RELATIVE_TAIL.sub("", described)
        return (name, role or described) if name else (None, "")
    owned = _OWNED.fullmatch(words)
    if owned and not _is_body(owned["name"]):
        owner = _ARTICLE.sub("", owned["owner"]) if not owned["role"] else f"{_ARTICLE.sub('', owned['owner'])}'s"
        return owned["name"], f"{owner}{owned['role']}"
    of = _NAME_OF_BODY.fullmatch(words)
    if of and not _is_body(of["name"]) and " " in of["name"]:
        return of["name"], of["body"]
    bare = _ARTICLE.sub("", words)
    if _ONLY_NAME.fullmatch(bare):
        return _untitled(bare) if fold(bare).split(" ")[0].strip(".") in _COURTESY else bare, ""
    with_role = _ROLE_AND_NAME.fullmatch(words)
    if with_role:
        kind = listed(fold(with_role["role"]).replace("-", " "))
        if kind & ROLES and not kind & MEDIA:
            return with_role["name"], _ARTICLE.sub("", with_role["role"])
        if kind & (MEDIA | _BODIES):
            return with_role["name"], ""
    return None, ""


def _untitled(name: str) -> str:
    """A name without "Mr", "Dr." and other words of courtesy, and without offices: "General Branko Osterle"."""
    parts = name.split(" ")
    while len(parts) > 1 and fold(parts[0]).strip(".") in _COURTESY | TITLES:
        parts = parts[1:]
    return " ".join(parts)


def _is_body(name: str) -> bool:
    last = fold(name).rsplit(" ", 1)[-1]
    words = listed(fold(name).replace("-", " "))
    return last in _BODIES or bool(words & (MEDIA | _BODIES)) or " of " in name or name.isupper()


def _full_name(name: str, article: Sequence[str]) -> str:
    """The first name of the article that ends in this surname, offices kept; the name itself when there is none."""
    bare = _untitled(name)
    if " " in bare and not bare.startswith(("al-", "el-")):
        return name
    key = fold(bare).removeprefix("al-").removeprefix("el-")
    for sentence in article:
        for written in _full_names(sentence):
            found = written.removesuffix("'s").removesuffix("'")
            whole = _untitled(found)
            last = fold(surname(whole)).removeprefix("al-").removeprefix("el-")
            if last == key and " " in whole:
                return found if fold(found.split(" ")[0]).strip(".") not in _COURTESY else whole
    return name


@lru_cache(maxsize=8192)
def _full_names(sentence: str) -> tuple[str, ...]:
    return tuple(match.group() for match in _FULL_NAME.finditer(plain(sentence)))


def _role_of(name: str, article: Sequence[str]) -> str:
    """The first role that the article gives a person beside the name; empty when it gives none."""
    bare = _untitled(name)
    for sentence in article:
        if surname(bare) not in sentence:
            continue
        for found, piece in descriptions(sentence):
            if plain(found) == bare and ", who " not in piece:
                role = plain(piece).replace(bare, " ").strip(" ,")
                return "" if len(role.split()) > 10 or role in name else _ARTICLE.sub("", " ".join(role.split()))
        text = plain(sentence)
        if f"'s {bare}" not in text and f"s' {bare}" not in text:
            continue  # to compile the pattern takes a hundred times as long as to look for these
        owned = regex.search(rf"(?P<owner>{_BODY})(?:'s|s') {regex.escape(bare)}", text)
        if owned:
            return owned["owner"]
    return ""


def _body_meant(words: str, article: Sequence[str], at: int) -> str:
    """The full name of "the bureau", "the port authority": the last one before that ends so."""
    short = regex.fullmatch(r"[Tt]he ((?:\p{L}[\p{L}\-]* )?\p{L}[\p{L}\-]*)", words)
    if short is None or not listed(fold(short[1]).replace("-", " ")) & _BODIES:
        return ""
    ending = fold(short[1])
    for sentence in reversed(article[: at + 1]):
        for match in regex.finditer(_BODY, plain(sentence)):
            found = _ARTICLE.sub("", match.group().removesuffix("'s"))
            if fold(found).endswith(f" {ending}") and " of " not in found:
                return found
    return ""


def _is_named_person(name: str, article: Sequence[str]) -> bool:
    """Whether the article has this name with a longer one, a role or a title: a person, not a publisher."""
    for sentence in article:
        if any(plain(found).endswith(name) for found, _ in descriptions(sentence)):
            return True
        for written in _full_names(sentence):
            if " " not in name and written.removesuffix("'s").endswith(f" {name}"):
                return True
    return False
