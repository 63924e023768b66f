"""Learn the weights of `pipeline.extractive`, and print what they are worth on held-out questions.

    python -m eval.fit.extractive FOLDER

FOLDER holds `clapnq-dev` and `realtimeqa-2023` in the layouts of the benchmarks. Two things are fitted:

sentence    which sentences belong to the answer (softmax over a question's sentences): selected by an annotator
            (CLAPnq); of an answering article, and holding the answer (RealTimeQA, the passages that retrieval finds)
answerable  does the evidence answer (logistic regression): CLAPnq's two files; RealTimeQA's passages with the answer,
            and the best ones without it from articles that do not have it; of both also the passages with an answer,
            less the sentences that bear it; and questions of RealTimeQA with the name of another one put in, which
            ask of a name that the library has what it does not say of it

A weight cannot be negative where that would mean
that less support makes an answer likelier; only those in FREE may have any sign.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from eval.benchmarks.clapnq import Written, auroc, closeness
from eval.fit.cases import CLAPNQ, REALTIMEQA, Case, Floats, Why, clapnq_cases, realtimeqa_cases, stripped
from eval.fit.logistic import logistic
from eval.fit.softmax import Group, fit
from pipeline.embedding import load_embeddings
from pipeline.extractive.answerability import ANSWERABILITY, answerability_features
from pipeline.extractive.choosing import choose, in_reading_order
from pipeline.extractive.features import FEATURES
from pipeline.extractive.weights import FILE, Linear, Sentences

FOLDS = 5
# The strength of the priors on the scaled weights.
IN_MANY_PENALTY, IN_ONE_PENALTY, ANSWERABLE_PENALTY = 0.03, 0.3, 10.0
FREE = frozenset(
    (
        "pool",
        "length",
        "dangling",
        "lacks kind",
        "new words",
        "names",
        "digits",
        "first",
        "centrality",
    )
)
# A quiz asks what the headline says, and its answers are names. Who asks a library asks for details too, so in many
# passages a sentence gets no credit for standing first or being like all the others.
HEADLINE = frozenset(("lead", "first", "place in passage", "centrality", "names"))
# What one question weighs among those that the weights for many passages are learned from. CLAPnq has a third as many,
# but its annotators chose sentences, where RealTimeQA knows only which of them hold the words of the answer.
WEIGHT = {CLAPNQ: 4.0, REALTIMEQA: 1.0}
# What a case of each kind weighs in the odds that there is an answer.
SHARE: dict[Why, float] = {"": 1.0, "not said": 1.0, "stripped": 0.5, "near miss": 1.0}
# So much the cases of one kind of one benchmark weigh together, however many they are.
EACH = 200.0
# How many questions with an answer the odds alone may refuse: of many passages next to none, as an analyst's questions
# are further from the wording of their evidence than a quiz.
REFUSED = {"in_many": 0.0, "in_one": 0.04}


def main(data: Path, out: Path, say: Callable[[str], object]) -> None:
    """Fit, cross-validate, report, and write the weights."""
    embeddings = load_embeddings("static")
    cases = [*clapnq_cases(data / CLAPNQ, embeddings), *realtimeqa_cases(data / REALTIMEQA, embeddings)]
    cases = [*cases, *stripped(cases, embeddings)]
    held_out = cross_validate(cases)
    sentences = fit_sentences(cases)
    answerable = fit_answerable(cases, sentences)
    figures = {**sentence_figures(cases, held_out), **answerable_figures(cases, held_out)}
    least = least_odds(cases, [fold.odds for fold in held_out])
    for name, value in figures.items():
        say(f"{name:<46} {value:.3f}")
    out.write_text(json.dumps(_document(data, sentences, answerable, least, figures), indent=2) + "\n", "utf-8")


def fit_sentences(cases: Sequence[Case]) -> Sentences:
    """The weights that put sentences of the answer first: among many passages, by both benchmarks, and in one."""
    in_one = [case for case in cases if case.reading.in_one]
    return Sentences(
        _fit_sentences(cases, IN_MANY_PENALTY, without=HEADLINE),
        _fit_sentences(in_one, IN_ONE_PENALTY, without=frozenset()),
    )


def _fit_sentences(cases: Sequence[Case], penalty: float, without: frozenset[str]) -> Linear:
    known = [case for case in cases if case.answerable and case.right.any()]
    groups = [Group(case.reading.features[0], case.right / case.right.max(), WEIGHT[case.benchmark]) for case in known]
    lowest = [None if name in FREE - without else 0.0 for name in FEATURES]
    highest = [0.0 if name in without else None for name in FEATURES]
    weights = fit(groups, penalty, list(zip(lowest, highest, strict=True)))
    return Linear(0.0, dict(zip(FEATURES, map(float, weights), strict=True)))


def fit_answerable(cases: Sequence[Case], sentences: Sentences) -> Linear:
    """The weights that tell evidence with an answer from evidence without; both benchmarks count the same."""
    rows = np.stack([_answerability(case, sentences) for case in cases])
    sizes = Counter((case.benchmark, case.why) for case in cases)
    weights = np.array([EACH * SHARE[case.why] / sizes[case.benchmark, case.why] for case in cases])
    right = np.array([float(case.answerable) for case in cases])
    return logistic(rows, right, weights, ANSWERABLE_PENALTY, list(ANSWERABILITY), free=FREE)


def _answerability(case: Case, sentences: Sentences) -> Floats:
    return np.asarray(answerability_features(case.reading, sentences.apply(case.reading)).max(axis=0))


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What the weights of the other folds say of a case: scores (parts, sentences), and odds that it has an answer."""

    scores: Floats
    odds: float


def cross_validate(cases: Sequence[Case]) -> list[HeldOut]:
    """Every case judged by weights learned without its question, in either of its two forms."""
    questions = sorted({case.reading.asked.text for case in cases})
    order = np.random.default_rng(0).permutation(len(questions)) % FOLDS
    fold = {question: int(number) for question, number in zip(questions, order, strict=True)}
    folds = [fold[case.reading.asked.text] for case in cases]
    learned = []
    for left_out in range(FOLDS):
        rest = [case for case, number in zip(cases, folds, strict=True) if number != left_out]
        sentences = fit_sentences(rest)
        learned.append((sentences, fit_answerable(rest, sentences)))
    judged: list[HeldOut] = []
    for case, number in zip(cases, folds, strict=True):
        sentences, answerable = learned[number]
        odds = answerable.apply(_answerability(case, sentences), list(ANSWERABILITY))
        judged.append(HeldOut(sentences.apply(case.reading), float(odds)))
    return judged


def sentence_figures(cases: Sequence[Case], held_out: Sequence[HeldOut]) -> dict[str, float]:
    """How good the ranking and the chosen sentences are, on questions with an answer, none of them refused."""
    ranked: dict[str, list[tuple[float, float]]] = {name: [] for name in WEIGHT}
    close: list[tuple[float, float]] = []
    found: list[tuple[float, float]] = []
    for case, judged in zip(cases, held_out, strict=True):
        if not case.answerable:
            continue
        if case.right.any():
            ranked[case.benchmark].append(_ranking(judged.scores.max(axis=0), case.right))
        parts = choose(case.reading, judged.scores)
        chosen = in_reading_order([index for part in parts for index in part], case.reading.pool)
        if case.benchmark == CLAPNQ:
            said = [case.reading.pool[index].sentence.text for index in chosen]
            close.append(closeness(case.record["output"], Written(" ".join(said), frozenset(said))))
        else:
            found.append((float(case.right[chosen].any()), float(len(chosen))))
    return {
        "clapnq average_precision": _mean(precision for precision, _ in ranked[CLAPNQ]),
        "clapnq rouge_l": _mean(rouge for rouge, _ in close),
        "clapnq sentence_f1": _mean(f1 for _, f1 in close),
        "realtimeqa average_precision": _mean(precision for precision, _ in ranked[REALTIMEQA]),
        "realtimeqa first_sentence_answers": _mean(first for _, first in ranked[REALTIMEQA]),
        "realtimeqa chosen_sentences_answer": _mean(hit for hit, _ in found),
        "realtimeqa sentences_chosen": _mean(count for _, count in found),
    }


def answerable_figures(cases: Sequence[Case], held_out: Sequence[HeldOut]) -> dict[str, float]:
    """How well the odds tell questions with an answer from those without, and what the threshold refuses."""
    least = least_odds(cases, [judged.odds for judged in held_out])
    figures: dict[str, float] = {}
    for name in WEIGHT:
        pairs = [(case, judged.odds) for case, judged in zip(cases, held_out, strict=True) if case.benchmark == name]
        groups = {
            "answerable": [odds for case, odds in pairs if case.answerable],
            "unanswerable": [odds for case, odds in pairs if case.why == "not said"],
            "stripped": [odds for case, odds in pairs if case.why == "stripped"],
            "near_miss": [odds for case, odds in pairs if case.why == "near miss"],
        }
        answered = groups.pop("answerable")
        below = least["in_one" if name == CLAPNQ else "in_many"]
        short = name.partition("-")[0]
        figures[f"{short} refused_of_answerable"] = _mean(float(odds < below) for odds in answered)
        for group, values in groups.items():
            if values:
                figures[f"{short} {'answerability' if group == 'unanswerable' else group}_auroc"] = (
                    auroc(answered, values) or 0.0
                )
                figures[f"{short} refused_of_{group}"] = _mean(float(odds < below) for odds in values)
    return figures


def least_odds(cases: Sequence[Case], odds: Sequence[float]) -> dict[str, float]:
    """The odds below which REFUSED of the questions with an answer lie, by how many passages they have."""
    answered = {
        name: [o for case, o in zip(cases, odds, strict=True) if case.answerable and case.reading.in_one == one]
        for name, one in (("in_many", False), ("in_one", True))
    }
    return {name: float(np.quantile(values, REFUSED[name])) for name, values in answered.items()}


def _ranking(scores: Floats, right: Floats) -> tuple[float, float]:
    """Average precision, and whether the first is right."""
    ordered = right[np.argsort(-scores, kind="stable")] > 0
    precision = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    return float(precision[ordered].mean()), float(ordered[0])


def _document(
    data: Path, sentences: Sentences, answerable: Linear, least: dict[str, float], figures: dict[str, float]
) -> dict[str, object]:
    return {
        "made_by": "python -m eval.fit.extractive",
        "made_on": date.today().isoformat(),
        "data_sha256": {name: _digest(data / name) for name in WEIGHT},
        "cross_validated": {name: round(value, 3) for name, value in figures.items()},
        "sentence": {"in_many": _rounded(sentences.in_many), "in_one": _rounded(sentences.in_one)},
        "answerable": {"least": {name: round(value, 4) for name, value in least.items()}, **_rounded(answerable)},
    }


def _rounded(linear: Linear) -> dict[str, object]:
    weights = {name: round(value, 4) for name, value in linear.weights.items()}
    return {"bias": round(linear.bias, 4), "weights": weights}


def _digest(folder: Path) -> str:
    state = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl*")):
        state.update(path.name.encode() + path.read_bytes())
    return state.hexdigest()


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return float(np.mean(listed)) if listed else 0.0


if __name__ == "__main__":
    place = Path(__file__).parents[2] / "pipeline" / "extractive" / FILE
    main(Path(sys.argv[1]), place, lambda line: sys.stdout.write(line + "\n"))
