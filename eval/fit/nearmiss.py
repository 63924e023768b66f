"""Learn when to refuse, and print what is refused at which price on held-out stories.

    python -m eval.fit.nearmiss

The questions are those of `eval/fit/stories`: short stories of our own, a file each, with questions that its articles
answer (and words of the sentence that does) and questions that they nearly answer: of a name that no article has, of a
relation that none tells, on a false premise, of another period. They are asked of one library of all stories, and of
their own story alone. The bundled suite has no part in this: it is what the outcome is measured on.

Two things are learned, both by logistic regression:

support   a sentence bears what a part asks: of a question with an answer, the best of the sentences that hold it; of
          one without, the best of all, by the weights so far (learned in a few rounds, as latent variables are)
answered  the evidence answers: by the best support, learned on stories that the support was not learned on
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.benchmarks.corpus import open_corpus
from eval.benchmarks.records import Record
from eval.fit.logistic import logistic
from pipeline.embedding import Embeddings, load_embeddings
from pipeline.extractive.candidates import candidates
from pipeline.extractive.choosing import choose
from pipeline.extractive.deciding import DECISION, FILE, circumstances, decision_features
from pipeline.extractive.refusing import false_premise, unspoken
from pipeline.extractive.support import SUPPORT, Support
from pipeline.extractive.weights import Linear, score
from pipeline.questions import read_question
from pipeline.settings import Settings
from pipeline.types import Evidence, Question

STORIES = Path(__file__).parent / "stories"
NEAR_MISSES = ("absent_name", "absent_relation", "false_premise", "wrong_period")
FOLDS, INNER = 5, 3
# The strength of the priors on the scaled weights, and how often the best sentences are picked anew.
PENALTY, ROUNDS = 30.0, 5
# How many of the questions with an answer may be refused, on held-out stories. They are worded further from their
# articles than an analyst's, who has read them: half of these were refused by the rules before.
REFUSED = 0.05
# Where the curve is written down.
CURVE = (0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2)
# Before the first round a sentence is picked by these.
FIRST = {"joint": 2.0, "slot near": 1.0, "least": 1.0, "names passage": 1.0, "score": 0.3, "head": 0.5}
# What wants more of a thing does not answer less for it: these cannot count against an answer.
BOUND = frozenset(
    ("slot", "slot near", "slot counted", "name", "name near", "joint", "names here", "names near", "figures")
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question of a story with what is found for it. `kind` is "answered" or one of NEAR_MISSES.

    `given` are its `circumstances`; it is `ruled_out` when a rule refuses it whatever the odds. `right` are the
    sentences that hold the answer; of `features` see SUPPORT.
    """

    story: str
    kind: str
    given: list[dict[str, float]]
    scores: Floats
    chosen: list[list[int]]
    features: Floats
    right: NDArray[np.bool_]
    ruled_out: bool

    @property
    def answered(self) -> bool:
        return self.kind == "answered"


def main(out: Path, say: Callable[[str], object]) -> None:
    """Fit, cross-validate, report, and write the weights."""
    cases = list(read_cases())
    held_out = cross_validate(cases)
    least = float(np.quantile(held_out[[case.answered for case in cases]], REFUSED))
    figures = {kind: round(_refused(cases, held_out, kind, least), 3) for kind in ("answered", *NEAR_MISSES)}
    curve = {str(price): round(refused_at(cases, held_out, price), 3) for price in CURVE}
    support, answered = fit(cases)
    say(f"{len(cases)} questions; refused at {REFUSED:.0%} of the answered ones, held out: {figures}")
    say(f"share of the answered ones refused → of the near misses: {curve}")
    document = {
        "made_by": "python -m eval.fit.nearmiss",
        "made_on": date.today().isoformat(),
        "stories_sha256": _digest(),
        "cross_validated": {"refused": figures, "near misses refused by share of answered ones refused": curve},
        "support": _rounded(support),
        "answered": {"least": round(least, 4), **_rounded(answered)},
    }
    out.write_text(json.dumps(document, indent=2) + "\n", "utf-8")


def read_cases() -> Iterator[Case]:
    """Every question with the evidence that newsdesk finds for it in the library of all stories, and of its own alone.

    Those whose answer is not found are left out.
    """
    embeddings = load_embeddings("static")
    stories = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(STORIES.glob("*.toml"))}
    articles: list[Record] = [
        {**article, "text": article["text"].strip(), "url": f"https://{name}.example/{number}"}
        for name, story in stories.items()
        for number, article in enumerate(story["article"])
    ]
    settings = replace(Settings(), embedding="static")
    with open_corpus("nearmiss", articles, settings, lambda done, of, what: None) as desk:
        for name, story in stories.items():
            rows = [(kind, question, "") for kind in NEAR_MISSES for question in story["story"][kind]]
            rows += [("answered", question, holds) for question, holds in story["story"]["answered"]]
            for kind, question, holds in rows:
                found = desk.retrieve(Question(question))
                own = [item for item in found if (item.article.url or "").startswith(f"https://{name}.")]
                alone = tuple(replace(item, number=number) for number, item in enumerate(own, 1))
                for evidence in (found, alone):
                    if len(evidence) > 1 and (case := _case(name, kind, question, holds, evidence, embeddings)):
                        yield case


def _case(
    story: str, kind: str, question: str, holds: str, evidence: Sequence[Evidence], embeddings: Embeddings
) -> Case | None:
    pool = candidates(evidence)
    right = np.array([bool(holds) and holds in item.sentence.text for item in pool])
    if kind == "answered" and not right.any():
        return None
    scores, reading = score(read_question(question), pool, embeddings)
    features, chosen = Support(reading).features(scores), choose(reading, scores)
    ruled_out = bool(unspoken(reading)) or all(false_premise(reading, part) for part in reading.asked.parts)
    return Case(story, kind, circumstances(reading, scores, chosen), scores, chosen, features, right, ruled_out)


def fit(cases: Sequence[Case]) -> tuple[Linear, Linear]:
    """The weights of the sentences, and of the decision by the best of them on stories that they do not know."""
    stories = sorted({case.story for case in cases})
    rows, right = [], []
    for left_out in range(INNER):
        apart = frozenset(stories[left_out::INNER])
        support = fit_support([case for case in cases if case.story not in apart])
        for case in cases:
            if case.story in apart:
                rows.append(_decisive(case, support))
                right.append(float(case.answered))
    names = list(DECISION)
    answered = logistic(np.array(rows), np.array(right), np.ones(len(rows)), PENALTY, names, free=frozenset(names))
    return fit_support(cases), answered


def fit_support(cases: Sequence[Case]) -> Linear:
    """The weights by which the sentences that answer come before the best of those that do not."""
    names = list(SUPPORT)
    right = np.array([float(case.answered) for case in cases])
    support = Linear(0.0, {name: FIRST.get(name, 0.0) for name in names})
    for _ in range(ROUNDS):
        rows = np.stack([_best(case, support) for case in cases])
        support = logistic(rows, right, np.ones(len(rows)), PENALTY, names, free=frozenset(names) - BOUND)
    return support


def _best(case: Case, support: Linear) -> Floats:
    """The values of the sentence that answers best by the weights, of those that do if any does."""
    borne = support.apply(case.features, list(SUPPORT))
    if case.answered:
        borne = np.where(case.right[None, :], borne, -np.inf)
    part, sentence = np.unravel_index(int(np.argmax(borne)), borne.shape)
    return np.asarray(case.features[part, sentence])


def _decisive(case: Case, support: Linear) -> Floats:
    """The values of DECISION of the part that is borne best."""
    values = decision_features(case.given, case.scores, case.chosen, case.features, support)
    return np.asarray(values[int(values[:, list(DECISION).index("support")].argmax())])


def cross_validate(cases: Sequence[Case]) -> Floats:
    """The odds of each question by weights that know no question of its story."""
    stories = sorted({case.story for case in cases})
    odds = np.zeros(len(cases))
    for left_out in range(FOLDS):
        apart = frozenset(stories[left_out::FOLDS])
        support, answered = fit([case for case in cases if case.story not in apart])
        for number, case in enumerate(cases):
            if case.story in apart:
                values = _decisive(case, support)
                odds[number] = -np.inf if case.ruled_out else answered.apply(values, list(DECISION))
    return odds


def refused_at(cases: Sequence[Case], odds: Floats, price: float) -> float:
    """The share of near misses that is refused when that share of the answered ones is."""
    answered = np.array([case.answered for case in cases])
    return float((odds[~answered] < np.quantile(odds[answered], price)).mean())


def _refused(cases: Sequence[Case], odds: Floats, kind: str, least: float) -> float:
    return float((odds[[case.kind == kind for case in cases]] < least).mean())


def _rounded(linear: Linear) -> dict[str, object]:
    weights = {name: round(value, 4) for name, value in linear.weights.items()}
    return {"bias": round(linear.bias, 4), "weights": weights}


def _digest() -> str:
    state = sha256()
    for path in sorted(STORIES.glob("*.toml")):
        state.update(path.name.encode() + path.read_bytes())
    return state.hexdigest()


if __name__ == "__main__":
    place = Path(__file__).parents[2] / "pipeline" / "extractive" / FILE
    main(place, lambda line: sys.stdout.write(line + "\n"))
