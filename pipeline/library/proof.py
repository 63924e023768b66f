"""Does a Chroma folder find what it holds? Asked in a process of its own: a damaged one can crash whoever opens it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Two passages may have the same vector: one that is this near to the best hit has found itself.
_TOLERANCE = 1e-3
_SECONDS = 600


def prove_vectors(
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

    from pipeline.library.vectors import VectorIndex

    asked = np.load(io.BytesIO(sys.stdin.buffer.read()))
    index = VectorIndex(Path(sys.argv[1]))
    ids = index.ids()
    lost = 0
    for passage_id, vector in zip(asked["probes"].tolist(), asked["matrix"], strict=True):
        hits = index.search(vector, 10)
        near = hits and (hits[0].score >= 1 - _TOLERANCE or any(hit.passage_id == passage_id for hit in hits))
        lost += not near and bool(vector.any())
    json.dump({"ids": sorted(ids), "lost": lost}, sys.stdout)
