import base64
import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.rendering.footnotes import footnotes
from pipeline.rendering.html import CONTEXT_LENGTH, answer_html, briefing_html
from pipeline.rendering.safe import one_line
from pipeline.types import Answer, Article, ArticleInfo, Change, Citation, Section
from tests import samples

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "aside", "footer", "article"),
    *("details", "summary", "h1", "h2", "h3", "p", "span", "ul", "ol", "li", "a", "blockquote", "mark", "strong"),
    *("table", "thead", "tbody", "tr", "th", "td", "svg", "line", "circle", "text"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "dir", "id", "value", "href", "rel", "aria-label"),
    *("open", "tabindex", "data-number", "scope", "colspan", "role", "viewbox", "text-anchor"),
    *("x", "y", "cx", "cy", "r", "x1", "y1", "x2", "y2"),
}
OUTWARD = {samples.GAZETTE.info.url, samples.HERALD.info.url}


def check(page: str, outward: set[str]) -> html.HtmlElement:
    """The parsed page, after looking at every element, attribute and address in it."""
    root = html.document_fromstring(page)
    ids = set(root.xpath("//@id"))
    assert len(ids) == len(root.xpath("//@id"))
    for element in root.iter():
        assert element.tag in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
    internal = {href for href in root.xpath("//@href") if href.startswith("#")}
    assert {href[1:] for href in internal} <= ids
    assert set(root.xpath("//@href")) - internal == outward
    assert len(root.xpath("//style")) == 1
    return root


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def hostile(text: str) -> tuple[Answer, dict[str, Article]]:
    info = ArticleInfo(text, text, text, text, text, (text,), text)
    article = samples.make_article(
        info, text, [("headline", text), ("subhead", text), ("paragraph", f"{text} x {text}")]
    )
    citation = samples.cite(article, f"{text} x")
    statements = (
        samples.statement(text, citation),
        samples.statement(text, Citation(info, 0, 10_000, text), support="weak", findings=(text,)),
    )
    answer = replace(samples.ANSWER, question=text, model=text, statements=statements, gaps=(text,))
    return answer, {text: article}


def test_the_policy_allows_the_page_its_own_style_sheet_and_nothing_else() -> None:
    page = answer_html(samples.ANSWER, samples.ARTICLES)
    root = check(page, OUTWARD)
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    sheet = re.search(r"<style>(.*)</style>", page, re.DOTALL)
    assert sheet is not None
    digest = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|https?:", sheet[1])


def test_statements_link_to_citations_and_citations_to_the_article() -> None:
    root = check(answer_html(samples.ANSWER, samples.ARTICLES), OUTWARD)
    assert root.xpath("//p[@class='prose']//span[@class='cite']/a/text()") == ["1", "2", "3", "4", "5", "6", "7", "2"]
    for number, citation in enumerate(footnotes(samples.ANSWER.statements).citations, start=1):
        assert root.get_element_by_id(f"s{number}").get("href") == f"#q{number}"
        card = root.get_element_by_id(f"c{number}")
        assert text_of(card.xpath(".//mark")[0]) == citation.quote
        assert card.xpath(".//p[@class='title']/a/@href") == [f"#q{number}"]
        anchor = root.get_element_by_id(f"q{number}")
        assert text_of(anchor.xpath("following-sibling::mark")[0]) == citation.quote
        assert anchor.get("href") == f"#c{number}"


def test_a_mark_shows_its_quote_in_the_paragraph_and_leads_to_it() -> None:
    root = check(answer_html(samples.ANSWER, samples.ARTICLES), OUTWARD)
    notes = footnotes(samples.ANSWER.statements)
    for cite in root.find_class("cite"):
        number = int(cite.xpath("./a/text()")[0])
        (shown,) = cite.find_class("pop")
        assert cite.xpath("./span[@class='tap']/@data-number") == [str(number)]
        assert text_of(shown.xpath(".//mark")[0]) == notes.citations[number - 1].quote
        assert shown.xpath("./a/@href") == [f"#q{number}"]


TIMELINE = Section(
    "Timeline",
    (samples.ANSWER.statements[0], samples.ANSWER.statements[1]),
    "timeline",
    ("12 March 2026", "17 March 2026"),
)


def test_a_timeline_is_drawn_where_it_has_days_apart() -> None:
    briefing = replace(samples.BRIEFING, sections=(TIMELINE,))
    root = check(briefing_html(briefing, samples.ARTICLES), {samples.GAZETTE.info.url})
    assert root.xpath("//svg/a/@href") == ["#t1", "#t2"]
    assert root.xpath("//svg/a/text/text()") == ["12 Mar", "17 Mar"]
    assert root.xpath("//svg/@aria-label") == ["2 events from 12 March 2026 to 17 March 2026"]
    one_day = replace(briefing, sections=(replace(TIMELINE, labels=("12 March 2026", "undated")),))
    assert check(briefing_html(one_day, samples.ARTICLES), {samples.GAZETTE.info.url}).xpath("//svg") == []


def test_disagreements_are_a_table_of_claim_values_and_source() -> None:
    labels = ("26 / 62 · The Gazette, 12 March 2026", "")
    section = replace(TIMELINE, kind="disagreements", labels=labels)
    root = check(
        briefing_html(replace(samples.BRIEFING, sections=(section,)), samples.ARTICLES), {samples.GAZETTE.info.url}
    )
    (row,) = root.xpath("//tbody/tr")
    assert [text_of(cell) for cell in row.xpath("./td")][1:] == ["26 / 62", "The Gazette, 12 March 2026"]
    assert len(row.xpath(".//span[@class='statement supported']")) == 2


def test_the_rows_of_a_dispute_stand_under_what_it_is_about() -> None:
    labels = ("boxes lost: 26 · The Gazette, 12 March 2026", "62 · The Herald, 17 March 2026")
    section = replace(TIMELINE, kind="disagreements", labels=labels)
    briefing = replace(samples.BRIEFING, sections=(section,))
    root = check(briefing_html(briefing, samples.ARTICLES), {samples.GAZETTE.info.url})
    (group,) = root.xpath("//tbody")
    assert [text_of(cell) for cell in group.xpath("./tr/th")] == ["boxes lost"]
    assert [[text_of(cell) for cell in row.xpath("./td")][1:] for row in group.xpath("./tr[td]")] == [
        ["26", "The Gazette, 12 March 2026"],
        ["62", "The Herald, 17 March 2026"],
    ]


def test_changes_come_first_and_statements_are_marked() -> None:
    now, before = samples.ANSWER.statements[:2]
    changes = (Change("withdrawn", (), (before,), (), "gone"), Change("updated", (now,), (before,), (("62", "71"),)))
    sections = (replace(TIMELINE, statements=(replace(now, change="updated"), replace(before, change="unchanged"))),)
    briefing = replace(samples.BRIEFING, changes=changes, sections=sections)
    root = check(briefing_html(briefing, samples.ARTICLES), {samples.GAZETTE.info.url})
    assert text_of(root.xpath("//main//h2")[0]) == "What changed"
    told = [text_of(found) for found in root.xpath("//section[@class='changes']//li")]
    assert told[0] == f"Withdrawn {before.text} (gone)"
    assert told[1] == f"Updated {now.text} (before: {before.text}; 62 → 71)"
    assert [text_of(found) for found in root.xpath("//li[@id]//span[contains(@class, 'badge')]")] == ["updated"]


def test_a_quote_stands_in_its_paragraph() -> None:
    root = check(answer_html(samples.ANSWER, samples.ARTICLES), OUTWARD)
    assert text_of(root.get_element_by_id("c6").xpath("./blockquote")[0]).startswith(
        "“Nobody was in danger at any time,”"
    )


def test_flagged_statements_say_why_and_the_foot_gives_the_share() -> None:
    root = check(answer_html(samples.ANSWER, samples.ARTICLES), OUTWARD)
    assert [text_of(found) for found in root.find_class("why")] == [
        "weak: the cited text says “may return”, the statement says it will",
        "unsupported: nothing is cited; the number 300 is in no passage of the evidence",
    ]
    assert text_of(root.find_class("facts")[0]) == "from 3 articles · 2 statements to check"
    assert text_of(root.xpath("//footer")[0]).startswith("5 of 7 statements supported · written by openai:gpt-5-mini")


def test_without_the_articles_the_quotes_stand_alone() -> None:
    root = check(answer_html(samples.ANSWER), OUTWARD)
    notes = footnotes(samples.ANSWER.statements)
    assert [text_of(found) for found in root.xpath("//blockquote")] == [citation.quote for citation in notes.citations]
    assert root.find_class("articles") == []


def test_an_article_that_has_changed_is_not_marked() -> None:
    changed = replace(samples.RADIO, text=samples.RADIO.text.replace("Vega Sound", "Vega Strait"))
    root = check(answer_html(samples.ANSWER, {**samples.ARTICLES, changed.info.id: changed}), OUTWARD)
    assert (
        text_of(root.get_element_by_id("c7").xpath("./blockquote")[0])
        == samples.ANSWER.statements[6].citations[0].quote
    )
    assert "Vega Strait" not in root.text_content()


def test_left_out_text_is_not_on_the_page() -> None:
    root = check(answer_html(samples.ANSWER, samples.ARTICLES), OUTWARD)
    assert "Shops ration milk" in root.text_content()
    assert "ADVERTISEMENT" not in root.text_content()


def test_a_long_paragraph_is_cut_around_the_quote() -> None:
    long = "word " * 200
    article = samples.make_article(samples.RADIO.info, "-", [("paragraph", f"{long}The quote. {long}end")])
    answer = replace(samples.ANSWER, statements=(samples.statement("So.", samples.cite(article, "The quote.")),))
    shown = text_of(check(answer_html(answer, {article.info.id: article}), set()).xpath("//blockquote")[0])
    assert re.fullmatch(r"… (word )+The quote\.( word)+ …", shown)
    assert len(shown) <= 2 * CONTEXT_LENGTH + len("… The quote. …")


def test_overlapping_citations_lose_no_character() -> None:
    text = "One two three four five six."
    article = samples.make_article(samples.RADIO.info, "-", [("paragraph", text)])
    cited = [samples.cite(article, quote) for quote in ("One two three four", "three four five", "four five six.")]
    answer = replace(samples.ANSWER, statements=(samples.statement("So.", *cited),))
    root = check(answer_html(answer, {article.info.id: article}), set())
    paragraph = root.xpath("//article/p")[0]
    for anchor in paragraph.xpath("./a"):
        anchor.text = ""
    assert text_of(paragraph) == text


def test_a_briefing_leads_with_prose_and_then_makes_points() -> None:
    root = check(briefing_html(samples.BRIEFING, samples.ARTICLES), OUTWARD)
    assert [text_of(found) for found in root.xpath("//main//h2")] == [
        *("Bottom line", "Key points", "What the island has"),
        "Not answered",
    ]
    assert len(root.xpath("//ul[@class='points']/li")) == 5
    assert len(root.xpath("//p[@class='prose lead']/span[@class='statement supported']")) == 2


@pytest.mark.parametrize("page", [answer_html(samples.REFUSAL), briefing_html(samples.BRIEFING_REFUSAL)])
def test_a_refusal_shows_gaps_and_no_citation(page: str) -> None:
    root = check(page, set())
    assert root.find_class("verdict")[0].text in ("No answer in this library", "Nothing on this topic in this library")
    assert root.xpath("//aside | //mark | //a") == []


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_strings_stay_text(text: str) -> None:
    answer, articles = hostile(text)
    briefing = replace(
        samples.BRIEFING, topic=text, model=text, sections=(Section(text, answer.statements),) * 2, gaps=(text,)
    )
    for root in (check(answer_html(answer, articles), set()), check(briefing_html(briefing, articles), set())):
        assert text_of(root.xpath("//h1")[0]) == one_line(text)
        assert text_of(root.xpath("//title")[0]) == one_line(text)
        assert f"{one_line(text)} x" in text_of(root.xpath("//article/p")[0])


@given(st.text(min_size=1, max_size=40))
def test_any_string_stays_text(text: str) -> None:
    answer, articles = hostile(text)
    root = check(answer_html(answer, articles), set())
    assert text_of(root.xpath("//h1")[0]) == " ".join(one_line(text).split())
