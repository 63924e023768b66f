"""The values that flow through newsdesk: frozen, slotted, standard library only.

    RawArticle → Article → Passage → Evidence → draft (str) → Answer | Briefing

Every offset counts characters (Python string indices) of `Article.text`, and every span is half open:
`text[start:end]`. `Article.text` is never rewritten: for pasted text it is the decoded file, character for character.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from pipeline.understood import Understood

Media: TypeAlias = Literal["text", "markdown", "html", "jsonl", "csv", "feed", "email", "pdf", "docx"]
Status: TypeAlias = Literal["answered", "partial", "refused"]
Support: TypeAlias = Literal["supported", "weak", "unsupported"]
Stance: TypeAlias = Literal["says", "claims", "alleges", "denies", "confirms"]

Outcome: TypeAlias = Literal["added", "updated", "unchanged", "duplicate"]
"""What storing an article does. A duplicate has the text of another live article and is not stored."""

DisagreementKind: TypeAlias = Literal["conflict", "update"]
"""Two versions of one thing, or one thing that has changed or is known better since."""
ChangeKind: TypeAlias = Literal["new", "updated", "withdrawn", "unchanged"]

SectionKind: TypeAlias = Literal[
    "bottom line", "development", "points", "timeline", "people", "disagreements", "unconfirmed", "unknown"
]
"""What a section of a briefing tells; "points" is a list of anything."""

Role: TypeAlias = Literal["headline", "standfirst", "byline", "dateline", "publication", "subhead", "paragraph"]
"""What a kept block is. Passages are cut from standfirsts and paragraphs; a subhead goes along as `heading`."""

Reason: TypeAlias = Literal[
    "script residue",
    "promotion",
    "navigation",
    "newsletter nag",
    "advertisement",
    "read-more",
    "caption or credit",
    "repeated standfirst",
    "share bar",
    "cookie notice",
    "comment count",
    "copyright",
    "invisible characters",
]
"""Why a span of the text is not part of the article."""


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as a reader found it, before cleaning.

    `text` is what cleaning works on (the pasted text, the text field of a JSON line, the text extracted from HTML);
    `original` is what was found, byte for byte. `origin` names the place: a path, `path:LINE` for JSONL, `-` for stdin.
    `published` and `modified` are ISO 8601, a date or a date and time with its zone; None when the article does not
    say. `language` is what the publisher says it is (a code such as "en"), empty when only the text can tell.
    `identity` names an article without an address across its versions; empty for one in a file of its own. `cleaned` is
    the whole article, for one that newsdesk exported: it is taken as it is.
    """

    text: str
    original: bytes
    media: Media
    origin: str
    title: str = ""
    source: str = ""
    url: str = ""
    published: str | None = None
    authors: tuple[str, ...] = ()
    modified: str | None = None
    section: str = ""
    language: str = ""
    identity: str = ""
    cleaned: Article | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction notice in an article, `quote == text[start:end]`; of a headline that is not in the text, 0 and 0.

    `wrong` is what it says stood there before, in the notice's own words; empty when it does not say.
    """

    start: int
    end: int
    quote: str
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """Who published what, when and where: all that a citation or a list shows of an article, as of one version.

    `version` counts from 1 and `first_seen` is when the library first saw it (UTC). `origin_group` is the same for all
    copies of one story, and the library's to give: the smallest id among them, that of the article itself when it is
    nobody's copy, and empty outside a library.
    """

    id: str
    title: str
    source: str = ""
    url: str = ""
    published: str | None = None
    authors: tuple[str, ...] = ()
    language: str = ""
    modified: str | None = None
    section: str = ""
    correction: Correction | None = None
    version: int = 1
    origin_group: str = ""
    first_seen: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A kept line or paragraph of an article, `text[start:end]`, and what it is."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A span of the text that is not part of the article, and why."""

    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article: which spans of the text are the article, and who, when and where published.

    `blocks` and `left_out` are sorted, disjoint, and together cover every character of `text` that is not white space.
    `key` identifies the article across versions, see `pipeline.identity`; `info.id` is derived from it.
    """

    info: ArticleInfo
    key: str
    text: str
    original: bytes
    media: Media
    origin: str
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it stands: `text == article.text[start:end]`, no white space at either end."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive whole sentences of one article, at most as many tokens as the library was built with.

    `id` is the catalogue's row id, 0 until stored. `heading` is the sub-headline above the passage, or empty.
    """

    article_id: str
    ordinal: int
    sentences: tuple[Sentence, ...]
    tokens: int
    heading: str = ""
    id: int = 0

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end

    @property
    def text(self) -> str:
        """The sentences joined by single spaces: for indexes and prompts. Quotes come from the sentences."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles a search may use. Days are inclusive; an empty filter lets everything through.

    An undated article never passes `since` or `until`. `as_of` shows the library as it stood at the end of that day:
    versions first seen or published later do not exist. Names of sources, authors, languages and sections are compared
    without regard to case; `stories` are ids of articles, each of which stands for all copies of its story.
    """

    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    sources: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and of which part of the library.

    `day` is the day it is asked on: what "last week" is counted from, and beside which news is new or old. None when
    that does not matter.
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    day: date | None = None


@dataclass(frozen=True, slots=True)
class BriefingPlan:
    """What a briefing is to be: about so many words of bottom line and developments, and which sections in which order.

    No `sections` are all that have something to say; an empty `title` is the topic. `titles` take the place of those
    that sections have by themselves; a development has its own headline.
    """

    words: int = 400
    sections: tuple[SectionKind, ...] = ()
    title: str = ""
    titles: tuple[tuple[SectionKind, str], ...] = ()


STANDARD_PLAN = BriefingPlan()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One retrieved passage under the number it has in a draft: sentence k of it is cited as `[number.k]`, k from 1.

    `copies` are other articles that carry the same text, or most of it: one origin with this one.
    """

    number: int
    passage: Passage
    article: ArticleInfo
    score: float
    copies: tuple[ArticleInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what a sentence tells: the article in its own voice, a speaker, or those who passed the words on.

    `chain` runs from the first who says it to the last who passed it on, as the article names them, and is empty for
    the article's own voice. `verb` is the reporting verb as written, `stance` what the first in the chain does by it.
    """

    chain: tuple[str, ...] = ()
    verb: str = ""
    stance: Stance = "says"


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact characters of an article that a statement rests on: `quote == article text[start:end]`.

    `attribution` is None as long as nobody has worked it out.
    """

    article: ArticleInfo
    start: int
    end: int
    quote: str
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer or briefing, what it cites, and whether the cited text bears it out.

    `findings` name what fails, one clear phrase each; a supported statement has none. `change` is what it is since an
    earlier briefing, None when it is held against none.
    """

    text: str
    support: Support
    citations: tuple[Citation, ...] = ()
    findings: tuple[str, ...] = ()
    change: ChangeKind | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of something since an earlier briefing: the statements now and before, and why it changed.

    A new one has nothing before, a withdrawn one nothing now. `values` pairs the words that differ, before and now.
    """

    kind: ChangeKind
    now: tuple[Statement, ...]
    before: tuple[Statement, ...]
    values: tuple[tuple[str, str], ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One account of a thing: its value as written there ("97", "12 May", "denies it"), and the sentence that gives it.

    `corrects` says that it takes the place of another version, which was wrong.
    """

    value: str
    citation: Citation
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Versions of one thing that differ: those that correct first, then the latest first; always two or more.

    `about` names the thing in words of the sources: "containers", "tonnes of oil".
    """

    about: str
    versions: tuple[Version, ...]
    kind: DisagreementKind = "conflict"


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the work and its wall time in seconds: retrieve, write, ground, repair."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Usage:
    """What the writing cost. Tokens are 0 for the extractive writer; seconds are wall time of the whole job.

    Tokens and cost are those of the requests that were sent: a reply out of the cache costs nothing. `cost` is in US
    dollars at listed prices, None when they are not known. `unread` counts retrieved passages that the writer was not
    shown for want of room.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    cost: float | None = None
    requests: int = 0
    cached: int = 0
    unread: int = 0
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A grounded answer. A refused one has no statements; `gaps` say what the library does not answer.

    `disagreements` are those of what it cites with each other and with the rest of the evidence, `understood` is how
    the question was looked for.
    """

    question: str
    status: Status
    model: str
    statements: tuple[Statement, ...]
    gaps: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    usage: Usage = Usage()
    disagreements: tuple[Disagreement, ...] = ()
    understood: Understood = Understood()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a briefing: its title and its statements.

    `labels` is empty, or has one for each statement: the day in a timeline, who reports it. A label is worked out by
    newsdesk, it is not part of what is claimed.
    """

    title: str
    statements: tuple[Statement, ...]
    kind: SectionKind = "points"
    labels: tuple[str, ...] = ()

    @property
    def labelled(self) -> tuple[tuple[str, Statement], ...]:
        """The statements, each with its label or an empty one."""
        return tuple(zip(self.labels or [""] * len(self.statements), self.statements, strict=True))


@dataclass(frozen=True, slots=True)
class Briefing:
    """A grounded briefing. A refused one has no sections; `sources` are the cited articles, first cited first.

    `changes` are those since an earlier briefing, None when it was held against none; `understood` is how the topic was
    looked for; `library_seen` is the moment (UTC) when the newest article in the library then was first seen.
    """

    topic: str
    status: Status
    model: str
    sections: tuple[Section, ...]
    sources: tuple[ArticleInfo, ...]
    gaps: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    usage: Usage = Usage()
    changes: tuple[Change, ...] | None = None
    understood: Understood = Understood()
    library_seen: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that was refused: where it stands and why, in one sentence."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did: ids of articles by outcome, and what was refused.

    `duplicates` pairs the origin of an input with the id of the article that already holds the same text.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    rejected: tuple[Rejection, ...] = ()
    passages: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class PlannedArticle:
    """What would become of an input that holds an article. `held` is the id of the article that is there already.

    `words` are those of the kept blocks; `left_out` are characters by reason, as the reasons are listed.
    """

    origin: str
    info: ArticleInfo
    outcome: Outcome
    words: int
    held: str | None = None
    left_out: tuple[tuple[Reason, int], ...] = ()


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """What an ingest would do; nothing is stored."""

    articles: tuple[PlannedArticle, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    seconds: float = 0.0
