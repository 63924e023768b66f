"""Do two words of news prose mean the same, or near enough: by concept, by stem, by WordNet, by static embeddings?"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.grounding.lexicon import concept_of
from pipeline.questions import stem
from pipeline.wordnet import relation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.embedding.static import StaticEmbeddings

# Two words this near to each other in the static embeddings mean the same kind of thing: "detained" and "arrested" are
# at 0.42, "truce" and "ceasefire" at 0.37, "steel" and "aluminium" at 0.26, most pairs below 0.2.
_NEAR = 0.35
# "Said" has a vector of length 6.5, "people" 8.9, "compensation" 15.6, "mayor" 23.9.
_TELLING = 20.0
_SHORTEST_STEM = 4


def known(word: str, given: Collection[str]) -> bool:
    """Whether one of the given words, all in lower case, says what the word says, or something narrower."""
    return word in given or any(tells(other, word) for other in given)


@lru_cache(maxsize=262_144)
def tells(source: str, word: str) -> bool:
    """Whether a source that has the one word bears out the other: the same, a form, a synonym, something wider."""
    if concept_of(source) == concept_of(word) or begin_alike(concept_of(source), concept_of(word)):
        return True
    if begin_alike(stem(source), stem(word)):
        return True  # "Employs" and "employees", whatever the group of the one.
    return relation(source, word) in ("same", "form", "synonym", "wider")


@lru_cache(maxsize=262_144)
def resembles(one: str, other: str) -> bool:
    """Whether two words are near to each other in the bundled static embeddings, and neither opposites nor siblings."""
    return relation(one, other) not in ("contrary", "sibling") and likeness_of(one, other) >= _NEAR


@lru_cache(maxsize=262_144)
def likeness_of(one: str, other: str) -> float:
    """The cosine of two words in the bundled static embeddings."""
    return float(_vector(one) @ _vector(other))


@lru_cache(maxsize=65_536)
def weight(word: str) -> float:
    """How much a word tells, 0 to about 1.2: the length of its vector, which grows as a word gets rarer."""
    import numpy as np

    return float(np.linalg.norm(_model().token_sums([word])[0])) / _TELLING


@lru_cache(maxsize=65_536)
def _vector(word: str) -> NDArray[np.float32]:
    import numpy as np

    vector: NDArray[np.float32] = _model().token_sums([word])[0]
    vector /= float(np.linalg.norm(vector)) or 1.0
    return vector


@lru_cache(maxsize=1)
def _model() -> StaticEmbeddings:
    from pipeline.embedding.static import StaticEmbeddings

    return StaticEmbeddings()


def begin_alike(one: str, other: str) -> bool:
    """Whether two stems share their beginning: "decision" and "decide", "expansion" and "expand"."""
    shorter = min(len(one), len(other))
    need = max(_SHORTEST_STEM, round(0.7 * shorter))
    return shorter >= _SHORTEST_STEM and one[:need] == other[:need]
