"""Which sentences make the answer: the best of each part, none that repeats another, no quotation cut in half."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import regex

from pipeline.extractive.candidates import Candidate, is_dangling, without_dateline
from pipeline.extractive.features import NEW_BELOW, Reading
from pipeline.extractive.referents import with_referent
from pipeline.extractive.tables import Matrix
from pipeline.questions import words

# Log odds below the best sentence down to which others are taken along, when there are several passages to choose
# from, and when there is only one, which somebody chose. Swept .5 to 9: in one passage (CLAPnq) ROUGE-L is .52 at 1.0
# and .555 at 2.5; in eight (RealTimeQA) going from 1.0 to 2.5 finds 3% more answers for 25% more sentences.
MARGIN, MARGIN_IN_ONE = 1.0, 2.5
# The same, by the log odds of `ranking`. On held-out stories .71 of the questions get their answer with .53 of what is
# given bearing it at 1.0, .72 with .51 at 1.2, .72 with .50 at 1.4.
MARGIN_RANKED = 1.2
# At most so many sentences for a question of one part, for each part of several, and for one about versions.
SENTENCES, SENTENCES_A_PART, SENTENCES_OF_VERSIONS = 3, 2, 4
# How far below the best a sentence of another article may be to count as another version.
VERSIONS_MARGIN = 2.0
# A further sentence is added when half of it still fits into so many words. Swept 50 to 90: ROUGE-L .53 at 60, .555 at
# 70, .548 at 85.
ANSWER_WORDS = 70
# Two sentences say the same when their embeddings are this close, or the shorter shares so many of its stems.
SAME_MEANING, SAME_STEMS = 0.9, 0.8
# What it is worth, in log odds, to stand right behind the sentence that a part refers back to, and next but one ("when
# was it hit, and what did they conclude from it?"). A judgement: the benchmarks ask no such questions.
CONTINUES = (2.0, 1.0)
# A sentence of fewer words is a scrap: a caption, a byline, the half of an abbreviation.
SCRAP = 4

_NUMBER = regex.compile(r"\d+(?:[.,]\d+)*")


def choose(reading: Reading, scores: Matrix, margin: float = MARGIN) -> list[list[int]]:
    """The sentences that answer each part, best first, as indices of the pool, by the scores (parts, sentences).

    Of several passages those down to `margin` below the best. A sentence may answer several parts. A question about
    versions is answered as a whole.
    """
    if reading.asked.versions and len({item.evidence.article.id for item in reading.pool}) > 1:
        versions = list(_versions(reading, scores.max(axis=0)))
        return [versions for _ in reading.asked.parts]
    margin = MARGIN_IN_ONE if reading.in_one else margin
    limit = SENTENCES if len(reading.asked.parts) == 1 else SENTENCES_A_PART
    chosen: list[list[int]] = []
    for part, row in enumerate(scores):
        taken = [index for earlier in chosen for index in earlier]
        if reading.asked.parts[part].refers_back and chosen and chosen[-1]:
            row = _continued(reading, row, chosen[-1][0])
        chosen.append(list(_best(reading, _of_its_kind(reading, part, row), taken, limit, margin)))
    return chosen


def is_whole(text: str) -> bool:
    """Whether every quotation that opens in a text closes in it."""
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0


def repeats(reading: Reading, one: int, other: int) -> bool:
    """Whether two sentences say the same; not if they differ in a number, which is what updates do."""
    a, b = reading.pool[one], reading.pool[other]
    if _numbers(a) != _numbers(b) and _numbers(a) and _numbers(b):
        return False
    shared = len(a.stems & b.stems) / max(1, min(len(a.stems), len(b.stems)))
    return shared > SAME_STEMS or float(reading.vectors[one] @ reading.vectors[other]) > SAME_MEANING


def in_reading_order(indices: Sequence[int], pool: Sequence[Candidate]) -> list[int]:
    """The sentences of one article together and in its order, the articles by their first one in `indices`."""
    articles = list(dict.fromkeys(pool[index].evidence.article.id for index in indices))
    return sorted(
        set(indices), key=lambda index: (articles.index(pool[index].evidence.article.id), pool[index].sentence.start)
    )


def by_date(indices: Sequence[int], pool: Sequence[Candidate]) -> list[int]:
    """Oldest article first; an undated one keeps to the end."""
    ordered = in_reading_order(indices, pool)
    return sorted(ordered, key=lambda index: pool[index].evidence.article.published or "9999")


def _continued(reading: Reading, row: Matrix, told: int) -> Matrix:
    """The scores of a part that refers back to what sentence `told` says: an article goes on with it right after."""
    scores = row.copy()
    scores[told] = -np.inf
    for further, worth in enumerate(CONTINUES, told + 1):
        if further < len(row) and reading.pool[further].evidence.number == reading.pool[told].evidence.number:
            scores[further] += worth
    return scores


def _of_its_kind(reading: Reading, part: int, row: Matrix) -> Matrix:
    """The scores of a part that wants a number or a date, without the sentences that have none, if the best has one."""
    lacks = reading.of("lacks kind", part) > 0
    if reading.asked.parts[part].wants not in ("number", "date") or lacks[np.argmax(row)]:
        return row
    return np.where(lacks, -np.inf, row)


def _best(reading: Reading, row: Matrix, taken: Sequence[int], limit: int, margin: float) -> Iterator[int]:
    """The best sentences of a part; up to one that an earlier part has taken, which answers this one too."""
    picked: list[int] = []
    length = 0
    for index in _ranked(reading, row):
        if picked and (row[index] < row[picked[0]] - margin or len(picked) >= limit):
            break
        unit = _with_quotation(reading, index)
        if not picked and len(unit) == 1:
            unit = _with_antecedent(reading, index)
        if not unit or any(repeats(reading, index, other) for other in picked):
            continue
        size = sum(len(words(reading.pool[each].sentence.text)) for each in unit)
        if picked and length + size / 2 > ANSWER_WORDS:
            break
        picked += [each for each in unit if each not in picked]
        length += size
        if index in taken:
            break
    yield from picked


def _versions(reading: Reading, row: Matrix) -> Iterator[int]:
    """The best sentence of each article, and others of it with other numbers, while near the best."""
    picked: list[int] = []
    for index in _ranked(reading, row):
        if picked and (row[index] < row[picked[0]] - VERSIONS_MARGIN or len(picked) >= SENTENCES_OF_VERSIONS):
            break
        item = reading.pool[index]
        article = item.evidence.article.id
        same_article = [other for other in picked if reading.pool[other].evidence.article.id == article]
        told = {number for other in same_article for number in _numbers(reading.pool[other])}
        if same_article and (len(same_article) == 2 or not _numbers(item) - told):
            continue
        if any(repeats(reading, index, other) for other in picked):
            continue
        picked += [each for each in _with_quotation(reading, index) if each not in picked]
    yield from picked


def _ranked(reading: Reading, row: Matrix) -> Iterator[int]:
    """Best first, equal scores by place; without questions and scraps."""
    for index in np.argsort(-row, kind="stable").tolist():
        text = reading.pool[index].sentence.text
        if len(words(text)) >= SCRAP and not text.rstrip("”\"'’").endswith("?"):
            yield index


def _with_quotation(reading: Reading, index: int) -> list[int]:
    """The sentence, with a neighbour that closes its quotation; nothing when none does."""
    pool = reading.pool
    if is_whole(pool[index].sentence.text):
        return [index]
    for other in (index + 1, index - 1):
        if 0 <= other < len(pool) and pool[other].evidence.number == pool[index].evidence.number:
            pair = sorted((index, other))
            if is_whole(" ".join(pool[each].sentence.text for each in pair)):
                return [index, other]
    return []


def _with_antecedent(reading: Reading, index: int) -> list[int]:
    """The sentence, with the one before it when it opens with a word that points there and cannot be explained.

    Where the sentence before speaks of what the question speaks of, "she" is what was asked about.
    """
    item = reading.pool[index]
    before = item.evidence.passage.sentences[: item.position - 1]
    if not before or not is_dangling(item.sentence.text) or with_referent(item.sentence, before) != item.sentence.text:
        return [index]
    earlier = index - 1
    if earlier < 0 or reading.pool[earlier].evidence.number != item.evidence.number or not is_whole(before[-1].text):
        return [index]
    return [index] if reading.tables.hits[:, earlier].max() >= NEW_BELOW else [index, earlier]


def _numbers(item: Candidate) -> frozenset[str]:
    return frozenset(_NUMBER.findall(without_dateline(item.sentence.text)))
