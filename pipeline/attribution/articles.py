"""Attribution over a whole article: who "she" is, and whose the quotation is that goes on for three sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.attribution.frames import Voice, hidden, voices
from pipeline.attribution.speakers import UNNAMED, described_person, is_person, opening_person, outlet, speaker
from pipeline.grounding.reporting import PRONOUNS, PUBLISHERS
from pipeline.grounding.words import fold, plain, read
from pipeline.types import Attribution

# A quotation that is still open after so many sentences was never closed.
_LONGEST_QUOTATION = 8
# A pronoun finds its speaker in one of so many sentences before.
_PRONOUN_REACH = 4
_ITEMS = '“”"'


@dataclass(frozen=True, slots=True)
class Said:
    """Who says a sentence, and the other sentences (from 0) that name the speaker where it does not itself."""

    attribution: Attribution
    named_in: tuple[int, ...] = ()


_OWN_VOICE = Said(Attribution())


@lru_cache(maxsize=256)
def read_article(sentences: tuple[str, ...], source: str = "") -> tuple[Said, ...]:
    """Who says each sentence of an article; `source` is who publishes it, and passes nothing on to itself."""
    return tuple(_Reading(sentences, source).said)


class _Reading:
    def __init__(self, sentences: Sequence[str], source: str) -> None:
        self.sentences = sentences
        self.source = fold(source)
        self.opened = _open_before(sentences)
        self.said: list[Said] = []
        self.speakers: list[tuple[int, str]] = []
        self.outlets: list[tuple[str, int]] = []
        for at, sentence in enumerate(sentences):
            found = voices(sentence, self.opened[at])
            self.said.append(self._spoken(at, found) if found else self._unspoken(at))

    def _spoken(self, at: int, found: Sequence[Voice]) -> Said:
        chain: list[str] = []
        named_in: list[int] = []
        for voice in found:
            name, place = self._named(at, voice)
            chain.append(name)
            if place is not None:
                named_in.append(place)
            told = [name for words in voice.told if (name := outlet(words, self.sentences))]
            self.outlets += [(name, at) for name in told]
            chain += told
        first = found[0]
        if first.words and fold(first.words) not in PRONOUNS:
            self.speakers.append((at, chain[0]))
        if first.verb == "quoted" and len(chain) == 1 and self.said and len(self.said[-1].attribution.chain) > 1:
            chain.append(self.said[-1].attribution.chain[-1])
        passed_on = [name for place, name in enumerate(chain) if not place or fold(name) != self.source]
        return Said(Attribution(tuple(dict.fromkeys(passed_on)), first.verb, first.stance), tuple(named_in))

    def _named(self, at: int, voice: Voice) -> tuple[str, int | None]:
        """The speaker's name, and the sentence before that gives it when this one has a pronoun only."""
        if not voice.words:
            return UNNAMED, None
        pronoun = fold(voice.words)
        if self.outlets and fold(voice.words) in PUBLISHERS:
            return self.outlets[-1]
        if pronoun not in PRONOUNS:
            return speaker(voice.words, self.sentences, at), None
        person = pronoun in ("he", "she")
        for place in range(at - 1, max(-1, at - 1 - _PRONOUN_REACH), -1):
            said = [name for where, name in self.speakers if where == place]
            for name in said[::-1]:
                if pronoun == "they" or person == is_person(name) or (pronoun == "it" and " " not in name):
                    return name, place
            sentence = self.sentences[place]
            if person and not said and (named := opening_person(sentence) or described_person(sentence)):
                return speaker(named, self.sentences, place), place
        return pronoun, None

    def _unspoken(self, at: int) -> Said:
        """A sentence that names nobody: the speaker's before it, if it only goes on with a quotation."""
        tokens = read(self.sentences[at])
        inside = hidden(plain(self.sentences[at]), self.opened[at])
        outside = [token for place, token in enumerate(tokens) if place not in inside and token.kind != "mark"]
        if not tokens or outside or not (inside or self.opened[at]):
            return _OWN_VOICE
        before = self.said[at - 1] if at else _OWN_VOICE
        if before.attribution.chain:
            return Said(before.attribution, before.named_in or (at - 1,))
        for later in range(at + 1, min(at + _PRONOUN_REACH, len(self.sentences))):
            if found := voices(self.sentences[later], self.opened[later]):
                name, _ = self._named(later, found[0])
                return Said(Attribution((name,), found[0].verb, found[0].stance), (later,))
            if not self.opened[later]:
                break
        return _OWN_VOICE


def _open_before(sentences: Sequence[str]) -> list[bool]:
    """Whether a quotation is open where each sentence begins."""
    opened: list[bool] = []
    since: int | None = None
    for at, sentence in enumerate(sentences):
        if since is not None and at - since > _LONGEST_QUOTATION:
            since = None
        opened.append(since is not None)
        for place, letter in enumerate(sentence):
            if letter not in _ITEMS:
                continue
            opens = letter == "“" or (letter == '"' and _opens(sentence, place))
            since = at if opens else None
    return opened


def _opens(sentence: str, place: int) -> bool:
    before, after = sentence[:place][-1:], sentence[place + 1 :][:1]
    return (not before or before.isspace() or before in "([—-") and bool(after) and not after.isspace()
