"""What two figures are to each other: two versions of one thing, one thing that has changed, or neither.

of one thing    the same unit, the same thing counted, clauses that share the rarer of their words and contrast in
                none, and no two days or periods that are apart
an update       of one thing, and the later says that it has changed, or is by the same speaker, or is of a count
                that only grows while a thing goes on
a conflict      of one thing, by two speakers, or by two origins about the same day
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from operator import mul
from typing import TypeAlias

import regex

from pipeline.disagreement.claims import Claim
from pipeline.disagreement.clocks import CLOCK
from pipeline.disagreement.context import (
    FIGURE,
    PERSONS,
    PRICES,
    Term,
    contrast,
    governed_alike,
    governed_both,
    is_among,
    on_other_weekdays,
    periods,
)
from pipeline.disagreement.figures import CURRENCIES, DAY, MONEY, Figure, agree, one_unit
from pipeline.disagreement.wording import corrects, revised
from pipeline.grounding.lexicon import concept_of, listed
from pipeline.grounding.meaning import likeness_of, weight
from pipeline.grounding.words import keys, plain, read
from pipeline.types import DisagreementKind

Rarity: TypeAlias = Mapping[str, float]
"""How much it says that two clauses share a concept."""

# The cosine of the clauses' words, weighted by rarity, from which two figures are of one thing.
SAME_THING = 0.3
# What two papers give in their own voice differs for many reasons. It is a conflict only of clauses so much alike.
OWN_VOICE = 0.6
# It is less where the same word stands next to both: "turnout was 58.3 per cent", "a turnout of 63.1 per cent".
SAME_MEASURE = 0.2
# Two days, or two times of day, are of one thing when their clauses share so many words, and are so much alike.
WORDS = 2
SAME_DAY, SAME_CLOCK = 0.4, 0.3
# Clauses so much alike need no second word.
SAME_CLAUSE = 0.8
# What is done must be done in both, unless they share a name and so many words.
MANY_WORDS = 3
# The share of the words for what is measured that two figures of one unit have in common.
SAME_COUNTED = 0.4
# Figures of one thing are not further apart than this.
MOST_APART = 10
# Of two words whose cosine is lower, neither says what the other does; the rarest weigh so much.
NEAR, MOST_TELLING = 0.3, 1.2
# Words that are counted in every story: people alone make no thing.
ANYTHING = frozenset(
    concept_of(word)
    for word in listed(
        """
        people time operation group year month week ton tons crowns kroner florins thalers pence yuan francs pesos
        roubles shekels rand points places things cases p milligram milligrams mg million
        """
    )
)
# What two papers give in their own voice within so many days is of one day.
ONE_DAY = timedelta(days=1)

_OPENS_WITH_PLACE = regex.compile(r"(?:In|At|Across|Around) (?:\p{Ll}[\p{L}-]+ ){0,2}(?P<place>\p{Lu}[\p{L}’'-]+)")
_SUMS = CURRENCIES | {MONEY}
_PERSONS = frozenset(map(concept_of, PERSONS | listed("turnout crowd attendance")))
_PRICES = frozenset(map(concept_of, PRICES)) | frozenset(("final",))
# What stands before a figure that has taken the place of another.
_CHANGED_TO = regex.compile(
    r"\b(?:r[oi]sen?|rising|fell|fallen|falls?|climbed|climbs|widen\w*|extend\w*|increas\w+|rais\w+|lower\w*|revis\w+|"
    r"correct\w*|gr[eo]wn?|grew|cut|reduc\w+|bringing|brought|jumped|dropped|slipped|changed)\b(?:\W+[\p{L}\d’'-]+){0,9}?\W+"
    r"to\W+(?:\w+\W+){0,3}$|\b(?:now|still|so far|no longer|already)\b(?:\W+[\p{L}’'-]+){0,6}\W*$",
    regex.IGNORECASE,
)
_CHANGED_FROM = regex.compile(
    r"^(?:\W+[\p{L}\d’'-]+){0,6}?\W+(?:up from|down from|instead of|rather than|(?:more|fewer|less|higher|lower) than "
    r"(?:it |they |he |she |was |were )?"
    r"(?:at )?(?:first|earlier|previously|originally|initially|said)|so far)\b|"
    r"\bnot (?:the )?\S+ as\b",
    regex.IGNORECASE,
)
# A day that has been moved.
_MOVED = regex.compile(
    r"\b(?:postpon\w+|put back|delay\w*|brought forward|moved (?:to|from|back|forward)|"
    r"(?:will|would|may|could) not (?:[\p{L}’']+ ){0,3}until|no longer|pushed back)\b",
    regex.IGNORECASE,
)
# Somebody is held against somebody else: "three more than local officials had reported".
_AGAINST = regex.compile(
    r"\b(?:(?:more|fewer|less|higher|lower) than (?!it\b|he\b|she\b|they\b|we\b|first\b|earlier\b)"
    r"(?:[\p{L}’']+ ){1,4}(?:had )?(?:reported|said|claimed|admitted|given|"
    r"cited)|contradict\w*|disput\w+|contrary to|at odds with|rather than the)\b",
    regex.IGNORECASE,
)
# Counts that only grow while a thing goes on.
_GROWING = listed(
    """
    kill killed kills killing died die dies dead death deaths toll injured injuries hurt wounded arrested arrests
    arrest detained detentions evacuated evacuations fled displaced homeless cases infected infections burned burnt
    rescued survivors raised collected vaccinated recovered bodies hospitalised hospitalized cancelled recalled
    destroyed damaged charged
    """
)


# Counts of how things stand, which differ from day to day: who counts them does not matter then.
_STATE = listed(
    """
    missing remain remained remaining customers outages closed contained hospital custody treated trapped stranded
    displaced homeless sheltering isolated quarantined infected unaccounted searching
    """
)


# What has become of those who are counted: a figure of the one is none of the other.
_OUTCOMES = tuple(
    frozenset(map(concept_of, listed(words)))
    for words in (
        "kill killed killing die died dies dead death deaths",
        "injure injured injuring injury injuries wound wounded hurt",
        "missing unaccounted",
        "arrest arrested arrests detained",
    )
)


def relate(one: Claim, other: Claim, rarity: Rarity) -> DisagreementKind | None:
    """What two figures of two sentences are to each other; None when they agree or are of two things."""
    if not _counts_the_same(one.figure, other.figure) or _other_outcomes(one, other):
        return None
    same_measure = governed_both(one.figure.context, other.figure.context, known=True)
    least = SAME_MEASURE if same_measure else SAME_THING
    if likeness(one, other, rarity) < {DAY: SAME_DAY, CLOCK: SAME_CLOCK}.get(one.figure.unit, least):
        return None
    if (
        not (one.figure.head | other.figure.head) - ANYTHING
        and _money(one.figure)
        and not governed_both(one.figure.context, other.figure.context)
    ):
        return None
    if one.figure.unit in (DAY, CLOCK):
        common = _common(one, other)
        many = len(common) >= MANY_WORDS and any(term.name for term in common)
        if one.figure.unit == DAY and _has_come(one) != _has_come(other):
            return None
        # A month is told of in every report of every month.
        months = any(claim.figure.quantity.low < claim.figure.quantity.high for claim in (one, other))
        few = sum(not term.name for term in common) < WORDS and (months or likeness(one, other, rarity) < SAME_CLAUSE)
        if not common or (few and not many) or not (many or governed_alike(one.figure.context, other.figure.context)):
            return None
    kind = between(one, other)
    attributed = bool(one.speaker and other.speaker) or (same_measure and bool(one.speaker or other.speaker))
    if kind == "conflict" and not attributed and likeness(one, other, rarity) < OWN_VOICE:
        return None
    return kind


def between(one: Claim, other: Claim) -> DisagreementKind | None:
    """The same for two figures that are known to be given of like things: do they contrast, and who says them when."""
    if agree(one.figure.quantity, other.figure.quantity):
        return None
    speakers = one.speakers | other.speakers
    published = (one.published, other.published)
    if contrast(one.figure.context, other.figure.context, speakers, published):
        return None
    if _of_a_place(one, other) or _of_a_place(other, one):
        return None
    earlier, later = sorted((one, other), key=lambda claim: claim.evidence.article.published or "")
    dated = bool(later.published and earlier.published)
    apart = later.published - earlier.published if later.published and earlier.published else timedelta()
    same_article = one.evidence.article.id == other.evidence.article.id
    changed = _says_it_changed(later) or (not apart and not same_article and _says_it_changed(earlier))
    if same_speaker(one, other):
        return "update" if apart or (changed and not same_article) else None
    if same_article and not (one.speaker and other.speaker):
        return None
    if _AGAINST.search(later.sentence.text):
        return "conflict"
    if changed and not same_article:
        return "update"
    if apart and _grew(earlier, later):
        return "update"
    if on_other_weekdays(one.figure.context, other.figure.context):
        return None
    if apart > ONE_DAY and all(_STATE & {term.word for term in claim.figure.context.terms} for claim in (one, other)):
        return "update"
    if one.speaker and other.speaker:
        return "conflict"
    if one.origin == other.origin or not dated:
        return None
    both_dated = periods(one.figure.context, one.published) and periods(other.figure.context, other.published)
    return "conflict" if apart <= ONE_DAY or both_dated else "update"


def _other_outcomes(one: Claim, other: Claim) -> bool:
    """Whether one counts the dead and the other, say, the injured."""
    first, second = (
        {number for number, words in enumerate(_OUTCOMES) if words & {term.key for term in claim.figure.context.terms}}
        for claim in (one, other)
    )
    return bool(first and second) and not first & second


def _of_a_place(one: Claim, other: Claim) -> bool:
    """Whether the one is of a place that the other does not name: "In Syria, …", or a smaller figure "in Hatay"."""
    there = keys(other.sentence.text) | keys(other.evidence.article.title)
    opens = _OPENS_WITH_PLACE.match(plain(one.sentence.text))
    if opens and not keys(opens["place"]) & there:
        return True
    terms = one.figure.context.terms
    behind = {term.key for term in terms[terms.index(FIGURE) + 1 :] if term.name} - one.speakers - other.speakers
    smaller = one.figure.quantity.high < other.figure.quantity.low
    return smaller and bool(behind) and not behind & there


def likeness(one: Claim, other: Claim, rarity: Rarity) -> float:
    """How far two clauses say the same, figures and speakers apart: the cosine of their words by rarity.

    A synonym is had like the word itself. A name that both have counts; one that only one has is no difference, for
    "the depot" of the one is "Orlosk" of the other.
    """
    first, second = (
        {term.key: term for term in claim.figure.context.terms if term != FIGURE and term.key not in claim.speakers}
        for claim in (one, other)
    )

    def weight(words: Iterable[Term]) -> float:
        return sum(rarity.get(word.key, 1.0) ** 2 for word in words)

    had = [
        [term for term in mine.values() if is_among(term, theirs.values())]
        for mine, theirs in ((first, second), (second, first))
    ]
    whole = [
        weight(term for term in mine.values() if not term.name or term in both)
        for mine, both in ((first, had[0]), (second, had[1]))
    ]
    return math.sqrt(weight(had[0]) * weight(had[1]) / (whole[0] * whole[1])) if whole[0] and whole[1] else 0.0


def told_alike(one: Claim, other: Claim, rarity: Rarity) -> float:
    """The same by what words share in meaning too: the harmonic mean of what the clauses have of each other."""
    first, second = (
        [term for term in claim.figure.context.terms if term != FIGURE and term.key not in claim.speakers]
        for claim in (one, other)
    )
    if not first or not second:
        return 0.0
    shares = []
    for mine, theirs in ((first, second), (second, first)):
        weights = [_telling(term) * rarity.get(term.key, 1.0) for term in mine]
        had = [max(_resemble(term, there) for there in theirs) for term in mine]
        shares.append(sum(map(mul, weights, had)) / max(sum(weights), 1e-9))
    return 2 * shares[0] * shares[1] / sum(shares) if sum(shares) else 0.0


def _telling(term: Term) -> float:
    return 1.0 if term.name else min(MOST_TELLING, weight(term.word))


def _resemble(one: Term, other: Term) -> float:
    if is_among(one, (other,)):
        return 1.0
    near = 0.0 if one.name or other.name else likeness_of(one.word, other.word)
    return near if near >= NEAR else 0.0


def _has_come(claim: Claim) -> bool | None:
    """Whether a day had come when it was told; None when it is not known when that was."""
    return claim.figure.quantity.low < claim.published.toordinal() if claim.published else None


def _common(one: Claim, other: Claim) -> list[Term]:
    """The words of the clause of the one that the other's has, speakers apart."""
    first, second = (
        [
            term
            for term in claim.figure.context.terms
            if term != FIGURE and term.key not in one.speakers | other.speakers
        ]
        for claim in (one, other)
    )
    return [term for term in first if is_among(term, second)]


def _counts_the_same(one: Figure, other: Figure) -> bool:
    """Whether two figures have one unit and not too different a size, and count the same where they have none."""
    if not one_unit(one, other):
        return False
    low, high = sorted((abs(one.quantity.high), abs(other.quantity.high)))
    if high > MOST_APART * max(low, 1e-9):
        return False
    shared = (one.around | one.head) & (other.around | other.head)
    if one.unit in (DAY, CLOCK):
        return True
    if one.unit in _SUMS:
        one, other = (replace(figure, head=figure.head - _PRICES) for figure in (one, other))
    if not one.unit and one.head and other.head and not one.head & other.head and (one.head | other.head) & _PERSONS:
        # "Prisoners" are "men" elsewhere, if the same is done with them.
        common = [term for term in one.context.terms if term != FIGURE and is_among(term, other.context.terms)]
        return governed_both(one.context, other.context, known=True) or len(common) >= WORDS
    if one.head - other.around - other.head and other.head - one.around - one.head:
        return False
    if _is_part(one, other) or _is_part(other, one):
        return False
    heads = one.head & other.head
    if one.unit and one.head and other.head:
        return len(heads) >= SAME_COUNTED * len(one.head | other.head)
    if one.unit in _SUMS:
        return bool(shared) or governed_both(one.context, other.context, known=True)
    if one.unit:
        return len(shared) > 1
    return bool(heads - ANYTHING) or bool(heads and shared - heads - ANYTHING)


def _money(figure: Figure) -> bool:
    return figure.unit in _SUMS or bool(figure.head)


def _is_part(one: Figure, other: Figure) -> bool:
    """Whether the one counts only some of the other: "five people died of burns", "17 people were killed"."""
    words = one.words.casefold().split()
    if "of" not in words or one.quantity.high >= other.quantity.low:
        return False
    return concept_of(words[-1]) not in other.head | other.around


def same_speaker(one: Claim, other: Claim) -> bool:
    """Whether one speaks twice, or the paper does, or people of one kind of whom none is named ("officials")."""
    if not one.speaker and not other.speaker:
        return one.evidence.article.source == other.evidence.article.source and bool(one.evidence.article.source)
    first, second = one.speaker, other.speaker
    return bool(first and second) and (first <= second or second <= first)


def _says_it_changed(claim: Claim) -> bool:
    text = plain(claim.sentence.text)
    tokens = read(text)
    quantity = claim.figure.quantity
    before, behind = text[: tokens[quantity.first].start], text[tokens[quantity.last].end :]
    return (
        _CHANGED_TO.search(before) is not None
        or _CHANGED_FROM.search(behind) is not None
        or corrects(text)
        or revised(text) is not None
        or (quantity.unit in (DAY, "month") and _MOVED.search(text) is not None)
    )


def _grew(earlier: Claim, later: Claim) -> bool:
    """Whether the later is the higher figure of a count that grows, or of one that was "at least" so high."""
    before, after = earlier.figure.quantity, later.figure.quantity
    growing = all(_GROWING & {term.word for term in claim.figure.context.terms} for claim in (earlier, later))
    return after.low > before.low and (growing or before.bound == "more")
