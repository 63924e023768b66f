from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.sources import read
from pipeline.sources.dates import normalise_published
from pipeline.sources.decoding import decode, read_capped
from pipeline.sources.links import web_address
from pipeline.types import RawArticle, Rejection

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00"
PARAGRAPH = (
    "<p>The harbour board voted on Tuesday to close the northern quay for repairs, its chair said, after a survey.</p>"
)
PAGE = (
    "<html><head><title>Quay to close</title></head>"
    f"<body><article><h1>Quay to close</h1>{PARAGRAPH * 4}</article></body></html>"
)
RUSSIAN = "Президент заявил во вторник, что переговоры продолжатся на следующей неделе в Москве."


def no_stdin() -> bytes:
    raise AssertionError("standard input must not be read")


def take(*paths: Path | str, stdin: Callable[[], bytes] = no_stdin) -> list[RawArticle | Rejection]:
    return list(read([str(path) for path in paths], stdin))


def articles(found: list[RawArticle | Rejection]) -> list[RawArticle]:
    assert all(isinstance(item, RawArticle) for item in found), found
    return [item for item in found if isinstance(item, RawArticle)]


def rejection(found: list[RawArticle | Rejection]) -> Rejection:
    (only,) = found
    assert isinstance(only, Rejection)
    return only


# Dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01", "2026-03-01"),
        ("20260301", "2026-03-01"),
        ("2026-03-01T09:30", "2026-03-01T09:30:00"),
        ("2026-03-01T09:30:00Z", "2026-03-01T09:30:00+00:00"),
        ("2026-03-01T09:30:15.123456+05:30", "2026-03-01T09:30:15+05:30"),
        ("2026-03-01 00:00:00", "2026-03-01T00:00:00"),
        ("Sun, 01 Mar 2026 09:30:00 -0500", "2026-03-01T09:30:00-05:00"),
        ("  2026-06-02\n", "2026-06-02"),
        ("2026-06-03", None),
        ("2026-06-02T23:59:59Z", "2026-06-02T23:59:59+00:00"),
        ("1989-12-31", None),
        ("1970-01-01T00:00:00Z", None),
        ("2026/03/01", "2026-03-01"),
        ("2026.3.1 09:30", "2026-03-01T09:30:00"),
        ("1.3.2026", "2026-03-01"),
        ("13/3/2026", "2026-03-13"),
        ("3/13/2026", "2026-03-13"),
        ("3/4/2026", None),
        ("2026/13/01", None),
        ("March 1, 2026", "2026-03-01"),
        ("1 Mar 2026, 9:30 a.m. EST", "2026-03-01"),
        ("Sunday 1 March 2026 09:30 +0100", "2026-03-01T09:30:00+01:00"),
        ("March 1, 2026 10:00 PM", "2026-03-01"),
        ("March 1, 2026 10:00 PM UTC", "2026-03-01T22:00:00+00:00"),
        ("March 2026", None),
        ("Sunday 2026", None),
        ("1 March", None),
        ("June 3, 2026", None),
        ("yesterday", None),
        ("2026-02-30", None),
        ("", None),
    ],
)
def test_a_date_is_normalised_or_none(text: str, expected: str | None) -> None:
    assert normalise_published(text, today=date(2026, 6, 1)) == expected


@given(st.text(max_size=40))
def test_any_text_gives_a_date_that_normalises_to_itself(text: str) -> None:
    found = normalise_published(text)
    assert found is None or normalise_published(found) == found


# Links


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("  http://example.org/a ", "http://example.org/a"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("https://", ""),
        ("https://example.org:port/", ""),
        ("https://example.org/a b", ""),
        ('https://example.org/"onclick=', ""),
        ("/relative", ""),
        ("https://[broken", ""),
    ],
)
def test_only_absolute_web_addresses_are_taken(address: str, expected: str) -> None:
    assert web_address(address) == expected


def test_a_relative_address_is_joined_to_its_page() -> None:
    assert web_address("/story", "https://example.org/front") == "https://example.org/story"
    assert web_address("javascript:alert(1)", "https://example.org/") == ""


# Decoding


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        ("naïve – “quoted”\r\nline".encode(), "", "naïve – “quoted”\r\nline"),
        (b"\xef\xbb\xbfabc", "", "abc"),
        ("čaj".encode("utf-16"), "", "čaj"),
        (b"\xfe\xff" + "čaj".encode("utf-16-be"), "", "čaj"),
        (b"it\x92s", "iso-8859-1", "it’s"),
        ("日本の首相".encode("shift_jis"), "Shift_JIS", "日本の首相"),
        ("日本の首相".encode("iso2022_jp"), "iso-2022-jp", "日本の首相"),
        ("über".encode(), "iso-8859-1", "über"),
        (RUSSIAN.encode("cp1251"), "", RUSSIAN),
        (RUSSIAN.encode("koi8_r"), "", RUSSIAN),
        (b"a\rb\r\nc\n", "", "a\rb\r\nc\n"),
    ],
)
def test_bytes_decode_to_the_text_as_written(data: bytes, declared: str, expected: str) -> None:
    assert decode(data, declared) == expected


@pytest.mark.parametrize(
    ("data", "declared", "what"),
    [
        (b" \r\n\t ", "", "it is empty"),
        (b"\xef\xbb\xbf", "", "it is empty"),
        (PNG, "", "it is a PNG image, not text"),
        (b"%PDF-1.7 text", "", "it is a PDF, not text"),
        (b"one\x00two", "", "it holds NUL characters"),
        (b"one\x00\xff\xfe\x81", "", "it holds NUL bytes"),
        (b"\x01\x02\x03\x04 text", "", "it is full of control characters"),
        (bytes(range(128, 256)) * 4, "", "its encoding is neither UTF-8 nor one that can be told for certain"),
        (b"caf\xe9 na\xefve", "utf-8", "it is not in utf-8, the encoding that it declares"),
        (b"caf\xe9", "utf-7", "its encoding is neither UTF-8"),
        (b"\xff\xfea", "", "it is not in utf-16-le"),
    ],
)
def test_bytes_that_are_no_text_are_refused_in_one_sentence(data: bytes, declared: str, what: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, declared)
    assert caught.value.what.startswith(what)
    assert caught.value.next_step


def test_a_stream_is_read_up_to_the_cap() -> None:
    assert read_capped(BytesIO(b"x" * 10), 10) == b"x" * 10
    with pytest.raises(InputError, match="larger than"):
        read_capped(BytesIO(b"x" * 11), 10)
    with pytest.raises(InputError, match="it is empty"):
        read_capped(BytesIO(b""), 10)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_utf8_text_is_never_changed(text: str) -> None:
    data = b"\xef\xbb\xbf" + text.encode()
    assert decode(data) == text


# Pasted text and Markdown


def test_pasted_text_is_taken_character_for_character(tmp_path: Path) -> None:
    data = "Headline\r\n\r\n“Body” text.Next sentence.\r\n".encode()
    file = tmp_path / "story.txt"
    file.write_bytes(data)
    assert articles(take(file)) == [RawArticle(text=data.decode(), original=data, media="text", origin=str(file))]


def test_a_dash_is_the_text_on_standard_input() -> None:
    (article,) = articles(take("-", stdin=lambda: b"A pasted story."))
    assert (article.text, article.origin, article.media) == ("A pasted story.", "-", "text")
    assert rejection(take("-", stdin=lambda: b"")).origin == "-"


@dataclass(frozen=True)
class MarkdownCase:
    name: str
    file: str
    text: str
    title: str = ""
    source: str = ""
    url: str = ""
    published: str | None = None
    authors: tuple[str, ...] = ()


MARKDOWN = [
    MarkdownCase("plain", "Just *text*.\n", "Just *text*.\n"),
    MarkdownCase("title line", "\n# The C# story ##\n\nText.\n", "\nText.\n", title="The C# story"),
    MarkdownCase("second-level heading", "## Part\n\nText.", "## Part\n\nText."),
    MarkdownCase(
        "front matter",
        '---\ntitle: "A: b"\nsource: The Post\nurl: https://example.org/a\npublished: 2026-03-01\n'
        "authors: [Ann Lee, 'Bo Xi']\n---\n\nText.\n",
        "\nText.\n",
        title="A: b",
        source="The Post",
        url="https://example.org/a",
        published="2026-03-01",
        authors=("Ann Lee", "Bo Xi"),
    ),
    MarkdownCase(
        "listed authors, windows newlines",
        "---\r\nauthors:\r\n  - Ann Lee\r\n  - Bo Xi\r\nurl: javascript:alert(1)\r\n---\r\n# T\r\nText.\r\n",
        "Text.\r\n",
        title="T",
        authors=("Ann Lee", "Bo Xi"),
    ),
    MarkdownCase("front matter title wins", "---\ntitle: One\n---\n# Two\nText.", "Text.", title="One"),
    MarkdownCase("thematic breaks", "---\nProse between rules.\n---\nText.", "---\nProse between rules.\n---\nText."),
]


@pytest.mark.parametrize("case", MARKDOWN, ids=lambda case: case.name)
def test_markdown_keeps_its_text_and_gives_its_metadata(case: MarkdownCase, tmp_path: Path) -> None:
    file = tmp_path / "story.md"
    file.write_bytes(case.file.encode())
    (article,) = articles(take(file))
    assert (article.text, article.title, article.source) == (case.text, case.title, case.source)
    assert (article.url, article.published, article.authors) == (case.url, case.published, case.authors)
    assert article.original == case.file.encode()
    assert article.media == "markdown"


# JSON


def test_jsonl_takes_the_names_in_use(tmp_path: Path) -> None:
    lines = [
        {"title": "One", "text": "First.", "source": "The Post", "url": "https://example.org/1", "authors": ["Ann"]},
        {"body": "Second.", "publisher": {"name": "Wire"}, "link": "ftp://x", "date": "2026-03-01", "author": "Bo"},
        {"content": "Third.", "site": None, "published_at": "soon", "author": [{"name": "Cy"}, None], "extra": 1},
        {"text": "Fourth.", "datePublished": "Sun, 01 Mar 2026 09:30:00 +0000", "title": None},
    ]
    file = tmp_path / "batch.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    found = articles(take(file))
    assert [article.text for article in found] == ["First.", "Second.", "Third.", "Fourth."]
    assert [article.source for article in found] == ["The Post", "Wire", "", ""]
    assert [article.url for article in found] == ["https://example.org/1", "", "", ""]
    assert [article.published for article in found] == [None, "2026-03-01", None, "2026-03-01T09:30:00+00:00"]
    assert [article.authors for article in found] == [("Ann",), ("Bo",), ("Cy",), ()]
    assert [article.origin for article in found] == [f"{file}:{number}" for number in (1, 2, 3, 4)]
    assert found[0].original == json.dumps(lines[0]).encode()


def test_broken_jsonl_lines_are_named_and_the_others_taken(tmp_path: Path) -> None:
    file = tmp_path / "batch.ndjson"
    file.write_bytes(
        b'\xef\xbb\xbf{"text": "One."}\r\n\r\n{"text": \n{"title": "no text"}\n{"text": "  "}\n{"text": "a\\u0000b"}\n'
        b'{"text": "\xff"}\n{"text": "\\ud800"}\n{"text": ["x"]}\n{"text": "Last."}'
    )
    found = take(file)
    assert [item.text for item in found if isinstance(item, RawArticle)] == ["One.", "Last."]
    refused = [item for item in found if isinstance(item, Rejection)]
    assert [item.origin for item in refused] == [f"{file}:{line}" for line in range(3, 10)]
    for line, item in enumerate(refused, start=3):
        assert f"line {line}" in item.reason
        assert item.reason.endswith("Correct it and ingest the file again; the other articles are in.")


def test_json_holds_one_object_or_a_list(tmp_path: Path) -> None:
    one, many, broken, empty, other = (
        tmp_path / f"{name}.json" for name in ("one", "many", "broken", "empty", "other")
    )
    one.write_text('{"text": "Alone."}', encoding="utf-8")
    many.write_text('[ {"text": "Ä"} ,\n{"title": "none"}, {"text": "C"}]', encoding="utf-8")
    broken.write_text('[{"text": "A"}, {"text": ', encoding="utf-8")
    empty.write_text("[]", encoding="utf-8")
    other.write_text('"text"', encoding="utf-8")
    assert [(article.text, article.origin) for article in articles(take(one))] == [("Alone.", str(one))]

    first, second, third = take(many)
    assert isinstance(first, RawArticle)
    assert (first.text, first.origin, first.original) == ("Ä", f"{many}:1", '{"text": "Ä"}'.encode())
    assert isinstance(second, Rejection)
    assert second.origin == f"{many}:2"
    assert isinstance(third, RawArticle)

    assert [type(item) for item in take(broken)] == [RawArticle, Rejection]
    assert "its list is empty" in rejection(take(empty)).reason
    assert "neither a JSON object nor a list" in rejection(take(other)).reason


# The entrance


def test_a_folder_is_read_in_order_without_what_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "sub" / ".hidden").mkdir(parents=True)
    for name in (
        "b.txt",
        "a.md",
        "sub/c.txt",
        ".DS_Store",
        ".secret.txt",
        "photo.JPG",
        "sub/.hidden/d.txt",
        "style.css",
    ):
        (tmp_path / name).write_text("Text.", encoding="utf-8")
    (tmp_path / "sub" / "script.py").write_bytes(b"print()")
    found = take(tmp_path)
    assert [Path(item.origin).name for item in found] == ["a.md", "b.txt", "c.txt", "script.py"]
    last = found[-1]
    assert isinstance(last, Rejection)
    assert last.reason.startswith("files of type '.py' are not taken. newsdesk takes text")


def test_a_folder_without_articles_is_one_rejection(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    refused = rejection(take(tmp_path))
    assert (refused.origin, refused.reason.partition(".")[0]) == (str(tmp_path), "the folder holds no articles")


def test_html_may_be_packed(tmp_path: Path) -> None:
    plain, packed = tmp_path / "page.HTML", tmp_path / "page.html.gz"
    plain.write_bytes(PAGE.encode())
    packed.write_bytes(gzip.compress(PAGE.encode()))
    first, second = articles(take(plain, packed))
    assert first.text == second.text
    assert first.original == second.original == PAGE.encode()
    assert (first.title, first.media, second.origin) == ("Quay to close", "html", str(packed))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "it is empty. Check that it was saved with its text."),
        ("empty.html", b"", "it is empty. Check that it was saved with its text."),
        ("empty.jsonl", b"\n\n", "it has no lines. Write one JSON object a line into it."),
        ("image.txt", PNG, "it is a PNG image, not text. Save the article as text, Markdown, HTML or JSONL."),
        ("sheet.xlsx", b"PK\x03\x04", "the ZIP archive is damaged or cut off"),
        ("image.jsonl", PNG, "it is a PNG image, not text. Save the article as text, Markdown, HTML or JSONL."),
        ("nul.md", b"a\x00b", "it holds NUL characters, so it is binary or in an unknown encoding."),
        ("cut.html.gz", gzip.compress(PAGE.encode() * 50)[:-30], "the gzip file is damaged or cut off."),
        ("fake.html.gz", b"not gzip", "the gzip file is damaged or cut off."),
        ("blank.html", b"<html><body><p></p></body></html>", "no article text was found in the page."),
        ("movie.avi", b"text", "files of type '.avi' are not taken."),
    ],
)
def test_a_bad_file_is_refused_and_the_rest_goes_on(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    bad, good = tmp_path / name, tmp_path / "good.txt"
    bad.write_bytes(data)
    good.write_text("A story.", encoding="utf-8")
    refused, taken = take(bad, good)
    assert isinstance(refused, Rejection)
    assert refused.origin == str(bad)
    assert refused.reason.startswith(reason)
    assert isinstance(taken, RawArticle)


def test_a_missing_path_is_refused_by_its_absolute_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here.txt").write_text("A story.", encoding="utf-8")
    refused, taken = take("gone.txt", "./x/../here.txt")
    assert refused == Rejection(str(tmp_path / "gone.txt"), "there is no such file or folder. Check the path.")
    assert taken.origin == str(tmp_path / "here.txt")


def test_one_broken_file_among_many_is_one_rejection(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"{number:04}.txt").write_bytes(PNG if number == 617 else b"A story.")
    found = take(tmp_path)
    assert len(found) == 1000
    assert [item.origin for item in found if isinstance(item, Rejection)] == [str(tmp_path / "0617.txt")]


def test_reading_is_lazy(tmp_path: Path) -> None:
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    first.write_text("One.", encoding="utf-8")
    second.write_text("Two.", encoding="utf-8")
    found = read([str(first), str(second)], no_stdin)
    next(found)
    second.write_text("Changed.", encoding="utf-8")
    later = next(found)
    assert isinstance(later, RawArticle)
    assert later.text == "Changed."


@pytest.mark.parametrize(
    ("method", "error", "says"),
    [
        ("open", PermissionError(13, "Permission denied"), "it cannot be read (Permission denied)"),
        ("open", FileNotFoundError(2, "No such file"), "is gone"),
        ("open", BlockingIOError(11, "Resource temporarily unavailable"), "it cannot be read (Resource temporarily"),
        ("is_file", PermissionError(13, "Permission denied"), "it cannot be read (Permission denied)"),
        ("is_dir", PermissionError(13, "Permission denied"), "it cannot be read (Permission denied)"),
    ],
)
def test_a_file_that_is_closed_locked_or_gone_is_refused_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, error: OSError, says: str
) -> None:
    for name in ("bad.txt", "good.txt"):
        (tmp_path / name).write_text(f"The {name} paper mill will reopen in May with 60 workers, its owner said.")
    plain = getattr(Path, method)

    def raising(path: Path, *arguments: object, **named: object) -> object:
        if path.name == "bad.txt":
            raise error
        return plain(path, *arguments, **named)

    monkeypatch.setattr(Path, method, raising)
    bad, good = read([str(tmp_path / "bad.txt"), str(tmp_path / "good.txt")], lambda: b"")
    assert isinstance(bad, Rejection)
    assert bad.origin.endswith("bad.txt")
    assert says in bad.reason
    assert isinstance(good, RawArticle)


def test_a_file_that_goes_while_its_folder_is_read_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"The {name} paper mill will reopen in May with 60 workers, its owner said.")
    found = read([str(tmp_path)], lambda: b"")
    first = next(found)
    (tmp_path / "b.txt").unlink()
    gone, last = found
    assert isinstance(first, RawArticle)
    assert isinstance(gone, Rejection)
    assert "is gone" in gone.reason
    assert isinstance(last, RawArticle)
