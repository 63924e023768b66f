"""Where sentences of one article answer one another: a denial and what it denies, a figure and somebody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from pipeline.disagreement.claims import PUTS, Told, day_of
from pipeline.disagreement.context import LIGHT
from pipeline.disagreement.figures import Figure, agree, clocks_in, days_in, figures_in
from pipeline.disagreement.relating import ANYTHING, MOST_APART
from pipeline.disagreement.replying import announced, counts, reply
from pipeline.grounding.lexicon import concept_of
from pipeline.grounding.words import Token, keys, plain, read
from pipeline.types import Citation
from pipeline.wordnet import relation

# What is denied stands at most so many sentences before, or so many behind.
REACH, AHEAD = 5, 1
# So much of what is denied stands in the sentence that says it.
SHARE = 0.4
# A figure is held against one so near.
NEAR = 2
# A sentence of no more words is nothing but what somebody says: "Kordany says grain and diesel."
CURT = 7

_THING = (
    r"(?:[\p{L}-]+ )?(?:claim|charge|report|accusation|allegation|account|figure|number|reading|version|finding|"
    r"conclusion|valuation|estimate|suggestion|assertion|story|distinction|rumour)s?"
)
# What answers a sentence before it as a whole.
_DENIES = regex.compile(
    rf"\b(?:den(?:y|ies|ied)|disput\w+|contest(?:s|ed)?|contradict(?:s|ed)?|reject(?:s|ed)?|rebut\w*|refut\w+|"
    rf"(?:do|does|did) not (?:believe|accept)) (?:(?:even )?(?:that|this|it|him|her|them)|"
    rf"(?:parts? of |much of |all of )?(?:the|any such|those|these|that|this|[\p{{L}}’' ]{{2,20}}[’']s) {_THING})"
    r"(?=[.,;]| and\b|$)|\b(?:calls?|called) (?:that|this|it|them|the (?:study|report|claim|figure)s?) "
    r"[\"“'‘]?(?:\w+ )?(?:false|untrue|wrong|nonsense|flawed|lies?|fiction|fabricat\w+|misleading|baseless|absurd)\b|"
    r"^(?:That|This) is (?:not (?:quite |entirely |strictly )?(?:right|true|so|correct)|wrong|untrue|false)\b|"
    r"\b(?:says?|believes?|thinks?|insists?|said) (?:that )?(?:it|they|he|she|there) "
    r"(?:does|do|did|is|are|was|were|has|have|had) not\.",
    regex.IGNORECASE,
)
# Only what can be true or not is denied: that something is so, having done it, a part in it, what others claim. A
# request, a right or a bail that is denied is refused.
_REFUSED = r"(?<!\b(?:is|are|was|were|be|been|being|to|would|will|would have|may|could) )"
_CLAIMED = (
    r"(?:[\p{L}-]+ ){0,3}?"
    r"(?:claim|report|suggestion|allegation|accusation|charge|notion|idea|assertion|rumour|rumor)s?\b"
    r"(?: (?:by|from|on|in) [^;.]{2,60}?)?,? (?:that|of) "
)
_DENIES_THAT = regex.compile(
    rf"{_REFUSED}\b(?:den(?:y|ies|ied)|disput(?:es|ed)) (?:that |(?:ever )?having |ever |{_CLAIMED})"
    r"(?P<what>[^.;]{6,})|"
    rf"{_REFUSED}\bden(?:y|ies|ied) "
    r"(?P<what>(?:(?:again |ever )?\p{Ll}+ing|any|all|wrongdoing|involvement|responsibility|knowledge|guilt)\b"
    r"[^.;]{2,})|"
    rf"{_REFUSED}\b(?:reject(?:s|ed)|dismiss(?:es|ed)|refut(?:es|ed)|contest(?:s|ed)) {_CLAIMED}(?P<what>[^.;]{{6,}})",
    regex.IGNORECASE,
)
_OF_FIGURE = regex.compile(r"\b(?:figure|number|toll|cost|loss|total|valuation|estimate)\b")
# A figure that answers another: "puts the number at", "says the true figure is", "said 1.9 million".
_OTHER_FIGURE = regex.compile(
    r"\b(?<!had )(?:puts?|says?|said|believes?|believed|estimates?d?|thinks?) (?:that )?(?:the|its|this) "
    r"(?:(?:true|real|actual|right|correct) )?(?:figure|number|toll|cost|loss|total|count|sum|damage|bill|fall|rise)\b|"
    r"\b(?:says?|said) (?=[\d$€£]|fewer than|more than|no more than|only|just)|"
    r"\b(?:(?P<mark>nearer the (?:mark|truth))|nearer|"
    r"closer to|(?P<less>as (?:low|high|few|little) as)|only|nothing|first)\b",
    regex.IGNORECASE,
)
_IN_ONE = regex.compile(
    r"(?P<said>.{12,}?)(?:; (?P<who>[^;]{2,60}?) (?:denies|denied|disputes|disputed|rejects|rejected) "
    r"(?:it|this|that)\b|"
    r",? (?:although|even though) (?P<although>[^;]{2,80}? (?:had )?(?:said|told|promised|insisted|vowed|denied) "
    r"[^;]*\b(?:no|not|never|nothing|none)\b))",
    regex.IGNORECASE,
)
_SAYS = regex.compile(r"\b(?:says?|said|claims?|claimed|insists?|insisted|maintains?|argues?)\b")
_CURTLY = regex.compile(
    r"^(?P<who>(?:The |Its )?\p{Lu}[\p{L}’'-]*(?: [\p{L}’'-]+){0,2}) says (?!that\b|it\b|he\b|she\b)"
)
_PRONOUN = regex.compile(r"(?:He|She|It|They)\b")
_ANYTHING = regex.compile(
    r"(?P<of>(?:all |any )?(?:wrongdoing|involvement|responsibility)|anything|everything)\b", regex.IGNORECASE
)
_ACCUSES = regex.compile(r"\b(?:accus|alleg|charged|claim|suspect|blam|sued|lawsuit|indict)")
# Reports that are denied stand where a paper is said to report.
_REPORTS, _REPORTED = regex.compile(r"\bden(?:y|ies|ied) (?:\p{Ll}+ )?reports?\b"), regex.compile(r"\breported\b")
_OF_DENIAL = regex.compile(r"(?:That|This|The) denial\b")
_ASKS = regex.compile(r"\bwhether\b|\?|\bnot (?:say|know|comment|respond|disclose)\b")
# Words for whoever is spoken of: two sentences share them without speaking of one thing.
_BODIES = frozenset(
    concept_of(word)
    for word in ("company", "ministry", "government", "department", "group", "office", "council", "agency", "spokesman")
)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two versions that an article holds against each other, the later told first; `of_figures` when both are such."""

    versions: tuple[tuple[str, Citation], tuple[str, Citation]]
    of_figures: bool = False


def disputes(articles: Sequence[Sequence[Told]], *, denied_only: bool = False) -> Iterator[Dispute]:
    """The disputes that the articles tell themselves; with `denied_only` those in which somebody denies something."""
    for article in articles:
        told = [each.citation for each in article]
        for at, answer in enumerate(told):
            found = _in_one(answer) or (
                _denial(told, at)
                if denied_only
                else _other_figure(told, at)
                or _curt(told, at)
                or _denial(told, at)
                or _count(article, at)
                or _reply(article, at)
            )
            if found:
                yield found


def _reply(article: Sequence[Told], at: int) -> Dispute | None:
    other = at - 1 if reply(article, at) else announced(article, at)
    return Dispute((("said", article[at].citation), ("said", article[other].citation))) if other is not None else None


def _count(article: Sequence[Told], at: int) -> Dispute | None:
    found = counts(article[at - 1], article[at]) if at else None
    if found is None or agree(*found) or _one_speaker(article[at].citation, article[at - 1].citation):
        return None
    values = (found[0].words, article[at].citation), (found[1].words, article[at - 1].citation)
    return Dispute(values, of_figures=True)


def _in_one(answer: Citation) -> Dispute | None:
    """What one sentence says and denies: "Vesmar says the Front is paid by Kordany; Kordany denies it"."""
    found = _IN_ONE.match(plain(answer.quote))
    if found is None or (not found["although"] and not _SAYS.search(found["said"])):
        return None
    return Dispute((("denied", answer), ("said", answer)))


def _other_figure(told: Sequence[Citation], at: int) -> Dispute | None:
    """ "The union puts the number at 1,400" behind what somebody else puts it at."""
    answer = told[at]
    found = _OTHER_FIGURE.search(plain(answer.quote))
    if found is None:
        return None
    given = [
        figure
        for figure in _figures(answer)
        if read(answer.quote)[figure.quantity.first].start >= found.start() or found["mark"]
    ]
    for before in told[max(0, at - NEAR) : at][::-1]:
        # "Other papers have had it as low as 70" has no speaker of its own.
        against = _others(answer, before) or (bool(found["less"]) and bool(_speaker(before)))
        if not given or not against:
            continue
        mine = given[0]
        theirs = [figure for figure in _figures(before) if _comparable(mine, figure)]
        if theirs:
            largest = max(theirs, key=lambda figure: figure.quantity.low)
            values = (mine.quantity.words, answer), (largest.quantity.words, before)
            return Dispute(values, of_figures=True)
    return None


def _figures(citation: Citation) -> list[Figure]:
    """The figures of a sentence, its days and its times of day."""
    text = citation.quote
    return sorted(
        (*figures_in(text), *days_in(text, day_of(citation.article)), *clocks_in(text)),
        key=lambda figure: figure.quantity.first,
    )


def _comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures can be versions of one: of one unit, of what is counted, and not of quite another size."""
    low, high = sorted((one.quantity.high, other.quantity.high))
    counted = bool(one.unit) or not one.counted or bool((one.counted & other.counted) - ANYTHING)
    alike = one.unit == other.unit and counted and high <= MOST_APART * max(low, 1e-9)
    return alike and not agree(one.quantity, other.quantity)


def _curt(told: Sequence[Citation], at: int) -> Dispute | None:
    """ "Kordany says grain and diesel. Vesmar says rockets."""
    if not at or len(told[at - 1].quote.split()) > CURT:
        return None
    first, second = _CURTLY.match(told[at - 1].quote), _CURTLY.match(told[at].quote)
    if not first or not second or keys(first["who"]) & keys(second["who"]):
        return None
    return Dispute((("said", told[at]), ("said", told[at - 1])))


def _denial(told: Sequence[Citation], at: int) -> Dispute | None:
    """A sentence that denies another, by pointing to the one before it or by telling what it denies."""
    answer = told[at]
    text = plain(answer.quote)
    points = _DENIES.search(text)
    before = told[max(0, at - REACH) : at][::-1]
    if points:
        of_figure = _OF_FIGURE.search(points.group()) is not None
        for other in before:
            if (of_figure and not _gives_another(other, answer)) or _ASKS.search(other.quote):
                continue
            if _PRONOUN.match(text) and other is before[0] and not _speaker(other):
                continue
            if of_figure or _speaker(other) or other is before[0]:
                return Dispute((("denied", answer), ("said", other))) if not _one_speaker(answer, other) else None
        return None
    denied = _DENIES_THAT.search(text)
    if denied is None:
        return None
    following = told[at + 1] if at + 1 < len(told) else None
    if following and _OF_DENIAL.match(following.quote):
        return Dispute((("denied", answer), ("said", following)))
    # Who denies a thing twice denies it once.
    others = [
        other
        for other in (*before, *told[at + 1 : at + 1 + AHEAD])
        if not _ASKS.search(other.quote) and not _DENIES_THAT.search(plain(other.quote))
    ]
    best = max(
        (other for other in others if _others(answer, other)),
        key=lambda other: _speaks_of(other, denied["what"], answer),
        default=None,
    )
    if best is not None and _speaks_of(best, denied["what"], answer):
        return Dispute((("denied", answer), ("said", best)))
    media = [other for other in told if _REPORTED.search(other.quote) and _others(answer, other)]
    if _REPORTS.search(text) and media:
        return Dispute((("denied", answer), ("said", media[0])))
    whole = _ANYTHING.match(denied["what"])
    if whole:
        # What is denied as a whole is what the article tells first in somebody's words; wrongdoing, what accuses.
        accused = not whole["of"].casefold().endswith("thing")
        first = next(
            (
                other
                for other in told[:at]
                # A standfirst is no sentence.
                if not accused or _ACCUSES.search(other.quote)
                if _others(answer, other) and _speaker(other) and other.quote.rstrip()[-1:] in '."”'
            ),
            None,
        )
        return Dispute((("denied", answer), ("said", first))) if first else None
    last = next(iter(before), None)
    if last is None or last not in others or not _others(answer, last) or not _speaker(last):
        return None
    bodies = frozenset(token.key for token in read(denied["what"])) & _BODIES
    if (_speaker(answer) | bodies) & _concepts(last.quote):
        return Dispute((("denied", answer), ("said", last)))
    return None


def _gives_another(other: Citation, answer: Citation) -> bool:
    """Whether a sentence gives a figure that the one that answers it, if it has one itself, can be held against."""
    mine = _figures(answer)
    return any(not mine or any(_comparable(one, theirs) for one in mine) for theirs in _figures(other))


def _speaks_of(other: Citation, what: str, answer: Citation) -> int:
    """How many concepts of what is denied a sentence has: its first, or two that are a good share; else none."""
    own = _speaker(answer) | _BODIES | ANYTHING
    told = [token for token in read(what) if token.content and token.lower not in LIGHT and token.key not in own]
    theirs = [token for token in read(other.quote) if token.content and token.lower not in LIGHT]
    shared = [token for token in told if any(_same(token, there) for there in theirs)]
    first = bool(shared) and shared[0] is told[0] and bool(_speaker(other))
    return len(shared) if first or (len(shared) > 1 and len(shared) >= SHARE * len(told)) else 0


def _same(one: Token, other: Token) -> bool:
    return one.key == other.key or (
        not one.capital and not other.capital and relation(one.lower, other.lower) in ("same", "form", "synonym")
    )


def _concepts(text: str) -> frozenset[str]:
    return frozenset(token.key for token in read(text) if token.content and token.lower not in LIGHT) - ANYTHING


def _others(one: Citation, other: Citation) -> bool:
    """Whether two speakers, or a speaker and the article, stand behind two sentences."""
    return bool(_speaker(one)) and not _one_speaker(one, other)


def _one_speaker(one: Citation, other: Citation) -> bool:
    first, second = _speaker(one), _speaker(other)
    return bool(first and second) and (first <= second or second <= first)


def _speaker(citation: Citation) -> frozenset[str]:
    said = citation.attribution
    if said and said.chain:
        return keys(said.chain[0])
    puts = PUTS.match(plain(citation.quote))
    return keys(puts["who"]) if puts else frozenset()
