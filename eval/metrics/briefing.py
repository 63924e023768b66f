"""What a briefing needs beyond what an answer needs: that it does not say the same thing twice."""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics.answer import rouge_l


def redundancy(texts: Sequence[str]) -> float | None:
    """Mean over the statements of the ROUGE-L of the most similar other statement; 0 says nothing is repeated, 1 that
    everything is. None for fewer than two statements."""
    if len(texts) < 2:
        return None
    closest = [0.0] * len(texts)
    for at, text in enumerate(texts):
        for other in range(at):
            score = rouge_l(text, texts[other])
            closest[at] = max(closest[at], score)
            closest[other] = max(closest[other], score)
    return sum(closest) / len(texts)
