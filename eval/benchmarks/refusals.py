"""Questions on small stories, half of them near misses: are these refused, and the others answered?

Data: `NAME.jsonl`, the articles of a story, and `NAME.questions.jsonl`, one question a line: `question`, `accept`
(forms of which an answer has one; none when there is no answer) and `kind`, of what kind a near miss is. Every question
is asked of a library of its story alone.

`refused`, `refused_by_kind`   share of the near misses that are refused
`false_refusals`               share of the answerable questions that are refused
`accepted`                     share of them whose answer, or what it cites, has an accepted form
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from eval.benchmarks.records import Record, read_records
from eval.benchmarks.stories import library_of, stories
from eval.metrics.answer import accept_hit
from pipeline.settings import Settings
from pipeline.types import Answer, Question

if TYPE_CHECKING:
    from eval.benchmarks import How, Progress

LABELS = ".questions.jsonl"
_FIELDS = ("question", "accept", "kind")


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """Ask every question of the first `limit` stories."""
    found = stories(data, LABELS, "tests/unseen/questions")[:limit]
    asked: list[tuple[Record, Answer]] = []
    for done, (articles, labels) in enumerate(found, 1):
        with library_of(articles, settings) as desk:
            asked += [(record, desk.ask(Question(record["question"]))) for record in read_records(labels, _FIELDS)]
        progress(done, len(found), "stories")
    return score(asked)


def score(asked: list[tuple[Record, Answer]]) -> dict[str, object]:
    """The figures over questions and what was answered."""
    misses: dict[str, list[bool]] = defaultdict(list)
    refused: list[bool] = []
    accepted: list[bool] = []
    for record, answer in asked:
        if record["accept"]:
            refused.append(answer.status == "refused")
            accepted.append(has_accepted(record, answer))
        else:
            misses[record["kind"]].append(answer.status == "refused")
    near = [each for kind in misses.values() for each in kind]
    return {
        "refused": _share(near),
        "false_refusals": _share(refused),
        "accepted": _share(accepted),
        "near_misses": len(near),
        "answerable": len(refused),
        "refused_by_kind": _by_kind(misses),
    }


def has_accepted(record: Record, answer: Answer) -> bool:
    """Whether an answer says one of the accepted forms, or cites it; a refusal does not."""
    said = [part for each in answer.statements for part in (each.text, *(cited.quote for cited in each.citations))]
    return accept_hit(" ".join(said), record["accept"]) > 0


def _by_kind(misses: Mapping[str, list[bool]]) -> dict[str, dict[str, int]]:
    return {kind: {"refused": sum(each), "of": len(each)} for kind, each in sorted(misses.items())}


def _share(values: list[bool]) -> float | None:
    return sum(values) / len(values) if values else None
