"""Dates in a text: whatever part of year, month, day and weekday it gives, or how far from the day of writing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.grounding.lexicon import listed
from pipeline.grounding.words import Token, plain, read

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH_OF = {name: number for number, name in enumerate(_MONTHS, 1)} | {
    short: number
    for number, shorts in enumerate(
        ("jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec"), 1
    )
    for short in shorts.split()
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RELATIVE_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_DIRECTIONS = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1}
# "May" and "March" are months only beside one of these or a number.
_BEFORE_MONTH = listed(
    """
    in on of by since until till before after from to through during last next this late early mid and between
    """
)
_BEFORE_NOUN = listed("a the his her its their")
_AFTER_ORDINAL = frozenset(("st", "nd", "rd", "th"))
_BEFORE_YEAR = listed(
    """
    spring summer autumn winter in since until by from of before after to through during late early mid and between
    year year's for around
    """
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text gives it; `words` as written, token positions `first` up to `last` inclusive.

    `shift` is (unit, amount) for a relative one: ("day", -1) is yesterday, ("week", 1) next week; ("weekday", -1) is
    last Tuesday, ("weekday", 0) plain Tuesday, whose day is in `weekday` (Monday is 0).
    """

    words: str
    first: int
    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    shift: tuple[str, int] | None = None


@lru_cache(maxsize=8192)
def dates_in(text: str) -> tuple[DateMention, ...]:
    """The dates of a text, from left to right."""
    return tuple(_scan(read(text), plain(text)))


def date_positions(text: str) -> frozenset[int]:
    """The token positions that belong to dates."""
    return frozenset(position for mention in dates_in(text) for position in range(mention.first, mention.last + 1))


def _scan(tokens: Sequence[Token], text: str) -> Iterator[DateMention]:
    position = 0
    while position < len(tokens):
        found = _mention(tokens, position)
        if found is None:
            position += 1
            continue
        words = text[tokens[found.first].start : tokens[found.last].end]
        yield DateMention(
            words, found.first, found.last, found.year, found.month, found.day, found.weekday, found.shift
        )
        position = found.last + 1


def _mention(tokens: Sequence[Token], at: int) -> DateMention | None:
    token = tokens[at]
    if token.kind == "number":
        return _iso(tokens, at) or _day_first(tokens, at) or _day_listed(tokens, at) or _year(tokens, at)
    if token.kind != "word":
        return None
    if token.lower in _RELATIVE_DAYS:
        return DateMention("", at, at, shift=("day", _RELATIVE_DAYS[token.lower]))
    if token.lower in _DIRECTIONS and at + 1 < len(tokens):
        unit = tokens[at + 1].lower
        if unit == "night" and token.lower == "last":
            return DateMention("", at, at + 1, shift=("day", -1))
        if unit in ("week", "month", "year"):
            return DateMention("", at, at + 1, shift=(unit, _DIRECTIONS[token.lower]))
        if unit in _WEEKDAYS:
            return DateMention(
                "", at, at + 1, weekday=_WEEKDAYS.index(unit), shift=("weekday", _DIRECTIONS[token.lower])
            )
    if token.lower in _WEEKDAYS and token.capital:
        following = at + 2 if _text(tokens, at + 1) == "," else at + 1
        dated = _mention(tokens, following) if following < len(tokens) else None
        weekday = _WEEKDAYS.index(token.lower)
        if dated is not None and dated.day is not None and dated.month is not None:
            return DateMention("", at, dated.last, dated.year, dated.month, dated.day, weekday)
        return DateMention("", at, at, weekday=weekday, shift=("weekday", 0))
    return _month_first(tokens, at)


def _iso(tokens: Sequence[Token], at: int) -> DateMention | None:
    """2024-12-04."""
    texts = [_text(tokens, at + offset) for offset in range(5)]
    if texts[1] != "-" or texts[3] != "-" or len(texts[0]) != 4:
        return None
    year, month, day = (
        int(part) if part.isascii() and part.isdigit() else 0 for part in (texts[0], texts[2], texts[4])
    )
    return DateMention("", at, at + 4, year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _day_first(tokens: Sequence[Token], at: int) -> DateMention | None:
    """4 December 2024, the 4th of December, 4 Dec; "3 and 4 December" and "3-4 December" give two mentions."""
    day = _day_number(tokens, at)
    if day is None:
        return None
    after = at + 1
    if _text(tokens, after) in _AFTER_ORDINAL:
        after += 1
    if _text(tokens, after).casefold() == "of":
        after += 1
    month = _month_at(tokens, after)
    if month is None:
        joined = _text(tokens, after).casefold() in ("and", "to", "-", "–", "or", ",")
        further = _day_first(tokens, after + 1) if joined and _day_number(tokens, after + 1) is not None else None
        return further and DateMention("", at, after - 1, further.year, further.month, day)
    end, year = _trailing_year(tokens, after + 1)
    return DateMention("", at, end if year else _skip_dot(tokens, after), year, month, day)


def _day_listed(tokens: Sequence[Token], at: int) -> DateMention | None:
    """The second day of "June 12 and 13"."""
    day, joined = _day_number(tokens, at), _text(tokens, at - 1).casefold() in ("and", "to", "-", "–", "or")
    month = _month_at(tokens, at - 3) if at >= 3 and _day_number(tokens, at - 2) is not None else None
    counts = at + 1 < len(tokens) and tokens[at + 1].content and not tokens[at + 1].capital
    if day is None or month is None or not joined or counts or _scaled(tokens, at):
        return None
    end, year = _trailing_year(tokens, at + 1)
    return DateMention("", at, end if year else at, year, month, day)


def _month_first(tokens: Sequence[Token], at: int) -> DateMention | None:
    """December 4, 2024; December 4; December 2024; December."""
    month = _month_at(tokens, at)
    if month is None:
        return None
    after = _skip_dot(tokens, at) + 1
    day = _day_number(tokens, after)
    if day is not None and not _scaled(tokens, after):
        last = after + 1 if _text(tokens, after + 1) in _AFTER_ORDINAL else after
        end, year = _trailing_year(tokens, last + 1)
        return DateMention("", at, end if year else last, year, month, day)
    end, year = _trailing_year(tokens, after)
    if year is None and tokens[at].lower in ("may", "march", "mar", "august", "sep", "dec"):
        before = tokens[at - 1] if at else None
        named = at + 1 < len(tokens) and tokens[at + 1].capital
        # "A March attack", but not "Theresa May" nor "March on Rome".
        attributive = before is not None and before.lower in _BEFORE_NOUN and not named
        if before is None or not (before.lower in _BEFORE_MONTH or attributive):
            return None
    return DateMention("", at, end if year else _skip_dot(tokens, at), year, month)


def _year(tokens: Sequence[Token], at: int) -> DateMention | None:
    """A bare year, or a decade ("the 1990s" is its first year)."""
    year = _year_number(tokens, at)
    if year is None or _scaled(tokens, at):
        return None
    before = tokens[at - 1].lower if at else ""
    adjacent_word = at + 1 < len(tokens) and tokens[at + 1].kind == "word" and tokens[at + 1].lower not in _BEFORE_YEAR
    if before in ("$", "€", "£", "#") or (adjacent_word and before not in _BEFORE_YEAR | {"(", "the", "-", "–"}):
        return None
    return DateMention("", at, at, year=year)


def _trailing_year(tokens: Sequence[Token], at: int) -> tuple[int, int | None]:
    at = at + 1 if _text(tokens, at) in (",", ".") else at
    year = _year_number(tokens, at)
    return at, year


def _year_number(tokens: Sequence[Token], at: int) -> int | None:
    text = _text(tokens, at)
    if len(text) == 4 and text.isascii() and text.isdigit() and 1000 <= int(text) <= 2199:
        return int(text)
    return None


def _day_number(tokens: Sequence[Token], at: int) -> int | None:
    text = _text(tokens, at)
    if text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 31:
        return int(text)
    return None


def _scaled(tokens: Sequence[Token], at: int) -> bool:
    return _text(tokens, at + 1).casefold() in ("%", "percent", "per", "million", "billion", "bn", "m", "km")


def _month_at(tokens: Sequence[Token], at: int) -> int | None:
    if at >= len(tokens) or not tokens[at].capital:
        return None
    return _MONTH_OF.get(tokens[at].lower)


def _skip_dot(tokens: Sequence[Token], at: int) -> int:
    """The position of the full stop of "Dec." when a day or year follows it."""
    if _text(tokens, at + 1) == "." and at + 2 < len(tokens) and tokens[at + 2].kind == "number":
        return at + 1
    return at


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""
