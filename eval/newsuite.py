"""A new suite from somebody's own articles: the folder, and a case file with drafts to fill in."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.gold import quotable
from pipeline.errors import InputError, UsageError
from pipeline.types import Article, Rejection

# One question is drafted for each of so many articles.
_DRAFTS = 3
# A draft quotes the first sentence of a size that holds a fact, if there is one.
_SENTENCE_CHARACTERS = range(50, 260)

_FLOORS = """# What a run must reach; `newsdesk eval --suite {suite}` leaves with exit code 4 when it does not.
# Set floors from a run, and raise them from a better one, with:
#
#   newsdesk eval --suite {suite} --output results
#   newsdesk eval gate results --floors {floors} --update
"""


@dataclass(frozen=True, slots=True)
class NewSuite:
    """What was made: the case file to fill in, how many articles there are, and which cannot be used and why."""

    cases: Path
    articles: int
    refused: tuple[tuple[str, str], ...]


def start_suite(folder: Path, articles: Sequence[Path]) -> NewSuite:
    """Make a suite with copies of these articles (files, or folders of them).

    Raises UsageError when the folder is there already, InputError when there is no article to quote from.
    """
    if folder.exists():
        raise UsageError(f"{str(folder)!r} is there already", "Name a folder that does not exist")
    files = _files(articles)
    kept, refused = _read(files)
    sentences = {name: quotable(article) for name, article in kept.items()}
    if not any(sentences.values()):
        why = f": {refused[0][0]} {refused[0][1]}" if refused else ""
        raise InputError(f"There are no articles to quote from in what was given{why}", "Name others with --articles")
    (folder / "articles").mkdir(parents=True)
    (folder / "cases").mkdir()
    for name in {name.partition(":")[0] if name not in files else name for name in kept}:
        shutil.copyfile(files[name], folder / "articles" / name)
    cases = folder / "cases" / "first.toml"
    _write(cases, _drafts(folder, sentences))
    _write(folder / "sentences.txt", _listed(kept, sentences))
    _write(folder / "floors.toml", _FLOORS.format(suite=folder, floors=folder / "floors.toml"))
    _write(folder / "suite.toml", f'name = {_toml(folder.name)}\ndescription = ""\n')
    return NewSuite(cases, len(kept), refused)


def _files(articles: Sequence[Path]) -> dict[str, Path]:
    """The files by the name that each gets in the suite: its own."""
    found: dict[str, Path] = {}
    for path in articles:
        if not path.exists():
            raise InputError(f"There is no file or folder {str(path)!r}", "Check the path")
        inside = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
        for file in inside if path.is_dir() else [path]:
            if file.name in found:
                raise InputError(f"Two articles are called {file.name!r}", "Rename one of them")
            found[file.name] = file
    if not found:
        raise InputError("There are no articles in what was given", "Name files or folders with --articles")
    return found


def _read(files: Mapping[str, Path]) -> tuple[dict[str, Article], tuple[tuple[str, str], ...]]:
    """The articles in the files by the names that cases use, and what cannot be read, with the reason."""
    from pipeline.cleaning import clean
    from pipeline.sources import read

    kept: dict[str, Article] = {}
    refused: list[tuple[str, str]] = []
    for name, file in files.items():
        for raw in read([str(file)], lambda: b""):
            # The rest of the origin is the line of an article in a JSON Lines file.
            called = name + raw.origin.removeprefix(os.path.normpath(file.absolute()))
            if isinstance(raw, Rejection):
                refused.append((called, raw.reason))
                continue
            try:
                kept[called] = clean(raw)
            except InputError as error:
                refused.append((called, error.what))
    return kept, tuple(refused)


def _drafts(folder: Path, sentences: Mapping[str, Sequence[str]]) -> str:
    from jinja2 import Environment, PackageLoader

    # The file is TOML and no page: what goes into it is escaped as TOML.
    environment = Environment(loader=PackageLoader("eval", "templates"), trim_blocks=True, keep_trailing_newline=True)
    drafted = [(name, _fact(found)) for name, found in sentences.items() if found][:_DRAFTS]
    return environment.get_template("cases.toml.j2").render(
        suite=folder,
        sentences=folder / "sentences.txt",
        drafts=[(_toml(name), _toml(quote)) for name, quote in drafted],
    )


def _fact(sentences: Sequence[str]) -> str:
    """A sentence that one can ask about: of some size, with a figure if there is one."""
    sized = [text for text in sentences if len(text) in _SENTENCE_CHARACTERS] or sentences
    return next((text for text in sized if any(character.isdigit() for character in text)), sized[0])


def _listed(articles: Mapping[str, Article], sentences: Mapping[str, Sequence[str]]) -> str:
    """Every article with its sentences, as a case quotes them."""
    parts = []
    for name, found in sentences.items():
        lines = [f"article = {_toml(name)}    # {' '.join(articles[name].info.title.split())}"]
        parts.append("\n".join(lines + [f"quote = {_toml(' '.join(text.split()))}" for text in found]))
    return "\n\n".join(parts) + "\n"


def _toml(text: str) -> str:
    """A text as a TOML string: what JSON escapes, TOML reads."""
    return json.dumps(text, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
