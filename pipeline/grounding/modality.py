"""Does a statement give as fact what the cited sentences give as possible, planned or alleged?

Degrees of certainty: 1 possible, claimed or alleged; 2 intended, asked for; 3 firmly announced for the future; 4 fact.
A cue governs its head, the next word with meaning (after "to" or "of" where the cue has an object: "urged Israel to
withdraw"). A head on the other side with a higher degree is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.grounding.attribution import SAID, reported
from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.denials import denials
from pipeline.grounding.lexicon import concept_of, listed
from pipeline.grounding.units import SCALES
from pipeline.grounding.words import Token, bounds_clause, contents_after, read
from pipeline.wordnet import usual_part

POSSIBLE, _INTENDED, _FIRM, _FACT = 1, 2, 3, 4
_CUE_TEXT = {
    POSSIBLE: """
        may might could possibly possible possibility likeliest perhaps potential potentially likely unlikely probable
        improbable doubtful
        probably appear appears appeared apparently apparent seem seems seemed suspected suspects suspicion suspect
        alleged allegedly alleges allege allegation allegations reportedly purported purportedly supposedly rumoured
        rumored unconfirmed claim claims claimed claiming accused accuses accuse accusing accusation accusations
        believed believes believe thought feared fears fear risk risks suggests suggested suggest chance unclear
        considering considers mulling weighing speculation preliminary whether presumed predicted predicts predict
        forecast forecasts estimates estimated expected expects expect charged blamed blames blaming threaten
        threatened threatens threatening threat signal signals
        signalled signaled signalling hint hints hinted hinting able foresee foresees foresaw
    """,
    _INTENDED: """
        plan plans planned planning intend intends intended intention aim aims aimed aiming hope hopes hoped hoping
        ought want wants wanted seek seeks sought seeking propose proposes proposed proposal consider considered urge
        urged urges urging ask asked asks call calls called calling demand demanded demands should try tries tried
        trying attempt attempted attempting offer offered invited proposing awaiting prepare prepared preparing prepares
        agreed agree agrees recommend recommended recommends advise advised suggested ordered request requested
        considering talks negotiating negotiations promise promised promises pledge pledged pledges vow vowed vows
        draft allow allows allowed allowing permit permits permitted permitting authorise authorises authorised
        authorize authorizes authorized
    """,
    _FIRM: """
        will would shall due set scheduled must going committed decided
    """,
}
_CUES = {word: degree for degree, words in sorted(_CUE_TEXT.items(), reverse=True) for word in words.split()}
_MODALS = listed("may might could will would shall should must")
# Cues that mean something else before these words: "claimed 12 lives", "set up", "called the", "blamed for".
_NOT_CUES = {
    "claimed": listed("lives life responsibility victory the his her their"),
    "set": listed("up out off a the an his her their new"),
    "due": frozenset(("process",)),
    "called": listed("the a an him her it off"),
    "could": frozenset(("not",)),
    "may": listed("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31"),
}
_NEEDS_COMPLEMENT = listed(
    """
    ask asked asks call calls called calling demand demanded demands urge urged urges urging want wants wanted accused
    accuses accuse accusing blamed blames blaming charged due set going agreed agree agrees ordered offer offered
    advise advised prepared committed decided try tries tried trying estimates estimated thought estimate attempt
    attempted threaten threatened threatens threat talks negotiating negotiations appeared appear appears seek sought
    """
)
# Cues that are somebody's word: a statement that says whose need not keep the cue.
_CLAIMS = frozenset(
    concept_of(word) for word in listed("claim alleged allegedly allegation alleges accused blamed suspected believed")
)
# Cues that leave all that they govern in doubt, and not only its verb: whoever is blamed for an attack may have done
# nothing, and what is asked for is not there; an attack is presupposed by "may have caused the attack".
_ALLEGATIONS = frozenset(
    concept_of(word)
    for word in listed("claim alleged allegedly allegation alleges accused blamed suspected threat ask seek demand")
)
_GIVING_UP = listed("cancelled canceled cancels scrapped scraps abandoned abandons dropped drops shelved shelves")
_CONDITIONAL = listed("if unless whether or not no never can whenever")
_DOUBTS = listed("may might possibly perhaps probably reportedly allegedly")
_CONDITIONS = listed("unless if without until except may might could would should not provided")
# How many words with meaning before "unless" are what it makes depend.
_CONDITIONED = 3
# After a form of "be" these judge what stands before them: "a rise in January was possible".
_JUDGING = listed(
    """
    possible likely unlikely probable planned feared suspected unconfirmed unclear scheduled
    """
)
_BE = listed("is are was were be been being remains remained")
_LIGHT_HEADS = frozenset(
    concept_of(word) for word in listed("possible able already successfully soon also further again new first")
)
# After these, "to" leads to a thing: "offered to all pupils".
_NOT_VERBS = listed("the a an all any every his her its their this that these those some")
_SCOPE = 6
_PARTICIPLE = ("ed", "en")
# Whoever did one of these "to" do something did it.
_IMPLICATIVE = listed(
    """
    began begun begins continued continues managed able had forced got used went came gone helped first
    last only next known found proved happened due
    """
)
# When the head has other words in the statement, so much of what a cue governs must be there to speak of it.
_MOST = 0.6


@dataclass(frozen=True, slots=True)
class _Hedge:
    """A cue at token `at`, how certain it leaves what it governs, its head, and all that it governs in its clause."""

    at: int
    degree: int
    head: int | None
    scope: tuple[int, ...]


def certainty(word: str) -> int:
    """How certain a lower-case word leaves what it governs, from POSSIBLE up; that of a fact when it is no cue."""
    return _CUES.get(word, _FACT)


def check_modality(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for what is possible, alleged or planned in the cited sentences and fact in the statement."""
    claim, claim_hedges = read(text), _hedges(text)
    findings = []
    for sentence in cited:
        tokens, hedges = read(sentence.text), _hedges(sentence.text)
        for hedge in hedges:
            if any(token.key == tokens[hedge.at].key and token.lower not in (*_MODALS, "to") for token in claim):
                continue
            if hedge.head is not None and _also_fact(tokens[hedge.head].key, cited):
                continue
            if tokens[hedge.at].key in _CLAIMS and any(
                token.lower in SAID or token.lower == "according" for token in claim
            ):
                continue
            degree = min(other.degree for other in hedges if other is hedge or hedge.head in other.scope)
            finding = _raised(hedge, degree, tokens, claim, claim_hedges)
            if finding:
                findings.append(finding)
        if _unconditional(tokens, claim):
            findings.append("“unless” is dropped: the cited sentences make this depend on something")
    return tuple(dict.fromkeys((*findings, *_doubted(text, cited))))


def _doubted(text: str, cited: Sequence[CitedSentence]) -> Iterator[str]:
    """Findings for "may agree" where the cited sentences have it that they agreed, and nothing that is in doubt."""
    words = {token.lower for sentence in cited for token in read(sentence.text)}
    doubted = any(hedge.degree == POSSIBLE for sentence in cited for hedge in _hedges(sentence.text))
    if doubted or words & (_CONDITIONAL | _MODALS):
        return
    given = {token.key for sentence in cited for token in read(sentence.text) if token.content}
    claim = read(text)
    for hedge in _hedges(text):
        cue = claim[hedge.at]
        if cue.lower in _DOUBTS and hedge.head is not None and claim[hedge.head].key in given and cue.key not in given:
            yield f"“{cue.text}” is put in: the cited sentences give “{claim[hedge.head].text}” as fact"


def _unconditional(tokens: Sequence[Token], claim: Sequence[Token]) -> bool:
    """Whether the statement has what the source says only "unless", and no condition."""
    at = next((place for place, token in enumerate(tokens) if token.lower == "unless" and place), None)
    if at is None or any(token.lower in _CONDITIONS or token.negated for token in claim):
        return False
    before = [token.key for token in tokens[:at] if token.content][-_CONDITIONED:]
    told = {token.key for token in claim if token.content}
    return len(before) > 1 and sum(key in told for key in before) >= _MOST * len(before)


def _raised(
    hedge: _Hedge, degree: int, tokens: Sequence[Token], claim: Sequence[Token], claim_hedges: Sequence[_Hedge]
) -> str | None:
    """A finding when the statement has the head, or most of what the cue governs, with more certainty."""
    cue = tokens[hedge.at]
    head = None if hedge.head is None else tokens[hedge.head]
    found = [
        position
        for position, token in enumerate(claim)
        if head and token.content and token.key == head.key and not _is_opposed(claim, position)
    ]
    if head and not found and any(token.content and token.key == head.key for token in claim):
        return None
    if head and found:
        least = min(_degree(position, claim, claim_hedges, degree) for position in found)
        # What is to come may be told with other words: "the closure will cost" for "it will close".
        ahead = any(other.degree <= _FIRM for other in claim_hedges) or any(
            _is_present(claim, place, head) or _is_noun(claim[place].lower) for place in found
        )
        if _tolerable(cue, degree, least) or (degree == _FIRM and ahead):
            return None
        return f"“{cue.text}” is dropped: the cited sentences do not give “{head.text}” as {_name(least)}"
    scope = {tokens[position].key for position in hedge.scope if position != hedge.head}
    here = {token.key for token in claim if token.content}
    if cue.key not in _ALLEGATIONS and cue.lower not in _JUDGING:
        return None
    if degree == _FIRM or len(scope) < 2 or len(scope & here) / len(scope) < _MOST:
        return None
    if any(_tolerable(cue, degree, other.degree) for other in claim_hedges):
        return None
    return f"“{cue.text}” is dropped: the cited sentences do not give this as {_name(_least(claim_hedges))}"


def _is_opposed(claim: Sequence[Token], at: int) -> bool:
    """Whether something is only spoken for or against: "protested against raising the age"."""
    return at > 0 and claim[at].lower.endswith("ing") and claim[at - 1].lower in ("against", "over", "about", "for")


def _tolerable(cue: Token, degree: int, claimed: int) -> bool:
    """Whether a statement of this degree may rest on the cue: "plans to" as "will", "is expected to" as "will"."""
    soft = cue.lower in ("expected", "expects", "expect", "predicted", "forecast", "threatened")
    return claimed <= degree or (claimed <= _FIRM and (degree == _INTENDED or soft))


def _least(hedges: Sequence[_Hedge]) -> int:
    return min((hedge.degree for hedge in hedges), default=_FACT)


def _degree(position: int, claim: Sequence[Token], hedges: Sequence[_Hedge], wanted: int) -> int:
    """How certain the statement is of its word: by the cues that govern it, or a judgement further on."""
    degrees = [hedge.degree for hedge in hedges if position in hedge.scope or position == hedge.at]
    degrees += [
        hedge.degree
        for hedge in hedges
        if hedge.at > position and claim[hedge.at].lower not in _MODALS and hedge.at - position <= 10
    ]
    if any(position in denial.scope for denial in denials(claim)):
        degrees.append(POSSIBLE)
    if wanted == POSSIBLE and _attributed_claim(claim):
        degrees.append(POSSIBLE if not degrees else min(degrees))
    return min(degrees, default=_FACT)


def _attributed_claim(claim: Sequence[Token]) -> bool:
    return any(token.lower in ("according", "says", "said", "claims", "argues", "alleges") for token in claim) and any(
        _CUES.get(token.lower) == POSSIBLE for token in claim
    )


def _also_fact(key: str, cited: Sequence[CitedSentence]) -> bool:
    """Whether a cited sentence gives the same word with nothing to hedge it."""
    for sentence in cited:
        governed = {position for hedge in _hedges(sentence.text) for position in (*hedge.scope, hedge.at)}
        governed |= reported(read(sentence.text)) or frozenset()
        for position, token in enumerate(read(sentence.text)):
            if token.content and token.key == key and position not in governed:
                return True
    return False


def _is_present(claim: Sequence[Token], position: int, head: Token) -> bool:
    """Whether the word stands in the infinitive or present: "talks begin on Monday" for "will begin"."""
    word = claim[position].lower
    if head.lower.endswith(_PARTICIPLE):
        return False
    return word in (head.lower, f"{head.lower}s", f"{head.lower}es") and word not in ("cut", "hit", "put", "shut")


def _is_noun(word: str) -> bool:
    """Whether a word names an act without saying when it is: "announced her resignation"."""
    return usual_part(word) == "noun" and not word.endswith(_PARTICIPLE)


def _hedges(text: str) -> tuple[_Hedge, ...]:
    return tuple(_scan(read(text)))


def _scan(tokens: Sequence[Token]) -> Iterator[_Hedge]:
    for at, token in enumerate(tokens):
        to_come = token.lower in _BE and at + 1 < len(tokens) and tokens[at + 1].lower == "to"
        infinitive = _opens_infinitive(tokens, at)
        degree = _FIRM if to_come or infinitive else _CUES.get(token.lower)
        following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        if (
            degree is None
            or _given_up(tokens, at)
            or following in _NOT_CUES.get(token.lower, ())
            or (token.lower == "may" and token.capital and at)
        ):
            continue
        scope = tuple(contents_after(tokens, at, _SCOPE))
        complement = _complement(tokens, at)
        if infinitive:
            governed = list(scope[:1])
        elif complement is not None:
            scope = tuple(dict.fromkeys((*scope, *contents_after(tokens, complement, _SCOPE))))
            governed = [place for place in contents_after(tokens, complement, 4) if not tokens[place].capital][:2]
        elif token.lower in _NEEDS_COMPLEMENT:
            governed = []
        else:
            named = token.lower not in _MODALS
            governed = [
                place for place in scope if tokens[place].lower not in SCALES and not (named and tokens[place].capital)
            ][:2]
        while len(governed) > 1 and (_leads_on(tokens, governed[0]) or tokens[governed[0]].key in _LIGHT_HEADS):
            governed.pop(0)
        if governed and tokens[governed[0]].lower in _CUES and complement is None:
            governed = []
        if governed and governed[0] > at + 1 and not _may_act(tokens[governed[0]]):
            # Who or what does it is not in doubt: "whether a controller may have missed it".
            governed = [place for place in scope if place > governed[0] and _may_act(tokens[place])][:1]
        if token.lower in _JUDGING and at and tokens[at - 1].lower in _BE and complement is None:
            governed, scope = [], tuple(_contents_before(tokens, at))
        yield _Hedge(at, degree, governed[0] if governed else None, scope)


def _may_act(token: Token) -> bool:
    """Whether a word can be the verb of a clause, or names an act."""
    return usual_part(token.lower) == "verb" or token.lower.endswith((*_PARTICIPLE, "ing", "ion", "ment"))


def _opens_infinitive(tokens: Sequence[Token], at: int) -> bool:
    """Whether "to" leads to what somebody has not done yet: "clearing the way for ambassadors to adopt it"."""
    if tokens[at].lower != "to" or at == 0 or at + 1 == len(tokens):
        return False
    led = any(token.lower in _IMPLICATIVE or token.lower in _CUES for token in tokens[max(0, at - 2) : at])
    word = tokens[at + 1].lower
    return not led and (word in ("be", "have") or (tokens[at + 1].content and usual_part(word) == "verb"))


def _given_up(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing is claimed or planned any more: "scrapped plans for"; or a thing is blamed: "blaming demand"."""
    if any(token.lower in _GIVING_UP for token in tokens[max(0, at - 2) : at]):
        return True
    after = tokens[at + 1 : at + 7]
    blames = tokens[at].lower in ("blames", "blamed", "blaming")
    return blames and not any(token.capital or token.lower in ("for", "on") for token in after)


def _leads_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is a cue that governs something of its own: "may try to"."""
    word = tokens[at].lower
    return word in _CUES and (word not in _NEEDS_COMPLEMENT or _complement(tokens, at) is not None)


def _contents_before(tokens: Sequence[Token], at: int) -> Iterator[int]:
    for position in range(at - 1, -1, -1):
        if bounds_clause(tokens[position]) or tokens[position].text == "," or tokens[position].lower == "that":
            return
        if tokens[position].content:
            yield position


def _complement(tokens: Sequence[Token], at: int) -> int | None:
    """Where "to", "of" or "for" introduces what the cue is about: "accused Hamas of violating"."""
    if tokens[at].lower in _MODALS:
        return None
    reaches_far = tokens[at].lower in _NEEDS_COMPLEMENT or tokens[at].key in _CLAIMS
    passed = 0
    for position in range(at + 1, min(at + 9, len(tokens))):
        token = tokens[position]
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        if token.lower == "that":
            return position
        if bounds_clause(token) or token.text == "," or token.lower in _CUES or following is None:
            return None
        to_do = not following.capital and following.lower not in _NOT_VERBS
        if token.lower == "to" and to_do and (reaches_far or passed <= 2):
            return position
        if token.lower in ("of", "for", "with") and following.lower.endswith("ing") and (reaches_far or not passed):
            return position
        passed += token.content
    return None


def _name(degree: int) -> str:
    return {_FACT: "fact", _FIRM: "certain", _INTENDED: "planned"}.get(degree, "possible")
