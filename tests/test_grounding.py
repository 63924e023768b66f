"""Statements held against what they cite: marks resolved, copies passed, each check by its own rows."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.grounding import (
    MATCHED,
    NO_CITATION,
    DraftSentence,
    Mark,
    best_support,
    check_statement,
    cited_sentence,
    ground,
    ground_draft,
)
from pipeline.types import Evidence, Statement, Support
from tests.grounding_held_out import FIRST, SECOND
from tests.grounding_tables import Case, evidence_of
from tests.grounding_tuned import TUNED

SENTENCES = [
    "The Harbour Company said on Tuesday that 42 cranes would be replaced.",
    "Its director, Ines Moreau, denied that safety had been neglected.",
    "“We have nothing to hide,” she said.",
    "About 1,500 workers may lose their jobs by March 2025, according to the union.",
]
EVIDENCE = (
    evidence_of(SENTENCES, "Harbour Company to replace cranes", "2024-12-04"),
    evidence_of(
        ["A storm closed the harbour of Pell for two days."], "Storm closes Pell harbour", "2024-12-01", number=2
    ),
)


def grounded(draft: str, evidence: tuple[Evidence, ...] = EVIDENCE) -> tuple[Statement, ...]:
    return tuple(statement for section in ground_draft(draft, evidence) for statement in section.statements)


def test_a_copied_sentence_is_supported_and_cites_its_characters() -> None:
    (statement,) = grounded(f"{SENTENCES[1]} [1.2]")
    (citation,) = statement.citations
    assert (statement.support, statement.findings) == ("supported", ())
    assert citation.quote == SENTENCES[1]
    assert (citation.start, citation.end) == (len(SENTENCES[0]) + 1, len(SENTENCES[0]) + 1 + len(SENTENCES[1]))


def test_each_cited_sentence_is_cited_once_and_in_order() -> None:
    (statement,) = grounded(
        "Moreau denied that safety had been neglected and said “We have nothing to hide” [1.3, 1.2][1.3]."
    )
    assert [citation.quote for citation in statement.citations] == [SENTENCES[2], SENTENCES[1]]


def test_sections_keep_their_titles() -> None:
    sections = ground_draft(f"## Cranes\n{SENTENCES[0]} [1.1]\n\n## Jobs\n- {SENTENCES[3]} [1.4]", EVIDENCE)
    assert [(section.title, [statement.support for statement in section.statements]) for section in sections] == [
        ("Cranes", ["supported"]),
        ("Jobs", ["supported"]),
    ]


@dataclass(frozen=True)
class Held:
    """A draft and what becomes of it: the support, and a piece of a finding (empty: none at all)."""

    id: str
    draft: str
    support: Support
    finding: str = ""


HELD = (
    Held(
        "unknown passage",
        "A storm closed the harbour of Pell for two days. [7.1]",
        "unsupported",
        "“[7.1]” cites nothing",
    ),
    Held(
        "unknown sentence",
        "A storm closed the harbour of Pell for two days. [2.2]",
        "unsupported",
        "“[2.2]” cites nothing",
    ),
    Held(
        "one mark of two unknown",
        "A storm closed the harbour of Pell for two days. [2.1, 9.9]",
        "unsupported",
        "“[9.9]”",
    ),
    Held(
        "whole passage",
        "A storm closed the harbour of Pell for two days. [2]",
        "unsupported",
        "cites a passage, not a sentence",
    ),
    Held("link", "A storm closed the [harbour](http://x.example) of Pell for two days. [2.1]", "weak", "link removed"),
    Held(
        "referent",
        "Its director [Harbour Company], Ines Moreau, denied that safety had been neglected. [1.2]",
        "supported",
    ),
    Held(
        "foreign referent",
        "[Pell Shipping's] director, Ines Moreau, denied that safety had been neglected. [1.2]",
        "unsupported",
        "“[Pell Shipping's]” is not named",
    ),
    Held("piece of a sentence", "A storm closed the harbour of Pell. [2.1]", "supported"),
    Held("piece without its denial", "Safety had been neglected. [1.2]", "unsupported", "“denied” is dropped"),
    Held("piece without its hedge", "Workers lose their jobs by March 2025. [1.4]", "unsupported", "“may” is dropped"),
    Held("attribution dropped", "42 cranes would be replaced. [1.1]", "weak", "attribution is dropped"),
    Held("curly quotes for straight", 'Moreau said: "We have nothing to hide." [1.3]', "supported"),
    Held(
        "altered quotation",
        "“We have little to hide,” she said. [1.3]",
        "unsupported",
        "“We have little to hide” is not word for word",
    ),
    Held(
        "relative date resolved",
        "On 3 December the Harbour Company said that 42 cranes would be replaced. [1.1]",
        "supported",
    ),
    Held(
        "wrong day",
        "On 2 December the Harbour Company said that 42 cranes would be replaced. [1.1]",
        "unsupported",
        "the date “2 December”",
    ),
    Held(
        "month of publication",
        "In December the Harbour Company said that 42 cranes would be replaced. [1.1]",
        "supported",
    ),
    Held(
        "wrong number",
        "The Harbour Company said on Tuesday that 24 cranes would be replaced. [1.1]",
        "unsupported",
        "the number “24”",
    ),
    Held(
        "number in words",
        "The Harbour Company said on Tuesday that forty-two cranes would be replaced. [1.1]",
        "supported",
    ),
    Held("name from the sentence before", "Ines Moreau said “We have nothing to hide”. [1.3]", "supported"),
    Held(
        "mark moved",
        "About 1,500 workers may lose their jobs by March 2025, according to the union. [1.1]",
        "unsupported",
        "",
    ),
)


@pytest.mark.parametrize("row", HELD, ids=lambda row: row.id)
def test_drafts_are_held_to_what_they_cite(row: Held) -> None:
    (statement,) = grounded(row.draft)
    assert statement.support == row.support, statement.findings
    if row.support == "supported":
        assert statement.findings == ()
    assert row.finding in " · ".join(statement.findings)


def test_an_uncited_sentence_gets_the_sentence_that_says_it_and_is_weak() -> None:
    (statement,) = grounded("A storm shut the harbour of Pell for two days.")
    assert (statement.support, statement.findings) == ("weak", (MATCHED,))
    assert [citation.article.id for citation in statement.citations] == ["a2"]


def test_an_uncited_sentence_that_nothing_says_cites_nothing() -> None:
    (statement,) = grounded("A storm shut the harbour of Pell for nine days.")
    assert (statement.support, statement.citations) == ("unsupported", ())
    assert statement.findings == (NO_CITATION, "the number “nine days” is not in the cited sentences")


def test_best_support_may_take_two_sentences_side_by_side() -> None:
    text = "Ines Moreau, the director, denied that safety had been neglected, saying “We have nothing to hide”."
    assert [citation.quote for citation in best_support(text, EVIDENCE)] == SENTENCES[1:3]


def test_nothing_supports_without_evidence() -> None:
    assert best_support("A storm closed the harbour.", ()) == ()
    assert check_statement("A storm closed the harbour.", ()) == ("unsupported", (NO_CITATION,))


def test_a_sentence_that_only_seems_to_end_is_put_together_again() -> None:
    source = "He moved to St. Ives Ltd. The name was kept."
    (statement,) = grounded(f"{source} [1.1]", (evidence_of([source]),))
    assert (statement.text, statement.support) == (source, "supported")


@pytest.mark.parametrize("case", TUNED + FIRST + SECOND, ids=lambda case: case.name)
def test_a_verbatim_copy_is_always_supported(case: Case) -> None:
    statements = grounded(f"{case.source} [1.{case.mark}]", case.evidence())
    assert [statement.support for statement in statements] == ["supported"]


_TEXT = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=80).filter(
    lambda text: text.strip() == text and any(letter.isalnum() for letter in text)
)


@given(_TEXT)
@settings(max_examples=80, deadline=None)
def test_any_sentence_bears_out_itself(text: str) -> None:
    evidence = evidence_of([text], "A title", "2024-12-04")
    assert check_statement(text, [cited_sentence(evidence, 0)]) == ("supported", ())


@given(_TEXT, st.integers(1, 3), st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_an_unknown_mark_is_never_supported(text: str, passage: int, sentence: int) -> None:
    unknown = Mark(passage + 2, sentence)
    statement = ground(DraftSentence(text, (Mark(1, 1), unknown)), EVIDENCE)
    assert statement.support == "unsupported"
    assert any(str(unknown) in finding for finding in statement.findings)


@given(_TEXT, _TEXT)
@settings(max_examples=60, deadline=None)
def test_grounding_any_statement_on_any_sentence_is_stable(text: str, source: str) -> None:
    sentence = cited_sentence(evidence_of([source]), 0)
    support, findings = check_statement(text, [sentence])
    assert (support == "supported") == (findings == ())
    assert check_statement(text, [sentence]) == (support, findings)
