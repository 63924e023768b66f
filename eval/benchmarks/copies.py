"""Copies of one story: how many edited copies a library recognises, and how often it takes what is shared for one.

Data: `articles.jsonl[.gz]` (`text`, `title`, `url`). Half of the articles go into a library; copies are made of these
by cutting, inserting, swapping words, rewriting, writing a new lead and shuffling parts, each from 1 to 40% of the
text. The other half gives what is inserted, and articles into which quotations or whole passages of the first half are
planted, up to 40% of the shorter: those are no copies. Beside it stands what the digest of the whole text would find.

A `limit` beyond the articles there are is met with made-up ones: the same articles with the long words of each round
exchanged for one another, so that words stay as frequent and texts as long, but nothing is said twice. They are stored
one by one, timed, and the copies are looked for among all.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from eval.benchmarks.records import Record, find, read_records
from pipeline.cleaning import clean
from pipeline.errors import InputError
from pipeline.library import Library, open_library
from pipeline.library.records import kept_text, text_digest
from pipeline.sentences import split
from pipeline.settings import Settings
from pipeline.types import Article, ArticleInfo, Block, RawArticle

if TYPE_CHECKING:
    from eval.benchmarks import How, Progress

SIZES = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4)
# Shorter texts are no stories: pages whose text was not found.
SHORTEST = 100
# Articles that are edited, each in every way.
EDITED = 200
_STORED_AT_ONCE = 200

# Words that are exchanged in made-up articles.
_LONG_WORD = re.compile(r"[A-Za-z]{4,}")

Edit: TypeAlias = Callable[[str, Sequence[str], float, random.Random], str]


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """Store half of the articles (of the first `limit`), then ask of every edited copy what it is a copy of."""
    articles = _articles(read_records(find(data, "articles.jsonl"), ("text", "title", "url"), limit))
    held, others = articles[::2], articles[1::2]
    if not held or not others:
        raise InputError(f"The data folder {str(data)!r} holds fewer than two articles", "Give a folder with more")
    chance = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(Path(folder) / "library", create=True, embedding="none", dimension=1)
        with library:
            wanted = max(len(held), limit or 0) if (limit or 0) > len(articles) else len(held)
            filled = _fill(library, held, wanted, progress)
            return {
                **_figures(library, held[:EDITED], [_kept(article) for article in others], chance, progress),
                "articles_held": wanted,
                "articles_edited": len(held[:EDITED]),
                **filled,
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


def rewrite(text: str, others: Sequence[str], size: float, chance: random.Random) -> str:
    """The text with words at random places dropped, exchanged for words of another one, or followed by one."""
    words, strange = text.split(" "), chance.choice(others).split(" ")
    for place in chance.sample(range(len(words)), round(size * len(words))):
        words[place] = chance.choice(("", chance.choice(strange), f"{words[place]} {chance.choice(strange)}"))
    return " ".join(word for word in words if word)


def shuffle(text: str, others: Sequence[str], size: float, chance: random.Random) -> str:
    """The text in parts of this size (a tenth at least), in another order."""
    sentences = [sentence.text for sentence in split(text)]
    length = max(1, round(max(0.1, size) * len(sentences)))
    parts = [sentences[at : at + length] for at in range(0, len(sentences), length)]
    chance.shuffle(parts)
    return " ".join(sentence for part in parts for sentence in part)


EDITS: dict[str, Edit] = {
    "cut": cut,
    "insert": insert,
    "swap": swap,
    "rewrite": rewrite,
    "lead": lead,
    "shuffle": shuffle,
}


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


def backgrounding(text: str, other: str, size: float) -> str:
    """Another article with a passage of the text in its middle, this share of the shorter one."""
    kept, words = other.split(" "), text.split(" ")
    taken = round(size * min(len(kept), len(words)))
    begun, middle = (len(words) - taken) // 2, (len(kept) - taken) // 2
    return " ".join([*kept[:middle], *words[begun : begun + taken], *kept[middle + taken :]])


SHARED: dict[str, Callable[[str, str, float], str]] = {"quotations": quoting, "passages": backgrounding}

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
    mistaken = dict.fromkeys(SHARED, 0)
    for name, planted in SHARED.items():
        for place, article in enumerate(held):
            for size in SIZES:
                text = planted(_kept(article), others[place % len(others)], size)
                mistaken[name] += _group(library, article) in library.groups_alike(text)
    asked = len(held) * len(SIZES)
    return {
        "recall": hits / made,
        "precision": hits / max(1, hits + sum(mistaken.values())),
        "shared_quotations_taken_for_copies": mistaken["quotations"] / asked,
        "shared_passages_taken_for_copies": mistaken["passages"] / asked,
        "recall_of_the_whole_texts_digest": same / made,
        "recall_by_edit": found,
        "edited_copies": made,
        "shared_quotations": asked,
        "shared_passages": asked,
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


def _fill(library: Library, held: Sequence[Article], wanted: int, progress: Progress) -> dict[str, object]:
    """Store these articles and made-up ones up to `wanted`: how fast, and in how much memory."""
    import numpy as np

    rates: list[float] = []
    made = _made_up(held, wanted)
    for start in range(0, wanted, _STORED_AT_ONCE):
        batch = [next(made) for _ in range(min(_STORED_AT_ONCE, wanted - start))]
        begun = time.perf_counter()
        library.store_many([(article, (), np.empty((0, 1), dtype=np.float32)) for article in batch])
        rates.append(len(batch) / (time.perf_counter() - begun))
        progress(start + len(batch), wanted, "articles")
    tenth = max(1, len(rates) // 10)
    # The unit is kilobytes, on macOS bytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {
        "stored_a_second_first_tenth": sum(rates[:tenth]) / tenth,
        "stored_a_second_last_tenth": sum(rates[-tenth:]) / tenth,
        "peak_megabytes": peak / 1e6,
    }


def _made_up(held: Sequence[Article], wanted: int) -> Iterator[Article]:
    """The articles as they are, then over and over with their long words exchanged, each round in another way."""
    yield from held
    words = sorted({word for article in held for word in _LONG_WORD.findall(_kept(article))})
    for number in range(1, -(-wanted // len(held))):
        other = words.copy()
        random.Random(number).shuffle(other)
        exchanged = dict(zip(words, other, strict=True))
        for article in held:
            text = _exchanged(_kept(article), exchanged)
            info: ArticleInfo = replace(article.info, id=f"{number:04x}{article.info.id}"[:16], url="")
            key, blocks = f"{number}|{article.key}", (Block(0, len(text), "paragraph"),)
            yield Article(info, key, text, b"", "text", key, blocks, ())


def _exchanged(text: str, others: Mapping[str, str]) -> str:
    return _LONG_WORD.sub(lambda found: others[found[0]], text)


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
