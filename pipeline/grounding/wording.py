"""Does a statement say, in whatever words, what the cited sentences say, or is something added or exchanged?

Each word of the statement is aligned with a word of the cited sentences that says the same (a form, a derivation, a
synonym, something narrower). Words that align with none are *new*. That alone is no fault: who tells a thing anew
uses new words. What makes one likelier is measured (`FEATURES`) and weighed with everything else (`judgement`).

Names, numbers and dates are not words here: each has checks of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.coverage import counted, opens_with_pronoun
from pipeline.grounding.lexicon import concept_of, listed, opposites
from pipeline.grounding.meaning import known, likeness_of, resembles, tells, weight
from pipeline.grounding.names import SAYS, names_in
from pipeline.grounding.nearness import lone_exchange, nearness
from pipeline.grounding.words import Token, read
from pipeline.wordnet import relation, usual_part

FEATURES: Mapping[str, str] = {
    "length": "the logarithm of how many words the statement has",
    "nouns": "how much its new nouns tell, and its new words that WordNet does not have",
    "verbs": "how many of the new words are verbs",
    "unlike": "how far the new words are from the nearest of the source in the static embeddings",
    "contrary": "how many new words are opposites of a word of the source that the statement leaves out",
    "run": "the longest run of new words",
    "tail": "how many new words stand after the last that is known",
    "modifier": "how many new words stand before a noun that has another word before it in the source",
    "modifying sibling": "how many of these are neighbours (copper and coal) or opposites of that word",
    "in place": "how many stand between the neighbours of another word of their kind that the statement leaves out",
    "unlike in place": "how far they are from the word in whose place they stand",
    "lone exchange": "whether new words in the place of others are all that is changed of a copy, perhaps shortened",
    "lone verb": "the same, when these are verbs",
    "subject": "how many new nouns stand before a verb of the source",
    "copied": "how near to a copy the statement is, times the most telling new word",
    "from title": "how many words only the title has, or what a pronoun of the source stands for",
    "near words": "how many words are only near to one of the source in the static embeddings",
}
"""What is measured of a statement and its cited sentences, in the order of the weights."""

_NOUNS = ("noun", "unknown")
# What separates two neighbours of a new word in the source at most.
_GAP = 4
# Below these a word is far from another in the static embeddings.
_FAR, _FAR_IN_PLACE = 0.3, 0.35
# What an adjective or adverb tells beside a noun or verb of the same weight.
_LITTLE = 0.6
_DOCUMENTS = listed("text report article newspaper statement letter")


@dataclass(frozen=True, slots=True)
class Wording:
    """What `FEATURES` are of a statement, its new words in order, and what a lone one stands in the place of."""

    values: tuple[float, ...]
    new: tuple[Token, ...]
    replaced: tuple[Token, ...] = ()

    def findings(self) -> tuple[str, ...]:
        """What to say of the new words."""
        words = ", ".join(dict.fromkeys(token.text for token in self.new))
        if not self.replaced:
            return (f"“{words}” is not in the cited sentences",)
        return (f"“{words}” stands where the cited sentences have “{', '.join(word.text for word in self.replaced)}”",)


@lru_cache(maxsize=512)
def _read(text: str, cited: tuple[CitedSentence, ...]) -> Wording:
    return _Aligned(text, cited).wording()


def read_wording(text: str, cited: Sequence[CitedSentence]) -> Wording:
    """How the words of a statement stand to those of the cited sentences."""
    return _read(text, tuple(cited))


class _Aligned:
    """A statement beside its cited sentences: which of its words are known there, and where the new ones stand."""

    def __init__(self, text: str, cited: Sequence[CitedSentence]) -> None:
        self.tokens = read(text)
        self.near = nearness(text, [sentence.text for sentence in cited])
        self.sources = [read(sentence.text) for sentence in cited]
        self.given = sorted({token.lower for tokens in self.sources for token in _words(tokens)})
        self.around = {token.lower for sentence in cited for token in _words(read(_context(sentence)))}
        names = {place for name in names_in(text) for place in range(name.first, name.last + 1)}
        self.content = [at for at, token in enumerate(self.tokens) if token.content]
        aside = names | counted(text) | {at for at in self.content if self._says(at)}
        self.words = [at for at in self.content if self.tokens[at].kind == "word" and at not in aside]
        self.standing = {at: self._stands(self.tokens[at].lower) for at in self.words}
        self.new = [at for at in self.words if self.standing[at] == "new"]
        alone = (found for each in cited if (found := self._alone(text, each.text)))
        self.exchanged, self.replaced = next(alone, ((), ()))

    @cached_property
    def left_out(self) -> list[str]:
        """The words of the source that the statement does not tell."""
        return [word for word in self.given if not self._told(word)]

    def wording(self) -> Wording:
        """The features and the new words."""
        values = dict.fromkeys(FEATURES, 0.0)
        values["length"] = math.log1p(len(self.words))
        values["from title"] = sum(stands == "around" for stands in self.standing.values())
        values["near words"] = sum(stands == "near" for stands in self.standing.values())
        if self.exchanged:
            values["lone exchange"] = 1.0
            values["lone verb"] = _part(self.exchanged[0].lower) == "verb"
        if self.new:
            values["run"] = max(self._runs())
            values["tail"] = next((n for n, at in enumerate(reversed(self.words)) if at not in self.new), len(self.new))
            for at in self.new:
                self._weigh(at, values)
        new = [self.tokens[at] for at in self.new if self.tokens[at] not in self.exchanged]
        replaced = self.replaced if not new else ()
        return Wording(tuple(map(float, values.values())), (*self.exchanged, *new), replaced)

    def _alone(self, text: str, source: str) -> tuple[tuple[Token, ...], tuple[Token, ...]] | None:
        """The words of the statement, none known, that stand in the place of others in a copy, and those others."""
        found = lone_exchange(text, source)
        if found is None:
            return None
        new, old = found
        fresh = all(self.standing.get(self.tokens.index(token)) in ("new", "near") for token in new)
        kept = any(word.kind != "word" or self._told(word.lower) for word in old)
        return (tuple(new), tuple(old)) if fresh and not kept else None

    def _says(self, at: int) -> bool:
        """Whether a word names what is cited itself: "the text says"."""
        after = self.tokens[at + 1].lower if at + 1 < len(self.tokens) else ""
        return after in SAYS and self.tokens[at].lower in _DOCUMENTS

    def _stands(self, word: str) -> str:
        if known(word, self.given):
            return "known"
        if known(word, self.around):
            return "around"
        return "near" if any(resembles(other, word) for other in self.given) else "new"

    def _told(self, word: str) -> bool:
        return any(tells(word, self.tokens[at].lower) for at in self.content if self.tokens[at].kind == "word")

    def _runs(self) -> Iterator[int]:
        run = 0
        for at in self.words:
            run = run + 1 if at in self.new else 0
            yield run

    def _weigh(self, at: int, values: dict[str, float]) -> None:
        """Add what is measured of the new word at a place to the values."""
        word = self.tokens[at].lower
        part, telling = _part(word), weight(word)
        values["nouns"] += telling * (part in _NOUNS)
        values["verbs"] += part == "verb"
        values["unlike"] += max(0.0, _FAR - max((likeness_of(other, word) for other in self.given), default=0.0))
        values["contrary"] += any(_opposed(other, self.tokens[at]) for other in self.left_out)
        values["copied"] = max(values["copied"], self.near * telling * (1.0 if part in (*_NOUNS, "verb") else _LITTLE))
        values["subject"] += part in _NOUNS and self._leads_to_known_verb(at)
        for other in self._modifiers_instead(at)[:1]:
            values["modifier"] += 1
            values["modifying sibling"] += relation(other, word) in ("sibling", "contrary")
        replaced = self._in_place_of(at)
        if replaced:
            far = _FAR_IN_PLACE - max(likeness_of(other, word) for other in replaced)
            values["in place"] += part in ("noun", "adjective") and any(_part(other) == part for other in replaced)
            values["unlike in place"] += max(0.0, far)

    def _leads_to_known_verb(self, at: int) -> bool:
        after = next((token for token in self.tokens[at + 1 : at + 4] if token.content and token.kind == "word"), None)
        return (
            after is not None
            and _part(after.lower) == "verb"
            and any(tells(other, after.lower) for other in self.given)
        )

    def _modifiers_instead(self, at: int) -> list[str]:
        """What the source has right before the known noun that follows a word, when the statement tells none of it."""
        head = at + 2 if self.tokens[at + 1 : at + 2] and self.tokens[at + 1].text == "-" else at + 1
        if head >= len(self.tokens) or self.standing.get(head, "known") == "new":
            return []
        noun = self.tokens[head]
        if noun.kind != "word" or not noun.content:
            return []
        before = [
            tokens[place - 2 if tokens[place - 1].text == "-" else place - 1]
            for tokens in self.sources
            for place in range(1, len(tokens))
            if tokens[place].kind == "word" and tokens[place].content and _same(noun, tokens[place])
        ]
        instead = all(word.kind == "word" and word.content and not self._told(word.lower) for word in before)
        return [word.lower for word in before] if instead else []

    def _in_place_of(self, at: int) -> list[str]:
        """What the source has between the neighbours of a new word, the nearest that are not new, and is not told."""
        place = self.content.index(at)
        left = next((self.tokens[other] for other in reversed(self.content[:place]) if other not in self.new), None)
        right = next((self.tokens[other] for other in self.content[place + 1 :] if other not in self.new), None)
        if left is None and right is None:
            return []
        found: list[str] | None = None
        for tokens in self.sources:
            content = [token for token in tokens if token.content]
            lefts = [-1] if left is None else [n for n, token in enumerate(content) if _same(left, token)]
            rights = [len(content)] if right is None else [n for n, token in enumerate(content) if _same(right, token)]
            for first in lefts:
                for last in rights:
                    if 0 < last - first <= _GAP:
                        between = [
                            token.lower for token in _words(content[first + 1 : last]) if not self._told(token.lower)
                        ]
                        found = between if found is None or len(between) < len(found) else found
        return found or []


def _part(word: str) -> str:
    return "adverb" if word.endswith("ly") and len(word) > 4 else usual_part(word) or "unknown"


def _words(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.content and token.kind == "word"]


def _same(token: Token, other: Token) -> bool:
    return token.key == other.key if "number" in (token.kind, other.kind) else tells(other.lower, token.lower)


def _opposed(other: str, token: Token) -> bool:
    return relation(other, token.lower) == "contrary" or concept_of(other) in opposites().get(token.key, ())


def _context(sentence: CitedSentence) -> str:
    return f"{sentence.title} {sentence.before}" if opens_with_pronoun(sentence.text) else sentence.title
