"""What was done to the words of a source to make a statement of them: what is put in, left out, exchanged, moved.

Whoever falsifies a sentence keeps most of it. Laid over its source (`tracing`), a statement shows where the two part:
which word stands between the neighbours of another, what comes from somewhere else, which small words that say how
sure, how many, when and why are there on one side only. All of that is measured (`FEATURES`) and weighed (`judgement`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.lexicon import listed
from pipeline.grounding.meaning import likeness_of, weight
from pipeline.grounding.modality import certainty
from pipeline.grounding.reporting import PARTICIPLES, STANCE_OF
from pipeline.grounding.tracing import Trace, trace
from pipeline.grounding.words import Token, read
from pipeline.wordnet import relation, usual_part

_CLASSES: Mapping[str, frozenset[str]] = {
    "denials": listed(
        """
        not no none never nobody neither nor without cannot nothing unable deny denied denies denying refuse refused
        refuses refusing decline declined declines declining fail failed fails failing reject rejected rejects
        rejecting avoid avoided lack lacked lacks against despite
        """
    ),
    "wholes": listed(
        """
        all every entire entirely whole both each always everyone everything unanimous unanimously only sole solely
        completely fully any anyone anything throughout across total
        """
    ),
    "parts": listed(
        """
        some most several part parts half many few partly almost nearly mostly majority third quarter certain among
        partially roughly about around
        """
    ),
    "firsts": listed("first second third last latest next final previous ever record again only another new"),
    "causes": listed(
        """
        because caused cause causes led due owing thanks result resulting forced prompted so therefore blamed reason
        over
        """
    ),
    "times": listed("before after until since once when while during by earlier later already still yet now"),
    "sure": listed(
        """
        definitely certainly certain confirmed confirm confirms final certified guaranteed guarantee proved proven prove
        established official officially clearly undoubtedly surely must
        """
    ),
    "unsure": listed(
        """
        may might could can possibly possible perhaps probably probable likely unlikely provisional preliminary
        unofficial alleged allegedly suspected suspect believed believes thought unconfirmed estimated apparently
        apparent reportedly appears appeared seems seemed whether initial potential potentially feared unclear if unless
        """
    ),
    "intended": listed(
        """
        plan plans planned planning intend intends intended aim aims hope hopes hoped want wants wanted seek seeks
        sought propose proposes proposed proposal consider considers considering considered urge urged ask asked call
        called demand demanded should try trying offer offered agree agreed promise promised expected expects expect
        forecast due set scheduled prepared preparing hinted
        """
    ),
    "coming": listed("will would shall going"),
    "done": listed("has have had been"),
    "ranks": listed(
        """
        former deputy vice acting ex assistant interim semi quarter co junior senior chief head under far north south
        east west northern southern eastern western upper lower left right early late
        """
    ),
    "sayings": frozenset((*STANCE_OF, *PARTICIPLES, "according", "statement")),
}

FEATURES: Mapping[str, str] = {
    "untraced": "the share of the words, by how much they tell, that are not traced to the source",
    "untraced most": "how much the most telling of them tells",
    "untraced nouns": "how many untraced words are nouns",
    "untraced verbs": "how many are verbs",
    "untraced modifiers": "how many are adjectives and adverbs",
    "untraced capitals": "how many have a capital",
    "untraced numbers": "how many are numbers",
    "untraced first": "whether the first word with meaning is untraced",
    "untraced last": "how many words at the end are untraced",
    "untraced around": "how many of them the title or what stands around the source has",
    "exchanged words": "how many untraced words stand between neighbours of words that are left out",
    "exchanged far": "how far the farthest of these is from the word it stands for in the static embeddings",
    "exchanged akin": "how many of these are opposites or siblings of the word they stand for",
    "exchanged alone": "whether one word is exchanged and everything around it is kept",
    "put in": "how many untraced words stand between two words that are neighbours in the source",
    "moved in": "how many traced words stand between the neighbours of other words",
    "moved names": "how many of these are names and numbers",
    "displaced": "how many of the words in whose place they stand are told elsewhere or left out",
    "breaks": "how often the path through the source jumps, by the number of words",
    "returns": "how often it goes back, by the number of words",
    "span": "the share of the words of the source between the first and the last traced word that is told",
    "length of span": "the share of the source that lies between them",
    "name binding": "how far the source has a name from the next word, at most",
    "number binding": "how far the source has a number from the next word, at most",
    "verb binding": "how far the source has a verb from the word before it, at most",
    "looser": "how much surer the statement is than the source where they meet, in degrees",
    "opposites": "how many words have their opposite in the source nearby, which the statement has not",
    "capitals": "how many words have a capital",
    "figures": "how many numbers there are",
    **{f"{name} put in": f"how many words of {name} are in the statement only" for name in _CLASSES},
    **{f"{name} left out": f"how many words of {name} are in this part of the source only" for name in _CLASSES},
}
"""What is measured of a statement laid over its sources."""

# Neighbours in the source with at most so many words with meaning between them are still neighbours.
_GAP = 3
_BESIDE = 9
# So many tokens around a traced word are what it is told with.
_AROUND = 4


def read_edits(text: str, cited: Sequence[CitedSentence]) -> tuple[float, ...]:
    """The values of `FEATURES`, in their order."""
    values = dict.fromkeys(FEATURES, 0.0)
    laid = trace(text, tuple(sentence.text for sentence in cited))
    if laid.content:
        around = frozenset(token.lower for each in cited for token in read(each.context) if token.content)
        _untraced(laid, around, values)
        _exchanged(laid, values)
        _path(laid, values)
    _small_words(laid, values)
    return tuple(map(float, values.values()))


def _untraced(laid: Trace, around: frozenset[str], values: dict[str, float]) -> None:
    places = range(len(laid.content))
    new = [place for place in places if place not in laid.traced]
    words = [laid.word(place) for place in new]
    tell = {place: _tells(laid.word(place)) for place in places}
    values["untraced"] = sum(tell[place] for place in new) / (sum(tell.values()) or 1.0)
    values["untraced most"] = max((tell[place] for place in new), default=0.0)
    parts = [_part(word) for word in words]
    values["untraced nouns"] = sum(part in ("noun", "unknown") for part in parts)
    values["untraced verbs"] = parts.count("verb")
    values["untraced modifiers"] = sum(part in ("adjective", "adverb") for part in parts)
    values["untraced capitals"] = parts.count("name")
    values["untraced numbers"] = parts.count("number")
    values["untraced first"] = 0 in new
    values["untraced last"] = next((n for n, place in enumerate(reversed(places)) if place not in new), len(new))
    values["untraced around"] = sum(word.lower in around for word in words)
    values["capitals"] = sum(laid.word(place).capital for place in places)
    values["figures"] = sum(laid.word(place).kind == "number" for place in places)


def _exchanged(laid: Trace, values: dict[str, float]) -> None:
    """What stands between the neighbours of something else."""
    told = set(laid.traced.values())
    count = len(laid.content)
    for place in range(count):
        sides = _neighbours(laid, place)
        between = _between(laid, sides)
        if between is None:
            continue
        word = laid.word(place)
        if place not in laid.traced:
            left = [laid.origin(there) for there in between if there not in told]
            values["put in"] += not left
            if left:
                values["exchanged words"] += 1
                near = max((_likeness(other, word) for other in left), default=0.0)
                values["exchanged far"] = max(values["exchanged far"], 1.0 - near)
                values["exchanged akin"] += any(
                    relation(other.lower, word.lower) in ("contrary", "sibling") for other in left
                )
        elif laid.traced[place] not in between and between:
            values["moved in"] += 1
            values["moved names"] += word.capital or word.kind == "number"
            values["displaced"] += len(between)
    untraced = count - len(laid.traced)
    values["exchanged alone"] = untraced == values["exchanged words"] == 1


def _neighbours(laid: Trace, place: int) -> tuple[int | None, int | None]:
    """Where the nearest traced words on both sides of a place are from."""
    left = next((laid.traced[at] for at in range(place - 1, -1, -1) if at in laid.traced), None)
    right = next((laid.traced[at] for at in range(place + 1, len(laid.content)) if at in laid.traced), None)
    return left, right


def _between(laid: Trace, sides: tuple[int | None, int | None]) -> range | None:
    """The places of the source between two neighbours, or beside the only one; None when they are far apart."""
    left, right = sides
    if left is None and right is None:
        return None
    if left is None:
        return range(max(0, (right or 0) - 1), right or 0)
    if right is None:
        return range(left + 1, min(len(laid.given), left + 2))
    return range(left + 1, right) if 0 < right - left <= _GAP + 1 else None


def _path(laid: Trace, values: dict[str, float]) -> None:
    steps = [(two, laid.traced[two] - laid.traced[one]) for one, two in pairwise(sorted(laid.traced))]
    if steps:
        values["breaks"] = sum(not 0 < step <= _GAP for _, step in steps) / len(steps)
        values["returns"] = sum(step < 0 for _, step in steps) / len(steps)
    if laid.traced:
        first, last = min(laid.traced.values()), max(laid.traced.values())
        values["span"] = len(laid.traced) / (last - first + 1)
        values["length of span"] = (last - first + 1) / len(laid.given)
    for place, step in steps:
        far = float(min(_BESIDE, abs(step)))
        word, before = laid.word(place), laid.word(place - 1)
        for name, concerned in (
            ("name binding", word.capital or before.capital),
            ("number binding", "number" in (word.kind, before.kind)),
            ("verb binding", _part(word) == "verb"),
        ):
            values[name] = max(values[name], far * concerned)


def _small_words(laid: Trace, values: dict[str, float]) -> None:
    """What says how sure, how many, when and why on one side only, in the part of the source that is told."""
    region = sorted(_region(laid))
    here = {"not" if token.negated else token.lower for token in laid.tokens}
    there = {"not" if laid.source[at].negated else laid.source[at].lower for at in region}
    everywhere = {token.lower for token in laid.source}
    for name, words in _CLASSES.items():
        values[f"{name} put in"] = len(here & words - everywhere)
        values[f"{name} left out"] = len(there & words - here)
    surest = [min((certainty(word) for word in side), default=4) for side in (here, there)]
    values["looser"] = surest[0] - surest[1]
    opposed = [place for place in range(len(laid.content)) if laid.word(place).kind == "word"]
    beside = {laid.source[at].lower for at in region if laid.source[at].content}
    values["opposites"] = sum(
        any(relation(other, laid.word(place).lower) == "contrary" for other in beside - here) for place in opposed
    )


def _region(laid: Trace) -> Iterator[int]:
    """The token positions of the source near what is told."""
    for there in set(laid.traced.values()):
        at = laid.given[there]
        yield from range(max(0, at - _AROUND), min(len(laid.source), at + 2))


def _tells(token: Token) -> float:
    return weight(token.lower) if token.kind == "word" else 1.0


def _likeness(one: Token, other: Token) -> float:
    if "number" in (one.kind, other.kind):
        return 0.0
    return likeness_of(one.lower, other.lower)


def _part(token: Token) -> str:
    if token.kind == "number":
        return "number"
    if token.capital:
        return "name"
    if token.lower.endswith("ly"):
        return "adverb"
    return "verb" if token.lower.endswith("ed") else usual_part(token.lower) or "unknown"
