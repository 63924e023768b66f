"""Is a statement a cited sentence with one word exchanged, put in or left out: "a black van", "was not", no "may"?

Whoever writes a sentence anew changes more than a word; whoever falsifies it does not. Of the 213 paraphrases of the
tables in tests, none is so near to its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.coverage import akin, counted
from pipeline.grounding.denials import denials_in
from pipeline.grounding.lexicon import listed
from pipeline.grounding.modality import POSSIBLE, certainty
from pipeline.grounding.units import UNITS
from pipeline.grounding.words import Token, keys, read

_DENYING = listed("not no never neither nor none nobody")
_DOUBTING = listed(
    """
    may might could possibly probably perhaps likely apparently allegedly alleged reportedly suspected about
    approximately roughly nearly almost
    """
)
_CONTRARY = frozenset(
    frozenset(pair.split("/"))
    for pair in listed("above/below before/after over/under more/less with/without inside/outside up/down first/last")
)
# At most so many tokens make a word exchanged for another.
_LONGEST = 3


def check_substitution(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """A finding when a statement is a cited sentence, perhaps shortened, but for one word in the place of another."""
    given = frozenset[str]().union(*(keys(sentence.text) for sentence in cited))
    return tuple(
        f"“{new}” stands where the cited sentences have “{old}”"
        for sentence in cited
        for new, old in _exchanged(text, sentence.text, given)
    )


def check_small_words(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a "not" or "may" put in or left out, or "above" for "below", in what is else a cited sentence."""
    return tuple(dict.fromkeys(finding for sentence in cited for finding in _small_words(text, sentence.text)))


def _small_words(text: str, source: str) -> Iterator[str]:
    claim, tokens = _words(text), _words(source)
    changes = _changes(claim, tokens)
    if any(_says(claim[first:last]) for _, first, last, _, _ in changes):
        return
    for kind, first, last, there, end in changes:
        new, old = claim[first:last], tokens[there:end]
        if kind == "delete" and all(_denies(token) for token in new):
            yield f"“{new[0].text}” is put in: the cited sentences do not have it"
        elif kind == "insert" and all(_denies(token) for token in old):
            yield f"“{old[0].text}” is dropped: it stands there in the cited sentences"
        elif len(new) == len(old) == 1 and frozenset((new[0].lower, old[0].lower)) in _CONTRARY:
            yield f"“{new[0].text}” stands where the cited sentences have “{old[0].text}”"
        elif [token.lower in _DOUBTING for token in old] == [True] and not any(map(_doubts, new)):
            yield f"“{old[0].text}” is dropped: the cited sentences are less certain"


def _exchanged(text: str, source: str, given: frozenset[str]) -> Iterator[tuple[str, str]]:
    claim, tokens = _words(text), _words(source)
    changes = [change for change in _changes(claim, tokens) if _says(claim[change[1] : change[2]])]
    if len(changes) != 1 or changes[0][0] != "replace":
        return
    _, first, last, there, end = changes[0]
    numbered, told = counted(text), keys(text)
    denied = {read(source)[place].key for denial in denials_in(source) for place in denial.scope}
    new = [token for token in claim[first:last] if _counts(token)]
    known = any(token.key in given or akin(token.key, given) or read(text).index(token) in numbered for token in new)
    if not new or known or last - first > _LONGEST:
        return
    # What was cut off beside the word, where the statement ends, belongs to the same change.
    cut = there + last - first if last == len(claim) else end
    for replaced in (tokens[there:end], tokens[there:cut]):
        old = [token for token in replaced if _counts(token)]
        elsewhere = any(token.key in told or token.key in denied or token.lower in UNITS for token in old)
        if len(old) == len(new) and not elsewhere:
            yield " ".join(token.text for token in new), " ".join(token.text for token in old)
            return


def _changes(claim: Sequence[Token], source: Sequence[Token]) -> list[tuple[str, int, int, int, int]]:
    """What turns the one into the other, as difflib has it: "delete" is in the claim only, "insert" in the source."""
    matcher = SequenceMatcher(None, [token.key for token in claim], [token.key for token in source], autojunk=False)
    return [change for change in matcher.get_opcodes() if change[0] != "equal"]


def _words(text: str) -> list[Token]:
    return [token for token in read(text) if token.kind != "mark"]


def _says(tokens: Sequence[Token]) -> bool:
    return any(token.content for token in tokens)


def _denies(token: Token) -> bool:
    return token.lower in _DENYING or token.negated


def _doubts(token: Token) -> bool:
    return certainty(token.lower) == POSSIBLE


def _counts(token: Token) -> bool:
    return token.kind == "word" and token.content and not token.capital
