"""Templates of briefings: which sections, in which order, under which titles. Files like the prompts, and beside them.

    +++
    name = "daily"
    version = 1
    words = 300
    +++

    - bottom line: This morning
    - development
    - timeline

Built-in ones are `prompts/briefs/NAME.md`.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import get_args

import regex

from pipeline.errors import InputError
from pipeline.types import BriefingPlan, SectionKind

KINDS: dict[str, SectionKind] = {kind: kind for kind in get_args(SectionKind) if kind != "points"}
FEWEST_WORDS, MOST_WORDS = 40, 5000

_LAYOUT = regex.compile(r"\s*\+\+\+\n(?P<front>.*?)\n\+\+\+\n(?P<body>.*)", regex.DOTALL)
_FRONT_MATTER = {"name": str, "version": int, "words": int}
_ENTRY = regex.compile(r"- (?P<kind>[^:]+?)(?: *: *(?P<title>.+?))? *")
_NEXT_STEP = "Correct it; `prompts/briefs/` has examples"


def built_in() -> tuple[str, ...]:
    """The names of the templates that come with newsdesk."""
    folder = files("prompts").joinpath("briefs")
    return tuple(sorted(file.name.removesuffix(".md") for file in folder.iterdir() if file.name.endswith(".md")))


def load_plan(name: str) -> BriefingPlan:
    """The template of this name, or in this file; InputError when there is none or it is not well formed."""
    if name in built_in():
        return parse_plan(files("prompts").joinpath("briefs").joinpath(f"{name}.md").read_bytes(), name)
    try:
        return parse_plan(Path(name).read_bytes(), name)
    except OSError as error:
        raise InputError(
            f"There is no briefing template {name!r} ({error.strerror or error})",
            f"Give a file, or one of {', '.join(built_in())}",
        ) from error


def parse_plan(content: bytes, name: str) -> BriefingPlan:
    """The plan in the bytes of a template, which is called `name` in errors; InputError when it is not well formed."""
    try:
        parts = _LAYOUT.fullmatch(content.decode().replace("\r\n", "\n"))
        if parts is None:
            raise ValueError("it does not begin with front matter between two lines +++")
        words = _words(tomllib.loads(parts["front"]))
        entries: dict[SectionKind, str] = {}
        for number, line in enumerate(parts["body"].splitlines(), parts["front"].count("\n") + 4):
            if line.strip():
                kind, title = _entry(line, number)
                if kind in entries:
                    raise ValueError(f"line {number} has the section {kind!r} a second time")
                entries[kind] = title
        if not entries:
            raise ValueError("it names no section")
    except ValueError as error:
        raise InputError(f"The briefing template {name!r} is not well formed: {error}", _NEXT_STEP) from error
    return BriefingPlan(words, tuple(entries), titles=tuple((kind, title) for kind, title in entries.items() if title))


def _words(front: dict[str, object]) -> int:
    """The words of the front matter; ValueError when that is not just a name, a version and a number of words."""
    unknown = sorted(front.keys() - _FRONT_MATTER.keys())
    if unknown:
        raise ValueError(f"its front matter has {unknown[0]!r}; it takes {', '.join(_FRONT_MATTER)}")
    for key, kind in _FRONT_MATTER.items():
        if type(front.get(key)) is not kind:
            wanted = "a text" if kind is str else "a whole number"
            raise ValueError(f"its front matter needs {key} as {wanted}")
    words = front["words"]
    if not isinstance(words, int) or not FEWEST_WORDS <= words <= MOST_WORDS:
        raise ValueError(f"words is {words}; it goes from {FEWEST_WORDS} to {MOST_WORDS}")
    return words


def _entry(line: str, number: int) -> tuple[SectionKind, str]:
    entry = _ENTRY.fullmatch(line)
    if entry is None:
        raise ValueError(f"line {number} is no section; write `- timeline` or `- timeline: Its title`")
    kind = entry["kind"].strip().casefold().replace("-", " ")
    if kind not in KINDS:
        raise ValueError(f"line {number} names the section {kind!r}; there are {', '.join(KINDS)}")
    if kind == "development" and entry["title"]:
        raise ValueError(f"line {number} gives the developments a title; each has a headline of its own")
    return KINDS[kind], entry["title"] or ""
