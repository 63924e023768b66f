"""What a line is by its build and by its meaning, apart from the page it stands on."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.cleaning import grammar, meaning
from pipeline.cleaning.kinds import KINDS, of_scores


def test_scores_become_odds_against_the_story() -> None:
    scores = np.zeros((1, len(KINDS) + 1))
    scores[0, 0] = 1.0
    (kinds,) = of_scores(scores)
    assert kinds.each == (-1.0,) * len(KINDS)
    assert kinds.residue == pytest.approx(np.log(len(KINDS)) - 1.0)


def test_a_line_is_told_by_the_classes_of_its_words() -> None:
    line = "A baker walks past the shuttered shops of Tarn in 1999 he said."
    assert grammar.classes(line) == [
        *("<s>", "a", "N", "-s verb", "past", "the", "-ed describing", "-s noun", "of", "Name", "in", "0"),
        *("he", "said", ".", "</s>"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("A miner writes a letter in Tarn.", "A teacher opens a window in Holt.", True),
        ("A MINER WRITES A LETTER", "a miner writes a letter", True),
        ("A miner writes a letter in Tarn.", "A miner wrote a letter in Tarn.", False),
    ],
)
def test_two_lines_of_one_build_have_the_same_runs(one: str, other: str, alike: bool) -> None:
    assert (grammar.runs(one) == grammar.runs(other)) is alike


@pytest.mark.parametrize("judge", ["build", "meaning"])
@pytest.mark.parametrize(
    ("residue", "story"),
    [
        ("A potter throws a jug in her workshop above the estuary.", "The potter threw the jug out, her lawyer said."),
        ("Our gardening club meets you every Sunday: join for £2.", "The gardening club was closed in May, she said."),
        ("Five things to know about the new tram", "They laid the rails for the tram in March and April."),
    ],
)
def test_residue_in_words_of_no_row_is_likelier_than_the_story(judge: str, residue: str, story: str) -> None:
    lines = [residue, story]
    said = grammar.kinds(lines) if judge == "build" else meaning.kinds(lines, meaning.vectors(lines))
    assert said[0].residue > said[1].residue
