"""What an article is known by: the same everywhere, whatever the path and the line."""

import pytest

from pipeline.identity import article_key, canonical_address, record_identity
from pipeline.types import RawArticle


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://post.example/a", "https://post.example/a"),
        ("HTTP://Post.Example:80/a/", "https://post.example/a"),
        ("https://post.example:8080/a", "https://post.example:8080/a"),
        ("https://post.example/a?utm_source=x&id=4&fbclid=1#top", "https://post.example/a?id=4"),
        ("https://post.example/?p=7", "https://post.example?p=7"),
        ("https://post.example/a?b=2&a=1", "https://post.example/a?a=1&b=2"),
        ("https://post.example/a?uid=7&source=x&keyword=y", "https://post.example/a?keyword=y&source=x&uid=7"),
        ("https://post.example/a?smid=tw&smtyp=cur&CMPID=z", "https://post.example/a"),
    ],
)
def test_an_address_is_told_by_what_names_the_article(address: str, canonical: str) -> None:
    assert canonical_address(address) == canonical
    assert canonical_address(canonical) == canonical


def key(**known: str) -> str:
    return article_key(
        RawArticle("Text.", b"Text.", "text", known.pop("origin", "/a/story.txt"), **known), "A  Title", None
    )


def test_a_file_is_known_by_its_name_title_and_day_on_any_machine() -> None:
    assert key(origin="/home/ann/story.txt") == key(origin="/srv/story.txt") == "file:story.txt|a title|"
    assert key(origin="/srv/other.txt") != key(origin="/srv/story.txt")


def test_an_address_goes_before_a_name_and_a_name_before_the_place() -> None:
    assert key(url="https://p.example/a", identity="message:1") == "https://p.example/a"
    assert key(identity="message:1") == "message:1"
    assert key(origin="-").startswith("text:")


def test_a_record_is_known_by_file_title_and_day_and_by_its_text_without_a_title() -> None:
    assert (
        record_identity("wire.jsonl", "A Title", "2026-03-01T10:00:00Z", "x") == "record:wire.jsonl|a title|2026-03-01"
    )
    assert record_identity("w", "", None, "one") != record_identity("w", "", None, "two")
