"""What is noted of a passage's words, and the index that keeps it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.library import open_library
from pipeline.library.prints import PrintIndex
from pipeline.library.projection import Entry
from pipeline.questions import stem
from pipeline.types import Filters
from pipeline.wordprints import WordPrint, number_of, print_from, print_of
from tests.test_library_projection import NAMES, stored


def printed(*sentences: str, title: str = "") -> WordPrint:
    return print_from(print_of(sentences, title))


def numbers(*words: str) -> list[int]:
    return [number_of(word) for word in words]


def test_words_are_noted_by_stem_in_order_and_titles_apart() -> None:
    found = printed("Ferries sailed.", "They are sailing.", title="Erdoğan's ferry")
    assert found.words.tolist() == numbers("ferri", "sail", "they", "are", "sail")
    assert found.title.tolist() == numbers("erdogan", "s", "ferri")


@pytest.mark.parametrize(
    ("sentences", "names", "places"),
    [
        (("The ferry Orla left.",), ["orla"], [2]),
        (("Orla left Merrow.",), ["merrow"], [2]),
        (("She left.", "Orla stayed with Finn."), ["finn"], [5]),
        (("41 sailed on The Orla.",), ["41", "orla"], [0, 4]),
        (("…", "Orla left."), [], []),
    ],
)
def test_names_and_figures_are_noted_with_their_places(
    sentences: tuple[str, ...], names: list[str], places: list[int]
) -> None:
    found = printed(*sentences)
    assert (found.names.tolist(), found.name_places.tolist()) == (numbers(*names), places)


@pytest.mark.parametrize(
    ("text", "figures", "percent", "money"),
    [
        ("Of 1,200 tickets 3.5 per cent were sold.", 2, True, False),
        ("It cost €500 at 40%.", 2, True, True),
        ("It cost some dollars.", 0, False, True),
        ("Nothing was sold.", 0, False, False),
    ],
)
def test_figures_percentages_and_money_are_noted(text: str, figures: int, percent: bool, money: bool) -> None:
    found = printed(text)
    assert (found.figures, found.percent, found.money) == (figures, percent, money)


@given(st.lists(st.text(max_size=40), max_size=4), st.text(max_size=20))
def test_any_text_has_a_print_whose_names_are_among_its_words(sentences: list[str], title: str) -> None:
    found = printed(*sentences, title=title)
    assert len(found.names) == len(found.name_places)
    assert all(place < len(found.words) for place in found.name_places.tolist())


def entry(number: int, text: str) -> Entry:
    return Entry(number, "A title", "", (text,), np.zeros(1, np.float32))


def words_in(index: PrintIndex, ids: list[int]) -> list[list[int] | None]:
    return [None if found is None else found.words.tolist() for found in index.prints(ids)]


def test_an_index_gives_what_was_written_and_none_for_what_was_not(tmp_path: Path) -> None:
    PrintIndex(tmp_path).write((), [entry(2, "two"), entry(4, "four")])
    PrintIndex(tmp_path).write((), [entry(5, "five")])
    index = PrintIndex(tmp_path)
    assert words_in(index, [5, 3, 2, 9]) == [numbers("five"), None, numbers("two"), None]
    assert (index.count(), index.ids()) == (3, {2, 4, 5})


def test_what_is_removed_or_replaced_is_gone_and_its_room_is_taken_back(tmp_path: Path) -> None:
    index = PrintIndex(tmp_path)
    index.write((), [entry(number, "a ferry sailed") for number in range(1, 9)])
    size = (tmp_path / "records").stat().st_size
    index.write([1, 77], [entry(2, "late")])
    assert words_in(index, [1, 2, 3]) == [None, numbers(stem("late")), numbers("a", "ferri", "sail")]
    index.write([3, 4, 5, 6, 7], [])
    assert words_in(index, [2, 3, 8]) == [numbers(stem("late")), None, numbers("a", "ferri", "sail")]
    assert (tmp_path / "records").stat().st_size < size / 2
    index.write([2, 8], [])
    assert (index.count(), words_in(index, [2])) == (0, [None])
    index.write((), [entry(12, "again")])
    assert words_in(PrintIndex(tmp_path), [12]) == [numbers("again")]


def test_outlines_are_of_the_same_passages_and_words_with_and_without_the_index(tmp_path: Path) -> None:
    with open_library(tmp_path / "library", create=True, embedding="fake", dimension=len(NAMES)) as library:
        stored(library)
        ids = [*range(1, 30), 5]
        passages = library.passages(ids)
        assert passages
        for _ in range(2):
            outlines = library.outlines(ids)
            assert [(each.id, each.ordinal, article) for each, article in outlines] == [
                (passage.id, passage.ordinal, article) for passage, article in passages
            ]
            for (outline, article), (passage, _) in zip(outlines, passages, strict=True):
                texts = [sentence.text for sentence in passage.sentences]
                assert outline.words.words.tolist() == printed(*texts).words.tolist()
                assert outline.words.title.tolist() == printed(title=article.title).title.tolist()
            library.indexes.prints.close()
            (tmp_path / "library" / "prints" / "state.json").unlink(missing_ok=True)
        assert library.outlines([]) == library.outlines([10**6], Filters()) == ()
