"""Who is what, who does it, and which way it goes: the small words that a statement keeps while it turns the sense.

Each check looks at a pair of neighbours in the statement (office and its field, descriptor and name, agent and act, a
lifting and what is lifted) and asks whether the cited sentences put the same two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.coverage import akin
from pipeline.grounding.lexicon import concept_of, listed
from pipeline.grounding.names import HEADS, TITLES, Name, names_in
from pipeline.grounding.quantities import quantities_in
from pipeline.grounding.units import UNITS
from pipeline.grounding.words import Token, keys, read

_SOONER = listed("earlier sooner ahead early")
_LATER = listed("later behind late delay delayed delays overdue")
# "Four points behind" is no time: these count before "schedule" and "plan" alone.
_BESIDE_PLANS = listed("ahead behind early late")
_LIFTING = listed(
    """
    lift lifts lifted lifting scrap scraps scrapped scrapping revoke revokes revoked revoking repeal repeals repealed
    remove removes removed removing cancel cancels cancelled canceled withdraw withdraws withdrew withdrawn end ends
    ended ending drop drops dropped rescind rescinds rescinded waive waives waived
    """
)
_ALSO_NOUNS = listed("end ends drop drops")
_LIFTED = frozenset(
    concept_of(word)
    for word in listed("ban sanctions curfew restriction restrictions embargo blockade tariff tariffs suspension block")
)
_LIFTED_AS_VERB = listed("banned bans prohibited outlawed suspended suspends imposed imposes")
_MAKING = listed("create creates created creating add adds added adding hire hires hired hiring")
_CUTTING = listed("cut cuts cutting shed sheds shedding axe axed axes axing slash slashed lose loses lost losing")
_ENDS = listed("end start beginning middle close")
_MAY = listed("may might could")
_WILL = listed("will shall")
_JOB = concept_of("job")
_PARTS = listed("most majority half")
# Who chairs a company does not run it.
_CHAIRS = listed("chairman chairwoman")
_RUNS = listed("executive director chief boss manager president")
_WHOLES = listed("all none every entire whole")
_PLAIN_WHOLES = listed("each both full everything everyone any no")
_PARTIAL = listed("most some half many several partly partially majority third quarter")
_PEOPLE_ENDINGS = (
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "woman",
    "person",
    "champion",
    "star",
    "chief",
    "boss",
    "hero",
    "executive",
)
_WHO = listed(
    """
    parents pupils teachers doctors nurses farmers workers students residents voters critics supporters experts unions
    lawmakers prosecutors investigators protesters passengers customers investors analysts scientists soldiers police
    """
)
_LEADING_TO_AGENT = ("ed", "en", "own", "ought", "uilt", "ade", "ut")
_JOINED = listed("the a an his her its their , -")


def check_offices(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for an office of another field than the cited sentences give it: "finance minister" for "justice"."""
    given = frozenset[str]().union(*(keys(sentence.context or sentence.text) for sentence in cited))
    told = keys(text)
    fields: dict[str, list[Token]] = {}
    for sentence in cited:
        for field, office in _compounds(sentence.text):
            fields.setdefault(office.key, []).append(field)
    return tuple(
        f"“{field.text} {office.text}” is “{others[0].text} {office.text}” in the cited sentences"
        for field, office in _compounds(text)
        if (others := [other for other in fields.get(office.key, ()) if other.key not in told])
        and len(others) == len(fields[office.key])
        and field.key not in given
        and not akin(field.key, given)
    )


def check_descriptors(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a name that is called what the cited sentences call somebody else: "champion" Okoro for Aral."""
    given = [(word, name) for sentence in cited for word, name in _described(sentence.text)]
    findings = []
    offices = frozenset[str]().union(*(keys(sentence.context or sentence.text) for sentence in cited))
    for word, name in _described(text):
        theirs = [other for other, told in given if set(name.parts) & set(told.parts)]
        chairs = word.lower in _CHAIRS and any(other.lower in _RUNS for other in theirs)
        if word.lower in TITLES and (chairs or (word.key not in offices and any(o.lower in TITLES for o in theirs))):
            findings.append(f"“{word.text}” is “{theirs[0].text}” in the cited sentences")
        named = [other for other_word, other in given if other_word.key == word.key]
        if named and not any(set(name.parts) & set(other.parts) for other in named):
            findings.append(f"“{word.text}” is “{named[0].words}” in the cited sentences, not “{name.words}”")
    return tuple(dict.fromkeys(findings))


def check_agents(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for whom a passive names after "by", when the cited sentences speak of no such one."""
    given = frozenset[str]().union(*(keys(sentence.context or sentence.text) for sentence in cited))
    return tuple(
        f"“by … {agent.text}” is not in the cited sentences"
        for agent in _agents(text)
        if agent.key not in given and not akin(agent.key, given)
    )


def check_timing(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for "earlier than planned" where the cited sentences have "later", and for the end of another span."""
    here, there = _timing(text), frozenset[str]().union(*(_timing(sentence.text) for sentence in cited))
    if len(here) == 1 and len(there) == 1 and here != there:
        return (f"“{next(iter(here))}” is “{next(iter(there))}” in the cited sentences",)
    given = dict(pair for sentence in cited for pair in _ends(sentence.text))
    return tuple(
        f"“{end} of the {unit}” is “{end} of the {given[end]}” in the cited sentences"
        for end, unit in _ends(text)
        if given.get(end, unit) != unit
    )


def check_lifting(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for a ban that is lifted in the statement and stands in the cited sentences, or the other way round."""
    here, there = _lifted(text), frozenset[str]().union(*(_lifted(sentence.text) for sentence in cited))
    given = frozenset[str]().union(*(keys(sentence.text) for sentence in cited))
    ended = any(token.lower in _LIFTING - _ALSO_NOUNS for sentence in cited for token in read(sentence.text))
    if (here & given) - there and not ended:
        return ("the statement lifts what stands in the cited sentences",)
    imposed = any(token.lower in _LIFTED_AS_VERB for token in read(text))
    if imposed and there and not here:
        return ("the statement imposes what the cited sentences lift",)
    return ()


def check_jobs(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for jobs that are created in the statement and cut in the cited sentences, or the other way round."""
    here, there = _jobs(text), frozenset[str]().union(*(_jobs(sentence.text) for sentence in cited))
    if len(here) == 1 and there and not here & there:
        return (f"jobs are {next(iter(there))} in the cited sentences, not {next(iter(here))}",)
    return ()


def check_modals(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for "will come" where the cited sentences have "may come", by the verb as it is written."""
    given = [pair for sentence in cited for pair in _modals(sentence.text)]
    sure = {verb for modal, verb in given if modal in _WILL}
    return tuple(
        f"“{modal} {verb}” is “{doubt[0]} {verb}” in the cited sentences"
        for modal, verb in _modals(text)
        if modal in _WILL and verb not in sure and (doubt := [one for one, other in given if other == verb])
    )


def check_most(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """A finding for "most of" what the cited sentences put at less than half."""
    tokens = read(text)
    most = any(one.lower in ("most", "majority") and other.lower == "of" for one, other in pairwise(tokens))
    shares = [share for sentence in cited for share in quantities_in(sentence.text) if share.unit == "%"]
    said = any(token.lower in _PARTS for sentence in cited for token in read(sentence.text))
    if most and shares and not said and all(share.high < 50 for share in shares):
        return (f"“most of” is “{shares[0].words}” in the cited sentences",)
    return ()


def check_all(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """A finding for "all" or "none" of what the cited sentences give in part: "most of", "half", "some"."""
    told = {token.lower for token in read(text)} & _WHOLES
    given = {token.lower for sentence in cited for token in read(sentence.text)}
    part = given & _PARTIAL
    if told and part and not given & (_WHOLES | _PLAIN_WHOLES) and not {t.lower for t in read(text)} & _PARTIAL:
        return (f"“{min(told)}” is “{min(part)}” in the cited sentences",)
    return ()


def check_people(text: str, cited: Sequence[CitedSentence]) -> tuple[str, ...]:
    """Findings for those with whom a statement begins, when the cited sentences speak of no such people."""
    given = frozenset[str]().union(*(keys(f"{sentence.context} {sentence.text}") for sentence in cited))
    opening = next((token for token in read(text) if token.content), None)
    if opening and opening.lower in _WHO and opening.key not in given and not akin(opening.key, given):
        return (f"“{opening.text}” are not in the cited sentences",)
    return ()


def _compounds(text: str) -> Iterator[tuple[Token, Token]]:
    """(field, office) for neighbours such as "finance minister" and "ferry operator"."""
    for one, other in pairwise(read(text)):
        office = other.lower in TITLES or other.lower in HEADS
        if office and one.kind == "word" and one.content:
            yield one, other


def _described(text: str) -> Iterator[tuple[Token, Name]]:
    """(descriptor, name) where a person's role stands beside a name: "champion Aral", "Aral, the champion"."""
    tokens = read(text)
    for name in names_in(text):
        located = name.first > 0 and tokens[name.first - 1].lower in ("in", "at", "from", "near")
        if name.place is not None or located or _owns(tokens[name.last]):
            continue
        before = [token for token in tokens[max(0, name.first - 2) : name.first] if token.text != ","]
        after = [token for token in tokens[name.last + 1 : name.last + 5] if token.lower not in _JOINED]
        apposed = tokens[name.last + 1 : name.last + 2] and tokens[name.last + 1].text == ","
        for token in (*before[-1:], *(after[:2] if apposed else ())):
            if token.kind == "word" and token.content and not token.capital and token.lower.endswith(_PEOPLE_ENDINGS):
                yield token, name


def _owns(token: Token) -> bool:
    return token.end - token.start > len(token.text) and "." not in token.text


def _agents(text: str) -> Iterator[Token]:
    """The last word of "by the education ministry" after a participle; names are left to their own check."""
    tokens = read(text)
    for at, token in enumerate(tokens[:-2]):
        acted = any(word.lower.endswith(_LEADING_TO_AGENT) for word in tokens[max(0, at - 2) : at] if word.content)
        if token.lower != "by" or not acted or tokens[at + 1].lower not in ("the", "a", "an", "its", "their"):
            continue
        phrase: list[Token] = []
        for word in tokens[at + 2 :]:
            if word.text == "'":
                continue
            if word.kind != "word" or not word.content or word.capital:
                break
            phrase.append(word)
        following = tokens[tokens.index(phrase[-1]) + 1 :][:1] if phrase else ()
        if phrase and not any(word.capital for word in following):
            yield phrase[-1]


def _timing(text: str) -> frozenset[str]:
    """ "sooner" or "later", for each comparison in time: "three years later", "earlier than planned"."""
    tokens = read(text)
    found = set()
    for at, token in enumerate(tokens):
        compared = (at and tokens[at - 1].lower in UNITS) or (at + 1 < len(tokens) and tokens[at + 1].lower == "than")
        scheduled = at + 1 < len(tokens) and tokens[at + 1].lower in ("schedule", "plan")
        if not (scheduled or (compared and token.lower not in _BESIDE_PLANS)):
            continue
        if token.lower in _SOONER:
            found.add("earlier")
        elif token.lower in _LATER:
            found.add("later")
    return frozenset(found)


def _ends(text: str) -> Iterator[tuple[str, str]]:
    """(end, unit) of "the end of the month"."""
    lowers = [token.lower for token in read(text)]
    for at in range(len(lowers) - 3):
        if (
            lowers[at] in _ENDS
            and lowers[at + 1 : at + 3] in (["of", "the"], ["of", "this"])
            and lowers[at + 3] in UNITS
        ):
            yield lowers[at], lowers[at + 3]


def _modals(text: str) -> list[tuple[str, str]]:
    """(modal, verb) of "might well come", negations aside."""
    tokens = read(text)
    found = []
    for at, token in enumerate(tokens):
        if token.lower in _MAY | _WILL:
            rest = [word for word in tokens[at + 1 : at + 4] if not word.lower.endswith("ly")]
            if rest and rest[0].kind == "word" and rest[0].lower not in ("not", "be", "have"):
                found.append((token.lower, rest[0].lower))
    return found


def _lifted(text: str) -> frozenset[str]:
    tokens = read(text)
    return frozenset(
        word.key
        for at, token in enumerate(tokens)
        if token.lower in _LIFTING
        for word in tokens[at + 1 : at + 5]
        if word.key in _LIFTED
    )


def _jobs(text: str) -> frozenset[str]:
    tokens = read(text)
    found = set()
    for at, token in enumerate(tokens):
        if token.key == _JOB:
            before = {word.lower for word in tokens[max(0, at - 6) : at]}
            found |= {name for name, words in (("created", _MAKING), ("cut", _CUTTING)) if before & words}
    return frozenset(found)
