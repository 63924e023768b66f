"""Answers and briefings as one self-contained HTML page: no script, no remote asset, nothing active in it.

The page is made by the jinja2 templates beside this module, with autoescape on; every string they get has been through
`safe`. Its content security policy forbids everything but the page's own style sheet, by the sheet's digest. Anchors
are numbers: `s3` is the first mark of citation 3 in the text, `c3` that citation in the list, `q3` its characters in
the article below. Under a pointer a mark shows its quote and a click leads to it in the article; without a pointer,
a tap shows it, for as long as the mark has the focus.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline.rendering.carriers import one_story
from pipeline.rendering.footnotes import (
    Footnotes,
    change_count,
    counted,
    day,
    flows,
    footnotes,
    support_share,
    title_of,
    told_changes,
    told_understood,
    why_flagged,
    written_by,
)
from pipeline.rendering.picture import Picture, drawn
from pipeline.rendering.safe import link, one_line, plain

if TYPE_CHECKING:
    from jinja2 import Environment

    from pipeline.types import (
        Answer,
        Article,
        ArticleInfo,
        Briefing,
        ChangeKind,
        Citation,
        Evidence,
        SectionKind,
        Statement,
        Support,
    )

_NO_ARTICLES: Mapping[str, Article] = MappingProxyType({})

CONTEXT_LENGTH = 300
"""Characters of its paragraph that a quote is shown with on either side: about four lines of the sources column."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def answer_html(answer: Answer, articles: Mapping[str, Article] = _NO_ARTICLES) -> str:
    """The page of an answer. Given the cited articles by id, it shows them, and each quote in its paragraph."""
    notes = footnotes(answer.statements)
    sources = _sources(notes, articles, answer.evidence)
    marks = _Marks(sources["citations"])
    return _page(
        "answer.html.j2",
        kind="Answer",
        title=one_line(answer.question),
        understood=told_understood(answer.understood),
        status=answer.status,
        statements=_lines(answer.statements, notes, marks),
        gaps=[one_line(gap) for gap in answer.gaps],
        facts=_facts(answer.statements, notes),
        share=support_share(answer.statements),
        written=written_by(answer.model, answer.usage),
        **sources,
    )


def briefing_html(briefing: Briefing, articles: Mapping[str, Article] = _NO_ARTICLES) -> str:
    """The page of a briefing. Given the cited articles by id, it shows them, and each quote in its paragraph."""
    statements = [statement for section in briefing.sections for statement in section.statements]
    notes = footnotes(statements)
    sources = _sources(notes, articles, briefing.evidence)
    marks = _Marks(sources["citations"])
    return _page(
        "briefing.html.j2",
        kind="Briefing",
        title=one_line(briefing.topic),
        understood=told_understood(briefing.understood),
        status=briefing.status,
        compared=change_count(briefing),
        changes=[(kind, one_line(told)) for kind, told in told_changes(briefing)],
        sections=[
            _Part(
                section.kind,
                one_line(section.title),
                flows(section, number),
                number == 0,
                [one_line(label) for label, _ in section.labelled],
                _lines(section.statements, notes, marks),
                drawn(section) if section.kind == "timeline" else None,
            )
            for number, section in enumerate(briefing.sections)
        ],
        gaps=[one_line(gap) for gap in briefing.gaps],
        facts=_facts(statements, notes),
        share=support_share(statements),
        written=written_by(briefing.model, briefing.usage),
        **sources,
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    """A footnote number in the text; the first one of a number carries the anchor that the citation points back to."""

    number: int
    first: bool
    cited: _Cited


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    support: Support
    why: str
    marks: tuple[_Mark, ...]
    change: ChangeKind | None


@dataclass(frozen=True, slots=True)
class _Part:
    """A section: whether it is prose, whether it leads, and a label for each line, empty where there is none.

    `picture` is the timeline drawn, None for any other section and where it cannot be drawn.
    """

    kind: SectionKind
    title: str
    flows: bool
    leads: bool
    labels: list[str]
    lines: list[_Line]
    picture: Picture | None = None

    @property
    def disputes(self) -> list[tuple[str, list[tuple[list[_Line], str, str]]]]:
        """For a table of disagreements: what each is about, and its rows: claims, the values that differ, who reports
        them. The first label of each says what it is about ("trains that ran: 38 per cent · The Dispatch")."""
        disputes: list[tuple[str, list[tuple[list[_Line], str, str]]]] = []
        for label, line in zip(self.labels, self.lines, strict=True):
            told, _, source = label.rpartition(" · ")
            about, starts, values = told.partition(": ")
            if starts or not disputes:
                disputes.append((about if starts else "", []))
            rows = disputes[-1][1]
            if label or not rows:
                rows.append(([line], values if starts else told, source))
            else:
                rows[-1][0].append(line)
        return disputes


@dataclass(frozen=True, slots=True)
class _About:
    """What is shown of an article. `address` is None unless it may be a link; `host` is what the link is called."""

    title: str
    source: str
    day: str
    id: str
    address: str | None
    host: str
    language: str


@dataclass(frozen=True, slots=True)
class _Cited:
    """A citation in the list: the quote, the words of its paragraph around it, and whether the page has the article."""

    number: int
    before: str
    quote: str
    after: str
    about: _About
    in_page: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters of an article, and the citations that quote them. `starts` are those that begin here."""

    text: str
    numbers: tuple[int, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    about: _About
    carried: str
    blocks: tuple[tuple[str, tuple[_Piece, ...]], ...]


def _page(template: str, **values: Any) -> str:
    environment, style, digest = _templates()
    return environment.get_template(template).render(style=style, style_digest=digest, **values)


@lru_cache(maxsize=1)
def _templates() -> tuple[Environment, Any, str]:
    """The templates, the style sheet as markup, and its digest as the content security policy names it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    loader = PackageLoader("pipeline.rendering", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style, _, _ = loader.get_source(environment, "style.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment, Markup(style), f"sha256-{digest}"


def _facts(statements: Sequence[Statement], notes: Footnotes) -> str:
    """The line under the title: "from 3 articles · 2 statements to check"."""
    articles = len({citation.article.id for citation in notes.citations})
    flagged = sum(statement.support != "supported" for statement in statements)
    parts = [f"from {counted(articles, 'article')}"] if articles else []
    parts += [f"{counted(flagged, 'statement')} to check"] if flagged else []
    return " · ".join(parts)


class _Marks:
    """Gives out the marks of a page."""

    def __init__(self, citations: Sequence[_Cited]) -> None:
        self._citations = citations
        self._used: set[int] = set()

    def mark(self, number: int) -> _Mark:
        first = number not in self._used
        self._used.add(number)
        return _Mark(number, first, self._citations[number - 1])


def _lines(statements: Iterable[Statement], notes: Footnotes, marks: _Marks) -> list[_Line]:
    """Statements as the templates want them."""
    return [
        _Line(
            one_line(statement.text),
            statement.support,
            "" if statement.support == "supported" else why_flagged(statement),
            tuple(marks.mark(number) for number in notes.of(statement)),
            statement.change if statement.change in ("new", "updated") else None,
        )
        for statement in statements
    ]


def _sources(notes: Footnotes, articles: Mapping[str, Article], evidence: Sequence[Evidence]) -> dict[str, Any]:
    """The citations, and the cited articles of which the page can show the text."""
    held: dict[str, list[tuple[int, Citation]]] = {}
    told = one_story((citation.article for citation in notes.citations), evidence)
    cited = []
    for number, citation in enumerate(notes.citations, start=1):
        article = articles.get(citation.article.id)
        # A newer version of the article has other characters at these offsets: then the quote stands alone.
        if article is None or article.text[citation.start : citation.end] != citation.quote:
            cited.append(_Cited(number, "", one_line(citation.quote), "", _about(citation.article), in_page=False))
            continue
        held.setdefault(citation.article.id, []).append((number, citation))
        before, after = _around(article, citation)
        cited.append(_Cited(number, before, plain(citation.quote), after, _about(citation.article), in_page=True))
    return {
        "citations": cited,
        "sources": [
            _source(articles[article_id], citations, told.get(article_id, "")) for article_id, citations in held.items()
        ],
    }


def _about(article: ArticleInfo) -> _About:
    address = link(article.url)
    return _About(
        title=title_of(article),
        source=one_line(article.source),
        day=day(article.published),
        id=one_line(article.id),
        address=address,
        host=(urlsplit(address).hostname or "") if address else "",
        language=article.language if _LANGUAGE.fullmatch(article.language) else "",
    )


def _around(article: Article, citation: Citation) -> tuple[str, str]:
    """The words of the citation's block before and after it, cut between words when they are many."""
    start, end = citation.start, citation.end
    for block in article.blocks:
        if block.start <= start < block.end:
            before = _tail(plain(article.text[block.start : start]).lstrip())
            return before, _head(plain(article.text[end : block.end]).rstrip())
    return "", ""


def _tail(text: str) -> str:
    if len(text) <= CONTEXT_LENGTH:
        return text
    return f"… {text[-CONTEXT_LENGTH:].partition(' ')[2]}"


def _head(text: str) -> str:
    if len(text) <= CONTEXT_LENGTH:
        return text
    return f"{text[:CONTEXT_LENGTH].rpartition(' ')[0]} …"


def _source(article: Article, citations: Sequence[tuple[int, Citation]], carried: str) -> _Source:
    blocks = tuple(
        (block.role, _pieces(article.text, block.start, block.end, citations))
        for block in article.blocks
        if block.role != "headline"
    )
    return _Source(_about(article.info), carried, blocks)


def _pieces(text: str, start: int, end: int, citations: Sequence[tuple[int, Citation]]) -> tuple[_Piece, ...]:
    """`text[start:end]` cut wherever a citation begins or ends; citations may overlap."""
    inside = [(number, cited) for number, cited in citations if cited.start < end and start < cited.end]
    cuts = {
        start,
        end,
        *(max(cited.start, start) for _, cited in inside),
        *(min(cited.end, end) for _, cited in inside),
    }
    edges = sorted(cuts)
    return tuple(
        _Piece(
            text=plain(text[left:right]),
            numbers=tuple(number for number, cited in inside if cited.start <= left < cited.end),
            starts=tuple(number for number, cited in inside if cited.start == left),
        )
        for left, right in pairwise(edges)
    )
