"""The writer that needs no model: it answers with the sentences of the evidence that bear the answer, word for word.

task → candidates (every evidence sentence, scored against every part of the question)
     → is there an answer at all? else a refusal that names what is missing
     → the best sentences, without repeating one another, in reading order, each with its mark
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from pipeline.questions import AskedFor, Part, Wants, content_stems, read_question, words
from pipeline.types import Evidence, Sentence
from pipeline.writing import MISSING, NO_ANSWER, Reply, Task, Writer

if TYPE_CHECKING:
    import numpy as np
    from langchain_core.embeddings import Embeddings
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature of a sentence adds to its score, and the score below which there is no answer."""

    coverage: float = 1.0
    context: float = 0.45
    similarity: float = 0.8
    rank: float = 0.25
    kind: float = 0.35
    dangling: float = -0.15
    answers_from: float = 0.95


WEIGHTS = Weights()
# A further sentence is added while its score is at least this share of the best one's.
KEEP_SHARE = 0.8
# At most so many sentences answer one part of a question.
PART_SENTENCES = 2
# Two sentences with this cosine say the same thing.
SAME = 0.9

_MONTH = r"(?:Jan|Febr?|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\p{L}*"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = regex.compile(
    rf"\b{_MONTH}\b|\b{_DAY}\b|\b(?:19|20)\d\d\b|\b\d{{1,2}}[:.]\d\d\b|\b(?:yesterday|today|tomorrow)\b"
)
_NUMBER = regex.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|half|third|"
    r"quarter|twice|double[ds]?|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b",
    regex.IGNORECASE,
)
_PROPER = regex.compile(r"(?<=[\p{Ll}\p{P}]\s)\p{Lu}\p{L}+")
_REASON = regex.compile(
    r"\b(?:because|since|due to|after|caused?|led to|blam\w+|owing|as a result|following|so that|in order)\b",
    regex.IGNORECASE,
)
_SAYS = regex.compile(
    r"[“\"]|\b(?:said|says|told|claim\w*|argu\w+|den\w+|warn\w*|blam\w+|add\w+|call\w+|accus\w+|convinc\w+|conclud\w+)\b",
    regex.IGNORECASE,
)
_SIGNS: dict[Wants, regex.Pattern[str]] = {
    "date": _DATE,
    "number": _NUMBER,
    "person": _PROPER,
    "place": _PROPER,
    "reason": _REASON,
    "quote": _SAYS,
}
_DANGLING = regex.compile(
    r"[“\"]?(?:He|She|They|It|This|That|These|Those|His|Her|Their|Its|The (?:group|company|agency|two))\b"
)
_MARK_LIKE = regex.compile(r"\[(?=[\d.,\s\-]+\])")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the evidence that may be part of an answer."""

    evidence: Evidence
    position: int
    sentence: Sentence
    stems: frozenset[str]
    context: frozenset[str]

    @property
    def mark(self) -> str:
        return f"[{self.evidence.number}.{self.position}]"

    @property
    def written(self) -> str:
        """The sentence and its mark; what only looks like a mark in the sentence is defused."""
        text = " ".join(_MARK_LIKE.sub("(", self.sentence.text).split())
        return f"{text} {self.mark}"


def extractive_writer(embeddings: Embeddings) -> Writer:
    """A writer of answers: `Task → Reply`, always the same for the same task."""
    from langchain_core.runnables import RunnableLambda

    return RunnableLambda(lambda task: Reply(write_answer(task, embeddings)), name="extractive writer")


def write_answer(task: Task, embeddings: Embeddings) -> str:
    """A draft made of whole evidence sentences, or a line that refuses and names what is missing."""
    asked = read_question(task.about)
    pool = candidates(task.evidence)
    if not pool:
        return f"{NO_ANSWER} The library holds nothing on this."
    missing = absent(asked, task.evidence)
    if missing:
        return f"{NO_ANSWER} {missing}"
    scores, vectors = score(asked, pool, embeddings)
    chosen: list[int] = []
    unanswered: list[Part] = []
    for part, row in zip(asked.parts, scores, strict=True):
        picked = _pick(part, row, pool, vectors, chosen)
        chosen.extend(picked)
        if not picked:
            unanswered.append(part)
    if not chosen:
        return f"{NO_ANSWER} {_not_said(asked, pool, scores)}"
    lines = [" ".join(candidate.written for candidate in _reading_order(chosen, pool))]
    lines += [f"{MISSING} Nothing in the evidence answers “{part.text.strip()}”." for part in unanswered]
    return "\n".join(lines)


def candidates(evidence: Sequence[Evidence]) -> list[Candidate]:
    """Every sentence of the evidence, with the stems of its words and of its surroundings (passage, heading, title)."""
    found: list[Candidate] = []
    for item in evidence:
        around = content_stems(f"{item.article.title} {item.passage.heading} {item.passage.text}")
        for position, sentence in enumerate(item.passage.sentences, 1):
            found.append(Candidate(item, position, sentence, content_stems(sentence.text), around))
    return found


def score(
    asked: AskedFor, pool: Sequence[Candidate], embeddings: Embeddings, weights: Weights = WEIGHTS
) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """How well each sentence answers each part, shape (parts, sentences), and the sentences' vectors."""
    import numpy as np

    from pipeline.embedding import embed

    texts = [part.text for part in asked.parts] + [asked.text] + [candidate.sentence.text for candidate in pool]
    vectors = embed(embeddings, texts)
    part_vectors, whole, sentences = (
        vectors[: len(asked.parts)],
        vectors[len(asked.parts)],
        vectors[len(asked.parts) + 1 :],
    )
    rarity = _rarity(pool)
    rows = []
    for part, part_vector in zip(asked.parts, part_vectors, strict=True):
        similarity = np.maximum(sentences @ part_vector, sentences @ whole)
        rows.append(
            [
                weights.coverage * _covered(part.terms, candidate.stems, rarity)
                + weights.context * _covered(asked.terms, candidate.context, rarity)
                + weights.similarity * float(closeness)
                + weights.rank / candidate.evidence.number
                + weights.kind * _shows(part.wants, candidate.sentence.text)
                + weights.dangling * is_dangling(candidate.sentence.text)
                for candidate, closeness in zip(pool, similarity, strict=True)
            ]
        )
    return np.asarray(rows), sentences


def is_dangling(text: str) -> bool:
    """Whether a sentence opens with a word that points to one before it: "He", "The group"."""
    return bool(_DANGLING.match(text))


def _rarity(pool: Sequence[Candidate]) -> dict[str, float]:
    """Inverse document frequency over the sentences at hand: what all of them share tells none of them apart."""
    frequency = Counter(stem for candidate in pool for stem in candidate.stems)
    return {stem: math.log(1 + len(pool) / count) for stem, count in frequency.items()}


def _covered(wanted: frozenset[str], stems: frozenset[str], rarity: dict[str, float]) -> float:
    """The share of the wanted stems that are there, weighted by rarity; an unseen stem weighs as the rarest."""
    if not wanted:
        return 0.0
    top = max(rarity.values(), default=1.0)
    weight = {stem: rarity.get(stem, top) for stem in wanted}
    return sum(weight[stem] for stem in wanted & stems) / sum(weight.values())


def _shows(wants: Wants, text: str) -> bool:
    """Whether a sentence holds the kind of thing that is wanted."""
    sign = _SIGNS.get(wants)
    return sign is not None and bool(sign.search(text))


def _pick(
    part: Part, row: NDArray[np.float64], pool: Sequence[Candidate], vectors: NDArray[np.float32], chosen: Sequence[int]
) -> list[int]:
    """The sentences that answer one part, best first; none when the best is too weak."""
    order = sorted(range(len(pool)), key=lambda index: (-row[index], index))
    best = row[order[0]]
    if best < WEIGHTS.answers_from:
        return []
    picked: list[int] = []
    for index in order:
        if row[index] < KEEP_SHARE * best or len(picked) == PART_SENTENCES:
            break
        if any(float(vectors[index] @ vectors[other]) > SAME for other in [*chosen, *picked]):
            if index in chosen and not picked:
                return []
            continue
        picked.append(index)
    return picked


def _reading_order(chosen: Sequence[int], pool: Sequence[Candidate]) -> list[Candidate]:
    """The chosen sentences, those of one article together and in its order, articles by their best sentence."""
    articles: list[str] = []
    for index in chosen:
        article_id = pool[index].evidence.article.id
        if article_id not in articles:
            articles.append(article_id)
    picked = [pool[index] for index in dict.fromkeys(chosen)]
    return sorted(picked, key=lambda item: (articles.index(item.evidence.article.id), item.sentence.start))


def absent(asked: AskedFor, evidence: Sequence[Evidence]) -> str:
    """What the question names that no evidence has: a name, a year; empty when everything is there."""
    seen: set[str] = set()
    years: set[str] = set()
    for item in evidence:
        text = f"{item.article.title} {item.article.source} {item.passage.heading} {item.passage.text}"
        seen.update(words(text))
        years.update(regex.findall(r"\b(?:19|20)\d\d\b", f"{text} {item.article.published or ''}"))
    for name in asked.names:
        parts = [word for word in words(name) if len(word) > 2]
        if parts and not any(word in seen for word in parts):
            return f"No article found here mentions “{name}”."
    missing_years = sorted(asked.years - years)
    if missing_years:
        return f"No article found here speaks of {' or '.join(missing_years)} in connection with this."
    return ""


def _not_said(asked: AskedFor, pool: Sequence[Candidate], scores: NDArray[np.float64]) -> str:
    """A gap in words: the question's words that the nearest article does not use."""
    nearest = pool[int(scores.max(axis=0).argmax())]
    unsaid = [word for word in dict.fromkeys(words(asked.text)) if content_stems(word) - nearest.context]
    about = f" Nothing there speaks of {', '.join(f'“{word}”' for word in unsaid[:4])}." if unsaid else ""
    return f"The nearest article, “{nearest.evidence.article.title}”, does not say.{about}"
