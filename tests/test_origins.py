"""Copies of one wire story are one origin."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.origins import contained, same_origin, shingles

WIRE = (
    "A container ship lost 62 boxes overboard in heavy seas off the port of Dunmarrow early on Sunday as the storm "
    "swept the coast, the port authority said. None of the 21 crew was hurt. The ship anchored in the bay at noon."
)
RELAY = f"Fishing boats stayed in port. {WIRE} Residents of the bay smelled oil on the wind all night long."
OTHER = (
    "Investigators found that 17 of the deck stacks exceeded their permitted weight, one of them by 23 per cent, and "
    "that the offer of an anchorage was made on a channel that the ship was not monitoring."
)


def test_a_relay_of_a_wire_story_is_of_its_origin() -> None:
    assert same_origin({"wire": WIRE, "other": OTHER, "relay": RELAY}) == (
        frozenset({"wire", "relay"}),
        frozenset({"other"}),
    )


def test_two_copies_of_one_longer_story_are_joined_through_it() -> None:
    first, second = WIRE.split(" None ")[0], OTHER
    groups = same_origin({"first": first, "second": second, "both": f"{first} {second}"})
    assert groups == (frozenset({"first", "second", "both"}),)


def test_a_text_too_short_to_compare_is_an_origin_of_its_own() -> None:
    assert len(same_origin({"a": "Rain eased.", "b": "Rain eased."})) == 2


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text("xyz ", max_size=60), max_size=6))
def test_every_article_is_in_one_group(texts: dict[str, str]) -> None:
    groups = same_origin(texts)
    assert sorted(article for group in groups for article in group) == sorted(texts)


@given(st.text("ab ", max_size=80), st.text("ab ", max_size=80))
def test_containment_is_a_share_and_does_not_depend_on_the_order(one: str, other: str) -> None:
    a, b = shingles(one), shingles(other)
    assert 0.0 <= contained(a, b) == contained(b, a) <= 1.0
