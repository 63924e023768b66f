"""Bad input costs little, is named with its reason, and never keeps the rest out."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bombs import BOMBS, STORY

# The others take seconds to make; `python -m tests.benchmarks.bombs` runs every one of them, alone and with limits.
QUICK = (
    *("empty.txt", "binary.txt", "nul.txt", "wrong-encoding.txt", "short-lines.txt", "attributes.html", "deep.html"),
    *("comment.html", "cut.html.gz", "slip.zip", "entities.xml", "nested-items.xml"),
    *("feed-attributes.xml", "script-links.xml", "deep.json", "encrypted.pdf", "no-text.pdf", "forms.pdf"),
    *("cut.pdf", "entities.docx", "broken.docx", "cut.warc"),
)
TAKEN_IN = {"attributes.html"}
ADDRESS_SPACE = 2 * 2**30
SECONDS = 40


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What `newsdesk ingest --dry-run` says of them all, in a process that may not take more than this."""
    folder = tmp_path_factory.mktemp("bad")
    for name in QUICK:
        (folder / name).write_bytes(BOMBS[name]())
    (folder / "z-good.txt").write_text(STORY)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    command = [sys.executable, "-m", "tests.benchmarks.newsdesk", "ingest", str(folder), "--dry-run", "-f", "json"]
    command += ["-l", str(folder / "library")]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, cwd=Path(__file__).parents[1])
    assert done.returncode == 2, done.stderr
    return dict(json.loads(done.stdout))


def test_every_bad_file_is_named_and_the_good_one_comes_in(report) -> None:
    taken = {Path(article["origin"]).name for article in report["articles"]}
    assert taken == {"z-good.txt", *TAKEN_IN}
    refused = {name for name in QUICK if any(f"/{name}" in rejection["origin"] for rejection in report["rejected"])}
    assert refused == set(QUICK) - TAKEN_IN


def test_every_reason_is_one_clear_sentence_and_a_next_step(report) -> None:
    for rejection in report["rejected"]:
        assert rejection["reason"].endswith("."), rejection
        assert rejection["reason"].count(". ") >= 1, rejection
        assert "could not be read (" not in rejection["reason"], rejection
