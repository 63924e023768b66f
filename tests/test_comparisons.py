"""The two sides of a comparison, and what each is looked for by."""

from __future__ import annotations

import pytest

from pipeline.comparisons import sides

CASES = {
    "Compare the council's February vote on lunches with the one in September.": (
        "the council's February vote on lunches",
        "the one in September council vote lunches",
    ),
    "How did the level of lead compare between the first batches and the later ones?": (
        "the first batches level lead",
        "the later ones level lead batches",
    ),
    "How does the cost of the work that the state refused compare with the price of a crossing?": (
        "the cost of the work that the state refused",
        "the price of a crossing",
    ),
    "In the Orlosk dispute, how far apart were the union and the operator?": (
        "the union orlosk dispute",
        "the operator orlosk dispute",
    ),
    "Heathrow versus Gatwick": ("Heathrow", "Gatwick"),
    "What is the difference between the bid and the offer, and who made them?": (
        "the bid made",
        "the offer made",
    ),
    "When was he told, and how did that compare with the date of the rise?": (),
    "How does it compare with the last one?": (),
    "Who won?": (),
    "": (),
}


@pytest.mark.parametrize("question", CASES)
def test_a_side_is_looked_for_with_what_it_leaves_to_the_rest(question: str) -> None:
    assert tuple(side.query for side in sides(question)) == CASES[question]
