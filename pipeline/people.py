"""People in a text: names with the role that the sentence gives them, in its very words.

"The environment minister, Howell Prentis, …"   "Callum Reyes, the company's operations director, …"
"Superintendent Gail Ambry of Ashmere Police …"  "Noor Haddow, who runs the Lock Street bakery, …"

A role stands beside the name as a noun phrase: its head, the first word of `ROLES` in it, comes before any preposition,
verb or relative clause, and belongs to no other name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from pipeline.grounding.names import SAYS
from pipeline.wordnet import parts_of_speech, usual_part

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
    mother father wife husband son daughter brother sister cousin widow aide curator physician psychologist sociologist
    dean monk priest rabbi chaplain bailiff clerk treasurer whip president-elect heir"""
ROLES = frozenset(_ROLE_TEXT.split())
_LONGEST_NAME, _LONGEST_ROLE, _COMMON_IN_TITLE = 5, 14, 4
# A name that ends in one of these is no person's.
_ORGANISATION_TEXT = """
    group water rail rails railways college university institute school academy hospital center centre agency authority
    office bureau board commission committee council court department ministry party union alliance association
    federation league bank capital partners securities holdings company corporation corp inc ltd plc airlines airways
    motors foods stores markets energy power oil gas steel shipping lines maritime biologics microdevices systems
    technologies industries construction brothers sons associates services
    news times post observer chronicle gazette journal herald tribune dispatch star mail
    telegraph guardian press radio television police army navy force forces front guard museum theatre club city
    county valley river bay street road bridge dam island islands republic kingdom nations states rights survey
    foundation house senate congress parliament administration reserve charity trust"""
ORGANISATIONS = frozenset(_ORGANISATION_TEXT.split())
_TITLE_TEXT = """
    mr mrs ms dr sir dame lord lady prof environment foreign defence defense finance interior prime home health justice
    state energy transport economy agriculture first vice former acting"""
_NO_NAME_TEXT = """
    the and but or said told says that its his her their a an of by with to when while as for in on at from who"""
_BEFORE_NAME = ROLES | frozenset(_TITLE_TEXT.split()) | frozenset(_NO_NAME_TEXT.split())
_DAY_TEXT = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december"""
_DAYS = frozenset(_DAY_TEXT.split())
# What ends a noun phrase, or opens what is none.
_BREAK_TEXT = """
    and but or nor who whom whose which that where when while as if than because after before since until during also
    of for to from by with at in on into over under about against between is are was were be been being am has have had
    will would can could may might must shall should does did do not including saying adding"""
_BREAKS = frozenset(_BREAK_TEXT.split()) | SAYS
_NO_TITLE = _BREAKS | frozenset(_NO_NAME_TEXT.split())
# What somebody does who is described by it: "who runs the bakery".
_HOLDS_TEXT = """
    runs ran leads led heads headed chairs chaired directs directed manages managed oversees oversaw represents
    represented owns owned founded co-founded teaches taught studies coaches coached edits edited commands commanded
    organises organizes advises advised governs governed holds held"""
_HOLDS = frozenset(_HOLDS_TEXT.split())
# Lower-case words that come before a capitalised title: "former President", "then-Attorney General".
_ONCE_TEXT = "former acting then late deputy vice incoming outgoing interim assistant retired"
_ONCE = frozenset(_ONCE_TEXT.split())

_PART = r"\p{Lu}[\p{L}’'\-]*\p{Ll}"
_NUMERAL = r"(?: (?:[IVX]{1,4}|[JS]r\.))?"
_NAME = regex.compile(
    rf"(?<![\p{{L}}’'\-]){_PART}(?: (?:(?:de|da|del|van|von|der|al|bin|ibn|\p{{Lu}}\.) )?{_PART}){{1,7}}"
    rf"{_NUMERAL}(?![\p{{L}}])"
)
_POSSESSIVE = regex.compile(r"[’']s$")
_AFTER = regex.compile(r", ((?:[^,.;:“”\"()]|\.(?=\d))+)(?=[,.;])")
_BEFORE = regex.compile(r"(?:^|[,;:“] ?|\. )([^,.;:“”\"()]+), $")
_OF = regex.compile(rf" of (?:the )?{_PART}(?: {_PART})*")
# What a description opens with: "said *the* head of research", "by *Merrow's* mayor".
_OPENING = regex.compile(r"(?<!\S)(?:[Tt]he|[Aa]n?|\p{Lu}[\p{L}’']+[’']s)(?= )")
_OWNER = regex.compile(r"\p{Lu}[\p{L}\-]*(?:[’']s|s[’'])")
_OWN = regex.compile(r"(?<!\S)(?:[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) (?:own )?")


def surname(name: str) -> str:
    """The last part of a name, but for what tells generations apart: "Charles III" is Charles."""
    parts = name.split(" ")
    while len(parts) > 1 and regex.fullmatch(r"[IVX]{1,4}|[JS]r\.", parts[-1]):
        parts.pop()
    return parts[-1]


def descriptions(text: str) -> Iterator[tuple[str, str]]:
    """The names of a sentence that come with a role, each with the piece of the sentence that gives both."""
    for match in _NAME.finditer(text):
        start = _without_title(match.group(), match.start())
        name = _POSSESSIVE.sub("", text[start : match.end()])
        end = start + len(name)
        if not _is_person(name):
            continue
        piece = _role_after(text, start, end) or _role_before(text, start, end) or _title_of(text, start, end)
        if piece:
            yield name, piece


def _is_person(name: str) -> bool:
    """Whether it may be a person's name: it ends as no organisation's does, and has no day or month in it."""
    parts = name.split(" ")
    return (
        1 < len(parts) <= _LONGEST_NAME
        and surname(name).casefold() not in ORGANISATIONS
        and _DAYS.isdisjoint(part.casefold() for part in parts)
    )


def _without_title(words: str, start: int) -> int:
    """Where the name begins after capitalised titles: "Environment Minister Howell Prentis"."""
    parts = words.split(" ")
    titles = [at for at, part in enumerate(parts[:-1]) if _is_role(part) or (at == 0 and _opens_title(part))]
    while titles and titles[-1] + 1 < len(parts) - 1 and _opens_title(parts[titles[-1] + 1]):
        titles.append(titles[-1] + 1)
    return start + sum(len(part) + 1 for part in parts[: titles[-1] + 1]) if titles else start


def _is_role(word: str) -> bool:
    """Whether a word is a role, "co-chair" and "ex-minister" too."""
    return word.casefold().rpartition("-")[2] in ROLES


def _opens_title(word: str) -> bool:
    return word.casefold().rstrip(".") in _BEFORE_NAME


def _role_after(text: str, start: int, end: int) -> str:
    """ "Callum Reyes, the company's operations director": what follows the name between commas."""
    match = _AFTER.match(text, end)
    if match is None:
        return ""
    if match[1].startswith("who "):
        _, *does = match[1].split(" ")
        role = match[1] if does and does[0] in _HOLDS and len(does) < _LONGEST_ROLE else ""
    else:
        role = _role_of(match[1])
    own = _OWN.match(role)
    return f"{text[start:end]}, {role[own.end() :] if own else role}" if role else ""


def _role_before(text: str, start: int, end: int) -> str:
    """ "The environment minister, Howell Prentis": the shortest noun phrase with a role that ends before the name."""
    match = _BEFORE.search(text, 0, start)
    if match is None or text[end : end + 1] not in ",.;":
        return ""
    for opening in reversed([*_OWN.finditer(match[1]), *_OPENING.finditer(match[1])]):
        role = match[1][opening.start() :]
        if _role_of(role) == role:
            own = _OWN.match(role)
            at = match.start(1) + opening.start()
            return f"{text[start:end]}, {role[own.end() :]}" if own else text[at:end]
    return ""


def _role_of(phrase: str) -> str:
    """The noun phrase that a phrase opens with, up to the verb that follows; empty when its head is no role."""
    words = phrase.split(" ")
    head = next((at for at, word in enumerate(words) if _is_role(word) or _breaks(words, at)), len(words))
    if head == len(words) or not _is_role(words[head]):
        return ""
    # "a former aide Marta Lind" describes somebody else.
    while head + 1 < len(words) and _is_role(words[head + 1]):
        head += 1
    if words[head + 1 : head + 2] and words[head + 1][:1].isupper():
        return ""
    relative = next((at for at, word in enumerate(words) if word in ("who", "whose", "which", "that")), len(words))
    verbs = [at for at, word in enumerate(words[:relative]) if word in SAYS or word in ("is", "was", "has", "had")]
    kept = words[: verbs[0]] if verbs else words
    return " ".join(kept) if len(kept) <= _LONGEST_ROLE else ""


def _breaks(words: Sequence[str], at: int) -> bool:
    """Whether a noun phrase cannot go on with this word: "of" may stand in a name, "a University of Kansas dean"."""
    word = words[at]
    in_name = word in ("of", "for", "and") and 0 < at < len(words) - 1
    return word in _BREAKS and not (in_name and words[at - 1][:1].isupper() and words[at + 1][:1].isupper())


def _title_of(text: str, start: int, end: int) -> str:
    """ "chief executive Jerome Vantongeren": the words right before the name that end in a role."""
    before = text[:start].split(" ")[:-1] if text[:start].endswith(" ") else []
    if not before or not _is_role(before[-1]):
        return ""
    kept = _title(before)
    of = _OF.match(text, end)
    return text[start - len(" ".join(kept)) - 1 : of.end() if of else end]


def _title(before: Sequence[str]) -> Sequence[str]:
    """The words of a title that ends `before`: common ones, those of a name before them, and "former" and the like."""
    at = len(before) - 1
    if before[at][0].islower():
        while at > 0 and len(before) - at < _COMMON_IN_TITLE and _is_common_part(before[at - 1]):
            at -= 1
        # "Thomas Wells' son Sean Wells": a role in somebody's life says nothing without them.
        at -= at > 0 and _OWNER.fullmatch(before[at - 1]) is not None
    while at > 0 and _is_name_part(before[at - 1], first=at == 1):
        at -= 1
    while at > 0 and before[at - 1].casefold() in _ONCE:
        at -= 1
    return before[at:]


def _is_common_part(word: str) -> bool:
    """Whether a lower-case word may be part of a title: "operations director", "senior state prosecutor"."""
    plain = word.replace("-", "").replace("’", "").replace("'", "")
    if not plain.isalpha() or not word[0].islower() or word in _NO_TITLE:
        return False
    return usual_part(word) in ("noun", "adjective") or (
        "noun" in parts_of_speech(word) and not word.endswith(("ed", "ing", "s"))
    )


def _is_name_part(word: str, *, first: bool) -> bool:
    """Whether a capitalised word may be part of a title: "Chicago Fire Department", "U.S. Defense"; a word that opens
    the sentence only when it is no common one."""
    plain = regex.sub(r"[.’'\-]", "", word)
    if not plain.isalpha() or not word[0].isupper() or regex.search(r"[’']s?$", word):
        return False
    folded = word.casefold()
    return folded not in _NO_TITLE and not (first and folded not in _BEFORE_NAME and usual_part(folded) == "adverb")
