"""Where the clauses of a sentence begin and end: what stands before a verb as its subject, and how far a name goes."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.grounding.dates import date_positions
from pipeline.grounding.lexicon import listed
from pipeline.grounding.reporting import (
    ADVERBS,
    AUXILIARIES,
    DENYING,
    MODALS,
    NO_SPEAKERS,
    RELATIVE,
    STANCE_OF,
    SUBORDINATE,
)
from pipeline.grounding.words import Token

# A subject longer than this is no subject, but a clause that was not cut.
_LONGEST_SUBJECT = 22
LONGEST_APPOSITION = 16
BREAKS = frozenset(';:—–()"')
PREPOSITIONS = listed(
    "in on at after before during for from by with since until despite amid under over as of to about against between"
)
NAME_STOPS = listed("that which as when after before while in on at during because if whether late early from via")
# What follows "said" and tells where, when or by what means it was said, not what was.
_AROUND_SAYING = listed("in at by via through after before during following when outside amid")
# "The commission that monitors the exchange said".
_BODIES = listed(
    """
    group body company commission committee agency panel organisation organization ministry firm union team office
    department institute party inquiry court board service council association charity bank lab laboratory network
    """
)
TIME_WORDS = listed("late early earlier later last this next week month year morning afternoon evening night")
_TITLE_STOPS = listed("mr mrs ms dr prof gen col lt sgt capt sen gov rep rev st jr sr")


class Clauses:
    """The tokens of a sentence, those `inside` quotation marks aside, and the bounds of what is said of them."""

    def __init__(self, sentence: str, tokens: Sequence[Token], inside: frozenset[int]) -> None:
        self.sentence = sentence
        self.tokens = tokens
        self.inside = inside
        self.dated = date_positions(sentence)

    def words(self, span: tuple[int, int]) -> str:
        return self.sentence[self.tokens[span[0]].start : self.tokens[span[1]].end]

    def helpers(self, at: int) -> tuple[int, bool, bool]:
        """Where the subject of a verb must end, and whether a modal or a negation stands between."""
        place, modal, negated = at - 1, False, False
        while place >= 0 and place not in self.inside:
            lower = self.lower(place)
            if lower in DENYING or self.tokens[place].negated:
                negated = True
            elif lower in MODALS:
                modal = True
            elif lower in ("declined", "refused", "failed") and self.lower(place + 1) == "to":
                negated = True
            elif not (
                lower in AUXILIARIES
                or lower in ADVERBS
                or (lower.endswith("ly") and not self.tokens[place].capital)
                or (place in self.dated and self._dates_back_to_preposition(place))
                or (lower in ("on", "late", "early") and place + 1 in self.dated)
                or (lower == '"' and self.is_word(place - 1))
            ):
                break
            place -= 1
        return place, modal, negated

    def _dates_back_to_preposition(self, at: int) -> bool:
        while at in self.dated:
            at -= 1
        return self.lower(at) in ("on", "late", "early", "in")

    def subject_before(self, end: int) -> tuple[int, int] | None:
        """The subject that ends at a token: back to where its clause begins, through one apposition between commas."""
        if end < 0 or end in self.inside:
            return None
        place, last = end, end
        if self.lower(end) == ",":
            opening = next(
                (
                    other
                    for other in range(end - 1, -1, -1)
                    if self.lower(other) in (",", ";", '"') or other in self.inside
                ),
                -1,
            )
            if opening < 1 or self.lower(opening) != "," or end - opening > LONGEST_APPOSITION:
                return None
            last, place = end - 1, opening - 1
            if self.lower(opening + 1) in ("citing", "quoting"):
                last = opening - 1
        while place >= 0 and not self._begins_clause(place, last):
            place -= 1
        if self.lower(end) == "," and self.lower(place) == "," and self.lower(place + 1) in ("the", "a", "an", "its"):
            named = place - 1
            while named >= 0 and not self._begins_clause(named, last):
                named -= 1
            # "Kaveti, the teacher, whose house …, said", but not "In Pell, the mayor, Ida Korr, said" nor "It was shut,
            # the mayor, Ida Korr, said".
            finite = any(self.looks_finite(other) for other in range(named + 1, place))
            if self.is_capital(named + 1) and self.lower(named + 1) not in PREPOSITIONS and not finite:
                place = named
        first = place + 1
        while first <= last and self.lower(first) in (*ADVERBS, "but", "and", "yet", "so", "or"):
            first += 1
        if first > last or last - first > _LONGEST_SUBJECT or self.lower(first) in NO_SPEAKERS | PREPOSITIONS:
            return None
        if place >= 0 and self.lower(place) in SUBORDINATE - {"that"}:
            return None
        if self.lower(last) in RELATIVE or self.lower(first) in RELATIVE or not self._is_subject(first, last):
            return None
        return first, last

    def _begins_clause(self, place: int, last: int) -> bool:
        lower = self.lower(place)
        if place in self.inside or lower in BREAKS or lower == ",":
            return True
        if lower in SUBORDINATE and not (lower == "as" and self.lower(place - 1) in ("known", "such")):
            return not (lower == "that" and self.lower(place - 1) in _BODIES)
        if lower in ("but", "yet", "so"):
            return True
        if lower == "and":
            earlier = range(max(0, place - _LONGEST_SUBJECT), place)
            return any(self.looks_finite(other) or self.lower(other) in STANCE_OF for other in earlier)
        return self.lower(place) in STANCE_OF and last - place <= 8 and not self.tokens[place].capital

    def _is_subject(self, first: int, last: int) -> bool:
        """Whether a stretch can be a subject: it has a noun or a pronoun, and no verb outside a relative clause."""
        relative = False
        for place in range(first, last + 1):
            lower = self.lower(place)
            relative = relative or lower in RELATIVE
            if not relative and lower in AUXILIARIES | MODALS:
                return False
        return any(self.tokens[place].kind == "word" for place in range(first, last + 1))

    def name_end(self, start: int, stops: frozenset[str] = NAME_STOPS, apposition: bool = False) -> int:
        """The last token of the name or description that begins at a token; before it when there is none."""
        end = start
        while end < len(self.tokens) and end not in self.inside and end not in self.dated:
            lower = self.lower(end)
            abbreviated = lower == "." and self.lower(end - 1) in _TITLE_STOPS
            if (lower in stops and end > start) or (not abbreviated and (lower in BREAKS or lower in (",", "."))):
                break
            if lower in TIME_WORDS and end > start and self.lower(end + 1) in TIME_WORDS:
                break
            end += 1
        if apposition and self.lower(end) == "," and self.lower(end + 1) in ("the", "a", "an", "who", "chair"):
            closing = next((at for at in range(end + 1, len(self.tokens)) if self.lower(at) in (",", ".", '"')), 0)
            if closing and closing - end <= LONGEST_APPOSITION and closing >= len(self.tokens) - 1:
                return closing - 1
        return end - 1

    def is_behind(self, first: int, last: int) -> bool:
        """Whether a clause follows what it reports: after a comma or a quotation, and nothing reported after it."""
        if first == 0 or self.lower(first - 1) not in (",", '"'):
            return False
        place = last + 1
        while place in self.dated or self.lower(place) in (*TIME_WORDS, "on", *_AROUND_SAYING):
            if place not in self.dated and self.lower(place) in _AROUND_SAYING:
                while place < len(self.tokens) and self.lower(place) not in (",", ".", '"'):
                    place += 1
                break
            place += 1
        return place >= len(self.tokens) or self.lower(place) in (",", ".", '"', ";", "—", "?", "!")

    def is_word(self, at: int) -> bool:
        return at >= 0 and self.tokens[at].kind == "word" and at not in self.inside

    def is_capital(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].capital

    def lower(self, at: int) -> str:
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def looks_finite(self, at: int) -> bool:
        word = self.tokens[at].lower
        return word in AUXILIARIES or (word.endswith("ed") and not self.tokens[at].capital)
