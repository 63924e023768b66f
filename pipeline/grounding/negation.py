"""Does a statement deny what the cited sentences affirm, or affirm what they deny?

A cue ("not", "no", "refused to", "has yet to") governs the next word with meaning, its head. The head is looked up on
the other side by concept, in the place most like its own: there with a cue and here without one is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.grounding.alignment import ALIKE, likeness, place_of_span
from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.denials import Denial, contrasts, cues_over, denials_in
from pipeline.grounding.lexicon import concept_of, listed, opposites, phrase
from pipeline.grounding.meaning import tells
from pipeline.grounding.words import Token, bounds_clause, contents_after, keys, read
from pipeline.wordnet import relation, usual_part

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
    immune refused silent still wrong ignored ignores ignoring absentia improbable doubtful rather against
    """
)


_NEGATIVE_KEYS = frozenset(
    concept_of(word) for word in ("stop", "ban", "prevent", "cancel", "fail", "end", "lose", "reject")
)
_SUPERLATIVE = listed("most first only")
_LATER = listed("only until postponed delayed delays put")
# So many words of a clause must be in the sources before its denial is held against them.
_ENOUGH_KNOWN = 2
_PLAINLY = listed("not no never none nobody without")
_LIMITING = listed(
    """
    not no never none nobody nor neither without only few little less fewer rather instead than until before except
    although though but despite hardly barely unless whether if may might could refused declined denied denies deny
    failed rejected avoided lacks lacking or out considers consider considering considered
    """
)
_NEGATIVE_PREFIXES = ("un", "non", "dis", "in", "im", "ir")
_UN = ("un", "non")
# Who rejects a charge denies it.
_REFUTING = listed("deny denies denied denying reject rejects rejected rejecting dismiss dismisses dismissed")
_GIVING = listed("give gives gave given giving")
_RUNNING = listed("run runs ran running")
_PERFECT = listed("has have had")
_COMING = listed("may might could will would can")
_EXCEPTING = listed("except excluding excepting")
_AUXILIARIES = listed("be been being is are was were have has had to yet")
_PREPOSITIONS = listed("on in at of for with about to from by over")
# How many words before a word a cue that denies it stands at most.
_NEAR = 4
# How many words tell what is set aside.
_SET_ASIDE = 2


def check_negation(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a "not" that is dropped or put in, and for an exception told as the rule."""
    sources = [sentence.text for sentence in cited]
    found = (
        *_all_dropped(text, sources),
        *_all_put_in(text, sources),
        *_unexcepted(text, sources),
        *_set_aside(text, sources),
        *_denied_against_all(text, sources),
    )
    return tuple(dict.fromkeys(found))


def _denied_against_all(text: str, sources: Sequence[str]) -> Iterator[str]:
    """Findings for a denial of what the sources tell, when nothing near it in the sources denies or says the contrary.

    The head may have other words in the sources: "had not processed" for "had handled".
    """
    claim = read(text)
    words = [(source, at, token) for source in sources for at, token in enumerate(read(source)) if token.content]
    for denial in denials_in(text):
        if (
            claim[denial.at].content
            or claim[denial.at].lower in ("unless", "yet")
            or _copied(denial, text, sources)
            or _told_otherwise(denial, text, sources)
        ):
            continue
        around = _clause_around(claim, denial.at)
        told = [at for at in around if claim[at].content and at not in denial.heads[:1]]
        found = [_found(claim[at], words) for at in told]
        known = [place for place in found if place is not None]
        if len(known) < _ENOUGH_KNOWN or len(known) < _MOST * len(told):
            continue
        places = {source: [there for other, there in known if other == source] for source, _ in known}
        told_here = [claim[here] for here in around]
        if not any(_negative_around(source, there, told_here) for source, there in places.items()):
            yield f"“{denial.words}” is put in: the cited sentences deny nothing of this"


def _clause_around(tokens: Sequence[Token], at: int) -> list[int]:
    first = next((place + 1 for place in range(at - 1, -1, -1) if _bounds(tokens[place])), 0)
    last = next((place for place in range(at + 1, len(tokens)) if _bounds(tokens[place])), len(tokens))
    return list(range(first, last))


def _bounds(token: Token) -> bool:
    return bounds_clause(token) or token.text == ","


def _found(token: Token, words: Sequence[tuple[str, int, Token]]) -> tuple[str, int] | None:
    for source, at, other in words:
        if token.key == other.key if token.kind == "number" else tells(other.lower, token.lower):
            return source, at
    return None


def _negative_around(source: str, places: Sequence[int], claim: Sequence[Token]) -> bool:
    """Whether a clause with these places denies, limits, or says the contrary of a word of the claim."""
    tokens = read(source)
    first = next((at + 1 for at in range(min(places) - 1, -1, -1) if bounds_clause(tokens[at])), 0)
    last = next((at for at in range(max(places) + 1, len(tokens)) if bounds_clause(tokens[at])), len(tokens))
    return any(
        token.lower in _NEGATIVE_WORDS | _LIMITING
        or token.negated
        or (token.content and (token.key in _NEGATIVE_KEYS or token.lower.startswith(_NEGATIVE_PREFIXES)))
        or any(word.content and _contrary(token, word) for word in claim)
        for token in tokens[max(0, first - 1) : last]
    ) or any(token.lower in _PLAINLY or token.negated for token in tokens)


def _contrary(one: Token, other: Token) -> bool:
    return other.key in opposites().get(one.key, ()) or relation(one.lower, other.lower) == "contrary"


def _unexcepted(text: str, sources: Sequence[str]) -> Iterator[str]:
    """Findings for a name that the sources except, in a statement that denies and excepts nothing."""
    claim = read(text)
    apart = denials_in(text) or any(token.lower in _EXCEPTING or _negative(text, at) for at, token in enumerate(claim))
    apart = apart or any(phrase(one.lower, other.lower) in _NEGATIVE_KEYS for one, other in pairwise(claim))
    if apart:
        return
    for source in sources:
        tokens = read(source)
        for at, token in enumerate(tokens):
            name = next((word for word in tokens[at + 1 : at + _NEAR] if word.capital and word.content), None)
            if token.lower in _EXCEPTING and name and name.key in keys(text):
                yield f"“{token.text}” is dropped: the cited sentences except “{name.text}”"


def _set_aside(text: str, sources: Sequence[str]) -> Iterator[str]:
    """Findings for what the sources set aside ("a fault, and not the driver's speed") and a statement tells as so."""
    told, claim = keys(text), read(text)
    if any(token.negated or token.lower in _LIMITING for token in claim):
        return
    for source in sources:
        tokens = read(source)
        for at, token in enumerate(tokens):
            if token.lower != "not" or not contrasts(tokens, at):
                continue
            aside = [tokens[place] for place in contents_after(tokens, at, _SET_ASIDE)]
            elsewhere = frozenset(other.key for other in tokens[:at] if other.content)
            if aside and all(word.key in told - elsewhere for word in aside):
                yield f"“not” is dropped: the cited sentences set “{aside[0].text}” aside"


def _all_dropped(text: str, sources: Sequence[str]) -> Iterator[str]:
    for source in sources:
        for denial in denials_in(source):
            if read(source)[denial.at].lower == "unless":
                continue
            word = _dropped(denial, source, text, sources)
            if word:
                yield f"“{denial.words}” is dropped: the cited sentences deny “{word}”"


def _all_put_in(text: str, sources: Sequence[str]) -> Iterator[str]:
    for denial in denials_in(text):
        if read(text)[denial.at].lower == "unless" or _copied(denial, text, sources):
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
    if any(
        token.lower.startswith(_UN) and any(word[:4] in token.lower[2:] for word in heads.values()) for token in claim
    ):
        return None  # "Undeclared shares" are shares that somebody failed to declare.
    governed = {tokens[position].key for position in denial.scope}
    told = keys(text)
    # The head alone is no sign that the statement speaks of what is denied: "urged" for "demanding an election".
    present = [
        position
        for position, token in enumerate(claim)
        if token.content and token.key in heads and (governed == {token.key} or (governed - {token.key}) & told)
    ]
    if _elided(tokens, denial.at, told):
        return None
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


def _elided(tokens: Sequence[Token], cue: int, told: frozenset[str]) -> bool:
    """Whether "but not on the withdrawal" denies a verb before it ("agreed"), which the statement does not tell."""
    if tokens[cue].lower != "not" or cue + 1 >= len(tokens) or tokens[cue + 1].lower not in _PREPOSITIONS:
        return False
    return not any(token.key in told for token in tokens[:cue] if token.content and usual_part(token.lower) == "verb")


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


def _copied(denial: Denial, text: str, sources: Sequence[str]) -> bool:
    """Whether a source has the denial between the same words: whatever is wrong, it was not put in."""
    words = [token.lower for token in read(text)[max(0, denial.at - 2) : denial.at + 2] if token.kind == "word"]
    given = [[token.lower for token in read(source) if token.kind == "word"] for source in sources]
    return len(words) > 2 and any(
        source[at : at + len(words)] == words for source in given for at in range(len(source))
    )


def _put_in(denial: Denial, text: str, sources: Sequence[str]) -> str | None:
    """The word that the statement denies and the sources affirm."""
    claim = read(text)
    cue = claim[denial.at]
    source_keys = frozenset[str]().union(*(keys(source) for source in sources))
    if not denial.scope:
        return _affirmed(text, denial.at, sources)
    if not denial.heads or _told_otherwise(denial, text, sources):
        return None
    refuting = any(token.lower in _REFUTING for source in sources for token in read(source))
    if cue.lower in _REFUTING and refuting and cue.key not in source_keys:
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
        # "The alarm had not gone off" denies no word that carries meaning.
        if any(
            not other.scope and not any(map(bounds_clause, read(source)[min(at, other.at) : max(at, other.at)]))
            for source, at in counterparts
            for other in denials_in(source)
        ):
            return None
        here = place_of_span(text, head, head)
        same_place = any(likeness(here, place_of_span(source, at, at)) >= ALIKE for source, at in counterparts)
        return claim[head].text if same_place or not shared else None
    if cue.content or shared or any(denials_in(source) for source in sources if keys(source) & keys(text)):
        return None
    negative = any(token.lower in _NEGATIVE_WORDS | _PLAINLY for source in sources for token in read(source))
    contrary = opposites().get(claim[head].key, frozenset()) & source_keys
    return None if negative or contrary else claim[head].text


def _told_otherwise(denial: Denial, text: str, sources: Sequence[str]) -> bool:
    """Whether the sources say without "not" what the denial says: the most serious, only from June, a goalless game."""
    claim = [token.lower for token in read(text)]
    given = {token.lower for source in sources for token in read(source)}
    comparing = any(
        word in ("more", "ever", "before", "had", "has", "have") or word.endswith("er") for word in claim[denial.at :]
    )
    if claim[denial.at] in ("no", "never", "nothing", "nobody") and comparing:
        return bool(given & _SUPERLATIVE) or any(word.endswith("est") for word in given)
    if claim[denial.at + 1 :] and {"before", "until"} & set(claim[denial.at :]):
        return bool(given & _LATER) or {"before", "until"} <= given
    heads = {read(text)[position].lower for position in denial.heads}
    return any(f"{head.removesuffix('s')}less" in given for head in heads)


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
    if ("out" in words and words & _RUNNING) or ("up" in words and words & _GIVING):
        return True
    return any(token.lower in _NEGATIVE_WORDS or (token.content and token.key in _NEGATIVE_KEYS) for token in around)
