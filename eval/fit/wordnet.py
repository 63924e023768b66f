"""Packs the relations of WordNet 3.0 into the file that `pipeline.wordnet` reads: words and how they hang together.

    python -m eval.fit.wordnet /usr/share/wordnet      # the database folder: Debian's wordnet-base has it

Glosses and examples are left out, and so are lemmas of more than two words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TARGET = Path(__file__).parents[2] / "pipeline" / "assets" / "wordnet" / "relations.npz"

_FILES = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
_ABOVE = ("@", "@i")
_ANTONYM, _DERIVED, _SIMILAR, _VERB_GROUP = "!", ("+", "\\", "<"), "&", "$"
# Senses beyond these are rare ones ("bank", the bend of an aeroplane).
_SENSES = 8

Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Synset:
    key: tuple[str, str]
    lemmas: tuple[str, ...]
    pointers: tuple[tuple[str, tuple[str, str], int, int], ...]


def main(folder: Path, target: Path = TARGET) -> None:
    """Read the database in `folder` and write the packed relations to `target`."""
    synsets = [synset for name, pos in _FILES.items() for synset in _synsets(folder / f"data.{name}", pos)]
    number = {synset.key: at for at, synset in enumerate(synsets)}
    words = sorted({_bare(lemma) for synset in synsets for lemma in synset.lemmas if lemma.count("_") < 2})
    place = {word: at for at, word in enumerate(words)}
    senses = _senses(folder, number, place)
    of_lemmas = [
        (symbol, place.get(_bare(synset.lemmas[here])), place.get(_bare(synsets[number[key]].lemmas[there])))
        for synset in synsets
        for symbol, key, here, there in synset.pointers
        if here >= 0
    ]
    target.parent.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Integers | NDArray[np.uint8] | NDArray[np.bytes_]] = {
        "words": np.array("\n".join(words).encode(), dtype=np.bytes_),
        "parts": np.array([sum(synset.key[0] == pos for synset in synsets) for pos in _FILES.values()], dtype=np.int32),
        **_rows("senses", [senses.get(at, []) for at in range(len(words))]),
        **_rows("above", [_related(synset, _ABOVE, number) for synset in synsets]),
        **_rows("similar", [_related(synset, (_SIMILAR, _VERB_GROUP), number) for synset in synsets]),
        **_rows("antonyms", _pairs(len(words), of_lemmas, (_ANTONYM,))),
        **_rows("derived", _pairs(len(words), of_lemmas, _DERIVED)),
        "part_of": _usual_parts(folder, words, place),
        **_exceptions(folder, place),
    }
    np.savez_compressed(target, allow_pickle=False, **arrays)


def _synsets(path: Path, pos: str) -> Iterator[_Synset]:
    for line in path.read_text("ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        lemmas = tuple(fields[4 + 2 * at] for at in range(count))
        rest = fields[4 + 2 * count :]
        pointers = []
        for at in range(int(rest[0])):
            symbol, offset, kind, ends = rest[1 + 4 * at : 5 + 4 * at]
            pointers.append((symbol, (kind.replace("s", "a"), offset), int(ends[:2], 16) - 1, int(ends[2:], 16) - 1))
        yield _Synset((pos, fields[0]), lemmas, tuple(pointers))


def _senses(folder: Path, number: dict[tuple[str, str], int], place: dict[str, int]) -> dict[int, list[int]]:
    """The synsets of each word, the most frequent first within each part of speech."""
    found: dict[int, list[int]] = {}
    for name, pos in _FILES.items():
        for line in (folder / f"index.{name}").read_text("ascii").splitlines():
            if line.startswith(" "):
                continue
            fields = line.split()
            at = place.get(fields[0])
            if at is not None:
                offsets = fields[-int(fields[2]) :][:_SENSES]
                found.setdefault(at, []).extend(number[(pos, offset)] for offset in offsets)
    return found


def _usual_parts(folder: Path, words: list[str], place: dict[str, int]) -> NDArray[np.uint8]:
    """What each word mostly is in the tagged texts, as the place in `_FILES`; where it is in none, by its senses."""
    counts = np.zeros((len(words), len(_FILES)))
    for part, name in enumerate(_FILES):
        for line in (folder / f"index.{name}").read_text("ascii").splitlines():
            at = place.get(line.split(" ")[0])
            if at is not None:
                counts[at, part] += 0.01 * int(line.split()[2])
    for line in (folder / "cntlist.rev").read_text("ascii").splitlines():
        key, _, count = line.split()
        lemma, rest = key.split("%")
        at = place.get(lemma)
        if at is not None:
            counts[at, (int(rest[0]) - 1) % 4 if rest[0] != "5" else 2] += int(count)
    usual: NDArray[np.uint8] = counts.argmax(axis=1).astype(np.uint8)
    return usual


def _related(synset: _Synset, symbols: tuple[str, ...], number: dict[tuple[str, str], int]) -> list[int]:
    return [number[key] for symbol, key, _, _ in synset.pointers if symbol in symbols]


def _pairs(
    size: int, pointers: Iterable[tuple[str, int | None, int | None]], symbols: tuple[str, ...]
) -> list[list[int]]:
    found: list[set[int]] = [set() for _ in range(size)]
    for symbol, one, other in pointers:
        if symbol in symbols and one is not None and other is not None:
            found[one].add(other)
            found[other].add(one)
    return [sorted(others) for others in found]


def _exceptions(folder: Path, place: dict[str, int]) -> dict[str, NDArray[np.bytes_] | Integers]:
    """Irregular forms and the word that each is a form of."""
    pairs = [
        (fields[0], place[fields[1]])
        for name in _FILES
        for fields in map(str.split, (folder / f"{name}.exc").read_text("ascii").splitlines())
        if fields[1] in place
    ]
    forms = np.array("\n".join(form for form, _ in pairs).encode(), dtype=np.bytes_)
    return {"forms": forms, "form_of": np.array([at for _, at in pairs], dtype=np.int32)}


def _rows(name: str, rows: list[list[int]]) -> dict[str, Integers]:
    """Rows of different lengths as one array and where each starts."""
    ends = list(accumulate((len(row) for row in rows), initial=0))
    return {name: np.array([at for row in rows for at in row], np.int32), f"{name}_at": np.array(ends, np.int32)}


def _bare(lemma: str) -> str:
    return lemma.split("(")[0].lower()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
