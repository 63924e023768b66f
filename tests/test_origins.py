"""Copies of one wire story are known by their shingles, in scripts with and without spaces."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.origins import aligned, contained, is_copy, sample, traits

WIRE = (
    "A container ship lost 62 boxes overboard in heavy seas off the port of Dunmarrow early on Sunday as the storm "
    "swept the coast, the port authority said. None of the 21 crew was hurt. The ship anchored in the bay at noon."
)
SAID = "“We heard the deck stacks go one after the other and then nothing but the wind all night long,” the mate said."
OTHER = (
    "Investigators found that 17 of the deck stacks exceeded their permitted weight, one of them by 23 per cent, and "
    "that the offer of an anchorage was made on a channel that the ship was not monitoring."
)
CHINESE = "周日清晨，一艘集装箱船在暴风雨中驶离港口时有六十二个集装箱落水，港务局表示，船上二十一名船员无人受伤。"

COPIES = [
    ("a relay", WIRE, f"Fishing boats stayed in port. {WIRE} Residents of the bay smelled oil on the wind.", True),
    ("a cut", f"{WIRE} {OTHER}", WIRE, True),
    ("a new lead", f"{WIRE} {OTHER}", f"Sixty-two boxes went over the side off Dunmarrow. {OTHER}", True),
    ("a few words", WIRE, WIRE.replace("early", "late").replace("noon", "dusk"), True),
    ("other letters and marks", WIRE, WIRE.upper().replace(",", " – "), True),
    ("another report", WIRE, OTHER, False),
    ("the same quotation", f"{WIRE} {SAID}", f"{OTHER} {SAID}", False),
    ("Chinese", f"{CHINESE}{OTHER}"[:70], f"记者获悉，{CHINESE}", True),
    ("other Chinese", CHINESE, "周一上午，市政府宣布将投资三亿元重建被洪水冲毁的大桥，预计明年五月通车。", False),
]


REPORT = (
    "The average rate on the benchmark thirty-year mortgage climbed to {} percent in the week ending {} from {} "
    "percent the week before, the lender said on Thursday. A year ago the rate stood at {} percent. Applications fell "
    "by {} percent from a week earlier, and the median price of an existing house rose to {} dollars, a survey of {} "
    "brokers showed."
)


@pytest.mark.parametrize(("name", "one", "other", "copy"), COPIES, ids=[case[0] for case in COPIES])
def test_what_is_a_copy(name: str, one: str, other: str, copy: bool) -> None:
    assert is_copy(traits(one), traits(other)) is copy
    assert is_copy(traits(other), traits(one)) is copy


def test_every_fifth_word_changed_is_a_copy_but_the_same_report_with_other_numbers_is_none() -> None:
    words = f"{WIRE} {OTHER}".split()
    rewritten = " ".join("changed" if place % 5 == 4 else word for place, word in enumerate(words))
    assert not contained(traits(rewritten).shingles, traits(f"{WIRE} {OTHER}").shingles)
    assert is_copy(traits(rewritten), traits(f"{WIRE} {OTHER}"))
    weeks = (REPORT.format(6, 12, 5, 3, 21, 389, 140), REPORT.format(7, 19, 9, 2, 34, 391, 150))
    assert aligned(traits(weeks[0]).words, traits(weeks[1]).words) > 0.8
    assert not is_copy(traits(weeks[0]), traits(weeks[1]))


def test_a_straight_mark_that_is_missing_turns_nothing_inside_out() -> None:
    broken = f'He was "certain. {WIRE} {OTHER} She was "glad" to hear it.'
    assert is_copy(traits(broken), traits(f"{WIRE} {OTHER}"))


def test_a_text_too_short_to_compare_is_nobodys_copy() -> None:
    assert not is_copy(traits("Rain eased."), traits("Storm."))
    assert not is_copy(traits(""), traits(""))


def test_another_process_makes_the_same_traits_and_sample() -> None:
    script = f"from pipeline.origins import *; print(traits({WIRE!r}).words.tolist(), sample({WIRE!r}).tolist())"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == f"{traits(WIRE).words.tolist()} {sample(WIRE).tolist()}"


@pytest.mark.parametrize("words", [40, 200, 900, 20_000])
def test_the_sample_is_bounded_and_a_part_of_a_text_shares_what_it_has(words: int) -> None:
    text = [f"number{number}" for number in range(words)]
    picked = sample(" ".join(text))
    assert min(words - 2, 25) <= len(picked) <= max(66, words / 14)
    part = sample(" ".join(text[: words // 2]))
    assert len(np.intersect1d(part, picked)) >= min(len(part), len(picked)) * 0.25


@given(st.text("ab1 «»", max_size=80), st.text("ab1 «»", max_size=80))
def test_what_is_compared_is_a_share_and_does_not_depend_on_the_order(one: str, other: str) -> None:
    a, b = traits(one), traits(other)
    assert 0.0 <= contained(a.shingles, b.shingles) == contained(b.shingles, a.shingles) <= 1.0
    assert 0.0 <= aligned(a.words, b.words) == aligned(b.words, a.words) <= 1.0


@given(st.text("abcd ", max_size=300))
def test_the_sample_is_of_different_runs(text: str) -> None:
    picked = sample(text).tolist()
    assert sorted(set(picked)) == picked
