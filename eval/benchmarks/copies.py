"""Copies of one story: how many edited copies a library recognises, and how often it takes shared quotations for one.

Data: `articles.jsonl[.gz]` (`text`, `title`, `url`). Half of the articles go into a library; copies are made of these
by cutting, inserting, swapping words and writing a new lead, each from 1 to 40% of the text. The other half gives what
is inserted, and articles into which quotations of the first half are planted, up to 40% of their text: those are no
copies. Beside it stands what the digest of the whole text would find.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from eval.benchmarks.records import Record, find, read_records
from pipeline.cleaning import clean
from pipeline.errors import InputError
from pipeline.library import Library, open_library
from pipeline.library.records import kept_text, text_digest
from pipeline.sentences import split
from pipeline.settings import Settings
from pipeline.types import Article, RawArticle

if TYPE_CHECKING:
    from eval.benchmarks import Progress

SIZES = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4)
# Shorter texts are no stories: pages whose text was not found.
SHORTEST = 100
# Articles that are edited, each in every way.
EDITED = 200
_STORED_AT_ONCE = 200

Edit: TypeAlias = Callable[[str, Sequence[str], float, random.Random], str]


def run(data: Path, settings: Settings, limit: int | None, progress: Progress) -> dict[str, object]:
    """Store half of the articles (of the first `limit`), then ask of every edited copy what it is a copy of."""
    articles = _articles(read_records(find(data, "articles.jsonl"), ("text", "title", "url"), limit))
    held, others = articles[::2], articles[1::2]
    if not held or not others:
        raise InputError(f"The data folder {str(data)!r} holds fewer than two articles", "Give a folder with more")
    chance = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(Path(folder) / "library", create=True, embedding="none", dimension=1)
        with library:
            _fill(library, held, progress)
            return {
                **_figures(library, held[:EDITED], [_kept(article) for article in others], chance, progress),
                "articles_held": len(held),
                "articles_edited": len(held[:EDITED]),
            }


def cut(text: str, others: Sequence[str], size: float, chance: random.Random) -> str:
    """The text without its last words."""
    words = text.split(" ")
    return " ".join(words[: len(words) - round(size * len(words))])


def insert(text: str, others: Sequence[str], size: float, chance: random.Random) -> str:
    """The text with sentences of another one at random places."""
    sentences = [sentence.text for sentence in split(text)]
    for sentence in _sentences_of(others, size * len(text.split(" ")), chance):
        sentences.insert(chance.randrange(len(sentences) + 1), sentence)
    return " ".join(sentences)


def swap(text: str, others: Sequence[str], size: float, chance: random.Random) -> str:
    """The text with words at random places exchanged for words of another one."""
    words, strange = text.split(" "), chance.choice(others).split(" ")
    for place in chance.sample(range(len(words)), round(size * len(words))):
        words[place] = chance.choice(strange)
    return " ".join(words)


def lead(text: str, others: Sequence[str], size: float, chance: random.Random) -> str:
    """The text with sentences of another one in place of its first words."""
    words = text.split(" ")
    skipped = round(size * len(words))
    return " ".join([*_sentences_of(others, skipped, chance), *words[skipped:]])


EDITS: dict[str, Edit] = {"cut": cut, "insert": insert, "swap": swap, "lead": lead}


def quoting(text: str, other: str, size: float) -> str:
    """Another article in which sentences of the text are quoted, so many that they are this share of it."""
    kept, wanted = other.split(" "), size * len(other.split(" "))
    quotes: list[str] = []
    for sentence in split(text):
        if sum(len(quote.split(" ")) for quote in quotes) >= wanted:
            break
        quotes.append(f"“{sentence.text.translate(_NO_MARKS)}” she said.")
    middle = len(kept) // 2
    return " ".join([*kept[: middle // 2], *quotes, *kept[middle // 2 : len(kept) - round(wanted)]])


_NO_MARKS = dict.fromkeys(map(ord, '“”„«»"'), "'")


def _figures(
    library: Library, held: Sequence[Article], others: Sequence[str], chance: random.Random, progress: Progress
) -> dict[str, object]:
    found: dict[str, dict[str, float]] = {name: {} for name in EDITS}
    hits = same = made = 0
    for name, edit in EDITS.items():
        for size in SIZES:
            right = 0
            for article in held:
                edited = edit(_kept(article), others, size, chance)
                right += _group(library, article) in library.groups_alike(edited)
                same += text_digest(edited) == text_digest(_kept(article))
            found[name][f"{size:.0%}"] = right / len(held)
            hits, made = hits + right, made + len(held)
            progress(made, len(EDITS) * len(SIZES) * len(held), "edited copies")
    mistaken = asked = 0
    for place, article in enumerate(held):
        for size in SIZES:
            planted = quoting(_kept(article), others[place % len(others)], size)
            mistaken += _group(library, article) in library.groups_alike(planted)
            asked += 1
    return {
        "recall": hits / made,
        "precision": hits / max(1, hits + mistaken),
        "shared_quotations_taken_for_copies": mistaken / asked,
        "recall_of_the_whole_texts_digest": same / made,
        "recall_by_edit": found,
        "edited_copies": made,
        "shared_quotations": asked,
    }


def _articles(records: Sequence[Record]) -> list[Article]:
    articles: dict[bytes, Article] = {}
    for record in records:
        raw = RawArticle(record["text"], b"", "jsonl", record["url"], title=record["title"], url=record["url"])
        try:
            article = clean(raw)
        except InputError:
            continue
        if len(_kept(article).split()) >= SHORTEST:
            articles.setdefault(text_digest(_kept(article)), article)
    return list({article.key: article for article in articles.values()}.values())


def _fill(library: Library, held: Sequence[Article], progress: Progress) -> None:
    import numpy as np

    for start in range(0, len(held), _STORED_AT_ONCE):
        batch = held[start : start + _STORED_AT_ONCE]
        library.store_many([(article, (), np.empty((0, 1), dtype=np.float32)) for article in batch])
        progress(start + len(batch), len(held), "articles")


def _group(library: Library, article: Article) -> str:
    return library.article(article.info.id).info.origin_group


def _kept(article: Article) -> str:
    return kept_text(article.text, article.blocks)


def _sentences_of(others: Sequence[str], words: float, chance: random.Random) -> list[str]:
    """Sentences of one other text that have about so many words together."""
    chosen: list[str] = []
    for sentence in split(chance.choice(others)):
        if sum(len(text.split(" ")) for text in chosen) >= words:
            break
        chosen.append(sentence.text)
    return chosen
