"""A library whose vectors index is on a Chroma server: down, back, emptied, copied, and what is no server."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import ServerDown, UsageError
from pipeline.library import Library, open_library
from pipeline.library.chroma_http import ServerClient
from pipeline.library.server import server_address
from tests.conftest import chroma_server
from tests.loopback import Response, free_port, hang, serve
from tests.test_library_projection import NAMES, answers, entry, stored

QUERY = entry(5, "delta").vector


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is asked at once, however small the library."""
    monkeypatch.setattr("pipeline.library.indexes.EXACT_UP_TO", 0)
    monkeypatch.setattr("pipeline.library.searching.OPENING_SECONDS", 0)
    monkeypatch.setattr("pipeline.library.searching.PAUSE_SECONDS", 0)


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Library]:
    def open_it(url: str | None, name: str = "library") -> Library:
        return open_library(tmp_path / name, create=True, embedding="fake", dimension=len(NAMES), vectors=url)

    return open_it


def asked(library: Library) -> object:
    """What the server itself answers, past all fallbacks."""
    index = library._indexes.vectors.index()
    return index and [hit.passage_id for hit in index.search(QUERY, 9)]


def test_the_server_answers_what_exact_search_does_and_everything_holds(
    opened: Callable[..., Library], chroma_url: str
) -> None:
    with opened(chroma_url) as library:
        stored(library)
        expected = answers(library)
        assert (library.check(), library.notices) == ((), ())
        assert asked(library) == list(expected[2])
    with opened(chroma_url) as library:
        assert answers(library) == expected
        library.remove("article-1")
        assert len(answers(library)[2]) == 8
        assert (library.check(), library.notices) == ((), ())


def test_while_the_server_is_down_ingest_acknowledges_and_exact_search_answers(
    opened: Callable[..., Library], tmp_path: Path
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with opened(url) as library:
        begun = time.monotonic()
        stored(library)
        assert time.monotonic() - begun < 20
        (notice,) = library.notices
        assert notice.startswith(f"The Chroma server at {url} does not answer; exact search answers, and the next")
        expected = answers(library)
        assert all(expected)
    with chroma_server(tmp_path / "server", port), opened(url) as library:
        assert [notice[:43] for notice in library.notices] == ["The vectors index is 12 changes behind the "]
        library.sync()
        assert asked(library) == list(expected[2])
        assert answers(library) == expected
        assert library.check() == ()
    with opened(url) as library:
        assert answers(library) == expected
        (notice,) = library.notices
        assert notice == f"The Chroma server at {url} does not answer; exact search answered instead"
        with pytest.raises(ServerDown, match="Start it"):
            library.rebuild()


def test_what_the_server_has_lost_is_missed_and_built_again(opened: Callable[..., Library], tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with chroma_server(tmp_path / "one", port), opened(url) as library:
        stored(library)
        expected = answers(library)
    with chroma_server(tmp_path / "other", port), opened(url) as library:
        assert answers(library) == expected
        (notice,) = library.notices
        assert notice.startswith("The vectors index is not on the server as it was written; exact search answers until")
        assert any("vectors" in problem for problem in library.check())
        library.sync()
        assert "it was built again from the catalogue" in library.notices[-1]
        assert asked(library) == list(expected[2])
        assert library.check() == ()


def test_a_copied_library_gets_a_collection_of_its_own(
    opened: Callable[..., Library], chroma_url: str, tmp_path: Path
) -> None:
    with opened(chroma_url) as library:
        stored(library)
    shutil.copytree(tmp_path / "library", tmp_path / "copy")
    with opened(chroma_url, "copy") as copy:
        copy.remove("article-0")
        assert copy.check() == ()
    with opened(chroma_url) as library:
        assert len(answers(library)[2]) == 9
        library.sync()
        assert library.check() == ()
    with opened(chroma_url, "copy") as copy:
        assert (copy.check(), len(answers(copy)[2])) == ((), 8)


def test_a_library_moves_to_a_server_and_back(opened: Callable[..., Library], chroma_url: str) -> None:
    for url in (None, chroma_url, None):
        with opened(url) as library:
            if not library.articles():
                stored(library)
            library.sync()
            expected = answers(library)
            assert library.check() == ()
            assert asked(library) == list(expected[2])


@pytest.mark.parametrize(
    ("response", "says"),
    [
        (Response(b"<html>hello</html>", content_type="text/html"), "is no Chroma server: it does not answer in JSON"),
        (Response(b"no", status=404), "answered with HTTP 404"),
        (Response(b"no", status=503), "answered with HTTP 503"),
        (hang(), "gave no answer within 0.2 seconds"),
    ],
    ids=["a page", "not found", "overload", "nothing"],
)
def test_what_is_no_server_is_named(response: Response, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.library.chroma_http._ASKING", 0.2 if "0.2" in says else 20)
    monkeypatch.setattr("pipeline.library.chroma_http._BACKOFF", (0.0, 0.0))
    with serve(lambda request: response) as server:
        client = ServerClient("127.0.0.1", int(server.url.split(":")[2].split("/")[0]), encrypted=False)
        with pytest.raises(ServerDown) as raised:
            client.create("passages", {"written": "x"}, {})
        client.close()
    assert says in str(raised.value)
    assert len(server.requests) == (3 if "503" in says else 1)


ADDRESSES = ["localhost:8000", "ftp://x", "http://", "http://user@host:1", "http://localhost:1/path", "http://[::1"]


@pytest.mark.parametrize("url", ADDRESSES)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="not the address of a Chroma server"):
        server_address(url, insecure=True)


def test_plain_http_to_another_machine_is_refused_unless_it_is_meant(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"without encryption.*NEWSDESK_INSECURE_VECTORS"):
        open_library(tmp_path / "x", create=True, embedding="fake", dimension=2, vectors="http://chroma.example:8000")
    assert server_address("http://chroma.example:8000/", insecure=True) == "http://chroma.example:8000"
    assert server_address("https://chroma.example", insecure=False) == "https://chroma.example"
    assert server_address("http://127.0.0.1:8000", insecure=False) == "http://127.0.0.1:8000"
