"""Cleaning: what is the article, what is left out and why, and that every visible character is accounted for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cleaning import clean, dates, language
from pipeline.errors import InputError
from pipeline.types import Article, RawArticle

TODAY = date(2026, 6, 30)


def rows(name: str) -> list[list[str]]:
    """(reason, line) for each row of a table of residue."""
    table = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return [row.split("\t") for row in table.splitlines()]


RESIDUE = rows("residue_lines.tsv")
HELD_OUT = rows("residue_held_out.tsv")
"""Lines that no rule was written on and no weight was learned from."""
BLIND = rows("residue_blind.tsv")
"""Place, reason or "body", line: residue, and lines that look like it, written before the code that tells them."""

BODIES = {
    "en": (
        "Council votes to dredge the harbour before winter",
        "Ines Halloran's casting vote ends a two-year row over who pays for the work.",
        "The council voted on Tuesday to dredge the harbour before the winter storms, ending two years of argument.",
        "“We could not wait for another season,” Mayor Ines Halloran told the chamber. Her vote decided it, 11 to 10.",
        "The work will cost 4.2 million and take nine weeks, according to the port authority.",
        "What happens next",
        "Dredgers are due on 6 October. Ferries will run on a reduced timetable until the end of November.",
        "Fishermen are not convinced. The channel was last cleared in 2014, said Tom Ibbet, who chairs the owners.",
        "The authority disputes that account.",
    ),
    "de": (
        "Rat beschließt Ausbaggerung des Hafens",
        "Der Rat hat am Dienstag beschlossen, den Hafen noch vor den Winterstürmen auszubaggern.",
        "Die Arbeiten kosten 4,2 Millionen Euro und dauern neun Wochen, teilte die Hafenbehörde mit.",
        "Wie es weitergeht",
        "Die Bagger sollen am 6. Oktober kommen. Die Fähren fahren bis Ende November nur eingeschränkt.",
    ),
    "ja": (
        "港のしゅんせつ、冬前に着手へ",
        "市議会は火曜日、冬の嵐が来る前に港のしゅんせつ工事を始めることを賛成多数で決めた。",
        "費用は四百二十万円で、工期は九週間と見込まれている。",
        "漁業者は納得していない。",
    ),
    "ar": (
        "المجلس يقرر تعميق الميناء قبل الشتاء",
        "قرر المجلس يوم الثلاثاء تعميق الميناء قبل عواصف الشتاء بعد عامين من الجدل حول التكلفة.",
        "وقالت هيئة الميناء إن العمل سيكلف أربعة ملايين وسيستمر تسعة أسابيع.",
    ),
}


def raw(text: str, **known: object) -> RawArticle:
    return replace(RawArticle(text, text.encode(errors="surrogatepass"), "text", "a.txt"), **known)


def labelled(article: Article) -> list[tuple[str, str]]:
    """Every decision in order: the role or the reason, and the text it is about."""
    spans = [(block.start, block.end, block.role) for block in article.blocks]
    spans += [(out.start, out.end, out.reason) for out in article.left_out]
    return [(label, article.text[start:end]) for start, end, label in sorted(spans)]


def out_of(article: Article) -> str:
    return " ".join(article.text[out.start : out.end] for out in article.left_out)


def body(article: Article) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks if block.role == "paragraph"]


def test_a_pasted_article_is_taken_apart() -> None:
    text = """Home > News > Coast
Council votes to dredge the harbour
Casting vote ends a two-year row over who pays

By Ana Brell and Tom Ibbet, Coast Editors
The Harbour Post
Published 12 March 2026, 14:05 GMT | Updated 13 March 2026
Share   Tweet   Print
DUNMARROW, March 12 - The council voted on Tuesday to dredge the harbour before the winter storms.
“We could not wait,” the mayor told the chamber. Her vote decided it.
Advertisement
What happens next
Dredgers are due on 6 October. Ferries will run on a reduced timetable until November, the operator said.
Photo: Ana Brell/Harbour Post
(Reporting by Ana Brell; Editing by Lin Abara)
Ana Brell is the Harbour Post's coast editor.
Most read
1. Winter fuel bills: what the cap means
2. Why everyone is baking rye
Harbour Post Store
`; document.getElementById("x").innerHTML = cont; if (x !== null) { x.style.width = "100%"; } (function (v, i) { });"""
    article = clean(raw(text), today=TODAY)
    assert [label for label, _ in labelled(article)] == [
        "navigation",
        "headline",
        "standfirst",
        "byline",
        "publication",
        "publication",
        "share bar",
        "paragraph",
        "paragraph",
        "advertisement",
        "subhead",
        "paragraph",
        "caption or credit",
        "byline",
        "byline",
        "read-more",
        "read-more",
        "read-more",
        "promotion",
        "script residue",
    ]
    info = article.info
    assert info.title == "Council votes to dredge the harbour"
    assert (info.source, info.published) == ("The Harbour Post", "2026-03-12T14:05:00+00:00")
    assert (info.authors, info.language) == (("Ana Brell", "Tom Ibbet"), "en")
    assert article.text is text


@dataclass(frozen=True)
class Head:
    name: str
    lines: tuple[str, ...]
    title: str = "Council votes to dredge the harbour"
    source: str = ""
    published: str | None = None
    authors: tuple[str, ...] = ()


LEAD = "The council voted on Tuesday to dredge the harbour before the winter storms, ending two years of argument."
HEADS = (
    Head("nothing else", ()),
    Head("byline", ("By Ana Brell",), authors=("Ana Brell",)),
    Head("bare name and outlet", ("Ana Brell", "The Harbour Post"), source="The Harbour Post", authors=("Ana Brell",)),
    Head("byline in capitals", ("BY ANA BRELL",), authors=("Ana Brell",)),
    Head("staff has no name", ("By staff reporters",)),
    Head("agency", ("By PNA and staff reporters",), authors=("PNA",)),
    Head("place and job", ("By Ana Brell, Coast Editor, in Dunmarrow",), authors=("Ana Brell",)),
    Head("name and kind", ("Ana Brell | Comment", "3 May 2026"), published="2026-05-03", authors=("Ana Brell",)),
    Head("day", ("3 May 2026",), published="2026-05-03"),
    Head("two days", ("Updated 14 May 2026", "Published 13 May 2026"), published="2026-05-13"),
    Head("only updated", ("Updated: March 14, 2026 at 6:12 p.m. ET",), published="2026-03-14T18:12:00-04:00"),
    Head("a future day is refused", ("Published 1 July 2026",)),
    Head("an ambiguous day is refused", ("Published 03/04/2026",)),
    Head("one line of all", ("Harbour News | Tue 12 May 2026 | 10:12",), source="Harbour News", published="2026-05-12"),
    Head("wire", ("DUNMARROW (Reuters) - " + LEAD,), source="Reuters"),
    Head("wire on its own line", ("New York CNN —",), source="CNN"),
    Head("ago", ("3 hours ago",)),
)


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.name)
def test_the_head_says_where_an_article_comes_from(head: Head) -> None:
    article = clean(raw("\n".join((head.title, *head.lines, LEAD, "Nobody objected to it."))), today=TODAY)
    assert article.info.title == head.title
    assert (article.info.source, article.info.published) == (head.source, head.published)
    assert article.info.authors == head.authors
    assert body(article)[-2:] == [LEAD, "Nobody objected to it."]


def test_what_the_reader_knew_is_not_overwritten() -> None:
    known = raw(
        f"Another line\nBy Ana Brell\n3 May 2026\n{LEAD}",
        title="Known",
        source="Known Post",
        published="2026-01-01",
        authors=("Known Author",),
    )
    info = clean(known, today=TODAY).info
    assert (info.title, info.source, info.published) == ("Known", "Known Post", "2026-01-01")
    assert info.authors == ("Known Author",)


def test_a_date_out_of_a_script_is_not_the_day_of_publication() -> None:
    article = clean(raw(f'Council votes\nvar published = "2026-05-03"; track(published);\n{LEAD}'), today=TODAY)
    assert article.info.published is None
    assert [out.reason for out in article.left_out] == ["script residue"]


def test_a_script_on_the_end_of_a_paragraph_is_cut_off() -> None:
    script = "window.__adq = window.__adq || []; __adq.push({slot: 1});"
    article = clean(raw(f"Council votes\n{LEAD} {script}"), today=TODAY)
    assert labelled(article)[-2:] == [("paragraph", LEAD), ("script residue", script)]


@pytest.mark.parametrize(
    "line",
    [
        "“Sign up for our newsletter,” the mayor told the chamber, to general laughter.",
        "The council uses cookies on its site, the mayor said.",
        "Hundreds of residents signed up for alerts from the port.",
        "Residents can follow the work on Facebook, according to the authority.",
        "She shared the photo with the inquiry and 12 comments were read out.",
        "A correction was made on 4 May 2026: an earlier version misstated the cost.",
        "He wrote the function of the harbour into law (see section 4).",
        "The price rose to $9.99 a month for digital access, the company said.",
    ],
)
def test_a_sentence_of_the_story_stays(line: str) -> None:
    assert line in body(clean(raw(f"Council votes\n{LEAD}\n{line}\n{LEAD}"), today=TODAY))


def test_lines_of_a_list_are_paragraphs_and_a_lone_short_line_is_a_subhead() -> None:
    listed = ["Alabama", "Alaska", "Arizona"]
    article = clean(raw("\n".join(["Where it rained", LEAD, "China", LEAD, *listed, LEAD])), today=TODAY)
    assert [text for label, text in labelled(article) if label == "subhead"] == ["China"]
    assert set(listed) <= set(body(article))


def test_only_a_whole_block_that_repeats_the_standfirst_is_left_out() -> None:
    standfirst = "Moving the boats would be the port's way of saving money and time"
    within = f"{standfirst}. Nobody has asked the owners what they think of it."
    article = clean(
        raw("\n".join(["Port to move boats out of the harbour", standfirst, "By Ana Brell", LEAD, standfirst, within])),
        today=TODAY,
    )
    assert [out.reason for out in article.left_out] == ["repeated standfirst"]
    assert body(article) == [LEAD, within]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = """Council votes to dredge the harbour

The council voted on Tuesday to dredge the harbour before the
winter storms, ending two years of argument over the bill and
over the question of who should have to pay the whole of it.

The work will cost four million and take nine weeks, the port
authority said on Tuesday, although the fishermen who moor at
the old pier are not convinced that it can be done by winter,
and neither, on the evidence of last year, is anybody else."""
    article = clean(raw(text), today=TODAY)
    assert [block.role for block in article.blocks] == ["headline", "paragraph", "paragraph"]


@pytest.mark.xfail(reason="a long list of names between paragraphs is taken for a row of links", strict=True)
def test_the_menu_of_a_page_pasted_whole_goes_and_a_list_in_the_story_stays() -> None:
    menu = ["Norvale", "Ports and ferries", "Courts", "Town halls", "Harbour watch", "Farming", "Schools"]
    menu += ["Obituaries", "Planning", "Tides", "Our columnists"]
    listed = [
        "Dunmarrow",
        "Aske Bay",
        "Tarn",
        "Brenholm",
        "Orlosk",
        "Ilma",
        "Brevik",
        "Sandhaven",
        "Holt",
        "Lund",
        "Osk",
    ]
    text = "\n".join([*menu, "Where boats may still land", LEAD, *listed, LEAD, *menu])
    article = clean(raw(text), today=TODAY)
    assert set(listed) <= set(body(article))
    assert not set(menu) & set(body(article))


def test_hard_wrapped_lines_with_residue_between_them_are_one_paragraph() -> None:
    wrapped = [
        "The council voted on Tuesday to dredge the harbour before the winter",
        "storms, ending two years of argument over the bill and over the old",
        "question of who should have to pay the whole of it in the end.",
        "Advertisement",
        "The work will cost four million and take nine weeks, the authority",
        "said on Tuesday, although the fishermen who moor at the old pier are",
        "not convinced that it can be done by winter, and neither is anybody.",
    ]
    article = clean(raw("\n".join(["Council votes to dredge the harbour", *wrapped])), today=TODAY)
    assert [label for label, _ in labelled(article)] == ["headline", "paragraph", "advertisement", "paragraph"]


@pytest.mark.parametrize(
    ("line", "residue"),
    [
        (f"{LEAD} Nobody spoke against it.Read more: The mayor who said no", "Read more: The mayor who said no"),
        (f"{LEAD} Nobody spoke. Sign up to our newsletter here.", "Sign up to our newsletter here."),
    ],
)
def test_residue_on_the_end_of_a_paragraph_is_cut_off(line: str, residue: str) -> None:
    article = clean(raw("\n".join(("Council votes to dredge the harbour", line, LEAD, LEAD))), today=TODAY)
    assert [article.text[out.start : out.end] for out in article.left_out] == [residue]


def test_a_short_headline_stays_above_a_standfirst_that_is_repeated() -> None:
    standfirst = "Moving the boats would be the port's way of saving money and time"
    within = f"{standfirst}. Nobody has asked the owners what they think of it."
    lines = ["Boats to move", standfirst, "By Ana Brell", LEAD, standfirst, within]
    article = clean(raw("\n".join(lines)), today=TODAY)
    assert [out.reason for out in article.left_out] == ["repeated standfirst"]


def test_a_headline_is_found_below_residue() -> None:
    above = ["Skip to content", "Search the archive", "Harbour Post homepage", "Subscribe for £1 a week"]
    title = "Council votes to dredge the harbour"
    article = clean(
        raw("\n".join([*above, title, "By Ana Brell", "Share", LEAD, LEAD + " Nobody spoke."])), today=TODAY
    )
    assert article.info.title == title
    assert {article.text[out.start : out.end] for out in article.left_out} == {*above, "Share"}


def test_a_day_further_down_does_not_make_paragraphs_into_the_head() -> None:
    paragraphs = [f"{LEAD} Nobody spoke.", f"{LEAD} Somebody did.", f"{LEAD} The mayor was away."]
    text = "\n".join(["Council votes", *paragraphs, "— The Harbour Post (@post) 12 March 2026", LEAD])
    kept = {told for role, told in labelled(clean(raw(text), today=TODAY)) if role in ("standfirst", "paragraph")}
    assert set(paragraphs) <= kept


def test_invisible_characters_are_left_out_even_when_all_is_kept() -> None:
    text = f"Council votes\n\u200b{LEAD[:21]}\u2060{LEAD[21:]}\nAdvertisement"
    article = clean(raw(text), keep_all=True, today=TODAY)
    assert [out.reason for out in article.left_out] == ["invisible characters"] * 2
    assert body(article) == [LEAD[:20], LEAD[21:], "Advertisement"]
    persian = "او می\u200cرود و برمی\u200cگردد و همه چیز را به مردم شهر می\u200cگوید."
    assert clean(raw(persian), today=TODAY).left_out == ()


def test_a_text_without_a_headline_is_titled_by_its_first_words() -> None:
    article = clean(raw(LEAD + " Nobody objected.\nThe port disagrees."), today=TODAY)
    assert article.info.title.endswith("…")
    assert LEAD.startswith(article.info.title[:-1])
    assert [block.role for block in article.blocks] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("text", "left_out"), [("", ""), ("  \n\u200b", "invisible"), ("Advertisement\nShare\n© 2026 Post", "share bar")]
)
def test_an_input_without_article_text_is_refused(text: str, left_out: str) -> None:
    with pytest.raises(InputError, match=f"it holds no article text.*{left_out}") as refusal:
        clean(raw(text), today=TODAY)
    assert ("--keep-all" in refusal.value.next_step) == (left_out == "share bar")


@pytest.mark.parametrize(
    ("known", "key"),
    [
        ({"origin": "./a/b.txt", "title": "Dredging  Begins"}, "file:b.txt|dredging begins|"),
        ({"origin": "/x/b.txt", "title": "A", "published": "2026-03-01T10:00:00+01:00"}, "file:b.txt|a|2026-03-01"),
        ({"origin": "wire.jsonl:3", "identity": "record:wire.jsonl|a|"}, "record:wire.jsonl|a|"),
        ({"url": "HTTPS://Post.example/a/?utm_source=x&id=4#top"}, "https://post.example/a?id=4"),
        ({"url": "https://post.example/a?id=4", "origin": "-"}, "https://post.example/a?id=4"),
    ],
)
def test_an_article_is_known_by_its_address_or_its_place(known: dict[str, str], key: str) -> None:
    article = clean(raw(LEAD, **known), today=TODAY)
    assert article.key == key
    assert re.fullmatch("[0-9a-f]{16}", article.info.id)


def test_text_from_standard_input_is_known_by_its_content() -> None:
    first, again, other = (clean(raw(text, origin="-"), today=TODAY) for text in (LEAD, LEAD, LEAD + " More."))
    assert first.key.startswith("text:")
    assert (first.info.id == again.info.id, first.info.id == other.info.id) == (True, False)


@pytest.mark.parametrize("tongue", BODIES)
def test_a_clean_body_loses_nothing(tongue: str) -> None:
    article = clean(raw("\n".join(BODIES[tongue])), today=TODAY)
    assert article.left_out == ()
    assert article.info.language == tongue
    assert article.info.title == BODIES[tongue][0]


@pytest.mark.parametrize(("residue", "share"), [(RESIDUE, 0.98), (HELD_OUT, 0.92)], ids=("known", "held out"))
def test_planted_residue_goes_and_the_body_stays(residue: list[list[str]], share: float) -> None:
    """At most 0.1% of the body is lost, each line at three places."""
    planted = removed = lost = bodies = 0
    lines = BODIES["en"]
    for _, line in residue:
        for place in (3, 4, len(lines)):
            text = "\n".join((*lines[:place], line, *lines[place:]))
            start = text.index(f"\n{line}") + 1
            article = clean(raw(text), today=TODAY)
            gone = [index for out in article.left_out for index in range(out.start, out.end)]
            within = sum(start <= index < start + len(line) for index in gone)
            planted, removed = planted + len(line), removed + within
            bodies, lost = bodies + len(text) - len(line), lost + len(gone) - within
    assert removed / planted >= share
    assert lost / bodies <= 0.001


PLACES = {"top": (0,), "head": (1, 2), "middle": (4, 5, 7), "tail": (9,)}


@pytest.mark.parametrize(("body", "least", "most"), [(False, 0.9, 1.0), (True, 0.0, 0.055)], ids=("residue", "body"))
def test_lines_written_blind_go_or_stay(body: bool, least: float, most: float) -> None:
    """First seen: .75 of the residue and .07 of the body were left out, with the rules and weights of that day."""
    lines = BODIES["en"]
    planted = removed = 0
    for place, reason, line in BLIND:
        for at in PLACES[place] if (reason == "body") is body else ():
            text = "\n".join((*lines[:at], line, *lines[at:]))
            start = 0 if at == 0 else text.index(f"\n{line}") + 1
            left_out = clean(raw(text), today=TODAY).left_out
            gone = {index for out in left_out for index in range(out.start, out.end)}
            planted, removed = planted + len(line), removed + sum(start <= index < start + len(line) for index in gone)
    assert least <= removed / planted <= most


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Dec 3, 2024 10:15", "2024-12-03"),
        ("December 3rd, 2024 | 10:15 AM EST", "2024-12-03T10:15:00-05:00"),
        ("2026-03-12T14:05:00Z", "2026-03-12T14:05:00+00:00"),
        ("2026-03-12 14:05 +0200", "2026-03-12T14:05:00+02:00"),
        ("12 June 2026 10.20 BST", "2026-06-12T10:20:00+01:00"),
        ("12. März 2026, 14:05 Uhr", "2026-03-12"),
        ("le 3 décembre 2024 à 10h15", "2024-12-03"),
        ("3 de diciembre de 2024", "2024-12-03"),
        ("12 марта 2026, 14:05 МСК", "2026-03-12T14:05:00+03:00"),
        ("12 مارس 2026", "2026-03-12"),
        ("3 בדצמבר 2024", "2024-12-03"),
        ("2026年3月12日", "2026-03-12"),
        ("13/04/2026", "2026-04-13"),
        ("03/04/2026", None),
        ("31 June 2024", None),
        ("in 12 seasons to 2024", None),
        ("May 3", None),
    ],
)
def test_a_date_is_read_only_when_it_is_certain(text: str, iso: str | None) -> None:
    found = dates.find(text)
    assert (found.iso if found else None) == iso


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le conseil a voté mardi et les pêcheurs ne sont pas contents de la décision qui a été prise.", "fr"),
        ("El consejo votó el martes y los pescadores no están contentos con la decisión que se tomó.", "es"),
        ("Il consiglio ha votato martedì e i pescatori non sono contenti della decisione che è stata presa.", "it"),
        ("O conselho votou na terça-feira e os pescadores não estão contentes com a decisão que foi tomada.", "pt"),
        ("Совет проголосовал во вторник, и рыбаки недовольны.", "ru"),
        ("המועצה הצביעה ביום שלישי והדייגים אינם מרוצים.", "he"),
        ("شورا روز سه‌شنبه رای داد و ماهیگیران راضی نیستند که چنین شد.", "fa"),
        ("市议会周二投票决定疏浚港口。", "zh"),
        ("De raad stemde dinsdag en de vissers zijn niet blij met het besluit.", "nl"),
        ("Рада проголосувала у вівторок, і рибалки незадоволені.", "uk"),
        ("Xyzzy 12 345", ""),
        ("", ""),
    ],
)
def test_the_language_is_named_or_left_open(text: str, code: str) -> None:
    assert language.detect(text) == code


def test_a_headline_alone_is_no_article() -> None:
    opening = "Ines Halloran's casting vote ends a two-year row over who pays for the work."
    article = clean(raw("\n".join([opening, "", "CNN —", "TAGS: quarry | planning | dust", "0", LEAD])), today=TODAY)
    assert any(article.text[block.start : block.end] == LEAD for block in article.blocks)


LINES = st.one_of(
    st.sampled_from([line for _, line in RESIDUE]),
    st.sampled_from([line for lines in BODIES.values() for line in lines]),
    st.sampled_from(["", "By Ana Brell", "3 May 2026", "* * *", "\u200b", "Why?", "}", "- one", "CNN —"]),
    st.text(max_size=60),
)


@settings(deadline=None)
@given(st.lists(LINES, max_size=16), st.booleans(), st.sampled_from(["", BODIES["en"][0]]))
def test_every_visible_character_is_in_one_block_or_left_out_once(lines: list[str], keep_all: bool, title: str) -> None:
    given_text = raw("\n".join([*lines, LEAD]), title=title)
    article = clean(given_text, keep_all=keep_all, today=TODAY)
    assert article == clean(given_text, keep_all=keep_all, today=TODAY)
    spans = [(span.start, span.end) for span in (*article.blocks, *article.left_out)]
    covered = [index for start, end in spans for index in range(start, end)]
    assert len(covered) == len(set(covered))
    assert {index for index, char in enumerate(article.text) if not char.isspace()} <= set(covered)
    assert all(start < end and not article.text[start].isspace() for start, end in spans)
    assert list(article.blocks) == sorted(article.blocks, key=lambda block: block.start)
    assert list(article.left_out) == sorted(article.left_out, key=lambda out: out.start)
    if keep_all:
        assert {out.reason for out in article.left_out} <= {"invisible characters"}


# Each line once: what stands on a page three times is no subhead.
PASTED = st.lists(
    st.one_of(st.sampled_from([line for _, line in RESIDUE]), st.sampled_from(BODIES["en"][3:])),
    max_size=14,
    unique=True,
)


@settings(deadline=None)
@given(PASTED)
def test_cleaning_what_was_kept_leaves_out_no_more_of_the_body(lines: list[str]) -> None:
    once = clean(raw("\n".join([*BODIES["en"][:3], *lines, LEAD])), today=TODAY)
    kept = "\n".join(once.text[block.start : block.end] for block in once.blocks)
    prose = [text for text in body(once) if text in BODIES["en"] or text == LEAD]
    again = clean(raw(kept), today=TODAY)
    assert not [text for text in prose if text in out_of(again) and text not in body(again)]


@dataclass(frozen=True)
class Notice:
    """A last line (or a headline), whether it is a correction notice, and what it says was wrong."""

    line: str
    is_one: bool
    wrong: str = ""
    in_headline: bool = False


NOTICES = [
    Notice(
        "Correction: An earlier version of this article said the work would cost 4.2 billion. It is 4.2 million.",
        True,
        "the work would cost 4.2 billion",
    ),
    Notice(
        "This story has been corrected to show that the vote was 11 to 10.",
        True,
    ),
    Notice("Because of an editing error, the mayor’s name was misspelled in Tuesday’s article.", True),
    Notice(
        "Editor’s note: A previous version of this story misstated the date of the vote.", True, "the date of the vote"
    ),
    Notice("(Corrects paragraph 3 to say the vote was on Tuesday, not Monday)", True),
    Notice("Korrektur: In einer früheren Version dieses Artikels hieß es, die Arbeiten dauerten neun Monate.", True),
    Notice("Une version précédente de cet article indiquait que le vote avait eu lieu lundi.", True),
    Notice("Una versión anterior de este artículo decía que la votación fue el lunes.", True),
    Notice("更正：本文早前版本误写了表决日期。", True),
    Notice("CORRECTED-Council votes to dredge the harbour", True, in_headline=True),
    Notice("Dredge-Harbour,KILL", True, in_headline=True),
    Notice("Editor’s note: A previous version of this story ran in May.", False),
    Notice("The Department of Corrections said the report was wrong about the number of inmates.", False),
    Notice("The minister asked the paper for a correction and said its article had misquoted him.", False),
    Notice("Killing of harbour dredging plan averted", False, in_headline=True),
]


@pytest.mark.parametrize("case", NOTICES, ids=lambda case: case.line[:40])
def test_a_correction_notice_is_recognised(case: Notice) -> None:
    title, *body = BODIES["en"]
    text = "\n\n".join(body if case.in_headline else [*body, case.line])
    article = clean(RawArticle(text, b"", "text", "a.txt", title=case.line if case.in_headline else title), today=TODAY)
    notice = article.info.correction
    assert (notice is not None) is case.is_one
    if notice is not None:
        assert (notice.quote, notice.wrong) == (case.line, case.wrong)
        assert notice.quote == article.text[notice.start : notice.end] or case.in_headline


def test_a_story_without_running_text_keeps_its_sentences() -> None:
    lines = [
        "The gates of Fennick lock jammed on Tuesday evening.",
        "Barges wait above it, 14 of them.",
        "Nobody was hurt.",
        "The trust is looking for a cause.",
        "Engineers expect to free the lower gate by Thursday.",
    ]
    text = "\n\n".join(lines)
    assert not clean(RawArticle(text, text.encode(), "text", "dock.txt", title="Dock gates jam")).left_out
