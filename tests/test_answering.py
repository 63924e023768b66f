"""From a draft to an answer: what is kept, repaired, dropped or replaced, by policy."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.runnables import RunnableLambda

from pipeline.answering import answer_chain
from pipeline.checking import DROP, FLAG, REPAIR, Checker
from pipeline.errors import MissingKey, ModelError, UsageError
from pipeline.models.faults import WrongSetup
from pipeline.types import Answer, Question
from pipeline.writing import NOTHING_FOUND, NOTHING_STANDS, Reply, Retrieved, Task
from tests.evidence import passage

EVIDENCE = (
    passage(1, "The gates jammed on 3 March with 14 barges waiting, the trust said.", "Nobody was hurt."),
    passage(2, "Engineers expect to free the lower gate by Thursday."),
)
GOOD = "The gates jammed on 3 March, the trust said [1.1]."
WRONG = "Some 52 barges wait [1.1]."
FORGED = "The mayor resigned [9.9]."
EXTRACTIVE = "Nobody was hurt. [1.2]"


class Scripted:
    """A writer and reviser of scripted replies; an error among them is raised."""

    def __init__(self, first: Reply | Exception | str, second: Reply | Exception | str = GOOD) -> None:
        self.replies = [first, second]
        self.findings: list[str] = []

    def write(self, task: Task) -> Reply:
        return self._next()

    def revise(self, task: Task, reply: Reply, findings: str, spent: float) -> Reply:
        self.findings.append(findings)
        return self._next()

    def _next(self) -> Reply:
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return Reply(reply, 10, 2, cost=0.5, requests=1) if isinstance(reply, str) else reply


def ask(script: Scripted, policy: str = REPAIR, fallback: str | None = EXTRACTIVE) -> Answer:
    stand_in = None if fallback is None else RunnableLambda(lambda task: Reply(fallback))
    checker = Checker("openai:desk", policy, script.revise, stand_in)
    return answer_chain(lambda question: Retrieved(EVIDENCE), RunnableLambda(script.write), checker).invoke(
        Question("What?")
    )


@dataclass(frozen=True)
class Case:
    """A draft, and with the policy: how it ends, the texts that are kept, and words of the gaps, one each."""

    name: str
    policy: str
    first: str
    second: str
    status: str
    kept: tuple[str, ...]
    gaps: tuple[str, ...] = ()


GOOD_TEXT, WRONG_TEXT, FORGED_TEXT = (text.rpartition(" [")[0] + "." for text in (GOOD, WRONG, FORGED))
CASES = (
    Case("good", REPAIR, GOOD, "", "answered", (GOOD_TEXT,)),
    Case("good with a part missing", REPAIR, f"{GOOD}\nMISSING: why", "", "partial", (GOOD_TEXT,), ("why",)),
    Case("flagged", FLAG, f"{GOOD} {WRONG}", "", "answered", (GOOD_TEXT, WRONG_TEXT)),
    Case("flagged, nothing stands", FLAG, WRONG, "", "refused", (), (NOTHING_STANDS,)),
    Case("dropped", DROP, f"{GOOD} {WRONG} {FORGED}", "", "partial", (GOOD_TEXT,), (WRONG_TEXT, FORGED_TEXT)),
    Case("repaired", REPAIR, f"{GOOD} {WRONG}", GOOD, "answered", (GOOD_TEXT,)),
    Case("still wrong", REPAIR, f"{GOOD} {WRONG}", f"{GOOD} {FORGED}", "partial", (GOOD_TEXT,), (FORGED_TEXT,)),
    Case("made worse", REPAIR, f"{GOOD} {WRONG}", FORGED, "partial", (GOOD_TEXT,), (WRONG_TEXT,)),
    Case("given up", REPAIR, f"{GOOD} {WRONG}", "NO ANSWER: why", "partial", (GOOD_TEXT,), (WRONG_TEXT,)),
    Case("given up, rightly", REPAIR, WRONG, "NO ANSWER: how many", "refused", (), ("how many",)),
    Case("refused", REPAIR, "NO ANSWER: who", "", "refused", (), ("who",)),
    Case("refused without a word", REPAIR, "NO ANSWER:", "", "refused", (), (NOTHING_FOUND,)),
    Case("replaced", DROP, WRONG, "", "answered", ("Nobody was hurt.",), ("bears none of its draft out",)),
    Case("wrong twice, replaced", REPAIR, WRONG, FORGED, "answered", ("Nobody was hurt.",), ("none of its draft",)),
    Case("no sentence at all, replaced", DROP, "## Title\n---", "", "answered", ("Nobody was hurt.",), ("none of",)),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.policy}: {case.name}")
def test_what_becomes_of_a_draft(case: Case) -> None:
    answer = ask(Scripted(case.first, case.second), case.policy)
    assert answer.status == case.status
    assert tuple(statement.text for statement in answer.statements) == case.kept
    assert len(answer.gaps) == len(case.gaps)
    for gap, words in zip(answer.gaps, case.gaps, strict=True):
        assert words in gap
    if case.policy != FLAG:
        assert all(statement.support != "unsupported" for statement in answer.statements)


def test_a_sentence_that_is_left_out_is_named_with_its_finding() -> None:
    (gap,) = ask(Scripted(f"{GOOD} {WRONG}"), DROP).gaps
    assert gap.startswith("Left out as not borne out: “Some 52 barges wait.” (")
    assert "52" in gap.partition("(")[2]


def test_the_model_is_shown_the_findings_and_nothing_else() -> None:
    script = Scripted(f"{GOOD} {WRONG} {FORGED}")
    ask(script)
    (findings,) = script.findings
    wrong, forged = findings.splitlines()
    assert wrong.startswith("- “Some 52 barges wait.”: ")
    assert "[9.9]" in forged


def test_one_repair_is_all_there_is_and_every_request_is_counted() -> None:
    script = Scripted(f"{GOOD} {WRONG}", f"{GOOD} {FORGED}")
    usage = ask(script).usage
    assert len(script.findings) == 1
    assert (usage.input_tokens, usage.output_tokens, usage.requests, usage.cost) == (20, 4, 2, 1.0)
    assert [stage.name for stage in usage.stages] == ["retrieve", "write", "ground", "repair"]
    assert sum(stage.seconds for stage in usage.stages) == pytest.approx(usage.seconds, abs=0.01)


def test_a_cost_that_is_half_unknown_is_unknown() -> None:
    usage = ask(Scripted(f"{GOOD} {WRONG}", Reply(GOOD, 1, 1, cost=None))).usage
    assert usage.cost is None


@pytest.mark.parametrize("policy", [DROP, REPAIR])
def test_a_model_that_fails_is_replaced_and_named(policy: str) -> None:
    answer = ask(Scripted(ModelError("It broke", "Ask again")), policy)
    assert answer.status == "answered"
    assert answer.model == "extractive (openai:desk gave no usable answer)"
    assert answer.gaps == ("openai:desk gave no usable answer: It broke. Ask again.",)
    assert [statement.text for statement in answer.statements] == ["Nobody was hurt."]
    assert answer.usage.cost is None


def test_when_the_stand_in_refuses_too_both_reasons_are_given() -> None:
    answer = ask(Scripted(ModelError("It broke", "Ask again")), fallback="NO ANSWER: who was hurt")
    assert (answer.status, answer.statements) == ("refused", ())
    assert answer.gaps == ("who was hurt", "openai:desk gave no usable answer: It broke. Ask again.")


def test_a_repair_that_fails_leaves_the_draft_and_says_so() -> None:
    answer = ask(Scripted(f"{GOOD} {WRONG}", ModelError("It broke", "Ask again")))
    assert [statement.text for statement in answer.statements] == [GOOD_TEXT]
    assert answer.model == "openai:desk"
    assert answer.gaps[-1] == "The repair failed: It broke. Ask again."


ERRORS = (WrongSetup("Wrong key", "Use another"), MissingKey("No key", "Set one"), UsageError("No", "Do"))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_what_only_the_user_can_mend_is_not_papered_over(error: Exception) -> None:
    with pytest.raises(type(error)):
        ask(Scripted(error))


def test_with_flag_a_failure_is_a_failure() -> None:
    with pytest.raises(ModelError, match="It broke"):
        ask(Scripted(ModelError("It broke", "Ask again")), FLAG)


def test_marks_that_the_writer_was_not_shown_are_forged() -> None:
    reply = Reply("Engineers expect to free the lower gate by Thursday [2.1].", read=EVIDENCE[:1])
    answer = ask(Scripted(reply), FLAG)
    assert answer.status == "refused"
    assert answer.evidence == EVIDENCE[:1]
    assert answer.usage.unread == 1


SENTENCE = st.sampled_from(
    (GOOD, WRONG, FORGED, "Nobody was hurt [1.2].", "All is well.", "[1.1]", "Who knows [1.", "[")
)


@settings(deadline=None, max_examples=60)
@given(st.lists(SENTENCE, max_size=5), st.lists(SENTENCE, max_size=5), st.sampled_from((DROP, REPAIR)))
def test_nothing_unsupported_gets_out(first: list[str], second: list[str], policy: str) -> None:
    answer = ask(Scripted(" ".join(first), " ".join(second)), policy)
    assert all(statement.support != "unsupported" for statement in answer.statements)
    assert (answer.status == "refused") == (not answer.statements)
    assert answer.statements or answer.gaps


def test_the_seconds_of_an_answer_are_those_of_its_stages() -> None:
    started = time.perf_counter()
    usage = ask(Scripted(GOOD)).usage
    assert 0 < usage.seconds <= time.perf_counter() - started
