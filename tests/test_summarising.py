"""The extractive briefing: which articles, which sentences, in which words."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.grounding import ground_draft
from pipeline.grounding.dates import dates_in
from pipeline.questions import content_stems
from pipeline.summarising.belonging import belonging
from pipeline.summarising.chronicle import event_day, timeline
from pipeline.summarising.developments import find_developments
from pipeline.summarising.doubts import disagreements, not_known, unconfirmed
from pipeline.summarising.lines import is_round_up, is_whole, kept_to, read_lines
from pipeline.summarising.selecting import choose, units
from pipeline.summarising.weighing import LEAST, tfidf, weigh
from pipeline.summarising.writer import dated, write_brief
from pipeline.types import ArticleInfo, Evidence, Passage, Sentence
from pipeline.writing import Task


def passage(
    number: int,
    *sentences: str,
    article: str = "",
    title: str = "Ferry news",
    day: str | None = "2026-04-16",
    source: str = "The Merrow Gazette",
):
    """A numbered passage of these sentences, one article each unless named."""
    spans, at = [], 0
    for text in sentences:
        spans.append(Sentence(at, at + len(text), text))
        at += len(text) + 1
    info = ArticleInfo(article or f"a{number}", title, source, "", day)
    return Evidence(number, Passage(info.id, 0, tuple(spans), 50, id=number), info, 1.0)


@dataclass(frozen=True)
class Read:
    sentences: tuple[str, ...]
    last: str
    alone: bool


READ = (
    Read(
        ("MERROW, Island, April 14 (Crestline) - The ferry ran aground on Tuesday.",),
        "The ferry ran aground on Tuesday.",
        True,
    ),
    Read(("PORT MERROW – The ferry line was sold for £4m.",), "The ferry line was sold for £4m.", True),
    Read(
        ("Ada Quill, the harbour master, closed the port.", "She said it would open on Monday."),
        "She [Ada Quill] said it would open on Monday.",
        True,
    ),
    Read(
        ("Ada Quill, the harbour master, met Bram Orr, the mayor.", "She said the port would open on Monday."),
        "She said the port would open on Monday.",
        False,
    ),
    Read(("The company closed the Merrow line.",), "The company closed the Merrow line.", False),
    Read(
        ("Northline Shipping closed the Merrow line in May.", "The company said it had lost £4m."),
        "The company [Northline Shipping] said it had lost £4m.",
        True,
    ),
    Read(
        ("Northline Shipping sued Merrow Water in May.", "The company said it had lost £4m."),
        "The company said it had lost £4m.",
        False,
    ),
    Read(
        ("Noor Haddow, who runs the Lock Street bakery, spoke.", "The company said it had lost £4m."),
        "The company said it had lost £4m.",
        False,
    ),
    Read(
        ("“A mother is ill,” Ada Quill said. “She is not well.", "Nobody in Merrow helped her.", "That was wrong.”"),
        "That was wrong.”",
        False,
    ),
    Read(("Traffic on the I-95 was stopped at Merrow.",), "Traffic on the I-95 was stopped at Merrow.", True),
    Read(('Ada Quill said “it was “wrong".',), 'Ada Quill said “it was “wrong".', False),
    Read(("Barbara Surk reported from Nice.",), "Barbara Surk reported from Nice.", False),
    Read(("The number of people hurt rose to 12.",), "The number of people hurt rose to 12.", True),
    Read(("Merrow Lines denied that.",), "Merrow Lines denied that.", False),
    Read(("Check back for the latest from Merrow.",), "Check back for the latest from Merrow.", False),
    Read(("We will be back at 6am.",), "We will be back at 6am.", False),
    Read(("“We will sail on 3 May,” Ada Quill said.",), "“We will sail on 3 May,” Ada Quill said.", True),
    Read(("“We will sail on 3 May, Ada Quill said.",), "“We will sail on 3 May, Ada Quill said.", False),
    Read(("It was a quiet day.",), "It was a quiet day.", False),
    Read(("Who will pay Merrow Lines?",), "Who will pay Merrow Lines?", False),
)


@pytest.mark.parametrize("case", READ, ids=lambda case: case.sentences[-1][:40])
def test_a_line_reads_by_itself_or_is_known_not_to(case: Read) -> None:
    line = read_lines([passage(1, *case.sentences)])[-1]
    assert (line.text, line.alone) == (case.last, case.alone)


def test_what_looks_like_a_mark_is_defused() -> None:
    (line,) = read_lines([passage(1, "Merrow Lines paid [3.4] million crowns in May.")])
    assert line.written == "Merrow Lines paid (3.4] million crowns in May. [1.1]"


# Published on Thursday, 16 April 2026.
DAYS = (
    ("The toll rose on Thursday.", date(2026, 4, 16)),
    ("A man died on Wednesday.", date(2026, 4, 15)),
    ("The gates will open on Monday.", date(2026, 4, 20)),
    ("The gates opened on Monday.", date(2026, 4, 13)),
    ("The order, which goes into effect Monday, covers every gate.", date(2026, 4, 20)),
    ("The council votes on Tuesday.", date(2026, 4, 21)),
    ("The man who leaves the office said on Tuesday it was his wish.", date(2026, 4, 14)),
    ("The report appeared on 2 May 2025.", date(2025, 5, 2)),
    ("The offer lapsed on 9 March.", date(2026, 3, 9)),
    ("A ferry will start on 1 May.", date(2026, 5, 1)),
    ("He left yesterday.", date(2026, 4, 15)),
    ("The river has risen since Sunday.", None),
    ("By Friday 7,400 people were displaced.", None),
    # As likely the coming one: a page that was updated after its day.
    ("Two more were found on Friday.", None),
    ("It was built in May 1961.", None),
)


@pytest.mark.parametrize(("text", "expected"), DAYS, ids=lambda value: str(value)[:40])
def test_the_day_of_an_event_is_worked_out_or_not_at_all(text: str, expected: date | None) -> None:
    (mention,) = dates_in(text)
    assert event_day(mention, date(2026, 4, 16), text) == expected


def test_without_a_day_of_publication_only_whole_dates_are_days() -> None:
    days = [event_day(dates_in(text)[0], None, text) for text in ("It rose on Thursday.", "It rose on 3 May 2026.")]
    assert days == [None, date(2026, 5, 3)]


STORY = (
    passage(
        1,
        "The Merrow ferry ran aground with 62 people on board on Tuesday, the coastguard said.",
        "Ada Quill, the harbour master, said the buoy had been missing since 3 March 2026.",
        "Merrow Lines denied that.",
        article="first",
        title="Ferry runs aground off Merrow",
        day="2026-04-14",
    ),
    passage(
        2,
        "Damage to the Merrow ferry was put at £4.2m on Thursday, more than twice the £2m of the first estimate.",
        "The union says that 40 per cent of the boats are unsafe; the owner says the share is nearer 15 per cent.",
        "Two people familiar with the matter said Merrow Lines had skipped an inspection in 2025.",
        "Merrow Lines declined to say when the hull was last inspected.",
        "Correction: an earlier version of this article said that 26 people were on board.",
        article="second",
        title="Ferry damage put at £4.2m",
        day="2026-04-16",
        source="The Tolsta Post",
    ),
)


def test_the_draft_is_whole_sentences_that_are_borne_out() -> None:
    draft = write_brief(Task("Merrow ferry", STORY), 200)
    sections = ground_draft(draft, STORY)
    assert sections[0].title == "Bottom line"
    assert {section.title for section in sections[1:]} <= {
        "Ferry runs aground off Merrow (14 April 2026)",
        "Ferry damage put at £4.2m (16 April 2026)",
    }
    assert {statement.support for section in sections for statement in section.statements} == {"supported"}
    assert "£4.2m on Thursday (16 April)" in draft
    assert "earlier version" not in draft


def test_a_draft_without_anything_to_say_refuses() -> None:
    assert write_brief(Task("quantum zebra", ()), 200).startswith("NO ANSWER: No article in the library is about")


@settings(deadline=None)
@given(st.integers(20, 300))
def test_no_more_words_are_chosen_than_there_is_room_for(words: int) -> None:
    lines = read_lines(STORY)
    chosen = choose(lines, units(lines), weigh("Merrow ferry", lines), tfidf(lines), words)
    assert sum(lines[index].words for index in chosen) <= words
    assert len(set(chosen)) == len(chosen)


def test_a_figure_is_told_once() -> None:
    lines = read_lines(
        [
            passage(1, "Repairs to the Alder bridge will cost 41 crowns a tonne."),
            passage(2, "For a tonne of the repairs 41 crowns are charged at Alder."),
            passage(3, "The Alder bridge carries 900 lorries a day."),
        ]
    )
    chosen = choose(lines, units(lines), np.array([0.9, 0.8, 0.1]), tfidf(lines), 40)
    assert chosen == [0, 2]


def test_a_sentence_that_points_back_comes_with_the_one_before() -> None:
    lines = read_lines([STORY[0]])
    assert units(lines) == [(0,), (1,), (1, 2)]


def test_a_quotation_over_several_sentences_is_told_whole_or_not_at_all() -> None:
    said = (
        "Ada Quill, the mayor, spoke. “Merrow is closed.",
        "It will open in May,” she said.",
        "Merrow has 900 people.",
    )
    lines = read_lines([passage(1, *said)])
    assert units(lines) == [(0, 1), (2,)]
    assert [line.inside for line in lines] == [False, True, False]
    endless = ["“Merrow is closed.", *["It rained in Merrow for 9 days."] * 3, "It will open in May,” she said."]
    assert units(read_lines([passage(1, *endless)])) == []


def test_of_one_outlet_the_first_sentences_are_worth_most() -> None:
    texts = ("Merrow lost 3 ferries.", "The harbour of Merrow closed.", "It will cost £9m in 2027 and £3m in 2028.")
    lines = read_lines([passage(1, *texts), passage(2, *texts[::-1], title="Merrow harbour")])
    weights = weigh("Merrow", lines)
    assert {int(index) for index in np.argsort(-weights)[:2]} == {0, 3}
    assert weights.min() == pytest.approx(LEAST)


def test_developments_keep_wire_copies_together_and_days_apart() -> None:
    wire = "The Merrow ferry ran aground with 62 people on board early on Tuesday off the northern point of the island."
    lines = read_lines(
        [
            passage(1, wire, "Nobody was hurt in Merrow.", day="2026-04-14"),
            passage(2, wire, "The Gazette went to Merrow.", day="2026-04-15"),
            passage(3, "Damage to the hull was put at £4.2m by Lloyd Anders.", day="2026-06-16"),
        ]
    )
    assert [sorted(one.articles) for one in find_developments(lines, 6)] == [["a1", "a2"], ["a3"]]


def test_the_timeline_gives_each_day_once_in_order() -> None:
    lines = read_lines(STORY)
    entries = timeline(lines, np.ones(len(lines)), frozenset(), 5)
    assert [entry.labels[0] for entry in entries] == ["14 April 2026", "16 April 2026"]


def test_disagreements_name_values_speakers_and_source() -> None:
    lines = read_lines(STORY)
    entries = disagreements("Merrow ferry", STORY, lines, np.ones(len(lines)), tfidf(lines))
    assert [(entry.labels, [line.text[:12] for line in entry.lines]) for entry in entries] == [
        (
            (
                "what Ada Quill says: said · The Merrow Gazette, 14 April 2026",
                "denied · The Merrow Gazette, 14 April 2026",
            ),
            ["Ada Quill, t", "Merrow Lines"],
        ),
        (("share: 40 per cent / 15 per cent · The Tolsta Post, 16 April 2026",), ["The union sa"]),
    ]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (
            "Ada Quill said Kessler had 97 tons on the Merrow bridge.",
            "Bram Orr said Kessler had 118 tons on the Merrow bridge.",
            True,
        ),
        (
            "Ada Quill said Kessler had 97 tons on the Merrow bridge.",
            "Ada Quill said Kessler had 118 tons on the Merrow bridge.",
            False,
        ),
        (
            "Kessler had 97 tons on the Merrow bridge.",
            "Kessler had 118 tons on the Merrow bridge.",
            False,
        ),
        ("The bridge will cost $184 million, compared with the $150 million estimated in June.", "It rained.", False),
    ],
)
def test_an_update_is_no_disagreement(first: str, second: str, found: bool) -> None:
    evidence = [passage(1, "The Merrow bridge fell on Monday.", first), passage(2, "The Merrow bridge fell.", second)]
    lines = read_lines(evidence)
    assert bool(disagreements("Merrow bridge", evidence, lines, np.ones(len(lines)), tfidf(lines))) is found


def test_claims_of_one_origin_and_silences_are_listed() -> None:
    lines = read_lines(STORY)
    claims = unconfirmed(lines, np.ones(len(lines)), tfidf(lines), frozenset(), 4)
    silences = not_known(lines, units(lines), frozenset(), 4)
    assert [entry.lines[0].text[:10] for entry in claims] == ["Two people"]
    assert [(entry.labels[0], entry.lines[0].text[:21]) for entry in silences] == [
        ("As of 16 April 2026", "Merrow Lines declined")
    ]


def test_a_date_is_put_behind_a_weekday_only_where_it_is_sure() -> None:
    sure, unsure = read_lines([passage(1, "The toll rose to 12 on Thursday.", "Merrow was closed on Friday.")])
    assert dated(sure).text == "The toll rose to 12 on Thursday (16 April)."
    assert dated(unsure) == unsure


def test_an_article_of_the_same_story_belongs_by_its_names() -> None:
    evidence = [
        passage(1, "The Orlosk depot was hit by Vesmar on Sunday, Kordany said.", title="Orlosk depot airstrike"),
        passage(2, "Vesmar and Kordany signed a truce in Lusenne, Edda Rosting said.", title="A truce is signed"),
        passage(3, "The Alder bridge depot in Wexley was closed by Everett Pascoe.", title="Bridge closed"),
    ]
    assert belonging("Orlosk depot airstrike and truce", evidence) == ("a1", "a2")
    assert belonging("quantum zebra", evidence) == ()


def test_in_a_library_of_one_story_an_article_belongs_by_the_names_of_the_topic() -> None:
    evidence = [
        passage(
            1, "The Harnwick tram opens in May and has cost £612m, Maureen Tate said.", title="Opening of the tram"
        ),
        passage(
            2, "Carla Brodell owes Harnwick nothing for the tram, Brodell Construction told Fen Park.", title="Row"
        ),
        passage(3, "The cost of an opening at sea was met by Idris Belen of Suri.", title="Ferry"),
    ]
    assert belonging("Harnwick tram cost and opening", evidence) == ("a1", "a2")


def test_a_story_of_one_source_has_a_bottom_line_that_says_so() -> None:
    only = passage(
        1,
        "The Merrow ferry was withdrawn after a crack opened in its bow door.",
        "Repairs to the Merrow ferry are under way at the Tolsta yard.",
    )
    draft = write_brief(Task("Merrow ferry", (only,)), 200)
    assert draft.startswith("## Bottom line, from one source only\nThe Merrow ferry was withdrawn")


@pytest.mark.parametrize(
    ("title", "share", "round_up"),
    [
        ("Hurricane Idalia, Mitch McConnell, Merrow ferry: Wednesday's news", 0.5, True),
        ("Israel-Hamas war, Damar Hamlin: the most searched for", 0.05, True),
        ("Israel-Hamas war, Damar Hamlin: the most searched for", 0.5, False),
        ("Merrow ferry back in service, but not on Sundays", 0.05, False),
        ("Merrow ferry, Merrow bridge, Merrow pier: what is open", 0.05, False),
        ("Merrow ferry", 0.0, False),
    ],
)
def test_a_round_up_is_told_by_its_title(title: str, share: float, round_up: bool) -> None:
    assert is_round_up(title, content_stems("Merrow ferry"), share) is round_up


def test_of_a_round_up_only_what_is_of_the_topic_is_used() -> None:
    title = "Hurricane Idalia, Merrow ferry, Tolsta bank: the morning's news"
    item = passage(1, "The Merrow ferry is back.", "Radar showed the eye of Idalia off Tolsta.", title=title)
    assert [line.whole for line in kept_to("Merrow ferry", read_lines([item]))] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "EXPLAINED: 130 hours after the quake, rescues go on in Antakya.",
        "Kathleen Wong is a travel reporter for the Tolsta Post based in Merrow.",
    ],
)
def test_a_page_that_speaks_for_itself_is_no_report(text: str) -> None:
    assert not is_whole(text)


def test_one_outlet_leads_with_two_sentences() -> None:
    item = passage(
        1,
        "The Merrow ferry was withdrawn on Friday after a crack was found in its bow door.",
        "Calder Line said that the Merrow ferry would be back in May.",
        "Ada Quill runs the bakery on Lock Street in Tolsta.",
        title="Merrow ferry withdrawn",
    )
    draft = write_brief(Task("Merrow ferry", (item,)), 200)
    lead = draft.split("\n")[1]
    assert "withdrawn on Friday" in lead
    assert "back in May" in lead
