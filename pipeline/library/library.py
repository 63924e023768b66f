"""A library: the catalogue, its projections, and what keeps them in step.

    with open_library("newsdesk-library", create=True, embedding="wordllama", dimension=256) as library:
        with library.writer():
            library.store(article, passages, vectors)
        hits = library.search_words("Al Bukamal", 10) + library.search_vectors(vector, 10)

The catalogue is the truth. Changes reach the words (tantivy), the prints (what ranking reads of each passage), the
matrix (all vectors, in a file) and the vectors (Chroma) through its outbox, at the end of `writer()` or when a reader
finds them behind and nobody is writing. Until then, and whenever one of them cannot be trusted, searches go to the
catalogue's own vectors and texts or check every hit against it: what is searched is never wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from pipeline.errors import LibraryError
from pipeline.library.briefs import Briefs, CitingBrief
from pipeline.library.catalogue import Catalogue
from pipeline.library.copies import Copies
from pipeline.library.database import Database
from pipeline.library.embeddings import Reembedding
from pipeline.library.feed import Feed
from pipeline.library.filtering import Resolver
from pipeline.library.indexes import Indexes
from pipeline.library.intake import Intake, Submission
from pipeline.library.locking import WriterLock
from pipeline.library.projection import Hit, Progress
from pipeline.library.searching import Searcher
from pipeline.types import Article, ArticleInfo, Filters, Outcome, Passage
from pipeline.wordprints import Outline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.library.vectors import ChromaIndex

EVERYTHING = Filters()
# Passages embedded anew and committed together: some seconds of a model's work at most are lost to a kill.
REEMBEDDED = 256


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """What a library holds.

    `sizes` are bytes on disk by part; `languages` and `sources` come with their articles, most first; days are ISO
    8601. `copies` is how many articles copy a story held before, `corrected` how many have a correction notice.
    `faults` are indexes that are broken or behind, a sentence each.
    """

    location: str
    articles: int
    passages: int
    versions: int
    sizes: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, int], ...]
    first_published: str | None
    last_published: str | None
    undated: int
    copies: int
    corrected: int
    briefs: int
    embedding: str
    dimension: int
    faults: tuple[str, ...]
    notices: tuple[str, ...]


class Library:
    """An open library; `open_library` gives one. Safe to use from several threads."""

    def __init__(self, folder: Path, database: Database, server: str | None = None) -> None:
        self._folder = folder
        self._database = database
        self._catalogue = Catalogue(database)
        self._intake = Intake(database)
        self._briefs = Briefs(database)
        self._copies = Copies(database)
        self._feed = Feed(database)
        self._resolver = Resolver(database)
        self._lock = WriterLock(folder / "lock")
        self._indexes = Indexes(folder, database, self._feed, self._lock, server)
        self._searcher = Searcher(database, self._resolver, self._feed, self._indexes)
        self._indexes.catch_up()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._indexes.close()
        self._database.close()

    @property
    def indexes(self) -> Indexes:
        """The projections, for whoever proves or measures them."""
        return self._indexes

    def neighbours(self) -> ChromaIndex | None:
        """Chroma's index, where searches without filters go to it by now; see `search_vectors`."""
        return self._searcher.neighbours()

    @property
    def embedding(self) -> str:
        """The model that made the library's vectors."""
        return self._database.serving.name

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._database.serving.dimension

    def check_embedding(self, name: str, dimension: int | None = None, fingerprint: str = "") -> None:
        """Raise LibraryError unless this model made the library's vectors. What has no fingerprint goes by its name; a
        model with the fingerprint of the library's is the same wherever it lies."""
        theirs = self._database.serving
        known = bool(fingerprint and theirs.fingerprint)
        same = fingerprint == theirs.fingerprint if known else name == theirs.name
        if not same or dimension not in (None, theirs.dimension):
            which = "another model of that name" if name == theirs.name else repr(name)
            raise LibraryError(
                f"The vectors of the library {str(self._folder)!r} were made by {theirs.name!r} "
                f"({theirs.dimension} dimensions), not by {which}",
                f"Use --embedding {theirs.name}, or change the library with `newsdesk reindex --embedding {name}`",
            )

    @property
    def notices(self) -> tuple[str, ...]:
        """What was found broken since opening, and what was done about it: one sentence each."""
        return tuple(self._indexes.notices)

    # Writing

    @contextmanager
    def writer(self) -> Iterator[Library]:
        """The writer's place: raises LibraryBusy when another has it. On leaving, all projections are brought up to
        date; after an error they are left for the next writer, and what was stored stays stored."""
        with self._lock.held():
            self._database.check_serving()
            yield self
            self.sync()

    def outcome(self, article: Article) -> tuple[Outcome, str | None]:
        """What `store` would do, and the id of the article already there: so that nothing is embedded in vain."""
        return self._intake.outcome(article)

    def held_before(self, article: Article) -> bool:
        """Whether just this was the live version of its article once, and is no more."""
        return self._intake.held_before(article)

    def key_at(self, origin: str) -> str | None:
        """The key of the article whose live version came from this place; None when none did."""
        return self._intake.key_at(origin)

    def key_of_text(self, text: str) -> str | None:
        """The key of a live article with this text; None when there is none."""
        return self._intake.key_of_text(text)

    def store(
        self,
        article: Article,
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        *,
        seen: datetime | None = None,
    ) -> Outcome:
        """Store an article, its passages and one vector each (shape (passages, dimension)) in one transaction.

        The same key with other content is a new version: the old one is kept but retired, and so are its passages.
        `seen` is when the version was first seen, now if not given. Raises ValueError for passages that are not the
        article's, InputError for text that is not Unicode, LibraryError for vectors of another shape.
        """
        return self.store_many([(article, passages, vectors)], seen=seen)[0]

    def store_many(
        self, batch: Sequence[Submission], *, seen: datetime | None = None, copies: bool = True
    ) -> tuple[Outcome, ...]:
        """Store several articles in one transaction, all or none: one wait for the disk instead of many.

        Without `copies` none of them is held against the others: for articles that are known to be no copies.
        """
        with self._lock.held():
            return self._intake.store(batch, seen or datetime.now(UTC), copies=copies)

    def remove(self, article_id: str) -> str:
        """Remove an article with all its versions from the catalogue and all projections; returns its full id.

        A unique prefix of the id will do; raises UsageError as `article` does.
        """
        identity = self._catalogue.article_id(article_id)
        with self.writer():
            self._intake.remove(identity)
        return identity

    def record_brief(
        self, path: str, title: str, cited: Iterable[ArticleInfo], *, written: datetime | None = None
    ) -> None:
        """Note that a brief was written to a file, citing these versions of articles; the same path is noted anew.

        Does not wait for a writer. `written` is now if not given.
        """
        self._briefs.record(path, title, cited, written or datetime.now(UTC))

    def briefs_citing(self, id_prefix: str) -> tuple[CitingBrief, ...]:
        """The briefs that cite an article, the last written first; raises UsageError as `article` does."""
        return self._briefs.citing(self._catalogue.article_id(id_prefix))

    def sync(self) -> None:
        """Bring all projections up to date with the catalogue."""
        self._indexes.sync()

    def reembed(
        self,
        name: str,
        dimension: int,
        fingerprint: str,
        embed: Callable[[Sequence[tuple[Passage, ArticleInfo]]], NDArray[np.float32]],
        progress: Progress | None = None,
    ) -> None:
        """Put another model's vectors in the place of those that serve, which serve until all the new ones are there.

        `embed` gives one vector a passage. What was done before an interruption is not done again. Searches of other
        processes go on all the while; afterwards they raise EmbeddingChanged, because they embed questions with the old
        model. Raises LibraryBusy when another process is writing.
        """
        with self._lock.held():
            self._database.check_serving()
            change = Reembedding(self._database, name, dimension, fingerprint)
            done, total = change.count()
            while ids := change.missing(REEMBEDDED):
                found = self._catalogue.stored_passages(ids)
                change.put([passage.id for passage, _ in found], embed(found))
                done += len(ids)
                if progress is not None:
                    progress(done, total)
            self._indexes.exchange(change)
            change.finish()

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make all projections anew from the catalogue; until each is done, the old one serves."""
        self._indexes.rebuild(progress)

    # Searching

    def search_words(self, query: str, limit: int, filters: Filters = EVERYTHING) -> tuple[Hit, ...]:
        """The best `limit` live passages by BM25, best first, equal scores by id. Any text is a query.

        `as_of` may let retired versions through, which are in no index: then the passages of that day are indexed in
        memory for the purpose (about 10,000 a second), and once for all searches with the same filters.
        """
        return self._searcher.words(query, limit, filters)

    def frequencies(self, words: Sequence[str]) -> tuple[dict[str, int], int]:
        """How many passages have each of these words in their text, whatever their forms, and how many there are."""
        return self._searcher.frequencies(words)

    def vocabulary(self, beginnings: Sequence[str]) -> list[str]:
        """The words of the passages, as the stems they are found by, that begin in one of these ways."""
        return self._searcher.vocabulary(beginnings)

    def search_vectors(self, vector: NDArray[np.float32], limit: int, filters: Filters = EVERYTHING) -> tuple[Hit, ...]:
        """The nearest `limit` live passages by cosine similarity, nearest first, equal scores by id.

        Exact whenever there are filters, at most EXACT_UP_TO passages, or changes that Chroma has not taken over yet;
        else by Chroma. A vector of zeros is near nothing.
        """
        return self._searcher.vectors(vector, limit, filters)

    def resolve(self, filters: Filters) -> NDArray[np.int64] | None:
        """The ids, ascending, of the passages that these filters let through; None for an empty filter.

        Days are those the publishers wrote. `as_of` means the end of that day in this machine's time zone: versions
        first seen by then, not yet retired then, and not published later.
        """
        selection = self._resolver.resolve(filters)
        return None if selection is None else selection.ids

    def vectors(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """The vectors of these passages, row by row as asked; raises KeyError for one that is not stored."""
        return self._searcher.vectors_of(ids)

    # Reading

    def passages(self, ids: Sequence[int], filters: Filters = EVERYTHING) -> tuple[tuple[Passage, ArticleInfo], ...]:
        """These passages and their articles, in the order asked. What is not live is left out; give the filters of the
        search, because with `as_of` it is that day's versions that count."""
        return self._catalogue.passages(ids, filters)

    def outlines(self, ids: Sequence[int], filters: Filters = EVERYTHING) -> tuple[tuple[Outline, ArticleInfo], ...]:
        """What `passages` gives, as ranking sees it: without the texts, and an order of magnitude faster."""
        places = self._catalogue.places(ids, filters)
        prints = self._searcher.prints([passage_id for passage_id, _, _ in places])
        return tuple(
            (Outline(passage_id, ordinal, words), article)
            for (passage_id, ordinal, article), words in zip(places, prints, strict=True)
        )

    def articles(self, filters: Filters = EVERYTHING) -> tuple[ArticleInfo, ...]:
        """The articles that these filters let through, newest first, undated ones last."""
        return self._catalogue.articles(filters)

    def last_seen(self, as_of: date | None = None) -> str | None:
        """When the newest article was first seen (UTC), of those that there were on a day; None without articles."""
        return self._catalogue.last_seen(Filters(as_of=as_of))

    def named(self, filters: Filters) -> Filters:
        """The filters with the ids of articles in full, where a unique prefix was given; raises as `article` does."""
        articles, stories = (tuple(map(self._catalogue.article_id, ids)) for ids in (filters.articles, filters.stories))
        return replace(filters, articles=articles, stories=stories)

    def article(self, id_prefix: str, version: int | None = None, as_of: date | None = None) -> Article:
        """An article by the start of its id: its latest version, the one of that number, or that of the end of a day.

        Raises UsageError when none or several articles have such an id, or there is no such version.
        """
        return self._catalogue.article(id_prefix, version, as_of)

    def history(self, filters: Filters = EVERYTHING) -> Iterator[Article]:
        """Every version of the articles that these filters let through, in the order in which they were stored."""
        return self._catalogue.history(filters)

    def groups_alike(self, text: str) -> frozenset[str]:
        """The `origin_group`s of which an article with this text would be a copy."""
        return frozenset(self._copies.groups_alike(text))

    def versions(self, id_prefix: str) -> tuple[ArticleInfo, ...]:
        """Every version of an article, the first one first; raises UsageError as `article` does."""
        return self._catalogue.versions(id_prefix)

    def status(self) -> LibraryStatus:
        """What the library holds, in figures."""
        from pipeline.library.audit import holdings

        return holdings(self._folder, self._database, self._indexes)

    def check(self) -> tuple[str, ...]:
        """Every invariant of the library that does not hold, one sentence each. Reads everything."""
        from pipeline.library.audit import catalogue_problems, projection_problems

        with self._indexes.searching:
            return (
                *catalogue_problems(self._database),
                *projection_problems(self._feed, self._indexes),
            )
