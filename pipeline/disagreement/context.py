"""What stands around a figure and says what it is of: what governs it, the names beside it, the days it speaks of.

Two figures whose contexts contrast are of two things, however alike their clauses are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from pipeline.grounding.dates import DateMention, dates_in
from pipeline.grounding.lexicon import listed
from pipeline.grounding.quantities import Quantity
from pipeline.grounding.units import ORDINALS
from pipeline.grounding.words import Token, read
from pipeline.wordnet import relation

# How many words with meaning before a figure, and behind what it counts, say what is done with it.
GOVERNING = 2
# Clauses that have so much in common differ by single words.
HALF = 0.5
WEEK = 7
# Two articles that give no day speak of about the days on which they are published.
LATELY = timedelta(days=60)

_JOINS = frozenset((",", "and", "but", "or"))
_BREAKS = frozenset(';:—–()"')
_SAID = listed("said says told reported announced wrote added confirmed denied statement according")
# Words that give a figure and say nothing of it, or that stand with any figure.
LIGHT = listed(
    """
    said say says told report reported reports reporting according announce announced put puts estimate estimated
    estimates figure number toll count counted tally know known confirm confirmed claim claimed show shows showed
    find found give given gave stand stands stood have has had be been being total about around nearly almost some
    only just official officials spokesman spokeswoman first still now later so far today yesterday say value valued
    values total insist insisted maintain maintained believe believed think thought amount amounted reach reached
    mean means happened occurred came took place went off started meant least raise raised revise revised lower
    lowered rise rose risen fall fell fallen widen widened climb climbed increase increased cut up down correct
    corrected conceded admitted counted again
    """
)
PRICES = listed(
    "cost costs bill bills price prices budget tab expense expenses outlay spending fee fees pay pays paid paying"
)
"""What something costs is called so, and what is done about it."""
PERSONS = listed("people persons men women man woman person")
"""Whoever is counted is called so."""
_SAYS = listed(
    """
    said says say told tells claimed claims claim insisted insists maintained maintains argued argues announced
    announces confirmed confirms denied denies warned warns believes believed thinks thought reckons conceded concedes
    """
)
_FINDS = listed("found finds shows showed reported reports estimates estimated")
_HANDS_OVER = listed("according because while whereas although though but against as compared")
# A speaker behind what is said has at most so many words.
_SPEAKER = 9
_RATES = listed("year month week day hour annually monthly weekly daily yearly")
_AUXILIARIES = listed("was were is are be been being has have had will would did does do may could")
_FURTHER = listed("addition additional besides plus apart")
_BY = listed("by until since")


@dataclass(frozen=True, slots=True)
class Term:
    """A word with meaning: its concept, how it is written in lower case, and whether it is a name."""

    key: str
    word: str
    name: bool = False


FIGURE = Term("#", "#")
"""Stands for the figure among the terms of its clause."""


@dataclass(frozen=True, slots=True)
class Context:
    """`terms` are those of the clause in order, the figure among them, and `governing` those next to the figure.

    `dates` are the days spoken of, not those on which somebody speaks; `rate` says whether the figure is so much a
    year, a week, a day, `earlier` whether it is of "a week earlier", "two years ago", and
    `further` whether it is "in addition to" others.
    """

    terms: tuple[Term, ...] = ()
    governing: tuple[Term, ...] = ()
    dates: tuple[DateMention, ...] = ()
    rate: bool = False
    earlier: bool = False
    further: bool = False


def context_of(
    text: str, quantity: Quantity, head: Sequence[Token], others: Sequence[Quantity] = (), *, tight: bool = False
) -> Context:
    """The context of a figure in its sentence; `head` is what it counts, `others` are figures of the same kind.

    A `tight` one ends at the next comma or "and", even if no other figure is beyond it.
    """
    tokens = read(text)
    first, last = _clause(tokens, quantity, others, tight)
    mentions = dates_in(text)
    dated = {place for mention in mentions for place in range(mention.first, mention.last + 1)}
    terms = [
        FIGURE if place == quantity.first else _term(tokens, place)
        for place in range(first, last + 1)
        if place == quantity.first
        or (_says_something(tokens[place]) and place not in dated and not quantity.first <= place <= quantity.last)
    ]
    return Context(
        tuple(terms),
        tuple(_governing(tokens, quantity, head, frozenset(dated), first, last)),
        tuple(
            mention
            for mention in mentions
            if first <= mention.first <= last and mention.first != quantity.first and not _of_saying(tokens, mention)
        ),
        _is_rate(tokens, quantity, head),
        any(_is_ago(tokens, place) for place in range(first, last + 1)),
        any(tokens[place].lower in _FURTHER for place in range(first, last + 1)),
    )


def contrast(
    one: Context, other: Context, speakers: frozenset[str], published: tuple[date | None, date | None]
) -> bool:
    """Whether two contexts are of different things, names of `speakers` apart."""
    return (
        one.rate != other.rate
        or one.earlier != other.earlier
        or one.further
        or other.further
        or _ordinals(one) != _ordinals(other)
        or _names_differ(one, other, speakers)
        or _governed_apart(one, other, speakers)
        or _exchanged(one, other, speakers)
        or _times_apart(one, other, published)
    )


def periods(context: Context, published: date | None) -> list[tuple[date, date]]:
    """The first and last days that a clause speaks of; "by Monday" and "since April" only say up to when."""
    found = (_period(mention, published) for mention in context.dates)
    return [period for period in found if period is not None]


def _clause(tokens: Sequence[Token], quantity: Quantity, others: Sequence[Quantity], tight: bool) -> tuple[int, int]:
    """The first and last places of the clause of a figure, without who says it and without the next figure's."""
    first, last = quantity.first, quantity.last
    before = max((other.last for other in others if other.last < first), default=-1)
    behind = min((other.first for other in others if other.first > last), default=len(tokens))
    while first > 0 and tokens[first - 1].text not in _BREAKS and not _reports(tokens, first - 1):
        if (tight or before >= 0) and (tokens[first - 1].lower in _JOINS or first - 1 <= before):
            break
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].text not in _BREAKS and not _hands_over(tokens, last + 1):
        if (tight or behind < len(tokens)) and (tokens[last + 1].lower in _JOINS or last + 1 >= behind):
            break
        last += 1
    return first, last


def _reports(tokens: Sequence[Token], place: int) -> bool:
    """ "Said" and the like, and any verb of finding or thinking before "that"."""
    following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    return (
        tokens[place].lower in _SAYS
        or tokens[place].lower == "because"
        or (following == "that" and tokens[place].lower in LIGHT)
    )


def _hands_over(tokens: Sequence[Token], place: int) -> bool:
    """Whether a comma is followed by who said what stands before it, or by what that is held against."""
    if tokens[place].text != ",":
        return False
    after = [token.lower for token in tokens[place + 1 : place + 1 + _SPEAKER]]
    closed = next((at for at, word in enumerate(after) if word in (",", ".")), len(after))
    return bool(after) and (after[0] in _HANDS_OVER or any(word in _SAYS | _FINDS for word in after[:closed]))


def _says_something(token: Token) -> bool:
    return token.kind == "word" and token.content and token.lower not in LIGHT


def _term(tokens: Sequence[Token], place: int) -> Term:
    """The word that opens a sentence is a name only if the next one is too."""
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    return Term(token.key, token.lower, token.capital and bool(place or (following and following.capital)))


def _governing(
    tokens: Sequence[Token],
    quantity: Quantity,
    head: Sequence[Token],
    dated: frozenset[int],
    first: int,
    last: int,
) -> Iterator[Term]:
    """The nearest words with meaning before the figure, and what is done with what it counts behind it."""
    counted = {token.start for token in head}
    meaning = [
        place
        for place in range(first, last + 1)
        if place not in dated and _says_something(tokens[place]) and tokens[place].start not in counted
    ]
    before = [place for place in meaning if place < quantity.first]
    unnamed = [place for place in before if not _term(tokens, place).name]
    for place in unnamed[: -GOVERNING - 1 : -1]:
        yield _term(tokens, place)
    behind = [place for place in meaning if place > quantity.last and not tokens[place].capital]
    done = [place for place in behind if any(tokens[at].lower in _AUXILIARIES for at in (place - 1, place - 2))]
    for place in done[:1]:
        yield _term(tokens, place)


def _of_saying(tokens: Sequence[Token], mention: DateMention) -> bool:
    before = [tokens[place].lower for place in range(max(0, mention.first - 3), mention.first)]
    return any(word in _SAID for word in before) or any(word in _BY for word in before[-1:])


def _is_rate(tokens: Sequence[Token], quantity: Quantity, head: Sequence[Token]) -> bool:
    """ "£6m a year", "40 cases per week"."""
    end = max([quantity.last, *(place for place, token in enumerate(tokens) if any(token is word for word in head))])
    words = [token.lower for token in tokens[end + 1 : end + 3]]
    each = len(words) == 2 and words[0] in ("a", "an", "per", "each", "every") and words[1] in _RATES
    return each or (bool(words) and words[0].endswith("ly") and words[0] in _RATES)


def _is_ago(tokens: Sequence[Token], place: int) -> bool:
    unit = tokens[place].lower.removesuffix("s")
    following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    return unit in _RATES and following in ("earlier", "before", "ago", "previously")


def _names_differ(one: Context, other: Context, speakers: frozenset[str]) -> bool:
    """Whether each clause has names, in one place, before the figure or behind it, or at all, and they share none."""
    sides = [[_named(context, speakers, before) for before in (True, False)] for context in (one, other)]
    if any(first and second and not first & second for first, second in zip(*sides, strict=True)):
        return True
    first, second = (frozenset().union(*found) for found in sides)
    return bool(first and second) and not first & second


def _named(context: Context, speakers: frozenset[str], before: bool) -> frozenset[str]:
    at = context.terms.index(FIGURE)
    place = context.terms[:at] if before else context.terms[at + 1 :]
    return frozenset(term.key for term in place if term.name) - speakers


def _governed_apart(one: Context, other: Context, speakers: frozenset[str]) -> bool:
    """Whether what stands next to each figure has no like in the clause of the other."""
    first, second = (
        [term for term in context.governing if term.key not in speakers and not term.name] for context in (one, other)
    )
    return bool(first and second) and not _meet(first, second, one, other)


def governed_alike(one: Context, other: Context) -> bool:
    """Whether what stands next to one figure has its like in the clause of the other."""
    return _meet(one.governing, other.governing, one, other)


def governed_both(one: Context, other: Context, *, known: bool = False) -> bool:
    """Whether what stands next to the two figures is alike; where that is not `known` of both, it may be."""
    first, second = ([term for term in context.governing if not term.name] for context in (one, other))
    return (not known and not (first and second)) or any(is_among(mine, second) for mine in first)


def _meet(first: Sequence[Term], second: Sequence[Term], one: Context, other: Context) -> bool:
    return any(_same(term, there) for term in first for there in other.terms) or any(
        _same(term, there) for term in second for there in one.terms
    )


def _ordinals(context: Context) -> frozenset[str]:
    return frozenset(term.word for term in context.terms if term.word in ORDINALS and term.word != "first")


def _exchanged(one: Context, other: Context, speakers: frozenset[str]) -> bool:
    """Whether two clauses are the same but for a word or two: "food prices rose", "fuel prices rose"."""
    first, second = ([term for term in context.terms if term.key not in speakers] for context in (one, other))
    matcher = SequenceMatcher(None, [term.key for term in first], [term.key for term in second], autojunk=False)
    if matcher.ratio() < HALF:
        return False
    return any(
        kind == "replace" and b - a == 1 and d - c == 1 and not _alike(first[a], second[c])
        for kind, a, b, c, d in matcher.get_opcodes()
    )


def is_among(term: Term, others: Iterable[Term]) -> bool:
    """Whether a word, a form or a synonym of it, is one of these."""
    return any(_same(term, other) for other in others)


def _same(one: Term, other: Term) -> bool:
    if one.key == other.key or (one.word in PRICES and other.word in PRICES):
        return True
    return not one.name and not other.name and relation(one.word, other.word) in ("same", "form", "synonym")


def _alike(one: Term, other: Term) -> bool:
    """Whether two words can stand for one another, or one for the other's kind."""
    if one.name or other.name:
        return one.key == other.key
    return one.key == other.key or relation(one.word, other.word) in ("same", "form", "synonym", "wider", "narrower")


def _times_apart(one: Context, other: Context, published: tuple[date | None, date | None]) -> bool:
    first, second = periods(one, published[0]), periods(other, published[1])
    if first and second:
        days = [day for day in published if day]
        if _weekdays(one) & _weekdays(other) and len(days) > 1 and abs((days[1] - days[0]).days) < WEEK:
            # Which Tuesday, the tense would have to say.
            return False
        return not any(a <= d and c <= b for a, b in first for c, d in second)
    known = first or second
    days = [day for day in published if day]
    if not known or not days:
        return False
    # "Last year" stands against what is told of now.
    relative = any(
        mention.shift and mention.shift[0] != "weekday" and mention.shift[1] < 0 for mention in one.dates + other.dates
    )
    silent = published[1] if first else published[0]
    if relative and silent and not any(start <= silent <= last for start, last in known):
        return any((last - start).days >= WEEK - 1 for start, last in known)
    return all(last < min(days) - LATELY for _, last in known)


def on_other_weekdays(one: Context, other: Context) -> bool:
    """Whether the one speaks of a Tuesday and the other of a Wednesday."""
    first, second = _weekdays(one), _weekdays(other)
    return bool(first and second) and not first & second


def _weekdays(context: Context) -> set[int]:
    return {mention.weekday for mention in context.dates if mention.weekday is not None}


def _period(mention: DateMention, published: date | None) -> tuple[date, date] | None:
    if mention.shift and published:
        unit, amount = mention.shift
        if unit == "year":
            return date(published.year + amount, 1, 1), date(published.year + amount, 12, 31)
        if unit == "month":
            middle = published.replace(day=15) + timedelta(days=30 * amount)
            return middle.replace(day=1), middle.replace(day=28)
        if unit == "week":
            start = published + timedelta(days=7 * amount - published.weekday())
            return start, start + timedelta(days=6)
        if unit == "day":
            return published + timedelta(days=amount), published + timedelta(days=amount)
        if mention.weekday is not None:
            back = (published.weekday() - mention.weekday) % 7
            day = published - timedelta(days=back)
            return day - timedelta(days=1), day + timedelta(days=1)
    year = mention.year or (_nearest_year(mention, published) if published and mention.month else None)
    if year is None:
        return None
    month = mention.month or 1
    try:
        first = date(year, month, mention.day or 1)
    except ValueError:
        return None
    if mention.day:
        return first, first
    return first, date(year, mention.month or 12, 28)


def _nearest_year(mention: DateMention, published: date) -> int:
    years = (published.year - 1, published.year, published.year + 1)
    return min(years, key=lambda year: abs((year - published.year) * 12 + (mention.month or 1) - published.month))
