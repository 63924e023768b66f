"""What a question supposes, and which sentences tell against it."""

from __future__ import annotations

import pytest

from pipeline.extractive.premise import against, supposed
from pipeline.grounding import CitedSentence


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Why did the league block the sale?", "The league block the sale."),
        ("How many people were hurt at Gellin?", "People were hurt at Gellin."),
        ("In which year was the mill built?", "Year was the mill built."),
        ("Was anybody hurt?", ""),
        ("Why?", ""),
    ],
)
def test_what_a_question_takes_for_granted(question: str, statement: str) -> None:
    assert supposed(question) == statement


@pytest.mark.parametrize(
    ("question", "sentence", "kinds"),
    [
        ("Why did the league reject the sale?", "The league approved the sale on Monday.", {"opposite"}),
        ("Why did Ruth Asch resign as treasurer?", "Ruth Asch stays as treasurer.", {"opposite"}),
        ("Why did Kyle Orr plead not guilty?", "Kyle Orr pleaded guilty to burglary.", {"denied"}),
        ("When did the court stop the cull?", "A group asked the court to stop the cull.", {"not a fact"}),
        ("Why did the league approve the sale?", "The league approved the sale on Monday.", set()),
    ],
)
def test_how_a_sentence_tells_against_what_is_supposed(question: str, sentence: str, kinds: set[str]) -> None:
    assert against(supposed(question), CitedSentence(sentence, "", sentence, "")).keys() == kinds
