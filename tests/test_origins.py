"""Copies of one wire story are known by their shingles, in scripts with and without spaces."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.origins import COPY, SHINGLE, WINDOW, contained, sample, shingles

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


@pytest.mark.parametrize(("name", "one", "other", "copy"), COPIES, ids=[case[0] for case in COPIES])
def test_what_is_a_copy(name: str, one: str, other: str, copy: bool) -> None:
    assert (contained(shingles(one), shingles(other)) >= COPY) is copy


def test_a_text_too_short_to_compare_is_nobodys_copy() -> None:
    assert contained(shingles("Rain eased."), shingles("Rain eased.")) == 0.0


def test_another_process_makes_the_same_shingles() -> None:
    script = f"from pipeline.origins import shingles; print(shingles({WIRE!r}).tolist())"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == str(shingles(WIRE).tolist())


def test_the_sample_is_a_sixteenth_and_shared_by_texts_that_share_35_words() -> None:
    words = [str(number) for number in range(20_000)]
    many = shingles(" ".join(words))
    assert 0.055 < len(sample(" ".join(words))) / len(many) < 0.07
    for start in range(0, 2_000, 50):
        run = words[start : start + WINDOW + SHINGLE - 1]
        one, other = ("a " * 60 + " ".join(run), " ".join(run) + " b" * 60)
        assert np.intersect1d(sample(one), sample(other)).size


@given(st.text("ab «»", max_size=80), st.text("ab «»", max_size=80))
def test_containment_is_a_share_and_does_not_depend_on_the_order(one: str, other: str) -> None:
    a, b = shingles(one), shingles(other)
    assert 0.0 <= contained(a, b) == contained(b, a) <= 1.0


@given(st.text("ab ", max_size=300))
def test_the_sample_is_of_different_shingles_of_the_text(text: str) -> None:
    picked = sample(text).tolist()
    assert len(set(picked)) == len(picked)
    assert set(picked) <= set(shingles(text).tolist())
    assert bool(picked) == bool(shingles(text).size)
