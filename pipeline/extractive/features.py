"""What is measured of every sentence of the evidence against every part of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import regex
from numpy.typing import NDArray

from pipeline.embedding import Embeddings, StaticEmbeddings
from pipeline.extractive.candidates import Candidate, is_dangling
from pipeline.extractive.signs import counted, signs
from pipeline.extractive.tables import Matrix, Tables, unit
from pipeline.questions import STOP_WORDS, AskedFor, Part, Wants, words

# A word counts for a sign of the answer with exp(-distance / REACH), the distance in words.
REACH = 8.0
# A word of a sentence is new when no word of the question is this near to it.
NEW_BELOW = 0.6
# What a word is worth to a sentence when only its neighbour, or only its passage or title, has it.
IN_NEIGHBOUR, IN_CONTEXT = 0.7, 0.6
# How much of its length a sentence is held for: as b of BM25.
LENGTHS = 0.6
# What a number counts stands at most so many words behind it.
COUNTED_WITHIN = 4

_CAPITALISED = regex.compile(r"(?<=[\p{Ll},] )\p{Lu}")

KINDS: tuple[Wants, ...] = ("date", "number", "person", "place", "reason")

FEATURES: dict[str, str] = {
    "coverage": "share of the part's words that the sentence has, by rarity among the sentences",
    "neighbours": "what the sentences before and after add to the coverage",
    "context": "coverage of the whole question by sentence, passage and title",
    "focus": "coverage of the question's words that the title does not have",
    "similarity": "cosine with the part",
    "density": "focus, less for a long sentence: as BM25 does",
    "relation": "coverage of the words that are no names",
    "named": "coverage of the names by sentence, passage, title and article",
    "counted": "what is to be counted stands behind a number",
    "focus similarity": "cosine with the words of the focus",
    "with next similarity": "cosine of the part with the sentence and the next one together",
    "with title similarity": "cosine of the question with the sentence and the title together",
    "passage similarity": "cosine of the part with the mean of the passage's sentences",
    "title similarity": "cosine of the question with the title",
    "word pairs": "share of the question's neighbouring words that stand together here",
    "nearness": "coverage of the part's words close to a sign of what it wants",
    "has date": "a new date, when one is wanted",
    "has number": "a new number of the unit asked for, when one is wanted",
    "has person": "a new name, when one is wanted",
    "has place": "a new place, when one is wanted",
    "has reason": "a word that gives a reason, when one is wanted",
    "lacks kind": "nothing of the kind that is wanted",
    "new words": "share of the content words that are not the question's",
    "names": "capitalised words within the sentence, by length",
    "digits": "whether it has any",
    "length": "logarithm of the number of words",
    "dangling": "opens with a word that points to the sentence before",
    "first": "first sentence of its passage",
    "lead": "first sentence of its article",
    "place in passage": "one over the position",
    "rank": "one over the rank of the passage",
    "centrality": "cosine with the mean of all sentences",
    "agreement": "highest cosine with a sentence of another article",
}


@lru_cache(maxsize=1)
def _static() -> StaticEmbeddings:
    return StaticEmbeddings()


def scoring_model(embeddings: Embeddings) -> StaticEmbeddings:
    """The bundled model: the weights are fitted to its cosines, whatever model the library was embedded with."""
    return embeddings if isinstance(embeddings, StaticEmbeddings) else _static()


def read_evidence(asked: AskedFor, pool: Sequence[Candidate], embeddings: Embeddings) -> Reading:
    """Measure every sentence of a pool, which must not be empty, against every part of a question."""
    tables = Tables(asked, tuple(pool), scoring_model(embeddings))
    shared = _shared(tables)
    return Reading(
        tables, np.stack([_measure(part, number, tables, shared) for number, part in enumerate(asked.parts)])
    )


@dataclass(frozen=True)
class Reading:
    """Evidence read against a question: `features` are (parts, sentences, features), in the order of FEATURES."""

    tables: Tables
    features: Matrix

    @property
    def asked(self) -> AskedFor:
        return self.tables.asked

    @property
    def pool(self) -> tuple[Candidate, ...]:
        return self.tables.pool

    @property
    def vectors(self) -> NDArray[np.float32]:
        """The vectors of the sentences, (sentences, dimension)."""
        return self.tables.sentences

    @property
    def in_one(self) -> bool:
        """Whether all sentences are of one passage: somebody chose it, and its neighbours are all there is."""
        return len({item.evidence.number for item in self.pool}) == 1

    def of(self, feature: str, part: int) -> Matrix:
        """One feature of all sentences for a part."""
        return np.asarray(self.features[part, :, list(FEATURES).index(feature)])


def _shared(tables: Tables) -> dict[str, Matrix]:
    """The features that are the same for all parts."""
    pool, count = tables.pool, len(tables.pool)
    texts = [item.sentence.text for item in pool]
    lengths = np.array([len(spoken) for spoken in tables.spans], dtype=float)
    whole = tables.rarity / tables.rarity.sum()
    focus = tables.focus
    focused = _share((focus * tables.hits).sum(axis=0), focus.sum(axis=0))
    aims = unit((tables.asked_vectors.T @ focus).T)
    aimed = (tables.sentences * aims).sum(axis=1)
    articles = np.unique([item.evidence.article.id for item in pool], return_inverse=True)[1]
    alike = np.where(articles[:, None] != articles[None, :], tables.sentences @ tables.sentences.T, 0)
    question = tables.part_vectors[-1]
    first = np.array([item.position == 1 for item in pool], dtype=float)
    known = tables.matches.max(axis=0) >= NEW_BELOW
    content = np.array([word not in STOP_WORDS for word in tables.vocabulary], dtype=bool)
    return {
        "context": whole
        @ np.maximum(tables.hits, np.maximum(IN_CONTEXT * tables.in_passage, IN_CONTEXT * tables.in_title)),
        "focus": focused,
        "density": focused / (1 - LENGTHS + LENGTHS * lengths / max(1.0, float(lengths.mean()))),
        "named": _share((tables.rarity * tables.named) @ tables.in_article, (tables.rarity * tables.named).sum())
        if tables.named.any()
        else np.ones(count),
        "focus similarity": aimed,
        "with title similarity": unit(tables.title_vectors + tables.sentences) @ question,
        "title similarity": tables.title_vectors @ question,
        "word pairs": _word_pairs(tables),
        "new words": np.array(
            [
                float((content[index] & ~known[index]).sum()) / max(1, int(content[index].sum()))
                for index in tables.indices
            ]
        ),
        "names": np.array([len(_CAPITALISED.findall(text)) for text in texts]) / np.maximum(lengths, 5),
        "digits": np.array([any(char.isdigit() for char in text) for text in texts], dtype=float),
        "length": np.log(np.maximum(lengths, 1)),
        "dangling": np.array([is_dangling(text) for text in texts], dtype=float),
        "first": first,
        "lead": first * np.array([item.evidence.passage.ordinal == 0 for item in pool]),
        "place in passage": 1 / np.array([item.position for item in pool]),
        "rank": 1 / np.array([item.evidence.number for item in pool]),
        "centrality": tables.sentences @ unit(tables.sentences.mean(axis=0)[None])[0],
        "agreement": alike.max(axis=1),
    }


def _measure(part: Part, number: int, tables: Tables, shared: dict[str, Matrix]) -> Matrix:
    """The features of all sentences for one part, shape (sentences, features)."""
    own = tables.own(part)
    weights = tables.rarity[own] / tables.rarity[own].sum()
    hits = tables.hits[own]
    covered = weights @ hits
    similar = tables.sentences @ tables.part_vectors[number]
    has, near = _nearness(part, own, tables)
    typed = part.wants != "anything"
    unnamed = weights * ~tables.named[own]
    related = _share((unnamed if unnamed.any() else weights) @ hits, (unnamed if unnamed.any() else weights).sum())
    values = {
        **shared,
        "coverage": covered,
        "relation": related,
        "counted": _counted(part, tables),
        "neighbours": weights @ np.maximum(hits, IN_NEIGHBOUR * tables.beside[own]) - covered,
        "similarity": similar,
        "with next similarity": unit(tables.sentences + tables.sentences[tables.after]) @ tables.part_vectors[number],
        "passage similarity": tables.passages @ tables.part_vectors[number],
        "nearness": near,
        "lacks kind": typed * (1 - has),
        **{f"has {kind}": has * (part.wants == kind) for kind in KINDS},
    }
    return np.stack([values[name] for name in FEATURES], axis=1).astype(np.float64)


def _nearness(part: Part, own: list[int], tables: Tables) -> tuple[Matrix, Matrix]:
    """Whether each sentence shows what the part wants, and how much of the part stands around it."""
    has, near = np.zeros(len(tables.pool)), np.zeros(len(tables.pool))
    matches = tables.matches[own]
    for column, (item, spoken) in enumerate(zip(tables.pool, tables.spans, strict=True)):
        found = list(signs(part, item.resolved, tables.said)) if spoken else []
        if not found:
            continue
        starts = [start for start, _ in spoken]
        at = np.searchsorted(starts, [start + 1 for start, _ in found]) - 1
        decay = np.exp(-np.abs(np.arange(len(starts))[:, None] - at[None, :]) / REACH)
        close = (matches[:, tables.indices[column]][:, :, None] * decay[None]).max(axis=1)
        focus = tables.focus[own, column]
        has[column], near[column] = 1, float((focus @ close).max() / max(focus.sum(), 1e-9))
    return has, near


def _counted(part: Part, tables: Tables) -> Matrix:
    """How well what the part counts is met right behind a number, 0 to 1; 0 when it counts nothing."""
    noun = counted(part)
    met = np.zeros(len(tables.pool))
    if noun not in tables.asked_words:
        return met
    row = tables.matches[tables.asked_words.index(noun)]
    for column, (item, spoken) in enumerate(zip(tables.pool, tables.spans, strict=True)):
        starts = [start for start, _ in spoken]
        for _, end in signs(part, item.resolved, tables.said):
            at = int(np.searchsorted(starts, end))
            met[column] = max(met[column], row[tables.indices[column][at : at + COUNTED_WITHIN]].max(initial=0.0))
    return met


def _word_pairs(tables: Tables) -> Matrix:
    asked = words(tables.asked.text)
    pairs = set(pairwise(asked))
    heard = [[word for _, word in spoken] for spoken in tables.spans]
    return np.array([sum(pair in pairs for pair in pairwise(said)) / max(1, len(pairs)) for said in heard])


def _share(some: Matrix, every: Matrix) -> Matrix:
    return np.asarray(some / np.maximum(every, 1e-9))
