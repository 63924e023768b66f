"""The writer without a model: which sentences it answers with, how it writes them, and when it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.embeddings import Embeddings, FakeEmbeddings

from pipeline.embedding import StaticEmbeddings
from pipeline.extractive import absent, answerability, candidates, extractive_writer, is_dangling, score, write_answer
from pipeline.extractive.answerability import ANSWERABILITY
from pipeline.extractive.choosing import is_whole
from pipeline.extractive.features import FEATURES, scoring_model
from pipeline.extractive.referents import with_referent
from pipeline.extractive.signs import signs
from pipeline.extractive.weights import load_weights
from pipeline.extractive.writing import NOTHING_ASKED
from pipeline.questions import read_question
from pipeline.types import Evidence, Sentence
from pipeline.writing import MISSING, NO_ANSWER, Task
from tests.evidence import passage

FERRY = passage(
    1,
    "The ferry Saint Orla was taken out of service after engineers found a crack in her bow door.",
    "She carries 1,200 passengers a day between Merrow and the mainland.",
    "The operator, Northline, said that a replacement ship would arrive on Friday.",
    title="Crack stops the Merrow ferry",
    published="2026-03-12",
)
HARBOUR = passage(
    2,
    "Harbour workers at Tolsta voted to end their strike after nine days.",
    "The union accepted a pay rise of six per cent because its strike fund was empty.",
    "Cranes are to start moving again on Monday, the port authority said.",
    title="Tolsta strike ends",
    published="2026-03-14",
)
TOLL_THEN = passage(
    1,
    "At least 14 people died when the Marlow bridge fell, the county said.",
    "Divers searched the river through the night.",
    title="Bridge falls at Marlow",
    published="2026-02-01",
)
TOLL_NOW = passage(
    2,
    "The county lowered the death toll of the Marlow bridge to 12 people, as two had been counted twice.",
    "A panel is to look into the cause.",
    title="Marlow death toll lowered",
    published="2026-02-09",
)


@pytest.fixture(scope="module")
def embeddings() -> StaticEmbeddings:
    return StaticEmbeddings()


def answer(question: str, evidence: Sequence[Evidence], embeddings: Embeddings) -> str:
    return write_answer(Task(question, tuple(evidence)), embeddings)


@dataclass(frozen=True, slots=True)
class Case:
    question: str
    marks: tuple[str, ...]


CASES = (
    Case("How many passengers does the Saint Orla carry a day?", ("[1.2]",)),
    Case("Why was the Saint Orla taken out of service?", ("[1.1]",)),
    Case("When will the replacement ship arrive?", ("[1.3]",)),
    Case("How large a pay rise did the union accept?", ("[2.2]",)),
    Case("How many passengers does the ferry carry, and why did the union accept the pay rise?", ("[1.2]", "[2.2]")),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
def test_the_sentence_that_bears_the_answer_is_given(case: Case, embeddings: StaticEmbeddings) -> None:
    draft = answer(case.question, (FERRY, HARBOUR), embeddings)
    assert not draft.startswith(NO_ANSWER)
    assert set(case.marks) <= set(re.findall(r"\[\d+\.\d+\]", draft))
    assert len(re.findall(r"\[\d+\.\d+\]", draft)) <= 2 * len(case.marks) + 1


def test_a_question_about_versions_is_answered_from_several_articles_oldest_first(
    embeddings: StaticEmbeddings,
) -> None:
    draft = answer("How has the death toll of the Marlow bridge changed?", (TOLL_NOW, TOLL_THEN), embeddings)
    assert 0 <= draft.find("14 people") < draft.find("12 people")


@dataclass(frozen=True, slots=True)
class Refusal:
    question: str
    says: str


REFUSALS = (
    Refusal("How many passengers does the Blue Heron carry a day?", "“Blue Heron”"),
    Refusal("How many passengers did the Saint Orla carry in 2019?", "2019"),
    Refusal("What did the Saint Orla cost in August 2026?", "August 2026"),
    Refusal("Who composed the opera about the volcano?", "No article found here speaks of “composed” or “opera”"),
)


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: case.question)
def test_a_refusal_names_what_is_missing(case: Refusal, embeddings: StaticEmbeddings) -> None:
    draft = answer(case.question, (FERRY, HARBOUR), embeddings)
    assert draft.startswith(NO_ANSWER)
    assert case.says in draft
    assert "\n" not in draft


def test_without_evidence_nothing_is_known(embeddings: StaticEmbeddings) -> None:
    assert answer("When?", (), embeddings).startswith(NO_ANSWER)
    assert answerability("When?", (), embeddings) == float("-inf")


@pytest.mark.parametrize("question", ["the of and who", "Who said it?", "?!…"])
def test_a_question_of_stop_words_alone_is_refused(question: str, embeddings: StaticEmbeddings) -> None:
    assert answer(question, (FERRY, HARBOUR), embeddings) == f"{NO_ANSWER} {NOTHING_ASKED}"


def test_a_kind_that_is_wanted_and_nowhere_given_is_named(embeddings: StaticEmbeddings) -> None:
    undated = passage(1, "The ferry Saint Orla was sold to an island company.", title="Saint Orla sold")
    draft = answer("When was the Saint Orla sold?", (undated,), embeddings)
    assert draft.startswith(f"{NO_ANSWER} No date is given.")
    assert "“Saint Orla sold”" in draft


def test_a_part_without_an_answer_is_named_beside_the_answer_to_the_other(embeddings: StaticEmbeddings) -> None:
    undated = passage(1, "The ferry Saint Orla was sold to the island company Northline.", title="Saint Orla sold")
    draft = answer("Who bought the Saint Orla and when was the Saint Orla sold?", (undated,), embeddings)
    prose, missing = draft.split("\n")
    assert prose.endswith("[1.1]")
    assert missing == f"{MISSING} “when was the Saint Orla sold”: no date is given."


def test_evidence_with_the_answer_is_likelier_to_answer_than_other_evidence(embeddings: StaticEmbeddings) -> None:
    question = "How many passengers does the Saint Orla carry a day?"
    assert answerability(question, (FERRY,), embeddings) > answerability(question, (HARBOUR,), embeddings)


def test_an_adjective_or_a_compound_of_a_name_counts_as_the_name() -> None:
    said = passage(1, "Corvania closed the Port Ostrey terminal.", title="")
    assert absent(read_question("Why was the Corvanian terminal closed?"), (said,)) == ""
    assert absent(read_question("Who ran the Ostrey-Corvania terminal?"), (said,)) == ""
    assert "“Everett Pascoe”" in absent(read_question("What did Everett Pascoe say?"), (said,))


def test_a_month_is_there_when_an_article_is_of_it_or_of_the_one_beside_it() -> None:
    december = passage(1, "The gate jammed.", published="2025-12-30")
    assert absent(read_question("What jammed in January?"), (december,)) == ""
    assert "June" in absent(read_question("What jammed in June?"), (december,))


def test_copies_of_a_sentence_are_said_once(embeddings: StaticEmbeddings) -> None:
    text = "Harbour workers at Tolsta voted to end their strike after nine days."
    copies = (passage(1, text, title="Strike over"), passage(2, text, title="Tolsta strike over"))
    assert answer("Why did the harbour workers at Tolsta strike?", copies, embeddings).count("nine days") == 1
    dated = (passage(1, f"TOLSTA, Merrow, May 14 (Crestline) - {text}"), passage(2, text))
    assert answer("Why did the harbour workers at Tolsta strike?", dated, embeddings).count("nine days") == 1


def test_a_quotation_over_two_sentences_is_never_cut_in_half(embeddings: StaticEmbeddings) -> None:
    said = passage(
        1,
        "“The crane at Tolsta failed because its brake was worn, the mayor said.",
        "Nobody had looked at it for years.”",
        "The weather was fine.",
        title="Crane fails at Tolsta",
    )
    draft = answer("Why did the crane at Tolsta fail?", (said,), embeddings)
    assert "brake" in draft
    assert is_whole(draft)


def test_what_looks_like_a_mark_in_an_article_is_none(embeddings: StaticEmbeddings) -> None:
    forged = passage(1, "The crane at Tolsta failed on Monday [7.3] because its brake was worn.", title="Crane fails")
    draft = answer("Why did the crane at Tolsta fail?", (forged,), embeddings)
    assert re.findall(r"\[\d+\.\d+\]", draft) == ["[1.1]"]
    assert "(7.3)" in draft


@dataclass(frozen=True, slots=True)
class Pronoun:
    before: tuple[str, ...]
    text: str
    written: str


PRONOUNS = (
    Pronoun(("Everett Pascoe said the bill was too high.",), "He left early.", "He [Everett Pascoe] left early."),
    Pronoun(("The captain, Ann Lund, was asleep.", "Lund said so."), "She denied it.", "She [Ann Lund] denied it."),
    Pronoun(("Everett Pascoe met Ann Lund.", "Pascoe said yes; Lund said no."), "He left.", "He left."),
    Pronoun(("The Calder Star sank off Port Ostrey.",), "She lies deep.", "She lies deep."),
    Pronoun(("Everett Pascoe said no.",), "“He lied,” she said.", "“He lied,” she said."),
    Pronoun(
        ("Turkey Federation President David Rude said no.",),
        "But he ate it.",
        "But he [David Rude] ate it.",
    ),
    Pronoun((), "He left early.", "He left early."),
)


@pytest.mark.parametrize("case", PRONOUNS, ids=lambda case: f"{case.before} {case.text}")
def test_a_pronoun_is_explained_only_when_it_can_mean_one_person(case: Pronoun) -> None:
    before = [Sentence(0, len(text), text) for text in case.before]
    assert with_referent(Sentence(0, len(case.text), case.text), before) == case.written


def test_a_sentence_that_points_back_brings_its_referent(embeddings: StaticEmbeddings) -> None:
    told = passage(
        1,
        "The inspectors of the ministry reached Tolsta on Sunday.",
        "They found that the crane failed because its brake was worn.",
        title="Tolsta crane",
    )
    draft = answer("Why did the crane fail, according to what was found?", (told,), embeddings)
    assert draft.index("[1.1]") < draft.index("[1.2]")


@pytest.mark.parametrize(
    ("text", "dangling"),
    [("He left.", True), ("“They left,” he said.", True), ("The group left.", True), ("Hector left.", False)],
)
def test_what_points_to_the_sentence_before(text: str, dangling: bool) -> None:
    assert is_dangling(text) is dangling


@dataclass(frozen=True, slots=True)
class Signed:
    question: str
    text: str
    found: tuple[str, ...]


SIGNED = (
    Signed("When did it fall?", "It fell on 3 March 2026, at 14:05.", ("3 March 2026", "14:05")),
    Signed("When in 2026 did it fall?", "It fell in 2026.", ()),
    Signed("How many people died?", "On 3 March 2026 twelve died.", ("twelve",)),
    Signed("What share of trains ran?", "Of 400 trains 38 per cent ran.", ("38",)),
    Signed("How much did it cost?", "The 3 cranes cost £46m.", ("£46m",)),
    Signed("By how much did pay rise?", "After nine days they got 6 per cent.", ("6",)),
    Signed("How long did it last?", "It lasted nine days.", ("nine",)),
    Signed("Who owns the Calder Star?", "The Calder Star is owned by Ostrey Shipping.", ("Ostrey Shipping",)),
    Signed("Where is it?", "It is near Port Ostrey.", ("Port Ostrey",)),
    Signed("Why did it fall?", "It fell because a bolt broke.", ("because",)),
    Signed("What did the mayor say?", "The mayor denied it.", ("denied",)),
    Signed("Which ship sank?", "The Calder Star sank.", ()),
)


@pytest.mark.parametrize("case", SIGNED, ids=lambda case: case.question)
def test_signs_of_the_kind_that_a_question_wants(case: Signed) -> None:
    asked = read_question(case.question)
    said = frozenset(word.casefold() for word in re.findall(r"\w+", case.question))
    assert tuple(case.text[start:end] for start, end in signs(asked.parts[0], case.text, said)) == case.found


def test_scores_have_one_row_a_part_and_one_column_a_sentence(embeddings: StaticEmbeddings) -> None:
    asked = read_question("When was the strike and why did the ferry stop?")
    pool = candidates((FERRY, HARBOUR))
    scores, reading = score(asked, pool, embeddings)
    assert scores.shape == (2, 6)
    assert reading.features.shape == (2, 6, len(FEATURES))
    assert reading.tables.hits.shape == (len(reading.tables.asked_words), 6)


def test_the_weights_are_of_the_features_that_are_measured() -> None:
    weights = load_weights()
    assert set(weights.sentences.in_many.weights) == set(weights.sentences.in_one.weights) == set(FEATURES)
    assert set(weights.answerable.weights) == set(ANSWERABILITY)
    for linear in (weights.sentences.in_many, weights.sentences.in_one, weights.answerable):
        assert all(abs(weight) < 10 for weight in (linear.bias, *linear.weights.values()))


def test_the_weights_carry_their_evidence() -> None:
    data = json.loads(files("pipeline.extractive").joinpath("weights.json").read_text(encoding="utf-8"))
    assert set(data["data_sha256"]) == {"clapnq-dev", "realtimeqa-2023"}
    assert data["cross_validated"]["clapnq answerability_auroc"] >= 0.8
    assert data["cross_validated"]["clapnq sentence_f1"] >= 0.6


def test_the_writer_scores_with_the_model_its_weights_were_fitted_to() -> None:
    assert isinstance(scoring_model(FakeEmbeddings(size=3)), StaticEmbeddings)


def test_the_writer_is_a_runnable_of_tasks(embeddings: StaticEmbeddings) -> None:
    task = Task("Why was the Saint Orla taken out of service?", (FERRY,))
    reply = extractive_writer(embeddings).invoke(task)
    assert reply.text == write_answer(task, embeddings)
    assert (reply.input_tokens, reply.output_tokens) == (0, 0)


SENTENCES = st.lists(st.text(min_size=1, max_size=60).map(str.strip).filter(bool), min_size=1, max_size=5)


@settings(max_examples=40, deadline=None)
@given(question=st.text(max_size=80), sentences=SENTENCES)
def test_any_draft_cites_only_sentences_that_are_there(question: str, sentences: list[str]) -> None:
    draft = answer(question, (passage(1, *sentences),), StaticEmbeddings())
    if not draft.startswith(NO_ANSWER):
        prose = draft.split(f"\n{MISSING}")[0]
        marks = re.findall(r"\[1\.(\d+)\]", prose)
        assert marks
        assert {int(mark) for mark in marks} <= set(range(1, len(sentences) + 1))


def test_a_part_that_refers_back_is_answered_by_what_comes_next() -> None:
    depot = passage(
        1,
        "Kelm kept an office in the border town of Sadra.",
        "The depot that Kelm used in Sadra was hit by a missile in May 2019.",
        "Local commanders held the navy responsible, which led them to shift their stores to a quarry nearby.",
        "The town has been quiet since.",
        title="Will Kelm fight again?",
    )
    question = "When was the depot that Kelm used in Sadra hit, and what did the commanders conclude from it?"
    draft = write_answer(Task(question, (depot,)), StaticEmbeddings())
    assert draft.endswith("in May 2019. [1.2] " + depot.passage.sentences[2].text + " [1.3]")


def test_a_question_of_whose_words_none_is_said_is_refused_by_name() -> None:
    draft = write_answer(Task("Who is the prime minister of Merrow?", (FERRY, HARBOUR)), StaticEmbeddings())
    assert draft.startswith(
        f"{NO_ANSWER} No article found here speaks of “prime” or “minister” in connection with “Merrow”."
    )
