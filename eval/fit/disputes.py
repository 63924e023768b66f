"""Learn when two sentences of different articles are in dispute, and print what is found on stories left out.

    python -m eval.fit.disputes FOLDER

stories   `eval/fit/conflicts` and the LEARNED ones of `tests/unseen/conflicts`: articles with the sides of their
          conflicts; `sketches.txt` there has short ones, a sentence a line
suite     the bundled suite with its conflicts
news      for each of TOPICS the articles of RealTimeQA in FOLDER/realtimeqa-2023 that a briefing is written from: none
          of their pairs counts as a dispute, for of the first 160 that rules had found two were

Pairs that are not labelled are no disputes. The other stories of `tests/unseen/conflicts` are only measured on.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np

from eval.benchmarks.corpus import open_corpus
from eval.benchmarks.records import find, read_records
from eval.benchmarks.stories import library_of, stories
from eval.fit.cases import REALTIMEQA
from eval.fit.logistic import Floats, logistic
from eval.loading import load_suite
from eval.newsdesk_system import newsdesk_system
from eval.prepare import prepare
from pipeline.disagreement.aligning import Story
from pipeline.disagreement.claims import tellings
from pipeline.disagreement.contrasts import AGAINST, FEATURES
from pipeline.disagreement.judging import FILE, MOST, apart_from_each_other, compared
from pipeline.extractive.weights import Linear
from pipeline.gathering import everything
from pipeline.settings import Settings
from pipeline.types import ArticleInfo, Evidence, Filters, Passage, Sentence

FOLDER = Path(__file__).parent / "conflicts"
UNSEEN = Path("tests/unseen/conflicts")
LEARNED = frozenset(f"{number:02}" for number in range(1, 12))
FOLDS, PENALTY = 6, 5.0
# What a pair weighs: those of the suite more, which must show no dispute that is none.
WEIGHT = {"stories": 1.0, "suite": 3.0, "news": 1.0}
# The odds from which a pair is shown: of those of the suite that are no disputes none is.
LEAST, GROWS = -0.65, 1.2
CURVE = (0.0, -0.35, -0.65, -1.0, -1.5)
TOPICS = (
    "Turkey Syria earthquake",
    "Silicon Valley Bank collapse",
    "Titan submersible Titanic",
    "Hurricane Idalia",
    "Prigozhin Wagner mutiny",
    "Writers strike Hollywood",
    "Fox Dominion settlement",
    "FTX bankruptcy Bankman-Fried",
    "Twitter layoffs Musk",
    "Pakistan floods",
    "Measles outbreak",
    "Nova Scotia or Buffalo winter storm",
    "Seoul Halloween crowd crush",
    "India bridge collapse Morbi",
    "Greece migrant boat sinking",
    "Odisha train crash India",
    "Morocco earthquake",
    "Libya floods Derna",
    "Powerball jackpot",
)
_TAGGED = re.compile(r"\[(?P<conflict>\w+) \w+\] (?P<text>.*)")

Place = tuple[str, int]
"""A sentence: the id of its article and where it starts."""


@dataclass(frozen=True, slots=True)
class Case:
    """A story: its pairs of sentences with the values of FEATURES, and for each which conflicts it is of."""

    of: str
    name: str
    pairs: Sequence[tuple[int, int]]
    values: Floats
    shows: Sequence[frozenset[int]]
    conflicts: int

    @property
    def right(self) -> Floats:
        """1 for each pair that is in dispute."""
        return np.array([float(bool(each)) for each in self.shows])


def main(data: Path, out: Path, say: Callable[[str], object]) -> None:
    """Fit, cross-validate, report, and write the weights."""
    cases = [*labelled(), *sketched(), *suite_cases(), *news_cases(data / REALTIMEQA)]
    figures = cross_validated(cases)
    for at, found in figures.items():
        say(f"pairs shown from {at}: {found}")
    odds = fit(cases)
    document = {
        "made_by": "python -m eval.fit.disputes",
        "made_on": date.today().isoformat(),
        "cases": {of: sum(case.of == of for case in cases) for of in WEIGHT},
        "cross_validated": figures,
        "least": LEAST,
        "grows": GROWS,
        "bias": round(odds.bias, 4),
        "weights": {name: round(odds.weights[name], 4) for name in FEATURES},
    }
    out.write_text(json.dumps(document, indent=2) + "\n", "utf-8")


def fit(cases: Sequence[Case]) -> Linear:
    """The log odds of a pair; what counts against a dispute cannot count for it, nor the other way round."""
    values = np.concatenate([case.values for case in cases])
    signs = np.array([-1.0 if name in AGAINST else 1.0 for name in FEATURES])
    right = np.concatenate([case.right for case in cases])
    weights = np.concatenate([np.full(len(case.pairs), WEIGHT[case.of]) for case in cases])
    found = logistic(values * signs, right, weights, PENALTY, FEATURES)
    return Linear(found.bias, {name: found.weights[name] * sign for name, sign in zip(FEATURES, signs, strict=True)})


def cross_validated(cases: Sequence[Case]) -> dict[str, dict[str, dict[str, float]]]:
    """For each of CURVE, by kind of case: how many pairs are shown, the share that is right, of the conflicts shown."""
    odds: dict[str, Floats] = {}
    for fold in range(FOLDS):
        apart = [case for number, case in enumerate(cases) if number % FOLDS == fold]
        learned = fit([case for case in cases if case not in apart])
        odds |= {case.name: learned.apply(case.values, FEATURES) for case in apart}
    return {
        str(least): {of: _measured([case for case in cases if case.of == of], odds, least) for of in WEIGHT}
        for least in CURVE
    }


def _measured(cases: Sequence[Case], odds: Mapping[str, Floats], least: float) -> dict[str, float]:
    shown = [case.shows[at] for case in cases for at in apart_from_each_other(case.pairs, odds[case.name], least)]
    found = sum(
        len(frozenset().union(*(case.shows[at] for at in apart_from_each_other(case.pairs, odds[case.name], least))))
        for case in cases
    )
    conflicts = sum(case.conflicts for case in cases)
    return {
        "pairs": len(shown),
        "real": round(sum(map(bool, shown)) / len(shown), 3) if shown else 1.0,
        "shown": round(found / conflicts, 3) if conflicts else 1.0,
    }


def labelled() -> Iterator[Case]:
    """The stories whose labels quote the sides of their conflicts."""
    found = [*stories(FOLDER, ".labels.json", str(FOLDER)), *stories(UNSEEN, ".labels.json", str(UNSEEN))]
    for articles, labels in found:
        if labels.parent != FOLDER and articles.stem not in LEARNED:
            continue
        conflicts = json.loads(labels.read_text("utf-8"))["conflicts"]
        with library_of(articles, Settings()) as desk:
            evidence = everything(desk.library, Filters())
        sides = [
            [list(_quoted(evidence, side["url"], side["says"])) for side in conflict["sides"]] for conflict in conflicts
        ]
        yield _case("stories", articles.stem, evidence, sides)


def sketched() -> Iterator[Case]:
    """The stories of `sketches.txt`: "# topic", "@ source | day | title", and sentences, those in conflict tagged."""
    for block in (FOLDER / "sketches.txt").read_text("utf-8").split("\n# "):
        topic, *lines = block.strip().removeprefix("# ").splitlines()
        evidence: list[Evidence] = []
        tagged: dict[str, list[list[Place]]] = {}
        for part in "\n".join(lines).split("@ ")[1:]:
            head, *told = part.strip().splitlines()
            source, published, title = head.split(" | ")
            article = ArticleInfo(f"{topic} {len(evidence)}", title, source=source, published=published)
            sentences: list[Sentence] = []
            for line in told:
                found = _TAGGED.fullmatch(line)
                text = found["text"] if found else line
                start = sentences[-1].end + 1 if sentences else 0
                sentences.append(Sentence(start, start + len(text), text))
                if found:
                    tagged.setdefault(found["conflict"], []).append([(article.id, start)])
            number = len(evidence) + 1
            evidence.append(Evidence(number, Passage(article.id, 0, tuple(sentences), 1, id=number), article, 1.0))
        yield _case("stories", topic, evidence, list(tagged.values()))


def suite_cases() -> Iterator[Case]:
    """The stories of the bundled suite, each once."""
    suite = load_suite(Path("eval/suites/newsroom"))
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings(), library=str(Path(folder) / "library"))
        with newsdesk_system(settings) as system:
            prepared = prepare(suite, system)
            told = {topic.story: topic for topic in suite.topics}
            for story, topic in told.items():
                evidence = system.brief(topic.topic).evidence
                sides = []
                for conflict in (each for each in suite.conflicts if each.story == story and each.disputed):
                    of_side: dict[str, list[Place]] = {}
                    for version, span in zip(conflict.versions, prepared.gold[conflict.id].spans, strict=True):
                        places = _spanned(evidence, span.article_id, span.start, span.end)
                        of_side.setdefault(version.side, []).extend(places)
                    sides.append(list(of_side.values()))
                yield _case("suite", topic.id, evidence, sides)


def news_cases(folder: Path) -> Iterator[Case]:
    """What a briefing on each of TOPICS is written from; no pair of it counts as a dispute."""
    articles = read_records(find(folder, "articles.jsonl"), ("url", "title", "text"))
    settings = replace(Settings(), embedding="static")
    with open_corpus("disputes", articles, settings, lambda done, of, what: None) as desk:
        for topic in TOPICS:
            evidence = desk.brief(topic).evidence
            if sum(map(len, tellings(evidence))) <= MOST:
                yield _case("news", topic, evidence, [])


def _case(of: str, name: str, evidence: Sequence[Evidence], sides: Sequence[Sequence[Sequence[Place]]]) -> Case:
    told = tellings(evidence)
    story = Story(told)
    _, pairs, values = compared(story, told)
    places = [(each.article, each.told.sentence.start) for each in story.sentences]
    disputed: list[set[frozenset[Place]]] = [
        {frozenset((one, other)) for first, second in combinations(conflict, 2) for one in first for other in second}
        for conflict in sides
    ]
    shows = [
        frozenset(number for number, pairs in enumerate(disputed) if frozenset((places[one], places[other])) in pairs)
        for one, other in pairs
    ]
    return Case(of, name, pairs, values, shows, len(sides))


def _quoted(evidence: Sequence[Evidence], url: str, says: str) -> Iterator[Place]:
    """The sentences of an article that have a stretch of text, or are part of it."""
    for item in evidence:
        if item.article.url == url:
            for sentence in item.passage.sentences:
                if sentence.text in says or says in sentence.text:
                    yield item.article.id, sentence.start


def _spanned(evidence: Sequence[Evidence], article: str, start: int, end: int) -> list[Place]:
    return [
        (article, sentence.start)
        for item in evidence
        if item.article.id == article
        for sentence in item.passage.sentences
        if 2 * (min(sentence.end, end) - max(sentence.start, start)) >= min(sentence.end - sentence.start, end - start)
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path("pipeline/disagreement") / FILE, print)
