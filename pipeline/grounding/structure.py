"""How a statement puts the words of its sources together: in which order, around what, under which small words.

Each word of the statement is aligned with the word of a cited sentence that says the same, the one nearest to where its
neighbour was found. Whoever exchanges who does it and to whom, speaker and spoken of, plan and fact, uses the words of
the source; what changes is what stands before what and what governs it. None of it is a fault by itself: it is measured
(`FEATURES`) and weighed with the rest (`judgement`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.lexicon import listed
from pipeline.grounding.meaning import tells
from pipeline.grounding.reporting import PARTICIPLES, STANCE_OF
from pipeline.grounding.words import Token, keys, read
from pipeline.wordnet import usual_part

FEATURES: Mapping[str, str] = {
    "subject behind": "verbs before which stands what the source has only after them, in the same voice",
    "object ahead": "verbs after which stands what the source has only before them, in the same voice",
    "both exchanged": "verbs and prepositions around which both sides have changed places",
    "turned": "verbs with the same sides in the same order, in the passive in one of both only",
    "other subject": "verbs before which stands something known that is not what stands before them in the source",
    "poles": "how many comparatives and the like have their opposite beside the same words in the source",
    "disorder": "the share of neighbours that stand in the source the other way round",
    "spread": "how far apart the source has what the statement puts side by side, on average",
    "modal lost": "verbs that the source puts under a modal and the statement does not",
    "perfect": "the same, when the statement tells them as done",
    "denial lost": "words that the source puts under a denial and the statement does not",
    "denial added": "words that the statement puts under a denial and the source does not",
    "new speaker": "whether whoever is made to say it is not in the source",
    "other speaker": "whether whoever is made to say it is in the source, and not as a speaker",
    "speaker elsewhere": "whether what is said stands in another part of the source, with a speaker of its own",
    "copied share": "the share of its words that stand in the source in the same form",
    "aligned share": "the share of its words that stand in the source in any form",
}

_PIVOTS = listed("than from to by with for against after before over ahead behind of as into because despite")
_POLES = tuple(
    (listed(one), listed(other))
    for one, other in (
        ("more", "less fewer"),
        ("most", "least fewest"),
        ("higher up above highest over", "lower down below lowest under"),
        ("earlier before sooner", "later after"),
        ("larger bigger greater largest biggest", "smaller smallest"),
        ("older oldest", "newer younger newest youngest"),
        ("faster quicker fastest", "slower slowest"),
        ("ahead", "behind"),
        ("better best stronger", "worse worst weaker"),
        ("longer", "shorter"),
        ("first", "last final"),
        ("early", "late"),
        ("all every everyone", "some many most few half part several"),
        ("outside", "inside"),
        ("with", "without"),
        ("for", "against"),
    )
)
_MODALS = listed("will would could may might should must can to if unless whether shall")
_DENYING = listed("not no never without nor neither none nobody cannot hardly barely")
_BE = listed("is are was were be been being")
_HAVE = listed("has have had")
# How many tokens before a word a modal or a denial that governs it stands.
_GOVERNED = 4
# How far from the pivot the sides are looked for, in words with meaning.
_SIDE = 3
_BESIDE = 9
# How many tokens tell who speaks.
_SPEAKER = 8
_TURNS = listed("while whereas though although but and")


@dataclass(frozen=True, slots=True)
class _Source:
    """A cited sentence with its tokens, and where its words with meaning stand."""

    tokens: tuple[Token, ...]
    content: tuple[int, ...]


def read_structure(text: str, cited: Sequence[CitedSentence]) -> tuple[float, ...]:
    """How a statement puts the words of the cited sentences together: the values of `FEATURES`, in their order."""
    values = dict.fromkeys(FEATURES, 0.0)
    _Structure(text, [each.text for each in cited], [f"{each.title} {each.before}" for each in cited]).measure(values)
    return tuple(map(float, values.values()))


class _Structure:
    """A statement aligned with the cited sentence that has most of its words."""

    def __init__(self, text: str, sources: Sequence[str], contexts: Sequence[str]) -> None:
        self.tokens = read(text)
        self.content = [at for at, token in enumerate(self.tokens) if token.content]
        self.around = frozenset[str]().union(*map(keys, contexts), *map(keys, sources))
        joined = tuple(token for source in sources for token in read(source))
        self.source = _Source(joined, tuple(at for at, token in enumerate(joined) if token.content))
        self.place = {at: number for number, at in enumerate(self.source.content)}
        self.aligned = dict(self._align())

    def _align(self) -> Iterator[tuple[int, int]]:
        """Where the source has each word of the statement, the nearest to the last that was found."""
        last = 0
        for at in self.content:
            found = [there for there in self.source.content if _same(self.tokens[at], self.source.tokens[there])]
            if found:
                last = min(found, key=lambda there: abs(there - last - 1))
                yield at, last

    def measure(self, values: dict[str, float]) -> None:
        """Set every feature."""
        steps = [self.place[two] - self.place[one] for one, two in pairwise(self.aligned.values())]
        if steps:
            values["disorder"] = sum(step < 0 for step in steps) / len(steps)
            values["spread"] = sum(min(_BESIDE, abs(step)) for step in steps) / len(steps)
        for at, token in enumerate(self.tokens):
            if at in self.aligned and token.kind == "word" and not token.capital and _is_verb(token):
                self._around_verb(at, self.aligned[at], values)
            elif token.lower in _PIVOTS:
                values["both exchanged"] += self._exchanged(at, token.lower)
        self._poles(values)
        self._governed(values)
        self._speakers(values)
        total = max(1, len(self.content))
        same = sum(self.tokens[at].lower == self.source.tokens[there].lower for at, there in self.aligned.items())
        values["copied share"], values["aligned share"] = same / total, len(self.aligned) / total

    def _around_verb(self, at: int, place: int, values: dict[str, float]) -> None:
        left, right = self._known(at, -1), self._known(at, 1)
        if _passive(self.tokens, at) != _passive(self.source.tokens, place):
            values["turned"] += bool(left and right) and left[0] < place < right[0]
            return
        behind, ahead = bool(left) and left[0] > place, bool(right) and right[0] < place
        values["subject behind"] += behind
        values["object ahead"] += ahead
        values["both exchanged"] += behind and ahead
        theirs = next((one for one in reversed(self.source.content) if one < place), None)
        told = theirs is not None and theirs in self.aligned.values()
        values["other subject"] += bool(left) and theirs is not None and left[0] != theirs and not told

    def _exchanged(self, at: int, word: str) -> bool:
        """Whether the nearest words around a preposition stand around the same one the other way round."""
        left, right = self._known(at, -1), self._known(at, 1)
        places = [place for place, token in enumerate(self.source.tokens) if token.lower == word]
        return any(left[0] > place > right[0] and left[0] - right[0] <= _BESIDE for place in places if left and right)

    def _known(self, at: int, step: int) -> list[int]:
        """Where the source has the next words on a side, if it has the nearest of them."""
        side = self._side(at, step)
        return (
            [self.aligned[one] for one in side if one in self.aligned] if side[:1] and side[0] in self.aligned else []
        )

    def _poles(self, values: dict[str, float]) -> None:
        given = [token.lower for token in self.source.tokens]
        claim = [token.lower for token in self.tokens]
        for at, word in enumerate(claim):
            beside = {self.aligned[one] for step in (-1, 1) for one in self._side(at, step)[:2] if one in self.aligned}
            for poles in _POLES:
                for pole, contrary in (poles, poles[::-1]):
                    if word not in pole or contrary & set(claim):
                        continue
                    near = [place for place, other in enumerate(given) if other in contrary]
                    own = [place for place, other in enumerate(given) if other in pole]
                    values["poles"] += not own and any(abs(one - place) <= _SIDE for one in beside for place in near)

    def _side(self, at: int, step: int) -> list[int]:
        """The next words with meaning on a side of a place, the nearest first."""
        found: list[int] = []
        place = at + step
        while 0 <= place < len(self.tokens) and len(found) < _SIDE:
            if self.tokens[place].content:
                found.append(place)
            place += step
        return found

    def _governed(self, values: dict[str, float]) -> None:
        for at, there in self.aligned.items():
            if self.tokens[at].kind != "word" or self.tokens[at].capital:
                continue
            here, source = _governors(self.tokens, at), _governors(self.source.tokens, there)
            lost = bool(source & _MODALS) and not here & _MODALS and _is_verb(self.tokens[at])
            values["modal lost"] += lost
            values["perfect"] += lost and bool(here & (_HAVE | _BE))
            values["denial lost"] += bool(source & _DENYING) and not here & _DENYING
            values["denial added"] += bool(here & _DENYING) and not source & _DENYING

    def _speakers(self, values: dict[str, float]) -> None:
        spoken = list(_speakers_of(self.source.tokens))
        for verb, region in _speakers_of(self.tokens):
            speaker = [at for at in region if self.tokens[at].content and at != verb]
            known = [self.aligned[at] for at in speaker if at in self.aligned]
            if not speaker:
                continue
            around = any(self.tokens[at].key in self.around for at in speaker)
            values["new speaker"] = max(values["new speaker"], not known and not around)
            heard = {place for _, places in spoken for place in places}
            if known and spoken:
                values["other speaker"] = max(values["other speaker"], not heard & set(known))
            said = [there for at, there in self.aligned.items() if at not in region and at != verb]
            parts = {self._part(place) for place in known}
            of_said = [self._part(place) for place in said]
            if of_said and parts:
                most = max(set(of_said), key=of_said.count)
                own = any(self._part(place) == most for place, _ in spoken)
                values["speaker elsewhere"] = max(values["speaker elsewhere"], most not in parts and own)

    def _part(self, place: int) -> int:
        """The number of the part of the source, between semicolons and turns of speech, that a place is in."""
        tokens = self.source.tokens
        return sum(
            tokens[at].text in ";" or (tokens[at].text == "," and tokens[at + 1].lower in _TURNS)
            for at in range(min(place, len(tokens) - 1))
        )


def _speakers_of(tokens: Sequence[Token]) -> Iterator[tuple[int, range]]:
    """(verb of saying, where its speaker is told) for each of a text: before it, or after "according to", ", said"."""
    for at, token in enumerate(tokens):
        if token.lower == "according":
            yield at, range(at + 1, min(len(tokens), at + 1 + _SPEAKER))
        elif token.lower in STANCE_OF or token.lower in PARTICIPLES:
            after_comma = at > 0 and tokens[at - 1].text in ',"'
            if after_comma and token.lower in STANCE_OF:
                yield at, range(at + 1, min(len(tokens), at + 1 + _SPEAKER))
            else:
                first = next((place + 1 for place in range(at - 1, -1, -1) if tokens[place].text in ',;"'), 0)
                yield at, range(max(first, at - _SPEAKER), at)


def _governors(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """The small words shortly before a word, back to a comma."""
    found = set()
    for place in range(at - 1, max(-1, at - 1 - _GOVERNED), -1):
        if tokens[place].text in ",;.:":
            break
        found.add("not" if tokens[place].negated else tokens[place].lower)
    return frozenset(found)


def _passive(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb is told of whom it is done to: "was hit by", "hit by"."""
    before = {token.lower for token in tokens[max(0, at - 3) : at]}
    after = [token.lower for token in tokens[at + 1 : at + 4]]
    return bool(before & _BE and tokens[at].lower.endswith(("ed", "en", "t", "d"))) or after[:1] == ["by"]


def _is_verb(token: Token) -> bool:
    return usual_part(token.lower) == "verb" or token.lower.endswith("ed")


def _same(token: Token, other: Token) -> bool:
    if "number" in (token.kind, other.kind):
        return token.key == other.key
    return tells(other.lower, token.lower)
