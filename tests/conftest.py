"""What several test modules share: a Chroma server on loopback, started once for all that want it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.loopback import free_port

_SECONDS = 60


@contextmanager
def chroma_server(folder: Path, port: int | None = None) -> Iterator[str]:
    """The address of a running server that keeps its data in `folder`."""
    port = port or free_port()
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--path", str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    ends = time.monotonic() + _SECONDS
    try:
        while True:
            try:
                if httpx.get(f"{url}/api/v2/heartbeat", timeout=1, trust_env=False).is_success:
                    break
            except httpx.TransportError:
                assert process.poll() is None, "the server has ended"
                assert time.monotonic() < ends, "the server does not start"
        yield url
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("chroma")) as url:
        yield url
