"""The library: what storing does, filters against brute force, versions over time, reading, status and check."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.errors import InputError, LibraryBusy, LibraryError, NewsdeskError, NotALibrary, UsageError
from pipeline.library import Library, Submission, open_library
from pipeline.types import Article, ArticleInfo, Block, Filters, LeftOut, Passage, Sentence

DIMENSION = 8
WORDS = [
    "bridge",
    "harbour",
    "minister",
    "storm",
    "election",
    "ferry",
    "budget",
    "strike",
    "river",
    "council",
    "museum",
]


def submission(
    key: str,
    lines: tuple[str, ...],
    *,
    title: str = "A headline",
    source: str = "The Gazette",
    published: str | None = "2024-03-05",
    authors: tuple[str, ...] = ("A. Writer",),
    language: str = "en",
    section: str = "",
    seed: int = 0,
) -> Submission:
    """An article of one paragraph a line, each a passage of one sentence, with vectors made from its words."""
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    spans = [(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    identity = f"{key}-article"
    article = Article(
        info=ArticleInfo(
            identity,
            title,
            source,
            f"https://news.example/{key}",
            published,
            authors,
            language,
            section=section,
            origin_group=identity,
        ),
        key=key,
        text=text,
        original=text.encode(),
        media="text",
        origin=f"{key}.txt",
        blocks=tuple(Block(start, end, "paragraph") for start, end in spans),
        left_out=(),
    )
    passages = tuple(
        Passage(identity, n, (Sentence(start, end, text[start:end]),), 5) for n, (start, end) in enumerate(spans)
    )
    return article, passages, np.stack([vector(line, seed) for line in lines])


def unseen(article: Article) -> Article:
    """The article without the moment at which the library saw it."""
    return replace(article, info=replace(article.info, first_seen=None))


def vector(text: str, seed: int = 0) -> NDArray[np.float32]:
    rng = np.random.default_rng([seed, *text.encode()])
    return rng.standard_normal(DIMENSION, dtype=np.float32)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library", create=True, embedding="fake", dimension=DIMENSION) as opened:
        yield opened


def texts(library: Library, ids: list[int], filters: Filters = Filters()) -> list[str]:
    return [passage.text for passage, _ in library.passages(ids, filters)]


@dataclass(frozen=True)
class Storing:
    name: str
    then: Submission
    outcome: str
    articles: int
    versions: int


FIRST = submission("bridge", ("The bridge is closed.", "The ferry runs."))
STORING = [
    Storing("the same again", FIRST, "unchanged", 1, 1),
    Storing("another text", submission("bridge", ("The bridge is open.",)), "updated", 1, 2),
    Storing(
        "another title",
        submission("bridge", ("The bridge is closed.", "The ferry runs."), title="New"),
        "updated",
        1,
        2,
    ),
    Storing(
        "another date",
        submission("bridge", ("The bridge is closed.", "The ferry runs."), published=None),
        "updated",
        1,
        2,
    ),
    Storing(
        "another key, same text", submission("copy", ("The bridge is closed.", "The ferry runs.")), "duplicate", 1, 1
    ),
    Storing(
        "another key, other white space",
        submission("copy", ("The  bridge is closed.", "The ferry runs.")),
        "duplicate",
        1,
        1,
    ),
    Storing("another key, another text", submission("storm", ("The storm came.",)), "added", 2, 2),
]


@pytest.mark.parametrize("case", STORING, ids=lambda case: case.name)
def test_what_storing_a_second_article_does(library: Library, case: Storing) -> None:
    assert library.store(*FIRST) == "added"
    foreseen, existing = library.outcome(case.then[0])
    assert foreseen == case.outcome
    assert existing == (None if case.outcome == "added" else FIRST[0].info.id)
    assert library.store(*case.then) == case.outcome
    status = library.status()
    assert (status.articles, status.versions) == (case.articles, case.versions)
    found = {hit.passage_id for hit in library.search_vectors(vector("x"), 50)}
    assert len(found) == status.passages == sum(len(p) for _, p, _ in live(FIRST, case))


def live(first: Submission, case: Storing) -> list[Submission]:
    return {"added": [first, case.then], "updated": [case.then]}.get(case.outcome, [first])


def test_a_cleaning_change_is_an_update(library: Library) -> None:
    library.store(*FIRST)
    article, passages, vectors = FIRST
    cleaned = replace(article, blocks=article.blocks[:1], left_out=(LeftOut(22, 37, "promotion"),))
    assert library.store(cleaned, passages[:1], vectors[:1]) == "updated"
    found = library.article(article.info.id)
    assert unseen(found) == replace(cleaned, info=replace(article.info, version=2))


def test_an_article_comes_back_as_it_went_in(library: Library) -> None:
    article, passages, _ = FIRST
    library.store(*FIRST)
    assert unseen(library.article(article.info.id)) == article
    ids = library.resolve(Filters(articles=(article.info.id,))).tolist()
    stored = library.passages(list(reversed(ids)))
    assert [replace(info, first_seen=None) for _, info in stored] == [article.info] * 2
    assert [replace(passage, id=0) for passage, _ in stored] == list(reversed(passages))
    assert library.vectors(ids) == pytest.approx(FIRST[2])


def test_one_bad_article_keeps_its_batch_out_and_the_next_comes_in(library: Library) -> None:
    article, passages, vectors = submission("bad", ("Half a pair.",))
    broken = replace(article, info=replace(article.info, title="\ud83d"))
    with pytest.raises(InputError, match="surrogate"):
        library.store_many([FIRST, (broken, passages, vectors)])
    assert library.articles() == ()
    assert library.store_many([FIRST, FIRST]) == ("added", "unchanged")


@pytest.mark.parametrize(
    "vectors",
    [np.zeros((2, DIMENSION + 1)), np.zeros((1, DIMENSION)), np.full((2, DIMENSION), np.nan)],
    ids=["dimension", "count", "not finite"],
)
def test_vectors_that_do_not_fit_are_refused(library: Library, vectors: NDArray[np.float32]) -> None:
    with pytest.raises(LibraryError, match="'fake' gave"):
        library.store(FIRST[0], FIRST[1], vectors)


def test_passages_that_are_not_the_text_are_refused(library: Library) -> None:
    article, (first, second), vectors = FIRST
    shifted = replace(first, sentences=(replace(first.sentences[0], start=1),))
    with pytest.raises(ValueError, match="is not the text"):
        library.store(article, (shifted, second), vectors)


def test_an_article_without_passages_is_stored(library: Library) -> None:
    article, _, _ = FIRST
    assert library.store(article, (), np.empty((0, DIMENSION), np.float32)) == "added"
    library.sync()
    assert library.check() == ()
    assert library.search_words("bridge", 5) == library.search_vectors(vector("x"), 5) == ()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """60 articles of two sources over a year, some undated, a third of them updated once."""
    rng = np.random.default_rng(7)
    batch = [
        submission(
            f"story-{n}",
            tuple(f"{' '.join(rng.choice(WORDS, 6))} {n}." for _ in range(1 + n % 4)),
            title=" ".join(rng.choice(WORDS, 3)),
            source=("The Gazette", "La Presse")[n % 2],
            published=None if n % 10 == 0 else f"2024-{1 + n % 12:02d}-{1 + n % 28:02d}T08:00:00+02:00",
            authors=(("Ana Ruiz", "Bo Li"), ("Bo Li",), ())[n % 3],
            language=("en", "en-GB", "fr")[n % 3],
            section=("World", "")[n % 2],
        )
        for n in range(60)
    ]
    folder = tmp_path_factory.mktemp("many") / "library"
    with open_library(folder, create=True, embedding="fake", dimension=DIMENSION) as library:
        with library.writer():
            library.store_many(batch, seen=datetime(2024, 1, 10, 12, tzinfo=UTC))
            updates = [submission(f"story-{n}", (f"Update: the {WORDS[n % 11]} again.",)) for n in range(0, 60, 3)]
            library.store_many(updates, seen=datetime(2024, 6, 10, 12, tzinfo=UTC))
        yield library


FILTERS = [
    Filters(),
    Filters(sources=("la presse",)),
    Filters(since=date(2024, 3, 1), until=date(2024, 3, 31)),
    Filters(since=date(2024, 6, 1), sources=("The Gazette", "La Presse")),
    Filters(articles=(submission("story-5", ("x",))[0].info.id,)),
    Filters(as_of=date(2024, 5, 1)),
    Filters(as_of=date(2024, 7, 1), since=date(2024, 2, 1)),
    Filters(as_of=date(2023, 12, 31)),
    Filters(sources=("nobody",)),
    Filters(until=date(1999, 1, 1)),
    Filters(authors=("bo li",)),
    Filters(authors=("Ana  Ruiz", "nobody"), sections=("world",)),
    Filters(languages=("en",), since=date(2024, 4, 1)),
    Filters(languages=("FR",), as_of=date(2024, 5, 1)),
    Filters(stories=(submission("story-5", ("x",))[0].info.id,)),
]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_filtered_searches_agree_with_brute_force(many: Library, filters: Filters) -> None:
    resolved = many.resolve(filters)
    allowed = many.resolve(Filters(since=date(1, 1, 1))) if resolved is None else resolved
    if resolved is None:
        allowed = np.array(sorted({hit.passage_id for hit in many.search_vectors(vector("q"), 1000)}))
    ids = allowed.tolist()
    assert len(texts(many, ids, filters)) == len(ids)

    query = vector("anything")
    matrix = many.vectors(ids) if ids else np.empty((0, DIMENSION))
    scores = matrix @ query / (np.linalg.norm(matrix, axis=1) * np.linalg.norm(query))
    nearest = [ids[row] for row in np.lexsort((ids, -scores))[:10]]
    assert [hit.passage_id for hit in many.search_vectors(query, 10, filters)] == nearest

    words = many.search_words("storm", 1000, filters)
    stored = many.passages(ids, filters)
    holding = {p.id for p, info in stored if "storm" in f"{p.text} {info.title}".lower()}
    assert {hit.passage_id for hit in words} == holding
    assert [(-hit.score, hit.passage_id) for hit in words] == sorted((-hit.score, hit.passage_id) for hit in words)
    assert many.search_words("storm", 3, filters) == words[:3]


def test_filters_let_through_what_they_say(many: Library) -> None:
    everything = many.articles()

    def ids(**filters: tuple[str, ...]) -> set[str]:
        return {info.id for info in many.articles(Filters(**filters))}

    assert ids(authors=("bo li",)) == {info.id for info in everything if "Bo Li" in info.authors}
    assert ids(languages=("en",)) == {info.id for info in everything if info.language in ("en", "en-GB")}
    assert ids(sections=("WORLD",)) == {info.id for info in everything if info.section == "World"}
    assert ids(sources=("la presse",), languages=("fr",)) == {
        info.id for info in everything if (info.source, info.language) == ("La Presse", "fr")
    }
    assert ids(stories=("story-5-article",)) == ids(articles=("story-5-article",)) == {"story-5-article"}


def test_as_of_shows_the_library_as_it_stood(library: Library) -> None:
    old, new = submission("bridge", ("The bridge is closed.",)), submission("bridge", ("The bridge is open.",))
    library.store(*old, seen=datetime(2024, 3, 6, 12, tzinfo=UTC))
    library.store(*new, seen=datetime(2024, 4, 6, 12, tzinfo=UTC))
    library.sync()
    seen = []
    for day in (date(2024, 3, 4), date(2024, 3, 20), date(2024, 4, 20)):
        filters = Filters(as_of=day)
        by_words = [hit.passage_id for hit in library.search_words("bridge", 5, filters)]
        assert by_words == [hit.passage_id for hit in library.search_vectors(vector("q"), 5, filters)]
        seen.append(texts(library, by_words, filters))
    assert seen == [[], ["The bridge is closed."], ["The bridge is open."]]
    assert library.search_words("closed", 5) == ()


def test_every_version_can_be_read(library: Library) -> None:
    lines = [("The bridge is closed.",), ("The bridge is open.",), ("The bridge is open again.",)]
    days = [datetime(2024, month, 6, 12, tzinfo=UTC) for month in (3, 4, 5)]
    for text, seen in zip(lines, days, strict=True):
        library.store(*submission("bridge", text), seen=seen)
    versions = library.versions("bridge")
    assert [info.version for info in versions] == [1, 2, 3]
    assert [info.first_seen for info in versions] == [seen.isoformat(timespec="microseconds") for seen in days]
    assert [library.article("bridge", number).text for number in (1, 2, 3)] == [text for (text,) in lines]
    assert library.article("bridge", as_of=date(2024, 4, 20)).text == "The bridge is open."
    assert library.articles(Filters(as_of=date(2024, 4, 20))) == versions[1:2]
    with pytest.raises(UsageError, match="has no version 4"):
        library.article("bridge", 4)
    with pytest.raises(UsageError, match="was not in the library on that day"):
        library.article("bridge", as_of=date(2024, 3, 1))


def test_articles_come_newest_first_and_undated_last(library: Library) -> None:
    days = {
        "a": "2024-03-05",
        "b": "2024-03-05T23:00:00-05:00",
        "c": None,
        "d": "2024-03-06T01:00:00+00:00",
        "e": "soon",
    }
    library.store_many([submission(key, (f"Text of {key}.",), published=day) for key, day in days.items()])
    assert [info.id[0] for info in library.articles()] == ["b", "d", "a", "c", "e"]
    only = library.articles(Filters(until=date(2024, 3, 5)))
    assert [info.id[0] for info in only] == ["b", "a"], "the day is the one that the publisher wrote"


PREFIXES = [
    (
        "bridge-",
        "2 articles have an id that starts with 'bridge-'",
        "Choose one of bridge-article (A headline), bridge-twin",
    ),
    ("bri", "too short", "at least 4"),
    ("nothing", "No article has the id 'nothing'", "articles list"),
]


@pytest.mark.parametrize(("prefix", "what", "next_step"), PREFIXES)
def test_an_unclear_article_id_is_refused(library: Library, prefix: str, what: str, next_step: str) -> None:
    library.store(*FIRST)
    twin, passages, vectors = submission("twin", ("Twins.",))
    twin = replace(twin, info=replace(twin.info, id="bridge-twin", origin_group="bridge-twin"))
    library.store(twin, [replace(passage, article_id="bridge-twin") for passage in passages], vectors)
    with pytest.raises(UsageError, match=what) as raised:
        library.article(prefix)
    assert next_step in raised.value.next_step
    assert unseen(library.article("bridge-t")) == twin


def test_removing_takes_every_version_out_of_everything(library: Library) -> None:
    library.store_many([FIRST, submission("storm", ("The storm came.",))])
    library.store(*submission("bridge", ("The bridge is open.",)))
    assert library.remove(FIRST[0].info.id[:8]) == FIRST[0].info.id
    assert library.search_words("bridge", 5) == ()
    assert texts(library, list(range(1, 20))) == ["The storm came."]
    assert (library.status().versions, library.check()) == (1, ())
    assert library.store(*FIRST) == "added"


def test_briefs_are_noted_and_told_of_an_article_also_when_it_is_gone(library: Library, tmp_path: Path) -> None:
    library.store_many([FIRST, submission("storm", ("The storm came.",))])
    bridge, storm = library.articles()
    library.record_brief("out/a.md", "Bridges", [bridge, bridge], written=datetime(2024, 3, 6, 12, tzinfo=UTC))
    library.record_brief("out/b.md", "Everything", [bridge, storm], written=datetime(2024, 3, 7, 12, tzinfo=UTC))
    assert [(brief.path, brief.title, brief.version) for brief in library.briefs_citing("bridge")] == [
        ("out/b.md", "Everything", 1),
        ("out/a.md", "Bridges", 1),
    ]
    with open_library(tmp_path / "library") as other, library.writer():
        other.record_brief("out/a.md", "Bridges again", [storm])
    assert [brief.path for brief in library.briefs_citing("bridge")] == ["out/b.md"]
    library.remove("bridge")
    assert {brief.path for brief in library.briefs_citing("storm")} == {"out/a.md", "out/b.md"}
    assert library.check() == ()


def test_passages_are_found_by_filters_as_they_are_stored(many: Library) -> None:
    for filters in FILTERS[1:]:
        where = {info.id for info in many.articles(filters)}
        ids = many.resolve(filters).tolist()
        assert ids == sorted(set(ids))
        assert {info.id for _, info in many.passages(ids, filters)} == where


def test_status_counts(many: Library) -> None:
    status = many.status()
    assert (status.articles, status.versions, status.passages) == (
        60,
        80,
        many.resolve(Filters(as_of=date(2025, 1, 1))).size,
    )
    assert dict(status.sources) == {"The Gazette": 40, "La Presse": 20}
    assert dict(status.languages) == {"en": 20, "en-GB": 20, "fr": 20}
    assert (status.first_published, status.last_published) == ("2024-02-02", "2024-12-24")
    assert (status.undated, status.copies, status.corrected, status.briefs, status.faults) == (4, 0, 0, 0, ())
    assert all(size > 0 for _, size in status.sizes)
    assert (status.embedding, status.notices) == ("fake", ())


def test_the_vectors_index_agrees_with_exact_search(many: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = many.search_vectors(vector("q"), 10)
    monkeypatch.setattr(many.indexes, "exact_up_to", 0)
    by_chroma = many.search_vectors(vector("q"), 10)
    assert [hit.passage_id for hit in by_chroma] == [hit.passage_id for hit in exact]
    assert [hit.score for hit in by_chroma] == pytest.approx([hit.score for hit in exact], abs=1e-5)


def test_searching_a_small_library_imports_neither_chromadb_nor_filelock(many: Library) -> None:
    script = (
        "import sys, numpy; from pipeline.library import open_library; library = open_library(sys.argv[1]); "
        f"assert library.search_words('storm', 5) and library.search_vectors(numpy.ones({DIMENSION}, 'f4'), 5); "
        "print(sorted({'chromadb', 'filelock'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", script, many.status().location]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_threads_may_search_at_once(many: Library) -> None:
    expected = (many.search_words("storm", 9), many.search_vectors(vector("q"), 9))
    with ThreadPoolExecutor(8) as pool:
        words = pool.map(lambda _: many.search_words("storm", 9), range(40))
        vectors = pool.map(lambda _: many.search_vectors(vector("q"), 9), range(40))
        assert {*zip(words, vectors, strict=True)} == {expected}


@dataclass(frozen=True)
class Opening:
    name: str
    error: type[NewsdeskError]
    says: str
    create: bool = False


OPENING = [
    Opening("missing", NotALibrary, "does not exist.*newsdesk ingest"),
    Opening("empty", NotALibrary, "is empty"),
    Opening("file", NotALibrary, "is a file"),
    Opening("file", NotALibrary, "is a file", create=True),
    Opening("photos", NotALibrary, "is not a newsdesk library"),
    Opening("photos", NotALibrary, "is not a newsdesk library", create=True),
    Opening("other.db", NotALibrary, "not the catalogue of a newsdesk library", create=True),
    Opening("garbage.db", NotALibrary, "cannot be read as a library's catalogue", create=True),
    Opening("newer.db", NotALibrary, "has schema 99"),
    Opening("https://example.org/library", UsageError, "is an address", create=True),
    Opening("postgresql://db/news", UsageError, "only folders"),
]


@pytest.mark.parametrize("case", OPENING, ids=lambda case: f"{case.name}{' create' * case.create}")
def test_what_is_no_library_is_refused_and_left_alone(tmp_path: Path, case: Opening) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    for folder in ("photos", "other.db", "garbage.db", "newer.db"):
        (tmp_path / folder).mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"x")
    (tmp_path / "garbage.db" / "library.sqlite").write_bytes(b"garbage" * 1000)
    with closing(sqlite3.connect(tmp_path / "other.db" / "library.sqlite")) as other:
        other.execute("CREATE TABLE theirs (x)")
    with closing(sqlite3.connect(tmp_path / "newer.db" / "library.sqlite")) as newer:
        newer.executescript(f"CREATE TABLE t (x); PRAGMA application_id = {0x4E444C42}; PRAGMA user_version = 99")
    before = sorted(tmp_path.rglob("*"))
    location = case.name if "://" in case.name else tmp_path / case.name
    with pytest.raises(case.error, match=case.says):
        open_library(location, create=case.create, embedding="fake", dimension=DIMENSION)
    assert sorted(tmp_path.rglob("*")) == before


def test_another_embedding_is_refused_by_name(tmp_path: Path, library: Library) -> None:
    with pytest.raises(LibraryError, match=r"made by 'fake' \(8 dimensions\), not by 'other'.*--embedding fake, or"):
        open_library(tmp_path / "library", embedding="other", dimension=4)
    with pytest.raises(LibraryError, match="another model of that name"):
        open_library(tmp_path / "library", embedding="fake", dimension=4)
    with pytest.raises(LibraryError, match="--embedding fake"):
        library.search_vectors(np.ones(4, np.float32), 5)


def test_creating_where_a_killed_process_began_succeeds(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").touch()
    (tmp_path / "lock").touch()
    with open_library(tmp_path, create=True, embedding="fake", dimension=DIMENSION) as library:
        assert library.store(*FIRST) == "added"


def test_a_second_writer_is_told_who_has_the_place(tmp_path: Path, library: Library) -> None:
    with open_library(tmp_path / "library") as other:
        with library.writer():
            library.store(*FIRST)
            assert [hit.passage_id for hit in other.search_vectors(vector("q"), 5)]
            with pytest.raises(LibraryBusy, match=f"process {os.getpid()} "), other.writer():
                pass
        assert len(other.search_words("bridge", 5)) == 1
        assert other.store(*submission("storm", ("The storm came.",))) == "added"
        assert len(library.search_vectors(vector("q"), 5)) == 3
