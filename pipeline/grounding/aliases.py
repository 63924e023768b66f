"""Whether two names can be one: surname and full name, acronym, country and people, names that "of the" has joined."""

from __future__ import annotations

from pipeline.grounding.names import JOINERS, Name, names_in
from pipeline.wordnet import relation

# Endings that make a people or its language of a place: "Corvian", "Faroese".
_PEOPLES = ("n", "an", "ian", "ans", "ians", "i", "is", "ese", "ish", "e", "ns", "ees")


def joined_names(name: Name) -> list[Name]:
    """The names that a joining word may only have put together: "Noor Haddow" and "Lock Street" of one "of the"."""
    pieces: list[list[str]] = [[]]
    for part in name.parts:
        if part in ("of", "the"):
            pieces.append([])
        else:
            pieces[-1].append(part)
    return [Name(" ".join(piece), tuple(piece), name.first, name.last) for piece in pieces if piece]


def same_name(one: Name, other: Name, context: str) -> bool:
    """Whether `one` can be `other`: a part of it, its full form in the context, an acronym, or the same country."""
    first = [part for part in one.parts if part not in JOINERS]
    second = [part for part in other.parts if part not in JOINERS]
    if not first or not second:
        return one.parts == other.parts
    if set(first) <= set(second) or "".join(first) == "".join(second):
        return True
    if one.place is not None and one.place == other.place:
        return True
    if _acronym(one, other) or _acronym(other, one) or is_demonym(one, other) or is_demonym(other, one):
        return True
    shortened = set(second) < set(first) and (first[-1] in second or (first[0] in second and other.place is None))
    return shortened and any(set(first) <= set(full.parts) for full in names_in(context))


def is_demonym(place: Name, adjective: Name) -> bool:
    """Whether one word is the other with the ending of a people: "Corvia" and "Corvian"."""
    if len(place.parts) != 1 or len(adjective.parts) != 1:
        return False
    word, longer = place.parts[0], adjective.parts[0]
    if relation(_singular(word), _singular(longer)) in ("same", "form"):
        return True
    if place.place or adjective.place:
        return False
    return len(word) >= 4 and longer in {f"{stem}{end}" for stem in (word, word[:-1]) for end in _PEOPLES} - {word}


def _singular(word: str) -> str:
    """A word for a people in the form that dictionaries list: "Frenchman" and "Norwegians" as "French", "Norwegian"."""
    for ending in ("women", "woman", "men", "man"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending)
    return word


def _acronym(short: Name, long: Name) -> bool:
    if len(short.parts) != 1 or len(long.parts) < 2 or not short.words.isupper():
        return False
    initials = {
        "".join(part[0] for part in long.parts if part not in JOINERS),
        "".join(part[0] for part in long.parts),
    }
    return short.parts[0] in initials
