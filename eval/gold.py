"""Where the references of a suite stand in the articles as the system took them in.

Everything that is compared by place (retrieved passages, citations) is compared by these spans. Sentence boundaries
need not agree: two spans are about the same sentence when they share half of the shorter one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from eval.matching import contains
from eval.suite import Case, Nugget, Suite, Support, Topic, raise_if_any, supports
from pipeline.types import Article


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


def find_gold(suite: Suite, articles: Sequence[tuple[str, Article]]) -> dict[str, Gold]:
    """The gold spans by case and topic id; UnsoundSuite names every quote that is not in what its article kept."""
    by_name = named(suite, articles)
    gold: dict[str, Gold] = {}
    problems: list[str] = []
    for entry in suite.entries:
        found = [_find(support, by_name) for support in supports(entry)]
        problems += [f"{entry.id!r}: {problem}" for problem in found if isinstance(problem, str)]
        spans = tuple(span for span in found if isinstance(span, Span))
        gold[entry.id] = Gold(spans, tuple(_says(nugget, entry) for nugget in _nuggets(entry)))
    raise_if_any(problems, suite.folder)
    return gold


def named(suite: Suite, articles: Sequence[tuple[str, Article]]) -> dict[str, Article]:
    """The articles by the names that the cases use: the path under articles/, with `:LINE` for JSON Lines."""
    folder = Path(suite.articles_folder).absolute()
    return {
        PurePath(origin).relative_to(folder).as_posix(): article
        for origin, article in articles
        if PurePath(origin).is_relative_to(folder)
    }


def locate(quote: str, article: Article) -> Span | None:
    """The first place in the kept parts of an article that reads like the quote; white space may differ."""
    pattern = r"[\s\u200b]+".join(re.escape(word) for word in quote.split())
    spans = (Span(article.info.id, found.start(), found.end()) for found in re.finditer(pattern, article.text))
    return next((span for span in spans if _kept(span, article)), None)


def _find(support: Support, by_name: Mapping[str, Article]) -> Span | str:
    """The span of a supporting sentence, or what is wrong with it."""
    article = by_name.get(support.article)
    if article is None:
        return f"the article {support.article!r} was not taken in"
    span = locate(support.quote, article)
    if span is None:
        return f"not in the text that was kept of {support.article!r}: {support.quote!r}"
    return span


def _kept(span: Span, article: Article) -> bool:
    """Whether nothing of the span was left out; invisible characters within it do not count."""
    return not any(
        left_out.start < span.end and span.start < left_out.end and left_out.reason != "invisible characters"
        for left_out in article.left_out
    )


def _nuggets(entry: Case | Topic) -> tuple[Nugget, ...]:
    return entry.nuggets if isinstance(entry, Case) else tuple(fact.nugget for fact in entry.facts)


def _says(nugget: Nugget, entry: Case | Topic) -> frozenset[int]:
    quotes = [support.quote for support in supports(entry)]
    return frozenset(at for at, quote in enumerate(quotes) if any(contains(quote, form) for form in nugget.any))
