"""Which code ran: figures of the same code can be compared, and results of it used again."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from pathlib import Path

_SUITES = Path(__file__).parent / "suites"


def code_digest() -> str:
    """Over every file of the pipeline and of the harness, but for suites."""
    digest = sha256()
    for package in ("pipeline", "eval"):
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and not path.is_relative_to(_SUITES):
                content = path.read_bytes()
                digest.update(f"{package}/{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
                digest.update(content)
    return digest.hexdigest()
