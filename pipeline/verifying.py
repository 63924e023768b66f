"""Any text held against the library: answers and briefings against what they cite, prose against the best there is.

    verify_answer, verify_briefing    quotes against the articles, then statements against the quotes
    read_prose → verify_prose         sentence by sentence against the best evidence of the library

Nothing that the file says of itself is believed: support and findings are made anew. With a library, articles and
passages are taken from it; without one, statements are held against the quotes that the file carries.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import InputError, UsageError
from pipeline.grounding import DraftSentence, Mark, ground, match, opens_with_pronoun
from pipeline.sentences import split
from pipeline.types import (
    Answer,
    Article,
    ArticleInfo,
    Briefing,
    Citation,
    Evidence,
    Filters,
    Passage,
    Question,
    Sentence,
    Statement,
    Support,
    Usage,
)

if TYPE_CHECKING:
    import numpy as np
    from markdown_it.token import Token
    from numpy.typing import NDArray

VERIFY = "verify"
"""What stands for the model in an answer that is made of a prose draft."""

# A line of its own with no more words than this and no full stop is a heading, a byline or a caption.
_WORDS_OF_A_HEADING = 15
# Fewer words than this claim nothing that could be checked: "Background", "More soon." But "Nobody was hurt." does.
_WORDS_OF_A_CLAIM = 3
_SHOWN_CHARACTERS = 120

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n.*?^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_NOTE_OR_UNDERLINE = re.compile(r"^ {0,3}(?:\[\^[^\]\n]+\]:.*(?:\n(?: {4}|\t).*)*|=+[ \t]*)$", re.MULTILINE)
_MARK = re.compile(
    r"\s*(?:\[\^?\d{1,3}(?:\.\d{1,3})?(?:\s*[,;–-]\s*\^?\d{1,3}(?:\.\d{1,3})?)*\]|(?<=[.!?”\"’,;])[⁰¹²³⁴-⁹]+)"
)
_LISTS_OF_SOURCES = frozenset(("sources", "references", "notes", "footnotes", "bibliography", "not in this library"))
_END = re.compile(r"[.!?…。！？][\"'”’»)\]*_]*$")
_QUESTION = re.compile(r"[?？][\"'”’»)\]*_]*$")
# What follows a label in bold starts anew: with a colon, or with a capital.
_LABELLED = re.compile(r"\s*:|\s+[\"“‘(]?[A-Z]")
_WORD = re.compile(r"[^\W\d_]+")


class ArticleLibrary(Protocol):
    """The part of a library that citations are held against."""

    def article(self, id_prefix: str) -> Article: ...
    def resolve(self, filters: Filters) -> NDArray[np.int64] | None: ...
    def passages(self, ids: Sequence[int], filters: Filters) -> Sequence[tuple[Passage, ArticleInfo]]: ...


@dataclass(frozen=True, slots=True)
class Prose:
    """The sentences of a draft that claim something, and what claims nothing: short lines, questions, fragments."""

    claims: tuple[str, ...]
    passed_over: tuple[str, ...]


def verify_answer(answer: Answer, library: ArticleLibrary | None) -> Answer:
    """The answer with support and findings made anew; all else stays as it is."""
    verifier = _Verifier(answer.evidence, answer.statements, library)
    return replace(answer, statements=tuple(map(verifier.verified, answer.statements)))


def verify_briefing(briefing: Briefing, library: ArticleLibrary | None) -> Briefing:
    """The briefing with support and findings made anew; all else stays as it is."""
    statements = [statement for section in briefing.sections for statement in section.statements]
    verifier = _Verifier(briefing.evidence, statements, library)
    sections = tuple(
        replace(section, statements=tuple(map(verifier.verified, section.statements))) for section in briefing.sections
    )
    return replace(briefing, sections=sections)


def verify_prose(prose: Prose, name: str, retrieve: Callable[[Question], Sequence[Evidence]]) -> Answer:
    """The claims of a draft as an answer to the question `name`, each with the best that the library says of it.

    Raises InputError when there is no claim.
    """
    if not prose.claims:
        raise InputError(f"{name!r} claims nothing: it has headings, questions and fragments only", "Give it sentences")
    started = time.perf_counter()
    statements = []
    found: dict[tuple[str, int], Evidence] = {}
    previous = ""
    for claim in prose.claims:
        # "He said …" is found by what was said before it.
        query = f"{previous} {claim}".strip() if opens_with_pronoun(claim) else claim
        evidence = tuple(retrieve(Question(query)))
        statement = match(claim, evidence)
        statements.append(statement)
        found |= {
            (each.article.id, each.passage.start): each
            for each in evidence
            if any(_inside(citation, each) for citation in statement.citations)
        }
        previous = claim
    numbered = tuple(replace(each, number=number) for number, each in enumerate(found.values(), 1))
    usage = Usage(seconds=time.perf_counter() - started)
    return Answer(name, "answered", VERIFY, tuple(statements), (), numbered, usage)


def read_prose(text: str) -> Prose:
    """The sentences of a text or Markdown draft, without markup and footnote marks.

    Left aside are front matter, code, tables, footnotes and lists of sources. A line of its own without a full stop is
    taken for a heading unless it is a list item.
    """
    claims: list[str] = []
    passed_over: list[str] = []
    for paragraph, listed in _paragraphs(text):
        bare = " ".join(_MARK.sub("", paragraph).split())
        short = len(_WORD.findall(bare)) <= _WORDS_OF_A_HEADING
        if bare and short and not _END.search(bare) and (not listed or bare.endswith(":")):
            passed_over.append(bare)
            continue
        for sentence in split(bare):
            silent = _QUESTION.search(sentence.text) or len(_WORD.findall(sentence.text)) < _WORDS_OF_A_CLAIM
            (passed_over if silent else claims).append(sentence.text)
    return Prose(tuple(claims), tuple(passed_over))


class _Verifier:
    """The evidence that the statements of one file are held against: numbered passages, from the library if any."""

    def __init__(
        self, evidence: Sequence[Evidence], statements: Sequence[Statement], library: ArticleLibrary | None
    ) -> None:
        self._library = library
        self._articles: dict[str, Article | None] = {}
        self._evidence = [true for each in evidence if (true := self._true(each)) is not None]
        self._marks: dict[Citation, Mark] = {}
        for statement in statements:
            for citation in statement.citations:
                self._marks.setdefault(citation, self._place(citation))

    def verified(self, statement: Statement) -> Statement:
        marks = tuple(dict.fromkeys(self._marks[citation] for citation in statement.citations))
        checked = ground(DraftSentence(statement.text, marks), tuple(self._evidence))
        faults = [fault for citation in statement.citations for fault in self._faults(citation)]
        support: Support = checked.support
        if any(support == "unsupported" for support, _ in faults):
            support = "unsupported"
        elif faults and support == "supported":
            support = "weak"
        findings = tuple(dict.fromkeys((*(finding for _, finding in faults), *checked.findings)))
        return Statement(statement.text, support, statement.citations or checked.citations, findings)

    def _true(self, evidence: Evidence) -> Evidence | None:
        """The passage, as far as the library has every sentence of it; as it is when there is no library."""
        if self._library is None:
            return evidence
        article = self._article(evidence.article.id)
        if article is None:
            return None
        same = all(article.text[each.start : each.end] == each.text for each in evidence.passage.sentences)
        return replace(evidence, article=article.info) if same else None

    def _place(self, citation: Citation) -> Mark:
        """The mark of the sentence that a citation quotes; its passage joins the evidence if it is not there."""
        for known in self._evidence:
            if mark := _mark_in(known, citation):
                return mark
        number = max((each.number for each in self._evidence), default=0) + 1
        for passage, article in self._passages_of(citation.article.id):
            stored = Evidence(number, passage, article, 0.0)
            if mark := _mark_in(stored, citation):
                self._evidence.append(stored)
                return mark
        sentence = Sentence(citation.start, citation.end, citation.quote)
        found = self._article(citation.article.id)
        passage = Passage(citation.article.id, 0, (sentence,), tokens=0)
        self._evidence.append(Evidence(number, passage, found.info if found else citation.article, 0.0))
        return Mark(number, 1)

    def _faults(self, citation: Citation) -> Iterator[tuple[Support, str]]:
        """What is wrong with a citation itself, and how well a statement can stand on it nevertheless."""
        claimed, start, end = citation.article, citation.start, citation.end
        name = f"“{claimed.title}” ({claimed.id})" if claimed.title else f"{claimed.id!r}"
        if end - start != len(citation.quote):
            yield "unsupported", f"a quote of {len(citation.quote)} characters is cited as {start} to {end} of {name}"
        if self._library is None:
            return
        article = self._article(claimed.id)
        if article is None:
            yield "unsupported", f"the cited article {name} is not in the library: removed, or never there"
            return
        if article.text[start:end] != citation.quote:
            elsewhere = article.text.find(citation.quote)
            if elsewhere >= 0:
                span = f"{elsewhere} to {elsewhere + len(citation.quote)}"
                yield "weak", f"the quote stands at characters {span} of {name}, not at {start} to {end}"
            else:
                now = _shown(article.text[start:end])
                yield "unsupported", f"the article {name} has changed: characters {start} to {end} are now {now}"
        for field in ("title", "source", "published", "url"):
            given, held = getattr(claimed, field), getattr(article.info, field)
            if given and given != held:
                yield (
                    "weak",
                    f"the {field} of {claimed.id!r} is given as “{given}”, in the library it is “{held or ''}”",
                )

    def _article(self, identity: str) -> Article | None:
        """The article of exactly this id, None when the library has none or there is no library."""
        if self._library is None:
            return None
        if identity not in self._articles:
            try:
                found = self._library.article(identity)
            except UsageError:
                self._articles[identity] = None
            else:
                self._articles[identity] = found if found.info.id == identity else None
        return self._articles[identity]

    def _passages_of(self, identity: str) -> Sequence[tuple[Passage, ArticleInfo]]:
        if self._library is None or self._article(identity) is None:
            return ()
        filters = Filters(articles=(identity,))
        ids = self._library.resolve(filters)
        return () if ids is None else self._library.passages(ids.tolist(), filters)


def _mark_in(evidence: Evidence, citation: Citation) -> Mark | None:
    """The mark of the sentence of a passage that a citation quotes exactly."""
    wanted = Sentence(citation.start, citation.end, citation.quote)
    if evidence.article.id != citation.article.id or wanted not in evidence.passage.sentences:
        return None
    return Mark(evidence.number, evidence.passage.sentences.index(wanted) + 1)


def _inside(citation: Citation, evidence: Evidence) -> bool:
    passage = evidence.passage
    return citation.article.id == evidence.article.id and passage.start <= citation.start < passage.end


def _shown(text: str) -> str:
    """A piece of an article as a finding shows it."""
    line = " ".join(text.split())
    if not line:
        return "beyond its end"
    return f"“{line}”" if len(line) <= _SHOWN_CHARACTERS else f"“{line[:_SHOWN_CHARACTERS]}…”"


def _paragraphs(text: str) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a draft, markup taken off, and whether each is a list item; headings and tables left out."""
    from markdown_it import MarkdownIt

    source = _NOTE_OR_UNDERLINE.sub("", _FRONT_MATTER.sub("", text.replace("\r\n", "\n").replace("\r", "\n"), count=1))
    # In plain text an indented line is no code, and a line of dashes makes no heading of the paragraph above it.
    tokens = MarkdownIt("commonmark").enable("table").disable(["code", "lheading"]).parse(source)
    aside, depth = False, 0
    for before, token in zip([None, *tokens], tokens, strict=False):
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type != "inline" or before is None:
            continue
        if before.type == "heading_open" or _is_bold_line(token):
            aside = _text_of(token).strip(" :").lower() in _LISTS_OF_SOURCES
        elif before.type == "paragraph_open" and not aside:
            yield (_without_label(token), True) if depth else (_text_of(token), False)


def _is_bold_line(token: Token) -> bool:
    """Whether all of a line is in bold: a heading by another name."""
    kinds = [child.type for child in token.children or () if child.type != "text" or child.content]
    return kinds == ["strong_open", "text", "strong_close"] and not _END.search(_text_of(token))


def _text_of(token: Token) -> str:
    """The words of a run of inline markup; images and HTML have none."""
    return _text(token.children or ())


def _without_label(token: Token) -> str:
    """The words of a list item without a label in bold: "**30 March:** The ban was lifted."."""
    children = token.children or []
    kinds = [child.type for child in children]
    opened = next((at for at, child in enumerate(children) if child.type != "text" or child.content), 0)
    if kinds[opened : opened + 1] != ["strong_open"]:
        return _text(children)
    closed = kinds.index("strong_close")
    label, rest = _text(children[:closed]), _text(children[closed:])
    return rest.lstrip(" :") if label.endswith(":") or _LABELLED.match(rest) else label + rest


def _text(children: Sequence[Token]) -> str:
    kept = {"text", "code_inline"}
    return "".join(
        child.content if child.type in kept else " " if child.type in ("softbreak", "hardbreak") else ""
        for child in children
    )
