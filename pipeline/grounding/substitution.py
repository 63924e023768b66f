"""Is a statement a cited sentence with a small word or an opposite exchanged, put in or left out: "was not", no "may"?

Whoever writes a sentence anew changes more than a word; whoever falsifies it does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.denials import denials_in
from pipeline.grounding.lexicon import concept_of, listed, opposites
from pipeline.grounding.modality import POSSIBLE, certainty
from pipeline.grounding.nearness import changes, words_and_numbers
from pipeline.grounding.words import Token, read

_DENYING = listed("not no never neither nor none nobody")
_DOUBTING = listed(
    """
    may might could possibly probably perhaps likely apparently allegedly alleged reportedly suspected about around
    approximately roughly nearly almost
    """
)
_CONTRARY = frozenset(
    frozenset(pair.split("/"))
    for pair in listed("above/below before/after over/under more/less with/without inside/outside up/down first/last")
)
# A rate that is held is neither raised nor cut; a court that holds something says so.
_HELD = frozenset(map(concept_of, ("hold", "rise"))), frozenset(map(concept_of, ("hold", "fall")))


def check_small_words(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a "not" or "may" put in or left out, or "above" for "below", in what is else a cited sentence."""
    return tuple(dict.fromkeys(finding for sentence in cited for finding in _small_words(text, sentence.text)))


def check_contrary(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a word in the very place where a cited sentence has its opposite: "a rise in June" for "a cut"."""
    findings = []
    for sentence in cited:
        claim, tokens = words_and_numbers(text), words_and_numbers(sentence.text)
        for kind, first, last, there, end in changes(claim, tokens):
            new = [token for token in claim[first:last] if token.content]
            old = [token for token in tokens[there:end] if token.content]
            if kind != "replace" or not len(new) == len(old) == 1 or _is_governed(new[0], text, old[0], sentence.text):
                continue
            if old[0].key in opposites().get(new[0].key, ()) or {old[0].key, new[0].key} in _HELD:
                findings.append(f"“{new[0].text}” stands where the cited sentences have “{old[0].text}”")
    return tuple(dict.fromkeys(findings))


def _is_governed(new: Token, text: str, old: Token, source: str) -> bool:
    """Whether one of them is denied where it stands: "cleared" is "not guilty"."""
    return any(
        read(place).index(token) in denial.scope
        for token, place in ((new, text), (old, source))
        for denial in denials_in(place)
    )


def _small_words(text: str, source: str) -> Iterator[str]:
    claim, tokens = words_and_numbers(text), words_and_numbers(source)
    made = changes(claim, tokens)
    if any(_says(claim[first:last]) for _, first, last, _, _ in made):
        return
    put_in = [claim[first:last] for kind, first, last, _, _ in made if kind == "delete"]
    dropped = [tokens[there:end] for kind, _, _, there, end in made if kind == "insert"]
    # "No card details were affected": the denial has only moved.
    moved = any(all(map(_denies, part)) for part in put_in) and any(all(map(_denies, part)) for part in dropped)
    for kind, first, last, there, end in made:
        new, old = claim[first:last], tokens[there:end]
        if moved and all(map(_denies, (*new, *old))):
            continue
        if kind == "delete" and all(_denies(token) for token in new):
            yield f"“{new[0].text}” is put in: the cited sentences do not have it"
        elif kind == "insert" and all(_denies(token) for token in old):
            yield f"“{old[0].text}” is dropped: it stands there in the cited sentences"
        elif len(new) == len(old) == 1 and frozenset((new[0].lower, old[0].lower)) in _CONTRARY:
            yield f"“{new[0].text}” stands where the cited sentences have “{old[0].text}”"
        elif [token.lower in _DOUBTING for token in old] == [True] and not any(map(_doubts, new)):
            yield f"“{old[0].text}” is dropped: the cited sentences are less certain"


def _says(tokens: Sequence[Token]) -> bool:
    return any(token.content for token in tokens)


def _denies(token: Token) -> bool:
    return token.lower in _DENYING or token.negated


def _doubts(token: Token) -> bool:
    return token.lower in _DOUBTING or certainty(token.lower) == POSSIBLE
