"""Copies of one story in a library: one group, whatever the order, through updates and removals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from pipeline.library import Library, Submission, open_library
from pipeline.types import Article, ArticleInfo, Block, Filters, Passage, Sentence

WIRE = (
    "A container ship lost 62 boxes overboard in heavy seas off the port of Dunmarrow early on Sunday as the storm "
    "swept the coast, the port authority said, and none of the 21 crew was hurt."
)
INQUIRY = (
    "Investigators found that 17 of the deck stacks exceeded their permitted weight, one of them by 23 per cent, and "
    "that the offer of an anchorage was made on a channel that the ship was not monitoring."
)
FERRY = (
    "The Merrow ferry was withdrawn on Thursday after inspectors found a crack in its bow door, the operator said. It "
    "carried 212 passengers on its last crossing, and a replacement from the mainland was not due before the weekend. "
    "Farmers on the island had brought their lambs to the quay in the morning and took them home again by nightfall."
)
STORIES = {"a": WIRE, "b": f"{WIRE} {INQUIRY}", "c": f"Boats stayed in. {INQUIRY}", "d": FERRY}


def submission(name: str, text: str) -> Submission:
    info = ArticleInfo(f"{name}-article", f"Title {name}")
    article = Article(
        info, f"key-{name}", text, text.encode(), "text", f"{name}.txt", (Block(0, len(text), "paragraph"),), ()
    )
    passage = Passage(info.id, 0, (Sentence(0, len(text), text),), 9)
    return article, (passage,), np.ones((1, 4), dtype=np.float32)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library", create=True, embedding="fake", dimension=4) as opened:
        yield opened


def groups(library: Library) -> set[frozenset[str]]:
    """The groups of the live articles, by their first letters; the name of each is the smallest id in it."""
    found: dict[str, set[str]] = {}
    for info in library.articles():
        found.setdefault(info.origin_group, set()).add(info.id)
    assert all(name == min(members) for name, members in found.items())
    return {frozenset(each[0] for each in members) for members in found.values()}


def put(library: Library, names: Sequence[str]) -> None:
    library.store_many([submission(name, STORIES[name]) for name in names])


@pytest.mark.parametrize("order", list(permutations("abcd")), ids="".join)
def test_the_order_of_a_batch_does_not_matter(library: Library, order: tuple[str, ...]) -> None:
    put(library, order)
    assert groups(library) == {frozenset("abc"), frozenset("d")}


def test_copies_are_found_among_what_is_there(library: Library) -> None:
    for name in "cdab":
        put(library, name)
    assert groups(library) == {frozenset("abc"), frozenset("d")}
    assert {info.id[0] for info in library.articles(Filters(stories=("c-article",)))} == set("abc")


def test_a_group_falls_apart_when_what_joins_it_goes(library: Library) -> None:
    put(library, "abcd")
    library.remove("b-article")
    assert groups(library) == {frozenset("a"), frozenset("c"), frozenset("d")}
    put(library, "b")
    assert groups(library) == {frozenset("abc"), frozenset("d")}


def test_a_new_version_may_leave_its_group_and_join_another(library: Library) -> None:
    put(library, "abd")
    assert library.store(*submission("a", f"{FERRY} Repairs begin on Monday.")) == "updated"
    assert groups(library) == {frozenset("b"), frozenset("ad")}
    assert library.store(*submission("a", WIRE)) == "updated"
    assert groups(library) == {frozenset("ab"), frozenset("d")}


def test_nothing_is_noted_of_what_is_gone(library: Library) -> None:
    put(library, "abcd")
    library.store(*submission("a", FERRY.replace("Thursday", "Friday")))
    for name in "abcd":
        library.remove(f"{name}-article")
    assert library._database.rows("SELECT count(*) FROM shingle") == [(0,)]
