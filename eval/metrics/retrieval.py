"""How well the ranking brings the supporting sentences up.

`held` is the ranking: for each passage, best first, the indices of the gold sentences it holds. The measures are those
of trec_eval; there a document is judged, here a passage is relevant when it holds a gold sentence.
"""

from __future__ import annotations

import math
from collections.abc import Sequence, Set

Held = Sequence[Set[int]]


def recall_at(held: Held, gold: int, k: int) -> float | None:
    """Share of the `gold` supporting sentences that are in the first k passages (trec_eval `recall_k`)."""
    return len(_seen(held, k)) / gold if gold else None


def hit_at(held: Held, gold: int, k: int) -> float | None:
    """1 when any of the first k passages holds a supporting sentence (trec_eval `success_k`)."""
    return float(bool(_seen(held, k))) if gold else None


def reciprocal_rank(held: Held, gold: int) -> float | None:
    """1 / rank of the first relevant passage, 0 when there is none (Voorhees, TREC-8 question answering, 1999)."""
    if not gold:
        return None
    return next((1 / rank for rank, sentences in enumerate(held, 1) if sentences), 0.0)


def ndcg_at(held: Held, gold: int, k: int) -> float | None:
    """Discounted gain of relevant passages against the best order (Järvelin and Kekäläinen, TOIS 20(4), 2002).

    Gains are 0 or 1. The best order has every relevant passage of the ranking first, and one more for each supporting
    sentence that no passage of the ranking holds.
    """
    if not gold:
        return None
    relevant = sum(1 for sentences in held if sentences) + gold - len(_seen(held, len(held)))
    gained = sum(1 / math.log2(rank + 1) for rank, sentences in enumerate(held[:k], 1) if sentences)
    return gained / sum(1 / math.log2(rank + 1) for rank in range(1, min(k, relevant) + 1))


def nugget_recall_at(held: Held, nuggets: Sequence[Set[int]], k: int) -> float | None:
    """Share of the nuggets that a sentence in the first k passages says: subtopic recall (Zhai, Cohen and Lafferty,
    SIGIR 2003). Two articles that say the same count once, so a ranking is not blamed for leaving copies out."""
    if not nuggets:
        return None
    seen = _seen(held, k)
    return sum(1 for sentences in nuggets if sentences & seen) / len(nuggets)


def hit_within(held: Held, tokens: Sequence[int], gold: int, budget: int) -> float | None:
    """1 when a supporting sentence is in the passages that fit, in order, into a budget of tokens (as RealTimeQA's
    retrieval is compared: what a model would be shown, not how many passages it came in)."""
    if not gold:
        return None
    used = 0
    for sentences, size in zip(held, tokens, strict=True):
        used += size
        if used > budget:
            return 0.0
        if sentences:
            return 1.0
    return 0.0


def _seen(held: Held, k: int) -> set[int]:
    return {sentence for sentences in held[:k] for sentence in sentences}
