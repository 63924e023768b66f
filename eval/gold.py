"""Where the references of a suite stand in the articles as the system took them in.

Everything that is compared by place (retrieved passages, citations) is compared by these spans. Sentence boundaries
need not agree: two spans are about the same sentence when they share half of the shorter one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path, PurePath
from typing import TypeVar

from eval.matching import contains
from eval.suite import Case, Conflict, Nugget, Suite, Support, Topic, raise_if_any, supports
from pipeline.sentences import split
from pipeline.types import Article, ArticleInfo, Filters

_T = TypeVar("_T")

# The blocks that passages are cut from.
_RETRIEVED = frozenset({"paragraph", "standfirst"})

# difflib's ratio from which a sentence passes for a misquoted one: a word changed in ten gives some 0.9.
_CLOSE = 0.6


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of an article."""

    article_id: str
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least half of the shorter one."""
        if self.article_id != other.article_id:
            return False
        shared = min(self.end, other.end) - max(self.start, other.start)
        return 2 * shared >= min(self.end - self.start, other.end - other.start) > 0


@dataclass(frozen=True, slots=True)
class Gold:
    """The supporting sentences of a case as spans, and for each nugget which of them (by index) say it."""

    spans: tuple[Span, ...] = ()
    nuggets: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True)
class Edition:
    """The articles by name as they stand from a day on (None: from the beginning), and why others were refused."""

    day: date | None
    articles: Mapping[str, Article]
    refused: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Article]:
        return {article.info.id: article for article in self.articles.values()}

    @cached_property
    def names(self) -> dict[str, str]:
        """The names by id."""
        return {article.info.id: name for name, article in self.articles.items()}


def edition_of(entry: Case | Topic | Conflict, editions: Sequence[Edition]) -> Edition:
    """The last edition of the day that a case is `as_of`; the last of all for the others."""
    as_of = entry.filters.as_of if isinstance(entry, Case) else None
    return [each for each in editions if as_of is None or each.day is None or each.day <= as_of][-1]


def find_gold(suite: Suite, editions: Sequence[Edition]) -> dict[str, Gold]:
    """The gold spans by id of case, topic and conflict; UnsoundSuite names every quote that is not in what its article
    kept, or that the filters of its case leave out."""
    gold: dict[str, Gold] = {}
    problems: list[str] = []
    for entry in (*suite.entries, *suite.conflicts):
        edition = edition_of(entry, editions)
        filters = entry.filters if isinstance(entry, Case) else Filters()
        found = [_find(support, edition, filters) for support in supports(entry)]
        problems += [f"{entry.place} {entry.id!r}: {problem}" for problem in found if isinstance(problem, str)]
        spans = tuple(span for span in found if isinstance(span, Span))
        gold[entry.id] = Gold(spans, tuple(_says(nugget, entry) for nugget in _nuggets(entry)))
    raise_if_any(problems, suite.folder)
    return gold


def named(suite: Suite, found: Iterable[tuple[str, _T]]) -> dict[str, _T]:
    """What was found at each place, by the names that the cases use: the path under articles/, with `:LINE` for JSON
    Lines."""
    folder = Path(suite.articles_folder).absolute()
    return {
        PurePath(origin).relative_to(folder).as_posix(): value
        for origin, value in found
        if PurePath(origin).is_relative_to(folder)
    }


def quotable(article: Article) -> list[str]:
    """The sentences that can be retrieved from an article, as a quote has them."""
    return [
        sentence.text
        for block in article.blocks
        if block.role in _RETRIEVED
        for sentence in split(article.text, block.start, block.end, article.info.language)
    ]


def locate(quote: str, article: Article) -> Span | None:
    """The first place that reads like the quote and can be retrieved; white space may differ."""
    return next((span for span in _places(quote, article) if not _out_of_reach(span, article)), None)


def _places(quote: str, article: Article) -> Iterator[Span]:
    """Where the quote stands as it is written, then where it stands with other white space."""
    at = article.text.find(quote)
    while at >= 0:
        yield Span(article.info.id, at, at + len(quote))
        at = article.text.find(quote, at + 1)
    pattern = r"[\s\u200b]+".join(re.escape(word) for word in quote.split())
    for found in re.finditer(pattern, article.text):
        yield Span(article.info.id, found.start(), found.end())


def _find(support: Support, edition: Edition, filters: Filters) -> Span | str:
    """The span of a supporting sentence, or what is wrong with it."""
    article = edition.articles.get(support.article)
    if article is None:
        why = edition.refused.get(support.article)
        when = f" as of {filters.as_of}" if filters.as_of else ""
        return f"the article {support.article!r} was not taken in{when}" + (f": {why}" if why else "")
    if _left_out(article.info, filters):
        return f"its filters leave the article {support.article!r} out, of {article.info.published or 'no date'}"
    return locate(support.quote, article) or _not_there(support, article)


def _left_out(info: ArticleInfo, filters: Filters) -> bool:
    """Whether the filters of a question keep an article from it, by its day and its source."""
    day = date.fromisoformat(info.published[:10]) if info.published else None
    until = min((last for last in (filters.until, filters.as_of) if last), default=date.max)
    undated = day is None and bool(filters.since or filters.until)
    sources = {source.casefold() for source in filters.sources}
    return (
        undated
        or bool(day and not (filters.since or date.min) <= day <= until)
        or bool(sources and info.source.casefold() not in sources)
    )


def _not_there(support: Support, article: Article) -> str:
    """That a quote is not in what was kept of its article, and why or what was probably meant."""
    missing = f"not in the text that was kept of {support.article!r}: {support.quote!r}"
    for span in _places(support.quote, article):
        return f"{missing}; it stands there as {_out_of_reach(span, article)}, which is never retrieved"
    close = get_close_matches(support.quote, quotable(article), n=1, cutoff=_CLOSE)
    return f"{missing}; the nearest sentence there is {close[0]!r}" if close else missing


def _out_of_reach(span: Span, article: Article) -> str | None:
    """What a span is that no passage has: a kind of residue, or a headline; None for one that can be retrieved.
    Invisible characters within it do not count."""
    around = [
        left_out.reason
        for left_out in article.left_out
        if left_out.start < span.end and span.start < left_out.end and left_out.reason != "invisible characters"
    ]
    roles = [block.role for block in article.blocks if block.start < span.end and span.start < block.end]
    return next((name for name in (*around, *roles) if name not in _RETRIEVED), None)


def _nuggets(entry: Case | Topic | Conflict) -> tuple[Nugget, ...]:
    if isinstance(entry, Conflict):
        return ()
    return entry.nuggets if isinstance(entry, Case) else tuple(fact.nugget for fact in entry.facts)


def _says(nugget: Nugget, entry: Case | Topic | Conflict) -> frozenset[int]:
    quotes = [support.quote for support in supports(entry)]
    return frozenset(at for at, quote in enumerate(quotes) if any(contains(quote, form) for form in nugget.any))
