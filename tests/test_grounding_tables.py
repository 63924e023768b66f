"""The checks against tables of paraphrases and faults: at least 95% of faults found, at most 5% false alarms.

Figures as each table was first measured, before any rule was changed for it (faults found, false alarms):

    TUNED   170 of 184   8 of 81     41 source sentences, the rules as first written
    FIRST    70 of  80   4 of 40     20 source sentences, the rules as set on TUNED
    SECOND   64 of  70   4 of 32     16 source sentences, the rules as set on TUNED and FIRST
    THIRD   138 of 165  10 of 60     30 source sentences, the rules as set on the three before
    FOURTH   49 of  57   6 of 20     10 source sentences, the rules as set on the four before
    FIFTH    59 of  63  11 of 36     12 source sentences, the rules as set on the five before
    SIXTH    34 of  37   2 of 24      8 source sentences, the rules as set on all before
    SEVENTH  55 of  66   6 of 27     10 source sentences, the rules as set on all before
    EIGHTH   43 of  50   6 of 20      8 source sentences, the rules as set on all before
    NINTH    75 of  82  14 of 35     13 source sentences, the rules as set on all before
    TENTH    66 of  77  11 of 34     12 source sentences, the rules as set on all before
    ELEVENTH 63 of  75  10 of 34     12 source sentences, the rules as set on all before
    TWELFTH  34 of  35   1 of 17      6 source sentences, the rules as set on all before

The ninth to eleventh were written together, by one who had read the rules, before anything was run on them; the rules
as set on the first eight found 202 of 234 of their faults and had 49 of 103 false alarms. The twelfth was written after
the eleventh was mended; those older rules found 34 of its 35 faults and had 6 of 17 false alarms.

A row that the rules do not get is listed by name below with the reason, so that nothing can slip in beside it.
"""

from __future__ import annotations

import pytest

from pipeline.grounding import ground_draft
from tests.grounding_eighth import EIGHTH
from tests.grounding_eleventh import ELEVENTH
from tests.grounding_fourth import FIFTH, FOURTH, SIXTH
from tests.grounding_held_out import FIRST, SECOND
from tests.grounding_ninth import NINTH
from tests.grounding_seventh import SEVENTH
from tests.grounding_tables import Case, Row, rows
from tests.grounding_tenth import TENTH
from tests.grounding_third import THIRD
from tests.grounding_tuned import TUNED
from tests.grounding_twelfth import TWELFTH

_MISSED = {
    "talks-invented3": "every word but the verb is in the source",
    "fire-invented4": "the words are near enough to those of the source",
    "concede-hedge1": "a request is told as its answer, in other words",
    "recorder-invented2": "two words of three are in the source",
    "treaty-hedge3": "two words are added",
    "strike-ballot-hedge2": "a vote for a strike is told as the strike",
    "salmon-invented3": "two words of three are in the source",
    "poll-invented4": "two names and a word are in the source",
    "hostages-invented4": "half of the words are in the source",
    "whale-invented3": "half of the words are in the source",
    "crossing-reversal1": "“let in” is made of words without meaning of their own",
    "school-phones-swap1": "the pupils are in the source, beside the teachers of whom it is said",
    "strike-toll-number1": "the dead and the injured have changed places, and the voice with them",
    "chair-attribution2": "what the chair says of her own merger",
    "appeal-ruling-detail4": "two words are exchanged for two others",
    "merger-probe-attribution4": "whom it is about is said to say it",
    "school-fire-tail4": "the added words are in part those of the source",
    "ceasefire-monitor-attribution3": "who says it is in the source, in another part",
    "envoy-expelled-tail5": "two of the four words added are in the source",
    "party-split-invented5": "half of the words are near enough to those of the source",
    "landslide-road-negation2": "“all” for what some are missing from",
    "landslide-road-detail4": "one word is exchanged, and others are in another order",
    "minister-quits-tail5": "one of the two words added is near to one of the source",
    "wind-farm-swap1": "who asks and who acts have changed places",
    "wind-farm-detail3": "one word is exchanged, and others are in another order",
    "dam-talks-temporal4": "“before” is told for “until”",
    "ceasefire-claim-swap2": "who says it and who is said to do it are both in the source, in other parts",
}
"""Faults that are not found, and why."""
_FALSE_ALARMS = {
    "dog-law-faithful1": "a duty is told as what those miss who do not do it",
    "neighbour-faithful0": "one word is exchanged and it may be another",
    "mayor-faithful1": "“standing” and “running” are opposites of water",
    "merger-probe-faithful1": "a takeover whose approval is open is told as one that is under way",
    "tour-stage-faithful0": "“behind” whom is told for “ahead of” whom",
    "party-split-faithful0": "a refusal in other words",
    "oil-output-faithful0": "“unlikely to” is told as “is improbable”",
    "harbour-dredging-faithful0": "what is closed is told as what cannot be used",
    "tunnel-cost-faithful2": "a difference that the reader has to work out",
}
"""Paraphrases that are not passed, and why."""


_KNOWN = _MISSED | _FALSE_ALARMS


def _sure(row: Row) -> bool:
    (section,) = ground_draft(row.draft, row.case.evidence())
    return all(statement.support == "supported" for statement in section.statements)


_TABLES = {
    "tuned": TUNED,
    "first": FIRST,
    "second": SECOND,
    "third": THIRD,
    "fourth and later": FOURTH + FIFTH + SIXTH + SEVENTH + EIGHTH,
    "ninth and later": NINTH + TENTH + ELEVENTH + TWELFTH,
}

_ROWS = [
    pytest.param(
        row,
        id=row.id,
        marks=[pytest.mark.xfail(reason=_KNOWN[row.id], strict=True)] if row.id in _KNOWN else [],
    )
    for row in rows(sum(_TABLES.values(), ()))
]


@pytest.mark.parametrize("row", _ROWS)
def test_faults_are_found_and_paraphrases_pass(row: Row) -> None:
    assert _sure(row) == (not row.fault), ground_draft(row.draft, row.case.evidence())


@pytest.mark.parametrize("table", _TABLES.values(), ids=_TABLES)
def test_the_shares_hold_on_each_table(table: tuple[Case, ...]) -> None:
    faults = [row for row in rows(table) if row.fault]
    faithful = [row for row in rows(table) if not row.fault]
    assert sum(not _sure(row) for row in faults) >= 0.95 * len(faults)
    assert sum(not _sure(row) for row in faithful) <= 0.05 * len(faithful)
