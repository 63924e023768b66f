"""Does a statement give as fact what the cited sentences give as somebody's word: reported, quoted, or demanded?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.lexicon import listed
from pipeline.grounding.words import Token, read

SAID = listed(
    """
    said says told tells claimed claims argued argues insisted insists alleged alleges stated wrote reported reports
    explained added adds asserted maintained contended testified
    """
)
_REPORTING = listed(
    """
    said says say saying told tells tell according claimed claims claim claiming argued argues argue stated states
    wrote writes alleged alleges insisted insists explained explains reported reports reportedly allegedly accused
    accuses accusing warned warns warning added adds suggested suggests believes believe believed described describes
    denied denies quoted called calls testified predicted estimates estimated noted notes acknowledged admitted
    accusation statement declared vowed pledged promised asserted maintained contended announced confirmed concluded
    concludes blamed blames account urged expects expected thinks think thought acknowledges recalled complained
    remarked commented replied responded asked tweeted posted told praised criticised criticized rejected dismissed
    """
)
# Whoever says so leaves it open whether it is so; "said" and "announced" only tell where it comes from.
_DOUBTFUL = listed(
    """
    claimed claims alleged alleges argued argues insisted insists maintained contended asserted accused accuses
    reportedly allegedly purportedly believes believed suspects denied denies
    """
)
# Whose word is not yet a fact, whatever the verb: parties, bystanders, those who speak for somebody.
_PARTIES = listed(
    """
    rebel rebels militia militias insurgent insurgents opposition lawyer lawyers neighbour neighbours neighbor
    neighbors witness witnesses relative relatives friend friends agent activist activists campaigner campaigners critic
    critics rival rivals supporter supporters sources familiar defendant suspect accuser
    """
)
# What they give is found, not claimed.
_DATA = listed("survey census data figures records study count statistics poll measurements")
_NEUTRAL = listed("said says told tells announced")
_TURNING = listed("though although but while whereas")


def check_attribution(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """A finding when a statement takes what is only claimed or quoted from its sources and does not say by whom.

    That somebody "said" or "announced" a thing may be left out: the citation shows it.
    """
    claim = read(text)
    if '"' in {token.text for token in claim}:
        return ()
    if cited and all(_only_quoted(claim, read(sentence.text)) for sentence in cited):
        return ("the attribution is dropped: the cited sentences have it between quotation marks only",)
    if any(token.lower in _REPORTING for token in claim):
        return ()
    if not any(token.lower in _DOUBTFUL | _PARTIES for sentence in cited for token in read(sentence.text)):
        return ()
    wanted = {token.key for token in claim if token.content}
    first_preposition = next(
        (at for at, token in enumerate(claim) if token.lower in ("of", "by", "in", "for", "from")), None
    )
    opening = {token.key for token in claim[:first_preposition] if token.content}
    for sentence in cited:
        tokens = read(sentence.text)
        inside = reported(tokens)
        if inside is None:
            return ()
        own = {token.key for position, token in enumerate(tokens) if position not in inside and token.content}
        said = {tokens[position].key for position in inside if tokens[position].content}
        # The statement names the speaker first, or takes its words from outside the report.
        outside = (wanted & own) - said
        if not wanted & said or outside & opening or len(outside) > len(wanted & said):
            return ()
    if not cited:
        return ()
    if all(_of_itself(read(sentence.text)) for sentence in cited):
        return ()
    verb = next(
        token.text for sentence in cited for token in read(sentence.text) if token.lower in (*SAID, "according")
    )
    return (f"the attribution is dropped: the cited sentences report it (“{verb}”)",)


def _of_itself(tokens: Sequence[Token]) -> bool:
    """Whether somebody announces what is their own: "Talmar will …, its defence minister said"."""
    for at, token in enumerate(tokens):
        if token.lower in _NEUTRAL:
            comma = next((place for place in range(at - 1, -1, -1) if tokens[place].text in ';"'), -1)
            speaker = [word.lower for word in tokens[comma + 1 : at]]
            return any(one == "," and other in ("its", "their") for one, other in pairwise(["", *speaker]))
    return False


def reported(tokens: Sequence[Token]) -> frozenset[int] | None:
    """The positions inside reported speech: after "said (that)", or before a ", he said" that ends the sentence."""
    for at, token in enumerate(tokens):
        if token.lower == "according":
            comma = next((place for place in range(at, len(tokens)) if tokens[place].text == ","), len(tokens))
            data = any(word.lower in _DATA for word in tokens[at + 1 : at + 5])
            inside = range(comma, len(tokens)) if at < 2 else _before(tokens, at)
            return frozenset() if data else frozenset(inside)
        if token.lower in SAID:
            rest = sum(word.content for word in tokens[at + 1 :])
            before = sum(word.content for word in tokens[:at])
            trailing = any(word.text in ',"' for word in tokens[max(0, at - 5) : at]) and rest < before
            comma = next((place for place in range(at, 0, -1) if tokens[place].text in ',"'), at)
            return frozenset(_before(tokens, comma) if trailing else range(at + 1, _own_voice(tokens, at)))
    return None


def _before(tokens: Sequence[Token], end: int) -> frozenset[int]:
    """What a ", he said" at `end` covers: back to a semicolon, without clauses put in (", who has been away,")."""
    start = max((place + 1 for place in range(end) if tokens[place].text == ";"), default=0)
    covered = set(range(start, end))
    for place in range(start, end - 1):
        if tokens[place].text == "," and tokens[place + 1].lower in ("who", "which", "whose"):
            closing = next((other for other in range(place + 1, end) if tokens[other].text == ","), place)
            covered -= set(range(place, closing))
    return frozenset(covered)


def _own_voice(tokens: Sequence[Token], at: int) -> int:
    """Where the article speaks again after "he said …": at a semicolon, or a comma and "though", "but", "while"."""
    for place in range(at + 1, len(tokens) - 1):
        if tokens[place].text == ";" or (tokens[place].text == "," and tokens[place + 1].lower in _TURNING):
            return place
    return len(tokens)


def _only_quoted(claim: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether the source has more of a claim between quotation marks only than outside; names do not count.

    A claim with a reporting verb that is not quoted itself says that it is somebody's word.
    """
    inside = quoted_positions(tokens)
    quoted = {tokens[position].lower for position in inside}
    if any(token.lower in _REPORTING and token.lower not in quoted for token in claim):
        return False
    wanted = {token.key for token in claim if token.content}
    own = {token.key for position, token in enumerate(tokens) if position not in inside and token.content}
    said = {tokens[position].key for position in inside if tokens[position].content and not tokens[position].capital}
    return len(wanted & (said - own)) > len(wanted & own)


def quoted_positions(tokens: Sequence[Token]) -> frozenset[int]:
    """The positions between quotation marks; one mark alone quotes what is on its inner side."""
    inside: set[int] = set()
    opened: int | None = None
    for at, token in enumerate(tokens):
        if token.text not in ('"', "'"):
            continue
        touches_next = at + 1 < len(tokens) and tokens[at + 1].start == token.end
        touches_last = at > 0 and tokens[at - 1].end == token.start
        if opened is not None and touches_last and tokens[opened].text == token.text:
            inside.update(range(opened + 1, at))
            opened = None
        elif opened is None and touches_next and (not touches_last or token.text == '"'):
            opened = at
        elif opened is None and token.text == '"':
            inside.update(range(at))
    if opened is not None and tokens[opened].text == '"':
        inside.update(range(opened + 1, len(tokens)))
    return frozenset(inside)
