from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.rendering.markdown import answer_markdown, briefing_markdown
from pipeline.rendering.safe import link
from pipeline.types import Answer, ArticleInfo, Attribution, Briefing, Disagreement, Section, Version
from tests import samples

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
LAYOUT = {
    "paragraph",
    "heading",
    "bullet_list",
    "list_item",
    "strong",
    "em",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
PASSIVE = {"inline", "text", "text_special", "softbreak"} | {
    f"{name}_{end}" for name in LAYOUT for end in ("open", "close")
}


def links(source: str) -> list[str]:
    """The addresses of every link; fails on any token that a rendering of ours does not write."""
    parts = [part for token in PARSER.parse(source) for part in (token, *(token.children or []))]
    assert {part.type for part in parts} <= PASSIVE | {"link_open", "link_close"}
    return [str(part.attrs["href"]) for part in parts if part.type == "link_open"]


def hostile_answer(text: str) -> tuple[Answer, Briefing]:
    """An answer and a briefing in which every string is this one."""
    article = samples.make_article(ArticleInfo(text, text, text, text, text, (text,)), text, [("paragraph", text)])
    statements = (
        samples.statement(
            text, replace(samples.cite(article, text), attribution=Attribution((text, text), text, "denies"))
        ),
        samples.statement(text, support="unsupported", findings=(text, text)),
    )
    differ = Disagreement(text, (Version(text, statements[0].citations[0]),) * 2)
    answer = replace(
        samples.ANSWER, question=text, model=text, statements=statements, gaps=(text,), disagreements=(differ,)
    )
    sections = (Section(text, statements), Section(text, statements))
    return answer, replace(
        samples.BRIEFING, topic=text, model=text, sections=sections, sources=(article.info,), gaps=(text,)
    )


def test_an_answer_is_prose_with_footnotes() -> None:
    text = answer_markdown(samples.ANSWER)
    assert text.startswith("# Why was the Merrow ferry withdrawn, and had anyone warned the operator?\n\n")
    assert "replace them.[^3][^4] Calder Line" in text
    assert (
        "The ship will return on 20 March.[^6] **(weak: the cited text says “may return”, the statement says it will)**"
        in text
    )
    assert (
        "[^3]: “The maritime safety agency told Calder Line in November that the bow-door hinges of the Saint Orla "
        "showed “wear beyond the maker's limits”, according to a letter seen by the Herald.” [Inspectors had warned "
        "Calder Line about door hinges, letter shows](https://www.herald.example/news/calder-line-letter"
        "?edition=late&amp;page=2), Northern Herald, 14 March 2026 (article 41f7aa905be3).\n" in text
    )
    assert "*5 of 7 statements supported · written by openai\\:gpt-5-mini" in text


def test_links_lead_to_the_sources_only() -> None:
    assert set(links(answer_markdown(samples.ANSWER))) == {samples.GAZETTE.info.url, samples.HERALD.info.url}
    assert set(links(briefing_markdown(samples.BRIEFING))) == {samples.GAZETTE.info.url, samples.HERALD.info.url}


def test_every_number_has_a_definition() -> None:
    for text in (answer_markdown(samples.ANSWER), briefing_markdown(samples.BRIEFING)):
        body, _, definitions = text.partition("\n[^1]: ")
        for number in range(1, definitions.count("\n[^") + 2):
            assert f"[^{number}]" in body


def test_a_briefing_has_sections_points_gaps_and_sources() -> None:
    text = briefing_markdown(samples.BRIEFING)
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == ["# The Merrow ferry", "## Bottom line", "## Key points", "## What the island has", "## Sources"]
    assert "\n- Grocers limited milk and bread to one item a customer.[^5]\n" in text
    assert "**Not answered**\n\n- when the Saint Orla was last inspected\n" in text
    assert (
        "\n- Replacement ferry reaches Merrow, first lorries in six days, Strait Radio, 17 March 2026 (article" in text
    )


def test_a_refusal_has_gaps_and_no_footnote() -> None:
    assert answer_markdown(samples.REFUSAL) == (
        "# Who won the Merrow council election?\n\n**No answer in this library**\n\n"
        "- no article of the library mentions an election in Merrow\n"
        "- the nearest is “Merrow ferry withdrawn after crack found in bow door” (Merrow Gazette, 12 March 2026)\n\n"
        "*written by extractive · 0.1 s*\n"
    )
    assert "[^" not in briefing_markdown(samples.BRIEFING_REFUSAL)


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_strings_stay_text(text: str) -> None:
    for source in map(str, (answer_markdown(hostile_answer(text)[0]), briefing_markdown(hostile_answer(text)[1]))):
        assert links(source) == []


@given(st.text(alphabet=st.sampled_from("ab1 \n\\`*_[]()#+-.!|<>&:/\"'~^="), min_size=1, max_size=30))
def test_no_string_becomes_active(text: str) -> None:
    answer, briefing = hostile_answer(text)
    assert links(answer_markdown(answer)) == []
    assert links(briefing_markdown(briefing)) == []


@given(st.text(alphabet=st.sampled_from("ab1&;=?#()[]<>\"'`*_~$%/."), max_size=30))
def test_an_address_keeps_its_meaning(path: str) -> None:
    article = replace(samples.RADIO.info, url=f"https://news.example/{path}")
    briefing = replace(samples.BRIEFING, sections=(), sources=(article,), gaps=())
    expected = link(article.url)
    assert expected is not None
    assert links(briefing_markdown(briefing)) == [PARSER.normalizeLink(expected)]
