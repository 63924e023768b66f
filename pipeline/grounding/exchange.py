"""Does a word stand where the cited sentences have another: "coal mine" for "copper mine", "rats" for "mice"?

A word that nothing in the cited sentences bears out is looked at between its neighbours. Where these stand in a cited
sentence on either side of a word that the statement leaves out, that word has been exchanged, unless the new one is
known to mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.coverage import counted
from pipeline.grounding.lexicon import opposites
from pipeline.grounding.meaning import resembles, tells
from pipeline.grounding.names import SAYS, names_in
from pipeline.grounding.nearness import nearness
from pipeline.grounding.words import Token, read
from pipeline.wordnet import relation, usual_part

# From here on a statement is so near to a copy that a word in the place of another was put there. Swept: 0.6 and 0.7
# give one more false alarm on the tables in tests, 0.8 and 0.9 miss two and three faults more.
_NEAR_COPY = 0.75
# At most so many words stand in the place of as many others.
_LONGEST = 2


def check_exchange(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a word in the place of another one, that does not mean the same."""
    claim = _words(text)
    given = [_words(sentence.text) for sentence in cited]
    everything = [word.lower for words in given for word in words]
    near = nearness(text, [sentence.text for sentence in cited])
    tokens = read(text)
    aside = {tokens[place] for name in names_in(text) for place in range(name.first, name.last + 1)}
    aside |= {tokens[place] for place in counted(text)}
    new = [
        word.kind == "word"
        and word not in aside
        and not any(tells(other, word.lower) or resembles(other, word.lower) for other in everything)
        for word in claim
    ]
    spoken = {one for one, other in pairwise(tokens) if other.lower in SAYS}
    findings = []
    for at, word in enumerate(claim):
        speaks = word in spoken
        if not new[at] or (at and new[at - 1]):
            continue
        end = next((place for place in range(at, len(claim)) if not new[place]), len(claim))
        old = next((old for words in given for old in _replaced(claim, range(at, end), words, near, speaks)), None)
        if old is not None:
            findings.append(f"“{word.text}” stands where the cited sentences have “{old.text}”")
    return tuple(findings)


def _replaced(
    claim: Sequence[Token], run: range, source: Sequence[Token], near: float, speaks: bool
) -> Iterator[Token]:
    """The first words of a source in whose place a run of words of a claim stands."""
    new = claim[run.start]
    for place, old in enumerate(source):
        if old.kind != "word" or (old.capital and place) or _told(old, claim):
            continue
        left = _same(claim, run.start - 1, source, place - 1)
        alike = usual_part(new.lower) == usual_part(old.lower) in ("noun", "adjective")
        related = relation(old.lower, new.lower)
        against = related == "contrary" or new.key in opposites().get(old.key, ())
        right = _same(claim, run.stop, source, place + 1)
        # Whoever says something may be told in any words: "the text says".
        opens = run.start == 0 and not speaks
        if (len(run) == 1 and (against or (alike and related == "sibling")) and (left or right)) or (
            alike and len(run) <= _LONGEST and near >= _NEAR_COPY and _fills(claim, run, source, place, left or opens)
        ):
            yield old


def _fills(claim: Sequence[Token], run: range, source: Sequence[Token], place: int, left: bool) -> bool:
    """Whether the words of a source from `place` on, at most three, stand between the neighbours of a run."""
    for end in range(place + 1, min(place + 1 + _LONGEST, len(source)) + 1):
        if any(_told(word, claim) for word in source[place + 1 : end]):
            return False
        # Where the source ends, nothing more can follow.
        right = end == len(source) or _same(claim, run.stop, source, end)
        if left and right and (run.start > 0 or end < len(source)):
            return True
    return False


def _same(claim: Sequence[Token], at: int, source: Sequence[Token], place: int) -> bool:
    """Whether the neighbours at these places are the same, both being there."""
    if not (0 <= at < len(claim) and 0 <= place < len(source)):
        return False
    one, other = claim[at], source[place]
    return one.key == other.key if "number" in (one.kind, other.kind) else tells(other.lower, one.lower)


def _told(old: Token, claim: Sequence[Token]) -> bool:
    return any(tells(old.lower, word.lower) for word in claim if word.kind == "word")


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[Token, ...]:
    return tuple(token for token in read(text) if token.content)
