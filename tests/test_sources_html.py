from __future__ import annotations

import json
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.sources import html
from pipeline.sources.html import extract, read_html
from pipeline.sources.inputs import Input
from pipeline.sources.markup import without_attribute_floods
from pipeline.sources.metadata import without_site

BODY = [
    "The harbour board voted on Tuesday to close the northern quay for repairs that will take most of the winter.",
    "Engineers found cracks in eleven of the forty pillars when divers went down in the first week of September.",
    "Ferries to the islands will leave from the fish market instead, the chair of the board, Ines Duarte, said.",
    "The town expects the work to cost nine million euros, two thirds of which the region has promised to pay.",
]
SECRET = "A sentence that nobody who looks at the page can see, and that must not be quoted by anyone at all."


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body: str = "", *, head: str = "<title>Quay to close</title>", after: str = "") -> str:
    story = body or paragraphs(*BODY)
    return f"<html><head>{head}</head><body><article><h1>Quay to close</h1>{story}{after}</article></body></html>"


def text_of(markup: str) -> list[str]:
    return extract(markup).text.split("\n\n")


def test_the_text_is_the_paragraphs_without_the_headline() -> None:
    found = extract(page())
    assert found.text == "\n\n".join(BODY)
    assert found.title == "Quay to close"


def test_a_heading_within_the_text_is_a_line_of_its_own() -> None:
    markup = page(paragraphs(*BODY[:2]) + "<h2>Ferries move</h2>" + paragraphs(*BODY[2:]))
    assert text_of(markup) == [*BODY[:2], "Ferries move", *BODY[2:]]


def test_two_line_breaks_part_paragraphs_and_markup_and_entities_go() -> None:
    marked = BODY[1].replace("cracks", "<b>cra</b>cks").replace("eleven", "<a href='/x'>eleven</a>")
    markup = page(
        f"<div class='article-body'>{BODY[0]}<br/><br/>{marked}<br>\n<br>Tom &amp; Ann said so in the evening.</div>"
    )
    assert text_of(markup) == [*BODY[:2], "Tom & Ann said so in the evening."]


# What a reader cannot see


@pytest.mark.parametrize(
    "hidden",
    [
        f'<p style="display:none">{SECRET}</p>',
        f'<p style="DISPLAY : none !important; color:red">{SECRET}</p>',
        f'<div style="visibility:hidden"><p>{SECRET}</p></div>',
        f"<p hidden>{SECRET}</p>",
        f'<div hidden="hidden"><p>{SECRET}</p></div>',
        f'<p aria-hidden="true">{SECRET}</p>',
        f'<p>Seen. <span aria-hidden="true">{SECRET}</span></p>',
        f'<p style="font-size:0">{SECRET}</p>',
        f'<p style="font-size: 0.0px">{SECRET}</p>',
        f'<p style="height:0;overflow:hidden">{SECRET}</p>',
        f'<p style="color:#fff;background:#ffffff">{SECRET}</p>',
        f'<p style="color: white">{SECRET}</p>',
        f'<p style="color:#fefefe">{SECRET}</p>',
        f'<p><font color="#FFFFFF">{SECRET}</font></p>',
        f'<table bgcolor="#112233"><tr><td style="color:rgb(17 34 51)">{SECRET}</td></tr></table>',
        f"<style>.zq {{ color: red; display: none }}</style><p class='lede zq'>{SECRET}</p>",
        f"<style>/* x */ p {{}} #zq, .other {{ visibility:hidden !important }}</style><p id='zq'>{SECRET}</p>",
        f'<div style="background-color:rgb(255, 255, 255)"><p style="color:#FFF">{SECRET}</p></div>',
        f'<div style="background:#123"><p style="color:#123">{SECRET}</p></div>',
        f'<p style="color:transparent">{SECRET}</p>',
        f'<p style="position:absolute;left:-9999px">{SECRET}</p>',
        f'<p style="text-indent:-9999px">{SECRET}</p>',
        f'<p class="lede sr-only">{SECRET}</p>',
        f'<p class="d-none">{SECRET}</p>',
        f"<noscript><p>{SECRET}</p></noscript>",
        f"<template><p>{SECRET}</p></template>",
        f"<dialog><p>{SECRET}</p></dialog>",
        f"<script>document.write('{SECRET}')</script>",
        f"<style>p::after {{ content: '{SECRET}' }}</style>",
        f"<!-- <p>{SECRET}</p> -->",
        f'<script type="application/json">{{"a": "{SECRET}"}}</script>',
    ],
)
def test_text_that_cannot_be_seen_does_not_come_in(hidden: str) -> None:
    found = extract(page(paragraphs(*BODY[:2]) + hidden + paragraphs(*BODY[2:]))).text
    assert SECRET not in found
    assert all(paragraph in found for paragraph in BODY)


@pytest.mark.parametrize(
    "seen",
    [
        '<p style="display:block;color:#333">{}</p>',
        '<p style="color:#fff;background:#000">{}</p>',
        '<div style="background-color:navy"><p style="color:white">{}</p></div>',
        '<div style="font-size:0"><p style="font-size:16px">{}</p></div>',
        '<p class="hidden-xs">{}</p>',
        '<p style="color:#999">{}</p>',
        '<style>@media print {{ .zq {{ display:none }} }}</style><p class="zq">{}</p>',
        '<style>.zq {{ display:none }} .zq {{ display:block }}</style><p class="zq">{}</p>',
        '<style>.js .zq {{ display:none }}</style><p class="zq">{}</p>',
        '<p aria-hidden="false">{}</p>',
        '<div style="height:0"><p>{}</p></div>',
    ],
)
def test_text_that_can_be_seen_stays(seen: str) -> None:
    assert BODY[1] in text_of(page(paragraphs(BODY[0]) + seen.format(BODY[1]) + paragraphs(*BODY[2:])))


def test_a_drop_cap_that_is_hidden_from_screen_readers_stays() -> None:
    first = f'<p><span aria-hidden="true">{BODY[0][0]}</span>{BODY[0][1:]}</p>'
    assert text_of(page(first + paragraphs(*BODY[1:]))) == BODY


def test_text_after_a_hidden_element_stays() -> None:
    markup = page(f"<p>Before. <span style='display:none'>{SECRET}</span>{BODY[0]}</p>" + paragraphs(*BODY[1:]))
    assert text_of(markup)[0] == f"Before. {BODY[0]}"


# What is on the page and not of the article


@pytest.mark.parametrize(
    "clutter",
    [
        '<p>Related: <a href="/x">Seven strange harbours you have never heard of before</a></p>',
        '<p>READ MORE: <a href="/x">Ferry prices rise again in the spring</a></p>',
        '<p><strong>Lesen Sie auch:</strong> <a href="/x">Die Preise der Fähren steigen wieder</a></p>',
        "<p>Advertisement</p>",
        "<p>Story continues below advertisement</p>",
        '<p>DON\'T MISS</p><p><a href="/x">Ferry prices rise again</a><br><a href="/y">Fish market grows</a></p>',
        '<p>Follow us on <a href="/f">Facebook</a> and <a href="/t">Twitter</a>.</p>',
        '<p><a href="/n">Sign up for our newsletter</a> and get the news every morning.</p>',
        '<ul><li><a href="/a">Ferry prices rise again</a></li><li><a href="/b">Fish market grows</a></li></ul>',
    ],
)
def test_clutter_between_paragraphs_is_left_out(clutter: str) -> None:
    assert text_of(page(paragraphs(*BODY[:2]) + clutter + paragraphs(*BODY[2:]))) == BODY


@pytest.mark.parametrize(
    "closing",
    [
        "<p>(Reporting by Ann Lee; editing by Bo Xi)</p>",
        "<p>Copyright 2026 The Post. All rights reserved.</p>",
        "<p>Ann Lee contributed to this report.</p>",
        "<p>Sign up for the newsletter to read more stories like this one every day.</p>",
        "<h3>Comments</h3><p>comments</p>",
        "<h2>More from the harbour</h2>",
    ],
)
def test_what_closes_a_page_is_left_out(closing: str) -> None:
    assert text_of(page(after=closing)) == BODY


@pytest.mark.parametrize(
    "sentence",
    [
        "Read more of the same, she said, and you will know why the quay was closed for the whole winter.",
        "The copyright on the plans belongs to the town, which paid the architect in full two years ago.",
        "More than two hundred people came to the meeting, <a href='/x'>the most</a> in ten years.",
    ],
)
def test_sentences_that_resemble_clutter_stay(sentence: str) -> None:
    found = extract(page(paragraphs(BODY[0], sentence, *BODY[1:]))).text
    assert sentence.replace("<a href='/x'>", "").replace("</a>", "") in found


def test_a_panel_shown_on_hover_is_left_out_and_its_word_stays() -> None:
    hover = f'<span class="rollover">Ines Duarte<span class="rollover-panel">{SECRET}</span></span>'
    found = text_of(page(paragraphs(*BODY).replace("Ines Duarte", hover)))
    assert found == BODY


def test_other_stories_inside_the_storys_element_are_left_out() -> None:
    other = f"<article><h2>Another day</h2>{paragraphs(SECRET, SECRET + ' Again.')}</article>"
    assert SECRET not in extract(page(after=other)).text


def test_a_body_cut_into_chunks_is_joined() -> None:
    chunk = '<div class="grid"><div class="article__body">{}</div></div><div class="ad"></div>'
    extra = [text.replace("harbour", "railway").replace("quay", "platform") + " So it was." for text in BODY]
    markup = page(f"<div>{chunk.format(paragraphs(*BODY))}{chunk.format(paragraphs(*extra))}</div>")
    assert text_of(markup) == [*BODY, *extra]


# Metadata


def ld(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Quay to close &amp; reopen",
    "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Xi"}],
    "publisher": {"@type": "Organization", "name": "The Post"},
    "datePublished": "2026-03-01T09:30:00+01:00",
    "dateModified": "2026-03-02T10:00:00Z",
    "mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.org/quay"},
    "inLanguage": "en-GB",
}


@dataclass(frozen=True)
class MetadataCase:
    name: str
    head: str
    expected: dict[str, Any] = field(default_factory=dict)
    url: str = ""


METADATA = [
    MetadataCase(
        "JSON-LD",
        ld(ARTICLE),
        {
            "title": "Quay to close & reopen",
            "authors": ("Ann Lee", "Bo Xi"),
            "source": "The Post",
            "published": "2026-03-01T09:30:00+01:00",
            "modified": "2026-03-02T10:00:00+00:00",
            "url": "https://example.org/quay",
            "language": "en-GB",
        },
    ),
    MetadataCase(
        "JSON-LD in a graph, with references",
        ld(
            {
                "@graph": [
                    {"@type": "Organization", "@id": "#org", "name": "The Post"},
                    {**ARTICLE, "publisher": {"@id": "#org"}, "author": {"@id": "#nobody"}},
                ]
            }
        ),
        {"source": "The Post", "authors": ()},
    ),
    MetadataCase("JSON-LD that is broken", '<script type="application/ld+json">{"headline": </script>', {"source": ""}),
    MetadataCase(
        "JSON-LD of odd types", ld([1, None, {"@type": 5}, {**ARTICLE, "author": 7, "publisher": []}]), {"authors": ()}
    ),
    MetadataCase(
        "OpenGraph",
        '<meta property="og:title" content="Quay to close | The Post"><meta property="og:site_name" content="The Post">'
        '<meta property="og:url" content="https://example.org/og"><meta name="author" content="By Ann Lee and Bo Xi">'
        '<meta property="article:published_time" content="2026-03-01T08:00:00Z">',
        {
            "title": "Quay to close",
            "source": "The Post",
            "url": "https://example.org/og",
            "authors": ("Ann Lee", "Bo Xi"),
            "published": "2026-03-01T08:00:00+00:00",
        },
    ),
    MetadataCase(
        "canonical link before all, joined to the page's place",
        '<link rel="canonical" href="/quay"><meta property="og:url" content="https://example.org/og">',
        {"url": "https://example.org/quay", "source": "example.org"},
        url="https://www.example.org/quay?utm=1".replace("www.", ""),
    ),
    MetadataCase(
        "addresses that are not of the web",
        '<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="file:///etc/passwd">',
        {"url": "", "source": ""},
    ),
    MetadataCase("a date in the future", ld({**ARTICLE, "datePublished": "2999-01-01"}), {"published": None}),
    MetadataCase(
        "a date that is a default", ld({**ARTICLE, "datePublished": "1970-01-01T00:00:00Z"}), {"published": None}
    ),
    MetadataCase("the page's title", "<title>Quay shut for winter | The Post</title>", {"title": "Quay to close"}),
    MetadataCase("nothing", "", {"title": "Quay to close", "published": None, "authors": (), "modified": None}),
]


@pytest.mark.parametrize("case", METADATA, ids=lambda case: case.name)
def test_metadata_comes_from_the_page(case: MetadataCase) -> None:
    found = extract(page(head=case.head), case.url)
    assert {name: getattr(found, name) for name in case.expected} == case.expected
    assert found.text == "\n\n".join(BODY)


def test_the_address_dates_a_page_that_does_not() -> None:
    assert extract(page(), "https://example.org/2026/03/01/quay").published == "2026-03-01"


def test_a_date_in_a_script_is_not_the_pages() -> None:
    assert (
        extract(
            page(after='<script>var edition = {"date": "2026-02-03", "t": "2026-02-03T00:00:00Z"}</script>')
        ).published
        is None
    )


def test_a_time_element_dates_the_page() -> None:
    dated = '<time datetime="2026-03-01T07:00:00+00:00">1 March</time>'
    assert extract(page(dated + paragraphs(*BODY))).published == "2026-03-01T07:00:00+00:00"


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Storm hits the coast | The Post", "", "Storm hits the coast"),
        ("Opinion | Storm hits the coast", "", "Opinion | Storm hits the coast"),
        ("Storm hits the coast - The Post", "The Post", "Storm hits the coast"),
        ("Storm hits the coast - again", "The Post", "Storm hits the coast - again"),
        ("Self-made storm", "", "Self-made storm"),
    ],
)
def test_a_title_loses_the_name_of_its_site(title: str, site: str, expected: str) -> None:
    assert without_site(title, site) == expected


# Bad input


@pytest.mark.parametrize(
    "flood",
    [
        " ".join(f'a{number}="x"' for number in range(40_000)),
        " ".join(f'a{number}="x>y"' for number in range(40_000)),
        " ".join(f"a{number}" for number in range(40_000)),
    ],
)
def test_a_tag_with_40000_attributes_is_cut(flood: str) -> None:
    cut = without_attribute_floods(page(f"<div {flood}>{paragraphs(*BODY)}</div>"))
    assert len(cut) < len(flood) / 10
    assert text_of(page(f"<div {flood}>{paragraphs(*BODY)}</div>")) == BODY


@pytest.mark.parametrize(
    "odd",
    [
        "<script>if (a <b && c) { x = '" + " y" * 2000 + "' }</script>",
        "<p title=it's>Tom's boat and Ann's boat lay at the quay for the whole of the summer.</p>",
        "<!-- <div " + "a " * 2000 + "-->",
        "<a href='" + "x " * 2000 + "'>link</a>",
    ],
)
def test_ordinary_markup_is_not_cut(odd: str) -> None:
    assert without_attribute_floods(page(odd)) == page(odd)


@pytest.mark.parametrize(
    "markup",
    ["", " ", "<html></html>", "<div>" * 5000 + "x", "<p>" + "\x0b\x01" * 9, "<!--", "<a <b <c ", "<<<>>>"],
)
def test_a_page_without_an_article_has_no_text(markup: str) -> None:
    assert len(extract(markup).text) < 20


def test_a_page_too_large_for_an_article_is_refused() -> None:
    with pytest.raises(InputError, match="too large for an article"):
        extract("<p>x" * (html.MAX_TAGS + 1))
    with pytest.raises(InputError, match="too large for an article"):
        extract(page("<p>x</p>" * (html.MAX_ELEMENTS + 1)))


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("windows-1251", "cp1251"), ("utf-8", "utf-8"), ("ISO-8859-5", "iso8859_5")],
)
def test_the_declared_charset_is_obeyed(charset: str, encoding: str) -> None:
    story = [f"Президент номер {number} заявил во вторник, что переговоры продолжатся." for number in range(9)]
    data = page(paragraphs(*story), head=f'<meta charset="{charset}"><title>Т</title>').encode(encoding)
    (article,) = read_html(Input(BytesIO(data), "page.html", "page.html"))
    assert article.text == "\n\n".join(story)
    assert article.original == data
