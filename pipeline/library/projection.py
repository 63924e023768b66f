"""A projection: an index over the live passages of the catalogue that can be thrown away and made again at any time.

    folder/state.json    which generation serves, what it has taken over from the outbox, and the marks of its files
    folder/1/, 2/, …     the generations; only the one that state.json names is in use

`state.json` is replaced by an atomic rename after the index itself is on disk. A process that dies in between leaves a
state behind the index, and as every change may be applied twice, the next writer just goes on from there. A new
generation is built beside the old one and takes its place by the same rename.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many passages are done and how many there are."""

# At most this many passages in one change: Chroma takes 5,461 at once, and this is about a second's work.
BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found, and its score: higher is better, and comparable within one search only."""

    passage_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Entry:
    """A live passage as the indexes take it in."""

    id: int
    title: str
    heading: str
    sentences: tuple[str, ...]
    vector: NDArray[np.float32]

    @property
    def text(self) -> str:
        """The sentences joined by single spaces, as in `Passage`."""
        return " ".join(self.sentences)


class Index(Protocol):
    """What an index does for a projection, opened on the folder of one generation."""

    def write(self, removed: Sequence[int], added: Sequence[Entry]) -> None:
        """Take passages out, then in, and have it on disk. Any id may be unknown or already there."""

    def count(self) -> int:
        """How many passages are in."""

    def ids(self) -> frozenset[int]:
        """The ids of all passages that are in."""

    def close(self) -> None:
        """Let go of the files."""


IndexT_co = TypeVar("IndexT_co", bound=Index, covariant=True)
IndexT = TypeVar("IndexT", bound=Index)


class Store(Protocol[IndexT_co]):
    """Where the indexes of a projection are kept, and what is known of all of them: a class of indexes, or a server."""

    @property
    def survives_kill(self) -> bool:
        """Whether a process killed while writing leaves the index as of its last commit, or perhaps a broken one."""

    @property
    def restless_files(self) -> frozenset[str]:
        """Files that change when the index is only read, so that their content proves nothing."""

    @property
    def needs_text(self) -> bool:
        """Whether it takes the text of an entry, or its vector alone."""

    def __call__(self, folder: Path, expected: int = 0) -> IndexT_co:
        """Open the index of the generation in `folder`, or make an empty one if there is none.

        `expected` is how many passages are about to be added to a new one.
        """

    def discard(self, folder: Path) -> None:
        """Remove what belongs to the generation in `folder` but lies elsewhere."""


@dataclass(frozen=True, slots=True)
class FileMark:
    """What a file of an index looked like when it was written. The digest is read only when size and time disagree."""

    size: int
    modified: int
    digest: str


@dataclass(frozen=True, slots=True)
class State:
    """What `state.json` says. `layout` names everything that an index must agree on to be usable at all."""

    layout: str
    generation: int = 1
    applied: int = 0
    passages: int = 0
    writing: bool = False
    files: dict[str, FileMark] = field(default_factory=dict)


class Projection(Generic[IndexT]):
    """One projection of a library. Whatever changes it wants the writer's lock; not for two threads at once.

    `layout` names all that an index must agree on to be of use: its own version, the library, the embedding.
    """

    def __init__(self, folder: Path, layout: str, store: Store[IndexT]) -> None:
        self._folder = folder
        self._layout = layout
        self.store = store
        self._index: IndexT | None = None
        self._opened: State | None = None
        self._read: tuple[tuple[int, int] | None, State | None] = (None, None)

    @property
    def name(self) -> str:
        return self._folder.name

    @property
    def folder(self) -> Path | None:
        """Where the serving generation lies; None while there is none."""
        state = self.state()
        return self._generation(state) if state is not None and self._generation(state).is_dir() else None

    def state(self) -> State | None:
        """The state on disk, or None when there is none that can be read."""
        path = self._folder / "state.json"
        try:
            status = path.stat()
            stamp = (status.st_ino, status.st_mtime_ns)
            if self._read[0] != stamp:
                values = json.loads(path.read_bytes())
                files = {name: FileMark(**mark) for name, mark in values.pop("files").items()}
                self._read = (stamp, State(**values, files=files))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._read = (None, None)
        return self._read[1]

    def fault(self, head: int, live: int) -> str | None:
        """Why the projection cannot be trusted, or None. Cheap: files are read only where their marks disagree.

        `head` is the last sequence of the catalogue's outbox, `live` the number of its live passages.
        """
        state = self.state()
        if state is None:
            return "is missing or cannot be read"
        if state.layout != self._layout:
            return "was made for another library or another server, or by another version"
        if state.writing and not self.store.survives_kill:
            return "was left half-written"
        if state.applied > head:
            return "is ahead of the catalogue"
        if not state.writing and (damaged := self._damaged(state)):
            return f"is damaged ({damaged[0]})"
        if state.applied == head and state.passages != live:
            return f"holds {state.passages:,} passages where the catalogue has {live:,}"
        return None

    def prove(self, live: frozenset[int], found: frozenset[int]) -> tuple[str, ...]:
        """What is wrong with the files, read whole, and with the ids `found` in the index against the `live` ones."""
        state = self.state()
        if state is None:
            return ("is missing or cannot be read",)
        problems = [f"is damaged ({name})" for name in self._damaged(state, thorough=True)]
        if missing := live - found:
            problems.append(f"lacks {len(missing):,} passages, such as {min(missing)}")
        if extra := found - live:
            problems.append(f"holds {len(extra):,} passages that are not live, such as {min(extra)}")
        return tuple(problems)

    def current(self, head: int) -> State | None:
        """The state on disk, when it is this projection's and has taken over all changes up to `head`; else None."""
        state = self.state()
        if state is None or state.layout != self._layout or state.writing or state.applied != head:
            return None
        return state

    def index(self, state: State | None = None) -> IndexT | None:
        """The index of the serving generation (as of `state`, when given), opened again when it has been changed; None
        when there is none."""
        state = state or self.state()
        if state is None or not self._generation(state).is_dir():
            self.close()
            return None
        if self._index is None or self._opened != state:
            self.close()
            self._index = self.store(self._generation(state))
            self._opened = state
        return self._index

    def begin(self) -> None:
        """Put an empty first generation in place."""
        self._folder.mkdir(exist_ok=True)
        self._put(State(self._layout))

    def apply(self, changed: Sequence[int], entries: Sequence[Entry], applied: int) -> None:
        """Take over the changes up to sequence `applied`: of the `changed` passages, `entries` are live."""
        state = self.state() or State(self._layout)
        folder = self._generation(state)
        folder.mkdir(parents=True, exist_ok=True)
        index = self.index() or self.store(folder)
        self._put(replace(state, writing=True))
        index.write(changed, entries)
        # A write that broke off has left its mark in the state that this one began with.
        state = replace(
            state, applied=applied, passages=index.count(), writing=False, files=self._marks(folder, state.files)
        )
        self._put(state)
        self._index, self._opened = index, state

    def build(self, batches: Iterable[Sequence[Entry]], head: int, total: int, progress: Progress | None) -> State:
        """Build a new generation beside the one that serves, of `total` passages as of sequence `head`."""
        self._folder.mkdir(exist_ok=True)
        old = self.state()
        self._sweep(keep=old.generation if old is not None else None)
        taken = [int(path.name) for path in self._folder.iterdir() if path.name.isdigit()]
        generation = 1 + max([*taken, old.generation if old is not None else 0])
        folder = self._folder / str(generation)
        folder.mkdir()
        index = self.store(folder, total)
        done = 0
        try:
            for batch in batches:
                index.write((), batch)
                done += len(batch)
                if progress is not None:
                    progress(done, total)
            passages = index.count()
        finally:
            index.close()
        return State(self._layout, generation, head, passages, files=self._marks(folder, {}))

    def serve(self, state: State) -> None:
        """Let the generation that `build` made take the place of the old one, and remove that."""
        self.close()
        self._put(state)
        self._sweep(keep=state.generation)

    def close(self) -> None:
        """Let go of the open index; the next use opens it again."""
        index, self._index, self._opened = self._index, None, None
        if index is not None:
            index.close()

    def _generation(self, state: State) -> Path:
        return self._folder / str(state.generation)

    def _put(self, state: State) -> None:
        beside = self._folder / f"state.{os.getpid()}"
        with beside.open("w") as file:
            json.dump(asdict(state), file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._folder / "state.json")

    def _sweep(self, keep: int | None) -> None:
        """Remove generations that no longer serve and what a killed process left; what cannot go now goes next time."""
        for path in self._folder.iterdir():
            if path.name.isdigit() and path.name != str(keep):
                self.store.discard(path)
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith("state.") and path.name != "state.json":
                path.unlink(missing_ok=True)

    def _marks(self, folder: Path, known: dict[str, FileMark]) -> dict[str, FileMark]:
        marks = {}
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not path.name.startswith(".") and path.name not in self.store.restless_files:
                marks[name] = _mark(path, known.get(name))
        return marks

    def _damaged(self, state: State, *, thorough: bool = False) -> list[str]:
        folder = self._generation(state)
        return [name for name, mark in state.files.items() if not _is_as_marked(folder / name, mark, thorough=thorough)]


def _mark(path: Path, known: FileMark | None) -> FileMark:
    status = path.stat()
    if known is not None and (known.size, known.modified) == (status.st_size, status.st_mtime_ns):
        return known
    return FileMark(status.st_size, status.st_mtime_ns, _digest(path))


def _is_as_marked(path: Path, mark: FileMark, *, thorough: bool) -> bool:
    try:
        status = path.stat()
        if status.st_size != mark.size:
            return False
        return (status.st_mtime_ns == mark.modified and not thorough) or _digest(path) == mark.digest
    except OSError:
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]
