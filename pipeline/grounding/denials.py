"""What a text denies: its cues ("not", "no", "refused to", "has yet to") and the words that they govern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.grounding.lexicon import concept_of, listed
from pipeline.grounding.units import SCALES, UNITS
from pipeline.grounding.words import Token, contents_after, read

_PLAIN = listed("not no never without neither nor none nobody cannot hardly barely nothing nowhere unless")
# Words that deny what they govern; they carry meaning themselves.
_VERBAL = listed("deny denies denied denying denial lack lacks lacked lacking avoid avoids avoided")
# These deny only with "to": a bank fails, a hospital declines a gift.
_VERBAL_TO = listed(
    """
    refuse refuses refused refusing refusal decline declines declined declining fail fails failed failing failure
    unable unlikely improbable impossible
    """
)
_PHRASES = (
    ("ruled", "out"),
    ("rules", "out"),
    ("ruling", "out"),
    ("yet", "to"),
    ("far", "from"),
    ("short", "of"),
    ("rule", "out"),
    ("voted", "against"),
    ("vote", "against"),
    ("decided", "against"),
    ("decide", "against"),
)
# What one is not told, or does not know, is so all the same.
_FACTIVE = listed("told tell know knew known aware realise realised realize realized notice noticed informed warned")
_DETERMINERS = listed("the a an any his her its their")
# "Not only", "no more than", "no doubt", "No. 5" deny nothing; "not until May" says when.
_NOT_DENYING = listed("only just least more fewer less later doubt until merely .")
# Heads that say little: what they govern counts as well.
_LIGHT = frozenset(
    concept_of(word)
    for word in listed(
        """
        find evidence plan know sign reason want need intend expect try able get part immediate immediately clear
        clearly yet fully formally publicly officially directly specify specific further new any likely believe
        agree manage allow ready longer seek provide receive carry
        """
    )
)
_MEASURES = frozenset((*SCALES, *UNITS))
# How many words with meaning a cue governs at most, within its clause.
_SCOPE = 6


@dataclass(frozen=True, slots=True)
class Denial:
    """A cue at token `at`, as written, the positions of its heads, and of all that it governs in its clause."""

    at: int
    words: str
    heads: tuple[int, ...]
    scope: tuple[int, ...]


@lru_cache(maxsize=8192)
def denials_in(text: str) -> tuple[Denial, ...]:
    """The denials of a text, from left to right."""
    return denials(read(text))


def denials(tokens: Sequence[Token]) -> tuple[Denial, ...]:
    """The denials of a text that is read already."""
    return tuple(_scan(tokens))


def cues_over(text: str, position: int) -> int:
    """How many cues govern the token: with two, it is affirmed ("did not deny")."""
    return sum(position in denial.scope for denial in denials_in(text))


def _scan(tokens: Sequence[Token]) -> Iterator[Denial]:
    for at, token in enumerate(tokens):
        following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        words = token.text
        if token.lower in _PLAIN or token.negated:
            if following in _NOT_DENYING or (token.lower == "no" and following == "-") or contrasts(tokens, at):
                continue
            start = at
        elif token.lower in _VERBAL or (token.lower in _VERBAL_TO and following == "to"):
            start = at
        elif any((token.lower, following) == phrase for phrase in _PHRASES):
            if token.lower == "yet" and (
                at == 0 or tokens[at - 1].lower not in ("has", "have", "had", "is", "are", "was", "were")
            ):
                continue
            start, words = at + 1, f"{token.text} {tokens[at + 1].text}"
        else:
            continue
        stops = ("and",) if token.lower not in ("no", "without") else ()
        scope = tuple(contents_after(tokens[: _told_from(tokens, start)], start, _SCOPE, stop_at=stops))
        yield Denial(at, words, tuple(_heads(tokens, scope)), scope)


def _told_from(tokens: Sequence[Token], at: int) -> int:
    """Where begins what "has not been told that" presupposes and does not deny; the end when nothing is so told."""
    for place in range(at + 1, min(at + 5, len(tokens) - 1)):
        if tokens[place].lower in _FACTIVE and tokens[place + 1].lower == "that":
            return place + 1
    return len(tokens)


def contrasts(tokens: Sequence[Token], at: int) -> bool:
    """Whether "not" sets aside what is not the case beside what is: "15 tons, not 25", "a summary and not the data"."""
    if tokens[at].lower != "not" or at < 2 or at + 1 >= len(tokens):
        return False
    joined = tokens[at - 1].text == "," or tokens[at - 1].lower in ("and", "but")
    return joined and (tokens[at + 1].kind == "number" or tokens[at + 1].lower in _DETERMINERS)


def _heads(tokens: Sequence[Token], scope: Sequence[int]) -> Iterator[int]:
    """The first word that is no name, and while words say little, the next."""
    for position in scope:
        if (tokens[position].capital and position) or tokens[position].lower in _MEASURES:
            continue
        yield position
        if tokens[position].key not in _LIGHT:
            return
