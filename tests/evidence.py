"""Evidence made of nothing but its sentences, for tests of what is written from it."""

from __future__ import annotations

from pipeline.types import ArticleInfo, Evidence, Passage, Sentence


def passage(
    number: int, *sentences: str, title: str = "", url: str = "", published: str | None = None, source: str = ""
) -> Evidence:
    """Passage `number`: these sentences, one space between them, as they would stand in an article of their own."""
    placed: list[Sentence] = []
    at = 0
    for text in sentences:
        placed.append(Sentence(at, at + len(text), text))
        at += len(text) + 1
    article = ArticleInfo(f"article-{number}", title, url=url, published=published, source=source)
    return Evidence(number, Passage(article.id, 0, tuple(placed), tokens=1, id=number), article, score=1 / number)
