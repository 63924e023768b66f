"""Whether citations resolve, point at the right sentences, and are there at all.

After ALCE (Gao et al., EMNLP 2023, arXiv 2305.14627), with gold sentences in place of its entailment model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from eval.gold import Span
from pipeline.types import Article, Citation, Statement


def citation_precision(citations: Sequence[Citation], gold: Sequence[Span]) -> float | None:
    """Share of the citations that point at a gold sentence. A lower bound: a suite lists the sentences that its
    reference needs, and others may also be right."""
    if not citations or not gold:
        return None
    return sum(1 for citation in citations if cited(gold, citation)) / len(citations)


def citation_recall(citations: Sequence[Citation], gold: Sequence[Span], nuggets: Sequence[Set[int]]) -> float | None:
    """Share of the nuggets for which some gold sentence that says them (by index into `gold`) is cited."""
    if not nuggets:
        return None
    reached = {at for citation in citations for at in cited(gold, citation)}
    return sum(1 for sentences in nuggets if sentences & reached) / len(nuggets)


def cited(gold: Sequence[Span], citation: Citation) -> frozenset[int]:
    """The indices of the gold sentences that a citation points at."""
    span = Span(citation.article.id, citation.start, citation.end)
    return frozenset(at for at, wanted in enumerate(gold) if wanted.overlaps(span))


def share_exact(statements: Sequence[Statement], articles: Mapping[str, Article]) -> float | None:
    """Share of the citing statements whose every quote is `text[start:end]` of its article, character for character."""
    citing = [statement for statement in statements if statement.citations]
    if not citing:
        return None
    return sum(1 for statement in citing if all(_exact(each, articles) for each in statement.citations)) / len(citing)


def share_cited(statements: Sequence[Statement]) -> float | None:
    """Share of the statements with at least one citation."""
    return sum(1 for statement in statements if statement.citations) / len(statements) if statements else None


def share_supported(statements: Sequence[Statement]) -> float | None:
    """Share of the statements that grounding found supported: the share audited by Liu et al. (arXiv 2304.09848)."""
    if not statements:
        return None
    return sum(1 for statement in statements if statement.support == "supported") / len(statements)


def _exact(citation: Citation, articles: Mapping[str, Article]) -> bool:
    article = articles.get(citation.article.id)
    return article is not None and article.text[citation.start : citation.end] == citation.quote != ""
