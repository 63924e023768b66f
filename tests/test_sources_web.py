"""Articles by their addresses: single ones, lists, and feeds whose links are followed."""

from __future__ import annotations

from pathlib import Path

from pipeline.fetching import Fetcher
from pipeline.sources import Reading, read
from pipeline.types import RawArticle, Rejection
from tests.pageserver import Page, Site, serve_pages

STORY = "The gates of Fennick lock jammed on Tuesday, the trust said in a statement to reporters."


def page(title: str, text: str = STORY) -> Page:
    body = f"<h1>{title}</h1><p>{text}</p><p>Fourteen barges wait above the lower gate, and nobody was hurt by it.</p>"
    return Page(f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>".encode())


def take(*paths: str, follow: bool = False) -> list[RawArticle | Rejection]:
    reading = Reading(follow=follow, fetcher=Fetcher(allowed_addresses=["127.0.0.1"], pause=0))
    return list(read(paths, lambda: b"", reading=reading))


def origins(site: Site, found: list[RawArticle | Rejection]) -> list[tuple[str, bool]]:
    return [(item.origin.removeprefix(site.url), isinstance(item, RawArticle)) for item in found]


def test_a_page_is_read_from_its_address() -> None:
    with serve_pages({"/moved": Page(b"", 301, {"Location": "/lock"}), "/lock": page("Lock gates jam")}) as site:
        (article,) = take(f"{site.url}/moved")
    assert isinstance(article, RawArticle)
    assert article.text.startswith(STORY)
    assert (article.title, article.url, article.origin) == ("Lock gates jam", f"{site.url}/lock", f"{site.url}/moved")


def test_a_page_does_not_pass_for_one_of_another_site() -> None:
    named = '<link rel="canonical" href="https://post.example/famous">'
    body = page("Lock gates jam").body.replace(b"</head>", f"{named}</head>".encode())
    with serve_pages({"/mine": Page(body)}) as site:
        (article,) = take(f"{site.url}/mine")
    assert isinstance(article, RawArticle)
    assert article.url == f"{site.url}/mine"


def test_the_charset_is_that_of_the_header() -> None:
    text = "Die Schleuse bei Köln klemmt, sagte die Behörde am Dienstag in einer Erklärung für die Presse."
    body = f"<html><body><article><h1>K</h1><p>{text}</p><p>{text}</p></article></body></html>".encode("latin-1")
    with serve_pages({"/a": Page(body, media_type="text/html; charset=ISO-8859-1")}) as site:
        (article,) = take(f"{site.url}/a")
    assert isinstance(article, RawArticle)
    assert text in article.text


def test_a_list_of_addresses_is_fetched_and_what_fails_is_named(tmp_path: Path) -> None:
    with serve_pages(
        {"/a": page("A"), "/b": page("B"), "/photo": Page(b"\x89PNG\r\n", media_type="image/png")}
    ) as site:
        listed = ["# mine", "/a", "", "/gone", "/photo", "/b", "/a"]
        lines = [f"{site.url}{line}" if line.startswith("/") else line for line in listed]
        (tmp_path / "urls.txt").write_text("\n".join(lines))
        found = take(str(tmp_path / "urls.txt"))
    assert origins(site, found) == [("/a", True), ("/gone", False), ("/photo", False), ("/b", True)]
    assert [item.reason for item in found if isinstance(item, Rejection)] == [
        "the server answered 404. Check the address.",
        "it is a PNG image, not text. Save the article as text, Markdown, HTML or JSONL.",
    ]


def feed(site: str = "") -> Page:
    return Page(
        f"""<rss version="2.0"><channel><title>The Post</title><link>{site}/</link>
        <item><title>A</title><link>/a</link><pubDate>Sun, 01 Mar 2026 09:30:00 -0500</pubDate>
        <description>Short of A.</description></item>
        <item><title>Gone</title><link>/gone</link><description>Short of the other.</description></item>
        </channel></rss>""".encode(),
        media_type="application/rss+xml",
    )


def test_a_feed_is_read_from_its_address_with_its_own_texts() -> None:
    with serve_pages({"/feed": feed()}) as site:
        found = take(f"{site.url}/feed")
    assert [item.text for item in found if isinstance(item, RawArticle)] == ["Short of A.", "Short of the other."]
    assert [item.url for item in found if isinstance(item, RawArticle)] == [f"{site.url}/a", f"{site.url}/gone"]


def test_links_are_followed_and_the_feed_fills_in(tmp_path: Path) -> None:
    with serve_pages({"/feed": feed(), "/a": page("A gate")}) as site:
        found = take(f"{site.url}/feed", follow=True)
    first, gone, short = found
    assert isinstance(first, RawArticle)
    assert first.text.startswith(STORY)
    assert (first.title, first.published) == ("A gate", "2026-03-01T09:30:00-05:00")
    assert gone == Rejection(f"{site.url}/gone", "the server answered 404. Check the address.")
    assert isinstance(short, RawArticle)
    assert short.text == "Short of the other."


def test_a_list_on_the_web_is_not_followed() -> None:
    with serve_pages({"/list": Page(b"http://127.0.0.1/a\n", media_type="text/plain")}) as site:
        (refused,) = take(f"{site.url}/list")
    assert isinstance(refused, Rejection)
    assert refused.reason.startswith("it is a list of addresses on the web")


def test_without_a_door_nothing_is_fetched() -> None:
    (refused,) = read(["https://post.example/a"], lambda: b"")
    assert isinstance(refused, Rejection)
    assert refused.reason == "nothing is fetched here. Save the page and ingest that."
