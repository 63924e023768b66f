"""Other spellings of a name: those that meet, and those that are kept apart."""

import pytest

from pipeline.spelling import openings, respellings, skeleton


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("kateb", "kataib"),
        ("hizbullah", "hezbollah"),
        ("gadhafi", "qaddafi"),
        ("muhammad", "mohammed"),
        ("zelenskiy", "zelensky"),
        ("huthi", "houthi"),
        ("mariupil", "mariupol"),
        ("erdogen", "erdogan"),
    ],
)
def test_spellings_of_one_name_meet(asked: str, written: str) -> None:
    assert respellings(asked, ["unrelated", written, asked]) == [written]
    assert written[0] in openings(asked)


@pytest.mark.parametrize(
    ("one", "other"),
    [("marlow", "merrow"), ("hassan", "hussein"), ("port", "part"), ("kessler", "castle"), ("iran", "iraq")],
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert respellings(one, [other]) == []


def test_the_skeleton_keeps_the_order_of_the_consonants() -> None:
    assert skeleton("kataib") == skeleton("kateb") != skeleton("batik")
