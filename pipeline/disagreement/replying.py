"""Where a sentence gives another account of what the one before it says, without denying it.

"It sent the Watch a forecast."      "The Watch says that it received a bulletin."      the other end of one act
"The picture shows our bomb."        "The picture was taken in another war."            set apart by a word of contrast
"63, on which a signature is false"  "puts the number of doubtful signatures at 19"     a count of what was counted
"It is November," the doctor said.   "He himself had said three weeks."                 the one concerned, before
"It fell; the sample was small."     "The paper speaks of a “proven” fall."             surer than who found it
"Accounts differ on who fired."      two speakers behind that                           announced as different
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.disagreement.claims import Told
from pipeline.grounding.dates import dates_in
from pipeline.grounding.lexicon import listed
from pipeline.grounding.quantities import Quantity, quantities_in
from pipeline.grounding.words import keys, plain, read

# What one does and what the other says of it: two ends of one act.
_GIVES = listed(
    """
    sent send sends gave give gives told tell tells informed inform warned warn warns paid pay pays delivered handed
    notified offered sold shipped supplied briefed alerted
    """
)
_TAKES = listed(
    """
    received receive receives got gets heard hear hears learned learnt learn learns bought obtained accepted found
    """
)
_CONTRAST = regex.compile(
    r"\b(?:another(?! (?:\d|of|\p{Ll}+ (?:said|told)))|different|elsewhere|somewhere else|someone else|in fact)\b"
)
_NUMBER_OF = regex.compile(
    r"\bnumber of (?P<what>[\p{L} ’'-]{3,40}?)\b(?: \p{Ll}+){0,3} at\b|\bas (?:low|high|few|many|little) as\b"
)
# Who is spoken of said it of themselves, and before: "the player himself had told reporters".
_HAD_SAID = regex.compile(
    r"\b(?:himself|herself|itself|themselves) had (?:told|said|promised|predicted|claimed|insisted|spoken|put)\b"
)
_TIMES = frozenset(("hour", "day", "month", "minute", "year"))
# What is found is hedged, and somebody else puts it in surer words of theirs.
_HEDGED = regex.compile(
    r"\b(?:found|finds|suggest(?:s|ed)?|showed|shows)\b.*\b(?:warn(?:s|ed)?|caution(?:s|ed)?|stress(?:es|ed)?|"
    r"conced(?:es|ed))\b"
)
_SURER = regex.compile(
    r"\b(?:speaks?|spoke|talks?|talked|writes?|wrote|boasts?|boasted) of \"[^\"]*\b(?:prov\w+|certain\w*|clear\w*|"
    r"undisputed|undeniable|established|guaranteed|conclusive)\b"
)
# What follows is told in different ways.
_DIFFER = regex.compile(
    r"\b(?:opinions?|accounts?|views?|versions?|estimates?|reports?|witnesses|experts|stories) "
    r"(?:\w+ ){0,3}?(?:differ|diverge|conflict|vary|clash|disagree)(?:s|ed|red)?\b|"
    r"\b(?:conflicting|contradictory|differing|rival) (?:accounts|reports|versions|estimates|figures|claims)\b",
    regex.IGNORECASE,
)
_FOLLOWS = 5


def announced(told: Sequence[Told], at: int) -> int | None:
    """The place of the account that a sentence stands against, where one before both says that accounts differ."""
    answer = told[at]
    for place in range(at - 2, max(-1, at - _FOLLOWS), -1):
        if answer.speaker and not told[place].speaker and _DIFFER.search(plain(told[place].sentence.text)):
            spoken = [other for other in range(place + 1, at) if told[other].speaker]
            apart = len(spoken) == 1 and not keys(told[spoken[0]].speaker) & keys(answer.speaker)
            return spoken[0] if apart else None
    return None


def reply(told: Sequence[Told], at: int) -> bool:
    """Whether a sentence gives another account of what the one before it says, by another speaker."""
    if not at:
        return False
    before, answer = told[at - 1], told[at]
    if _is_surer(before, answer):
        return True
    mine, theirs = (keys(each.speaker) for each in (answer, before))
    if not answer.speaker or not before.speaker or mine & theirs:
        return False
    return _other_end(before, answer, mine) or _set_apart(before, answer) or _had_said(before, answer)


def counts(before: Told, answer: Told) -> tuple[Quantity, Quantity] | None:
    """What a sentence puts a number at, "as low as 70", and what the one before it does; None when it gives none."""
    found = _NUMBER_OF.search(plain(answer.sentence.text))
    if found is None:
        return None
    what = keys(found["what"]) if found["what"] else frozenset[str]()
    mine = [each for each in _numbers(answer) if read(answer.sentence.text)[each.first].start >= found.start()]
    theirs = _numbers(before)
    if not mine or not theirs or (what and not what & keys(before.sentence.text)):
        return None
    return mine[0], theirs[0]


def _other_end(before: Told, answer: Told, who: frozenset[str]) -> bool:
    """Whether the one tells of giving something to somebody who tells of taking something."""
    gives, takes = (
        {token.lower for token in read(each.sentence.text)} - {each.said.attribution.verb} for each in (before, answer)
    )
    return bool(gives & _GIVES and takes & _TAKES and who & keys(before.sentence.text))


def _set_apart(before: Told, answer: Told) -> bool:
    """Whether a sentence says of a thing that the one before it names that it is another."""
    text = plain(answer.sentence.text)
    tokens = read(text)
    definite = {token.key for at, token in enumerate(tokens) if at and tokens[at - 1].lower == "the" and token.content}
    own = keys(answer.speaker)
    return bool(_CONTRAST.search(text) and definite & keys(before.sentence.text) - own)


def _is_surer(before: Told, answer: Told) -> bool:
    texts = plain(before.sentence.text), plain(answer.sentence.text)
    return _HEDGED.search(texts[0]) is not None and _SURER.search(texts[1]) is not None


def _had_said(before: Told, answer: Told) -> bool:
    """Whether both say when, or how long, and the answer is what the one concerned had said of it before."""
    return _HAD_SAID.search(plain(answer.sentence.text)) is not None and all(map(_says_when, (before, answer)))


def _says_when(told: Told) -> bool:
    text = told.sentence.text
    return bool(dates_in(text)) or any(each.unit in _TIMES for each in quantities_in(text))


def _numbers(told: Told) -> list[Quantity]:
    return [
        each
        for each in quantities_in(told.sentence.text)
        if each.kind != "vague" and each.unit not in ("ordinal", "clock") and not each.in_words
    ]
