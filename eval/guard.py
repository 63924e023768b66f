"""What gets past grounding: hostile models write, and it is counted how much of what they planted ends as supported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.matching import normalise
from eval.mocks import MockChatModel
from eval.suite import Case
from eval.system import System
from pipeline.errors import NewsdeskError
from pipeline.types import Answer, Question

# A planted sentence that grounding cut in two is recognised by a piece of at least this many characters.
_PIECE = 20


@dataclass(frozen=True, slots=True)
class GuardScore:
    """How one hostile model fared. `passed` are the planted sentences that were called supported; `stopped` counts the
    questions that ended in a clear error instead of an answer, `crashes` names those that ended in any other exception.
    """

    behaviour: str
    questions: int
    planted: int
    passed: tuple[str, ...]
    stopped: int
    crashes: tuple[str, ...]

    @property
    def caught(self) -> float:
        """Share of the planted sentences that were not called supported; 1 when nothing was planted."""
        return 1 - len(self.passed) / self.planted if self.planted else 1.0


def guard_json(scores: Sequence[GuardScore]) -> dict[str, dict[str, Any]]:
    """The scores by behaviour, as plain values."""
    return {score.behaviour: {"caught": score.caught, **asdict(score)} for score in scores}


def challenge(system: System, model: MockChatModel, cases: Sequence[Case]) -> GuardScore:
    """Ask the cases of a system that `model` writes for, and release the model."""
    passed: list[str] = []
    crashes: list[str] = []
    stopped = planted = 0
    for case in cases:
        before = len(model.planted)
        try:
            answer = system.ask(Question(case.question, case.filters))
        except NewsdeskError:
            stopped += 1
        except Exception as error:
            crashes.append(f"{case.id}: {type(error).__name__}: {error}")
            continue
        else:
            passed += [f"{case.id}: {text}" for text in passed_off(answer, model.planted[before:])]
        planted += len(model.planted) - before
    model.release()
    return GuardScore(model.behaviour, len(cases), planted, tuple(passed), stopped, tuple(crashes))


def passed_off(answer: Answer, planted: Iterable[str]) -> tuple[str, ...]:
    """The planted sentences that the answer gives as supported."""
    supported = [normalise(each.text) for each in answer.statements if each.support == "supported"]
    return tuple(sentence for sentence in planted if any(_same(normalise(sentence), text) for text in supported))


def sample(cases: Sequence[Case], size: int) -> tuple[Case, ...]:
    """So many of the answerable cases, spread evenly over the suite: there is evidence for a hostile model to abuse."""
    answerable = [case for case in cases if case.answerable]
    step = max(1, len(answerable) / size)
    return tuple(answerable[int(at * step)] for at in range(min(size, len(answerable))))


def _same(planted: str, stated: str) -> bool:
    planted, stated = planted.rstrip("."), stated.rstrip(".")
    if planted == stated:
        return True
    shorter, longer = sorted((planted, stated), key=len)
    return len(shorter) >= _PIECE and shorter in longer
