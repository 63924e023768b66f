import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from pipeline.rendering.footnotes import day, flags, footnotes, iso_day, support_share, trimmed, why_flagged
from pipeline.rendering.listings import article_terminal, articles_terminal, ingest_terminal, status_terminal
from pipeline.rendering.safe import one_line
from pipeline.rendering.terminal import answer_terminal, briefing_terminal, search_terminal, terminal_console
from pipeline.types import ArticleInfo, Attribution, Disagreement, IngestReport, Rejection, Section, Version
from tests import samples

EVERYTHING = {
    "answer": answer_terminal(samples.ANSWER),
    "partial": answer_terminal(samples.PARTIAL),
    "refusal": answer_terminal(samples.REFUSAL),
    "briefing": briefing_terminal(samples.BRIEFING),
    "briefing refusal": briefing_terminal(samples.BRIEFING_REFUSAL),
    "ingest": ingest_terminal(samples.REPORT),
    "articles": articles_terminal([article.info for article in samples.ARTICLES.values()]),
    "article": article_terminal(samples.GAZETTE),
    "raw article": article_terminal(samples.GAZETTE, raw=True),
    "status": status_terminal(samples.STATUS),
    "search": search_terminal(samples.EVIDENCE),
}


def shown(renderable: RenderableType, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width, markup=False, emoji=False, highlight=False)
    console.print(renderable)
    return console.file.getvalue()


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", EVERYTHING)
@pytest.mark.parametrize("width", [40, 80, 200])
def test_lines_fit_and_carry_no_padding(name: str, width: int) -> None:
    lines = shown(EVERYTHING[name], width).splitlines()
    assert lines
    assert max(map(cell_len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize("name", EVERYTHING)
def test_width_changes_the_line_breaks_only(name: str) -> None:
    assert words(shown(EVERYTHING[name], 60)) == words(shown(EVERYTHING[name], 200))


def test_an_answer_reads_as_prose_with_numbers_then_checks_then_sources() -> None:
    text = words(shown(answer_terminal(samples.ANSWER)))
    assert "route that can load lorries.[2] The maritime safety agency" in text
    assert "replace them.[3][4] Calder Line" in text
    assert (
        "The ship will return on 20 March.[6](!a) At least 300 islanders have missed hospital appointments.(!b)" in text
    )
    assert "after six days.[7][2]" in text
    assert "(!a) weak: the cited text says “may return”, the statement says it will" in text
    assert "(!b) unsupported: nothing is cited; the number 300 is in no passage of the evidence" in text
    assert text.index("Check before use") < text.index("Sources")
    assert "5 of 7 statements supported · written by openai:gpt-5-mini · 1,204 tokens read, 188 written, 2.4 s" in text


def test_every_citation_is_listed_once_with_its_quote_under_its_article() -> None:
    sources = words(shown(answer_terminal(samples.ANSWER))).partition(" Sources ")[2]
    notes = footnotes(samples.ANSWER.statements)
    for number, citation in enumerate(notes.citations, start=1):
        assert sources.count(f"[{number}] “{citation.quote}”") == 1
    assert (
        sources.count(
            "Merrow ferry withdrawn after crack found in bow door Merrow Gazette · 12 March 2026 · 9c1e04b7d2a8"
        )
        == 1
    )


def test_a_long_question_is_repeated_in_part() -> None:
    printed = words(shown(answer_terminal(replace(samples.REFUSAL, question="Who said " + "ferry " * 2_000 + "?"))))
    assert "ferry …" in printed
    assert printed.count("ferry ferry") < 50


def test_a_refusal_names_the_gaps_and_shows_no_source() -> None:
    text = shown(answer_terminal(samples.REFUSAL))
    assert "No answer in this library\n  - no article of the library mentions an election in Merrow\n" in text
    assert "Sources" not in text
    assert "[1]" not in text


def test_a_briefing_leads_with_prose_and_numbers_flags_within_a_section() -> None:
    text = shown(briefing_terminal(samples.BRIEFING))
    assert "again since 17 March.[1][2]\nInspectors" in text
    assert "  - The ship will return on 20 March.[6](!a)\n" in text
    assert "Not answered\n  - when the Saint Orla was last inspected\n" in text


def test_an_ingest_report_counts_and_gives_reasons() -> None:
    text = shown(ingest_terminal(samples.REPORT))
    assert text.startswith("7 inputs read in 0.8 s\n  2 added\n  1 updated\n  1 unchanged\n")
    assert "  - inbox/photo.jpg: it is not text: it begins like a JPEG image\n" in text
    assert "  - inbox/copy of merrow-ferry.txt: the same text as article 9c1e04b7d2a8\n" in text


def test_nothing_is_said_in_words() -> None:
    assert shown(ingest_terminal(IngestReport())) == "Nothing to ingest.\n"
    assert shown(articles_terminal([])) == "No article.\n"
    assert shown(search_terminal([])) == "No passage found.\n"


def test_in_a_pipe_an_article_is_one_whole_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    title = "A very long title " * 20
    out = io.StringIO()
    terminal_console(out).print(articles_terminal([ArticleInfo("a1", title, "Gazette", published="2026-03-12")]))
    assert out.getvalue() == f"a1  2026-03-12  {title.strip()} · Gazette\n"


def test_an_article_shows_roles_and_what_was_left_out() -> None:
    text = shown(article_terminal(samples.GAZETTE))
    assert "\nsubhead      Shops ration milk\n" in text
    assert "share bar, characters 171 to 220: Share on Facebook Share on WhatsApp Copy" in text
    assert "Share on Facebook" not in text.partition("Left out")[0]


def test_a_raw_article_marks_left_out_spans_without_colour() -> None:
    text = shown(article_terminal(samples.GAZETTE, raw=True))
    assert "[-ADVERTISEMENT – continue reading below-](advertisement)" in text
    body = text.partition(f"{samples.GAZETTE.origin}\n\n")[2]
    unmarked = re.sub(r"-\]\([a-z ]+\)|\[-", "", body)
    assert words(unmarked) == words(samples.GAZETTE.text)


def test_status_names_parts_and_notices() -> None:
    text = words(shown(status_terminal(samples.STATUS)))
    assert "articles 3 in 4 versions" in text
    assert "published 2026-03-12 to 2026-03-17" in text
    assert "245.3 kB (catalogue 184.3 kB, words 61.0 kB, vectors 0 bytes)" in text
    assert "- 2 articles have no date: --since and --until never find them" in text


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_text_reaches_no_terminal(text: str) -> None:
    info = ArticleInfo(text, text, text, text, text, (text,), "en")
    article = samples.make_article(info, text, [("paragraph", text or "x"), ("promotion", text)])
    cited = replace(samples.cite(article, text), attribution=Attribution((text, text), text, "denies"))
    statement = samples.statement(text, cited, support="weak", findings=(text,))
    differ = Disagreement(text, (Version(text, cited), Version(text, cited)))
    answer = replace(
        samples.ANSWER, question=text, model=text, statements=(statement,), gaps=(text,), disagreements=(differ,)
    )
    briefing = replace(samples.BRIEFING, topic=text, sections=(Section(text, (statement,)),), gaps=(text,))
    report = IngestReport(duplicates=((text, text),), rejected=(Rejection(text, text),))
    status = replace(samples.STATUS, location=text, sources=((text, 1),), embedding=text, notices=(text,))
    for renderable in (
        answer_terminal(answer),
        briefing_terminal(briefing),
        ingest_terminal(report),
        articles_terminal([info]),
        article_terminal(article),
        article_terminal(article, raw=True),
        status_terminal(status),
        search_terminal([samples.evidence_of(1, article, text, score=1.0)]),
    ):
        out = io.StringIO()
        console = Console(file=out, width=10_000, force_terminal=True, color_system="truecolor")
        console.print(renderable)
        visible = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff]", visible)
        assert words(one_line(text)) in words(visible)


@pytest.mark.parametrize(
    ("published", "long", "short"),
    [
        ("2026-03-14", "14 March 2026", "2026-03-14"),
        ("2026-03-01T23:59:00+05:30", "1 March 2026", "2026-03-01"),
        ("2026-03-14T07:40:00Z", "14 March 2026", "2026-03-14"),
        (None, "undated", "undated"),
        ("", "undated", "undated"),
        ("last \x1bweek", "last week", "undated"),
    ],
)
def test_dates(published: str | None, long: str, short: str) -> None:
    assert day(published) == long
    assert iso_day(published) == short


@given(st.text(max_size=400), st.integers(20, 60))
def test_a_trimmed_quote_is_exact(text: str, length: int) -> None:
    line = one_line(text)
    cut = trimmed(text, length)
    assert cut == line or (cut.endswith(" […]") and line.startswith(cut.removesuffix(" […]")))
    assert len(cut) <= length + 4


def test_flags_are_letters_and_go_on_after_z() -> None:
    row = [samples.statement("x", support="weak")] * 28 + [samples.statement("y")]
    assert list(flags(row).values())[24:] == ["y", "z", "aa", "ab"]
    assert why_flagged(row[0]) == "weak"


def test_support_share_counts_supported_only() -> None:
    assert support_share(samples.ANSWER.statements) == "5 of 7 statements supported"
    assert support_share([]) == ""


def test_who_says_a_quote_stands_under_it() -> None:
    (statement,) = samples.PARTIAL.statements
    (cited,) = statement.citations
    said = Attribution(("Ida Korr, harbour master", "Radio Pell\x1b[31m"), "denied", "denies")
    answer = replace(samples.PARTIAL, statements=(replace(statement, citations=(replace(cited, attribution=said),)),))
    assert "      denied by Ida Korr, harbour master → Radio Pell[31m" in shown(answer_terminal(answer)).splitlines()


def test_versions_stand_in_a_table_latest_first() -> None:
    first = samples.cite(samples.GAZETTE, samples.GAZETTE.text[:20])
    second = samples.cite(samples.HERALD, samples.HERALD.text[:20])
    corrects = Version("31", replace(first, attribution=Attribution(("Ida Korr",), "said")), corrects=True)
    differ = Disagreement("lorries", (corrects, Version("28", second)))
    lines = shown(answer_terminal(replace(samples.PARTIAL, disagreements=(differ,)))).splitlines()
    at = lines.index("Sources differ: lorries")
    assert lines[at + 1 : at + 3] == [
        "  31  12 March 2026 · Merrow Gazette · corrects the others; said by Ida Korr",
        "  28  14 March 2026 · Northern Herald",
    ]
