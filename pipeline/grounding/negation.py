"""Does a statement deny what the cited sentences affirm, or affirm what they deny?

A cue ("not", "no", "refused to", "has yet to") governs the next word with meaning, its head. The head is looked up on
the other side by concept, in the place most like its own: there with a cue and here without one is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.grounding.alignment import ALIKE, likeness, place_of_span
from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.denials import Denial, cues_over, denials_in
from pipeline.grounding.lexicon import concept_of, listed, opposites
from pipeline.grounding.words import Token, keys, read

# When the head has other words in the statement, so much of what a cue governs must be there to speak of it.
_MOST = 0.6
# Words that deny in themselves what "not" denies on the other side.
_NEGATIVE_WORDS = listed(
    """
    unable unaffected unannounced unanswered unaware unchanged unclaimed unclear uncertain unconfirmed uncovered
    undamaged undecided undetermined unexplained unfinished unfounded unharmed unhurt unidentified uninjured
    uninsured unknown unlawful unlikely unpaid unproven unpublished unreported unresolved unsafe unscathed
    unsigned unsolved unsold unspecified unsuccessful untouched untrue unverified unwilling illegal impossible
    inaccurate inconclusive ineligible insufficient invalid invisible missing absent empty false fake
    immune refused silent still wrong
    """
)


_NEGATIVE_KEYS = frozenset(
    concept_of(word) for word in ("stop", "ban", "prevent", "cancel", "fail", "end", "lose", "reject")
)
_RUNNING = listed("run runs ran running")
_PERFECT = listed("has have had")
_COMING = listed("may might could will would can")
_EXCEPTING = listed("except excluding excepting")
_AUXILIARIES = listed("be been being is are was were have has had to yet")
# How many words before a word a cue that denies it stands at most.
_NEAR = 4


def check_negation(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a "not" that is dropped or put in, and for an exception told as the rule."""
    sources = [sentence.text for sentence in cited]
    found = (*_all_dropped(text, sources), *_all_put_in(text, sources), *_unexcepted(text, sources))
    return tuple(dict.fromkeys(found))


def _unexcepted(text: str, sources: Sequence[str]) -> Iterator[str]:
    """Findings for a name that the sources except, in a statement that denies and excepts nothing."""
    claim = read(text)
    apart = denials_in(text) or any(token.lower in _EXCEPTING or _negative(text, at) for at, token in enumerate(claim))
    if apart:
        return
    for source in sources:
        tokens = read(source)
        for at, token in enumerate(tokens):
            name = next((word for word in tokens[at + 1 : at + _NEAR] if word.capital and word.content), None)
            if token.lower in _EXCEPTING and name and name.key in keys(text):
                yield f"“{token.text}” is dropped: the cited sentences except “{name.text}”"


def _all_dropped(text: str, sources: Sequence[str]) -> Iterator[str]:
    for source in sources:
        for denial in denials_in(source):
            word = _dropped(denial, source, text, sources)
            if word:
                yield f"“{denial.words}” is dropped: the cited sentences deny “{word}”"


def _all_put_in(text: str, sources: Sequence[str]) -> Iterator[str]:
    for denial in denials_in(text):
        if read(text)[denial.at].lower == "unless":
            continue
        word = _put_in(denial, text, sources)
        if word:
            yield f"“{denial.words}” is put in: the cited sentences do not deny “{word}”"


def _dropped(denial: Denial, source: str, text: str, sources: Sequence[str]) -> str | None:
    """The word that the statement affirms and the source denies."""
    tokens, claim = read(source), read(text)
    cue = tokens[denial.at]
    if not denial.scope:
        return _affirmed(source, denial.at, [text])
    if cue.content and any(token.key == cue.key and cues_over(text, at) % 2 == 0 for at, token in enumerate(claim)):
        return None
    heads = {tokens[position].key: tokens[position].lower for position in denial.heads}
    governed = {tokens[position].key for position in denial.scope}
    told = keys(text)
    # The head alone is no sign that the statement speaks of what is denied: "urged" for "demanding an election".
    present = [
        position
        for position, token in enumerate(claim)
        if token.content and token.key in heads and (governed == {token.key} or (governed - {token.key}) & told)
    ]
    if not present:
        return _dropped_in_other_words(denial, source, text, sources)
    if any(cues_over(text, position) % 2 or _negative(text, position) for position in present):
        return None
    # "Has not played since May" and "may play on Saturday" are both true.
    if tokens[denial.at - 1].lower in _PERFECT and any(_to_come(claim, position) for position in present):
        return None
    found = [
        position for position in present if all(_is_denied(*place) for place in _counterparts(text, position, sources))
    ]
    # Denied by another word of the same clause: "no patients had to be moved", "patients did not have to be moved".
    elsewhere = any(claim[position].key in governed for other in denials_in(text) for position in other.scope)
    if not found or (elsewhere and not any(cues_over(text, position) == 2 for position in found)):
        return None
    return claim[found[0]].text


def _dropped_in_other_words(denial: Denial, source: str, text: str, sources: Sequence[str]) -> str | None:
    """The denied head when the statement has most of what goes with it, and denies nothing."""
    tokens = read(source)
    heads = {tokens[position].key for position in denial.heads}
    affirmed = {
        token.key
        for other in sources
        for position, token in enumerate(read(other))
        if not any(position in each.scope for each in denials_in(other))
    }
    scope = {tokens[position].key for position in denial.scope} - heads - affirmed
    here = keys(text)
    if not heads or len(scope) < 2 or len(scope & here) / len(scope) < _MOST or denials_in(text):
        return None
    # A statement that takes more from what is affirmed than from what is denied is about that.
    if len(here & affirmed) > len(here & (scope | heads)) and here <= affirmed | scope | heads:
        return None
    negative = any(token.lower in _NEGATIVE_WORDS for token in read(text))
    contrary = any(opposites().get(key, frozenset()) & heads for key in here)
    return None if negative or contrary else tokens[denial.heads[0]].text


def _put_in(denial: Denial, text: str, sources: Sequence[str]) -> str | None:
    """The word that the statement denies and the sources affirm."""
    claim = read(text)
    cue = claim[denial.at]
    source_keys = frozenset[str]().union(*(keys(source) for source in sources))
    if not denial.scope:
        return _affirmed(text, denial.at, sources)
    if not denial.heads:
        return None
    if cue.content and cue.key in source_keys:
        return _denied_elsewhere(denial, text, sources)
    head = next((head for head in denial.heads if _counterparts(text, head, sources)), denial.heads[-1])
    counterparts = _counterparts(text, head, sources)
    governed = {
        read(source)[position].key for source in sources for other in denials_in(source) for position in other.scope
    }
    shared = any(claim[position].key in governed for position in denial.scope)
    if counterparts:
        denied = _is_denied(text, head)
        if any(_is_denied(*place) == denied or _negative(*place) for place in counterparts):
            return None
        here = place_of_span(text, head, head)
        same_place = any(likeness(here, place_of_span(source, at, at)) >= ALIKE for source, at in counterparts)
        return claim[head].text if same_place or not shared else None
    if cue.content or shared or any(denials_in(source) for source in sources if keys(source) & keys(text)):
        return None
    negative = any(token.lower in _NEGATIVE_WORDS for source in sources for token in read(source))
    contrary = opposites().get(claim[head].key, frozenset()) & source_keys
    return None if negative or contrary else claim[head].text


def _denied_elsewhere(denial: Denial, text: str, sources: Sequence[str]) -> str | None:
    """The first word of what "denied that" governs, when most of it is what the sources do not deny."""
    claim = read(text)
    denied = {
        read(source)[position].key for source in sources for other in denials_in(source) for position in other.scope
    }
    given = frozenset[str]().union(*(keys(source) for source in sources))
    known = [claim[position] for position in denial.scope if claim[position].key in given]
    affirmed = [token for token in known if token.key not in denied]
    return affirmed[0].text if len(known) > 1 and len(affirmed) * 2 > len(known) else None


def _affirmed(text: str, cue: int, others: Sequence[str]) -> str | None:
    """What a cue that governs only stop words denies ("has not been put off"), when the other texts affirm it."""
    tokens = read(text)
    start = next((at for at in range(cue + 1, len(tokens)) if tokens[at].lower not in _AUXILIARIES), len(tokens))
    wanted = [token.lower for token in tokens[start : start + 2] if token.kind == "word"]
    if len(wanted) < 2:
        return None
    places = [
        (other, at)
        for other in others
        for at in range(len(read(other)) - 1)
        if [token.lower for token in read(other)[at : at + 2]] == wanted
    ]
    denied = any(at - _NEAR <= denial.at < at for other, at in places for denial in denials_in(other))
    return " ".join(wanted) if places and not denied else None


def _to_come(tokens: Sequence[Token], at: int) -> bool:
    return any(token.lower in _COMING for token in tokens[max(0, at - 3) : at])


def _alike(one: str, other: str) -> bool:
    """Whether two words begin alike: forms of one word, not synonyms."""
    return one[:3] == other[:3]


def _counterparts(text: str, position: int, sources: Sequence[str]) -> list[tuple[str, int]]:
    """Where the sources have the word of a statement, in the places most like its own there."""
    key, here = read(text)[position].key, place_of_span(text, position, position)
    found = [
        (likeness(here, place_of_span(source, at, at)), source, at)
        for source in sources
        for at, token in enumerate(read(source))
        if token.content and token.key == key
    ]
    best = max((score for score, _, _ in found), default=0)
    return [(source, at) for score, source, at in found if score == best]


def _is_denied(text: str, position: int) -> bool:
    return cues_over(text, position) % 2 == 1


def _negative(text: str, position: int) -> bool:
    """Whether a word beside it denies in itself: "remains unconfirmed"."""
    tokens = read(text)
    around = (*tokens[max(0, position - 3) : position], *tokens[position + 1 : position + 3])
    words = {token.lower for token in around}
    if "out" in words and words & _RUNNING:
        return True
    return any(token.lower in _NEGATIVE_WORDS or (token.content and token.key in _NEGATIVE_KEYS) for token in around)
