"""Prompts: data files with declared placeholders, and the evidence as a model gets to see it.

A prompt file is `prompts/NAME.md`: front matter in TOML between two lines `+++` (name, version, placeholders), then
the texts under `# System` and `# Human`; one that continues a conversation has no `# System`. The texts are constant;
articles enter as values of placeholders only, so nothing in an article is ever read as a template.

    load("answer").prompt | model_text(model, 60)
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.errors import InputError, UsageError
from pipeline.types import Evidence

if TYPE_CHECKING:
    from langchain_core.prompts import ChatPromptTemplate

_LAYOUT = re.compile(
    r"\+\+\+\n(?P<front>.*?)^\+\+\+\n\s*(?:# System\n(?P<system>.+?)^)?# Human\n(?P<human>.+)", re.S | re.M
)
_FRONT_MATTER = {"name": str, "version": int, "placeholders": list}

# Control characters, format characters (bidi, zero width, tags), lone surrogates; and the variation selectors, which
# are invisible and can carry hidden text.
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Brackets next to a digit, in every shape that a model or a reader may take for those of a mark.
_OPENING_OF_MARK = re.compile(r"[\[［【〔〖〚⟦❲](?=\s*\d)")
_CLOSING_OF_MARK = re.compile(r"(?<=\d)(\s*)[\]］】〕〗〛⟧❳]")
_FENCE_LIKE = re.compile(r"[<＜](?=\s*[/／]?\s*(?:evidence|conversation|question))", re.I)


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt: its placeholders are exactly `prompt.input_variables`; `digest` is the SHA-256 of its file, in hex."""

    name: str
    version: int
    prompt: ChatPromptTemplate
    digest: str


@lru_cache
def load(name: str) -> Template:
    """The prompt `prompts/NAME.md`. UsageError when there is none of that name, InputError for an unsound file."""
    folder = files("prompts")
    known = sorted(entry.name.removesuffix(".md") for entry in folder.iterdir() if entry.name.endswith(".md"))
    if name not in known:
        raise UsageError(f"There is no prompt {name!r}", f"The prompts are {', '.join(known)}")
    return parse(folder.joinpath(f"{name}.md").read_bytes(), f"prompts/{name}.md")


def parse(content: bytes, origin: str) -> Template:
    """The prompt in the bytes of a file, which is called `origin` in errors; InputError when it is unsound."""
    from langchain_core.prompts import ChatPromptTemplate

    try:
        parts = _LAYOUT.fullmatch(content.decode().replace("\r\n", "\n"))
        if parts is None:
            raise ValueError("it is not front matter between +++ lines, then # System if any, then # Human")
        front = tomllib.loads(parts["front"])
        if {key: type(value) for key, value in front.items()} != _FRONT_MATTER:
            raise ValueError("its front matter is not just a name, a version number and a list of placeholders")
        prompt = ChatPromptTemplate.from_messages(
            [(role, parts[role].strip()) for role in ("system", "human") if parts[role] is not None]
        )
        declared, used = sorted(map(str, front["placeholders"])), sorted(prompt.input_variables)
        if declared != used:
            raise ValueError(f"it declares the placeholders {declared} and uses {used}")
    except ValueError as error:
        raise InputError(f"The prompt {origin!r} is unsound: {error}", "Correct it or install newsdesk anew") from error
    return Template(front["name"], front["version"], prompt, hashlib.sha256(content).hexdigest())


def number_evidence(evidence: Sequence[Evidence]) -> str:
    """The evidence for a prompt: fenced, one sentence a line, each line of article text behind its mark `[n.k]`.

    Marking every line of untrusted text is a form of datamarking (Spotlighting, arXiv 2403.14720). Article text cannot
    forge a mark, a line or the fence; for the exact characters, use the passage.
    """
    return "\n".join(("<evidence>", *(_passage(item) for item in evidence), "</evidence>"))


def fitting(evidence: Sequence[Evidence], tokens: int, count: Callable[[str], int]) -> tuple[Evidence, ...]:
    """As much of the evidence, from the first passage on and whole passages only, as `number_evidence` shows in tokens.

    `count` gives the tokens of a text. Empty when not even the first passage fits.
    """
    left = tokens - count(number_evidence(()))
    fit = 0
    for item in evidence:
        left -= count(f"\n{_passage(item)}")
        if left < 0:
            break
        fit += 1
    return tuple(evidence[:fit])


def _passage(item: Evidence) -> str:
    article = item.article
    fields = {
        "date": article.published or "unknown",
        "source": article.source or "unknown",
        "title": article.title or "unknown",
        "section": item.passage.heading,
    }
    header = " | ".join(f"{name}: {untrusted_line(value).replace('|', '/')}" for name, value in fields.items() if value)
    sentences = (
        f"[{item.number}.{position}] {untrusted_line(sentence.text)}"
        for position, sentence in enumerate(item.passage.sentences, 1)
    )
    return "\n".join((f"Passage {item.number} | {header}", *sentences))


def untrusted_line(text: str) -> str:
    """Untrusted text on one line, without unseen characters, and without what looks like a mark or the fence."""
    spaced = " ".join(text.split())
    seen = "".join(character for character in spaced if unicodedata.category(character) not in _UNSEEN_CATEGORIES)
    plain = _VARIATION_SELECTORS.sub("", seen)
    unmarked = _CLOSING_OF_MARK.sub(r"\1)", _OPENING_OF_MARK.sub("(", plain))
    return " ".join(_FENCE_LIKE.sub("‹", unmarked).split())
