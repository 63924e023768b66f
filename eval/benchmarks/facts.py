"""Key facts in briefings: newsdesk's beside the usual baselines, on the same articles and in as many words.

Data: a suite (a folder as `newsdesk eval new` makes it) with briefing topics. For each length that `brief` offers every
topic is briefed on, and each baseline fills as many words as the whole briefing has, lists included. Only the articles
that belong to the topic are summarised, by every way.

`facts`  the mean recall of key facts over lengths and topics; `lengths` has it for each length and way, with the words
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from eval.benchmarks import baselines
from eval.loading import load_suite
from eval.metrics.answer import nugget_recall
from eval.newsdesk_system import newsdesk_system
from eval.prepare import prepare
from eval.scoring import said_in, spoken
from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.types import BriefingPlan

if TYPE_CHECKING:
    from eval.benchmarks import How, Progress

LENGTHS = {"short": 150, "standard": 400, "long": 800}


def run(data: Path, settings: Settings, limit: int | None, how: How, progress: Progress) -> dict[str, object]:
    """Brief on the topics of a suite, the first `limit` of them, and fill the same words by each baseline."""
    suite = load_suite(data)
    topics = suite.topics[:limit]
    if not topics:
        raise InputError(f"The suite {str(data)!r} has no briefing topic", "Write a [[topic]] into one of its cases")
    lengths: dict[str, dict[str, float]] = {}
    with (
        TemporaryDirectory() as folder,
        newsdesk_system(Settings(library=f"{folder}/library", embedding=settings.embedding)) as system,
    ):
        prepare(suite, system)
        for length, words in LENGTHS.items():
            found: dict[str, list[float]] = {}
            for done, topic in enumerate(topics, 1):
                briefing = system.brief(topic.topic, BriefingPlan(words))
                text = spoken(said_in(briefing))
                used = len(text.split())
                nuggets = [fact.nugget for fact in topic.facts]
                found.setdefault("words", []).append(used)
                found.setdefault("newsdesk", []).append(nugget_recall(text, nuggets) or 0.0)
                for name, write in baselines.WRITERS.items():
                    summary = " ".join(write(briefing.evidence, used))
                    found.setdefault(name, []).append(nugget_recall(summary, nuggets) or 0.0)
                progress(done, len(topics), length)
            lengths[length] = {name: sum(each) / len(each) for name, each in found.items()}
    return {"facts": sum(each["newsdesk"] for each in lengths.values()) / len(lengths), "lengths": lengths}
