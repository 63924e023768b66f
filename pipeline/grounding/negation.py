"""Does a statement deny what the cited sentences affirm, affirm what they deny, or turn it round?

A cue ("not", "no", "refused to", "has yet to") governs the next word with meaning, its head. The head is looked up on
the other side by concept: the same head with and without a cue is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.lexicon import concept_of, opposites
from pipeline.grounding.words import Token, contents_after, keys, read

_PLAIN = frozenset("not no never without neither nor none nobody cannot hardly barely nothing nowhere".split())
# Words that deny what they govern; they carry meaning themselves.
_VERBAL = frozenset(
    """deny denies denied denying denial reject rejects rejected rejecting lack lacks lacked lacking avoid avoids avoided
    dismissed dismiss""".split()
)
# These deny only with "to": a bank fails, a hospital declines a gift.
_VERBAL_TO = frozenset(
    """refuse refuses refused refusing refusal decline declines declined declining fail fails failed failing failure
    unable unlikely impossible""".split()
)
_PHRASES = (
    ("ruled", "out"),
    ("rules", "out"),
    ("ruling", "out"),
    ("yet", "to"),
    ("far", "from"),
    ("short", "of"),
    ("rule", "out"),
)
# "Not only", "no more than", "no doubt", "No. 5" deny nothing; "not until May" says when.
_NOT_DENYING = frozenset("only just least more fewer less later doubt longer. until merely .".split())
# Heads that say little: what they govern counts as well.
_LIGHT = frozenset(
    concept_of(word)
    for word in """find evidence plan know sign reason want need intend expect try able get part immediate immediately clear
    clearly yet fully formally publicly officially directly specify specific further new any likely believe agree
    manage allow ready seek provide receive carry""".split()
)
# Words that carry a denial in themselves, so that "not" on the other side may stand against them.
_DIRECTIONS = {
    "up": "rise",
    "higher": "rise",
    "more": "rise",
    "down": "fall",
    "lower": "fall",
    "fewer": "fall",
    "less": "fall",
}
_NEGATIVE_PREFIXES = ("un", "in", "im", "non", "dis", "ir", "il")
_SCOPE = 6


@dataclass(frozen=True, slots=True)
class _Denial:
    """A cue at token `at`, the positions of its heads, and of all that it governs in its clause."""

    at: int
    words: str
    heads: tuple[int, ...]
    scope: tuple[int, ...]


def check_negation(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a "not" that is dropped or put in."""
    claim, claim_denials = read(text), _denials(text)
    sources = [(read(sentence.text), _denials(sentence.text)) for sentence in cited]
    findings = [
        finding
        for tokens, denials in sources
        for denial in denials
        if (finding := _dropped(denial, tokens, denials, claim, claim_denials, sources))
    ]
    findings += [finding for denial in claim_denials if (finding := _put_in(denial, claim, claim_denials, sources))]
    return tuple(dict.fromkeys(findings))


def check_reversal(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a word whose opposite the cited sentences have: "fell" for "rose"."""
    source_keys = frozenset(key for sentence in cited for key in _with_directions(sentence.text))
    claim_keys = _with_directions(text)
    denied = _denied_keys(text) | frozenset(key for sentence in cited for key in _denied_keys(sentence.text))
    findings = []
    for key in sorted(claim_keys - source_keys - denied):
        for contrary in sorted((opposites().get(key, frozenset()) & source_keys) - claim_keys - denied):
            findings.append(
                f"“{_word_for(key, text)}” reverses "
                f"“{next(filter(None, (_word_for(contrary, sentence.text) for sentence in cited)))}” of the cited sentences"
            )
    return tuple(findings)


def _with_directions(text: str) -> frozenset[str]:
    """The concepts of a text, and which way its figures go: "up 3%", "12% fewer", "down from 40"."""
    tokens = read(text)
    found = set(keys(text))
    for at, token in enumerate(tokens):
        direction = _DIRECTIONS.get(token.lower)
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        figure_after = after is not None and (after.kind == "number" or after.lower in ("by", "from") or after.text == "$")
        figure_before = before is not None and before.lower in ("%", "percent", "cent", "points")
        if direction and (figure_before or (figure_after and token.lower in ("up", "down"))):
            found.add(concept_of(direction))
    return frozenset(found)


def _denied_keys(text: str) -> frozenset[str]:
    tokens = read(text)
    return frozenset(tokens[position].key for denial in _denials(text) for position in denial.scope)


def _word_for(concept: str, text: str) -> str:
    """The word of a text that stands for the concept, a direction included; empty when there is none."""
    for token in read(text):
        if (token.content and token.key == concept) or concept_of(_DIRECTIONS.get(token.lower, "")) == concept:
            return token.text
    return ""


def _dropped(
    denial: _Denial,
    tokens: Sequence[Token],
    denials: Sequence[_Denial],
    claim: Sequence[Token],
    claim_denials: Sequence[_Denial],
    sources: Sequence[tuple[Sequence[Token], Sequence[_Denial]]],
) -> str | None:
    cue = tokens[denial.at]
    if cue.content and any(token.key == cue.key and not _governed(at, claim_denials) for at, token in enumerate(claim)):
        return None
    heads = {tokens[position].key for position in denial.heads}
    affirmed_in_source = {
        token.key
        for other, others in sources
        for position, token in enumerate(other)
        if token.key in heads and not _governed(position, others)
    }
    found = [
        position for position, token in enumerate(claim) if token.content and token.key in heads - affirmed_in_source
    ]
    if found:
        if any(_governed(position, claim_denials) or _negative(claim, position) for position in found):
            return None
        # Denied by another word of the same clause: "no patients had to be moved", "patients did not have to be moved".
        governed = {tokens[position].key for position in denial.scope}
        undone = any(_twice(position, claim_denials) for position in found)
        if not undone and any(claim[position].key in governed for other in claim_denials for position in other.scope):
            return None
        return f"“{denial.words}” is dropped: the cited sentences deny “{claim[found[0]].text}”"
    scope = {tokens[position].key for position in denial.scope} - heads
    here = {token.key for token in claim if token.content}
    # The head in other words: most of what it governs is there, and nothing in the statement denies.
    rest = here - scope
    if len(scope) >= 2 and len(scope & here) / len(scope) >= 0.6 and not claim_denials:
        negative = any(token.lower.startswith(_NEGATIVE_PREFIXES) and token.key in rest for token in claim)
        contrary = any(opposites().get(key, frozenset()) & heads for key in here)
        if not negative and not contrary:
            return f"“{denial.words}” is dropped: the cited sentences deny “{tokens[denial.heads[0]].text}”"
    return None


def _put_in(
    denial: _Denial,
    claim: Sequence[Token],
    claim_denials: Sequence[_Denial],
    sources: Sequence[tuple[Sequence[Token], Sequence[_Denial]]],
) -> str | None:
    heads = {claim[position].key for position in denial.heads[:1]}
    cue = claim[denial.at]
    seen = [
        (position, others, tokens)
        for tokens, others in sources
        for position, token in enumerate(tokens)
        if token.content and token.key in heads
    ]
    source_keys = {token.key for tokens, _ in sources for token in tokens if token.content}
    if cue.content and cue.key in source_keys:
        return None
    if seen:
        if any(_governed(position, others) or _negative(tokens, position) for position, others, tokens in seen):
            return None
        governed = {tokens[place].key for tokens, others in sources for other in others for place in other.scope}
        if cue.content or any(claim[position].key in governed for position in denial.scope):
            return None
        return f"“{denial.words}” is put in: the cited sentences do not deny “{claim[denial.heads[0]].text}”"
    if any(others for _, others in sources) or any(opposites().get(key, frozenset()) & source_keys for key in heads):
        return None
    if any(
        token.lower.startswith(_NEGATIVE_PREFIXES) and len(token.lower) > 5 for tokens, _ in sources for token in tokens
    ):
        return None
    if cue.content or not denial.heads:
        return None
    return f"“{denial.words}” is put in: the cited sentences deny nothing"


def _denials(text: str) -> tuple[_Denial, ...]:
    return tuple(_scan(read(text)))


def _scan(tokens: Sequence[Token]) -> Iterator[_Denial]:
    for at, token in enumerate(tokens):
        following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        words = token.text
        if token.lower in _PLAIN or token.negated:
            if following in _NOT_DENYING or (token.lower == "no" and following == "-"):
                continue
            start = at
        elif token.lower in _VERBAL or (token.lower in _VERBAL_TO and following == "to"):
            start = at
        elif any((token.lower, following) == phrase for phrase in _PHRASES):
            if token.lower == "yet" and (
                at == 0 or tokens[at - 1].lower not in ("has", "have", "had", "is", "are", "was", "were")
            ):
                continue
            start, words = at + 1, f"{token.text} {tokens[at + 1].text}"
        else:
            continue
        scope = tuple(
            contents_after(tokens, start, _SCOPE, stop_at=("and",) if token.lower not in ("no", "without") else ())
        )
        yield _Denial(at, words, tuple(_heads(tokens, scope)), scope)


def _heads(tokens: Sequence[Token], scope: Sequence[int]) -> Iterator[int]:
    for position in scope:
        yield position
        if tokens[position].key not in _LIGHT:
            return


def _governed(position: int, denials: Sequence[_Denial]) -> bool:
    """Whether an odd number of cues govern the word: "did not deny" affirms what was asked."""
    return sum(position in denial.scope for denial in denials) % 2 == 1


def _twice(position: int, denials: Sequence[_Denial]) -> bool:
    return sum(position in denial.scope for denial in denials) == 2


def _negative(tokens: Sequence[Token], position: int) -> bool:
    """Whether the word beside is a negative one: "remains unconfirmed"."""
    return any(
        token.lower.startswith("un") and len(token.lower) > 4 for token in tokens[max(0, position - 2) : position + 3]
    )
