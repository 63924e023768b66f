"""The HTML report: what it shows, and that nothing in it is active but its own script."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from eval.loading import load_suite
from eval.report import Edit, differences, report_html
from eval.results import Results, results
from tests.eval_samples import OPENED, TOLL, FakeSystem, run_in, stated, write_suite


@pytest.fixture
def found(tmp_path: Path) -> Results:
    folder = write_suite(tmp_path / "suite")
    suite = load_suite(folder)
    said = [stated(OPENED, "wire.jsonl:2")]
    run = run_in(folder, FakeSystem(folder, {"What does crossing the bridge cost?": said}))
    manifest = {"suite": "<b>sample</b>", "digest": suite.digest, "newsdesk": "0", "started": "2026-03-01"}
    return results(manifest, [run], ())


@pytest.mark.parametrize(
    ("answer", "reference", "edits"),
    [
        ("The toll is 41 crowns.", "The toll is 41 crowns", [("same", "The toll is 41 crowns.")]),
        (
            "It rose to 41 crowns on Monday.",
            "The toll is 41 crowns.",
            [("missing", "The toll is"), ("extra", "It rose to"), ("same", "41 crowns"), ("extra", "on Monday.")],
        ),
        ("to the", "the cat sat to", [("missing", "the cat sat to"), ("extra", "to the")]),
        ("“Yes”, Quill said.", '"yes," Quill said', [("same", "“Yes”, Quill said.")]),
        ("", "The toll.", [("missing", "The toll.")]),
    ],
)
def test_differences(answer: str, reference: str, edits: list[Edit]) -> None:
    assert differences(answer, reference) == edits


def test_a_case_shows_its_articles_marked_and_the_difference(found: Results) -> None:
    page = report_html(found)
    for text, kind in ((OPENED, "cited"), (TOLL, "gold")):
        pieces = dict(re.findall(rf'<span id="piece-(\d+)-(\d+)">{text}\s*</span>', page))
        marked = re.findall(rf'<details class="marked" data-article="(\d+)"[^>]* data-{kind}="(\d+)"', page)
        assert set(marked) & pieces.items()
    assert "<del>The toll is 41 crowns.</del>" in page
    assert f"<ins>{OPENED}</ins>" in page
    assert "holds none of the accepted answers: 41 crowns" in page
    assert 'data-score-accept="0.0"' in page


def test_nothing_is_active_but_the_pages_own_script(found: Results) -> None:
    page = report_html(found)
    assert "&lt;b&gt;sample&lt;/b&gt;" in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        sources = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(sources) == 1
        digest = base64.b64encode(hashlib.sha256(sources[0].encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy[1]
    assert not re.search(r"<[^>]*\s(?:on\w+|style|src)=", page)
    assert "http://" not in page
    assert "https://" not in page
