"""Follow-up questions made to stand alone, without a model: what they leave out is taken from the turns before.

>>> standalone("And in Brantry?", [Turn("How many people were displaced in Orlosk?")])
'How many people were displaced in Brantry?'
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from pipeline.conversing.referents import (
    COMMON,
    COUNTED,
    DEFINITE,
    LINK,
    NAME,
    SPEAKS,
    THING,
    TIME,
    Turn,
    is_name,
    last_time,
    listed_last,
    names_in,
    person_meant,
    place_named,
    thing_meant,
    topic_of,
)
from pipeline.questions import STOP_WORDS, content_stems, read_question

_LINKED = regex.compile(rf"\b{LINK} ")
_DAY_BESIDE = regex.compile(r"the (?:day|week|month|year|night) (?:before|after)")
_FIGURE = frozenset(("figure", "number", "total", "toll", "count", "tally"))
_SAYS_WHAT = regex.compile(r"\bwhat .*\b(?:say|said|think|thought|claim|claimed)$", regex.IGNORECASE)
_OPENING = regex.compile(r"^(?:(?:and|but|so|then|also|ok|okay|well)\b,? )+", regex.IGNORECASE)
_ABOUT = regex.compile(
    r"^(?:(?:and )?(?:what|how) about|and what of|and how about|same for|the same for) (?P<rest>.+)$", regex.I
)
_WH_TEXT = (
    r"(?:(?:in|on|at|by|to|for|from|with|since|until|according to) )?"
    r"(?:what (?:day|date|month|year|time|place|reason|price)|which \p{Ll}+|"
    r"how \p{Ll}+(?= (?:is|are|was|were|do|does|did|has|have|had|will)\b)|"
    r"how (?:many|much|long|far|big|large|old|often|soon)(?: people| \p{Ll}{3,}s\b)?|"
    r"when|where|who|whom|why|how|what)"
)
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might)"
_BARE = regex.compile(rf"^(?P<wh>{_WH_TEXT})(?: exactly| precisely| else| not)?$", regex.IGNORECASE)
_ASKS = regex.compile(rf"^(?P<wh>{_WH_TEXT}) (?P<rest>{_AUXILIARY}\b.+)$", regex.IGNORECASE)
_ASKS_SUBJECT = regex.compile(
    rf"^(?P<wh>who|what|which \p{{Ll}}+) (?!{_AUXILIARY}\b)(?P<rest>\p{{Ll}}.+)$", regex.IGNORECASE
)
_NEGATED = regex.compile(r"^why not$", regex.IGNORECASE)
_MORE = regex.compile(
    r"^(?:tell me more|more|more details?|go on|continue|anything else|what else|what else is known|elaborate)"
    r"(?: about (?:it|that|this))?$",
    regex.IGNORECASE,
)
_AGAIN = regex.compile(
    r"^(?:are you sure|really|is that (?:right|true|so)|says who|who says(?: so| that)?)$", regex.IGNORECASE
)
_ORDINAL = regex.compile(
    r"\bthe (?:(?P<which>latter|former)|(?P<which>first|second|third|fourth|last|other)"
    r"(?: one\b| of (?:these|those|them)\b|(?=$)))",
    regex.IGNORECASE,
)
_PLACES = {"first": 0, "former": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "latter": -1, "other": 1}
_ONE_AT = regex.compile(rf"^(?:the )?ones? (?P<at>{LINK} .+)$", regex.IGNORECASE)
_PERSON = regex.compile(r"\b(?P<subject>he|she|him)\b|\b(?P<owner>his)\b|\b(?P<either>her)\b", regex.IGNORECASE)
_TWO_PEOPLE = regex.compile(
    r"\b(?:she|her)\b.*\b(?:he|him|his)\b|\b(?:he|him|his)\b.*\b(?:she|her)\b", regex.IGNORECASE
)
_THINGS = regex.compile(r"\b(?P<subject>it|they|them)\b|\b(?P<owner>its|their)\b", regex.IGNORECASE)
# "How many people had their letters opened?" has in itself whom it means.
_PLURAL_BEFORE = regex.compile(
    r"\b(?:people|men|women|children|\p{Ll}{3,}s) .*\b(?:they|them|their)\b(?!.*\bits?\b)", regex.IGNORECASE
)
_EMPTY_IT = regex.compile(
    r"\b(?:is|was|does|did|would|will) it (?:true|possible|likely|matter|rain|mean)\b", regex.IGNORECASE
)
_POINTER = regex.compile(
    r"\b(?:(?P<said>about|of|for|after|before|since|by|to|with|from|against) (?:that|this|those|these)|"
    r"(?P<noun>(?:[Tt]hat|[Tt]his|[Tt]hose|[Tt]hese) (?P<of>\p{Ll}+)))(?=[\s?,.]|$)"
)
_SAID_THAT = regex.compile(
    r"\b(?P<verb>said|says|say|claimed|reported|denied|confirmed|disputed) (?:that|this|so)$", regex.IGNORECASE
)
_THERE = regex.compile(r"\bthere\b(?! (?:is|are|was|were|any|been|a|an|no)\b)", regex.IGNORECASE)
_IS_THERE = regex.compile(rf"\b{_AUXILIARY} there\b(?=\s+\w)", regex.IGNORECASE)
_THEN = regex.compile(r"\b(?:then|at (?:that|the) time|that (?:day|month|year))$", regex.IGNORECASE)


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question with what it leaves out taken from the turns before it; as it is when it leaves nothing out.

    Turns run from the oldest to the last. English; pure, and always the same for the same turns.
    """
    asked = " ".join(question.split())
    if not history or not asked:
        return asked
    last = history[-1]
    bare = _OPENING.sub("", asked.rstrip("?!. ")).strip()
    if not bare:
        return asked
    return _sentence(_short(bare, last, history) or _resolved(bare, history) or _with_topic(bare, history) or asked)


def _short(bare: str, last: Turn, history: Sequence[Turn]) -> str:
    """What a question of a word or two asks, put into the question before it; empty when it is none."""
    before = last.question.rstrip("?!. ")
    topic = topic_of(history)
    if _MORE.match(bare):
        return f"What else is known about {topic}" if topic else ""
    if _AGAIN.match(bare):
        return f"Who says {_as_clause(before)}" if bare.casefold().startswith(("who", "says")) else before
    if _NEGATED.match(bare):
        return _negated(before)
    wh = _BARE.match(bare)
    if wh:
        return _with_question_word(bare, before, last)
    about = _ABOUT.match(bare)
    if about is None and _asks(bare):
        return ""
    fragment = about["rest"] if about else bare
    if about is None and len(fragment.split()) > 8:
        return ""
    return _put_in(_resolved_names(fragment, history), before, topic)


def _asks(text: str) -> bool:
    """Whether a text is a question of its own, or an order, and no fragment."""
    return bool(
        regex.match(rf"(?:{_WH_TEXT}|{_AUXILIARY})\b", text, regex.IGNORECASE)
        or regex.match(r"(?:list|name|explain|describe|compare|give|show|tell|summari[sz]e)\b", text, regex.IGNORECASE)
    )


def _with_question_word(bare: str, before: str, last: Turn) -> str:
    """ "Why" asked of what was asked before: "When was it hit" → "Why was it hit"."""
    asks = _ASKS.match(before)
    if asks:
        counted = (
            asks["wh"].rpartition(" ")[2] if regex.match(r"how many |which ", asks["wh"], regex.IGNORECASE) else ""
        )
        whose = regex.match(r"(?:do|does|did) ", asks["rest"])
        return f"{bare} {asks['rest']} {counted}" if whose and counted != "many" else f"{bare} {asks['rest']}"
    subject = _ASKS_SUBJECT.match(before)
    people = [name for name in names_in(last.answer) if name not in before]
    if subject and people and bare.casefold() not in ("who", "what"):
        return f"{bare} is it that {people[0]} {subject['rest']}"
    return f"{bare}: {before}"


def _negated(before: str) -> str:
    asks = regex.match(rf"(?:{_WH_TEXT} )?(?P<aux>{_AUXILIARY}) (?P<rest>.+)$", before, regex.IGNORECASE)
    if not asks:
        return f"Why not: {before}"
    subject = regex.match(rf"(?P<who>(?:the )?(?:{NAME}|{COMMON})) (?P<rest>.+)$", asks["rest"])
    if not subject:
        return f"Why not: {before}"
    return f"Why {asks['aux'].lower()} {subject['who']} not {subject['rest']}"


def _put_in(fragment: str, before: str, topic: str) -> str:
    """The question before with a fragment in the place of what it stands against."""
    time = TIME.fullmatch(fragment)
    old_time = TIME.search(before)
    if time:
        if old_time:
            return _replaced(before, old_time, _in_step(fragment, old_time.group()))
        return f"{before} {fragment if regex.match(LINK, fragment) or ' ' in fragment else f'in {fragment}'}"
    one = _ONE_AT.match(fragment)
    placed = regex.match(rf"(?P<link>{LINK}) (?P<name>(?:the )?{NAME})$", one["at"] if one else fragment)
    if placed:
        old = regex.search(rf"\b{placed['link']} (?:the )?{NAME}", before, flags=0) or regex.search(
            rf"\b(?:in|at|near|from|of) (?:the )?{NAME}", before
        )
        return _replaced(before, old, placed.group()) if old else f"{before} {placed.group()}"
    old_thing = THING.search(before)
    if old_thing and THING.fullmatch(fragment) and _LINKED.search(fragment):
        return _replaced(before, old_thing, fragment)
    names_it = regex.fullmatch(rf"(?:the )?{NAME}", fragment) is not None
    speaks = SPEAKS.search(before)
    if speaks and (names_it or fragment.casefold().startswith("the ")):
        start, end = speaks.span("who")
        helped = before[:start]
        if regex.fullmatch(r"[Tt]he .*[^s]s", fragment):
            helped = regex.sub(r"\bdoes $", "do ", helped)
        return f"{helped}{fragment}{before[end:]}"
    names = [match for match in regex.finditer(rf"(?:the )?{NAME}", before) if is_name(match.group(), match.start())]
    if names_it and names:
        return _replaced(before, names[-1], fragment)
    definite = None if _DAY_BESIDE.fullmatch(fragment) else DEFINITE.search(before)
    if definite and not old_thing and fragment.casefold().startswith("the "):
        return _replaced(before, definite, fragment)
    if names_it or not topic:
        return f"What about {fragment}: {before}"
    opening = "What happened" if _DAY_BESIDE.fullmatch(fragment) else "What about"
    return f"{opening} {fragment} ({topic})"


def _in_step(fragment: str, old: str) -> str:
    """A time with the preposition that the old one has, when it brings none."""
    preposition = regex.match(r"(?:in|on|by|since|until|before|after|during|at|for) ", old)
    own = regex.match(r"(?:in|on|by|since|until|before|after|during|at|for) ", fragment)
    return fragment if own or not preposition else f"{preposition.group()}{fragment}"


def _replaced(text: str, match: regex.Match[str], new: str) -> str:
    return f"{text[: match.start()]}{new}{text[match.end() :]}"


def _resolved(bare: str, history: Sequence[Turn]) -> str:
    """The question with its pronouns and pointers named; empty when it has none that can be."""
    text = _resolved_names(bare, history)
    topic = topic_of(history)
    if not _names_before(_PERSON, text):
        # "She" and "he" in one question are two people, of whom the first is known.
        times = 1 if _TWO_PEOPLE.search(text) else 2
        text = _PERSON.sub(lambda match: _owned(match, person_meant(history)), text, count=times)
    if not _EMPTY_IT.search(text) and not _PLURAL_BEFORE.search(text):
        text = _in_place(_THINGS, text, lambda match: _owned(match, thing_meant(history, match.group())))
    if topic:
        text = _in_place(_SAID_THAT, text, lambda match: f"{match['verb']} that about {topic}")
        text = _in_place(_POINTER, text, lambda match: _pointed(match, topic, history))
    if (place := place_named(history)) and not _IS_THERE.search(text):
        text = _in_place(_THERE, text, lambda match: f"in {place}")
    if topic and _SAYS_WHAT.search(text) and not _EMPTY_IT.search(text):
        text = f"{text} about {topic}"
    if when := last_time(history):
        text = _in_place(_THEN, text, lambda match: when)
    if text == bare:
        return ""
    return text if names_in(text) or not topic or topic in text else f"{text} ({topic})"


def _names_before(pattern: regex.Pattern[str], text: str) -> bool:
    """Whether a question names somebody itself before its first pronoun."""
    pronoun = pattern.search(text)
    return pronoun is not None and bool(names_in(f"{text[: pronoun.start()]}")[-1:])


def _resolved_names(text: str, history: Sequence[Turn]) -> str:
    """ "the second one" as the second of what was listed last."""
    listed = listed_last(history)

    def named(match: regex.Match[str]) -> str:
        place = _PLACES[match["which"].casefold()]
        return listed[place] if -len(listed) <= place < len(listed) else match.group()

    return _ORDINAL.sub(named, text)


def _with_topic(bare: str, history: Sequence[Turn]) -> str:
    """A question that names nothing, with what the talk is of; empty when it names something itself."""
    topic = topic_of(history)
    read = read_question(bare)
    if not topic or read.names or names_in(bare):
        return ""
    if content_stems(topic) <= content_stems(bare):
        return ""
    return f"{bare} ({topic})"


def _owned(match: regex.Match[str], name: str) -> str:
    if not name:
        return match.group()
    owner = match.groupdict().get("owner") or (
        match.groupdict().get("either") and regex.match(r" \p{Ll}", match.string[match.end() :])
    )
    if not owner:
        return name
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _pointed(match: regex.Match[str], topic: str, history: Sequence[Turn]) -> str:
    if match["said"]:
        return f"{match['said']} {topic}"
    noun = match["of"]
    if noun in STOP_WORDS or regex.fullmatch(_AUXILIARY, noun):
        return match.group()
    if noun in _FIGURE and (counted := COUNTED.search(history[-1].question)):
        return f"the number of {counted['what']} ({topic})"
    before = f"{history[-1].question} {history[-1].answer}"
    exact = regex.search(rf"\b[Tt]he {regex.escape(noun)} {LINK} (?:the )?{NAME}", before)
    return exact.group() if exact else f"the {noun} ({topic})"


def _in_place(pattern: regex.Pattern[str], text: str, put: Callable[[regex.Match[str]], str]) -> str:
    """The text with its first two pointers replaced: more of them are not all the same thing."""
    return pattern.sub(put, text, count=2)


def _as_clause(before: str) -> str:
    """ "When was it hit" as "when it was hit", as far as that can be told; else in brackets."""
    asks = regex.match(rf"(?P<wh>{_WH_TEXT}) (?P<aux>{_AUXILIARY}) (?P<rest>.+)$", before, regex.IGNORECASE)
    if not asks:
        return f"so ({before})"
    thing = THING.match(asks["rest"]) or regex.match(NAME, asks["rest"])
    if thing is None:
        return f"so ({before})"
    rest = asks["rest"][thing.end() :].strip()
    aux = "" if asks["aux"].casefold() in ("did", "does", "do") else f" {asks['aux']}"
    return f"{asks['wh'].lower()} {thing.group()}{aux} {rest}".strip()


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    ended = text if text.endswith(("?", ".", "!")) else f"{text}?"
    return ended[0].upper() + ended[1:]
