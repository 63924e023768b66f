"""Whose word a sentence gives: reporting clauses found in it, put in order from the first speaker to the last relay.

"He had fled, a guard told Radio Pell, the agency reported."   →   a guard told (Radio Pell), the agency reported
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from pipeline.attribution.clauses import LONGEST_APPOSITION, NAME_STOPS, PREPOSITIONS, TIME_WORDS, Clauses
from pipeline.grounding.attribution import quoted_positions
from pipeline.grounding.lexicon import listed
from pipeline.grounding.reporting import (
    ADVERBS,
    AGAINST_A_CLAIM,
    AUXILIARIES,
    CLAIM_NOUNS,
    HEDGES,
    MODALS,
    ONLY_WITH_THAT,
    PARTICIPLES,
    PRONOUNS,
    SAID_OF,
    STANCE_OF,
    SUBORDINATE,
    WITH_CLAUSE,
    WITH_QUOTE,
)
from pipeline.grounding.words import Token, fold, plain, read
from pipeline.types import Stance

_POSSESSIVES = listed("my our your his her its their whose")

Place: TypeAlias = Literal["before", "behind", "beside"]
"""Where a reporting clause stands to what it reports; a source that is cited stands beside."""

_DETERMINERS = listed("a an the its his her their our my this these those of for in no any some such with by into")
_BE = listed("is are was were be been being")
_CLAUSE_OPENERS = listed("the a an it its he she they his her their this these those there no some all more we i both")
_STATEMENTS = listed("interview interviews statement remarks comments message letter email post briefing conversation")
_HANDED_ON = listed("passed sent given made carried published quoted cited broadcast aired released issued")


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who gives their word in a sentence, as written; no words when it does not say who.

    `told` are the words for those to whom it was said.
    """

    words: str
    verb: str
    stance: Stance
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Frame:
    """A reporting clause: token positions `first` up to `last`; the subject is a span of them, or None."""

    subject: tuple[int, int] | None
    verb: str
    stance: Stance
    first: int
    last: int
    place: Place
    told: tuple[tuple[int, int], ...] = ()


@lru_cache(maxsize=8192)
def voices(sentence: str, within_quotation: bool = False) -> tuple[Voice, ...]:
    """Those whose word a sentence gives, the first speaker first; empty for the article's own voice.

    `within_quotation` says that a quotation is open where the sentence begins.
    """
    sentence = plain(sentence)
    reader = _Reader(sentence, read(sentence), hidden(sentence, within_quotation))
    found = (
        Voice(
            reader.words(frame.subject) if frame.subject else "",
            frame.verb,
            frame.stance,
            tuple(map(reader.words, frame.told)),
        )
        for frame in reader.chain(0, len(reader.tokens))
    )
    # "Their only reported symptom" is nobody's report.
    return tuple(voice for voice in found if fold(voice.words) not in _POSSESSIVES)


@lru_cache(maxsize=8192)
def hidden(sentence: str, within_quotation: bool) -> frozenset[int]:
    """The token positions between quotation marks, but for a quoted verb that has its subject outside."""
    tokens = read(sentence)
    marks = [at for at, token in enumerate(tokens) if token.text == '"']
    if within_quotation and not marks:
        return frozenset(range(len(tokens)))
    inside = set(quoted_positions(tokens))
    if within_quotation and len(marks) % 2:
        inside |= set(range(marks[0]))
        for opened, closed in zip(marks[1::2], marks[2::2], strict=False):
            inside |= set(range(opened, closed + 1))
        between = set(range(marks[0] + 1, marks[1] if len(marks) > 1 else len(tokens)))
        inside -= between
    for mark in marks:
        subject_outside = mark > 0 and tokens[mark - 1].kind == "word" and mark - 1 not in inside
        end = mark + 1
        while subject_outside and end < len(tokens) and end < mark + 3 and _reports_or_helps(tokens[end]):
            inside.discard(end)
            end += 1
    return frozenset(inside)


def _reports_or_helps(token: Token) -> bool:
    return token.lower in STANCE_OF or token.lower in AUXILIARIES


class _Reader(Clauses):
    """The reporting clauses of one sentence."""

    def __init__(self, sentence: str, tokens: Sequence[Token], inside: frozenset[int]) -> None:
        super().__init__(sentence, tokens, inside)
        self.frames = [frame for at in range(len(tokens)) if at not in inside for frame in self._frames_at(at)]

    def chain(self, low: int, high: int) -> list[_Frame]:
        """The frames of a stretch of tokens that report one another, the innermost first."""
        own = [frame for frame in self.frames if low <= frame.first and frame.last < high]
        cited = [frame for frame in own if frame.place == "beside"]
        main = [frame for frame in own if frame.place != "beside"]
        behind = [frame for frame in main if frame.place == "behind" and frame.first > low]
        if behind:
            outer = behind[-1]
            inner = self.chain(low, outer.first) or self._inside_quotation(low, outer) or self._after_but(main, outer)
            return [*inner, outer] if inner else [*cited, outer]
        opening = min(main, key=lambda frame: frame.first, default=None)
        if opening is None or not self._opens(opening.first, low):
            return cited or self._loose(own)
        start = opening.last + 1
        inner = self.chain(start, high)
        adjacent = bool(inner) and self._opens(min(frame.first for frame in inner), start, strictly=True)
        if adjacent and inner[0].subject is not None and self.lower(inner[0].subject[0]) in PRONOUNS:
            adjacent = False
        return [*(inner if adjacent else cited), opening]

    def _inside_quotation(self, low: int, outer: _Frame) -> list[_Frame]:
        """The speaker within words that a publisher quotes: "…, the mayor said," the agency reported."""
        if outer.verb not in ("reported", "reports", "wrote") or low or '"' not in self.sentence[:2]:
            return []
        end = next((at for at in range(outer.first - 1, 0, -1) if self.tokens[at].text == '"'), outer.first)
        within = _Reader(self.sentence, self.tokens, frozenset((*range(1), *range(end, len(self.tokens)))))
        return within.chain(1, end)

    def _after_but(self, main: Sequence[_Frame], outer: _Frame) -> list[_Frame]:
        """The speaker of a second clause, where all of the sentence is passed on by somebody."""
        second = [
            frame
            for frame in main
            if frame.last < outer.first and self.lower(frame.first - 1) in ("but", "and", "while")
        ]
        return second[:1]

    def _loose(self, own: Sequence[_Frame]) -> list[_Frame]:
        """A hedge that stands anywhere in a sentence that has no speaker: "the allegedly stolen car"."""
        hedges = [frame for frame in own if frame.subject is None and frame.verb in HEDGES]
        return hedges[:1]

    def _opens(self, first: int, low: int, strictly: bool = False) -> bool:
        """Whether a frame stands where its clause begins: only "that", or words of time and place, before it."""
        before = [at for at in range(low, first) if self.tokens[at].text not in ',"']
        words = [self.tokens[at].lower for at in before]
        if not words or words in (["that"], ["but"], ["and"], ["yet"], ["however"], ["meanwhile"]):
            return True
        if strictly and words[0] == "that":
            return self._opens(first, before[0] + 1, strictly)
        if strictly and not all(at in self.dated or self.tokens[at].lower in PREPOSITIONS for at in before):
            return False
        closed = self.tokens[first - 1].text == ","
        lone = all(
            at in self.dated or word in PREPOSITIONS | TIME_WORDS for at, word in zip(before, words, strict=True)
        )
        return lone or (
            closed
            and (words[0] in PREPOSITIONS or words[0] in ADVERBS or words[0].endswith(("ly", "ing")))
            and ";" not in words
        )

    def _frames_at(self, at: int) -> list[_Frame]:
        lower = self.tokens[at].lower
        if lower == "according" and self.lower(at + 1) == "to":
            return self._named_after(at, at + 2, "according to", "before" if at < 2 else "behind")
        if lower in ("words", "view", "opinion") and self.lower(at - 1) == "the" and self.lower(at + 1) == "of":
            return self._named_after(at - 2, at + 2, f"in the {lower} of", "beside")
        if lower in ("citing", "quoting"):
            return self._named_after(at, at + 1, lower, "beside")
        if lower in HEDGES and not self.tokens[at].capital:
            return [_Frame(None, lower, HEDGES[lower], at, at, "before")]
        if lower == "quoted":
            return self._quoting(at)
        frame = self._passive(at) or self._active(at) or self._participle(at)
        return [frame] if frame else []

    def _named_after(self, first: int, start: int, verb: str, place: Place) -> list[_Frame]:
        end = self.name_end(start, stops=NAME_STOPS - {"in", "from", "at"}, apposition=place == "behind")
        return [_Frame((start, end), verb, "says", first, end, place)] if end >= start else []

    def _quoting(self, at: int) -> list[_Frame]:
        """ "was quoted as saying (by X)", "X quoted Y as saying"."""
        helper, _, negated = self.helpers(at)
        if negated:
            return []
        if any(self.lower(place) in _BE for place in range(helper + 1, at)):
            subject = self.subject_before(helper)
            if subject is None:
                return []
            told: tuple[tuple[int, int], ...] = ()
            by = next((place for place in range(at + 1, min(at + 5, len(self.tokens))) if self.lower(place) == "by"), 0)
            if by and (end := self.name_end(by + 1)) > by:
                told = ((by + 1, end),)
            behind = self.is_behind(subject[0], at + 2)
            return [_Frame(subject, "quoted", "says", subject[0], at + 2, "behind" if behind else "before", told)]
        end = self.name_end(at + 1, stops=NAME_STOPS)
        subject = self.subject_before(helper)
        if subject is None or end <= at or self.lower(end + 1) != "as":
            return []
        last = end + 2
        return [
            _Frame(subject, "quoted", "says", subject[0], at, "before"),
            _Frame((at + 1, end), self.lower(last), "says", at + 1, last, "before"),
        ]

    def _passive(self, at: int) -> _Frame | None:
        token = self.tokens[at]
        helper, _, negated = self.helpers(at)
        be = any(self.lower(place) in _BE for place in range(helper + 1, at))
        if negated or not be:
            return None
        following = self.lower(at + 1)
        if following == "by" and (token.lower in STANCE_OF or token.lower in SAID_OF):
            end = self.name_end(at + 2, stops=NAME_STOPS | {"of", "to"})
            by = SAID_OF.get(token.lower) or STANCE_OF[token.lower]
            subject = self.subject_before(helper)
            if end < at + 2 or subject is None:
                return None
            return _Frame((at + 2, end), token.text, by, subject[0], end, "before")
        stance = SAID_OF.get(token.lower)
        if stance is None or following not in ("to", "that", "of"):
            return None
        subject = self.subject_before(helper)
        return _Frame(None, token.text, stance, subject[0], at, "before") if subject else None

    def _active(self, at: int) -> _Frame | None:
        token = self.tokens[at]
        stance = STANCE_OF.get(token.lower)
        if stance is None or token.capital:
            return None
        helper, modal, negated = self.helpers(at)
        previous = self.lower(at - 1)
        if modal or negated or previous in _DETERMINERS or (previous == "to" and self.lower(at - 2) != "on"):
            return None
        if any(self.lower(place) in _BE for place in range(helper + 1, at)) or not self._means_reporting(at):
            return None
        told = self._told(at)
        last = told[-1][1] if told and told[-1][0] == at + 1 else at
        inverted = self._inverted(at)
        if inverted is not None:
            return _Frame(inverted, token.text, stance, at, inverted[1], "behind", told)
        subject = self.subject_before(helper)
        if subject is None:
            return None
        behind = self.is_behind(subject[0], last)
        return _Frame(subject, token.text, stance, subject[0], last, "behind" if behind else "before", told)

    def _participle(self, at: int) -> _Frame | None:
        """ ", saying that …" where nothing else says whose word it is: that of the subject of the sentence."""
        stance = PARTICIPLES.get(self.tokens[at].lower)
        if stance is None or self.lower(at - 1) != "," or self.lower(at - 2) in STANCE_OF:
            # In "…, the engineers said, adding that …" it is said already who.
            return None
        verb = next((place for place in range(1, at) if self.looks_finite(place)), 0)
        if not verb or any(place in self.inside for place in range(at)):
            return None
        subject = self.subject_before(verb - 1)
        if subject is None or subject[0] > 0:
            return None
        return _Frame(subject, self.tokens[at].text, stance, at, at, "behind")

    def _means_reporting(self, at: int) -> bool:
        """Whether a verb that does other things too is used to report."""
        verb = self.tokens[at].lower
        following = [self.lower(place) for place in range(at + 1, at + 7)]
        ends = not following[0] or following[0] in ',."'
        clause = "that" in following[:4] or following[0] in ("how", "whether", "why", "what")
        if verb in ("put", "puts"):
            return "at" in following
        if verb in AGAINST_A_CLAIM:
            quoted = any(place in self.inside for place in range(at + 1, at + 7))
            return verb.startswith("disput") or quoted or bool(CLAIM_NOUNS & set(following[:4]))
        if verb in WITH_QUOTE:
            return ends or "as" in following or any(place in self.inside for place in range(at + 1, at + 8))
        if verb in WITH_CLAUSE:
            opens = following[0] in _CLAUSE_OPENERS or self.is_capital(at + 1) or at + 1 in self.inside
            before_clause = opens and verb not in ONLY_WITH_THAT
            return clause or (ends and following[0] != ",") or self._follows_content(at) or before_clause
        return True

    def _follows_content(self, at: int) -> bool:
        """Whether a short subject before the verb follows a comma or a quotation, and the verb ends the clause."""
        ends = self.lower(at + 1) in ("", ".", ",", '"') or at + 1 in self.dated or self.lower(at + 1) == "on"
        comma = next((place for place in range(at - 1, max(-1, at - 7), -1) if self.lower(place) in (",", '"')), -1)
        return ends and comma > 0

    def _told(self, at: int) -> tuple[tuple[int, int], ...]:
        """To whom it was said: "told X", "in an interview with X", "a statement carried by X"."""
        found = []
        if self.tokens[at].lower in ("told", "tells", "tell"):
            end = self.name_end(at + 1, stops=NAME_STOPS | {"he", "she", "they", "it", "by"})
            if end > at:
                found.append((at + 1, end))
        for place in range(1, len(self.tokens)):
            if place in self.inside or self.lower(place) not in ("with", "to", "by", "on"):
                continue
            before = [self.lower(other) for other in range(max(0, place - 2), place)]
            if _STATEMENTS & set(before) or (before and before[-1] in _HANDED_ON and self.lower(place) != "on"):
                end = self.name_end(place + 1)
                if end > place:
                    found.append((place + 1, end))
        return tuple(found)

    def _inverted(self, at: int) -> tuple[int, int] | None:
        """The subject behind its verb: "…", said X, the mayor."""
        previous = self.lower(at - 1)
        if previous not in (",", '"'):
            return None
        beside_quotation = previous == '"' or self.lower(at - 2) == '"' or at - 2 in self.inside
        end = self.name_end(at + 1)
        span = range(at + 1, end + 1)
        if end <= at or any(self.lower(place) in AUXILIARIES | MODALS | STANCE_OF.keys() for place in span):
            return None
        if self.lower(at + 1) in PREPOSITIONS | SUBORDINATE | PRONOUNS:
            return None
        if not beside_quotation:
            left = self.subject_before(at - 1)
            if left is not None and left[1] == at - 2 and self._opens(left[0], 0):
                return None
            if end + 1 < len(self.tokens) and self.lower(end + 1) not in (",", ".", "on", "in", "at", "as", '"'):
                return None
        if self.lower(end + 1) == ",":
            closing = next(
                (place for place in range(end + 2, len(self.tokens)) if self.lower(place) in (",", ".", '"', ";")), 0
            )
            opens = self.lower(end + 2) in ("the", "a", "an", "who", "chair", "head", "chief", "its", "his", "her")
            if opens and closing and closing - end <= LONGEST_APPOSITION:
                end = closing - 1
        return at + 1, end
