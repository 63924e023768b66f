"""People in a text: names with the role that the sentence gives them, in its very words.

"The environment minister, Howell Prentis, …"   "Callum Reyes, the company's operations director, …"
"Superintendent Gail Ambry of Ashmere Police …"  "Noor Haddow, who runs the Lock Street bakery, …"
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

_ROLE_TEXT = """
    minister president director chief secretary chair chairman chairwoman chairperson executive spokesman spokeswoman
    spokesperson officer commissioner superintendent sheriff judge justice professor doctor analyst columnist leader
    head mayor governor senator lawmaker mp deputy general colonel major captain commander admiral lieutenant sergeant
    constable inspector detective engineer economist scientist researcher historian lawyer attorney prosecutor
    ambassador envoy diplomat king queen prince princess pope bishop archbishop imam manager owner founder partner
    adviser advisor coordinator negotiator mediator organiser organizer driver farmer rancher baker teacher student
    nurse surgeon pilot skipper master fisherman foreman worker resident shopkeeper businessman businesswoman investor
    author editor reporter actor singer coach player striker examiner coroner auditor investigator member
    representative councillor councilor chancellor premier fellow lecturer expert specialist vet veterinarian
    pathologist epidemiologist virologist meteorologist forecaster surveyor architect designer witness survivor
    mother father wife husband son daughter brother sister cousin widow"""
ROLES = frozenset(_ROLE_TEXT.split())
_LONGEST_ROLE = 14
# A name that ends in one of these is no person's.
_ORGANISATION_TEXT = """
    group water rail rails railways college university institute school academy hospital center centre agency authority
    office bureau board commission committee council court department ministry party union alliance association
    federation league bank capital partners securities holdings company corporation corp inc ltd plc airlines airways
    motors foods stores markets energy power oil gas steel shipping lines maritime biologics microdevices systems
    technologies industries construction brothers sons associates services
    news times post observer chronicle gazette journal herald tribune dispatch star mail
    telegraph guardian press radio television police army navy force forces front guard museum theatre club city
    county valley river bay street road bridge dam island islands republic kingdom nations states"""
ORGANISATIONS = frozenset(_ORGANISATION_TEXT.split())
_TITLE_TEXT = """
    mr mrs ms dr sir dame lord lady prof environment foreign defence defense finance interior prime home health justice
    state energy transport economy agriculture first vice former acting"""
_NO_NAME_TEXT = """
    the and but or said told says that its his her their a an of by with to when while as for in on at from who"""
_BEFORE_NAME = ROLES | frozenset(_TITLE_TEXT.split()) | frozenset(_NO_NAME_TEXT.split())
_NO_TITLE = frozenset(_NO_NAME_TEXT.split())

_PART = r"\p{Lu}[\p{L}’'\-]*\p{Ll}"
_NAME = regex.compile(
    rf"(?<![\p{{L}}’'\-]){_PART}(?: (?:(?:de|da|del|van|von|der|al|bin|ibn|\p{{Lu}}\.) )?{_PART}){{1,3}}(?![\p{{L}}])"
)
_AFTER = regex.compile(r", ((?:[^,.;:“”\"()]|\.(?=\d))+)(?=[,.;])")
_BEFORE = regex.compile(r"(?:^|[,;:“] ?|\. )([^,.;:“”\"()]+), $")
_OF = regex.compile(rf" of (?:the )?{_PART}(?: {_PART})*")
# What a description in the middle of a sentence opens with: "said *the* head of research".
_ARTICLE = regex.compile(r"(?:^|.*?\s)(?=(?:[Tt]he|[Aa]n?|\p{Lu}[\p{L}’']+[’']s)\s)")
_OWN = regex.compile(r"^(?:[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) (?:own )?")


def surname(name: str) -> str:
    """The last part of a name."""
    return name.rsplit(" ", 1)[-1]


def descriptions(text: str) -> Iterator[tuple[str, str]]:
    """The names of a sentence that come with a role, each with the piece of the sentence that gives both."""
    for match in _NAME.finditer(text):
        start, end = _without_title(match.group(), match.start()), match.end()
        name = text[start:end]
        if " " not in name or surname(name).casefold() in ORGANISATIONS:
            continue
        piece = _role_after(text, start, end) or _role_before(text, start, end) or _title_of(text, start, end)
        if piece:
            yield name, piece


def _without_title(words: str, start: int) -> int:
    """Where the name begins after capitalised titles: "Environment Minister Howell Prentis"."""
    parts = words.split(" ")
    while len(parts) > 1 and parts[0].casefold().rstrip(".") in _BEFORE_NAME:
        start += len(parts.pop(0)) + 1
    return start


def _role_after(text: str, start: int, end: int) -> str:
    match = _AFTER.match(text, end)
    if match is None or len(match[1].split()) > _LONGEST_ROLE:
        return ""
    if not match[1].startswith("who ") and not _has_role(match[1]):
        return ""
    return text[start:end] + ", " + _OWN.sub("", match[1])


def _role_before(text: str, start: int, end: int) -> str:
    match = _BEFORE.search(text, 0, start)
    if (
        match is None
        or len(match[1].split()) > _LONGEST_ROLE
        or not _has_role(match[1])
        or text[end : end + 1] not in ",.;"
    ):
        return ""
    if _OWN.match(match[1]):
        return f"{text[start:end]}, {_OWN.sub('', match[1])}"
    opening = _ARTICLE.match(match[1])
    return text[match.start(1) + opening.end() : end] if opening else ""


def _title_of(text: str, start: int, end: int) -> str:
    """ "chief executive Jerome Vantongeren": the words right before the name that end in a role."""
    before = text[:start].split(" ")[:-1] if text[:start].endswith(" ") else []
    if not before or before[-1].casefold() not in ROLES:
        return ""
    kept: list[str] = []
    for word in reversed(before[-4:]):
        if word.casefold() in _NO_TITLE or not word.replace("-", "").replace("’", "").replace("'", "").isalpha():
            break
        kept.insert(0, word)
    of = _OF.match(text, end)
    return text[start - len(" ".join(kept)) - 1 : of.end() if of else end]


def _has_role(words: str) -> bool:
    return any(word in ROLES for word in regex.split(r"[^\p{L}]+", words.casefold()))
