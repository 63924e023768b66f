"""Which of the sources shown are one origin: outlets that carry the same wire copy do not bear each other out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.rendering.footnotes import day, title_of
from pipeline.rendering.safe import one_line

if TYPE_CHECKING:
    from pipeline.types import ArticleInfo, Evidence


def one_story(articles: Iterable[ArticleInfo], evidence: Iterable[Evidence]) -> dict[str, str]:
    """What to say under a source that is not alone in its story, by article id, for articles in the order shown.

    A later one of a story points to the first, the first names the outlets that carry it too and are not shown.
    """
    shown = list({article.id: article for article in articles}.values())
    ids = {article.id for article in shown}
    copies = {found.article.id: found.copies for found in evidence if found.copies}
    first: dict[str, ArticleInfo] = {}
    told: dict[str, str] = {}
    for article in shown:
        group = article.origin_group or article.id
        if group in first:
            told[article.id] = f"the same story as “{title_of(first[group])}”: one origin with it"
            continue
        first[group] = article
        others = [other for other in copies.get(article.id, ()) if other.id not in ids]
        carriers = dict.fromkeys(
            f"{one_line(other.source) or title_of(other)} ({day(other.published)})" for other in others
        )
        if carriers:
            told[article.id] = f"the same story is carried by {', '.join(carriers)}: one origin"
    return told
