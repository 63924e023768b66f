"""A suite of two articles and a fake system that answers from a script: the harness is tested without newsdesk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from eval.loading import load_suite
from eval.prepare import prepare
from eval.records import Run
from eval.run import run_suite
from eval.system import System
from pipeline.conversing import Turn
from pipeline.types import (
    Answer,
    Article,
    ArticleInfo,
    Block,
    Briefing,
    Citation,
    Evidence,
    Passage,
    Question,
    Section,
    Sentence,
    Statement,
    Usage,
)

TOLL = "The bridge toll rose to 41 crowns on Monday."
DENIAL = "The council denied that drivers were not told."
OPENED = "The bridge opened in 2019."
ARTICLES = {"bridge.txt": [TOLL, DENIAL], "wire.jsonl:2": [OPENED, TOLL]}

CASES = f'''
[[question]]
id = "q1"
kind = "single"
question = "What does crossing the bridge cost?"
answer = "The toll is 41 crowns."
accept = ["41 crowns"]
[[question.nuggets]]
fact = "41 crowns"
any = ["41 crowns"]
[[question.nuggets]]
fact = "since Monday"
any = ["Monday"]
vital = false
[[question.support]]
article = "bridge.txt"
quote = "{TOLL}"
[[question.support]]
article = "wire.jsonl:2"
quote = "{TOLL}"

[[question]]
id = "q2"
kind = "unanswerable"
unanswerable = "absent relation"
why = "Nobody says who built it."
question = "Who built the bridge?"

[[topic]]
id = "t1"
topic = "The bridge"
[[topic.facts]]
fact = "41 crowns"
any = ["41 crowns"]
article = "bridge.txt"
quote = "{TOLL}"
[[topic.facts]]
fact = "denied"
any = ["denied"]
article = "bridge.txt"
quote = "{DENIAL}"
'''


def write_suite(folder: Path, cases: str = CASES) -> Path:
    """The suite in a folder."""
    (folder / "articles").mkdir(parents=True)
    (folder / "cases").mkdir()
    (folder / "suite.toml").write_text('name = "sample"\n', encoding="utf-8")
    (folder / "cases" / "bridge.toml").write_text(cases, encoding="utf-8")
    (folder / "articles" / "bridge.txt").write_text("\n".join(ARTICLES["bridge.txt"]), encoding="utf-8")
    (folder / "articles" / "wire.jsonl").write_text('\n{"text": "see the fake"}\n', encoding="utf-8")
    return folder


def run_in(folder: Path, system: System, **options: Any) -> Run:
    """A run of the suite in a folder."""
    return run_suite(prepare(load_suite(folder), system), system, **options)


def article(name: str, folder: Path) -> tuple[str, Article]:
    """One of ARTICLES as a system would take it in, with its origin; its id is its name."""
    text = "\n".join(ARTICLES[name])
    origin = str(folder.absolute() / "articles" / name)
    blocks = tuple(Block(text.index(line), text.index(line) + len(line), "paragraph") for line in ARTICLES[name])
    return origin, Article(ArticleInfo(name, "Title"), origin, text, text.encode(), "text", origin, blocks, ())


def evidence(number: int, name: str) -> Evidence:
    """A whole article as one passage of 100 tokens."""
    text = "\n".join(ARTICLES[name])
    sentences = tuple(Sentence(text.index(line), text.index(line) + len(line), line) for line in ARTICLES[name])
    return Evidence(number, Passage(name, 0, sentences, 100), ArticleInfo(name, "Title"), 1.0 / number)


def stated(text: str, name: str = "bridge.txt", quote: str | None = None, start: int | None = None) -> Statement:
    """A supported statement that cites a sentence of an article, by default the one that it repeats."""
    quote = text if quote is None else quote
    start = "\n".join(ARTICLES[name]).index(quote) if start is None else start
    return Statement(text, "supported", (Citation(ArticleInfo(name, "Title"), start, start + len(quote), quote),))


@dataclass
class FakeSystem:
    """Answers a question with the statements that the script has for it, refuses the others, raises its exceptions."""

    folder: Path
    script: Mapping[str, Sequence[Statement] | Exception]
    ranking: Sequence[str] = ("wire.jsonl:2", "bridge.txt")
    model: str = "fake"
    sure: Mapping[str, float] = field(default_factory=dict)
    taken_in: list[tuple[tuple[str, ...], date | None]] = field(default_factory=list)

    def ingest(self, paths: Sequence[str], seen: date | None) -> Sequence[tuple[str, str]]:
        self.taken_in.append((tuple(paths), seen))
        return ()

    def articles(self) -> Sequence[tuple[str, Article]]:
        return [article(name, self.folder) for name in ARTICLES]

    def retrieve(self, question: Question, limit: int) -> tuple[Evidence, ...]:
        return tuple(evidence(number, name) for number, name in enumerate(self.ranking[:limit], 1))

    def ask(self, question: Question) -> Answer:
        statements = self._statements(question.text)
        status, gaps = ("answered", ()) if statements else ("refused", ("not in the library",))
        found = self.retrieve(question, 8)
        return Answer(question.text, status, self.model, statements, gaps, found, Usage(100, 10, 0.5))

    def brief(self, topic: str) -> Briefing:
        statements = self._statements(topic)
        status, gaps = ("answered", ()) if statements else ("refused", ("not in the library",))
        sections = (Section("Bottom line", statements),) if statements else ()
        return Briefing(topic, status, self.model, sections, (), gaps, (), Usage(100, 10, 0.5))

    def standalone(self, question: str, history: Sequence[Turn]) -> str:
        """The question after the answer that came before it."""
        return f"{history[-1].answer} {question}" if history else question

    def confidence(self, answer: Answer) -> float:
        return self.sure.get(answer.question, 0.5)

    def _statements(self, text: str) -> tuple[Statement, ...]:
        found = self.script.get(text, ())
        if isinstance(found, Exception):
            raise found
        return tuple(found)
