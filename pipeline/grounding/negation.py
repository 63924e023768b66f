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
from pipeline.grounding.words import keys, read

# When the head has other words in the statement, so much of what a cue governs must be there to speak of it.
_MOST = 0.6
# Words that deny in themselves what "not" denies on the other side.
_NEGATIVE_WORDS = listed(
    """
    unable unaffected unannounced unanswered unaware unchanged unclaimed unclear uncertain unconfirmed uncovered
    undamaged undecided undetermined unexplained unfinished unfounded unharmed unhurt unidentified uninjured
    uninsured unknown unlawful unlikely unpaid unproven unpublished unreported unresolved unsafe unscathed
    unsigned unsolved unsold unspecified unsuccessful untouched untrue unverified unwilling illegal impossible
    inaccurate inconclusive ineligible insufficient invalid invisible missing absent dead empty false fake free
    immune refused silent still wrong
    """
)


_NEGATIVE_KEYS = frozenset(concept_of(word) for word in ("stop", "ban", "prevent", "cancel", "fail", "end", "lose"))


def check_negation(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a "not" that is dropped or put in."""
    sources = [sentence.text for sentence in cited]
    return tuple(dict.fromkeys((*_all_dropped(text, sources), *_all_put_in(text, sources))))


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
    if cue.content and any(token.key == cue.key and cues_over(text, at) % 2 == 0 for at, token in enumerate(claim)):
        return None
    heads = {tokens[position].key for position in denial.heads}
    present = [position for position, token in enumerate(claim) if token.content and token.key in heads]
    if not present:
        return _dropped_in_other_words(denial, source, text, sources)
    if any(cues_over(text, position) % 2 or _negative(text, position) for position in present):
        return None
    found = [
        position for position in present if all(_is_denied(*place) for place in _counterparts(text, position, sources))
    ]
    # Denied by another word of the same clause: "no patients had to be moved", "patients did not have to be moved".
    governed = {tokens[position].key for position in denial.scope}
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
    negative = any(token.lower in _NEGATIVE_WORDS for token in read(text))
    contrary = any(opposites().get(key, frozenset()) & heads for key in here)
    return None if negative or contrary else tokens[denial.heads[0]].text


def _put_in(denial: Denial, text: str, sources: Sequence[str]) -> str | None:
    """The word that the statement denies and the sources affirm."""
    claim = read(text)
    cue = claim[denial.at]
    source_keys = frozenset[str]().union(*(keys(source) for source in sources))
    if not denial.heads or (cue.content and cue.key in source_keys):
        return None
    head = next((head for head in denial.heads if _counterparts(text, head, sources)), denial.heads[-1])
    counterparts = _counterparts(text, head, sources)
    governed = {
        read(source)[position].key for source in sources for other in denials_in(source) for position in other.scope
    }
    shared = any(claim[position].key in governed for position in denial.scope)
    if counterparts:
        if any(_is_denied(*place) or _negative(*place) for place in counterparts):
            return None
        here = place_of_span(text, head, head)
        same_place = any(likeness(here, place_of_span(source, at, at)) >= ALIKE for source, at in counterparts)
        return claim[head].text if same_place or not shared else None
    if cue.content or shared or any(denials_in(source) for source in sources if keys(source) & keys(text)):
        return None
    negative = any(token.lower in _NEGATIVE_WORDS for source in sources for token in read(source))
    contrary = opposites().get(claim[head].key, frozenset()) & source_keys
    return None if negative or contrary else claim[head].text


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
    return any(token.lower in _NEGATIVE_WORDS or (token.content and token.key in _NEGATIVE_KEYS) for token in around)
