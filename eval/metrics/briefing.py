"""What a briefing needs beyond what an answer needs: that it says nothing twice, shows what is disputed, invents no
dispute."""

from __future__ import annotations

from collections.abc import Collection, Sequence

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


def share_disputes_shown(shown: Sequence[Collection[tuple[str, str]]], disputed: Collection[str]) -> float | None:
    """The share of the disputed conflicts of which two sides are shown; None when nothing is disputed.

    `shown` holds for each sentence that is shown as a version the conflicts it is of, each with the side.
    """
    if not disputed:
        return None
    sides = {conflict: {side for each in shown for of, side in each if of == conflict} for conflict in disputed}
    return sum(len(found) > 1 for found in sides.values()) / len(disputed)


def share_disputes_real(shown: Sequence[Collection[tuple[str, str]]]) -> float | None:
    """The share of the sentences shown as versions that are; None when none is shown."""
    real = which_are_real(shown)
    return sum(real) / len(real) if real else None


def which_are_real(shown: Sequence[Collection[tuple[str, str]]]) -> list[bool]:
    """For each sentence shown as a version whether it is: another that is shown gives another version of the same
    conflict, or the sentence gives two itself."""
    real = []
    for at, each in enumerate(shown):
        others = {conflict for place, other in enumerate(shown) if place != at for conflict, _ in other}
        conflicts = [conflict for conflict, _ in each]
        real.append(any(conflict in others or conflicts.count(conflict) > 1 for conflict in conflicts))
    return real
