"""What a question asks, as a predicate with its sides: "When did Aleppo fall to the rebels?" asks when A falls to B.

Read off word by word, with WordNet's parts of speech; no parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

import regex

from pipeline.grounding.lexicon import listed
from pipeline.questions import STOP_WORDS
from pipeline.wordnet import parts_of_speech

Hole: TypeAlias = Literal["subject", "object", "beside"]
"""Which side of its predicate a question leaves open; `beside` when it asks for a time, a place, a reason, a manner."""

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[’'.,\-][\p{L}\p{M}\p{N}]+)*|[,;:()–—“”\"]")
_DO = listed("do does did will would can could may might must shall should to")
_BE = listed("is are was were be been being get gets got gotten")
_HAVE = listed("has have had having")
_AUXILIARY = _DO | _BE | _HAVE
_WH = listed("when where who whom whose what which why how")
_SUBJECTS = listed("who what which whose")
_COUNTING = listed("many much")
OPENS = listed(
    "which who whom whose that while after before because when where as but since until if although though so"
)
_BREAKS = frozenset(',;:()–—“”"')
_DETERMINERS = listed(
    "the a an this that these those his her its their my your our no any some each every another more most less many"
)
_PREPOSITIONS = listed("of in on at to for from with by about into over under after before against between near as")
_PARTICLES = listed("forward out up down off back away over open")
_STOPPED_VERBS = listed("say said says tell get gets give given gives let have")
_PAST = listed(
    """
    born built hit held made sent taken given found sold bought shot lost left led met won put set cut shut spent paid
    kept told said known shown seen done gone begun written driven chosen broken stolen thrown drawn grown hurt beaten
    brought caught taught thought fought sought felt dealt meant heard laid read cast split spread hidden bitten
    forgotten frozen risen took died fell went gave saw knew wrote drove chose stole threw drew grew flew rang sang
    began spoke froze run come become sunk struck stuck swept torn worn withdrawn overthrown
    """
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A question's predicate in lower case (empty without one), the words on its sides, and what it leaves open.

    `doer` and `done` are the words of who does it and of what it is done to, whatever the voice.
    """

    predicate: str
    doer: tuple[str, ...]
    done: tuple[str, ...]
    hole: Hole


@lru_cache(maxsize=1000)
def frame_of(text: str) -> Frame:
    """The predicate of the sentence that a part of a question asks with, and its sides."""
    tokens = _TOKEN.findall(text)
    lower = [_bare(token.lower()) for token in tokens]
    start = next((at for at, word in enumerate(lower) if word in _WH), -1)
    asks = lower[start] if start >= 0 else ""
    # "How many people died" asks as "which people died" does.
    counting = asks == "how" and start + 1 < len(lower) and lower[start + 1] in _COUNTING
    asks = "which" if counting else asks
    aux = next((at for at in range(start + 1, len(lower)) if lower[at] in _AUXILIARY), None)
    end = len(lower) if aux is None else aux
    verb = _finite(tokens, lower, start + 1, end, counting) if asks in _SUBJECTS else None
    if verb is not None and (aux is None or verb < aux):
        return Frame(lower[verb], (), _content(lower[verb + 1 :]), "subject")
    if aux is None:
        return Frame("", (), (), "beside")
    # "Which aircraft were used", "who will lead": what is asked for stands before the auxiliary.
    opens = asks in _SUBJECTS and (aux > start + 1 or _follows(tokens, lower, aux))
    passive, at = lower[aux] in _BE, aux + 1
    while at < len(lower) and lower[at] in _AUXILIARY | {"not"}:
        passive = lower[at] in _BE
        at += 1
    if opens and at < len(lower) and (is_participle(lower[at]) or (lower[aux] in _DO and is_verb(lower[at]))):
        if passive and not lower[at].endswith("ing"):
            return Frame(lower[at], _by(lower[at + 1 :]), (), "object")
        return Frame(lower[at], (), _content(lower[at + 1 :]), "subject")
    verb = _main(tokens, lower, aux)
    if verb is None:
        return Frame("", (), _content(lower[aux + 1 :]), "subject" if asks in _SUBJECTS else "beside")
    passive = passive and lower[aux] not in _DO | _HAVE and not lower[verb].endswith("ing")
    passive = passive or (verb > 0 and lower[verb - 1] in _BE and not lower[verb].endswith("ing"))
    before, after = _content(lower[aux + 1 : verb]), lower[verb + 1 :]
    hole: Hole = "object" if asks in _SUBJECTS | {"whom"} else "beside"
    if passive:
        return Frame(lower[verb], _by(after), before, hole)
    return Frame(lower[verb], before, _content(after), hole)


def _finite(tokens: Sequence[str], lower: Sequence[str], first: int, end: int, counting: bool) -> int | None:
    """The verb of a question about who or what does it: "who killed", "which company owns", "how many people live"."""
    for at in range(first, end):
        word, before = lower[at], lower[at - 1] if at else ""
        if tokens[at][0].isupper() or before in _DETERMINERS - _COUNTING | _PREPOSITIONS or not is_verb(word):
            continue
        if counting and at > first + 1:
            follows = lower[at + 1] if at + 1 < len(lower) else ""
            plural = not word.endswith("s") and (_inflected(word) or follows in _PREPOSITIONS | _DETERMINERS | {""})
            if plural:
                return at
        elif not counting and _inflected(word) and (at > first or before in ("who", "what")):
            return at
    return None


def _main(tokens: Sequence[str], lower: Sequence[str], aux: int) -> int | None:
    """The verb that goes with an auxiliary, behind what stands between: "did Aleppo fall", "was the bridge named"."""
    base = lower[aux] in _DO
    begun = False
    found: int | None = None
    for at in range(aux + 1, len(lower)):
        word, before = lower[at], lower[at - 1]
        if found is not None and found != at - 1:
            break
        if (
            tokens[at][0].isupper()
            or word[0].isdigit()
            or (word in STOP_WORDS and not is_verb(word))
            or word in _BREAKS
        ):
            begun = begun or word not in _DETERMINERS
            continue
        fits = (is_verb(word) and (not _inflected(word) or word in _PAST)) if base else is_participle(word)
        if fits and begun and before not in _DETERMINERS | _PREPOSITIONS:
            found = at
        begun = True
    return found


def _follows(tokens: Sequence[str], lower: Sequence[str], aux: int) -> bool:
    """Whether the verb stands right behind its auxiliary, as where nobody but the asked does it."""
    at = aux + 1
    while at < len(lower) and (lower[at] in _AUXILIARY | {"not"} or lower[at].endswith("ly")):
        at += 1
    if at >= len(lower) or tokens[at][0].isupper():
        return False
    return is_participle(lower[at]) if lower[aux] in _BE | _HAVE else is_verb(lower[at])


def is_being(word: str) -> bool:
    """Whether a word makes a passive of the participle behind it: "was", "got"."""
    return word in _BE


@lru_cache(maxsize=100_000)
def is_verb(word: str) -> bool:
    return word in _STOPPED_VERBS or (
        word not in _PARTICLES and word not in STOP_WORDS and "verb" in parts_of_speech(word)
    )


def _inflected(word: str) -> bool:
    return word.endswith(("ed", "ing")) or (word.endswith("s") and not word.endswith("ss")) or word in _PAST


def is_participle(word: str) -> bool:
    return (word.endswith(("ed", "en", "ing")) or word in _PAST) and is_verb(word)


def _by(words: Sequence[str]) -> tuple[str, ...]:
    return _content(words[words.index("by") :]) if "by" in words else ()


def _content(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in STOP_WORDS and word not in _BREAKS)


def _bare(word: str) -> str:
    return regex.sub(r"[’']s?$", "", word)
