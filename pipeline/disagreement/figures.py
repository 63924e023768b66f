"""Figures that sentences give of one thing: what is counted or measured, how much of it, and what is said around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

import regex

from pipeline.disagreement.clocks import clock_times
from pipeline.disagreement.context import FIGURE, PRICES, Context, context_of
from pipeline.grounding.dates import DateMention, date_positions, dates_in
from pipeline.grounding.lexicon import concept_of, listed
from pipeline.grounding.quantities import Quantity, quantities_in
from pipeline.grounding.words import Token, plain, read

DAY = "day of the calendar"
"""The unit of a date, which counts days from the year 1."""
MONEY = "money"
"""The unit of a sum whose currency everybody knows: "they are paying 48 million"."""
CURRENCIES = frozenset("$€£¥₹")

# Words of a clause before and behind a figure that say what it is of.
BEFORE, BEHIND = 16, 9
# "The country's 85 million people" are all there are.
_OWNED = regex.compile(r"\p{L}['’]s $")
_DATELINE = regex.compile(r"\p{Lu}{2}[^()]{2,60}\([^()]{2,30}\)\s*[-–—]")
# Written-out numbers up to this one ("one of them", "two men") are rarely a figure that somebody disputes.
SMALL_WORDED = 2
# What is paid without a currency is so much or more.
LEAST_SUM = 1_000_000

# What makes a figure a difference from another, or the older of two.
_COMPARED = listed("more less fewer higher lower later earlier further above below ahead behind")
_OTHERS = frozenset(("other", "others"))
_OLD = listed("from than as against versus")
# "Five minutes before the gates were opened" is a place in time.
_DURATIONS = frozenset(("hour", "day", "month"))
_BREAKS = frozenset(";:—–()")
_UNDERGO = regex.compile(
    r" of (?:the|its|their) [\p{Ll}-]+(?: [\p{Ll}-]+)? (?:were|was|are|have been|had been) \p{Ll}+(?:ed|en|t)\b"
)
_TOTALS = listed("number toll total count tally figure sum cost bill estimate price loss share rate margin")
_CROWDS = listed("turnout crowd attendance")
_ANY_TOTAL = frozenset(concept_of(word) for word in ("number", "total", "count", "tally", "figure", "sum", "estimate"))
_SAID = listed("said says told reported announced wrote added confirmed denied statement")
_REPORT = listed(
    """
    said say says told report reported according announce put estimate estimated figure number toll count tally know
    known confirm confirmed claim claimed raise raised revise revised lower lowered rise rose fall fell least about
    around nearly almost some only just official officials spokesman spokeswoman first early later day week month year
    """
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a sentence: `head` are the concepts of what is counted, `around` those of the clause, names apart."""

    quantity: Quantity
    head: frozenset[str]
    around: frozenset[str]
    words: str = ""
    context: Context = field(default_factory=Context)

    @property
    def counted(self) -> frozenset[str]:
        """What is counted, without words that stand for any count: "figure", "total"."""
        return self.head - _ANY_TOTAL

    @property
    def unit(self) -> str:
        return self.quantity.unit


@lru_cache(maxsize=8192)
def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a sentence that could stand against others: no ordinals, parts, differences or old values."""
    tokens = read(text)
    dated = date_positions(text)
    found = []
    for quantity in quantities_in(text):
        if quantity.kind == "vague" or quantity.unit in ("ordinal", "clock", "times"):
            continue
        if quantity.in_words and (quantity.unit == "%" or (quantity.high <= SMALL_WORDED and not quantity.unit)):
            continue
        if not _is_whole(text, tokens, quantity) or _OWNED.search(plain(text)[: tokens[quantity.first].start]):
            continue
        head = _head(tokens, quantity, dated)
        around = _around(tokens, quantity, dated)
        if around or head:
            counted, context = (
                frozenset(token.key for token in head),
                context_of(text, quantity, head, _others(text, quantity)),
            )
            if not quantity.unit and not head and quantity.low >= LEAST_SUM and _is_paid(context):
                quantity = replace(quantity, unit=MONEY)
            found.append(Figure(quantity, counted, around, _words(text, quantity, head), context))
    return tuple(found)


def one_unit(one: Figure, other: Figure) -> bool:
    """Whether two figures are in one unit; a sum without a currency is in any."""
    return one.unit == other.unit or (
        all(unit in CURRENCIES or unit == MONEY for unit in (one.unit, other.unit))
        and (MONEY in (one.unit, other.unit))
    )


def days_in(text: str, published: date | None) -> tuple[Figure, ...]:
    """The calendar days of a sentence as figures in unit "day": a month without a day is a range of days.

    A day on which somebody only said something is none, nor is one without a month; the year of a day that has none is
    the nearest to that of the article.
    """
    tokens = read(text)
    dated = date_positions(text)
    dateline = _DATELINE.match(plain(text))
    found = []
    for mention in dates_in(text):
        if dateline and tokens[mention.first].start < dateline.end():
            continue
        year = mention.year or (_nearest_year(mention, published) if published else None)
        said = any(_lower(tokens, place) in _SAID for place in range(mention.first - 3, mention.first))
        if year is None or mention.month is None or said or mention.words.endswith(("'s", "s'")):
            continue
        first = _day(year, mention.month, mention.day or 1)
        last = first if mention.day else _day(year + mention.month // 12, mention.month % 12 + 1, 1)
        if first is None or last is None:
            continue
        low, high = float(first.toordinal()), float(last.toordinal() - (not mention.day))
        quantity = Quantity(mention.words, low, high, DAY, "exact", "single", mention.first, mention.last)
        around = _around(tokens, quantity, dated)
        if around:
            found.append(Figure(quantity, frozenset(), around, context=context_of(text, quantity, (), tight=True)))
    return tuple(found)


def clocks_in(text: str) -> tuple[Figure, ...]:
    """The times of day of a sentence as figures in minutes since midnight."""
    dated = date_positions(text)
    found = []
    times = clock_times(text)
    for quantity in times:
        around = _around(read(text), quantity, dated)
        if around:
            context = context_of(text, quantity, (), [other for other in times if other != quantity], tight=True)
            found.append(Figure(quantity, frozenset(), around, context=context))
    return tuple(found)


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two figures can be the same: equal, or the one within what "about", "at least", "no more than" leave."""
    if one.low <= other.high and other.low <= one.high:
        return True
    for loose, firm in ((one, other), (other, one)):
        if loose.bound in ("more", "nearly") and firm.low >= loose.low and firm.low <= loose.low * 1.1:
            return True
        if loose.bound in ("about", "nearly", "less") and abs(firm.low - loose.low) <= 0.05 * max(loose.low, firm.low):
            return True
    return False


def _is_paid(context: Context) -> bool:
    before = context.terms[: context.terms.index(FIGURE)]
    return any(term.word in PRICES for term in context.governing if term in before)


def _others(text: str, quantity: Quantity) -> list[Quantity]:
    return [other for other in quantities_in(text) if other.unit == quantity.unit and other != quantity]


def _is_whole(text: str, tokens: Sequence[Token], quantity: Quantity) -> bool:
    before = _lower(tokens, quantity.first - 1)
    after, next_after = _lower(tokens, quantity.last + 1), _lower(tokens, quantity.last + 2)
    if before in ("another", "other", "further", "additional", "remaining", "extra", "every", "each", "aged", "age"):
        return False
    if after == "of" and _UNDERGO.match(plain(text)[tokens[quantity.last].end :]):
        # "Twelve of the passengers were hurt" counts the hurt.
        return True
    if after == "of" and next_after in ("the", "its", "his", "her", "their", "those", "these", "them", "whom", "which"):
        return False
    if quantity.unit == "hour" and "and" in (before, after):
        return False
    if quantity.unit in _DURATIONS and after in ("before", "after", "ago", "since", "into", "-"):
        return False
    if (
        after in _COMPARED
        or after in ("other", "others")
        or before in ("not", "the")
        or (before in _OLD and quantity.bound == "exact")
    ):
        return False
    hyphens = [tokens[place].text for place in range(quantity.first, quantity.last + 2) if place < len(tokens)]
    return not ("-" in hyphens[1:] and not tokens[quantity.first].text.isnumeric() and quantity.unit)


def _head(tokens: Sequence[Token], quantity: Quantity, dated: frozenset[int]) -> list[Token]:
    """What is counted: the words behind the figure, "62 missing containers"; else before it, "the death toll to 14"."""
    kept: list[Token] = []
    for place in range(quantity.last + 1, min(quantity.last + 5, len(tokens))):
        token = tokens[place]
        if place in dated or token.text in _BREAKS or token.text in ',."' or (token.kind == "word" and token.capital):
            break
        if token.lower in ("of", "-", "the", "out", "off"):
            continue
        if not token.content:
            break
        kept.append(token)
        if len(kept) == 3:
            break
    if kept:
        return kept
    for place in range(quantity.first - 1, max(-1, quantity.first - BEFORE), -1):
        token = tokens[place]
        if token.text in _BREAKS:
            break
        if token.lower in _TOTALS or (not quantity.unit and token.lower in _CROWDS):
            return [*_compound(tokens, place), token, *_of(tokens, place)]
    return []


def _compound(tokens: Sequence[Token], at: int) -> list[Token]:
    """ "death" of "death toll"."""
    return [tokens[at - 1]] if at and tokens[at - 1].content and not tokens[at - 1].capital else []


def _of(tokens: Sequence[Token], at: int) -> list[Token]:
    """ "missing containers" of "number of missing containers"."""
    if _lower(tokens, at + 1) != "of":
        return []
    kept: list[Token] = []
    for token in tokens[at + 2 : at + 6]:
        if token.kind != "word" or token.capital or (not token.content and token.lower not in ("the", "of")):
            break
        kept += [token] if token.content else []
    return kept[:3]


def _around(tokens: Sequence[Token], quantity: Quantity, dated: frozenset[int]) -> frozenset[str]:
    first, last = quantity.first, quantity.last
    while first > 0 and quantity.first - first < BEFORE and tokens[first - 1].text not in _BREAKS:
        first -= 1
    while last + 1 < len(tokens) and last - quantity.last < BEHIND and tokens[last + 1].text not in _BREAKS:
        last += 1
    return frozenset(
        token.key
        for place, token in enumerate(tokens[first : last + 1], first)
        if token.kind == "word"
        and token.content
        and place not in dated
        and token.lower not in _REPORT
        and not (token.capital and place)
        and not quantity.first <= place <= quantity.last
    )


def _words(text: str, quantity: Quantity, head: Sequence[Token]) -> str:
    """What is counted, as written."""
    if not head:
        return ""
    written = plain(text)
    return written[head[0].start : head[-1].end] if head[0].start < head[-1].end else head[0].text


def _nearest_year(mention: DateMention, published: date) -> int:
    """The year that puts a month nearest to the day of the article."""
    years = (published.year - 1, published.year, published.year + 1)
    return min(years, key=lambda year: abs((year - published.year) * 12 + (mention.month or 1) - published.month))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _lower(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""
