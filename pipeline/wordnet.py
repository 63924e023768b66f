"""How two English words hang together, after WordNet 3.0: the same, one wider than the other, opposites, neighbours.

The relations are packed into `assets/wordnet` by `eval.fit.wordnet`, with WordNet's licence beside them. They are read
when a word is first looked up (about 30 ms); a pair that was looked up is remembered.

>>> relation("resigned", "quit"), relation("frost", "hailstorm"), relation("rose", "fell")
('synonym', None, 'contrary')
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Relation: TypeAlias = Literal["same", "form", "synonym", "wider", "narrower", "contrary", "sibling"]
"""What `other` is to `one` in `relation(one, other)`: "wider" when it covers more ("accident" for "collision")."""

Part: TypeAlias = Literal["noun", "verb", "adjective", "adverb"]
_PARTS: tuple[Part, ...] = ("noun", "verb", "adjective", "adverb")

# Rarer senses of a word connect it with too much.
_SENSES = 4
# A noun is of a kind when one of so many of its senses is.
_USUAL_SENSES = 2
# How far up "wider" reaches. With 2 and 3, grounding misses 6 and 15 faults more of 2,200 in its tables.
_LEVELS = 1
# Of the synsets so near the top of their trees everything is a neighbour of everything.
_TOP = 4
# Below these, what shares a grandparent is near enough to be taken for another: storks and lapwings, mumps and measles.
_DEEP = 7
_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
    ("zes", "z"),
    ("ves", "f"),
    ("men", "man"),
    ("es", "e"),
    ("es", ""),
    ("s", ""),
    ("ed", "e"),
    ("ed", ""),
    ("ing", "e"),
    ("ing", ""),
    ("er", "e"),
    ("er", ""),
    ("est", "e"),
    ("est", ""),
)


# Whatever ends so is rarely a comparative: "worker", "west".
_COMPARING = ("er", "est")


@dataclass(frozen=True)
class _Relations:
    """The packed arrays: words in order, and for each word or synset a row of numbers of others."""

    words: list[str]
    forms: dict[str, tuple[int, ...]]
    rows: dict[str, tuple[NDArray[np.int32], NDArray[np.int32]]]
    parts: NDArray[np.uint8]

    def row(self, name: str, at: int) -> list[int]:
        values, starts = self.rows[name]
        return list(map(int, values[starts[at] : starts[at + 1]]))

    def place(self, word: str) -> int | None:
        at = bisect_left(self.words, word)
        return at if at < len(self.words) and self.words[at] == word else None


@lru_cache(maxsize=65536)
def relation(one: str, other: str) -> Relation | None:
    """What `other` is to `one`, both in lower case; None when WordNet does not connect them."""
    if one == other or set(_lemmas(one)) & set(_lemmas(other)):
        return "same"
    mine, theirs = _family(one), _family(other)
    if not mine or not theirs:
        return None
    if _opposed(one, other):
        return "contrary"
    if mine & theirs:
        return "form"
    first, second = _synsets(one), _synsets(other)
    if _near(one) & second or first & _near(other):
        return "synonym"
    if _climb(one) & second:
        return "wider"
    if _climb(other) & first:
        return "narrower"
    return "sibling" if _neighbours(one) & _neighbours(other) else None


@lru_cache(maxsize=65536)
def usual_part(word: str) -> Part | None:
    """The part of speech that a lower-case word mostly is in tagged texts; None when WordNet does not have it."""
    found = [_PARTS[_relations().parts[at]] for at in _lemmas(word)]
    # "Raised" is listed as an adjective, and mostly a form of "raise".
    return "verb" if "verb" in found[1:] else next(iter(found), None)


def alike_among(words: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each of these lower-case words those of which `relation` is "same", "form" or "synonym", and itself."""
    sharing: dict[tuple[str, int], set[str]] = {}
    kept = set(words)
    for word in kept:
        for kind, held in (("family", _family(word)), ("sense", _synsets(word)), ("near", _near(word))):
            for at in held:
                sharing.setdefault((kind, at), set()).add(word)
    found = {}
    for word in kept:
        others: set[str] = {word}
        for kind, held in (("family", _family(word)), ("sense", _near(word)), ("near", _synsets(word))):
            others.update(*(sharing.get((kind, at), ()) for at in held))
        found[word] = frozenset(
            other for other in others if other == word or relation(word, other) in ("same", "form", "synonym")
        )
    return found


def contraries(words: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The pairs of these lower-case words of which `relation` is "contrary", each both ways round."""
    having: dict[int, list[str]] = {}
    against: dict[str, set[int]] = {}
    for word in set(words):
        family = _family(word)
        for at in family:
            having.setdefault(at, []).append(word)
        against[word] = {there for at in family for there in _relations().row("antonyms", at)}
    return frozenset(
        pair
        for word, there in against.items()
        for at in there
        for other in having.get(at, ())
        for pair in ((word, other), (other, word))
        if relation(word, other) == "contrary"
    )


@lru_cache(maxsize=65536)
def usual_form(word: str) -> str:
    """The verb that a lower-case word is an irregular form of, when it mostly is a verb; else the word as it is."""
    data = _relations()
    of = data.forms.get(word, ()) if usual_part(word) == "verb" else ()
    return data.words[of[0]] if of else word


@lru_cache(maxsize=65536)
def is_kind_of(word: str, kind: str) -> bool:
    """Whether a lower-case noun is, in its first sense or the second, a `kind` in the first sense of that word."""
    return not _noun_senses(kind, 1).isdisjoint(_all_above(_noun_senses(word, _USUAL_SENSES)))


def _noun_senses(word: str, count: int) -> frozenset[int]:
    """The first senses as a noun of each word that this one may be a form of."""
    data = _relations()
    values, _ = data.rows["parts"]
    return frozenset(
        synset
        for at in _lemmas(word)
        for synset in [sense for sense in data.row("senses", at) if sense < values[0]][:count]
    )


@lru_cache(maxsize=65536)
def _all_above(synsets: frozenset[int]) -> frozenset[int]:
    """The synsets with all that is wider, to the top."""
    found, level = set(synsets), set(synsets)
    while level:
        level = {above for synset in level for above in _relations().row("above", synset)} - found
        found |= level
    return frozenset(found)


@lru_cache(maxsize=65536)
def parts_of_speech(word: str) -> frozenset[Part]:
    """The parts of speech that a lower-case word may be; none when WordNet does not have it."""
    data = _relations()
    values, _ = data.rows["parts"]
    return frozenset(_PARTS[int((values <= synset).sum())] for at in _lemmas(word) for synset in data.row("senses", at))


@lru_cache(maxsize=65536)
def _opposed(one: str, other: str) -> bool:
    """Whether two words are antonyms, or forms or synonyms of antonyms: "cheaper" and "expensive"."""
    mine, theirs = _family(one), _family(other)
    against = {there for at in mine for there in _relations().row("antonyms", at)}
    return bool(against & theirs)


@lru_cache(maxsize=65536)
def _lemmas(word: str) -> tuple[int, ...]:
    """The words that a word may be a form of: "left" and "leave" of "left", "talks" and "talk" of "talks"."""
    data = _relations()
    found = [data.place(word), *data.forms.get(word, ())]
    for ending, replacement in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2 or (ending == "s" and stem[-1] in "sui"):
            continue
        if ending in _COMPARING and any(at is not None for at in found):
            continue
        doubled = stem[-1] == stem[-2] and not replacement
        found += [data.place(stem + replacement), data.place(stem[:-1]) if doubled else None]
    return tuple(dict.fromkeys(at for at in found if at is not None))


@lru_cache(maxsize=65536)
def _family(word: str) -> frozenset[int]:
    """The word's lemmas and what is derived from them: "resign" and "resignation", "Norway" and "Norwegian"."""
    return frozenset(_lemmas(word)) | {there for at in _lemmas(word) for there in _relations().row("derived", at)}


@lru_cache(maxsize=65536)
def _synsets(word: str) -> frozenset[int]:
    return frozenset(synset for at in _family(word) for synset in _frequent(at))


def _frequent(at: int) -> Iterable[int]:
    """The frequent senses of a word, so many for each part of speech."""
    data = _relations()
    values, _ = data.rows["parts"]
    taken: dict[int, int] = {}
    for synset in data.row("senses", at):
        part = int((values <= synset).sum())
        taken[part] = taken.get(part, 0) + 1
        if taken[part] <= _SENSES:
            yield synset


@lru_cache(maxsize=65536)
def _near(word: str) -> frozenset[int]:
    synsets = _synsets(word)
    return synsets | {other for synset in synsets for other in _relations().row("similar", synset)}


@lru_cache(maxsize=65536)
def _neighbours(word: str) -> frozenset[int]:
    """What is one above a word, and far down in the tree what is two above: profit and revenue are both gains."""
    data = _relations()
    parents = {above for synset in _synsets(word) for above in data.row("above", synset)}
    return frozenset(
        above
        for parent in parents
        for above in (parent, *data.row("above", parent))
        if _depth(above) >= (_TOP if above is parent else _DEEP)
    )


@lru_cache(maxsize=65536)
def _depth(synset: int) -> int:
    above = _relations().row("above", synset)
    return 1 + min(map(_depth, above)) if above else 0


@lru_cache(maxsize=65536)
def _climb(word: str) -> frozenset[int]:
    """What is wider than a word, up to `_LEVELS` above, without the top of the tree."""
    found: set[int] = set()
    level = set(_synsets(word))
    for _ in range(_LEVELS):
        level = {above for synset in level for above in _relations().row("above", synset) if _depth(above) >= 2}
        found |= level
    return frozenset(found)


@lru_cache(maxsize=1)
def _relations() -> _Relations:
    import numpy as np

    with files("pipeline").joinpath("assets", "wordnet", "relations.npz").open("rb") as packed, np.load(packed) as data:
        forms: dict[str, tuple[int, ...]] = {}
        for form, at in zip(_lines(data["forms"]), data["form_of"], strict=True):
            forms[form] = (*forms.get(form, ()), int(at))
        rows = {
            name: (data[name], data[f"{name}_at"]) for name in ("senses", "above", "similar", "antonyms", "derived")
        }
        rows["parts"] = (np.cumsum(data["parts"]).astype(np.int32), data["parts"])
        return _Relations(_lines(data["words"]), forms, rows, data["part_of"])


def _lines(packed: NDArray[np.bytes_]) -> list[str]:
    return str(packed.item().decode()).split("\n")
