"""What differs between two versions of an article, sentence by sentence and in who, when and where. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from pipeline.sentences import split
from pipeline.types import Article, ArticleInfo, Sentence

Kind: TypeAlias = Literal["kept", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence and what became of it. Its place is in the text of the newer version, if removed in the older."""

    kind: Kind
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of an article, and what lies between them.

    `facts` are the metadata that differ: name, before, after. `changes` hold every sentence of both, in reading order,
    those removed before those added in their place.
    """

    old: ArticleInfo
    new: ArticleInfo
    facts: tuple[tuple[str, str, str], ...]
    changes: tuple[Change, ...]


def compare(old: Article, new: Article) -> Difference:
    """What differs between two versions; sentences that differ in white space only are the same."""
    before, after = sentences_of(old), sentences_of(new)
    matcher = SequenceMatcher(None, [_plain(s) for s in before], [_plain(s) for s in after], autojunk=False)
    changes: list[Change] = []
    for what, first, last, start, end in matcher.get_opcodes():
        if what != "equal":
            changes += [Change("removed", sentence) for sentence in before[first:last]]
        changes += [Change("kept" if what == "equal" else "added", sentence) for sentence in after[start:end]]
    facts = zip(_facts(old.info), _facts(new.info), strict=True)
    return Difference(old.info, new.info, tuple((name, a, b) for (name, a), (_, b) in facts if a != b), tuple(changes))


def sentences_of(article: Article) -> list[Sentence]:
    """The sentences of an article's standfirsts, subheads and paragraphs."""
    blocks = (block for block in article.blocks if block.role in ("standfirst", "subhead", "paragraph"))
    language = article.info.language
    return [sentence for block in blocks for sentence in split(article.text, block.start, block.end, language)]


def _plain(sentence: Sentence) -> str:
    return " ".join(sentence.text.split())


def _facts(info: ArticleInfo) -> Iterator[tuple[str, str]]:
    yield "title", info.title
    yield "source", info.source
    yield "authors", ", ".join(info.authors)
    yield "published", info.published or ""
    yield "modified", info.modified or ""
    yield "section", info.section
    yield "address", info.url
    yield "correction", info.correction.quote if info.correction else ""
