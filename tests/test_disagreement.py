"""Where sources disagree: planted pairs of sentences that do and that do not, and what a reader is shown of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from pipeline.disagreement import find_disagreements, note_for, shown_for
from pipeline.types import Correction, Evidence
from tests.evidence import passage

QUESTION = "How many people died at Orlosk?"


@dataclass(frozen=True)
class Case:
    """Two sentences of two articles, a day apart, and the values that differ, latest first; none when they agree."""

    earlier: str
    later: str
    values: tuple[str, ...] = ()


CASES = (
    Case(
        "Nine people died at Orlosk, Sabo said.",
        "Fourteen people died at Orlosk, Kord said.",
        ("Fourteen", "Nine"),
    ),
    Case("Nine people died at Orlosk, Sabo said.", "Nine people died at Orlosk, Kord said."),
    Case("At least nine people died at Orlosk, Sabo said.", "Nine people died at Orlosk, Kord said."),
    Case("About 300 people died at Orlosk, Sabo said.", "The toll of people who died at Orlosk was 304, Kord said."),
    Case("Nine people died at Orlosk, Sabo said.", "Nine trucks burned out at Orlosk, Kord said."),
    Case("Nine people died at Orlosk, Sabo said.", "Another five people died at Orlosk, Kord said."),
    Case("Nine people died at Orlosk, Sabo said.", "Five of the people who died at Orlosk were drivers, Kord said."),
    Case(
        "Orlosk lost 62 containers of grain, Sabo said.",
        "Orlosk lost 97 containers of grain, Kord said.",
        ("97", "62"),
    ),
    Case(
        "The Orlosk depot leaked 340 tonnes of oil, Sabo said.",
        "The Orlosk depot leaked 180 tonnes of oil, Kord said.",
        ("180 tonnes", "340 tonnes"),
    ),
    Case("The Orlosk depot leaked 340 tonnes of oil, Sabo said.", "Orlosk has stored 180 tonnes of seed, Kord said."),
    Case(
        "Repairs at Orlosk will cost €18m, Sabo said.",
        "Repairs at Orlosk will cost €31m, Kord said.",
        ("€31m", "€18m"),
    ),
    Case("The depot at Orlosk lies 7 km from the line, Sabo said.", "The Orlosk depot was hit again, Kord said."),
    Case(
        "The Orlosk ministry learned of the trial error on 16 March, Sabo said.",
        "The Orlosk ministry learned of the trial error on 17 March, Kord said.",
        ("17 March", "16 March"),
    ),
    Case(
        "Orlosk will repair the depot roof by May 2026, Sabo said.",
        "Orlosk will repair the depot roof by 12 May, Kord said.",
    ),
    Case("The Orlosk depot was hit on 8 March, Sabo said.", "Orlosk buried its dead on 12 March, Kord said."),
    Case(
        "The Orlosk depot was hit again, Sabo said on 8 March.", "The Orlosk depot was hit again, Kord said on 9 March."
    ),
    Case(
        "Rain fell on Orlosk, Sabo said.",
        "The toll at Orlosk was cut to eight from nine, Kord said.",
        ("eight", "nine"),
    ),
)


def evidence(earlier: str, later: str) -> tuple[Evidence, ...]:
    first = passage(1, earlier, title="Strike on Orlosk in Kordany", published="2026-03-09")
    return first, passage(2, later, title="Orlosk after the strike in Kordany", published="2026-03-10")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.earlier[:40]} | {case.later[:40]}")
def test_what_differs_is_found_and_what_agrees_is_not(case: Case) -> None:
    found = find_disagreements(evidence(case.earlier, case.later))
    assert [tuple(version.value for version in one.disagreement.versions) for one in found] == [case.values][
        : len(found)
    ]
    assert bool(found) == bool(case.values)


def test_a_version_has_its_sentence_source_and_day() -> None:
    (found,) = find_disagreements(evidence(CASES[0].earlier, CASES[0].later))
    latest = found.disagreement.versions[0]
    assert latest.citation.quote == CASES[0].later
    assert latest.citation.article.published == "2026-03-10"
    assert latest.citation.attribution is not None
    assert latest.citation.attribution.chain == ("Kord",)


def test_copies_of_one_wire_story_give_one_version() -> None:
    first, second = evidence(CASES[0].earlier, CASES[0].later)
    copy = replace(first, number=3, article=replace(first.article, id="copy", origin_group="article-1"))
    original = replace(first, article=replace(first.article, origin_group="article-1"))
    copy = replace(copy, passage=replace(copy.passage, article_id="copy"))
    (found,) = find_disagreements((original, second, copy))
    assert [version.value for version in found.disagreement.versions] == ["Fourteen", "Nine"]


def test_a_correction_outranks_what_came_later() -> None:
    earlier, later = evidence(CASES[0].earlier, CASES[0].later)
    notice = Correction(0, 0, "Correction: nine people died, not eleven.", "not eleven")
    corrected = replace(earlier, article=replace(earlier.article, correction=notice))
    (found,) = find_disagreements((corrected, later))
    assert [(version.value, version.corrects) for version in found.disagreement.versions] == [
        ("Nine", True),
        ("Fourteen", False),
    ]


def test_a_denial_is_shown_with_what_it_denies() -> None:
    both = passage(1, "Sabo said that Vesmar hit the depot.", "Vesmar’s defence ministry denied that.")
    found = find_disagreements((both,))
    (shown,) = shown_for(found, "Who hit the depot?", {("article-1", 0)})
    assert [version.value for version in shown.versions] == ["denied", "said"]
    assert shown_for(found, "Who hit the depot?", set()) == ()


@pytest.mark.parametrize(
    ("before", "answer", "found"),
    [
        ("The Institute says it sent the Watch a forecast.", "The Watch says it received a bulletin.", True),
        ("The Institute says it sent the Watch a forecast.", "The council says it received a bulletin.", False),
        ("Sabo says the box was put on the wrong pile.", "Kord says that it was on the right pile all along.", True),
        ("Sabo says the box was put on the wrong pile.", "Kord says that the mayor is right.", False),
        ("Sabo said a picture showed the bomb.", "Kord said the picture had been taken in another war.", True),
        ("Sabo said a picture showed the bomb.", "Kord said another 40 people had left the town.", False),
        ("Sabo says 63 votes had no signature.", "Kord puts the number of votes without one at 19.", True),
        ("Sabo asked for bail.", "A judge denied a request to free Sabo.", False),
        ("The plan has been put back, a paper says.", "The county denied that anything had been decided.", True),
        ("Three women asked for care, Sabo said.", "The women were denied care at Orlosk, Kord said.", False),
    ],
)
def test_one_sentence_answers_another(before: str, answer: str, found: bool) -> None:
    assert bool(find_disagreements((passage(1, before, answer),))) is found


def test_an_answer_shows_what_is_asked_or_cited_only() -> None:
    found = find_disagreements(evidence(CASES[0].earlier, CASES[0].later), QUESTION)
    assert shown_for(found, QUESTION, set())
    assert not shown_for(found, "Who is the mayor?", set())
    assert not shown_for(found, "What is the price of bread in Lusenne?", {("article-1", 0)})


def test_a_writer_is_told_by_marks_alone() -> None:
    note = note_for(QUESTION, evidence(CASES[0].earlier, CASES[0].later))
    assert note.splitlines()[1] == "- [2.1] [1.1]"
    assert note_for(QUESTION, evidence(CASES[1].earlier, CASES[1].later)) == ""
