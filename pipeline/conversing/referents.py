"""What a talk is of: the thing, person, place, time and list that a pointer in the next question can mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pipeline.attribution.speakers import is_person
from pipeline.people import ORGANISATIONS, ROLES, descriptions, surname
from pipeline.questions import STOP_WORDS

CAPITAL = r"\p{Lu}[\p{L}\p{N}’'\-]*"
_JOINED = r"(?:(?:of|the|de|al|van|von|for|&) )*"
NAME = rf"{CAPITAL}(?: {_JOINED}{CAPITAL})*"
LINK = r"(?:of|at|in|on|near|from|between|by|with|over|for|against|into)"
COMMON = r"(?:[\p{Ll}\p{N}][\p{L}\p{N}’'\-]*)"
# "the depot at Orlosk", "the Marisol Venture", "the second round of talks", "the truce".
THING = regex.compile(
    rf"\b[Tt]he (?:{COMMON} ){{0,3}}?{COMMON} between {NAME} and {NAME}|"
    rf"\b[Tt]he (?:{COMMON} ){{0,3}}?{COMMON} {LINK} (?:the )?{NAME}(?:(?<=[’']s) {COMMON})?|"
    rf"(?<=\b(?:is|are|was|were|of|about) )the {NAME} {COMMON}(?=\??$)|"
    rf"{NAME}[’']s (?:{COMMON} )?{COMMON}|\b[Tt]he {NAME}|"
    rf"\b[Tt]he (?:{COMMON} )?{COMMON} of (?:the )?{COMMON}"
)
DEFINITE = regex.compile(rf"\b[Tt]he {COMMON}")
TIME = regex.compile(
    r"\b(?:(?:in|on|by|since|until|before|after|during|at|for) )?(?:(?:early|late|mid) )?"
    r"(?:(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2}\b)?,?(?: (?:19|20)\d\d)?|(?:19|20)\d\d|"
    r"(?:last |this |next )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:last|this|next) (?:week|month|year|spring|summer|autumn|winter)|yesterday|today|tomorrow)\b"
)
_ONE = regex.compile(
    r"^(?:whose|which|what) (?P<what>(?!(?:is|was|are|were|does|did|has|had)\b)\p{Ll}+(?<!s)) "
    r"(?:is|was|did|does|has|will|\p{Ll}+(?:s|ed))\b",
    regex.IGNORECASE,
)
COUNTED = regex.compile(r"\bhow many (?P<what>\p{Ll}+)|\bwhich (?P<what>\p{Ll}+s)\b", regex.IGNORECASE)
SPEAKS = regex.compile(
    rf"\b(?:did|does|do|has|have|had) (?P<who>(?:the )?(?:{NAME}|{COMMON}(?: {COMMON})?)) "
    r"(?:say|claim|tell|think|want|blame|argue|deny|demand|promise|propose|respond|reply|report|warn|announce|ask|believe|"
    r"respond|call|accuse|expect|offer|plan|insist)\b"
)
_POSSESSIVE = regex.compile(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it stood alone, and the text of its answer, if there was one."""

    question: str
    answer: str = ""


def topic_of(history: Sequence[Turn]) -> str:
    """What the talk is of: the fullest thing with a name that was asked about last."""
    for turn in reversed(history):
        things = [_lowered(match.group()) for match in THING.finditer(turn.question)]
        named = [thing for thing in things if regex.search(r"\p{Lu}", thing)]
        if named:
            return max(named, key=len)
        speaking = SPEAKS.search(turn.question)
        # "Who does Kordany blame?" is of what was asked before.
        names = [name for name in names_in(turn.question) if not speaking or name != speaking["who"]]
        if names:
            return names[-1] if len(names) == 1 else names[0]
        if speaking and len(history) > 1:
            continue
        if things:
            return things[0]
        if definite := DEFINITE.search(turn.question):
            return _lowered(definite.group())
    return ""


def thing_meant(history: Sequence[Turn], pronoun: str) -> str:
    """What "it" or "they" stands for: no person, the thing asked about last."""
    topic = topic_of(history)
    plural = pronoun.casefold() in ("they", "them", "their")
    if plural and (counted := COUNTED.search(history[-1].question)):
        return _with_its_topic(f"the {counted['what']}", "" if counted["what"] in topic else topic)
    speaking = SPEAKS.search(history[-1].question)
    if plural and speaking and regex.fullmatch(r"[Tt]he .*s", speaking["who"]):
        return speaking["who"]
    if plural and history[-1].question.casefold().startswith("where"):
        return _with_its_topic("the places", topic)
    if not plural and (one := _ONE.search(history[-1].question)):
        return _with_its_topic(f"the {one['what']}", topic)
    if topic and topic not in _people(topic):
        return topic
    for turn in reversed(history):
        for name in reversed(names_in(turn.question)):
            if plural or name not in _people(turn.question):
                return name
    return topic if plural else ""


def _with_its_topic(thing: str, topic: str) -> str:
    return f"{thing} ({topic})" if topic else thing


def person_meant(history: Sequence[Turn]) -> str:
    """Whom "she" stands for: the person asked about last, or who is the answer to that; else a ship or a country."""
    for turn in reversed(history):
        told = _people(turn.answer)
        if regex.match(r"who(?:m|se)?\b", turn.question, regex.IGNORECASE) and told:
            return told[0]
        for name in [*_people(turn.question), *names_in(turn.question)]:
            if full := next((each for each in told if each.endswith(f" {name}")), ""):
                return full
        if role := _role(turn.question):
            return role
        about = regex.match(r"who (?:is|was) ", turn.question, regex.IGNORECASE)
        if not about and regex.match(r"who(?:m|se)?\b", turn.question, regex.IGNORECASE):
            # Whom it asks for is the person, not whom or what it names.
            return ""
        if asked := _people(turn.question) or _speaking(turn.question):
            return asked[-1]
        if told:
            return told[0]
    return ""


def _role(question: str) -> str:
    """ "the judge": somebody whom a question names by an office alone."""
    for match in regex.finditer(rf"\b[Tt]he (?P<office>{COMMON}(?: {COMMON})?)", question):
        words = match["office"].split(" ")
        office = next((place for place, word in enumerate(words) if word.casefold() in ROLES), None)
        if office is not None:
            return f"the {' '.join(words[: office + 1])}"
    return ""


def _people(text: str) -> list[str]:
    """The people whom a text names in full, those first whom it gives a role or lets speak."""
    found = [
        name
        for name in names_in(text)
        if " " in name
        and is_person(name)
        and surname(name).casefold() not in ORGANISATIONS
        and f"he {name}" not in text
    ]
    known = {surname(name) for name, _ in descriptions(text)}
    return sorted(found, key=lambda name: surname(name) not in known)


def _speaking(question: str) -> list[str]:
    """The name of one word that is asked what it says: "What did Varnak say?"."""
    speaks = SPEAKS.search(question)
    return [speaks["who"]] if speaks and regex.fullmatch(CAPITAL, speaks["who"]) else []


def listed_last(history: Sequence[Turn]) -> list[str]:
    """The names that were told last, in order; else those that were asked about."""
    last = history[-1]
    told = [name for name in names_in(last.answer) if name not in last.question]
    return told if len(told) > 1 else names_in(last.question)


def place_named(history: Sequence[Turn]) -> str:
    for turn in reversed(history):
        for text in (turn.question, turn.answer):
            match = regex.search(rf"\b(?:in|at|near) (?P<place>(?:the )?{NAME})", text)
            if match and not TIME.fullmatch(match["place"]):
                return str(match["place"])
    return ""


def last_time(history: Sequence[Turn]) -> str:
    for turn in reversed(history):
        for text in (turn.question, turn.answer):
            if match := TIME.search(text):
                found = match.group()
                if regex.match(r"(?:in|on|by|since|during) ", found):
                    return found
                return f"in {found}" if found.isdigit() else f"on {found}"
    return ""


def names_in(text: str) -> list[str]:
    """The names of a text in order, each once; the first word of a sentence counts only with a second capital."""
    found: list[str] = []
    for match in regex.finditer(NAME, text):
        name = _POSSESSIVE.sub("", match.group())
        words = name.split(" ")
        opens = match.start() == 0 or text[: match.start()].rstrip()[-1:] in '.?!“"'
        while words and words[0].casefold() in STOP_WORDS:
            words = words[1:]
        name = " ".join(words)
        if not name or TIME.fullmatch(name) or (opens and " " not in match.group()) or name in found:
            continue
        found.append(name)
    return found


def is_name(words: str, at: int) -> bool:
    bare = regex.sub(r"^the ", "", words)
    return not (at == 0 or TIME.fullmatch(bare) or bare.casefold() in STOP_WORDS)


def _lowered(thing: str) -> str:
    return thing[0].lower() + thing[1:] if thing.startswith("The ") else thing
