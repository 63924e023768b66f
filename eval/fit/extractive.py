"""Learn the weights of `pipeline.extractive`, and print what they are worth on held-out questions.

    python -m eval.fit.extractive FOLDER

FOLDER holds `clapnq-dev` and `realtimeqa-2023` in the layouts of the benchmarks. Two logistic regressions are fitted:

sentence    does a sentence belong to the answer: selected by an annotator (CLAPnq); of an answering article, and
            holding the answer (RealTimeQA, the passages that retrieval finds)
answerable  does the evidence answer: CLAPnq's two files; RealTimeQA's passages with the answer, and the best ones
            without it from articles that do not have it; of both also the passages with an answer, less the sentences
            that bear it, which is what a question beside the point of an article finds

Every question counts the same whatever the number of its sentences. A weight cannot be negative where that would mean
that less support makes an answer likelier; only those in FREE may have any sign.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from eval.benchmarks.clapnq import Written, auroc, closeness, evidence_of
from eval.benchmarks.corpus import open_corpus, same_story
from eval.benchmarks.realtimeqa import PASSAGE_TOKENS, Item, contains, is_hit, read_item
from eval.benchmarks.records import Record, find, read_records
from pipeline.embedding import embed, load_embeddings
from pipeline.extractive.candidates import candidates
from pipeline.extractive.choosing import choose, in_reading_order
from pipeline.extractive.features import FEATURES, Reading, read_evidence
from pipeline.extractive.refusing import ANSWERABILITY, answerability_features
from pipeline.extractive.weights import FILE, Linear, Sentences
from pipeline.questions import read_question
from pipeline.reranking import DEPTH
from pipeline.retrieval import RetrievalPolicy, fuse
from pipeline.settings import Settings
from pipeline.types import Evidence, Filters

if TYPE_CHECKING:
    from pipeline.app import Newsdesk
    from pipeline.embedding import Embeddings

CLAPNQ, REALTIMEQA = "clapnq-dev", "realtimeqa-2023"
FOLDS = 5
# The strength of the priors on the scaled weights: 3 to 300 differ by .01 in average precision on either benchmark. One
# set of weights for both costs CLAPnq .01 ROUGE-L, or RealTimeQA .02 answers in the chosen sentences.
SENTENCE_PENALTY, IN_ONE_PENALTY, ANSWERABLE_PENALTY = 10.0, 100.0, 10.0
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
# A column that spreads less than this is constant, and learns no weight: in one passage, its rank.
CONSTANT = 1e-6
# What one question weighs. CLAPnq has a third as many.
WEIGHT = {CLAPNQ: 8.0, REALTIMEQA: 6.0}
# What a stripped case weighs against another without an answer.
STRIPPED = 0.5
# The passages that an answer is written from, and how many are searched for those without the answer.
EVIDENCE, SEARCHED = Settings().evidence_passages, 40

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question read against its evidence. `right` is how far each sentence belongs to the answer, 0 to 1.

    A `stripped` case is one with an answer, less the sentences that bear it.
    """

    benchmark: str
    answerable: bool
    reading: Reading
    right: Floats
    record: Record
    stripped: bool = False


def main(data: Path, out: Path, say: Callable[[str], object]) -> None:
    """Fit, cross-validate, report, and write the weights."""
    embeddings = load_embeddings("static")
    cases = [*clapnq_cases(data / CLAPNQ, embeddings), *realtimeqa_cases(data / REALTIMEQA, embeddings)]
    cases = [*cases, *stripped(cases, embeddings)]
    held_out = cross_validate(cases)
    sentences = fit_sentences(cases)
    answerable = fit_answerable(cases, sentences)
    figures = {**sentence_figures(cases, held_out), **answerable_figures(cases, held_out)}
    threshold = threshold_for(cases, [fold.odds for fold in held_out])
    for name, value in figures.items():
        say(f"{name:<46} {value:.3f}")
    out.write_text(json.dumps(_document(data, sentences, answerable, threshold, figures), indent=2) + "\n", "utf-8")


def clapnq_cases(folder: Path, embeddings: Embeddings) -> list[Case]:
    """The questions of CLAPnq with the one passage of each; a sentence is as right as annotators chose it."""
    cases: list[Case] = []
    for name in ("answerable", "unanswerable"):
        for record in read_records(find(folder, f"{name}.jsonl"), ("input", "passages", "output")):
            reading = _read(record["input"], (evidence_of(record),), embeddings)
            selections = [set(output["selected_sentences"]) for output in record["output"]]
            chosen = [selection for selection in selections if selection] or [set()]
            right = [np.mean([item.sentence.text in each for each in chosen]) for item in reading.pool]
            cases.append(Case(CLAPNQ, name == "answerable", reading, np.array(right, dtype=float), record))
    return cases


def realtimeqa_cases(folder: Path, embeddings: Embeddings) -> list[Case]:
    """The questions of RealTimeQA whose answer is found, with what is found, and with what is found without it."""
    articles = read_records(find(folder, "articles.jsonl"), ("url", "title", "text"))
    twins = same_story(articles)
    fields = ("asked", "question", "choices", "answer", "answering_urls")
    records = read_records(find(folder, "questions.jsonl"), fields)
    settings = replace(Settings(), passage_tokens=PASSAGE_TOKENS, embedding="static")
    cases: list[Case] = []
    with open_corpus(REALTIMEQA.partition("-")[0], articles, settings, lambda done, of, what: None) as desk:
        for record in records:
            item = read_item(record, twins)
            if item.answering:
                cases.extend(_with_and_without(desk, item, record, embeddings))
    return cases


def _with_and_without(desk: Newsdesk, item: Item, record: Record, embeddings: Embeddings) -> Iterable[Case]:
    found = _fused(desk, item.question, embeddings)
    best = found[:EVIDENCE]
    if is_hit(best, item):
        reading = _read(item.question, best, embeddings)
        right = [
            one.evidence.article.url in item.answering and contains(one.sentence.text, item.answer)
            for one in reading.pool
        ]
        if any(right):
            yield Case(REALTIMEQA, True, reading, np.array(right, dtype=float), record)
    telling = {one.article.id for one in found if contains(f"{one.article.title} {one.passage.text}", item.answer)}
    silent = [one for one in found if one.article.id not in telling and one.article.url not in item.answering]
    if len(silent) >= EVIDENCE:
        numbered = tuple(replace(one, number=number) for number, one in enumerate(silent[:EVIDENCE], 1))
        reading = _read(item.question, numbered, embeddings)
        yield Case(REALTIMEQA, False, reading, np.zeros(len(reading.pool)), record)


def _fused(desk: Newsdesk, question: str, embeddings: Embeddings) -> list[Evidence]:
    """The first passages of the fused rankings.

    Not reranked: the reranker has learned these very questions, and the weight of a rank would come out too high.
    """
    policy, everything = RetrievalPolicy(), Filters()
    words = desk.library.search_words(question, DEPTH, everything)
    meaning = desk.library.search_vectors(embed(embeddings, [question])[0], DEPTH, everything)
    fused = fuse(((policy.words_weight, words), (policy.vectors_weight, meaning)))
    ranked = sorted(fused, key=lambda passage_id: (-fused[passage_id], passage_id))
    shown: Counter[str] = Counter()
    kept: list[Evidence] = []
    for passage, article in desk.library.passages(ranked, everything):
        shown[article.id] += 1
        if shown[article.id] <= policy.an_article and len(kept) < SEARCHED:
            kept.append(Evidence(len(kept) + 1, passage, article, fused[passage.id]))
    return kept


def stripped(cases: Sequence[Case], embeddings: Embeddings) -> list[Case]:
    """The cases with an answer again, without the sentences that bear it."""
    bare: list[Case] = []
    for case in cases:
        rest = [item for item, right in zip(case.reading.pool, case.right, strict=True) if not right]
        if case.answerable and case.right.any() and rest:
            reading = read_evidence(case.reading.asked, rest, embeddings)
            bare.append(Case(case.benchmark, False, reading, np.zeros(len(rest)), case.record, stripped=True))
    return bare


def _read(question: str, evidence: Sequence[Evidence], embeddings: Embeddings) -> Reading:
    return read_evidence(read_question(question), candidates(evidence), embeddings)


def fit_sentences(cases: Sequence[Case]) -> Sentences:
    """The weights that tell sentences of the answer from the others of their pool.

    Those for one passage start from those for many, learned on both benchmarks, and are moved by CLAPnq alone.
    """
    in_many = _fit_sentences(cases, SENTENCE_PENALTY, start=None, without=HEADLINE)
    one_passage = [case for case in cases if case.reading.in_one]
    return Sentences(in_many, _fit_sentences(one_passage, IN_ONE_PENALTY, start=in_many))


def _fit_sentences(
    cases: Sequence[Case], penalty: float, start: Linear | None, without: frozenset[str] = frozenset()
) -> Linear:
    known = [case for case in cases if case.answerable and case.right.any()]
    rows = np.concatenate([case.reading.features[0] for case in known])
    weights = np.concatenate([_balanced(case) for case in known])
    right = np.concatenate([case.right for case in known])
    return _logistic(rows, right, weights, penalty, list(FEATURES), start, without)


def fit_answerable(cases: Sequence[Case], sentences: Sentences) -> Linear:
    """The weights that tell evidence with an answer from evidence without; both benchmarks count the same."""
    rows = np.stack([_answerability(case, sentences) for case in cases])
    sizes = {name: sum(case.benchmark == name for case in cases) for name in WEIGHT}
    weights = np.array([400 / sizes[case.benchmark] * (STRIPPED if case.stripped else 1.0) for case in cases])
    right = np.array([float(case.answerable) for case in cases])
    return _logistic(rows, right, weights, ANSWERABLE_PENALTY, list(ANSWERABILITY), start=None)


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
    threshold = threshold_for(cases, [judged.odds for judged in held_out])
    figures: dict[str, float] = {}
    for name in WEIGHT:
        pairs = [(case, judged.odds) for case, judged in zip(cases, held_out, strict=True) if case.benchmark == name]
        answered = [odds for case, odds in pairs if case.answerable]
        unanswered = [odds for case, odds in pairs if not case.answerable and not case.stripped]
        bare = [odds for case, odds in pairs if case.stripped]
        short = name.partition("-")[0]
        figures[f"{short} answerability_auroc"] = auroc(answered, unanswered) or 0.0
        figures[f"{short} stripped_auroc"] = auroc(answered, bare) or 0.0
        figures[f"{short} refused_of_answerable"] = _mean(float(odds < threshold) for odds in answered)
        figures[f"{short} refused_of_unanswerable"] = _mean(float(odds < threshold) for odds in unanswered)
    return figures


def threshold_for(cases: Sequence[Case], odds: Sequence[float]) -> float:
    """The lowest odds of any question with an answer: the benchmarks' questions are closer to the wording of their

    evidence than an analyst's, so that a threshold with 2% of false refusals here has 29% there.
    """
    return min(each for case, each in zip(cases, odds, strict=True) if case.answerable)


def _balanced(case: Case) -> Floats:
    """Weights of a question's sentences. In many passages, those that answer weigh half as much as all the others."""
    size = len(case.right)
    if case.benchmark == CLAPNQ:
        return np.full(size, WEIGHT[CLAPNQ] / size)
    right = case.right > 0
    return np.where(right, WEIGHT[REALTIMEQA] / 3 / right.sum(), WEIGHT[REALTIMEQA] * 2 / 3 / size)


def _logistic(
    rows: Floats,
    right: Floats,
    weights: Floats,
    penalty: float,
    names: Sequence[str],
    start: Linear | None,
    without: frozenset[str] = frozenset(),
) -> Linear:
    """Logistic regression on scaled columns with an L2 prior around the weights of `start`, or around zero.

    Columns in `without` get the weight 0.
    """
    from scipy.optimize import minimize

    mean = weights @ rows / weights.sum()
    scale = np.sqrt(weights @ (rows - mean) ** 2 / weights.sum())
    scale[scale < CONSTANT] = 1.0
    scaled = (rows - mean) / scale
    prior = scale * [start.weights[name] for name in names] if start else np.zeros(len(names))

    def loss(values: Floats) -> tuple[float, Floats]:
        odds = scaled @ values[1:] + values[0]
        error = weights * (1 / (1 + np.exp(-odds)) - right)
        moved = values[1:] - prior
        cost = weights @ (np.logaddexp(0, odds) - right * odds) + penalty / 2 * moved @ moved
        return float(cost), np.concatenate([[error.sum()], scaled.T @ error + penalty * moved])

    lowest = [None if name in FREE - without else 0.0 for name in names]
    highest = [0.0 if name in without else None for name in names]
    bounds = [(None, None), *zip(lowest, highest, strict=True)]
    found = minimize(loss, np.concatenate([[0.0], prior]), jac=True, method="L-BFGS-B", bounds=bounds).x
    values = found[1:] / scale
    return Linear(float(found[0] - mean @ values), dict(zip(names, map(float, values), strict=True)))


def _ranking(scores: Floats, right: Floats) -> tuple[float, float]:
    """Average precision, and whether the first is right."""
    ordered = right[np.argsort(-scores, kind="stable")] > 0
    precision = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    return float(precision[ordered].mean()), float(ordered[0])


def _document(
    data: Path, sentences: Sentences, answerable: Linear, threshold: float, figures: dict[str, float]
) -> dict[str, object]:
    return {
        "made_by": "python -m eval.fit.extractive",
        "made_on": date.today().isoformat(),
        "data_sha256": {name: _digest(data / name) for name in WEIGHT},
        "cross_validated": {name: round(value, 3) for name, value in figures.items()},
        "sentence": {"in_many": _rounded(sentences.in_many), "in_one": _rounded(sentences.in_one)},
        "answerable": {"threshold": round(threshold, 4), **_rounded(answerable)},
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
