"""Answers, briefings and prose held against a library: quotes first, then statements, then a draft's own sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle

import pytest

from pipeline.app import Newsdesk, open_newsdesk
from pipeline.cli.demo import sample_articles
from pipeline.errors import InputError, UsageError
from pipeline.rendering.jsonform import answer_json, briefing_json, json_text
from pipeline.rendering.readback import read_back
from pipeline.settings import Settings
from pipeline.types import (
    Answer,
    Article,
    ArticleInfo,
    Attribution,
    Briefing,
    Citation,
    Disagreement,
    Evidence,
    Filters,
    Passage,
    Question,
    Section,
    Sentence,
    Stage,
    Statement,
    Support,
    Usage,
    Version,
)
from pipeline.verifying import read_prose, verify_answer, verify_briefing, verify_prose

FIRST = "The Harbour Company said on Tuesday that 42 cranes would be replaced."
SECOND = "Its director, Ines Moreau, denied that safety had been neglected."
TEXT = f"{FIRST} {SECOND}"
INFO = ArticleInfo("a1", "Cranes to be replaced", "The Pell Post", "https://post.example/cranes", "2024-12-04")
SENTENCES = (
    Sentence(0, len(FIRST), FIRST),
    Sentence(len(FIRST) + 1, len(TEXT), SECOND),
)
EVIDENCE = Evidence(1, Passage("a1", 0, SENTENCES, tokens=0), INFO, 0.5)
CITED = tuple(Citation(INFO, each.start, each.end, each.text) for each in SENTENCES)


@dataclass(frozen=True)
class OneArticle:
    """A library of one article."""

    text: str = TEXT
    info: ArticleInfo = INFO

    def article(self, id_prefix: str) -> Article:
        if not self.info.id.startswith(id_prefix):
            raise UsageError(f"No article has the id {id_prefix!r}", "Look again")
        return Article(self.info, "key", self.text, b"", "text", "origin", (), ())

    def resolve(self, filters: Filters) -> None:
        return None

    def passages(self, ids: Sequence[int], filters: Filters) -> Sequence[tuple[Passage, ArticleInfo]]:
        return ()


def answer(*statements: Statement, evidence: tuple[Evidence, ...] = (EVIDENCE,)) -> Answer:
    return Answer("What of the cranes?", "answered", "extractive", statements, (), evidence)


def test_an_answer_is_read_back_as_it_was_printed() -> None:
    usage = Usage(10, 20, 1.5, 0.01, 1, 0, 2, (Stage("write", 0.5),))
    said = replace(CITED[0], attribution=Attribution(("Ada Crane", "Pell Radio"), "told", "claims"))
    differ = Disagreement("cranes", (Version("4", said, corrects=True), Version("3", CITED[1])))
    printed = answer(Statement("A “quote”.", "weak", (said, CITED[1]), ("so",)))
    printed = replace(printed, gaps=("a gap",), usage=usage, disagreements=(differ,))
    assert read_back(json_text(answer_json(printed)), "x") == printed


def test_a_briefing_is_read_back_as_it_was_printed() -> None:
    statement = Statement(FIRST, "supported", CITED[:1])
    sections = (Section("Points", (statement,)), Section("Timeline", (statement,), "timeline", ("4 December",)))
    printed = Briefing("cranes", "partial", "extractive", sections, (INFO,), ("gap",), (EVIDENCE,))
    assert read_back(json_text(briefing_json(printed)), "x") == printed


BAD = (
    ("no JSON", "{", "Invalid JSON"),
    ("a list", "[]", "Input should be an object"),
    ("neither", '{"a": 1}', '"statements" or "sections"'),
    ("both", '{"statements": [], "sections": []}', '"statements" or "sections"'),
    ("no text", '{"statements": [{}]}', "statements.1.text"),
    ("text is a number", '{"statements": [{"text": 5}]}', "statements.1.text"),
    ("unknown support", '{"statements": [{"text": "x", "support": "sure"}]}', "statements.1.support"),
    (
        "a negative offset",
        '{"statements": [{"text": "x", "citations": [{"article_id": "a", "start": -1, "end": 1, "quote": "q"}]}]}',
        "citations.1.start",
    ),
    (
        "a passage without sentences",
        '{"statements": [], "evidence": [{"article_id": "a", "number": 1, "sentences": []}]}',
        "sentences",
    ),
    (
        "one number twice",
        '{"statements": [], "evidence": ['
        + ", ".join(2 * ['{"article_id": "a", "number": 1, "sentences": [{"start": 0, "end": 1, "text": "x"}]}'])
        + "]}",
        "same number",
    ),
)


@pytest.mark.parametrize(("text", "says"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_is_no_answer_is_refused_in_one_sentence(text: str, says: str) -> None:
    with pytest.raises(InputError, match=re.escape(says)) as refused:
        read_back(text, "notes.json")
    assert "'notes.json'" in str(refused.value)
    assert "\n" not in str(refused.value)


@dataclass(frozen=True)
class Held:
    """A statement with its citation, what holds it, and what becomes of it."""

    id: str
    text: str
    support: Support
    finding: str = ""
    citation: Citation | None = CITED[0]
    library: OneArticle | None = OneArticle()


NUMBER = FIRST.replace("42", "24")
HELD = (
    Held("as it was", FIRST, "supported"),
    Held("as it was, without a library", FIRST, "supported", library=None),
    Held("another number", NUMBER, "unsupported", "“24”"),
    Held("another number, without a library", NUMBER, "unsupported", "“24”", library=None),
    Held("the mark moved", SECOND, "unsupported", ""),
    Held(
        "the article is gone",
        FIRST,
        "unsupported",
        "not in the library",
        library=OneArticle(info=replace(INFO, id="b2")),
    ),
    Held(
        "an id that only begins so",
        FIRST,
        "unsupported",
        "not in the library",
        library=OneArticle(info=replace(INFO, id="a1b2")),
    ),
    Held(
        "the article has changed",
        FIRST,
        "unsupported",
        "has changed: characters 0 to 69 are now “The Harbour Company said on Tuesday that 40 cranes",
        library=OneArticle(TEXT.replace("42", "40")),
    ),
    Held(
        "the quote has moved",
        FIRST,
        "weak",
        "stands at characters 7 to 76",
        library=OneArticle(f"PELL - {TEXT}"),
    ),
    Held("the article is shorter", SECOND, "unsupported", "now beyond its end", CITED[1], OneArticle(FIRST)),
    Held(
        "a quote forged with its offsets",
        NUMBER,
        "unsupported",
        "has changed",
        replace(CITED[0], quote=NUMBER),
    ),
    Held(
        "offsets that do not fit the quote",
        FIRST,
        "unsupported",
        "69 characters is cited as 0 to 70",
        replace(CITED[0], end=70),
        None,
    ),
    Held(
        "another source",
        FIRST,
        "weak",
        "the source of 'a1' is given as “Gazette”, in the library it is “The Pell Post”",
        replace(CITED[0], article=replace(INFO, source="Gazette")),
    ),
    Held("no citation", SECOND, "weak", "uncited", None),
    Held("no citation, nothing like it", "The mayor resigned over the cranes.", "unsupported", "no citation", None),
)


@pytest.mark.parametrize("row", HELD, ids=lambda row: row.id)
def test_statements_are_held_against_quotes_and_quotes_against_articles(row: Held) -> None:
    claimed = Statement(row.text, "supported", (row.citation,) if row.citation else ())
    (statement,) = verify_answer(answer(claimed), row.library).statements
    assert statement.support == row.support, statement.findings
    assert row.finding in " · ".join(statement.findings)
    assert (statement.support == "supported") == (statement.findings == ())
    if row.citation:
        assert statement.citations == (row.citation,)


def test_evidence_that_the_library_does_not_have_bears_nothing_out() -> None:
    forged = Sentence(0, len(NUMBER), NUMBER)
    evidence = replace(EVIDENCE, passage=replace(EVIDENCE.passage, sentences=(forged, SENTENCES[1])))
    uncited = answer(Statement(NUMBER, "supported"), evidence=(evidence,))
    assert verify_answer(uncited, None).statements[0].support == "weak"
    assert verify_answer(uncited, OneArticle()).statements[0].support == "unsupported"


def test_a_briefing_keeps_its_form() -> None:
    sections = (
        Section("Bottom line", (Statement(FIRST, "weak", CITED[:1], ("old",)),), "bottom line"),
        Section("Timeline", (Statement(NUMBER, "supported", CITED[:1]),), "timeline", ("4 December",)),
    )
    briefing = Briefing("cranes", "answered", "extractive", sections, (INFO,), (), (EVIDENCE,))
    verified = verify_briefing(briefing, OneArticle())
    supports = [[each.support for each in section.statements] for section in verified.sections]
    assert supports == [["supported"], ["unsupported"]]
    assert verified.sections[0].statements[0].findings == ()
    assert [section.labels for section in verified.sections] == [(), ("4 December",)]
    before, after = json.loads(json_text(briefing_json(briefing))), json.loads(json_text(briefing_json(verified)))
    assert {**before, "sections": None} == {**after, "sections": None}


DRAFT = """---
title: Cranes
---
# Cranes at Pell

By A. Writer

The *Harbour Company* will replace [42 cranes](https://x.example).[^1] Why now?
Nobody was hurt.[2, 3] “We stay,” she said.¹ It covers 5 km² of land.

    Indented lines are prose in a plain text.

> Quoted blocks count, too.

| who | what |
|---|---|
| a table | claims nothing here |

- **4 December:** The ban was lifted on that day
- **Moreau** denied that safety had been neglected

Key points:

**Sources**

- The Pell Post wrote about it on 4 December.

## More

```
code claims nothing at all
```

More soon.

[^1]: The note says that the cranes are old.
    And more of it.
"""


def test_the_claims_of_a_draft_are_its_sentences() -> None:
    prose = read_prose(DRAFT)
    assert prose.claims == (
        "The Harbour Company will replace 42 cranes.",
        "Nobody was hurt.",
        "“We stay,” she said.",
        "It covers 5 km² of land.",
        "Indented lines are prose in a plain text.",
        "Quoted blocks count, too.",
        "The ban was lifted on that day",
        "Moreau denied that safety had been neglected",
    )
    assert prose.passed_over == ("By A. Writer", "Why now?", "Key points:", "More soon.")


def test_prose_is_held_against_the_best_that_is_found() -> None:
    asked: list[str] = []

    def retrieve(question: Question) -> tuple[Evidence, ...]:
        asked.append(question.text)
        return (replace(EVIDENCE, number=7),)

    draft = "The Harbour Company will replace 42 cranes. She denied that safety had been neglected. It rained in Pell."
    checked = verify_prose(read_prose(f"{NUMBER} {draft}"), "draft.md", retrieve)
    assert [each.support for each in checked.statements] == ["unsupported", "supported", "supported", "unsupported"]
    assert [each.citations for each in checked.statements] == [CITED[:1], CITED[:1], CITED[1:], ()]
    assert checked.statements[3].findings == ("nothing in the evidence says this",)
    assert (checked.question, checked.status, checked.model) == ("draft.md", "answered", "verify")
    assert [each.number for each in checked.evidence] == [1]
    # What a pronoun stands for is found by the sentence before.
    assert asked[2].startswith("The Harbour Company will replace 42 cranes. She denied")


def test_a_draft_without_a_claim_is_refused() -> None:
    with pytest.raises(InputError, match="claims nothing"):
        verify_prose(read_prose("# Title\n\nWhy?"), "draft.md", lambda question: ())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsdesk]:
    """A library of the sample articles."""
    with open_newsdesk(Settings(library=str(tmp_path_factory.mktemp("verify") / "library")), create=True) as opened:
        opened.ingest([str(sample_articles())])
        yield opened


QUESTIONS = (
    "Who presided over the negotiations that led to the Ilma truce?",
    "How did the tally of boxes lost by the Marisol Venture change in the days after the accident?",
    "What did Kestrel say about shelter in the inner roads?",
    "How much will the clean-up after the Marisol Venture cost?",
    "What did investigators find about the lashing gear of the Marisol Venture?",
    "When is first production at the Port Ostrey chip plant expected?",
    "What did the economy minister say about the chip plant grant?",
    "How effective was the cattle vaccine in the trial?",
    "What offer was made to end the rail strike?",
    "What did the monitors say about the depot?",
    "What did Tessel Valley Water say about the dam release?",
    "When did the Tannis bridge collapse and how many people died?",
    "What did the regulator decide about the grocery merger?",
)
TOPICS = ("Marisol Venture container loss", "rail strike", "dam release", "cattle vaccine")
INVENTED = "Two senior officials resigned over the affair on Friday, a spokeswoman confirmed."
_NAME = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
_AUXILIARY = "was|were|is|are|has|have|had|will|would|could|did"
_HEDGES = (
    (r"\b(?:was|were|is|are) expected to ", "will "),
    (r"\b(?:may|might|could) ", "will "),
    (r"\b(?:allegedly|probably|reportedly) ", ""),
    (r"\bdenied that ", "confirmed that "),
    (r"\b(?:[Aa]bout|[Aa]t least|[Uu]p to|[Mm]ore than|[Nn]early|[Aa]lmost) (?=[\d£€$])", ""),
)


def _number(statement: Statement, others: Sequence[Statement]) -> Statement:
    changed = re.sub(r"(?<![\w.,])\d+(?![\w.,]*\d)", lambda found: str(int(found[0]) + 7), statement.text, count=1)
    return replace(statement, text=changed)


def _name(statement: Statement, others: Sequence[Statement]) -> Statement:
    there = _NAME.search(statement.text)
    words = set(statement.text.split())
    another = next(
        (name for each in others for name in _NAME.findall(each.text) if not words & set(name.split())), None
    )
    return replace(statement, text=statement.text.replace(there[0], another, 1)) if there and another else statement


def _negation(statement: Statement, others: Sequence[Statement]) -> Statement:
    dropped = re.sub(rf"\b({_AUXILIARY}) not ", r"\1 ", statement.text, count=1)
    put_in = re.sub(rf"\b({_AUXILIARY}) ", r"\1 not ", statement.text, count=1)
    return replace(statement, text=dropped if dropped != statement.text else put_in)


def _hedge(statement: Statement, others: Sequence[Statement]) -> Statement:
    for hedge, fact in _HEDGES:
        changed = re.sub(hedge, fact, statement.text, count=1)
        if changed != statement.text:
            return replace(statement, text=changed)
    return statement


def _mark(statement: Statement, others: Sequence[Statement]) -> Statement:
    cited = {citation.quote for citation in statement.citations}
    other = next((each for each in others if not cited & {citation.quote for citation in each.citations}), statement)
    return replace(statement, citations=other.citations)


def _invention(statement: Statement, others: Sequence[Statement]) -> Statement:
    return replace(statement, text=INVENTED)


FAULTS: dict[str, tuple[Callable[[Statement, Sequence[Statement]], Statement], int]] = {
    "wrong number": (_number, 40),
    "swapped name": (_name, 60),
    "not dropped or put in": (_negation, 80),
    "hedge removed": (_hedge, 8),
    "mark moved": (_mark, 120),
    "sentence invented": (_invention, 120),
}
"""Each kind of fault: how it is made, and how many at least the answers give rise to."""


@pytest.fixture(scope="module")
def answers(desk: Newsdesk) -> tuple[Answer, ...]:
    """What is answered to the questions, and the statements of briefings as answers, printed and read back."""
    found = []
    for question in QUESTIONS:
        read = read_back(json_text(answer_json(desk.ask(Question(question)))), "answer.json")
        assert isinstance(read, Answer)
        found.append(read)
    for topic in TOPICS:
        brief = read_back(json_text(briefing_json(desk.brief(topic))), "brief.json")
        assert isinstance(brief, Briefing)
        statements = tuple(statement for section in brief.sections for statement in section.statements)
        found.append(Answer(topic, brief.status, brief.model, statements, brief.gaps, brief.evidence, brief.usage))
    return tuple(found)


@pytest.mark.parametrize("with_library", [True, False])
def test_faithful_answers_raise_no_alarm(desk: Newsdesk, answers: tuple[Answer, ...], with_library: bool) -> None:
    for each in answers:
        assert verify_answer(each, desk.library if with_library else None) == each


@pytest.mark.parametrize("kind", FAULTS)
def test_faults_put_into_answers_are_found(desk: Newsdesk, answers: tuple[Answer, ...], kind: str) -> None:
    """At least 95% of each kind; exactly the statements that were left alone stay supported."""
    change, at_least = FAULTS[kind]
    everything = [statement for each in answers for statement in each.statements]
    planted, missed = 0, []
    for each, other in zip(answers, cycle([*answers[1:], answers[0]]), strict=False):
        others = [*other.statements, *everything]
        changed = tuple(change(statement, others) for statement in each.statements)
        verified = verify_answer(replace(each, statements=changed), desk.library)
        for before, faulty, after in zip(each.statements, changed, verified.statements, strict=True):
            if faulty == before:
                assert after == before
            else:
                planted += 1
                missed += [after.text] if after.support == "supported" else []
    assert planted >= at_least
    assert len(missed) <= 0.05 * planted, missed
