"""Number words, scales, units and bounds of English prose: data for reading quantities."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pipeline.grounding.lexicon import listed

Bound: TypeAlias = Literal["exact", "about", "nearly", "more", "less"]


def _counted(words: str, start: float = 0.0, step: float = 1.0) -> dict[str, float]:
    return {word: start + step * place for place, word in enumerate(words.split())}


WORD_VALUES = _counted(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
    """
) | _counted("twenty thirty forty fifty sixty seventy eighty ninety", start=20.0, step=10.0)
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "bn": 1e9,
    "tn": 1e12,
}
# Letters that scale a figure only when they touch it ("5m", "20k").
TOUCHING = frozenset(("k", "m"))
ORDINALS = _counted(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth
    """,
    start=1.0,
)
FRACTIONS = {
    "half": 0.5,
    "third": 1 / 3,
    "thirds": 1 / 3,
    "quarter": 0.25,
    "quarters": 0.25,
    "fifth": 0.2,
    "fifths": 0.2,
    "sixth": 1 / 6,
    "tenth": 0.1,
    "tenths": 0.1,
}
TIMES = {
    "twice": 2.0,
    "double": 2.0,
    "doubled": 2.0,
    "doubling": 2.0,
    "twofold": 2.0,
    "triple": 3.0,
    "tripled": 3.0,
    "threefold": 3.0,
    "quadrupled": 4.0,
    "halved": 0.5,
}
# What a plural with no number in front can stand for.
VAGUE = {
    "dozens": (24.0, 199.0),
    "scores": (40.0, 199.0),
    "hundreds": (150.0, 1_999.0),
    "thousands": (1_000.0, 199_999.0),
    "millions": (1e6, 1.99e9),
    "billions": (1e9, 1.99e12),
}
# Times without a number, in the base unit that `UNITS` gives: checked only against others of their kind.
VAGUE_TIMES = listed("minutes hours days weeks months years decades centuries")
UNITS = {
    "%": ("%", 1.0),
    "percent": ("%", 1.0),
    "dollar": ("$", 1.0),
    "dollars": ("$", 1.0),
    "usd": ("$", 1.0),
    "cents": ("$", 0.01),
    "euro": ("€", 1.0),
    "euros": ("€", 1.0),
    "eur": ("€", 1.0),
    "pound": ("£", 1.0),
    "pounds": ("£", 1.0),
    "yen": ("¥", 1.0),
    "rupees": ("₹", 1.0),
    "km": ("km", 1.0),
    "kilometre": ("km", 1.0),
    "kilometer": ("km", 1.0),
    "kilometres": ("km", 1.0),
    "kilometers": ("km", 1.0),
    "metre": ("km", 0.001),
    "meter": ("km", 0.001),
    "metres": ("km", 0.001),
    "meters": ("km", 0.001),
    "mile": ("mile", 1.0),
    "miles": ("mile", 1.0),
    "feet": ("foot", 1.0),
    "foot": ("foot", 1.0),
    "ft": ("foot", 1.0),
    "inches": ("inch", 1.0),
    "kg": ("kg", 1.0),
    "kilo": ("kg", 1.0),
    "kilos": ("kg", 1.0),
    "kilogram": ("kg", 1.0),
    "kilograms": ("kg", 1.0),
    "kilogrammes": ("kg", 1.0),
    "tonne": ("kg", 1000.0),
    "tonnes": ("kg", 1000.0),
    "hectares": ("hectare", 1.0),
    "acres": ("acre", 1.0),
    "barrels": ("barrel", 1.0),
    "litres": ("litre", 1.0),
    "liters": ("litre", 1.0),
    "seconds": ("hour", 1 / 3600),
    "minute": ("hour", 1 / 60),
    "minutes": ("hour", 1 / 60),
    "hour": ("hour", 1.0),
    "hours": ("hour", 1.0),
    "day": ("day", 1.0),
    "days": ("day", 1.0),
    "week": ("day", 7.0),
    "weeks": ("day", 7.0),
    "fortnight": ("day", 14.0),
    "month": ("month", 1.0),
    "months": ("month", 1.0),
    "year": ("month", 12.0),
    "years": ("month", 12.0),
    "decade": ("month", 120.0),
    "decades": ("month", 120.0),
    "century": ("month", 1200.0),
    "centuries": ("month", 1200.0),
    "mw": ("watt", 1e6),
    "megawatt": ("watt", 1e6),
    "megawatts": ("watt", 1e6),
    "gw": ("watt", 1e9),
    "gigawatt": ("watt", 1e9),
    "gigawatts": ("watt", 1e9),
    "degrees": ("degree", 1.0),
    "points": ("point", 1.0),
    "point": ("point", 1.0),
    "times": ("times", 1.0),
}
SYMBOLS = {"$": "$", "€": "€", "£": "£", "¥": "¥", "₹": "₹"}

# Longest first: the first phrase that ends where the number starts decides.
BOUNDS_BEFORE: tuple[tuple[str, Bound], ...] = (
    ("as many as", "less"),
    ("as much as", "less"),
    ("no more than", "less"),
    ("not more than", "less"),
    ("no fewer than", "more"),
    ("no less than", "more"),
    ("not less than", "more"),
    ("more than", "more"),
    ("greater than", "more"),
    ("higher than", "more"),
    ("in excess of", "more"),
    ("upwards of", "more"),
    ("at least", "more"),
    ("a minimum of", "more"),
    ("just over", "more"),
    ("well over", "more"),
    ("fewer than", "less"),
    ("less than", "less"),
    ("lower than", "less"),
    ("just under", "nearly"),
    ("at most", "less"),
    ("a maximum of", "less"),
    ("up to", "less"),
    ("close to", "nearly"),
    ("an estimated", "about"),
    ("estimated at", "about"),
    ("over", "more"),
    ("above", "more"),
    ("exceeding", "more"),
    ("exceeded", "more"),
    ("surpassed", "more"),
    ("surpassing", "more"),
    ("has passed", "more"),
    ("have passed", "more"),
    ("topped", "more"),
    ("exceeds", "more"),
    ("under", "less"),
    ("below", "less"),
    ("nearly", "nearly"),
    ("almost", "nearly"),
    ("about", "about"),
    ("around", "about"),
    ("roughly", "about"),
    ("approximately", "about"),
    ("some", "about"),
    ("circa", "about"),
    ("~", "about"),
    (">", "more"),
    ("<", "less"),
)
BOUNDS_AFTER: tuple[tuple[str, Bound], ...] = (
    ("or more", "more"),
    ("or so", "about"),
    ("or fewer", "less"),
    ("or less", "less"),
)
