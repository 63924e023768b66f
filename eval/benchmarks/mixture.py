"""A library of any size, mixed from the sentences of a corpus: for measuring speed, not quality.

Every made-up article takes its sentences from a few real ones, so that words are as frequent, and vectors as spread,
as in real news. Vectors are not embedded one by one: a static vector is the mean of a text's token vectors, and so the
mean of its sentences' vectors by their lengths.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from eval.benchmarks.records import read_records, read_text
from pipeline.embedding import StaticEmbeddings, unit
from pipeline.errors import InputError
from pipeline.sentences import split
from pipeline.types import Article, ArticleInfo, Block, Passage, Sentence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from eval.benchmarks import Progress
    from pipeline.library import Library, Submission

# An article as news has them: so many passages of so many sentences, some 130 words each.
PASSAGES = 8
SENTENCES = 6
# Sentences to mix from; more say nothing new about speed.
_MOST_SENTENCES = 60_000
_SOURCES = 4
_PUBLISHERS = [f"Publisher {number}" for number in range(40)]
_FIRST_DAY = date(2015, 1, 1)
_DAYS = 4_000
# Articles stored in one transaction.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Corpus:
    """Real sentences, grouped by article, with the sums of their token vectors; and titles to head articles with."""

    titles: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]
    sums: tuple[NDArray[np.float32], ...]


def read_corpus(data: Path) -> Corpus:
    """The sentences of `articles.jsonl[.gz]` in a folder, or of its text files; InputError for a folder of none."""
    texts = _texts(data)
    titles, groups, total = [], [], 0
    for title, text in texts:
        found = tuple(sentence.text for sentence in split(text) if 30 <= len(sentence.text) <= 400)
        if len(found) < SENTENCES:
            continue
        titles.append(title)
        groups.append(found)
        total += len(found)
        if total >= _MOST_SENTENCES:
            break
    if not groups:
        raise InputError(
            f"The data folder {str(data)!r} holds no articles", "Give one with articles.jsonl or .txt files"
        )
    model = StaticEmbeddings()
    sums = tuple(model.token_sums(group) for group in groups)
    return Corpus(tuple(titles), tuple(groups), sums)


def mixed(corpus: Corpus, passages: int, seed: int = 0) -> Iterator[Submission]:
    """Made-up articles with `passages` passages between them, and their vectors."""
    dice = random.Random(seed)
    for number in range(-(-passages // PASSAGES)):
        yield _article(corpus, number, min(PASSAGES, passages - number * PASSAGES), dice)


def fill(library: Library, corpus: Corpus, passages: int, progress: Progress) -> None:
    """Store made-up articles in the library, and bring its indexes up to date.

    All of them share sentences with a hundred others, as no articles do but copies: they are not held against each
    other, which would take as long as all the rest.
    """
    batch: list[Submission] = []
    done = 0
    with library.writer():
        for submission in mixed(corpus, passages):
            batch.append(submission)
            done += len(submission[1])
            if len(batch) == _BATCH:
                library.store_many(batch, copies=False)
                batch = []
                progress(done, passages, "passages stored")
        library.store_many(batch, copies=False)


def questions(corpus: Corpus, count: int, seed: int = 1) -> list[str]:
    """Questions made of headlines and sentences, as many words as people ask in: five to fifteen."""
    dice = random.Random(seed)
    asked = []
    for _ in range(count):
        group = dice.choice(corpus.sentences)
        words = dice.choice([dice.choice(corpus.titles), dice.choice(group)]).split()
        start = dice.randrange(max(1, len(words) - 10))
        asked.append(" ".join(words[start : start + dice.randint(5, 15)]) + "?")
    return asked


def _texts(data: Path) -> Iterator[tuple[str, str]]:
    for path in (data / "articles.jsonl", data / "articles.jsonl.gz"):
        if path.is_file():
            yield from ((str(each.get("title", "")), str(each["text"])) for each in read_records(path, ("text",)))
            return
    for path in sorted(data.rglob("*.txt")):
        text = read_text(path)
        yield text.strip().split("\n")[0][:120], text


def _article(corpus: Corpus, number: int, passages: int, dice: random.Random) -> Submission:
    groups = [dice.randrange(len(corpus.sentences)) for _ in range(_SOURCES)]
    title = corpus.titles[groups[0]]
    lines: list[list[str]] = []
    vectors = np.zeros((passages, corpus.sums[0].shape[1]), dtype=np.float32)
    for ordinal in range(passages):
        picked = [(group, dice.randrange(len(corpus.sentences[group]))) for group in dice.choices(groups, k=SENTENCES)]
        lines.append([corpus.sentences[group][place] for group, place in picked])
        for group, place in picked:
            vectors[ordinal] += corpus.sums[group][place]
    text = "\n".join(" ".join(line) for line in lines)
    identity = f"{number:016x}"
    day = (_FIRST_DAY + timedelta(days=dice.randrange(_DAYS))).isoformat()
    info = ArticleInfo(identity, title, dice.choice(_PUBLISHERS), f"https://news.example/{number}", day, (), "en")
    at = 0
    blocks, cut = [], []
    for ordinal, line in enumerate(lines):
        begun, said = at, []
        for sentence in line:
            said.append(Sentence(at, at + len(sentence), sentence))
            at += len(sentence) + 1
        blocks.append(Block(begun, at - 1, "paragraph"))
        cut.append(Passage(identity, ordinal, tuple(said), sum(len(each.text) for each in said) // 5))
    article = Article(info, info.url, text, b"", "text", f"mixture:{number}", tuple(blocks), ())
    return article, cut, unit(vectors)
