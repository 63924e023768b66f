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
from pipeline.grounding.lexicon import concept_of, listed, opposites
from pipeline.grounding.meaning import resembles, tells
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
# Verbs that another may stand for with what follows them: "brought to safety" is "rescued".
_LIGHT = listed("bring brought put take took taken make made get got go went come came give gave given set turned turn")
# A rate that is held is neither raised nor cut; a court that holds something says so.
_HELD = frozenset(map(concept_of, ("hold", "rise"))), frozenset(map(concept_of, ("hold", "fall")))
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


def check_contrary(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a word in the very place where a cited sentence has its opposite: "a rise in June" for "a cut"."""
    findings = []
    for sentence in cited:
        claim, tokens = _words(text), _words(sentence.text)
        for kind, first, last, there, end in _changes(claim, tokens):
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
    claim, tokens = _words(text), _words(source)
    changes = _changes(claim, tokens)
    if any(_says(claim[first:last]) for _, first, last, _, _ in changes):
        return
    put_in = [claim[first:last] for kind, first, last, _, _ in changes if kind == "delete"]
    dropped = [tokens[there:end] for kind, _, _, there, end in changes if kind == "insert"]
    # "No card details were affected": the denial has only moved.
    moved = any(all(map(_denies, part)) for part in put_in) and any(all(map(_denies, part)) for part in dropped)
    for kind, first, last, there, end in changes:
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
        light = any(token.lower in _LIGHT for token in old)
        if any(_alike(one.lower, other.lower) for one in old for other in new):
            return
        if (len(old) == len(new) or _lists(replaced, new)) and not elsewhere and not light:
            yield " ".join(token.text for token in new), " ".join(token.text for token in old)
            return


def _lists(replaced: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether one thing stands for a pair of things: "passwords" for "names and addresses"."""
    pair = len(replaced) == 3 and replaced[1].lower == "and" and len(new) == 1
    return pair and all(token.lower.endswith("s") for token in (replaced[0], replaced[2], *new))


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


def _alike(old: str, new: str) -> bool:
    return tells(old, new) or resembles(old, new)
