"""What changed since an earlier briefing: held against the articles as they are now, not against how it was worded.

    earlier briefing, the library now, briefing → the briefing with each statement marked, and the changes first

A change is one of a source, so that writing the same anew is none:

    updated     a cited sentence reads otherwise now, or a newer article gives another figure for the same
    withdrawn   the cited article is gone, or does not say it any more
    new         a statement that rests on nothing the earlier briefing was written from, nor on an article of that time

An article that is gone is one change, however many statements rested on it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

import regex

from pipeline.grounding.quantities import quantities_in
from pipeline.questions import content_stems
from pipeline.sentences import split
from pipeline.types import Article, Briefing, Change, ChangeKind, Citation, Section, Statement

ArticleById: TypeAlias = Callable[[str], Article | None]
"""The article of this id, as it is now or was then; None when there is none."""

# An edited sentence is known again by this share of common words, counted as they stand (difflib's ratio).
SAME_SENTENCE = 0.6
# Sentences of two articles give values of the same thing when they share this much of the shorter one's stems.
SAME_THING = 0.6

_WORD = regex.compile(r"\S+")


def compare(earlier: Briefing, briefing: Briefing, then: ArticleById, article_of: ArticleById) -> Briefing:
    """The briefing with a mark on each statement and its changes since the earlier one, the withdrawn ones first.

    `then` gives the articles as they were when the earlier one was written: what it left out of those is not new.
    """
    found = _Comparison(earlier, then, article_of)
    sections = tuple(
        replace(section, statements=tuple(found.marked(statement) for statement in section.statements))
        for section in briefing.sections
    )
    order: dict[ChangeKind, int] = {"withdrawn": 0, "updated": 1, "new": 2}
    changes = sorted(found.changes, key=lambda change: order[change.kind])
    return replace(briefing, sections=sections, changes=tuple(changes))


def stale(briefing: Briefing, then: ArticleById, article_of: ArticleById) -> tuple[Change, ...]:
    """What of a briefing does not hold any more: withdrawn and updated, and what a later correction bears on.

    `then` gives the articles as they were when it was written.
    """
    changes = list(_Comparison(briefing, then, article_of).changes)
    told = {statement.text for change in changes for statement in change.before}
    for statement in _distinct(briefing.sections):
        for citation in statement.citations:
            was, now = then(citation.article.id), article_of(citation.article.id)
            correction = now.info.correction if now else None
            new = correction is not None and (was is None or was.info.correction != correction)
            if correction and new and statement.text not in told:
                told.add(statement.text)
                why = f"“{citation.article.title}” has been corrected since: “{correction.quote}”"
                changes.append(Change("updated", (), (statement,), (), why))
    return tuple(changes)


def values(before: str, now: str) -> tuple[tuple[str, str], ...]:
    """Where two wordings differ, word by word: what stood there and what stands there now."""
    old, new = _WORD.findall(before), _WORD.findall(now)
    return tuple(
        (" ".join(old[a:b]).rstrip(".,;"), " ".join(new[c:d]).rstrip(".,;"))
        for kind, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
        if kind != "equal"
    )


class _Comparison:
    """The changes of the sources of an earlier briefing, and of the statements that are marked after that."""

    def __init__(self, earlier: Briefing, then: ArticleById, article_of: ArticleById) -> None:
        self._then, self._article_of = then, article_of
        self._known = {
            (item.article.id, sentence.text) for item in earlier.evidence for sentence in item.passage.sentences
        }
        self._earlier = tuple(_distinct(earlier.sections))
        self._known |= {
            (citation.article.id, citation.quote) for statement in self._earlier for citation in statement.citations
        }
        self._rewritten: dict[tuple[str, str], Change] = {}
        self.changes = list(self._of_sources())

    def marked(self, statement: Statement) -> Statement:
        """The statement with what it is since the earlier briefing."""
        cited = [(citation.article.id, citation.quote) for citation in statement.citations]
        if any(place in self._rewritten for place in cited):
            return replace(statement, change="updated")
        if not cited or any(place in self._known or self._stood(*place) for place in cited):
            return replace(statement, change="unchanged")
        before = self._same_thing(statement)
        kind: ChangeKind = "updated" if before else "new"
        change = Change(kind, (statement,), before, values(before[0].text, statement.text) if before else ())
        if all(set(cited).isdisjoint(_places(other.now)) for other in self.changes):
            self.changes.append(change)
        return replace(statement, change=kind)

    def _of_sources(self) -> Iterator[Change]:
        gone: dict[str, list[Statement]] = {}
        told: set[tuple[str, str]] = set()
        for statement in self._earlier:
            lost = [citation for citation in statement.citations if not self._stands(citation)]
            removed = [citation for citation in lost if self._article_of(citation.article.id) is None]
            if statement.citations and len(removed) == len(statement.citations):
                gone.setdefault(removed[0].article.id, []).append(statement)
            for citation in lost:
                place = (citation.article.id, citation.quote)
                if place not in told and citation not in removed:
                    told.add(place)
                    yield self._reworded(statement, citation)
        for statements in gone.values():
            article = statements[0].citations[0].article
            name = f"“{article.title}” ({article.id})" if article.title else article.id
            yield Change("withdrawn", (), tuple(statements), (), f"{name} is not in the library any more")

    def _reworded(self, statement: Statement, citation: Citation) -> Change:
        """What became of a cited sentence that its article does not hold any more."""
        article = self._article_of(citation.article.id)
        assert article is not None
        words = _WORD.findall(citation.quote)
        best, now = max(
            (
                (difflib.SequenceMatcher(a=words, b=_WORD.findall(sentence.text), autojunk=False).ratio(), sentence)
                for block in article.blocks
                if block.role in ("paragraph", "standfirst")
                for sentence in split(article.text, block.start, block.end, article.info.language)
            ),
            key=lambda pair: pair[0],
            default=(0.0, None),
        )
        if now is None or best < SAME_SENTENCE:
            name = f"“{article.info.title}” ({article.info.id})"
            return Change("withdrawn", (), (statement,), (), f"{name} has changed and does not say this any more")
        there = Citation(article.info, now.start, now.end, now.text)
        change = Change(
            "updated",
            (Statement(now.text, "supported", (there,)),),
            (statement,),
            values(citation.quote, now.text),
            "the article has changed",
        )
        self._rewritten[article.info.id, now.text] = change
        return change

    def _stood(self, article_id: str, quote: str) -> bool:
        article = self._then(article_id)
        return article is not None and quote in article.text

    def _stands(self, citation: Citation) -> bool:
        article = self._article_of(citation.article.id)
        return article is not None and citation.quote in article.text

    def _same_thing(self, statement: Statement) -> tuple[Statement, ...]:
        """The earlier statement that gives another figure of the same thing; none when there is no such."""
        stems, figures = content_stems(statement.text), _figures(statement.text)
        for other in self._earlier:
            theirs, stood = content_stems(other.text), _figures(other.text)
            units = {unit for _, unit in figures} & {unit for _, unit in stood}
            shared = len(stems & theirs) / max(1, min(len(stems), len(theirs)))
            if shared >= SAME_THING and any(
                {low for low, unit in figures if unit == one} != {low for low, unit in stood if unit == one}
                for one in units
            ):
                return (other,)
        return ()


def _figures(text: str) -> frozenset[tuple[float, str]]:
    return frozenset((quantity.low, quantity.unit) for quantity in quantities_in(text) if quantity.kind == "single")


def _distinct(sections: Sequence[Section]) -> Iterator[Statement]:
    """The statements of a briefing, one for those that say the same, with all that they cite."""
    alike: dict[str, Statement] = {}
    for statement in (statement for section in sections for statement in section.statements):
        first = alike.setdefault(statement.text, statement)
        more = tuple(citation for citation in statement.citations if citation not in first.citations)
        alike[statement.text] = replace(first, citations=(*first.citations, *more))
    yield from alike.values()


def _places(statements: Iterable[Statement]) -> set[tuple[str, str]]:
    return {(citation.article.id, citation.quote) for statement in statements for citation in statement.citations}
