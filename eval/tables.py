"""Figures as rich renderables for the terminal: plain columns, nothing that depends on colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from eval.compare import Comparison
from eval.gate import AREA
from eval.records import statements_in
from eval.results import Results
from eval.scoring import GROUPS, LOWER_IS_BETTER

# What one reads first; the rest is in summary.json and in the report.
_SHOWN = frozenset(
    {"hit@1", "hit@5", "recall@10", "evidence_nuggets@5", "mrr", "ndcg@10", "hit@1000_tokens", "accept", "token_f1"}
    | {
        "rouge_l",
        "nuggets",
        "nuggets_vital",
        "facts",
        "facts_vital",
        "redundancy",
        "disputes_shown",
        "brief_supported",
        "brief_cited",
    }
    | set(GROUPS["citations"])
    | set(GROUPS["follow-ups"])
    | set(GROUPS["refusals"])
)
_WORST_SHOWN = 15


def summary_tables(found: Results) -> Sequence[Any]:
    """The figures of a run: by metric, by kind of case, what it cost, and what got past grounding."""
    writers = found.summary["writers"]
    manifest = found.manifest
    cases = max(writer["cases"] for writer in writers.values())
    heading = Text(f"{manifest['suite']}  {cases} cases  suite {manifest['digest'][:12]}", style="bold")
    tables: list[Any] = [heading, Text(), _metrics(writers), Text(), _kinds(writers), Text(), _operations(writers)]
    if found.summary["guard"]:
        tables += [Text(), _guard(found.summary["guard"])]
    failed = [case for case in found.cases if case["failure"]]
    if failed:
        tables += [Text(), Text(f"Failed, and in no mean: {len(failed)}", style="bold")]
        tables += [Text(f"  {case['writer']} {case['id']}: {case['failure']}") for case in failed[:_WORST_SHOWN]]
    return [*tables, Text()]


def case_story(record: Mapping[str, Any]) -> Sequence[Any]:
    """All there is to know of one case."""
    reference = record["reference"]
    lines = [Text(f"{record['id']} ({record['kind']}), {record['writer']}", style="bold")]
    lines += [Text(f"  before: {earlier}") for earlier in record["after"]]
    lines.append(Text(record["question"]))
    if record["after"] and record["asked"]:
        lines.append(Text(f"  asked as: {record['asked']}"))
    lines.append(Text(f"Reference: {reference.get('answer') or reference.get('why') or 'key facts'}"))
    lines += [Text(f"  nugget: {nugget['fact']}") for nugget in reference.get("nuggets", ())]
    lines += [Text(f"  gold: {gold['article']}: {gold['quote']}") for gold in reference.get("support", ())]
    for at, place in enumerate(record["ranking"], 1):
        if place["gold"]:
            lines.append(Text(f"  retrieved at {at}: {place['article']} {place['start']}–{place['end']}"))
    answer = record["answer"] or {"status": "failed"}
    lines.append(Text(f"Answer: {answer['status']}"))
    for statement in statements_in(record["answer"]):
        lines.append(Text(f"  [{statement['support']}] {statement['text']}"))
        lines += [Text(f"      {finding}") for finding in statement["findings"]]
    lines += [Text(f"  gap: {gap}") for gap in answer.get("gaps", ())]
    lines += [Text(f"  {name} {score:.3f}") for name, score in record["scores"].items()]
    reasons = [record["failure"]] if record["failure"] else record["shortfalls"]
    lines += [Text(f"Fell short: {reason}") for reason in reasons]
    return [*lines, Text()]


def comparison_tables(comparison: Comparison) -> Sequence[Any]:
    """What moved between two runs, and the cases behind it."""
    table = _table("metric", comparison.before, comparison.after, "change", "95%", "p")
    title = f"{comparison.before} → {comparison.after}: {comparison.paired} cases"
    same = [delta.metric for delta in comparison.deltas if not any((delta.change.low, delta.change.high))]
    for delta in comparison.deltas:
        if delta.metric in same:
            continue
        change = delta.change
        verdict = f"{delta.p:.3f}{' worse' if delta.worse else ''}"
        interval = f"{change.low:+.3f} to {change.high:+.3f}"
        table.add_row(
            delta.metric, f"{delta.before:.3f}", f"{delta.after:.3f}", f"{change.mean:+.3f}", interval, verdict
        )
    tables: list[Any] = [Text(title, style="bold")]
    if comparison.differs:
        tables.append(Text(f"The runs differ in {', '.join(comparison.differs)}"))
    tables += [table] if table.row_count else []
    tables += [Text(f"Unchanged: {', '.join(same)}"), Text()] if same else [Text()]
    worse = [change for change in comparison.moved if change.loss > 0]
    better = len(comparison.moved) - len(worse)
    tables.append(Text(f"{len(worse)} cases got worse, {better} better or differently", style="bold"))
    for case in worse[:_WORST_SHOWN]:
        scores = ", ".join(f"{name} {was:.2f}→{became:.2f}" for name, (was, became) in case.changes.items())
        tables.append(Text(f"{case.id} ({case.kind}): {scores}"))
        tables += [Padding(Text(reason), (0, 0, 0, 4)) for reason in case.reasons]
    if comparison.unpaired:
        more = len(comparison.unpaired) - _WORST_SHOWN
        rest = f" and {more} more" if more > 0 else ""
        tables.append(Text(f"In one run only: {', '.join(comparison.unpaired[:_WORST_SHOWN])}{rest}"))
    return [*tables, Text()]


def _metrics(writers: Mapping[str, Any]) -> Table:
    table = _table("", *writers)
    for group, metrics in GROUPS.items():
        shown = [
            metric
            for metric in metrics
            if metric in _SHOWN and any(metric in writer["metrics"] for writer in writers.values())
        ]
        if not shown:
            continue
        table.add_row(Text(group, style="bold"))
        for metric in shown:
            name = f"  {metric}{' (lower is better)' if metric in LOWER_IS_BETTER else ''}"
            table.add_row(name, *(_interval(writer["metrics"].get(metric)) for writer in writers.values()))
    areas = [writer["selective"] for writer in writers.values()]
    if any(areas):
        name = f"  {AREA} (lower is better)"
        table.add_row(name, *(f"{each['area']:.3f}, at best {each['best']:.3f}" if each else "" for each in areas))
    return table


def _kinds(writers: Mapping[str, Any]) -> Table:
    """How many cases of each kind have nothing to be desired."""
    table = _table("without a shortfall", *writers)
    for kind in dict.fromkeys(kind for writer in writers.values() for kind in writer["kinds"]):
        found = [writer["kinds"].get(kind) for writer in writers.values()]
        table.add_row(f"  {kind}", *(f"{each['clean']} of {each['cases']}" if each else "" for each in found))
    return table


def _operations(writers: Mapping[str, Any]) -> Table:
    table = _table("cost", *writers)
    figures = [writer["operations"] for writer in writers.values()]
    table.add_row("  seconds, median", *(f"{each['seconds_p50']:.2f}" for each in figures))
    table.add_row("  seconds, 95th percentile", *(f"{each['seconds_p95']:.2f}" for each in figures))
    table.add_row("  tokens in", *(f"{each['input_tokens']:,}" for each in figures))
    table.add_row("  tokens out", *(f"{each['output_tokens']:,}" for each in figures))
    if any(each["cost"] is not None for each in figures):
        table.add_row("  US dollars", *("" if each["cost"] is None else f"{each['cost']:.4f}" for each in figures))
    for name, label in (("stand_ins", "answers by another writer"), ("cached", "replies from the cache")):
        if any(each[name] for each in figures):
            table.add_row(f"  {label}", *(str(each[name]) for each in figures))
    table.add_row("  failed cases", *(str(each["failures"]) for each in figures))
    return table


def _guard(guard: Mapping[str, Any]) -> Table:
    table = _table("hostile model", "planted", "called supported", "stopped", "crashes", "caught")
    for behaviour, score in guard.items():
        table.add_row(
            f"  {behaviour}",
            str(score["planted"]),
            str(len(score["passed"])),
            str(score["stopped"]),
            str(len(score["crashes"])),
            f"{score['caught']:.3f}",
        )
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column(first, no_wrap=True)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _interval(value: Mapping[str, float] | None) -> str:
    return f"{value['mean']:.3f}  {value['low']:.2f}–{value['high']:.2f}" if value else ""
