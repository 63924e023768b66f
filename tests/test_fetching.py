"""The door to the web: whom it talks to, what it asks first, and what it takes of a reply."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pipeline.errors import InputError
from pipeline.fetching import MOST_REDIRECTS, USER_AGENT, Fetcher
from pipeline.fetching.addresses import is_public, web_target
from pipeline.fetching.exchange import MAX_BYTES
from tests.pageserver import Page, serve_pages

LOOPBACK = ("127.0.0.1",)


def fetcher(memory: Path | None = None, **known: Any) -> Fetcher:
    return Fetcher(memory, **{"allowed_addresses": LOOPBACK, "pause": 0.0, **known})


# Whom it talks to


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.0.1", False),
        ("192.88.99.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::7f00:1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.215.14", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::a00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),
        ("2001:db8::1", False),
        ("2606:4700::5efe:a00:1", False),
        ("2606:4700::200:5efe:a00:1", False),
        ("fc00::1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("5f00::1", False),
    ],
)
def test_only_addresses_on_the_public_network_are_public(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) == public


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("HTTPS://Post.Example/a b?q=ü#top", "https://post.example/a%20b?q=%C3%BC"),
        ("http://bücher.example", "http://xn--bcher-kva.example/"),
        ("http://[2606:4700::1]:8080/x", "http://[2606:4700::1]:8080/x"),
        ("https://post.example/a%20b?x=%2F", "https://post.example/a%20b?x=%2F"),
    ],
)
def test_an_address_is_written_as_it_goes_over_the_network(url: str, target: str) -> None:
    assert web_target(url) == target
    assert web_target(target) == target


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://x.example/",
        "javascript:alert(1)",
        "https://",
        "http://me:pw@x.example/",
        "http://x:y/",
        "gopher://x.example/",
        "http://[::1",
        "/etc/passwd",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(InputError):
        fetcher().get(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_this_machine_is_not_talked_to(host: str) -> None:
    with serve_pages({"/": Page(b"x")}) as site, pytest.raises(InputError):
        Fetcher(pause=0).get(f"http://{host}:{urlsplit(site.url).port}/")
    assert site.asked == []


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let host names resolve to these addresses, one list a call; what was asked for."""
    asked: list[str] = []
    waiting = list(answers)

    def look_up(host: str, port: int, *args: object, **kwargs: object) -> list[Any]:
        asked.append(host)
        found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_a_host_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, ["127.0.0.1", "10.0.0.1"])
    with pytest.raises(InputError, match=r"'news\.example' leads to '10\.0\.0\.1', which is not on the public network"):
        fetcher().get("http://news.example/")


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves to another address the next time (rebinding) gains nothing: each hop resolves once."""
    with serve_pages({"/a": Page(b"text")}) as site:
        port = urlsplit(site.url).port
        connecting: list[tuple[str, int]] = []
        plainly = socket.create_connection
        monkeypatch.setattr(
            socket,
            "create_connection",
            lambda place, *rest, **more: (connecting.append(place), plainly(place, *rest, **more))[1],
        )
        monkeypatch.setattr(socket, "getaddrinfo", _first_then(socket.getaddrinfo))
        page = fetcher().get(f"http://news.example:{port}/a")
    assert page.body == b"text"
    assert connecting == [("127.0.0.1", port), ("127.0.0.1", port)]
    assert [said["host"] for said in site.headers] == [f"news.example:{port}"] * 2


def _first_then(plainly: Any) -> Any:
    """news.example is this machine; the address itself resolves as it does."""

    def look_up(host: str, port: int, *rest: object, **more: object) -> Any:
        return plainly("127.0.0.1" if host == "news.example" else host, port, *rest, **more)

    return look_up


# Redirects


def moved(to: str, status: int = 302) -> Page:
    return Page(b"", status, {"Location": to})


def test_redirects_are_followed_and_the_last_address_is_told() -> None:
    with serve_pages({"/a": moved("/b", 301), "/b": moved("c", 308), "/c": Page(b"text")}) as site:
        page = fetcher().get(f"{site.url}/a")
    assert (page.url, page.body) == (f"{site.url}/c", b"text")


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://127.0.0.2/", "not on the public network"),
        ("http://10.0.0.1/", "not on the public network"),
        ("file:///etc/passwd", "is not an http or https address"),
        ("http://[broken/", "which is not an address"),
        ("//me:pw@127.0.0.1/", "holds a password"),
        ("/a", "more than 5 times"),
    ],
)
def test_each_hop_is_checked(to: str, reason: str) -> None:
    with serve_pages({"/a": moved(to)}) as site, pytest.raises(InputError, match=reason):
        fetcher().get(f"{site.url}/a")
    assert site.asked.count("/a") <= MOST_REDIRECTS + 1


# Politeness


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (Page(b"User-agent: *\nDisallow: /a"), False),
        (Page(b"User-agent: newsdesk\nDisallow: /\n\nUser-agent: *\nAllow: /"), False),
        (Page(b"User-agent: *\nDisallow: /\n\nUser-agent: newsdesk\nAllow: /"), True),
        (Page(b"", 404), True),
        (Page(b"", 403), True),
        (Page(b"", 503), False),
        (Page(b"", 429), False),
        (Page(b"User-agent: *\nDisallow: /a", cut=True), False),
        (Page(b"\0\xff" * 300_000), True),
    ],
)
def test_a_site_is_asked_first(robots: Page, allowed: bool) -> None:
    with serve_pages({"/robots.txt": robots, "/a": Page(b"text")}) as site:
        if allowed:
            assert fetcher().get(f"{site.url}/a").body == b"text"
        else:
            with pytest.raises(InputError, match=r"robots\.txt|broke off"):
                fetcher().get(f"{site.url}/a")
    assert ("/a" in site.asked) == allowed
    assert site.headers[0]["user-agent"] == USER_AGENT


def test_a_host_is_not_asked_too_often() -> None:
    waits: list[float] = []
    pages = {"/robots.txt": Page(b"User-agent: *\nCrawl-delay: 7"), "/a": Page(b"a"), "/b": Page(b"b")}
    with serve_pages(pages) as site:
        reader = fetcher(pause=2.0, sleep=waits.append)
        reader.get(f"{site.url}/a")
        reader.get(f"{site.url}/b")
    assert site.asked == ["/robots.txt", "/a", "/b"]
    assert len(waits) == 1
    assert 6 < waits[0] <= 7


# Asking again


def test_a_page_that_did_not_change_is_not_sent_again(tmp_path: Path) -> None:
    def page(said: Mapping[str, str]) -> Page:
        known = said.get("if-none-match") == '"1"' and said.get("if-modified-since") == "Sun, 01 Mar 2026 09:30:00 GMT"
        headers = {"ETag": '"1"', "Last-Modified": "Sun, 01 Mar 2026 09:30:00 GMT"}
        return (
            Page(b"", 304, media_type="")
            if known
            else Page("naïve".encode("latin-1"), 200, headers, "text/plain; charset=latin-1")
        )

    with serve_pages({"/a": page}) as site:
        first = fetcher(tmp_path / "x" / "pages.sqlite").get(f"{site.url}/a")
        second = fetcher(tmp_path / "x" / "pages.sqlite").get(f"{site.url}/a")
    assert (first.unchanged, second.unchanged) == (False, True)
    assert (second.body, second.charset, second.media_type) == (first.body, "latin-1", "text/plain")


def test_a_damaged_memory_is_no_memory(tmp_path: Path) -> None:
    (tmp_path / "pages.sqlite").write_bytes(b"not SQLite" * 100)
    with serve_pages({"/a": Page(b"text", headers={"ETag": '"1"'})}) as site:
        assert fetcher(tmp_path / "pages.sqlite").get(f"{site.url}/a").body == b"text"


# What it takes of a reply


def test_a_packed_page_is_unpacked() -> None:
    body = b"text " * 100
    for packed in (gzip.compress(body), gzip.compress(body[:100]) + gzip.compress(body[100:])):
        with serve_pages({"/a": Page(packed, headers={"Content-Encoding": "gzip"})}) as site:
            assert fetcher().get(f"{site.url}/a").body == body


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(b"", 404), "the server answered 404. Check the address."),
        (Page(b"", 503, {"Retry-After": "120"}), "the server answered 503 and asks to wait 120 s. Try again later."),
        (Page(b"x" * (MAX_BYTES + 1)), "it is larger than 32 MB."),
        (
            Page(gzip.compress(b"\0" * 20_000_000), headers={"Content-Encoding": "gzip"}),
            "it unpacks to more than 200 times",
        ),
        (
            Page(gzip.compress(b"text" * 99)[:-9], headers={"Content-Encoding": "gzip"}),
            "the server's answer broke off.",
        ),
        (Page(b"no gzip", headers={"Content-Encoding": "gzip"}), "the server's answer is damaged."),
        (Page(b"x", headers={"Content-Encoding": "br"}), "the server packed it as 'br', which was not asked for."),
        (Page(b"text", cut=True), "the server's answer broke off or is not HTTP"),
    ],
)
def test_a_bad_reply_is_refused_with_its_reason(page: Page, reason: str) -> None:
    with serve_pages({"/a": page}) as site, pytest.raises(InputError) as refusal:
        fetcher().get(f"{site.url}/a")
    assert str(refusal.value).startswith(reason)


def test_a_reply_ends_by_the_clock_not_by_the_read() -> None:
    pages = {"/robots.txt": Page(b"x"), "/a": Page(b"x" * 100, drip=0.05)}
    with serve_pages(pages) as site, pytest.raises(InputError, match="it did not come within"):
        fetcher(seconds=0.4).get(f"{site.url}/a")


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    with serve_pages({}) as site:
        pass
    with pytest.raises(InputError, match="the server cannot be reached"):
        fetcher().get(f"{site.url}/a")
