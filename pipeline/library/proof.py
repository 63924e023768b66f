"""Does a Chroma folder find what it holds? Asked in a process of its own: a damaged one can crash whoever opens it.

Proven are the ids, all of them, and that passages spread over the whole find themselves by their own vectors, but for
the few that approximate search may miss. A proof is remembered beside the index by a digest of what was proven, so that
it is done once for each state of the index.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.library.projection import Projection
from pipeline.library.server import ServerVectors
from pipeline.library.vectors import ChromaIndex, VectorIndex, content_digest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.library.feed import Feed

# How many passages, evenly spread, look for themselves, and what share of them may be missed: a sound index missed none
# of these among 100,000 and one among a million, one that two processes had written lost a third.
PROBES = 200
MISSED = 0.02
# Two passages may have the same vector: one that is this near to the best hit has found itself.
_TOLERANCE = 1e-3
_SECONDS = 600
_MEMORY = "proof"


def unproven(feed: Feed, projection: Projection[ChromaIndex]) -> str | None:
    """What is wrong with the serving index, or None: from memory, where just this state of it was proven before."""
    folder, state = projection.folder, projection.state()
    if folder is None or state is None:
        return "is missing or cannot be read"
    store = projection.store
    content = store.holdings(folder) if isinstance(store, ServerVectors) else content_digest(folder)
    if content is None:
        lost = "is not on the server as it was written"
        return lost if isinstance(store, ServerVectors) else "is damaged (chroma.sqlite3)"
    marks = json.dumps([state.layout, state.generation, state.applied, content, sorted(state.files)])
    digest = hashlib.blake2b(marks.encode(), digest_size=16).hexdigest()
    memory = folder.parent / _MEMORY
    try:
        if memory.read_text() == digest:
            return None
    except OSError:
        pass
    problems = prove(feed, projection)
    if problems:
        return problems[0]
    beside = memory.with_name(f"{_MEMORY}.{os.getpid()}")
    beside.write_text(digest)
    beside.replace(memory)
    return None


def prove(feed: Feed, projection: Projection[ChromaIndex]) -> tuple[str, ...]:
    """Everything that is wrong with the serving index, its files read whole."""
    live = feed.live_ids()
    ordered = sorted(live)
    probes, matrix = feed.vectors(ordered[:: max(1, len(ordered) // PROBES)])
    if isinstance(projection.store, ServerVectors):
        try:
            found, lost = _probed(projection.index(), probes, matrix)
        except Exception as error:  # whatever the server or its client says is the finding
            return (f"cannot be read ({error})",)
    else:
        answered = _asked(projection.folder, probes, matrix)
        if isinstance(answered, str):
            return (answered,)
        found, lost = answered
    problems = projection.prove(live, found)
    if lost > MISSED * len(probes):
        return *problems, f"does not find {lost:,} of {len(probes):,} probed passages by their own vectors"
    return problems


def _asked(
    folder: Path | None, probes: NDArray[np.int64], matrix: NDArray[np.float32]
) -> tuple[frozenset[int], int] | str:
    """The ids that the index in `folder` holds and how many probes do not find themselves, or why it cannot say."""
    import numpy as np

    package = str(Path(__file__).parents[2])
    start = f"import sys; sys.path.insert(0, {package!r}); from pipeline.library.proof import answer; answer()"
    with io.BytesIO() as asked:
        np.savez(asked, probes=probes, matrix=matrix)
        command = [sys.executable, "-c", start, str(folder)]
        try:
            child = subprocess.run(command, input=asked.getvalue(), capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return f"did not answer within {_SECONDS} seconds"
    if child.returncode != 0:
        last = child.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        return f"cannot be read (exit {child.returncode}: {last[0]})"
    answered = json.loads(child.stdout)
    return frozenset(answered["ids"]), answered["lost"]


def answer() -> None:
    """The child's side: the folder comes as an argument, the probes on stdin, the answer goes to stdout as JSON."""
    import numpy as np

    asked = np.load(io.BytesIO(sys.stdin.buffer.read()))
    ids, lost = _probed(VectorIndex(Path(sys.argv[1])), asked["probes"], asked["matrix"])
    json.dump({"ids": sorted(ids), "lost": lost}, sys.stdout)


def _probed(
    index: ChromaIndex | None, probes: NDArray[np.int64], matrix: NDArray[np.float32]
) -> tuple[frozenset[int], int]:
    """The ids that an index holds, and how many of the probes do not find themselves by their vectors."""
    if index is None:
        return frozenset(), len(probes)
    lost = 0
    for passage_id, vector in zip(probes.tolist(), matrix, strict=True):
        hits = index.search(vector, 10)
        near = hits and (hits[0].score >= 1 - _TOLERANCE or any(hit.passage_id == passage_id for hit in hits))
        lost += not near and bool(vector.any())
    return index.ids(), lost
