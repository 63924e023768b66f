"""A citation of an earlier version is shown in that version, also when the article has changed since."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.cli.results import cited_article, cited_articles
from pipeline.library import open_library
from pipeline.types import Citation, Statement

FIRST = "The harbour at Tolsta will close on Monday for nine days, the port authority said in a notice to ships."
SECOND = "The harbour at Tolsta will stay open, the port authority said on Sunday, taking back its notice to ships."


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A library with one article that was changed."""
    folder = str(tmp_path / "library")
    page = tmp_path / "articles.jsonl"
    for text in (FIRST, SECOND):
        page.write_text(json.dumps({"url": "https://harbour.example/1", "title": "Tolsta harbour", "text": text}))
        run("ingest", str(page), "--library", folder)
    return folder


def test_an_article_cited_as_of_then_stands_in_the_page_as_it_was(library: str) -> None:
    with open_library(Path(library)) as held:
        (info,) = held.articles()
        then, now = held.article(info.id, 1), held.article(info.id)
        at = then.text.index("will close on Monday")
        old = Citation(then.info, at, at + len("will close on Monday"), "will close on Monday")
        assert cited_article(old, held).text == then.text
        assert cited_articles([Statement("It closes.", "supported", (old,))], held)[info.id].text == then.text
        at = now.text.index("will stay open")
        new = Citation(now.info, at, at + len("will stay open"), "will stay open")
        assert cited_article(new, held).text == now.text
