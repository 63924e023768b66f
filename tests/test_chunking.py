"""Passages: whole sentences, never over the limit, each sentence once, cut where the article pauses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.chunking import MIN_TOKENS, chunk
from pipeline.errors import UsageError
from pipeline.tokens import count_tokens
from pipeline.types import Article, ArticleInfo, Block, LeftOut, Role


def article(*parts: tuple[Role, str], joiner: str = "\n") -> Article:
    """An article of these blocks, one after the other."""
    text, blocks = "", []
    for role, words in parts:
        text += joiner if text else ""
        blocks.append(Block(len(text), len(text) + len(words), role))
        text += words
    return Article(ArticleInfo("a1", "T"), "file:a", text, text.encode(), "text", "a", tuple(blocks), ())


def count_words(text: str) -> int:
    return len(text.split())


def sentences(number: int, words: int = 9) -> str:
    return " ".join(f"Sentence {index} has" + " word" * (words - 4) + " end." for index in range(number))


def test_short_article_is_one_passage_of_standfirst_and_paragraphs() -> None:
    source = article(
        ("headline", "A headline"),
        ("byline", "By Ana Brell"),
        ("standfirst", "What it is about."),
        ("paragraph", "GENEVA, March 3 (Reuters) - It began. It ended."),
    )
    (passage,) = chunk(source, count_words)
    assert passage.text == "What it is about. GENEVA, March 3 (Reuters) - It began. It ended."
    assert (passage.article_id, passage.ordinal, passage.heading, passage.tokens) == ("a1", 0, "", 13)
    assert source.text[passage.start : passage.end].startswith("What it is about.\nGENEVA")


def test_a_subhead_starts_a_passage_and_is_its_heading() -> None:
    source = article(
        ("paragraph", sentences(12)),
        ("subhead", "## What happens next"),
        ("paragraph", sentences(12)),
    )
    passages = chunk(source, count_words, 128)
    assert [passage.heading for passage in passages] == ["", "What happens next"]
    assert [passage.ordinal for passage in passages] == [0, 1]


def test_tiny_sections_share_a_passage() -> None:
    source = article(("paragraph", "One here."), ("subhead", "Second"), ("paragraph", "Two here."))
    (passage,) = chunk(source, count_words, 64)
    assert passage.heading == ""


def test_passages_are_balanced_rather_than_leaving_a_stub() -> None:
    source = article(*(("paragraph", sentences(3)) for _ in range(4)))
    assert [passage.tokens for passage in chunk(source, count_words, 100)] == [54, 54]


def test_cuts_are_made_between_paragraphs_when_that_costs_little() -> None:
    source = article(("paragraph", sentences(5)), ("paragraph", sentences(5)))
    first, second = chunk(source, count_words, 60)
    assert (len(first.sentences), len(second.sentences)) == (5, 5)


def test_a_paragraph_divided_by_an_invisible_character_stays_one_sentence() -> None:
    text = "It was\u200b late. Nobody\u2060 came."
    cuts = [(0, 6), (7, 20), (21, len(text))]
    blocks = tuple(Block(start + (text[start] == " "), end, "paragraph") for start, end in cuts)
    left_out = (LeftOut(6, 7, "invisible characters"), LeftOut(20, 21, "invisible characters"))
    source = Article(ArticleInfo("a1", "T"), "file:a", text, b"", "text", "a", blocks, left_out)
    (passage,) = chunk(source, count_words)
    assert [sentence.text for sentence in passage.sentences] == ["It was\u200b late.", "Nobody\u2060 came."]


def test_left_out_lines_between_paragraphs_are_in_no_passage() -> None:
    text = "It was late.\nAdvertisement\nNobody came."
    blocks = (Block(0, 12, "paragraph"), Block(27, 39, "paragraph"))
    source = Article(
        ArticleInfo("a1", "T"), "file:a", text, b"", "text", "a", blocks, (LeftOut(13, 26, "advertisement"),)
    )
    (passage,) = chunk(source, count_words)
    assert passage.text == "It was late. Nobody came."


def test_a_long_sentence_is_cut_at_a_clause() -> None:
    source = article(("paragraph", "one two three four five six seven eight nine ten; " + "word " * 9 + "end."))
    pieces = [sentence.text for passage in chunk(source, count_words, 16) for sentence in passage.sentences]
    assert pieces == ["one two three four five six seven eight nine ten;", "word " * 9 + "end."]


def test_text_without_spaces_is_cut_at_commas_or_anywhere() -> None:
    source = article(("paragraph", "港口" * 40 + "，" + "码头" * 60 + "。"))
    passages = chunk(source, count_tokens, 64)
    assert all(passage.tokens <= 64 for passage in passages)
    assert "".join(sentence.text for passage in passages for sentence in passage.sentences) == source.text


def test_a_limit_too_small_for_one_character_is_refused() -> None:
    with pytest.raises(UsageError, match="limited to 15 tokens"):
        chunk(article(("paragraph", "A line.")), count_words, MIN_TOKENS - 1)


def test_no_body_gives_no_passages() -> None:
    assert chunk(article(("headline", "Only this")), count_words) == ()


def count_bytes(text: str) -> int:
    return len(text.encode()) // 3


WORDS = st.lists(
    st.sampled_from(["word", "Then", "he", "left.", "“Go!”", "U.S.", "港口。", "a" * 70, "3.5;", "😀", "—"])
)
PARAGRAPH = WORDS.map(" ".join).filter(lambda text: bool(text.strip()))
ROLE = st.sampled_from(["paragraph", "paragraph", "paragraph", "standfirst", "subhead", "headline"])


@given(st.lists(st.tuples(ROLE, PARAGRAPH), max_size=12), st.sampled_from([16, 24, 64, 256]))
def test_every_body_character_is_in_exactly_one_passage_within_the_limit(
    parts: list[tuple[Role, str]], limit: int
) -> None:
    source = article(*parts)
    passages = chunk(source, count_bytes, limit)
    assert passages == chunk(source, count_bytes, limit)
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    covered: list[int] = []
    for passage in passages:
        assert passage.tokens == count_bytes(passage.text) <= limit
        for sentence in passage.sentences:
            assert sentence.text == source.text[sentence.start : sentence.end] == sentence.text.strip() != ""
            covered.extend(range(sentence.start, sentence.end))
    assert covered == sorted(set(covered))
    body = {
        match.start()
        for block in source.blocks
        if block.role in ("paragraph", "standfirst")
        for match in re.compile(r"\S").finditer(source.text, block.start, block.end)
    }
    assert body == {index for index in covered if not source.text[index].isspace()}


def count_more_without_a_space(text: str) -> int:
    """Some texts have a token more at the start of a passage than behind a space."""
    return len(text.split()) + (not text.startswith(" "))


@pytest.mark.parametrize("words", [15, 16, 17, 33])
def test_a_sentence_that_only_fits_behind_a_space_keeps_the_limit(words: int) -> None:
    text = " ".join(["Word", *["word"] * (words - 2), "end."])
    passages = chunk(article(("paragraph", text)), count_more_without_a_space, MIN_TOKENS)
    assert all(passage.tokens <= MIN_TOKENS for passage in passages)
    assert " ".join(passage.text for passage in passages) == text
