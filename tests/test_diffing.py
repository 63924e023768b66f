"""Two versions of an article, compared sentence by sentence, and how that is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pipeline.cleaning import clean
from pipeline.diffing import compare, sentences_of
from pipeline.rendering.differences import difference_json, difference_terminal
from pipeline.types import Article, RawArticle

LINES = (
    "The gates of Fennick lock jammed on Tuesday evening.",
    "Barges wait above it, 14 of them.",
    "Nobody was hurt.",
    "The trust is looking for a cause.",
    "Engineers expect to free the lower gate by Thursday.",
)


def article(*lines: str, title: str = "Dock gates jam") -> Article:
    text = "\n\n".join(lines)
    return clean(RawArticle(text, text.encode(), "text", "dock.txt", title=title))


def shown(old: Article, new: Article) -> str:
    console = Console(width=100, no_color=True, legacy_windows=False)
    with console.capture() as capture:
        console.print(difference_terminal(compare(old, new)))
    return capture.get()


def test_a_changed_sentence_is_shown_between_those_that_stay() -> None:
    old = article(*LINES)
    new = article(*LINES[:1], "Barges wait above it, 19 of them.", *LINES[2:], title="Lock gates jam")
    assert shown(old, new).splitlines()[2:] == [
        "@@ title @@",
        "- Dock gates jam",
        "+ Lock gates jam",
        "@@ -1,3 +1,3 @@",
        "  The gates of Fennick lock jammed on Tuesday evening.",
        "- Barges wait above it, 14 of them.",
        "+ Barges wait above it, 19 of them.",
        "  Nobody was hurt.",
    ]


def test_changes_far_apart_are_shown_apart() -> None:
    new = article("A barge lies across Fennick lock.", *LINES[1:4])
    headings = [line for line in shown(article(*LINES), new).splitlines() if line.startswith("@@")]
    assert headings == ["@@ -1,2 +1,2 @@", "@@ -4,2 +4,1 @@"]


def test_versions_without_a_difference_are_said_to_be() -> None:
    assert shown(article(*LINES), article(*LINES)) == "Versions 1 and 1 do not differ.\n"


def test_an_escape_in_a_sentence_is_not_printed() -> None:
    assert "\x1b" not in shown(article(*LINES), article(*LINES, "The trust \x1b[31msaid so\x1b[0m on Friday."))


lines = st.lists(st.sampled_from(LINES), min_size=1, max_size=6)


@given(lines, lines)
def test_every_sentence_of_both_versions_is_told_once(before: list[str], after: list[str]) -> None:
    old, new = article(*before), article(*after)
    changes = difference_json(compare(old, new))["sentences"]
    assert [c["text"] for c in changes if c["change"] != "added"] == [s.text for s in sentences_of(old)]
    assert [c["text"] for c in changes if c["change"] != "removed"] == [s.text for s in sentences_of(new)]
    for change in changes:
        text = (old if change["change"] == "removed" else new).text
        assert text[change["start"] : change["end"]] == change["text"]
