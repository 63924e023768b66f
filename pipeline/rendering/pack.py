"""A briefing with all that it rests on, in one file: the evidence pack.

    pack(briefing, articles) → bytes → read_pack → the briefing and its articles

The file is JSON in one canonical form, the same for the same briefing, and holds the digest of itself: whatever byte of
it is changed, it is no pack any more. What it says is not believed for that; `verify` checks it anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.errors import DamagedPack, InputError, UsageError
from pipeline.rendering.jsonform import article_json, briefing_json
from pipeline.rendering.readback import read_article, read_back
from pipeline.types import Article, ArticleInfo, Briefing, Filters, Passage, Usage

FORMAT = "newsdesk evidence pack 1"
_NEXT_STEP = "Ask whoever sent it for the file as `newsdesk brief --pack` wrote it"


@dataclass(frozen=True, slots=True)
class Pack:
    """A briefing and the articles that it cites, by id, as they were when it was written."""

    briefing: Briefing
    articles: Mapping[str, Article]

    def article(self, identity: str) -> Article:
        """The article of this id; UsageError when it is not in the pack."""
        if identity not in self.articles:
            raise UsageError(f"The evidence pack holds no article {identity!r}", _NEXT_STEP)
        return self.articles[identity]

    def resolve(self, filters: Filters) -> None:
        """No passages are kept beside the evidence of the briefing."""

    def passages(self, ids: Sequence[int], filters: Filters) -> tuple[tuple[Passage, ArticleInfo], ...]:
        """None; see `resolve`."""
        return ()


def pack(briefing: Briefing, articles: Mapping[str, Article]) -> bytes:
    """The file; only the passages of cited articles go along, and nothing that differs from run to run."""
    evidence = tuple(item for item in briefing.evidence if item.article.id in articles)
    written = replace(briefing, evidence=evidence, usage=Usage())
    held = {
        "format": FORMAT,
        "brief": briefing_json(written),
        "articles": [
            {**article_json(articles[identity]), "sha256": _digest(_bytes(articles[identity].text))}
            for identity in sorted(articles)
        ],
    }
    return _canonical({**held, "sha256": _digest(_canonical(held))})


def is_pack(text: str) -> bool:
    """Whether a text means to be a pack."""
    return "newsdesk evidence pack" in text[:200]


def read_pack(data: bytes, name: str) -> Pack:
    """The briefing and the articles in a file, which is called `name` in errors.

    Raises DamagedPack when it is not byte for byte what was written, InputError when it never was a pack.
    """
    try:
        held: dict[str, Any] = json.loads(data)
        digest = held.pop("sha256")
        sound = held["format"] == FORMAT and digest == _digest(_canonical(held))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedPack(f"{name!r} is no whole evidence pack ({type(error).__name__})", _NEXT_STEP) from error
    if not sound or data != _canonical({**held, "sha256": digest}):
        raise DamagedPack(f"The evidence pack {name!r} is not what was written: its digest differs", _NEXT_STEP)
    articles = {}
    for each in held["articles"]:
        article = read_article(each, name)
        if _digest(_bytes(article.text)) != each["sha256"]:
            raise DamagedPack(f"The article {article.info.id!r} in {name!r} is not what was packed", _NEXT_STEP)
        articles[article.info.id] = article
    briefing = read_back(json.dumps(held["brief"]), name)
    if not isinstance(briefing, Briefing):
        raise InputError(f"{name!r} holds no briefing", _NEXT_STEP)
    return Pack(briefing, articles)


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
