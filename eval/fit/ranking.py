"""Learn the order of sentences in `pipeline.extractive.ranking`, and print what it is worth on held-out stories.

    python -m eval.fit.ranking FOLDER

Learned by softmax over a question's sentences, from questions with evidence of several passages:

stories  `eval/fit/stories`, written blind: each question with words of the sentence that answers it, asked of one
         library of all stories, and of its own story alone
people   who each person is whom one sentence of a story describes (`pipeline.people`), by name and by role
quizzes  RealTimeQA in FOLDER/realtimeqa-2023: a sentence of an answering article that holds the answer

Judged are questions of stories that were not learned from.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from eval.benchmarks.corpus import open_corpus, same_story
from eval.benchmarks.realtimeqa import PASSAGE_TOKENS, is_hit, read_item
from eval.benchmarks.records import Record, find, read_records
from eval.benchmarks.said import contains
from eval.fit.cases import REALTIMEQA, Floats
from eval.fit.softmax import Group, fit
from pipeline.embedding import Embeddings, load_embeddings
from pipeline.extractive.candidates import candidates
from pipeline.extractive.choosing import MARGIN_RANKED, choose
from pipeline.extractive.features import Reading
from pipeline.extractive.ranking import FILE, MEASURED, measured
from pipeline.extractive.support import Support
from pipeline.extractive.weights import load_weights, score
from pipeline.people import descriptions
from pipeline.questions import read_question
from pipeline.sentences import split
from pipeline.settings import Settings
from pipeline.types import Evidence, Question

STORIES = Path(__file__).parent / "stories"
FOLDS = 5
# The strength of the prior on the scaled weights. Swept .003 to .06: held-out stories tell no difference.
PENALTY = 0.03
# What a quiz weighs beside a question of a story. Swept .5 to 4: from 2 on what is given for questions of held-out
# stories is less to the point, at .5 fewer answers of RealTimeQA are found.
QUIZ = 1.0
# The same of a question of who somebody is, and how many of them are asked of a story.
WHO, PEOPLE = 0.3, 3


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what is found for it; `right` are the sentences that hold the answer, `values` of MEASURED.

    `judged` are the questions that were written for a story.
    """

    story: str
    judged: bool
    weight: float
    reading: Reading
    values: Floats
    right: Floats


def main(data: Path, out: Path, say: Callable[[str], object]) -> None:
    """Fit, cross-validate, report, and write the weights."""
    embeddings = load_embeddings("static")
    cases = [*story_cases(embeddings), *quiz_cases(data / REALTIMEQA, embeddings)]
    figures = cross_validate(cases)
    for name, value in figures.items():
        say(f"{name:<46} {value:.3f}")
    document = {
        "made_by": "python -m eval.fit.ranking",
        "made_on": date.today().isoformat(),
        "cross_validated": {name: round(value, 3) for name, value in figures.items()},
        "weights": {name: round(float(value), 4) for name, value in zip(MEASURED, learn(cases), strict=True)},
    }
    out.write_text(json.dumps(document, indent=2) + "\n", "utf-8")


def learn(cases: Sequence[Case]) -> Floats:
    """The weights of MEASURED by which the sentences that answer come first."""
    # What a question of several parts asks where is not written down.
    simple = [case for case in cases if len(case.values) == 1]
    return np.asarray(fit([Group(case.values[0], case.right, case.weight) for case in simple], PENALTY))


def cross_validate(cases: Sequence[Case]) -> dict[str, float]:
    """How good the order and the choice are on the stories, by weights that know no question of theirs."""
    names = sorted({case.story for case in cases})
    first: list[float] = []
    told: list[float] = []
    share: list[float] = []
    count: list[float] = []
    for left_out in range(FOLDS):
        apart = frozenset(names[left_out::FOLDS])
        weights = learn([case for case in cases if case.story not in apart])
        for case in (case for case in cases if case.story in apart and case.judged):
            scores = case.values @ weights
            chosen = sorted({index for part in choose(case.reading, scores, MARGIN_RANKED) for index in part})
            first.append(case.right[scores.max(axis=0).argmax()])
            told.append(case.right[chosen].max())
            share.append(case.right[chosen].mean())
            count.append(len(chosen))
    return {
        "first sentence answers": float(np.mean(first)),
        "chosen sentences answer": float(np.mean(told)),
        "share of the chosen that answers": float(np.mean(share)),
        "sentences chosen": float(np.mean(count)),
    }


def story_cases(embeddings: Embeddings) -> Iterator[Case]:
    """The questions of the stories whose answer is found, asked of the library of all and of their own story."""
    stories = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(STORIES.glob("*.toml"))}
    articles: list[Record] = [
        {**article, "text": article["text"].strip(), "url": f"https://{name}.example/{number}"}
        for name, story in stories.items()
        for number, article in enumerate(story["article"])
    ]
    with open_corpus(
        "nearmiss", articles, replace(Settings(), embedding="static"), lambda done, of, what: None
    ) as desk:
        for name, story in stories.items():
            asked = [(question, holds, True) for question, holds in story["story"]["answered"]]
            asked += [(f"Who is {person}?", piece, False) for person, piece in _people(story["article"])]
            for question, holds, judged in asked:
                found = desk.retrieve(Question(question))
                own = [item for item in found if (item.article.url or "").startswith(f"https://{name}.")]
                numbered = [replace(item, number=number) for number, item in enumerate(own, 1)]
                for evidence in (found, numbered):
                    yield from _of_a_story(name, judged, question, evidence, holds, embeddings)


def _people(articles: Sequence[Record]) -> list[tuple[str, str]]:
    """Who is asked for: whom one sentence of the articles describes, and no other one; with its words."""
    found: dict[str, list[str]] = {}
    for article in articles:
        for sentence in split(article["text"]):
            for person, piece in descriptions(sentence.text):
                found.setdefault(person, []).append(piece)
    return [(person, pieces[0]) for person, pieces in found.items() if len(pieces) == 1][:PEOPLE]


def quiz_cases(folder: Path, embeddings: Embeddings) -> Iterator[Case]:
    """The questions of RealTimeQA whose answer is found."""
    articles = read_records(find(folder, "articles.jsonl"), ("url", "title", "text"))
    twins = same_story(articles)
    fields = ("asked", "question", "choices", "answer", "answering_urls")
    settings = replace(Settings(), passage_tokens=PASSAGE_TOKENS, embedding="static")
    with open_corpus(REALTIMEQA.partition("-")[0], articles, settings, lambda done, of, what: None) as desk:
        desk.library.indexes.exact_up_to = sys.maxsize
        for record in read_records(find(folder, "questions.jsonl"), fields):
            item = read_item(record, twins)
            found = desk.retrieve(Question(item.question, day=item.asked)) if item.answering else ()
            if not is_hit(found, item):
                continue
            pool = candidates(found)
            right = [
                one.evidence.article.url in item.answering and contains(one.sentence.text, item.answer) for one in pool
            ]
            if any(right):
                reading = score(read_question(item.question), pool, embeddings)[1]
                yield _case(str(record["id"]), False, QUIZ, reading, np.array(right, dtype=np.float64))


def _of_a_story(
    name: str, judged: bool, question: str, evidence: Sequence[Evidence], holds: str, embeddings: Embeddings
) -> Iterator[Case]:
    pool = candidates(evidence)
    right = np.array([float(holds in item.sentence.text) for item in pool])
    if len(evidence) > 1 and right.any():
        reading = score(read_question(question), pool, embeddings)[1]
        yield _case(name, judged, 1.0 if judged else WHO, reading, right)


def _case(story: str, judged: bool, weight: float, reading: Reading, right: Floats) -> Case:
    support, scores = Support(reading), load_weights().sentences.apply(reading)
    return Case(story, judged, weight, reading, measured(support, scores), right)


if __name__ == "__main__":
    place = Path(__file__).parents[2] / "pipeline" / "extractive" / FILE
    main(Path(sys.argv[1]), place, lambda line: sys.stdout.write(line + "\n"))
