"""Findings that are weighed: none of them alone says that a statement is wrong, all of them together may.

A number from nowhere is a fault. One that may follow from others, a name or a word that the source has not, a “may”
that is gone, a doer who stands elsewhere may be one, or the work of somebody who tells it in other words. Here every
such sign is a feature: what the weighed checks find, and how grave it is that a number, date or name is not there
(`failures`), how the words stand to those of the sources (`wording`), how they are put together (`structure`), and what
was done to the source to make the statement of it (`edits`). What they come to together say the small decision trees
of `judgement.json`, a sum of which is the log odds of a fault; `eval/fit/judgement.py` learns them from written tables
of paraphrases and faults, cross-validated by case and by writer.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TypeAlias

from pipeline.grounding import edits, failures, structure, wording
from pipeline.grounding.attribution import check_attribution
from pipeline.grounding.cited import CitedSentence
from pipeline.grounding.coverage import check_coverage, coverage
from pipeline.grounding.date_checks import check_dates
from pipeline.grounding.modality import check_modality
from pipeline.grounding.name_checks import check_exchanged, check_name_places, check_names, check_speakers
from pipeline.grounding.nearness import nearness
from pipeline.grounding.negation import check_negation
from pipeline.grounding.number_checks import check_number_places, check_number_roles, check_numbers
from pipeline.grounding.relations import check_all, check_descriptors, check_offices
from pipeline.grounding.reversal import check_reversal, reversed_beside
from pipeline.grounding.trees import Tree, tree_of, value_of

Check: TypeAlias = Callable[[str, Sequence[CitedSentence]], tuple[str, ...]]

FILE = "judgement.json"

WEIGHED: Mapping[str, Check] = {
    "numbers": check_numbers,
    "dates": check_dates,
    "names": check_names,
    "coverage": check_coverage,
    "negation": check_negation,
    "reversal": check_reversal,
    "modality": check_modality,
    "attribution": check_attribution,
    "speakers": check_speakers,
    "name places": check_name_places,
    "exchanged": check_exchanged,
    "offices": check_offices,
    "descriptors": check_descriptors,
    "all": check_all,
    "number places": check_number_places,
    "number roles": check_number_roles,
}
"""The checks whose findings are weighed, by the name of their feature."""

FEATURES: Mapping[str, str] = {
    **wording.FEATURES,
    **structure.FEATURES,
    **edits.FEATURES,
    **failures.FEATURES,
    **{name: f"whether the check of {name} finds something" for name in WEIGHED},
    "findings": "how many of the weighed checks find something",
    "reversed beside": "how many words are reversed that are said of the same as their opposites",
    "near": "how near to a copy the statement is",
    "covered": "the share of its words that the sources have by concept",
    "new words": "whether it has any word that the sources have not",
    "words": "the logarithm of how many words it has, with all the small ones",
}
"""What is weighed."""

UNNAMED = "the words of the cited sentences are put together otherwise"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is found of a statement, and the features of that.

    `plain`: whether a finding names what is contradicted. `foreign`: whether it has a number from nowhere, which
    makes it a fault whatever else there is.
    """

    values: tuple[float, ...]
    findings: tuple[str, ...]
    plain: bool
    foreign: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """The log odds that a statement with such features is a fault: a doubt from `least` on, no doubt from `sure` on."""

    bias: float
    trees: tuple[Tree, ...]
    least: float
    sure: float

    def odds(self, values: Sequence[float]) -> float:
        """The log odds of a fault."""
        named = dict(zip(FEATURES, values, strict=True))
        return self.bias + math.fsum(value_of(tree, named) for tree in self.trees)


@lru_cache(maxsize=1)
def learned() -> Learned:
    """The trees that ship with newsdesk."""
    data = json.loads(files("pipeline.grounding").joinpath(FILE).read_text(encoding="utf-8"))
    return Learned(data["bias"], tuple(map(tree_of, data["trees"])), data["least"], data["sure"])


def weigh(text: str, cited: Sequence[CitedSentence]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(findings that leave a statement unsupported, findings that leave it weak); both empty when it is passed."""
    found = measure(text, cited)
    odds = learned().odds(found.values)
    if odds < learned().least and not found.foreign:
        return (), ()
    findings = found.findings or (UNNAMED,)
    return (findings, ()) if found.plain or odds >= learned().sure else ((), findings)


def measure(text: str, cited: Sequence[CitedSentence]) -> Judgement:
    """All that is weighed of a statement."""
    sources = [sentence.text for sentence in cited]
    near = nearness(text, sources)
    found = {name: check(text, cited) for name, check in WEIGHED.items()}
    words = wording.read_wording(text, cited)
    built = structure.read_structure(text, cited)
    fired = [name for name, findings in found.items() if findings]
    values = (
        *(words.values if words.new else (0.0,) * len(words.values)),
        *built,
        *edits.read_edits(text, cited),
        *failures.read_failures(text, cited, found),
        *(float(bool(findings)) for findings in found.values()),
        float(len(fired)),
        float(reversed_beside(text, cited)) if "reversal" in fired else 0.0,
        near,
        coverage(text, sources),
        float(bool(words.new)),
        math.log1p(len(text.split())),
    )
    findings = (*(finding for each in found.values() for finding in each), *(words.findings() if words.new else ()))
    return Judgement(
        values,
        tuple(dict.fromkeys(findings)),
        # A dropped "said" and new words alone leave a statement weak, unless one stands in the place of another.
        plain=any(name != "attribution" for name in fired) or bool(words.replaced),
        foreign=failures.is_foreign(text, cited, found["numbers"]),
    )
